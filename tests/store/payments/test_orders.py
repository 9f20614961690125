"""A payment is unique because PostgreSQL says so: one live order, one permit to send it, ever."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest
from support.store_world import StoreWorld

from claims.commands.command import ChangeAccount, RecordTransfer, ReportReemployment, WithdrawClaim
from law.grounds import Ground
from payments.orders import MOVES, OrderState
from sandbox.servers.postgres import PostgresServer
from store.claims.history import recorded_events
from store.claims.kind import ClaimStepResult
from store.database import Connection
from store.engine.step import Caller
from store.ids import new_id, new_reference
from store.payments.orders import (
    SendPermit,
    begin_sending,
    note_open_answer,
    open_transfer,
    plan_asking,
    resume_payments,
    stop_payments,
)
from store.scheduling.wakeups import sweep

LEASE = timedelta(minutes=5)


async def begin(world: StoreWorld, order_id: UUID) -> SendPermit | None:
    return await begin_sending(world.pool, order_id, lease=LEASE)


async def state(world: StoreWorld, order_id: UUID) -> str:
    found: str = await world.pool.fetchval("select state from payment_orders where order_id = $1", order_id)
    return found


async def stop(world: StoreWorld) -> bool:
    async with world.pool.acquire() as connection, connection.transaction():
        return await stop_payments(connection, by="treasurer-1", reason="statement mismatch")


async def resume(world: StoreWorld) -> bool:
    async with world.pool.acquire() as connection, connection.transaction():
        return await resume_payments(connection)


async def outcome(
    world: StoreWorld, result: ClaimStepResult, word: str, ground: Ground = Ground.NOT_EXECUTED
) -> ClaimStepResult:
    message = RecordTransfer.model_validate(
        {
            "order_id": result.next_step.order_ids[0],
            "outcome": word,
            "amount_idr": 3_000_000,
            "ground": ground,
            "bank_code": "none",
            "found_by": "answer",
        }
    )
    return await world.say(result.stream_id, message)


async def lease_is_over(world: StoreWorld) -> None:
    """Real time has passed since the send began."""
    await world.pool.execute("update payment_orders set send_until = send_until - interval '1 hour'")


async def test_ten_callers_at_once_get_one_permit(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids

    permits = [each for each in await asyncio.gather(*(begin(world, order_id) for _ in range(10))) if each]

    assert len(permits) == 1
    assert (permits[0].amount_idr, permits[0].account_version) == (3_000_000, 1)
    assert permits[0].external_id.startswith("20250210")
    assert permits[0].seconds == 300
    assert await state(world, order_id) == "sending"
    assert await begin(world, order_id) is None


async def test_a_reference_is_stored_before_the_bank_is_called(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    stored = await world.pool.fetchval("select reference from payment_orders")

    permit = await begin(world, order_id)

    assert permit is not None
    assert permit.reference == stored
    assert len(stored) == 20
    assert {new_reference() for _ in range(100)}.__len__() == 100


async def test_an_obligation_has_one_live_order(world: StoreWorld) -> None:
    approved = await world.approved()
    again = (
        "insert into payment_orders (order_id, obligation, stream_id, month, attempt, amount_idr,"
        " creditor_kind, creditor_id, account_version, reference, state, ordered_at)"
        " select $1, obligation, stream_id, month, 2, amount_idr, creditor_kind, creditor_id,"
        " account_version, $2, 'ordered', ordered_at from payment_orders limit 1"
    )

    with pytest.raises(asyncpg.UniqueViolationError, match="one_live_order_per_obligation"):
        await world.pool.execute(again, new_id(), new_reference())
    await outcome(world, approved, "refused", Ground.ACCOUNT_REFUSED)
    await world.pool.execute(again, new_id(), new_reference())

    states = await world.pool.fetch("select state from payment_orders order by attempt")
    assert [row["state"] for row in states] == ["refused", "ordered"]


async def test_an_amount_that_can_only_be_a_mistake_cannot_be_ordered(world: StoreWorld) -> None:
    await world.approved()

    with pytest.raises(asyncpg.CheckViolationError):
        await world.pool.execute("update payment_orders set amount_idr = 1000000001")


async def test_nothing_is_sent_while_payments_are_stopped(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    assert await stop(world)
    assert not await stop(world)

    assert await begin(world, order_id) is None
    stopped = await world.say(approved.stream_id)
    assert (stopped.next_step.todo, stopped.next_step.awaited[0].what) == ("wait", "payments_resumed")
    assert stopped.next_step.awaited[0].owner == "treasurer"

    assert await resume(world)
    assert not await resume(world)
    assert (await world.say(approved.stream_id)).next_step.todo == "transfer"
    assert await begin(world, order_id) is not None


async def test_stop_and_resume_wake_the_claims_that_have_an_order_and_no_other(world: StoreWorld) -> None:
    approved = await world.approved()
    filed = await world.filed(nik="3273014502900002")
    for stream_id in (approved.stream_id, filed.stream_id):
        await world.steps.run_step(stream_id, (), Caller.WORKFLOW)

    async def unheard() -> dict[str, int]:
        rows = await world.pool.fetch("select workflow_id, wanted - seen as unheard from wakeups")
        return {row["workflow_id"]: row["unheard"] for row in rows}

    await stop(world)
    assert await unheard() == {f"claim/{approved.stream_id}": 1, f"claim/{filed.stream_id}": 0}
    await resume(world)
    assert await unheard() == {f"claim/{approved.stream_id}": 2, f"claim/{filed.stream_id}": 0}


async def test_a_withdrawal_cancels_an_order_not_yet_sent(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids

    withdrawn = await world.say(approved.stream_id, WithdrawClaim(reason="moved abroad"))

    assert await state(world, order_id) == "cancelled"
    assert await begin(world, order_id) is None
    assert withdrawn.next_step.todo == "finish"


async def test_a_withdrawal_leaves_an_order_that_is_being_sent_to_its_end(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    await begin(world, order_id)

    withdrawn = await world.say(approved.stream_id, WithdrawClaim(reason="moved abroad"))
    assert await state(world, order_id) == "sending"
    assert (withdrawn.next_step.todo, withdrawn.next_step.awaited[0].what) == ("wait", "transfer")

    settled = await outcome(world, approved, "settled")
    assert await state(world, order_id) == "settled"
    assert settled.next_step.todo == "finish"


async def test_work_found_before_the_first_month_cancels_nothing_that_is_owed(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    await world.pass_days(1)

    ceased = await world.say(approved.stream_id, ReportReemployment(since=(approved.at).date()))

    assert ceased.next_step.status == "ceased"
    assert await state(world, order_id) == "ordered"
    assert await begin(world, order_id) is not None


async def test_a_withdrawal_and_a_send_at_once_end_in_one_of_two_ways(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids

    permit, _ = await asyncio.gather(
        begin(world, order_id), world.say(approved.stream_id, WithdrawClaim(reason="moved abroad"))
    )

    assert await state(world, order_id) == ("cancelled" if permit is None else "sending")


async def test_a_refused_send_ends_the_order_and_the_next_one_comes_after_a_pause(world: StoreWorld) -> None:
    approved = await world.approved()
    await begin(world, approved.next_step.order_ids[0])

    refused = await outcome(world, approved, "refused")
    assert refused.next_step.todo == "wait"
    assert refused.next_step.next_at == approved.at + timedelta(minutes=5)
    await world.pass_days(5 / 1440)
    again = await world.say(approved.stream_id)

    assert again.next_step.todo == "transfer"
    rows = await world.pool.fetch("select attempt, state, reference from payment_orders order by attempt")
    assert [(row["attempt"], row["state"]) for row in rows] == [(1, "refused"), (2, "ordered")]
    assert rows[0]["reference"] != rows[1]["reference"]


async def test_a_refused_account_waits_for_another_one(world: StoreWorld) -> None:
    approved = await world.approved()
    assert approved.state.layoff is not None
    refused = await outcome(world, approved, "refused", Ground.ACCOUNT_REFUSED)
    assert refused.next_step.awaited[0].what == "bank_account"

    version = await world.account(approved.state.layoff.participant, "5555555555")
    changed = await world.say(approved.stream_id, ChangeAccount(account_version=version))

    assert changed.next_step.todo == "transfer"
    accounts = await world.pool.fetch("select account_version from payment_orders order by attempt")
    assert [row["account_version"] for row in accounts] == [1, 2]


async def test_an_open_outcome_has_a_search_of_its_own(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    await begin(world, order_id)

    await outcome(world, approved, "open")

    row = await world.pool.fetchrow("select * from wakeups where workflow_id = $1", f"transfer/{order_id}")
    assert row is not None
    assert (row["wanted"], row["seen"], row["due_at"]) == (1, 0, approved.at)
    assert row["todo_since"] is not None
    assert (await plan_asking(world.pool, order_id)).todo == "ask"
    assert await world.pool.fetchval(
        "select wanted = seen from wakeups where workflow_id = $1", f"transfer/{order_id}"
    )


async def test_the_bank_is_asked_at_growing_intervals(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    await begin(world, order_id)
    await outcome(world, approved, "open")

    pauses = []
    for _ in range(7):
        await note_open_answer(world.pool, order_id, not_found=True)
        plan = await plan_asking(world.pool, order_id)
        assert (plan.todo, plan.sleep_seconds) == ("wait", None)
        assert plan.next_ask_at is not None
        pauses.append((plan.next_ask_at - approved.at).total_seconds())

    assert pauses == [30, 60, 120, 300, 900, 3_600, 3_600]
    assert await world.pool.fetchval("select not_found from payment_orders") == 7


async def test_a_final_order_is_asked_for_no_more(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    await begin(world, order_id)
    await outcome(world, approved, "open")

    await outcome(world, approved, "settled")

    assert (await plan_asking(world.pool, order_id)).todo == "finish"
    row = await world.pool.fetchrow("select * from wakeups where workflow_id = $1", f"transfer/{order_id}")
    assert row is not None
    assert (row["due_at"], row["todo_since"]) == (None, None)


async def test_while_a_send_may_run_nobody_asks(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    await begin(world, order_id)

    plan = await plan_asking(world.pool, order_id)

    assert plan.todo == "wait"
    assert plan.sleep_seconds is not None
    assert 290 < plan.sleep_seconds <= 300
    assert await sweep(world.pool) == 0


async def test_a_send_that_nobody_finished_is_searched_for_once_its_lease_is_over(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    await begin(world, order_id)
    await lease_is_over(world)

    assert await sweep(world.pool) == 1
    assert await sweep(world.pool) == 0

    transfer = await open_transfer(world.pool, order_id)
    assert transfer is not None
    assert (transfer.state, transfer.send_over) == ("sending", True)
    assert (await plan_asking(world.pool, order_id)).todo == "ask"


async def test_an_order_that_was_never_begun_is_no_open_transfer(world: StoreWorld) -> None:
    approved = await world.approved()

    assert await open_transfer(world.pool, approved.next_step.order_ids[0]) is None


@pytest.mark.parametrize(
    ("first", "second"), [("settled", "refused"), ("refused", "settled"), ("settled", "settled")]
)
async def test_a_final_state_is_never_overwritten(world: StoreWorld, first: str, second: str) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    await begin(world, order_id)
    await outcome(world, approved, first)
    recorded = len(await recorded_events(world.pool, approved.stream_id))

    later = await outcome(world, approved, second, Ground.MET)

    assert later.results[0].verdict.ground is Ground.ORDER_ALREADY_FINAL
    assert await state(world, order_id) == first
    assert len(await recorded_events(world.pool, approved.stream_id)) == recorded


async def test_a_refusal_found_before_the_send_holds_only_while_nobody_has_taken_the_order_up(
    world: StoreWorld,
) -> None:
    approved = await world.approved()
    other = await world.approved(nik="3273014502900002")
    await begin(world, approved.next_step.order_ids[0])

    late = await outcome(world, approved, "unsent", Ground.ACCOUNT_REFUSED)
    in_time = await outcome(world, other, "unsent", Ground.ACCOUNT_REFUSED)

    assert not late.results[0].verdict.counts
    assert await state(world, approved.next_step.order_ids[0]) == "sending"
    assert in_time.results[0].verdict.counts
    assert await state(world, other.next_step.order_ids[0]) == "refused"


async def test_the_database_moves_an_order_as_the_table_of_moves_says_and_not_otherwise(
    world: StoreWorld, postgres: PostgresServer, database: str
) -> None:
    await world.approved()
    owner = await postgres.connect(database)
    pairs = [(before, after) for before in OrderState for after in OrderState if before is not after]

    moved = {pair for pair in pairs if await _moves(owner, *pair)}
    await owner.close()

    assert moved == {(before, after) for before in OrderState for after in MOVES[before]}


async def _moves(owner: Connection, before: OrderState, after: OrderState) -> bool:
    set_to = "update payment_orders set state = $1"
    transaction = owner.transaction()
    await transaction.start()
    try:
        await owner.execute("alter table payment_orders disable trigger order_moves")
        await owner.execute(set_to, before.value)
        await owner.execute("alter table payment_orders enable trigger order_moves")
        await owner.execute(set_to, after.value)
    except asyncpg.CheckViolationError:
        return False
    finally:
        await transaction.rollback()
    return True
