"""The state after what ends the right, or the claim."""

from dataclasses import replace
from typing import assert_never

from claims import events as e
from claims.state.claim import Claim, Ending
from claims.state.hearings import Ended
from law.grounds import Ground


def apply(event: e.EndingEvent, claim: Claim) -> Claim:
    """The claim after one more event of its end."""
    match event:
        case e.Reemployed():
            return reemployed(event, claim)
        case e.Deceased():
            return deceased(event, claim)
        case e.BenefitCeased():
            return benefit_ceased(event, claim)
        case e.ClaimLapsed():
            return replace(claim, ending=Ending.LAPSED)
        case e.ClaimReinstated():
            return replace(claim, ending=None)
        case e.ClaimExhausted():
            return replace(claim, ending=Ending.EXHAUSTED)
        case e.ClaimWithdrawn():
            return replace(claim, ending=Ending.WITHDRAWN) if event.verdict.counts else claim
        case _:
            assert_never(event)


def goes_on(claim: Claim) -> Claim:
    """What came after the last payment opens a claim that had run out."""
    return replace(claim, ending=None) if claim.ending is Ending.EXHAUSTED else claim


def reemployed(event: e.Reemployed, claim: Claim) -> Claim:
    """What does not count yet is kept for a decision to come, or for a layoff that moves before the work."""
    if event.verdict.counts:
        return replace(goes_on(claim), reemployed_since=event.since)
    to_come = claim.approved is None and event.verdict.ground in (
        Ground.NEEDS_MANUAL_REVIEW,
        Ground.CLAIM_ENDED,
    )
    if to_come or event.verdict.ground is Ground.WORK_BEFORE_LAYOFF:
        return replace(claim, work_told=(*claim.work_told, event))
    return claim


def deceased(event: e.Deceased, claim: Claim) -> Claim:
    """Recorded after the end of a claim that nobody granted, it is known if the claim comes back."""
    to_come = claim.approved is None and event.verdict.ground is Ground.CLAIM_ENDED
    if event.verdict.counts:
        return replace(goes_on(claim), died_on=event.died_on)
    return replace(claim, died_on=event.died_on) if to_come else claim


def benefit_ceased(event: e.BenefitCeased, claim: Claim) -> Claim:
    """The newest end; one that left more months stays known below it."""
    before = () if claim.ceased is None else (Ended(claim.ceased, claim.asked_before_the_end),)
    return replace(
        claim,
        ceased=event,
        asked_before_the_end=len(claim.questions),
        ends_before=(*claim.ends_before, *before),
    )
