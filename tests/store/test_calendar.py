"""Calendars in versions: what the package brings, what a decree changes, what the next step sees."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import asyncpg
import pytest
from support.store_world import StoreWorld, paid_record

from claims.commands.command import RecordContributions
from law.regimes import LAW
from law.rules import Law
from sandbox.servers.postgres import PostgresServer
from store.calendar import (
    HOLIDAY,
    LEAVE,
    WORKING,
    Day,
    Loaded,
    NothingToRevoke,
    UnknownVersion,
    VersionTaken,
    as_calendar,
    days_of,
    load_decree,
    load_official_calendar,
    load_package,
    newest_version,
    official_days,
    official_version,
    read_calendar,
    versions,
)
from store.claims.kind import ClaimStepResult, claim_step_runner, claim_workflow_id
from store.claims.queries import view_claim
from store.claims.redating import Affected, affected_claims
from store.engine.step import Caller
from store.scheduling.clock import hold_clock

NAMED = official_version()
DECREED = Day(date(2025, 2, 12), HOLIDAY, "Hari libur yang ditetapkan")
LATER = Day(date(2025, 8, 6), HOLIDAY, "Hari libur di bulan Agustus")


async def decree(world: StoreWorld, *changes: Day, version: str = "SKB 1/2025") -> Loaded:
    """A decree is loaded from a file of its own."""
    async with world.pool.acquire() as connection:
        loaded = await load_decree(connection, version, f"file of {version}", changes)
    assert loaded is not None, "it was not loaded before"
    return loaded


async def unheard(world: StoreWorld, result: ClaimStepResult) -> int:
    count: int = await world.pool.fetchval(
        "select wanted - seen from wakeups where workflow_id = $1", claim_workflow_id(result.stream_id)
    )
    return count


async def all_affected(world: StoreWorld, was: str, now: str) -> list[Affected]:
    return [each async for each in affected_claims(world.pool, LAW, was, now)]


async def test_holidays_are_no_working_days_and_collective_leave_is_one(world: StoreWorld) -> None:
    calendar = await read_calendar(world.pool)
    kinds = {day.day: day.kind for day in (await days_of(world.pool, NAMED)).values()}

    assert calendar.version == NAMED
    assert (kinds[date(2025, 3, 31)], calendar.is_working_day(date(2025, 3, 31))) == (HOLIDAY, False)
    assert (kinds[date(2025, 4, 2)], calendar.is_working_day(date(2025, 4, 2))) == (LEAVE, True)
    assert date(2025, 4, 2) in calendar.collective_leave


async def test_the_years_2021_to_2027_are_known(world: StoreWorld) -> None:
    days = await days_of(world.pool, NAMED)

    assert sorted({day.year for day in days}) == [2021, 2022, 2023, 2024, 2025, 2026, 2027]
    assert all(day.name for day in days.values())


async def test_a_decree_of_a_few_days_of_2028_makes_no_known_year_of_it(world: StoreWorld) -> None:
    await decree(world, Day(date(2028, 2, 2), HOLIDAY, "Libur"))
    assert (await read_calendar(world.pool)).years == (2021, 2022, 2023, 2024, 2025, 2026, 2027)

    await decree(world, Day(date(2028, 1, 1), HOLIDAY, "Tahun Baru"), version="SKB 2028")
    assert (await read_calendar(world.pool)).years[-1] == 2028


def test_collective_leave_is_worked_or_off_by_the_regime_of_its_own_day() -> None:
    old, new = LAW.regimes
    off = replace(new, leave_is_working_day=replace(new.leave_is_working_day, value=False))
    days = [(date(2024, 4, 8), LEAVE), (date(2025, 2, 6), LEAVE), (date(2025, 2, 7), LEAVE)]

    calendar = as_calendar("leave", days, Law((old, off)))

    assert [calendar.is_working_day(day) for day, _ in days] == [True, True, False]
    assert calendar.working_days_after(date(2025, 2, 5), 2) == date(2025, 2, 10)


async def test_what_the_package_brought_already_is_not_loaded_again(world: StoreWorld) -> None:
    async with world.pool.acquire() as connection:
        assert await load_official_calendar(connection) is None

    assert [(v.version, v.source) for v in await versions(world.pool)] == [(NAMED, "package")]


async def test_a_decree_is_a_version_of_its_own_and_the_one_before_stays_readable(world: StoreWorld) -> None:
    filed = await world.filed()
    revoked = Day(date(2025, 3, 31), WORKING)

    loaded = await decree(world, DECREED, revoked)

    assert (loaded.version, loaded.before) == ("SKB 1/2025", NAMED)
    assert (loaded.difference.added, [day.day for day in loaded.difference.removed]) == (
        (DECREED,),
        [date(2025, 3, 31)],
    )
    before, after = await read_calendar(world.pool, NAMED), await read_calendar(world.pool)
    assert (before.is_working_day(DECREED.day), after.is_working_day(DECREED.day)) == (True, False)
    assert (before.is_working_day(revoked.day), after.is_working_day(revoked.day)) == (False, True)
    assert filed.next_step.awaited[0].until == datetime(2025, 2, 13, 17, tzinfo=UTC)


async def test_a_decree_is_loaded_whole_or_not_at_all(world: StoreWorld) -> None:
    ordinary = Day(date(2025, 2, 13), WORKING)

    with pytest.raises(NothingToRevoke, match="2025-02-13 is no holiday and no collective leave"):
        await decree(world, DECREED, ordinary)

    assert [v.version for v in await versions(world.pool)] == [NAMED]
    assert await newest_version(world.pool) == NAMED


async def test_a_name_stands_for_one_calendar_for_ever(world: StoreWorld) -> None:
    await decree(world, DECREED)

    async with world.pool.acquire() as connection:
        assert await load_decree(connection, "SKB 1/2025", "file of SKB 1/2025", [DECREED]) is None
        for result in ("SKB 1/2025", NAMED, "weekends only"):
            with pytest.raises(VersionTaken):
                await load_decree(connection, result, "another file", [LATER])
    with pytest.raises(UnknownVersion, match="no calendar `SKB 2/2025`"):
        await read_calendar(world.pool, "SKB 2/2025")


async def test_what_a_new_package_brings_leaves_the_decree_in_force(world: StoreWorld) -> None:
    await decree(world, DECREED, Day(date(2025, 3, 31), WORKING))
    brought = [*official_days(), (date(2027, 12, 31), HOLIDAY, "Baru")]

    async with world.pool.acquire() as connection:
        loaded = await load_package(connection, "holidays 9.9", brought)
        assert await load_package(connection, "holidays 9.9", brought) is None

    assert loaded is not None
    assert (loaded.version, loaded.difference.removed) == ("holidays 9.9 with SKB 1/2025", ())
    assert [day.day for day in loaded.difference.added] == [date(2027, 12, 31)]
    calendar = await read_calendar(world.pool)
    assert calendar.version == loaded.version
    assert [day in calendar.holidays for day in (DECREED.day, date(2027, 12, 31), date(2025, 3, 31))] == [
        True,
        True,
        False,
    ]
    assert [v.source for v in await versions(world.pool)][-2:] == ["package", "package and decrees"]


async def test_a_package_that_only_names_days_otherwise_brings_nothing_new(world: StoreWorld) -> None:
    renamed = [(day, kind, name.upper()) for day, kind, name in official_days()]

    async with world.pool.acquire() as connection:
        assert await load_package(connection, "holidays 9.9", renamed) is None


async def test_the_same_package_asked_for_more_years_is_a_version_with_a_number(world: StoreWorld) -> None:
    more = [*official_days(), (date(2028, 1, 1), HOLIDAY, "Tahun Baru Masehi")]

    async with world.pool.acquire() as connection:
        loaded = await load_package(connection, NAMED, more)

    assert loaded is not None
    assert loaded.version == f"{NAMED} (2)"
    assert {day.day.year for day in loaded.difference.added} == {2028}


async def test_a_new_calendar_wakes_every_open_claim_and_its_next_step_dates_by_it(world: StoreWorld) -> None:
    filed = await world.filed()
    await world.steps.run_step(filed.stream_id, (), Caller.WORKFLOW)

    loaded = await decree(world, DECREED)

    assert (loaded.woken, await unheard(world, filed)) == (1, 1)
    looked = await world.steps.run_step(filed.stream_id, (), Caller.WORKFLOW)
    assert await unheard(world, filed) == 0
    assert looked.next_step.awaited[0].until == datetime(2025, 2, 14, 17, tzinfo=UTC)


async def test_the_timer_of_month_6_is_armed_for_the_opening_by_the_new_calendar(world: StoreWorld) -> None:
    approved = await world.approved()
    await world.steps.run_step(approved.stream_id, (), Caller.WORKFLOW)
    instants = []
    for _ in range(40):
        await world.pass_to_next()
        result = await world.steps.run_step(approved.stream_id, (), Caller.WORKFLOW)
        if result.next_step.benefit_month == 6:
            break
    instants.append(await world.pool.fetchval("select min(due_at) from wakeups where due_at is not null"))

    await decree(world, LATER)
    await world.steps.run_step(approved.stream_id, (), Caller.WORKFLOW)
    instants.append(await world.pool.fetchval("select min(due_at) from wakeups where due_at is not null"))

    assert [str(instant) for instant in instants] == [
        "2025-08-03 17:00:00+00:00",
        "2025-07-31 17:00:00+00:00",
    ]


async def test_every_event_names_a_calendar_that_can_be_read_back(world: StoreWorld) -> None:
    filed = await world.filed()
    await decree(world, DECREED)
    await world.say(filed.stream_id, RecordContributions(record=paid_record()))

    rows = await world.pool.fetch("select type, calendar_version from events order by position")
    by_type = {row["type"]: row["calendar_version"] for row in rows}
    assert (by_type["claim_filed"], by_type["benefit_authorized"]) == (NAMED, "SKB 1/2025")
    for version in set(by_type.values()):
        assert (await read_calendar(world.pool, version)).version == version


async def test_a_payment_term_counts_by_the_calendar_in_force_when_it_was_granted(world: StoreWorld) -> None:
    before = await world.approved()
    await decree(world, DECREED)
    after = await world.approved(nik="3273014502900002")

    terms = [claim.state.month(1).authorized for claim in (before, after)]

    assert [term.pay_until for term in terms if term is not None] == [
        datetime(2025, 2, 13, 17, tzinfo=UTC),
        datetime(2025, 2, 14, 17, tzinfo=UTC),
    ]


async def test_another_process_sees_the_new_calendar_in_its_next_step_and_in_what_it_shows(
    world: StoreWorld,
) -> None:
    filed = await world.filed()
    elsewhere = [claim_step_runner(world.pool, LAW, world.steps.calendar) for _ in range(3)]

    await decree(world, DECREED)

    result = await elsewhere[0].run_step(filed.stream_id)
    view = await view_claim(elsewhere[1], filed.stream_id)
    due = datetime(2025, 2, 14, 17, tzinfo=UTC)
    assert result.next_step.awaited[0].until == view.next_step.awaited[0].until == due
    assert view.calendar.version == "SKB 1/2025"
    assert (await elsewhere[2].newest_calendar(world.pool)).version == "SKB 1/2025"


async def test_a_new_calendar_costs_the_first_step_one_statement_and_the_next_none(world: StoreWorld) -> None:
    filed = await world.filed()

    async def statements() -> int:
        asked: list[object] = []
        async with world.pool.acquire() as connection, connection.transaction():
            with connection.query_logger(asked.append):
                await world.steps.run_step_in(connection, filed.stream_id, (), Caller.WORKFLOW)
        return len(asked)

    usual = await statements()
    await decree(world, DECREED)

    assert [await statements() for _ in range(2)] == [usual + 1, usual]


async def test_no_step_is_under_way_while_the_calendar_changes(world: StoreWorld) -> None:
    filed = await world.filed()
    async with world.pool.acquire() as connection, connection.transaction():
        await hold_clock(connection)
        loading = asyncio.create_task(decree(world, DECREED))
        await asyncio.wait([loading], timeout=0.3)
        assert not loading.done()
        result = await world.steps.run_step_in(connection, filed.stream_id, (), Caller.WORKFLOW)
        assert result.next_step.awaited[0].until == datetime(2025, 2, 13, 17, tzinfo=UTC)

    assert (await loading).woken == 1
    assert await unheard(world, filed) == 1


async def test_of_two_decrees_loaded_at_once_the_second_has_the_days_of_the_first(world: StoreWorld) -> None:
    loaded = await asyncio.gather(
        decree(world, DECREED, version="SKB 1/2025"), decree(world, LATER, version="SKB 2/2025")
    )

    assert {each.before for each in loaded} == {NAMED, (await versions(world.pool))[-2].version}
    assert {DECREED.day, LATER.day} <= (await read_calendar(world.pool)).holidays


def seen(affected: Sequence[Affected]) -> list[list[tuple[object, ...]]]:
    return [[(m.what, m.month, m.edge, m.was.day, m.now.day) for m in each.moved] for each in affected]


async def test_the_open_claims_whose_dates_move_are_found_and_no_others(world: StoreWorld) -> None:
    await world.report(await world.layoff(laid_off_on=date(2025, 2, 3)))
    filed = await world.filed(nik="3273014502900002")
    finished = await world.filed(nik="3578016203880003")
    await world.pool.execute("update claims set todo = 'finish' where stream_id = $1", finished.stream_id)

    saturday = Day(date(2025, 2, 15), HOLIDAY, "Libur pada hari Sabtu")
    await decree(world, saturday, version="SKB 0/2025")
    assert await all_affected(world, NAMED, "SKB 0/2025") == []
    await decree(world, DECREED)

    found = await all_affected(world, "SKB 0/2025", "SKB 1/2025")
    assert [each.claim_id for each in found] == [filed.stream_id]
    assert seen(found) == [[("contribution_record", 0, "closes", 13, 14)]]
    assert (found[0].moved[0].affects, found[0].moved[0].version) == (("bpjs", "claimant"), "SKB 1/2025")


@pytest.mark.parametrize("at_once", [1, 2, 3])
async def test_no_claim_is_left_out_where_they_are_looked_at_in_parts(
    world: StoreWorld, at_once: int
) -> None:
    niks = ("3171011203850001", "3273014502900002", "3578016203880003")
    filed = [(await world.filed(nik=nik)).stream_id for nik in niks]
    await decree(world, DECREED)

    found = affected_claims(world.pool, LAW, NAMED, "SKB 1/2025", at_once=at_once)

    assert [each.claim_id async for each in found] == sorted(filed)


async def test_a_payment_granted_by_the_later_calendar_counts_its_holiday_already(world: StoreWorld) -> None:
    before = await world.approved()
    await decree(world, DECREED)
    after = await world.approved(nik="3273014502900002")

    found = await all_affected(world, NAMED, "SKB 1/2025")

    assert after.stream_id not in {each.claim_id for each in found}
    assert [each.claim_id for each in found] == [before.stream_id]
    assert seen(found) == [[("transfer", 1, "closes", 13, 14)]]


async def test_the_version_asked_about_has_to_be_known(world: StoreWorld) -> None:
    with pytest.raises(UnknownVersion):
        await all_affected(world, NAMED, "SKB 9/2025")


async def test_the_owner_of_the_tables_cannot_give_a_day_to_no_version(
    world: StoreWorld, database: str, postgres: PostgresServer
) -> None:
    owner = await postgres.connect(database)

    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await owner.execute(
            "insert into calendar_days (day, kind, name, version)"
            " values ('2025-01-02', 'national_holiday', 'x', 'none')"
        )
    await owner.close()
