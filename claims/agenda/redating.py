"""Penjadwalan ulang: which open dates of a claim a change of the calendar moves, and whom that affects.

What the change would take from the claimant it does not take: the date they were given stands.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from claims import events as e
from claims.agenda.deadlines import Deadline, deadlines
from claims.agenda.obligations import Owner
from claims.state.claim import Claim
from law.limits import Phrase
from law.periods import Calendar, day_of, end_of
from payments.context import DecisionContext

CLAIMANT = Owner.CLAIMANT.value
OWES_THE_CLAIMANT = frozenset(each.value for each in (Owner.BPJS, Owner.OFFICER, Owner.BANK, Owner.TREASURER))


class Redated(e.MovedDeadline):
    """Tanggal bergeser: one end of a deadline, its instant (UTC) by the earlier and by the later calendar.

    `version` names the later calendar. `kept`: the claimant would lose, so `was` stands.
    """

    version: Phrase

    @property
    def holds(self) -> datetime:
        """The instant that counts from now on."""
        return self.was if self.kept else self.now

    @property
    def affects(self) -> tuple[str, ...]:
        """Who has to know: whose date it is, and the claimant where they wait for it."""
        return (self.owner, CLAIMANT) if self.owner in OWES_THE_CLAIMANT else (self.owner,)


def redated(
    claim: Claim, was: DecisionContext, now: DecisionContext, *, counted: Collection[tuple[str, int]] = ()
) -> tuple[Redated, ...]:
    """The open dates of a claim that differ between two calendars at one instant, the earliest first.

    What is done, or over by the earlier calendar, stays as it is. A term whose last day was recorded with its
    decision (`transfer`, `officer_decision`) is counted anew, unless (what, month) is among `counted`: those
    recorded by the later calendar already.
    """
    before = {(due.what, due.month, due.owner): due for due in deadlines(claim, was)}
    moved: list[Redated] = []
    for due in deadlines(claim, now):
        earlier = before.get((due.what, due.month, due.owner))
        if earlier is None or due.done or earlier.passed:
            continue
        if (due.what, due.month) not in counted:
            term = _recorded_term(claim, earlier, was)
            if term is not None:
                earlier = replace(earlier, closes_at=term.end(was.calendar))
                due = replace(due, closes_at=term.end(now.calendar))
        moved += _moved(earlier, due, was.at)
    return tuple(sorted(moved, key=lambda each: (each.was, each.month, each.what)))


def _moved(was: Deadline, now: Deadline, at: datetime) -> Iterator[Redated]:
    mine = now.owner == CLAIMANT
    opened, opens = was.opens_at, now.opens_at
    if opened is not None and opens is not None and opened != opens and max(opened, opens) > at:
        yield _redated(now, "opens", opened, opens, kept=mine and opens > opened)
    if was.closes_at != now.closes_at:
        sooner = now.closes_at < was.closes_at
        yield _redated(now, "closes", was.closes_at, now.closes_at, kept=mine and sooner)


def _redated(due: Deadline, edge: e.Edge, was: datetime, now: datetime, *, kept: bool) -> Redated:
    return Redated(
        what=due.what,
        month=due.month,
        owner=due.owner,
        edge=edge,
        was=was,
        now=now,
        article=due.article,
        version=due.calendar_version,
        kept=kept,
    )


@dataclass(frozen=True)
class _Term:
    """A term of working days, from the first of them."""

    first: date
    working_days: int

    def end(self, calendar: Calendar) -> datetime:
        """Its deadline by a calendar."""
        return end_of(calendar.working_days_after(self.first - timedelta(days=1), self.working_days))


def _recorded_term(claim: Claim, due: Deadline, context: DecisionContext) -> _Term | None:
    """The term whose last day stands in an event, as the earlier calendar counts it; None of other dates."""
    length = _recorded_working_days(claim, due, context)
    if length is None:
        return None
    last = day_of(due.closes_at - datetime.resolution)
    return _Term(context.calendar.working_days_before(last, length - 1), length)


def _recorded_working_days(claim: Claim, due: Deadline, context: DecisionContext) -> int | None:
    referred = claim.decision
    if due.what == "officer_decision" and isinstance(referred, e.ClaimReferred):
        return context.law.named(referred.regime).officer_working_days.value
    if due.what in ("answer", "documents"):
        return context.law.in_force_on(day_of(context.at)).answer_working_days.value
    authorized = claim.month(due.month).authorized if due.what == "transfer" else None
    if authorized is None:
        return None
    return context.law.named(authorized.regime).payment_working_days.value
