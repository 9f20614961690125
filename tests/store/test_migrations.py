"""Migrations run once, whoever runs them, and keep what was there."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from support.store_world import StoreWorld

from law.periods import Calendar
from payments.ledger import LedgerAccount
from sandbox.servers.postgres import PostgresServer
from store.calendar import read_calendar
from store.ids import new_id
from store.payments.ledger import balance
from store.process.migrations import migrate, migration_files, missing_migrations

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


async def test_a_database_without_a_calendar_has_weekends_only_under_that_name(
    postgres: PostgresServer, empty: str
) -> None:
    connection = await postgres.connect(empty)
    await migrate(connection)

    assert await read_calendar(connection) == Calendar("weekends only")
    assert await read_calendar(connection, "weekends only") == Calendar("weekends only")
    await connection.close()


async def test_an_officer_adds_versions_and_changes_none(world: StoreWorld) -> None:
    for change in (
        "update calendar_days set kind = 'collective_leave'",
        "delete from calendar_days",
        "update calendar_versions set version = 'another'",
        "delete from calendar_versions",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await world.pool.execute(change)


async def test_an_order_may_exceed_five_million_and_not_a_thousand_million(world: StoreWorld) -> None:
    await world.approved()

    await world.pool.execute("update payment_orders set amount_idr = 1000000000")
    with pytest.raises(asyncpg.CheckViolationError, match="payment_orders_amount_idr_guard"):
        await world.pool.execute("update payment_orders set amount_idr = 1000000001")
    with pytest.raises(asyncpg.CheckViolationError, match="payment_orders_amount_idr_guard"):
        await world.pool.execute("update payment_orders set amount_idr = 0")


async def test_the_ledger_has_an_account_for_what_is_owed_back_and_no_account_of_another_name(
    world: StoreWorld,
) -> None:
    filed = await world.filed()
    post = (
        "insert into ledger_entries (posting_id, account, amount_idr, stream_id, month, booked_at) values "
        "($1, $2, 900000, $3, 1, now()), ($1, 'benefits', -900000, $3, 1, now())"
    )

    await world.pool.execute(post, new_id(), "receivable", filed.stream_id)
    assert await balance(world.pool, LedgerAccount.RECEIVABLE) == 900_000
    with pytest.raises(asyncpg.CheckViolationError):
        await world.pool.execute(post, new_id(), "receivables", filed.stream_id)
