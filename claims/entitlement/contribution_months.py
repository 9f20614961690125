"""Bulan iuran: which months of a record count, and which would if they were paid or told of.

A record speaks of an employment from its first month with that employer, when the participant was registered,
to its last one. What lies between its last month and the layoff it leaves untold (record 11).
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from claims.events.facts import ContributionMonth, ContributionRecord, Layoff
from law.periods import month_of, months_before
from law.rules import Rules


@dataclass(frozen=True)
class MonthsCounted:
    """Masa iur: the calendar months that count, oldest first, and those that are owed or not told of."""

    paid: tuple[str, ...]
    owed: frozenset[str]
    untold: frozenset[str]

    def at_most(self, rules: Rules) -> tuple[str, ...]:
        """The months that would count if every employer paid and the record told of everything."""
        if not rules.unpaid_months_go_to_a_person.value:
            return self.paid
        return tuple(sorted({*self.paid, *self.owed, *self.untold}))


def months_counted(
    layoff: Layoff, record: ContributionRecord, within: Callable[[str], bool], rules: Rules
) -> MonthsCounted:
    """The months of a record, each once, over employers and in whichever order its rows stand.

    A month that one row says is paid is paid (elucidation of Pasal 19(3)); a stub at the end of a job counts
    neither as paid nor as owed (Simulasi 2 of PP 6/2025).
    """
    paid, owed, unclear = set[str](), set[str](), set[str]()
    for row in record.months:
        whole = within(row.month) and worked_whole(row, layoff, record)
        if whole is None:
            unclear.add(row.month)
        elif whole:
            (owed if row.paid_on is None else paid).add(row.month)
    untold = unclear.union(filter(within, untold_months(layoff, record, rules)))
    return MonthsCounted(tuple(sorted(paid)), frozenset(owed - paid), frozenset(untold - paid - owed))


def worked_whole(row: ContributionMonth, layoff: Layoff, record: ContributionRecord) -> bool | None:
    """Whether a job lasted to the end of a month; None where nothing tells.

    The day on which the job ended tells; without one, that the next month is one of work as well, so that the
    record shows no day between (Simulasi 3).
    """
    until = row.employed_until
    if until is not None and month_of(until) == row.month:
        return until.isoformat() == _last_day(row.month)
    if row.part != "exit" or (until is not None and month_of(until) > row.month):
        return True
    following = _following(row.month)
    same_employer = row.employer_registration == layoff.employer_registration
    goes_on = (
        month_of(layoff.contract.started_on) == following
        or (same_employer and month_of(layoff.laid_off_on) == following)
        or any(other.month == following for other in record.months)
    )
    return True if goes_on else None


def untold_months(layoff: Layoff, record: ContributionRecord, rules: Rules) -> Iterator[str]:
    """Months of the employment that was lost of which the record says nothing, nearest first.

    From its last month with this employer to the layoff; from the start of the work where it has none.
    """
    of_layoff, employer = month_of(layoff.laid_off_on), layoff.employer_registration
    own = (row.month for row in record.months if row.employer_registration == employer)
    last = max((month for month in own if month < of_layoff), default="")
    first = max(month_of(layoff.contract.started_on), rules.first_contribution_month.value)
    month = months_before(of_layoff, 1)[0]
    while first <= month and last < month:
        yield month
        month = months_before(month, 1)[0]


def _last_day(month: str) -> str:
    return f"{month}-{monthrange(int(month[:4]), int(month[5:7]))[1]:02d}"


def _following(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"
