"""Reports of a layoff: who says what of it, who takes back which, and what then stands."""

from claims import events as e
from claims.commands import messages as m
from claims.deciding.answers import Answer
from claims.deciding.contact import differing
from claims.deciding.decision import Decision, told
from claims.state.claim import Claim, Ending
from claims.state.situation import Situation, procedure_article
from claims.transitions.questions import ask, takes_something, undecided_months
from law.grounds import Ground, Verdict, counts, does_not_count


def report_layoff(message: m.ReportLayoff, claim: Claim, s: Situation) -> Decision:
    """Laporan PHK, new or of a layoff already known; after the last was taken back it reopens the claim."""
    verdict, differs = counts(procedure_article(s, "9")), differing(message, claim, s)
    if claim.layoff is None:
        reported = e.LayoffReported(layoff=message.layoff, reported_by=message.reported_by)
        return told(reported, verdict, *differs)
    repeated = claim.reports.get(message.reported_by) == message.layoff
    if repeated and claim.ending is not Ending.LAYOFF_WITHDRAWN:
        return Decision(differs, Answer(verdict=does_not_count(Ground.ALREADY_RECORDED, verdict.article)))
    corrected = e.LayoffCorrected(layoff=message.layoff, reported_by=message.reported_by)
    return told(corrected, verdict, *differs)


def withdraw_layoff(message: m.WithdrawLayoff, claim: Claim, s: Situation) -> Decision:
    """Pembatalan laporan PHK (docs/decisions/0024); what was granted is asked about first."""
    verdict = _taking_back(message.reported_by, claim, procedure_article(s, "9"))
    event = e.LayoffWithdrawn(
        reported_by=message.reported_by,
        verdict=verdict,
        still_reported_by=_other_party(message.reported_by, claim) if verdict.counts else None,
    )
    goes_on = takes_something(claim, 0)
    reported = message.reported_by in claim.reports
    ground = Ground.LAYOFF_WITHDRAWN if reported else Ground.REPORTS_CONTRADICT
    if goes_on and verdict.ground is Ground.NEEDS_A_PERSON and not claim.asks(ground):
        months = undecided_months(claim)
        asked = ask(claim, s, ground, verdict.article, months=months, last_month_owed=0)
        return told(event, verdict, asked)
    return told(event, verdict)


def _taking_back(party: e.Party, claim: Claim, article: str) -> Verdict:
    """Each party takes back its own report; what somebody filed for, the employer's word does not end."""
    if party == "employer" and claim.filing is not None:
        return does_not_count(Ground.NEEDS_A_PERSON, article)
    if party not in claim.reports:
        return does_not_count(Ground.NOT_THEIR_REPORT, article)
    is_last = _other_party(party, claim) is None
    if claim.ending is not None or (claim.approved is not None and is_last):
        return does_not_count(Ground.NEEDS_A_PERSON, article)
    return counts(article)


def _other_party(party: e.Party, claim: Claim) -> e.Party | None:
    """Who else has reported the layoff, and not taken it back."""
    return next((each for each in claim.reports if each != party), None)
