"""Who pays when the employer did not do its part (S09): the fund, the employer first, or a person says."""

from datetime import date

import pytest
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_layoff,
    a_record,
    approved,
    certification,
    decided,
    months_between,
    paid,
    searched,
)
from support.employers import employer_first, employer_pays, paid_by_employer, underreported

from claims.agenda.obligations import Owner
from claims.commands import command as cmd
from claims.entitlement.payer import Paying, difference_idr, who_pays
from claims.events import (
    BenefitAuthorized,
    ClaimApproved,
    ClaimExhausted,
    ClaimReferred,
    EmployerOwes,
    EmployerPaid,
    PaymentOrdered,
)
from claims.events.facts import CompanyScale, EmployerStanding
from claims.replaying import replay
from law.grounds import Ground
from law.regimes import LAW
from law.rules import Rules

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
    assert found.manual_review == (payer not in (FUND, INSOLVENT))


def never_registered(scale: CompanyScale) -> cmd.RecordContributions:
    record = a_record(paid=(), programmes=(), scale=scale, wage_idr=0)
    return cmd.RecordContributions(record=record.model_copy(update={"registered": False}))


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
    story = story.when(cmd.FindTrueWage(true_wage_idr=4_000_000, reference="nota-1"), "2025-03-12")
    owes = story.new(EmployerOwes)[0]
    assert (owes.cause, owes.amount_idr, owes.article) == (
        "never_registered",
        14_400_000,
        "PP 37/2021 Pasal 37",
    )


def test_an_under_reported_wage_makes_the_employer_owe_the_difference_in_one_sum() -> None:
    story = approved(2025, wage_idr=3_000_000)
    story = story.when(cmd.FindTrueWage(true_wage_idr=4_500_000, reference="nota-2"), "2025-03-20")
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


def test_an_officer_who_approves_in_spite_of_arrears_says_who_pays() -> None:
    unsaid = employer_first().when(cmd.DecideByOfficer(approves=True, reason="yes"), "2025-03-11")
    assert unsaid.told.verdict.ground is Ground.PAYER_NOT_NAMED
    fund = employer_first().when(
        cmd.DecideByOfficer(approves=True, reason="settled by now", payer="bpjs"), "2025-03-11"
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


def test_what_the_employer_pays_follows_the_regime_of_the_layoff() -> None:
    owed = months_between("2024-06", "2024-10")
    record = a_record(paid=months_between("2023-01", "2024-05"), owed=owed)
    story = decided(a_layoff("2024-12-03"), record, "2024-12-10")
    officer = cmd.DecideByOfficer(approves=True, reason="arrears stand", payer="employer")
    story = story.when(officer, "2025-02-10")
    assert [(event.regime, event.amount_idr) for event in story.all(BenefitAuthorized)] == [
        ("2021", 1_800_000)
    ]


def owed_by_employer(story: Story) -> list[int]:
    return [event.amount_idr for event in story.all(EmployerOwes)]


def test_a_month_that_is_lost_is_not_owed_by_the_employer_either() -> None:
    story = underreported().wake("2025-04-16")
    assert owed_by_employer(story) == [5_400_000, 4_500_000]
    assert list(replay(story.stream, {LAW.version: LAW}, {WEEKENDS_ONLY.version: WEEKENDS_ONLY})) == []


def test_months_lost_before_the_true_wage_is_found_are_not_counted() -> None:
    story = paid(approved(2025, wage_idr=3_000_000), 1).wake("2025-06-16")
    story = story.when(cmd.FindTrueWage(true_wage_idr=4_500_000, reference="nota-2"), "2025-06-17")
    assert owed_by_employer(story) == [2_700_000]


def test_work_found_takes_the_months_that_will_not_come_from_what_the_employer_owes() -> None:
    story = underreported().when(cmd.ReportReemployment(since=date(2025, 4, 2)), "2025-04-03")
    assert owed_by_employer(story) == [5_400_000, 900_000]


@pytest.mark.parametrize(
    ("raised_idr", "left_idr"),
    [(4_000_000, 1_800_000), (4_500_000, 0), (4_800_000, 0), (3_500_000, 3_600_000)],
)
def test_what_the_fund_pays_on_a_raised_wage_the_employer_owes_no_more(
    raised_idr: int, left_idr: int
) -> None:
    raised = cmd.RecordContributions(record=a_record(wage_idr=raised_idr))
    story = underreported().when(raised, "2025-03-24")
    assert owed_by_employer(story) == [5_400_000, left_idr]
    assert story.claim.employer_owes is not None
    assert story.claim.employer_owes.verdict.counts


def test_a_corrected_finding_that_nothing_is_missing_replaces_the_sum() -> None:
    story = underreported().when(cmd.FindTrueWage(true_wage_idr=3_000_000, reference="nota-3"), "2025-03-21")
    assert owed_by_employer(story) == [5_400_000, 0]
    assert story.told.verdict.counts
