"""The outcome of the main job: life by life, check by check, and the totals of ledger and statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any

from pydantic import BaseModel

from claims.wording.explaining import Explained
from law.grounds import Reason

PACKAGES = ("jkp-claims-engine", "temporalio", "asyncpg", "fastapi", "pydantic", "holidays")


@dataclass(frozen=True)
class Check:
    """One stated fact: what was expected and what was found, as JSON values."""

    name: str
    ok: bool
    expected: Any
    got: Any


@dataclass(frozen=True)
class MonthPaid:
    """A benefit month that was paid, in whole rupiah."""

    month: int
    amount: int


class DecisionReport(BaseModel):
    """A decision as the API gave it: by whom, on which ground and article, and its reasons in words.

    `month` is 0 for the claim itself; `unmet` are the conditions that were not met, with their facts.
    """

    type: str
    month: int
    actor: str
    ground: str
    article: str
    why: str
    unmet: list[Reason]
    explained: list[Explained]


@dataclass(frozen=True)
class Life:
    """One life as it was played; `claim` is the claim's id, empty where none was opened.

    `decided_by` says in one line what decided it, `decisions` with all reasons.
    """

    name: str
    claim: str
    checks: tuple[Check, ...]
    payments: tuple[MonthPaid, ...]
    decided_by: str = ""
    decisions: tuple[DecisionReport, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every check held, and there was one."""
        return bool(self.checks) and all(check.ok for check in self.checks)


@dataclass(frozen=True)
class Report:
    """The whole job: `checks` are about all lives together.

    `ledger_idr` and `statement_idr` are what left the fund by either book.
    """

    lives: tuple[Life, ...]
    checks: tuple[Check, ...]
    ledger_idr: int
    statement_idr: int
    versions: Mapping[str, str]
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether every life is as stated, and so are all of them together."""
        held = all(life.ok for life in self.lives) and all(check.ok for check in self.checks)
        return bool(self.lives) and held

    def failed(self) -> list[str]:
        """Every check that did not hold: life, check, what was expected and what came."""
        named = [("the whole", self.checks), *((life.name, life.checks) for life in self.lives)]
        return [
            f"{name}: {c.name}: expected {c.expected!r}, got {c.got!r}"
            for name, checks in named
            for c in checks
            if not c.ok
        ]

    def told(self) -> "ReportFile":
        """The report in the form of docs/report.schema.json."""
        return ReportFile(
            ok=self.ok,
            lives=[
                LifeReport(
                    name=life.name,
                    ok=life.ok,
                    claim=life.claim,
                    checks=list(life.checks),
                    payments=list(life.payments),
                    decided_by=life.decided_by,
                    decisions=list(life.decisions),
                )
                for life in self.lives
            ],
            checks=list(self.checks),
            totals=Totals(ledger=self.ledger_idr, statement=self.statement_idr),
            versions=dict(self.versions),
            seconds=round(self.seconds, 1),
        )

    def write(self, file: Path) -> None:
        """Write the report as JSON."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.told().model_dump_json(indent=2) + "\n", encoding="utf-8")


class LifeReport(BaseModel):
    """A life in the file: `claim` is empty where none was opened."""

    name: str
    ok: bool
    claim: str
    checks: list[Check]
    payments: list[MonthPaid]
    decided_by: str
    decisions: list[DecisionReport]


class Totals(BaseModel):
    """What left the fund, in whole rupiah, by our ledger and by the bank's statement."""

    ledger: int
    statement: int


class ReportFile(BaseModel):
    """Outcome of `jkp run`: exit code 0 says `ok`. `checks` are about all lives together."""

    ok: bool
    lives: list[LifeReport]
    checks: list[Check]
    totals: Totals
    versions: dict[str, str]
    seconds: float


def check(name: str, expected: object, got: object) -> Check:
    """A fact stated: it holds where both are equal as JSON values."""
    expected, got = plain(expected), plain(got)
    return Check(name, expected == got, expected, got)


def plain(value: object) -> Any:
    """A value as JSON has it: keys become text, tuples lists."""
    match value:
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case str():
            return value
        case Sequence():
            return [plain(item) for item in value]
        case _:
            return value


def installed_versions() -> dict[str, str]:
    """Versions of Python and of the packages that decide."""
    found = {"python": python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
