"""A decree as a file: which days it makes a holiday, a collective leave, or a working day (CSV or JSON).

CSV has the columns `day,kind,name`; JSON is `{"version": "...", "days": [{"day", "kind", "name"}]}`.
Everything wrong is told at once: where, what, why, and what to do.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from law.limits import Unreadable, is_storable, parse_json
from store.calendar import HOLIDAY, LEAVE, WORKING, Day

COLUMNS = ("day", "kind", "name")
KINDS = (HOLIDAY, LEAVE, WORKING)
FIRST_YEAR, LAST_YEAR = 2021, 2100
NAME_MAX, VERSION_MAX = 200, 100
SHOWN_MAX = 40
BETWEEN = " \t\r\n,"


class BadDecree(ValueError):
    """A file that cannot be read as a decree; `lines` says why, one complaint each."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Decree:
    """What a file says: the name it gives itself, if any; its days; and the SHA-256 of the file."""

    version: str
    days: tuple[Day, ...]
    sha256: str


def read_decree(content: bytes, *, is_json: bool) -> Decree:
    """The decree of a file; raises BadDecree with every complaint."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadDecree(f"byte {wrong.start}: not UTF-8; save the file as UTF-8") from None
    version, rows = _from_json(text) if is_json else ("", _from_csv(text))
    days: dict[date, tuple[str, Day]] = {}
    complaints: list[str] = []
    for place, row in rows:
        try:
            day = _day(row)
            if day.day in days:
                raise ValueError(
                    f"{day.day} stands in {days[day.day][0]} already: a day has one kind; leave one of them"
                )
            days[day.day] = (place, day)
        except ValueError as wrong:
            complaints.append(f"{place}: {wrong}")
    if not rows:
        complaints.append(
            "no days: a decree names at least one; add a row as `2026-03-20,national_holiday,Libur`"
        )
    if complaints:
        raise BadDecree(*complaints)
    return Decree(version, tuple(day for _, day in days.values()), hashlib.sha256(content).hexdigest())


def _from_csv(text: str) -> list[tuple[str, Mapping[str, object]]]:
    """Rows by their line; the separator is a comma, or a semicolon where the first line has one."""
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",", strict=True)
    try:
        names = tuple(name.strip() for name in reader.fieldnames or ())
        if sorted(names) != sorted(COLUMNS):
            raise BadDecree(
                f"line 1: the columns are {', '.join(names) or 'missing'}; make the first line "
                f"`{','.join(COLUMNS)}`"
            )
        reader.fieldnames = names
        return [(f"line {reader.line_num}", row) for row in reader]
    except csv.Error as wrong:
        raise BadDecree(f"line {reader.line_num + 1}: {wrong}; correct the quotes") from None


def _from_json(text: str) -> tuple[str, list[tuple[str, Mapping[str, object]]]]:
    try:
        said = parse_json(text.encode())
    except Unreadable as wrong:
        raise BadDecree(f"not JSON as it is read here: {wrong}") from None
    if not isinstance(said, dict) or not isinstance(said.get("days"), list):
        raise BadDecree('not an object with a list `days`; write {"version": "...", "days": [...]}')
    if unknown := sorted(said.keys() - {"version", "days"}):
        raise BadDecree(f"`{unknown[0][:SHOWN_MAX]}` is not a field of a decree; leave it out")
    version = said.get("version", "")
    if not isinstance(version, str) or (version and not is_storable(version, VERSION_MAX)):
        raise BadDecree(
            f"`version` is not text; write the decree's number in quotes, up to {VERSION_MAX} letters"
        )
    lines = list(_lines_of_entries(text, len(said["days"])))
    return version, [
        (f"line {line}", row if isinstance(row, dict) else {})
        for line, row in zip(lines, said["days"], strict=True)
    ]


def _lines_of_entries(text: str, count: int) -> Iterator[int]:
    """The line on which each entry of `days` begins."""
    decoder, at = json.JSONDecoder(), _begin_of_days(text)
    for _ in range(count):
        at = _past(text, at)
        yield text.count("\n", 0, at) + 1
        _, at = decoder.raw_decode(text, at)


def _begin_of_days(text: str) -> int:
    """Just inside the list `days` of the outermost object."""
    decoder, at = json.JSONDecoder(), text.index("{") + 1
    while True:
        at = _past(text, at)
        name, at = decoder.raw_decode(text, at)
        at = _past(text, text.index(":", at) + 1)
        if name == "days":
            return at + 1
        _, at = decoder.raw_decode(text, at)


def _past(text: str, at: int) -> int:
    while text[at] in BETWEEN:
        at += 1
    return at


def _day(row: Mapping[str, object]) -> Day:
    """One row; ValueError says what is wrong, why, and what to write."""
    if set(row) != set(COLUMNS) and not (set(row) == {"day", "kind"} and row["kind"] == WORKING):
        raise ValueError(f"the fields are not {', '.join(COLUMNS)}; give each of them once")
    for column in COLUMNS:
        if not isinstance(row.get(column), str | None):
            raise ValueError(f"the {column} is not text; write it in quotes")
    written, kind, name = (str(row.get(column) or "").strip() for column in COLUMNS)
    if kind not in KINDS:
        raise ValueError(
            f"`{kind[:SHOWN_MAX]}` is no kind of day; write {', '.join(KINDS[:-1])} or {KINDS[-1]}"
        )
    if not name and kind != WORKING:
        raise ValueError("the name is empty: letters and this list name the day; write its Indonesian name")
    if len(name) > NAME_MAX:
        raise ValueError(f"the name has over {NAME_MAX} characters; shorten it")
    if name and not is_storable(name, NAME_MAX):
        raise ValueError("the name is not one line of text; leave out what cannot be printed")
    return Day(_date(written), kind, name)


def _date(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"`{written[:SHOWN_MAX]}` is not a day; write YYYY-MM-DD, as 2026-03-20") from None
    if written != day.isoformat() or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"`{written}` is not a day YYYY-MM-DD of {FIRST_YEAR} to {LAST_YEAR}; correct it")
    return day
