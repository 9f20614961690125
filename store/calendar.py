"""The calendar as a dated table, with its version; loaded once from the `holidays` package."""

from datetime import date
from importlib.metadata import version as installed_version

import holidays

from claims.periods import Calendar
from store.database import Connection, Pool

FIRST_YEAR, LAST_YEAR = 2021, 2027


def official_days() -> list[tuple[date, str, str]]:
    """National holidays and collective leave (cuti bersama): day, kind, Indonesian name."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    public = holidays.country_holidays("ID", years=years, categories=("public",), language="id")
    leave = holidays.country_holidays("ID", years=years, categories=("government",), language="id")
    days = [(day, "national_holiday", name) for day, name in public.items()]
    days += [(day, "collective_leave", name) for day, name in leave.items() if day not in public]
    return sorted(days)


async def load_official_calendar(connection: Connection) -> None:
    """Fill the table from the package where it is empty."""
    if await connection.fetchval("select true from calendar_days limit 1"):
        return
    version = f"holidays {installed_version('holidays')}"
    await connection.executemany(
        "insert into calendar_days (day, kind, name, version) values ($1, $2, $3, $4)",
        [(day, kind, name, version) for day, kind, name in official_days()],
    )


async def read_calendar(connection: Connection | Pool) -> Calendar:
    """The calendar of the law: national holidays; collective leave is a working day."""
    rows = await connection.fetch("select day, version from calendar_days where kind = 'national_holiday'")
    version = max((row["version"] for row in rows), default="weekends only")
    return Calendar(version, frozenset(row["day"] for row in rows))
