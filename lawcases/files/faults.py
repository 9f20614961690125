"""What is wrong with a case, place by place, in words that say what to do."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from lawcases.strict_json import Pointer, shown

OF_A_FIELD = re.compile(r"([a-z][a-z0-9_.]*): (.*)", re.DOTALL)
A_DAY = 'is no day: write one, as "2025-03-10"'
NOT_OF_ITS_TYPE: Mapping[str, str] = {
    "int_type": "is no whole number: write it in digits alone, as 2400000",
    "bool_type": "is neither true nor false: write one of them, without quotes",
    "date_type": A_DAY,
    "date_parsing": A_DAY,
    "string_type": "is no text: write it in quotes",
    "tuple_type": "is no list: write [...]",
    "model_type": "is no object: write {...}",
    "dict_type": "is no object: write {...}",
}


def faults_of(invalid: ValidationError, raw: object) -> Iterator[tuple[Pointer, str]]:
    """One fault for each place; where a value fits none of several forms, that alone is said."""
    told: dict[Pointer, list[tuple[str, Any]]] = {}
    for error in invalid.errors(include_url=False):
        place, says = _placed(_pointer(error["loc"], raw), error)
        told.setdefault(place, []).append((says, error["input"]))
    for place, said in told.items():
        says, value = said[0]
        yield place, says if len(said) == 1 else f"{shown(value)} has none of the forms that fit here"


def _pointer(loc: tuple[int | str, ...], raw: Any) -> Pointer:
    """A place in the file: what the model adds of its own (names of alternatives) is left out."""
    place: list[int | str] = []
    node = raw
    for nth, part in enumerate(loc):
        if _has(node, part):
            node = node[part]
        elif nth < len(loc) - 1 or not isinstance(node, dict) or part in ("[key]", node.get("say")):
            continue
        place.append(part)
    return tuple(place)


def _has(node: Any, part: int | str) -> bool:
    return part in node if isinstance(node, dict) else isinstance(node, list) and part in range(len(node))


def _placed(place: Pointer, error: ErrorDetails) -> tuple[Pointer, str]:
    """What is said of one field of an object is said at that field."""
    context: Mapping[str, Any] = error.get("ctx") or {}
    match error["type"]:
        case "union_tag_not_found":
            return (*place, "say"), "is missing: give it"
        case "union_tag_invalid":
            words = f"{shown(context['tag'])} is not one of {_listed(context['expected_tags'])}"
            return (*place, "say"), f"{words}: write one of them"
        case "value_error":
            text = error["msg"].removeprefix("Value error, ")
            of_a_field = OF_A_FIELD.fullmatch(text)
            if of_a_field is None:
                return place, text
            return (*place, *of_a_field[1].split(".")), of_a_field[2]
        case _:
            return place, _said(error, context)


def _said(error: ErrorDetails, context: Mapping[str, Any]) -> str:
    kind, value = error["type"], shown(error["input"])
    match kind:
        case "missing":
            return "is missing: give it"
        case "extra_forbidden":
            return "is no field of the format here: leave it out, or see docs/law/cases.md for its name"
        case "enum" | "literal_error":
            return f"{value} is not one of {_listed(context['expected'])}: write one of them"
        case "string_pattern_mismatch":
            return f"{value} has not the form that is needed, {context['pattern']}"
        case "greater_than_equal":
            return f"{value} is too small: the least is {context['ge']}"
        case "less_than_equal":
            return f"{value} is too large: the most is {context['le']}"
        case "too_long" | "string_too_long":
            return f"is too long: at most {context['max_length']} fit"
        case "too_short" | "string_too_short":
            return f"is too short: it needs at least {context['min_length']}"
    wrong = NOT_OF_ITS_TYPE.get(kind)
    return f"{value} {wrong}" if wrong else f"{value}: {error['msg']}"


def _listed(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")
