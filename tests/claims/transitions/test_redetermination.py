"""What comes after a decision is looked at: better follows at once, worse is asked first."""

from datetime import date

import pytest
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    amounts,
    an_outcome,
    applications,
    approved,
    certification,
    decided,
    lived,
    lived_through,
    months_between,
    paid,
    reported,
)

from claims.agenda.next_step import Status, Todo
from claims.agenda.obligations import Owner
from claims.commands import command as cmd
from claims.events import (
    BenefitAuthorized,
    BenefitCeased,
    ClaimApproved,
    ClaimDenied,
    ClaimExhausted,
    ClaimReconsidered,
    ClaimReferred,
    ClaimReinstated,
    ContributionRecordReceived,
    MonthAdjusted,
    PaymentOrdered,
    QuestionAsked,
    ReceivableFound,
    WageRedetermined,
)
from claims.events.facts import ContributionRecord
from claims.replaying import replay
from claims.state.claim import Ending
from law.grounds import Ground
from law.regimes import LAW
from law.rules import SeparationReason

ELEVEN = months_between("2024-04", "2025-02")
TWELVE = months_between("2024-03", "2025-02")


def record_of(record: ContributionRecord) -> cmd.RecordContributions:
    return cmd.RecordContributions(record=record)


def refused_for_months() -> Story:
    """Refused on 10 March for eleven months, none of them owed."""
    return decided(a_layoff(), a_record(paid=ELEVEN), "2025-03-10")


def settle_difference(story: Story, month: int, at: str) -> Story:
    order = story.order(month)
    return story.when(an_outcome(order, "settled"), at)


def test_a_twelfth_month_that_arrives_later_turns_the_refusal_and_keeps_the_day_of_filing() -> None:
    story = refused_for_months().when(record_of(a_record(paid=TWELVE)), "2025-03-20")
    assert [event.outcome for event in story.new(ClaimReconsidered)] == ["decided_anew"]
    assert story.new(ClaimApproved)[0].reference_date == date(2025, 3, 10)
    assert [event.month for event in story.new(BenefitAuthorized)] == [1]


def test_the_same_record_again_says_nothing_new() -> None:
    again = record_of(a_record(paid=ELEVEN).model_copy(update={"record_id": "record-2"}))
    story = refused_for_months().when(again, "2025-03-20")
    assert story.told.verdict.ground is Ground.ALREADY_RECORDED
    assert not story.added


def test_another_record_that_does_not_help_leaves_the_refusal_and_says_so() -> None:
    story = refused_for_months().when(record_of(a_record(paid=ELEVEN[1:])), "2025-03-20")
    assert [event.outcome for event in story.new(ClaimReconsidered)] == ["unchanged"]
    assert story.step("2025-03-20").status is Status.DENIED


def test_months_whose_windows_passed_while_the_claim_stood_refused_may_still_be_applied_for() -> None:
    story = refused_for_months().when(record_of(a_record(paid=TWELVE)), "2025-05-02")
    assert story.new(ClaimApproved)[0].catch_up_from == date(2025, 5, 2)
    late = story.when(applications(5, "2025-03-20"), "2025-05-03").when(certification(2), "2025-05-07 23:59")
    assert [event.month for event in late.new(BenefitAuthorized)] == [2]
    too_late = story.when(certification(2), "2025-05-08 00:00:00")
    assert too_late.told.verdict.ground is Ground.WINDOW_CLOSED


def test_a_refusal_that_had_become_final_is_reopened_by_months_paid_later() -> None:
    story = refused_for_months().wake("2025-09-04")
    assert story.claim.ending is Ending.LAPSED
    story = story.when(record_of(a_record(paid=TWELVE)), "2025-10-01")
    assert story.new(ClaimReinstated)
    assert story.step("2025-10-01").status is Status.IN_BENEFIT


def test_a_refusal_that_had_become_final_stays_so_where_nothing_changes() -> None:
    story = refused_for_months().wake("2025-09-04").when(record_of(a_record(paid=ELEVEN[1:])), "2025-10-01")
    assert [event.outcome for event in story.new(ClaimReconsidered)] == ["unchanged"]
    assert story.claim.ending is Ending.LAPSED


def test_a_corrected_reason_of_the_layoff_turns_the_refusal() -> None:
    resigned = decided(a_layoff(reason=SeparationReason.RESIGNATION), a_record(), "2025-03-10")
    assert resigned.all(ClaimDenied)
    story = resigned.when(a_report(a_layoff()), "2025-03-20")
    assert [event.because for event in story.new(ClaimReconsidered)] == ["layoff_report"]
    assert story.new(ClaimApproved)


