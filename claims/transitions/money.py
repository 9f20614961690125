"""What an event moves in money: the payment order it makes or moves, and what it posts in the ledger."""

from claims import events as e
from payments import ledger
from payments.ledger import Posting
from payments.obligations import NewOrder
from payments.orders import OrderMove, OrderState


def order_of(event: e.Event) -> NewOrder | OrderMove | None:
    """The order that an event makes, or where it moves one; None where it concerns none."""
    match event:
        case e.PaymentOrdered():
            return NewOrder(
                order_id=event.order_id,
                obligation=event.obligation,
                month=event.month,
                attempt=event.attempt,
                amount_idr=event.amount_idr,
                account_version=event.account_version,
            )
        case e.PaymentSent():
            return OrderMove(event.order_id, OrderState.UNKNOWN)
        case e.PaymentSettled():
            return OrderMove(event.order_id, OrderState.SETTLED)
        case e.PaymentFailed():
            return OrderMove(event.order_id, OrderState.REFUSED)
        case e.PaymentReturned():
            return OrderMove(event.order_id, OrderState.RETURNED)
        case e.PaymentCancelled():
            return OrderMove(event.order_id, OrderState.CANCELLED)
        case _:
            return None


def postings_of(event: e.Event) -> tuple[Posting, ...]:
    """The postings of an event: none where it moves no money of the fund."""
    match event:
        case e.PaymentSettled():
            return (ledger.paid(event.month, event.amount_idr, event.order_id),)
        case e.PaymentReturned():
            return (ledger.came_back(event.month, event.amount_idr, event.order_id),)
        case e.ReceivableFound():
            return (ledger.overpaid(event.month, event.amount_idr),)
        case e.ReceivableDropped():
            return (ledger.owed_after_all(event.month, event.amount_idr),)
        case _:
            return tuple(ledger.owed(month, idr) for month, idr in _granted_by_the_fund(event) if idr > 0)


def _granted_by_the_fund(event: e.Event) -> tuple[tuple[int, int], ...]:
    """Months and what the fund came to owe of each."""
    match event:
        case e.BenefitAuthorized(payer="bpjs"):
            return ((event.month, event.amount_idr - event.paid_ahead_idr),)
        case e.MonthAdjusted(payer="bpjs"):
            return ((event.month, event.difference_idr),)
        case e.PayerRedetermined():
            return tuple((each.month, each.amount_idr) for each in event.months)
        case _:
            return ()
