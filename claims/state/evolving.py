"""From the state of a claim and one more event to its next state: `evolve`, and `fold` over all of them.

`evolve` never rejects a recorded event. Any change of what a state means raises `STATE_VERSION`, so that
stored projections are rebuilt.
"""

from collections.abc import Iterable
from typing import assert_never

from claims import events as e
from claims.state import benefit, contact, decision, ending, evidence, layoff, objection, payment, question
from claims.state.claim import Claim

STATE_VERSION = 5


def evolve(claim: Claim, event: e.Event) -> Claim:
    """The claim after one more event, by the subject of the event; the most frequent are asked for first."""
    if isinstance(event, e.EvidenceEvent):
        return evidence.apply(event, claim)
    if isinstance(event, e.PaymentEvent):
        return payment.apply(event, claim)
    if isinstance(event, e.BenefitEvent):
        return benefit.apply(event, claim)
    if isinstance(event, e.LayoffEvent):
        return layoff.apply(event, claim)
    if isinstance(event, e.DecisionEvent):
        return decision.apply(event, claim)
    if isinstance(event, e.EndingEvent):
        return ending.apply(event, claim)
    if isinstance(event, e.QuestionEvent):
        return question.apply(event, claim)
    if isinstance(event, e.ObjectionEvent):
        return objection.apply(event, claim)
    if isinstance(event, e.ContactEvent):
        return contact.apply(event, claim)
    assert_never(event)


def fold(events: Iterable[e.Event]) -> Claim:
    """The claim after all its events."""
    claim = Claim()
    for event in events:
        claim = evolve(claim, event)
    return claim
