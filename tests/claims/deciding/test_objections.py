"""Objections: who holds a decision for wrong says so, and a person puts it right or lets it stand."""

from datetime import date

import pytest
from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    amounts,
    applications,
    approved,
    certification,
    decided,
    lived,
    lived_through,
    months_between,
    paid,
    self_assessment,
    wib,
)

from claims.agenda.deadlines import deadlines
from claims.agenda.next_step import Status, Todo
from claims.agenda.notices import NoticeKind, notices_for
from claims.agenda.obligations import Owner
from claims.commands import command as cmd
from claims.events import (
    BenefitAuthorized,
    BenefitCeased,
    BenefitResumed,
    ClaimApproved,
    ClaimDenied,
    ClaimExhausted,
    ClaimLapsed,
    ClaimReinstated,
    DecisionReviewed,
    MonthForfeited,
    MonthReinstated,
    Objected,
    ObjectionReceived,
    PaymentCancelled,
    PaymentOrdered,
    QuestionAsked,
    QuestionDecided,
    ReceivableDropped,
    ReceivableFound,
)
from claims.events.facts import EmployerStanding
from claims.replaying import replay
from claims.state.claim import Ending
from law.grounds import Ground
from law.rules import Office

ELEVEN = months_between("2024-04", "2025-02")


def objecting(what: Objected, month: int = 0, reference: str = "keberatan-1") -> cmd.ObjectToDecision:
    return cmd.ObjectToDecision(what=what, month=month, reference=reference)


def putting_right(what: Objected, month: int = 0, *, founded: bool = True) -> cmd.PutRight:
    return cmd.PutRight(what=what, month=month, reason="seen", founded=founded)


def refused() -> Story:
    """Refused on 10 March for eleven months."""
    return decided(a_layoff(), a_record(paid=ELEVEN), "2025-03-10")


def lost(month: int = 2) -> Story:
    """Months up to the one before paid, and a month lost for nothing done."""
    return lived_through(approved(), month - 1).wake("2025-04-16" if month == 2 else "2025-05-16")


def at_work_by_mistake() -> Story:
    """Two months paid; on 14 April the claimant reports work since 12 April, which was never begun."""
    since = date(2025, 4, 12)
    return lived_through(approved(), 2).when(cmd.ReportReemployment(since=since), "2025-04-14")


def letters(story: Story) -> list[NoticeKind]:
    return [notice.kind for notice in notices_for(story.added, story.claim)]


def awaited(story: Story, at: str) -> list[tuple[str, Owner, int]]:
    return [(wait.what, wait.owner, wait.month) for wait in story.step(at).awaited]


def test_an_objection_to_a_refusal_gives_an_officer_the_ball_for_three_working_days() -> None:
    story = refused().when(objecting("refusal"), "2025-03-12")
    assert story.told.verdict.counts
    step = story.step("2025-03-12")
    assert [(wait.what, wait.owner) for wait in step.awaited] == [
        ("objection", Owner.OFFICER),
        ("filing_again", Owner.CLAIMANT),
    ]
    assert step.awaited[0].until == wib("2025-03-18 00:00:00")
    assert step.awaited[0].article == "assumption: docs/decisions/0034-objections.md"
    assert letters(story) == [NoticeKind.OBJECTION_RECEIVED]


def test_the_date_of_an_objection_is_among_the_deadlines_of_the_claim() -> None:
    story = refused().when(objecting("refusal"), "2025-03-12")
    [due] = [d for d in deadlines(story.claim, story.context(wib("2025-03-12"))) if d.what == "objection"]
    assert (due.last_day, due.owner, due.passed) == (date(2025, 3, 17), "officer", False)


def test_an_objection_that_nobody_looked_at_is_overdue_and_loses_nothing() -> None:
    story = refused().when(objecting("refusal"), "2025-03-12").wake("2025-08-01")
    assert story.step("2025-08-01").awaited[0].until == wib("2025-08-05 00:00:00")


def test_a_refusal_does_not_become_final_while_an_objection_is_open() -> None:
    story = refused().when(objecting("refusal"), "2025-09-03").wake("2025-09-30")
    assert not story.all(ClaimLapsed)
    dismissed = story.when(putting_right("refusal", founded=False), "2025-09-30")
    assert [lapsed.ground for lapsed in dismissed.new(ClaimLapsed)] == [Ground.TOO_FEW_CONTRIBUTION_MONTHS]


