"""What is said to a claim at the edges: at the very instant of a deadline, before a filing, after an end."""

from dataclasses import replace
from datetime import date

import pytest
from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    applications,
    approved,
    certification,
    decided,
    lived_through,
    months_between,
    paid,
    reported,
    searched,
    self_assessment,
    wib,
)

from claims import events as e
from claims.commands import command as cmd
from law.grounds import Ground
from law.regimes import LAW
from law.rules import Law, MonthCondition, Office


def answer(story: Story, message: cmd.Command, at: str) -> tuple[bool, Ground]:
    """Whether a message counts, and on which ground."""
    verdict = story.when(message, at).told.verdict
    return verdict.counts, verdict.ground


def applied_for_month_2() -> Story:
    return lived_through(approved(), 1).when(certification(2), "2025-04-10")


@pytest.mark.parametrize(
    ("received", "comes_back"), [("2025-04-15 23:59:59", True), ("2025-04-16 00:00:00", False)]
)
def test_a_lost_month_comes_back_by_what_was_received_before_its_last_instant(
    received: str, comes_back: bool
) -> None:
    lost = applied_for_month_2().wake("2025-04-17")
    back = lost.when(applications(5, "2025-03-12"), "2025-04-17 12:00:00", received=received)
    assert (back.claim.month(2).authorized is not None) is comes_back


def where_counselling_is_asked_for() -> Story:
    """Month 2 searched for and applied for, lost for the counselling alone."""
    of_2025 = LAW.regimes[1]
    asked = tuple(
        replace(each, binds=True) if each.condition is MonthCondition.COUNSELLING else each
        for each in of_2025.month_requirements
    )
    story = Story(law=Law((LAW.regimes[0], replace(of_2025, month_requirements=asked))))
    story = story.when(a_report(a_layoff()), "2025-03-03").when(a_filing(), "2025-03-10")
    story = paid(story.when(cmd.RecordContributions(record=a_record()), "2025-03-10"), 1)
    return searched(story, 2).when(certification(2), "2025-04-10").wake("2025-04-17")


@pytest.mark.parametrize(
    ("received", "comes_back"), [("2025-04-15 23:59:59", True), ("2025-04-16 00:00:00", False)]
)
def test_counselling_told_at_the_last_instant_brings_no_lost_month_back(
    received: str, comes_back: bool
) -> None:
    lost = where_counselling_is_asked_for()
    assert [event.ground for event in lost.new(e.MonthForfeited)] == [Ground.COUNSELLING_MISSING]
    told = cmd.AttendCounselling(attended_on=date(2025, 4, 1), office="bandung", recommendation="none")
    back = lost.when(told, "2025-04-17 12:00:00", received=received)
    assert back.told.verdict.counts
    assert (back.claim.month(2).authorized is not None) is comes_back


@pytest.mark.parametrize(("at", "counted"), [("2025-09-09 23:59:59", True), ("2025-09-10 00:00:00", False)])
def test_evidence_counts_while_a_month_may_still_be_completed(at: str, counted: bool) -> None:
    story = lived_through(approved(), 5)
    assert answer(story, self_assessment("2025-09-09"), at)[0] is False, "it was done before"
    story = replace(story, claim=replace(story.claim, self_assessed=False))
    assert answer(story, self_assessment("2025-09-09"), at)[0] is counted


def test_after_work_that_leaves_two_months_owed_the_second_may_still_be_completed() -> None:
    story = lived_through(approved(), 1)
    story = story.when(cmd.ReportReemployment(since=date(2025, 4, 11)), "2025-04-12")
    assert story.claim.last_month_owed == 2
    assert answer(story, applications(5, "2025-03-12"), "2025-04-13") == (True, Ground.COUNTS)


def test_after_work_that_leaves_month_1_alone_nothing_is_left_to_complete() -> None:
    story = paid(approved(), 1, "2025-03-10 11:00:00")
    story = story.when(cmd.ReportReemployment(since=date(2025, 3, 10)), "2025-03-10 12:00:00")
    assert story.claim.last_month_owed == 1
    assessed = answer(story, self_assessment("2025-03-10"), "2025-03-10 13:00:00")
    assert assessed == (False, Ground.REEMPLOYED)


def test_a_second_self_assessment_is_recorded_already() -> None:
    story = approved().when(self_assessment("2025-03-11"), "2025-03-11")
    assert story.told.verdict.counts
    assert answer(story, self_assessment("2025-03-12"), "2025-03-12") == (False, Ground.ALREADY_RECORDED)


def granted(filed: str, laid_off: str) -> Story:
    """Month 1 granted on the day of the filing, whatever the year."""
    year, month = int(laid_off[:4]), laid_off[5:7]
    record = a_record(paid=months_between(f"{year - 1}-{month}", f"{year}-{int(month) - 1:02d}"))
    return decided(a_layoff(laid_off), record, filed)


