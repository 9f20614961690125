"""A claim lives its six months by messages to the step alone."""

from datetime import timedelta
from uuid import UUID

from support.store_world import StoreWorld

from claims.commands.command import CompleteSelfAssessment, RecordTransfer
from claims.entitlement.windows import month_window, reference_date
from law.grounds import Ground
from law.periods import day_of
from payments.ledger import LedgerAccount as A
from store.claims.history import recorded_events
from store.claims.kind import ClaimStepResult
from store.claims.queries import payments_of, view_claim
from store.engine.streams import first_broken_version
from store.payments.ledger import balance
from store.payments.orders import begin_sending
from store.scheduling.clock import advance_to, read_clock


async def pay(world: StoreWorld, result: ClaimStepResult) -> ClaimStepResult:
    """The bank executes the one order that is to be sent."""
    [order_id] = result.next_step.order_ids
    permit = await begin_sending(world.pool, order_id, lease=timedelta(minutes=5))
    assert permit is not None
    settled = RecordTransfer(
        order_id=order_id,
        outcome="settled",
        amount_idr=permit.amount_idr,
        ground=Ground.MET,
        bank_code="2003600",
        found_by="inquiry",
    )
    return await world.say(result.stream_id, settled)


async def search(world: StoreWorld, stream_id: UUID, month: int) -> None:
    """Five applications on the first day that counts for a month."""
    claim = (await view_claim(world.steps, stream_id)).claim
    await go_to_day_of(world, stream_id, month)
    await world.say(stream_id, world.five_applications(reference_date(claim, month - 1)))


async def go_to_day_of(world: StoreWorld, stream_id: UUID, month: int) -> None:
    """The window of a month opens."""
    claim = (await view_claim(world.steps, stream_id)).claim
    window = month_window(claim, month, world.steps.law, world.steps.calendar)
    async with world.pool.acquire() as connection:
        await advance_to(connection, window.opens_at + timedelta(hours=3))


async def test_all_six_months_are_paid(world: StoreWorld) -> None:
    result = await pay(world, await world.approved())
    stream_id = result.stream_id
    await world.say(stream_id, CompleteSelfAssessment(form_version="a-1", completed_on=day_of(result.at)))

    for month in range(2, 7):
        await search(world, stream_id, month)
        certified = await world.say(stream_id, world.certification(month))
        assert certified.next_step.todo == "transfer", f"month {month}"
        result = await pay(world, certified)

    assert (result.next_step.status, result.next_step.todo) == ("exhausted", "finish")
    assert [(p.month, p.amount_idr, p.state) for p in await payments_of(world.pool, stream_id)] == [
        (month, 3_000_000, "settled") for month in range(1, 7)
    ]
    ledger = [await balance(world.pool, account) for account in (A.BENEFITS, A.PAYABLE, A.BANK)]
    assert ledger == [18_000_000, 0, -18_000_000]
    assert await first_broken_version(world.pool, stream_id) is None
    row = await world.pool.fetchrow("select status, payment_state, todo from claims")
    assert row is not None
    assert tuple(row) == ("exhausted", "paid", "finish")


async def test_nobody_does_anything_and_five_months_are_forfeited_each_at_its_deadline(
    world: StoreWorld,
) -> None:
    result = await pay(world, await world.approved())
    while (due_at := (await world.say(result.stream_id)).next_step.next_at) is not None:
        await world.pass_to_next()
        assert (await read_clock(world.pool)).at == due_at

    forfeited = [
        (recorded.event.month, recorded.effective_at.isoformat())
        for recorded in await recorded_events(world.pool, result.stream_id)
        if recorded.event.type == "month_forfeited"
    ]
    assert forfeited == [
        (2, "2025-03-15T17:00:00+00:00"),
        (3, "2025-04-15T17:00:00+00:00"),
        (4, "2025-05-15T17:00:00+00:00"),
        (5, "2025-06-15T17:00:00+00:00"),
        (6, "2025-08-09T17:00:00+00:00"),
    ]
    assert (await view_claim(world.steps, result.stream_id)).next_step.status == "exhausted"


async def test_half_a_year_that_nobody_looked_at_is_decided_as_if_somebody_had(world: StoreWorld) -> None:
    watched = await pay(world, await world.approved())
    slept = await pay(world, await world.approved(nik="3273014502900002"))
    for _ in range(200):
        await world.pass_days(1)
        await world.say(watched.stream_id)

    await world.say(slept.stream_id)

    stories = [
        [
            (recorded.event, recorded.effective_at)
            for recorded in await recorded_events(world.pool, each.stream_id)
            if recorded.event.type == "month_forfeited"
        ]
        for each in (watched, slept)
    ]
    assert len(stories[0]) == 5
    assert stories[0] == stories[1]
