"""What is told before the decision has the effect that it would have after it."""

from datetime import date

from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    approved,
    decided,
    lived_through,
    months_between,
    reported,
)

from claims.agenda.notices import NoticeKind, notices_for
from claims.commands import command as cmd
from claims.events import (
    BenefitAuthorized,
    BenefitCeased,
    ClaimApproved,
    ClaimReferred,
    EmployerOwes,
    PaymentOrdered,
    QuestionAsked,
)
from claims.state.claim import Ending
from law.grounds import Ground
from law.rules import Office

ARREARS = a_record(paid=months_between("2023-03", "2024-08"), owed=months_between("2024-09", "2025-01"))


def works(since: str, **said: object) -> cmd.ReportReemployment:
    return cmd.ReportReemployment(since=date.fromisoformat(since), **said)  # type: ignore[arg-type]


def filed(layoff: str = "2025-03-03") -> Story:
    return reported(a_layoff(layoff)).when(a_filing(), "2025-03-10")


def record(**facts: object) -> cmd.RecordContributions:
    return cmd.RecordContributions(record=a_record(**facts))  # type: ignore[arg-type]


def by_officer(approves: bool = True, **said: object) -> cmd.DecideByOfficer:
    return cmd.DecideByOfficer(approves=approves, reason="seen", **said)  # type: ignore[arg-type]


def grounds(story: Story) -> list[Ground]:
    return [question.asked.ground for question in story.claim.open_questions]


def test_employment_told_while_a_person_looks_at_the_proof_ends_the_months_to_come_once_granted() -> None:
    story = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")
    story = story.when(works("2025-03-12"), "2025-03-12").when(by_officer(), "2025-03-14")
    assert [each.last_month_owed for each in story.new(BenefitCeased)] == [1]


def test_work_before_the_layoff_is_asked_about_once_the_layoff_turns_out_to_be_before_the_work() -> None:
    story = decided(a_layoff("2025-03-05"), a_record(), "2025-03-10")
    story = story.when(works("2025-03-04", work="own_business"), "2025-03-11")
    assert grounds(story) == []
    story = story.when(a_report(a_layoff("2025-03-03")), "2025-03-12")
    assert grounds(story) == [Ground.OWN_BUSINESS]
    [asked] = story.new(QuestionAsked)
    assert (asked.months, asked.last_month_owed) == ((2, 3, 4, 5, 6), 0)


def test_a_business_that_an_officer_saw_is_not_asked_about_again_when_a_later_record_comes() -> None:
    story = filed().when(works("2025-03-12", work="own_business"), "2025-03-12").when(record(), "2025-03-14")
    [referred] = story.new(ClaimReferred)
    assert referred.ground is Ground.OWN_BUSINESS
    story = story.when(by_officer(), "2025-03-17").when(record(jkn="PBPU"), "2025-03-20")
    assert grounds(story) == []


def test_a_death_told_after_the_lapse_is_known_to_whoever_grants_the_claim_later() -> None:
    few = months_between("2024-04", "2025-02")
    story = decided(a_layoff(), a_record(paid=few), "2025-03-10").wake("2025-09-04")
    assert story.claim.ending is Ending.LAPSED
    story = story.when(cmd.ReportDeath(died_on=date(2025, 9, 1)), "2025-09-10")
    assert story.told.verdict.ground is Ground.CLAIM_ENDED
    [referred] = story.when(record(), "2025-09-12").new(ClaimReferred)
    assert referred.ground is Ground.DECEASED


def test_work_told_after_a_withdrawal_is_known_to_the_next_filing() -> None:
    story = (
        filed().when(cmd.WithdrawClaim(reason="moved"), "2025-03-11").when(works("2025-03-12"), "2025-03-12")
    )
    story = story.when(a_filing(2), "2025-03-13").when(record(), "2025-03-13")
    assert [referred.ground for referred in story.new(ClaimReferred)] == [Ground.REEMPLOYED]


def paid_before(payer: str) -> Story:
    paid = cmd.RecordEmployerPayment(
        month=1, amount_idr=2_400_000, paid_on=date(2025, 3, 11), reference="slip-1"
    )
    story = filed().when(paid, "2025-03-11").when(cmd.RecordContributions(record=ARREARS), "2025-03-12")
    return story.when(by_officer(payer=payer), "2025-03-14")


def test_what_the_employer_paid_before_it_was_named_settles_the_month() -> None:
    story = paid_before("employer")
    assert story.claim.month(1).settled
    assert story.all(PaymentOrdered) == ()


