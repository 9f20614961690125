"""The transactional step: the only way anything happens to a stream (design 2.2).

Lock, read, let due deadlines take effect, decide the messages, move the orders, queue letters, write: all or
nothing, one commit. What it returns is the state after it, never a delta, so calling it twice gives the same
answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic
from uuid import UUID

from law.grounds import Ground
from law.periods import Calendar
from law.rules import Law
from payments.context import DecisionContext
from payments.obligations import NewOrder
from payments.orders import OrderMove, OrderState
from store.calendar import newest_version, read_calendar
from store.database import Connection, Pool
from store.engine.folded import Folded, FoldedStates
from store.engine.kinds import CommandT, Effect, EventT, NextT, ResultT, StateT, StreamKind, Written
from store.engine.messages import (
    Handled,
    Incoming,
    MessageIdReused,
    RecordedMessage,
    recorded_message,
    refused,
)
from store.engine.reading import Read, read_under_locks
from store.engine.streams import Cause, Head, Link, link
from store.engine.writing import Outcome, move_money, write, write_statement
from store.ids import new_id
from store.scheduling.wakeups import Attention

ENGINE = "engine"


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
    said: dict[tuple[str, str], RecordedMessage[ResultT]]
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
        self._write = write_statement(kind.projection.sql)

    async def run_step(
        self,
        stream_id: UUID,
        incoming: Sequence[Incoming[CommandT]] = (),
        caller: Caller = Caller.OTHER,
    ) -> StepResult[StateT, NextT, ResultT]:
        """One step of a known stream; raises UnknownStream, MessageIdReused."""
        async with self.pool.acquire() as connection, connection.transaction():
            return await self.run_step_in(connection, stream_id, incoming, caller)

    async def run_step_in(
        self,
        connection: Connection,
        stream_id: UUID,
        incoming: Sequence[Incoming[CommandT]],
        caller: Caller,
        *,
        opened: bool = False,
    ) -> StepResult[StateT, NextT, ResultT]:
        """The same inside a transaction of the caller, who wrote people or accounts in it."""
        kind = self.kind
        await kind.lock(connection, stream_id, [each.message for each in incoming])
        read = await read_under_locks(connection, kind, stream_id, incoming, self.folded)
        work = await self._begin(connection, read)
        before = kind.next_step(work.state, self._context(work))
        for message in incoming:
            await self._handle(connection, work, message, refuse_reused=caller is Caller.WORKFLOW)
        self._record(work, kind.automatic(work.state, self._context(work)))
        after = kind.next_step(work.state, self._context(work))
        await move_money(connection, kind, stream_id, work.state, work.effects, read.clock.at)
        queued = await kind.keep_beside(connection, self._written(work))
        news = opened or bool(queued) or before.attention != after.attention
        unsent = read.unsent_notices + queued
        attention = self._attention(work, after, incoming, caller, letters=bool(unsent), news=news)
        outcome = Outcome(
            stream_id, read.clock.at, work.head, work.links, work.handled, work.state, after, attention
        )
        await write(connection, self._write, kind, outcome)
        self.folded.keep(stream_id, Folded(work.head, work.state))
        return self._taken(work, after, attention, unsent)

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
        return _Work(read, calendar, read.state, read.head, dict(read.orders), dict(read.said), fresh)

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
        known = work.said.get(incoming.identity)
        if known is not None and not known.is_about(incoming, stream_id):
            if not refuse_reused:
                raise MessageIdReused(
                    f"message {incoming.message_id} of {incoming.source} has another content"
                )
            incoming = refused(incoming, Ground.MESSAGE_ID_REUSED, stream_id, self.kind.refusal)
            known = work.said.get(incoming.identity) or await recorded_message(
                connection, incoming, self.kind.read_result
            )
        if known is not None:
            work.results.append(known.result)
            work.replayed = True
            return
        self._decide(work, incoming, incoming.received_at or work.read.clock.at)

    def _decide(
        self,
        work: _Work[StateT, EventT, CommandT, ResultT],
        incoming: Incoming[CommandT],
        received_at: datetime,
    ) -> None:
        kind = self.kind
        self._record(work, kind.automatic(work.state, self._context(work, received_at)))
        decision = kind.decide(work.state, incoming.message, self._context(work, received_at))
        self._record(work, [kind.effect(event, received_at) for event in decision.events], incoming)
        self._record(work, kind.automatic(work.state, self._context(work, received_at)), incoming)
        work.said[incoming.identity] = RecordedMessage(
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

    def _written(self, work: _Work[StateT, EventT, CommandT, ResultT]) -> Written[StateT, EventT, NextT]:
        return Written(
            stream_id=work.read.stream_id,
            at=work.read.clock.at,
            version=work.head.version,
            state=work.state,
            effects=tuple(work.effects),
            context=self._context(work),
        )

    def _attention(
        self,
        work: _Work[StateT, EventT, CommandT, ResultT],
        after: NextT,
        incoming: Sequence[Incoming[CommandT]],
        caller: Caller,
        *,
        letters: bool,
        news: bool,
    ) -> Attention:
        return Attention(
            self.kind.workflow_id(work.read.stream_id),
            due_at=None if after.next_at is None else after.next_at + work.read.clock.grace,
            todo=after.is_work or letters,
            wanted=news and caller is not Caller.WORKFLOW,
            leased=caller is Caller.ACTIVITY,
            seen=caller is Caller.WORKFLOW,
            news=tuple((each.message.kind, each.message_id) for each in incoming),
        )

    def _taken(
        self,
        work: _Work[StateT, EventT, CommandT, ResultT],
        after: NextT,
        attention: Attention,
        unsent: tuple[UUID, ...],
    ) -> StepResult[StateT, NextT, ResultT]:
        clock, due_at = work.read.clock, attention.due_at
        return StepResult(
            stream_id=work.read.stream_id,
            version=work.head.version,
            at=clock.at,
            state=work.state,
            next_step=after,
            results=tuple(work.results),
            unsent_notices=unsent,
            sleep_seconds=None if due_at is None else clock.seconds_until(due_at),
            wake_mark="" if due_at is None else f"{due_at.isoformat()} x{clock.speed}",
            replayed=work.replayed,
            woke=attention.wanted,
        )