def test_a_contradiction_after_a_refusal_goes_to_a_person() -> None:
    resigned = decided(a_layoff(reason=SeparationReason.RESIGNATION), a_record(), "2025-03-10")
    story = resigned.when(a_report(a_layoff(), by="participant"), "2025-03-20")
    assert [event.ground for event in story.new(ClaimReferred)] == [Ground.REPORTS_CONTRADICT]


def test_a_raised_wage_pays_the_difference_of_every_month_granted() -> None:
    story = lived_through(approved(2025, wage_idr=4_000_000), 2)
    story = story.when(record_of(a_record(wage_idr=4_500_000)), "2025-04-24")
    assert [(e.was_idr, e.becomes_idr) for e in story.new(WageRedetermined)] == [(4_000_000, 4_500_000)]
    assert [(e.month, e.was_idr, e.becomes_idr, e.difference_idr) for e in story.new(MonthAdjusted)] == [
        (1, 2_400_000, 2_700_000, 300_000),
        (2, 2_400_000, 2_700_000, 300_000),
    ]
    assert [(e.obligation, e.amount_idr) for e in story.new(PaymentOrdered)] == [
        ("difference/1/1", 300_000),
        ("difference/2/1", 300_000),
    ]


def test_months_after_a_raised_wage_are_paid_on_it() -> None:
    story = lived_through(approved(2025, wage_idr=4_000_000), 2)
    story = story.when(record_of(a_record(wage_idr=4_500_000)), "2025-04-24")
    story = settle_difference(settle_difference(story, 1, "2025-04-25"), 2, "2025-04-25")
    for month in (3, 4, 5, 6):
        story = paid(lived(story, month), month)
    assert amounts(story) == [2_400_000, 300_000, 2_400_000, 300_000, *[2_700_000] * 4]
    assert story.all(ClaimExhausted)[0].total_idr == 16_200_000
    assert story.all(ClaimExhausted)[0].months_paid == 6


def test_a_wage_raised_after_the_last_month_reopens_the_claim_until_the_difference_is_paid() -> None:
    story = lived_through(approved(2025, wage_idr=4_000_000))
    assert story.claim.ending is Ending.EXHAUSTED
    story = story.when(record_of(a_record(wage_idr=5_000_000)), "2025-10-01")
    assert [e.difference_idr for e in story.new(MonthAdjusted)] == [600_000] * 6
    assert story.claim.ending is None
    assert len(story.step("2025-10-01").order_ids) == 6
    for month in range(1, 7):
        story = settle_difference(story, month, "2025-10-02")
    assert story.claim.ending is Ending.EXHAUSTED
    assert sum(amounts(story)) == 18_000_000


def test_a_wage_above_the_ceiling_adds_nothing_above_it() -> None:
    story = approved(2025, wage_idr=5_000_000).when(record_of(a_record(wage_idr=9_000_000)), "2025-03-20")
    assert story.new(WageRedetermined)
    assert not story.new(MonthAdjusted)


def test_a_raised_wage_adds_nothing_to_a_month_paid_after_the_right_had_ended() -> None:
    story = lived_through(approved(2025, wage_idr=4_000_000), 3)
    story = story.when(cmd.ReportReemployment(since=date(2025, 4, 20)), "2025-05-20")
    assert (story.claim.last_month_owed, story.claim.month(3).paid_idr) == (2, 2_400_000)
    story = story.when(record_of(a_record(wage_idr=4_500_000)), "2025-05-24")
    assert [(e.month, e.difference_idr) for e in story.new(MonthAdjusted)] == [(1, 300_000), (2, 300_000)]


def test_a_lower_wage_is_asked_about_and_nobody_pays_back() -> None:
    story = lived_through(approved(2025, wage_idr=5_000_000), 1)
    story = story.when(record_of(a_record(wage_idr=4_800_000)), "2025-03-20")
    assert [(e.ground, e.months) for e in story.new(QuestionAsked)] == [(Ground.WAGE_CORRECTED, ())]
    story = story.when(cmd.DecideByOfficer(approves=False, reason="slips", question=1), "2025-04-02")
    assert [e.becomes_idr for e in story.new(WageRedetermined)] == [4_800_000]
    assert not story.all(ReceivableFound)


@pytest.mark.parametrize("paid_months", [ELEVEN, ELEVEN[3:]])
def test_fewer_months_after_an_approval_hold_the_months_to_come_and_a_person_decides(
    paid_months: tuple[str, ...],
) -> None:
    story = lived_through(approved(2025), 2).when(record_of(a_record(paid=paid_months)), "2025-04-24")
    asked = story.new(QuestionAsked)[0]
    assert (asked.ground, asked.months) == (Ground.TOO_FEW_CONTRIBUTION_MONTHS, (3, 4, 5, 6))
    assert [event.outcome for event in story.new(ClaimReconsidered)] == ["asked"]
    assert not story.all(BenefitCeased)
    assert amounts(story) == [2_400_000, 2_400_000]


