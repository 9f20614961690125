"""The people of the sandbox: who they are, who employed them, what was contributed for them.

The files are shaped like what the real parties hold: the population and bank data of a person
(`people.csv`), BPJS Ketenagakerjaan's memberships and monthly contributions (`memberships.csv`,
`contributions.csv`), the employers (`employers.json`), and the layoff reports as CloudEvents
(`layoff_reports.jsonl`). Nobody in them exists.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class BankAccount:
    """Rekening: bank code, number and holder as a portal is told them."""

    bank_code: str
    number: str = field(repr=False)
    holder: str = field(repr=False)

    def ending_in(self, suffix: str) -> "BankAccount":
        """Another account of the same person, told apart by its last four digits."""
        return BankAccount(self.bank_code, self.number[:-4] + suffix, self.holder)


@dataclass(frozen=True)
class Person:
    """One participant: `record` is BPJS's seed, `reports` the CloudEvents that tell of the layoff."""

    key: str
    nik: str = field(repr=False)
    email: str = field(repr=False)
    account: BankAccount = field(repr=False)
    record: dict[str, Any] = field(repr=False)
    reports: tuple[dict[str, Any], ...] = field(repr=False)

    @property
    def laid_off_on(self) -> date:
        """The day of the layoff as reported."""
        return date.fromisoformat(self.reports[0]["data"]["laid_off_on"])


def reported_at(report: dict[str, Any]) -> datetime:
    """When a layoff report is sent: its CloudEvents time."""
    return datetime.fromisoformat(report["time"].replace("Z", "+00:00"))


def load_people(folder: Path = FOLDER) -> dict[str, Person]:
    """Everybody by key."""
    records = _records(folder)
    reports = _reports(folder)
    return {
        row["key"]: Person(
            key=row["key"],
            nik=row["nik"],
            email=row["email"],
            account=BankAccount(row["bank_code"], row["account_number"], row["name"]),
            record=records[row["nik"]],
            reports=tuple(r for r in reports if r["data"]["worker"]["nik"] == row["nik"]),
        )
        for row in _rows(folder / "people.csv")
    }


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _reports(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "layoff_reports.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _records(folder: Path) -> dict[str, dict[str, Any]]:
    """BPJS's seeds by NIK: the membership with its months."""
    months: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(folder / "contributions.csv"):
        months.setdefault(row["membership_number"], []).append(
            {
                "month": row["month"],
                "employer_registration": row["employer_registration"],
                "wage_idr": int(row["wage_idr"]),
                "paid_on": row["paid_on"] or None,
            }
        )
    return {
        row["nik"]: {
            **{name: value for name, value in row.items() if name != "nik"},
            "programmes": row["programmes"].split(),
            "reported_wage_idr": int(row["reported_wage_idr"]),
            "months": months[row["membership_number"]],
        }
        for row in _rows(folder / "memberships.csv")
    }
