"""Counts of a whole claim: six months, thirty pieces of evidence, on the real parts and the running clock."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import islice

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

from sandbox.bench.ground import Ground
from sandbox.bench.history import Counts, count
from sandbox.bench.metric import Metric, at_most
from sandbox.bench.population import claimants
from sandbox.bench.six_months import PIECES, Claimant
from sandbox.outside import Outside
from sandbox.portal import Portal
from store.database import open_pool

BEGINS = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
LAID_OFF_ON, FILED_ON = date(2025, 3, 3), date(2025, 3, 10)
DAYS_A_SECOND = 2.0
"""A timer has a floor of one real second, two programme days: less than any window of the law."""

CLOSED_WITHIN_SECONDS = 60.0


async def measure(ground: Ground) -> list[Metric]:
    """Play one claim with its evidence one by one and one with it in bursts; count both histories."""
    try:
        database = await ground.start_all_parts(BEGINS, DAYS_A_SECOND * 86_400)
        one_by_one, burst = await _play(ground, database)
    finally:
        await ground.stop_all_parts()
    return [
        at_most(180, "claim, one by one: history events", one_by_one.events, "events", one_by_one.told()),
        at_most(60, "claim, one by one: billable actions", one_by_one.actions, "actions"),
        Metric("claim, one by one: history", one_by_one.size_bytes, "bytes"),
        at_most(140, "claim, in bursts: history events", burst.events, "events", burst.told()),
        Metric("claim, in bursts: billable actions", burst.actions, "actions"),
        Metric("claim, in bursts: history", burst.size_bytes, "bytes"),
    ]


async def _play(ground: Ground, database: str) -> list[Counts]:
    stack = ground.stack
    outside = Outside(bank_url=stack.bank_url, bpjs_url=stack.bpjs_url, mailbox_url=stack.mailbox_url)
    pool = await open_pool(database=database, most=4)
    try:
        async with outside, Portal(stack.api_url) as portal:
            people = list(islice(claimants(LAID_OFF_ON, "counts"), 2))
            for person in people:
                await outside.seed(person)
            pair = [Claimant(person, portal, pool) for person in people]
            ground.progress(f"two claims live six months, {DAYS_A_SECOND:g} days a second")
            await asyncio.gather(*(claimant.begin(FILED_ON) for claimant in pair))
            await asyncio.gather(pair[0].live_one_by_one(), pair[1].live_in_bursts())
        client = await ground.temporal.connect()
        return [await _counted(ground, client, claimant) for claimant in pair]
    finally:
        await pool.close()


async def _counted(ground: Ground, client: Client, claimant: Claimant) -> Counts:
    handle = client.get_workflow_handle(f"claim/{claimant.claim_id}")
    await asyncio.wait_for(handle.result(), CLOSED_WITHIN_SECONDS)
    history = await handle.fetch_history()
    exported = ground.stack.folder / f"{claimant.claim_id}.json"
    exported.write_text(history.to_json())
    assert_realistic(history.events, claimant.pieces)
    return count(history.events)


def assert_realistic(events: Sequence[HistoryEvent], pieces: int) -> None:
    """Counts speak only of a claim with timers armed, letters sent and six transfers made."""
    scheduled = [
        event.activity_task_scheduled_event_attributes.activity_type.name
        for event in events
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
    ]
    timers = sum(event.event_type == EventType.EVENT_TYPE_TIMER_STARTED for event in events)
    assert pieces == PIECES, f"{pieces} pieces of evidence instead of {PIECES}"
    assert scheduled.count("transfer") == 6, f"{scheduled.count('transfer')} transfers instead of 6"
    assert "send_notices" in scheduled, "no letter was sent"
    assert timers > 0, "no timer was armed"
