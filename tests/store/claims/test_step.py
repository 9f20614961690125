"""The step: one commit, deadlines first, the same answer twice."""

from support.store_world import StoreWorld

from store.claims.history import recorded_events
from store.engine.step import Caller
from store.engine.streams import first_broken_version


async def test_a_report_and_a_filing_make_a_claim_that_waits_for_its_record(world: StoreWorld) -> None:
    result = await world.filed()

    assert [r.event.type for r in await recorded_events(world.pool, result.stream_id)] == [
        "layoff_reported",
        "claim_filed",
    ]
    assert result.next_step.awaited[0].what == "contribution_record"


async def test_an_approved_claim_has_its_first_month_ordered_in_the_same_commit(world: StoreWorld) -> None:
    result = await world.approved()

    types = [r.event.type for r in await recorded_events(world.pool, result.stream_id)]
    assert types[-4:] == [
        "contribution_record_received",
        "claim_approved",
        "benefit_authorized",
        "payment_ordered",
    ]
    assert await world.pool.fetchval("select amount_idr from payment_orders") == 3_000_000


async def test_asking_twice_gives_the_same_answer(world: StoreWorld) -> None:
    result = await world.approved()
    first = await world.steps.run_step(result.stream_id, (), Caller.WORKFLOW)
    second = await world.steps.run_step(result.stream_id, (), Caller.WORKFLOW)

    assert (first.next_step, first.version, first.unsent_notices) == (
        second.next_step,
        second.version,
        second.unsent_notices,
    )


async def test_the_chain_of_a_stream_holds(world: StoreWorld) -> None:
    result = await world.approved()

    assert await first_broken_version(world.pool, result.stream_id) is None
