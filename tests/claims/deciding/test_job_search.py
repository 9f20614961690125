"""Job search: five applications or one call in the month before; each effort is told why it counts or not."""

from dataclasses import replace
from datetime import date

import pytest
from support.builders import (
    Story,
    a_filing,
    an_application,
    an_interview_call,
    applications,
    approved,
    certification,
    days_later,
    lived_through,
    reported,
    self_assessment,
    sessions,
)

from claims.commands.command import RecordJobSearch
from claims.deciding.answers import EffortAnswer
from claims.events import BenefitAuthorized, JobApplicationRecorded, MonthForfeited
from law.grounds import Ground, Result
from law.regimes import RULES_2021, RULES_2025
from law.rules import Cited, Law, SearchPeriod

BOTH = pytest.mark.parametrize("year", [2023, 2025])


def outcome(efforts: tuple[EffortAnswer, ...]) -> list[tuple[int, Ground]]:
    return [(effort.month, effort.verdict.ground) for effort in efforts]


@BOTH
def test_five_applications_are_enough(year: int) -> None:
    story = approved(year).when(self_assessment(f"{year}-03-12"), f"{year}-03-12")
    story = story.when(applications(5, f"{year}-03-20"), f"{year}-03-20")
    assert story.told.months[0].enough
    story = story.when(certification(2), f"{year}-04-10")
    assert [e.month for e in story.new(BenefitAuthorized)] == [2]


@BOTH
def test_four_are_not_and_the_reason_says_how_many_were_missing(year: int) -> None:
    story = approved(year).when(self_assessment(f"{year}-03-12"), f"{year}-03-12")
    story = story.when(applications(4, f"{year}-03-20"), f"{year}-03-20")
    progress = story.told.months[0]
    assert (progress.applications, progress.applications_needed, progress.enough) == (4, 5, False)
    story = story.when(certification(2), f"{year}-04-10")
    assert story.told.verdict.counts
    assert not story.new(BenefitAuthorized)
    lost = story.wake(f"{year}-04-16").new(MonthForfeited)[0]
    assert lost.ground is Ground.JOB_SEARCH_INSUFFICIENT
    reason = next(r for r in lost.reasons if r.condition == "job_search")
    assert reason.result is Result.UNMET
    assert reason.facts == {
        "applications": 4,
        "applications_needed": 5,
        "interview_calls": 0,
        "interview_calls_needed": 1,
    }


@BOTH
def test_one_call_to_an_interview_is_enough_without_any_application(year: int) -> None:
    story = approved(year).when(self_assessment(f"{year}-03-12"), f"{year}-03-12")
    story = story.when(an_interview_call(f"{year}-04-09"), f"{year}-04-09")
    assert story.told.months[0].enough
    story = story.when(certification(2), f"{year}-04-10")
    assert [e.month for e in story.new(BenefitAuthorized)] == [2]


def test_until_2025_five_different_companies_and_since_then_five_applications() -> None:
    def to_one_company(year: int) -> RecordJobSearch:
        day = f"{year}-03-20"
        return RecordJobSearch(
            efforts=tuple(an_application(f"a{n}", day, company="PT Satu") for n in range(5))
        )

    old = approved(2023).when(to_one_company(2023), "2023-03-20")
    assert outcome(old.told.efforts) == [(2, Ground.COUNTS)] + [(2, Ground.SAME_COMPANY_TWICE)] * 4
    assert old.told.months[0].applications == 1
    new = approved(2025).when(to_one_company(2025), "2025-03-20")
    assert outcome(new.told.efforts) == [(2, Ground.COUNTS)] * 5
    assert new.told.months[0].enough


def test_until_2025_the_same_company_may_be_asked_again_in_another_month_and_by_another_spelling_not() -> (
    None
):
    efforts = (
        an_application("a1", "2023-03-20", company="PT Satu"),
        an_application("a2", "2023-03-21", company="pt satu"),
        an_application("a3", "2023-04-20", company="PT Satu"),
    )
    story = approved(2023).when(RecordJobSearch(efforts=efforts[:2]), "2023-03-21")
    assert outcome(story.told.efforts) == [(2, Ground.COUNTS), (2, Ground.SAME_COMPANY_TWICE)]
    story = story.when(RecordJobSearch(efforts=efforts[2:]), "2023-04-20")
    assert outcome(story.told.efforts) == [(3, Ground.COUNTS)]


@BOTH
def test_one_application_told_twice_counts_once_in_one_message_or_two(year: int) -> None:
    day = f"{year}-03-20"
    twice = RecordJobSearch(efforts=(an_application("a1", day), an_application("a1", day, company="PT Lain")))
    story = approved(year).when(twice, day)
    assert outcome(story.told.efforts) == [(2, Ground.COUNTS), (2, Ground.SAME_APPLICATION_TWICE)]
    story = story.when(twice, f"{year}-03-21")
    assert outcome(story.told.efforts) == [(2, Ground.SAME_APPLICATION_TWICE)] * 2
    assert story.told.months[0].applications == 1
    assert len(story.all(JobApplicationRecorded)) == 4


