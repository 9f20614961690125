"""Law cases beside a claim: who is insured, what is contributed, what employers owe, what the law says."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from claims.entitlement.participation import FormField, Programme
from claims.events.facts import CompanyScale, RupiahAmount
from law.contribution_rates import Industry, RiskClass
from law.limits import Day as AnyDay
from law.periods import Calendar
from law.provisions import provision_names
from law.rules import SeparationReason
from lawcases.format.facts import Day, Strict
from lawcases.format.heads import CalendarMonth, CaseHead, DayTime, Expect, Rupiah
from lawcases.strict_json import shown

Plain = bool | int | str | tuple[str, ...] | dict[str, str | tuple[str, ...]]


def _rule(name: str) -> str:
    if name not in provision_names():
        raise ValueError(f"{shown(name)} is no rule; there are {', '.join(sorted(provision_names()))}")
    return name


class WorkDays(Strict):
    """Days that are no working days, besides Saturdays and Sundays; collective leave is a working day."""

    holidays: tuple[Day, ...] = ()
    collective_leave: tuple[Day, ...] = ()

    def calendar(self) -> Calendar:
        """Weekends, and the holidays and the collective leave (cuti bersama) that the case names."""
        return Calendar("of the case", frozenset(self.holidays), frozenset(self.collective_leave))


class AskParticipation(Strict):
    """Is a worker insured on a day?"""

    what: Literal["participation"]
    on: Day = date(2025, 3, 10)


class AskEnrolment(Strict):
    """By when is an enrolment due, and what does its form lack?"""

    what: Literal["enrolment"]
    of: Literal["form", "number", "data_change"]
    on: Day | None = None


class AskContribution(Strict):
    """What is paid for a worker and a month, and who gives which share?"""

    what: Literal["contribution"]
    contribution_month: CalendarMonth


class AskEmployerDeadline(Strict):
    """By when must an employer act, or a worker or BPJS answer it?"""

    what: Literal["employer_deadline"]
    of: Literal["layoff_notice", "refusal", "layoff_report", "contribution", "membership_adjustment"]
    contribution_month: CalendarMonth | None = None
    on: Day | None = None

    @model_validator(mode="after")
    def _names_its_month(self) -> "AskEmployerDeadline":
        if self.of == "contribution" and self.contribution_month is None:
            raise ValueError("contribution_month: say which is due")
        return self


class AskValue(Strict):
    """What does the law say on a day?"""

    what: Literal["value"]
    rule: Annotated[str, AfterValidator(_rule)]
    on: Day


class EnrolmentKnown(Strict):
    """A worker who is insured, unless another fact is given."""

    citizenship: Literal["WNI", "WNA"] = "WNI"
    born_on: Day = date(1990, 5, 17)
    registered_on: Day = date(2022, 1, 10)
    employed_since: Day | None = date(2022, 1, 3)
    employed_until: Day | None = None
    company_scale: CompanyScale = CompanyScale.LARGE
    programmes: Annotated[tuple[Programme, ...], Field(max_length=4)] = ("JKK", "JKM", "JHT", "JP")
    jkn_segment: Literal["PPU_BU", "PBPU", "PBI"] | None = "PPU_BU"
    employers: Annotated[int, Field(ge=1, le=20)] = 1
    job_chosen: bool = False

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> "EnrolmentKnown":
        since, until = self.employed_since, self.employed_until
        if since is not None and until is not None and until < since:
            raise ValueError(f"employed_until: {until} lies before employed_since, {since}: put one right")
        return self


class FormKnown(WorkDays):
    """An enrolment: when the work began, what the form tells, when it and the contribution came."""

    works_since: Day = date(2025, 3, 3)
    form: tuple[FormField, ...] = tuple(FormField)
    form_complete_on: Day | None = None
    first_paid_on: Day | None = None
    changed_on: Day = date(2025, 3, 3)
    done_on: Day | None = None


class ContributionKnown(WorkDays):
    """A wage and its employer; `paid_on` asks for the fine of what the employer pays."""

    wage_idr: RupiahAmount = 4_000_000
    risk_class: RiskClass = RiskClass.VERY_LOW
    industry: Industry = Industry.ELSE
    active_participants: Annotated[int, Field(ge=0)] = 0
    paid_on: Day | None = None


class DutyKnown(WorkDays):
    """A layoff as it is prepared: its day, its reason, and what was done when."""

    laid_off_on: Day = date(2025, 3, 3)
    reason: SeparationReason = SeparationReason.EFFICIENCY
    on_probation: bool = False
    notice_received_on: Day = date(2025, 2, 10)
    done_on: Day | None = None


class ExpectParticipation(Expect):
    """Whether the worker is insured, and the first condition that is not met."""

    participant: Literal["yes", "no", "manual_review"]
    age_at_registration: int | None = None
    missing: tuple[str, ...] | None = None


class ExpectDuty(Expect):
    """The last day inside, whose duty it is, whether it came late; `begun` is false where none runs."""

    last_day: AnyDay | None = None
    closes_at: DayTime | None = None
    owner: Literal["employer", "worker", "claimant", "bpjs"] | None = None
    late: bool | None = None
    begun: bool | None = None
    missing: tuple[str, ...] | None = None


class ExpectContribution(Expect):
    """The contribution and its shares in rupiah; what is left to JKK and JKM; the due day and the fine."""

    total_idr: Rupiah | None = None
    government_idr: Rupiah | None = None
    jkk_share_idr: Rupiah | None = None
    jkm_share_idr: Rupiah | None = None
    jkk_left_idr: Rupiah | None = None
    jkm_left_idr: Rupiah | None = None
    counted_wage_idr: Rupiah | None = None
    employer_idr: Rupiah | None = None
    relieved: bool | None = None
    regime: str | None = None
    last_day: AnyDay | None = None
    months_late: int | None = None
    fine_idr: Rupiah | None = None


class ExpectValue(Expect):
    """The value, and whether anything of that name was in force."""

    value: Plain | None = None
    in_force: bool | None = None


class ParticipationCase(CaseHead):
    """A case about who is insured."""

    known: EnrolmentKnown = EnrolmentKnown()
    ask: AskParticipation
    expect: ExpectParticipation


class EnrolmentCase(CaseHead):
    """A case about the days of an enrolment."""

    known: FormKnown = FormKnown()
    ask: AskEnrolment
    expect: ExpectDuty


class ContributionCase(CaseHead):
    """A case about a contribution."""

    known: ContributionKnown = ContributionKnown()
    ask: AskContribution
    expect: ExpectContribution


class EmployerCase(CaseHead):
    """A case about a duty around a layoff."""

    known: DutyKnown = DutyKnown()
    ask: AskEmployerDeadline
    expect: ExpectDuty


class Nothing(Strict):
    """No facts: what the law says does not hang on them."""


class ValueCase(CaseHead):
    """A case about what the law says."""

    known: Nothing = Nothing()
    ask: AskValue
    expect: ExpectValue


BesideCase = ParticipationCase | EnrolmentCase | ContributionCase | EmployerCase | ValueCase
