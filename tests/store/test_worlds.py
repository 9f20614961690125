"""A database knows its world and its key; who is of another, or would harm it, is not admitted."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from support.store_world import StoreWorld

from sandbox.servers.postgres import PostgresServer
from settings.kinds import Profile
from store.database import DatabaseRefused, connect, open_pool
from store.ids import new_id
from store.process.admission import Admission
from store.process.migrations import migrate, migration_files
from store.process.worlds import World, WorldKept, fingerprint, mark_world, register_key, world_of
from store.scheduling.clock import set_clock

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
PRODUCTION = Admission(Profile.PRODUCTION, KEY)
SANDBOX = Admission(Profile.SANDBOX, KEY)
LAST = migration_files()[-1][0]


@pytest.fixture
async def owner(postgres: PostgresServer, database: str) -> AsyncIterator[asyncpg.Connection]:
    """The owner of a database that nobody has marked yet."""
    connection = await postgres.connect(database)
    await connection.execute("delete from world")
    await connection.execute("delete from clock")
    yield connection
    await connection.close()


async def begin(owner: asyncpg.Connection, world: World, speed: float) -> None:
    await mark_world(owner, world)
    await register_key(owner, KEY)
    await set_clock(owner, None, speed)


async def durable(owner: asyncpg.Connection, but: str = "") -> None:
    """Let the durability of the test's server, which is off, be taken for on by this session."""
    told = f"when '{but}' then 'off' when 'fsync' then 'on' else pg_catalog.current_setting(name)"
    await owner.execute(
        "create schema if not exists durable;"
        "create or replace function durable.current_setting(name text) returns text language sql as "
        f"$$ select case name {told} end $$"
    )
    await owner.execute("set search_path = durable, pg_catalog, public")


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
async def test_a_server_that_may_lose_what_it_committed_is_refused(
    owner: asyncpg.Connection, setting: str
) -> None:
    await begin(owner, World.PRODUCTION, 1)
    await durable(owner, but=setting)

    assert await refusal(PRODUCTION, owner) == (
        f"PostgreSQL may lose what it has committed, because {setting} is off: "
        "set it to on for the server, the database and the role"
    )
    await durable(owner)
    assert await PRODUCTION.check(owner) is World.PRODUCTION


async def refusal(admission: Admission, connection: asyncpg.Connection) -> str:
    with pytest.raises(DatabaseRefused) as refused:
        await admission.check(connection)
    assert "\n" not in str(refused.value)
    return str(refused.value)


async def test_a_process_of_production_and_a_sandbox_are_kept_apart(owner: asyncpg.Connection) -> None:
    await begin(owner, World.PRODUCTION, 1)
    await durable(owner)

    assert await PRODUCTION.check(owner) is World.PRODUCTION
    assert await refusal(SANDBOX, owner) == (
        "the database is of the world `production` and this process of `sandbox`: "
        "name another database in PG*, or another JKP_PROFILE"
    )


async def test_a_process_of_production_leaves_a_sandbox_alone(owner: asyncpg.Connection) -> None:
    await begin(owner, World.SANDBOX, 0)
    await durable(owner)

    assert await SANDBOX.check(owner) is World.SANDBOX
    assert "is of the world `sandbox` and this process of `production`" in await refusal(PRODUCTION, owner)


async def test_a_database_that_does_not_say_its_world_is_left_alone(owner: asyncpg.Connection) -> None:
    told = await refusal(PRODUCTION, owner)
    assert told.endswith("run `jkp database init --world production`")
    assert await refusal(Admission(), owner) == told


@pytest.mark.parametrize("profile", Profile)
async def test_a_test_s_database_takes_any_process(owner: asyncpg.Connection, profile: Profile) -> None:
    await mark_world(owner, World.TEST)
    await set_clock(owner, None, 0)

    assert await Admission(profile, OTHER_KEY).check(owner) is World.TEST


@pytest.mark.parametrize("world", World)
async def test_a_process_with_another_look_up_key_is_refused(owner: asyncpg.Connection, world: World) -> None:
    await begin(owner, world, 1)
    await durable(owner)
    profile = Profile.SANDBOX if world is World.SANDBOX else Profile.PRODUCTION

    told = await refusal(Admission(profile, OTHER_KEY), owner)

    assert told.startswith("JKP_LOOKUP_KEY is not the key that the people of this database are found by")
    assert OTHER_KEY.hex() not in told
    assert await Admission(profile, KEY).check(owner) is world


async def test_a_database_without_a_key_admits_nobody_who_would_bring_one(owner: asyncpg.Connection) -> None:
    await mark_world(owner, World.PRODUCTION)
    await set_clock(owner, None, 1)
    await durable(owner)

    assert "knows no look-up key" in await refusal(PRODUCTION, owner)
    assert await Admission().check(owner) is World.PRODUCTION


