"""Survivors that stay, each with its reason: one entry each in docs/mutation-survivors.md."""

import re
from pathlib import Path

from .mutants import Mutant

ENTRY = re.compile(r"^- (?P<mutant>\S+: `.*` -> `.*`): (?P<reason>.+)$", re.MULTILINE)


def spelled(mutant: Mutant) -> str:
    """A mutant as the page names it: where, the line before, the line after."""
    before, after = mutant.line
    return f"{mutant.where}: `{before}` -> `{after}`"


def explained_in(page: Path) -> dict[str, str]:
    """Reason by mutant."""
    if not page.exists():
        return {}
    return {entry["mutant"]: entry["reason"] for entry in ENTRY.finditer(page.read_text("utf-8"))}