def test_new_work_in_the_register_is_asked_about_and_would_end_only_what_comes_after() -> None:
    story = lived_through(approved(2025), 2)
    story = story.when(record_of(a_record(reemployed_on="2025-04-20")), "2025-04-24")
    asked = story.new(QuestionAsked)[0]
    assert (asked.ground, asked.months, asked.last_month_owed) == (Ground.REEMPLOYED, (3, 4, 5, 6), 2)
    assert not story.all(BenefitCeased)


def test_a_record_may_be_asked_for_again_and_is_then_fetched() -> None:
    story = refused_for_months().when(cmd.RequestRecord(reason="december was paid"), "2025-03-12")
    step = story.step("2025-03-12")
    assert (step.status, step.todo) == (Status.DENIED, Todo.FETCH_RECORD)
    assert Owner.BPJS in [awaited.owner for awaited in step.awaited]
    story = story.when(record_of(a_record(paid=ELEVEN)), "2025-03-13")
    assert story.new(ContributionRecordReceived)
    assert story.step("2025-03-13").todo is Todo.WAIT


def test_a_refusal_does_not_become_final_while_the_record_is_being_asked_for() -> None:
    asked = refused_for_months().when(cmd.RequestRecord(reason="paid today"), "2025-09-03 23:00:00")
    story = asked.wake("2025-09-04")
    assert story.claim.ending is None
    assert story.when(record_of(a_record(paid=TWELVE)), "2025-09-05").new(ClaimApproved)


def test_payments_go_before_the_fetching_of_a_record() -> None:
    story = approved(2025).when(cmd.RequestRecord(reason="wage"), "2025-03-10")
    assert story.step("2025-03-10").todo is Todo.TRANSFER


def test_a_report_that_only_repeats_what_was_decided_on_changes_nothing() -> None:
    story = approved(2025).when(a_report(a_layoff("2025-03-03"), by="participant"), "2025-03-12")
    assert [event.outcome for event in story.new(ClaimReconsidered)] == ["unchanged"]
    assert not story.new(QuestionAsked)


def test_an_employer_that_calls_it_a_resignation_after_the_approval_is_not_simply_believed() -> None:
    story = approved(2025).when(a_report(a_layoff(reason=SeparationReason.RESIGNATION)), "2025-03-20")
    asked = story.new(QuestionAsked)[0]
    assert asked.ground is Ground.EXCLUDED_SEPARATION
    assert not story.all(BenefitCeased)


def test_facts_about_a_claim_that_was_withdrawn_are_kept_and_decide_nothing() -> None:
    story = reported().when(a_filing(), "2025-03-10")
    story = story.when(record_of(a_record(paid=ELEVEN)), "2025-03-10")
    story = story.when(cmd.WithdrawClaim(reason="ragu"), "2025-03-11")
    story = story.when(record_of(a_record(paid=TWELVE)), "2025-03-12")
    assert story.claim.ending is Ending.WITHDRAWN
    assert [event.outcome for event in story.new(ClaimReconsidered)] == ["unchanged"]


def test_a_difference_that_the_bank_refuses_is_tried_again_like_a_month() -> None:
    story = lived_through(approved(2025, wage_idr=4_000_000), 1)
    story = story.when(record_of(a_record(wage_idr=4_500_000)), "2025-03-20")
    story = story.when(an_outcome(story.order(1), "refused", Ground.NOT_EXECUTED), "2025-03-20 10:05:00")
    story = story.wake("2025-03-20 10:11:00")
    assert [(e.obligation, e.attempt) for e in story.new(PaymentOrdered)] == [("difference/1/1", 2)]
    assert story.claim.month(1).paid_idr == 2_400_000


@pytest.mark.parametrize("wage_idr", [3_000_000, 4_700_000])
def test_a_lower_wage_ends_nothing_however_much_lower_it_is(wage_idr: int) -> None:
    record = a_record(wage_idr=5_000_000).model_copy(update={"reported_wage_idr": wage_idr})
    story = lived_through(approved(2025, wage_idr=5_000_000), 2).when(record_of(record), "2025-04-24")
    story = story.when(cmd.DecideByOfficer(approves=False, reason="slips", question=1), "2025-05-08")
    assert [event.becomes_idr for event in story.new(WageRedetermined)] == [wage_idr]
    assert not story.all(BenefitCeased)
    assert not story.all(ReceivableFound)


def test_arrears_found_after_the_approval_take_nothing_from_the_claimant() -> None:
    paid, owed = months_between("2023-04", "2024-09"), months_between("2024-10", "2025-01")
    story = lived_through(approved(2025), 2).when(record_of(a_record(paid=paid, owed=owed)), "2025-04-24")
    assert not story.new(QuestionAsked)
    assert [event.outcome for event in story.new(ClaimReconsidered)] == ["unchanged"]


