"""What the letters about reports of a layoff tell: what is recorded now, who said so, who took what back."""

from datetime import datetime
from typing import TypedDict

from claims import events as e
from claims.agenda.notices import Notice
from claims.entitlement.windows import window_after_layoff
from claims.events.facts import Layoff
from claims.state.claim import Claim, Ending
from law.rules import Law


class LayoffCorrected(TypedDict):
    """Laporan PHK berubah: what is recorded now and by whose report, what it was before, what contradicts it.

    `before` and `otherwise` are None where nothing stood before, or nobody says otherwise. `may_file` says
    that a filing is taken in now.
    """

    told_by: e.Party
    said_by: e.Party
    reopened: bool
    now: Layoff
    before: Layoff | None
    otherwise: Layoff | None
    may_file: bool


class LayoffWithdrawn(TypedDict):
    """Laporan PHK dibatalkan: by whom, whether another report stands, whether it was reported again."""

    withdrawn_by: e.Party
    stands: bool
    reported_again: bool
    in_time: bool
    may_file: bool


def corrected(notice: Notice, claim: Claim, law: Law, at: datetime) -> LayoffCorrected:
    """What the newest report changed, as the claim stands at an aware instant."""
    known, now = claim.corrected, claim.layoff
    assert known is not None, "the letter tells what a report changed"
    assert now is not None, "a letter is about a layoff"
    told_by = known.event.reported_by
    parties = [told_by, *(party for party in claim.reports if party != told_by)]
    said_by = next((party for party in parties if claim.reports.get(party) == now), told_by)
    others = [layoff for layoff in claim.reports.values() if layoff.contradicts(now)]
    stands = now == known.event.layoff
    return LayoffCorrected(
        told_by=told_by,
        said_by=said_by,
        reopened=known.reopened,
        now=now,
        before=known.before if stands else None,
        otherwise=next(iter(others), None),
        may_file=_may_file(claim, law, at),
    )


def taken_back(notice: Notice, claim: Claim, law: Law, at: datetime) -> LayoffWithdrawn:
    """Who took the newest report back, and what stands, at an aware instant."""
    event = claim.taken_back
    assert event is not None, "the letter tells who took a report back"
    stands = event.still_reported_by is not None
    reopened = not stands and claim.ending is not Ending.LAYOFF_WITHDRAWN
    again = reopened or event.reported_by in claim.reports
    return LayoffWithdrawn(
        withdrawn_by=event.reported_by,
        stands=stands,
        reported_again=again,
        in_time=at < window_after_layoff(claim, law).closes_at,
        may_file=_may_file(claim, law, at),
    )


def _may_file(claim: Claim, law: Law, at: datetime) -> bool:
    """Whether a filing is taken in now; a corrected day may open the window of a lapsed claim again."""
    open_to_filing = claim.filing is None or claim.denied is not None
    in_time = at < window_after_layoff(claim, law).closes_at
    return in_time and open_to_filing and claim.ending in (None, Ending.LAPSED)
