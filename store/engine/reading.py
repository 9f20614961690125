"""What a step decides on: its locks, then one statement that reads everything under them (design 2.2)."""

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
from store.scheduling.clock import CLOCK_LOCK, Clock
from store.statements import Statement

LOCK = Statement("select hold_stream(:clock_lock, :kind, :stream_id, :workflow_id)")
READ = Statement(f"""
select programme_at + (clock_timestamp() - real_at) * speed as at, speed, version, head,
       exists (select from payment_stop) as payments_stopped,
       ({NEWEST}) as calendar_version,
       (select hash from events e where e.stream_id = s.stream_id and e.version = :known) as known_hash,
       array(select payload from events e where e.stream_id = s.stream_id and e.version > :known
             order by e.version) as payloads,
       array(select row(order_id, state) from payment_orders o where o.stream_id = s.stream_id
             order by order_id for update) as orders,
       array(select notice_id from notices n where n.stream_id = s.stream_id
             and sent_at is null and given_up_at is null order by queued_at) as unsent,
       array(select row(source, message_id, stream_id, content_hash, answer) from messages m
             where (source, message_id) in
                   (select * from unnest(:sources::text[], :message_ids::text[]))) as said
from streams s, clock where s.stream_id = :stream_id
""")


@dataclass(frozen=True)
class Read(Generic[StateT, ResultT]):
    """A stream under its locks: the time, its head, its state, its orders and letters, and what was said.

    `calendar_version` is the newest calendar; it cannot change while the locks are held.
    """

    stream_id: UUID
    clock: Clock
    head: Head
    state: StateT
    orders: dict[UUID, OrderState]
    payments_stopped: bool
    calendar_version: str
    unsent_notices: tuple[UUID, ...]
    said: dict[tuple[str, str], RecordedMessage[ResultT]]


async def read_under_locks(
    connection: Connection,
    kind: StreamKind[StateT, EventT, CommandT, NextT, ResultT],
    stream_id: UUID,
    incoming: Sequence[Incoming[CommandT]],
    folded: FoldedStates[StateT],
) -> Read[StateT, ResultT]:
    """Lock the clock, the stream and its workflow's row, then read; raises UnknownStream."""
    await _hold(connection, kind, stream_id)
    known = folded.get(stream_id)
    row = await _read(connection, stream_id, incoming, known)
    if known is not folded.nothing and row["known_hash"] != known.head.hash:
        known = folded.nothing
        row = await _read(connection, stream_id, incoming, known)
    state = known.state
    for payload in row["payloads"]:
        state = kind.evolve(state, kind.read_event(payload))
    head = Head(row["version"], row["head"])
    folded.keep(stream_id, Folded(head, state))
    return Read(
        stream_id=stream_id,
        clock=Clock(row["at"], row["speed"]),
        head=head,
        state=state,
        orders={order_id: OrderState(name) for order_id, name in row["orders"]},
        payments_stopped=row["payments_stopped"],
        calendar_version=row["calendar_version"],
        unsent_notices=tuple(row["unsent"]),
        said={
            (source, message_id): RecordedMessage(said_in, content_hash, kind.read_result(answer))
            for source, message_id, said_in, content_hash, answer in row["said"]
        },
    )


async def _hold(
    connection: Connection, kind: StreamKind[StateT, EventT, CommandT, NextT, ResultT], stream_id: UUID
) -> None:
    values = {
        "clock_lock": CLOCK_LOCK,
        "kind": kind.name,
        "stream_id": stream_id,
        "workflow_id": kind.workflow_id(stream_id),
    }
    if not await connection.fetchval(LOCK.sql, *LOCK.values(values)):
        raise UnknownStream(f"no {kind.name} {stream_id}")


async def _read(
    connection: Connection, stream_id: UUID, incoming: Sequence[Incoming[CommandT]], known: Folded[StateT]
) -> asyncpg.Record:
    values = {
        "stream_id": stream_id,
        "known": known.head.version,
        "sources": [each.source for each in incoming],
        "message_ids": [each.message_id for each in incoming],
    }
    row = await connection.fetchrow(READ.sql, *READ.values(values))
    if row is None:
        raise LookupError("the programme clock is not set: run `jkp clock set`")
    return row
