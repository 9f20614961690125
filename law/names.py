"""Names that people read: of persons, companies, positions, offices, providers and courses.

Ten digits or more in a row may be a NIK, an account or a telephone: no name needs them. They are refused at
every entrance, and masked wherever a name stored before is shown.
"""

import re

from pydantic import AfterValidator

DIGITS_MIN = 10
APART = r"[\s._\-\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]*"
NUMBER = re.compile(rf"\d(?:{APART}\d){{{DIGITS_MIN - 1},}}")
MASK = "***"
COMPLAINT = (
    f"must not hold {DIGITS_MIN} digits or more in a row: letters and pages show this name, and such a "
    "number may be a NIK or an account; write the name without the number"
)


def holds_a_number(text: str) -> bool:
    """Whether ten digits or more stand in a row, with nothing but spaces, dots and dashes between them."""
    return NUMBER.search(text) is not None


def masked(text: str) -> str:
    """The text as it may be shown: `***` in place of such a number."""
    return NUMBER.sub(MASK, text)


def _without_number(text: str) -> str:
    if holds_a_number(text):
        raise ValueError(COMPLAINT)
    return text


WithoutNumber = AfterValidator(_without_number)
