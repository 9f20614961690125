"""Double entry: every posting balances, and the bank's side is what left the fund."""

from datetime import date, timedelta
from uuid import UUID

import asyncpg
import pytest
from support.store_world import StoreWorld, paid_record

from claims.commands.command import (
    AnswerQuestion,
    DecideByOfficer,
    PutRight,
    RecordContributions,
    RecordEmployerPayment,
    RecordTransfer,
    ReportReemployment,
)
from claims.events.facts import ContributionRecord
from law.grounds import Ground
from payments.ledger import LedgerAccount
from store.claims.kind import ClaimStepResult
from store.ids import new_id
from store.payments.ledger import balance

ENTRY = (
    "insert into ledger_entries (posting_id, account, amount_idr, stream_id, month, booked_at) "
    "values ($1, $2, $3, $4, 1, now())"
)


async def balances(world: StoreWorld) -> tuple[int, int, int]:
    """What was granted, what is owed, what left the fund."""
    return (
        await balance(world.pool, LedgerAccount.BENEFITS),
        await balance(world.pool, LedgerAccount.PAYABLE),
        await balance(world.pool, LedgerAccount.BANK),
    )


async def outcome(world: StoreWorld, result: ClaimStepResult, order_id: UUID, word: str) -> ClaimStepResult:
    message = RecordTransfer.model_validate(
        {
            "order_id": order_id,
            "outcome": word,
            "amount_idr": 3_000_000,
            "ground": Ground.MET,
            "bank_code": "2001800",
            "found_by": "inquiry",
        }
    )
    return await world.say(result.stream_id, message)


async def test_a_month_is_granted_paid_and_returned(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    assert await balances(world) == (3_000_000, -3_000_000, 0)

    await outcome(world, approved, order_id, "open")
    assert await balances(world) == (3_000_000, -3_000_000, 0)
    await outcome(world, approved, order_id, "settled")
    assert await balances(world) == (3_000_000, 0, -3_000_000)
    await outcome(world, approved, order_id, "returned")
    assert await balances(world) == (3_000_000, -3_000_000, 0)


def in_arrears(owed: int) -> ContributionRecord:
    """Thirty months on record, the last of them owed."""
    record = paid_record(months=30)
    months = tuple(
        month.model_copy(update={"paid_on": None}) if nth >= len(record.months) - owed else month
        for nth, month in enumerate(sorted(record.months, key=lambda month: month.month))
    )
    return record.model_copy(update={"months": months, "record_id": f"owed-{owed}"})


async def test_what_the_fund_takes_over_from_an_employer_is_owed_by_it_from_then_on(
    world: StoreWorld,
) -> None:
    filed = await world.filed()
    await world.say(filed.stream_id, RecordContributions(record=in_arrears(6)))
    officer = DecideByOfficer(approves=True, reason="arrears stand", payer="employer")
    await world.say(filed.stream_id, officer)
    paid = RecordEmployerPayment(month=1, amount_idr=1_000_000, paid_on=date(2025, 2, 10), reference="slip-1")
    await world.say(filed.stream_id, paid)
    assert await balances(world) == (0, 0, 0)

    result = await world.say(filed.stream_id, RecordContributions(record=in_arrears(0)))
    assert await balances(world) == (2_000_000, -2_000_000, 0)
    assert len(result.next_step.order_ids) == 1


async def test_a_refused_transfer_moves_no_money(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids

    await outcome(world, approved, order_id, "refused")

    assert await balances(world) == (3_000_000, -3_000_000, 0)


async def test_the_same_outcome_twice_is_booked_once(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    await outcome(world, approved, order_id, "settled")

    again = await outcome(world, approved, order_id, "settled")

    assert again.results[0].verdict.ground is Ground.ORDER_ALREADY_FINAL
    assert await balances(world) == (3_000_000, 0, -3_000_000)


async def test_a_debt_is_booked_and_taken_off_when_the_end_of_the_benefit_is_put_right(
    world: StoreWorld,
) -> None:
    approved = await world.approved()
    await outcome(world, approved, approved.next_step.order_ids[0], "settled")
    granted = approved.state.approved
    assert granted is not None
    before_the_filing = ReportReemployment(since=granted.reference_date - timedelta(days=1))
    await world.say(approved.stream_id, before_the_filing)
    answer = AnswerQuestion(question=1, statement="agrees", reference="keterangan-1")
    await world.say(approved.stream_id, answer)
    founded = DecideByOfficer(approves=False, reason="looked at the papers", question=1)
    await world.say(approved.stream_id, founded)
    assert await balance(world.pool, LedgerAccount.RECEIVABLE) == 3_000_000
    assert await balances(world) == (0, 0, -3_000_000)

    await world.say(approved.stream_id, PutRight(what="cessation", reason="it was another person"))

    assert await balance(world.pool, LedgerAccount.RECEIVABLE) == 0
    assert await balances(world) == (3_000_000, 0, -3_000_000)


async def test_a_posting_that_does_not_balance_is_refused_at_the_commit(world: StoreWorld) -> None:
    result = await world.filed()
    posting = new_id()
    async with world.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute(ENTRY, posting, "payable", 3_000_000, result.stream_id)
        await connection.execute(ENTRY, posting, "bank", -2_999_999, result.stream_id)
        with pytest.raises(asyncpg.CheckViolationError, match="does not balance"):
            await transaction.commit()

    assert await world.pool.fetchval("select count(*) from ledger_entries") == 0


async def test_there_are_three_accounts(world: StoreWorld) -> None:
    result = await world.filed()

    with pytest.raises(asyncpg.CheckViolationError):
        await world.pool.execute(ENTRY, new_id(), "suspense", 1, result.stream_id)
