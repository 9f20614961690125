"""What an error says of the database, and that every way in which a session ends is one that says so."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest
from asyncpg import exceptions as pg

from sandbox.servers.postgres import PostgresServer
from store.database import Connection, Pool, open_pool
from store.outages import is_collision, is_outage, is_session_gone, outlasting

ROOT = Path(__file__).parents[2]
PACKAGES = ("store", "activities", "workflows", "worker", "api", "cli")


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.InterfaceError("connection is closed"),
        asyncpg.InternalClientError("got result for unknown protocol state 3"),
        pg.ProtocolError("the number of columns in result row is different from what was described"),
        pg.OutdatedSchemaCacheError("unexpected data type"),
        pg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
        pg.AdminShutdownError("terminating connection due to administrator command"),
        pg.IdleInTransactionSessionTimeoutError("idle in transaction"),
        pg.TransactionTimeoutError("transaction timeout"),
        pg.InvalidCachedStatementError("cached statement plan is invalid"),
        pg.InvalidSQLStatementNameError("prepared statement does not exist"),
        ConnectionResetError("reset"),
    ],
)
def test_another_session_has_a_chance_at_once(error: Exception) -> None:
    assert (is_session_gone(error), is_outage(error), is_collision(error)) == (True, True, False)


@pytest.mark.parametrize(
    "error",
    [
        OSError("no route"),
        TimeoutError(),
        pg.CannotConnectNowError("starting up"),
        pg.QueryCanceledError("statement timeout"),
        pg.TooManyConnectionsError("sorry, too many clients already"),
        pg.DiskFullError("no space left"),
        pg.ReadOnlySQLTransactionError("read only after a failover"),
        pg.InvalidPasswordError("the password was changed"),
        pg.InvalidCatalogNameError("no such database"),
        pg.PostgresIOError("could not read"),
        pg.InternalServerError("cache lookup failed"),
    ],
)
def test_the_database_is_away(error: Exception) -> None:
    assert (is_session_gone(error), is_outage(error), is_collision(error)) == (False, True, False)


@pytest.mark.parametrize(
    "error", [pg.LockNotAvailableError("x"), pg.DeadlockDetectedError("x"), pg.SerializationError("x")]
)
def test_somebody_else_was_first(error: Exception) -> None:
    assert (is_outage(error), is_collision(error)) == (False, True)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        KeyError("x"),
        AssertionError("x"),
        UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
        pg.UniqueViolationError("x"),
        pg.CheckViolationError("x"),
        pg.CharacterNotInRepertoireError("invalid byte sequence"),
        pg.UndefinedColumnError("x"),
        pg.RaiseError("x"),
        asyncpg.InterfaceError("the server expects 1 argument for this query, 2 were passed"),
        asyncpg.InterfaceError("query argument $1: a sized iterable container expected"),
        asyncpg.UnsupportedClientFeatureError("x"),
    ],
)
def test_what_was_asked_is_at_fault(error: Exception) -> None:
    assert (is_session_gone(error), is_outage(error), is_collision(error)) == (False, False, False)


@pytest.mark.parametrize("value", ["a\0b", "\ud800", 2**40, object()])
async def test_a_value_that_postgresql_cannot_take_is_no_outage(database: str, value: object) -> None:
    pool = await open_pool()
    kind = "int" if isinstance(value, int) else "text"
    with pytest.raises(Exception) as told:  # noqa: PT011
        await pool.fetchval(f"select $1::{kind}", value)
    assert not is_outage(told.value)
    assert await pool.fetchval("select 1") == 1
    await pool.close()


def test_only_outages_and_collisions_are_outlasted() -> None:
    told: list[BaseException] = []
    for error in (OSError(), pg.DeadlockDetectedError("x")):
        with outlasting(told.append):
            raise error
    with pytest.raises(ValueError, match="mine"), outlasting(told.append):
        raise ValueError("mine")

    assert [type(error) for error in told] == [OSError, pg.DeadlockDetectedError]


@pytest.fixture
async def owner(database: str, postgres: PostgresServer) -> AsyncIterator[asyncpg.Connection]:
    connection = await postgres.connect(database)
    yield connection
    await connection.close()


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    pool = await open_pool(most=4)
    yield pool
    pool.terminate()


async def in_a_transaction(connection: Connection) -> None:
    async with connection.transaction():
        while True:
            await connection.fetchval("select count(*) from clock")


async def asleep(connection: Connection) -> None:
    await connection.execute("select pg_sleep(60)")


async def many_rows(connection: Connection) -> None:
    async with connection.transaction():
        async for _ in connection.cursor("select generate_series(1, 100000000)"):
            pass


async def over_and_over(connection: Connection) -> None:
    while True:
        await connection.fetchval("select 1")


WAYS: list[Callable[[Connection], Awaitable[None]]] = [in_a_transaction, asleep, many_rows, over_and_over]


@pytest.mark.parametrize("work", WAYS)
async def test_a_session_that_is_ended_says_so_whatever_it_does(
    pool: Pool, owner: asyncpg.Connection, work: Callable[[Connection], Awaitable[None]]
) -> None:
    for _ in range(10):
        working = asyncio.gather(*(use(pool, work) for _ in range(3)), return_exceptions=True)
        async with asyncio.timeout(30):
            while not working.done():
                await owner.execute(END_THE_OTHERS)
        for end in working.result():
            assert isinstance(end, Exception)
            assert is_session_gone(end), repr(end)


async def use(pool: Pool, work: Callable[[Connection], Awaitable[None]]) -> None:
    async with pool.acquire() as connection:
        await work(connection)


END_THE_OTHERS = (
    "select pg_terminate_backend(pid) from pg_stat_activity "
    "where datname = current_database() and pid <> pg_backend_pid()"
)


def test_no_statement_takes_whatever_columns_there_are() -> None:
    """A prepared `select *` fails once per session when a migration adds a column."""
    everything = re.compile(r"(select|returning)\s+(\w+\.)?\*(?! from unnest)", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*"))
        if path.suffix in (".py", ".sql")
        for match in everything.finditer(path.read_text("utf-8"))
    ]
    assert found == []
