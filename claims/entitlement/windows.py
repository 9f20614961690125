"""When: the filing window of a claim, the window and the search period of each benefit month."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from claims.state.claim import Claim
from law.periods import Calendar, day_of, end_of, months_after, start_of
from law.rules import BENEFIT_MONTHS, DecidingDate, Law, OpenWindows, Rules, RunningClaims, SearchPeriod


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


def filing_rules(laid_off_on: date, law: Law) -> Rules:
    """The regime whose filing window counts for a layoff.

    The window of the regime in force on the day of the layoff. What becomes of a window that is open when a
    later regime comes into force, the transition of that regime says (assumption 14a.d).
    """
    rules = law.in_force_on(laid_off_on)
    for later in law.regimes:
        last_day = months_after(laid_off_on, rules.filing_window_months.value)
        if rules.in_force_from < later.in_force_from <= last_day and _takes_over(later, rules):
            rules = later
    return rules


def _takes_over(later: Rules, rules: Rules) -> bool:
    """Whether an open filing window becomes the later regime's; none is shortened without its word."""
    said = later.transition.open_windows.value if later.transition else OpenWindows.KEEP_THE_LONGER
    if said is OpenWindows.KEEP_THE_LONGER:
        return later.filing_window_months.value > rules.filing_window_months.value
    return said is OpenWindows.TAKE_OVER


def filing_window(laid_off_on: date, law: Law) -> Window:
    """Batas waktu pengajuan klaim (PP 37/2021 Pasal 40(a))."""
    rules = filing_rules(laid_off_on, law)
    last_day = months_after(laid_off_on, rules.filing_window_months.value)
    return Window(start_of(laid_off_on), end_of(last_day), rules.filing_window_months.article)


def window_after_layoff(claim: Claim, law: Law) -> Window:
    """The filing window of a layoff as it is reported (docs/decisions/0017).

    While the reports contradict each other on the day, from the earlier day to the end of the later window.
    """
    windows = [filing_window(day, law) for day in claim.reported_days]
    last = max(windows, key=lambda window: window.closes_at)
    return replace(last, opens_at=min(window.opens_at for window in windows))


def window_to_file(claim: Claim, law: Law) -> Window:
    """The filing window that a claim has: after a filing that only a later regime takes, that regime's."""
    own = window_after_layoff(claim, law)
    if claim.filing is None or start_of(claim.filing.filed_on) < own.closes_at:
        return own
    months = law.in_force_on(claim.filing.filed_on).filing_window_months
    last_day = months_after(claim.reported_days[-1], months.value)
    return Window(own.opens_at, end_of(last_day), months.article)


def in_a_later_window(laid_off_on: date, filed_on: date, law: Law) -> bool:
    """A filing that came too late for its own regime but would be in time by the one now in force.

    Layoffs of 7 August to 6 November 2024 filed after 7 February 2025: the texts are silent, a person
    decides (assumption 14a.d).
    """
    months = law.in_force_on(filed_on).filing_window_months.value
    return filed_on <= months_after(laid_off_on, months)


def reference_date(claim: Claim, month: int) -> date:
    """Tanggal acuan of a benefit month: the day of the first application, some months later.

    A layoff that was moved behind its filing begins the months (docs/decisions/0037).
    """
    assert claim.filing is not None, "a reference date exists from the filing on"
    if claim.approved is not None:
        return months_after(claim.approved.reference_date, month - 1)
    return months_after(max(claim.filing.filed_on, claim.reported_days[0]), month - 1)


def rules_for(claim: Claim, month: int, law: Law) -> Rules:
    """The regime of a benefit month (law 4a): that of the filing, until a later one takes the month over.

    Who filed before a regime but was declared eligible under it, has it from month 1 on. A claim that runs
    goes over by the transition of the later regime: which date of a month decides, and from which month on.
    """
    rules = law.in_force_on(reference_date(claim, 1))
    approved = claim.approved
    if approved is not None and approved.regime != rules.name:
        rules = max(rules, law.named(approved.regime), key=lambda each: each.in_force_from)
    for later in law.regimes:
        begins = later.in_force_from
        if begins > rules.in_force_from and begins <= _deciding_day(claim, month, rules, later):
            rules = later
    return rules


def _deciding_day(claim: Claim, month: int, rules: Rules, later: Rules) -> date:
    """The day of a month that a later regime looks at; `rules` are those the month would have otherwise."""
    transition = later.transition
    if transition is not None and transition.running_claims.value is RunningClaims.KEEP_THEIR_REGIME:
        return date.min
    if transition is not None and transition.deciding_date.value is DecidingDate.APPLICATION_DATE:
        return _last_day(claim, month, rules)
    return reference_date(claim, month)


def _last_day(claim: Claim, month: int, rules: Rules) -> date:
    """The last day on which a month is applied for; month 1 is applied for by the filing."""
    if month == 1:
        return reference_date(claim, 1)
    if month == BENEFIT_MONTHS:
        return reference_date(claim, BENEFIT_MONTHS + 1) - timedelta(days=1)
    return reference_date(claim, month) + timedelta(days=rules.month_window_days.value)


def month_window(claim: Claim, month: int, law: Law, calendar: Calendar) -> Window:
    """Jangka waktu pengajuan manfaat bulan ke-n.

    Months 2 to 5: from the reference date, some calendar days after it. Month 6: from some working days
    before the end of the benefit period to that end. Who was approved only by a later decision, or whose
    benefit a person resumed, has as many days from then on for what had closed before.
    """
    rules = rules_for(claim, month, law)
    first, term = reference_date(claim, month), rules.month_window_days
    last = _last_day(claim, month, rules)
    if month == BENEFIT_MONTHS:
        term = rules.last_month_opens_working_days_before
        first = calendar.working_days_before(last, term.value)
        if claim.month_6_opens_by is not None:
            first = min(first, day_of(claim.month_6_opens_by))
    caught_up = claim.caught_up_from(month)
    if caught_up is not None:
        last = max(last, caught_up + timedelta(days=rules.month_window_days.value))
    return Window(start_of(first), end_of(last), term.article)


def search_days(claim: Claim, month: int, rules: Rules) -> Days:
    """The days whose job-search efforts speak for a benefit month, by the rules of that month.

    Between the reference date before it and its own; for month 6 to the end of the benefit period
    (assumption, law 6.17).
    """
    upto = month if month < BENEFIT_MONTHS else BENEFIT_MONTHS + 1
    return _days_between(reference_date(claim, month - 1), reference_date(claim, upto), rules)


def training_days(claim: Claim, month: int, rules: Rules) -> Days:
    """The month before, whose attendance is looked at (Pasal 13(3)b)."""
    return _days_between(reference_date(claim, month - 1), reference_date(claim, month), rules)


def _days_between(first: date, end: date, rules: Rules) -> Days:
    if rules.search_period.value is SearchPeriod.CALENDAR_MONTH_BEFORE:
        return Days(first.replace(day=1), end.replace(day=1))
    return Days(first, end)


def month_searched_on(claim: Claim, day: date, law: Law) -> int:
    """The benefit month for which an effort of a day speaks, or 0."""
    for month in range(2, BENEFIT_MONTHS + 1):
        if search_days(claim, month, rules_for(claim, month, law)).hold(day):
            return month
    return 0
