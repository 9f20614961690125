"""`jkp law`: cases of the law, run against the engine."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from cli.desk import AsJson, print_json
from cli.law_cases import BadCases, Found, read_paths, schema
from cli.law_life import Mismatch, run
from cli.problems import BadInput

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

    docs/law/cases.md tells the format. Exit code 0 if every case holds, 1 if one does not, 2 if a file
    cannot be read.
    """
    try:
        found = read_paths(paths)
    except BadCases as bad:
        raise BadInput(*bad.complaints) from None
    ran = [(one, run(one.case)) for one in found]
    failures = [(one, mismatches) for one, mismatches in ran if mismatches]
    if as_json:
        print_json({"cases": len(ran), "failed": len(failures), "failures": [_told(*f) for f in failures]})
    else:
        _print(failures, len(ran))
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