def test_a_refusal_put_right_is_an_approval_from_the_first_filing_with_days_to_catch_up() -> None:
    story = refused().when(objecting("refusal"), "2025-05-01").when(putting_right("refusal"), "2025-05-02")
    [granted] = story.new(ClaimApproved)
    assert (granted.reference_date, granted.catch_up_from) == (date(2025, 3, 10), date(2025, 5, 2))
    assert granted.reasons == story.all(ClaimDenied)[0].reasons
    [first] = story.new(BenefitAuthorized)
    assert (first.month, first.amount_idr, first.pay_until) == (1, 2_400_000, wib("2025-05-08 00:00:00"))
    searched = story.when(applications(5, "2025-03-20"), "2025-05-03")
    in_time = searched.when(certification(2), "2025-05-07 23:59:59")
    assert [event.month for event in in_time.new(BenefitAuthorized)] == [2]
    too_late = searched.when(certification(2), "2025-05-08 00:00:00")
    assert too_late.told.verdict.ground is Ground.WINDOW_CLOSED


def test_an_officer_puts_a_refusal_right_without_an_objection() -> None:
    story = refused().when(putting_right("refusal"), "2025-03-12")
    assert story.told.verdict.counts
    assert letters(story) == [NoticeKind.DECISION_PUT_RIGHT, NoticeKind.CLAIM_APPROVED]


def test_a_refusal_that_had_become_final_is_put_right_too() -> None:
    story = refused().wake("2025-09-04")
    assert story.claim.ending is Ending.LAPSED
    objected = story.when(objecting("refusal"), "2025-10-01")
    assert awaited(objected, "2025-10-01") == [("objection", Owner.OFFICER, 0)]
    assert objected.step("2025-10-01").todo is Todo.WAIT
    right = objected.when(putting_right("refusal"), "2025-10-02")
    assert right.new(ClaimReinstated)
    assert right.step("2025-10-02").status is Status.IN_BENEFIT


def test_what_a_person_refused_after_a_hearing_another_person_may_put_right() -> None:
    story = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")
    story = story.when(cmd.DecideByOfficer(approves=False, reason="not seen"), "2025-03-20")
    assert [denied.basis.kind for denied in story.all(ClaimDenied)] == ["heard"]
    assert story.when(putting_right("refusal"), "2025-03-25").new(ClaimApproved)


def test_where_contributions_were_in_arrears_the_officer_says_who_pays() -> None:
    record = a_record(
        paid=months_between("2023-03", "2024-07"),
        owed=months_between("2024-08", "2025-02"),
        employer=EmployerStanding.OPERATING,
    )
    story = decided(a_layoff(), record, "2025-03-10")
    story = story.when(cmd.DecideByOfficer(approves=False, reason="not seen"), "2025-03-20")
    assert story.when(putting_right("refusal"), "2025-03-25").told.verdict.ground is Ground.PAYER_NOT_NAMED
    named = cmd.PutRight(what="refusal", reason="seen", payer="employer")
    assert story.when(named, "2025-03-25").claim.employer_pays


def test_nobody_approves_without_a_record_of_the_wage() -> None:
    record = a_record(paid=(), programmes=()).model_copy(update={"registered": False})
    story = decided(a_layoff(), record, "2025-03-10")
    story = story.when(cmd.DecideByOfficer(approves=False, reason="not seen"), "2025-03-20")
    assert story.all(ClaimDenied)
    assert story.when(putting_right("refusal"), "2025-03-25").told.verdict.ground is Ground.WAGE_UNKNOWN


def test_another_filing_leaves_the_objection_to_the_earlier_refusal_behind() -> None:
    story = refused().when(objecting("refusal"), "2025-03-12").when(a_filing(), "2025-04-01")
    assert story.claim.open_objections == ()
    again = story.when(cmd.RecordContributions(record=a_record(paid=ELEVEN)), "2025-04-01")
    assert again.claim.denied is not None
    assert awaited(again, "2025-04-01") == [("filing_again", Owner.CLAIMANT, 0)]


