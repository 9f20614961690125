"""A participant's contribution record: how it is seeded, and what of it is known on a given day."""

import json
from datetime import date, datetime, time
from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sandbox.parties.programme_time import WIB

Nik = Annotated[str, StringConstraints(pattern=r"^\d{16}$")]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Registration = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ContributionMonth(_Strict):
    """One month's contribution (*iuran*): wage in whole rupiah, and when the employer paid it.

    `part` is the month in which the employment began or ended; `employed_until` is the day on which it ended.
    """

    month: Month
    employer_registration: Registration
    wage_idr: int = Field(ge=0)
    paid_on: date | None = None
    part: Literal["full", "entry", "exit"] = Field(default="full", exclude_if=lambda part: part == "full")
    employed_until: date | None = Field(default=None, exclude_if=lambda day: day is None)


class EarlierBenefit(_Strict):
    """An earlier JKP benefit, by the day of its first payment."""

    first_paid_on: date


class Participant(_Strict):
    """What BPJS Ketenagakerjaan knows of a participant, whenever it happened."""

    membership_number: str = Field(min_length=1, max_length=20)
    registered_on: date
    citizenship: Literal["WNI", "WNA"] = "WNI"
    jkn_segment: Literal["PPU_BU", "PBPU", "PBI"] | None = "PPU_BU"
    company_scale: Literal["large", "medium", "small", "micro"] = "large"
    programmes: list[Literal["JKK", "JKM", "JHT", "JP"]] = ["JKK", "JKM", "JHT", "JP"]
    employer_standing: Literal["operating", "bankrupt", "closed"] = "operating"
    reported_wage_idr: int = Field(ge=0)
    months: list[ContributionMonth] = []
    employment_active: bool = False
    reemployed_on: date | None = None
    earlier_benefits: list[EarlierBenefit] = []


class Inquiry(_Strict):
    """Whose record is asked for, with which employer, as known on which day (WIB)."""

    nik: Nik
    employer_registration: Registration
    as_of: date


class ContributionRecord(Participant):
    """The answer: the record as known on the day asked for."""

    source: Literal["smile-simulator"] = "smile-simulator"
    record_id: UUID
    as_of: datetime


def known_on(participant: Participant, day: date) -> Participant:
    """The record as it stood on that day: nothing later than the day is told."""
    months = [
        month.model_copy(
            update={name: _if_happened(getattr(month, name), day) for name in ("paid_on", "employed_until")}
        )
        for month in participant.months
        if month.month <= f"{day:%Y-%m}"
    ]
    earlier = [benefit for benefit in participant.earlier_benefits if benefit.first_paid_on <= day]
    reemployed = _if_happened(participant.reemployed_on, day)
    return participant.model_copy(
        update={"months": months, "earlier_benefits": earlier, "reemployed_on": reemployed}
    )


def _if_happened(on: date | None, day: date) -> date | None:
    return on if on is not None and on <= day else None


def contribution_record(participant: Participant, seed: UUID, inquiry: Inquiry) -> ContributionRecord:
    """The answer to an inquiry. `seed` is the participant's own, so the same answer has the same id."""
    known = known_on(participant, inquiry.as_of)
    told = json.dumps(
        [inquiry.employer_registration, inquiry.as_of.isoformat(), known.model_dump(mode="json")]
    )
    return ContributionRecord(
        record_id=uuid5(seed, told),
        as_of=datetime.combine(inquiry.as_of, time(), WIB),
        **known.model_dump(),
    )
