"""The shape of the law: what a regime says, each value dated and cited; law/regimes.py holds the values.

A citation that begins with `assumption:` marks a point the texts leave open; it names its record in
docs/decisions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, TypeVar

from law.digests import digest

T = TypeVar("T")

# PP 37/2021 Pasal 21(1), of both regimes; what is stored has this shape, so another number is another law.
BENEFIT_MONTHS = 6
ASSUMPTION = "assumption: "


@dataclass(frozen=True)
class Sourced(Generic[T]):
    """A value and where it stands, in a table that itself says from when it holds."""

    value: T
    citation: str

    @property
    def article(self) -> str:
        """What people are told: of `assumption: RECORD; SOURCE` the source, else the citation itself."""
        return article_of(self.citation)


@dataclass(frozen=True)
class Cited(Sourced[T]):
    """A value of the law, where it stands, and the day on which it came into force.

    `since` is the day from which the value has been this one, over every regime that kept it.
    """

    since: date


def article_of(citation: str) -> str:
    """The source behind the record of an assumption, where one is named."""
    return citation.partition("; ")[2] or citation


class SeparationReason(StrEnum):
    """Alasan PHK: the letters a to o of UU 13/2003 Pasal 154A(1) in their order, and what stands beside them.

    A total permanent disability is the part of letter m that Pasal 20(1) excludes. Which are excluded, the
    rules alone say; every letter has its law case (tests/claims/law/reasons.json).
    """

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


class Rounding(StrEnum):
    """How a share becomes whole rupiah."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"


class RunPosition(StrEnum):
    """Where the months in a row must lie (masa iur berturut-turut)."""

    ANYWHERE = "anywhere_in_the_window"
    AT_THE_LAYOFF = "ending_at_the_layoff"


class WhichPayment(StrEnum):
    """Which of several payments of the employer starts a term."""

    LAST = "last"
    FIRST = "first"


class MonthCondition(StrEnum):
    """Syarat bulan manfaat: what may be asked of a recipient for a benefit month."""

    COMMITMENT = "commitment"
    BANK_ACCOUNT = "bank_account"
    SELF_ASSESSMENT = "self_assessment"
    CERTIFICATION = "certification"
    JOB_SEARCH = "job_search"
    TRAINING_ATTENDANCE = "training_attendance"
    COUNSELLING = "counselling"
    STATUS_FORM = "status_form"


@dataclass(frozen=True)
class Requirement:
    """One condition, the months it is asked for, and whether payment hangs on it or it is a tracked duty."""

    condition: MonthCondition
    months: frozenset[int]
    binds: bool
    citation: str
    since: date

    @property
    def article(self) -> str:
        """What people are told of the citation."""
        return article_of(self.citation)


class SearchPeriod(StrEnum):
    """Which days speak for a benefit month, of job search and of training."""

    BETWEEN_REFERENCE_DATES = "between_reference_dates"
    CALENDAR_MONTH_BEFORE = "calendar_month_before"


class RateCount(StrEnum):
    """What moves the replacement rate on: the months that passed, or those that were paid."""

    MONTHS_PASSED = "months_passed"
    MONTHS_PAID = "months_paid"


class DecidingDate(StrEnum):
    """Which date of a benefit month decides under which regime it falls.

    The application date is the last day on which the month may be applied for by the rules it would have
    otherwise: it is known from the filing on, and nobody gains by waiting.
    """

    REFERENCE_DATE = "reference_date"
    APPLICATION_DATE = "application_date"


class RunningClaims(StrEnum):
    """What becomes of a claim that runs when a regime comes into force."""

    FROM_THE_NEXT_MONTH = "from_the_next_benefit_month"
    KEEP_THEIR_REGIME = "keep_their_regime"


class OpenWindows(StrEnum):
    """What becomes of a filing window that is open when a regime comes into force."""

    TAKE_OVER = "take_over"
    KEEP_THE_LONGER = "keep_the_longer"
    KEEP = "keep"


