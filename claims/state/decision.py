"""The state after a contribution record, and after what was decided on it."""

from dataclasses import replace
from typing import assert_never

from claims import events as e
from claims.state.benefit import employer_payments_counted
from claims.state.claim import Claim
from claims.state.hearings import Reconsidered
from law.grounds import Result


def apply(event: e.DecisionEvent, claim: Claim) -> Claim:
    """The claim after one more event of its record or its decision."""
    match event:
        case e.ContributionRecordReceived():
            return contribution_record_received(event, claim)
        case e.RecordRequested():
            return record_requested(event, claim)
        case e.ClaimApproved():
            return claim_approved(event, claim)
        case e.ClaimDenied():
            return not_approved(event, claim, stood_refused=True)
        case e.ClaimReferred():
            return not_approved(event, claim, stood_refused=claim.stood_refused)
        case e.ClaimReconsidered():
            return claim_reconsidered(event, claim)
        case e.OfficerDecided():
            # What follows from the officer's word are events of their own.
            return claim
        case _:
            assert_never(event)


def contribution_record_received(event: e.ContributionRecordReceived, claim: Claim) -> Claim:
    """The newest record; one that came after a decision is looked at."""
    stale: e.Because | None = claim.reconsider if claim.decision is None else "contribution_record"
    return replace(claim, record=event.record, record_wanted=False, reconsider=stale)


def record_requested(event: e.RecordRequested, claim: Claim) -> Claim:
    """A record that is asked for until one is received."""
    return replace(claim, record_wanted=event.verdict.counts or claim.record_wanted)


def claim_approved(event: e.ClaimApproved, claim: Claim) -> Claim:
    """Work found before the filing was before whoever approved, and does not end what they granted.

    Nor is asked again what the reasons of the approval say of work.
    """
    since = claim.reemployed_since
    decided = since is not None and since < event.reference_date
    looked_at = any(r.condition == "without_work" and r.result is not Result.MET for r in event.reasons)
    return replace(
        employer_payments_counted(claim) if event.payer == "employer" else claim,
        decision=event,
        wage_idr=event.reported_wage_idr,
        payer=event.payer,
        decided=claim.facts,
        reconsider=None,
        reemployed_since=None if decided else since,
        work_told=() if looked_at else claim.work_told,
    )


def not_approved(event: e.ClaimDenied | e.ClaimReferred, claim: Claim, *, stood_refused: bool) -> Claim:
    """A decision that grants nothing, or not yet; an answer to an earlier referral is none to this one."""
    return replace(
        claim,
        decision=event,
        decided=claim.facts,
        stood_refused=stood_refused,
        referral_answered=False,
        reconsider=None,
    )


def claim_reconsidered(event: e.ClaimReconsidered, claim: Claim) -> Claim:
    """What came after the decision was looked at; the reasons that stood before stay known."""
    before = () if claim.decision is None else claim.decision.reasons
    return replace(claim, reconsider=None, reconsidered=Reconsidered(event, before))
