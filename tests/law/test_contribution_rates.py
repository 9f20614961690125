"""What is paid into the programme for a worker and a month, who gives which share, and the fine for delay."""

import random
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support.builders import WEEKENDS_ONLY

from claims.entitlement.contributions import contribution_due_on
from law.contribution_amounts import (
    Contribution,
    PayingEmployer,
    contribution_of,
    government_owes_idr,
    late_fine_idr,
    months_late,
)
from law.contribution_rates import (
    CONTRIBUTIONS,
    RELIEF_2025,
    ContributionLaw,
    ContributionRates,
    Industry,
    Relief,
    RiskClass,
)
from law.money import share_idr, shares_idr
from law.regimes import RULES_2025
from law.rules import Rounding, Sourced

OFFICE = PayingEmployer(RiskClass.VERY_LOW)
ROOT = Path(__file__).parents[2]


def owed(wage_idr: int, month: str, employer: PayingEmployer = OFFICE) -> Contribution:
    contribution = contribution_of(wage_idr, month, employer)
    assert contribution is not None
    return contribution


def jkp(wage_idr: int, month: str, employer: PayingEmployer = OFFICE) -> tuple[int, int, int, int]:
    """JKP, and the shares of government, JKK and JKM."""
    one = owed(wage_idr, month, employer)
    return one.total_idr, one.government_idr, one.jkk_share_idr, one.jkm_share_idr


@pytest.mark.parametrize(
    ("wage_idr", "by_2021", "by_2025"),
    [
        (3_000_000, (13_800, 6_600, 4_200, 3_000), (10_800, 6_600, 4_200, 0)),
        (3_333_333, (15_333, 7_333, 4_667, 3_333), (12_000, 7_333, 4_667, 0)),
        (3_500_000, (16_100, 7_700, 4_900, 3_500), (12_600, 7_700, 4_900, 0)),
        (4_000_000, (18_400, 8_800, 5_600, 4_000), (14_400, 8_800, 5_600, 0)),
        (5_000_000, (23_000, 11_000, 7_000, 5_000), (18_000, 11_000, 7_000, 0)),
        (8_000_000, (23_000, 11_000, 7_000, 5_000), (18_000, 11_000, 7_000, 0)),
    ],
)
def test_the_contributions_of_both_regimes(
    wage_idr: int, by_2021: tuple[int, ...], by_2025: tuple[int, ...]
) -> None:
    assert jkp(wage_idr, "2023-03") == by_2021
    assert jkp(wage_idr, "2025-03") == by_2025


def test_the_wage_counts_up_to_five_million() -> None:
    assert [owed(wage, "2025-03").total_idr for wage in (4_999_000, 5_000_000, 5_000_001, 8_000_000)] == [
        17_996,
        18_000,
        18_000,
        18_000,
    ]


def test_the_shares_always_add_up_and_none_is_more_than_a_rupiah_from_its_own_rounding() -> None:
    """Of 20,000 wages the sum is the rounded rate of the whole, the government's share its own rounding."""
    chance = random.Random(11)
    apart = set()
    for _ in range(20_000):
        wage = chance.randrange(1, 5_000_000)
        total, government, from_jkk, from_jkm = jkp(wage, "2023-03")
        assert (
            total == government + from_jkk + from_jkm == share_idr(wage, Decimal("0.0046"), Rounding.HALF_UP)
        )
        assert government == share_idr(wage, Decimal("0.0022"), Rounding.HALF_UP)
        apart.add(from_jkk - share_idr(wage, Decimal("0.0014"), Rounding.HALF_UP))
    assert apart == {-1, 0, 1}


def test_what_is_left_over_by_rounding_goes_to_the_last_share() -> None:
    thirds = (Decimal("0.3"), Decimal("0.3"), Decimal("0.4"))
    assert shares_idr(5, thirds, Rounding.HALF_UP) == (2, 2, 1)
    assert shares_idr(10, thirds, Rounding.HALF_UP) == (3, 3, 4)


@pytest.mark.parametrize(
    ("month", "total_idr", "regime"),
    [
        ("2021-02", 18_400, "2021"),
        ("2025-01", 18_400, "2021"),
        ("2025-02", 18_400, "2021"),
        ("2025-03", 14_400, "2025"),
    ],
)
def test_a_month_has_the_rate_of_its_first_day(month: str, total_idr: int, regime: str) -> None:
    one = owed(4_000_000, month)
    assert (one.total_idr, one.regime) == (total_idr, regime)