@dataclass(frozen=True)
class Transition:
    """Ketentuan peralihan: how a regime takes over from the one before it (law 4a)."""

    deciding_date: Cited[DecidingDate]
    running_claims: Cited[RunningClaims]
    open_windows: Cited[OpenWindows]


@dataclass(frozen=True)
class Rules:
    """One regime: what binds a benefit month that falls under it.

    `procedure` is the ministerial regulation whose articles the steps of a claim are cited by; `transition`
    says how the regime takes over from the one before, None of the first. Rates and shares are of one.
    """

    name: str
    in_force_from: date
    procedure: str
    transition: Transition | None
    # Who is insured.
    first_contribution_month: Cited[str]
    citizenships: Cited[frozenset[str]]
    age_at_registration_below: Cited[int]
    programmes_by_scale: Cited[Mapping[str, frozenset[str]]]
    jkn_employer_paid_only: Cited[bool]
    integration_months: Cited[int]
    employer_failures_go_to_a_person: Cited[bool]
    # Contributions and arrears.
    contribution_due_day: Cited[int]
    contribution_months_min: Cited[int]
    lookback_months: Cited[int]
    layoff_month_counts: Cited[bool]
    unpaid_months_go_to_a_person: Cited[bool]
    consecutive_months_min: Cited[int]
    consecutive_months_position: Cited[RunPosition]
    arrears_programmes: Cited[frozenset[str]]
    arrears_months_covered: Cited[int]
    insolvent_arrears_months_covered: Cited[int]
    uncovered_arrears_employer_pays_first: Cited[bool]
    reimbursement_months: Cited[int]
    reimbursement_working_days: Cited[int]
    reimbursement_counts_from: Cited[WhichPayment]
    # The layoff and the right.
    excluded_separations: Cited[frozenset[SeparationReason]]
    expired_contract_excluded: Cited[bool]
    reports_must_agree: Cited[bool]
    proofs: Cited[frozenset[ProofKind]]
    receipt_offices: Cited[frozenset[Office]]
    claims_max: Cited[int]
    paid_months_between_claims: Cited[int]
    other_job_months: Cited[int]
    work_ends_the_right: Cited[bool]
    death_ends_the_right: Cited[bool]
    begun_month_stays_owed: Cited[bool]
    own_business_is_manual_review: Cited[bool]
    filing_window_months: Cited[int]
    # What is paid.
    wage_min_idr: Cited[int]
    wage_ceiling_idr: Cited[int]
    wage_drop_max: Cited[Decimal]
    wage_drop_months: Cited[int]
    replacement_rates: Cited[tuple[Decimal, ...]]
    rate_counts: Cited[RateCount]
    rounding: Cited[Rounding]
    # Benefit months.
    month_requirements: tuple[Requirement, ...]
    asked_before_approval: Cited[bool]
    month_window_days: Cited[int]
    last_month_opens_working_days_before: Cited[int]
    search_period: Cited[SearchPeriod]
    applications_min: Cited[int]
    applications_to_different_companies: Cited[bool]
    interview_calls_min: Cited[int]
    attendance_min: Cited[Decimal]
    training_suffices: Cited[bool]
    told_late_days: Cited[int]
    # Terms.
    payment_working_days: Cited[int]
    layoff_report_working_days: Cited[int]
    placement_report_working_days: Cited[int]
    leave_is_working_day: Cited[bool]
    # House terms, without legal effect (record 25).
    officer_working_days: Cited[int]
    answer_working_days: Cited[int]
    record_working_days: Cited[int]
    reminder_days_before_month_closes: Cited[tuple[int, ...]]
    reminder_days_before_filing_closes: Cited[int]
    account_reminder_days: Cited[int]

    def rate_of_month(self, month: int, lost_before: int) -> Decimal:
        """Replacement rate of a benefit month, 1 to 6, before which so many months were lost."""
        passed = month - 1
        by_number = self.rate_counts.value is RateCount.MONTHS_PASSED
        return self.replacement_rates.value[passed if by_number else passed - lost_before]

    def requirement(self, condition: MonthCondition, month: int) -> Requirement | None:
        """What a regime asks by one condition for a month, or None."""
        asked = (r for r in self.month_requirements if r.condition is condition and month in r.months)
        return next(asked, None)

    def article_of_month(self, condition: MonthCondition) -> str:
        """The article by which something is asked in the months, in whichever; else the procedure."""
        asked = (each.article for each in self.month_requirements if each.condition is condition)
        return next(asked, self.procedure)

    def cited(self) -> Iterator[tuple[str, Cited[object] | Requirement]]:
        """Every value with its name, those of the transition and of the months included."""
        for name, value in _named(self):
            if isinstance(value, Cited):
                yield name, value
            elif isinstance(value, Transition):
                yield from ((f"{name}.{part}", cited) for part, cited in _named(value))
        yield from ((f"month_requirements.{each.condition}", each) for each in self.month_requirements)


