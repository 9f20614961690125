"""The bank on real parts: an order is sent once, and asked for ever after."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from parties.bank_counter import Counter
from support.store_world import StoreWorld

from activities.bank.snap.client import SnapClient
from activities.bank.snap.profile import sandbox_profile
from activities.bank.snap.signing import Credentials
from activities.bank.transfer import AccountNotChecked, Bank
from activities.mail.notices import Notices
from activities.mail.relay import MailRelay
from claims.commands.command import ChangeAccount, WithdrawClaim
from payments.ledger import LedgerAccount
from sandbox.parties.bank.app import Bank as SimulatedBank
from sandbox.parties.bank.app import Customer, Pace, application
from sandbox.parties.bank.ledger import Ledger
from sandbox.parties.bank.serving import running
from sandbox.parties.programme_time import ClockRow
from sandbox.servers.processes import free_port
from store.claims.history import recorded_events
from store.payments.ledger import balance
from store.payments.orders import begin_sending
from store.scheduling.wakeups import sweep

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SECRET = "contoh-rahasia"
LEASE = timedelta(minutes=5)


def mail_away(world: StoreWorld) -> Notices:
    """A mail relay that nobody answers for: the bank's business goes on without it."""
    return Notices(world.steps, world.people, MailRelay("127.0.0.1", free_port()))


@pytest.fixture
async def counter(world: StoreWorld, tmp_path: Path) -> AsyncIterator[Counter]:
    """The simulated bank over loopback, on the programme clock of the test's database."""
    ledger = Ledger(tmp_path / "bank.db", "0987654321", 1_000_000_000)
    customer = Customer("JKP", SECRET, KEY.public_key())
    simulated = SimulatedBank(ledger, customer, ClockRow(), Pace(lost_answer_hold=0.02, a_while=0.05))
    async with (
        running(application(simulated)) as url,
        SnapClient(sandbox_profile(url, client_id="JKP"), Credentials(SECRET, KEY), verify=False) as snap,
        httpx2.AsyncClient(base_url=url, trust_env=False, verify=False) as http,
    ):
        bank = Bank(world.steps, world.people, snap, mail_away(world), LEASE, timedelta(seconds=5))
        counter = Counter(world, bank, http, ledger)
        for suffix in ("0200", "0202", "0206", "0475", "0500", "0504", "0505"):
            await counter.open_account(f"123450{suffix}")
        yield counter


async def test_a_transfer_is_paid_once_and_recorded(counter: Counter) -> None:
    result = await counter.approved()

    assert await counter.transfer(result) == "settled"

    assert await counter.statement() == [("DEBIT", 3_000_000)]
    assert await counter.told(result) == ["payment_settled"]
    assert await balance(counter.world.pool, LedgerAccount.BANK) == -3_000_000
    order = await counter.order()
    assert (order["state"], order["contradictions"]) == ("settled", [])


async def test_the_same_errand_again_never_sends_again(counter: Counter) -> None:
    result = await counter.approved()
    await counter.transfer(result)

    assert await counter.transfer(result) == "no longer ordered"

    assert await counter.sends() == [1]


async def test_ten_executions_at_once_send_once(counter: Counter) -> None:
    result = await counter.approved()

    words = await asyncio.gather(*(counter.transfer(result) for _ in range(10)))

    assert words.count("settled") == 1
    assert set(words) <= {"settled", "not to be sent", "no longer ordered"}
    assert await counter.sends() == [1]
    assert await counter.statement() == [("DEBIT", 3_000_000)]


async def test_an_execution_that_died_while_sending_is_not_repeated(counter: Counter) -> None:
    result = await counter.approved()
    [order_id] = result.next_step.order_ids
    await begin_sending(counter.world.pool, order_id, lease=LEASE)

    assert await counter.transfer(result) == "no longer ordered"
    assert await counter.ask(result) == "still sending"
    await counter.lease_is_over()
    assert await sweep(counter.world.pool) == 1
    assert await counter.ask(result) == "still open"

    assert await counter.sends() == []
    assert await counter.states() == ["unknown"]
    assert await counter.told(result) == ["payment_sent"]