@pytest.mark.parametrize(
    ("laid_off", "filed", "at", "counted"),
    [
        ("2024-12-03", "2024-12-20", "2025-01-25 23:59:59", True),
        ("2024-12-03", "2024-12-20", "2025-01-26 00:00:00", False),
        ("2024-12-03", "2025-01-10", "2025-02-20", True),
    ],
)
def test_an_assessment_too_late_for_month_2_opens_nothing_where_the_regime_of_month_2_asks_for_it(
    laid_off: str, filed: str, at: str, counted: bool
) -> None:
    story = granted(filed, laid_off)
    verdict = (True, Ground.COUNTS) if counted else (False, Ground.WINDOW_CLOSED)
    assert answer(story, self_assessment(at[:10]), at) == verdict


def test_an_assessment_counts_at_any_time_while_nobody_has_decided_the_claim() -> None:
    paid = months_between("2022-03", "2023-02")
    referred = decided(a_layoff("2023-03-03", office=Office.NONE), a_record(paid=paid), "2023-03-10")
    assert referred.all(e.ClaimReferred)
    assert answer(referred, self_assessment("2023-04-20"), "2023-04-20") == (True, Ground.COUNTS)


@pytest.mark.parametrize(
    ("story", "at", "ground"),
    [
        (reported(), "2025-03-11", Ground.CLAIM_NOT_APPROVED),
        (
            decided(a_layoff(), a_record(paid=("2025-01",)), "2025-03-10"),
            "2025-04-11",
            Ground.CLAIM_NOT_APPROVED,
        ),
        (reported(), "2025-09-05", Ground.CLAIM_ENDED),
    ],
    ids=["not filed", "refused", "lapsed"],
)
def test_a_month_is_not_applied_for_without_a_claim(story: Story, at: str, ground: Ground) -> None:
    assert answer(story, certification(2), at) == (False, ground)


def test_a_record_is_not_asked_for_before_a_filing_nor_after_a_withdrawal() -> None:
    asking = cmd.RequestRecord(reason="paid since")
    withdrawn = approved().when(cmd.WithdrawClaim(reason="moved"), "2025-03-12")
    for story in (reported(), withdrawn):
        assert answer(story, asking, "2025-03-13") == (False, Ground.CLAIM_NOT_APPROVED)


def employer_paid(amount_idr: int, on: str) -> cmd.RecordEmployerPayment:
    return cmd.RecordEmployerPayment(
        month=1, amount_idr=amount_idr, paid_on=date.fromisoformat(on), reference="slip-1"
    )


def test_what_an_employer_pays_of_a_month_that_the_fund_owes_does_not_count() -> None:
    verdict = answer(approved(), employer_paid(2_400_000, "2025-03-11"), "2025-03-11")
    assert verdict == (False, Ground.NOT_OWED_BY_THE_EMPLOYER)


def test_of_a_month_settled_already_nothing_is_owed_whatever_the_day_of_another_payment() -> None:
    arrears = a_record(paid=months_between("2023-03", "2024-08"), owed=months_between("2024-09", "2025-01"))
    story = decided(a_layoff(), arrears, "2025-03-10").when(
        cmd.DecideByOfficer(approves=True, reason="arrears stand", payer="employer"), "2025-03-11"
    )
    story = story.when(employer_paid(2_400_000, "2025-03-14"), "2025-03-14")
    verdict = answer(story, employer_paid(1_000, "2025-03-15"), "2025-03-14")
    assert verdict == (False, Ground.NOT_OWED_BY_THE_EMPLOYER)


def moving(what: str, was: str, now: str) -> e.MovedDeadline:
    return e.MovedDeadline(
        what=what,
        month=0,
        owner="claimant",
        edge="closes",
        was=wib(was),
        now=wib(now),
        kept=False,
        article="record 25",
    )


def test_each_date_that_a_calendar_moves_is_told_once_and_in_order() -> None:
    dates = (moving("transfer", "2025-03-14", "2025-03-17"), moving("answer", "2025-03-20", "2025-03-21"))
    story = approved().when(cmd.MoveDeadlines(calendar_version="v2", moved=dates), "2025-03-11")
    assert [event.what for event in story.new(e.DeadlineMoved)] == ["transfer", "answer"]


def withdrawn_unanswered() -> Story:
    """Filed and withdrawn before BPJS Ketenagakerjaan answered."""
    return reported().when(a_filing(), "2025-03-10").when(cmd.WithdrawClaim(reason="moved"), "2025-03-11")


def test_a_record_that_comes_after_a_withdrawal_decides_nothing() -> None:
    story = withdrawn_unanswered().when(cmd.RecordContributions(record=a_record()), "2025-03-12")
    assert story.claim.decision is None


def test_no_month_of_a_withdrawn_claim_is_lost_later() -> None:
    story = lived_through(approved(), 1).when(cmd.WithdrawClaim(reason="moved"), "2025-03-20")
    assert story.wake("2025-09-20").all(e.MonthForfeited) == ()


def test_a_claim_refused_again_on_another_ground_is_decided_anew() -> None:
    story = decided(a_layoff(), a_record(paid=("2025-01",)), "2025-03-10")
    other = a_record(citizenship="WNA")
    later = story.when(cmd.RecordContributions(record=other), "2025-03-12")
    grounds = [event.ground for event in later.all(e.ClaimDenied)]
    assert grounds == [Ground.TOO_FEW_CONTRIBUTION_MONTHS, Ground.NOT_A_CITIZEN]
    assert [event.outcome for event in later.new(e.ClaimReconsidered)] == ["decided_anew"]
