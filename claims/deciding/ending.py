"""What ends the right or the claim: work, a death, a withdrawal."""

from datetime import date
from typing import assert_never

from claims import events as e
from claims.commands import messages as m
from claims.deciding.answers import Decision, on_a_day_that_came, told
from claims.state.claim import Claim
from claims.state.situation import Situation
from claims.transitions.questions import ask, months_begun, takes_something, undecided_months
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of

WITHDRAWAL = "assumption: docs/decisions/0024-withdrawal.md"


def decide(message: m.EndingMessage, claim: Claim, s: Situation) -> Decision:
    """What is told of work, of a death, or a withdrawal, comes to."""
    match message:
        case m.ReportReemployment():
            return report_reemployment(message, claim, s)
        case m.ReportDeath():
            return report_death(message, claim, s)
        case m.WithdrawClaim():
            return withdraw_claim(message, claim, s)
        case _:
            assert_never(message)


def report_reemployment(message: m.ReportReemployment, claim: Claim, s: Situation) -> Decision:
    """Telah mendapatkan pekerjaan: it ends the benefit, or a person is asked."""
    verdict = _work_verdict(claim, message, s)
    event = e.Reemployed(since=message.since, verdict=verdict, work=message.work)
    if verdict.ground is not Ground.NEEDS_A_PERSON or claim.approved is None:
        return told(event, verdict)
    ground = Ground.OWN_BUSINESS if message.work == "own_business" else Ground.REEMPLOYED
    if claim.asks(ground):
        return told(event, verdict)
    last = months_begun(claim, message.since, s.law.in_force_on(message.since))
    asked = ask(claim, s, ground, verdict.article, months=undecided_months(claim, last), last_month_owed=last)
    return told(event, verdict, asked)


def _work_verdict(claim: Claim, message: m.ReportReemployment, s: Situation) -> Verdict:
    """Work that began before the layoff is no new work; before the filing, or one's own, a person decides."""
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    rules = s.law.in_force_on(day_of(s.heard_at))
    article = rules.work_ends_the_right.article
    verdict = _stop_verdict(claim, message.since, article, s)
    if not verdict.counts:
        return verdict
    if message.since <= claim.layoff.laid_off_on:
        return does_not_count(Ground.WORK_BEFORE_LAYOFF, article)
    before_the_filing = claim.approved is not None and message.since < claim.approved.reference_date
    own_business = message.work == "own_business" and rules.own_business_is_for_a_person.value
    if before_the_filing or own_business:
        return does_not_count(Ground.NEEDS_A_PERSON, article)
    return verdict


def report_death(message: m.ReportDeath, claim: Claim, s: Situation) -> Decision:
    """Meninggal dunia: no day before the job began counts."""
    article = s.law.in_force_on(day_of(s.heard_at)).death_ends_the_right.article
    verdict = _stop_verdict(claim, message.died_on, article, s)
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    if verdict.counts and message.died_on < claim.layoff.contract.started_on:
        verdict = does_not_count(Ground.BEFORE_THE_JOB_BEGAN, article)
    return told(e.Deceased(died_on=message.died_on, verdict=verdict), verdict)


def _stop_verdict(claim: Claim, day: date, article: str, s: Situation) -> Verdict:
    """A claim that is over, or ended later, listens to a day that takes months from it all the same."""
    goes_on = claim.ending is None and claim.ceased is None
    if not goes_on and not _takes_months(claim, day, s):
        ended = Ground.ALREADY_RECORDED if claim.ending is None else Ground.CLAIM_ENDED
        return does_not_count(ended, article)
    return on_a_day_that_came(day, counts(article), s)


def _takes_months(claim: Claim, day: date, s: Situation) -> bool:
    if claim.approved is None:
        return False
    return takes_something(claim, months_begun(claim, day, s.law.in_force_on(day)))


def withdraw_claim(message: m.WithdrawClaim, claim: Claim, s: Situation) -> Decision:
    """Penarikan klaim: of a claim that has not ended."""
    verdict = counts(WITHDRAWAL)
    if claim.ending is not None:
        verdict = does_not_count(Ground.CLAIM_ENDED, WITHDRAWAL)
    return told(e.ClaimWithdrawn(reason=message.reason, verdict=verdict), verdict)
