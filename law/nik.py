"""Nomor Induk Kependudukan: sixteen digits `PPKKCC DDMMYY SSSS`, read and checked without a register.

The area is where the number was issued, never where somebody lives, and codes outlive the splitting of
provinces: it is read, never refused. There is no check digit.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from law.periods import age_on

Sex = Literal["female", "male"]
WOMEN_ADD_TO_DAY = 40
AGE_MIN, AGE_MAX = 15, 100
NO_SERIAL = "0000"


class InvalidNik(ValueError):
    """Not a NIK; the text says which part is wrong and never repeats it."""


@dataclass(frozen=True, repr=False)
class Nik:
    """A NIK of valid form; printed it shows nothing. Raises InvalidNik."""

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{16}", self.digits):
            raise InvalidNik("must be sixteen digits")
        if self.serial == NO_SERIAL:
            raise InvalidNik("must not end in the serial number 0000")
        if not any(self._day_in(century) for century in (1900, 2000)):
            raise InvalidNik("must hold a day of birth that exists (day + 40 for women)")

    def __repr__(self) -> str:
        return "Nik(****************)"

    @property
    def province(self) -> str:
        """Two-digit code of the province that issued it."""
        return self.digits[:2]

    @property
    def regency(self) -> str:
        """Four-digit code of the regency or city that issued it."""
        return self.digits[:4]

    @property
    def serial(self) -> str:
        """Number within area and birth date."""
        return self.digits[12:]

    @property
    def sex(self) -> Sex:
        """Jenis kelamin: 40 is added to the day of birth of women (PP 37/2007 Pasal 37(1)b)."""
        return "female" if int(self.digits[6:8]) > WOMEN_ADD_TO_DAY else "male"

    def born_on(self, seen_on: date) -> date | None:
        """Birth date of somebody who is 15 to 100 years old on a day; None where no century fits."""
        for century in (2000, 1900):
            born_on = self._day_in(century)
            if born_on is not None and AGE_MIN <= age_on(born_on, seen_on) <= AGE_MAX:
                return born_on
        return None

    def agrees_with(self, born_on: date) -> bool:
        """Whether day, month and the year's last two digits are those of a birth date."""
        return self._day_in(born_on.year - born_on.year % 100) == born_on

    def _day_in(self, century: int) -> date | None:
        day, month, year = (int(self.digits[at : at + 2]) for at in (6, 8, 10))
        if day > WOMEN_ADD_TO_DAY:
            day -= WOMEN_ADD_TO_DAY
        try:
            return date(century + year, month, day)
        except ValueError:
            return None
