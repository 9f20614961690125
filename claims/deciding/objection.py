"""Keberatan: what a machine or a person decided on wrong facts, a person puts right.

Everything here is for the claimant; nothing is refused, ended or asked back by it.
"""

from collections.abc import Iterator
from typing import assert_never

from claims import events as e
from claims.commands import command as cmd
from claims.deciding.answers import Decision, recorded
from claims.entitlement.determination import (
    approve,
    deciding_rules,
    layoff_is_to_come,
    naming_counts_not,
    payer_is_open,
)
from claims.entitlement.windows import window_to_file
from claims.state.claim import Claim, Ending
from claims.transitions.questions import decided
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of
from law.provisions import EMPLOYER_FIRST, NEVER_REGISTERED
from payments.context import DecisionContext

OBJECTIONS = "assumption: docs/decisions/0034-objections.md"


def decide(message: cmd.ObjectionMessage, claim: Claim, context: DecisionContext) -> Decision:
    """What an objection, or what an officer puts right, comes to."""
    match message:
        case cmd.ObjectToDecision():
            return object_to_decision(message, claim, context)
        case cmd.PutRight():
            return put_right(message, claim, context)
        case _:
            assert_never(message)


def object_to_decision(message: cmd.ObjectToDecision, claim: Claim, context: DecisionContext) -> Decision:
    """Keberatan of the claimant: it counts while the decision stands; one at a time for each decision."""
    verdict = _stands(claim, message.what, message.month)
    if verdict.counts and claim.objects_to(message.what, message.month):
        verdict = does_not_count(Ground.ALREADY_RECORDED, OBJECTIONS)
    received = e.ObjectionReceived(
        what=message.what,
        month=message.month,
        reference=message.reference,
        received_on=day_of(context.received_or_now),
        verdict=verdict,
    )
    return recorded(received, verdict)


def put_right(message: cmd.PutRight, claim: Claim, context: DecisionContext) -> Decision:
    """Perbaikan by an officer, of their own accord or over an objection, which they may also dismiss."""
    verdict, is_open = _review(message, claim, context), _payer_is_open(message, claim)
    reviewed = e.DecisionReviewed(
        what=message.what,
        month=message.month,
        founded=message.founded,
        reason=message.reason,
        verdict=verdict,
        payer=message.payer,
        payer_verdict=naming_counts_not(message.payer, is_open) if verdict.counts else None,
    )
    if not verdict.counts or not message.founded:
        return recorded(reviewed, verdict)
    return recorded(reviewed, verdict, *_what_follows(message, claim, context))


def _payer_is_open(message: cmd.PutRight, claim: Claim) -> bool:
    """Only who puts a refusal right, for which there were arrears, has a payer to name."""
    refused = claim.denied if message.what == "refusal" and message.founded else None
    return refused is not None and payer_is_open(refused.reasons)


def _stands(claim: Claim, what: e.Objected, month: int) -> Verdict:
    """Whether there is a decision to look at; a month after the end comes back with the end."""
    if claim.ending in (Ending.WITHDRAWN, Ending.LAYOFF_WITHDRAWN):
        return does_not_count(Ground.CLAIM_ENDED, OBJECTIONS)
    if claim.stands(what, month):
        return counts(OBJECTIONS)
    if what == "month" and claim.ceased is not None and month > claim.last_month_owed:
        return does_not_count(claim.ceased.ground, claim.ceased.article)
    return does_not_count(Ground.NOTHING_TO_DECIDE, OBJECTIONS)


def _review(message: cmd.PutRight, claim: Claim, context: DecisionContext) -> Verdict:
    verdict = _stands(claim, message.what, message.month)
    if not verdict.counts:
        return verdict
    if not message.founded:
        objected = claim.objects_to(message.what, message.month)
        return verdict if objected else does_not_count(Ground.NOTHING_TO_DECIDE, OBJECTIONS)
    return _approvable(message, claim, context) if message.what == "refusal" else verdict


def _approvable(message: cmd.PutRight, claim: Claim, context: DecisionContext) -> Verdict:
    """A refused claim is granted as a referred one is: on a record, and with a payer where there is doubt."""
    assert claim.denied is not None, "a refusal stands"
    if claim.record is None or not claim.record.registered:
        return does_not_count(Ground.WAGE_UNKNOWN, NEVER_REGISTERED)
    if payer_is_open(claim.denied.reasons) and message.payer is None:
        return does_not_count(Ground.PAYER_NOT_NAMED, EMPLOYER_FIRST)
    if layoff_is_to_come(claim, day_of(context.at)):
        return does_not_count(Ground.FILED_BEFORE_LAYOFF, window_to_file(claim, context.law).article)
    return counts(OBJECTIONS)


def _what_follows(message: cmd.PutRight, claim: Claim, context: DecisionContext) -> Iterator[e.Event]:
    match message.what:
        case "refusal":
            yield from _approved(message, claim, context)
        case "month":
            yield e.MonthReinstated(month=message.month, granted=True)
        case "cessation":
            yield from _resumed(message, claim, context)


def _approved(message: cmd.PutRight, claim: Claim, context: DecisionContext) -> Iterator[e.Event]:
    assert claim.denied is not None, "a refusal stands"
    if claim.ending is Ending.LAPSED:
        yield e.ClaimReinstated()
    rules = deciding_rules(claim, context.law, context.at)
    payer = message.payer if _payer_is_open(message, claim) and message.payer else "bpjs"
    yield approve(claim, rules, claim.denied.reasons, context.at, payer)


def _resumed(message: cmd.PutRight, claim: Claim, context: DecisionContext) -> Iterator[e.Event]:
    """The months come back, the debts go, and what was asked because of the end is answered with it."""
    assert claim.ceased is not None, "the benefit has ceased"
    ground = claim.ceased.ground
    yield e.BenefitResumed(
        months=tuple(_months_back(claim, ground)), catch_up_from=day_of(context.at), article=OBJECTIONS
    )
    for month in claim.months:
        if month.receivable is not None and month.receivable_idr and month.receivable.ground is ground:
            yield e.ReceivableDropped(month=month.number, amount_idr=month.receivable_idr, article=OBJECTIONS)
    for question in claim.open_questions:
        if question.asked.ground is ground:
            yield decided(question, founded=False, reason=message.reason, context=context)


def _months_back(claim: Claim, ground: Ground) -> Iterator[int]:
    """The months that nobody decided, and those lost on the same ground; none after an end that stands."""
    before = claim.end_before
    for month in claim.months[: None if before is None else before.event.last_month_owed]:
        lost = month.forfeited is not None and month.forfeited.ground is ground
        if lost or not month.decided:
            yield month.number
