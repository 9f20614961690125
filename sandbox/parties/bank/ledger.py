"""The bank's books in one SQLite file: accounts, transfers, statement lines. Whole rupiah, WIB instants."""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from sandbox.parties.bank.faults import Execution, Fault
from sandbox.parties.programme_time import WIB
from sandbox.parties.sqlite_file import open_sqlite

_SCHEMA = """
CREATE TABLE IF NOT EXISTS books (source_account TEXT PRIMARY KEY, opening_balance INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS accounts (number TEXT PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, expires_real REAL NOT NULL);
CREATE TABLE IF NOT EXISTS external_ids (day TEXT, external_id TEXT, PRIMARY KEY (day, external_id));
CREATE TABLE IF NOT EXISTS transfers (
  reference TEXT PRIMARY KEY, reference_no TEXT NOT NULL, external_id TEXT NOT NULL, amount INTEGER NOT NULL,
  account TEXT NOT NULL, bank_code TEXT NOT NULL, name TEXT NOT NULL, fault TEXT NOT NULL,
  state TEXT NOT NULL, answered TEXT, received_at TEXT NOT NULL, settles_real REAL, settles_as TEXT,
  shown_real REAL, returns_at TEXT, sends INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS lines (
  position INTEGER PRIMARY KEY, transaction_id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, type TEXT NOT NULL,
  amount INTEGER NOT NULL, balance INTEGER NOT NULL, reference TEXT NOT NULL, account TEXT NOT NULL,
  remark TEXT NOT NULL);
"""

_STATE = {
    Execution.AT_ONCE: "executed",
    Execution.LATER: "in_progress",
    Execution.FAILS_LATER: "in_progress",
    Execution.REFUSED: "refused",
}
_SETTLES_AS = {Execution.LATER: "executed", Execution.FAILS_LATER: "failed"}
RETURN_HOUR = time(9)


@dataclass(frozen=True)
class Order:
    """A transfer as the customer asked for it."""

    reference: str
    external_id: str
    amount: int
    account: str
    bank_code: str
    name: str


@dataclass(frozen=True)
class Moment:
    """Now, twice: in programme time (WIB) and in real seconds since 1970."""

    programme: datetime
    real: float

    @property
    def day(self) -> str:
        """The WIB date in programme time, e.g. 2026-11-23."""
        return self.programme.date().isoformat()

    @property
    def stamp(self) -> str:
        """Programme now as SNAP writes it."""
        return self.programme.isoformat(timespec="seconds")