@pytest.mark.parametrize(
    ("done_on", "month"),
    [
        ("2025-03-09", 0),
        ("2025-03-10", 2),
        ("2025-04-09", 2),
        ("2025-04-10", 3),
        ("2025-07-09", 5),
        ("2025-07-10", 6),
        ("2025-09-09", 6),
        ("2025-09-10", 0),
    ],
)
def test_an_application_speaks_for_the_month_whose_reference_date_comes_next(
    done_on: str, month: int
) -> None:
    effort = RecordJobSearch(efforts=(an_application("a1", done_on),))
    recorded_on = done_on if done_on >= "2025-03-10" else "2025-03-10"
    heard = "2025-09-09" if done_on == "2025-09-10" else recorded_on
    story = approved(2025).when(effort, heard)
    answer = story.told.efforts[0]
    assert answer.month == month
    assert answer.verdict.counts == (month != 0)
    assert month != 0 or answer.verdict.ground is Ground.OUTSIDE_ANY_PERIOD


@pytest.mark.parametrize(
    ("period", "day", "month"),
    [
        (SearchPeriod.BETWEEN_REFERENCE_DATES, "2025-04-09", 2),
        (SearchPeriod.BETWEEN_REFERENCE_DATES, "2025-04-10", 3),
        (SearchPeriod.CALENDAR_MONTH_BEFORE, "2025-03-31", 2),
        (SearchPeriod.CALENDAR_MONTH_BEFORE, "2025-04-01", 3),
    ],
)
def test_the_month_of_the_search_is_that_between_two_reference_dates_unless_the_rules_take_calendar_months(
    period: SearchPeriod, day: str, month: int
) -> None:
    cited = Cited(period, "assumption: docs/decisions/0004-search-period-of-a-month.md", date(2021, 2, 2))
    law = Law((RULES_2021, replace(RULES_2025, search_period=cited)))
    story = replace(approved(2025), law=law).when(applications(1, day), day)
    assert outcome(story.told.efforts) == [(month, Ground.COUNTS)]


def test_an_application_of_tomorrow_does_not_count_yet() -> None:
    tomorrow = RecordJobSearch(efforts=(an_application("a1", "2025-03-21"),))
    story = approved(2025).when(tomorrow, "2025-03-20 23:59:59")
    assert outcome(story.told.efforts) == [(2, Ground.IN_THE_FUTURE)]
    story = story.when(tomorrow, "2025-03-21 00:00:00")
    assert outcome(story.told.efforts) == [(2, Ground.COUNTS)]


def test_an_application_of_a_month_told_after_its_window_does_not_count() -> None:
    story = approved(2025)
    inside = story.when(applications(1, "2025-04-09"), "2025-04-15 23:59:59")
    assert outcome(inside.told.efforts) == [(2, Ground.COUNTS)]
    outside = story.when(applications(1, "2025-04-09"), "2025-04-16 00:00:00")
    assert outcome(outside.told.efforts) == [(2, Ground.WINDOW_CLOSED)]


def test_a_message_counts_when_one_of_its_efforts_does() -> None:
    mixed = RecordJobSearch(efforts=(an_application("a1", "2025-01-01"), an_application("a2", "2025-03-20")))
    story = approved(2025).when(mixed, "2025-03-20")
    assert story.told.verdict.counts
    none = RecordJobSearch(efforts=(an_application("a3", "2025-01-01"),))
    assert not story.when(none, "2025-03-20").told.verdict.counts


def test_evidence_before_the_filing_is_recorded_and_does_not_count() -> None:
    story = reported().when(applications(2, "2025-03-05"), "2025-03-05")
    assert outcome(story.told.efforts) == [(0, Ground.CLAIM_NOT_APPROVED)] * 2
    assert len(story.new(JobApplicationRecorded)) == 2


def test_evidence_told_while_bpjs_is_still_asked_counts() -> None:
    story = reported().when(a_filing(), "2025-03-10").when(applications(5, "2025-03-11"), "2025-03-11")
    assert outcome(story.told.efforts) == [(2, Ground.COUNTS)] * 5


def test_evidence_after_the_end_is_recorded_and_does_not_count() -> None:
    story = lived_through(approved(2025)).when(applications(1, "2025-09-08"), "2025-09-10")
    assert story.told.verdict.ground is Ground.CLAIM_ENDED
    assert len(story.new(JobApplicationRecorded)) == 1


