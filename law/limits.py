"""What text, dates and numbers can be stored at all: one place for the HTTP API, signals, BPJS and the bank.

The types bind what comes from outside, as strictly in Python as in JSON: no number is a date, no word is a
truth value, no text is a number. `stored()` marks what was recorded earlier: a limit that came later never
makes a stored event unreadable.
"""

import codecs
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, NoReturn

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Strict
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

DAY_MIN, DAY_MAX = date(1900, 1, 1), date(2200, 12, 31)
INSTANT_MIN = datetime(1900, 1, 1, tzinfo=UTC)
INSTANT_MAX = datetime(2200, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
INTEGER_MAX = 2**31 - 1
PHRASE_MAX = 4000
DEPTH_MAX, DIGITS_MAX = 32, 20
YEARS = "(19[0-9]{2}|2[01][0-9]{2}|2200)"
DAY_PATTERN = rf"^{YEARS}-[0-9]{{2}}-[0-9]{{2}}$"
INSTANT_PATTERN = (
    rf"^{YEARS}-[0-9]{{2}}-[0-9]{{2}}[Tt][0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{1,9}})?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})$"
)
MONTH_PATTERN = rf"^{YEARS}-(0[1-9]|1[0-2])$"
LINE_PATTERN = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?",
    re.IGNORECASE,
)
_MONTH = re.compile(MONTH_PATTERN)
_DIGITS = re.compile(r"0|[1-9][0-9]{0,9}")
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_STORED = "stored"


def stored() -> dict[str, bool]:
    """The validation context of what was recorded before: read as it is, whatever the limits are by now."""
    return {_STORED: True}


def _was_stored(info: core_schema.ValidationInfo) -> bool:
    return isinstance(info.context, Mapping) and bool(info.context.get(_STORED))


def _told_day(value: object, info: core_schema.ValidationInfo) -> date:
    day = _day(value)
    if not _was_stored(info):
        _between(day, DAY_MIN, DAY_MAX)
    return day


def _day(value: object) -> date:
    if isinstance(value, str):
        return _parsed_day(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise PydanticKnownError("date_type")


def _parsed_day(text: str) -> date:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else _no_day()
    except ValueError:
        _no_day()


def _no_day() -> NoReturn:
    raise PydanticKnownError("date_parsing", {"error": "no day of the calendar"})


def _told_instant(value: object, info: core_schema.ValidationInfo) -> datetime:
    instant = _instant(value)
    if not _was_stored(info):
        # The wall clock first: converting an instant of the first or the last year can overflow.
        _between(instant.date(), DAY_MIN - timedelta(days=1), DAY_MAX + timedelta(days=1))
        _between(instant.astimezone(UTC), INSTANT_MIN, INSTANT_MAX)
    return instant


def _instant(value: object) -> datetime:
    instant = _parsed_instant(value) if isinstance(value, str) else value
    if not isinstance(instant, datetime):
        raise PydanticKnownError("datetime_type")
    if instant.tzinfo is None:
        raise PydanticKnownError("timezone_aware")
    return instant


def _parsed_instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.upper()) if _INSTANT.fullmatch(text) else _no_instant()
    except ValueError:
        _no_instant()


def _no_instant() -> NoReturn:
    raise PydanticKnownError("datetime_parsing", {"error": "no time with its offset"})


def _between(value: date, least: date, most: date) -> None:
    if value < least:
        raise PydanticKnownError("greater_than_equal", {"ge": least.isoformat()})
    if value > most:
        raise PydanticKnownError("less_than_equal", {"le": most.isoformat()})


def _spelled(value: object) -> int:
    """A whole number as it stands in an address: digits alone, spelled in one way."""
    if not isinstance(value, str) or not _DIGITS.fullmatch(value):
        raise PydanticKnownError("int_parsing")
    return int(value)


def _month(text: str, info: core_schema.ValidationInfo) -> str:
    if not _was_stored(info) and not _MONTH.fullmatch(text):
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": MONTH_PATTERN})
    return text


def _line(text: str, info: core_schema.ValidationInfo) -> str:
    if not _was_stored(info) and _UNSHOWABLE.search(text):
        raise PydanticCustomError("control_character", "must be one line without control characters")
    return text