class Ledger:
    """The books of one source account. Every write is one SQLite commit."""

    def __init__(self, file: Path, source_account: str, opening_balance: int) -> None:
        self.source_account = source_account
        self._db = open_sqlite(file, _SCHEMA)
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO books VALUES (?, ?)", (source_account, opening_balance))
        row = self._one("SELECT opening_balance FROM books WHERE source_account = ?", source_account)
        self.opening_balance: int = row["opening_balance"] if row else opening_balance

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._db.execute(sql, values).fetchone()
        return row

    def _all(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self._db.execute(sql, values)]

    def _write(self, sql: str, *values: Any) -> int:
        with self._db:
            return self._db.execute(sql, values).rowcount

    def issue_token(self, expires_real: float) -> str:
        """A new bearer token, remembered."""
        token = secrets.token_urlsafe(32)
        self._write("INSERT INTO tokens VALUES (?, ?)", token, expires_real)
        return token

    def token_is_good(self, token: str, real: float) -> bool:
        """Whether the token was issued here and has not expired."""
        return self._one("SELECT 1 FROM tokens WHERE token = ? AND expires_real > ?", token, real) is not None

    def take_external_id(self, day: str, external_id: str) -> bool:
        """Whether the id is new on this WIB day; from now on it is not."""
        return self._write("INSERT OR IGNORE INTO external_ids VALUES (?, ?)", day, external_id) == 1

    def put_account(self, number: str, name: str, status: str) -> None:
        """Open an account elsewhere, or change it."""
        self._write("INSERT OR REPLACE INTO accounts VALUES (?, ?, ?)", number, name, status)

    def account(self, number: str) -> dict[str, Any] | None:
        """The account's number, name and status."""
        row = self._one("SELECT * FROM accounts WHERE number = ?", number)
        return dict(row) if row else None

    def transfer(self, reference: str) -> dict[str, Any] | None:
        """The transfer with this partnerReferenceNo."""
        row = self._one("SELECT * FROM transfers WHERE reference = ?", reference)
        return dict(row) if row else None

    def transfer_by_external_id(self, external_id: str) -> dict[str, Any] | None:
        """The newest transfer sent under this X-EXTERNAL-ID."""
        sql = "SELECT * FROM transfers WHERE external_id = ? ORDER BY received_at DESC LIMIT 1"
        row = self._one(sql, external_id)
        return dict(row) if row else None

    def transfers(self) -> list[dict[str, Any]]:
        """Every transfer that arrived, refused ones too, in order of arrival."""
        return self._all("SELECT * FROM transfers ORDER BY received_at, rowid")

    def count_repeat(self, reference: str) -> None:
        """The same partnerReferenceNo arrived once more."""
        self._write("UPDATE transfers SET sends = sends + 1 WHERE reference = ?", reference)

    def accept(self, order: Order, fault: Fault, answered: str | None, now: Moment, a_while: float) -> None:
        """Record the transfer and, when it is executed at once, its debit: one commit.

        A transfer of the same reference that was refused before gives way.
        """
        state = _STATE[fault.execution]
        later = now.real + a_while
        before = self.transfer(order.reference)
        values = (
            order.reference, f"BNK{secrets.token_hex(6).upper()}", order.external_id, order.amount,
            order.account, order.bank_code, order.name, fault.name, state, answered, now.stamp,
            later if state == "in_progress" else None, _SETTLES_AS.get(fault.execution),
            later if fault.hidden else None, _return_instant(now) if fault.returned else None,
            1 + (before["sends"] if before else 0),
        )  # fmt: skip
        with self._db:
            self._db.execute(f"INSERT OR REPLACE INTO transfers VALUES ({','.join('?' * 16)})", values)
            if state == "executed":
                self._book("DEBIT", order.reference, order.amount, order.account, now.stamp)

    def _book(self, kind: str, reference: str, amount: int, account: str, at: str) -> None:
        sign = -1 if kind == "DEBIT" else 1
        remark = f"{'JKP' if kind == 'DEBIT' else 'RETUR'} {reference} {account}"
        self._db.execute(
            "INSERT INTO lines (transaction_id, at, type, amount, balance, reference, account, remark)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (f"TRX{secrets.token_hex(8).upper()}", at, kind, amount, self.balance() + sign * amount,
             reference, account, remark),
        )  # fmt: skip

    def settle(self, now: Moment) -> None:
        """Let take effect whatever is due: returns of the next programme day, transfers in progress."""
        self._settle_returns(now)
        ripe = "SELECT * FROM transfers WHERE state = 'in_progress' AND settles_real <= ?"
        for row in self._all(ripe, now.real):
            with self._db:
                self._move(row["reference"], row["settles_as"])
                if row["settles_as"] == "executed":
                    self._book("DEBIT", row["reference"], row["amount"], row["account"], now.stamp)

    def _settle_returns(self, now: Moment) -> None:
        due = (
            "SELECT * FROM transfers WHERE state = 'executed' AND returns_at <= ? ORDER BY returns_at, rowid"
        )
        for row in self._all(due, now.stamp):
            with self._db:
                self._move(row["reference"], "returned")
                self._book("CREDIT", row["reference"], row["amount"], row["account"], row["returns_at"])

    def _move(self, reference: str, state: str) -> None:
        self._db.execute("UPDATE transfers SET state = ? WHERE reference = ?", (state, reference))

    def balance(self) -> int:
        """What the source account holds now."""
        row = self._one("SELECT balance FROM lines ORDER BY position DESC LIMIT 1")
        return row["balance"] if row else self.opening_balance

    def lines(self, since: str = "", until: str = "9999") -> list[dict[str, Any]]:
        """Statement lines with since <= at <= until (WIB stamps), as booked."""
        return self._all("SELECT * FROM lines WHERE at >= ? AND at <= ? ORDER BY position", since, until)

    def totals(self) -> dict[str, int]:
        """Sums and counts over the whole statement, in rupiah."""
        row = self._one(
            "SELECT coalesce(sum(amount) FILTER (WHERE type = 'DEBIT'), 0) AS debit,"
            " coalesce(sum(amount) FILTER (WHERE type = 'CREDIT'), 0) AS credit,"
            " count(*) FILTER (WHERE type = 'DEBIT') AS debits,"
            " count(*) FILTER (WHERE type = 'CREDIT') AS credits FROM lines"
        )
        return dict(row) if row else {}

    def day_is_complete(self, day: str, now: Moment) -> bool:
        """Whether the WIB day is over and nothing received on it is still in progress."""
        if now.day <= day:
            return False
        pending = "SELECT 1 FROM transfers WHERE state = 'in_progress' AND substr(received_at, 1, 10) = ?"
        return self._one(pending, day) is None


def _return_instant(now: Moment) -> str:
    next_day = now.programme.date() + timedelta(days=1)
    return datetime.combine(next_day, RETURN_HOUR, WIB).isoformat(timespec="seconds")
