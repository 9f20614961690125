"""JSON of a file of cases, read so that what is wrong in it keeps its place.

What law/limits.py refuses is refused here too; but a value that cannot be taken spoils its own case alone.
"""

import codecs
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from law.limits import DIGITS_MAX, is_storable
from lawcases.nesting import nested_too_deep

Pointer = tuple[str | int, ...]

MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SHOWN_MAX, NAME_MAX = 60, 80


class NoJson(Exception):
    """Bytes that are no JSON at all; the text says why and what to do."""


@dataclass(frozen=True)
class Misread:
    """What stands in the place of a value that cannot be taken: what is wrong, and what to do."""

    says: str


def parsed(content: bytes) -> object:
    """The JSON value, with a Misread wherever one of its values cannot be taken; raises NoJson."""
    text = _text(content)
    if not text.strip():
        raise NoJson("is empty: a file of cases is an object with title, source and cases")
    if fault := nested_too_deep(text):
        raise NoJson(fault)
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NoJson(f"not JSON: {error}") from None


def _text(content: bytes) -> str:
    if content.startswith(MARKS):
        raise NoJson("begins with a byte order mark: save it as UTF-8 without one")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoJson(f"is not UTF-8 (byte {error.start + 1}): save it as UTF-8") from None


def misread(value: object, at: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """Every place whose value cannot be taken, with what is wrong there."""
    match value:
        case Misread():
            yield at, value.says
        case str() if not _is_a_line(value):
            yield at, "holds a control character or half of a surrogate pair: leave it out"
        case list():
            for n, inner in enumerate(value):
                yield from misread(inner, (*at, n))
        case dict():
            for name, inner in value.items():
                if not _is_a_line(name):
                    yield (*at, name), "is named with a control character or half of a surrogate pair"
                yield from misread(inner, (*at, name))


def _is_a_line(text: str) -> bool:
    return not text or is_storable(text, len(text))


def spelled(pointer: Pointer) -> str:
    """A JSON Pointer (RFC 6901), on one line."""
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in pointer)
    return "".join(f"/{named(part)}" for part in parts)


def named(text: str) -> str:
    """A name out of the file in letters that every terminal has, cut where it is long."""
    return json.dumps(text)[1:-1][:NAME_MAX]


def shown(value: object) -> str:
    """A value of the file as a complaint repeats it: its beginning, in letters that every terminal has."""
    text = json.dumps(value, default=str)
    return text if len(text) <= SHOWN_MAX else f"{text[:SHOWN_MAX]}..."


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; in the place of a member that is given twice stands that."""
    count = Counter(name for name, _ in pairs)
    twice = Misread("is given twice: give it once")
    return {name: value if count[name] == 1 else twice for name, value in pairs}


def _whole(digits: str) -> int | Misread:
    if len(digits) > DIGITS_MAX:
        return Misread(f"a number has more than {DIGITS_MAX} digits: write the number that is meant")
    return int(digits)


def _fraction(digits: str) -> Misread:
    return Misread(f"{digits[:SHOWN_MAX]} is no whole number: write it in digits alone, as 2400000")


def _constant(name: str) -> Misread:
    return Misread(f"{name} is no JSON number: write a number or null")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_whole, parse_float=_fraction, parse_constant=_constant
)
