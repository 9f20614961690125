"""One thing at a time: the clock stands still, and nothing happens but what one message brings about.

The relay is called by hand and nothing sweeps; between two messages everything comes to rest, in the database
and in Temporal. So what happens, and in which order, is the same in every run, on every machine.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from temporalio.client import Client

from settings.processes import WorkerSettings
from store.database import Pool
from store.scheduling.clock import advance_to, is_ready, next_due, read_clock
from worker.relay import Relay
from worker.wiring import Parts, parts, workers

GLANCE_SECONDS = 0.03
AT_REST_WITHIN_SECONDS = 120.0


@dataclass(frozen=True)
class SteppedEngine:
    """Workers in this process, and the programme clock in their database."""

    pool: Pool
    client: Client
    relay: Relay
    runs: list[str]

    async def now(self) -> datetime:
        """Programme time."""
        return (await read_clock(self.pool)).at

    async def until(self, instant: datetime) -> None:
        """Move the clock to an instant, and stop at everything that is due before it."""
        while True:
            due = await next_due(self.pool)
            ahead = due is not None and due < instant
            async with self.pool.acquire() as connection:
                await advance_to(connection, due if ahead and due is not None else instant)
            await self.come_to_rest()
            if not ahead:
                return

    async def come_to_rest(self) -> None:
        """Deliver what is wanted until nothing is left to be done but by the next message or instant."""
        async with asyncio.timeout(AT_REST_WITHIN_SECONDS):
            while not await self._at_rest():
                await asyncio.wait({asyncio.create_task(asyncio.sleep(GLANCE_SECONDS))})

    async def _at_rest(self) -> bool:
        delivered = await self.relay.drain()
        at_work = [await self._pending(run) for run in self.runs]
        return not delivered and not any(at_work) and await is_ready(self.pool)

    async def _pending(self, run: str) -> bool:
        """Whether Temporal has a workflow task or an activity of this run under way."""
        described = (await self.client.get_workflow_handle(run).describe()).raw_description
        return bool(described.pending_activities) or described.HasField("pending_workflow_task")


@asynccontextmanager
async def stepped_engine(
    client: Client, settings: WorkerSettings, database: str
) -> AsyncIterator[SteppedEngine]:
    """Workers on the task queues of the settings, without a relay or a sweep of their own."""
    async with AsyncExitStack() as stack:
        made = patient(await stack.enter_async_context(parts(settings, database=database)))
        for worker in workers(client, made, settings):
            await stack.enter_async_context(worker)
        relay = Relay(made.pool, client, settings.task_queue, settings.pace)
        yield SteppedEngine(made.pool, client, relay, [])


def patient(made: Parts) -> Parts:
    """The same parts, whose letters are sent at once however slow the machine is."""
    notices = replace(made.notices, moment_seconds=AT_REST_WITHIN_SECONDS)
    return replace(
        made,
        bank=replace(made.bank, notices=notices),
        bpjs=replace(made.bpjs, notices=notices),
        notices=notices,
    )
