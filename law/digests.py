"""A short name of a value's whole content, the same in every process and on every machine."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import sha256

DIGITS = 8


def canonical(content: object) -> bytes:
    """One spelling of a JSON value: sorted keys, no white space, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(content: object) -> bytes:
    """SHA-256 over the canonical form of a JSON value."""
    return sha256(canonical(content)).digest()


def digest(value: object) -> str:
    """The first hexadecimal digits of the SHA-256 over every field of a dataclass, one inside the other."""
    spelled = json.dumps(_spelled(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(spelled.encode()).hexdigest()[:DIGITS]


def _spelled(value: object) -> object:
    """A value as JSON; what has no one spelling there is refused."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _spelled(getattr(value, field.name)) for field in fields(value)}
    match value:
        case Enum():
            return _spelled(value.value)
        case Decimal() | date():
            return str(value)
        case set() | frozenset():
            return sorted(json.dumps(_spelled(each)) for each in value)
        case tuple() | list():
            return [_spelled(each) for each in value]
        case dict():
            return {str(_spelled(key)): _spelled(each) for key, each in value.items()}
        case None | bool() | int() | str():
            return value
    raise TypeError(f"no one spelling for {type(value).__name__}")
