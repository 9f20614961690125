"""Reports of a layoff: each party takes back its own, and two days keep the longer window open."""

from dataclasses import replace

import pytest
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    approved,
    reported,
    wib,
)

from claims import events as e
from claims.agenda.deadlines import deadlines
from claims.agenda.next_step import Status
from claims.agenda.notices import NoticeKind, notices_for, reminders_due
from claims.commands import command as cmd
from claims.events.facts import Layoff
from claims.replaying import replay
from claims.state.claim import Ending
from claims.state.evolving import fold
from law.grounds import Ground, counts
from law.regimes import LAW
from law.rules import Office, SeparationReason

RECORD = cmd.RecordContributions(record=a_record())
OURS, THEIRS = a_layoff("2025-03-03"), a_layoff("2025-02-10")


def taken_back(by: e.Party) -> cmd.WithdrawLayoff:
    return cmd.WithdrawLayoff(reported_by=by)


def by_the_participant(layoff: Layoff | None = None) -> Story:
    return Story().when(a_report(layoff or a_layoff(), "participant"), "2025-03-03")


def by_both() -> Story:
    return by_the_participant().when(a_report(a_layoff()), "2025-03-04")


def two_days() -> Story:
    return by_the_participant(OURS).when(a_report(THEIRS), "2025-03-05")


def letters(story: Story) -> list[NoticeKind]:
    return [notice.kind for notice in notices_for(story.added, story.claim)]


def test_an_employer_who_never_reported_ends_nothing_before_anybody_files() -> None:
    story = by_the_participant().when(taken_back("employer"), "2025-03-05")
    assert story.told.verdict.ground is Ground.NOT_THEIR_REPORT
    assert (story.claim.ending, set(story.claim.reported_by)) == (None, {"participant"})
    assert letters(story) == []
    filed = story.when(a_filing(), "2025-03-10").when(RECORD, "2025-03-10")
    assert [each.ground for each in filed.new(e.ClaimReferred)] == [Ground.REPORTS_CONTRADICT]


def test_after_the_approval_an_employer_who_never_reported_is_not_said_to_take_a_report_back() -> None:
    filed = by_the_participant().when(a_filing(), "2025-03-10").when(RECORD, "2025-03-10")
    story = filed.when(taken_back("employer"), "2025-03-11")
    assert story.told.verdict.ground is Ground.NEEDS_MANUAL_REVIEW
    assert [each.ground for each in story.new(e.QuestionAsked)] == [Ground.REPORTS_CONTRADICT]
    again = story.when(taken_back("employer"), "2025-03-12")
    assert not again.new(e.QuestionAsked)


@pytest.mark.parametrize("start", [reported(), approved(2025)])
def test_a_participant_who_never_reported_takes_nothing_back_and_asks_nothing(start: Story) -> None:
    story = start.when(taken_back("participant"), "2025-03-11")
    assert story.told.verdict.ground is Ground.NOT_THEIR_REPORT
    assert (story.claim.ending, story.claim.open_questions) == (None, ())
    assert story.claim.reports_agree


@pytest.mark.parametrize(("first", "last"), [("employer", "participant"), ("participant", "employer")])
def test_the_claim_ends_with_the_last_report_taken_back_whoever_goes_first(
    first: e.Party, last: e.Party
) -> None:
    one_left = by_both().when(taken_back(first), "2025-03-05")
    assert [each.still_reported_by for each in one_left.new(e.LayoffWithdrawn)] == [last]
    assert (one_left.claim.ending, set(one_left.claim.reported_by)) == (None, {last})
    assert letters(one_left) == [NoticeKind.LAYOFF_WITHDRAWN]
    none_left = one_left.when(taken_back(last), "2025-03-06")
    assert [each.still_reported_by for each in none_left.new(e.LayoffWithdrawn)] == [None]
    assert none_left.claim.ending is Ending.LAYOFF_WITHDRAWN
    assert not none_left.claim.reports


def test_the_report_that_is_left_is_the_layoff_from_then_on() -> None:
    story = two_days()
    assert story.claim.layoff == THEIRS
    assert story.when(taken_back("employer"), "2025-03-06").claim.layoff == OURS
    assert story.when(taken_back("participant"), "2025-03-06").claim.layoff == THEIRS


def test_a_duplicate_taken_back_after_the_filing_leaves_the_claim_to_be_decided() -> None:
    story = by_both().when(a_filing(), "2025-03-10").when(taken_back("participant"), "2025-03-11")
    assert (story.told.verdict.counts, story.claim.ending) == (True, None)
    assert story.when(RECORD, "2025-03-12").new(e.ClaimApproved)


