"""Everything a decision may look at besides the stream itself, given as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from law.periods import Calendar
from law.rules import Law
from payments.orders import OrderState


@dataclass(frozen=True)
class DecisionContext:
    """The law, the calendar, the programme time, the orders as locked, and identities drawn beforehand.

    `received_at` is when the message was received, read before any lock; None for a wake-up. `grace` is how
    long after a deadline it takes effect without a message received after it.
    """

    law: Law
    calendar: Calendar
    at: datetime
    received_at: datetime | None = None
    grace: timedelta = timedelta()
    order_rows: Mapping[UUID, OrderState] = field(default_factory=dict)
    payments_stopped: bool = False
    fresh_order_ids: tuple[UUID, ...] = ()

    @property
    def horizon(self) -> datetime:
        """Deadlines at or before this instant have passed."""
        matured = self.at - self.grace
        return matured if self.received_at is None else max(matured, self.received_at)

    @property
    def received_or_now(self) -> datetime:
        """The instant by which a message is decided."""
        return self.at if self.received_at is None else self.received_at

    def row(self, order_id: UUID) -> OrderState:
        """State of an order's row; an order made in this very step is `ordered`."""
        return self.order_rows.get(order_id, OrderState.ORDERED)
