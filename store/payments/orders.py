"""Payment orders: the table that makes a payment unique (design 2.4, R1-R9).

An order is written before the bank is called. Only `begin_sending`, which moves `ordered -> sending`, allows
one call of the transfer endpoint; whoever finds another state asks for the outcome and never sends.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from law.periods import JAKARTA
from payments.obligations import Creditor, CreditorKind
from payments.orders import OrderState
from store.database import Connection, Pool
from store.scheduling.clock import Clock, begin_generation, hold_clock, hold_every_step
from store.scheduling.wakeups import WANT, Attention, pay_attention, transfer_workflow_id

ASK_AFTER = (
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=15),
)
ASK_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class SendPermit:
    """The right to send one order once, until `seconds` of real time have passed."""

    order_id: UUID
    stream_id: UUID
    creditor: Creditor
    account_version: int
    reference: str
    external_id: str
    amount_idr: int
    programme_at: datetime
    seconds: float


@dataclass(frozen=True)
class OpenTransfer:
    """A transfer whose outcome is sought.

    `send_over` once no send can still be running (real time); `programme_age` is the programme time since
    the sending.
    """

    order_id: UUID
    stream_id: UUID
    creditor: Creditor
    account_version: int
    reference: str
    external_id: str
    amount_idr: int
    state: OrderState
    sent_programme_at: datetime
    not_found: int
    send_over: bool
    programme_age: timedelta


@dataclass(frozen=True)
class AskPlan:
    """What the search for an outcome does next: `ask`, `wait` (real seconds, None: until woken), `finish`."""

    todo: str
    sleep_seconds: float | None
    next_ask_at: datetime | None


@dataclass(frozen=True)
class OrderTerms:
    """What an order says: how much, to which account; fixed when it was made."""

    amount_idr: int
    creditor: Creditor
    account_version: int
    state: OrderState


def _creditor(row: Any) -> Creditor:
    return Creditor(CreditorKind(row["creditor_kind"]), row["creditor_id"])


async def terms_of(pool: Pool, order_id: UUID) -> OrderTerms:
    """The terms and the state of an order; LookupError where there is none."""
    row = await pool.fetchrow(
        "select amount_idr, creditor_kind, creditor_id, account_version, state "
        "from payment_orders where order_id = $1",
        order_id,
    )
    if row is None:
        raise LookupError(f"no order {order_id}")
    return OrderTerms(row["amount_idr"], _creditor(row), row["account_version"], OrderState(row["state"]))


async def payments_stopped(connection: Connection | Pool) -> bool:
    """Whether the treasurer has stopped all payments."""
    return bool(await connection.fetchval("select exists (select from payment_stop)"))


async def begin_sending(pool: Pool, order_id: UUID, *, lease: timedelta) -> SendPermit | None:
    """Move `ordered -> sending`, or None: stopped, cancelled, the right ended, or somebody was here before.

    Committed when this returns; the transfer endpoint is called only with a permit. The stream is locked
    before the order, as a step locks them, and its revision raised: no step is written that read the order
    as one that may be cancelled.
    """
    async with pool.acquire() as connection, connection.transaction():
        clock = await hold_clock(connection)
        day = clock.at.astimezone(JAKARTA).strftime("%Y%m%d")
        row = await connection.fetchrow(
            """
            with raised as (
                update streams s set revision = revision + 1 from payment_orders o
                where o.order_id = $1 and o.state = 'ordered' and s.stream_id = o.stream_id and s.may_pay
                  and not exists (select from payment_stop)
                returning s.stream_id
            )
            update payment_orders o set
                state = 'sending', sending_since = clock_timestamp(),
                send_until = clock_timestamp() + $2, sent_programme_at = $3,
                external_id = $4 || lpad(nextval('external_ids')::text, 10, '0')
            from raised where o.order_id = $1 and o.state = 'ordered' and o.stream_id = raised.stream_id
            returning o.stream_id, creditor_kind, creditor_id, account_version, reference, external_id,
                      amount_idr
            """,
            order_id,
            lease,
            clock.at,
            day,
        )
    if row is None:
        return None
    return SendPermit(
        order_id=order_id,
        stream_id=row["stream_id"],
        creditor=_creditor(row),
        account_version=row["account_version"],
        reference=row["reference"],
        external_id=row["external_id"],
        amount_idr=row["amount_idr"],
        programme_at=clock.at,
        seconds=lease.total_seconds(),
    )


async def open_transfer(pool: Pool, order_id: UUID) -> OpenTransfer | None:
    """A transfer that was begun, whatever became of it; None while it was not."""
    row: Any = await pool.fetchrow(
        "select stream_id, creditor_kind, creditor_id, account_version, reference, external_id, amount_idr,"
        " state, sent_programme_at, not_found, send_until < clock_timestamp() as send_over, "
        "programme_at + (clock_timestamp() - real_at) * speed - sent_programme_at as programme_age "
        "from payment_orders o, clock where order_id = $1 and sending_since is not null",
        order_id,
    )
    if row is None:
        return None
    return OpenTransfer(
        order_id=order_id,
        stream_id=row["stream_id"],
        creditor=_creditor(row),
        account_version=row["account_version"],
        reference=row["reference"],
        external_id=row["external_id"],
        amount_idr=row["amount_idr"],
        state=OrderState(row["state"]),
        sent_programme_at=row["sent_programme_at"],
        not_found=row["not_found"],
        send_over=row["send_over"],
        programme_age=row["programme_age"],
    )


async def plan_asking(pool: Pool, order_id: UUID) -> AskPlan:
    """The transfer workflow's own step: everything wanted is seen, and this is what to do next."""
    async with pool.acquire() as connection, connection.transaction():
        clock = await hold_clock(connection)
        row = await connection.fetchrow(
            "select state, next_ask_at, extract(epoch from send_until - clock_timestamp()) as still_sending "
            "from payment_orders where order_id = $1 for update",
            order_id,
        )
        plan = _plan(row, clock)
        seen = Attention(
            transfer_workflow_id(order_id), due_at=plan.next_ask_at, todo=plan.todo == "ask", seen=True
        )
        await pay_attention(connection, seen)
        return plan


