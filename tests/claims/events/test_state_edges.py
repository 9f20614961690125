"""What a claim is after its events, where one event could be read as another."""

from dataclasses import replace
from datetime import date

import pytest
from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    approved,
    decided,
    reported,
    wib,
)
from support.employers import employer_pays

from claims import events as e
from claims.commands import command as cmd
from claims.events.basis import Unstated
from claims.state.claim import BenefitMonth, Claim
from claims.state.evolving import evolve, fold
from law.grounds import Ground, counts, does_not_count
from law.rules import Office


def of(amount_idr: int) -> BenefitMonth:
    """Month 1, granted with so much."""
    [granted] = approved().all(e.BenefitAuthorized)
    return BenefitMonth(1, authorized=granted.model_copy(update={"amount_idr": amount_idr}))


def test_nothing_is_owed_of_a_month_that_nobody_granted() -> None:
    assert BenefitMonth(2).amount_idr == 0


def test_a_raised_wage_adds_its_difference_to_what_is_owed_of_a_month() -> None:
    raised = a_record().model_copy(update={"reported_wage_idr": 4_500_000})
    story = approved().when(cmd.RecordContributions(record=raised), "2025-03-20")
    assert [event.difference_idr for event in story.new(e.MonthAdjusted)] == [300_000]
    assert story.claim.month(1).amount_idr == 2_700_000


@pytest.mark.parametrize(("amount_idr", "owed"), [(0, []), (1, [1])])
def test_a_month_of_no_rupiah_waits_for_no_payment_and_one_of_one_rupiah_does(
    amount_idr: int, owed: list[int]
) -> None:
    assert [owing.amount_idr for owing in of(amount_idr).owings] == owed
    assert of(amount_idr).settled == (owed == [])


def asked(question: int, ground: Ground = Ground.DECEASED, months: tuple[int, ...] = ()) -> e.QuestionAsked:
    return e.QuestionAsked(
        question=question,
        ground=ground,
        article="PP 37/2021 Pasal 40(c)",
        months=months,
        last_month_owed=6,
        answer_until=wib("2025-03-20 00:00:00"),
        reasons=(),
    )


def three_questions() -> Claim:
    return fold([*approved().events, asked(1), asked(2, months=(3,)), asked(3, months=(5,))])


def test_an_answer_stands_with_the_question_that_it_answers() -> None:
    answer = e.QuestionAnswered(
        question=2, statement="disagrees", reference="portal-1", verdict=counts("record 29")
    )
    claim = evolve(three_questions(), answer)
    assert [question.answered for question in claim.questions] == [False, True, False]
    assert [question.asked.question for question in claim.questions] == [1, 2, 3]


def test_of_a_death_not_found_to_be_so_the_months_asked_about_are_granted_and_no_others() -> None:
    found = e.QuestionDecided(question=2, ground=Ground.DECEASED, founded=False, reason="alive")
    claim = evolve(replace(three_questions(), died_on=date(2025, 4, 12)), found)
    assert [question.decided for question in claim.questions] == [None, found, None]
    assert [month.number for month in claim.months if month.granted_by_person] == [3]


def disputed() -> Story:
    """Filed; then the employer says that there was no layoff."""
    both = reported().when(a_report(a_layoff(), "participant"), "2025-03-04")
    return both.when(a_filing(), "2025-03-10").when(cmd.WithdrawLayoff(reported_by="employer"), "2025-03-11")


def test_a_report_that_the_employer_took_back_is_disputed_until_the_employer_reports_again() -> None:
    story = disputed()
    assert story.claim.report_disputed
    other = a_layoff(reason=a_layoff().reason, issued_on="2025-03-04")
    by_participant = story.when(a_report(other, "participant"), "2025-03-12")
    assert by_participant.claim.report_disputed
    assert not by_participant.when(a_report(other, "employer"), "2025-03-13").claim.report_disputed