@pytest.mark.parametrize("suffix", ["0504", "0500"])
async def test_an_answer_that_is_lost_is_found_by_inquiry_and_paid_once(
    counter: Counter, suffix: str
) -> None:
    result = await counter.approved(f"123450{suffix}")

    assert await counter.transfer(result) == "open"
    assert await counter.states() == ["unknown"]
    assert await counter.transfer(result) == "no longer ordered"
    assert await counter.ask(result) == "settled"
    assert await counter.ask(result) == "final"

    assert await counter.statement() == [("DEBIT", 3_000_000)]
    assert await counter.sends() == [1]
    assert await counter.told(result) == ["payment_sent", "payment_settled"]
    assert await balance(counter.world.pool, LedgerAccount.BANK) == -3_000_000


@pytest.mark.parametrize(
    ("suffix", "word", "lines"),
    [("0202", "settled", [("DEBIT", 3_000_000)]), ("0206", "refused", [])],
)
async def test_what_is_in_progress_is_final_only_when_the_bank_says_so(
    counter: Counter, suffix: str, word: str, lines: list[tuple[str, int]]
) -> None:
    result = await counter.approved(f"123450{suffix}")

    assert await counter.transfer(result) == "open"
    await counter.lease_is_over()
    async with asyncio.timeout(60):
        while (found := await counter.ask(result)) == "still open":
            pass

    assert found == word
    assert await counter.statement() == lines


@pytest.mark.parametrize("status", ["closed", "dormant"])
async def test_an_account_that_is_closed_refuses_the_order_and_asks_for_another(
    counter: Counter, status: str
) -> None:
    await counter.open_account("5555500001", status=status)
    result = await counter.approved("5555500001")

    assert await counter.transfer(result) == "refused"

    refused = await counter.world.say(result.stream_id)
    assert refused.next_step.awaited[0].what == "bank_account"
    assert await counter.states() == ["refused"]
    assert await counter.statement() == []
    failure = (await recorded_events(counter.world.pool, result.stream_id))[-1].event
    assert failure.ground == "account_refused"  # type: ignore[union-attr]


async def test_a_refused_account_is_followed_by_a_payment_to_the_corrected_one(counter: Counter) -> None:
    await counter.open_account("5555500001", status="closed")
    result = await counter.approved("5555500001")
    await counter.transfer(result)
    assert result.state.layoff is not None

    version = await counter.world.account(result.state.layoff.participant, "1234500200")
    corrected = await counter.world.say(result.stream_id, ChangeAccount(account_version=version))

    assert await counter.transfer(corrected) == "settled"
    assert await counter.states() == ["refused", "settled"]
    assert await counter.statement() == [("DEBIT", 3_000_000)]


@pytest.mark.parametrize(
    ("number", "name", "code"),
    [("5555500002", "BUDI SANTOSA", "name_mismatch"), ("5555500003", "", "4041611")],
)
async def test_an_account_of_somebody_else_or_of_nobody_is_not_paid(
    counter: Counter, number: str, name: str, code: str
) -> None:
    if name:
        await counter.open_account(number, name)
    result = await counter.approved(number)

    assert await counter.transfer(result) == "unsent"

    failure = (await recorded_events(counter.world.pool, result.stream_id))[-1].event
    assert (failure.type, failure.bank_code) == ("payment_failed", code)  # type: ignore[union-attr]
    assert await counter.sends() == []
    assert (await counter.order())["sending_since"] is None


@pytest.mark.parametrize("down", [True, "refuse"])
async def test_while_the_bank_is_down_nothing_is_sent(counter: Counter, down: object) -> None:
    result = await counter.approved()
    await counter.mode(down=down)

    with pytest.raises(AccountNotChecked) as outage:
        await counter.transfer(result)

    assert "1234500200" not in str(outage.value)
    assert await counter.states() == ["ordered"]
    await counter.mode(down=False)
    assert await counter.transfer(result) == "settled"
    assert await counter.sends() == [1]


async def test_while_the_bank_is_down_an_open_outcome_stays_open(counter: Counter) -> None:
    result = await counter.approved("1234500504")
    await counter.transfer(result)
    await counter.mode(down="refuse")

    assert await counter.ask(result) == "still open"

    order = await counter.order()
    assert (order["state"], order["asked"], order["not_found"]) == ("unknown", 1, 0)


async def test_while_payments_are_stopped_nothing_is_sent(counter: Counter) -> None:
    result = await counter.approved()
    await counter.world.pool.execute("insert into payment_stop (stopped_by, reason) values ('t-1', 'drill')")

    assert await counter.transfer(result) == "not to be sent"

    assert await counter.states() == ["ordered"]
    assert await counter.sends() == []


async def test_after_a_withdrawal_nothing_is_sent(counter: Counter) -> None:
    result = await counter.approved()
    await counter.world.say(result.stream_id, WithdrawClaim(reason="moved abroad"))

    assert await counter.transfer(result) == "no longer ordered"
    assert await counter.sends() == []


