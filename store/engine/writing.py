"""What a step leaves: the moves of its orders, and one statement for all the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic
from uuid import UUID

from store.database import Connection
from store.engine.kinds import CommandT, Effect, EventT, NextT, ResultT, StateT, StreamKind
from store.engine.messages import Handled
from store.engine.streams import Head, Link
from store.payments.ledger import post
from store.payments.orders import write_order
from store.scheduling.wakeups import PAY_ATTENTION, Attention
from store.statements import Statement

RECORD = """
with recorded as (
    insert into events (stream_id, version, type, recorded_at, effective_at, actor, message_source,
                        message_id, rules_version, calendar_version, payload, hash)
    select :stream_id, version, type, :at, effective_at, actor, source, message_id, rules, calendar,
           payload, hash
    from unnest(:event_versions::int[], :event_types::text[], :event_effective::timestamptz[],
                :event_actors::text[], :event_sources::text[], :event_message_ids::text[],
                :event_rules::text[], :event_calendars::text[], :event_payloads::bytea[],
                :event_hashes::bytea[])
        as e (version, type, effective_at, actor, source, message_id, rules, calendar, payload, hash)
), said as (
    insert into messages (stream_id, source, message_id, kind, received_at, content_hash, answer)
    select :stream_id, * from unnest(:message_sources::text[], :message_ids::text[], :message_kinds::text[],
                                     :message_received::timestamptz[], :message_hashes::bytea[],
                                     :message_answers::text[])
), headed as (
    update streams set version = :version, head = :head, is_open = :is_open, may_pay = :may_pay,
                       revision = revision + 1
    where stream_id = :stream_id
), projected as (
"""


def write_statement(projection: str) -> Statement:
    """The statement of a step of a kind of stream: events, messages, head, its projection, its wake-up."""
    return Statement(f"{RECORD}{projection}\n)\n{PAY_ATTENTION}")


@dataclass(frozen=True)
class Outcome(Generic[StateT, NextT, CommandT, ResultT]):
    """Everything a step has decided, to be written in its transaction."""

    stream_id: UUID
    at: datetime
    head: Head
    links: Sequence[Link]
    handled: Sequence[Handled[CommandT, ResultT]]
    state: StateT
    next_step: NextT
    attention: Attention


async def move_money(
    connection: Connection,
    kind: StreamKind[StateT, EventT, CommandT, NextT, ResultT],
    stream_id: UUID,
    state: StateT,
    effects: Sequence[Effect[EventT]],
    at: datetime,
) -> None:
    """The statements that events make on payment orders and in the ledger."""
    for effect in effects:
        if order := kind.order_of(effect.event):
            await write_order(connection, stream_id, kind.creditor(state), order, at)
        await post(connection, stream_id, kind.postings_of(effect.event), effect.effective_at)


async def write(
    connection: Connection,
    statement: Statement,
    kind: StreamKind[StateT, EventT, CommandT, NextT, ResultT],
    outcome: Outcome[StateT, NextT, CommandT, ResultT],
) -> None:
    """Events, messages, head, projection and wake-up; a second writer of a version fails."""
    values = {
        **outcome.attention.values,
        "stream_id": outcome.stream_id,
        "at": outcome.at,
        "version": outcome.head.version,
        "head": outcome.head.hash,
        "is_open": not outcome.next_step.is_finished,
        "may_pay": kind.may_pay(outcome.next_step),
        **_event_columns(outcome.links),
        **_message_columns(outcome.handled),
        **kind.projection.values(outcome.state, outcome.next_step),
    }
    await connection.execute(statement.sql, *statement.values(values))


def _event_columns(links: Sequence[Link]) -> dict[str, object]:
    return {
        "event_versions": [link.version for link in links],
        "event_types": [link.type for link in links],
        "event_effective": [link.effective_at for link in links],
        "event_actors": [link.cause.actor for link in links],
        "event_sources": [link.cause.source for link in links],
        "event_message_ids": [link.cause.message_id for link in links],
        "event_rules": [link.cause.rules_version for link in links],
        "event_calendars": [link.cause.calendar_version for link in links],
        "event_payloads": [link.payload for link in links],
        "event_hashes": [link.hash for link in links],
    }


def _message_columns(handled: Sequence[Handled[CommandT, ResultT]]) -> dict[str, object]:
    return {
        "message_sources": [each.incoming.source for each in handled],
        "message_ids": [each.incoming.message_id for each in handled],
        "message_kinds": [each.incoming.message.kind for each in handled],
        "message_received": [each.received_at for each in handled],
        "message_hashes": [each.incoming.content_hash for each in handled],
        "message_answers": [each.result.model_dump_json() for each in handled],
    }