def test_a_month_put_right_is_granted_and_ordered_as_it_is() -> None:
    story = lost(2).when(objecting("month", 2), "2025-04-20")
    assert ("objection", Owner.OFFICER, 2) in awaited(story, "2025-04-20")
    story = story.when(putting_right("month", 2), "2025-04-22")
    assert [(r.month, r.granted) for r in story.new(MonthReinstated)] == [(2, True)]
    [authorized] = story.new(BenefitAuthorized)
    assert (authorized.month, authorized.amount_idr) == (2, 2_400_000)
    assert authorized.pay_until == wib("2025-04-26 00:00:00")
    assert [order.month for order in story.new(PaymentOrdered)] == [2]
    assert letters(story) == [NoticeKind.DECISION_PUT_RIGHT]
    assert amounts(paid(story, 2, "2025-04-23")) == [2_400_000, 2_400_000]


def test_a_claim_does_not_end_while_an_objection_is_open_and_comes_back_where_it_has_ended() -> None:
    story = lived_through(approved(), 5).wake("2025-09-10")
    assert [lost.month for lost in story.all(MonthForfeited)] == [6]
    assert story.claim.ending is Ending.EXHAUSTED
    objected = story.when(objecting("month", 6), "2025-09-12")
    assert objected.step("2025-09-12").todo is Todo.WAIT
    right = paid(objected.when(putting_right("month", 6), "2025-09-15"), 6, "2025-09-16")
    assert [done.months_paid for done in right.all(ClaimExhausted)] == [5, 6]


def test_a_month_that_is_lost_on_an_open_objection_keeps_the_claim_open() -> None:
    story = lived_through(approved(), 4).wake("2025-07-16").when(objecting("month", 5), "2025-07-20")
    story = paid(lived(story, 6), 6)
    assert story.claim.ending is None
    dismissed = story.when(putting_right("month", 5, founded=False), "2025-09-20")
    assert [done.months_paid for done in dismissed.new(ClaimExhausted)] == [5]


def test_a_mistaken_report_of_work_is_put_right_and_the_months_come_back() -> None:
    story = at_work_by_mistake()
    assert [ceased.last_month_owed for ceased in story.all(BenefitCeased)] == [2]
    assert story.step("2025-04-14").todo is Todo.FINISH
    objected = story.when(objecting("cessation"), "2025-04-15")
    assert awaited(objected, "2025-04-15") == [("objection", Owner.OFFICER, 0)]
    right = objected.when(putting_right("cessation"), "2025-04-22")
    assert [resumed.months for resumed in right.new(BenefitResumed)] == [(3, 4, 5, 6)]
    assert right.step("2025-04-22").status is Status.IN_BENEFIT
    assert (right.claim.reemployed_since, right.claim.ceased) == (None, None)
    assert letters(right) == [NoticeKind.DECISION_PUT_RIGHT]
    assert amounts(paid(lived(right, 3), 3)) == [2_400_000, 2_400_000, 2_400_000]


def test_windows_that_closed_while_the_benefit_had_ended_stay_open_for_five_days_more() -> None:
    story = at_work_by_mistake().when(putting_right("cessation"), "2025-05-20")
    story = story.when(applications(5, "2025-04-20"), "2025-05-21")
    in_time = story.when(certification(3), "2025-05-25 23:59:59")
    assert [event.month for event in in_time.new(BenefitAuthorized)] == [3]
    too_late = story.when(certification(3), "2025-05-26 00:00:00")
    assert too_late.told.verdict.ground is Ground.WINDOW_CLOSED


def test_a_month_lost_before_the_end_gets_no_days_by_it() -> None:
    story = lost(2).when(cmd.ReportReemployment(since=date(2025, 5, 12)), "2025-05-12")
    story = story.when(putting_right("cessation"), "2025-05-14")
    assert [resumed.months for resumed in story.new(BenefitResumed)] == [(3, 4, 5, 6)]
    story = story.when(applications(5, "2025-03-20"), "2025-05-15")
    assert story.when(certification(2), "2025-05-15").told.verdict.ground is Ground.WINDOW_CLOSED


def test_work_that_is_found_later_ends_the_benefit_again() -> None:
    story = at_work_by_mistake().when(putting_right("cessation"), "2025-04-22")
    story = story.when(cmd.ReportReemployment(since=date(2025, 5, 12)), "2025-05-12")
    assert [ceased.last_month_owed for ceased in story.new(BenefitCeased)] == [3]


def test_an_order_that_the_end_had_cancelled_is_made_again() -> None:
    story = lived(lived_through(approved(), 2), 3)
    ceased = story.when(cmd.ReportReemployment(since=date(2025, 4, 12)), "2025-05-10 11:00:00")
    assert [cancelled.month for cancelled in ceased.new(PaymentCancelled)] == [3]
    right = ceased.when(putting_right("cessation"), "2025-05-12")
    assert [(order.month, order.attempt) for order in right.new(PaymentOrdered)] == [(3, 2)]


