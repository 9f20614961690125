"""Every kind of event and of message is named where it is handled; leaving one out does not compile."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import get_args

from claims.commands.command import Command
from claims.events import Event

ROOT = Path(__file__).parents[2]
SUBJECTS = (
    "layoff",
    "decision",
    "evidence",
    "question",
    "objection",
    "benefit",
    "payment",
    "ending",
    "contact",
)
STATE = [ROOT / "claims" / "state" / f"{subject}.py" for subject in SUBJECTS]
DECIDING = [ROOT / "claims" / "deciding" / f"{subject}.py" for subject in SUBJECTS]
EVOLVING = ROOT / "claims" / "state" / "evolving.py"
DISPATCH = ROOT / "claims" / "deciding" / "dispatch.py"
RECONSTRUCTION = ROOT / "claims" / "reconstruction.py"


def is_the_rest(statement: ast.stmt) -> bool:
    """Whether it says that no kind is left."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func) == "assert_never"


def less_one(tree: ast.Module) -> Iterator[ast.Module]:
    """The module without each of the kinds that its exhaustive functions name, one at a time."""
    for at, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.Match) and is_the_rest(node.cases[-1].body[-1]):
            for place in range(len(node.cases) - 1):
                copy = deepcopy(tree)
                match = list(ast.walk(copy))[at]
                assert isinstance(match, ast.Match)
                del match.cases[place]
                yield copy
        if isinstance(node, ast.FunctionDef) and is_the_rest(node.body[-1]):
            for place, statement in enumerate(node.body):
                if isinstance(statement, ast.If):
                    copy = deepcopy(tree)
                    function = list(ast.walk(copy))[at]
                    assert isinstance(function, ast.FunctionDef)
                    del function.body[place]
                    yield copy


def written_less_one(paths: list[Path], folder: Path) -> list[Path]:
    """Each module without each of its kinds, as files of their own."""
    written = []
    for path in paths:
        for nth, tree in enumerate(less_one(ast.parse(path.read_text("utf-8")))):
            written.append(folder / f"{path.parent.name}_{path.stem}_{nth}.py")
            written[-1].write_text(ast.unparse(tree), "utf-8")
    return written


def found_missing(paths: list[Path]) -> set[str]:
    """The modules in which mypy finds that a kind is left."""
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--cache-dir",
            str(ROOT / ".mypy_cache"),
            *map(str, paths),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = (line for line in checked.stdout.splitlines() if 'to "assert_never" has incompatible' in line)
    return {Path(error.split(":")[0]).name for error in errors}


def test_an_event_that_no_function_of_its_subject_takes_does_not_compile(tmp_path: Path) -> None:
    written = written_less_one([*STATE, EVOLVING], tmp_path)

    assert len(written) >= len(get_args(get_args(Event)[0])) - 4
    assert found_missing(written) == {path.name for path in written}


def test_a_message_that_no_function_of_its_subject_takes_does_not_compile(tmp_path: Path) -> None:
    written = written_less_one([*DECIDING, DISPATCH], tmp_path)

    assert len(written) >= len(get_args(get_args(Command)[0]))
    assert found_missing(written) == {path.name for path in written}


def test_an_event_whose_message_nobody_tells_again_does_not_compile(tmp_path: Path) -> None:
    written = written_less_one([RECONSTRUCTION], tmp_path)

    assert len(written) >= 9 + 9
    assert found_missing(written) == {path.name for path in written}
