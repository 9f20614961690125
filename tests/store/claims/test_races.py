"""Two at once: whoever comes second decides on what the first has recorded, and no wake-up is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from support.store_world import StoreWorld, paid_record

from claims.commands.command import RecordContributions
from law.grounds import Ground
from store.claims.history import recorded_events
from store.claims.kind import ClaimStepResult, claim_workflow_id
from store.engine.messages import UnknownStream
from store.engine.step import Caller


async def unheard(world: StoreWorld, stream_id: UUID) -> int:
    """How many wake-ups of a claim its workflow has not seen."""
    found: int = await world.pool.fetchval(
        "select wanted - seen from wakeups where workflow_id = $1", claim_workflow_id(stream_id)
    )
    return found


async def somebody_waits_for_a_lock(world: StoreWorld) -> None:
    """Until a session of this database stands before a lock."""
    async with asyncio.timeout(60):
        while not await world.pool.fetchval(
            "select exists (select from pg_locks join pg_stat_activity using (pid) "
            "where not granted and datname = current_database())"
        ):
            pass


async def one_beside_the_other(
    world: StoreWorld, stream_id: UUID, first: Caller, second: Callable[[], Awaitable[ClaimStepResult]]
) -> tuple[ClaimStepResult, ClaimStepResult]:
    """A step that has not committed when the second begins; both results."""
    async with world.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        before = await world.steps.run_step_in(connection, stream_id, (), first)
        after = asyncio.ensure_future(second())
        await somebody_waits_for_a_lock(world)
        await transaction.commit()
    return before, await after


async def test_of_two_records_at_once_both_commit_and_the_second_sees_the_first(world: StoreWorld) -> None:
    filed = await world.filed()
    messages = [RecordContributions(record=paid_record(24)) for _ in range(2)]

    result = await asyncio.gather(*(world.say(filed.stream_id, message) for message in messages))

    verdicts = sorted(step.results[0].verdict.ground.value for step in result)
    assert verdicts == ["already_recorded", "counts"]
    types = [recorded.event.type for recorded in await recorded_events(world.pool, filed.stream_id)]
    assert types.count("contribution_record_received") == 1
    assert types.count("payment_ordered") == 1
    assert await world.pool.fetchval("select count(*) from messages") == 4


async def test_ten_evidences_at_once_are_all_recorded_in_versions_without_a_gap(world: StoreWorld) -> None:
    approved = await world.approved()
    day = approved.at.date()

    await asyncio.gather(*(world.say(approved.stream_id, world.five_applications(day)) for _ in range(10)))

    recorded = await recorded_events(world.pool, approved.stream_id)
    assert [each.version for each in recorded] == list(range(1, len(recorded) + 1))
    assert sum(each.event.type == "job_application_recorded" for each in recorded) == 50
    counting = [each for each in recorded if getattr(each.event, "verdict", None)]
    assert sum(each.event.verdict.counts for each in counting) == 5  # type: ignore[union-attr]


async def test_a_message_that_commits_after_the_workflows_step_is_not_seen_by_it(world: StoreWorld) -> None:
    filed = await world.filed()
    record = RecordContributions(record=paid_record())

    before, after = await one_beside_the_other(
        world, filed.stream_id, Caller.WORKFLOW, lambda: world.say(filed.stream_id, record)
    )

    assert (before.next_step.todo, after.next_step.todo) == ("fetch_record", "transfer")
    assert after.woke
    assert await unheard(world, filed.stream_id) == 1


async def test_the_workflows_step_that_commits_after_a_message_knows_it(world: StoreWorld) -> None:
    filed = await world.filed()
    record = world.incoming(RecordContributions(record=paid_record()))

    async with world.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        said = await world.steps.run_step_in(connection, filed.stream_id, [record], Caller.OTHER)
        asked = asyncio.ensure_future(world.steps.run_step(filed.stream_id, (), Caller.WORKFLOW))
        await somebody_waits_for_a_lock(world)
        await transaction.commit()
    heard = await asked

    assert (heard.next_step.todo, heard.version) == ("transfer", said.version)
    assert await unheard(world, filed.stream_id) == 0


async def test_a_message_beside_a_step_that_is_rolled_back_is_taken_all_the_same(world: StoreWorld) -> None:
    filed = await world.filed()
    record = RecordContributions(record=paid_record())

    async with world.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await world.steps.run_step_in(connection, filed.stream_id, [world.incoming(record)], Caller.WORKFLOW)
        said = asyncio.ensure_future(world.say(filed.stream_id, record))
        await somebody_waits_for_a_lock(world)
        await transaction.rollback()

    assert (await said).results[0].verdict.ground is Ground.COUNTS
    assert await unheard(world, filed.stream_id) == 3


async def test_nothing_is_said_to_a_claim_that_nobody_knows(world: StoreWorld) -> None:
    with pytest.raises(UnknownStream):
        await world.say(UUID(int=7), world.certification(2))

    assert await world.pool.fetchval("select count(*) from messages") == 0