def test_a_difference_that_the_end_had_cancelled_is_ordered_again_and_not_before() -> None:
    story = lived_through(approved(), 3)
    raised = a_record(wage_idr=4_500_000).model_copy(update={"record_id": "record-2"})
    story = story.when(cmd.RecordContributions(record=raised), "2025-05-12")
    story = story.when(cmd.ReportReemployment(since=date(2025, 4, 12)), "2025-05-14")
    assert [cancelled.month for cancelled in story.new(PaymentCancelled)] == [3]
    assert not story.wake("2025-05-15").new(PaymentOrdered)
    right = story.when(putting_right("cessation"), "2025-05-16")
    assert [(order.obligation, order.attempt) for order in right.new(PaymentOrdered)] == [
        ("difference/3/1", 2)
    ]


def test_a_question_about_months_paid_after_the_end_is_answered_with_it() -> None:
    story = lived_through(approved(), 3)
    story = story.when(cmd.ReportReemployment(since=date(2025, 4, 12)), "2025-05-14")
    assert [asked.months for asked in story.new(QuestionAsked)] == [(3,)]
    right = story.when(putting_right("cessation"), "2025-05-16")
    assert [(d.question, d.founded) for d in right.new(QuestionDecided)] == [(1, False)]
    assert right.claim.open_questions == ()


def test_a_debt_that_was_marked_on_the_same_ground_is_dropped() -> None:
    story = lived_through(approved(), 3)
    story = story.when(cmd.ReportReemployment(since=date(2025, 4, 12)), "2025-05-14")
    answer = cmd.AnswerQuestion(question=1, statement="agrees", reference="portal-1")
    founded = cmd.DecideByOfficer(approves=False, reason="seen", question=1)
    story = story.when(answer, "2025-05-15").when(founded, "2025-05-16")
    assert [(r.month, r.amount_idr) for r in story.all(ReceivableFound)] == [(3, 2_400_000)]
    right = story.when(putting_right("cessation"), "2025-05-20")
    assert [(r.month, r.amount_idr) for r in right.new(ReceivableDropped)] == [(3, 2_400_000)]
    assert right.claim.month(3).receivable_idr == 0
    assert amounts(right) == [2_400_000, 2_400_000, 2_400_000]


def test_a_death_recorded_by_mistake_is_put_right_and_grants_nothing_unasked() -> None:
    story = lived_through(approved(), 1).when(cmd.ReportDeath(died_on=date(2025, 4, 11)), "2025-04-12")
    assert [asked.months for asked in story.new(QuestionAsked)] == [(2,)]
    right = story.when(putting_right("cessation"), "2025-04-20")
    assert not right.new(BenefitAuthorized)
    assert right.claim.died_on is None
    assert awaited(right, "2025-04-20")[0] == ("job_search", Owner.CLAIMANT, 2)
    late = right.when(applications(5, "2025-03-20"), "2025-04-21").when(certification(2), "2025-04-25")
    assert [event.month for event in late.new(BenefitAuthorized)] == [2]


def test_a_month_lost_with_a_death_recorded_by_mistake_comes_back_with_the_benefit() -> None:
    story = lived_through(approved(), 1).when(cmd.ReportDeath(died_on=date(2025, 4, 11)), "2025-04-12")
    founded = cmd.DecideByOfficer(approves=False, reason="seen", question=1)
    story = story.when(founded, "2025-04-28")
    assert [(lost.month, lost.ground) for lost in story.all(MonthForfeited)] == [(2, Ground.DECEASED)]
    right = story.when(putting_right("cessation"), "2025-05-02")
    assert [resumed.months for resumed in right.new(BenefitResumed)] == [(2, 3, 4, 5, 6)]
    assert right.claim.month(2).forfeited is None


def test_a_month_lost_after_a_death_is_granted_to_the_family() -> None:
    story = lived_through(approved(), 1).when(cmd.ReportDeath(died_on=date(2025, 4, 11)), "2025-04-12")
    founded = cmd.DecideByOfficer(approves=False, reason="seen", question=1)
    right = story.when(founded, "2025-04-28").when(putting_right("month", 2), "2025-05-02")
    assert [event.month for event in right.new(BenefitAuthorized)] == [2]
    assert not right.new(QuestionAsked)


