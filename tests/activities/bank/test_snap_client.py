"""The client over real HTTP against the simulated bank."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from parties.snap_requests import CREDENTIALS, EXTERNAL, KEY, MONDAY, REFERENCE, TLS, request, soon

from activities.bank.snap.client import SnapClient
from activities.bank.snap.profile import sandbox_profile
from sandbox.parties.bank.app import Bank, Customer, Pace, application
from sandbox.parties.bank.ledger import Ledger
from sandbox.parties.bank.serving import SimulatorServer


class SteppedClock:
    """A programme clock that stands still until moved."""

    def __init__(self) -> None:
        self.at = MONDAY

    async def now(self) -> datetime:
        return self.at

    async def close(self) -> None:
        pass


@dataclass
class Simulated:
    """The simulated bank, a client of it, and its clock."""

    url: str
    client: SnapClient
    clock: SteppedClock

    async def sends(self) -> list[int]:
        async with httpx2.AsyncClient(trust_env=False) as http:
            found = (await http.get(f"{self.url}/simulator/transfers.json")).json()["transfers"]
        return [each["sends"] for each in found]

    async def ask(self) -> str:
        return str((await self.client.transfer_status(REFERENCE, EXTERNAL, MONDAY, 3_000_000)).status)


@asynccontextmanager
async def simulated(file: Path, a_while: float = 0.0) -> AsyncIterator[Simulated]:
    clock = SteppedClock()
    ledger = Ledger(file, "0987654321", 1_000_000_000_000)
    customer = Customer("jkp", "contoh-rahasia", KEY.public_key())
    bank = Bank(ledger, customer, clock, Pace(lost_answer_hold=0.05, a_while=a_while))
    server = SimulatorServer(application(bank), 0, "")
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server has no event to await
        await asyncio.sleep(0)
    async with SnapClient(sandbox_profile(server.url), CREDENTIALS, verify=TLS) as client:
        yield Simulated(server.url, client, clock)
    server.should_exit = True
    await serving


@pytest.fixture
async def bank(tmp_path: Path) -> AsyncIterator[Simulated]:
    async with simulated(tmp_path / "bank.sqlite") as running:
        yield running


@pytest.fixture
async def slow_bank(tmp_path: Path) -> AsyncIterator[Simulated]:
    async with simulated(tmp_path / "bank.sqlite", a_while=600.0) as running:
        yield running


async def test_a_transfer_is_paid_and_found_again(bank: Simulated) -> None:
    sent = await bank.client.transfer(request(), soon())
    assert (sent.outcome, sent.certainty, sent.response_code) == ("settled", "unknown", "2001800")
    asked = await bank.client.transfer_status(
        REFERENCE, EXTERNAL, date(2026, 11, 23), 3_000_000, "1230000200"
    )
    assert (asked.status, asked.certainty) == ("done", "done")
    assert asked.bank_reference == sent.bank_reference is not None


async def test_every_way_a_transfer_can_go(bank: Simulated) -> None:
    ways = [
        ("1230000202", "accepted", "unknown", "done"),
        ("1230000206", "accepted", "unknown", "failed"),
        ("1230000504", "unknown", "unknown", "done"),
        ("1230000505", "unknown", "unknown", "not_found"),
        ("1230000500", "unknown", "unknown", "done"),
        ("1230000407", "unknown", "unknown", "done"),
        ("1230000418", "maybe_paid_other", "unknown", "done"),
        ("1230000411", "account_problem", "not_executed", "failed"),
        ("1230000318", "account_problem", "not_executed", "failed"),
        ("1230000409", "account_problem", "not_executed", "failed"),
        ("1230000614", "wait_funds", "not_executed", "failed"),
    ]
    seen = []
    for account, *_ in ways:
        reference, external_id = f"JKP{account:>017}", f"20261123{account}"
        order = request(account, reference=reference, external_id=external_id)
        sent = await bank.client.transfer(order, soon())
        asked = await bank.client.transfer_status(reference, external_id, MONDAY, 3_000_000, account)
        seen.append((account, str(sent.outcome), str(sent.certainty), str(asked.status)))
    assert seen == ways
    assert await bank.sends() == [1] * 10


async def test_for_a_while_a_bank_may_not_find_what_it_paid_or_call_it_pending(slow_bank: Simulated) -> None:
    await slow_bank.client.transfer(request("1230000407"), soon())
    assert await slow_bank.ask() == "not_found"
    other = {"reference": "JKP0000000000010101B", "external_id": "20261123000000000002"}
    await slow_bank.client.transfer(request("1230000202", **other), soon())
    asked = await slow_bank.client.transfer_status(**other, sent_on=MONDAY, amount_idr=3_000_000)
    assert asked.status == "pending"


async def test_a_duplicate_is_never_taken_for_a_failure(bank: Simulated) -> None:
    await bank.client.transfer(request(), soon())
    same_id = await bank.client.transfer(request(), soon())
    same_reference = await bank.client.transfer(request(external_id="20261123000000000002"), soon())
    assert (same_id.outcome, same_id.certainty) == ("duplicate_id", "unknown")
    assert (same_reference.outcome, same_reference.certainty) == ("duplicate_ok", "unknown")


async def test_a_status_for_another_amount_or_account_says_so(bank: Simulated) -> None:
    await bank.client.transfer(request(), soon())
    asked = await bank.client.transfer_status(REFERENCE, EXTERNAL, MONDAY, 3_000_001, "1230000201")
    assert (asked.amount_matches, asked.account_matches, asked.certainty) == (False, False, "unknown")


async def test_the_bank_names_the_holder_of_an_account_or_says_that_there_is_none(bank: Simulated) -> None:
    found = await bank.client.inquire_account("CENAIDJA", "1230000200", REFERENCE)
    assert (found.status, found.name, found.outcome) == ("found", "PENERIMA UJI 0200", None)
    assert "PENERIMA" not in repr(found)
    none = await bank.client.inquire_account("CENAIDJA", "1230009999", REFERENCE)
    assert (none.status, none.name, none.response_code) == ("problem", None, "4041611")


async def test_the_statement_is_complete_when_the_day_is_over(bank: Simulated) -> None:
    await bank.client.transfer(request(), soon())
    today = await bank.client.statement(date(2026, 11, 23))
    assert (today.complete, len(today.lines)) == (False, 1)
    bank.clock.at = MONDAY + timedelta(days=1)
    whole = await bank.client.statement(date(2026, 11, 23))
    assert whole.complete
    [line] = whole.lines
    assert (line.direction, line.amount_idr, line.reference) == ("debit", 3_000_000, REFERENCE)
    assert line.account_number == "1230000200"
    assert line.at == MONDAY


async def test_a_return_is_a_credit_that_names_the_transfer(bank: Simulated) -> None:
    await bank.client.transfer(request("1230000475"), soon())
    bank.clock.at = MONDAY + timedelta(days=2)
    [line] = (await bank.client.statement(date(2026, 11, 24))).lines
    assert (line.direction, line.amount_idr, line.reference) == ("credit", 3_000_000, REFERENCE)
    assert await bank.ask() == "returned"


async def test_a_statement_of_several_pages_is_read_to_its_end(bank: Simulated) -> None:
    for number in range(101):
        numbers = {"reference": f"JKP{number:017d}", "external_id": f"20261123{number:012d}"}
        sent = await bank.client.transfer(request(amount_idr=1_000 + number, **numbers), soon())
        assert sent.outcome == "settled"
    bank.clock.at = MONDAY + timedelta(days=1)
    whole = await bank.client.statement(date(2026, 11, 23))
    assert whole.complete
    assert sorted(line.amount_idr for line in whole.lines) == list(range(1_000, 1_101))
