"""What is paid: law 11b, in both regimes and across the transition."""

import pytest
from builders import (
    a_layoff,
    a_record,
    amounts,
    approved,
    certification,
    decided,
    lived_through,
    months_between,
    searched,
    wib,
)

from claims import messages as m
from claims.claim import Ending
from claims.events import BenefitAuthorized, ClaimApproved, ClaimExhausted
from claims.rules import Office


@pytest.mark.parametrize(
    ("wage_idr", "early", "late", "total"),
    [
        (3_000_000, 1_350_000, 750_000, 6_300_000),
        (3_500_000, 1_575_000, 875_000, 7_350_000),
        (4_000_000, 1_800_000, 1_000_000, 8_400_000),
        (5_000_000, 2_250_000, 1_250_000, 10_500_000),
        (6_000_000, 2_250_000, 1_250_000, 10_500_000),
        (3_333_333, 1_500_000, 833_333, 6_999_999),
    ],
)
def test_2021_pays_45_percent_for_three_months_and_25_for_three(
    wage_idr: int, early: int, late: int, total: int
) -> None:
    story = lived_through(approved(2023, wage_idr=wage_idr))
    assert amounts(story) == [early] * 3 + [late] * 3
    assert story.all(ClaimExhausted)[-1].total_idr == total


@pytest.mark.parametrize(
    ("wage_idr", "monthly", "total"),
    [
        (3_000_000, 1_800_000, 10_800_000),
        (3_500_000, 2_100_000, 12_600_000),
        (4_000_000, 2_400_000, 14_400_000),
        (4_999_999, 2_999_999, 17_999_994),
        (5_000_000, 3_000_000, 18_000_000),
        (5_000_001, 3_000_000, 18_000_000),
        (6_000_000, 3_000_000, 18_000_000),
        (3_333_333, 2_000_000, 12_000_000),
    ],
)
def test_2025_pays_60_percent_for_six_months(wage_idr: int, monthly: int, total: int) -> None:
    story = lived_through(approved(2025, wage_idr=wage_idr))
    assert amounts(story) == [monthly] * 6
    assert story.all(ClaimExhausted)[-1].total_idr == total
    assert story.claim.ending is Ending.EXHAUSTED


@pytest.mark.parametrize(
    ("filed", "rates", "total"),
    [
        ("2024-12-10", ["0.45", "0.45", "0.60", "0.60", "0.60", "0.60"], 16_500_000),
        ("2025-01-06", ["0.45", "0.45", "0.60", "0.60", "0.60", "0.60"], 16_500_000),
        ("2025-01-07", ["0.45", "0.60", "0.60", "0.60", "0.60", "0.60"], 17_250_000),
        ("2025-02-06", ["0.45", "0.60", "0.60", "0.60", "0.60", "0.60"], 17_250_000),
        ("2025-02-07", ["0.60", "0.60", "0.60", "0.60", "0.60", "0.60"], 18_000_000),
        ("2024-10-07", ["0.45", "0.45", "0.45", "0.25", "0.60", "0.60"], 14_000_000),
    ],
)
def test_each_month_has_the_rate_in_force_on_its_reference_date(
    filed: str, rates: list[str], total: int
) -> None:
    record = a_record(paid=months_between("2023-09", "2024-08"), wage_idr=6_000_000)
    laid_off = "2024-09-20" if filed < "2024-12" else "2024-12-02"
    story = lived_through(decided(a_layoff(laid_off), record, filed))
    assert [e.rate for e in story.all(BenefitAuthorized)] == rates
    assert sum(amounts(story)) == total


def test_filed_before_but_declared_eligible_under_the_amendment_is_paid_by_it_from_month_1() -> None:
    record = a_record(paid=months_between("2023-12", "2024-11"), wage_idr=5_000_000)
    story = lived_through(decided(a_layoff("2024-12-02"), record, "2025-02-05", recorded="2025-02-07"))
    assert story.all(ClaimApproved)[0].regime == "2025"
    assert amounts(story) == [3_000_000] * 6


def test_declared_eligible_the_day_before_the_amendment_month_1_is_paid_by_the_old_rules() -> None:
    record = a_record(paid=months_between("2023-12", "2024-11"), wage_idr=5_000_000)
    story = decided(a_layoff("2024-12-02"), record, "2025-02-05", recorded="2025-02-06")
    assert story.all(ClaimApproved)[0].regime == "2021"
    assert [e.amount_idr for e in story.all(BenefitAuthorized)] == [2_250_000]


def test_the_payment_term_of_month_1_runs_from_the_filing() -> None:
    story = decided(a_layoff("2025-03-03"), a_record(), "2025-03-10", "2025-03-13")
    assert story.all(BenefitAuthorized)[0].pay_until == wib("2025-03-14 00:00:00")


def test_the_payment_term_of_a_month_runs_from_its_application_however_late_it_is_handled() -> None:
    story = searched(approved(2025), 2).when(certification(2), "2025-04-25", received="2025-04-15")
    assert story.all(BenefitAuthorized)[1].pay_until == wib("2025-04-19 00:00:00")


def test_the_payment_term_of_month_1_runs_from_the_answer_of_the_officer_who_was_needed() -> None:
    referred = decided(a_layoff("2025-03-03", office=Office.NONE), a_record(), "2025-03-10")
    story = referred.when(m.DecideByOfficer(approves=True, reason="bukti diperiksa"), "2025-03-17")
    assert story.all(BenefitAuthorized)[0].pay_until == wib("2025-03-21 00:00:00")
