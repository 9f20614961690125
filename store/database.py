"""The connection pool and single sessions: parameters come from the settings, role and limits from here."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import asyncpg

from settings.parts import Postgres
from settings.reading import read

APPLICATION_ROLE = "jkp_app"
CONNECT_SECONDS = 10
KNOWS_TRANSACTION_TIMEOUT = 17
NETWORK_LIMITS = {
    "tcp_keepalives_idle": "15s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "20s",
}
"""A client whose machine is gone, or that reads no more, loses its session and its locks."""

Pool = asyncpg.Pool
Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy


class DatabaseRefused(Exception):
    """This process may not work on this database; the message is one line that says what to do."""


@dataclass(frozen=True)
class Limits:
    """Seconds that a session may wait for a lock, be idle inside a transaction, and have one open at all.

    A process that is frozen inside a transaction loses its session, and with it its locks, after the second;
    it is shorter than the first, so that who waits for the lock is served.
    """

    lock: int
    idle_in_transaction: int
    transaction: int

    def settings(self) -> dict[str, str]:
        """The limits that every server knows, as settings of a session."""
        return {
            "lock_timeout": f"{self.lock}s",
            "idle_in_transaction_session_timeout": f"{self.idle_in_transaction}s",
            **NETWORK_LIMITS,
        }


PROCESS = Limits(lock=5, idle_in_transaction=4, transaction=30)
"""Of worker and API."""
COMMAND_LINE = Limits(lock=5, idle_in_transaction=60, transaction=600)
"""Of the command line, whose long looks at all claims are one transaction."""
OWNER = Limits(lock=15, idle_in_transaction=60, transaction=3600)
"""Of the owner of the tables: while a migration waits for a lock, everybody waits behind it."""


class Session(asyncpg.Connection):
    """A session that leaves nothing behind to be reset: its locks end with their transaction.

    Without this the pool pays a round trip and a commit more for every step.
    """

    def get_reset_query(self) -> str:
        """Nothing to reset."""
        return ""


async def open_pool(
    postgres: Postgres | None = None,
    *,
    database: str | None = None,
    most: int = 10,
    limits: Limits = PROCESS,
) -> Pool:
    """A pool whose sessions run as the application role, which cannot change an event.

    `postgres` is read from the `PG*` variables where it is not given; `database` overrides its database.
    Raises SettingsWrong, and DatabaseRefused where the role is missing or not granted.
    """

    async def begin(connection: Connection) -> None:
        await _limit_transactions(connection, limits)

    try:
        pool = await asyncpg.create_pool(
            **_where(postgres, database),
            min_size=1,
            max_size=most,
            command_timeout=30,
            connection_class=Session,
            server_settings={
                "role": APPLICATION_ROLE,
                "timezone": "UTC",
                "application_name": "jkp",
                **limits.settings(),
            },
            init=begin,
        )
    except (asyncpg.InvalidParameterValueError, asyncpg.InsufficientPrivilegeError) as error:
        if APPLICATION_ROLE not in str(error):
            raise
        raise DatabaseRefused(_why_not_the_role(error)) from None
    assert pool is not None, "create_pool without a loop argument returns a pool"
    return pool


def _why_not_the_role(error: Exception) -> str:
    if isinstance(error, asyncpg.InsufficientPrivilegeError):
        return (
            f"the user that connects may not act as {APPLICATION_ROLE}: "
            f"run `grant {APPLICATION_ROLE} to USER` as the owner of the database"
        )
    return f"the role {APPLICATION_ROLE} does not exist: run `jkp migrate` as the owner of the database"


async def connect(
    postgres: Postgres | None = None, *, database: str | None = None, limits: Limits = OWNER
) -> asyncpg.Connection:
    """One session as the user that connects, who may own the tables; raises SettingsWrong."""
    connection: asyncpg.Connection = await asyncpg.connect(
        **_where(postgres, database),
        timeout=CONNECT_SECONDS,
        server_settings={"application_name": "jkp", **limits.settings()},
    )
    await _limit_transactions(connection, limits)
    return connection


async def _limit_transactions(connection: Connection, limits: Limits) -> None:
    if connection.get_server_version().major >= KNOWS_TRANSACTION_TIMEOUT:
        await connection.execute(f"set transaction_timeout = '{limits.transaction}s'")


def _where(postgres: Postgres | None, database: str | None) -> dict[str, Any]:
    """Where PostgreSQL is, as asyncpg takes it; what is not set is left to its own defaults."""
    known = postgres or read(Postgres)
    tls = {
        "sslmode": known.pg_sslmode,
        "sslrootcert": known.pg_sslrootcert,
        "sslcert": known.pg_sslcert,
        "sslkey": known.pg_sslkey,
    }
    return {
        "dsn": "postgresql://?" + urlencode({name: str(value) for name, value in tls.items() if value}),
        "host": known.pg_host,
        "port": known.pg_port,
        "user": known.pg_user,
        "password": known.pg_password.get_secret_value() if known.pg_password else None,
        "database": database or known.pg_database,
        "passfile": known.pg_passfile,
    }
