"""What a step leaves: one call that writes it where what was read still stands (design 2.2)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic
from uuid import UUID

from store.database import Connection
from store.engine.kinds import CommandT, EventT, NewNotice, NextT, ResultT, StateT, StreamKind, Written
from store.engine.messages import Handled
from store.engine.reading import Read
from store.engine.streams import Head, Link
from store.ids import new_id
from store.payments.ledger import ledger_rows
from store.payments.order_rows import OrderRows, order_rows
from store.scheduling.clock import CLOCK_LOCK
from store.statements import Statement

WRITE = Statement("""
select changed, queued from write_step(
    clock_lock => :clock_lock, of_kind => :kind, of_stream => :stream_id, read_revision => :revision,
    read_generation => :generation, read_wanted => :read_wanted, decided_at => :at, new_version => :version,
    new_head => :head, still_open => :is_open, pays => :may_pay, new_events => :events,
    new_messages => :messages, new_orders => :orders, new_moves => :moves, new_entries => :entries,
    new_notices => :notices, attention => :attention, own_rows => :own_rows)
""")


class Changed(StrEnum):
    """What was no longer as it was read, so that nothing was written."""

    REVISION = "revision"
    GENERATION = "generation"


@dataclass(frozen=True)
class StepAttention:
    """What a step writes in its workflow's row: when to look again, whether something is to be done, news.

    `wanted` asks for the workflow's attention, with its `news`, pairs of message kind and message id; so does
    a letter that is queued. `leased` is for a step recorded by the workflow's own activity: its run asks
    next, so the relay waits. `own` is for the workflow's own step: what was wanted when it read is seen.
    """

    due_at: datetime | None
    todo: bool
    wanted: bool
    own: bool
    leased: bool
    news: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outcome(Generic[StateT, EventT, NextT, CommandT, ResultT]):
    """Everything a step has decided on what it read."""

    read: Read[StateT, ResultT]
    head: Head
    links: Sequence[Link]
    handled: Sequence[Handled[CommandT, ResultT]]
    written: Written[StateT, EventT]
    next_step: NextT
    attention: StepAttention


async def write(
    connection: Connection,
    kind: StreamKind[StateT, EventT, CommandT, NextT, ResultT],
    outcome: Outcome[StateT, EventT, NextT, CommandT, ResultT],
) -> Changed | tuple[UUID, ...]:
    """Write a step, all or nothing: what had changed, or the letters that it queued.

    Raises asyncpg.SerializationError where a message was recorded in another stream meanwhile.
    """
    read, written = outcome.read, outcome.written
    orders = _orders(kind, read.stream_id, written)
    values = {
        "clock_lock": CLOCK_LOCK,
        "kind": kind.name,
        "stream_id": read.stream_id,
        "revision": read.revision,
        "generation": read.generation,
        "read_wanted": read.wanted,
        "at": read.clock.at,
        "version": outcome.head.version,
        "head": outcome.head.hash,
        "is_open": not outcome.next_step.is_finished,
        "may_pay": kind.may_pay(outcome.next_step),
        "events": _events(outcome.links),
        "messages": _messages(outcome.handled),
        "orders": orders.made,
        "moves": orders.moved,
        "entries": [
            row
            for effect in written.effects
            for row in ledger_rows(kind.postings_of(effect.event), effect.effective_at)
        ],
        "notices": _notices(kind.notices(written)),
        "attention": _attention(outcome.attention),
        "own_rows": json.dumps(kind.own_rows(written, outcome.next_step)),
    }
    row = await connection.fetchrow(WRITE.sql, *WRITE.values(values))
    assert row is not None, "a function that returns no set returns one row"
    return tuple(row["queued"]) if row["changed"] is None else Changed(row["changed"])


def _orders(
    kind: StreamKind[StateT, EventT, CommandT, NextT, ResultT],
    stream_id: UUID,
    written: Written[StateT, EventT],
) -> OrderRows:
    changes = [change for effect in written.effects if (change := kind.order_of(effect.event)) is not None]
    return order_rows(stream_id, kind.creditor(written.state), changes) if changes else OrderRows([], [])


def _events(links: Sequence[Link]) -> list[tuple[object, ...]]:
    return [
        (
            link.version,
            link.type,
            link.effective_at,
            link.cause.actor,
            link.cause.source,
            link.cause.message_id,
            link.cause.rules_version,
            link.cause.calendar_version,
            link.payload,
            link.hash,
        )
        for link in links
    ]


def _messages(handled: Sequence[Handled[CommandT, ResultT]]) -> list[tuple[object, ...]]:
    return [
        (
            each.incoming.source,
            each.incoming.message_id,
            each.incoming.message.kind,
            each.received_at,
            each.incoming.content_hash,
            each.result.model_dump_json(),
        )
        for each in handled
    ]


def _notices(notices: Sequence[NewNotice]) -> list[tuple[object, ...]]:
    return [
        (new_id(), each.kind, each.month, each.due_at, each.template_version, each.about) for each in notices
    ]


def _attention(attention: StepAttention) -> tuple[object, ...]:
    return (
        attention.due_at,
        attention.todo,
        attention.wanted,
        attention.own,
        attention.leased,
        json.dumps(attention.news),
    )
