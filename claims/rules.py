"""Every number of the law, in one place, dated and cited.

Two regimes: PP 37/2021 (from 2 February 2021) and PP 37/2021 as amended by PP 6/2025 (from 7 February 2025).
A benefit month is governed by the regime in force on its reference date (Permenaker 2/2025 Pasal II).
A citation that begins with `assumption:` marks a point the texts leave open; docs/decisions has its record.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")

BENEFIT_MONTHS = 6
PP37 = "PP 37/2021"
PP6 = "PP 37/2021 as amended by PP 6/2025"


@dataclass(frozen=True)
class Cited(Generic[T]):
    """A value of the law and where it stands."""

    value: T
    citation: str


class SeparationReason(StrEnum):
    """Alasan PHK: the letters of UU 13/2003 Pasal 154A(1), and what stands beside them."""

    MERGER = "merger"
    EFFICIENCY = "efficiency"
    CLOSURE_AFTER_LOSSES = "closure_after_losses"
    FORCE_MAJEURE = "force_majeure"
    DEBT_MORATORIUM = "debt_moratorium"
    BANKRUPTCY = "bankruptcy"
    WORKER_PETITION = "worker_petition"
    PETITION_UNFOUNDED = "petition_unfounded"
    RESIGNATION = "resignation"
    ABSENCE = "absence"
    VIOLATION_AFTER_WARNINGS = "violation_after_warnings"
    DETENTION = "detention"
    LONG_ILLNESS = "long_illness"
    TOTAL_PERMANENT_DISABILITY = "total_permanent_disability"
    RETIREMENT = "retirement"
    DEATH = "death"
    CONTRACT_EXPIRED = "contract_expired"
    AGREED_OTHER = "agreed_other"
    URGENT_MISCONDUCT = "urgent_misconduct"


class ProofKind(StrEnum):
    """Bukti PHK: the proofs of PP 37/2021 Pasal 20(3), the receipt alone, and any other paper."""

    ACCEPTANCE_AND_RECEIPT = "acceptance_and_receipt"
    SETTLEMENT_AGREEMENT_AND_DEED = "settlement_agreement_and_deed"
    SETTLEMENT_AGREEMENT_AND_RECEIPT = "settlement_agreement_and_receipt"
    COURT_RULING = "court_ruling"
    RECEIPT = "receipt"
    OTHER = "other"


class Office(StrEnum):
    """Office that gave the receipt of the layoff report."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    REGENCY = "regency"
    NONE = "none"


EXCLUDED_SEPARATIONS = frozenset(
    {
        SeparationReason.RESIGNATION,
        SeparationReason.TOTAL_PERMANENT_DISABILITY,
        SeparationReason.RETIREMENT,
        SeparationReason.DEATH,
    }
)


@dataclass(frozen=True)
class Rules:
    """One regime: what binds a benefit month whose reference date falls into it.

    `procedure` is the ministerial regulation whose articles the steps of a claim are cited by.
    """

    name: str
    in_force_from: date
    procedure: str
    first_contribution_month: Cited[str]
    wage_ceiling_idr: Cited[int]
    replacement_rates: Cited[tuple[Decimal, ...]]
    contribution_months_min: Cited[int]
    lookback_months: Cited[int]
    consecutive_months_min: Cited[int]
    age_at_registration_below: Cited[int]
    excluded_separations: Cited[frozenset[SeparationReason]]
    proofs: Cited[frozenset[ProofKind]]
    receipt_offices: Cited[frozenset[Office]]
    jkn_employer_paid_only: Cited[bool]
    claims_max: Cited[int]
    paid_months_between_claims: Cited[int]
    arrears_months_covered: Cited[int]
    insolvent_arrears_months_covered: Cited[int]
    layoff_report_working_days: Cited[int]
    placement_report_working_days: Cited[int]
    filing_window_months: Cited[int]
    month_window_days: Cited[int]
    last_month_opens_working_days_before: Cited[int]
    applications_min: Cited[int]
    applications_to_different_companies: Cited[bool]
    interview_calls_min: Cited[int]
    attendance_min: Cited[Decimal]
    self_assessment_is_gate: Cited[bool]
    payment_working_days: Cited[int]
    rounding: Cited[str]

    def rate_of_month(self, month: int) -> Decimal:
        """Replacement rate of a benefit month, 1 to 6."""
        return self.replacement_rates.value[month - 1]


