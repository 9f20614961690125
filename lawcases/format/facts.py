"""What a law case knows: its facts with their defaults, and the parts of a claim made of them.

Times are Jakarta time (WIB) as people write them; a bare day means ten in the morning. docs/law/cases.md
tells every field.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from claims.commands import command as cmd
from claims.events import Party
from claims.events.facts import (
    CarryingProgramme,
    Code,
    CompanyScale,
    ContributionMonth,
    ContributionRecord,
    EmployerStanding,
    FixedTermContract,
    Layoff,
    LayoffProof,
    Participant,
    PartOfMonth,
    PermanentContract,
    RupiahAmount,
    ShortText,
)
from law.limits import DerivedDay as AnyDay
from law.periods import JAKARTA, Calendar, month_of, months_before
from law.rules import BENEFIT_MONTHS, Office, ProofKind, SeparationReason

PARTICIPANT = Participant(participant_id=UUID(int=1), version=1)
HOUR_OF_A_DAY = "10:00:00"
DAYS_TO_FILING = 7
PAID_ON_DAY = 28
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
FIRST_MONTH = "1900-01"


class Strict(BaseModel):
    """A part of a case file: never changes, refuses fields it does not know and values of another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def wib(text: str) -> datetime:
    """An instant as Jakarta reads it; a bare day is ten in the morning."""
    spelled = text if " " in text else f"{text} {HOUR_OF_A_DAY}"
    return datetime.fromisoformat(spelled).replace(tzinfo=JAKARTA)


def _moment(text: str) -> str:
    try:
        day = wib(text).date()
    except ValueError:
        raise ValueError(f'{text} is no time: write one, as "2025-03-10 23:59:59", or a day') from None
    _within(LAST_DAY)(day)
    return text


def _within(last: date) -> Callable[[date], date]:
    """The check that a day lies between the first of the format and a last one."""

    def check(day: date) -> date:
        if not FIRST_DAY <= day <= last:
            raise ValueError(f"{day} must lie between {FIRST_DAY} and {last}: give a day between them")
        return day

    return check


def _span(text: str) -> str:
    _months_of(text)
    return text


def _months_of(span: str) -> tuple[str, ...]:
    """The calendar months of `2024-03` or `2024-03..2025-02`, both ends inside."""
    first, _, last = span.partition("..")
    months = [first]
    while months[-1] < (last or first):
        day = date.fromisoformat(f"{months[-1]}-28") + timedelta(days=7)
        months.append(month_of(day))
    if months[-1] != (last or first):
        raise ValueError(f"{span}: the last month comes before the first; write the earlier one first")
    return tuple(months)


MONTH = "(?:19[0-9]{2}|20[0-9]{2}|2100)-(0[1-9]|1[0-2])"
Day = Annotated[AnyDay, AfterValidator(_within(LAST_DAY))]
DayOfAnEffort = Annotated[AnyDay, AfterValidator(_within(LAST_DAY.replace(year=LAST_DAY.year + 1)))]
Moment = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?$"),
    AfterValidator(_moment),
]
Span = Annotated[str, Field(pattern=rf"^{MONTH}(\.\.{MONTH})?$"), AfterValidator(_span)]
Count = Annotated[int, Field(ge=0, le=100)]
Programmes = tuple[Literal["JKK", "JKM", "JHT", "JP"], ...]
LaterMonth = Annotated[int, Field(ge=2, le=BENEFIT_MONTHS)]


class Contribution(Strict):
    """Months of contributions with one employer, at one wage, paid or owed; `part` is of each of them.

    `employed_until` is the day on which the job ended, told with the month in which it lies.
    """

    months: Span
    paid: bool = True
    paid_on: Day | None = None
    employer: Code = "last-employer"
    wage_idr: RupiahAmount | None = None
    part: PartOfMonth = "full"
    employed_until: Day | None = None
    still_owed: Annotated[tuple[CarryingProgramme, ...], Field(max_length=2)] = ()

    @model_validator(mode="after")
    def _agrees(self) -> "Contribution":
        if self.still_owed and not self.paid:
            raise ValueError("still_owed: where paid is false everything is owed; leave one of them out")
        return self

    def rows(self, wage_idr: int) -> Iterator[ContributionMonth]:
        """One row a month; a paid month is paid on its 28th day unless a day is given."""
        until = self.employed_until
        for month in _months_of(self.months):
            paid_on = self.paid_on or date.fromisoformat(f"{month}-{PAID_ON_DAY}")
            yield ContributionMonth(
                month=month,
                employer_registration=self.employer,
                wage_idr=wage_idr if self.wage_idr is None else self.wage_idr,
                paid_on=paid_on if self.paid else None,
                part=self.part,
                still_owed=self.still_owed,
                employed_until=until if until is not None and month_of(until) == month else None,
            )


