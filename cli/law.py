"""`jkp law`: cases of the law, run against the engine."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from cli.output import AsJson, print_json
from cli.problems import BAD_INPUT, shown
from lawcases.files.reading import Found, read_all
from lawcases.format.cases import schema
from lawcases.lives.comparing import Mismatch
from lawcases.lives.running import run

HELD, FAILED = 0, 1

CasePaths = Annotated[list[Path], Parameter(help="Files of cases, or folders whose *.json files are read.")]
Failure = tuple[Found, tuple[Mismatch, ...]]

law = App(name="law", help="Cases of the law: run them against the engine, print the schema of their format.")


@law.command(name="schema")
def print_schema() -> int:
    """Print the JSON Schema of a file of cases (docs/law/case.schema.json)."""
    print_json(schema())
    return HELD


@law.command
def check(paths: CasePaths, /, *, as_json: AsJson = False) -> int:
    """Run cases of the law against the engine, and print each that comes out differently.

    docs/law/cases.md tells the format. A case that cannot be read is told in one line, and the others are run
    all the same. Exit code 0 if every case holds, 1 if one does not, 2 if one could not be read.
    """
    reading = read_all(paths)
    for complaint in reading.complaints:
        print(f"jkp: {shown(complaint)}", file=sys.stderr)
    ran = [(one, run(one.case)) for one in reading.found]
    failures = [(one, mismatches) for one, mismatches in ran if mismatches]
    if as_json:
        faults = [vars(complaint) for complaint in reading.complaints]
        told = {"cases": len(ran), "failed": len(failures), "failures": [_told(*f) for f in failures]}
        print_json(told | {"faults": faults})
    else:
        _print(failures, len(ran))
    if reading.complaints:
        return BAD_INPUT
    return FAILED if failures else HELD


def _told(found: Found, mismatches: tuple[Mismatch, ...]) -> dict[str, object]:
    return {
        "file": found.file,
        "id": found.case.id,
        "title": found.case.title,
        "article": found.case.article,
        "mismatches": list(mismatches),
    }


def _print(failures: list[Failure], count: int) -> None:
    for found, mismatches in failures:
        print(f"FAILED  {found.case.id}  ({found.file})")
        print(f"  {found.case.title}")
        print(f"  article: {found.case.article}")
        for one in mismatches:
            print(f"  {one.field}: expected {_plain(one.expected)}, got {_plain(one.got)}")
    print(f"{count} cases, {count - len(failures)} hold, {len(failures)} do not")


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_plain, value))}]"
    return "nothing" if value is None else str(value)
