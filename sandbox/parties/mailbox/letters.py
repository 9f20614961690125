"""The received letters in one SQLite file: one row per recipient and Message-ID, copies counted."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from sandbox.parties.sqlite_file import open_sqlite

_SCHEMA = """
CREATE TABLE IF NOT EXISTS letters (
  id INTEGER PRIMARY KEY, received_at TEXT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,
  subject TEXT NOT NULL, dated TEXT, message_id TEXT, raw BLOB NOT NULL, copies INTEGER NOT NULL DEFAULT 1,
  UNIQUE (recipient, message_id));
CREATE INDEX IF NOT EXISTS letters_by_recipient ON letters (recipient);
CREATE TABLE IF NOT EXISTS deferrals (recipient TEXT PRIMARY KEY, times INTEGER NOT NULL);
"""
_ADD = """INSERT INTO letters (received_at, sender, recipient, subject, dated, message_id, raw)
VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (recipient, message_id) DO UPDATE SET copies = copies + 1"""
_HEAD = "id, received_at, sender, recipient, subject, dated, message_id, copies"
_DEFER = """INSERT INTO deferrals VALUES (?, 1) ON CONFLICT (recipient) DO UPDATE SET times = times + 1
RETURNING times"""


@dataclass(frozen=True)
class Bodies:
    """What a letter says: its text and HTML parts, "" where it has none."""

    text: str
    html: str


class Letters:
    """Every letter that was accepted."""

    def __init__(self, file: Path) -> None:
        self._db = open_sqlite(file, _SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add(self, sender: str, recipients: list[str], raw: bytes) -> None:
        """Keep one row per recipient; a Message-ID seen before only counts as another copy."""
        letter = _parsed(raw)
        received = datetime.now(UTC).isoformat(timespec="seconds")
        subject, message_id = str(letter["Subject"] or ""), letter["Message-ID"]
        known = str(message_id).strip() if message_id else None
        with self._db:
            for recipient in recipients:
                values = (received, sender, recipient.lower(), subject, _dated(letter), known, raw)
                self._db.execute(_ADD, values)

    def defer(self, recipient: str) -> int:
        """Count one more deferral of this recipient; the new count."""
        with self._db:
            times: int = self._db.execute(_DEFER, (recipient.lower(),)).fetchone()[0]
        return times

    def heads(self, to: str | None = None, newest: int = -1) -> list[dict[str, Any]]:
        """The letters without their bodies, newest first, all or one recipient's."""
        sql = f"SELECT {_HEAD} FROM letters WHERE ? IS NULL OR recipient = ? ORDER BY id DESC LIMIT ?"
        address = to.lower() if to else None
        return [dict(row) for row in self._db.execute(sql, (address, address, newest))]

    def count(self) -> int:
        """How many letters there are, copies not counted."""
        number: int = self._db.execute("SELECT count(*) FROM letters").fetchone()[0]
        return number

    def head(self, letter_id: int) -> dict[str, Any] | None:
        """One letter without its bodies."""
        row = self._db.execute(f"SELECT {_HEAD} FROM letters WHERE id = ?", (letter_id,)).fetchone()
        return dict(row) if row else None

    def bodies(self, letter_id: int) -> Bodies:
        """One letter's text and HTML."""
        row = self._db.execute("SELECT raw FROM letters WHERE id = ?", (letter_id,)).fetchone()
        letter = _parsed(row["raw"])
        return Bodies(_part(letter, "plain"), _part(letter, "html"))


def _parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, EmailMessage, policy=policy.default)


def _dated(letter: EmailMessage) -> str | None:
    try:
        at = parsedate_to_datetime(str(letter["Date"]))
    except ValueError:
        return None
    return at.isoformat() if at.tzinfo else None


def _part(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""
