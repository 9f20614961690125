"""Ages in place of a birth date: what a contribution record keeps of how old its participant is."""

from datetime import date
from typing import Literal

from law.periods import age_on
from law.regimes import LAW
from law.rules import Law

AgeBand = Literal["under_25", "25_34", "35_44", "45_54", "55_and_over"]
# The lowest working age of ILO Convention 138 as ratified by UU 20/1999; above the other nobody was employed.
AGE_AT_LAYOFF_MIN, AGE_AT_LAYOFF_MAX = 15, 110
BANDS: tuple[tuple[int, AgeBand], ...] = ((25, "under_25"), (35, "25_34"), (45, "35_44"), (55, "45_54"))


def participant_since(registered_on: date, law: Law) -> date:
    """Who was insured already became a participant on the day the programme began (PP 37/2021 Pasal 5(1))."""
    return max(registered_on, law.regimes[0].in_force_from)


def age_at_registration(born_on: date, registered_on: date) -> int:
    """Full years when somebody became a participant, at the earliest when the programme began."""
    return age_on(born_on, participant_since(registered_on, LAW))


def implausible_birth(born_on: date, laid_off_on: date, received_on: date) -> str | None:
    """Why nobody born on this day can have lost this job; None where somebody can.

    What the NIK says is not asked: it keeps the date it was issued with when the birth date is corrected.
    """
    if born_on > received_on:
        return "must not be after the receipt of the report"
    age = age_on(born_on, laid_off_on)
    if not AGE_AT_LAYOFF_MIN <= age <= AGE_AT_LAYOFF_MAX:
        return f"must make the worker {AGE_AT_LAYOFF_MIN} to {AGE_AT_LAYOFF_MAX} years old at the layoff"
    return None


def age_band(born_on: date, day: date) -> AgeBand:
    """The band of an age on a day."""
    age = age_on(born_on, day)
    return next((band for below, band in BANDS if age < below), "55_and_over")
