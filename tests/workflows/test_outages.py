"""PostgreSQL away, Temporal gone, nothing cached: claims wait and go on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from conftest import CLOCK_STARTS_AT
from support.engine import Engine, running_engine
from support.store_world import StoreWorld
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus

from law.regimes import LAW
from payments.ledger import LedgerAccount
from sandbox.servers.postgres import PostgresServer
from sandbox.servers.temporal_server import TemporalServer, find_temporal
from settings.pace import Pace
from store.calendar import load_official_calendar, read_calendar
from store.claims.kind import claim_step_runner, claim_workflow_id
from store.database import open_pool
from store.payments.ledger import balance
from store.people import People
from store.process.migrations import migrate
from store.process.worlds import World, mark_world
from store.scheduling.clock import set_clock
from store.scheduling.wakeups import want_open_streams
from worker.attributes import SEARCH_ATTRIBUTES

EVENTS_MOST = 15
EVENTS_OF_A_LATE_TASK = 3
"""Scheduled, started, timed out: of a machine that is too busy for a task, not of the outage."""


@pytest.fixture
async def own_postgres(run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PostgresServer]:
    """A PostgreSQL of this test's own, which it may stop."""
    server = PostgresServer(run_folder / "postgres-of-outages")
    await server.start()
    await server.create_database("jkp")
    connection = await server.connect("jkp")
    await migrate(connection)
    await load_official_calendar(connection)
    await set_clock(connection, CLOCK_STARTS_AT, 0)
    await mark_world(connection, World.TEST)
    await connection.close()
    for variable, value in server.environment("jkp").items():
        monkeypatch.setenv(variable, value)
    yield server
    await server.stop()


@pytest.fixture
async def own_temporal(run_folder: Path) -> AsyncIterator[TemporalServer]:
    """A Temporal of this test's own, which it may empty."""
    server = TemporalServer(find_temporal(print), run_folder / "temporal-of-outages", SEARCH_ATTRIBUTES)
    await server.start()
    yield server
    await server.stop()


def nik_of(number: int) -> str:
    return f"317101{12:02d}0385{number:04d}"


@pytest.mark.parametrize(
    ("away_seconds", "open_claims"), [(20, 40), pytest.param(60, 200, marks=pytest.mark.long)]
)
async def test_postgresql_away_costs_each_claim_few_events_and_no_run(
    away_seconds: int,
    open_claims: int,
    own_postgres: PostgresServer,
    temporal: TemporalServer,
    tmp_path: Path,
) -> None:
    pool = await open_pool()
    world = StoreWorld(pool, claim_step_runner(pool, LAW, await read_calendar(pool)), People(bytes(32)))
    async with running_engine(world, temporal, tmp_path, cached=open_claims, pace=Pace()) as engine:
        claims = [
            (await world.report(await world.layoff(nik=nik_of(n)))).stream_id
            for n in range(1, open_claims + 1)
        ]
        await engine.settled(within=300)
        before = {claim: await length(engine, claim_workflow_id(claim)) for claim in claims}

        await own_postgres.stop()
        await asyncio.gather(*(engine.run_of(claim).signal("wake", {"recorded": []}) for claim in claims))
        waited = asyncio.create_task(asyncio.sleep(away_seconds))
        while not waited.done():
            answered = await asyncio.wait_for(engine.run_of(claims[0]).query("status"), 30)
            assert answered["todo"] == "wait"
            await asyncio.wait({waited}, timeout=5)
        await own_postgres.start()

        await engine.settled(within=300)
        await asyncio.gather(*(heard(engine, claim_workflow_id(claim)) for claim in claims))
        for claim in claims:
            described = await engine.run_of(claim).describe()
            assert described.status is WorkflowExecutionStatus.RUNNING
            grown = await kinds_of(engine, claim_workflow_id(claim), before[claim])
            # The task of the step before may end only now: what the outage costs begins with our signal.
            grown = grown[grown.index("EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED") :]
            late = grown.count("EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT")
            assert len(grown) - EVENTS_OF_A_LATE_TASK * late < EVENTS_MOST, grown
    await pool.close()


async def length(engine: Engine, workflow_id: str) -> int:
    described = await engine.client.get_workflow_handle(workflow_id).describe()
    return described.history_length


async def kinds_of(engine: Engine, workflow_id: str, after: int) -> list[str]:
    """The kinds of the events after one."""
    history = await engine.client.get_workflow_handle(workflow_id).fetch_history()
    return [EventType.Name(event.event_type) for event in history.events if event.event_id > after]


async def heard(engine: Engine, workflow_id: str) -> None:
    """Wait until a run has no activity pending any more."""
    async with asyncio.timeout(300):
        while True:
            described = await engine.client.get_workflow_handle(workflow_id).describe()
            if not described.raw_description.pending_activities:
                return
            await asyncio.wait({asyncio.create_task(asyncio.sleep(0.2))})


async def test_claims_go_on_after_temporal_lost_everything(
    world: StoreWorld, own_temporal: TemporalServer, tmp_path: Path
) -> None:
    async with running_engine(world, own_temporal, tmp_path) as engine:
        await engine.insured()
        claim = await engine.world.filed()
        await engine.settled()

        await own_temporal.stop()
        for file in own_temporal.folder.glob("temporal.db*"):
            file.unlink()
        await own_temporal.start()
        await want_open_streams(world.pool)
        await engine.settled()
        while (await engine.today()) <= date(2025, 2, 20):
            await engine.pass_to_next()
        await engine.certified(claim, 2, date(2025, 2, 20))

        assert [line["amount"] for line in await engine.statement()] == [3_000_000] * 2
        assert await balance(world.pool, LedgerAccount.BANK) == -6_000_000


async def test_a_claim_lives_when_no_workflow_is_cached(
    world: StoreWorld, temporal: TemporalServer, tmp_path: Path
) -> None:
    async with running_engine(world, temporal, tmp_path, cached=0) as engine:
        await engine.insured()
        claim = await engine.world.filed()
        await engine.settled()
        while (await engine.today()) <= date(2025, 2, 20):
            await engine.pass_to_next()
        await engine.certified(claim, 2, date(2025, 2, 20))

        assert [line["amount"] for line in await engine.statement()] == [3_000_000] * 2


async def test_evidence_is_taken_while_the_bank_is_down_and_the_month_is_paid_when_it_is_back(
    world: StoreWorld, temporal: TemporalServer, tmp_path: Path
) -> None:
    async with running_engine(world, temporal, tmp_path) as engine:
        await engine.insured()
        await engine.http.put(f"{engine.bank_url}/simulator/mode", json={"down": "refuse"})
        claim = await engine.world.filed()
        result = await engine.world.say(claim.stream_id, engine.world.five_applications(date(2025, 2, 10)))
        assert result.results[0].verdict.counts
        await engine.http.put(f"{engine.bank_url}/simulator/mode", json={"down": False})
        await engine.settled()

        assert [line["amount"] for line in await engine.statement()] == [3_000_000]
