"""Who has the ball: in every state that can be reached somebody has it, until a date, by an article."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    an_outcome,
    applications,
    approved,
    certification,
    lived_through,
    months_between,
    reported,
    searched,
    wib,
)

from claims import messages as m
from claims.awaiting import Owner
from claims.claim import OPEN_ORDER_STATES, OrderState
from claims.next_step import Status, Step, Todo, current_month
from claims.periods import JAKARTA, day_of
from claims.reasons import Ground
from claims.rules import Office, SeparationReason
from claims.windows import month_window

STATES_WALKED = 400
WAITING_FOR_A_WORD = {Owner.OFFICER, Owner.BANK, Owner.TREASURER}


def spelled(instant: datetime) -> str:
    return instant.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")


def abstract(story: Story, step: Step, at: str) -> tuple[object, ...]:
    """What matters of a state: identities, amounts and the history of finished months do not."""
    claim = story.claim
    month = current_month(claim) or 0
    open_months = tuple(
        (m.last_order.state, m.last_order.failure and m.last_order.failure.ground, m.number == month - 1)
        for m in claim.months
        if m.last_order is not None and m.last_order.state is not OrderState.SETTLED
    )
    phase: object = None
    if month:
        window = month_window(claim, month, story.law, story.calendar)
        phase = (window.holds(wib(at)), claim.month(month).certified)
    return (
        step.status,
        step.todo,
        tuple((a.what, a.owner) for a in step.awaited),
        month,
        phase,
        open_months[-2:],
        claim.self_assessed,
        claim.reemployed_since is not None,
        claim.ceased and claim.ceased.ground,
        step.next_at is None,
    )


def inputs(story: Story, at: str) -> Iterator[m.Message]:
    """Everything that may be said to a claim now and could matter."""
    claim, today = story.claim, day_of(wib(at))
    laid_off = claim.layoff
    if laid_off is None:
        return
    if claim.filing is None:
        yield m.WithdrawLayoff(reported_by="employer")
        yield a_report(laid_off, "participant")
    yield a_filing()
    if claim.filing is not None and claim.record is None:
        year = laid_off.laid_off_on.year
        good = a_record(paid=months_between(f"{year - 1}-03", f"{year}-02"))
        yield m.RecordContributions(record=good)
        yield m.RecordContributions(record=good.model_copy(update={"months": ()}))
        yield m.RecordContributions(
            record=good.model_copy(update={"earlier_benefits_first_paid_on": (wib("2021-05-03").date(),)})
        )
    if claim.decision is not None and claim.approved is None:
        yield m.DecideByOfficer(approves=True, reason="seen")
        yield m.DecideByOfficer(approves=False, reason="not seen")
    if claim.approved is not None:
        yield applications(5, today.isoformat())
        yield m.CompleteSelfAssessment(form_version="asesmen-1", completed_on=today)
        if (month := current_month(claim)) is not None:
            yield certification(max(month, 2))
        yield m.ChangeAccount(account_version=claim.account_version + 1)
        yield m.ReportDeath(died_on=today)
    yield m.ReportReemployment(since=today)
    yield m.WithdrawClaim(reason="moved")
    yield from outcomes(story)


def outcomes(story: Story) -> Iterator[m.Message]:
    """What a bank may say of each newest order."""
    for month in story.claim.months:
        order = month.last_order
        if order is None:
            continue
        if order.state in OPEN_ORDER_STATES:
            yield an_outcome(order, "open")
            yield an_outcome(order, "settled")
            yield an_outcome(order, "refused", Ground.ACCOUNT_REFUSED)
            yield an_outcome(order, "refused", Ground.NOT_EXECUTED)
        if order.state is OrderState.SETTLED and month.number in (1, 6):
            yield an_outcome(order, "returned")


def check(story: Story, step: Step, at: str) -> None:
    """Nobody is left without an owner, a date to come, an article and a consequence."""
    assert story.wake(at).events == story.events, "looking again changes nothing"
    open_orders = [
        o.state for month in story.claim.months for o in month.orders if o.state in OPEN_ORDER_STATES
    ]
    if step.todo is Todo.FINISH:
        assert not open_orders
        assert step.awaited == ()
        assert step.next_at is None
        return
    assert step.awaited
    for awaited in step.awaited:
        assert awaited.owner is not Owner.NOBODY
        assert awaited.until > wib(at)
        assert "Pasal" in awaited.article or "Peraturan" in awaited.article
        assert awaited.consequence
    assert step.next_at is None or step.next_at > wib(at)
    if step.todo is Todo.WAIT and step.next_at is None:
        assert all(a.owner in WAITING_FOR_A_WORD or a.what == "bank_account" for a in step.awaited)
    if step.todo is Todo.TRANSFER:
        assert step.order_ids
        assert {story.claim.find_order(o) is not None for o in step.order_ids} == {True}


def walk(start: Story, at: str) -> list[tuple[Story, Step]]:
    """Breadth first over everything that may be said, and over time: to the next instant, or ten days on."""
    seen: set[tuple[object, ...]] = set()
    queue = deque([(start, at)])
    walked: list[tuple[Story, Step]] = []
    while queue and len(walked) < STATES_WALKED:
        story, now = queue.popleft()
        step = story.step(now)
        key = abstract(story, step, now)
        if key in seen:
            continue
        seen.add(key)
        walked.append((story, step))
        check(story, step, now)
        queue.extend((story.when(message, now), now) for message in inputs(story, now))
        later = spelled(step.next_at or wib(now) + timedelta(days=10))
        queue.append((story.wake(later), later))
    return walked


@pytest.mark.parametrize("year", [2023, 2025])
def test_every_state_that_is_not_finished_has_an_owner_a_date_an_article_and_a_consequence(year: int) -> None:
    walked = walk(reported(a_layoff(f"{year}-03-03")), f"{year}-03-03")
    assert {step.status for _, step in walked} >= {
        Status.REPORTED,
        Status.VALIDATING,
        Status.REFERRED,
        Status.DENIED,
        Status.IN_BENEFIT,
        Status.CEASED,
        Status.LAPSED,
        Status.WITHDRAWN,
        Status.LAYOFF_WITHDRAWN,
    }


@pytest.mark.parametrize("year", [2023, 2025])
def test_so_has_every_state_near_the_end_of_the_benefit_period(year: int) -> None:
    walked = walk(searched(lived_through(approved(year), 4), 5), f"{year}-07-09")
    assert Status.EXHAUSTED in {step.status for _, step in walked}


def test_an_empty_claim_is_nobody_s() -> None:
    step = Story().step("2025-03-03")
    assert (step.todo, step.awaited, step.next_at) == (Todo.FINISH, (), None)


def test_a_reported_layoff_awaits_the_filing_with_a_reminder_two_weeks_before_the_end() -> None:
    step = reported().step("2025-03-03")
    assert step.status is Status.REPORTED
    assert [(a.what, a.owner, a.until) for a in step.awaited] == [
        ("filing", Owner.CLAIMANT, wib("2025-09-04 00:00:00"))
    ]
    assert step.next_at == wib("2025-08-21 00:00:00")
    assert reported().step("2025-08-21 00:00:00").next_at == wib("2025-09-04 00:00:00")


def test_a_filed_claim_awaits_the_record_of_bpjs_within_three_working_days() -> None:
    step = reported().when(a_filing(), "2025-03-10").step("2025-03-10")
    assert (step.status, step.todo) == (Status.VALIDATING, Todo.FETCH_RECORD)
    assert (step.awaited[0].owner, step.awaited[0].until) == (Owner.BPJS, wib("2025-03-14 00:00:00"))
    late = reported().when(a_filing(), "2025-03-10").step("2025-03-14 00:00:00")
    assert late.awaited[0].until == wib("2025-03-18 00:00:00")


def test_a_referred_claim_awaits_an_officer_within_three_working_days() -> None:
    story = reported(a_layoff(office=Office.NONE)).when(a_filing(), "2025-03-10")
    step = story.when(m.RecordContributions(record=a_record()), "2025-03-10").step("2025-03-10")
    assert step.status is Status.REFERRED
    assert (step.awaited[0].owner, step.awaited[0].until) == (Owner.OFFICER, wib("2025-03-14 00:00:00"))


def test_a_denied_claim_awaits_another_filing_until_the_window_closes() -> None:
    story = reported(a_layoff(reason=SeparationReason.RESIGNATION)).when(a_filing(), "2025-03-10")
    step = story.when(m.RecordContributions(record=a_record()), "2025-03-10").step("2025-03-10")
    assert step.status is Status.DENIED
    assert step.next_at == wib("2025-09-04 00:00:00")


def test_a_month_awaits_the_search_first_and_then_the_application() -> None:
    story = lived_through(approved(2025), 1)
    step = story.step("2025-03-11")
    assert [(a.what, a.month, a.until, a.binds) for a in step.awaited] == [
        ("job_search", 2, wib("2025-04-16 00:00:00"), True),
        ("counselling", 2, wib("2025-04-16 00:00:00"), False),
    ]
    assert step.next_at == wib("2025-04-10 00:00:00")
    then = searched(story, 2).step("2025-04-10 00:00:00")
    assert [(a.what, a.month) for a in then.awaited if a.binds] == [("certification", 2)]
    assert then.next_at == wib("2025-04-11 00:00:00")
    assert searched(story, 2).step("2025-04-14").next_at == wib("2025-04-16 00:00:00")


def test_inside_the_grace_a_deadline_is_still_to_come() -> None:
    story = replace(lived_through(approved(2025), 1), grace=timedelta(minutes=2))
    story = story.wake("2025-04-16 00:01:00")
    assert story.claim.month(2).forfeited is None
    assert story.step("2025-04-16 00:01:00").next_at == wib("2025-04-16 00:00:00")
    assert story.wake("2025-04-16 00:02:00").claim.month(2).forfeited is not None


def test_a_message_received_after_a_deadline_makes_it_take_effect_without_waiting_for_the_grace() -> None:
    story = replace(lived_through(approved(2025), 1), grace=timedelta(minutes=2))
    story = story.when(certification(2), "2025-04-16 00:00:01")
    assert story.told.verdict.ground is Ground.WINDOW_CLOSED
    assert story.claim.month(2).forfeited is not None


def test_a_message_received_before_a_deadline_and_handled_in_its_grace_finds_the_month_open() -> None:
    story = replace(searched(lived_through(approved(2025), 1), 2), grace=timedelta(minutes=2))
    story = story.when(certification(2), "2025-04-16 00:01:00", received="2025-04-15 23:59:59")
    assert story.claim.month(2).authorized is not None
