"""Claims per second of the engine, database work included, beside as many events of doing nothing.

The clock is stepped, so that no time is waited for: the engine's claims and the empty workflows do what they
have to do as fast as one worker process can, on the same server, in turn.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Coroutine, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import mean, median
from typing import Any
from uuid import UUID

from temporalio.client import Client

from claims.commands.command import (
    AttendCounselling,
    AttendTraining,
    CertifyMonth,
    Command,
    CompleteSelfAssessment,
)
from claims.events.facts import Attendance, TrainingSession
from law.periods import day_of, months_after, start_of
from law.rules import BENEFIT_MONTHS
from sandbox.bench.ground import Ground
from sandbox.bench.metric import Metric, at_least
from sandbox.bench.speed.direct import Claims, claims_in
from sandbox.bench.speed.noop import Emptiness, NoopWorkflow, emptiness_of
from sandbox.bench.speed.population import claimants
from sandbox.bench.speed.working import NOOP_QUEUE
from sandbox.play.player import until_ready
from sandbox.servers.processes import ManagedProcess, free_port
from sandbox.world import Person
from store.claims.kind import claim_workflow_id
from store.ids import new_id
from store.scheduling.clock import advance_to, read_clock
from store.scheduling.notify import Notifier, notifying

BEGINS = datetime(2025, 3, 1, 2, 0, tzinfo=UTC)
CLAIMS, AT_ONCE, ROUNDS = 100, 50, 2
WARM_UP = 4
APPLICATIONS = 5
QUEUE = "throughput-claims"
CLOSED_WITHIN_SECONDS = 60.0
NO_TURN_AFTER_SECONDS = 120.0


async def measure(ground: Ground) -> list[Metric]:
    """Engine, nothing, engine, nothing: the medians and their ratio."""
    async with _engine(ground) as engine:
        ground.progress("warming up")
        events = await engine.events_of(await engine.live(WARM_UP))
        await engine.do_nothing(WARM_UP, emptiness_of(events))
        ours: list[float] = []
        yardstick: list[float] = []
        began = time.monotonic()
        while len(ours) < ROUNDS and time.monotonic() - began < NO_TURN_AFTER_SECONDS:
            ground.progress(
                f"{CLAIMS} claims, then as many empty workflows, turn {len(ours) + 1} of {ROUNDS}"
            )
            claim_ids, seconds = await _timed(engine.live(CLAIMS))
            ours.append(CLAIMS / seconds)
            events = await engine.events_of(claim_ids)
            _, seconds = await _timed(engine.do_nothing(CLAIMS, emptiness_of(events)))
            yardstick.append(CLAIMS / seconds)
    ratios = [a / b for a, b in zip(ours, yardstick, strict=True)]
    how = f"{CLAIMS} claims, {AT_ONCE} at once, {events:.0f} events each, {len(ours)} turn(s)"
    return [
        at_least(0.7, "claims per second / no-op workflows per second", median(ratios), "ratio", how),
        Metric("claims per second, database work included", median(ours), "claims/s", _spread(ours)),
        Metric("no-op workflows per second", median(yardstick), "workflows/s", _spread(yardstick)),
    ]


def _spread(figures: list[float]) -> str:
    return f"from {min(figures):.2f} to {max(figures):.2f}"


async def _timed(work: Awaitable[list[UUID]]) -> tuple[list[UUID], float]:
    began = time.monotonic()
    return await work, time.monotonic() - began


@asynccontextmanager
async def _engine(ground: Ground) -> AsyncIterator["Engine"]:
    """Worker and relay in a process of their own, on a server that others leave alone meanwhile."""
    database = await ground.make_database("claims", BEGINS, 0)
    port = free_port()
    environment = {
        **ground.stack.environment(),
        "PGDATABASE": database,
        "JKP_TASK_QUEUE": QUEUE,
        "JKP_WORKER_PORT": str(port),
    }
    process = ManagedProcess(
        "engine",
        [sys.executable, "-m", "sandbox.bench.speed.working"],
        log=ground.stack.folder / "bench-engine.log",
        environment=environment,
        port=port,
        directory=Path.cwd(),
    )
    client = await ground.temporal.connect()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(process.terminate)
        await process.start(f"http://127.0.0.1:{port}/health/ready", within=60)
        claims = await stack.enter_async_context(
            claims_in(database, bytes.fromhex(ground.stack.keys.lookup_key))
        )
        yield Engine(client, claims, await stack.enter_async_context(notifying(claims.pool)))


@dataclass
class Engine:
    """Where claims live their six months, and where nothing is done."""

    client: Client
    claims: Claims
    notifier: Notifier
    opened: int = 0

    async def live(self, number: int) -> list[UUID]:
        """So many claims, from the report of the layoff to the end of the workflow."""
        filed_on = await self._next_tenth()
        people = list(
            islice(claimants(filed_on - timedelta(days=7), "speed"), self.opened, self.opened + number)
        )
        self.opened += number
        claim_ids = await _each(self._open(person) for person in people)
        await until_ready(self.claims.pool)
        await _each(self._begin(claim_id, filed_on) for claim_id in claim_ids)
        for month in (2, 3, 4, 5, 6):
            certified_on = _certified_on(filed_on, month)
            searched_on = certified_on - timedelta(days=10)
            await self._pass_to(searched_on)
            await _each(self._search(claim_id, searched_on) for claim_id in claim_ids)
            await self._pass_to(certified_on)
            await _each(self._certify(claim_id, month) for claim_id in claim_ids)
            await until_ready(self.claims.pool)
        handles = [self.client.get_workflow_handle(claim_workflow_id(claim_id)) for claim_id in claim_ids]
        await asyncio.wait_for(asyncio.gather(*(h.result() for h in handles)), CLOSED_WITHIN_SECONDS)
        return claim_ids

    async def do_nothing(self, number: int, emptiness: Emptiness) -> list[UUID]:
        """So many empty workflows."""
        return await _each(self._empty(emptiness) for _ in range(number))

    async def events_of(self, claim_ids: Iterable[UUID]) -> float:
        """Mean number of history events of claims that are over."""
        handles = [self.client.get_workflow_handle(claim_workflow_id(claim_id)) for claim_id in claim_ids]
        return mean([(await handle.describe()).history_length for handle in handles])

    async def _next_tenth(self) -> date:
        """Move the clock to a day that every month has, on which the claims are filed."""
        today = day_of((await read_clock(self.claims.pool)).at)
        filed_on = months_after(today.replace(day=10), 1)
        await self._pass_to(filed_on)
        return filed_on

    async def _pass_to(self, day: date) -> None:
        """Wait for the engine, then move the clock to nine o'clock of a day."""
        await until_ready(self.claims.pool)
        async with self.claims.pool.acquire() as connection:
            await advance_to(connection, start_of(day) + timedelta(hours=9))
        self.notifier.give()
        await until_ready(self.claims.pool)

    async def _open(self, person: Person) -> UUID:
        claim_id = await self.claims.report(person)
        await self.claims.file(claim_id, person)
        self.notifier.give()
        return claim_id

    async def _begin(self, claim_id: UUID, filed_on: date) -> UUID:
        """Five pieces of evidence: self-assessment, counselling twice, training twice."""
        for message in _beginnings(filed_on):
            await self._say(claim_id, message)
        return claim_id

    async def _search(self, claim_id: UUID, done_on: date) -> UUID:
        """Five pieces of evidence: an application each."""
        for _ in range(APPLICATIONS):
            await self._say(claim_id, self.claims.applications(done_on))
        return claim_id

    async def _certify(self, claim_id: UUID, month: int) -> UUID:
        await self._say(claim_id, CertifyMonth(month=month, without_work=True))
        return claim_id

    async def _say(self, claim_id: UUID, message: Command) -> None:
        result = await self.claims.say(claim_id, message)
        assert all(answer.verdict.counts for answer in result.results), f"{message.kind} does not count"
        if result.woke:
            self.notifier.give()

    async def _empty(self, emptiness: Emptiness) -> UUID:
        run = new_id()
        await self.client.execute_workflow(
            NoopWorkflow.run, emptiness, id=f"nothing/{run}", task_queue=NOOP_QUEUE
        )
        return run


def _certified_on(filed_on: date, month: int) -> date:
    """A day inside the window of a month and before its reminder."""
    if month < BENEFIT_MONTHS:
        return months_after(filed_on, month - 1)
    return months_after(filed_on, BENEFIT_MONTHS) - timedelta(days=5)


def _beginnings(filed_on: date) -> tuple[Command, ...]:
    session = TrainingSession(session="3/1", held_on=filed_on, attendance=Attendance.ATTENDED)
    course = AttendTraining(provider="blk-3171", course="las-smaw-3g", sessions=(session,))
    return (
        CompleteSelfAssessment(form_version="asesmen-2025-1", completed_on=filed_on),
        AttendCounselling(attended_on=filed_on, office="disnaker-3171"),
        AttendCounselling(attended_on=filed_on, office="disnaker-3172"),
        course,
        course.model_copy(update={"course": "las-smaw-4g"}),
    )


async def _each(works: Iterable[Coroutine[Any, Any, UUID]]) -> list[UUID]:
    """All of them, so many at once."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(work: Coroutine[Any, Any, UUID]) -> UUID:
        async with gate:
            return await work

    return list(await asyncio.gather(*(one(work) for work in works)))
