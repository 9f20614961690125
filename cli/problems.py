"""What went wrong at the command line: an exit code and one line, never a traceback, never what was typed.

A value that was typed is not repeated: it may be somebody's name or NIK, pasted into the wrong place.
"""

import json
import re
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, EnumMeta
from pathlib import Path

from cyclopts import CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
    ValidationError,
)

from settings.parts import Defects
from settings.reading import SettingsWrong, read

DONE, REFUSED, UNREACHABLE, DEFECT, INTERRUPTED = 0, 1, 2, 3, 130
BAD_INPUT = UNREACHABLE
NIK = re.compile(r"(?<![0-9a-f-])[0-9]{16}(?![0-9])")
WORD = re.compile(r"-{0,2}[a-z][a-z-]{0,40}")
SAYS_ITS_OWN = ("08", "28", "3D", "42", "53", "55", "57")
"""Classes of SQLSTATE whose message names parts of the installation, not what a row or a query holds."""


class Refused(Exception):
    """What was asked cannot be done; each line is for the operator."""

    code = REFUSED
    kind = "refused"

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


class BadInput(Refused):
    """What was typed, or what a file holds, cannot be understood; each line says where, why, what to do."""

    code = BAD_INPUT
    kind = "bad_input"


class Unreachable(Refused):
    """PostgreSQL, Temporal or a party of the sandbox does not answer, or nothing says where it is."""

    code = UNREACHABLE
    kind = "unreachable"


@dataclass(frozen=True)
class Problem:
    """Why a command ended: exit code, kind (refused, bad_input, unreachable, defect), lines for people."""

    exit_code: int
    kind: str
    lines: tuple[str, ...]


def problem_of(error: BaseException) -> Problem:
    """What to tell of an error that ended a command."""
    match error:
        case Refused():
            return Problem(error.code, error.kind, error.lines)
        case SettingsWrong():
            return Problem(UNREACHABLE, "settings", tuple(map(str, error.faults)))
        case CycloptsError():
            return Problem(BAD_INPUT, BadInput.kind, (_line_of_words(error),))
        case _ if is_refused_by_the_store(error):
            return Problem(REFUSED, Refused.kind, (str(error),))
        case OSError() if error.filename:
            return Problem(UNREACHABLE, Unreachable.kind, (_told_by_the_system(error),))
        case _ if is_away(error):
            return Problem(UNREACHABLE, Unreachable.kind, (f"PostgreSQL (PG*): {told_by_postgres(error)}",))
        case _:
            return Problem(DEFECT, "defect", (_line_of_defect(error),))


def is_refused_by_the_store(error: BaseException) -> bool:
    """Whether what was asked of the database cannot be done; loaded here, so that help needs none of it."""
    from claims.events import EventUnreadable
    from store.calendar import UnknownVersion
    from store.database import DatabaseRefused
    from store.engine.messages import UnknownStream
    from store.process.worlds import WorldKept
    from store.scheduling.clock import ClockNotSet

    refused = DatabaseRefused | WorldKept | EventUnreadable | UnknownStream | UnknownVersion | ClockNotSet
    return isinstance(error, refused)


def is_away(error: BaseException) -> bool:
    """Whether PostgreSQL is what went wrong: it is away, it is busy, or it refuses."""
    import asyncpg

    from store.outages import is_collision, is_outage

    told = isinstance(error, asyncpg.PostgresError | asyncpg.InterfaceError)
    return told or is_outage(error) or is_collision(error)


def tell(problem: Problem, *, as_json: bool) -> int:
    """Say on standard error what went wrong, and as JSON on standard output where that is asked for."""
    for line in problem.lines:
        print(f"jkp: {shown(line)}", file=sys.stderr)
    if as_json:
        told = {
            "kind": problem.kind,
            "exit_code": problem.exit_code,
            "lines": list(map(shown, problem.lines)),
        }
        print(json.dumps({"problem": told}, indent=2, ensure_ascii=False))
    return problem.exit_code


def told_by_postgres(error: BaseException) -> str:
    """The kind of an error, and its first line where that quotes nothing that is stored."""
    if isinstance(error, OSError):
        return _told_by_the_system(error)
    state = getattr(error, "sqlstate", None) or ""
    first = str(error).partition("\n")[0]
    return (
        f"{type(error).__name__}: {first}" if state[:2] in SAYS_ITS_OWN or not state else type(error).__name__
    )


def _told_by_the_system(error: OSError) -> str:
    why = error.strerror or str(error).partition("\n")[0] or "no answer"
    return f"{type(error).__name__}: {why}" + (f": {shown(error.filename)}" if error.filename else "")


def _line_of_defect(error: BaseException) -> str:
    """Where the code is wrong; the message stays out of it, for it may hold what is stored."""
    with suppress(SettingsWrong):
        if read(Defects).traceback:
            traceback.print_exception(error, file=sys.stderr)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"a defect of jkp: {type(error).__name__}{place}; JKP_TRACEBACK=1 shows the whole of it"


def _line_of_words(error: CycloptsError) -> str:
    """Which argument is wrong and what would be right; the value is never repeated."""
    words = " ".join(("jkp", *(error.command_chain or ())))
    return f"{_complaint(error)}; `{words} --help` says how"


def _complaint(error: CycloptsError) -> str:
    name = _name_of(error)
    match error:
        case CoercionError() if error.msg is not None:
            return f"{name}: {error.msg}"
        case CoercionError():
            return f"{name}: {_choices(error.target_type)}"
        case ValidationError():
            return f"{name}: {error.exception_message}"
        case MissingArgumentError():
            return f"{name} is missing, or has no value"
        case RepeatArgumentError():
            return f"{name} is given twice"
        case UnknownOptionError():
            return f"unknown option{_quoted(error.token.keyword or error.token.value)}"
        case UnknownCommandError():
            return f"unknown command{_quoted((error.unused_tokens or [''])[0])}"
        case UnusedCliTokensError():
            return f"{len(error.unused_tokens or ())} word(s) too many"
        case _:
            return f"{name}: {type(error).__name__.removesuffix('Error')}"


def _name_of(error: CycloptsError) -> str:
    if isinstance(error, RepeatArgumentError):
        return error.token.keyword or "a word"
    if error.argument is None:
        return "a word"
    name = error.argument.name
    return name if name.startswith("-") else name.upper().replace("_", "-")


def _choices(kind: object) -> str:
    names: Mapping[str, Enum] = kind.__members__ if isinstance(kind, EnumMeta) else {}
    members = [str(member.value) for member in names.values()]
    return f"none of {', '.join(members)}" if members else "not of the kind that is asked for"


def _quoted(word: str) -> str:
    """A word that is typed like a command or an option; anything else is not repeated."""
    bare = word.partition("=")[0]
    return f" `{bare}`" if WORD.fullmatch(bare) else ""


def shown(text: object) -> str:
    """A name of a file or a version on one line, whatever it holds."""
    plain = NIK.sub("(16 digits, not shown)", str(text)).encode("utf-8", "backslashreplace").decode()
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in plain)
