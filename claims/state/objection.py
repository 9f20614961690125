"""The state after an objection, and after a person has looked at a decision again."""

from dataclasses import replace
from typing import assert_never

from claims import events as e
from claims.state.benefit import with_month
from claims.state.claim import Claim
from claims.state.hearings import Objection
from law.grounds import Ground


def apply(event: e.ObjectionEvent, claim: Claim) -> Claim:
    """The claim after one more event of an objection."""
    match event:
        case e.ObjectionReceived():
            return objection_received(event, claim)
        case e.DecisionReviewed():
            return decision_reviewed(event, claim)
        case e.BenefitResumed():
            return benefit_resumed(event, claim)
        case e.ReceivableDropped():
            return receivable_dropped(event, claim)
        case _:
            assert_never(event)


def objection_received(event: e.ObjectionReceived, claim: Claim) -> Claim:
    """An objection that counts is open until a person has looked at the decision."""
    if not event.verdict.counts:
        return claim
    return replace(claim, objections=(*claim.objections, Objection(event)))


def decision_reviewed(event: e.DecisionReviewed, claim: Claim) -> Claim:
    """A person has looked: the objection to that decision is closed, whatever came of it."""
    if not event.verdict.counts:
        return claim
    objections = tuple(
        replace(each, closed=each.closed or each.is_against(event.what, event.month))
        for each in claim.objections
    )
    return replace(claim, objections=objections, reviews=(*claim.reviews, event))


def benefit_resumed(event: e.BenefitResumed, claim: Claim) -> Claim:
    """What ended the benefit is forgotten, so that it does not end it again; another end before it stands."""
    back = tuple(replace(m, forfeited=None) if m.number in event.months else m for m in claim.months)
    before = claim.end_before
    ground = None if before is None else before.event.ground
    return replace(
        claim,
        months=back,
        resumed=event,
        ceased=None if before is None else before.event,
        asked_before_the_end=0 if before is None else before.asked_before,
        ends_before=() if before is None else claim.ends_before[: claim.ends_before.index(before)],
        reemployed_since=claim.reemployed_since if ground is Ground.REEMPLOYED else None,
        died_on=claim.died_on if ground is Ground.DECEASED else None,
    )


def receivable_dropped(event: e.ReceivableDropped, claim: Claim) -> Claim:
    """So much of the debt is gone; which one it was stays known."""
    month = claim.month(event.month)
    return with_month(claim, replace(month, receivable_idr=month.receivable_idr - event.amount_idr))
