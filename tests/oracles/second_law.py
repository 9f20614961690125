"""The law once more, short and in tables, sharing no code with the engine: what a claim comes to.

Dates are (year, month, day) tuples and months are counted from the year 0, so that nothing of the calendar
arithmetic is shared either. Money is counted in hundredths of a rupiah.
"""

from typing import NamedTuple

Day = tuple[int, int, int]

BEGINS_B: Day = (2025, 2, 7)
FIRST_MONTH = 2021 * 12 + 1  # February 2021
CEILING_IDR = 5_000_000
PERCENT = {"A": (45, 45, 45, 25, 25, 25), "B": (60, 60, 60, 60, 60, 60)}
MONTHS_TO_FILE = {"A": 3, "B": 6}
IN_A_ROW = {"A": 6, "B": 0}
COVERED = 3
DUE_DAY = 15
SHIFTS = (0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4)
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Facts(NamedTuple):
    """What the second implementation looks at; `paid` counts months from the year 0."""

    laid_off: Day
    filed: Day
    decided: Day
    wage_idr: int
    paid: frozenset[int]


class Outcome(NamedTuple):
    """`word`: approved, few, row, late, or person; amounts and last days of the windows of months 2 to 5."""

    word: str
    amounts: tuple[int, ...]
    last_days: tuple[Day, ...]


def length(year: int, month: int) -> int:
    leap = month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return 29 if leap else LENGTHS[month - 1]


def later(day: Day, months: int) -> Day:
    count = day[0] * 12 + day[1] - 1 + months
    year, month = count // 12, count % 12 + 1
    return year, month, min(day[2], length(year, month))


def plus(day: Day, days: int) -> Day:
    year, month, number = day
    number += days
    while number > length(year, month):
        number -= length(year, month)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return year, month, number


def regime(day: Day) -> str:
    return "B" if day >= BEGINS_B else "A"


def longest(months: list[int]) -> int:
    best = run = 0
    for index, month in enumerate(months):
        run = run + 1 if index and month == months[index - 1] + 1 else 1
        best = max(best, run)
    return best


def last_day_to_file(laid_off: Day) -> Day:
    """B's window for every layoff whose own window reaches B."""
    own = later(laid_off, MONTHS_TO_FILE[regime(laid_off)])
    return own if own < BEGINS_B else later(laid_off, MONTHS_TO_FILE["B"])


def weekday(day: Day) -> int:
    """0 is Sunday."""
    year = day[0] - (day[1] < 3)
    return (year + year // 4 - year // 100 + year // 400 + SHIFTS[day[1] - 1] + day[2]) % 7


def due(month: int) -> Day:
    """The 15th of the month after, or the Monday after it."""
    year, number = (month + 1) // 12, (month + 1) % 12 + 1
    return year, number, DUE_DAY + {6: 2, 0: 1}.get(weekday((year, number, DUE_DAY)), 0)


def silent(facts: Facts, of_layoff: int) -> range:
    """Months between the end of the record and the layoff; the employment went on."""
    last = max((m for m in facts.paid if m < of_layoff), default=0)
    return range(max(of_layoff - 24, FIRST_MONTH, last + 1), of_layoff)


def untold(facts: Facts, of_layoff: int) -> int:
    """How many of them were due, so that they may be in arrears."""
    return sum(due(m) < facts.laid_off for m in silent(facts, of_layoff))


def amount_idr(wage_idr: int, percent: int) -> int:
    """Half a rupiah and more is a rupiah."""
    hundredths = min(wage_idr, CEILING_IDR) * percent
    return (hundredths + 50) // 100


def decide(facts: Facts) -> Outcome:
    rules = regime(facts.decided)
    of_layoff = facts.laid_off[0] * 12 + facts.laid_off[1] - 1
    counted = sorted(m for m in facts.paid if of_layoff - 24 <= m < of_layoff and m >= FIRST_MONTH)
    at_most = sorted({*counted, *silent(facts, of_layoff)})
    if len(at_most) < 12:
        return Outcome("few", (), ())
    if longest(at_most) < IN_A_ROW[rules]:
        return Outcome("row", (), ())
    if facts.filed > last_day_to_file(facts.laid_off):
        in_b = facts.filed <= later(facts.laid_off, MONTHS_TO_FILE[regime(facts.filed)])
        return Outcome("person" if in_b else "late", (), ())
    enough = len(counted) >= 12 and longest(counted) >= IN_A_ROW[rules]
    if not enough or untold(facts, of_layoff) > COVERED:
        return Outcome("person", (), ())
    begins = [later(facts.filed, n) for n in range(6)]
    by = ["B" if rules == "B" else regime(day) for day in begins]
    amounts = tuple(amount_idr(facts.wage_idr, PERCENT[by[n]][n]) for n in range(6))
    return Outcome("approved", amounts, tuple(plus(day, 5) for day in begins[1:5]))
