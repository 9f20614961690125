"""The calendar in dated versions that are kept: what the `holidays` package brings, and what decrees change.

A version is a whole calendar under a name, added and never changed. Steps take the newest and record its name
beside their events; by that name a decision is replayed with the calendar it was made with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version as installed_version

import holidays

from law.periods import Calendar
from law.regimes import LAW
from law.rules import Law
from store.database import Connection, Pool
from store.scheduling.clock import begin_generation, hold_every_step
from store.scheduling.wakeups import want_open_streams

FIRST_YEAR, LAST_YEAR = 2021, 2027
HOLIDAY, LEAVE, WORKING = "national_holiday", "collective_leave", "working_day"
PACKAGE, PACKAGE_AND_DECREES = "package", "package and decrees"
WEEKENDS_ONLY = "weekends only"
NEWEST = (
    "select coalesce((select version from calendar_versions order by number desc limit 1), "
    f"'{WEEKENDS_ONLY}') as version"
)


class UnknownVersion(LookupError):
    """No calendar was ever loaded under this name."""


class VersionTaken(ValueError):
    """The name of a version stands for another calendar already; versions are never changed."""


class NothingToRevoke(ValueError):
    """A decree makes a working day of a day that is one already."""


@dataclass(frozen=True, order=True)
class Day:
    """A day named in a calendar: `national_holiday` or `collective_leave`; in a decree also `working_day`."""

    day: date
    kind: str
    name: str = ""


Days = Mapping[date, Day]


@dataclass(frozen=True)
class Version:
    """A calendar that was loaded: its place in the row, its name, when (UTC), and where from."""

    number: int
    version: str
    loaded_at: datetime
    source: str


@dataclass(frozen=True)
class Difference:
    """What one calendar says that another does not; a changed day is told as the later one has it."""

    added: tuple[Day, ...]
    removed: tuple[Day, ...]
    changed: tuple[Day, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True)
class Loaded:
    """A version that was loaded, what it changed of the one before it, and how many claims were woken."""

    version: str
    before: str
    difference: Difference
    woken: int


def official_days() -> list[tuple[date, str, str]]:
    """National holidays and collective leave (cuti bersama): day, kind, Indonesian name."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    public = holidays.country_holidays("ID", years=years, categories=("public",), language="id")
    leave = holidays.country_holidays("ID", years=years, categories=("government",), language="id")
    days = [(day, HOLIDAY, name) for day, name in public.items()]
    days += [(day, LEAVE, name) for day, name in leave.items() if day not in public]
    return sorted(days)


def official_version() -> str:
    """The name of the calendar that the installed package brings."""
    return f"holidays {installed_version('holidays')}"


def as_calendar(version: str, days: Iterable[tuple[date, str]], law: Law = LAW) -> Calendar:
    """The calendar of the law; whether a day of collective leave is worked, the regime of that day says."""
    named = tuple(days)
    leave = frozenset(day for day, kind in named if kind == LEAVE)
    return Calendar(
        version,
        frozenset(day for day, kind in named if kind == HOLIDAY),
        leave,
        frozenset(day for day in leave if not law.in_force_on(day).leave_is_working_day.value),
    )


def difference(was: Days, now: Days) -> Difference:
    """What was added, removed and changed from one calendar to another, in the order of the days."""
    return Difference(
        added=tuple(now[day] for day in sorted(now.keys() - was.keys())),
        removed=tuple(was[day] for day in sorted(was.keys() - now.keys())),
        changed=tuple(now[day] for day in sorted(was.keys() & now.keys()) if was[day] != now[day]),
    )


def _kinds(days: Days) -> dict[date, str]:
    """Without the names, which change nothing."""
    return {day: named.kind for day, named in days.items()}


def amended(days: Days, changes: Iterable[Day]) -> Days:
    """A calendar after a decree, which makes a holiday, a leave, or a working day of each day it names."""
    after = dict(days)
    for change in changes:
        if change.kind == WORKING:
            after.pop(change.day, None)
        else:
            after[change.day] = change
    return after


def _changes(found: Difference) -> Iterable[Day]:
    """A difference as a decree would say it."""
    return (*found.added, *found.changed, *(Day(day.day, WORKING) for day in found.removed))


async def read_calendar(connection: Connection | Pool, version: str | None = None) -> Calendar:
    """The newest calendar, or the one of a version; raises UnknownVersion.

    Where none was ever loaded it is `weekends only`, which can be read by that name too.
    """
    if version is None:
        version = await newest_version(connection)
    return as_calendar(
        version, ((day.day, day.kind) for day in (await days_of(connection, version)).values())
    )


