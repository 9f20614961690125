"""Perkiraan manfaat and cek eligibilitas: what a claim would get, and which conditions it would meet.

Nothing here decides anything: a claim is built from the facts and given to the functions that decide real
claims. No personal data goes in, and nothing is kept.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from claims import events as e
from claims.commands import command as cmd
from claims.deciding.dispatch import decide
from claims.entitlement.assuming import (
    NOBODY,
    THIS_EMPLOYER,
    a_layoff_of_nobody,
    assumed_contract,
    assumed_record,
)
from claims.entitlement.determination import ClaimDecision, approve, decide_claim
from claims.entitlement.months import authorize
from claims.entitlement.windows import Window, month_window, reference_date, rules_for, window_to_file
from claims.events.facts import (
    MONTHS_MAX,
    PROGRAMMES_MAX,
    Code,
    CompanyScale,
    Contract,
    ContributionMonth,
    ContributionRecord,
    EmployerStanding,
    FixedTermContract,
    Layoff,
    PartOfMonth,
    ProgrammeDay,
    RupiahAmount,
)
from claims.state.claim import Claim
from claims.state.evolving import evolve
from law.grounds import Frozen, Reason
from law.limits import CalendarMonth, Whole
from law.periods import Calendar, day_of, start_of
from law.rules import BENEFIT_MONTHS, Law, Office, ProofKind, SeparationReason
from payments.context import DecisionContext

Programme = Literal["JKK", "JKM", "JHT", "JP"]

MONTH_ENDS = "assumption: docs/decisions/0005-time-zone-and-month-ends.md"
REGIME_OF_A_MONTH = "assumption: docs/decisions/0010-deciding-date.md"
FILING = cmd.FileClaim(
    participant=NOBODY, account_version=1, commitment_version="none", commitment_sha256="0" * 64
)
RULES_OF_AN_AMOUNT = ("wage_ceiling_idr", "replacement_rates", "rounding")
RULES_OF_A_WINDOW = ("month_window_days", "last_month_opens_working_days_before")


class Outcome(StrEnum):
    """What the engine would do with the claim."""

    PAYABLE = "payable"
    MANUAL_REVIEW = "manual_review"
    REFUSED = "refused"


class EstimateQuestion(Frozen):
    """Pertanyaan perkiraan: a wage and three days; `decided_on` is the day of filing unless it is given."""

    wage_idr: Annotated[RupiahAmount, Field(gt=0, description="the last wage reported to BPJS")]
    laid_off_on: ProgrammeDay
    filed_on: ProgrammeDay
    decided_on: ProgrammeDay | None = None
    reason: SeparationReason = SeparationReason.EFFICIENCY

    @model_validator(mode="after")
    def _days_follow_each_other(self) -> Self:
        if self.filed_on < self.laid_off_on:
            raise ValueError("filed_on must not be before laid_off_on")
        if self.decided_on is not None and self.decided_on < self.filed_on:
            raise ValueError("decided_on must not be before filed_on")
        return self


class EstimateRow(Frozen):
    """Bulan manfaat ke-n: when it is applied for, what it pays, by which article.

    Month 1 is applied for by filing the claim; `closes_at` is the first instant that is too late (UTC).
    """

    month: int
    reference_date: date
    opens_at: datetime
    closes_at: datetime
    last_day: date
    regime: str
    rate: str
    insured_wage_idr: int
    amount_idr: int
    article: str
    window_article: str
    assumptions: tuple[str, ...]


class Estimate(Frozen):
    """Perkiraan manfaat: six rows, or the condition that fails.

    Where a person has to decide, `condition` names why and the rows are what is paid if they approve.
    """

    outcome: Outcome
    regime: str
    decided_on: date
    condition: Reason | None
    rows: tuple[EstimateRow, ...]
    total_idr: int
    assumptions: tuple[str, ...]
    calendar_version: str


class PaidMonth(Frozen):
    """Bulan iuran: its month, its employer and the day it was paid; owed until that day has come.

    `part` is the month in which a job began or ended, and `employed_until` the day on which it ended.
    """

    month: CalendarMonth
    paid_on: ProgrammeDay | None
    employer: Code = THIS_EMPLOYER
    part: PartOfMonth = "full"
    employed_until: ProgrammeDay | None = None


class PrecheckQuestion(Frozen):
    """Pertanyaan cek eligibilitas: what is known of a layoff and of contributions, without a person.

    `on` is the day for which is asked, as if the claim were filed on it.
    """

    on: ProgrammeDay
    laid_off_on: ProgrammeDay
    reason: SeparationReason
    contract: Contract
    proof: ProofKind
    office: Office = Office.NONE
    wage_idr: RupiahAmount
    months: Annotated[tuple[PaidMonth, ...], Field(max_length=MONTHS_MAX)]
    age_at_registration: Annotated[Whole, Field(ge=0, le=120)]
    citizenship: Literal["WNI", "WNA"] = "WNI"
    jkn_segment: Literal["PPU_BU", "PBPU", "PBI"] | None
    company_scale: CompanyScale
    programmes: Annotated[tuple[Programme, ...], Field(max_length=PROGRAMMES_MAX)]
    employer_standing: EmployerStanding = EmployerStanding.OPERATING
    reemployed_on: ProgrammeDay | None = None
    earlier_benefits_first_paid_on: Annotated[tuple[ProgrammeDay, ...], Field(max_length=10)] = ()

    @model_validator(mode="after")
    def _days_follow_each_other(self) -> Self:
        if self.on < self.laid_off_on:
            raise ValueError("on must not be before laid_off_on")
        contract = self.contract
        if isinstance(contract, FixedTermContract) and contract.ends_on < contract.started_on:
            raise ValueError("contract must not end before it starts")
        return self

    def layoff(self) -> Layoff:
        """The layoff as the engine knows it."""
        return a_layoff_of_nobody(self.laid_off_on, self.reason, self.contract, self.proof, self.office)

    def record(self) -> ContributionRecord:
        """The contribution record as the engine knows it."""
        return ContributionRecord(
            source="precheck",
            record_id="precheck",
            as_of=start_of(self.on),
            age_at_registration=self.age_at_registration,
            citizenship=self.citizenship,
            jkn_segment=self.jkn_segment,
            company_scale=self.company_scale,
            programmes=self.programmes,
            employer_standing=self.employer_standing,
            reported_wage_idr=self.wage_idr,
            months=tuple(
                ContributionMonth(
                    month=known.month,
                    employer_registration=known.employer,
                    wage_idr=self.wage_idr,
                    paid_on=known.paid_on,
                    part=known.part,
                    employed_until=known.employed_until,
                )
                for known in self.months
            ),
            reemployed_on=self.reemployed_on,
            earlier_benefits_first_paid_on=self.earlier_benefits_first_paid_on,
            age_band="25_34",
        )


class Precheck(Frozen):
    """Hasil cek eligibilitas: every condition with its result, in the order of the articles."""

    outcome: Outcome
    regime: str
    on: date
    may_file_until: datetime
    reasons: tuple[Reason, ...]
    calendar_version: str


def estimate(question: EstimateQuestion, law: Law, calendar: Calendar) -> Estimate:
    """Perkiraan manfaat of a claim decided on a day: six months, or the condition that fails (Pasal 21)."""
    decided_on = question.decided_on or question.filed_on
    layoff = a_layoff_of_nobody(
        question.laid_off_on,
        question.reason,
        assumed_contract(question.laid_off_on, question.reason),
        ProofKind.ACCEPTANCE_AND_RECEIPT,
        Office.REGENCY,
    )
    record = assumed_record(question.wage_idr, question.laid_off_on, decided_on, law)
    answer = decided(layoff, record, question.filed_on, decided_on, law, calendar)
    rows = () if answer.outcome is Outcome.REFUSED else _rows(answer, law, calendar, decided_on)
    shown = (decided_on, *(row.last_day for row in rows))
    return Estimate(
        outcome=answer.outcome,
        regime=answer.decision.regime,
        decided_on=decided_on,
        condition=answer.condition,
        rows=rows,
        total_idr=sum(row.amount_idr for row in rows),
        assumptions=_assumed(decided_on, answer.outcome is Outcome.MANUAL_REVIEW)
        + calendar.weekends_only(shown),
        calendar_version=calendar.version,
    )


def precheck(
    layoff: Layoff, record: ContributionRecord, on: date, law: Law, calendar: Calendar
) -> tuple[Reason, ...]:
    """Cek eligibilitas: every condition of a claim filed and decided on a day (Pasal 4, 19, 20, 35-40)."""
    return decided(layoff, record, on, on, law, calendar).decision.reasons


def answer_precheck(question: PrecheckQuestion, law: Law, calendar: Calendar) -> Precheck:
    """Jawaban cek eligibilitas: the conditions, and what the engine would do with such a claim."""
    on = question.on
    answer = decided(question.layoff(), question.record(), on, on, law, calendar)
    return Precheck(
        outcome=answer.outcome,
        regime=answer.decision.regime,
        on=on,
        may_file_until=window_to_file(answer.claim, law).closes_at,
        reasons=answer.decision.reasons,
        calendar_version=calendar.version,
    )


@dataclass(frozen=True)
class Determined:
    """A claim of nobody, and what the engine makes of it; `condition` is the one it stops at."""

    claim: Claim
    decision: ClaimDecision
    outcome: Outcome
    condition: Reason | None


def decided(
    layoff: Layoff, record: ContributionRecord, filed_on: date, decided_on: date, law: Law, calendar: Calendar
) -> Determined:
    """Report, file, answer for BPJS and decide, with the engine's own functions.

    The HTTP API looks at the filing window first: what it does not take in, is refused on that ground.
    """
    claim = evolve(Claim(), e.LayoffReported(layoff=layoff, reported_by="employer"))
    at_filing = DecisionContext(law=law, calendar=calendar, at=start_of(filed_on))
    verdict = decide(claim, FILING, at_filing).result.verdict
    filed = e.ClaimFiled(filed_on=filed_on, **FILING.model_dump(exclude={"kind"}))
    claim = evolve(evolve(claim, filed), e.ContributionRecordReceived(record=record))
    decision = decide_claim(claim, law, calendar, start_of(decided_on))
    if not verdict.counts:
        stopped = next((reason for reason in decision.reasons if reason.ground is verdict.ground), None)
        return Determined(claim, decision, Outcome.REFUSED, stopped)
    return Determined(claim, decision, outcome_of(decision), first_failing(decision))


def outcome_of(decision: ClaimDecision) -> Outcome:
    """What a decision comes to."""
    match decision:
        case e.ClaimApproved():
            return Outcome.PAYABLE
        case e.ClaimReferred():
            return Outcome.MANUAL_REVIEW
        case e.ClaimDenied():
            return Outcome.REFUSED


def first_failing(decision: ClaimDecision) -> Reason | None:
    """The condition on whose ground a claim is refused or given to a person."""
    if isinstance(decision, e.ClaimApproved):
        return None
    return next(reason for reason in decision.reasons if reason.ground is decision.ground)


def _rows(answer: Determined, law: Law, calendar: Calendar, decided_on: date) -> tuple[EstimateRow, ...]:
    """The six months once the claim is approved, by the engine or by a person on the same day."""
    claim, decision = answer.claim, answer.decision
    if not isinstance(decision, e.ClaimApproved):
        decision = approve(claim, law.in_force_on(decided_on), decision.reasons, start_of(decided_on))
    approved = evolve(claim, decision)
    return tuple(_row(approved, month, law, calendar) for month in range(1, BENEFIT_MONTHS + 1))


def _row(claim: Claim, month: int, law: Law, calendar: Calendar) -> EstimateRow:
    window = window_to_file(claim, law) if month == 1 else month_window(claim, month, law, calendar)
    granted = authorize(claim, month, law, calendar, reference_date(claim, month))
    return EstimateRow(
        month=month,
        reference_date=reference_date(claim, month),
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        last_day=last_day_of(window),
        regime=granted.regime,
        rate=granted.rate,
        insured_wage_idr=granted.insured_wage_idr,
        amount_idr=granted.amount_idr,
        article=granted.article,
        window_article=window.article,
        assumptions=_assumptions(claim, month, law),
    )


def last_day_of(window: Window) -> date:
    """The last day (WIB) that is inside a window."""
    return day_of(window.closes_at - datetime.resolution)


def _assumptions(claim: Claim, month: int, law: Law) -> tuple[str, ...]:
    """The points the texts leave open on which a row stands."""
    assert claim.approved is not None, "only an approved claim has months"
    rules = rules_for(claim, month, law)
    names = RULES_OF_AN_AMOUNT + (RULES_OF_A_WINDOW if month > 1 else ())
    cited = [str(getattr(rules, name).citation) for name in names]
    moved = [REGIME_OF_A_MONTH] if rules.name != claim.approved.regime else []
    stands_on = dict.fromkeys([*cited, *moved, MONTH_ENDS])
    return tuple(citation for citation in stands_on if citation.startswith("assumption:"))


def _assumed(decided_on: date, by_a_person: bool) -> tuple[str, ...]:
    approver = "an officer approves the claim" if by_a_person else "the claim is approved"
    return (
        f"{approver} on {decided_on.isoformat()}",
        "every month before the layoff, as far as the law looks back, is paid, by one large employer in good "
        "standing, for a citizen registered young enough and in every programme",
        "the wage is the last one reported to BPJS Ketenagakerjaan, and did not fall before the layoff",
        "the layoff has the regency's receipt, and no benefit was paid before",
        "each month is applied for inside its window with its conditions met, and no work is found",
    )