def test_a_duplicate_taken_back_after_the_approval_asks_nothing_while_the_other_report_agrees() -> None:
    granted = by_both().when(a_filing(), "2025-03-10").when(RECORD, "2025-03-10")
    story = granted.when(taken_back("participant"), "2025-03-11")
    assert story.told.verdict.counts
    assert not story.new(e.QuestionAsked)
    assert [each.outcome for each in story.new(e.ClaimReconsidered)] == ["unchanged"]


def test_a_report_taken_back_after_the_approval_that_leaves_a_worse_one_is_asked_about() -> None:
    resigned = a_layoff(reason=SeparationReason.RESIGNATION)
    granted = (
        Story().when(a_report(resigned), "2025-03-03").when(a_report(a_layoff(), "participant"), "2025-03-04")
    )
    granted = granted.when(a_filing(), "2025-03-10").when(RECORD, "2025-03-10")
    granted = granted.when(cmd.DecideByOfficer(approves=True, reason="seen"), "2025-03-11")
    story = granted.when(taken_back("participant"), "2025-03-12")
    assert [each.ground for each in story.new(e.QuestionAsked)] == [Ground.EXCLUDED_SEPARATION]
    assert (story.claim.ending, story.claim.ceased) == (None, None)


def test_the_last_report_of_an_approved_claim_is_not_taken_back() -> None:
    granted = by_the_participant().when(a_filing(), "2025-03-10").when(RECORD, "2025-03-10")
    story = granted.when(taken_back("participant"), "2025-03-11")
    assert (story.told.verdict.ground, story.claim.ending) == (Ground.NEEDS_MANUAL_REVIEW, None)
    assert [each.ground for each in story.new(e.QuestionAsked)] == [Ground.LAYOFF_WITHDRAWN]


@pytest.mark.parametrize("party", ["employer", "participant"])
def test_the_same_report_sent_again_after_the_end_reopens_the_claim(party: e.Party) -> None:
    told = a_report(a_layoff(), party)
    ended = Story().when(told, "2025-03-03").when(taken_back(party), "2025-03-05")
    assert ended.when(a_filing(), "2025-03-06").told.verdict.ground is Ground.CLAIM_ENDED
    again = ended.when(told, "2025-03-07")
    assert (again.told.verdict.counts, again.claim.ending) == (True, None)
    assert letters(again) == [NoticeKind.LAYOFF_CORRECTED]
    assert again.when(told, "2025-03-08").told.verdict.ground is Ground.ALREADY_RECORDED
    assert again.when(a_filing(), "2025-03-10").when(RECORD, "2025-03-10").new(e.ClaimApproved)


def test_an_employer_who_takes_its_report_back_twice_has_nothing_left_and_disputes_no_new_report() -> None:
    ended = reported().when(taken_back("employer"), "2025-03-05").when(taken_back("employer"), "2025-03-06")
    assert ended.told.verdict.ground is Ground.NOT_THEIR_REPORT
    again = ended.when(a_report(a_layoff(), "participant"), "2025-03-07").when(a_filing(), "2025-03-10")
    assert again.when(RECORD, "2025-03-10").new(e.ClaimApproved)


def test_a_withdrawal_stored_before_it_named_who_still_reports_ends_the_claim_as_it_did() -> None:
    stored = e.LayoffWithdrawn(reported_by="employer", verdict=counts("Permenaker 2/2025 Pasal 9"))
    claim = fold([*by_the_participant().events, stored])
    assert (claim.ending, set(claim.reported_by)) == (Ending.LAYOFF_WITHDRAWN, {"participant"})
    ended = replace(by_the_participant(), claim=claim)
    assert ended.when(a_report(a_layoff(), "participant"), "2025-03-06").claim.ending is None


def test_reports_taken_back_and_sent_again_come_out_again() -> None:
    story = by_both().when(taken_back("employer"), "2025-03-05").when(taken_back("participant"), "2025-03-06")
    story = story.when(a_report(a_layoff(), "participant"), "2025-03-07").when(a_filing(), "2025-03-10")
    story = story.when(RECORD, "2025-03-10").when(taken_back("employer"), "2025-03-12")
    known = {WEEKENDS_ONLY.version: WEEKENDS_ONLY}
    assert list(replay(story.stream, {LAW.version: LAW}, known)) == []


