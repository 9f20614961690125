"""The account, and what becomes known of a transfer; a final state is never overwritten."""

from collections.abc import Mapping
from datetime import timedelta
from typing import assert_never

from claims import events as e
from claims.commands import command as cmd
from claims.deciding.answers import Decision, ignored, recorded
from claims.state.claim import Claim, Ending, Order
from claims.state.procedure import procedure_article
from law.grounds import Ground, counts, does_not_count
from payments.context import DecisionContext
from payments.orders import OrderState, may_become

RETRY_PAUSE = timedelta(minutes=5)
RETRY_PAUSE_MAX = timedelta(days=1)
BECOMES: Mapping[str, OrderState] = {
    "open": OrderState.UNKNOWN,
    "settled": OrderState.SETTLED,
    "refused": OrderState.REFUSED,
    "unsent": OrderState.REFUSED,
    "returned": OrderState.RETURNED,
}


def decide(message: cmd.PaymentMessage, claim: Claim, context: DecisionContext) -> Decision:
    """What another account, or the outcome of a transfer, comes to."""
    match message:
        case cmd.ChangeAccount():
            return change_account(message, claim, context)
        case cmd.RecordTransfer():
            return decide_transfer(message, claim, context)
        case _:
            assert_never(message)


def change_account(message: cmd.ChangeAccount, claim: Claim, context: DecisionContext) -> Decision:
    """Penggantian rekening: a newer version of the account than the one that stands."""
    verdict = counts(procedure_article(context, "13(7)"))
    if claim.ending not in (None, Ending.EXHAUSTED):
        verdict = does_not_count(Ground.CLAIM_ENDED, verdict.article)
    elif message.account_version <= claim.account_version:
        verdict = does_not_count(Ground.ALREADY_RECORDED, verdict.article)
    return recorded(e.BankAccountChanged(account_version=message.account_version, verdict=verdict), verdict)


def decide_transfer(message: cmd.RecordTransfer, claim: Claim, context: DecisionContext) -> Decision:
    """What is known of a transfer: an unknown order or a final state changes nothing."""
    found, article = claim.find_order(message.order_id), procedure_article(context, "13(7)")
    if found is None:
        return ignored(does_not_count(Ground.ORDER_UNKNOWN, article))
    month, order = found
    event = _transfer_event(message, month.number, order, context)
    if event is None:
        return ignored(does_not_count(Ground.ORDER_ALREADY_FINAL, article))
    return recorded(event, counts(article))


def _transfer_event(
    message: cmd.RecordTransfer, month: int, order: Order, context: DecisionContext
) -> e.Event | None:
    """The event of an outcome, or None where the order may not move so: a final state stands."""
    # The stream does not tell that an order is being sent; only its row does.
    state = context.row(order.order_id) if order.state is OrderState.ORDERED else order.state
    if message.outcome == "unsent" and state is not OrderState.ORDERED:
        return None
    if not may_become(state, BECOMES[message.outcome]):
        return None
    match message.outcome:
        case "open":
            return e.PaymentSent(order_id=order.order_id, month=month)
        case "settled":
            return e.PaymentSettled(
                order_id=order.order_id, month=month, amount_idr=message.amount_idr, found_by=message.found_by
            )
        case "returned":
            return e.PaymentReturned(order_id=order.order_id, month=month, amount_idr=message.amount_idr)
        case "refused" | "unsent":
            return _refused(message, month, order, context)


def _refused(
    message: cmd.RecordTransfer, month: int, order: Order, context: DecisionContext
) -> e.PaymentFailed:
    pause = min(RETRY_PAUSE * 2 ** min(order.attempt - 1, 12), RETRY_PAUSE_MAX)
    return e.PaymentFailed(
        order_id=order.order_id,
        month=month,
        ground=message.ground,
        bank_code=message.bank_code,
        try_again_at=context.at + pause,
    )
