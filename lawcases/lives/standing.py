"""How the claim of a law case stands: what was granted, lost, asked and found, in the words of the format."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

from claims.events import (
    BenefitCeased,
    ClaimApproved,
    ClaimDenied,
    ClaimLapsed,
    ClaimReferred,
    EmployerOwes,
    Event,
    PaymentCancelled,
    ReceivableFound,
)
from claims.state.claim import BenefitMonth, Claim
from claims.state.hearings import Question
from law.periods import day_of
from lawcases.lives.ahead import reasons_told
from lawcases.lives.beside import Outcome
from lawcases.lives.lived import Life

Refusing = BenefitCeased | ClaimDenied | ClaimLapsed | ClaimReferred
E = TypeVar("E", bound=Event)


def standing(life: Life) -> Outcome:
    """Everything that may be expected of a whole claim, but for the answers to its messages."""
    claim, events = life.claim, life.events
    outcome = (
        _months(claim) | _what_was_lost(claim) | last_word(claim, events) | _of_the_employer(claim, events)
    )
    return outcome | {
        "status": _status(claim),
        "reference_date": claim.approved and claim.approved.reference_date,
        "wage_idr": claim.wage_idr,
        "open_questions": tuple(_question(question) for question in claim.open_questions),
        "reasons": reasons_told(claim.decision.reasons if claim.decision else ()),
        "claimant_owes_idr": sum(month.receivable_idr for month in claim.months),
        "receivables": tuple(_receivable(found) for found in _all(events, ReceivableFound)),
        "cancelled": {str(each.month): each.ground.value for each in _all(events, PaymentCancelled)},
    }


def _all(events: Sequence[Event], kind: type[E]) -> Iterator[E]:
    return (event for event in events if isinstance(event, kind))


def _months(claim: Claim) -> Outcome:
    owed = {month.number for month in claim.owed_months}
    months: list[int | None] = []
    for month in claim.months:
        open_still = month.number in owed and not month.decided and claim.ending is None
        paid = month.authorized.amount_idr if month.authorized and month.number in owed else 0
        months.append(None if open_still else paid)
    added = {str(month.number): _added_idr(month) for month in claim.months if month.adjusted}
    return {
        "months": tuple(months),
        "differences": added,
        "total_idr": sum(amount or 0 for amount in months) + sum(added.values()),
        "settled": tuple(month.number for month in claim.months if month.settled),
        "pay_by": {str(month.number): _pay_by(month) for month in claim.months if month.authorized},
    }


def _pay_by(month: BenefitMonth) -> date | None:
    """The last day of the payment term; of a month that the fund took over, from then on."""
    granted = month.taken_over or month.authorized
    return None if granted is None else day_of(granted.pay_until - datetime.resolution)


def _added_idr(month: BenefitMonth) -> int:
    return sum(adjusted.difference_idr for adjusted in month.adjusted)


def _what_was_lost(claim: Claim) -> Outcome:
    lost = {str(each.number): each.forfeited for each in claim.months if each.forfeited is not None}
    return {
        "lost": {number: forfeited.ground.value for number, forfeited in lost.items()},
        "lost_basis": {number: forfeited.basis.kind for number, forfeited in lost.items()},
    }


def _status(claim: Claim) -> str:
    if claim.ending is not None:
        return claim.ending.value
    if claim.ceased is not None:
        return "ceased"
    match claim.decision:
        case ClaimApproved():
            return "running"
        case ClaimDenied():
            return "denied"
        case ClaimReferred():
            return "referred"
        case None:
            return "not_filed" if claim.filing is None else "undecided"


def last_word(claim: Claim, events: Sequence[Event]) -> Outcome:
    """Ground, article and basis of what ended the months, or of the decision that granted none."""
    lapsed = list(_all(events, ClaimLapsed))[-1:] if claim.ending == "lapsed" else []
    told: Refusing | ClaimApproved | None = lapsed[0] if lapsed else claim.ceased or claim.decision
    if told is None or isinstance(told, ClaimApproved):
        return {}
    said = {"ground": told.ground.value, "article": told.article}
    return said if isinstance(told, ClaimReferred) else said | {"basis": told.basis.kind}


def _question(question: Question) -> Outcome:
    asked = question.asked
    return {
        "ground": asked.ground.value,
        "months": asked.months,
        "last_day": day_of(asked.answer_until - datetime.resolution),
        "answered": question.answered,
        "documents": asked.documents,
    }


def _receivable(found: ReceivableFound) -> Outcome:
    return {
        "month": found.month,
        "amount_idr": found.amount_idr,
        "cause": found.cause,
        "ground": found.ground.value,
    }


def _of_the_employer(claim: Claim, events: Sequence[Event]) -> Outcome:
    owes = [event.amount_idr for event in _all(events, EmployerOwes) if event.verdict.counts]
    paid = {str(each.number): each.employer_paid_idr for each in claim.months if each.employer_paid_idr}
    return {
        "payer": claim.approved and claim.payer,
        "employer_paid": paid,
        "employer_owes_idr": owes[-1] if owes else 0,
        "reimbursement_idr": claim.reimbursed_idr,
    }