def test_a_raise_is_paid_and_new_work_in_the_same_record_is_still_asked_about() -> None:
    story = lived_through(approved(2025, wage_idr=4_000_000), 2)
    told = a_record(wage_idr=4_500_000, reemployed_on="2025-04-20")
    story = story.when(record_of(told), "2025-04-24")
    assert [(e.month, e.difference_idr) for e in story.new(MonthAdjusted)] == [(1, 300_000), (2, 300_000)]
    assert [(e.ground, e.months) for e in story.new(QuestionAsked)] == [(Ground.REEMPLOYED, (3, 4, 5, 6))]
    assert [event.outcome for event in story.new(ClaimReconsidered)] == ["asked"]


def two_doubts() -> Story:
    """Two months paid; then a record with new work and too few months."""
    told = a_record(paid=ELEVEN[3:], reemployed_on="2025-04-20")
    return lived_through(approved(2025), 2).when(record_of(told), "2025-04-24")


def test_of_two_doubts_both_are_asked_and_the_months_wait_for_both() -> None:
    story = two_doubts()
    asked = [(e.question, e.ground, e.months, e.last_month_owed) for e in story.new(QuestionAsked)]
    assert asked == [
        (1, Ground.TOO_FEW_CONTRIBUTION_MONTHS, (3, 4, 5, 6), 0),
        (2, Ground.REEMPLOYED, (3, 4, 5, 6), 2),
    ]
    story = story.when(cmd.DecideByOfficer(approves=True, reason="seen", question=1), "2025-05-07")
    assert [story.claim.held(month) for month in (3, 4, 5, 6)] == [True] * 4
    story = story.when(cmd.DecideByOfficer(approves=True, reason="seen", question=2), "2025-05-08")
    assert not story.claim.open_questions


def test_of_two_doubts_the_one_that_ends_the_benefit_sooner_may_be_found_right_later() -> None:
    later = cmd.DecideByOfficer(approves=False, reason="seen", question=2)
    sooner = cmd.DecideByOfficer(approves=False, reason="seen", question=1)
    story = two_doubts().when(later, "2025-05-07").when(sooner, "2025-05-07")
    assert [event.last_month_owed for event in story.all(BenefitCeased)] == [2, 0]
    other = two_doubts().when(sooner, "2025-05-07").when(later, "2025-05-07")
    assert [event.last_month_owed for event in other.all(BenefitCeased)] == [0]


def test_what_an_officer_found_unfounded_is_not_asked_again_on_the_same_facts() -> None:
    story = two_doubts()
    for question in (1, 2):
        story = story.when(cmd.DecideByOfficer(approves=True, reason="seen", question=question), "2025-05-07")
    raised = a_record(paid=ELEVEN[3:], reemployed_on="2025-04-20", wage_idr=4_500_000)
    story = story.when(record_of(raised), "2025-05-08")
    assert story.new(MonthAdjusted)
    assert not story.new(QuestionAsked)
    other_work = a_record(paid=ELEVEN[3:], reemployed_on="2025-05-02", wage_idr=4_500_000)
    story = story.when(record_of(other_work), "2025-05-09")
    assert [event.ground for event in story.new(QuestionAsked)] == [Ground.REEMPLOYED]


def test_a_lower_wage_that_an_officer_did_not_believe_is_asked_about_again_only_where_it_is_another() -> None:
    story = lived_through(approved(2025, wage_idr=5_000_000), 1)
    story = story.when(record_of(a_record(wage_idr=4_800_000)), "2025-03-20")
    story = story.when(cmd.DecideByOfficer(approves=True, reason="slips", question=1), "2025-03-21")
    again = a_record(wage_idr=4_800_000, jkn="PBPU")
    story = story.when(record_of(again), "2025-03-24")
    assert not story.new(QuestionAsked)
    story = story.when(record_of(a_record(wage_idr=4_700_000)), "2025-03-25")
    assert [event.ground for event in story.new(QuestionAsked)] == [Ground.WAGE_CORRECTED]


def test_a_look_that_asks_twice_and_pays_comes_out_again() -> None:
    told = a_record(paid=ELEVEN[3:], wage_idr=4_500_000, reemployed_on="2025-04-20")
    story = lived_through(approved(2025), 2).when(record_of(told), "2025-04-24")
    assert (len(story.new(MonthAdjusted)), len(story.new(QuestionAsked))) == (2, 2)
    assert list(replay(story.stream, {LAW.version: LAW}, {WEEKENDS_ONLY.version: WEEKENDS_ONLY})) == []