def test_another_day_that_decides_is_one_value_away() -> None:
    by_the_last = replace(CONTRIBUTIONS, deciding_day=Sourced(28, "a test"))
    february = contribution_of(4_000_000, "2025-02", OFFICE, by_the_last)
    january = contribution_of(4_000_000, "2025-01", OFFICE, by_the_last)
    assert february is not None
    assert january is not None
    assert (january.total_idr, february.total_idr) == (18_400, 14_400)


def test_before_the_programme_began_nothing_is_owed_to_it() -> None:
    assert contribution_of(4_000_000, "2021-01", OFFICE) is None


@pytest.mark.parametrize(
    ("risk", "left_idr"),
    [
        (RiskClass.VERY_LOW, 4_000),
        (RiskClass.LOW, 16_000),
        (RiskClass.MEDIUM, 30_000),
        (RiskClass.HIGH, 45_200),
        (RiskClass.VERY_HIGH, 64_000),
    ],
)
@pytest.mark.parametrize("month", ["2023-03", "2025-03"])
def test_what_work_accident_insurance_keeps_hangs_on_the_risk_and_jkp_does_not(
    month: str, risk: RiskClass, left_idr: int
) -> None:
    one = owed(4_000_000, month, PayingEmployer(risk))
    assert one.jkk_left_idr == left_idr
    assert one.total_idr == {"2023-03": 18_400, "2025-03": 14_400}[month]


def test_death_insurance_keeps_020_percent_until_2025_and_its_own_030_since() -> None:
    assert owed(4_000_000, "2023-03").jkm_left_idr == 8_000
    assert owed(4_000_000, "2025-03").jkm_left_idr == 12_000


def test_above_the_ceiling_work_accident_insurance_counts_the_whole_wage() -> None:
    one = owed(8_000_000, "2025-03")
    assert (one.counted_wage_idr, one.jkk_share_idr, one.jkk_left_idr, one.jkm_left_idr) == (
        5_000_000,
        7_000,
        8_000,
        24_000,
    )


def test_the_employer_pays_what_it_paid_before_the_programme_and_the_government_adds_its_share() -> None:
    """0.24 and 0.30 percent of Rp4,000,000 in either regime; the programme is no new charge."""
    for month in ("2023-03", "2025-03"):
        assert (owed(4_000_000, month).employer_idr, owed(4_000_000, month).government_idr) == (21_600, 8_800)


def test_to_count_the_capped_wage_there_too_is_one_value_away() -> None:
    capped = replace(CONTRIBUTIONS, jkk_counts_whole_wage=Sourced(False, "a test"))
    one = contribution_of(8_000_000, "2025-03", OFFICE, capped)
    assert one is not None
    assert (one.jkk_share_idr, one.jkk_left_idr) == (7_000, 5_000)


def relieved(
    risk: RiskClass, participants: int = 50, industry: Industry = Industry.TEXTILE_GARMENT
) -> PayingEmployer:
    return PayingEmployer(risk, industry, participants)


@pytest.mark.parametrize(
    ("month", "shares"),
    [
        ("2025-01", (18_400, 8_800, 5_600, 4_000)),
        ("2025-02", (17_600, 8_800, 4_800, 4_000)),
        ("2025-03", (13_600, 8_800, 4_800, 0)),
        ("2025-07", (13_600, 8_800, 4_800, 0)),
        ("2025-08", (14_400, 8_800, 5_600, 0)),
    ],
)
def test_relief_takes_002_percent_from_the_lowest_risk_for_six_months(
    month: str, shares: tuple[int, ...]
) -> None:
    assert jkp(4_000_000, month, relieved(RiskClass.VERY_LOW)) == shares


@pytest.mark.parametrize(
    ("risk", "left_idr"),
    [
        (RiskClass.VERY_LOW, 0),
        (RiskClass.LOW, 5_200),
        (RiskClass.MEDIUM, 12_200),
        (RiskClass.HIGH, 19_800),
        (RiskClass.VERY_HIGH, 29_200),
    ],
)
def test_relief_halves_work_accident_contributions_before_the_share_is_taken(
    risk: RiskClass, left_idr: int
) -> None:
    one = owed(4_000_000, "2025-04", relieved(risk))
    assert one.jkk_left_idr == left_idr
    assert one.total_idr == (13_600 if risk is RiskClass.VERY_LOW else 14_400)
    assert one.article == "PP 7/2025 Pasal 9-10"


