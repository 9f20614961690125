"""`jkp rebuild`: an empty Temporal gets its runs back from the streams."""

import pytest
from support.engine_at_work import Engine, eventually
from support.store_world import StoreWorld
from temporalio.client import WorkflowExecutionStatus

from claims.commands.command import WithdrawClaim, WithdrawLayoff
from cli.officers.claim import wake_claim
from cli.operations.rebuild import plan_rebuild, rebuild_all
from store.engine.step import Caller


async def test_a_claim_whose_run_was_lost_runs_again_and_knows_what_it_knew(engine: Engine) -> None:
    claim = await engine.world.approved()
    async with engine.working():
        await engine.runs(claim.stream_id)
        await engine.client.get_workflow_handle(f"claim/{claim.stream_id}").terminate("lost")

        assert await rebuild_all(dry_run=False) == 0

        await engine.runs(claim.stream_id)
        handle = engine.client.get_workflow_handle(f"claim/{claim.stream_id}")
        assert (await handle.query("status"))["todo"] == "transfer"


async def test_a_dry_run_says_what_is_open_and_wakes_nobody(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.approved()
    await world.pool.execute("update payment_orders set state = 'unknown'")
    before = await world.pool.fetch("select workflow_id, wanted from wakeups")

    assert await rebuild_all(dry_run=True) == 0

    assert capsys.readouterr().out.splitlines() == [
        "projections of another state version, or missing: 0",
        "claims not finished: 1",
        "transfers of open outcome: 1",
    ]
    assert await world.pool.fetch("select workflow_id, wanted from wakeups") == before


async def test_an_order_being_sent_gets_a_search_for_its_outcome(world: StoreWorld) -> None:
    await world.approved()
    order_id = await world.pool.fetchval("update payment_orders set state = 'sending' returning order_id")

    await rebuild_all(dry_run=False)

    assert await world.pool.fetchval(
        "select wanted > seen and todo_since is not null from wakeups where workflow_id = $1",
        f"transfer/{order_id}",
    )


async def test_a_projection_of_another_state_version_is_rewritten(world: StoreWorld) -> None:
    claim = await world.approved()
    await world.pool.execute("update claims set state_version = 0, status = 'reported', todo = 'finish'")

    assert (await plan_rebuild(world.pool)).stale == (claim.stream_id,)
    assert await rebuild_all(dry_run=False) == 0

    row = await world.pool.fetchrow("select status, todo from claims")
    assert row is not None
    assert tuple(row) == ("in_benefit", "transfer")
    assert await world.pool.fetchval("select wanted > seen from wakeups")


async def test_a_finished_claim_is_left_alone_once_its_letters_are_sent(world: StoreWorld) -> None:
    filed = await world.filed()
    await world.say(filed.stream_id, WithdrawClaim(reason="sudah bekerja"))
    await world.steps.run_step(filed.stream_id, (), Caller.WORKFLOW)
    assert (await plan_rebuild(world.pool)).open_claims == (filed.stream_id,)

    await world.pool.execute("update notices set sent_at = now()")

    assert (await plan_rebuild(world.pool)).open_claims == ()
    await rebuild_all(dry_run=False)
    assert await world.pool.fetchval("select wanted = seen from wakeups")


async def test_rebuilding_twice_starts_no_second_run(engine: Engine) -> None:
    claim = await engine.world.approved()
    async with engine.working():
        await engine.runs(claim.stream_id)
        first = await engine.client.get_workflow_handle(f"claim/{claim.stream_id}").describe()

        await rebuild_all(dry_run=False)
        await rebuild_all(dry_run=False)
        await engine.runs(claim.stream_id)

        again = await engine.client.get_workflow_handle(f"claim/{claim.stream_id}").describe()
        assert again.run_id == first.run_id


async def test_an_open_run_of_a_finished_claim_closes_when_it_is_woken(engine: Engine) -> None:
    world = engine.world
    reported = await world.report(await world.layoff())
    await world.pool.execute("update notices set sent_at = now()")
    async with engine.working():
        await engine.runs(reported.stream_id)
        await world.say(reported.stream_id, WithdrawLayoff(reported_by="employer"))
        await world.pool.execute("update notices set sent_at = now()")
        await world.pool.execute("update wakeups set seen = wanted, todo_since = null")

        await wake_claim(reported.stream_id)

        async def closed() -> bool:
            await engine.relay.drain()
            return await engine.status(reported.stream_id) is WorkflowExecutionStatus.COMPLETED

        await eventually(closed)