RULES_2021 = Rules(
    name="2021",
    in_force_from=date(2021, 2, 2),
    procedure="Permenaker 15/2021",
    first_contribution_month=Cited("2021-02", f"{PP37} Pasal 50"),
    wage_ceiling_idr=Cited(5_000_000, f"{PP37} Pasal 21(3)-(4)"),
    replacement_rates=Cited((Decimal("0.45"),) * 3 + (Decimal("0.25"),) * 3, f"{PP37} Pasal 21(1)"),
    contribution_months_min=Cited(12, f"{PP37} Pasal 19(3)"),
    lookback_months=Cited(24, f"{PP37} Pasal 19(3)"),
    consecutive_months_min=Cited(6, f"{PP37} Pasal 19(3)"),
    age_at_registration_below=Cited(54, f"{PP37} Pasal 4(2)"),
    excluded_separations=Cited(EXCLUDED_SEPARATIONS, f"{PP37} Pasal 20(1)"),
    proofs=Cited(
        frozenset(
            {
                ProofKind.ACCEPTANCE_AND_RECEIPT,
                ProofKind.SETTLEMENT_AGREEMENT_AND_DEED,
                ProofKind.COURT_RULING,
            }
        ),
        f"{PP37} Pasal 20(3)",
    ),
    receipt_offices=Cited(frozenset({Office.REGENCY}), f"{PP37} Pasal 20(3)a"),
    jkn_employer_paid_only=Cited(True, f"{PP37} Pasal 4(4)"),
    claims_max=Cited(3, f"{PP37} Pasal 35"),
    paid_months_between_claims=Cited(60, "assumption: docs/decisions/0020-who-may-claim-again.md"),
    arrears_months_covered=Cited(3, f"{PP37} Pasal 39(1)"),
    insolvent_arrears_months_covered=Cited(3, f"{PP37} Pasal 39(1)"),
    layoff_report_working_days=Cited(7, "assumption: docs/decisions/0019-three-days-and-seven-days.md"),
    placement_report_working_days=Cited(7, f"{PP37} Pasal 28"),
    filing_window_months=Cited(3, f"{PP37} Pasal 40(a)"),
    month_window_days=Cited(5, "Peraturan BPJS Ketenagakerjaan 1/2022"),
    last_month_opens_working_days_before=Cited(5, "Peraturan BPJS Ketenagakerjaan 1/2022"),
    applications_min=Cited(5, "Permenaker 15/2021 Pasal 13(4)"),
    applications_to_different_companies=Cited(True, "Permenaker 15/2021 Pasal 13(4)"),
    interview_calls_min=Cited(1, "Permenaker 15/2021 Pasal 13(4)"),
    attendance_min=Cited(Decimal("0.80"), "Permenaker 15/2021 Pasal 13(3)b"),
    self_assessment_is_gate=Cited(True, "assumption: ministry's procedure of 8 September 2022"),
    payment_working_days=Cited(3, "assumption: the three days of the procedure are working days"),
    rounding=Cited("half up to whole rupiah", "assumption: docs/decisions/0003-rounding.md"),
)

RULES_2025 = Rules(
    name="2025",
    in_force_from=date(2025, 2, 7),
    procedure="Permenaker 2/2025",
    first_contribution_month=Cited("2021-02", f"{PP37} Pasal 50"),
    wage_ceiling_idr=Cited(5_000_000, f"{PP6} Pasal 21(3)-(4)"),
    replacement_rates=Cited((Decimal("0.60"),) * 6, f"{PP6} Pasal 21(1)"),
    contribution_months_min=Cited(12, f"{PP6} Pasal 19(3)"),
    lookback_months=Cited(24, f"{PP6} Pasal 19(3)"),
    consecutive_months_min=Cited(0, f"{PP6} Pasal 19(3)"),
    age_at_registration_below=Cited(54, f"{PP6} Pasal 4(2)"),
    excluded_separations=Cited(EXCLUDED_SEPARATIONS, f"{PP6} Pasal 20(1)"),
    proofs=Cited(frozenset(ProofKind) - {ProofKind.OTHER}, "Permenaker 2/2025 Pasal 9(3)"),
    receipt_offices=Cited(
        frozenset({Office.MINISTRY, Office.PROVINCE, Office.REGENCY}), "Permenaker 2/2025 Pasal 9(3)"
    ),
    jkn_employer_paid_only=Cited(False, f"{PP6} Pasal 4(3)"),
    claims_max=Cited(3, f"{PP37} Pasal 35"),
    paid_months_between_claims=Cited(60, "assumption: docs/decisions/0020-who-may-claim-again.md"),
    arrears_months_covered=Cited(3, f"{PP6} Pasal 39(1)"),
    insolvent_arrears_months_covered=Cited(6, f"{PP6} Pasal 39A"),
    layoff_report_working_days=Cited(7, "Permenaker 2/2025 Pasal 9(1)"),
    placement_report_working_days=Cited(7, f"{PP37} Pasal 28"),
    filing_window_months=Cited(6, f"{PP6} Pasal 40(a)"),
    month_window_days=Cited(5, "Peraturan BPJS Ketenagakerjaan 1/2022"),
    last_month_opens_working_days_before=Cited(5, "Peraturan BPJS Ketenagakerjaan 1/2022"),
    applications_min=Cited(5, "Permenaker 2/2025 Pasal 13(4)"),
    applications_to_different_companies=Cited(False, "Permenaker 2/2025 Pasal 13(4)"),
    interview_calls_min=Cited(1, "Permenaker 2/2025 Pasal 13(4)"),
    attendance_min=Cited(Decimal("0.80"), "Permenaker 2/2025 Pasal 13(3)b"),
    self_assessment_is_gate=Cited(False, "Permenaker 2/2025 Pasal 13(2)"),
    payment_working_days=Cited(3, "Permenaker 2/2025 Pasal 13(6)"),
    rounding=Cited("half up to whole rupiah", "assumption: docs/decisions/0003-rounding.md"),
)


@dataclass(frozen=True)
class Law:
    """Every regime, oldest first."""

    regimes: tuple[Rules, ...]

    @property
    def version(self) -> str:
        """Names of the regimes, as recorded beside every event."""
        return "+".join(rules.name for rules in self.regimes)

    def in_force_on(self, day: date) -> Rules:
        """The regime in force on a day; before the first one, the first."""
        current = self.regimes[0]
        for rules in self.regimes:
            if rules.in_force_from <= day:
                current = rules
        return current


LAW = Law((RULES_2021, RULES_2025))
