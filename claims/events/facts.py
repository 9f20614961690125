"""What parties state: the layoff, the contribution record, the evidence of a month.

No personal data: a participant is an id and the version of the row that describes them.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from law.grounds import Frozen
from law.limits import CalendarMonth, Count, Day, Instant, OneLine, Truth, Whole
from law.nik import Sex
from law.rules import BENEFIT_MONTHS, Office, ProofKind, SeparationReason

CODE_MAX, CODE_PATTERN = 64, r"^[\w.:/-]+$"
Code = Annotated[str, Field(min_length=1, max_length=CODE_MAX, pattern=CODE_PATTERN)]
ShortText = Annotated[str, Field(min_length=1, max_length=120), OneLine]
Province = Annotated[str, Field(pattern=r"^[0-9]{2}$")]
Regency = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
RupiahAmount = Annotated[Whole, Field(ge=0, le=10_000_000_000)]
MonthNumber = Annotated[Whole, Field(ge=1, le=BENEFIT_MONTHS)]
MonthOrNone = Annotated[Whole, Field(ge=0, le=BENEFIT_MONTHS)]
ProgrammeDay = Annotated[Day, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
AgeInYears = Annotated[Whole, Field(ge=-400, le=400)]
MONTHS_MAX, PROGRAMMES_MAX, EARLIER_BENEFITS_MAX = 600, 10, 50


class Participant(Frozen):
    """Peserta: an id, and the version of the row of `people` that was current."""

    participant_id: UUID
    version: Count


class PermanentContract(Frozen):
    """PKWTT: employment without a term."""

    kind: Literal["permanent"] = "permanent"
    started_on: Day


class FixedTermContract(Frozen):
    """PKWT: employment for a term (PP 37/2021 Pasal 19(1), 20(2))."""

    kind: Literal["fixed_term"] = "fixed_term"
    started_on: Day
    ends_on: Day


Contract = Annotated[PermanentContract | FixedTermContract, Field(discriminator="kind")]


class LayoffProof(Frozen):
    """Bukti PHK: one of the proofs of PP 37/2021 Pasal 20(3)."""

    kind: ProofKind
    number: ShortText
    issued_on: Day
    office: Office


class Layoff(Frozen):
    """Pemutusan hubungan kerja as reported (Permenaker 2/2025 Pasal 9(2)).

    `province`, `regency` and `sex` are codes for statistics, which stay when the person's data are erased;
    no decision looks at them. `sex` is what the NIK holds.
    """

    participant: Participant
    employer_registration: Code
    employer_name: ShortText
    laid_off_on: Day
    reason: SeparationReason
    contract: Contract
    proof: LayoffProof
    province: Province
    regency: Regency
    sex: Sex

    def contradicts(self, other: "Layoff") -> bool:
        """Whether another report says otherwise in the day, the reason or the contract."""
        said = (self.laid_off_on, self.reason, self.contract)
        return said != (other.laid_off_on, other.reason, other.contract)


class CompanyScale(StrEnum):
    """Skala usaha, which decides the programmes that must be held (Pasal 4(3))."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


class EmployerStanding(StrEnum):
    """Whether the employer still runs (Pasal 39A)."""

    OPERATING = "operating"
    BANKRUPT = "bankrupt"
    CLOSED = "closed"
    UNKNOWN = "unknown"


PartOfMonth = Literal["full", "entry", "exit"]
CarryingProgramme = Literal["JKK", "JKM"]


class ContributionMonth(Frozen):
    """One month of contributions: the month it is for, the wage, and the day it was paid, if it was.

    `part` tells a month in which the employment began or ended, and `employed_until` on which day it ended:
    a stub at its end does not count, a whole last month does. `still_owed` are the programmes (JKK, JKM)
    whose contribution is owed although the others were paid.
    """

    month: CalendarMonth
    employer_registration: Code
    wage_idr: RupiahAmount
    paid_on: Day | None
    part: PartOfMonth = Field(default="full", exclude_if=lambda part: part == "full")
    still_owed: tuple[CarryingProgramme, ...] = Field(default=(), exclude_if=lambda owed: not owed)
    employed_until: Day | None = Field(default=None, exclude_if=lambda day: day is None)


class ContributionRecord(Frozen):
    """Catatan iuran: the contribution record as BPJS Ketenagakerjaan gave it, with its as-of time.

    Who was never `registered` has no months (Pasal 37).
    """

    source: Code
    record_id: Code
    as_of: Instant
    age_at_registration: AgeInYears
    citizenship: Literal["WNI", "WNA"]
    jkn_segment: Literal["PPU_BU", "PBPU", "PBI"] | None
    company_scale: CompanyScale
    programmes: tuple[Literal["JKK", "JKM", "JHT", "JP"], ...]
    employer_standing: EmployerStanding
    reported_wage_idr: RupiahAmount
    months: tuple[ContributionMonth, ...]
    reemployed_on: Day | None
    earlier_benefits_first_paid_on: tuple[Day, ...]
    age_band: Literal["under_25", "25_34", "35_44", "45_54", "55_and_over"]
    registered: Truth = Field(default=True, exclude_if=lambda registered: registered)

    def says_the_same(self, other: "ContributionRecord") -> bool:
        """Whether another answer states the same facts, whatever its number, its time and its order."""
        return self._told() == other._told()

    def _told(self) -> dict[str, object]:
        told = {name: value for name, value in self if name not in ("record_id", "as_of")}
        return {name: frozenset(value) if isinstance(value, tuple) else value for name, value in told.items()}


class EffortKind(StrEnum):
    """Job-search effort (aktivitas pencarian kerja): an application, or a call to a test or interview."""

    APPLICATION = "application"
    INTERVIEW_CALL = "interview_call"


EffortState = Literal["sent", "draft", "vacancy_expired"]


class JobSearchEffort(Frozen):
    """One effort as the portal reports it; `reference` is the portal's own number of it.

    `told_at` is when the participant told the portal, where the portal could not pass it on at once.
    `told_by` is the portal, set by the HTTP API: two portals may each use a number.
    """

    reference: Code
    kind: EffortKind = EffortKind.APPLICATION
    company: ShortText
    position: ShortText
    done_on: Day
    state: EffortState = Field(default="sent", exclude_if=lambda state: state == "sent")
    told_at: Instant | None = Field(default=None, exclude_if=lambda told_at: told_at is None)
    told_by: Code | None = Field(default=None, exclude_if=lambda told_by: told_by is None)

    @property
    def identity(self) -> tuple[str | None, str]:
        """What makes two tellings speak of the same effort."""
        return (self.told_by, self.reference)


class Attendance(StrEnum):
    """Presence at one training session; excused and cancelled sessions leave the denominator."""

    ATTENDED = "attended"
    ABSENT = "absent"
    EXCUSED = "excused"
    CANCELLED = "cancelled"


class TrainingSession(Frozen):
    """One session of a course and whether the participant was there."""

    session: Code
    held_on: Day
    attendance: Attendance
