"""Who pays when the employer did not do its part (S09): the fund, the employer first, or a person says."""

from datetime import date

import pytest
from builders import (
    WEEKENDS_ONLY,
    Story,
    a_layoff,
    a_record,
    a_report,
    approved,
    certification,
    decided,
    months_between,
    paid,
    searched,
)

from claims import messages as m
from claims.awaiting import Owner
from claims.events import (
    BenefitAuthorized,
    ClaimApproved,
    ClaimExhausted,
    ClaimReconsidered,
    ClaimReferred,
    EmployerOwes,
    EmployerPaid,
    MonthAdjusted,
    PayerRedetermined,
    PaymentOrdered,
    ReceivableFound,
    ReimbursementAsked,
)
from claims.facts import CompanyScale, EmployerStanding
from claims.payer import Paying, difference_idr, reimbursement, who_pays
from claims.reasons import Ground
from claims.regimes import LAW
from claims.replaying import replay
from claims.rules import Rules

RULES_2021, RULES_2025 = LAW.regimes
OPERATING, BANKRUPT, CLOSED, UNKNOWN = EmployerStanding
FUND, INSOLVENT = Paying.BPJS, Paying.BPJS_FOR_THE_INSOLVENT
EMPLOYER, NOBODY_KNOWS = Paying.EMPLOYER_FIRST, Paying.UNKNOWN


def owing(months: int) -> tuple[str, ...]:
    """The last months before March 2025 that are owed; February is not yet due on the 3rd of March."""
    counted = months_between("2024-03", "2025-01")
    return counted[len(counted) - months :]


def in_arrears(months: int, standing: EmployerStanding) -> tuple[str, ...]:
    return owing(months)


TABLE = [
    (months, regime, standing, payer)
    for months, by_regime in {
        0: ((FUND, FUND, FUND, FUND), (FUND, FUND, FUND, FUND)),
        1: ((FUND, FUND, FUND, FUND), (FUND, FUND, FUND, FUND)),
        3: ((FUND, FUND, FUND, FUND), (FUND, FUND, FUND, FUND)),
        4: ((EMPLOYER, EMPLOYER, EMPLOYER, NOBODY_KNOWS), (EMPLOYER, INSOLVENT, INSOLVENT, NOBODY_KNOWS)),
        6: ((EMPLOYER, EMPLOYER, EMPLOYER, NOBODY_KNOWS), (EMPLOYER, INSOLVENT, INSOLVENT, NOBODY_KNOWS)),
        7: ((EMPLOYER, EMPLOYER, EMPLOYER, NOBODY_KNOWS), (EMPLOYER, EMPLOYER, EMPLOYER, NOBODY_KNOWS)),
    }.items()
    for regime, payers in zip((RULES_2021, RULES_2025), by_regime, strict=True)
    for standing, payer in zip((OPERATING, BANKRUPT, CLOSED, UNKNOWN), payers, strict=True)
]


