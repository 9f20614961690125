"""Reading settings: from variables and, for secrets, from files; every fault is found at once."""

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import SecretBytes, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource

from settings.parts import Part
from settings.processes import PROCESSES

FILE = "_FILE"
OURS = "JKP_"
INTERNAL = {"JKP_BOOTSTRAP_LOCKED"}
Read = TypeVar("Read", bound=Part)


@dataclass(frozen=True)
class Fault:
    """A setting that is missing or wrong: its name, what is wrong (never its value), what it is for."""

    setting: str
    wrong: str
    purpose: str

    def __str__(self) -> str:
        return f"{self.setting} {self.wrong}: {self.purpose}"


class SettingsWrong(Exception):
    """Settings are missing or wrong; `faults` names all of them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


class _Variables(EnvSettingsSource):
    """The variables that are handed over, under their exact names; an empty one is not set."""

    def __init__(self, model: type[Part], variables: Mapping[str, str]) -> None:
        super().__init__(model, case_sensitive=True)
        self.env_vars = dict(variables)


def read(model: type[Read], environment: Mapping[str, str] | None = None) -> Read:
    """The settings of a process; raises SettingsWrong with every fault."""
    given = os.environ if environment is None else environment
    variables, faults = _variables(model, given)
    unreadable = {fault.setting.removesuffix(FILE) for fault in faults}
    try:
        made = model(**_Variables(model, variables)())
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False, include_input=False)
        found = (_fault(model, error, given) for error in errors)
        faults += [fault for fault in found if fault.setting.removesuffix(FILE) not in unreadable]
        order = names(model)
        raise SettingsWrong(sorted(faults, key=lambda fault: order.index(fault.setting))) from None
    if faults:
        raise SettingsWrong(faults)
    return made


def fields_by_variable(model: type[Part]) -> dict[str, FieldInfo]:
    """The settings that a variable can set, by its name."""
    return {str(f.validation_alias): f for f in model.model_fields.values() if f.validation_alias}


def is_secret(field: FieldInfo) -> bool:
    """Whether a setting is secret, and so may come from the file that its name with _FILE holds."""
    kinds = {field.annotation, *get_args(field.annotation)}
    kinds |= {part for kind in kinds for part in get_args(kind)}
    return bool(kinds & {SecretStr, SecretBytes})


def misspelled(environment: Mapping[str, str] | None = None) -> dict[str, str | None]:
    """Variables that begin like ours and are no setting, with the name that was probably meant."""
    given = os.environ if environment is None else environment
    known = {name for model in PROCESSES.values() for name in names(model)} | INTERNAL
    strangers = sorted(name for name in given if name.startswith(OURS) and name not in known)
    return {name: next(iter(difflib.get_close_matches(name, known, n=1)), None) for name in strangers}


def meant(name: str, close: str | None) -> str:
    """A variable that is no setting, and which one is like it."""
    return f"{name} ({close}?)" if close else name


def names(model: type[Part]) -> list[str]:
    """The names of all variables that a process reads."""
    return [
        name
        for variable, field in fields_by_variable(model).items()
        for name in ((variable, variable + FILE) if is_secret(field) else (variable,))
    ]


def _variables(model: type[Part], given: Mapping[str, str]) -> tuple[dict[str, str], list[Fault]]:
    """What is set, secrets read from their files, and the faults of these files."""
    variables, faults = dict[str, str](), list[Fault]()
    for name, field in fields_by_variable(model).items():
        value, file = given.get(name, ""), given.get(name + FILE, "") if is_secret(field) else ""
        if file and value:
            faults.append(_named(name + FILE, f"is set beside {name}; set one of the two", field))
            continue
        if file:
            try:
                value = Path(file).read_text("utf-8").rstrip("\r\n")
            except OSError as error:
                faults.append(_named(name + FILE, f"cannot be read ({error.strerror})", field))
            except ValueError:
                faults.append(_named(name + FILE, "names a file that is no text", field))
        if value:
            variables[name] = value
    return variables, faults


def _fault(model: type[Part], error: ErrorDetails, given: Mapping[str, str]) -> Fault:
    name = str(error["loc"][0])
    field = model.model_fields.get(name) or fields_by_variable(model)[name]
    variable = str(field.validation_alias)
    from_file = is_secret(field) and not given.get(variable) and given.get(variable + FILE)
    return _named(variable + FILE if from_file else variable, _in_words(error), field)


def _in_words(error: ErrorDetails) -> str:
    context: Any = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "is not set"
        case "value_error":
            return str(context["error"])
        case "string_pattern_mismatch":
            return "holds characters that it may not hold"
        case _:
            return re.sub(r"^\w+ should", "should", error["msg"])


def _named(name: str, wrong: str, field: FieldInfo) -> Fault:
    return Fault(name, wrong, field.description or "")


def variables_of(settings: Part, part: type[Part]) -> dict[str, str]:
    """The variables that say what is set of one part, secrets in clear, for who reads variables."""
    held = {str(field.validation_alias): getattr(settings, name) for name, field in part.model_fields.items()}
    return {name: _as_variable(value) for name, value in held.items() if value is not None}


def _as_variable(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value).lower() if isinstance(value, bool) else str(value)
