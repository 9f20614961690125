"""An approval that comes when months are over: each can be applied for, and all of them are awaited."""

from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    certification,
    decided,
)

from claims.commands import command as cmd
from claims.entitlement.months import month_reasons
from claims.events import BenefitAuthorized, ClaimApproved, MonthForfeited
from law.regimes import LAW
from law.rules import Office

APPROVES = cmd.DecideByOfficer(approves=True, reason="the office confirmed it")


def referred() -> Story:
    """Referred on 10 March for its proof, and left with the officer."""
    return decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")


def granted(story: Story) -> list[tuple[int, int]]:
    return [(event.month, event.amount_idr) for event in story.all(BenefitAuthorized)]


def test_two_months_are_awaited_at_once_until_the_same_day() -> None:
    step = referred().when(APPROVES, "2025-05-20").step("2025-05-20")
    months = [(a.month, a.until.isoformat()) for a in step.awaited if a.what == "certification"]
    assert months == [(2, "2025-05-25T17:00:00+00:00"), (3, "2025-05-25T17:00:00+00:00")]
    assert step.benefit_month == 2


def test_what_is_asked_beside_the_months_is_asked_once() -> None:
    step = referred().when(APPROVES, "2025-05-20").step("2025-05-20")
    assert [(a.what, a.month) for a in step.awaited if not a.binds] == [
        ("self_assessment", 2),
        ("counselling", 2),
    ]


def test_they_may_be_applied_for_in_any_order() -> None:
    story = referred().when(APPROVES, "2025-05-20")
    story = story.when(certification(3), "2025-05-22").when(certification(2), "2025-05-25 23:59:59")
    assert granted(story) == [(1, 2_400_000), (3, 2_400_000), (2, 2_400_000)]
    assert not story.all(MonthForfeited)


def test_no_month_is_lost_while_the_authority_is_late() -> None:
    assert not referred().wake("2025-06-30").all(MonthForfeited)


def test_a_record_that_comes_late_gives_the_same_days() -> None:
    story = Story().when(a_report(a_layoff()), "2025-03-03").when(a_filing(), "2025-03-10")
    story = story.when(cmd.RecordContributions(record=a_record()), "2025-05-20")
    assert story.new(ClaimApproved)[0].catch_up_from is not None
    assert granted(story.when(certification(2), "2025-05-25")) == [(1, 2_400_000), (2, 2_400_000)]


def test_an_approval_in_time_has_no_such_days() -> None:
    assert referred().when(APPROVES, "2025-04-04").new(ClaimApproved)[0].catch_up_from is None


def test_month_6_still_asks_for_its_statement_where_its_search_is_not_asked() -> None:
    claim = referred().when(APPROVES, "2025-09-05").claim
    assert [reason.condition for reason in month_reasons(claim, 6, LAW)] == ["certification", "status_form"]
