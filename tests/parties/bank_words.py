"""What the bank says of an order, and what the order table then shows."""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from claims.commands import messages as m
from claims.state.claim import Claim, Order, OrderState
from claims.state.situation import OrderRow
from law.grounds import Ground


def an_outcome(
    order: Order,
    outcome: Literal["open", "settled", "refused", "returned"],
    ground: Ground = Ground.COUNTS,
) -> m.RecordTransfer:
    """What the bank says of an order."""
    return m.RecordTransfer(
        order_id=order.order_id,
        outcome=outcome,
        amount_idr=order.amount_idr,
        ground=ground,
        bank_code="2001800",
        found_by="answer",
    )


ROW_OF_STATE = {
    OrderState.ORDERED: OrderRow.ORDERED,
    OrderState.SENT: OrderRow.UNKNOWN,
    OrderState.SETTLED: OrderRow.SETTLED,
    OrderState.FAILED: OrderRow.REFUSED,
    OrderState.RETURNED: OrderRow.RETURNED,
    OrderState.CANCELLED: OrderRow.CANCELLED,
}


def rows_of(claim: Claim, being_sent: Iterable[UUID] = ()) -> dict[UUID, OrderRow]:
    """The order table as the stream tells it, but for orders just being sent."""
    rows = {order.order_id: ROW_OF_STATE[order.state] for month in claim.months for order in month.orders}
    return rows | dict.fromkeys(being_sent, OrderRow.SENDING)
