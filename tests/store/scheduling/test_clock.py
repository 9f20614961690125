"""The programme clock: stepped it stands until moved, never goes back, and says when all is done."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from support.store_world import StoreWorld, paid_record

from claims.commands.command import RecordContributions, RecordTransfer
from law.grounds import Ground
from store.claims.kind import ClaimStepResult
from store.engine.step import Caller
from store.payments.orders import begin_sending, plan_asking
from store.scheduling.clock import (
    Advanced,
    Clock,
    ClockAlreadySet,
    advance_by,
    advance_to,
    advance_to_next,
    is_ready,
    read_clock,
    set_clock,
)

STARTS_AT = datetime(2025, 2, 10, 1, 0, tzinfo=UTC)


async def advance(world: StoreWorld, span: timedelta) -> Advanced:
    async with world.pool.acquire() as connection:
        return await advance_by(connection, span)


async def put(world: StoreWorld, programme_at: datetime | None, speed: float) -> None:
    async with world.pool.acquire() as connection:
        await set_clock(connection, programme_at, speed)


async def test_a_stepped_clock_stands_until_it_is_moved(world: StoreWorld) -> None:
    assert await read_clock(world.pool) == Clock(STARTS_AT, 0.0)
    assert await read_clock(world.pool) == Clock(STARTS_AT, 0.0)

    moved = await advance(world, timedelta(days=1, seconds=1))

    assert moved == Advanced(datetime(2025, 2, 11, 1, 0, 1, tzinfo=UTC), 0)
    assert (await read_clock(world.pool)).at == moved.at


async def test_a_clock_never_goes_back(world: StoreWorld) -> None:
    async with world.pool.acquire() as connection:
        assert (await advance_to(connection, STARTS_AT - timedelta(days=1))).at == STARTS_AT
        assert (await advance_to_next(connection)).at == STARTS_AT
        with pytest.raises(ValueError, match="never back"):
            await advance_by(connection, timedelta(seconds=-1))

    assert (await read_clock(world.pool)).at == STARTS_AT


async def test_another_speed_goes_on_from_the_programme_time_and_never_back(world: StoreWorld) -> None:
    with pytest.raises(ValueError, match="never back"):
        await put(world, STARTS_AT - timedelta(seconds=1), 0)

    await put(world, None, 86_400)
    running = await read_clock(world.pool)
    await put(world, None, 0)
    stopped = await read_clock(world.pool)

    assert STARTS_AT < running.at < stopped.at
    assert stopped == await read_clock(world.pool)


async def test_at_real_speed_the_programme_time_is_the_real_time(world: StoreWorld) -> None:
    with pytest.raises(ValueError, match="give no instant"):
        await put(world, STARTS_AT, 1)


async def test_a_move_to_the_next_instant_wakes_what_is_due_then(world: StoreWorld) -> None:
    reported = await world.report(await world.layoff())
    await world.report(await world.layoff(nik="3273014502900002", laid_off_on=datetime(2025, 2, 7).date()))  # noqa: DTZ001
    await world.pool.execute("update wakeups set seen = wanted")

    async with world.pool.acquire() as connection:
        moved = await advance_to_next(connection)

    assert moved == Advanced(reported.next_step.next_at, 1)  # type: ignore[arg-type]
    unheard = await world.pool.fetch("select workflow_id from wakeups where wanted > seen")
    assert [row["workflow_id"] for row in unheard] == [f"claim/{reported.stream_id}"]


async def test_a_move_counts_once_what_nobody_has_heard_yet(world: StoreWorld) -> None:
    await world.report(await world.layoff())
    await world.pool.execute("update wakeups set seen = wanted")

    assert (await advance(world, timedelta(days=400))).woken == 1
    assert (await advance(world, timedelta(days=1))).woken == 0


async def test_a_move_waits_for_the_steps_that_have_read_the_time(world: StoreWorld) -> None:
    filed = await world.filed()
    record = world.incoming(RecordContributions(record=paid_record()))

    async with world.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        step = await world.steps.run_step_in(connection, filed.stream_id, [record], Caller.OTHER)
        moving = asyncio.ensure_future(advance(world, timedelta(days=400)))
        async with asyncio.timeout(60):
            while not await world.pool.fetchval("select exists (select from pg_locks where not granted)"):
                pass
        assert not moving.done()
        await transaction.commit()

    assert step.at == STARTS_AT
    assert (await moving).woken == 0  # wanted already, by the step itself
    assert (await world.say(filed.stream_id)).at == STARTS_AT + timedelta(days=400)


async def test_a_running_clock_runs_at_its_speed_and_is_not_moved(world: StoreWorld) -> None:
    await put(world, STARTS_AT, 86_400)
    first = await read_clock(world.pool)
    second = await read_clock(world.pool)

    assert STARTS_AT < first.at < second.at
    assert (first.stepped, first.grace) == (False, timedelta(minutes=2))
    assert first.seconds_until(first.at + timedelta(days=7)) == pytest.approx(7)
    assert first.seconds_until(first.at - timedelta(days=7)) == 0
    with pytest.raises(ValueError, match="stepped"):
        await advance(world, timedelta(days=1))


async def test_a_change_of_speed_wakes_everything_that_is_due_some_day(world: StoreWorld) -> None:
    await world.report(await world.layoff())
    await world.pool.execute("update wakeups set seen = wanted")

    await put(world, STARTS_AT, 100)

    assert await world.pool.fetchval("select wanted - seen from wakeups") == 1


async def test_a_real_clock_is_set_once(world: StoreWorld) -> None:
    with pytest.raises(ClockAlreadySet):
        await put(world, None, 1)
    await world.pool.execute("update clock set speed = 1")
    for speed in (0, 1, 100):
        with pytest.raises(ClockAlreadySet):
            await put(world, None, speed)

    assert (await read_clock(world.pool)).speed == 1


async def seen_and_sent(world: StoreWorld, result: ClaimStepResult) -> None:
    """The workflow has looked and the letters are out."""
    await world.pool.execute("update notices set sent_at = now()")
    await world.steps.run_step(result.stream_id, (), Caller.WORKFLOW)


async def a_claim_that_waits(world: StoreWorld) -> ClaimStepResult:
    reported = await world.report(await world.layoff())
    await seen_and_sent(world, reported)
    assert await is_ready(world.pool)
    return reported


async def wanted(world: StoreWorld, result: ClaimStepResult) -> None:
    await world.pool.execute("update wakeups set wanted = wanted + 1")


async def due(world: StoreWorld, result: ClaimStepResult) -> None:
    await world.pool.execute("update clock set programme_at = (select due_at from wakeups)")


async def letter_unsent(world: StoreWorld, result: ClaimStepResult) -> None:
    await world.pool.execute("update notices set sent_at = null")


async def letter_unsent_and_seen(world: StoreWorld, result: ClaimStepResult) -> None:
    await world.pool.execute("update notices set sent_at = null")
    await world.steps.run_step(result.stream_id, (), Caller.WORKFLOW)


async def record_to_fetch(world: StoreWorld, result: ClaimStepResult) -> None:
    await seen_and_sent(world, await world.filed())


async def order_to_send(world: StoreWorld, result: ClaimStepResult) -> None:
    await seen_and_sent(world, await world.approved())


async def order_being_sent(world: StoreWorld, result: ClaimStepResult) -> None:
    approved = await world.approved()
    await begin_sending(world.pool, approved.next_step.order_ids[0], lease=timedelta(minutes=5))
    await seen_and_sent(world, approved)


@pytest.mark.parametrize(
    "what",
    [wanted, due, letter_unsent, letter_unsent_and_seen, record_to_fetch, order_to_send, order_being_sent],
)
async def test_not_everything_is_done(
    world: StoreWorld, what: Callable[[StoreWorld, ClaimStepResult], Awaitable[None]]
) -> None:
    result = await a_claim_that_waits(world)

    await what(world, result)

    assert not await is_ready(world.pool)


async def test_everything_is_done_when_all_wait(world: StoreWorld) -> None:
    assert await is_ready(world.pool)
    await a_claim_that_waits(world)
    await world.pool.execute("update notices set sent_at = null, given_up_at = now()")

    assert await is_ready(world.pool)


async def test_an_open_outcome_is_nothing_to_do_until_it_is_time_to_ask(world: StoreWorld) -> None:
    approved = await world.approved()
    [order_id] = approved.next_step.order_ids
    await begin_sending(world.pool, order_id, lease=timedelta(minutes=5))
    sent = RecordTransfer(
        order_id=order_id,
        outcome="open",
        amount_idr=3_000_000,
        ground=Ground.NOT_EXECUTED,
        bank_code="none",
        found_by="answer",
    )
    await seen_and_sent(world, await world.say(approved.stream_id, sent))
    assert not await is_ready(world.pool)

    await world.pool.execute("update payment_orders set next_ask_at = next_ask_at + interval '30 seconds'")
    await plan_asking(world.pool, order_id)
    assert await is_ready(world.pool)

    assert (await advance(world, timedelta(seconds=30))).woken == 1
    assert not await is_ready(world.pool)
