"""What was expected beside what came out: field by field, and of a part only what it names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from lawcases.format.expected import DateOfClaim
from lawcases.format.heads import Expect
from lawcases.lives.beside import Outcome

# Of these only the entries that are named are looked at; what is not there is this.
NAMED_ALONE: Mapping[str, object] = {"letters": (), "reasons": None}


@dataclass(frozen=True)
class Mismatch:
    """One field of an expectation that did not come out."""

    field: str
    expected: object
    got: object


def mismatches(expect: Expect, outcome: Outcome) -> Iterator[Mismatch]:
    """Every field that is expected and came out differently."""
    for name in sorted(expect.model_fields_set):
        expected, got = getattr(expect, name), outcome.get(name)
        got = _looked_at(name, expected, got)
        if not _same(name, expected, got):
            yield Mismatch(name, _plain(expected), got)


def _looked_at(name: str, expected: object, got: object) -> object:
    """Of letters, reasons and dates those that the expectation names, in its order."""
    if name in NAMED_ALONE and isinstance(expected, Mapping):
        known = got if isinstance(got, Mapping) else {}
        return {each: known.get(each, NAMED_ALONE[name]) for each in expected}
    if name == "deadlines" and isinstance(expected, tuple):
        return tuple(_date_of(each, got if isinstance(got, tuple) else ()) for each in expected)
    return got


def _date_of(expected: object, dates: tuple[Mapping[str, object], ...]) -> object:
    if not isinstance(expected, DateOfClaim):
        return None
    named = (each for each in dates if (each["what"], each["month"]) == (expected.what, expected.month))
    return next(named, None)


def _same(name: str, expected: object, got: object) -> bool:
    match expected, got:
        case str(), str() if name == "article":
            return expected in got
        case BaseModel(), Mapping():
            return all(
                _same(each, getattr(expected, each), got.get(each)) for each in expected.model_fields_set
            )
        case Mapping(), Mapping():
            return expected.keys() == got.keys() and all(_same("", expected[each], got[each]) for each in got)
        case tuple(), tuple():
            return len(expected) == len(got) and all(
                _same("", *pair) for pair in zip(expected, got, strict=True)
            )
        case _:
            return expected == got


def _plain(expected: object) -> object:
    match expected:
        case tuple():
            return tuple(map(_plain, expected))
        case dict():
            return {str(name): _plain(value) for name, value in expected.items()}
        case BaseModel():
            return expected.model_dump(exclude_unset=True, mode="json")
        case _:
            return expected
