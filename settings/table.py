"""The settings as a page, made from their models."""

from enum import StrEnum
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from settings.parts import Part
from settings.processes import PROCESSES
from settings.reading import FILE, fields_by_variable, is_secret

HEAD = """# Settings

Every setting of every process. A process reads them once, when it starts; it names all that are missing or
wrong at once, each with what it is for and never with its value, and ends with exit code 2. A variable that
is set to nothing counts as not set. A secret may stand in a file instead: its name with `_FILE` holds the
path, and the end of the last line is left out. A variable that begins with `JKP_` and is not listed here is
warned of.

This page is made from `settings/` by `python -m settings`.
"""
COLUMNS = ("Setting", "What it is for", "Value", *(f"`{name}`" for name in PROCESSES))


def page() -> str:
    """The page, in Markdown."""
    blocks = [HEAD]
    for part in _parts():
        rows = [_row(name, field) for name, field in _own(part).items()]
        if rows:
            lines = [f"## {part.__name__}", "", (part.__doc__ or "").strip(), "", *_table(rows)]
            blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _parts() -> list[type[Part]]:
    """Every class that brings settings, in the order in which processes are made of them."""
    found: dict[type[Part], None] = {}
    for process in PROCESSES.values():
        for kind in reversed(process.__mro__):
            if issubclass(kind, BaseModel) and kind is not BaseModel and issubclass(kind, Part):
                found.setdefault(kind)
    return list(found)


def _own(part: type[Part]) -> dict[str, FieldInfo]:
    """The settings that a class brings itself."""
    inherited = {n for base in part.__mro__[1:] if issubclass(base, Part) for n in fields_by_variable(base)}
    return {name: field for name, field in fields_by_variable(part).items() if name not in inherited}


def _row(name: str, field: FieldInfo) -> tuple[str, ...]:
    shown = f"`{name}`, `{name}{FILE}`" if is_secret(field) else f"`{name}`"
    read_by = ("yes" if name in fields_by_variable(model) else "" for model in PROCESSES.values())
    return (shown, field.description or "", _value(field), *read_by)


def _value(field: FieldInfo) -> str:
    told = []
    if field.is_required():
        told.append("**needed**")
    elif field.default is not PydanticUndefined and field.default is not None:
        told.append(f"default `{_plain(field.default)}`")
    if choices := _choices(field.annotation):
        told.append("one of " + ", ".join(f"`{choice.value}`" for choice in choices))
    if is_secret(field):
        told.append("secret")
    return "; ".join(told)


def _choices(annotation: Any) -> list[StrEnum]:
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return list(kind)
    return []


def _plain(value: object) -> str:
    return value.value if isinstance(value, StrEnum) else str(value)


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]
