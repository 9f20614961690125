"""What every command needs: the database, plain output, and one line for what went wrong."""

import asyncio
import getpass
import json
from collections.abc import AsyncIterator, Awaitable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

from cyclopts import Parameter

from cli.problems import Unreachable, is_away, told_by_postgres
from law.periods import JAKARTA
from law.regimes import LAW
from settings.parts import Postgres
from store.calendar import read_calendar
from store.claims.kind import ClaimStepRunner, claim_step_runner
from store.database import COMMAND_LINE, Pool, open_pool
from store.process.admission import Admission
from store.scheduling.notify import CHANNEL

T = TypeVar("T")
WHERE = (
    "set PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE, or name a running sandbox with --sandbox FOLDER"
)
AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Print JSON instead of text.")]


def conclude(work: Coroutine[Any, Any, int]) -> int:
    """Run a command to its exit code; what ends it otherwise is told by `cli.problems`."""
    return asyncio.run(work)


async def reach(connecting: Awaitable[T]) -> T:
    """What connects to PostgreSQL; Unreachable, with what to set, where nobody answers."""
    try:
        return await connecting
    except Exception as outage:
        if not is_away(outage):
            raise
        raise Unreachable(f"PostgreSQL: {told_by_postgres(outage)}; {WHERE}") from None


@asynccontextmanager
async def open_steps(postgres: Postgres | None = None) -> AsyncIterator[ClaimStepRunner]:
    """The step on the database that `PG*` names; raises DatabaseRefused where nobody may work on it."""
    pool = await reach(open_pool(postgres, most=4, limits=COMMAND_LINE))
    try:
        async with pool.acquire() as connection:
            await Admission().check(connection)
        yield claim_step_runner(pool, LAW, await read_calendar(pool))
    finally:
        await pool.close()


async def notify_relay(pool: Pool) -> None:
    """Tell the relays of all workers that somebody wants attention; losing it costs seconds."""
    await pool.execute(f"notify {CHANNEL}")


def operator() -> str:
    """The name of who works on the command line, as the system knows it."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return "unknown"


def wib(instant: datetime | None) -> str:
    """An instant as people in Jakarta read it; a dash for none."""
    return "-" if instant is None else instant.astimezone(JAKARTA).strftime("%d %b %Y %H:%M:%S WIB")


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
