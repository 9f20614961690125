"""`jkp migrate` and `jkp clock`: the database of an engine, and its programme clock."""

import asyncio
from datetime import datetime, timedelta
from typing import Annotated

import asyncpg
from cyclopts import App, Parameter

from cli.arguments import SPEED_MAX, Instant, Seconds, number
from cli.output import conclude, notify_relay, open_steps, reach, wib
from cli.problems import DONE, REFUSED, BadInput, Refused
from store.calendar import load_official_calendar
from store.database import Connection, connect
from store.process.migrations import let_us_act
from store.process.migrations import migrate as apply_migrations
from store.process.worlds import world_of
from store.scheduling.clock import (
    Advanced,
    ClockAlreadySet,
    advance_by,
    advance_to,
    advance_to_next,
    is_ready,
    read_clock,
    set_clock,
)

clock = App(name="clock", help="The programme clock: show it, set it, move a stepped one.")
POLL_SECONDS = 0.05
DAYS_MAX = 36_600


def migrate() -> int:
    """Apply the migrations that the database lacks, and load a new calendar; as the owner of the tables."""
    return conclude(migrate_database())


@clock.command
def show() -> int:
    """Show programme time, speed, and whether everything due is done."""
    return conclude(show_clock())


@clock.command(name="set")
def set_(
    *,
    speed: Annotated[
        float,
        number(SPEED_MAX),
        Parameter(help="Programme seconds a real second; 1 is real life, 0 stands still."),
    ],
    at: Annotated[
        Instant | None, Parameter(help="Programme time to begin with, ISO 8601; now by default.")
    ] = None,
) -> int:
    """Set the programme clock. Speed 1 is set once, for real time only, and never changed again."""
    return conclude(set_programme_clock(speed=speed, at=at))


@clock.command
def advance(
    *,
    days: Annotated[float, number(DAYS_MAX), Parameter(help="By so many programme days.")] = 0,
    to: Annotated[Instant | None, Parameter(help="To an instant, ISO 8601; never back.")] = None,
    to_next: Annotated[bool, Parameter(negative="", help="To the next due instant.")] = False,
    wait: Annotated[Seconds, Parameter(help="Wait so many real seconds until everything due is done.")] = 0,
) -> int:
    """Move a stepped clock (speed 0); exit code 1 when the engine was not ready in the time given."""
    return conclude(advance_clock(days=days, to=to, to_next=to_next, wait=wait))


async def migrate_database() -> int:
    """Migrate, load a calendar where the package brings another, and say so."""
    connection = await reach(connect())
    try:
        applied = await apply_migrations(connection)
        await let_us_act(connection)
        loaded = await load_official_calendar(connection)
        world = await world_of(connection)
    finally:
        await connection.close()
    print(f"applied {', '.join(applied)}" if applied else "nothing to apply")
    if world is None:
        print("the database is of no world yet: run `jkp database init --world production`")
    if loaded is not None:
        print(f"loaded the calendar `{loaded.version}`; woke {loaded.woken}")
    return DONE


async def show_clock() -> int:
    """Print the clock; Refused where it is not set."""
    async with open_steps() as steps:
        try:
            now = await read_clock(steps.pool)
        except LookupError as unset:
            raise Refused(str(unset)) from None
        ready = await is_ready(steps.pool)
    speed = "stepped" if now.stepped else f"speed {now.speed:g}"
    print(f"{wib(now.at)}  {speed}  {'ready' if ready else 'at work'}")
    return DONE


async def set_programme_clock(*, speed: float, at: datetime | None) -> int:
    """Set; Refused for a clock of real time, and for another instant at real speed."""
    if speed < 0:
        raise BadInput("--speed: time does not run backwards")
    if speed == 1 and at is not None:
        raise BadInput("at speed 1 programme time is real time: leave out --at")
    async with open_steps() as steps:
        try:
            async with steps.pool.acquire() as connection:
                await set_clock(connection, at, speed)
        except ClockAlreadySet:
            raise Refused("a clock at speed 1 is set once: this database has its clock already") from None
        except ValueError as back:
            raise Refused(str(back)) from None
        await notify_relay(steps.pool)
    return await show_clock()


async def advance_clock(*, days: float, to: datetime | None, to_next: bool, wait: float) -> int:
    """Move; Refused unless exactly one way of moving is named and the clock is stepped."""
    if sum((days != 0, to is not None, to_next)) != 1 or days < 0:
        raise BadInput("name one of --days N, --to INSTANT, --to-next")
    async with open_steps() as steps:
        async with steps.pool.acquire() as connection:
            try:
                moved = await _move(connection, days, to, to_next)
            except ValueError as running:
                raise Refused(str(running)) from None
        await notify_relay(steps.pool)
        print(f"{wib(moved.at)}  woke {moved.woken}")
        if not wait:
            return DONE
        ready = await _ready_within(steps.pool, wait)
    print("ready" if ready else f"not ready after {wait:g} s: `jkp stuck` says why")
    return DONE if ready else REFUSED


async def _move(connection: Connection, days: float, to: datetime | None, to_next: bool) -> Advanced:
    if to_next:
        return await advance_to_next(connection)
    if to is not None:
        return await advance_to(connection, to)
    return await advance_by(connection, timedelta(days=days))


async def _ready_within(pool: asyncpg.Pool, seconds: float) -> bool:
    deadline = asyncio.get_running_loop().time() + seconds
    while not await is_ready(pool):
        if asyncio.get_running_loop().time() > deadline:
            return False
        await asyncio.sleep(POLL_SECONDS)
    return True
