"""The state after what was said of the layoff, and after a filing."""

from dataclasses import replace
from typing import assert_never

from claims import events as e
from claims.state.claim import Claim, Ending
from claims.state.hearings import Corrected
from law.grounds import Ground


def apply(event: e.LayoffEvent, claim: Claim) -> Claim:
    """The claim after one more event of its layoff or its filing."""
    match event:
        case e.LayoffReported():
            return layoff_told(event, claim, corrected=None)
        case e.LayoffCorrected():
            return layoff_told(event, claim, corrected=corrected_by(event, claim))
        case e.LayoffWithdrawn():
            return layoff_withdrawn(event, claim)
        case e.ClaimFiled():
            return claim_filed(event, claim)
        case e.FilingNotAccepted():
            return filing_not_accepted(event, claim)
        case _:
            assert_never(event)


def layoff_told(
    event: e.LayoffReported | e.LayoffCorrected, claim: Claim, *, corrected: Corrected | None
) -> Claim:
    """The newest report is the layoff; a decision is looked at again, and a claim taken back goes on."""
    return replace(
        claim,
        corrected=corrected,
        layoff=event.layoff,
        reports={**claim.reports, event.reported_by: event.layoff},
        report_disputed=claim.report_disputed and event.reported_by != "employer",
        reconsider=claim.reconsider if claim.decision is None else "layoff_report",
        ending=None if claim.ending is Ending.LAYOFF_WITHDRAWN else claim.ending,
        came_back=claim.came_back or claim.ending is Ending.LAYOFF_WITHDRAWN,
    )


def corrected_by(event: e.LayoffCorrected, claim: Claim) -> Corrected | None:
    """The newest report that a claimant has to know of: one that says the same is none.

    Of two parties each has a proof of its own; only another proof of the same party is told.
    """
    assert claim.layoff is not None, "what was never reported is not corrected"
    reopened = claim.ending is Ending.LAYOFF_WITHDRAWN
    own = claim.reports.get(event.reported_by, event.layoff)
    says_more = event.layoff.contradicts(claim.layoff) or event.layoff.proof != own.proof
    return Corrected(event, claim.layoff, reopened) if says_more or reopened else claim.corrected


def layoff_withdrawn(event: e.LayoffWithdrawn, claim: Claim) -> Claim:
    """Only the last report that is taken back ends the claim; until then the other one is the layoff."""
    is_heeded = claim.ending is None or event.verdict.ground is Ground.NEEDS_MANUAL_REVIEW
    disputed = claim.report_disputed or (event.reported_by == "employer" and is_heeded)
    if not event.verdict.counts:
        return replace(claim, report_disputed=disputed)
    reports = {party: layoff for party, layoff in claim.reports.items() if party != event.reported_by}
    claim = replace(claim, reports=reports, taken_back=event)
    if event.still_reported_by is None:
        return replace(claim, ending=Ending.LAYOFF_WITHDRAWN)
    return replace(
        claim,
        layoff=reports[event.still_reported_by],
        report_disputed=disputed,
        reconsider=claim.reconsider if claim.decision is None else "layoff_report",
    )


def claim_filed(event: e.ClaimFiled, claim: Claim) -> Claim:
    """A filing, also another one: nothing applied for under an earlier one speaks for it."""
    return replace(
        claim,
        filing=event,
        account_version=event.account_version,
        record=None,
        record_wanted=False,
        decision=None,
        decided=None,
        stood_refused=False,
        came_back=False,
        reconsider=None,
        ceased=None,
        asked_before_the_end=0,
        ends_before=(),
        resumed=None,
        objections=tuple(replace(each, closed=True) for each in claim.objections),
        efforts=(),
        months=tuple(replace(month, certified=False, status_stated=False) for month in claim.months),
    )


def filing_not_accepted(event: e.FilingNotAccepted, claim: Claim) -> Claim:
    """A filing that opened nothing stays known."""
    return replace(claim, refused_filings=(*claim.refused_filings, event))