async def test_a_world_and_a_key_are_said_once(owner: asyncpg.Connection) -> None:
    await begin(owner, World.PRODUCTION, 1)
    await mark_world(owner, World.PRODUCTION)
    await register_key(owner, KEY)

    with pytest.raises(WorldKept, match="`production`, and stays so"):
        await mark_world(owner, World.SANDBOX)
    with pytest.raises(WorldKept, match="has another look-up key"):
        await register_key(owner, OTHER_KEY)
    assert await world_of(owner) is World.PRODUCTION
    assert await owner.fetchval("select array_agg(fingerprint) from lookup_keys") == [fingerprint(KEY)]


async def test_a_key_that_does_not_find_the_people_of_a_database_is_not_registered(
    world: StoreWorld, postgres: PostgresServer, database: str
) -> None:
    await world.report(await world.layoff())
    owner = await postgres.connect(database)

    with pytest.raises(WorldKept, match="entered under another look-up key"):
        await register_key(owner, KEY)
    await register_key(owner, world.people.lookup_key)
    await owner.close()


async def test_the_fingerprint_of_a_key_is_keyed_and_none_of_its_bytes() -> None:
    assert fingerprint(KEY) != fingerprint(OTHER_KEY)
    assert len(fingerprint(KEY)) == 16
    assert not set(fingerprint(KEY).hex()[i : i + 8] for i in range(24)) & {
        KEY.hex()[i : i + 8] for i in range(56)
    }


async def test_the_engine_itself_can_change_neither_world_nor_key(world: StoreWorld) -> None:
    for change in (
        "update world set kind = 'production'",
        "delete from world",
        "insert into lookup_keys (fingerprint) values (decode(repeat('00', 16), 'hex'))",
        "delete from lookup_keys",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await world.pool.execute(change)


@pytest.mark.parametrize("world", [World.PRODUCTION, World.SANDBOX])
async def test_a_server_whose_fsync_is_off_is_refused(owner: asyncpg.Connection, world: World) -> None:
    await begin(owner, world, 1)

    told = await refusal(Admission(Profile(world.value), KEY), owner)
    assert told.startswith("PostgreSQL may lose what it has committed, because fsync is off")
    await durable(owner)
    assert await Admission(Profile(world.value), KEY).check(owner) is world


@pytest.mark.parametrize("of", ["database {}", "role postgres in database {}"])
async def test_what_is_off_for_the_database_or_the_role_only_is_off(
    owner: asyncpg.Connection, postgres: PostgresServer, database: str, of: str
) -> None:
    await begin(owner, World.SANDBOX, 0)
    await owner.execute(f"alter {of.format(database)} set synchronous_commit = off")
    session = await postgres.connect(database)

    told = await refusal(SANDBOX, session)

    assert "fsync, synchronous_commit is off" in told
    await session.close()


async def test_a_database_ahead_of_the_code_is_refused(owner: asyncpg.Connection) -> None:
    await begin(owner, World.SANDBOX, 0)
    await owner.execute("insert into migrations (name) values ('9999_of_the_future.sql')")

    assert await refusal(SANDBOX, owner) == (
        "the database is ahead of this version, which does not know 9999_of_the_future.sql: "
        "start the version that migrated it"
    )


async def test_a_database_behind_the_code_is_refused(owner: asyncpg.Connection) -> None:
    await begin(owner, World.SANDBOX, 0)
    await owner.execute("delete from migrations where name = $1", LAST)

    assert await refusal(SANDBOX, owner) == f"the database lacks {LAST}: run `jkp migrate`"


async def test_an_empty_database_is_refused(postgres: PostgresServer) -> None:
    name = f"empty_{new_id().hex}"
    await postgres.create_database(name)
    connection = await postgres.connect(name)

    assert (await refusal(SANDBOX, connection)).endswith(": run `jkp migrate`")
    await connection.close()
    await postgres.drop_database(name)


async def test_a_clock_that_is_not_set_or_not_of_real_time_in_production_is_refused(
    owner: asyncpg.Connection,
) -> None:
    await mark_world(owner, World.PRODUCTION)
    await register_key(owner, KEY)
    await durable(owner)

    assert "the programme clock is not set" in await refusal(PRODUCTION, owner)
    await set_clock(owner, None, 1000)
    assert "does not run at speed 1" in await refusal(PRODUCTION, owner)


async def test_who_may_not_act_as_the_engine_is_told_what_to_run(
    database: str, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = f"plain_{new_id().hex}"
    owner = await postgres.connect(database)
    await owner.execute(f"create role {plain} login")
    monkeypatch.setenv("PGUSER", plain)

    with pytest.raises(DatabaseRefused, match="run `grant jkp_app to USER` as the owner"):
        await open_pool()

    empty = f"empty_{new_id().hex}"
    await owner.execute(f"create database {empty} owner {plain}")
    as_plain = await connect(database=empty)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_plain.execute("create role nobody")
    assert await migrate(as_plain) == [name for name, _ in migration_files()]
    await as_plain.close()
    await owner.execute(f"drop database {empty} with (force)")
    await owner.execute(f"drop role {plain}")
    await owner.close()
