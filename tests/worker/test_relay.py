"""The relay on a real Temporal server: it starts, joins and restarts, and nobody's death loses a wake-up."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from support.store_world import StoreWorld, paid_record
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus
from temporalio.service import RPCError

from claims.commands.command import RecordContributions, RecordTransfer
from sandbox.servers.temporal_server import TemporalServer
from settings.pace import Pace
from store.claims.kind import ClaimStepResult, claim_workflow_id
from store.engine.step import Caller
from store.ids import new_id
from store.payments.orders import begin_sending
from store.scheduling.notify import notifying
from store.scheduling.wakeups import lease, transfer_workflow_id
from worker.plugin import claims_plugin
from worker.relay import Relay
from worker.wakes import WAKES

DIES_IN_THE_CALL = """
import asyncio, os
from temporalio.client import Client
from store.database import open_pool
from worker.plugin import claims_plugin
from worker.relay import Relay
from settings.pace import Pace

async def main():
    client = await Client.connect(os.environ["TEMPORAL_ADDRESS"], namespace="jkp", plugins=[claims_plugin()])
    print("connected", flush=True)
    await asyncio.to_thread(input)
    await Relay(await open_pool(), client, os.environ["JKP_TASK_QUEUE"], Pace()).drain()

asyncio.run(main())
"""


@dataclass
class Wire:
    """A wire to the Temporal server that can be held up, so that a call hangs in it, and cut."""

    port: int
    held: bool = False
    server: asyncio.Server | None = None
    ends: list[asyncio.StreamWriter] = field(default_factory=list)

    async def open(self) -> str:
        self.server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        return f"127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def cut(self) -> None:
        assert self.server is not None
        self.server.close()
        for end in self.ends:
            end.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other_writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.ends += [writer, other_writer]
        with suppress(OSError):
            await asyncio.gather(self._carry(reader, other_writer), self._carry(other_reader, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while content := await reader.read(65_536):
            if not self.held:
                writer.write(content)
                await writer.drain()
        writer.close()


@dataclass
class Stage:
    """The store of a test, a Temporal client, and a relay between them on a task queue of its own."""

    world: StoreWorld
    client: Client
    relay: Relay

    async def told(self, workflow_id: str) -> WorkflowExecutionDescription:
        return await self.client.get_workflow_handle(workflow_id).describe()

    async def signals(self, workflow_id: str) -> list[str]:
        """The signals of the current run."""
        history = await self.client.get_workflow_handle(workflow_id).fetch_history()
        return [
            event.workflow_execution_signaled_event_attributes.signal_name
            for event in history.events
            if event.HasField("workflow_execution_signaled_event_attributes")
        ]

    async def unheard(self, workflow_id: str) -> int:
        found: int = await self.world.pool.fetchval(
            "select wanted - seen from wakeups where workflow_id = $1", workflow_id
        )
        return found

    async def lease_is_over(self) -> None:
        """The real time has passed in which a delivery counts as under way."""
        await self.world.pool.execute("update wakeups set sent_at = sent_at - interval '1 hour'")


async def connected(address: str) -> Client:
    return await Client.connect(address, namespace="jkp", plugins=[claims_plugin()])


@pytest.fixture
async def stage(world: StoreWorld, temporal: TemporalServer) -> AsyncIterator[Stage]:
    client = await connected(temporal.address)
    relay = Relay(world.pool, client, f"{new_id()}-claims", Pace())
    yield Stage(world, client, relay)
    for row in await world.pool.fetch("select workflow_id from wakeups"):
        with suppress(RPCError):
            await client.get_workflow_handle(row["workflow_id"]).terminate()


async def sent(stage: Stage) -> ClaimStepResult:
    """A claim whose transfer has an open outcome."""
    approved = await stage.world.approved()
    [order_id] = approved.next_step.order_ids
    await begin_sending(stage.world.pool, order_id, lease=timedelta(minutes=5))
    fields = {"order_id": order_id, "outcome": "open", "amount_idr": 3_000_000, "ground": "not_executed"}
    message = RecordTransfer.model_validate({**fields, "bank_code": "none", "found_by": "answer"})
    await stage.world.say(approved.stream_id, message)
    return approved


async def test_a_claim_is_started_with_what_is_new(stage: Stage) -> None:
    filed = await stage.world.filed()
    workflow_id = claim_workflow_id(filed.stream_id)

    assert await stage.relay.drain() == 1

    told = await stage.told(workflow_id)
    assert told.status is WorkflowExecutionStatus.RUNNING
    assert (told.workflow_type, told.task_queue) == ("ClaimWorkflow", stage.relay.task_queue)
    assert await stage.signals(workflow_id) == ["wake", "filed"]
    assert await stage.unheard(workflow_id) == 2, "only the workflow's own step has seen it"


async def test_what_is_leased_is_not_delivered_again_until_the_lease_is_over(stage: Stage) -> None:
    await stage.world.filed()

    assert [await stage.relay.drain(), await stage.relay.drain()] == [1, 0]
    await stage.lease_is_over()
    assert await stage.relay.drain() == 1


async def test_a_running_claim_is_joined(stage: Stage) -> None:
    filed = await stage.world.filed()
    workflow_id = claim_workflow_id(filed.stream_id)
    await stage.relay.drain()
    first = (await stage.told(workflow_id)).run_id
    await stage.world.steps.run_step(filed.stream_id, (), Caller.WORKFLOW)

    await stage.world.say(filed.stream_id, RecordContributions(record=paid_record()))
    assert await stage.relay.drain() == 1

    assert (await stage.told(workflow_id)).run_id == first
    assert await stage.signals(workflow_id) == ["wake", "filed", "wake"]


@pytest.mark.parametrize("ending", ["terminate", "cancel"])
async def test_a_run_that_was_ended_is_started_again_by_the_next_wakeup(stage: Stage, ending: str) -> None:
    filed = await stage.world.filed()
    workflow_id = claim_workflow_id(filed.stream_id)
    await stage.relay.drain()
    first = (await stage.told(workflow_id)).run_id
    handle = stage.client.get_workflow_handle(workflow_id)
    if ending == "cancel":
        await handle.cancel()  # nobody works on the queue, so the run has to be ended besides
    await handle.terminate()

    await stage.lease_is_over()
    await stage.relay.drain()

    told = await stage.told(workflow_id)
    assert told.run_id != first
    assert told.status is WorkflowExecutionStatus.RUNNING


async def test_an_open_outcome_starts_a_search_of_its_own(stage: Stage) -> None:
    result = await sent(stage)

    assert await stage.relay.drain() == 2

    told = await stage.told(transfer_workflow_id(result.next_step.order_ids[0]))
    assert told.workflow_type == "TransferWorkflow"
    assert await stage.signals(transfer_workflow_id(result.next_step.order_ids[0])) == ["wake"]


async def test_nothing_that_temporal_stores_says_who_somebody_is(stage: Stage) -> None:
    result = await sent(stage)
    await stage.relay.drain()

    histories = [
        (await stage.client.get_workflow_handle(workflow_id).fetch_history()).to_json()
        for workflow_id in (
            claim_workflow_id(result.stream_id),
            transfer_workflow_id(result.next_step.order_ids[0]),
        )
    ]

    for secret in ("3171011203850001", "Budi", "budi@example.id", "1234567890", "6000000"):
        assert not any(secret in history for history in histories)


async def test_while_temporal_is_away_evidence_is_taken_and_delivered_later(
    stage: Stage, temporal: TemporalServer
) -> None:
    wire = Wire(temporal.port)
    client = await connected(await wire.open())
    cut_off = Relay(stage.world.pool, client, stage.relay.task_queue, Pace(), call_seconds=1.0)
    await wire.cut()
    approved = await stage.world.approved()
    workflow_id = claim_workflow_id(approved.stream_id)

    assert await cut_off.drain() == 1
    assert cut_off.delivered == 0
    with pytest.raises(RPCError):
        await stage.told(workflow_id)

    assert await stage.relay.drain() == 0
    await stage.lease_is_over()
    assert await stage.relay.drain() == 1
    assert (await stage.told(workflow_id)).status is WorkflowExecutionStatus.RUNNING


async def test_a_relay_killed_after_its_lease_loses_nothing(stage: Stage, temporal: TemporalServer) -> None:
    filed = await stage.world.filed()
    wire = Wire(temporal.port)
    environment = {"TEMPORAL_ADDRESS": await wire.open(), "JKP_TASK_QUEUE": stage.relay.task_queue}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DIES_IN_THE_CALL, env=os.environ | environment,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert await process.stdout.readline() == b"connected\n"
    wire.held = True
    process.stdin.write(b"\n")
    async with asyncio.timeout(60):
        while not await stage.world.pool.fetchval("select sent_at is not null from wakeups"):
            pass
    process.send_signal(signal.SIGKILL)
    assert await process.wait() == -signal.SIGKILL
    await wire.cut()

    assert await stage.relay.drain() == 0
    with pytest.raises(RPCError):
        await stage.told(claim_workflow_id(filed.stream_id))
    await stage.lease_is_over()
    assert await stage.relay.drain() == 1
    assert (await stage.told(claim_workflow_id(filed.stream_id))).workflow_type == "ClaimWorkflow"


async def test_two_relays_share_the_work(stage: Stage) -> None:
    niks = ("3171011203850001", "3273014502900002", "3578016203880003")
    for nik in niks:
        await stage.world.filed(nik=nik)
    other = Relay(stage.world.pool, stage.client, stage.relay.task_queue, Pace())

    tried = await asyncio.gather(stage.relay.drain(), other.drain())

    assert sum(tried) == stage.relay.delivered + other.delivered == 3


async def test_a_hint_brings_the_relay_at_once_and_a_lost_one_only_later(stage: Stage) -> None:
    quick = Pace(relay_lease=timedelta(seconds=30), sweep_every=timedelta(milliseconds=50))
    relay = Relay(stage.world.pool, stage.client, stage.relay.task_queue, quick)
    running = asyncio.ensure_future(relay.run())
    try:
        async with notifying(stage.world.pool) as notifier, asyncio.timeout(4):
            reported = await stage.world.report(await stage.world.layoff())
            notifier.give()
            while relay.delivered < 1:
                await asyncio.wait([running], timeout=0.01)
            # Nobody hints: the sweep finds what is due.
            await stage.world.pool.execute("update notices set sent_at = now()")
            await stage.world.steps.run_step(reported.stream_id, (), Caller.WORKFLOW)
            await stage.world.pool.execute("update clock set programme_at = (select due_at from wakeups)")
            while relay.delivered < 2:
                await asyncio.wait([running], timeout=0.01)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    assert await stage.signals(claim_workflow_id(reported.stream_id)) == ["wake", "wake"]


def test_news_goes_out_under_the_signal_of_its_kind() -> None:
    news = [("filing", "m1"), ("certification", "m2"), ("certification", "m3"), ("layoff_report", "m4")]

    assert WAKES["claim"].by_signal(news) == {
        "filed": ["m1"],
        "certification": ["m2", "m3"],
        "wake": ["m4"],
    }
    assert WAKES["claim"].by_signal([]) == {"wake": []}


async def test_the_lease_is_committed_before_temporal_is_called(
    stage: Stage, temporal: TemporalServer
) -> None:
    await stage.world.filed()
    wire = Wire(temporal.port)
    client = await connected(await wire.open())
    wire.held = True
    hanging = asyncio.ensure_future(Relay(stage.world.pool, client, "nowhere", Pace()).drain())
    async with asyncio.timeout(60):
        while not await stage.world.pool.fetchval("select sent_at is not null from wakeups"):
            pass

    locks = await stage.world.pool.fetchval(
        "select count(*) from pg_locks join pg_class on pg_class.oid = relation "
        "where relname = 'wakeups' and pid <> pg_backend_pid()"
    )
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    await wire.cut()

    assert locks == 0
    assert await lease(stage.world.pool, most=10, lease_seconds=30) == []
