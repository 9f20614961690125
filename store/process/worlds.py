"""Which world a database is of, and the key under which its people are found: each is written once.

A look-up key is known by a fingerprint, a keyed hash from which nobody gets the key.
"""

import hmac
from enum import StrEnum
from hashlib import sha256

from settings.kinds import Profile
from store.database import Connection
from store.people import People

FINGERPRINT_OF = b"jkp look-up key, version 1"
FINGERPRINT_BYTES = 16


class World(StrEnum):
    """Production, a sandbox, or a test's own, on which any process may work and a power cut may fall."""

    PRODUCTION = "production"
    SANDBOX = "sandbox"
    TEST = "test"


class WorldKept(Exception):
    """The database is of another world, or its people are found by another key; neither ever changes."""


def fingerprint(lookup_key: bytes) -> bytes:
    """What a database keeps of a look-up key."""
    return hmac.new(lookup_key, FINGERPRINT_OF, sha256).digest()[:FINGERPRINT_BYTES]


def may_work_in(profile: Profile, world: World) -> bool:
    """Whether a process of a profile belongs to a world."""
    return world is World.TEST or world.value == profile.value


async def world_of(connection: Connection) -> World | None:
    """The world of a migrated database; None where nobody has said yet."""
    kind = await connection.fetchval("select kind from world")
    return None if kind is None else World(kind)


async def mark_world(connection: Connection, world: World) -> None:
    """Say, as the owner and once, which world a database is of; raises WorldKept where it is of another."""
    await connection.execute("insert into world (kind) values ($1) on conflict do nothing", world.value)
    if (known := await world_of(connection)) is not world:
        raise WorldKept(f"the database is of the world `{known}`, and stays so")


async def register_key(connection: Connection, lookup_key: bytes) -> None:
    """Register, as the owner, the key that people are found by; raises WorldKept where it is another.

    A second key would find nobody whom the first one entered, and enter them again. Where people stand
    already, the key has to find them.
    """
    async with connection.transaction():
        await connection.execute("lock table lookup_keys in exclusive mode")
        known = [row["fingerprint"] for row in await connection.fetch("select fingerprint from lookup_keys")]
        if known and known != [fingerprint(lookup_key)]:
            raise WorldKept("the database has another look-up key, and keeps it: people would be there twice")
        if not known and not await _finds_people(connection, People(lookup_key)):
            raise WorldKept("the people of the database were entered under another look-up key")
        await connection.execute(
            "insert into lookup_keys (fingerprint) values ($1) on conflict do nothing",
            fingerprint(lookup_key),
        )


async def _finds_people(connection: Connection, people: People) -> bool:
    rows = await connection.fetch(
        "select nik, nik_lookup from people join participants using (participant_id) limit 100"
    )
    return all(people.lookup(row["nik"]) == row["nik_lookup"] for row in rows)
