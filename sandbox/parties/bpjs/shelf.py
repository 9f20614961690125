"""The participants in one SQLite file."""

from pathlib import Path
from uuid import UUID, uuid4

from sandbox.parties.bpjs.records import Participant
from sandbox.parties.sqlite_file import open_sqlite

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS participants (nik TEXT PRIMARY KEY, seed TEXT NOT NULL, body TEXT NOT NULL)"
)
_PUT = "INSERT INTO participants VALUES (?, ?, ?) ON CONFLICT (nik) DO UPDATE SET body = excluded.body"


class Shelf:
    """Participants by NIK."""

    def __init__(self, file: Path) -> None:
        self._db = open_sqlite(file, _SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def put(self, nik: str, participant: Participant) -> None:
        """Add the participant, or replace the record."""
        with self._db:
            self._db.execute(_PUT, (nik, str(uuid4()), participant.model_dump_json()))

    def get(self, nik: str) -> tuple[UUID, Participant] | None:
        """The participant's seed for record ids and record, None for an unknown NIK."""
        row = self._db.execute("SELECT seed, body FROM participants WHERE nik = ?", (nik,)).fetchone()
        return (UUID(row[0]), Participant.model_validate_json(row[1])) if row else None

    def all(self) -> list[tuple[str, Participant]]:
        """Everybody, in the order of their coming."""
        rows = self._db.execute("SELECT nik, body FROM participants ORDER BY rowid")
        return [(nik, Participant.model_validate_json(body)) for nik, body in rows]
