"""What ends the right or the claim: work, a death, a withdrawal."""

from datetime import date
from typing import assert_never

from claims import events as e
from claims.commands import command as cmd
from claims.deciding.answers import Decision, on_a_day_that_came, recorded
from claims.state.claim import Claim
from claims.transitions.questions import ask, months_begun, takes_something, undecided_months
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of
from payments.context import DecisionContext

WITHDRAWAL = "assumption: docs/decisions/0024-withdrawal.md"


def decide(message: cmd.EndingMessage, claim: Claim, context: DecisionContext) -> Decision:
    """What is told of work, of a death, or a withdrawal, comes to."""
    match message:
        case cmd.ReportReemployment():
            return report_reemployment(message, claim, context)
        case cmd.ReportDeath():
            return report_death(message, claim, context)
        case cmd.WithdrawClaim():
            return withdraw_claim(message, claim, context)
        case _:
            assert_never(message)


def report_reemployment(message: cmd.ReportReemployment, claim: Claim, context: DecisionContext) -> Decision:
    """Telah mendapatkan pekerjaan: it ends the benefit, or a person is asked."""
    verdict = _work_verdict(claim, message, context)
    event = e.Reemployed(since=message.since, verdict=verdict, work=message.work)
    if verdict.ground is not Ground.NEEDS_MANUAL_REVIEW or claim.approved is None:
        return recorded(event, verdict)
    ground = Ground.OWN_BUSINESS if message.work == "own_business" else Ground.REEMPLOYED
    if claim.asks(ground):
        return recorded(event, verdict)
    last = months_begun(claim, message.since, context.law.in_force_on(message.since))
    asked = ask(
        claim, context, ground, verdict.article, months=undecided_months(claim, last), last_month_owed=last
    )
    return recorded(event, verdict, asked)


def _work_verdict(claim: Claim, message: cmd.ReportReemployment, context: DecisionContext) -> Verdict:
    """Work that began before the layoff is no new work; before the filing, or one's own, a person decides."""
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    rules = context.law.in_force_on(day_of(context.received_or_now))
    article = rules.work_ends_the_right.article
    verdict = _stop_verdict(claim, message.since, article, context)
    if not verdict.counts:
        return verdict
    if message.since <= claim.layoff.laid_off_on:
        return does_not_count(Ground.WORK_BEFORE_LAYOFF, article)
    before_the_filing = claim.approved is not None and message.since < claim.approved.reference_date
    own_business = message.work == "own_business" and rules.own_business_is_manual_review.value
    if before_the_filing or own_business:
        return does_not_count(Ground.NEEDS_MANUAL_REVIEW, article)
    return verdict


def report_death(message: cmd.ReportDeath, claim: Claim, context: DecisionContext) -> Decision:
    """Meninggal dunia: no day before the job began counts."""
    article = context.law.in_force_on(day_of(context.received_or_now)).death_ends_the_right.article
    verdict = _stop_verdict(claim, message.died_on, article, context)
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    if verdict.counts and message.died_on < claim.layoff.contract.started_on:
        verdict = does_not_count(Ground.BEFORE_THE_JOB_BEGAN, article)
    return recorded(e.Deceased(died_on=message.died_on, verdict=verdict), verdict)


def _stop_verdict(claim: Claim, day: date, article: str, context: DecisionContext) -> Verdict:
    """A claim that is over, or ended later, listens to a day that takes months from it all the same."""
    goes_on = claim.ending is None and claim.ceased is None
    if not goes_on and not _takes_months(claim, day, context):
        ended = Ground.ALREADY_RECORDED if claim.ending is None else Ground.CLAIM_ENDED
        return does_not_count(ended, article)
    return on_a_day_that_came(day, counts(article), context)


def _takes_months(claim: Claim, day: date, context: DecisionContext) -> bool:
    if claim.approved is None:
        return False
    return takes_something(claim, months_begun(claim, day, context.law.in_force_on(day)))


def withdraw_claim(message: cmd.WithdrawClaim, claim: Claim, context: DecisionContext) -> Decision:
    """Penarikan klaim: of a claim that has not ended."""
    verdict = counts(WITHDRAWAL)
    if claim.ending is not None:
        verdict = does_not_count(Ground.CLAIM_ENDED, WITHDRAWAL)
    return recorded(e.ClaimWithdrawn(reason=message.reason, verdict=verdict), verdict)
