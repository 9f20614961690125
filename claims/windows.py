"""When: the filing window of a claim, the window and the search period of each benefit month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from claims.claim import Claim
from claims.periods import Calendar, end_of, months_after, start_of
from claims.rules import BENEFIT_MONTHS, Law, Rules

REMINDER_DAYS_BEFORE_MONTH_CLOSES = 2
REMINDER_DAYS_BEFORE_FILING_CLOSES = 14


@dataclass(frozen=True)
class Window:
    """From its opening (inside) to its deadline (outside), UTC; `article` is its source."""

    opens_at: datetime
    closes_at: datetime
    article: str

    def holds(self, instant: datetime) -> bool:
        """Whether an instant lies inside."""
        return self.opens_at <= instant < self.closes_at


@dataclass(frozen=True)
class Days:
    """From the first day (inside) to the end (outside)."""

    first: date
    end: date

    def hold(self, day: date) -> bool:
        """Whether a day lies inside."""
        return self.first <= day < self.end


def participant_since(registered_on: date, law: Law) -> date:
    """Who was insured already became a participant on the day the programme began (PP 37/2021 Pasal 5(1))."""
    return max(registered_on, law.regimes[0].in_force_from)


def filing_rules(laid_off_on: date, law: Law) -> Rules:
    """The regime whose filing window counts for a layoff.

    The window of the regime in force on the day of the layoff; where a later regime comes into force
    before it closes, the later regime's (Permenaker 2/2025 Pasal II; assumption 14a.d).
    """
    rules = law.in_force_on(laid_off_on)
    for later in law.regimes:
        last_day = months_after(laid_off_on, rules.filing_window_months.value)
        if rules.in_force_from < later.in_force_from <= last_day:
            rules = later
    return rules


def filing_window(laid_off_on: date, law: Law) -> Window:
    """Batas waktu pengajuan klaim (PP 37/2021 Pasal 40(a))."""
    rules = filing_rules(laid_off_on, law)
    last_day = months_after(laid_off_on, rules.filing_window_months.value)
    return Window(start_of(laid_off_on), end_of(last_day), rules.filing_window_months.citation)


def window_to_file(claim: Claim, law: Law) -> Window:
    """The filing window that a claim has: after a filing that only a later regime takes, that regime's."""
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    own = filing_window(claim.layoff.laid_off_on, law)
    if claim.filing is None or start_of(claim.filing.filed_on) < own.closes_at:
        return own
    months = law.in_force_on(claim.filing.filed_on).filing_window_months
    last_day = months_after(claim.layoff.laid_off_on, months.value)
    return Window(own.opens_at, end_of(last_day), months.citation)


def in_a_later_window(laid_off_on: date, filed_on: date, law: Law) -> bool:
    """A filing that came too late for its own regime but would be in time by the one now in force.

    Layoffs of 7 August to 6 November 2024 filed after 7 February 2025: the texts are silent, a person
    decides (assumption 14a.d).
    """
    months = law.in_force_on(filed_on).filing_window_months.value
    return filed_on <= months_after(laid_off_on, months)


def reference_date(claim: Claim, month: int) -> date:
    """Tanggal acuan of a benefit month: the day of the first application, some months later."""
    assert claim.filing is not None, "a reference date exists from the filing on"
    return months_after(claim.filing.filed_on, month - 1)


def month_rules(claim: Claim, month: int, law: Law) -> Rules:
    """The regime of a benefit month: the one in force on its reference date, or the approval's where later.

    Who filed before a regime but was declared eligible under it, has it from month 1 on (law 4a).
    """
    regime = claim.approved.regime if claim.approved is not None else None
    starts = [rules.in_force_from for rules in law.regimes if rules.name == regime]
    return law.in_force_on(max(reference_date(claim, month), *starts[:1], date.min))


def month_window(claim: Claim, month: int, law: Law, calendar: Calendar) -> Window:
    """Jangka waktu pengajuan manfaat bulan ke-n.

    Months 2 to 5: from the reference date, five calendar days after it. Month 6: from five working days
    before the end of the benefit period to that end.
    """
    rules = month_rules(claim, month, law)
    if month < BENEFIT_MONTHS:
        first = reference_date(claim, month)
        last = first + timedelta(days=rules.month_window_days.value)
        return Window(
            start_of(first), _with_catch_up(claim, end_of(last), rules), rules.month_window_days.citation
        )
    last = reference_date(claim, BENEFIT_MONTHS + 1) - timedelta(days=1)
    before = rules.last_month_opens_working_days_before
    opens_at = start_of(calendar.working_days_before(last, before.value))
    if claim.month_6_opens_by is not None:
        opens_at = min(opens_at, claim.month_6_opens_by)
    return Window(opens_at, _with_catch_up(claim, end_of(last), rules), before.citation)


def _with_catch_up(claim: Claim, closes_at: datetime, rules: Rules) -> datetime:
    """What closed while the claim stood refused stays open some days after it was granted (record 0030)."""
    if claim.approved is None or claim.approved.catch_up_from is None:
        return closes_at
    last = claim.approved.catch_up_from + timedelta(days=rules.month_window_days.value)
    return max(closes_at, end_of(last))


def search_days(claim: Claim, month: int) -> Days:
    """The days whose job-search efforts speak for a benefit month.

    Between the reference date before it and its own; for month 6 to the end of the benefit period
    (assumption, law 6.17).
    """
    upto = month if month < BENEFIT_MONTHS else BENEFIT_MONTHS + 1
    return Days(reference_date(claim, month - 1), reference_date(claim, upto))


def training_days(claim: Claim, month: int) -> Days:
    """The month before, whose attendance is looked at (Pasal 13(3)b)."""
    return Days(reference_date(claim, month - 1), reference_date(claim, month))


def month_searched_on(claim: Claim, day: date) -> int:
    """The benefit month for which an effort of a day speaks, or 0."""
    for month in range(2, BENEFIT_MONTHS + 1):
        if search_days(claim, month).hold(day):
            return month
    return 0