async def read_calendars(connection: Connection | Pool) -> dict[str, Calendar]:
    """Every calendar ever loaded by its version, and the one of weekends only."""
    names = [WEEKENDS_ONLY, *(each.version for each in await versions(connection))]
    return {name: await read_calendar(connection, name) for name in names}


async def newest_version(connection: Connection | Pool) -> str:
    """The name of the calendar in force now."""
    return str(await connection.fetchval(NEWEST))


async def versions(connection: Connection | Pool) -> tuple[Version, ...]:
    """Every calendar ever loaded, oldest first."""
    rows = await connection.fetch(
        "select number, version, loaded_at, source from calendar_versions order by number"
    )
    return tuple(Version(*row) for row in rows)


async def days_of(connection: Connection | Pool, version: str) -> dict[date, Day]:
    """The named days of a version, in their order; raises UnknownVersion."""
    rows = await connection.fetch(
        "select day, kind, name from calendar_versions left join calendar_days using (version) "
        "where version = $1 order by day",
        version,
    )
    if not rows and version != WEEKENDS_ONLY:
        raise UnknownVersion(f"no calendar `{version}`")
    return {row["day"]: Day(*row) for row in rows if row["day"] is not None}


async def load_official_calendar(connection: Connection) -> Loaded | None:
    """Load what the installed package brings, for 2021 to 2027; None where nothing is new."""
    return await load_package(connection, official_version(), official_days())


async def load_package(
    connection: Connection, name: str, days: Iterable[tuple[date, str, str]]
) -> Loaded | None:
    """A new version: what a package brings; None where it brings the same days as the last time.

    What decrees have changed since stays changed.
    """
    async with connection.transaction():
        await hold_every_step(connection)
        before = await newest_version(connection)
        known = await versions(connection)
        brought = {day: Day(day, kind, called) for day, kind, called in days}
        last = next((v.version for v in reversed(known) if v.source == PACKAGE), WEEKENDS_ONLY)
        standing, last_brought = await days_of(connection, before), await days_of(connection, last)
        if _kinds(brought) == _kinds(last_brought):
            return None
        result = {each.version for each in known}
        version = _free(name, result)
        await _add(connection, version, PACKAGE, brought)
        after, decreed = amended(brought, _changes(difference(last_brought, standing))), before != last
        if decreed:
            version = _free(f"{version} with {before.rpartition(' with ')[2]}", result)
            await _add(connection, version, PACKAGE_AND_DECREES, after)
        return await _loaded(connection, version, before, difference(standing, after))


async def load_decree(
    connection: Connection, version: str, source: str, changes: Iterable[Day]
) -> Loaded | None:
    """A new version: the newest with the changes of a decree; None where this very decree is loaded already.

    Raises VersionTaken, and NothingToRevoke where a day made a working day is one. All or nothing.
    """
    async with connection.transaction():
        await hold_every_step(connection)
        known = {each.version: each for each in await versions(connection)}
        if version in known and known[version].source == source:
            return None
        if version in known or version == WEEKENDS_ONLY:
            raise VersionTaken(f"`{version}` is the name of another calendar: versions are never changed")
        before = await newest_version(connection)
        standing, changes = await days_of(connection, before), tuple(changes)
        for change in changes:
            if change.kind == WORKING and change.day not in standing:
                raise NothingToRevoke(f"{change.day} is no holiday and no collective leave in `{before}`")
        after = amended(standing, changes)
        await _add(connection, version, source, after)
        return await _loaded(connection, version, before, difference(standing, after))


async def _add(connection: Connection, version: str, source: str, days: Days) -> None:
    await connection.execute(
        "insert into calendar_versions (version, source) values ($1, $2)", version, source
    )
    await connection.executemany(
        "insert into calendar_days (version, day, kind, name) values ($1, $2, $3, $4)",
        [(version, day.day, day.kind, day.name) for day in days.values()],
    )


async def _loaded(connection: Connection, version: str, before: str, changed: Difference) -> Loaded:
    await begin_generation(connection)
    return Loaded(version, before, changed, await want_open_streams(connection))


def _free(version: str, result: set[str]) -> str:
    """The name, numbered where it is taken: the same package may be asked for more years."""
    names = (version if count == 1 else f"{version} ({count})" for count in range(1, len(result) + 2))
    return next(name for name in names if name not in result)