def test_while_two_days_are_reported_the_filing_is_awaited_until_the_later_window_ends() -> None:
    story = two_days()
    step = story.step("2025-08-20")
    assert step.awaited[0].until == wib("2025-09-04 00:00:00")
    (filing,) = [
        due for due in deadlines(story.claim, story.context(wib("2025-08-20"))) if due.what == "filing"
    ]
    assert (filing.opens_at, filing.last_day.isoformat()) == (wib("2025-02-10 00:00:00"), "2025-09-03")
    remind = [
        reminders_due(story.claim, story.context(wib(at)))
        for at in ("2025-08-20 23:59:59", "2025-08-21 00:00:00")
    ]
    assert [len(reminders) for reminders in remind] == [0, 1]


def test_while_two_days_are_reported_a_filing_is_taken_in_from_the_earlier_to_the_end_of_the_later() -> None:
    story = Story().when(a_report(a_layoff("2025-03-20"), "participant"), "2025-03-03")
    story = story.when(a_report(a_layoff("2025-03-10")), "2025-03-04")
    assert story.when(a_filing(), "2025-03-09 23:59:59").told.verdict.ground is Ground.WINDOW_NOT_OPEN
    assert story.when(a_filing(), "2025-03-10 00:00:00").told.verdict.counts
    assert story.when(a_filing(), "2025-09-20 23:59:59").told.verdict.counts
    late = story.when(a_filing(), "2025-09-21 00:00:00")
    assert late.told.verdict.ground is Ground.FILED_TOO_LATE
    assert late.claim.ending is Ending.LAPSED


def test_a_refusal_for_another_reason_may_be_filed_again_until_the_later_window_ends() -> None:
    foreign = cmd.RecordContributions(record=a_record(citizenship="WNA"))
    denied = two_days().when(a_filing(), "2025-03-10").when(foreign, "2025-03-10")
    (refusal,) = denied.new(e.ClaimDenied)
    assert (refusal.ground, refusal.may_file_again_until) == (
        Ground.NOT_A_CITIZEN,
        wib("2025-09-04 00:00:00"),
    )
    assert denied.wake("2025-09-03 23:59:59").claim.ending is None
    assert denied.wake("2025-09-04 00:00:00").claim.ending is Ending.LAPSED


def test_a_report_that_changes_what_a_claimant_must_know_is_told_and_another_is_not() -> None:
    story = reported()
    moved = a_layoff().model_copy(update={"regency": "3172"})
    assert letters(story.when(a_report(moved), "2025-03-05")) == []
    assert letters(story.when(a_report(a_layoff(), "participant"), "2025-03-05")) == []
    for changed in (
        a_layoff("2025-03-04"),
        a_layoff(reason=SeparationReason.RESIGNATION),
        a_layoff(office=Office.NONE),
    ):
        assert letters(story.when(a_report(changed), "2025-03-05")) == [NoticeKind.LAYOFF_CORRECTED]


def test_of_several_reports_in_one_step_the_one_that_changes_something_is_told_of() -> None:
    changed = reported().when(a_report(a_layoff("2025-03-10")), "2025-03-05")
    after = changed.when(a_report(a_layoff("2025-03-10"), "participant"), "2025-03-05")
    both = (*changed.added, *after.added)
    assert [notice.kind for notice in notices_for(both, after.claim)] == [NoticeKind.LAYOFF_CORRECTED]


def test_a_claim_whose_months_are_over_is_told_of_no_correction() -> None:
    withdrawn = approved(2025).when(cmd.WithdrawClaim(reason="moved"), "2025-03-11")
    assert letters(withdrawn.when(a_report(a_layoff("2025-03-04")), "2025-03-12")) == []


def test_a_later_day_opens_the_window_of_a_lapsed_claim_again() -> None:
    lapsed = reported().wake("2025-09-04")
    story = lapsed.when(a_report(a_layoff("2025-03-20")), "2025-09-05")
    assert letters(story) == [NoticeKind.LAYOFF_CORRECTED]
    filed = story.when(a_filing(), "2025-09-20 23:59:59")
    assert filed.step("2025-09-21").status is Status.VALIDATING


def test_of_two_days_the_later_one_says_whether_a_later_regime_still_has_the_filing() -> None:
    """Three months after either day are over on 20 February 2025, six after the later one are not."""
    story = Story().when(a_report(a_layoff("2024-08-10"), "participant"), "2024-10-25")
    story = story.when(a_report(a_layoff("2024-09-20")), "2024-10-26").when(a_filing(), "2025-02-20")
    assert [each.filed_on.isoformat() for each in story.new(e.ClaimFiled)] == ["2025-02-20"]
    foreign = cmd.RecordContributions(record=a_record(citizenship="WNA"))
    [denied] = story.when(foreign, "2025-02-20 11:00:00").new(e.ClaimDenied)
    assert denied.may_file_again_until == wib("2025-03-21 00:00:00")
