"""Plain SQL migrations, forward only, applied under an advisory lock."""

from importlib.resources import files

import asyncpg

from store.database import Connection

MIGRATION_LOCK = 0x6A6B70_01


def migration_files() -> list[tuple[str, str]]:
    """Name and SQL of every migration, in order."""
    folder = files("store").joinpath("schema")
    return sorted((f.name, f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".sql"))


async def migrate(connection: asyncpg.Connection) -> list[str]:
    """Apply what is missing, as the owner of the tables; returns the names applied."""
    applied: list[str] = []
    await connection.execute("select pg_advisory_lock($1)", MIGRATION_LOCK)
    try:
        await connection.execute(
            "create table if not exists migrations "
            "(name text primary key, applied_at timestamptz default now())"
        )
        for name, sql in migration_files():
            async with connection.transaction():
                if await connection.fetchval("select true from migrations where name = $1", name):
                    continue
                await connection.execute(sql)
                await connection.execute("insert into migrations (name) values ($1)", name)
                applied.append(name)
    finally:
        await connection.execute("select pg_advisory_unlock($1)", MIGRATION_LOCK)
    return applied


async def missing_migrations(connection: Connection) -> list[str]:
    """Names of migrations not yet applied; every process asks at its start."""
    known = await connection.fetchval("select to_regclass('migrations') is not null")
    rows = await connection.fetch("select name from migrations") if known else []
    done = {row["name"] for row in rows}
    return [name for name, _ in migration_files() if name not in done]
