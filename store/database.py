"""The connection pool and single sessions: parameters come from the settings, the role from here."""

from typing import Any
from urllib.parse import urlencode

import asyncpg

from settings.parts import Postgres
from settings.reading import read

APPLICATION_ROLE = "jkp_app"
LOCK_TIMEOUT_SECONDS = 5

Pool = asyncpg.Pool
Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy


class Session(asyncpg.Connection):
    """A session that leaves nothing behind to be reset: its locks end with their transaction.

    Without this the pool pays a round trip and a commit more for every step.
    """

    def get_reset_query(self) -> str:
        """Nothing to reset."""
        return ""


async def open_pool(postgres: Postgres | None = None, *, database: str | None = None, most: int = 10) -> Pool:
    """A pool whose sessions run as the application role, which cannot change an event.

    `postgres` is read from the `PG*` variables where it is not given; `database` overrides its database.
    Raises SettingsWrong.
    """
    pool = await asyncpg.create_pool(
        **_where(postgres, database),
        min_size=1,
        max_size=most,
        command_timeout=30,
        connection_class=Session,
        server_settings={
            "role": APPLICATION_ROLE,
            "lock_timeout": f"{LOCK_TIMEOUT_SECONDS}s",
            "timezone": "UTC",
            "application_name": "jkp",
        },
    )
    assert pool is not None, "create_pool without a loop argument returns a pool"
    return pool


async def connect(postgres: Postgres | None = None, *, database: str | None = None) -> asyncpg.Connection:
    """One session as the user that connects, who may own the tables; raises SettingsWrong."""
    return await asyncpg.connect(**_where(postgres, database), timeout=10)


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
