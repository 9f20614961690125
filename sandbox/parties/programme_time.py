"""How the simulated outside world reads the programme clock.

The clock is one row in PostgreSQL (`clock`): programme now = programme_at + (real now - real_at) * speed.
"""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

import asyncpg

from store.database import PROCESS, connect
from store.outages import is_outage

WIB = timezone(timedelta(hours=7), "WIB")

_READ_ROW = "SELECT real_at, programme_at, speed FROM clock"
_PATIENCE_SECONDS = 2.0


class ClockUnreadableError(Exception):
    """PostgreSQL is away, or holds no clock row, and no row was ever read."""


class Clock(Protocol):
    """Something that tells programme time."""

    async def now(self) -> datetime:
        """Programme now, aware, in UTC. Raises ClockUnreadableError."""
        ...

    async def close(self) -> None:
        """Give back what the clock holds."""
        ...


class RealClock:
    """Programme time is real time (`--no-clock`)."""

    async def now(self) -> datetime:
        """Real now, in UTC."""
        return datetime.now(UTC)

    async def close(self) -> None:
        """Nothing to give back."""


class ClockRow:
    """The programme clock's row in the database that the PG* variables name.

    The row is read anew for every answer, so that a stepped clock is never seen late. While PostgreSQL is
    away the row read last goes on counting: a bank does not stop because its customer's database did.
    """

    def __init__(self) -> None:
        self._connection: asyncpg.Connection | None = None
        self._row: tuple[datetime, datetime, float] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def now(self) -> datetime:
        """Programme now, in UTC. Raises ClockUnreadableError."""
        async with self._one_at_a_time:
            await self._refresh()
        if self._row is None:
            raise ClockUnreadableError("no programme clock row was ever read")
        real_at, programme_at, speed = self._row
        return programme_at + (datetime.now(UTC) - real_at) * speed

    async def close(self) -> None:
        """Close the connection, if one is open."""
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

    async def _refresh(self) -> None:
        try:
            if self._connection is None or self._connection.is_closed():
                self._connection = await asyncio.wait_for(connect(limits=PROCESS), _PATIENCE_SECONDS)
            row = await self._connection.fetchrow(_READ_ROW, timeout=_PATIENCE_SECONDS)
        except Exception as error:
            await self.close()
            if not is_outage(error) and not isinstance(error, asyncpg.PostgresError):
                raise
            return
        if row is not None:
            self._row = (row["real_at"], row["programme_at"], row["speed"])


def clock_for(no_clock: bool) -> Clock:
    """The clock that a simulator's command line asks for."""
    return RealClock() if no_clock else ClockRow()
