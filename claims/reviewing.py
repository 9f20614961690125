"""The state of a claim after an objection, and after a person has looked at a decision."""

from dataclasses import replace

from claims import events as e
from claims.claim import Claim
from claims.hearings import Objection
from claims.orders import with_month


def objected(event: e.ObjectionReceived, claim: Claim) -> Claim:
    """An objection that counts is open until a person has looked at the decision."""
    if not event.verdict.counts:
        return claim
    return replace(claim, objections=(*claim.objections, Objection(event)))


def reviewed(event: e.DecisionReviewed, claim: Claim) -> Claim:
    """A person has looked: the objection to that decision is closed, whatever came of it."""
    if not event.verdict.counts:
        return claim
    objections = tuple(
        replace(each, closed=each.closed or each.is_against(event.what, event.month))
        for each in claim.objections
    )
    return replace(claim, objections=objections, reviews=(*claim.reviews, event))


def resumed(event: e.BenefitResumed, claim: Claim) -> Claim:
    """What ended the benefit is forgotten, so that it does not end it again."""
    back = tuple(replace(m, forfeited=None) if m.number in event.months else m for m in claim.months)
    return replace(claim, months=back, resumed=event, ceased=None, reemployed_since=None, died_on=None)


def receivable_dropped(event: e.ReceivableDropped, claim: Claim) -> Claim:
    """So much of the debt is gone; which one it was stays known."""
    month = claim.month(event.month)
    return with_month(claim, replace(month, receivable_idr=month.receivable_idr - event.amount_idr))