def test_what_it_paid_of_what_the_fund_owes_settles_nothing() -> None:
    story = paid_before("bpjs")
    [granted] = story.new(BenefitAuthorized)
    assert granted.paid_ahead_idr == 0
    assert [order.amount_idr for order in story.new(PaymentOrdered)] == [2_400_000]


def test_an_employer_that_asks_for_its_money_before_the_decision_keeps_the_day() -> None:
    paid = cmd.RecordEmployerPayment(
        month=1, amount_idr=2_400_000, paid_on=date(2025, 3, 11), reference="slip-1"
    )
    asks = cmd.AskReimbursement(reference="letter-1", arrears_settled_on=date(2025, 3, 20))
    story = filed().when(paid, "2025-03-11").when(asks, "2025-03-21")
    assert story.told.verdict.ground is Ground.CLAIM_NOT_APPROVED
    story = story.when(cmd.RecordContributions(record=ARREARS), "2025-06-30")
    story = story.when(by_officer(payer="employer"), "2025-07-01")
    settled = cmd.RecordContributions(record=a_record(paid=months_between("2023-03", "2025-02")))
    story = story.when(settled, "2025-07-02").when(asks, "2025-07-03")
    assert story.told.verdict.counts, "three months after the payment were over on 11 June"
    assert story.claim.reimbursed_idr == 2_400_000


def test_the_true_wage_told_before_the_approval_has_one_letter_and_only_then() -> None:
    found = cmd.FindTrueWage(true_wage_idr=4_800_000, reference="inspector-1")
    story = filed().when(found, "2025-03-11")
    assert story.told.verdict.ground is Ground.CLAIM_NOT_APPROVED
    assert notices_for(story.added, story.claim) == ()
    story = story.when(record(), "2025-03-14")
    [owes] = story.new(EmployerOwes)
    assert (owes.amount_idr, owes.cause) == (2_880_000, "wage_underreported")
    assert NoticeKind.EMPLOYER_OWES in [each.kind for each in notices_for(story.added, story.claim)]
    assert story.wake("2025-03-15").new(EmployerOwes) == ()


def test_nothing_is_granted_before_the_layoff_by_whoever_puts_a_refusal_right() -> None:
    few = (*months_between("2024-04", "2024-12"), "2025-02", "2025-03")
    story = decided(a_layoff(), a_record(paid=few), "2025-03-10")
    story = story.when(a_report(a_layoff("2025-04-30", issued_on="2025-03-03")), "2025-03-20")
    right = cmd.PutRight(what="refusal", reason="seen")
    early = story.when(right, "2025-04-29")
    assert early.told.verdict.ground is Ground.FILED_BEFORE_LAYOFF
    granted = story.when(right, "2025-04-30")
    assert [each.reference_date for each in granted.new(ClaimApproved)] == [date(2025, 4, 30)]


def test_the_months_of_a_moved_layoff_begin_with_it() -> None:
    story = filed().when(a_report(a_layoff("2025-04-30", issued_on="2025-03-03")), "2025-03-12")
    story = story.when(record(), "2025-03-14").when(by_officer(), "2025-05-05")
    assert [each.month for each in story.all(BenefitAuthorized)] == [1]
    lived = story.bank(1, "settled", "2025-05-05").wake("2025-06-04 23:59:59")
    assert lived.claim.month(2).forfeited is None
    assert lived.wake("2025-06-05 00:00:00").claim.month(2).forfeited is not None, "30 May and five days"


def test_where_two_days_are_reported_the_earlier_one_has_come() -> None:
    story = filed().when(
        a_report(a_layoff("2025-04-30", issued_on="2025-03-03"), "participant"), "2025-03-12"
    )
    story = story.when(record(), "2025-03-14")
    [referred] = story.new(ClaimReferred)
    assert referred.ground is Ground.REPORTS_CONTRADICT
    granted = story.when(by_officer(), "2025-03-17")
    assert [each.reference_date for each in granted.new(ClaimApproved)] == [date(2025, 3, 10)]


def test_an_approved_claim_keeps_its_dates_when_the_layoff_moves() -> None:
    story = lived_through(approved(), 1).when(
        a_report(a_layoff("2025-04-30", issued_on="2025-03-03")), "2025-03-20"
    )
    assert grounds(story) == [Ground.FILED_BEFORE_LAYOFF]
    free = story.when(by_officer(question=1), "2025-04-08")
    assert free.wake("2025-04-15 23:59:59").claim.month(2).forfeited is None
