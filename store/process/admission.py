"""What a process makes sure of before it works on a database: server, schema, world, key, clock."""

from dataclasses import dataclass

from settings.kinds import Profile
from store.database import Connection, DatabaseRefused
from store.process.migrations import missing_migrations, unknown_migrations
from store.process.worlds import World, fingerprint, may_work_in, world_of
from store.scheduling.clock import read_clock

SERVER_VERSION_MIN = 150_000
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


@dataclass(frozen=True)
class Admission:
    """What a process brings: its profile and its look-up key; None where it has none, as the command line."""

    profile: Profile | None = None
    lookup_key: bytes | None = None

    async def check(self, connection: Connection) -> World:
        """The world of the database; raises DatabaseRefused, whose one line says what to do."""
        await check_schema(connection)
        world = await world_of(connection)
        if world is None:
            raise DatabaseRefused(
                "the database does not say which world it is of: run `jkp database init --world production`"
            )
        if self.profile is not None:
            await self._check_world(connection, self.profile, world)
        if world is not World.TEST:
            await _check_durability(connection)
        if self.lookup_key is not None:
            await _check_key(connection, self.lookup_key, world)
        return world

    async def _check_world(self, connection: Connection, profile: Profile, world: World) -> None:
        if not may_work_in(profile, world):
            raise DatabaseRefused(
                f"the database is of the world `{world}` and this process of `{profile}`: "
                "name another database in PG*, or another JKP_PROFILE"
            )
        try:
            clock = await read_clock(connection)
        except LookupError as unset:
            raise DatabaseRefused(str(unset)) from None
        if world is World.PRODUCTION and clock.speed != 1:
            raise DatabaseRefused("the programme clock of a production database does not run at speed 1")


async def check_schema(connection: Connection) -> None:
    """Raise DatabaseRefused for a server too old, and unless the database has exactly our migrations."""
    if await connection.fetchval("select current_setting('server_version_num')::int") < SERVER_VERSION_MIN:
        raise DatabaseRefused(f"PostgreSQL {SERVER_VERSION_MIN // 10_000} or later is needed")
    if unknown := await unknown_migrations(connection):
        raise DatabaseRefused(
            f"the database is ahead of this version, which does not know {', '.join(unknown)}: "
            "start the version that migrated it"
        )
    if missing := await missing_migrations(connection):
        raise DatabaseRefused(f"the database lacks {', '.join(missing)}: run `jkp migrate`")


async def _check_durability(connection: Connection) -> None:
    """As it holds in this very session: also what was set for the database or the role that connects."""
    rows = await connection.fetch(
        "select name, current_setting(name) as value from unnest($1::text[]) name", list(DURABLE)
    )
    if off := [row["name"] for row in rows if row["value"] == "off"]:
        raise DatabaseRefused(
            f"PostgreSQL may lose what it has committed, because {', '.join(off)} is off: "
            "set it to on for the server, the database and the role"
        )


async def _check_key(connection: Connection, lookup_key: bytes, world: World) -> None:
    known = {row["fingerprint"] for row in await connection.fetch("select fingerprint from lookup_keys")}
    if not known and world is not World.TEST:
        raise DatabaseRefused(
            "the database knows no look-up key: run `jkp database init` with the JKP_LOOKUP_KEY of its people"
        )
    if known and fingerprint(lookup_key) not in known:
        raise DatabaseRefused(
            "JKP_LOOKUP_KEY is not the key that the people of this database are found by: "
            "use the key of the other processes"
        )