class Known(Strict):
    """Facts of a layoff, a worker, an employer and a filing; every one has a default."""

    laid_off_on: Day = date(2025, 3, 3)
    reported_by: Party = "employer"
    reason: SeparationReason = SeparationReason.EFFICIENCY
    contract_started_on: Day = date(2019, 1, 7)
    contract_ends_on: Day | None = None
    proof: ProofKind = ProofKind.ACCEPTANCE_AND_RECEIPT
    office: Office = Office.REGENCY
    proof_number: ShortText = "PHK/1"
    proof_issued_on: Day | None = None
    employer: Code = "last-employer"
    employer_standing: EmployerStanding = EmployerStanding.OPERATING
    company_scale: CompanyScale = CompanyScale.LARGE
    registered: bool = True
    programmes: Programmes = ("JKK", "JKM", "JHT", "JP")
    citizenship: Literal["WNI", "WNA"] = "WNI"
    age_at_registration: Annotated[int, Field(ge=0, le=120)] = 30
    jkn_segment: Literal["PPU_BU", "PBPU", "PBI"] | None = "PPU_BU"
    wage_idr: RupiahAmount = 4_000_000
    paid_months: Annotated[int, Field(ge=0, le=120)] | None = None
    contributions: tuple[Contribution, ...] | None = None
    earlier_benefits_on: tuple[Day, ...] = ()
    reemployed_on: Day | None = None
    filed_at: Moment | None = None
    commitment: bool = True
    decided_at: Moment | None = None
    holidays: tuple[Day, ...] = ()
    collective_leave: tuple[Day, ...] = ()

    @model_validator(mode="after")
    def _agrees(self) -> "Known":
        if self.paid_months is not None and self.contributions is not None:
            raise ValueError("paid_months and contributions say the same thing: give one")
        if self.deciding_at < self.filing_at:
            raise ValueError("decided_at: lies before filed_at; nothing is decided before it is filed")
        self.check_contract()
        return self

    def check_contract(self) -> None:
        """A contract ends after it began; raises ValueError."""
        if self.contract_ends_on is not None and self.contract_ends_on < self.contract_started_on:
            began = f"before the contract began, {self.contract_started_on}"
            raise ValueError(f"contract_ends_on: {self.contract_ends_on} lies {began}: put one of them right")

    def is_before_the_report(self, at: datetime) -> bool:
        """Whether an instant lies before anything is known of the layoff."""
        return at < self.reported_first_at

    def too_early(self, at: datetime) -> str:
        """What is wrong with such an instant."""
        told = f"{at:%Y-%m-%d %H:%M:%S} lies before the layoff is reported"
        return f"{told}, {self.reported_first_at:%Y-%m-%d %H:%M:%S}: there is no claim yet; give a later time"

    @property
    def reported_first_at(self) -> datetime:
        """When the claim begins: with the first report of the layoff."""
        return self.reporting_at

    @property
    def filing_at(self) -> datetime:
        """When the claim is filed; a week after the layoff unless given."""
        return wib(self.filed_at or (self.laid_off_on + timedelta(days=DAYS_TO_FILING)).isoformat())

    @property
    def deciding_at(self) -> datetime:
        """When the contribution record arrives and the claim is decided; at the filing unless given."""
        return self.filing_at if self.decided_at is None else wib(self.decided_at)

    @property
    def reporting_at(self) -> datetime:
        """When the layoff is reported: eight o'clock on its day, or at the filing where that is earlier."""
        return min(wib(f"{self.laid_off_on} 08:00:00"), self.filing_at)

    def calendar(self) -> Calendar:
        """Weekends, and the holidays and the collective leave (cuti bersama) that the case names."""
        return Calendar("of the case", frozenset(self.holidays), frozenset(self.collective_leave))

    def layoff(self) -> Layoff:
        """The layoff as reported; a contract with an end is one for a fixed term."""
        contract: PermanentContract | FixedTermContract = PermanentContract(
            started_on=self.contract_started_on
        )
        if self.contract_ends_on is not None:
            contract = FixedTermContract(started_on=self.contract_started_on, ends_on=self.contract_ends_on)
        return Layoff(
            participant=PARTICIPANT,
            employer_registration=self.employer,
            employer_name="PT Contoh",
            laid_off_on=self.laid_off_on,
            reason=self.reason,
            contract=contract,
            proof=LayoffProof(
                kind=self.proof,
                number=self.proof_number,
                issued_on=self.proof_issued_on or self.laid_off_on,
                office=self.office,
            ),
            province="32",
            regency="3273",
            sex="male",
        )

    def record(self, as_of: datetime) -> ContributionRecord:
        """The contribution record as BPJS Ketenagakerjaan gives it; who was never registered has none."""
        return ContributionRecord(
            source="bpjs-tk",
            record_id="record-1",
            as_of=as_of,
            age_at_registration=self.age_at_registration,
            citizenship=self.citizenship,
            jkn_segment=self.jkn_segment,
            company_scale=self.company_scale,
            programmes=self.programmes if self.registered else (),
            employer_standing=self.employer_standing,
            reported_wage_idr=self.wage_idr if self.registered else 0,
            months=self._contribution_months() if self.registered else (),
            reemployed_on=self.reemployed_on,
            earlier_benefits_first_paid_on=self.earlier_benefits_on,
            age_band="25_34",
            registered=self.registered,
        )

    def _contribution_months(self) -> tuple[ContributionMonth, ...]:
        given = self.contributions
        if given is None:
            count = 12 if self.paid_months is None else self.paid_months
            before = [m for m in months_before(month_of(self.laid_off_on), count) if m >= FIRST_MONTH]
            given = tuple(Contribution(months=month, employer=self.employer) for month in reversed(before))
        return tuple(row for contribution in given for row in contribution.rows(self.wage_idr))

    def report(self) -> cmd.ReportLayoff:
        """The layoff report."""
        return cmd.ReportLayoff(layoff=self.layoff(), reported_by=self.reported_by)

    def filing(self) -> cmd.FileClaim:
        """The filing."""
        return filing(self.commitment)


def filing(signed: bool = True, account: int = 1) -> cmd.FileClaim:
    """A filing with a bank account and the commitment (KAPK), unless that was not signed."""
    return cmd.FileClaim(
        participant=PARTICIPANT,
        account_version=account,
        commitment_version="kapk-1" if signed else None,
        commitment_sha256="c0" * 32 if signed else None,
    )
