"""Masa iur dan tunggakan: which months of contributions count, which are owed, and since when."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from claims.entitlement.contribution_months import MonthsCounted, months_counted
from claims.events.facts import ContributionMonth, ContributionRecord, Layoff
from law.periods import Calendar, month_of, months_after, months_before
from law.rules import Rules, RunPosition


def paid_by(record: ContributionRecord, day: date, rules: Rules) -> ContributionRecord:
    """What of a record is paid on a day, each month wholly or not at all.

    A payment whose day is still to come is none yet (law 14a.b), of the contributions and of the benefits
    first paid before, of which each counts once; a month is owed where one of the programmes is owed that
    carry the contribution (law 14a.j).
    """
    benefits = tuple(sorted({each for each in record.earlier_benefits_first_paid_on if each <= day}))
    months = tuple(
        m if m.paid_on is None or _is_paid(m, day, rules) else m.model_copy(update={"paid_on": None})
        for m in record.months
    )
    return record.model_copy(update={"months": months, "earlier_benefits_first_paid_on": benefits})


def _is_paid(month: ContributionMonth, day: date, rules: Rules) -> bool:
    owed = rules.arrears_programmes.value.intersection(month.still_owed)
    return month.paid_on is not None and month.paid_on <= day and not owed


def months_before_layoff(layoff: Layoff, record: ContributionRecord, rules: Rules) -> MonthsCounted:
    """Masa iur inside the calendar months before the layoff (Pasal 19(3)).

    Whether the month of the layoff counts, the rules say.
    """
    of_layoff = month_of(layoff.laid_off_on)
    counted = counted_calendar_months(
        of_layoff, rules.lookback_months.value, rules.first_contribution_month.value
    )
    counted |= {of_layoff} if rules.layoff_month_counts.value else set()
    return months_counted(layoff, record, counted.__contains__, rules)


def months_since_last_benefit(layoff: Layoff, record: ContributionRecord, rules: Rules) -> MonthsCounted:
    """Masa iur after the month in which the last benefit was first paid, up to the layoff (Pasal 35)."""
    last = month_of(max(record.earlier_benefits_first_paid_on, default=date.min))
    upto = month_of(layoff.laid_off_on)
    return months_counted(layoff, record, lambda month: last < month < upto, rules)


@lru_cache(maxsize=4096)
def counted_calendar_months(of_layoff: str, lookback: int, first: str) -> frozenset[str]:
    """The calendar months before a layoff in which contributions count; none before the programme began."""
    return frozenset(month for month in months_before(of_layoff, lookback) if month >= first)


def run_in_a_row(months: tuple[str, ...], layoff: Layoff, rules: Rules) -> int:
    """The months in a row that the regime looks at: the longest run, or the one before the layoff."""
    if rules.consecutive_months_position.value is RunPosition.ANYWHERE:
        return longest_run(months)
    before = months_before(month_of(layoff.laid_off_on), rules.lookback_months.value)
    paid = frozenset(months)
    return next((run for run, month in enumerate(before) if month not in paid), len(before))


def longest_run(months: tuple[str, ...]) -> int:
    """Length of the longest run of consecutive calendar months."""
    longest = run = 0
    previous = ""
    for month in months:
        run = run + 1 if months_before(month, 1)[0] == previous else 1
        longest, previous = max(longest, run), month
    return longest


@dataclass(frozen=True)
class Arrears:
    """Tunggakan: months owed in a row that reach the layoff, and how many more the record leaves unknown."""

    months: int
    unknown: int


def arrears_of(layoff: Layoff, record: ContributionRecord, rules: Rules, calendar: Calendar) -> Arrears:
    """Arrears with this employer.

    A month that was not yet due on the day of the layoff is not in arrears (assumption 14a.j). Where the
    record ends before the employment did, the months it lacks may be owed, and what was owed before them.
    """
    employer, started = layoff.employer_registration, month_of(layoff.contract.started_on)
    own = paid_with(employer, record)
    run = unknown = 0
    seen = False
    for month in months_before(month_of(layoff.laid_off_on), rules.lookback_months.value):
        listed = month in own
        if run == unknown == 0 and contribution_due_on(month, rules, calendar) >= layoff.laid_off_on:
            seen = seen or listed
            continue
        if own.get(month):
            break
        if not listed and (seen or not started < month >= rules.first_contribution_month.value):
            break
        seen = seen or listed
        run, unknown = (run + 1, 0) if listed and not unknown else (run, unknown + 1)
    return Arrears(run, unknown)


def paid_with(employer: str, record: ContributionRecord) -> dict[str, bool]:
    """Whether each month listed with an employer is paid; it is where one of its rows says so."""
    own: dict[str, bool] = {}
    for row in record.months:
        if row.employer_registration == employer:
            own[row.month] = own.get(row.month, False) or row.paid_on is not None
    return own


def contribution_due_on(month: str, rules: Rules, calendar: Calendar) -> date:
    """The day of the month after on which a contribution is due, or the next working day (PP 44/2015)."""
    first = date.fromisoformat(f"{month}-01")
    due = months_after(first, 1).replace(day=rules.contribution_due_day.value)
    return due if calendar.is_working_day(due) else calendar.working_days_after(due, 1)


def works_elsewhere(layoff: Layoff, record: ContributionRecord, rules: Rules) -> bool:
    """Whether months with another employer reach the layoff: that job may go on (assumption 14a.k)."""
    since = months_before(month_of(layoff.laid_off_on), rules.other_job_months.value)[-1]
    others = (m for m in record.months if m.employer_registration != layoff.employer_registration)
    return any(m.month >= since and not _had_ended(m, layoff) for m in others)


def _had_ended(month: ContributionMonth, layoff: Layoff) -> bool:
    until = month.employed_until
    return month.part == "exit" or (until is not None and until <= layoff.laid_off_on)


def highest_wage_before(layoff: Layoff, record: ContributionRecord, rules: Rules) -> int:
    """The highest wage with this employer in the months before the layoff that the regime looks at."""
    of_layoff, employer = month_of(layoff.laid_off_on), layoff.employer_registration
    since = months_before(of_layoff, rules.wage_drop_months.value)[-1]
    wages = (
        m.wage_idr
        for m in record.months
        if since <= m.month < of_layoff and m.employer_registration == employer
    )
    return max(wages, default=0)


def reaches_back_to_last_benefit(record: ContributionRecord) -> bool:
    """Whether the record lists months from before the last benefit on, so that what is missing is missing.

    One that lists no month at all reaches back to nothing.
    """
    last = month_of(max(record.earlier_benefits_first_paid_on, default=date.min))
    return any(m.month <= last for m in record.months)
