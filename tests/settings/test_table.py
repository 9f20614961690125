"""The page of settings is the settings."""

import ast
from pathlib import Path

import pytest

from settings.processes import PROCESSES
from settings.reading import names
from settings.table import page

ROOT = Path(__file__).parents[2]
HOLDS = {
    "settings/reading.py": "reads them",
    "cli/operations/env.py": "prints what connects",
    "cli/sandboxes.py": "lends a command the settings of a sandbox",
    "worker/temporal.py": "hands variables of Temporal's SDK through",
    "sandbox/servers/processes.py": "what children inherit",
    "sandbox/servers/stack.py": "what children inherit",
    "sandbox/servers/temporal_cli.py": "what a program inherits",
    "sandbox/bench/ground.py": "what children inherit",
}
"""Modules that touch the environment, and why."""


def test_the_page_is_made_from_the_settings() -> None:
    written = (ROOT / "docs" / "settings.md").read_text("utf-8")

    assert written == page(), "run `python -m settings > docs/settings.md`"


@pytest.mark.parametrize("process", PROCESSES)
def test_every_variable_that_a_process_reads_stands_on_the_page(process: str) -> None:
    assert [name for name in names(PROCESSES[process]) if f"`{name}`" not in page()] == []


def test_nobody_reads_the_environment_beside_the_settings() -> None:
    packages = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"]
    touching = {
        str(module.relative_to(ROOT))
        for package in packages
        for module in package.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
    }

    assert touching == set(HOLDS)
