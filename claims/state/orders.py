"""The state of a claim after its orders moved: made, sent, cancelled, settled, failed, returned."""

from dataclasses import replace
from uuid import UUID

from claims import events as e
from claims.state.claim import BenefitMonth, Claim, Ending, Order
from payments.orders import OrderState


def with_month(claim: Claim, month: BenefitMonth) -> Claim:
    """The claim with another state of a month."""
    months = tuple(month if m.number == month.number else m for m in claim.months)
    return replace(claim, months=months)


def _with_order(
    claim: Claim, order_id: UUID, state: OrderState, failure: e.PaymentFailed | None = None
) -> Claim:
    found = claim.find_order(order_id)
    if found is None:
        return claim
    month, order = found
    changed = replace(order, state=state, failure=failure)
    return with_month(
        claim, replace(month, orders=tuple(changed if o.order_id == order_id else o for o in month.orders))
    )


def ordered(event: e.PaymentOrdered, claim: Claim) -> Claim:
    """Another order for what is owed of a month."""
    month = claim.month(event.month)
    order = Order(event.order_id, event.obligation, event.attempt, event.amount_idr, event.account_version)
    return with_month(claim, replace(month, orders=(*month.orders, order)))


def sent(event: e.PaymentSent, claim: Claim) -> Claim:
    """The bank may have it."""
    return _with_order(claim, event.order_id, OrderState.UNKNOWN)


def cancelled(event: e.PaymentCancelled, claim: Claim) -> Claim:
    """It never went to the bank."""
    return _with_order(claim, event.order_id, OrderState.CANCELLED)


def settled(event: e.PaymentSettled, claim: Claim) -> Claim:
    """The bank paid it."""
    return _with_order(claim, event.order_id, OrderState.SETTLED)


def failed(event: e.PaymentFailed, claim: Claim) -> Claim:
    """The bank refused it."""
    return _with_order(claim, event.order_id, OrderState.REFUSED, event)


def returned(event: e.PaymentReturned, claim: Claim) -> Claim:
    """What was paid came back; a claim that had run out goes on."""
    reopened = _with_order(claim, event.order_id, OrderState.RETURNED)
    return replace(reopened, ending=None) if claim.ending is Ending.EXHAUSTED else reopened
