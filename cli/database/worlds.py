"""`jkp database`: which world a database is of, and by which key its people are found."""

from typing import Annotated

from cyclopts import App, Parameter

from cli.output import conclude, print_columns, reach
from cli.problems import DONE
from settings.parts import People
from settings.reading import read
from store.database import Connection, connect
from store.process.admission import Admission, check_schema
from store.process.worlds import World, fingerprint, mark_world, register_key, world_of
from store.scheduling.clock import set_clock

database = App(name="database", help="Which world a database is of, and by which key its people are found.")


@database.command
def init(
    *,
    world: Annotated[World, Parameter(help="Which world: production, sandbox, or a test's own.")],
) -> int:
    """Say once, as the owner, which world a migrated database is of, and register JKP_LOOKUP_KEY.

    The clock of a production database is set to real time. Doing it again changes nothing; another world or
    another key is refused.
    """
    return conclude(begin_world(world))


@database.command
def show() -> int:
    """Show the world, the fingerprints of the keys, and whether processes may work on it."""
    return conclude(show_world())


async def begin_world(world: World) -> int:
    """Mark the world, register the key, set the clock of production; raises WorldKept, DatabaseRefused."""
    key = read(People).lookup_key.get_secret_value()
    connection = await reach(connect())
    try:
        await check_schema(connection)
        await mark_world(connection, world)
        await register_key(connection, key)
        if world is World.PRODUCTION and not await connection.fetchval("select true from clock"):
            await set_clock(connection, None, 1)
    finally:
        await connection.close()
    print(f"world {world}, key {fingerprint(key).hex()}")
    return DONE


async def show_world() -> int:
    """Print what the database says of itself, then refuse what a process would."""
    connection = await reach(connect())
    try:
        await check_schema(connection)
        print_columns(await _told(connection))
        await Admission().check(connection)
    finally:
        await connection.close()
    return DONE


async def _told(connection: Connection) -> list[tuple[str, str]]:
    keys = await connection.fetch("select fingerprint from lookup_keys")
    checksums = await connection.fetchval("select current_setting('data_checksums')")
    return [
        ("world", str(await world_of(connection) or "not said")),
        ("look-up key", ", ".join(row["fingerprint"].hex() for row in keys) or "none registered"),
        ("data checksums", checksums),
    ]
