"""What a message does: its events, and what its sender is told at once."""

from dataclasses import dataclass
from datetime import date, datetime

from claims.entitlement.months import enough_searched, search_count
from claims.entitlement.windows import month_window, rules_for
from claims.events import Event
from claims.state.claim import Claim
from law.grounds import Frozen, Ground, Verdict, does_not_count
from law.periods import day_of
from payments.context import DecisionContext


class EffortAnswer(Frozen):
    """One job-search effort: does it count, for which month (0: none), and why."""

    reference: str
    month: int
    verdict: Verdict


class MonthProgress(Frozen):
    """Where a month's job search stands and when its window opens and closes (UTC)."""

    month: int
    applications: int
    applications_needed: int
    interview_calls: int
    enough: bool
    window_opens_at: datetime
    window_closes_at: datetime


class CommandResult(Frozen):
    """The verdict over a message, with an entry for each effort and the months it touched."""

    verdict: Verdict
    efforts: tuple[EffortAnswer, ...] = ()
    months: tuple[MonthProgress, ...] = ()


@dataclass(frozen=True)
class Decision:
    """The events of a message and the answer to its sender."""

    events: tuple[Event, ...]
    result: CommandResult


def recorded(event: Event, verdict: Verdict, *more: Event) -> Decision:
    """A message kept as an event, with the verdict that its sender hears, and what follows at once."""
    return Decision((event, *more), CommandResult(verdict=verdict))


def ignored(verdict: Verdict) -> Decision:
    """A message that says nothing new."""
    return Decision((), CommandResult(verdict=verdict))


def on_a_day_that_came(day: date, verdict: Verdict, context: DecisionContext) -> Verdict:
    """The verdict, less where something is told as done on a day that is still to come."""
    to_come = verdict.counts and day > day_of(context.received_or_now)
    return does_not_count(Ground.IN_THE_FUTURE, verdict.article) if to_come else verdict


def progress(claim: Claim, month: int, context: DecisionContext) -> MonthProgress:
    """Running total of a month."""
    rules = rules_for(claim, month, context.law)
    count = search_count(claim, month, rules)
    window = month_window(claim, month, context.law, context.calendar)
    return MonthProgress(
        month=month,
        applications=count.applications,
        applications_needed=count.applications_min,
        interview_calls=count.interview_calls,
        enough=enough_searched(count, rules),
        window_opens_at=window.opens_at,
        window_closes_at=window.closes_at,
    )
