"""What a portal passes on late: decided by when its participant told it, within thirty days."""

from datetime import date, datetime

import pytest
from support.builders import (
    Story,
    an_application,
    applications,
    approved,
    certification,
    lived_through,
    paid,
    searched,
    self_assessment,
    wib,
)

from claims.commands import command as cmd
from claims.events import (
    BenefitAuthorized,
    EffortWithdrawn,
    JobApplicationRecorded,
    MonthForfeited,
    MonthReinstated,
)
from claims.events.facts import EffortState, JobSearchEffort
from law.grounds import Ground


def told(reference: str, done_on: str, at: str, state: EffortState = "sent") -> JobSearchEffort:
    """An application that its portal was told of at an instant."""
    return an_application(reference, done_on).model_copy(update={"told_at": wib(at), "state": state})


def passed_on(at: str, *references: str) -> cmd.RecordJobSearch:
    """Applications of 20 March, told to their portal at an instant and passed on later."""
    return cmd.RecordJobSearch(efforts=tuple(told(reference, "2025-03-20", at) for reference in references))


def assessed() -> Story:
    """Approved on 10 March; month 2 is awaited, its window is 10 to 15 April."""
    return approved(2025).when(self_assessment("2025-03-10"), "2025-03-10")


def lost_by_the_portal() -> Story:
    """Applied for month 2 in its window; one of five applications has not arrived when it closes."""
    story = assessed().when(applications(4, "2025-03-20"), "2025-03-20")
    return story.when(certification(2), "2025-04-10").wake("2025-04-16 00:00:00")


def grounds(story: Story) -> list[Ground]:
    return [effort.verdict.ground for effort in story.told.efforts]


def test_a_month_forfeited_meanwhile_comes_back_when_its_fifth_application_was_told_inside() -> None:
    lost = lost_by_the_portal()
    assert [e.ground for e in lost.new(MonthForfeited)] == [Ground.JOB_SEARCH_INSUFFICIENT]
    story = lost.when(passed_on("2025-04-15 23:59:59", "late-1"), "2025-04-20")
    assert [(e.month, e.verdict.counts) for e in story.new(JobApplicationRecorded)] == [(2, True)]
    assert [e.month for e in story.new(MonthReinstated)] == [2]
    assert [(e.month, e.amount_idr) for e in story.new(BenefitAuthorized)] == [(2, 2_400_000)]


def test_one_that_was_told_when_the_window_had_closed_brings_nothing_back() -> None:
    story = lost_by_the_portal().when(passed_on("2025-04-16 00:00:00", "late-1"), "2025-04-20")
    assert grounds(story) == [Ground.WINDOW_CLOSED]
    assert not story.new(MonthReinstated)


def test_one_that_says_no_time_is_decided_by_its_arrival() -> None:
    story = lost_by_the_portal().when(applications(1, "2025-03-21"), "2025-04-20")
    assert grounds(story) == [Ground.WINDOW_CLOSED]
    assert not story.new(MonthReinstated)


@pytest.mark.parametrize(
    ("arrives", "ground"),
    [("2025-05-10 10:00:00", Ground.COUNTS), ("2025-05-10 10:00:01", Ground.WINDOW_CLOSED)],
)
def test_a_portal_may_be_thirty_days_late_and_no_second_more(arrives: str, ground: Ground) -> None:
    story = lost_by_the_portal().when(passed_on("2025-04-10 10:00:00", "late-1"), arrives)
    assert grounds(story) == [ground]
    assert bool(story.new(MonthReinstated)) is (ground is Ground.COUNTS)


def test_a_time_after_the_arrival_is_no_later_than_the_arrival() -> None:
    story = assessed().when(passed_on("2025-04-11", "early-1"), "2025-03-21")
    assert grounds(story) == [Ground.COUNTS]
    late = lost_by_the_portal().when(passed_on("2025-04-21", "late-1"), "2025-04-20")
    assert grounds(late) == [Ground.WINDOW_CLOSED]


def test_nobody_tells_on_one_day_what_is_done_on_a_later_one() -> None:
    efforts = (told("odd-1", "2025-03-21", "2025-03-20"), told("even-1", "2025-03-21", "2025-03-21"))
    story = assessed().when(cmd.RecordJobSearch(efforts=efforts), "2025-03-22")
    assert grounds(story) == [Ground.IN_THE_FUTURE, Ground.COUNTS]