@pytest.mark.parametrize(("by", "is_disputed"), [("employer", True), ("participant", False)])
def test_only_the_word_of_the_employer_disputes_its_report(by: str, is_disputed: bool) -> None:
    withdrawn = e.LayoffWithdrawn.model_validate(
        {"reported_by": by, "verdict": does_not_count(Ground.NEEDS_MANUAL_REVIEW, "Pasal 9")}
    )
    assert evolve(approved().claim, withdrawn).report_disputed is is_disputed


def test_another_filing_begins_anew_without_a_record_asked_for_before_and_without_the_refusal() -> None:
    story = decided(a_layoff(), a_record(paid=("2025-01",)), "2025-03-10")
    story = story.when(cmd.RequestRecord(reason="paid since"), "2025-03-11")
    assert (story.claim.record_wanted, story.claim.stood_refused) == (True, True)
    again = story.when(a_filing(), "2025-03-12")
    assert (again.claim.record_wanted, again.claim.stood_refused) == (False, False)


def test_what_was_decided_before_a_second_look_is_kept_with_its_reasons() -> None:
    story = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")
    [referred] = story.all(e.ClaimReferred)
    later = story.when(cmd.RecordContributions(record=a_record(paid=("2025-01",))), "2025-03-12")
    [looked_at] = later.new(e.ClaimReconsidered)
    assert later.claim.reconsidered is not None
    assert later.claim.reconsidered.event == looked_at
    assert later.claim.reconsidered.before == referred.reasons


@pytest.mark.parametrize(
    ("since", "still_counts"), [("2025-03-09", False), ("2025-03-10", True), ("2025-03-11", True)]
)
def test_work_before_the_filing_was_before_whoever_approved_and_later_work_counts(
    since: str, still_counts: bool
) -> None:
    [granted] = approved().all(e.ClaimApproved)
    worked = replace(Claim(), reemployed_since=date.fromisoformat(since))
    assert (evolve(worked, granted).reemployed_since is not None) is still_counts


def test_what_an_inspector_finds_not_to_be_owed_makes_no_employer_owe() -> None:
    finding = cmd.FindTrueWage(true_wage_idr=3_000_000, reference="nota-1")
    nothing = approved().when(finding, "2025-03-20")
    assert [event.verdict.counts for event in nothing.new(e.EmployerOwes)] == [False]
    assert nothing.claim.employer_owes is None
    owes = approved().when(finding.model_copy(update={"true_wage_idr": 5_000_000}), "2025-03-20")
    assert owes.claim.employer_owes == owes.new(e.EmployerOwes)[0]


def moved(
    what: str, was: str, now: str, *, edge: str = "closes", month: int = 0, kept: bool = False, by: str = "v2"
) -> e.DeadlineMoved:
    return e.DeadlineMoved.model_validate(
        {
            "what": what,
            "month": month,
            "owner": "claimant",
            "edge": edge,
            "was": wib(was),
            "now": wib(now),
            "kept": kept,
            "article": "record 25",
            "calendar_version": by,
        }
    )


def test_the_dates_moved_are_those_of_the_newest_calendar_alone() -> None:
    first = moved("transfer", "2025-03-14", "2025-03-17", by="v2")
    second = moved("transfer", "2025-03-17", "2025-03-18", by="v3")
    third = moved("answer", "2025-03-20", "2025-03-21", by="v3")
    assert fold([first, second, third]).moved == (second, third)


@pytest.mark.parametrize(
    ("what", "month", "edge", "kept", "promised"),
    [
        ("certification", 6, "opens", True, True),
        ("certification", 6, "opens", False, False),
        ("certification", 5, "opens", True, False),
        ("certification", 6, "closes", True, False),
    ],
)
def test_only_the_opening_of_month_6_that_was_kept_is_a_promise(
    what: str, month: int, edge: str, kept: bool, promised: bool
) -> None:
    event = moved(what, "2025-09-01", "2025-09-02", edge=edge, month=month, kept=kept)
    assert (evolve(Claim(), event).month_6_opens_by == wib("2025-09-01")) is promised


