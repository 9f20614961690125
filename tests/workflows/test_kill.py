"""A worker ended by kill -9 in the middle of a transfer: another looks for the outcome, nobody sends."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from conftest import CLOCK_STARTS_AT
from support.engine import NIK, bpjs_record
from support.store_world import StoreWorld

from law.periods import JAKARTA, month_of, months_before
from law.regimes import LAW
from sandbox.servers.stack import DATABASE, Stack
from store.calendar import read_calendar
from store.claims.kind import claim_step_runner
from store.database import open_pool
from store.ids import new_id
from store.people import People
from store.scheduling.clock import is_ready

BANK_DELAY_SECONDS = 3
RECOVERED_WITHIN_SECONDS = 30


class OpenStack:
    """A started stack, its store and a client of its simulators."""

    def __init__(self, stack: Stack, world: StoreWorld, http: httpx2.AsyncClient) -> None:
        self.stack, self.world, self.http = stack, world, http

    async def until(self, statement: str, wanted: object, within: float = 90) -> None:
        """Wait until a query gives what is wanted."""
        async with asyncio.timeout(within):
            while await self.world.pool.fetchval(statement) != wanted:
                await asyncio.wait({asyncio.create_task(asyncio.sleep(0.05))})

    async def until_ready(self, within: float = 90) -> None:
        """Wait until nothing is left to be done."""
        async with asyncio.timeout(within):
            while not await is_ready(self.world.pool):
                await asyncio.wait({asyncio.create_task(asyncio.sleep(0.05))})

    async def until_under_way(self, activity: str) -> None:
        """Wait until a worker has begun an activity of a claim and not ended it."""
        assert self.stack.temporal is not None, "the stack is started"
        client = await self.stack.temporal.connect()
        async with asyncio.timeout(90):
            while True:
                async for run in client.list_workflows("ExecutionStatus = 'Running'"):
                    described = await client.get_workflow_handle(run.id).describe()
                    pending = described.raw_description.pending_activities
                    if any(each.activity_type.name == activity and each.attempt for each in pending):
                        return
                await asyncio.wait({asyncio.create_task(asyncio.sleep(0.05))})

    async def until_paid(self) -> None:
        """Let the search for the outcome go on, through the bank's days, until the month is paid."""
        paid = "select exists (select from payment_orders where state = 'settled')"
        while not await self.world.pool.fetchval(paid):
            await self.until_ready()
            await self.world.pass_to_next()

    async def bank_delay(self, seconds: float) -> None:
        """How long the bank takes before it executes and answers."""
        mode = {"delay_seconds": seconds}
        (await self.http.put(f"{self.stack.bank_url}/simulator/mode", json=mode)).raise_for_status()

    async def debits(self) -> list[int]:
        """Amounts of the debits in the statement."""
        reply = await self.http.get(f"{self.stack.bank_url}/simulator/statement.json")
        return [line["amount"] for line in reply.json()["lines"] if line["type"] == "DEBIT"]


@pytest.fixture
async def opened(run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OpenStack]:
    stack = Stack(run_folder / f"kill-{new_id().hex}")
    await stack.start(programme_at=CLOCK_STARTS_AT.astimezone(JAKARTA), speed=0)
    for variable, value in stack.postgres.environment(DATABASE).items():
        monkeypatch.setenv(variable, value)
    pool = await open_pool()
    people = People(bytes.fromhex(stack.keys.lookup_key))
    world = StoreWorld(pool, claim_step_runner(pool, LAW, await read_calendar(pool)), people)
    async with httpx2.AsyncClient(trust_env=False, verify=False) as http:
        record = bpjs_record(months_before(month_of(CLOCK_STARTS_AT.date()), 24), 6_000_000)
        (await http.put(f"{stack.bpjs_url}/simulator/participants/{NIK}", json=record)).raise_for_status()
        account = {"name": "BUDI SANTOSO", "status": "active"}
        url = f"{stack.bank_url}/simulator/accounts/1234567890"
        (await http.put(url, json=account)).raise_for_status()
        yield OpenStack(stack, world, http)
    await pool.close()
    await stack.stop()


async def test_a_transfer_under_way_when_its_worker_is_killed_is_paid_once(opened: OpenStack) -> None:
    await opened.bank_delay(BANK_DELAY_SECONDS)
    await opened.world.filed()
    await opened.until("select state from payment_orders", "sending")
    await opened.stack.processes["worker"].kill()
    await opened.bank_delay(0)
    await opened.stack.start_process("worker")
    await opened.until_ready(within=RECOVERED_WITHIN_SECONDS)
    await opened.until_paid()

    assert await opened.debits() == [3_000_000]


async def test_a_worker_killed_again_and_again_does_nothing_twice_and_its_letters_go_out_soon(
    opened: OpenStack,
) -> None:
    mailbox = opened.stack.processes["mailbox"]
    os.kill(mailbox.pid, signal.SIGSTOP)
    await opened.world.filed()
    await opened.stack.processes["worker"].kill()
    await opened.stack.start_process("worker")
    await opened.until_under_way("send_notices")
    await opened.stack.processes["worker"].kill()
    os.kill(mailbox.pid, signal.SIGCONT)
    await opened.stack.start_process("worker")
    await opened.until_ready(within=RECOVERED_WITHIN_SECONDS)

    assert await opened.debits() == [3_000_000]
    assert await opened.world.pool.fetchval("select bool_and(sent_at is not null) from notices")
    types = [row["type"] for row in await opened.world.pool.fetch("select type from events")]
    assert len(types) == len(set(types)), "no event happened twice"
