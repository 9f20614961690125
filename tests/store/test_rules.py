"""Other rules wake every open claim, once; a worker that begins with the same rules wakes nobody."""

from support.store_world import StoreWorld

from store.process.rules import begin_with_rules


async def test_the_first_rules_and_the_same_rules_wake_nobody(world: StoreWorld) -> None:
    await world.filed()
    before = await world.pool.fetchval("select number from generation")

    assert await begin_with_rules(world.pool, "2021+2025/aaaa state 5") == 0
    assert await begin_with_rules(world.pool, "2021+2025/aaaa state 5") == 0
    assert await world.pool.fetchval("select number from generation") == before + 1


async def test_other_rules_wake_every_open_claim_and_no_step_read_before_is_written(
    world: StoreWorld,
) -> None:
    filed = await world.filed()
    await begin_with_rules(world.pool, "2021+2025/aaaa state 5")
    before = await world.pool.fetchval("select wanted from wakeups")
    generation = await world.pool.fetchval("select number from generation")

    assert await begin_with_rules(world.pool, "2021+2025/bbbb state 5") == 1

    assert await world.pool.fetchval("select wanted from wakeups") == before + 1
    assert await world.pool.fetchval("select number from generation") == generation + 1
    assert (await world.steps.run_step(filed.stream_id)).version == 2
