"""The state of a claim after a report put right, an objection, and a person who has looked at a decision."""

from dataclasses import replace

from claims import events as e
from claims.state.claim import Claim, Ending
from claims.state.hearings import Corrected, Objection
from claims.state.orders import with_month
from law.grounds import Ground


def corrected_by(event: e.LayoffReported | e.LayoffCorrected, claim: Claim) -> Corrected | None:
    """The newest report that a claimant has to know of: one that says the same is none.

    Of two parties each has a proof of its own; only another proof of the same party is told.
    """
    if not isinstance(event, e.LayoffCorrected):
        return None
    assert claim.layoff is not None, "what was never reported is not corrected"
    reopened = claim.ending is Ending.LAYOFF_WITHDRAWN
    own = claim.reports.get(event.reported_by, event.layoff)
    says_more = event.layoff.contradicts(claim.layoff) or event.layoff.proof != own.proof
    return Corrected(event, claim.layoff, reopened) if says_more or reopened else claim.corrected


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
