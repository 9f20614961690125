"""Perintah bayar: the states of a payment order and the moves between them, in one table.

The claim, the row that guards the bank (`store.payments.orders`), the check in the schema and the protocol
model of the tests all read it. A stream never tells `sending`: only the row does, while the bank is called.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID


class OrderState(StrEnum):
    """Where a payment order stands."""

    ORDERED = "ordered"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SETTLED = "settled"
    REFUSED = "refused"
    RETURNED = "returned"
    CANCELLED = "cancelled"


S = OrderState
MOVES: Mapping[OrderState, frozenset[OrderState]] = MappingProxyType(
    {
        S.ORDERED: frozenset({S.SENDING, S.UNKNOWN, S.SETTLED, S.REFUSED, S.CANCELLED}),
        S.SENDING: frozenset({S.UNKNOWN, S.SETTLED, S.REFUSED, S.RETURNED}),
        S.UNKNOWN: frozenset({S.SETTLED, S.REFUSED, S.RETURNED}),
        S.SETTLED: frozenset({S.RETURNED}),
        S.REFUSED: frozenset(),
        S.RETURNED: frozenset(),
        S.CANCELLED: frozenset(),
    }
)

OPEN_STATES = frozenset({OrderState.ORDERED, OrderState.SENDING, OrderState.UNKNOWN})
WITH_THE_BANK_STATES = frozenset({OrderState.SENDING, OrderState.UNKNOWN})
NOT_PAID_STATES = frozenset({OrderState.REFUSED, OrderState.RETURNED, OrderState.CANCELLED})


def may_become(state: OrderState, other: OrderState) -> bool:
    """Whether an order may move from one state to another; a final state is never overwritten."""
    return other in MOVES[state]


@dataclass(frozen=True)
class OrderMove:
    """An order that became known to stand elsewhere."""

    order_id: UUID
    state: OrderState