def _named(values: Rules | Transition) -> Iterator[tuple[str, Any]]:
    for field in fields(values):
        yield field.name, getattr(values, field.name)


def amended(
    before: Rules,
    said_again: Mapping[str, str],
    *,
    name: str,
    in_force_from: date,
    procedure: str,
    transition: Transition,
    month_requirements: tuple[MonthCondition | Requirement, ...] | None = None,
    **differing: Cited[Any],
) -> Rules:
    """The regime that follows on another: what differs, and all else as it was.

    `said_again` names each Pasal that the amending text words anew, by its old and its new name: what is kept
    under it is cited by the new one. A condition of the months that is only named is asked as before; with
    None all are. What is given must differ from what it amends, in its value, its article or its day.
    """
    kept = _cited_by(said_again, before)
    asked = tuple(each for one in month_requirements or () for each in _asked(one, kept))
    for field, value in differing.items():
        assert value != getattr(kept, field), f"{field} is given and does not differ"
    return replace(
        kept,
        name=name,
        in_force_from=in_force_from,
        procedure=procedure,
        transition=transition,
        month_requirements=kept.month_requirements if month_requirements is None else asked,
        **differing,
    )


def _cited_by(said_again: Mapping[str, str], rules: Rules) -> Rules:
    """The same rules, what stands in a Pasal that is said again cited by its new name."""

    def anew(cited: Any) -> Any:
        pasal, bracket, paragraph = cited.citation.partition("(")
        return replace(cited, citation=said_again.get(pasal, pasal) + bracket + paragraph)

    values = {name: anew(value) for name, value in _named(rules) if isinstance(value, Cited)}
    return replace(rules, month_requirements=tuple(map(anew, rules.month_requirements)), **values)


def _asked(one: MonthCondition | Requirement, kept: Rules) -> tuple[Requirement, ...]:
    """What is asked by an amendment, or by the condition that it only names."""
    if isinstance(one, Requirement):
        assert one not in kept.month_requirements, f"{one.condition} is given and does not differ"
        return (one,)
    return tuple(each for each in kept.month_requirements if each.condition is one)


@dataclass(frozen=True)
class Law:
    """Every regime, oldest first."""

    regimes: tuple[Rules, ...]

    @cached_property
    def version(self) -> str:
        """Names of the regimes and a digest of all they say, as recorded beside every event."""
        return f"{'+'.join(rules.name for rules in self.regimes)}/{digest(self)}"

    def in_force_on(self, day: date) -> Rules:
        """The regime in force on a day; before the first one, the first."""
        current = self.regimes[0]
        for rules in self.regimes:
            if rules.in_force_from <= day:
                current = rules
        return current

    def named(self, name: str) -> Rules:
        """The regime that an event names; it is never taken out of the law."""
        return next(rules for rules in self.regimes if rules.name == name)