@pytest.mark.parametrize(
    ("participants", "industry", "total_idr"),
    [
        (49, Industry.FOOTWEAR, 14_400),
        (50, Industry.FOOTWEAR, 13_600),
        (51, Industry.FOOTWEAR, 13_600),
        (50, Industry.ELSE, 14_400),
    ],
)
def test_relief_is_for_fifty_participants_in_a_named_industry(
    participants: int, industry: Industry, total_idr: int
) -> None:
    employer = relieved(RiskClass.VERY_LOW, participants, industry)
    assert owed(4_000_000, "2025-04", employer).total_idr == total_idr
    assert owed(4_000_000, "2025-04", employer).relieved == (total_idr == 13_600)


def test_the_rates_of_each_regime_add_up() -> None:
    for rates in CONTRIBUTIONS.rates:
        assert (
            rates.government_share.value + rates.jkk_share.value + rates.jkm_share.value
            == rates.jkp_rate.value
        )
        assert rates.worker_share.value == 0
    before = ("0.0024", "0.0054", "0.0089", "0.0127", "0.0174")
    for risk, whole in zip(RiskClass, map(Decimal, before), strict=True):
        for rates in CONTRIBUTIONS.rates:
            assert rates.jkk_left.value[risk] + rates.jkk_share.value == whole
        assert RELIEF_2025.jkk_halved.value[risk] * 2 == whole
        assert (
            RELIEF_2025.jkk_left.value[risk] + RELIEF_2025.jkk_share.value[risk]
            == RELIEF_2025.jkk_halved.value[risk]
        )


def test_every_number_is_cited_and_every_assumption_has_its_record() -> None:
    parts: list[ContributionRates | Relief | ContributionLaw] = [
        *CONTRIBUTIONS.rates,
        *CONTRIBUTIONS.reliefs,
        CONTRIBUTIONS,
    ]
    cited = [
        value.citation
        for part in parts
        for field in fields(part)
        if isinstance(value := getattr(part, field.name), Sourced)
    ]
    records = [
        citation.removeprefix("assumption: ") for citation in cited if citation.startswith("assumption")
    ]
    assert len(cited) == 31
    assert records
    assert [record for record in records if not (ROOT / record).is_file()] == []


@pytest.mark.parametrize(
    ("paid_on", "months", "fine_idr"),
    [
        ("2025-04-14", 0, 0),
        ("2025-04-15", 0, 0),
        ("2025-04-16", 1, 360),
        ("2025-05-15", 1, 360),
        ("2025-05-16", 2, 720),
        ("2025-10-15", 6, 2_160),
        ("2025-10-16", 7, 2_520),
    ],
)
def test_a_late_contribution_costs_two_percent_for_each_month_or_part_of_one(
    paid_on: str, months: int, fine_idr: int
) -> None:
    due_on = contribution_due_on("2025-03", RULES_2025, WEEKENDS_ONLY)
    assert due_on == date(2025, 4, 15)
    assert months_late(due_on, date.fromisoformat(paid_on)) == months
    assert late_fine_idr(18_000, due_on, date.fromisoformat(paid_on)) == fine_idr


def test_a_compounded_fine_or_full_months_only_are_one_value_away() -> None:
    due_on, paid_on = date(2025, 4, 15), date(2025, 10, 16)
    compounded = replace(CONTRIBUTIONS, late_fine_is_simple=Sourced(False, "a test"))
    full_months = replace(CONTRIBUTIONS, begun_month_is_late=Sourced(False, "a test"))
    assert late_fine_idr(18_000, due_on, paid_on) == 2_520
    assert late_fine_idr(18_000, due_on, paid_on, compounded) == 2_676
    assert late_fine_idr(18_000, due_on, paid_on, full_months) == 2_160


def test_the_government_adds_its_share_once_the_employer_has_paid() -> None:
    march = owed(4_000_000, "2025-03")
    assert government_owes_idr(march, None, date(2025, 6, 1)) == 0
    assert government_owes_idr(march, date(2025, 6, 2), date(2025, 6, 1)) == 0
    assert government_owes_idr(march, date(2025, 6, 2), date(2025, 6, 2)) == 8_800


def test_paid_on_the_monday_after_a_fifteenth_at_the_weekend_is_in_time() -> None:
    due_on = contribution_due_on("2025-02", RULES_2025, WEEKENDS_ONLY)
    assert due_on == date(2025, 3, 17)
    assert late_fine_idr(18_000, due_on, date(2025, 3, 17)) == 0
    assert late_fine_idr(18_000, due_on, date(2025, 3, 18)) == 360