def test_the_last_month_too_is_completed_by_what_arrives_when_every_window_has_closed() -> None:
    story = lived_through(approved(2025), 5).when(applications(4, "2025-07-11"), "2025-07-11")
    story = story.when(certification(6), "2025-09-08").wake("2025-09-20")
    assert [e.month for e in story.all(MonthForfeited)] == [6]
    late = cmd.RecordJobSearch(efforts=(told("late-1", "2025-07-12", "2025-09-01"),))
    story = story.when(late, "2025-09-25")
    assert grounds(story) == [Ground.COUNTS]
    assert [e.month for e in story.new(BenefitAuthorized)] == [6]


@pytest.mark.parametrize(
    ("state", "ground"),
    [("draft", Ground.APPLICATION_NOT_SENT), ("vacancy_expired", Ground.VACANCY_EXPIRED)],
)
def test_what_no_employer_can_have_received_does_not_count(state: EffortState, ground: Ground) -> None:
    four = assessed().when(applications(4, "2025-03-20"), "2025-03-20")
    fifth = told("fifth", "2025-03-20", "2025-03-20", state)
    story = four.when(cmd.RecordJobSearch(efforts=(fifth,)), "2025-03-20")
    assert (grounds(story), story.told.months[0].applications) == ([ground], 4)


def test_a_draft_that_is_sent_afterwards_counts_under_its_number() -> None:
    draft = told("fifth", "2025-03-20", "2025-03-20", "draft")
    sent = told("fifth", "2025-03-20", "2025-03-20")
    story = assessed().when(cmd.RecordJobSearch(efforts=(draft, sent)), "2025-03-20")
    assert grounds(story) == [Ground.APPLICATION_NOT_SENT, Ground.COUNTS]


def by(portal: str, message: cmd.Command) -> cmd.Command:
    return cmd.received_from(message, portal)


def test_two_portals_may_each_use_number_one() -> None:
    first = cmd.RecordJobSearch(efforts=(an_application("1", "2025-03-20"),))
    story = assessed().when(by("karirhub", first), "2025-03-20").when(by("glints", first), "2025-03-20")
    assert (grounds(story), story.told.months[0].applications) == ([Ground.COUNTS], 2)
    again = story.when(by("glints", first), "2025-03-21")
    assert grounds(again) == [Ground.SAME_APPLICATION_TWICE]


def test_a_portal_takes_back_its_own_application_and_nobody_elses() -> None:
    first = cmd.RecordJobSearch(efforts=(an_application("1", "2025-03-20"),))
    story = assessed().when(by("karirhub", first), "2025-03-20")
    foreign = story.when(by("glints", cmd.WithdrawEffort(reference="1")), "2025-03-21")
    assert foreign.told.verdict.ground is Ground.APPLICATION_UNKNOWN
    own = foreign.when(by("karirhub", cmd.WithdrawEffort(reference="1")), "2025-03-21")
    assert [(e.told_by, e.verdict.counts) for e in own.new(EffortWithdrawn)] == [("karirhub", True)]
    assert [effort.counts for effort in own.claim.efforts] == [False]


def test_a_month_whose_fifth_application_is_taken_back_in_time_is_not_paid() -> None:
    story = searched(assessed(), 2)
    story = story.when(cmd.WithdrawEffort(reference="2025-03-11/5"), "2025-04-09")
    story = story.when(certification(2), "2025-04-10")
    assert not story.new(BenefitAuthorized)
    sixth = story.when(applications(1, "2025-03-25"), "2025-04-11")
    assert [e.month for e in sixth.new(BenefitAuthorized)] == [2]


def test_a_month_already_granted_stays_so_when_an_application_is_taken_back() -> None:
    story = searched(assessed(), 2).when(certification(2), "2025-04-10")
    story = story.when(cmd.WithdrawEffort(reference="2025-03-11/5"), "2025-04-11")
    assert story.told.verdict.counts
    assert paid(story, 2).claim.month(2).settled


@pytest.mark.parametrize("source", ["kantor dinas", "k" * 65, "portal@dinas"])
def test_a_source_that_is_no_code_stands_as_its_hash(source: str) -> None:
    named = cmd.received_from(cmd.WithdrawEffort(reference="1"), source)
    assert isinstance(named, cmd.WithdrawEffort)
    assert str(named.told_by).startswith("sha256:")
    assert cmd.COMMAND.validate_json(named.model_dump_json()) == named


def test_a_time_without_its_zone_is_not_read() -> None:
    naive = datetime.fromisoformat("2025-03-20T10:00:00")
    with pytest.raises(ValueError, match="timezone"):
        JobSearchEffort(
            reference="1", company="PT Satu", position="Staf", done_on=date(2025, 3, 20), told_at=naive
        )
