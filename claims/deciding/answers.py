"""What the sender of a message is told at once."""

from datetime import datetime

from claims.entitlement.months import enough_searched, search_count
from claims.entitlement.windows import month_window, rules_for
from claims.state.claim import Claim
from claims.state.situation import Situation
from law.grounds import Frozen, Verdict


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


class Answer(Frozen):
    """The verdict over a message, with an entry for each effort and the months it touched."""

    verdict: Verdict
    efforts: tuple[EffortAnswer, ...] = ()
    months: tuple[MonthProgress, ...] = ()


def progress(claim: Claim, month: int, s: Situation) -> MonthProgress:
    """Running total of a month."""
    rules = rules_for(claim, month, s.law)
    count = search_count(claim, month, rules)
    window = month_window(claim, month, s.law, s.calendar)
    return MonthProgress(
        month=month,
        applications=count.applications,
        applications_needed=count.applications_min,
        interview_calls=count.interview_calls,
        enough=enough_searched(count, rules),
        window_opens_at=window.opens_at,
        window_closes_at=window.closes_at,
    )
