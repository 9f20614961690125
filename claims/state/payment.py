"""The state after the orders to the bank moved, and after another account was named."""

from dataclasses import replace
from typing import assert_never
from uuid import UUID

from claims import events as e
from claims.state.benefit import with_month
from claims.state.claim import Claim, Order
from claims.state.ending import goes_on
from payments.orders import OrderState


def apply(event: e.PaymentEvent, claim: Claim) -> Claim:
    """The claim after one more event of its orders or its account."""
    match event:
        case e.PaymentOrdered():
            return payment_ordered(event, claim)
        case e.PaymentSent():
            return _with_order(claim, event.order_id, OrderState.UNKNOWN)
        case e.PaymentCancelled():
            return _with_order(claim, event.order_id, OrderState.CANCELLED)
        case e.PaymentSettled():
            return _with_order(claim, event.order_id, OrderState.SETTLED)
        case e.PaymentFailed():
            return _with_order(claim, event.order_id, OrderState.REFUSED, event)
        case e.PaymentReturned():
            return goes_on(_with_order(claim, event.order_id, OrderState.RETURNED))
        case e.BankAccountChanged():
            return bank_account_changed(event, claim)
        case _:
            assert_never(event)


def payment_ordered(event: e.PaymentOrdered, claim: Claim) -> Claim:
    """Another order for what is owed of a month."""
    month = claim.month(event.month)
    order = Order(event.order_id, event.obligation, event.attempt, event.amount_idr, event.account_version)
    return with_month(claim, replace(month, orders=(*month.orders, order)))


def bank_account_changed(event: e.BankAccountChanged, claim: Claim) -> Claim:
    """Orders from now on use this version of the account."""
    return replace(claim, account_version=event.account_version) if event.verdict.counts else claim


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