@BOTH
@pytest.mark.parametrize(
    ("attended", "absent", "excused", "cancelled", "enough"),
    [
        (80, 20, 0, 0, True),
        (79, 21, 0, 0, False),
        (4, 1, 0, 0, True),
        (3, 1, 0, 0, False),
        (4, 1, 20, 20, True),
        (3, 1, 20, 20, False),
        (1, 0, 9, 0, True),
        (0, 1, 9, 0, False),
    ],
)
def test_training_80_percent_of_the_sessions_that_count_suffices_without_job_search(
    year: int, attended: int, absent: int, excused: int, cancelled: int, enough: bool
) -> None:
    story = approved(year).when(self_assessment(f"{year}-03-12"), f"{year}-03-12")
    course = sessions(f"{year}-03-20", attended=attended, absent=absent, excused=excused, cancelled=cancelled)
    story = story.when(course, f"{year}-04-01").when(certification(2), f"{year}-04-10")
    assert [e.month for e in story.new(BenefitAuthorized)] == ([2] if enough else [])
    lost = story.wake(f"{year}-04-16").new(MonthForfeited)
    assert [e.ground for e in lost] == ([] if enough else [Ground.ATTENDANCE_INSUFFICIENT])


def test_who_takes_training_is_held_to_attendance_even_with_five_applications() -> None:
    story = approved(2025).when(sessions("2025-03-20", attended=79, absent=21), "2025-04-01")
    story = story.when(applications(5, "2025-03-20"), "2025-04-01").when(certification(2), "2025-04-10")
    assert not story.new(BenefitAuthorized)
    lost = story.wake("2025-04-16").new(MonthForfeited)[0]
    reason = next(r for r in lost.reasons if r.condition == "training_attendance")
    assert reason.facts == {"attended_percent": "79.00", "needed_percent": "80.00"}


def with_training(suffices: bool, attended: int, sent: int) -> Story:
    """Month 2 of a claim whose rules let attendance stand for job search, or ask for both."""
    cited = Cited(suffices, "assumption: docs/decisions/0014-search-or-training.md", date(2025, 2, 7))
    law = Law((RULES_2021, replace(RULES_2025, training_suffices=cited)))
    story = replace(approved(2025), law=law)
    story = story.when(sessions("2025-03-20", attended=attended, absent=5 - attended), "2025-04-01")
    if sent:
        story = story.when(applications(sent, "2025-03-20"), "2025-04-01")
    return story.when(certification(2), "2025-04-10")


@pytest.mark.parametrize(
    ("suffices", "attended", "sent", "enough"),
    [
        (True, 4, 0, True),
        (True, 3, 5, False),
        (False, 4, 0, False),
        (False, 4, 4, False),
        (False, 4, 5, True),
        (False, 3, 5, False),
    ],
)
def test_attendance_stands_for_job_search_unless_the_rules_ask_for_both(
    suffices: bool, attended: int, sent: int, enough: bool
) -> None:
    story = with_training(suffices, attended, sent)
    assert [e.month for e in story.new(BenefitAuthorized)] == ([2] if enough else [])


def test_where_every_session_was_excused_there_was_no_training_and_job_search_decides() -> None:
    story = approved(2025).when(sessions("2025-03-20", attended=0, excused=5), "2025-04-01")
    story = story.when(applications(5, "2025-03-20"), "2025-04-01").when(certification(2), "2025-04-10")
    assert [e.month for e in story.new(BenefitAuthorized)] == [2]


@pytest.mark.parametrize(("day", "month"), [("2025-04-09", 2), ("2025-04-10", 3), ("2025-08-09", 6)])
def test_training_speaks_for_the_month_after_it(day: str, month: int) -> None:
    story = lived_through(approved(2025), month - 1) if month > 2 else approved(2025)
    story = story.when(sessions(day, attended=5), day)
    at = "2025-09-05" if month == 6 else days_later(f"2025-{month + 2:02d}-10", 1)
    story = story.when(certification(month), at)
    assert [e.month for e in story.new(BenefitAuthorized)] == [month]


def test_a_corrected_session_replaces_the_first_word_about_it() -> None:
    story = approved(2025).when(sessions("2025-03-20", attended=3, absent=2), "2025-03-21")
    story = story.when(sessions("2025-03-20", attended=4, absent=1), "2025-03-25")
    story = story.when(certification(2), "2025-04-10")
    assert [e.month for e in story.new(BenefitAuthorized)] == [2]


def test_two_courses_may_number_their_sessions_alike() -> None:
    first = sessions("2025-03-20", attended=5)
    second = sessions("2025-03-20", attended=0, absent=5).model_copy(update={"course": "english-1"})
    story = approved(2025).when(first, "2025-03-21").when(second, "2025-03-22")
    story = story.when(first, "2025-03-23").when(certification(2), "2025-04-10")
    assert not story.new(BenefitAuthorized)


def test_a_session_named_twice_in_one_message_counts_once() -> None:
    told = sessions("2025-03-20", attended=1, absent=1)
    attended, absent = told.sessions
    padded = told.model_copy(update={"sessions": (attended, attended, attended, attended, absent)})
    story = approved(2025).when(padded, "2025-03-21").when(certification(2), "2025-04-10")
    assert not story.new(BenefitAuthorized)
