"""The HTTP API over a real PostgreSQL, on a stepped clock."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import httpx2
import pytest
from fastapi import FastAPI
from support.knocking import Knocker

from api.app import create_app
from api.http.receiving import Backend
from sandbox.servers.postgres import PostgresServer
from store.calendar import load_official_calendar
from store.ids import new_id
from store.process.migrations import migrate
from store.process.worlds import World, mark_world
from store.scheduling.clock import set_clock

LOOKUP_KEY = bytes(range(32))
FILING_DAY = datetime(2025, 3, 10, 3, tzinfo=UTC)
KEPT = ["generation", "calendar_versions", "calendar_days", "migrations", "world"]


@pytest.fixture(scope="session")
def door_database(postgres: PostgresServer) -> Iterator[str]:
    """One migrated database for the tests of the HTTP API, emptied before each."""
    name = f"door_{new_id().hex}"
    asyncio.run(_prepare(postgres, name))
    yield name
    asyncio.run(postgres.drop_database(name))


async def _prepare(postgres: PostgresServer, name: str) -> None:
    await postgres.create_database(name)
    owner = await postgres.connect(name)
    await migrate(owner)
    await load_official_calendar(owner)
    await mark_world(owner, World.TEST)
    await owner.close()


async def _empty(postgres: PostgresServer, name: str) -> None:
    owner = await postgres.connect(name)
    tables = await owner.fetch(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> all ($1)", KEPT
    )
    await owner.execute("set session_replication_role = replica")
    await owner.execute(";".join(f"delete from {row['tablename']}" for row in tables))
    await set_clock(owner, FILING_DAY, 0)
    await owner.close()


@pytest.fixture
async def app(
    postgres: PostgresServer, door_database: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[FastAPI]:
    """The HTTP API as of ten in the morning of 10 March 2025, with nothing behind it yet."""
    await _empty(postgres, door_database)
    for variable, value in postgres.environment(door_database).items():
        monkeypatch.setenv(variable, value)
    app = create_app(LOOKUP_KEY)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def backend(app: FastAPI) -> Backend:
    """What stands behind the routes."""
    backend: Backend = app.state.backend
    return backend


@pytest.fixture
async def portal(app: FastAPI) -> AsyncIterator[Knocker]:
    """SIAPkerja."""
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://door") as client:
        yield Knocker(client)


@pytest.fixture(scope="session")
def app_without_database() -> FastAPI:
    """An API behind which nothing stands: a request that is not refused at the threshold fails."""
    app = create_app(LOOKUP_KEY)
    app.state.backend = object()
    return app


@pytest.fixture
async def threshold(app_without_database: FastAPI) -> AsyncIterator[Knocker]:
    """SIAPkerja at an API that has no database."""
    transport = httpx2.ASGITransport(app=app_without_database)
    async with httpx2.AsyncClient(transport=transport, base_url="http://door") as client:
        yield Knocker(client)
