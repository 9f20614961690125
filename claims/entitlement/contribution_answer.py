"""Catatan iuran as BPJS Ketenagakerjaan tells it: one contract, by whichever way the answer comes."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from claims.events.facts import (
    EARLIER_BENEFITS_MAX,
    MONTHS_MAX,
    PROGRAMMES_MAX,
    Code,
    CompanyScale,
    ContributionMonth,
    ContributionRecord,
    EmployerStanding,
    RupiahAmount,
)
from law.ages import age_at_registration, age_band
from law.grounds import Frozen
from law.limits import Day, Instant
from law.periods import day_of


class EarlierBenefit(Frozen):
    """An earlier JKP benefit, by the day of its first payment."""

    model_config = ConfigDict(hide_input_in_errors=True)

    first_paid_on: Day


class ContributionAnswer(Frozen):
    """Catatan iuran as BPJS Ketenagakerjaan answers an inquiry, without what names the participant.

    `as_of` is the time from which it is known; `registered_on` is null for who was never registered
    (Pasal 37). Ages are taken from the birth date that the claim's participant was reported with.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    source: Code
    record_id: Code
    as_of: Instant
    registered_on: Day | None
    citizenship: Literal["WNI", "WNA"]
    jkn_segment: Literal["PPU_BU", "PBPU", "PBI"] | None
    company_scale: CompanyScale
    programmes: Annotated[tuple[Literal["JKK", "JKM", "JHT", "JP"], ...], Field(max_length=PROGRAMMES_MAX)]
    employer_standing: EmployerStanding
    reported_wage_idr: Annotated[RupiahAmount, Field(repr=False)]
    months: Annotated[tuple[ContributionMonth, ...], Field(repr=False, max_length=MONTHS_MAX)]
    reemployed_on: Day | None = None
    earlier_benefits: Annotated[tuple[EarlierBenefit, ...], Field(max_length=EARLIER_BENEFITS_MAX)] = ()

    @field_validator("earlier_benefits", mode="before")
    @classmethod
    def _null_is_none_of_them(cls, told: object) -> object:
        return () if told is None else told

    @field_validator("months")
    @classmethod
    def _nobody_pays_for_the_unregistered(
        cls, months: tuple[ContributionMonth, ...], info: ValidationInfo
    ) -> tuple[ContributionMonth, ...]:
        if months and info.data.get("registered_on", "") is None:
            raise ValueError("must be empty for who was never registered")
        return months

    def record(self, born_on: date) -> ContributionRecord:
        """What the claim keeps of it."""
        known_on = day_of(self.as_of)
        facts = self.model_dump(exclude={"registered_on", "earlier_benefits"})
        return ContributionRecord(
            **facts,
            age_at_registration=age_at_registration(born_on, self.registered_on or known_on),
            age_band=age_band(born_on, known_on),
            earlier_benefits_first_paid_on=tuple(each.first_paid_on for each in self.earlier_benefits),
            registered=self.registered_on is not None,
        )
