"""What comes after a decision, at its edges: which months are asked about, adjusted, marked or left alone."""

from dataclasses import replace
from datetime import date

import pytest
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_filing,
    a_layoff,
    a_record,
    approved,
    decided,
    lived,
    lived_through,
    months_between,
    reported,
    wib,
)
from support.determined import record_of

from claims import events as e
from claims.agenda.redating import Redated, redated
from claims.commands import command as cmd
from claims.events.basis import Heard
from claims.state.claim import Ending
from claims.transitions.questions import months_begun
from law.grounds import Ground
from law.periods import Calendar
from law.regimes import LAW
from law.rules import Cited, Law, Office
from payments.context import DecisionContext


def outcomes(story: Story) -> list[str]:
    return [event.outcome for event in story.new(e.ClaimReconsidered)]


def officer(approves: bool, question: int = 0, payer: str | None = None) -> cmd.DecideByOfficer:
    return cmd.DecideByOfficer.model_validate(
        {"approves": approves, "reason": "looked at", "question": question, "payer": payer}
    )


def agrees(question: int) -> cmd.AnswerQuestion:
    return cmd.AnswerQuestion(question=question, statement="agrees", reference="portal-1")


def test_an_approval_is_looked_at_again_by_the_regime_that_approved_it() -> None:
    """Health insurance paid by oneself counts since 2025, and did not under the rules of 2021."""
    assert outcomes(approved().when(record_of(jkn_segment="PBPU"), "2025-03-20")) == ["unchanged"]


def test_a_month_lost_between_two_paid_ones_hides_neither_of_them_from_a_raised_wage() -> None:
    story = lived(lived_through(approved(), 1).wake("2025-04-16"), 3)
    story = story.when(record_of(reported_wage_idr=4_500_000), "2025-05-20")
    assert [(event.month, event.payer) for event in story.new(e.MonthAdjusted)] == [(1, "bpjs"), (3, "bpjs")]


def test_a_month_that_pays_more_already_stays_and_the_next_one_is_raised() -> None:
    """Raised to 4.8 million, lowered to 3.5 for what comes, raised to 4.5 after month 2 was granted."""
    story = lived_through(approved(), 1).when(record_of(reported_wage_idr=4_800_000), "2025-03-20")
    story = story.when(record_of(reported_wage_idr=3_500_000), "2025-03-21")
    story = story.when(agrees(1), "2025-03-22").when(officer(approves=False, question=1), "2025-03-24")
    story = lived(story, 2)
    assert [event.amount_idr for event in story.new(e.BenefitAuthorized)] == [2_100_000]
    story = story.when(record_of(reported_wage_idr=4_500_000), "2025-04-20")
    assert [(event.month, event.difference_idr) for event in story.new(e.MonthAdjusted)] == [(2, 600_000)]


def test_what_a_raised_wage_adds_is_owed_by_whoever_pays_the_months() -> None:
    owed = months_between("2024-09", "2025-01")
    arrears = a_record(paid=months_between("2023-03", "2024-08"), owed=owed)
    story = decided(a_layoff(), arrears, "2025-03-10").when(
        officer(approves=True, payer="employer"), "2025-03-11"
    )
    raised = arrears.model_copy(update={"reported_wage_idr": 4_500_000})
    story = story.when(cmd.RecordContributions(record=raised), "2025-03-20")
    assert [event.payer for event in story.new(e.MonthAdjusted)] == ["employer"]


def worked_in_month_2() -> Story:
    return lived_through(approved(), 2).when(cmd.ReportReemployment(since=date(2025, 4, 20)), "2025-04-21")


def test_after_the_right_has_ended_a_lower_wage_is_no_question() -> None:
    ceased = worked_in_month_2()
    assert (ceased.claim.ceased is not None, ceased.claim.ending) == (True, None)
    ended = lived_through(approved())
    assert (ended.claim.ceased, ended.claim.ending) == (None, Ending.EXHAUSTED)
    for story, at in ((ceased, "2025-04-22"), (ended, "2025-09-20")):
        assert outcomes(story.when(record_of(reported_wage_idr=3_000_000), at)) == ["unchanged"]


@pytest.mark.parametrize(("wage_idr", "outcome"), [(0, "unchanged"), (1, "asked"), (4_000_000, "unchanged")])
def test_a_lower_wage_is_asked_about_and_no_wage_is_none(wage_idr: int, outcome: str) -> None:
    later = record_of(reported_wage_idr=wage_idr, jkn_segment="PBPU")
    assert outcomes(approved().when(later, "2025-03-20")) == [outcome]


def test_what_an_officer_accepted_is_not_asked_about_again_on_the_same_facts() -> None:
    story = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")
    story = story.when(officer(approves=True), "2025-03-11")
    assert outcomes(story.when(record_of(jkn_segment="PBPU"), "2025-03-20")) == ["unchanged"]


