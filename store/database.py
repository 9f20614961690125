"""The connection pool: parameters come from `PG*`, the role from here."""

import asyncpg

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


async def open_pool(*, database: str | None = None, most: int = 10) -> Pool:
    """A pool whose sessions run as the application role, which cannot change an event.

    Everything but `database` comes from the `PG*` variables.
    """
    pool = await asyncpg.create_pool(
        database=database,
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
