"""Folded claims in memory: trusted only where the chain proves that they are of this very history."""

from uuid import UUID

from support.store_world import StoreWorld

from claims.state.claim import Claim
from claims.state.evolving import fold
from law.regimes import LAW
from sandbox.servers.postgres import PostgresServer
from store.claims.history import recorded_events
from store.claims.kind import claim_step_runner
from store.engine.folded import Folded, FoldedStates
from store.engine.step import Caller
from store.engine.streams import Head


async def test_a_step_decides_on_what_another_process_has_recorded(world: StoreWorld) -> None:
    approved = await world.approved()
    elsewhere = claim_step_runner(world.pool, LAW, world.steps.calendar)
    message = world.incoming(world.five_applications(approved.at.date()))
    await elsewhere.run_step(approved.stream_id, [message])

    result = await world.say(approved.stream_id, world.five_applications(approved.at.date()))

    assert {each.verdict.ground.value for each in result.results[0].efforts} == {"same_application_twice"}
    assert result.state == fold(r.event for r in await recorded_events(world.pool, approved.stream_id))


async def test_what_was_rolled_back_is_forgotten(world: StoreWorld) -> None:
    approved = await world.approved()
    async with world.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        message = world.incoming(world.five_applications(approved.at.date()))
        undone = await world.steps.run_step_in(connection, approved.stream_id, [message], Caller.OTHER)
        await transaction.rollback()

    looked = await world.steps.run_step(approved.stream_id)

    assert (undone.version - approved.version, looked.version) == (5, approved.version)
    assert looked.state == approved.state


async def test_a_database_restored_to_an_older_state_is_believed(
    world: StoreWorld, database: str, postgres: PostgresServer
) -> None:
    filed = await world.filed()
    ahead = await world.say(filed.stream_id, world.certification(2))
    owner = await postgres.connect(database)
    await owner.execute("delete from events where version > $1", filed.version)
    await owner.execute(
        "update streams set version = $1, head = (select hash from events where version = $1)", filed.version
    )
    await owner.close()

    looked = await world.steps.run_step(filed.stream_id)

    assert (ahead.version, looked.version) == (filed.version + 1, filed.version)
    assert looked.state == filed.state


def test_the_claim_not_looked_at_for_longest_is_dropped_first() -> None:
    folded = FoldedStates(Claim(), most=2)
    first, second, third = (UUID(int=n) for n in (1, 2, 3))
    kept = Folded(Head(1, bytes(32)), Claim())
    folded.keep(first, kept)
    folded.keep(second, kept)
    folded.get(first)
    folded.keep(third, kept)

    assert [folded.get(each) for each in (first, second, third)] == [
        kept,
        folded.nothing,
        kept,
    ]
