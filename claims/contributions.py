"""Masa iur dan tunggakan: which months of contributions count, which are owed, and since when."""

from datetime import date

from claims.facts import ContributionMonth, ContributionRecord, Layoff
from claims.periods import Calendar, month_of, months_after, months_before
from claims.rules import Rules


def paid_months(layoff: Layoff, record: ContributionRecord, rules: Rules) -> tuple[str, ...]:
    """Masa iur: paid months inside the calendar months before the layoff, oldest first.

    The month of the layoff does not count; months add up over employers (elucidation of Pasal 19(3)).
    """
    lookback = set(counted_calendar_months(layoff, rules))
    return tuple(sorted({m.month for m in record.months if _counts(m) and m.month in lookback}))


def _counts(month: ContributionMonth) -> bool:
    """Paid, and not the stub at the end of an employment (Simulasi 2 of PP 6/2025)."""
    return month.paid_on is not None and month.part != "exit"


def counted_calendar_months(layoff: Layoff, rules: Rules) -> tuple[str, ...]:
    """The calendar months before the layoff in which contributions count; none before the programme began."""
    before = months_before(month_of(layoff.laid_off_on), rules.lookback_months.value)
    return tuple(month for month in before if month >= rules.first_contribution_month.value)


def owed_months(layoff: Layoff, record: ContributionRecord, rules: Rules) -> int:
    """How many of the counted calendar months are on record and not paid."""
    counted = set(counted_calendar_months(layoff, rules))
    return len(
        {m.month for m in record.months if m.month in counted and m.part != "exit"}
        - set(paid_months(layoff, record, rules))
    )


def longest_run(months: tuple[str, ...]) -> int:
    """Length of the longest run of consecutive calendar months."""
    longest = run = 0
    previous = ""
    for month in months:
        run = run + 1 if months_before(month, 1)[0] == previous else 1
        longest, previous = max(longest, run), month
    return longest


def arrears_run(layoff: Layoff, record: ContributionRecord, calendar: Calendar) -> int:
    """Tunggakan: unpaid months in a row that reach the layoff, with this employer.

    A month that was not yet due on the day of the layoff is not in arrears (assumption 14a.j).
    """
    employer = layoff.employer_registration
    own = {m.month: m.paid_on for m in record.months if m.employer_registration == employer}
    run = 0
    for month in months_before(month_of(layoff.laid_off_on), 24):
        if run == 0 and contribution_due_on(month, calendar) >= layoff.laid_off_on:
            continue
        if month not in own or own[month] is not None:
            break
        run += 1
    return run


def contribution_due_on(month: str, calendar: Calendar) -> date:
    """The 15th of the month after, or the next working day (PP 44/2015 Pasal 21(2)-(3))."""
    fifteenth = months_after(date.fromisoformat(f"{month}-15"), 1)
    if calendar.is_working_day(fifteenth):
        return fifteenth
    return calendar.working_days_after(fifteenth, 1)


def paid_months_since_last_benefit(layoff: Layoff, record: ContributionRecord) -> int:
    """Months paid for after the month in which the last benefit was first paid, up to the layoff."""
    last = month_of(max(record.earlier_benefits_first_paid_on, default=date.min))
    upto = month_of(layoff.laid_off_on)
    return len({m.month for m in record.months if _counts(m) and last < m.month < upto})


def reaches_back_to_last_benefit(record: ContributionRecord) -> bool:
    """Whether the record lists months from before the last benefit on, so that what is missing is missing."""
    last = month_of(max(record.earlier_benefits_first_paid_on, default=date.min))
    return min((m.month for m in record.months), default=last) <= last
