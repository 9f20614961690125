"""What a simulated party remembers: one SQLite file, written at once and readable meanwhile."""

import sqlite3
from pathlib import Path


def open_sqlite(file: Path, schema: str) -> sqlite3.Connection:
    """The file with its tables, made where they are missing."""
    db = sqlite3.connect(file)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    with db:
        db.executescript(schema)
    return db
