"""Evidence of one month gives the same ledger in whatever order, and however late, it comes to be handled.

What counts is when a message was received. The order of handling is that of queues and outages, which are
nobody's fault.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    an_application,
    applications,
    approved,
    certification,
    days_later,
    lived_through,
    paid,
    self_assessment,
    sessions,
    wib,
)
from support.seeds import shared

from claims.commands import command as cmd
from claims.entitlement.windows import month_window, reference_date
from claims.events import (
    BenefitAuthorized,
    MonthForfeited,
    MonthReinstated,
    PaymentOrdered,
    SelfAssessmentCompleted,
)
from claims.events.facts import EffortKind
from law.grounds import Ground
from law.periods import JAKARTA
from law.regimes import LAW

Received = tuple[cmd.Command, datetime]
Where = Literal["search", "before", "opened", "last second", "too late", "long after"]


@dataclass(frozen=True)
class Handled:
    """A message with its time of receipt, how long it lay, and how often it came."""

    message: cmd.Command
    received: datetime
    lay: timedelta = timedelta()
    times: int = 1


def spelled(instant: datetime) -> str:
    return instant.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")


def told(story: Story, handled: Sequence[Handled], end: datetime) -> Story:
    """The story after messages handled one after the other, none before it was received, and a long wait."""
    now = min(each.received for each in handled)
    for each in handled:
        now = max(now, each.received + each.lay)
        for _ in range(each.times):
            story = story.when(each.message, spelled(now), received=spelled(each.received)).wake(spelled(now))
    return story.wake(spelled(max(end, now)))


def ledger(story: Story) -> tuple[dict[int, int], frozenset[int], frozenset[int]]:
    """Rupiah ordered month by month, and the months granted and lost in the end."""
    ordered: dict[int, int] = {}
    for event in story.all(PaymentOrdered):
        ordered[event.month] = ordered.get(event.month, 0) + event.amount_idr
    granted = frozenset(month.number for month in story.claim.months if month.authorized)
    lost = frozenset(month.number for month in story.claim.months if month.forfeited)
    return ordered, granted, lost


def instant(story: Story, month: int, where: Where, second: int) -> datetime:
    """A time of receipt by its place in the life of a month; `second` tells equal places apart."""
    window = month_window(story.claim, month, LAW, WEEKENDS_ONLY)
    searched_from = wib(reference_date(story.claim, month - 1).isoformat())
    at = {
        "search": searched_from + timedelta(days=12),
        "before": window.opens_at - timedelta(seconds=60),
        "opened": window.opens_at,
        "last second": window.closes_at - timedelta(seconds=30),
        "too late": window.closes_at,
        "long after": window.closes_at + timedelta(days=8),
    }[where]
    return at + timedelta(seconds=second)


IN_THE_WINDOW: tuple[Where, ...] = ("opened", "last second", "last second", "too late")
WHERE: tuple[Where, ...] = (
    *("search", "search", "before", "opened", "opened", "last second", "last second"),
    *("too late", "long after"),
)
BEGINNINGS = {
    (year, month): lived_through(approved(year), month - 1) if month > 2 else paid(approved(year), 1)
    for year in (2023, 2025)
    for month in (2, 3, 4, 6)
}


@st.composite
def months_of_evidence(draw: st.DrawFn) -> tuple[Story, int, list[Handled]]:
    """A month, and what was received of it: search, training, self-assessment, counselling, application."""
    year, month = draw(st.sampled_from(sorted(BEGINNINGS)))
    story = BEGINNINGS[(year, month)]
    day = days_later(reference_date(story.claim, month - 1).isoformat(), 5)
    trained = draw(st.sampled_from(["no", "no", "well", "badly"]))
    said: list[cmd.Command] = [certification(month)]
    said += draw(st.lists(st.sampled_from(_search(day, enough=trained != "badly")), min_size=1, max_size=6))
    if trained == "well":
        said += draw(st.lists(st.just(sessions(day, attended=4, absent=1)), min_size=1, max_size=2))
    if trained == "badly":
        said.append(sessions(day, attended=3, absent=1))
    said += draw(st.lists(st.sampled_from(_applied(day, month)), max_size=3))
    handled = [
        Handled(
            message,
            instant(story, month, draw(st.sampled_from(WHERE if n else IN_THE_WINDOW)), n),
            timedelta(hours=draw(st.sampled_from([0, 0, 1, 30, 200, 700]))),
            draw(st.sampled_from([1, 1, 2])),
        )
        for n, message in enumerate(said)
    ]
    return story, month, draw(st.permutations(handled))


def _search(day: str, *, enough: bool) -> list[cmd.Command]:
    """Applications to a few companies, told one by one or together; enough of them only where it may be."""
    one_by_one: list[cmd.Command] = [
        cmd.RecordJobSearch(efforts=(an_application(f"r{n}", day, company=f"PT {n}"),)) for n in range(1, 5)
    ]
    if not enough:
        return one_by_one
    call = cmd.RecordJobSearch(efforts=(an_application("call", day, kind=EffortKind.INTERVIEW_CALL),))
    return [*one_by_one, applications(3, day), applications(5, day), call]


def _applied(day: str, month: int) -> list[cmd.Command]:
    assessed: list[cmd.Command] = [self_assessment(day)] * 3
    counselled = cmd.AttendCounselling(attended_on=date.fromisoformat(day), office="office-1")
    return [certification(month), counselled, *assessed]


def in_order_of_receipt(handled: Sequence[Handled]) -> list[Handled]:
    return [Handled(each.message, each.received) for each in sorted(handled, key=lambda h: h.received)]


def gives_the_same_ledger(life: tuple[Story, int, list[Handled]]) -> None:
    story, month, handled = life
    end = month_window(story.claim, month, LAW, WEEKENDS_ONLY).closes_at + timedelta(days=70)

    at_once = told(story, in_order_of_receipt(handled), end)
    somehow = told(story, handled, end)

    assert ledger(somehow) == ledger(at_once)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(months_of_evidence())
def test_any_order_of_handling_evidence_of_a_month_gives_the_same_ledger(
    life: tuple[Story, int, list[Handled]],
) -> None:
    gives_the_same_ledger(life)


@pytest.mark.long
@settings(max_examples=shared(20_000), deadline=None, suppress_health_check=list(HealthCheck))
@given(months_of_evidence())
def test_any_order_of_handling_evidence_of_many_months_gives_the_same_ledger(
    life: tuple[Story, int, list[Handled]],
) -> None:
    gives_the_same_ledger(life)


def test_what_was_received_too_late_does_not_bring_a_month_back_by_way_of_another_message() -> None:
    """2021: the assessment came after the window, the application inside it but was handled last."""
    story = paid(approved(2023), 1).when(applications(5, "2023-03-20"), "2023-03-20")
    applied = Handled(certification(2), wib("2023-04-12"), lay=timedelta(days=10))
    assessed = Handled(self_assessment("2023-04-20"), wib("2023-04-20"))
    end = wib("2023-04-30")

    for order in ([applied, assessed], [assessed, applied], in_order_of_receipt([applied, assessed])):
        story_told = told(story, order, end)
        assert ledger(story_told) == ({1: 1_800_000}, frozenset({1}), frozenset({2}))
    assert [event.verdict.ground for event in story_told.all(SelfAssessmentCompleted)] == [
        Ground.WINDOW_CLOSED
    ]


def test_an_application_that_lay_in_a_queue_brings_its_month_back_and_only_once() -> None:
    story = paid(approved(2025), 1)
    searched = Handled(applications(5, "2025-03-20"), wib("2025-03-20"), lay=timedelta(days=40))
    applied = Handled(certification(2), wib("2025-04-10"), lay=timedelta(days=30), times=2)

    for order in ([searched, applied], [applied, searched]):
        late = told(story, order, wib("2025-05-09"))
        assert ledger(late) == ({1: 2_400_000, 2: 2_400_000}, frozenset({1, 2}), frozenset())
        assert [event.month for event in late.all(MonthForfeited)] == [2]
        assert [event.month for event in late.all(MonthReinstated)] == [2]


def test_the_one_order_that_tells_is_that_of_a_grant_and_of_training_missed() -> None:
    """Who is granted a month is not asked to give it back for what the provider says afterwards."""
    story = paid(approved(2025), 1).when(applications(5, "2025-03-20"), "2025-03-20")
    missed = Handled(sessions("2025-03-21", attended=3, absent=1), wib("2025-04-09"))
    applied = Handled(certification(2), wib("2025-04-10"))

    granted = told(story, [applied, missed], wib("2025-04-30"))
    lost = told(story, [missed, applied], wib("2025-04-30"))

    assert [event.month for event in granted.all(BenefitAuthorized)] == [1, 2]
    assert [event.month for event in lost.all(BenefitAuthorized)] == [1]
    assert [event.ground for event in lost.all(MonthForfeited)] == [Ground.ATTENDANCE_INSUFFICIENT]
