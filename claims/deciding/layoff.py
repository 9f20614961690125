"""Reports of a layoff, who takes back which and what then stands; and the filing of the claim."""

from typing import assert_never

from claims import events as e
from claims.commands import command as cmd
from claims.deciding.answers import CommandResult, Decision, recorded
from claims.deciding.contact import differing
from claims.entitlement.windows import Window, in_a_later_window, window_after_layoff
from claims.state.claim import Claim, Ending
from claims.state.procedure import procedure_article
from claims.transitions.questions import ask, takes_something, undecided_months
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of
from law.rules import MonthCondition
from payments.context import DecisionContext


def decide(message: cmd.LayoffMessage, claim: Claim, context: DecisionContext) -> Decision:
    """What a report of a layoff, its withdrawal or a filing comes to."""
    match message:
        case cmd.ReportLayoff():
            return report_layoff(message, claim, context)
        case cmd.WithdrawLayoff():
            return withdraw_layoff(message, claim, context)
        case cmd.FileClaim():
            return file_claim(message, claim, context)
        case _:
            assert_never(message)


def report_layoff(message: cmd.ReportLayoff, claim: Claim, context: DecisionContext) -> Decision:
    """Laporan PHK, new or of a layoff already known; after the last was taken back it reopens the claim."""
    verdict, differs = counts(procedure_article(context, "9")), differing(message, claim, context)
    if claim.layoff is None:
        reported = e.LayoffReported(layoff=message.layoff, reported_by=message.reported_by)
        return recorded(reported, verdict, *differs)
    repeated = claim.reports.get(message.reported_by) == message.layoff
    if repeated and claim.ending is not Ending.LAYOFF_WITHDRAWN:
        return Decision(
            differs, CommandResult(verdict=does_not_count(Ground.ALREADY_RECORDED, verdict.article))
        )
    corrected = e.LayoffCorrected(layoff=message.layoff, reported_by=message.reported_by)
    return recorded(corrected, verdict, *differs)


def withdraw_layoff(message: cmd.WithdrawLayoff, claim: Claim, context: DecisionContext) -> Decision:
    """Pembatalan laporan PHK (docs/decisions/0024); what was granted is asked about first."""
    verdict = _taking_back(message.reported_by, claim, procedure_article(context, "9"))
    event = e.LayoffWithdrawn(
        reported_by=message.reported_by,
        verdict=verdict,
        still_reported_by=_other_party(message.reported_by, claim) if verdict.counts else None,
    )
    goes_on = takes_something(claim, 0)
    reported = message.reported_by in claim.reports
    ground = Ground.LAYOFF_WITHDRAWN if reported else Ground.REPORTS_CONTRADICT
    if goes_on and verdict.ground is Ground.NEEDS_MANUAL_REVIEW and not claim.asks(ground):
        months = undecided_months(claim)
        asked = ask(claim, context, ground, verdict.article, months=months, last_month_owed=0)
        return recorded(event, verdict, asked)
    return recorded(event, verdict)


def _taking_back(party: e.Party, claim: Claim, article: str) -> Verdict:
    """Each party takes back its own report; what somebody filed for, the employer's word does not end."""
    if party == "employer" and claim.filing is not None:
        return does_not_count(Ground.NEEDS_MANUAL_REVIEW, article)
    if party not in claim.reports:
        return does_not_count(Ground.NOT_THEIR_REPORT, article)
    is_last = _other_party(party, claim) is None
    if claim.ending is not None or (claim.approved is not None and is_last):
        return does_not_count(Ground.NEEDS_MANUAL_REVIEW, article)
    return counts(article)


def _other_party(party: e.Party, claim: Claim) -> e.Party | None:
    """Who else has reported the layoff, and not taken it back."""
    return next((each for each in claim.reports if each != party), None)


def file_claim(message: cmd.FileClaim, claim: Claim, context: DecisionContext) -> Decision:
    """Pengajuan klaim: it counts inside its window, with the commitment signed."""
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    window = window_after_layoff(claim, context.law)
    filed_on = day_of(context.received_or_now)
    refusal = _filing_refusal(claim, context, window)
    if refusal is not None:
        verdict = does_not_count(refusal, window.article)
        return recorded(e.FilingNotAccepted(filed_on=filed_on, verdict=verdict), verdict)
    if message.commitment_version is None or message.commitment_sha256 is None:
        article = context.law.in_force_on(filed_on).article_of_month(MonthCondition.COMMITMENT)
        verdict = does_not_count(Ground.COMMITMENT_MISSING, article)
        return recorded(e.FilingNotAccepted(filed_on=filed_on, verdict=verdict), verdict)
    filed = e.ClaimFiled(
        participant=message.participant,
        account_version=message.account_version,
        filed_on=filed_on,
        commitment_version=message.commitment_version,
        commitment_sha256=message.commitment_sha256,
    )
    events: tuple[e.Event, ...] = (filed,)
    if claim.ending in (Ending.LAPSED, Ending.WITHDRAWN):
        events = (e.ClaimReinstated(), filed)
    return Decision(events, CommandResult(verdict=counts(window.article)))


def _filing_refusal(claim: Claim, context: DecisionContext, window: Window) -> Ground | None:
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    if claim.ending not in (None, Ending.LAPSED) and not _may_file_after_withdrawal(claim):
        return Ground.CLAIM_ENDED
    if context.received_or_now < window.opens_at:
        return Ground.WINDOW_NOT_OPEN
    today = day_of(context.received_or_now)
    if context.received_or_now >= window.closes_at and not in_a_later_window(
        claim.reported_days[-1], today, context.law
    ):
        return Ground.FILED_TOO_LATE
    open_filing = claim.filing is not None and claim.ending is not Ending.WITHDRAWN
    if open_filing and not isinstance(claim.decision, e.ClaimDenied):
        return Ground.ALREADY_FILED
    return None


def _may_file_after_withdrawal(claim: Claim) -> bool:
    """Pasal 40 takes the right for other reasons only: while nothing was granted, the window stays open."""
    return claim.ending is Ending.WITHDRAWN and all(m.authorized is None for m in claim.months)
