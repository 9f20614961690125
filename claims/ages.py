"""Ages in place of a birth date: what a contribution record keeps of how old its participant is."""

from datetime import date
from typing import Literal

from claims.periods import age_on
from claims.regimes import LAW
from claims.windows import participant_since

AgeBand = Literal["under_25", "25_34", "35_44", "45_54", "55_and_over"]
BANDS: tuple[tuple[int, AgeBand], ...] = ((25, "under_25"), (35, "25_34"), (45, "35_44"), (55, "45_54"))


def age_at_registration(born_on: date, registered_on: date) -> int:
    """Full years when somebody became a participant, at the earliest when the programme began."""
    return age_on(born_on, participant_since(registered_on, LAW))


def age_band(born_on: date, day: date) -> AgeBand:
    """The band of an age on a day."""
    age = age_on(born_on, day)
    return next((band for below, band in BANDS if age < below), "55_and_over")
