"""What a step writes of payment orders: those it makes, and where it moves others, one row each."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from payments.obligations import Creditor, NewOrder, obligation_key
from payments.orders import OrderMove, OrderState
from store.ids import new_reference


@dataclass(frozen=True)
class OrderRows:
    """Rows of the types `step_order` and `step_move` of the schema."""

    made: list[tuple[object, ...]]
    moved: list[tuple[object, ...]]


def order_rows(stream_id: UUID, creditor: Creditor, changes: Sequence[NewOrder | OrderMove]) -> OrderRows:
    """The changes of a step: orders that were there move first, each move in its turn, then new ones come."""
    made = {change.order_id: change for change in changes if isinstance(change, NewOrder)}
    moves = [change for change in changes if isinstance(change, OrderMove)]
    at_rest = {move.order_id: move.state for move in moves}
    return OrderRows(
        [
            _made(stream_id, creditor, order, at_rest.get(order_id, OrderState.ORDERED))
            for order_id, order in made.items()
        ],
        [(move.order_id, move.state.value) for move in moves if move.order_id not in made],
    )


def _made(stream_id: UUID, creditor: Creditor, order: NewOrder, state: OrderState) -> tuple[object, ...]:
    return (
        order.order_id,
        obligation_key(stream_id, order.obligation),
        order.month,
        order.attempt,
        order.amount_idr,
        creditor.kind.value,
        creditor.creditor_id,
        order.account_version,
        new_reference(),
        state.value,
    )
