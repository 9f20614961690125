"""The relay: starts and wakes workflows from the wake-up rows, and the sweep beside it.

A row is leased, and the lease committed, before Temporal is called; only the workflow's own step marks it
seen. Start-with-signal is the only call, so start and signal cannot be ordered wrongly.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.step.step_activity import NEWS_KEY
from settings.pace import Pace
from settings.parts import Postgres
from store.database import PROCESS, Pool, connect
from store.outages import is_collision, outlasting
from store.process.standing import POSTGRESQL, Standing
from store.scheduling.notify import CHANNEL
from store.scheduling.wakeups import Wakeup, lease, sweep
from worker.wakes import wake_of

BATCH = 100
AT_ONCE = 16
LOOK_EVERY_SECONDS = 5.0
LISTENER_ASKED_EVERY_SECONDS = 20.0  # a server whose machine is gone says no farewell
LISTENER_ANSWERS_WITHIN_SECONDS = 5.0

log = structlog.get_logger("relay")


@dataclass
class Relay:
    """Drains the rows that want attention; woken by NOTIFY, by its own process, or every few seconds."""

    pool: Pool
    client: Client
    task_queue: str
    pace: Pace
    postgres: Postgres | None = None
    database: str | None = None
    standing: Standing = field(default_factory=Standing)
    call_seconds: float = 10.0
    delivered: int = 0
    wanted: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Relay, sweep and listen until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._relay())
            group.create_task(self._sweep())
            group.create_task(self._listen())

    async def drain(self) -> int:
        """Deliver everything that wants attention now; returns how many rows were tried."""
        tried = 0
        lease_seconds = self.pace.relay_lease.total_seconds()
        while batch := await lease(self.pool, most=BATCH, lease_seconds=lease_seconds):
            gate = asyncio.Semaphore(AT_ONCE)
            await asyncio.gather(*(self._deliver(wakeup, gate) for wakeup in batch))
            tried += len(batch)
            if len(batch) < BATCH:
                break
        return tried

    async def _relay(self) -> None:
        while True:
            self.wanted.clear()
            with outlasting(self._tell):
                await self.drain()
                self.standing.back(POSTGRESQL)
            retry_after = min(LOOK_EVERY_SECONDS, self.pace.relay_lease.total_seconds())
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.wanted.wait(), retry_after)

    async def _sweep(self) -> None:
        every = self.pace.sweep_every.total_seconds()
        while True:
            await asyncio.sleep(every)
            swept = 0
            with outlasting(self._tell):
                swept = await sweep(self.pool, first=self.pace.sweep_first, slack_seconds=2 * every)
            if swept:
                log.info("swept", rows=swept)
                self.wanted.set()

    async def _listen(self) -> None:
        """Hints from other processes, on a connection of their own; drained after every (re)connect."""
        while True:
            with outlasting(self._tell):
                await self._listen_until_closed()
            await asyncio.sleep(1)

    async def _listen_until_closed(self) -> None:
        connection = await connect(self.postgres, database=self.database, limits=PROCESS)
        closed = asyncio.Event()
        connection.add_termination_listener(lambda *_: closed.set())
        try:
            await connection.add_listener(CHANNEL, lambda *_: self.wanted.set())
            self.wanted.set()
            while not closed.is_set():
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(closed.wait(), LISTENER_ASKED_EVERY_SECONDS)
                await connection.execute("select", timeout=LISTENER_ANSWERS_WITHIN_SECONDS)
        finally:
            connection.terminate()

    def _tell(self, outage: BaseException) -> None:
        if not is_collision(outage):
            self.standing.lost(POSTGRESQL, outage)

    async def _deliver(self, wakeup: Wakeup, gate: asyncio.Semaphore) -> None:
        """One start-with-signal, and a signal more for each further kind of news."""
        async with gate:
            try:
                await asyncio.wait_for(self._signal(wakeup), self.call_seconds)
                self.delivered += 1
            except Exception as failure:
                # Whatever is wrong with one row, the others are delivered; this one stays wanted.
                log.warning("not delivered", workflow=wakeup.workflow_id, error=type(failure).__name__)

    async def _signal(self, wakeup: Wakeup) -> None:
        wake, identity = wake_of(wakeup.workflow_id)
        (first, ids), *others = wake.by_signal(wakeup.news).items()
        await self.client.start_workflow(
            wake.workflow,
            wake.start(identity),
            id=wakeup.workflow_id,
            task_queue=self.task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            start_signal=first,
            start_signal_args=[{NEWS_KEY: ids}],
            static_summary=wake.summary,
        )
        handle = self.client.get_workflow_handle(wakeup.workflow_id)
        for name, more in others:
            await handle.signal(name, {NEWS_KEY: more})
