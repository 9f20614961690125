"""Whose turn it is: calls that change one thing wait for each other here, before they take a connection.

Whoever holds a claim or a person locked so holds up their callers only: one of them waits in the database, a
few wait here, and the rest are told to come again. Some connections are left for those who read.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Hashable
from contextlib import AsyncExitStack, asynccontextmanager

from api.http.problems import ProblemFound
from store.database import PROCESS

WAITING_MOST = 4
KEPT_FOR_READING = 3


class Turns:
    """The turns of a process whose pool has so many `connections`."""

    def __init__(self, connections: int, *, wait_seconds: float = PROCESS.lock) -> None:
        self._writing = asyncio.Semaphore(max(1, connections - KEPT_FOR_READING))
        self._wait_seconds = wait_seconds
        self._callers: Counter[Hashable] = Counter()
        self._gates: dict[Hashable, asyncio.Lock] = {}

    @asynccontextmanager
    async def of(self, what: Hashable) -> AsyncIterator[None]:
        """The block in its turn; ends with the problem `busy` where too many wait, or for too long."""
        if self._callers[what] > WAITING_MOST:
            raise ProblemFound("busy")
        self._callers[what] += 1
        try:
            async with AsyncExitStack() as turn:
                await self._wait(what, turn)
                yield
        finally:
            self._callers[what] -= 1
            if not self._callers[what]:
                del self._callers[what]
                self._gates.pop(what, None)

    async def _wait(self, what: Hashable, turn: AsyncExitStack) -> None:
        try:
            async with asyncio.timeout(self._wait_seconds):
                await turn.enter_async_context(self._gates.setdefault(what, asyncio.Lock()))
                await turn.enter_async_context(self._writing)
        except TimeoutError:
            raise ProblemFound("busy") from None
