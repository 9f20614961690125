"""The programme clock: one row with a real instant, a programme instant and a speed.

Speed 1 is real life. Speed 0 is the stepped clock, which stands still until moved. Every step is written
under the shared lock, where the generation is still the one that it read; moving the clock takes the lock
exclusively and begins a generation.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from law.limits import INSTANT_MAX
from store.database import Connection, Pool
from store.scheduling.wakeups import WANT

CLOCK_LOCK = 0x6A6B70_02
GRACE = timedelta(minutes=2)


class ClockNotSet(LookupError):
    """The programme clock of this database was never set."""


class ClockAlreadySet(Exception):
    """The clock of this database is set and runs at real speed: it is set once."""


@dataclass(frozen=True)
class Clock:
    """The programme time `at` which the row was read, and how fast it runs."""

    at: datetime
    speed: float

    @property
    def stepped(self) -> bool:
        """Whether the clock stands still until moved."""
        return self.speed == 0

    @property
    def grace(self) -> timedelta:
        """How long after a deadline it takes effect by itself; none when stepped."""
        return timedelta() if self.stepped else GRACE

    def seconds_until(self, instant: datetime) -> float | None:
        """Real seconds until a programme instant, or None when only a move of the clock brings it."""
        if self.stepped:
            return None
        return max(0.0, (instant - self.at).total_seconds() / self.speed)


@dataclass(frozen=True)
class Advanced:
    """Where the clock stands after a move, and how many wake-ups became due."""

    at: datetime
    woken: int


READ = "select programme_at + (clock_timestamp() - real_at) * speed as at, speed from clock"


async def read_clock(connection: Connection | Pool) -> Clock:
    """The programme time now."""
    row = await connection.fetchrow(READ)
    if row is None:
        raise ClockNotSet("the programme clock is not set: run `jkp clock set`")
    return Clock(row["at"], row["speed"])


async def hold_clock(connection: Connection) -> Clock:
    """Take the shared lock until the transaction ends, then read the time."""
    await connection.execute("select pg_advisory_xact_lock_shared($1)", CLOCK_LOCK)
    return await read_clock(connection)


async def hold_every_step(connection: Connection) -> None:
    """Take the lock exclusively until the transaction ends: no step is written meanwhile."""
    await connection.execute("select pg_advisory_xact_lock($1)", CLOCK_LOCK)


async def begin_generation(connection: Connection) -> None:
    """Nothing that was read before is written after: the clock, the calendar, the rules or the stop changed.

    Under `hold_every_step`; whoever calls it wakes in the same transaction those whom the change concerns.
    """
    await connection.execute("update generation set number = number + 1")


async def set_clock(connection: Connection, programme_at: datetime | None, speed: float) -> None:
    """Set the clock; at speed 1 once and for real time only (`programme_at` None).

    Raises ClockAlreadySet, ValueError where it would run back or beside real time.
    """
    if speed == 1 and programme_at is not None:
        raise ValueError("at speed 1 the programme time is the real time: give no instant")
    async with connection.transaction():
        await hold_every_step(connection)
        await begin_generation(connection)
        known = await connection.fetchrow(READ)
        if known is not None and (known["speed"] == 1 or speed == 1):
            raise ClockAlreadySet
        if known is not None and programme_at is not None and programme_at < known["at"]:
            raise ValueError("a clock is moved forward, never back")
        await connection.execute(
            "insert into clock (real_at, programme_at, speed) "
            "values (clock_timestamp(), coalesce($1, clock_timestamp()), $2) "
            "on conflict (singleton) do update set real_at = excluded.real_at, "
            "programme_at = coalesce($1, $3::timestamptz), speed = excluded.speed",
            programme_at,
            speed,
            None if known is None else known["at"],
        )
        if known is not None:
            await connection.execute(f"update wakeups w set {WANT} where due_at is not null")


async def advance_by(connection: Connection, span: timedelta) -> Advanced:
    """Move a stepped clock forward by a span."""
    if span < timedelta():
        raise ValueError("a clock is moved forward, never back")
    return await _advance(connection, "programme_at + $1", span)


async def advance_to_next(connection: Connection) -> Advanced:
    """Move a stepped clock to the next instant at which something is due; stays where nothing is."""
    return await _advance(
        connection, "greatest(programme_at, coalesce((select min(due_at) from wakeups), programme_at))"
    )


async def next_due(connection: Connection | Pool) -> datetime | None:
    """The next programme instant at which a workflow is due."""
    due: datetime | None = await connection.fetchval("select min(due_at) from wakeups")
    return due


async def advance_to(connection: Connection, instant: datetime) -> Advanced:
    """Move a stepped clock to an instant, never back."""
    return await _advance(connection, "greatest(programme_at, $1)", instant)


async def _advance(connection: Connection, target: str, *arguments: object) -> Advanced:
    async with connection.transaction():
        await hold_every_step(connection)
        await begin_generation(connection)
        at = await connection.fetchval(
            f"update clock set programme_at = {target}, real_at = clock_timestamp() where speed = 0 "
            "returning programme_at",
            *arguments,
        )
        if at is None:
            raise ValueError("only a stepped clock is moved: its speed is 0")
        woken = await connection.fetch(
            f"update wakeups w set {WANT} where due_at <= $1 and wanted = seen returning 1", at
        )
        if at > INSTANT_MAX:
            raise ValueError(f"programme time ends with the year {INSTANT_MAX:%Y}")
    return Advanced(at, len(woken))


READY = """
select not exists (
    select from wakeups w, clock c
    where w.wanted > w.seen or w.todo_since is not null or w.due_at <= c.programme_at
) and not exists (select from payment_orders where state = 'sending')
  and not exists (select from notices where sent_at is null and given_up_at is null)
"""


async def is_ready(connection: Connection | Pool) -> bool:
    """Whether nothing is left to be done until the clock moves: one statement, one look."""
    return bool(await connection.fetchval(READY))
