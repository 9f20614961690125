"""The kinds of arguments, each read in one place: amounts, days, ids, numbers, lines of text, files.

What is wrong is told without repeating it.
"""

import re
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter, Token

from cli.problems import BadInput, shown
from law.limits import DAY_MAX, DAY_MIN, as_line, is_storable
from law.money import read_rupiah
from law.periods import JAKARTA
from law.rules import BENEFIT_MONTHS

FIRST_YEAR, LAST_YEAR = DAY_MIN.year, DAY_MAX.year
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
ID = re.compile(r"(?:claim/)?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})")
LINE_MAX = 200
NUMBER_DIGITS = 9
SPEED_MAX = 10_000_000


def _parameter(read: Callable[[str], object]) -> Parameter:
    def convert(_: object, tokens: Sequence[Token]) -> object:
        return read(tokens[-1].value)

    return Parameter(converter=convert)


def read_day(text: str) -> date:
    """A day YYYY-MM-DD of 1900 to 2200; ValueError otherwise."""
    wrong = ValueError(f"not a day; write YYYY-MM-DD, {FIRST_YEAR} to {LAST_YEAR}, as 2025-01-31")
    if not DAY.fullmatch(text):
        raise wrong
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise wrong
    return day


def read_instant(text: str) -> datetime:
    """An ISO 8601 instant of 1900 to 2200, without an offset in Jakarta (WIB); ValueError otherwise."""
    wrong = ValueError(
        f"not an instant; write it as 2025-03-10T08:00 (WIB) or 2025-03-10T01:00Z, "
        f"{FIRST_YEAR} to {LAST_YEAR}"
    )
    if not INSTANT.fullmatch(text):
        raise wrong
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise wrong
    return given if given.tzinfo else given.replace(tzinfo=JAKARTA)


def read_id(text: str) -> UUID:
    """The id of a claim, bare or as its workflow is called; ValueError otherwise."""
    found = ID.fullmatch(text)
    if found is None:
        raise ValueError("not the id of a claim; write it as 0193aaaa-0000-7000-8000-000000000000")
    return UUID(found[1])


def read_line(text: str) -> str:
    """One line of printable text, up to 200 characters; ValueError otherwise."""
    if not text.strip():
        raise ValueError("empty; write a line of text")
    if not is_storable(text, LINE_MAX):
        raise ValueError(f"not one line of at most {LINE_MAX} characters of UTF-8 text")
    return text


def storable(text: str) -> str:
    """Any text as a line that can be stored: what cannot be printed is replaced, the rest cut off."""
    return as_line(" ".join(text.split()), LINE_MAX)


def whole(least: int, most: int) -> Parameter:
    """A whole number between two bounds, without signs, points or exponents."""

    def read(text: str) -> int:
        if re.fullmatch(f"[0-9]{{1,{NUMBER_DIGITS}}}", text) and least <= int(text) <= most:
            return int(text)
        raise ValueError(f"not a whole number of {least} to {most}")

    return _parameter(read)


def number(most: float) -> Parameter:
    """A number from 0 to a bound, with a decimal point where it has one; never nan, infinite or negative."""

    def read(text: str) -> float:
        if (
            re.fullmatch(f"[0-9]{{1,{NUMBER_DIGITS}}}(?:\\.[0-9]{{1,{NUMBER_DIGITS}}})?", text)
            and float(text) <= most
        ):
            return float(text)
        raise ValueError(f"not a number of 0 to {most:.0f}, written as 1.5")

    return _parameter(read)


def read_input(file: Path | str, *, most: int) -> bytes:
    """What a file holds, or standard input for `-`; BadInput where it is not to be read or too large."""
    try:
        if str(file) == "-":
            if sys.stdin is None:
                raise BadInput("standard input is closed")
            content = sys.stdin.buffer.read(most + 1)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(most + 1)
    except (OSError, ValueError) as wrong:
        raise BadInput(f"{shown(file)}: {_why(wrong)}") from None
    if len(content) > most:
        raise BadInput(f"{shown(file)}: over {most:,} bytes, larger than anything that can be meant")
    return content


def read_text(file: Path | str, *, most: int) -> str:
    """The text of a file in UTF-8, without a byte order mark; BadInput otherwise."""
    try:
        return read_input(file, most=most).decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadInput(f"{shown(file)}: byte {wrong.start}: not UTF-8; save the file as UTF-8") from None


def be_writable(file: Path) -> None:
    """BadInput at once, not at the end of the work, where a file cannot be written; makes it if need be."""
    try:
        file.open("a").close()
    except (OSError, ValueError) as wrong:
        raise BadInput(f"{shown(file)}: {_why(wrong)}") from None


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


Rupiah = Annotated[int, _parameter(read_rupiah)]
Day = Annotated[date, _parameter(read_day)]
Instant = Annotated[datetime, _parameter(read_instant)]
ClaimId = Annotated[UUID, _parameter(read_id)]
Line = Annotated[str, _parameter(read_line)]
Storable = Annotated[str, _parameter(storable)]
Year = Annotated[int, whole(FIRST_YEAR, LAST_YEAR)]
MonthNumber = Annotated[int, whole(1, BENEFIT_MONTHS)]
Seconds = Annotated[float, number(1_000_000_000)]