@pytest.mark.parametrize(
    ("what", "edge", "now", "until"),
    [
        ("answer", "closes", "2025-03-21", "2025-03-21"),
        ("documents", "closes", "2025-03-21", "2025-03-21"),
        ("answer", "closes", "2025-03-19", "2025-03-20"),
        ("answer", "opens", "2025-03-21", "2025-03-20"),
        ("transfer", "closes", "2025-03-21", "2025-03-20"),
    ],
)
def test_a_time_to_answer_becomes_longer_and_never_shorter(
    what: str, edge: str, now: str, until: str
) -> None:
    claim = evolve(Claim(), moved(what, "2025-03-20", now, edge=edge))
    assert claim.may_answer_until(wib("2025-03-20")) == wib(until)


def test_a_time_to_answer_that_moves_twice_runs_to_the_second_day() -> None:
    claim = fold(
        [
            moved("answer", "2025-03-20", "2025-03-21", by="v2"),
            moved("answer", "2025-03-24", "2025-03-25", by="v2"),
            moved("answer", "2025-03-21", "2025-03-24", by="v3"),
        ]
    )
    assert claim.may_answer_until(wib("2025-03-20")) == wib("2025-03-24")
    assert claim.may_answer_until(wib("2025-03-24")) == wib("2025-03-25")


def forfeited(*months: int) -> Claim:
    event = e.MonthForfeited(
        month=1, regime="2025", ground=Ground.NOT_CERTIFIED_IN_TIME, article="x", reasons=(), basis=Unstated()
    )
    return fold([*approved().events, *(event.model_copy(update={"month": month}) for month in months)])


def test_a_lost_month_can_be_objected_to_from_the_first_to_the_last_and_no_other_number() -> None:
    claim = forfeited(1, 6)
    assert [number for number in range(-1, 8) if claim.stands("month", number)] == [1, 6]


@pytest.mark.parametrize(
    ("ground", "founded", "granted"),
    [(Ground.DECEASED, False, [3]), (Ground.DECEASED, True, []), (Ground.OWN_BUSINESS, False, [])],
)
def test_a_person_grants_a_month_by_finding_that_a_death_takes_it_not(
    ground: Ground, founded: bool, granted: list[int]
) -> None:
    found = e.QuestionDecided(question=2, ground=ground, founded=founded, reason="looked at")
    claim = evolve(replace(three_questions(), died_on=date(2025, 4, 12)), found)
    assert [month.number for month in claim.months if month.granted_by_person] == granted


def asked_for_money_back(on: str, ground: Ground) -> e.ReimbursementAsked:
    return e.ReimbursementAsked(
        reference=f"letter-{on}",
        asked_on=date.fromisoformat(on),
        arrears_settled_on=None,
        amount_idr=0,
        pay_until=wib("2025-06-01 00:00:00"),
        verdict=does_not_count(ground, "PP 37/2021 Pasal 39(4)-(6)"),
    )


def test_a_request_that_only_the_record_held_up_keeps_its_day_and_any_other_refused_one_does_not() -> None:
    too_late = asked_for_money_back("2025-04-01", Ground.ASKED_TOO_LATE)
    assert evolve(approved().claim, too_late).reimbursement_held is None
    first = asked_for_money_back("2025-04-02", Ground.RECORD_SHOWS_ARREARS)
    held = evolve(approved().claim, first)
    again = asked_for_money_back("2025-04-20", Ground.RECORD_SHOWS_ARREARS)
    assert held.reimbursement_held == evolve(held, again).reimbursement_held == first


def test_a_month_is_borne_by_who_it_was_granted_from_and_one_to_come_by_who_pays_now() -> None:
    by_fund = approved().claim
    assert not by_fund.employer_bears(1)
    by_employer = employer_pays().claim
    assert by_employer.employer_bears(1)
    assert by_employer.employer_bears(2)
