"""Real servers for the tests: one PostgreSQL and one Temporal a run, a fresh database and queue a test."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support.store_world import StoreWorld

from law.regimes import LAW
from sandbox.servers.postgres import PostgresServer
from sandbox.servers.temporal_server import TemporalServer, find_temporal
from store.calendar import load_official_calendar, read_calendar
from store.claims.kind import claim_step_runner
from store.database import open_pool
from store.ids import new_id
from store.people import People
from store.process.migrations import migrate
from store.process.worlds import World, mark_world
from store.scheduling.clock import set_clock
from worker.attributes import SEARCH_ATTRIBUTES

# A slow machine fails no test.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

TEMPLATE = "jkp_template"
CLOCK_STARTS_AT = datetime(2025, 2, 10, 1, 0, tzinfo=UTC)


_STATUS: pytest.StashKey[int] = pytest.StashKey()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember the status with which the process has to end."""
    session.config.stash[_STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End here: threads of the Temporal SDK can crash the interpreter while it finalizes."""
    if hasattr(config, "workerinput") or "temporalio" not in sys.modules or _STATUS not in config.stash:
        return
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(config.stash[_STATUS])


@pytest.fixture(scope="session")
def run_folder() -> Iterator[Path]:
    """A folder of this run, outside pytest's own, which other users may not enter."""
    folder = Path(tempfile.mkdtemp(prefix="jkp-tests-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(run_folder: Path) -> Iterator[PostgresServer]:
    """A real PostgreSQL with a migrated template database whose clock is stepped."""
    # Some hundred databases are made and dropped; none of them has to survive a power cut.
    server = PostgresServer(run_folder / "postgres", settings={"fsync": "off"})
    asyncio.run(_start_postgres(server))
    yield server
    asyncio.run(server.stop())


async def _start_postgres(server: PostgresServer) -> None:
    await server.start()
    await server.create_database(TEMPLATE)
    connection = await server.connect(TEMPLATE)
    try:
        await migrate(connection)
        await load_official_calendar(connection)
        await set_clock(connection, CLOCK_STARTS_AT, 0)
        await mark_world(connection, World.TEST)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def temporal(run_folder: Path) -> Iterator[TemporalServer]:
    """A real Temporal server, file-backed, with the search attributes."""
    server = TemporalServer(find_temporal(print), run_folder / "temporal", SEARCH_ATTRIBUTES)
    asyncio.run(server.start())
    yield server
    asyncio.run(server.stop())


@pytest.fixture
async def database(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """A fresh, migrated database named in `PG*`; dropped afterwards."""
    name = f"test_{new_id().hex}"
    await postgres.create_database(name, TEMPLATE)
    for variable, value in postgres.environment(name).items():
        monkeypatch.setenv(variable, value)
    yield name
    await postgres.drop_database(name)


@pytest.fixture
async def world(database: str) -> AsyncIterator[StoreWorld]:
    """The store on a database of its own, with its clock standing at 10 February 2025, 08:00 WIB."""
    pool = await open_pool()
    steps = claim_step_runner(pool, LAW, await read_calendar(pool))
    yield StoreWorld(pool, steps, People(bytes(32)))
    await pool.close()