@pytest.mark.parametrize(
    ("months", "rules", "standing", "payer"),
    TABLE,
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_the_payer_follows_from_the_arrears_the_regime_and_the_employers_standing(
    months: int, rules: Rules, standing: EmployerStanding, payer: Paying
) -> None:
    owed = owing(months)
    record = a_record(
        paid=[month for month in months_between("2023-03", "2025-01") if month not in owed],
        owed=owed,
        employer=standing,
    )
    found = who_pays(a_layoff(), record, rules, WEEKENDS_ONLY)
    assert (found.paying, found.months_in_arrears) == (payer, months)
    assert found.for_a_person == (payer not in (FUND, INSOLVENT))


def never_registered(scale: CompanyScale) -> m.RecordContributions:
    record = a_record(paid=(), programmes=(), scale=scale, wage_idr=0)
    return m.RecordContributions(record=record.model_copy(update={"registered": False}))


@pytest.mark.parametrize(
    ("scale", "payer", "in_one_sum"),
    [
        (CompanyScale.LARGE, Paying.EMPLOYER_IN_ONE_SUM, True),
        (CompanyScale.SMALL, Paying.EMPLOYER_IN_ONE_SUM, True),
        (CompanyScale.MICRO, Paying.NOBODY, False),
    ],
)
def test_who_was_never_registered_is_paid_by_the_employer_in_one_sum_but_by_a_micro_one_not(
    scale: CompanyScale, payer: Paying, in_one_sum: bool
) -> None:
    found = who_pays(a_layoff(), never_registered(scale).record, RULES_2025, WEEKENDS_ONLY)
    assert (found.paying, found.in_one_sum, found.article) == (payer, in_one_sum, "PP 37/2021 Pasal 37")


def test_who_was_never_registered_is_not_refused_by_a_machine_and_learns_what_the_employer_owes() -> None:
    story = decided(a_layoff(), never_registered(CompanyScale.LARGE).record, "2025-03-10")
    assert story.all(ClaimReferred)
    story = story.when(m.FindTrueWage(true_wage_idr=4_000_000, reference="nota-1"), "2025-03-12")
    owes = story.new(EmployerOwes)[0]
    assert (owes.cause, owes.amount_idr, owes.article) == (
        "never_registered",
        14_400_000,
        "PP 37/2021 Pasal 37",
    )


def test_an_under_reported_wage_makes_the_employer_owe_the_difference_in_one_sum() -> None:
    story = approved(2025, wage_idr=3_000_000)
    story = story.when(m.FindTrueWage(true_wage_idr=4_500_000, reference="nota-2"), "2025-03-20")
    owes = story.new(EmployerOwes)[0]
    assert (owes.cause, owes.amount_idr, owes.article) == (
        "wage_underreported",
        5_400_000,
        "PP 37/2021 Pasal 23",
    )


@pytest.mark.parametrize(
    ("true_wage_idr", "reported_idr", "rules", "owed_idr"),
    [
        (5_000_000, 3_000_000, RULES_2021, 4_200_000),
        (8_000_000, 5_000_000, RULES_2025, 0),
        (8_000_000, 4_000_000, RULES_2025, 3_600_000),
        (3_000_000, 4_000_000, RULES_2025, 0),
    ],
)
def test_the_difference_stops_at_the_ceiling_and_is_never_below_zero(
    true_wage_idr: int, reported_idr: int, rules: Rules, owed_idr: int
) -> None:
    assert difference_idr(true_wage_idr, reported_idr, rules, 6) == owed_idr


def employer_first() -> Story:
    """Five months owed by an operating employer, twelve paid before them."""
    owed = months_between("2024-09", "2025-01")
    record = a_record(paid=months_between("2023-03", "2024-08"), owed=owed)
    return decided(a_layoff(), record, "2025-03-10")


def employer_pays() -> Story:
    officer = m.DecideByOfficer(approves=True, reason="arrears stand", payer="employer")
    return employer_first().when(officer, "2025-03-11")


def paid_by_employer(month: int, amount_idr: int, on: str) -> m.RecordEmployerPayment:
    return m.RecordEmployerPayment(
        month=month, amount_idr=amount_idr, paid_on=date.fromisoformat(on), reference="slip-1"
    )


def test_an_officer_who_approves_in_spite_of_arrears_says_who_pays() -> None:
    unsaid = employer_first().when(m.DecideByOfficer(approves=True, reason="yes"), "2025-03-11")
    assert unsaid.told.verdict.ground is Ground.PAYER_NOT_NAMED
    fund = employer_first().when(
        m.DecideByOfficer(approves=True, reason="settled by now", payer="bpjs"), "2025-03-11"
    )
    assert [event.amount_idr for event in fund.new(PaymentOrdered)] == [2_400_000]


def test_the_fund_orders_nothing_of_what_the_employer_pays_first() -> None:
    story = employer_pays()
    assert story.all(ClaimApproved)[0].payer == "employer"
    assert [event.month for event in story.all(BenefitAuthorized)] == [1]
    assert not story.all(PaymentOrdered)
    awaited = story.step("2025-03-11").awaited[0]
    assert (awaited.what, awaited.owner, awaited.article) == (
        "employer_payment",
        Owner.EMPLOYER,
        "PP 37/2021 Pasal 39(3)",
    )


def test_what_the_employer_paid_settles_the_month() -> None:
    story = employer_pays().when(paid_by_employer(1, 1_400_000, "2025-03-14"), "2025-03-14")
    assert not story.claim.month(1).settled
    story = story.when(paid_by_employer(1, 1_000_000, "2025-03-17"), "2025-03-17")
    assert story.claim.month(1).settled
    assert [event.verdict.counts for event in story.all(EmployerPaid)] == [True, True]


@pytest.mark.parametrize(
    ("month", "amount_idr", "on", "ground"),
    [
        (1, 2_400_001, "2025-03-14", Ground.NOT_OWED_BY_THE_EMPLOYER),
        (2, 2_400_001, "2025-03-14", Ground.NOT_OWED_BY_THE_EMPLOYER),
        (1, 2_400_000, "2025-03-15", Ground.IN_THE_FUTURE),
    ],
)
def test_an_employers_payment_that_is_not_owed_or_not_made_is_kept_and_does_not_count(
    month: int, amount_idr: int, on: str, ground: Ground
) -> None:
    story = employer_pays().when(paid_by_employer(month, amount_idr, on), "2025-03-14")
    assert story.told.verdict.ground is ground
    assert not story.claim.month(1).settled


def test_a_claim_that_the_employer_paid_ends_like_any_other() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    for month, day in ((2, "2025-04-11"), (3, "2025-05-11"), (4, "2025-06-11"), (5, "2025-07-11")):
        story = searched(story, month).when(certification(month), day)
        story = story.when(paid_by_employer(month, 2_400_000, day), day)
    story = searched(story, 6).when(certification(6), "2025-09-08")
    story = story.when(paid_by_employer(6, 2_400_000, "2025-09-09"), "2025-09-09")
    assert [event.total_idr for event in story.all(ClaimExhausted)] == [14_400_000]
    assert not story.all(PaymentOrdered)


@pytest.mark.parametrize(
    ("settled_on", "asked_on", "refusal", "pay_by"),
    [
        (None, "2025-06-02", Ground.ARREARS_NOT_SETTLED, "2025-06-11"),
        ("2025-06-03", "2025-06-02", Ground.ARREARS_NOT_SETTLED, "2025-06-11"),
        ("2025-06-02", "2025-06-02", None, "2025-06-11"),
        ("2025-05-01", "2025-06-14", None, "2025-06-24"),
        ("2025-05-01", "2025-06-15", Ground.ASKED_TOO_LATE, "2025-06-24"),
    ],
)
def test_an_employer_is_paid_back_once_its_arrears_are_settled_and_within_three_months(
    settled_on: str | None, asked_on: str, refusal: Ground | None, pay_by: str
) -> None:
    found = reimbursement(
        ((date(2025, 3, 1), 1_000_000), (date(2025, 3, 14), 1_400_000)),
        None if settled_on is None else date.fromisoformat(settled_on),
        date.fromisoformat(asked_on),
        LAW.in_force_on(date.fromisoformat(asked_on)),
        WEEKENDS_ONLY,
    )
    assert (found.refusal, found.pay_by.isoformat()) == (refusal, pay_by)
    assert found.amount_idr == (2_400_000 if refusal is None else 0)


def arrears_paid() -> m.RecordContributions:
    """Everything that was owed is paid by now."""
    return m.RecordContributions(record=a_record(paid=months_between("2023-03", "2025-02")))


def asked_back(settled_on: str, reference: str = "letter-1") -> m.AskReimbursement:
    return m.AskReimbursement(reference=reference, arrears_settled_on=date.fromisoformat(settled_on))


def test_reimbursement_is_asked_of_the_claim_and_answered_with_amount_and_day() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    story = story.when(arrears_paid(), "2025-03-20").when(asked_back("2025-03-20"), "2025-03-21")
    event = story.new(ReimbursementAsked)[0]
    assert (event.amount_idr, event.verdict.counts) == (2_400_000, True)
    again = story.when(asked_back("2025-03-20", "letter-2"), "2025-03-24")
    assert again.told.verdict.ground is Ground.ALREADY_RECORDED


def test_an_employer_is_not_believed_that_its_arrears_are_settled_while_the_record_shows_them() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    story = story.when(asked_back("2025-03-20"), "2025-03-21")
    assert story.told.verdict.ground is Ground.RECORD_SHOWS_ARREARS
    assert story.claim.reimbursed_idr == 0


def test_one_month_still_owed_is_arrears_and_the_month_not_yet_due_is_not() -> None:
    paid = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-12"), "2025-03-12")
    for owed, ground in (
        (("2025-01",), Ground.RECORD_SHOWS_ARREARS),
        (("2024-09",), Ground.RECORD_SHOWS_ARREARS),
        (("2025-02",), Ground.COUNTS),
    ):
        months = tuple(month for month in months_between("2023-03", "2025-02") if month not in owed)
        record = m.RecordContributions(record=a_record(paid=months, owed=owed))
        story = paid.when(record, "2025-03-13").when(asked_back("2025-03-13"), "2025-03-14")
        assert story.told.verdict.ground is ground, owed


def test_a_request_that_only_the_record_held_up_keeps_the_day_on_which_it_was_made() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    held = story.when(asked_back("2025-06-13"), "2025-06-14").when(arrears_paid(), "2025-07-01")
    held = held.when(asked_back("2025-06-13", "letter-2"), "2025-07-02")
    assert (held.told.verdict.counts, held.claim.reimbursed_idr) == (True, 2_400_000)
    late = story.when(asked_back("2025-06-13"), "2025-06-15").when(arrears_paid(), "2025-07-01")
    late = late.when(asked_back("2025-06-13", "letter-2"), "2025-07-02")
    assert late.told.verdict.ground is Ground.ASKED_TOO_LATE


def test_a_request_that_was_held_up_holds_for_no_payment_made_after_it() -> None:
    found = [
        reimbursement(
            ((date(2025, 3, 14), 2_400_000), (date.fromisoformat(last), 2_400_000)),
            date(2025, 3, 20),
            date(2025, 8, 1),
            RULES_2025,
            WEEKENDS_ONLY,
            asked_first=date(2025, 4, 14),
        ).refusal
        for last in ("2025-04-14", "2025-04-15")
    ]
    assert found == [None, Ground.ASKED_TOO_LATE]


def test_the_employers_own_correction_of_the_layoff_makes_nobody_else_the_payer() -> None:
    earlier = employer_pays().when(a_report(a_layoff("2024-11-04")), "2025-03-20")
    assert not earlier.new(PayerRedetermined)
    assert earlier.claim.employer_pays


def test_what_was_paid_after_a_request_is_paid_back_on_another() -> None:
    settled = a_record(paid=months_between("2023-03", "2025-02"))
    story = employer_pays().when(paid_by_employer(1, 1_400_000, "2025-03-14"), "2025-03-14")
    both = story.when(paid_by_employer(1, 1_000_000, "2025-03-17"), "2025-03-17")
    found = [
        reimbursement(
            ((date(2025, 3, 17), 2_400_000),),
            date(2025, 3, 20),
            date(2025, 6, 17),
            RULES_2025,
            WEEKENDS_ONLY,
            reimbursed_idr=before_idr,
        )
        for before_idr in (0, 1_400_000, 2_400_000)
    ]
    assert [(each.amount_idr, each.refusal) for each in found] == [
        (2_400_000, None),
        (1_000_000, None),
        (0, Ground.ALREADY_RECORDED),
    ]
    both = both.when(m.RecordContributions(record=settled), "2025-03-20")
    both = both.when(asked_back("2025-03-20"), "2025-03-21")
    assert both.claim.reimbursed_idr == 2_400_000


def test_a_month_paid_after_a_reimbursement_is_reimbursed_by_another_request() -> None:
    """The gap in the record has the officer name the employer although nothing listed is owed."""
    record = a_record(paid=months_between("2023-03", "2024-08"))
    officer = m.DecideByOfficer(approves=True, reason="arrears stand", payer="employer")
    story = decided(a_layoff(), record, "2025-03-10").when(officer, "2025-03-11")
    story = story.when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    story = story.when(asked_back("2025-03-20"), "2025-03-21")
    story = searched(story, 2).when(certification(2), "2025-04-11")
    story = story.when(paid_by_employer(2, 2_400_000, "2025-04-14"), "2025-04-14")
    story = story.when(asked_back("2025-03-20", "letter-2"), "2025-04-15")
    assert [event.amount_idr for event in story.all(ReimbursementAsked)] == [2_400_000, 2_400_000]
    assert story.claim.reimbursed_idr == 4_800_000


def test_nobody_is_paid_back_who_paid_nothing() -> None:
    asked = m.AskReimbursement(reference="letter-1", arrears_settled_on=date(2025, 3, 20))
    story = approved(2025).when(asked, "2025-03-21")
    assert story.told.verdict.ground is Ground.NOT_OWED_BY_THE_EMPLOYER


def test_what_the_employer_pays_follows_the_regime_of_the_layoff() -> None:
    owed = months_between("2024-06", "2024-10")
    record = a_record(paid=months_between("2023-01", "2024-05"), owed=owed)
    story = decided(a_layoff("2024-12-03"), record, "2024-12-10")
    officer = m.DecideByOfficer(approves=True, reason="arrears stand", payer="employer")
    story = story.when(officer, "2025-02-10")
    assert [(event.regime, event.amount_idr) for event in story.all(BenefitAuthorized)] == [
        ("2021", 1_800_000)
    ]


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
    officer = m.DecideByOfficer(approves=True, reason="arrears stand", payer="employer")
    story = decided(a_layoff("2024-12-03"), record, "2025-02-10").when(officer, "2025-02-11")
    assert [event.amount_idr for event in story.all(BenefitAuthorized)] == [1_800_000]
    story = story.when(paid_by_employer(1, 800_000, "2025-02-12"), "2025-02-12")
    settled = a_record(paid=months_between("2023-01", "2024-11"))
    story = story.when(m.RecordContributions(record=settled), "2025-02-20")
    [taken_over] = story.new(PayerRedetermined)[0].months
    assert (taken_over.amount_idr, taken_over.added_idr) == (1_600_000, 600_000)
    assert story.claim.month(1).amount_idr == 2_400_000


def test_three_months_left_in_arrears_are_covered_and_four_are_not() -> None:
    for left, changed in ((3, 1), (4, 0)):
        months = months_between("2023-03", "2025-01")
        record = a_record(paid=months[: len(months) - left], owed=months[len(months) - left :])
        story = employer_pays().when(m.RecordContributions(record=record), "2025-03-20")
        assert len(story.new(PayerRedetermined)) == changed, left


def test_a_higher_wage_in_the_record_that_settles_the_arrears_is_paid_by_the_fund() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    raised = a_record(paid=months_between("2023-03", "2025-02"), wage_idr=4_500_000)
    story = story.when(m.RecordContributions(record=raised), "2025-03-20")
    assert [(e.difference_idr, e.payer) for e in story.new(MonthAdjusted)] == [(300_000, "bpjs")]
    assert [(e.obligation, e.amount_idr) for e in story.new(PaymentOrdered)] == [("difference/1/1", 300_000)]


def test_arrears_found_later_leave_the_fund_the_payer() -> None:
    owed = months_between("2024-09", "2025-01")
    record = a_record(paid=months_between("2023-03", "2024-08"), owed=owed)
    story = approved(2025).when(m.RecordContributions(record=record), "2025-03-20")
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


def underreported() -> Story:
    """Rp3,000,000 reported, Rp4,500,000 found: Rp900,000 are missing of each month."""
    story = paid(approved(2025, wage_idr=3_000_000), 1)
    return story.when(m.FindTrueWage(true_wage_idr=4_500_000, reference="nota-2"), "2025-03-20")


def owed_by_employer(story: Story) -> list[int]:
    return [event.amount_idr for event in story.all(EmployerOwes)]


def test_a_month_that_is_lost_is_not_owed_by_the_employer_either() -> None:
    story = underreported().wake("2025-04-16")
    assert owed_by_employer(story) == [5_400_000, 4_500_000]
    assert list(replay(story.stream, {LAW.version: LAW}, {WEEKENDS_ONLY.version: WEEKENDS_ONLY})) == []


def test_months_lost_before_the_true_wage_is_found_are_not_counted() -> None:
    story = paid(approved(2025, wage_idr=3_000_000), 1).wake("2025-06-16")
    story = story.when(m.FindTrueWage(true_wage_idr=4_500_000, reference="nota-2"), "2025-06-17")
    assert owed_by_employer(story) == [2_700_000]


def test_work_found_takes_the_months_that_will_not_come_from_what_the_employer_owes() -> None:
    story = underreported().when(m.ReportReemployment(since=date(2025, 4, 2)), "2025-04-03")
    assert owed_by_employer(story) == [5_400_000, 900_000]


@pytest.mark.parametrize(
    ("raised_idr", "left_idr"),
    [(4_000_000, 1_800_000), (4_500_000, 0), (4_800_000, 0), (3_500_000, 3_600_000)],
)
def test_what_the_fund_pays_on_a_raised_wage_the_employer_owes_no_more(
    raised_idr: int, left_idr: int
) -> None:
    raised = m.RecordContributions(record=a_record(wage_idr=raised_idr))
    story = underreported().when(raised, "2025-03-24")
    assert owed_by_employer(story) == [5_400_000, left_idr]
    assert story.claim.employer_owes is not None
    assert story.claim.employer_owes.verdict.counts


def test_a_corrected_finding_that_nothing_is_missing_replaces_the_sum() -> None:
    story = underreported().when(m.FindTrueWage(true_wage_idr=3_000_000, reference="nota-3"), "2025-03-21")
    assert owed_by_employer(story) == [5_400_000, 0]
    assert story.told.verdict.counts
