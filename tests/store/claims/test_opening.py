"""Who reports a layoff, and when: one claim for one layoff, a new claim for a new one."""

import asyncio
from datetime import date, timedelta

import pytest
from support.store_world import StoreWorld

from law.grounds import Ground
from store.claims.history import recorded_events
from store.engine.messages import MessageIdReused

LAID_OFF_ON = date(2025, 1, 31)


async def claims(world: StoreWorld) -> int:
    count: int = await world.pool.fetchval("select count(*) from streams")
    return count


async def test_employer_and_participant_report_at_the_same_time_and_make_one_claim(world: StoreWorld) -> None:
    layoff = await world.layoff()

    both = await asyncio.gather(world.report(layoff), world.report(layoff, by="participant"))

    assert both[0].stream_id == both[1].stream_id
    assert [r.event.type for r in await recorded_events(world.pool, both[0].stream_id)] == [
        "layoff_reported",
        "layoff_corrected",
    ]


async def test_ten_reports_at_once_make_one_claim(world: StoreWorld) -> None:
    layoff = await world.layoff()

    result = await asyncio.gather(*(world.report(layoff) for _ in range(10)))

    assert len({each.stream_id for each in result}) == await claims(world) == 1
    assert sorted(each.results[0].verdict.ground for each in result) == [
        *[Ground.ALREADY_RECORDED] * 9,
        Ground.COUNTS,
    ]


@pytest.mark.parametrize(("days", "number"), [(60, 1), (-60, 1), (61, 2), (-61, 2)])
async def test_sixty_days_apart_is_the_same_layoff_and_sixty_one_a_new_one(
    world: StoreWorld, days: int, number: int
) -> None:
    await world.report(await world.layoff(laid_off_on=LAID_OFF_ON))

    await world.report(await world.layoff(laid_off_on=LAID_OFF_ON + timedelta(days=days)))

    assert await claims(world) == number


async def test_another_employer_is_another_claim(world: StoreWorld) -> None:
    layoff = await world.layoff()
    await world.report(layoff)

    await world.report(layoff.model_copy(update={"employer_registration": "EMP-2"}))

    assert await claims(world) == 2


async def test_another_report_corrects_what_is_known_of_the_layoff(world: StoreWorld) -> None:
    layoff = await world.layoff()
    first = await world.report(layoff)

    corrected = await world.report(layoff.model_copy(update={"regency": "3172"}))

    assert corrected.stream_id == first.stream_id
    assert corrected.state.layoff is not None
    assert corrected.state.layoff.regency == "3172"


async def test_the_same_report_twice_has_the_same_answer_and_opens_nothing(world: StoreWorld) -> None:
    layoff = await world.layoff()
    first = await world.report(layoff, message_id="phk-1")

    second = await world.report(layoff, message_id="phk-1")

    assert (second.stream_id, second.results, second.replayed) == (first.stream_id, first.results, True)
    assert await claims(world) == 1


async def test_a_report_under_a_used_id_leaves_no_claim_behind(world: StoreWorld) -> None:
    await world.report(await world.layoff(), message_id="phk-1")
    other = await world.layoff(nik="3273014502900002")

    with pytest.raises(MessageIdReused):
        await world.report(other, message_id="phk-1")

    assert await claims(world) == 1


async def test_an_opened_claim_wants_attention_once(world: StoreWorld) -> None:
    result = await world.report(await world.layoff(), message_id="phk-1")

    row = await world.pool.fetchrow("select * from wakeups")

    assert row is not None
    assert (row["workflow_id"], row["wanted"], row["seen"]) == (f"claim/{result.stream_id}", 1, 0)
    assert row["news"] == '[["layoff_report", "phk-1"]]'
