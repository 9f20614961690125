"""The format of law cases: what may be asked, and what may be expected."""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, model_validator

from claims.events.facts import MonthNumber
from law.limits import Day as AnyDay
from law.rules import BENEFIT_MONTHS
from lawcases.format.beside import (
    BesideCase,
    ContributionCase,
    EmployerCase,
    EnrolmentCase,
    ParticipationCase,
    ValueCase,
)
from lawcases.format.evidence import Effort, MonthKnown, SearchKnown
from lawcases.format.expected import ExpectClaim, FoundReason
from lawcases.format.facts import Day, Known, Strict, wib
from lawcases.format.heads import CalendarMonth, CaseHead, ConditionCode, DayTime, Expect, Rupiah
from lawcases.format.messages import ClaimKnown
from lawcases.format.payers import EmployerOwesCase, PayerCase, PayerCases, ReimbursementCase


class AskEligibility(Strict):
    """Is the claim approved, denied, or referred to a person?"""

    what: Literal["eligibility"]


class AskMonth(Strict):
    """Is a benefit month paid, and how much?"""

    what: Literal["month"]
    month: MonthNumber


class AskApplication(Strict):
    """Does a job application count, for which month, and what is the total?"""

    what: Literal["job_application"]
    application: Effort


class AskDeadline(Strict):
    """From when to when may, or must, something be done?"""

    what: Literal["deadline"]
    of: Literal[
        "filing", "month", "payment", "contribution", "training_report", "placement_report",
        "contribution_record", "officer_decision", "answer",
        "filing_reminder", "month_reminder", "duty_reminder",
    ]  # fmt: skip
    month: MonthNumber | None = None
    contribution_month: CalendarMonth | None = None
    since: Day | None = None

    @model_validator(mode="after")
    def _names_its_month(self) -> "AskDeadline":
        if self.of in ("month", "month_reminder", "duty_reminder") and (self.month or 0) < 2:
            raise ValueError("month: 2 to 6 have a window")
        if self.of == "payment" and self.month is None:
            raise ValueError("month: say which is to be paid")
        if self.of == "contribution" and self.contribution_month is None:
            raise ValueError("contribution_month: say which is due")
        if self.of.endswith("_report") and self.since is None:
            raise ValueError("since: say on which day the training ended or the work began")
        return self


class AskClaim(Strict):
    """What is paid over a whole claim, and how does it stand on a day?"""

    what: Literal["claim"]
    on: Day | None = None


class ExpectEligibility(Expect):
    """A decision, its ground and regime, and the counts it rests on."""

    decision: Literal["approved", "denied", "referred", "not_accepted", "undecided"]
    regime: str | None = None
    reference_date: AnyDay | None = None
    paid_months: int | None = None
    longest_run: int | None = None
    months_in_arrears: int | None = None
    reasons: dict[ConditionCode, FoundReason] | None = None


class ExpectMonth(Expect):
    """A month that is authorized with its amount, or forfeited on a ground."""

    outcome: Literal["authorized", "forfeited", "undecided", "not_approved"]
    amount_idr: Rupiah | None = None
    insured_wage_idr: Rupiah | None = None
    rate_percent: int | None = None
    regime: str | None = None
    reasons: dict[ConditionCode, FoundReason] | None = None


class ExpectApplication(Expect):
    """A verdict, the month the effort speaks for (0: none), and the month's running total."""

    counts: bool
    month: Annotated[int, Field(ge=0, le=BENEFIT_MONTHS)] | None = None
    applications: int | None = None
    interview_calls: int | None = None
    enough: bool | None = None


class ExpectDeadline(Expect):
    """First and last day, both inside; or the first instant inside and the first outside (WIB).

    `reminded_on` are the days on which somebody is reminded.
    """

    opens_on: AnyDay | None = None
    last_day: AnyDay | None = None
    opens_at: DayTime | None = None
    closes_at: DayTime | None = None
    reminded_on: tuple[AnyDay, ...] | None = None


class EligibilityCase(CaseHead):
    """A case about the decision over a claim."""

    known: Known = Known()
    ask: AskEligibility
    expect: ExpectEligibility


class MonthCase(CaseHead):
    """A case about one benefit month."""

    known: MonthKnown = MonthKnown()
    ask: AskMonth
    expect: ExpectMonth


class ApplicationCase(CaseHead):
    """A case about one job application."""

    known: SearchKnown = SearchKnown()
    ask: AskApplication
    expect: ExpectApplication

    @model_validator(mode="after")
    def _is_told_after_the_layoff(self) -> "ApplicationCase":
        told_at = self.ask.application.telling_at
        if self.known.is_before_the_report(told_at):
            raise ValueError(f"ask.application: {self.known.too_early(told_at)}")
        return self


class DeadlineCase(CaseHead):
    """A case about a date."""

    known: MonthKnown = MonthKnown()
    ask: AskDeadline
    expect: ExpectDeadline


class ClaimCase(CaseHead):
    """A case about a whole claim."""

    known: ClaimKnown = ClaimKnown()
    ask: AskClaim
    expect: ExpectClaim

    @model_validator(mode="after")
    def _is_looked_at_after_the_layoff(self) -> "ClaimCase":
        on = self.ask.on
        if on is not None and self.known.is_before_the_report(wib(f"{on} 23:59:59")):
            raise ValueError(f"ask.on: {self.known.too_early(wib(f'{on} 23:59:59'))}")
        return self


Case = EligibilityCase | MonthCase | ApplicationCase | DeadlineCase | ClaimCase | PayerCases | BesideCase


class CaseFile(Strict):
    """A file of cases: what it is about, which texts it rests on, and the cases."""

    title: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]


KINDS: dict[str, TypeAdapter[Any]] = {
    "eligibility": TypeAdapter(EligibilityCase),
    "month": TypeAdapter(MonthCase),
    "job_application": TypeAdapter(ApplicationCase),
    "deadline": TypeAdapter(DeadlineCase),
    "claim": TypeAdapter(ClaimCase),
    "payer": TypeAdapter(PayerCase),
    "employer_owes": TypeAdapter(EmployerOwesCase),
    "reimbursement": TypeAdapter(ReimbursementCase),
    "participation": TypeAdapter(ParticipationCase),
    "enrolment": TypeAdapter(EnrolmentCase),
    "contribution": TypeAdapter(ContributionCase),
    "employer_deadline": TypeAdapter(EmployerCase),
    "value": TypeAdapter(ValueCase),
}


def schema() -> dict[str, Any]:
    """The JSON Schema of a file of cases."""
    return CaseFile.model_json_schema()
