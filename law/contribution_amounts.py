"""Iuran JKP: what is owed for a worker and a month, who gives which share, and the fine for paying late."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law.contribution_rates import (
    CONTRIBUTIONS,
    ContributionLaw,
    ContributionRates,
    Industry,
    Relief,
    RiskClass,
)
from law.money import capped_idr, share_idr, shares_idr
from law.periods import months_after


@dataclass(frozen=True)
class PayingEmployer:
    """What of an employer its contributions hang on; by default a risk class and no relief."""

    risk_class: RiskClass
    industry: Industry = Industry.ELSE
    active_participants: int = 0


@dataclass(frozen=True)
class Contribution:
    """Iuran of one worker for one month, in whole rupiah.

    `total_idr` of JKP is `government_idr` + `jkk_share_idr` + `jkm_share_idr`, on the wage up to the ceiling.
    `jkk_left_idr` and `jkm_left_idr` are what the other two programmes keep. The worker gives nothing.
    """

    month: str
    regime: str
    counted_wage_idr: int
    total_idr: int
    government_idr: int
    jkk_share_idr: int
    jkm_share_idr: int
    jkk_left_idr: int
    jkm_left_idr: int
    relieved: bool
    article: str

    @property
    def employer_idr(self) -> int:
        """What the employer pays: JKK and JKM with the shares that are moved, and nothing for JKP itself."""
        return self.jkk_left_idr + self.jkk_share_idr + self.jkm_left_idr + self.jkm_share_idr


def contribution_of(
    wage_idr: int, month: str, employer: PayingEmployer, law: ContributionLaw = CONTRIBUTIONS
) -> Contribution | None:
    """Iuran for a month (`YYYY-MM`) by the wage last reported (Pasal 11); None before the programme began."""
    rates = law.rates_of(month)
    if rates is None:
        return None
    relief = law.relief_of(month, employer.industry, employer.active_participants)
    counted = capped_idr(wage_idr, rates.contribution_ceiling_idr.value)
    left_of = wage_idr if law.jkk_counts_whole_wage.value else counted
    from_jkk, jkk_left = _jkk(rates, relief, employer.risk_class)
    government, jkm, jkk = shares_idr(
        counted, (rates.government_share.value, rates.jkm_share.value, from_jkk), law.rounding.value
    )
    return Contribution(
        month=month,
        regime=rates.name,
        counted_wage_idr=counted,
        total_idr=government + jkm + jkk,
        government_idr=government,
        jkk_share_idr=jkk,
        jkm_share_idr=jkm,
        jkk_left_idr=share_idr(left_of, jkk_left, law.rounding.value),
        jkm_left_idr=share_idr(left_of, rates.jkm_left.value, law.rounding.value),
        relieved=relief is not None,
        article=relief.jkk_share.citation if relief else rates.jkp_rate.citation,
    )


def _jkk(rates: ContributionRates, relief: Relief | None, risk: RiskClass) -> tuple[Decimal, Decimal]:
    """What is moved from JKK, and what is left there."""
    if relief is not None:
        return relief.jkk_share.value[risk], relief.jkk_left.value[risk]
    return rates.jkk_share.value, rates.jkk_left.value[risk]


def government_owes_idr(
    contribution: Contribution, paid_on: date | None, on: date, law: ContributionLaw = CONTRIBUTIONS
) -> int:
    """Iuran Pemerintah Pusat on a day: nothing while the employer owes its part (PP 37/2021 Pasal 16)."""
    settled = paid_on is not None and paid_on <= on
    return contribution.government_idr if settled or not law.government_waits_for_arrears.value else 0


def months_late(due_on: date, paid_on: date, law: ContributionLaw = CONTRIBUTIONS) -> int:
    """Months between the day a contribution was due and the day it was paid; one that has begun counts."""
    full = 0
    while months_after(due_on, full + 1) <= paid_on:
        full += 1
    begun = months_after(due_on, full) < paid_on
    return full + (begun and law.begun_month_is_late.value)


def late_fine_idr(
    contribution_idr: int, due_on: date, paid_on: date, law: ContributionLaw = CONTRIBUTIONS
) -> int:
    """Denda of a late contribution: 2 percent of it for each month (PP 44/2015 Pasal 22).

    That it is simple, and counts a month that has begun, is open: docs/decisions/0027-late-fine.md.
    """
    months, rate = months_late(due_on, paid_on, law), law.late_fine_a_month.value
    simple = law.late_fine_is_simple.value
    share = rate * months if simple else (1 + rate) ** months - 1
    return share_idr(contribution_idr, share, law.rounding.value)
