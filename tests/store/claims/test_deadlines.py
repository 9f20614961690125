"""Deadlines take effect before a message is handled, and a message counts from when it was received."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.store_world import StoreWorld

from claims.commands.command import Command, FileClaim
from law.grounds import Ground
from store.claims.history import RecordedEvent, recorded_events
from store.claims.kind import ClaimStepResult
from store.engine.step import Caller
from store.scheduling.clock import set_clock

MONTH_2_CLOSES_AT = datetime(2025, 3, 15, 17, 0, tzinfo=UTC)
LAYOFF_LAPSES_AT = datetime(2025, 7, 31, 17, 0, tzinfo=UTC)


async def events_since(world: StoreWorld, result: ClaimStepResult) -> list[RecordedEvent]:
    return (await recorded_events(world.pool, result.stream_id))[result.version :]


async def searched(world: StoreWorld) -> ClaimStepResult:
    """A claim approved on 10 February whose five applications for month 2 are recorded."""
    approved = await world.approved()
    await world.pass_days(3)
    return await world.say(approved.stream_id, world.five_applications((approved.at + timedelta(3)).date()))


async def certify(
    world: StoreWorld, result: ClaimStepResult, received_at: datetime, caller: Caller
) -> ClaimStepResult:
    incoming = replace(world.incoming(world.certification(2)), received_at=received_at)
    return await world.steps.run_step(result.stream_id, [incoming], caller)


@pytest.mark.parametrize("caller", list(Caller))
async def test_a_window_that_closed_before_a_message_is_closed_for_it(
    world: StoreWorld, caller: Caller
) -> None:
    result = await searched(world)
    await world.pass_days(60)

    late = await world.say(result.stream_id, world.certification(2), caller=caller)

    assert late.results[0].verdict.ground is Ground.WINDOW_CLOSED
    new = await events_since(world, result)
    assert [(r.event.type, r.effective_at) for r in new[:1]] == [("month_forfeited", MONTH_2_CLOSES_AT)]
    assert (new[0].actor, new[0].recorded_at) == ("engine", late.at)
    assert [r.event.type for r in new].index("month_certified") > 0


@pytest.mark.parametrize("caller", list(Caller))
async def test_a_deadline_takes_effect_without_any_message(world: StoreWorld, caller: Caller) -> None:
    result = await searched(world)
    await world.pass_days(60)

    await world.steps.run_step(result.stream_id, (), caller)

    assert [r.event.type for r in await events_since(world, result)] == ["month_forfeited"] * 1


async def test_the_last_second_of_a_window_is_inside_and_the_next_is_not(world: StoreWorld) -> None:
    result = await searched(world)
    await world.pass_days((MONTH_2_CLOSES_AT - result.at - timedelta(seconds=1)) / timedelta(days=1))

    in_time = await world.say(result.stream_id, world.certification(2))

    assert in_time.at == MONTH_2_CLOSES_AT - timedelta(seconds=1)
    assert in_time.results[0].verdict.ground is Ground.COUNTS
    assert "benefit_authorized" in [r.event.type for r in await events_since(world, result)]


async def test_a_message_received_in_time_brings_back_the_month_that_closed_before_it_was_handled(
    world: StoreWorld,
) -> None:
    result = await searched(world)
    await world.pass_days(40)
    await world.say(result.stream_id)

    await certify(world, result, MONTH_2_CLOSES_AT - timedelta(seconds=1), Caller.OTHER)

    assert [r.event.type for r in await events_since(world, result)] == [
        "month_forfeited",
        "month_certified",
        "month_reinstated",
        "benefit_authorized",
        "payment_ordered",
    ]


async def test_a_message_received_in_time_but_not_sufficient_brings_nothing_back(world: StoreWorld) -> None:
    approved = await world.approved()
    await world.pass_days(40)
    await world.say(approved.stream_id)

    result = await certify(world, approved, MONTH_2_CLOSES_AT - timedelta(seconds=1), Caller.OTHER)

    assert result.results[0].verdict.ground is Ground.COUNTS
    assert [r.event.type for r in await events_since(world, approved)] == [
        "month_forfeited",
        "month_certified",
    ]


async def test_a_message_received_at_the_deadline_is_outside_although_nobody_had_looked(
    world: StoreWorld,
) -> None:
    result = await searched(world)
    await world.pass_days(40)

    late = await certify(world, result, MONTH_2_CLOSES_AT, Caller.OTHER)

    assert late.results[0].verdict.ground is Ground.WINDOW_CLOSED
    assert [r.event.type for r in await events_since(world, result)] == ["month_forfeited", "month_certified"]


async def test_a_filing_received_in_time_brings_back_a_lapsed_claim(world: StoreWorld) -> None:
    layoff = await world.layoff()
    reported = await world.report(layoff)
    version = await world.account(layoff.participant)
    await world.pass_days(200)
    lapsed = await world.say(reported.stream_id)
    filing = FileClaim(
        participant=layoff.participant,
        account_version=version,
        commitment_version="kapk-1",
        commitment_sha256="0" * 64,
    )

    async def file(received_at: datetime) -> ClaimStepResult:
        incoming = replace(world.incoming(filing), received_at=received_at)
        return await world.steps.run_step(reported.stream_id, [incoming])

    assert lapsed.next_step.status == "lapsed"
    late = await file(LAYOFF_LAPSES_AT)
    assert late.results[0].verdict.ground is Ground.FILED_TOO_LATE
    in_time = await file(LAYOFF_LAPSES_AT - timedelta(seconds=1))
    assert in_time.next_step.status == "validating"
    recorded = await recorded_events(world.pool, reported.stream_id)
    assert [(r.event.type, r.effective_at) for r in recorded[1:]] == [
        ("claim_lapsed", LAYOFF_LAPSES_AT),
        ("filing_not_accepted", LAYOFF_LAPSES_AT),
        ("claim_reinstated", LAYOFF_LAPSES_AT - timedelta(seconds=1)),
        ("claim_filed", LAYOFF_LAPSES_AT - timedelta(seconds=1)),
    ]


async def almost_still(world: StoreWorld, programme_at: datetime) -> None:
    """A running clock that needs years for a second, so that the grace counts and nothing else moves."""
    async with world.pool.acquire() as connection:
        await set_clock(connection, programme_at, 1e-9)


@pytest.mark.parametrize(
    ("after", "forfeited"), [(timedelta(seconds=119), False), (timedelta(seconds=120), True)]
)
async def test_on_a_running_clock_a_deadline_takes_effect_two_minutes_late(
    world: StoreWorld, after: timedelta, forfeited: bool
) -> None:
    result = await searched(world)
    await almost_still(world, MONTH_2_CLOSES_AT + after)

    looked = await world.say(result.stream_id)

    types = [r.event.type for r in await events_since(world, result)]
    assert types == (["month_forfeited"] if forfeited else [])
    if not forfeited:
        due_at = await world.pool.fetchval("select due_at from wakeups")
        assert due_at == MONTH_2_CLOSES_AT + timedelta(minutes=2)
        assert looked.sleep_seconds is not None
        assert looked.sleep_seconds > 0


async def test_inside_the_grace_a_message_received_after_the_deadline_is_late(world: StoreWorld) -> None:
    result = await searched(world)
    await almost_still(world, MONTH_2_CLOSES_AT + timedelta(seconds=60))

    late = await world.say(result.stream_id, world.certification(2))

    assert late.results[0].verdict.ground is Ground.WINDOW_CLOSED
    types = [r.event.type for r in await events_since(world, result)]
    assert types == ["month_forfeited", "month_certified"]


async def test_inside_the_grace_a_message_received_before_the_deadline_is_in_time(world: StoreWorld) -> None:
    result = await searched(world)
    await almost_still(world, MONTH_2_CLOSES_AT + timedelta(seconds=60))

    await certify(world, result, MONTH_2_CLOSES_AT - timedelta(seconds=1), Caller.OTHER)

    types = [r.event.type for r in await events_since(world, result)]
    assert types == ["month_certified", "benefit_authorized", "payment_ordered"]


async def test_when_stepped_nobody_sleeps_towards_a_deadline(world: StoreWorld) -> None:
    result = await searched(world)

    assert result.sleep_seconds is None
    assert await world.pool.fetchval("select due_at from wakeups") == result.next_step.next_at


def said(world: StoreWorld) -> tuple[Command, ...]:
    return (world.certification(2), world.certification(3))


async def test_two_messages_of_one_step_are_decided_each_by_its_own_receipt(world: StoreWorld) -> None:
    result = await searched(world)
    await world.pass_days(30)
    first, second = (world.incoming(message) for message in said(world))
    incoming = [
        replace(first, received_at=MONTH_2_CLOSES_AT - timedelta(seconds=1)),
        replace(second, received_at=MONTH_2_CLOSES_AT + timedelta(seconds=1)),
    ]

    both = await world.steps.run_step(result.stream_id, incoming)

    assert [answer.verdict.ground for answer in both.results] == [Ground.COUNTS, Ground.WINDOW_NOT_OPEN]