@pytest.mark.parametrize(("what", "month"), [("refusal", 0), ("month", 2), ("cessation", 0)])
@pytest.mark.parametrize("by_officer", [False, True])
def test_where_nothing_was_decided_there_is_nothing_to_object_to(
    what: Objected, month: int, by_officer: bool
) -> None:
    said = putting_right(what, month) if by_officer else objecting(what, month)
    story = approved().when(said, "2025-03-12")
    assert story.told.verdict.ground is Ground.NOTHING_TO_DECIDE
    assert letters(story) == []
    assert awaited(story, "2025-03-12") == awaited(approved(), "2025-03-12")
    assert len(story.new(DecisionReviewed) + story.new(ObjectionReceived)) == 1


def test_a_month_after_the_end_comes_back_with_the_end() -> None:
    story = lived_through(approved(), 1).wake("2025-04-16")
    story = story.when(cmd.ReportReemployment(since=date(2025, 3, 20)), "2025-04-18")
    assert [(lost.month, story.claim.last_month_owed) for lost in story.all(MonthForfeited)] == [(2, 1)]
    assert story.when(objecting("month", 2), "2025-04-20").told.verdict.ground is Ground.REEMPLOYED
    right = story.when(putting_right("cessation"), "2025-04-20").when(objecting("month", 2), "2025-04-21")
    assert right.told.verdict.counts


def test_a_decision_is_objected_to_once_at_a_time() -> None:
    story = refused().when(objecting("refusal"), "2025-03-12")
    again = story.when(objecting("refusal", reference="keberatan-2"), "2025-03-13")
    assert again.told.verdict.ground is Ground.ALREADY_RECORDED
    dismissed = again.when(putting_right("refusal", founded=False), "2025-03-14")
    assert letters(dismissed) == [NoticeKind.OBJECTION_DISMISSED]
    assert dismissed.claim.denied is not None
    assert dismissed.when(objecting("refusal", reference="keberatan-3"), "2025-03-20").told.verdict.counts


def test_nobody_dismisses_what_nobody_said() -> None:
    story = refused().when(putting_right("refusal", founded=False), "2025-03-14")
    assert story.told.verdict.ground is Ground.NOTHING_TO_DECIDE


@pytest.mark.parametrize("said", [objecting("refusal"), putting_right("refusal")])
def test_a_claim_taken_back_by_its_claimant_is_not_put_right(said: cmd.Command) -> None:
    story = refused().when(cmd.WithdrawClaim(reason="moved"), "2025-03-12").when(said, "2025-03-13")
    assert story.told.verdict.ground is Ground.CLAIM_ENDED
    assert story.step("2025-03-13").todo is Todo.FINISH


def test_an_open_objection_ends_with_the_claim_that_is_taken_back() -> None:
    story = refused().when(objecting("refusal"), "2025-03-12")
    assert story.when(cmd.WithdrawClaim(reason="moved"), "2025-03-13").step("2025-03-13").todo is Todo.FINISH


@pytest.mark.parametrize(("what", "month"), [("refusal", 2), ("cessation", 1), ("month", 0), ("month", 7)])
def test_a_month_is_named_with_its_number_and_nothing_else_is(what: Objected, month: int) -> None:
    with pytest.raises(ValueError, match="month"):
        cmd.ObjectToDecision(what=what, month=month, reference="keberatan-1")


def test_every_decision_of_a_claim_put_right_is_replayed_bit_for_bit() -> None:
    refusal = refused().when(objecting("refusal"), "2025-05-01").when(putting_right("refusal"), "2025-05-02")
    story = refusal.when(self_assessment("2025-05-02"), "2025-05-02")
    story = paid(story, 1, "2025-05-03").wake("2025-05-08").when(objecting("month", 2), "2025-05-09")
    story = paid(story.when(putting_right("month", 2), "2025-05-10"), 2, "2025-05-11")
    story = story.when(cmd.ReportReemployment(since=date(2025, 4, 1)), "2025-05-12")
    story = story.when(objecting("cessation"), "2025-05-13")
    story = story.when(putting_right("cessation"), "2025-05-14")
    laws, calendars = {story.law.version: story.law}, {story.calendar.version: story.calendar}
    assert story.all(ClaimApproved)
    assert story.all(MonthReinstated)
    assert story.all(BenefitResumed)
    assert tuple(replay(story.stream, laws, calendars)) == ()
