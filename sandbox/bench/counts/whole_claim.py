"""Counts of a whole claim: six months, thirty pieces of evidence, on the real parts and the stepped clock.

Each of the two lives is lived three times, on a database of its own; the counts must be the same.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from itertools import islice

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

from sandbox.bench.counts.history import Counts, count
from sandbox.bench.counts.six_months import PIECES, Claimant
from sandbox.bench.counts.stepping import stepped_engine
from sandbox.bench.ground import Ground
from sandbox.bench.metric import Metric, at_most
from sandbox.bench.speed.population import claimants
from sandbox.parties.outside import Outside
from sandbox.play.portal import Portal
from settings.processes import WorkerSettings
from settings.reading import read
from worker.plugin import claims_plugin

BEGINS = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
LAID_OFF_ON, FILED_ON = date(2025, 3, 3), date(2025, 3, 10)
RUNS = 3
CLOSED_WITHIN_SECONDS = 60.0

Life = Callable[[Claimant], Awaitable[None]]


async def measure(ground: Ground) -> list[Metric]:
    """Play one claim with its evidence one by one and one with it in bursts, each three times."""
    one_by_one = await _counted_thrice(ground, "one by one", Claimant.live_one_by_one)
    burst = await _counted_thrice(ground, "in bursts", Claimant.live_in_bursts)
    return [
        at_most(180, "claim, one by one: history events", one_by_one.events, "events", one_by_one.told()),
        at_most(60, "claim, one by one: billable actions", one_by_one.actions, "actions"),
        Metric("claim, one by one: history", one_by_one.size_bytes, "bytes"),
        at_most(140, "claim, in bursts: history events", burst.events, "events", burst.told()),
        Metric("claim, in bursts: billable actions", burst.actions, "actions"),
        Metric("claim, in bursts: history", burst.size_bytes, "bytes"),
    ]


async def _counted_thrice(ground: Ground, name: str, life: Life) -> Counts:
    """The counts of the life; what differs between its runs is named."""
    runs = []
    for number in range(1, RUNS + 1):
        ground.progress(f"a claim lives six months, evidence {name}, {number} of {RUNS}")
        runs.append(await count_a_life(ground, life))
    assert len({(run.events, run.actions) for run in runs}) == 1, f"{name}: " + " | ".join(
        f"{run.events} events, {run.actions} actions: {run.told()}" for run in runs
    )
    return runs[0]


async def count_a_life(ground: Ground, life: Life) -> Counts:
    """One claim lives on parts of its own; what its history costs."""
    async with ground.parts_around_a_worker(BEGINS) as database:
        stack = ground.stack
        outside = Outside(bank_url=stack.bank_url, bpjs_url=stack.bpjs_url, mailbox_url=stack.mailbox_url)
        client = await Client.connect(
            ground.temporal.address, namespace=ground.temporal.namespace, plugins=[claims_plugin()]
        )
        settings = read(WorkerSettings, {**stack.environment(), "JKP_TASK_QUEUE": f"{database}-claims"})
        async with (
            outside,
            Portal(stack.api_url) as portal,
            stepped_engine(client, settings, database) as engine,
        ):
            (person,) = islice(claimants(LAID_OFF_ON, "counts"), 1)
            await outside.seed(person)
            claimant = Claimant(person, portal, engine)
            await claimant.begin(FILED_ON)
            await life(claimant)
            return await _counted(client, claimant)


async def _counted(client: Client, claimant: Claimant) -> Counts:
    handle = client.get_workflow_handle(f"claim/{claimant.claim_id}")
    await asyncio.wait_for(handle.result(), CLOSED_WITHIN_SECONDS)
    history = await handle.fetch_history()
    assert_realistic(history.events, claimant.pieces)
    return count(history.events)


def assert_realistic(events: Sequence[HistoryEvent], pieces: int) -> None:
    """Counts speak only of a claim with its evidence, letters sent and six transfers made."""
    scheduled = [
        event.activity_task_scheduled_event_attributes.activity_type.name
        for event in events
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
    ]
    assert pieces == PIECES, f"{pieces} pieces of evidence instead of {PIECES}"
    assert scheduled.count("transfer") == 6, f"{scheduled.count('transfer')} transfers instead of 6"
    assert "send_notices" in scheduled, "no letter was sent"
