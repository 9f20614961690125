"""Messages to events: one decision per kind of message, with the answer its sender gets.

Nothing said to a claim is lost: what does not count is recorded with its ground and article.
"""

from datetime import datetime
from typing import assert_never

from claims import events as e
from claims.commands import command as cmd
from claims.deciding import benefit, contact, decision, ending, evidence, layoff, objection, payment, question
from claims.deciding.answers import Decision
from claims.entitlement.months import month_reasons, unmet
from claims.entitlement.windows import month_window
from claims.events.basis import Heard
from claims.state.claim import Claim
from claims.state.evolving import evolve
from payments.context import DecisionContext


def decide(claim: Claim, message: cmd.Command, context: DecisionContext) -> Decision:
    """What a message does to a claim; months that it completes although their window closed come back."""
    decided = _decide(message, claim, context)
    if all(month.forfeited is None for month in claim.months):
        return decided
    after = claim
    for event in decided.events:
        after = evolve(after, event)
    done_at = evidence.when_done(message, context)
    reinstated = tuple(
        e.MonthReinstated(month=month.number)
        for month in after.months
        if done_at is not None and _reinstated(after, month.number, done_at, context)
    )
    return Decision(decided.events + reinstated, decided.result)


def _decide(message: cmd.Command, claim: Claim, context: DecisionContext) -> Decision:
    """By the subject of the message."""
    if isinstance(message, cmd.LayoffMessage):
        return layoff.decide(message, claim, context)
    if isinstance(message, cmd.DecisionMessage):
        return decision.decide(message, claim, context)
    if isinstance(message, cmd.EvidenceMessage):
        return evidence.decide(message, claim, context)
    if isinstance(message, cmd.QuestionMessage):
        return question.decide(message, claim, context)
    if isinstance(message, cmd.ObjectionMessage):
        return objection.decide(message, claim, context)
    if isinstance(message, cmd.BenefitMessage):
        return benefit.decide(message, claim, context)
    if isinstance(message, cmd.PaymentMessage):
        return payment.decide(message, claim, context)
    if isinstance(message, cmd.EndingMessage):
        return ending.decide(message, claim, context)
    if isinstance(message, cmd.ContactMessage):
        return contact.decide(message, claim, context)
    assert_never(message)


def _reinstated(claim: Claim, month: int, done_at: datetime, context: DecisionContext) -> bool:
    """A month forfeited after its claimant had done their part, whose conditions the message completes."""
    forfeited = claim.month(month).forfeited
    if forfeited is None or isinstance(forfeited.basis, Heard):
        return False
    if done_at >= month_window(claim, month, context.law, context.calendar).closes_at:
        return False
    return unmet(month_reasons(claim, month, context.law)) is None
