"""What is paid: law 11b, in both regimes and across the transition."""

from dataclasses import replace
from datetime import date

import pytest
from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    amounts,
    approved,
    certification,
    decided,
    lived,
    lived_through,
    months_between,
    paid,
    searched,
    self_assessment,
    wib,
)
from support.paid_by_wage import UNDER_2021, UNDER_2025

from claims.commands import command as cmd
from claims.entitlement.windows import rules_for
from claims.events import BenefitAuthorized, ClaimApproved, ClaimExhausted
from claims.state.claim import Ending
from law.regimes import RULES_2021, RULES_2025
from law.rules import Cited, DecidingDate, Law, Office, RateCount, Rounding


@pytest.mark.parametrize(("wage_idr", "early", "late", "total"), UNDER_2021)
def test_2021_pays_45_percent_for_three_months_and_25_for_three(
    wage_idr: int, early: int, late: int, total: int
) -> None:
    story = lived_through(approved(2023, wage_idr=wage_idr))
    assert amounts(story) == [early] * 3 + [late] * 3
    assert story.all(ClaimExhausted)[-1].total_idr == total


@pytest.mark.parametrize(("wage_idr", "monthly", "total"), UNDER_2025)
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
    story = referred.when(cmd.DecideByOfficer(approves=True, reason="bukti diperiksa"), "2025-03-17")
    assert story.all(BenefitAuthorized)[0].pay_until == wib("2025-03-21 00:00:00")


def across_the_amendment(filed: str, deciding: DecidingDate) -> Story:
    """Laid off in summer 2024 and approved at once, under a law whose transition looks at the given date."""
    transition = RULES_2025.transition
    assert transition is not None
    cited = Cited(deciding, "assumption: docs/decisions/0010-deciding-date.md", date(2025, 2, 7))
    later = replace(RULES_2025, transition=replace(transition, deciding_date=cited))
    record = a_record(paid=months_between("2023-06", "2024-06"), wage_idr=5_000_000)
    story = Story(law=Law((RULES_2021, later))).when(a_report(a_layoff("2024-07-05")), "2024-07-05")
    return story.when(a_filing(), filed).when(cmd.RecordContributions(record=record), filed)


@pytest.mark.parametrize(
    ("deciding", "amount_idr"),
    [(DecidingDate.REFERENCE_DATE, 1_250_000), (DecidingDate.APPLICATION_DATE, 3_000_000)],
)
def test_month_6_across_the_amendment_is_of_the_date_that_the_transition_names(
    deciding: DecidingDate, amount_idr: int
) -> None:
    # Filed on 5 September 2024: reference date of month 6 on 5 February 2025, applied for until 4 March.
    story = paid(across_the_amendment("2024-09-05", deciding), 1, "2024-09-06")
    story = story.when(self_assessment("2024-09-06"), "2024-09-06")
    for month in range(2, 7):
        story = paid(lived(story, month), month)
    assert amounts(story) == [2_250_000] * 3 + [1_250_000] * 2 + [amount_idr]


@pytest.mark.parametrize(
    ("filed", "by_reference_date", "by_application_date"),
    [
        # Month 5 is applied for until 6 February, and until the 7th.
        ("2024-10-01", ["2021"] * 5 + ["2025"], ["2021"] * 5 + ["2025"]),
        ("2024-10-02", ["2021"] * 5 + ["2025"], ["2021"] * 4 + ["2025"] * 2),
        # Month 6 has its reference date on 7 February, and on the 6th.
        ("2024-09-07", ["2021"] * 5 + ["2025"], ["2021"] * 5 + ["2025"]),
        ("2024-09-06", ["2021"] * 6, ["2021"] * 5 + ["2025"]),
        # Month 6 is applied for until 7 February, and until the 6th.
        ("2024-08-08", ["2021"] * 6, ["2021"] * 5 + ["2025"]),
        ("2024-08-07", ["2021"] * 6, ["2021"] * 6),
    ],
)
def test_the_regime_of_each_month_on_both_sides_of_the_day_of_the_amendment(
    filed: str, by_reference_date: list[str], by_application_date: list[str]
) -> None:
    for deciding, names in (
        (DecidingDate.REFERENCE_DATE, by_reference_date),
        (DecidingDate.APPLICATION_DATE, by_application_date),
    ):
        story = across_the_amendment(filed, deciding)
        assert [rules_for(story.claim, month, story.law).name for month in range(1, 7)] == names


@pytest.mark.parametrize(
    ("rounding", "amount_idr"),
    [
        (Rounding.HALF_UP, 1_949_999),
        (Rounding.HALF_EVEN, 1_949_998),
        (Rounding.DOWN, 1_949_998),
        (Rounding.UP, 1_949_999),
    ],
)
def test_exactly_half_a_rupiah_goes_by_the_rounding_of_the_rules(rounding: Rounding, amount_idr: int) -> None:
    # 45 % of 4,333,330 is 1,949,998.5.
    cited = Cited(rounding, "assumption: docs/decisions/0003-rounding.md", date(2021, 2, 2))
    law = Law((replace(RULES_2021, rounding=cited), RULES_2025))
    record = a_record(paid=months_between("2022-03", "2023-02"), wage_idr=4_333_330)
    story = Story(law=law).when(a_report(a_layoff("2023-03-03")), "2023-03-03")
    story = story.when(a_filing(), "2023-03-10").when(cmd.RecordContributions(record=record), "2023-03-10")
    assert story.all(BenefitAuthorized)[0].amount_idr == amount_idr


@pytest.mark.parametrize(
    ("counted", "paid_idr"),
    [
        (RateCount.MONTHS_PASSED, [2_250_000, 2_250_000, 1_250_000, 1_250_000, 1_250_000]),
        (RateCount.MONTHS_PAID, [2_250_000, 2_250_000, 2_250_000, 1_250_000, 1_250_000]),
    ],
)
def test_after_a_lost_month_the_rate_falls_by_what_the_rules_count(
    counted: RateCount, paid_idr: list[int]
) -> None:
    cited = Cited(counted, "assumption: docs/decisions/0016-rate-after-a-lost-month.md", date(2021, 2, 2))
    law = Law((replace(RULES_2021, rate_counts=cited), RULES_2025))
    story = replace(paid(approved(2023, wage_idr=5_000_000), 1, "2023-03-11"), law=law).wake("2023-04-16")
    for month in range(3, 7):
        story = paid(lived(story, month), month)
    assert amounts(story) == paid_idr
