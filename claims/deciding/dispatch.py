"""Messages to events: one decision per kind of message, with the answer its sender gets.

Nothing said to a claim is lost: what does not count is recorded with its ground and article.
"""

from datetime import datetime
from typing import assert_never

from claims import events as e
from claims.commands import messages as m
from claims.deciding import benefit, contact, decision, ending, evidence, layoff, objection, payment, question
from claims.deciding.answers import Decision
from claims.entitlement.months import month_reasons, unmet
from claims.entitlement.windows import month_window
from claims.events.basis import Heard
from claims.state.claim import Claim
from claims.state.evolving import evolve
from claims.state.situation import Situation


def decide(claim: Claim, message: m.Message, s: Situation) -> Decision:
    """What a message does to a claim; months that it completes although their window closed come back."""
    decided = _decide(message, claim, s)
    if all(month.forfeited is None for month in claim.months):
        return decided
    after = claim
    for event in decided.events:
        after = evolve(after, event)
    done_at = evidence.when_done(message, s)
    reinstated = tuple(
        e.MonthReinstated(month=month.number)
        for month in after.months
        if done_at is not None and _reinstated(after, month.number, done_at, s)
    )
    return Decision(decided.events + reinstated, decided.answer)


def _decide(message: m.Message, claim: Claim, s: Situation) -> Decision:
    """By the subject of the message."""
    if isinstance(message, m.LayoffMessage):
        return layoff.decide(message, claim, s)
    if isinstance(message, m.DecisionMessage):
        return decision.decide(message, claim, s)
    if isinstance(message, m.EvidenceMessage):
        return evidence.decide(message, claim, s)
    if isinstance(message, m.QuestionMessage):
        return question.decide(message, claim, s)
    if isinstance(message, m.ObjectionMessage):
        return objection.decide(message, claim, s)
    if isinstance(message, m.BenefitMessage):
        return benefit.decide(message, claim, s)
    if isinstance(message, m.PaymentMessage):
        return payment.decide(message, claim, s)
    if isinstance(message, m.EndingMessage):
        return ending.decide(message, claim, s)
    if isinstance(message, m.ContactMessage):
        return contact.decide(message, claim, s)
    assert_never(message)


def _reinstated(claim: Claim, month: int, done_at: datetime, s: Situation) -> bool:
    """A month forfeited after its claimant had done their part, whose conditions the message completes."""
    forfeited = claim.month(month).forfeited
    if forfeited is None or isinstance(forfeited.basis, Heard):
        return False
    if done_at >= month_window(claim, month, s.law, s.calendar).closes_at:
        return False
    return unmet(month_reasons(claim, month, s.law)) is None