@pytest.mark.parametrize(
    ("changed", "ground", "left"),
    [
        ({"citizenship": "WNA", "reemployed_on": date(2025, 4, 20)}, Ground.NOT_A_CITIZEN, 0),
        ({"reemployed_on": date(2025, 4, 20)}, Ground.REEMPLOYED, 2),
        ({"citizenship": "WNA"}, Ground.NOT_A_CITIZEN, 0),
    ],
)
def test_months_begun_before_new_work_stay_owed_and_after_any_other_doubt_none(
    changed: dict[str, object], ground: Ground, left: int
) -> None:
    story = lived_through(approved(), 2).when(record_of(**changed), "2025-04-24")
    asked = {question.ground: question.last_month_owed for question in story.new(e.QuestionAsked)}
    assert asked[ground] == left


def test_a_question_holds_the_months_after_the_last_one_owed_and_not_that_one() -> None:
    begun = cmd.ReportReemployment(since=date(2025, 4, 12), work="own_business")
    [asked] = lived_through(approved(), 1).when(begun, "2025-04-12").new(e.QuestionAsked)
    assert (asked.last_month_owed, asked.months) == (2, (3, 4, 5, 6))


@pytest.mark.parametrize(
    ("day", "begun"),
    [("2025-03-09", 0), ("2025-03-10", 1), ("2025-08-09", 5), ("2025-08-10", 6), ("2025-12-01", 6)],
)
def test_no_more_than_six_months_have_begun_on_any_day(day: str, begun: int) -> None:
    assert months_begun(approved().claim, date.fromisoformat(day), LAW.regimes[-1]) == begun


def test_who_is_refused_after_a_referral_was_heard_until_the_day_that_the_referral_named() -> None:
    story = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")
    [denied] = story.when(officer(approves=False), "2025-03-24").new(e.ClaimDenied)
    assert isinstance(denied.basis, Heard)
    assert denied.basis.answer_until == wib("2025-03-20 00:00:00")


def test_one_rupiah_paid_of_a_month_that_was_not_owed_is_a_debt_too() -> None:
    """On a wage of two rupiah a month pays one."""
    story = lived_through(approved(wage_idr=2), 2).when(
        cmd.WithdrawLayoff(reported_by="employer"), "2025-04-24"
    )
    story = story.when(agrees(1), "2025-04-25").when(officer(approves=False, question=1), "2025-04-28")
    assert [(debt.month, debt.amount_idr) for debt in story.new(e.ReceivableFound)] == [(1, 1), (2, 1)]


def test_of_who_died_between_filing_and_approval_month_1_is_paid_without_a_question() -> None:
    story = (
        reported()
        .when(a_filing(), "2025-03-10")
        .when(cmd.ReportDeath(died_on=date(2025, 3, 11)), "2025-03-12")
    )
    story = story.when(cmd.RecordContributions(record=a_record()), "2025-03-13")
    story = story if story.claim.approved else story.when(officer(approves=True), "2025-03-14")
    assert [event.month for event in story.all(e.BenefitAuthorized)] == [1]
    assert story.all(e.QuestionAsked) == ()


def calendar(*holidays: str) -> Calendar:
    return Calendar("decreed", frozenset(date.fromisoformat(day) for day in holidays))


def moved(story: Story, at: str, was: Calendar, now: Calendar) -> tuple[Redated, ...]:
    before, after = (DecisionContext(law=story.law, calendar=each, at=wib(at)) for each in (was, now))
    return redated(story.claim, before, after)


def test_a_holiday_inside_the_time_to_answer_makes_it_longer_and_one_taken_back_not_shorter() -> None:
    story = lived_through(approved(), 2).when(cmd.WithdrawLayoff(reported_by="employer"), "2025-04-24")
    decreed = calendar("2025-04-28")
    [longer] = [each for each in moved(story, "2025-04-24", WEEKENDS_ONLY, decreed) if each.what == "answer"]
    assert (longer.kept, longer.holds) == (False, wib("2025-05-07 00:00:00"))
    [kept] = [each for each in moved(story, "2025-04-24", decreed, WEEKENDS_ONLY) if each.what == "answer"]
    assert (kept.kept, kept.holds) == (True, wib("2025-05-06 00:00:00"))


def test_the_term_of_a_payment_is_that_of_the_regime_by_which_it_was_granted() -> None:
    """Three working days in 2025, from the 11th; a holiday on the 6th lies before them."""
    old = replace(LAW.regimes[0], payment_working_days=Cited(7, "Permenaker 15/2021", date(2021, 2, 2)))
    story = replace(approved(), law=Law((old, LAW.regimes[1])))
    transfers = [
        each
        for each in moved(story, "2025-03-10 12:00:00", WEEKENDS_ONLY, calendar("2025-03-06"))
        if each.what == "transfer"
    ]
    assert transfers == []
    [later] = [
        each
        for each in moved(story, "2025-03-10 12:00:00", WEEKENDS_ONLY, calendar("2025-03-12"))
        if each.what == "transfer"
    ]
    assert later.now == wib("2025-03-15 00:00:00")
