"""Migrations run once, whoever runs them; the calendar is loaded once, with its version."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import asyncpg
import pytest

from sandbox.postgres import PostgresServer
from store.calendar import load_official_calendar, read_calendar
from store.ids import new_id
from store.migrations import migrate, migration_files, missing_migrations

ALL = [name for name, _ in migration_files()]


@pytest.fixture
async def empty(postgres: PostgresServer) -> AsyncIterator[str]:
    """A database without any table."""
    name = f"empty_{new_id().hex}"
    await postgres.create_database(name)
    yield name
    await postgres.drop_database(name)


async def test_a_second_run_finds_nothing_to_do(postgres: PostgresServer, empty: str) -> None:
    connection = await postgres.connect(empty)
    assert await missing_migrations(connection) == ALL

    assert await migrate(connection) == ALL
    assert await migrate(connection) == []

    assert await missing_migrations(connection) == []
    await connection.close()


async def test_of_many_at_once_each_migration_is_applied_by_one(postgres: PostgresServer, empty: str) -> None:
    connections = [await postgres.connect(empty) for _ in range(4)]

    applied = await asyncio.gather(*(migrate(connection) for connection in connections))

    assert sorted(applied) == [[], [], [], ALL]
    for connection in connections:
        await connection.close()


async def test_migrations_are_numbered_without_a_gap() -> None:
    assert ALL[0] == "0001_initial.sql"
    assert [int(name[:4]) for name in ALL] == list(range(1, len(ALL) + 1))


async def test_holidays_are_no_working_days_and_collective_leave_is_one(database: str) -> None:
    connection = await asyncpg.connect()
    calendar = await read_calendar(connection)
    kinds = {
        row["day"]: row["kind"]
        for row in await connection.fetch(
            "select day, kind from calendar_days where extract(year from day) = 2025"
        )
    }
    await connection.close()

    assert kinds[date(2025, 3, 31)] == "national_holiday"
    assert not calendar.is_working_day(date(2025, 3, 31))
    assert kinds[date(2025, 4, 2)] == "collective_leave"
    assert calendar.is_working_day(date(2025, 4, 2))
    assert calendar.version.startswith("holidays ")


async def test_the_calendar_is_loaded_once_and_then_left_as_it_stands(database: str) -> None:
    connection = await asyncpg.connect()
    await connection.execute("delete from calendar_days where day = '2025-03-31'")

    await load_official_calendar(connection)
    calendar = await read_calendar(connection)
    await connection.close()

    assert calendar.is_working_day(date(2025, 3, 31))
