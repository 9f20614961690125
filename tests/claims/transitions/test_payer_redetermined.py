"""Arrears that are paid make the fund the payer; what an employer paid ahead settles its months."""

from support.builders import (
    WEEKENDS_ONLY,
    a_layoff,
    a_record,
    approved,
    certification,
    decided,
    months_between,
    paid,
    searched,
)
from support.employers import arrears_paid, asked_back, employer_pays, paid_by_employer

from claims.agenda.obligations import Owner
from claims.commands import command as cmd
from claims.events import (
    BenefitAuthorized,
    ClaimExhausted,
    ClaimReconsidered,
    MonthAdjusted,
    PayerRedetermined,
    PaymentOrdered,
    ReceivableFound,
)
from claims.replaying import replay
from law.grounds import Ground
from law.regimes import LAW


def test_arrears_that_are_paid_make_the_fund_the_payer_of_what_the_employer_has_not_paid() -> None:
    story = employer_pays().when(paid_by_employer(1, 1_400_000, "2025-03-14"), "2025-03-14")
    story = story.when(arrears_paid(), "2025-03-20")
    [event] = story.new(PayerRedetermined)
    assert (event.was, event.becomes, event.months_in_arrears) == ("employer", "bpjs", 0)
    assert [(each.month, each.amount_idr) for each in event.months] == [(1, 1_000_000)]
    assert event.months[0].pay_until.isoformat() == "2025-03-25T17:00:00+00:00"
    assert [(e.obligation, e.amount_idr) for e in story.new(PaymentOrdered)] == [("benefit/1", 1_000_000)]
    assert [event.outcome for event in story.new(ClaimReconsidered)] == ["payer_changed"]
    assert not story.claim.month(1).settled
    story = paid(story, 1)
    assert story.claim.month(1).settled
    assert story.claim.month(1).paid_idr == 1_000_000


def test_the_months_to_come_are_then_paid_by_the_fund_and_the_claim_ends_like_any_other() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    story = story.when(arrears_paid(), "2025-03-20")
    assert not story.new(PaymentOrdered)
    for month, day in ((2, "2025-04-11"), (3, "2025-05-11"), (4, "2025-06-11"), (5, "2025-07-11")):
        story = paid(searched(story, month).when(certification(month), day), month)
    story = paid(searched(story, 6).when(certification(6), "2025-09-08"), 6)
    assert [event.amount_idr for event in story.all(PaymentOrdered)] == [2_400_000] * 5
    assert [event.total_idr for event in story.all(ClaimExhausted)] == [14_400_000]
    assert list(replay(story.stream, {LAW.version: LAW}, {WEEKENDS_ONLY.version: WEEKENDS_ONLY})) == []


def test_the_fund_pays_a_month_by_its_own_rules_and_not_by_those_of_the_layoff() -> None:
    owed = months_between("2024-06", "2024-10")
    record = a_record(paid=months_between("2023-01", "2024-05"), owed=owed)
    officer = cmd.DecideByOfficer(approves=True, reason="arrears stand", payer="employer")
    story = decided(a_layoff("2024-12-03"), record, "2025-02-10").when(officer, "2025-02-11")
    assert [event.amount_idr for event in story.all(BenefitAuthorized)] == [1_800_000]
    story = story.when(paid_by_employer(1, 800_000, "2025-02-12"), "2025-02-12")
    settled = a_record(paid=months_between("2023-01", "2024-11"))
    story = story.when(cmd.RecordContributions(record=settled), "2025-02-20")
    [taken_over] = story.new(PayerRedetermined)[0].months
    assert (taken_over.amount_idr, taken_over.added_idr) == (1_600_000, 600_000)
    assert story.claim.month(1).amount_idr == 2_400_000


def test_three_months_left_in_arrears_are_covered_and_four_are_not() -> None:
    for left, changed in ((3, 1), (4, 0)):
        months = months_between("2023-03", "2025-01")
        record = a_record(paid=months[: len(months) - left], owed=months[len(months) - left :])
        story = employer_pays().when(cmd.RecordContributions(record=record), "2025-03-20")
        assert len(story.new(PayerRedetermined)) == changed, left


def test_a_higher_wage_in_the_record_that_settles_the_arrears_is_paid_by_the_fund() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    raised = a_record(paid=months_between("2023-03", "2025-02"), wage_idr=4_500_000)
    story = story.when(cmd.RecordContributions(record=raised), "2025-03-20")
    assert [(e.difference_idr, e.payer) for e in story.new(MonthAdjusted)] == [(300_000, "bpjs")]
    assert [(e.obligation, e.amount_idr) for e in story.new(PaymentOrdered)] == [("difference/1/1", 300_000)]


def test_arrears_found_later_leave_the_fund_the_payer() -> None:
    owed = months_between("2024-09", "2025-01")
    record = a_record(paid=months_between("2023-03", "2024-08"), owed=owed)
    story = approved(2025).when(cmd.RecordContributions(record=record), "2025-03-20")
    assert not story.new(PayerRedetermined)
    assert story.claim.payer == "bpjs"


def test_an_employer_may_pay_all_months_at_once_and_each_is_settled_when_it_is_granted() -> None:
    story = employer_pays()
    for month in (1, 2, 3, 4, 5, 6):
        story = story.when(paid_by_employer(month, 2_400_000, "2025-03-14"), "2025-03-14")
        assert story.told.verdict.counts, month
    assert [month.settled for month in story.claim.months] == [True, *[False] * 5]
    again = story.when(paid_by_employer(2, 1, "2025-03-17"), "2025-03-17")
    assert again.told.verdict.ground is Ground.NOT_OWED_BY_THE_EMPLOYER
    story = searched(story, 2).when(certification(2), "2025-04-11")
    assert story.claim.month(2).settled
    assert Owner.EMPLOYER not in [awaited.owner for awaited in story.step("2025-04-11").awaited]


def test_what_an_employer_paid_ahead_and_did_not_owe_is_no_debt_and_is_not_paid_back() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    story = story.when(paid_by_employer(2, 2_400_000, "2025-03-14"), "2025-03-14").wake("2025-04-16")
    assert story.claim.month(2).forfeited is not None
    assert not story.all(ReceivableFound)
    story = story.when(arrears_paid(), "2025-04-17").when(asked_back("2025-04-17"), "2025-04-18")
    assert story.claim.reimbursed_idr == 2_400_000


def test_the_three_months_of_what_was_paid_ahead_begin_with_its_month() -> None:
    story = employer_pays()
    for month in (1, 2):
        story = story.when(paid_by_employer(month, 2_400_000, "2025-03-14"), "2025-03-14")
    story = searched(story, 2).when(certification(2), "2025-04-11").when(arrears_paid(), "2025-04-14")
    for asked_on, amount_idr in (("2025-07-10", 4_800_000), ("2025-07-11", 0)):
        assert story.when(asked_back("2025-04-14"), asked_on).claim.reimbursed_idr == amount_idr


def test_the_fund_pays_of_a_month_to_come_what_the_employer_has_not_paid_ahead() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    for month, amount_idr in ((2, 2_400_000), (3, 1_400_000)):
        story = story.when(paid_by_employer(month, amount_idr, "2025-03-14"), "2025-03-14")
    story = story.when(arrears_paid(), "2025-03-20")
    story = searched(story, 2).when(certification(2), "2025-04-11")
    assert story.claim.month(2).settled
    story = searched(story, 3).when(certification(3), "2025-05-11")
    assert [(e.obligation, e.amount_idr) for e in story.all(PaymentOrdered)] == [("benefit/3", 1_000_000)]
