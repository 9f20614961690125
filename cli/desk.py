"""What every command needs: the database, plain output, and one line for what went wrong."""

import asyncio
import getpass
import json
import sys
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Annotated, Any

import asyncpg
from cyclopts import Parameter

from claims.periods import JAKARTA
from claims.regimes import LAW
from settings.parts import Postgres
from settings.reading import SettingsWrong
from store.calendar import read_calendar
from store.database import Pool, open_pool
from store.hint import CHANNEL
from store.migrations import missing_migrations
from store.outages import is_collision, is_outage
from store.step import Steps

DONE, REFUSED, UNREACHABLE = 0, 1, 2

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Print JSON instead of text.")]


class Refused(Exception):
    """What was asked cannot be done; the message is one line for the operator."""


def conclude(work: Coroutine[Any, Any, int]) -> int:
    """Run a command to its exit code: 0 done, 1 refused or something found, 2 a part cannot be reached."""
    try:
        return asyncio.run(work)
    except Refused as refusal:
        print(f"jkp: {refusal}", file=sys.stderr)
        return REFUSED
    except SettingsWrong as wrong:
        for fault in wrong.faults:
            print(f"jkp: {fault}", file=sys.stderr)
        return UNREACHABLE
    except Exception as outage:
        if not (is_outage(outage) or is_collision(outage) or isinstance(outage, asyncpg.PostgresError)):
            raise
        print(f"jkp: PostgreSQL (PG*): {type(outage).__name__}: {outage}", file=sys.stderr)
        return UNREACHABLE


@asynccontextmanager
async def open_steps(postgres: Postgres | None = None) -> AsyncIterator[Steps]:
    """The step on the database that `PG*` names; Refused where it lacks migrations."""
    pool = await open_pool(postgres, most=4)
    try:
        async with pool.acquire() as connection:
            missing = await missing_migrations(connection)
        if missing:
            raise Refused(f"the database lacks {', '.join(missing)}: run `jkp migrate`")
        yield Steps(pool, LAW, await read_calendar(pool))
    finally:
        await pool.close()


async def give_hint(pool: Pool) -> None:
    """Tell the relays of all workers that somebody wants attention; losing it costs seconds."""
    await pool.execute(f"notify {CHANNEL}")


def operator() -> str:
    """The name of who sits at the desk, as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def wib(instant: datetime | None) -> str:
    """An instant as people in Jakarta read it; a dash for none."""
    return "-" if instant is None else instant.astimezone(JAKARTA).strftime("%d %b %Y %H:%M:%S WIB")


def instant(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is meant in Jakarta time (WIB). Refused otherwise."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"not an ISO 8601 instant: {text}") from None
    return given if given.tzinfo else given.replace(tzinfo=JAKARTA)


def print_json(content: object) -> None:
    """Print one JSON document."""
    print(json.dumps(content, default=_plain, indent=2, ensure_ascii=False))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def print_columns(rows: Iterable[Sequence[object]]) -> None:
    """Print rows in columns as wide as their longest cell."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
