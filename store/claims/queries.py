"""What portals and operators ask: one claim, its timeline, its payments, what is stuck."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from claims.agenda.next_step import NextStep, next_step
from claims.state.claim import Claim
from claims.state.evolving import fold
from law.periods import Calendar
from payments.context import DecisionContext
from payments.orders import OrderState
from store.claims.history import RecordedEvent, recorded_events
from store.claims.kind import ClaimStepRunner
from store.database import Pool
from store.engine.messages import UnknownStream
from store.payments.orders import payments_stopped
from store.scheduling.clock import read_clock


@dataclass(frozen=True)
class ClaimView:
    """A claim as of now: its state, its step computed at reading, the calendar of that, its events."""

    stream_id: UUID
    at: datetime
    claim: Claim
    next_step: NextStep
    calendar: Calendar
    events: tuple[RecordedEvent, ...]


@dataclass(frozen=True)
class PaymentView:
    """One payment order without account or name."""

    order_id: UUID
    month: int
    attempt: int
    amount_idr: int
    state: OrderState
    account_version: int
    bank_reference: str | None


async def view_claim(steps: ClaimStepRunner, stream_id: UUID) -> ClaimView:
    """The claim now; raises UnknownStream."""
    async with steps.pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
        clock = await read_clock(connection)
        events = await recorded_events(connection, stream_id)
        if not events:
            raise UnknownStream(f"no claim {stream_id}")
        rows = await connection.fetch(
            "select order_id, state from payment_orders where stream_id = $1", stream_id
        )
        claim = fold(recorded.event for recorded in events)
        calendar = await steps.newest_calendar(connection)
        context = DecisionContext(
            law=steps.law,
            calendar=calendar,
            at=clock.at,
            grace=clock.grace,
            order_rows={row["order_id"]: OrderState(row["state"]) for row in rows},
            payments_stopped=await payments_stopped(connection),
        )
    return ClaimView(stream_id, clock.at, claim, next_step(claim, context), calendar, tuple(events))


async def payments_of(pool: Pool, stream_id: UUID) -> tuple[PaymentView, ...]:
    """Every order of a claim, oldest first."""
    rows = await pool.fetch(
        "select order_id, month, attempt, amount_idr, state, account_version, bank_reference "
        "from payment_orders where stream_id = $1 order by month, attempt",
        stream_id,
    )
    return tuple(
        PaymentView(
            row["order_id"],
            row["month"],
            row["attempt"],
            row["amount_idr"],
            OrderState(row["state"]),
            row["account_version"],
            row["bank_reference"],
        )
        for row in rows
    )


async def overdue_wakeups(pool: Pool, *, seconds: float) -> list[dict[str, Any]]:
    """Workflows that are due, or wanted, and have not looked for some real seconds."""
    rows = await pool.fetch(
        """
        select w.workflow_id, w.due_at, w.todo_since, w.wanted - w.seen as unheard, w.sent_at
        from wakeups w, clock c
        where (w.due_at < c.programme_at + (clock_timestamp() - c.real_at) * c.speed
                   - make_interval(secs => $1 * c.speed))
           or (w.todo_since < clock_timestamp() - make_interval(secs => $1))
           or (w.wanted > w.seen and w.wanted_at < clock_timestamp() - make_interval(secs => $1))
        order by least(w.wanted_at, w.todo_since), w.due_at
        """,
        seconds,
    )
    return [dict(row) for row in rows]


async def orders_sending_longer_than(pool: Pool, seconds: float) -> list[dict[str, Any]]:
    """Orders whose send began long ago and whose outcome nobody recorded."""
    rows = await pool.fetch(
        "select order_id, stream_id, month, sending_since from payment_orders where state = 'sending' "
        "and sending_since < clock_timestamp() - make_interval(secs => $1) order by sending_since",
        seconds,
    )
    return [dict(row) for row in rows]