async def test_a_send_that_would_begin_too_late_is_not_begun(counter: Counter) -> None:
    result = await counter.approved()
    counter.bank = replace(counter.bank, lease=timedelta(seconds=5))

    assert await counter.transfer(result) == "refused"

    assert await counter.sends() == []
    failure = (await recorded_events(counter.world.pool, result.stream_id))[-1].event
    assert (failure.ground, failure.bank_code) == ("not_executed", "not_sent")  # type: ignore[union-attr]


async def test_a_transfer_that_never_arrived_is_refused_by_the_complete_statement_and_ordered_anew(
    counter: Counter,
) -> None:
    result = await counter.approved("1234500505")
    assert await counter.transfer(result) == "open"
    await counter.lease_is_over()

    assert [await counter.ask(result) for _ in range(4)] == ["still open"] * 4
    await counter.world.pass_days(1)
    assert await counter.ask(result) == "refused"
    assert (await counter.world.say(result.stream_id)).next_step.next_at is not None
    await counter.world.pass_to_next()
    anew = await counter.world.say(result.stream_id)

    assert await counter.states() == ["refused", "ordered"]
    assert anew.next_step.todo == "transfer"
    assert anew.next_step.order_ids != result.next_step.order_ids
    assert await counter.statement() == []


async def test_not_found_twice_is_not_enough_even_with_a_complete_statement(counter: Counter) -> None:
    result = await counter.approved("1234500505")
    await counter.transfer(result)
    await counter.lease_is_over()
    await counter.world.pass_days(1)

    assert [await counter.ask(result) for _ in range(3)] == ["still open", "still open", "refused"]


async def test_not_found_refuses_nothing_while_the_send_may_still_run(counter: Counter) -> None:
    result = await counter.approved("1234500505")
    await counter.transfer(result)
    await counter.world.pass_days(2)

    assert [await counter.ask(result) for _ in range(4)] == ["still open"] * 4

    assert await counter.states() == ["unknown"]


async def test_money_that_came_back_stands_in_the_ledger_as_in_the_statement(counter: Counter) -> None:
    result = await counter.approved("1234500475")
    [order_id] = result.next_step.order_ids
    permit = await begin_sending(counter.world.pool, order_id, lease=LEASE)
    assert permit is not None
    account = await counter.world.people.account(counter.world.pool, permit.creditor, permit.account_version)
    # The worker dies after the send: nobody asks before the money has come back.
    await counter.bank._send(permit, account, float("inf"))
    await counter.lease_is_over()
    await counter.world.pass_days(2)

    assert await counter.ask(result) == "returned"

    lines = await counter.statement()
    assert lines == [("DEBIT", 3_000_000), ("CREDIT", 3_000_000)]
    assert await balance(counter.world.pool, LedgerAccount.BANK) == 0
    assert await balance(counter.world.pool, LedgerAccount.PAYABLE) == -3_000_000
    assert await transactions_of_outcomes(counter) == 1
    assert (await counter.world.say(result.stream_id)).next_step.awaited[0].what == "bank_account"


async def transactions_of_outcomes(counter: Counter) -> int:
    """In how many transactions what became of the payment is recorded."""
    count: int = await counter.world.pool.fetchval(
        "select count(distinct transaction_id) from events "
        "where type in ('payment_settled', 'payment_failed', 'payment_returned')"
    )
    return count


@pytest.mark.parametrize(
    ("lines", "outcome", "bank"),
    [
        (["DEBIT"], "settled", -3_000_000),
        (["DEBIT", "CREDIT"], "returned", 0),
        (["CREDIT"], "still open", 0),
        ([], "refused", 0),
    ],
)
async def test_the_statement_of_the_day_tells_whether_money_went_and_whether_it_came_back(
    counter: Counter, lines: list[str], outcome: str, bank: int
) -> None:
    result = await counter.approved("1234500505")
    await counter.transfer(result)
    await counter.lease_is_over()
    order = await counter.order()
    for kind in lines:
        counter.ledger._book(kind, order["reference"], 3_000_000, "1234500505", "2025-02-10T08:00:05+07:00")
    await counter.world.pass_days(1)

    assert [await counter.ask(result) for _ in range(3)][-1] == outcome

    assert await balance(counter.world.pool, LedgerAccount.BANK) == bank
    assert await transactions_of_outcomes(counter) == (0 if outcome == "still open" else 1)
