"""What a step decides on: one statement reads everything, without a lock (design 2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic
from uuid import UUID

import asyncpg

from payments.orders import OrderState
from store.calendar import NEWEST
from store.database import Connection
from store.engine.folded import Folded, FoldedStates
from store.engine.kinds import CommandT, EventT, NextT, ResultT, StateT, StreamKind
from store.engine.messages import Incoming, RecordedMessage, UnknownStream
from store.engine.streams import Head
from store.scheduling.clock import CLOCK_LOCK, Clock, ClockNotSet
from store.statements import Statement

HOLD = Statement("select hold_stream(:clock_lock, :stream_id)")
READ = Statement(f"""
select programme_at + (clock_timestamp() - real_at) * speed as at, speed, version, head, revision,
       g.number as generation,
       coalesce((select wanted from wakeups where workflow_id = :workflow_id), 0) as wanted,
       exists (select from payment_stop) as payments_stopped,
       ({NEWEST}) as calendar_version,
       (select hash from events e where e.stream_id = s.stream_id and e.version = :known) as known_hash,
       array(select payload from events e where e.stream_id = s.stream_id and e.version > :known
             order by e.version) as payloads,
       array(select row(order_id, state) from payment_orders o where o.stream_id = s.stream_id
             order by order_id) as orders,
       array(select notice_id from notices n where n.stream_id = s.stream_id
             and sent_at is null and given_up_at is null order by queued_at) as unsent,
       array(select row(source, message_id, stream_id, content_hash, answer) from messages m
             where (source, message_id) in
                   (select * from unnest(:sources::text[], :message_ids::text[]))) as recorded
from streams s, clock, generation g where s.stream_id = :stream_id and s.kind = :kind
""")


@dataclass(frozen=True)
class Read(Generic[StateT, ResultT]):
    """A stream as one statement saw it: the time, its head, its state, its orders and letters, its messages.

    What is written on it is written only while `revision` (of the stream, and of what is kept beside its
    events) and `generation` (of the clock, the calendar, the rules and the payment stop) are still these.
    `wanted` is the attention that the workflow is owed as of now.
    """

    stream_id: UUID
    clock: Clock
    head: Head
    revision: int
    generation: int
    wanted: int
    state: StateT
    orders: dict[UUID, OrderState]
    payments_stopped: bool
    calendar_version: str
    unsent_notices: tuple[UUID, ...]
    recorded: dict[tuple[str, str], RecordedMessage[ResultT]]


async def hold(connection: Connection, stream_id: UUID) -> None:
    """Lock the clock and the stream until the transaction ends: what is read now cannot change."""
    values: dict[str, object] = {"clock_lock": CLOCK_LOCK, "stream_id": stream_id}
    await connection.execute(HOLD.sql, *HOLD.values(values))


async def read_stream(
    connection: Connection,
    kind: StreamKind[StateT, EventT, CommandT, NextT, ResultT],
    stream_id: UUID,
    incoming: Sequence[Incoming[CommandT]],
    folded: FoldedStates[StateT],
) -> Read[StateT, ResultT]:
    """Everything that a decision rests on; raises UnknownStream, ClockNotSet."""
    known = folded.get(stream_id)
    row = await _read(connection, kind, stream_id, incoming, known)
    if known is not folded.nothing and row["known_hash"] != known.head.hash:
        known = folded.nothing
        row = await _read(connection, kind, stream_id, incoming, known)
    state = known.state
    for payload in row["payloads"]:
        state = kind.evolve(state, kind.read_event(payload))
    head = Head(row["version"], row["head"])
    folded.keep(stream_id, Folded(head, state))
    return Read(
        stream_id=stream_id,
        clock=Clock(row["at"], row["speed"]),
        head=head,
        revision=row["revision"],
        generation=row["generation"],
        wanted=row["wanted"],
        state=state,
        orders={order_id: OrderState(name) for order_id, name in row["orders"]},
        payments_stopped=row["payments_stopped"],
        calendar_version=row["calendar_version"],
        unsent_notices=tuple(row["unsent"]),
        recorded={
            (source, message_id): RecordedMessage(recorded_in, content_hash, kind.read_result(answer))
            for source, message_id, recorded_in, content_hash, answer in row["recorded"]
        },
    )


async def _read(
    connection: Connection,
    kind: StreamKind[StateT, EventT, CommandT, NextT, ResultT],
    stream_id: UUID,
    incoming: Sequence[Incoming[CommandT]],
    known: Folded[StateT],
) -> asyncpg.Record:
    values = {
        "stream_id": stream_id,
        "kind": kind.name,
        "workflow_id": kind.workflow_id(stream_id),
        "known": known.head.version,
        "sources": [each.source for each in incoming],
        "message_ids": [each.message_id for each in incoming],
    }
    row = await connection.fetchrow(READ.sql, *READ.values(values))
    if row is None and await connection.fetchval("select exists (select from clock)"):
        raise UnknownStream(f"no {kind.name} {stream_id}")
    if row is None:
        raise ClockNotSet("the programme clock is not set: run `jkp clock set`")
    return row
