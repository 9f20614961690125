"""The step: the only way anything happens to a stream, in two round trips (design 2.2).

One statement reads without a lock; due deadlines take effect, the messages are decided; one call writes
events, orders, letters and wake-ups, all or nothing, where what was read still stands. Where it does not, the
step reads and decides again, and after a few losses under the locks. What it returns is the state after it,
never a delta, so calling it twice gives the same answer.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Generic
from uuid import UUID

import asyncpg

from law.grounds import Ground
from law.periods import Calendar
from law.rules import Law
from payments.context import DecisionContext
from payments.obligations import NewOrder
from payments.orders import OrderMove, OrderState
from store.calendar import newest_version, read_calendar
from store.database import Connection, Pool
from store.engine.folded import Folded, FoldedStates
from store.engine.kinds import CommandT, Effect, EventT, Lock, NextT, ResultT, StateT, StreamKind, Written
from store.engine.messages import (
    Handled,
    Incoming,
    MessageIdReused,
    RecordedMessage,
    recorded_message,
    refused,
)
from store.engine.reading import Read, hold, read_stream
from store.engine.streams import Cause, Head, Link, link
from store.engine.writing import Changed, Outcome, StepAttention, write
from store.ids import new_id

ENGINE = "engine"
ATTEMPTS_WITHOUT_LOCKS = 3


class Caller(StrEnum):
    """Who calls the step: the workflow itself, one of its activities, or anybody else."""

    WORKFLOW = "workflow"
    ACTIVITY = "activity"
    OTHER = "other"


@dataclass(frozen=True)
class StepResult(Generic[StateT, NextT, ResultT]):
    """What a step leaves: the state and its next step, the answers, and when to look again.

    `sleep_seconds` is real time until the next due instant; None where only a message or a move of the clock
    brings one; `wake_mark` names that instant and the speed, so that an armed timer is known to be right.
    `replayed` tells that the only message was known already.
    """

    stream_id: UUID
    version: int
    at: datetime
    state: StateT
    next_step: NextT
    results: tuple[ResultT, ...]
    unsent_notices: tuple[UUID, ...]
    sleep_seconds: float | None
    wake_mark: str
    replayed: bool
    woke: bool


@dataclass
class _Work(Generic[StateT, EventT, CommandT, ResultT]):
    """A step under way: what was read, and what it has come to so far."""

    read: Read[StateT, ResultT]
    calendar: Calendar
    state: StateT
    head: Head
    orders: dict[UUID, OrderState]
    recorded: dict[tuple[str, str], RecordedMessage[ResultT]]
    fresh_order_ids: list[UUID]
    effects: list[Effect[EventT]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    handled: list[Handled[CommandT, ResultT]] = field(default_factory=list)
    results: list[ResultT] = field(default_factory=list)
    replayed: bool = False


class StepRunner(Generic[StateT, EventT, CommandT, NextT, ResultT]):
    """The step of one kind of stream, with the law and the newest calendar that this process has seen."""

    def __init__(
        self,
        kind: StreamKind[StateT, EventT, CommandT, NextT, ResultT],
        pool: Pool,
        law: Law,
        calendar: Calendar,
    ) -> None:
        self.kind = kind
        self.pool = pool
        self.law = law
        self.calendar = calendar
        self.folded = FoldedStates(kind.empty)

    async def run_step(
        self,
        stream_id: UUID,
        incoming: Sequence[Incoming[CommandT]] = (),
        caller: Caller = Caller.OTHER,
    ) -> StepResult[StateT, NextT, ResultT]:
        """One step of a known stream, committed when this returns; raises UnknownStream, MessageIdReused."""
        if self._lock(incoming) is not None:
            async with self.pool.acquire() as connection, connection.transaction():
                return await self.run_step_in(connection, stream_id, incoming, caller)
        async with self.pool.acquire() as connection:
            for _ in range(ATTEMPTS_WITHOUT_LOCKS):
                with suppress(asyncpg.TransactionRollbackError):
                    incoming, result = await self._attempt(connection, stream_id, incoming, caller)
                    if result is not None:
                        return result
            async with connection.transaction():
                return await self._under_locks(connection, stream_id, incoming, caller)

    async def run_step_in(
        self,
        connection: Connection,
        stream_id: UUID,
        incoming: Sequence[Incoming[CommandT]],
        caller: Caller,
        *,
        opened: bool = False,
    ) -> StepResult[StateT, NextT, ResultT]:
        """The same inside a transaction of the caller, who writes something beside it.

        Raises asyncpg.SerializationError too, where a message was recorded elsewhere meanwhile: the caller's
        transaction is over, and may begin again.
        """
        if lock := self._lock(incoming):
            await lock(connection, stream_id)
        for _ in range(ATTEMPTS_WITHOUT_LOCKS):
            incoming, result = await self._attempt(connection, stream_id, incoming, caller, opened=opened)
            if result is not None:
                return result
        return await self._under_locks(connection, stream_id, incoming, caller, opened=opened)

    def _lock(self, incoming: Sequence[Incoming[CommandT]]) -> Lock | None:
        return self.kind.lock([each.message for each in incoming])

    async def _under_locks(
        self,
        connection: Connection,
        stream_id: UUID,
        incoming: Sequence[Incoming[CommandT]],
        caller: Caller,
        *,
        opened: bool = False,
    ) -> StepResult[StateT, NextT, ResultT]:
        await hold(connection, stream_id)
        _, result = await self._attempt(connection, stream_id, incoming, caller, opened=opened)
        assert result is not None, "nothing changes what is read and written under the locks"
        return result

    async def _attempt(
        self,
        connection: Connection,
        stream_id: UUID,
        incoming: Sequence[Incoming[CommandT]],
        caller: Caller,
        *,
        opened: bool = False,
    ) -> tuple[Sequence[Incoming[CommandT]], StepResult[StateT, NextT, ResultT] | None]:
        """Read, decide and write once; no result where what was read had changed.

        The messages come back with the instant at which they were received: the next attempt decides at
        another one.
        """
        kind = self.kind
        read = await read_stream(connection, kind, stream_id, incoming, self.folded)
        incoming = [replace(each, received_at=each.received_at or read.clock.at) for each in incoming]
        work = await self._begin(connection, read)
        before = kind.next_step(work.state, self._context(work))
        for message in incoming:
            await self._handle(connection, work, message, refuse_reused=caller is Caller.WORKFLOW)
        self._record(work, kind.automatic(work.state, self._context(work)))
        after = kind.next_step(work.state, self._context(work))
        news = opened or before.attention != after.attention
        attention = self._attention(work, after, incoming, caller, news=news)
        written = Written(work.state, tuple(work.effects), self._context(work))
        outcome = Outcome(read, work.head, work.links, work.handled, written, after, attention)
        queued = await write(connection, kind, outcome)
        if isinstance(queued, Changed):
            return incoming, None
        self.folded.keep(stream_id, Folded(work.head, work.state))
        return incoming, self._result(work, after, attention, queued)

    async def newest_calendar(self, connection: Connection | Pool) -> Calendar:
        """The calendar in force now, for who reads and takes no step: one look at the table."""
        return await self.calendar_of(connection, await newest_version(connection))

    async def calendar_of(self, connection: Connection | Pool, version: str) -> Calendar:
        """The calendar of a version, read once: a version never changes."""
        calendar = self.calendar
        if calendar.version != version:
            calendar = self.calendar = await read_calendar(connection, version)
        return calendar

    async def _begin(
        self, connection: Connection, read: Read[StateT, ResultT]
    ) -> _Work[StateT, EventT, CommandT, ResultT]:
        calendar = await self.calendar_of(connection, read.calendar_version)
        fresh = [new_id() for _ in range(self.kind.orders_max)]
        return _Work(read, calendar, read.state, read.head, dict(read.orders), dict(read.recorded), fresh)

    def _context(
        self,
        work: _Work[StateT, EventT, CommandT, ResultT],
        received_at: datetime | None = None,
    ) -> DecisionContext:
        return DecisionContext(
            law=self.law,
            calendar=work.calendar,
            at=work.read.clock.at,
            received_at=received_at,
            grace=work.read.clock.grace,
            order_rows=work.orders,
            payments_stopped=work.read.payments_stopped,
            fresh_order_ids=tuple(work.fresh_order_ids),
        )

    async def _handle(
        self,
        connection: Connection,
        work: _Work[StateT, EventT, CommandT, ResultT],
        incoming: Incoming[CommandT],
        *,
        refuse_reused: bool,
    ) -> None:
        """One message: deadlines that passed before it, its decision, what follows from that."""
        stream_id = work.read.stream_id
        known = work.recorded.get(incoming.identity)
        if known is not None and not known.is_about(incoming, stream_id):
            if not refuse_reused:
                raise MessageIdReused(
                    f"message {incoming.message_id} of {incoming.source} has another content"
                )
            incoming = refused(incoming, Ground.MESSAGE_ID_REUSED, stream_id, self.kind.refusal)
            known = work.recorded.get(incoming.identity) or await recorded_message(
                connection, incoming, self.kind.read_result
            )
        if known is not None:
            work.results.append(known.result)
            work.replayed = True
            return
        self._decide(work, incoming)

    def _decide(self, work: _Work[StateT, EventT, CommandT, ResultT], incoming: Incoming[CommandT]) -> None:
        kind, received_at = self.kind, incoming.received_at
        assert received_at is not None, "what is decided was received"
        self._record(work, kind.automatic(work.state, self._context(work, received_at)))
        decision = kind.decide(work.state, incoming.message, self._context(work, received_at))
        self._record(work, [kind.effect(event, received_at) for event in decision.events], incoming)
        self._record(work, kind.automatic(work.state, self._context(work, received_at)), incoming)
        work.recorded[incoming.identity] = RecordedMessage(
            work.read.stream_id, incoming.content_hash, decision.result
        )
        work.handled.append(Handled(incoming, received_at, decision.result))
        work.results.append(decision.result)

    def _record(
        self,
        work: _Work[StateT, EventT, CommandT, ResultT],
        effects: Sequence[Effect[EventT]],
        cause: Incoming[CommandT] | None = None,
    ) -> None:
        """Link events into the chain; without a cause they follow by themselves."""
        if not effects:
            return
        actor, source, message_id = (
            (ENGINE, ENGINE, "") if cause is None else (cause.actor, cause.source, cause.message_id)
        )
        because = Cause(actor, source, message_id, self.law.version, work.calendar.version)
        links = link(work.read.stream_id, work.head, effects, because, work.read.clock.at)
        work.head = Head(links[-1].version, links[-1].hash)
        for effect in effects:
            work.state = self.kind.evolve(work.state, effect.event)
            match self.kind.order_of(effect.event):
                case NewOrder(order_id=order_id):
                    work.fresh_order_ids.remove(order_id)
                case OrderMove(order_id=order_id, state=OrderState.UNKNOWN):
                    work.orders[order_id] = OrderState.UNKNOWN
        work.effects.extend(effects)
        work.links.extend(links)

    def _attention(
        self,
        work: _Work[StateT, EventT, CommandT, ResultT],
        after: NextT,
        incoming: Sequence[Incoming[CommandT]],
        caller: Caller,
        *,
        news: bool,
    ) -> StepAttention:
        return StepAttention(
            due_at=None if after.next_at is None else after.next_at + work.read.clock.grace,
            todo=after.is_work or bool(work.read.unsent_notices),
            wanted=news,
            own=caller is Caller.WORKFLOW,
            leased=caller is Caller.ACTIVITY,
            news=tuple((each.message.kind, each.message_id) for each in incoming),
        )

    def _result(
        self,
        work: _Work[StateT, EventT, CommandT, ResultT],
        after: NextT,
        attention: StepAttention,
        queued: tuple[UUID, ...],
    ) -> StepResult[StateT, NextT, ResultT]:
        clock, due_at = work.read.clock, attention.due_at
        return StepResult(
            stream_id=work.read.stream_id,
            version=work.head.version,
            at=clock.at,
            state=work.state,
            next_step=after,
            results=tuple(work.results),
            unsent_notices=work.read.unsent_notices + queued,
            sleep_seconds=None if due_at is None else clock.seconds_until(due_at),
            wake_mark="" if due_at is None else f"{due_at.isoformat()} x{clock.speed}",
            replayed=work.replayed,
            woke=not attention.own and (attention.wanted or bool(queued)),
        )
