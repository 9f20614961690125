"""`jkp migrate` and `jkp clock`."""

from datetime import UTC, datetime

import pytest
from support.store_world import StoreWorld

from cli.arguments import read_instant
from cli.database.schema_and_clock import advance_clock, migrate_database, set_programme_clock, show_clock
from cli.database.worlds import begin_world, show_world
from cli.problems import Refused
from sandbox.servers.postgres import PostgresServer
from store.database import DatabaseRefused
from store.ids import new_id
from store.process.worlds import World, WorldKept
from store.scheduling.clock import read_clock


async def test_the_stepped_clock_moves_by_days(world: StoreWorld) -> None:
    assert await advance_clock(days=3, to=None, to_next=False, wait=0) == 0

    assert (await read_clock(world.pool)).at == datetime(2025, 2, 13, 1, 0, tzinfo=UTC)


async def test_an_instant_without_an_offset_is_meant_in_jakarta(world: StoreWorld) -> None:
    await advance_clock(days=0, to=read_instant("2025-03-10T00:00"), to_next=False, wait=0)

    assert (await read_clock(world.pool)).at == datetime(2025, 3, 9, 17, 0, tzinfo=UTC)


async def test_to_the_next_due_instant_is_to_the_reminder_of_the_filing(world: StoreWorld) -> None:
    await world.report(await world.layoff())

    await advance_clock(days=0, to=None, to_next=True, wait=0)

    assert (await read_clock(world.pool)).at == datetime(2025, 7, 17, 17, 0, tzinfo=UTC)


async def test_a_move_that_leaves_something_to_be_done_is_not_ready(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.filed()

    assert await advance_clock(days=1, to=None, to_next=False, wait=0.2) == 1
    assert "not ready after 0.2 s" in capsys.readouterr().out


async def test_an_empty_engine_is_ready_after_a_move(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await advance_clock(days=1, to=None, to_next=False, wait=5) == 0
    assert capsys.readouterr().out.endswith("ready\n")


@pytest.mark.parametrize(
    ("days", "to", "to_next"),
    [(0, None, False), (1, read_instant("2025-03-10"), False), (1, None, True), (-1, None, False)],
)
async def test_a_move_is_named_in_one_way(
    world: StoreWorld, days: float, to: datetime | None, to_next: bool
) -> None:
    with pytest.raises(Refused, match="name one of"):
        await advance_clock(days=days, to=to, to_next=to_next, wait=0)


async def test_a_running_clock_is_not_moved(world: StoreWorld) -> None:
    await set_programme_clock(speed=60, at=read_instant("2025-02-10T08:00+07:00"))

    with pytest.raises(Refused, match="only a stepped clock is moved"):
        await advance_clock(days=1, to=None, to_next=False, wait=0)


async def test_the_clock_is_shown_in_jakarta_time(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await show_clock() == 0
    assert capsys.readouterr().out == "10 Feb 2025 08:00:00 WIB  stepped  ready\n"


async def test_a_clock_in_use_is_never_made_real(world: StoreWorld) -> None:
    with pytest.raises(Refused, match="set once"):
        await set_programme_clock(speed=1, at=None)


@pytest.mark.parametrize(
    ("speed", "at"), [(1, read_instant("2025-02-10T08:00")), (-1, None), (0, read_instant("2025-02-09"))]
)
async def test_a_clock_is_not_set_to_what_makes_no_sense(
    world: StoreWorld, speed: float, at: datetime | None
) -> None:
    with pytest.raises(Refused):
        await set_programme_clock(speed=speed, at=at)


async def test_an_empty_database_is_migrated_once_and_has_no_clock_yet(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = f"test_{new_id().hex}"
    await postgres.create_database(name)
    for variable, value in postgres.environment(name).items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("JKP_LOOKUP_KEY", bytes(range(32)).hex())
    unmarked = "the database is of no world yet: run `jkp database init --world production`\n"
    try:
        with pytest.raises(DatabaseRefused, match="run `jkp migrate`"):
            await show_clock()
        await migrate_database()
        assert "applied 0001_initial.sql" in capsys.readouterr().out
        await migrate_database()
        assert capsys.readouterr().out == f"nothing to apply\n{unmarked}"
        with pytest.raises(DatabaseRefused, match="which world it is of: run `jkp database init"):
            await show_clock()
        await begin_world(World.TEST)
        assert capsys.readouterr().out.startswith("world test, key ")
        with pytest.raises(WorldKept, match="world `test`"):
            await begin_world(World.PRODUCTION)
        with pytest.raises(Refused, match="clock is not set"):
            await show_clock()
        await show_world()
        assert capsys.readouterr().out.startswith("world           test\n")
    finally:
        await postgres.drop_database(name)


async def test_the_clock_of_a_production_database_is_real_time_from_the_beginning(
    database: str, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = await postgres.connect(database)
    await owner.execute("delete from clock; delete from world")
    monkeypatch.setenv("JKP_LOOKUP_KEY", bytes(range(32)).hex())

    await begin_world(World.PRODUCTION)
    await begin_world(World.PRODUCTION)

    assert await owner.fetchval("select speed from clock") == 1
    await owner.close()


async def test_a_clock_ends_with_the_last_year_that_is_stored(world: StoreWorld) -> None:
    await advance_clock(days=0, to=read_instant("2200-12-30"), to_next=False, wait=0)

    with pytest.raises(Refused, match="ends with the year 2200"):
        await advance_clock(days=3, to=None, to_next=False, wait=0)
    assert (await read_clock(world.pool)).at == datetime(2200, 12, 29, 17, 0, tzinfo=UTC)
