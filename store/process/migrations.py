"""Plain SQL migrations, forward only, applied under an advisory lock."""

from contextlib import suppress
from importlib.resources import files

import asyncpg

from store.database import APPLICATION_ROLE, Connection, DatabaseRefused

MIGRATION_LOCK = 0x6A6B70_01


def migration_files() -> list[tuple[str, str]]:
    """Name and SQL of every migration, in order."""
    folder = files("store").joinpath("schema")
    return sorted((f.name, f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".sql"))


async def migrate(connection: asyncpg.Connection) -> list[str]:
    """Apply what is missing, as the owner of the tables; returns the names applied.

    Raises DatabaseRefused where the owner may not make the role of the engine.
    """
    await _assert_role_can_be(connection)
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


async def unknown_migrations(connection: Connection) -> list[str]:
    """Names of migrations applied by a later version than this one."""
    return sorted(await _applied(connection) - {name for name, _ in migration_files()})


async def missing_migrations(connection: Connection) -> list[str]:
    """Names of migrations not yet applied; every process asks at its start."""
    done = await _applied(connection)
    return [name for name, _ in migration_files() if name not in done]


async def _applied(connection: Connection) -> set[str]:
    known = await connection.fetchval("select to_regclass('migrations') is not null")
    rows = await connection.fetch("select name from migrations") if known else []
    return {row["name"] for row in rows}


async def _assert_role_can_be(connection: Connection) -> None:
    can = await connection.fetchval(
        "select exists (select from pg_roles where rolname = $1)"
        " or (select rolsuper or rolcreaterole from pg_roles where rolname = current_user)",
        APPLICATION_ROLE,
    )
    if not can:
        raise DatabaseRefused(
            f"the role {APPLICATION_ROLE} does not exist and PGUSER may not make it: "
            f"let an administrator run `create role {APPLICATION_ROLE} nologin`, then run `jkp migrate` again"
        )


async def let_us_act(connection: Connection) -> None:
    """Grant ourselves the role of the engine where we may: who makes a role is not yet of it."""
    try:
        await connection.execute(f"set role {APPLICATION_ROLE}; reset role")
    except asyncpg.InsufficientPrivilegeError:
        with suppress(asyncpg.InsufficientPrivilegeError):
            await connection.execute(f"grant {APPLICATION_ROLE} to current_user")
