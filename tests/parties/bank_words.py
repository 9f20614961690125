"""What the bank says of an order, and what the order table then shows."""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from claims.commands import command as cmd
from claims.state.claim import Claim, Order
from law.grounds import Ground
from payments.orders import OrderState


def an_outcome(
    order: Order,
    outcome: Literal["open", "settled", "refused", "returned"],
    ground: Ground = Ground.COUNTS,
) -> cmd.RecordTransfer:
    """What the bank says of an order."""
    return cmd.RecordTransfer(
        order_id=order.order_id,
        outcome=outcome,
        amount_idr=order.amount_idr,
        ground=ground,
        bank_code="2001800",
        found_by="answer",
    )


def rows_of(claim: Claim, being_sent: Iterable[UUID] = ()) -> dict[UUID, OrderState]:
    """The order table as the stream tells it, but for orders just being sent."""
    rows = {order.order_id: order.state for month in claim.months for order in month.orders}
    return rows | dict.fromkeys(being_sent, OrderState.SENDING)