def _plan(row: Any, clock: Clock) -> AskPlan:
    if row is None or row["state"] not in ("sending", "unknown"):
        return AskPlan("finish", None, None)
    if row["state"] == "sending" and row["still_sending"] > 0:
        return AskPlan("wait", float(row["still_sending"]), None)
    if row["state"] == "sending" or row["next_ask_at"] is None or row["next_ask_at"] <= clock.at:
        return AskPlan("ask", None, row["next_ask_at"])
    return AskPlan("wait", clock.seconds_until(row["next_ask_at"]), row["next_ask_at"])


async def note_open_answer(pool: Pool, order_id: UUID, *, not_found: bool) -> None:
    """The bank gave no final answer: count it and fix the next time to ask (R4)."""
    async with pool.acquire() as connection, connection.transaction():
        clock = await hold_clock(connection)
        asked = await connection.fetchval(
            "select asked from payment_orders where order_id = $1 for update", order_id
        )
        pause = ASK_AFTER[asked] if asked < len(ASK_AFTER) else ASK_EVERY
        await connection.execute(
            "update payment_orders set asked = asked + 1, not_found = not_found + $2::int, next_ask_at = $3 "
            "where order_id = $1 and state = 'unknown'",
            order_id,
            int(not_found),
            clock.at + pause,
        )


async def note_contradiction(pool: Pool, order_id: UUID, what: str) -> None:
    """A later answer that contradicts a final state is kept and never overwrites."""
    await pool.execute(
        "update payment_orders set contradictions = array_append(contradictions, $2) where order_id = $1",
        order_id,
        what,
    )


async def stop_payments(connection: Connection, *, by: str, reason: str) -> bool:
    """Stop all payments; False where they already are. Claims with an order learn of it."""
    await hold_every_step(connection)
    await begin_generation(connection)
    done = await connection.fetchval(
        "insert into payment_stop (stopped_by, reason) values ($1, $2) on conflict do nothing returning true",
        by,
        reason,
    )
    await _wake_streams_with_orders(connection)
    return bool(done)


async def resume_payments(connection: Connection) -> bool:
    """Let payments run again; False where they do. Every claim with a stopped order is woken."""
    await hold_every_step(connection)
    await begin_generation(connection)
    done = await connection.fetchval("delete from payment_stop returning true")
    await _wake_streams_with_orders(connection)
    return bool(done)


async def _wake_streams_with_orders(connection: Connection) -> None:
    await connection.execute(
        f"update wakeups w set {WANT} where workflow_id in ("
        "select w.workflow_id from wakeups w join streams s on w.workflow_id = s.kind || '/' || s.stream_id "
        "join payment_orders o using (stream_id) where o.state = 'ordered' "
        "order by w.workflow_id for update of w)"
    )
