"""NOTIFY: after the commit, from one connection, at most every 50 ms per process.

Inside a step's transaction it would serialise commits. A lost notification costs a few seconds, never a
wake-up: the relay looks every five seconds regardless.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from store.database import Pool
from store.outages import outlasting

CHANNEL = "jkp_wakeups"
INTERVAL_SECONDS = 0.05


class Notifier:
    """Tells the relays of all processes that somebody wants attention."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._wanted = asyncio.Event()

    def give(self) -> None:
        """Ask for a notification; costs nothing and never fails."""
        self._wanted.set()

    async def run(self) -> None:
        """Send notifications until cancelled; an unreachable database only costs the notification."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            with outlasting():
                await self._pool.execute(f"notify {CHANNEL}")
            await asyncio.sleep(INTERVAL_SECONDS)


@asynccontextmanager
async def notifying(pool: Pool) -> AsyncIterator[Notifier]:
    """A running notifier, ended with the block."""
    notifier = Notifier(pool)
    task = asyncio.create_task(notifier.run())
    try:
        yield notifier
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
