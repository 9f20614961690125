"""Kelebihan pembayaran: of a month that is not owed the debt is what arrived, no more and no less."""

from collections.abc import Iterator

from claims import events as e
from claims.events.adverse import find_receivable
from claims.events.basis import Heard, Upheld
from claims.state.claim import BenefitMonth, Claim
from claims.state.hearings import Ended
from claims.transitions.questions import HEARING, ask, upheld, upheld_at_the_end
from payments.context import DecisionContext

Debt = e.ReceivableFound | e.ReceivableDropped


def months_overpaid(claim: Claim, context: DecisionContext) -> e.QuestionAsked | None:
    """Months paid before it was known that the right had ended: no debt without a hearing."""
    ceased = claim.ceased
    if ceased is None or isinstance(ceased.basis, Heard):
        return None
    asked = {
        number
        for question in claim.questions
        if question.decided is None or question.asked.question > claim.asked_before_the_end
        for number in question.asked.months
    }
    months = tuple(m.number for m in _paid_after_the_end(claim) if m.number not in asked)
    if not months:
        return None
    return ask(
        claim, context, ceased.ground, ceased.article, months=months, last_month_owed=ceased.last_month_owed
    )


def _paid_after_the_end(claim: Claim) -> tuple[BenefitMonth, ...]:
    """The months after the end of which more was paid than is marked as a debt."""
    return tuple(
        m for m in claim.months if m.number > claim.last_month_owed and m.paid_idr > m.receivable_idr
    )


def debts_anew(claim: Claim) -> Iterator[Debt]:
    """What follows once a payment arrives, or comes back, after a person found its month not owed."""
    for month in claim.months:
        returned_idr = month.receivable_idr - month.paid_idr
        if returned_idr > 0:
            yield e.ReceivableDropped(month=month.number, amount_idr=returned_idr, article=HEARING)
    for month in _paid_after_the_end(claim):
        found = _found_not_owed(claim, month.number)
        if found is not None:
            yield find_receivable(found, month=month.number, amount_idr=month.paid_idr - month.receivable_idr)


def _found_not_owed(claim: Claim, month: int) -> Upheld | None:
    """What a person found of a month after an end: with the end itself, or over a question since then."""
    assert claim.ceased is not None, "a month after the end has an end before it"
    newest = Ended(claim.ceased, claim.asked_before_the_end)
    for end in (newest, *reversed(claim.ends_before)):
        if month <= end.event.last_month_owed:
            continue
        at_the_end = upheld_at_the_end(end.event)
        if at_the_end is not None:
            return at_the_end
        for question in claim.questions[end.asked_before :]:
            founded = question.decided is not None and question.decided.founded
            if founded and month in question.asked.months:
                return upheld(claim, question)
    return None