@dataclass(frozen=True)
class TextLimit:
    """A limit on a text that comes from outside, with the pattern that shows it in the OpenAPI document."""

    check: core_schema.WithInfoValidatorFunction
    pattern: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The check after the type's own."""
        return core_schema.with_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The type's own schema and the pattern."""
        return {**handler(schema), "pattern": self.pattern}


@dataclass(frozen=True)
class Written:
    """How a day or an instant is written, for the OpenAPI document."""

    format: str
    pattern: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Text in this format and pattern."""
        return {"type": "string", "format": self.format, "pattern": self.pattern}


OneLine = TextLimit(_line, LINE_PATTERN)

Day = Annotated[date, BeforeValidator(_told_day), Written("date", DAY_PATTERN)]
Instant = Annotated[datetime, BeforeValidator(_told_instant), Written("date-time", INSTANT_PATTERN)]
CalendarMonth = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$"), TextLimit(_month, MONTH_PATTERN)]
Whole = Annotated[int, Strict()]
Truth = Annotated[bool, Strict()]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

SpelledWhole = Annotated[int, BeforeValidator(_spelled)]

# What the engine derives itself: as strict, but a term of months may lead out of the years above.
DerivedDay = Annotated[date, BeforeValidator(_day)]
DerivedInstant = Annotated[datetime, BeforeValidator(_instant)]
Found = Annotated[Whole, Field(ge=-(10**11), le=10**11)]
Count = Annotated[Whole, Field(ge=0, le=INTEGER_MAX)]
Phrase = Annotated[str, Field(max_length=PHRASE_MAX)]


class Unreadable(ValueError):
    """Bytes that are not one JSON value within the limits; the text says why and repeats no value."""


def read_json(content: bytes) -> Any:
    """The JSON value, all of whose texts can be stored; raises Unreadable."""
    value = parse_json(content)
    if any(_UNSTORABLE.search(text) for text in _texts(value)):
        raise Unreadable("a text holds a NUL or half of a surrogate pair: leave it out")
    return value


def parse_json(content: bytes) -> Any:
    """The JSON value, whatever its texts hold, for whom each field is checked; raises Unreadable.

    UTF-8 without a byte order mark, no member twice, no NaN and no infinity, limited in depth and digits.
    """
    if content.startswith(_MARKS):
        raise Unreadable("it begins with a byte order mark: send UTF-8 without one")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8: send UTF-8") from None
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"it is not JSON at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise Unreadable(_TOO_DEEP) from None
    if _is_deeper(value, DEPTH_MAX):
        raise Unreadable(_TOO_DEEP)
    return value


_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TOO_DEEP = f"it nests more than {DEPTH_MAX} values in one another: send it flatter"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        named = f"`{twice}`" if _NAME.fullmatch(twice) else "a member"
        raise Unreadable(f"{named} is given twice in one object: send each member once")
    return members


def _whole(digits: str) -> int:
    if len(digits) > DIGITS_MAX:
        raise Unreadable(f"a number has more than {DIGITS_MAX} digits: send a smaller one")
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits) if len(digits) <= DIGITS_MAX * 2 else math.inf
    if math.isinf(number):
        raise Unreadable("a number is too large or too long: send a smaller one")
    return number


def _constant(name: str) -> NoReturn:
    raise Unreadable(f"{name} is no JSON number: send a number or null")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_whole, parse_float=_fraction, parse_constant=_constant
)


def _is_deeper(value: object, most: int) -> bool:
    level = [value]
    for _ in range(most):
        level = [inside for outer in level for inside in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _texts(value: object) -> Iterator[str]:
    """Every text of a JSON value, names of members too."""
    level: list[object] = [value]
    while level:
        for each in level:
            if isinstance(each, str):
                yield each
            elif isinstance(each, dict):
                yield from each
        level = [inside for outer in level for inside in _inside(outer)]


def as_line(text: str, most: int) -> str:
    """A text from outside as it can be stored and shown: cut, with a mark in place of what cannot be."""
    return _UNSHOWABLE.sub("\ufffd", text[:most])


def is_storable(text: str, most: int) -> bool:
    """Whether a text is one storable line of 1 to so many characters."""
    return 0 < len(text) <= most and _UNSHOWABLE.search(text) is None
