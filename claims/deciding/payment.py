"""The account, and what becomes known of a transfer; a final state is never overwritten."""

from datetime import timedelta
from typing import assert_never

from claims import events as e
from claims.commands import messages as m
from claims.deciding.answers import Decision, not_kept, told
from claims.state.claim import Claim, Ending, OrderState
from claims.state.situation import OrderRow, Situation, procedure_article
from law.grounds import Ground, counts, does_not_count

RETRY_PAUSE = timedelta(minutes=5)
RETRY_PAUSE_MAX = timedelta(days=1)


def decide(message: m.PaymentMessage, claim: Claim, s: Situation) -> Decision:
    """What another account, or the outcome of a transfer, comes to."""
    match message:
        case m.ChangeAccount():
            return change_account(message, claim, s)
        case m.RecordTransfer():
            return decide_transfer(message, claim, s)
        case _:
            assert_never(message)


def change_account(message: m.ChangeAccount, claim: Claim, s: Situation) -> Decision:
    """Penggantian rekening: a newer version of the account than the one that stands."""
    verdict = counts(procedure_article(s, "13(7)"))
    if claim.ending not in (None, Ending.EXHAUSTED):
        verdict = does_not_count(Ground.CLAIM_ENDED, verdict.article)
    elif message.account_version <= claim.account_version:
        verdict = does_not_count(Ground.ALREADY_RECORDED, verdict.article)
    return told(e.BankAccountChanged(account_version=message.account_version, verdict=verdict), verdict)


def decide_transfer(message: m.RecordTransfer, claim: Claim, s: Situation) -> Decision:
    """What is known of a transfer: an unknown order or a final state changes nothing."""
    found, article = claim.find_order(message.order_id), procedure_article(s, "13(7)")
    if found is None:
        return not_kept(does_not_count(Ground.ORDER_UNKNOWN, article))
    month, order = found
    event = _transfer_event(message, month.number, order.state, order.attempt, s)
    if event is None:
        return not_kept(does_not_count(Ground.ORDER_ALREADY_FINAL, article))
    return told(event, counts(article))


def _transfer_event(
    message: m.RecordTransfer, month: int, state: OrderState, attempt: int, s: Situation
) -> e.Event | None:
    """The event of an outcome, or None where a final state already stands: it is never overwritten."""
    is_open = state in (OrderState.ORDERED, OrderState.SENT)
    order_id = message.order_id
    if message.outcome == "open" and state is OrderState.ORDERED:
        return e.PaymentSent(order_id=order_id, month=month)
    if message.outcome == "settled" and is_open:
        return e.PaymentSettled(
            order_id=order_id, month=month, amount_idr=message.amount_idr, found_by=message.found_by
        )
    never_sent = state is OrderState.ORDERED and s.row(order_id) is OrderRow.ORDERED
    if (message.outcome == "refused" and is_open) or (message.outcome == "unsent" and never_sent):
        pause = min(RETRY_PAUSE * 2 ** min(attempt - 1, 12), RETRY_PAUSE_MAX)
        return e.PaymentFailed(
            order_id=order_id,
            month=month,
            ground=message.ground,
            bank_code=message.bank_code,
            try_again_at=s.at + pause,
        )
    if message.outcome == "returned" and (is_open or state is OrderState.SETTLED):
        return e.PaymentReturned(order_id=order_id, month=month, amount_idr=message.amount_idr)
    return None
