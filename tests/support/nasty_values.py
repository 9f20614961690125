"""Values that nobody means and everybody sends one day, as they stand in JSON; and the places to put them."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

Place = tuple[str | int, ...]
HOLE = "@@here@@"

NASTY: Mapping[str, str] = {
    "a NUL": r'"a\u0000b"',
    "half a surrogate pair": r'"\ud800"',
    "a raw control character": '"a\x01b"',
    "a line break": r'"a\nb"',
    "a tab": r'"a\tb"',
    "10^400": "1" + "0" * 400,
    "2^31": str(2**31),
    "minus nought": "-0",
    "nought": "0",
    "one": "1",
    "5.0": "5.0",
    "1e309": "1e309",
    "NaN": "NaN",
    "Infinity": "-Infinity",
    "true": "true",
    "false": "false",
    "null": "null",
    "an empty list": "[]",
    "an empty object": "{}",
    "deep nesting": "[" * 100 + "]" * 100,
    "very deep nesting": "[" * 50_000 + "]" * 50_000,
    "a member twice": '{"a": 1, "a": 2}',
    "the first day": '"0001-01-01"',
    "the last day": '"9999-12-31"',
    "the last instant, west": '"9999-12-31T23:59:59-23:59"',
    "the first instant, east": '"0001-01-01T00:00:00+23:59"',
    "2200": '"2200-12-31"',
    "a day that is none": '"2025-02-30"',
    "a leap second": '"2025-06-30T23:59:60Z"',
    "a week date": '"2025-W10-1"',
    "an instant without offset": '"2025-03-10T10:00:00"',
    "a day in Arabic digits": '"٢٠٢٥-٠٣-١٠"',
    "a month of year nought": '"0000-01"',
    "the text 0": '"0"',
    "the text null": '"null"',
    "no text": '""',
    "a space": '" "',
    "three hundred kilobytes": '"' + "x" * 300_000 + '"',
    "a thousand letters": '"' + "x" * 1000 + '"',
    "letters from right to left": r'"\u202etxet\u202c\u200f"',
    "an emoji": '"👩‍👩‍👧‍👦"',
    "combining marks": '"Z' + "\u0335\u0327" * 20 + '"',
    "a quote and a backslash": r'"\"\\' + "'; drop table claims; --" + '"',
}


def with_hole(body: Any, place: Place) -> str:
    """The JSON of a body with a hole at a place."""
    changed = deepcopy(body)
    inner = changed
    for part in place[:-1]:
        inner = inner[part]
    inner[place[-1]] = HOLE
    return json.dumps(changed)


def filled(holed: str, value: str) -> bytes:
    """The body with a nasty value in its hole."""
    return holed.replace(f'"{HOLE}"', value).encode("utf-8", "surrogatepass")


def places_of(schema: Mapping[str, Any], value: Any, defined: Mapping[str, Any]) -> Iterator[Place]:
    """Every field that a schema knows, inside an example of it, by name and index."""
    for shape in _shapes(schema, defined):
        if isinstance(value, dict):
            for name, inner in shape.get("properties", {}).items():
                yield (name,)
                for deeper in places_of(inner, value.get(name), defined):
                    yield (name, *deeper)
        elif isinstance(value, list) and value and "items" in shape:
            yield (0,)
            for deeper in places_of(shape["items"], value[0], defined):
                yield (0, *deeper)


def _shapes(schema: Mapping[str, Any], defined: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "$ref" in schema:
        yield from _shapes(defined[schema["$ref"].rpartition("/")[2]], defined)
    elif alternatives := (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        for each in alternatives:
            yield from _shapes(each, defined)
    else:
        yield schema
