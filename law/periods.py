"""Days, months and working days of the law, in Jakarta time (WIB).

A deadline is the first instant at which the right is gone: the midnight after the last day. An instant
strictly before it is inside.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")


# Whatever was stored before there were limits: a day's term at either end of the calendar stays inside it.
FIRST_DAY, LAST_DAY = date.min + timedelta(days=1), date.max - timedelta(days=1)


def day_of(instant: datetime) -> date:
    """The Jakarta day on which an instant falls."""
    day = instant.date()
    return instant.astimezone(JAKARTA).date() if FIRST_DAY <= day <= LAST_DAY else day


@lru_cache(maxsize=4096)
def start_of(day: date) -> datetime:
    """First instant of a Jakarta day, in UTC."""
    return datetime.combine(max(day, FIRST_DAY), time(), JAKARTA).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Deadline of a last day: the first instant after 23:59:59 WIB, in UTC."""
    return start_of(min(day, LAST_DAY) + timedelta(days=1))


@lru_cache(maxsize=4096)
def months_after(day: date, months: int) -> date:
    """The same-numbered day some months later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return FIRST_DAY if months < 0 else LAST_DAY
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_of(day: date) -> str:
    """Calendar month as `YYYY-MM`."""
    return f"{day.year:04d}-{day.month:02d}"


@lru_cache(maxsize=4096)
def months_before(month: str, count: int) -> tuple[str, ...]:
    """The calendar months before a month, nearest first."""
    first = date(int(month[:4]), int(month[5:7]), 1)
    return tuple(month_of(months_after(first, -back)) for back in range(1, count + 1))


def age_on(born_on: date, day: date) -> int:
    """Full years of age on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@dataclass(frozen=True)
class Calendar:
    """Kalender: national holidays and collective leave as data, with the version they came from.

    Collective leave (cuti bersama) is a working day unless it is among `leave_off`, by the law of its day:
    law 10.1 names weekends and national holidays only (open point 14a.r).
    """

    version: str
    holidays: frozenset[date] = field(default_factory=frozenset)
    collective_leave: frozenset[date] = field(default_factory=frozenset)
    leave_off: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        """Hari kerja: neither weekend nor national holiday, nor collective leave where that is off."""
        return day.weekday() < 5 and day not in self.holidays and day not in self.leave_off

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years whose holidays it names: those with New Year's Day, which no decree leaves out."""
        return tuple(sorted(day.year for day in self.holidays if (day.month, day.day) == (1, 1)))

    def unknown_years(self, days: Iterable[date]) -> tuple[int, ...]:
        """The years of these days of which only weekends are known; none of a calendar without any year."""
        return tuple(sorted({day.year for day in days} - {*self.years})) if self.years else ()

    def weekends_only(self, days: Iterable[date]) -> tuple[str, ...]:
        """A sentence, without a stop, where one of these days lies in a year whose holidays are not known."""
        unknown = " and ".join(map(str, self.unknown_years(days)))
        known = f"{self.version} has the holidays of {self.years[0]} to {self.years[-1]}" if unknown else ""
        return (f"of {unknown} only the weekends are known as days off; {known}",) if unknown else ()

    def working_days_after(self, day: date, count: int) -> date:
        """The last day of a term of working days; the term starts on the next working day."""
        for _ in range(count):
            day += timedelta(days=1)
            while not self.is_working_day(day):
                day += timedelta(days=1)
        return day

    def working_days_before(self, day: date, count: int) -> date:
        """The day that lies a number of working days before a day."""
        for _ in range(count):
            day -= timedelta(days=1)
            while not self.is_working_day(day):
                day -= timedelta(days=1)
        return day
