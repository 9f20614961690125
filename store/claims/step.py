"""The transactional step: the only way anything happens to a claim (design 2.2).

Lock, read, let due deadlines take effect, decide the messages, move the orders, queue letters, write: all or
nothing, one commit. What it returns is the state after it, never a delta, so calling it twice gives the same
answer.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from claims.agenda.next_step import Step, Todo, next_step
from claims.agenda.notices import notices_for, reminders_due
from claims.commands.messages import DecidePersonData, ReportLayoff
from claims.deciding.answers import Answer
from claims.deciding.dispatch import decide
from claims.events import PaymentOrdered, PaymentSent
from claims.events.facts import Layoff
from claims.state.claim import Claim
from claims.state.evolving import evolve
from claims.state.situation import OrderRow, Situation
from claims.transitions.automatic import Effect, consequences
from law.duty_terms import REPORTS
from law.grounds import Ground
from law.periods import Calendar
from law.rules import BENEFIT_MONTHS, Law
from store.calendar import newest_version, read_calendar
from store.claims.folded import Folded, FoldedClaims
from store.claims.notices import queue_notices
from store.claims.reading import Read, read_under_locks
from store.claims.writing import Handled, Outcome, keep_people, move_money, write
from store.database import Connection, Pool
from store.engine.clock import hold_clock
from store.engine.messages import Incoming, MessageIdReused, Said, refused, stream_of, was_said
from store.engine.streams import GENESIS, Cause, Head, Link, link
from store.engine.wakeups import Attention, claim_workflow_id
from store.ids import new_id
from store.people import hold_participant_of

ENGINE = "engine"


class Caller(StrEnum):
    """Who calls the step: the workflow itself, one of its activities, or anybody else."""

    WORKFLOW = "workflow"
    ACTIVITY = "activity"
    OTHER = "other"


@dataclass(frozen=True)
class Taken:
    """What a step leaves: the step of the claim, the answers, and when to look again.

    `sleep_seconds` is real time until the next due instant; None where only a message or a move of the clock
    brings one; `wake_mark` names that instant and the speed, so that an armed timer is known to be right.
    `replayed` tells that the only message was known already.
    """

    stream_id: UUID
    version: int
    at: datetime
    claim: Claim
    step: Step
    answers: tuple[Answer, ...]
    unsent_notices: tuple[UUID, ...]
    sleep_seconds: float | None
    wake_mark: str
    replayed: bool
    woke: bool


@dataclass
class _Work:
    """A step under way: what was read, and what it has come to so far."""

    read: Read
    calendar: Calendar
    claim: Claim
    head: Head
    orders: dict[UUID, OrderRow]
    said: dict[tuple[str, str], Said]
    fresh_order_ids: list[UUID]
    effects: list[Effect] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    handled: list[Handled] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    replayed: bool = False


class Steps:
    """The step with its law and the newest calendar that this process has seen; one per process."""

    def __init__(self, pool: Pool, law: Law, calendar: Calendar) -> None:
        self.pool = pool
        self.law = law
        self.calendar = calendar
        self.folded = FoldedClaims()

    async def take(
        self, stream_id: UUID, incoming: Sequence[Incoming] = (), caller: Caller = Caller.OTHER
    ) -> Taken:
        """One step of a known claim; raises UnknownClaim, MessageIdReused."""
        async with self.pool.acquire() as connection, connection.transaction():
            return await self.take_in(connection, stream_id, incoming, caller)

    async def take_in(
        self,
        connection: Connection,
        stream_id: UUID,
        incoming: Sequence[Incoming],
        caller: Caller,
        *,
        opened: bool = False,
    ) -> Taken:
        """The same inside a transaction of the caller, who wrote people or accounts in it."""
        if any(isinstance(each.message, DecidePersonData) for each in incoming):
            await hold_participant_of(connection, stream_id)
        read = await read_under_locks(connection, stream_id, incoming, self.folded)
        fresh = [new_id() for _ in range(BENEFIT_MONTHS)]
        calendar = await self.calendar_of(connection, read.calendar_version)
        work = _Work(read, calendar, read.claim, read.head, dict(read.orders), dict(read.said), fresh)
        before = next_step(work.claim, self._situation(work))
        for message in incoming:
            await self._handle(connection, work, message, refuse_reused=caller is Caller.WORKFLOW)
        self._record(work, consequences(work.claim, self._situation(work)))
        after = next_step(work.claim, self._situation(work))
        await move_money(connection, stream_id, read.participant_id, work.effects, read.clock.at)
        await keep_people(connection, read.participant_id, work.effects)
        queued = await self._queue_notices(connection, work)
        news = opened or bool(queued) or before.attention != after.attention
        unsent = read.unsent_notices + queued
        attention = _attention(work, after, incoming, caller, letters=bool(unsent), news=news)
        await write(
            connection,
            Outcome(
                stream_id, read.clock.at, work.head, work.links, work.handled, work.claim, after, attention
            ),
        )
        self.folded.keep(stream_id, Folded(work.head, work.claim))
        return _taken(work, after, attention, unsent)

    async def report_layoff(self, connection: Connection, incoming: Incoming) -> Taken:
        """Open a claim with a layoff report, or join the claim that knows the layoff already.

        A report of the same participant and employer within `same_layoff_days` of a known layoff joins it.
        """
        assert isinstance(incoming.message, ReportLayoff), "only a report opens a stream"
        await hold_clock(connection)
        layoff = incoming.message.layoff
        await connection.execute("select pg_advisory_xact_lock($1)", _opening_lock(layoff))
        stream_id = await stream_of(connection, incoming) or await self.joinable(connection, layoff)
        opened = stream_id is None
        if stream_id is None:
            stream_id = await _open_stream(connection, layoff)
        return await self.take_in(connection, stream_id, (incoming,), Caller.OTHER, opened=opened)

    async def newest_calendar(self, connection: Connection | Pool) -> Calendar:
        """The calendar in force now, for who reads and takes no step: one look at the table."""
        return await self.calendar_of(connection, await newest_version(connection))

    async def calendar_of(self, connection: Connection | Pool, version: str) -> Calendar:
        """The calendar of a version, read once: a version never changes."""
        calendar = self.calendar
        if calendar.version != version:
            calendar = self.calendar = await read_calendar(connection, version)
        return calendar

    async def joinable(self, connection: Connection, layoff: Layoff) -> UUID | None:
        """The claim that a report of this layoff joins."""
        apart = timedelta(days=REPORTS.same_layoff_days.value)
        found: UUID | None = await connection.fetchval(
            "select stream_id from streams where kind = 'claim' and participant_id = $1 "
            "and employer_registration = $2 and laid_off_on between $3 and $4 "
            "order by laid_off_on desc limit 1",
            layoff.participant.participant_id,
            layoff.employer_registration,
            layoff.laid_off_on - apart,
            layoff.laid_off_on + apart,
        )
        return found

    def _situation(self, work: _Work, received_at: datetime | None = None) -> Situation:
        return Situation(
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
        self, connection: Connection, work: _Work, incoming: Incoming, *, refuse_reused: bool
    ) -> None:
        """One message: deadlines that passed before it, its decision, what follows from that."""
        stream_id = work.read.stream_id
        known = work.said.get(incoming.identity)
        if known is not None and not known.is_about(incoming, stream_id):
            if not refuse_reused:
                raise MessageIdReused(
                    f"message {incoming.message_id} of {incoming.source} has another content"
                )
            incoming = refused(incoming, Ground.MESSAGE_ID_REUSED, stream_id)
            known = work.said.get(incoming.identity) or await was_said(connection, incoming)
        if known is not None:
            work.answers.append(known.answer)
            work.replayed = True
            return
        self._decide(work, incoming, incoming.received_at or work.read.clock.at)

    def _decide(self, work: _Work, incoming: Incoming, received_at: datetime) -> None:
        self._record(work, consequences(work.claim, self._situation(work, received_at)))
        decision = decide(work.claim, incoming.message, self._situation(work, received_at))
        self._record(work, tuple(Effect(event, received_at) for event in decision.events), incoming)
        self._record(work, consequences(work.claim, self._situation(work, received_at)), incoming)
        work.said[incoming.identity] = Said(work.read.stream_id, incoming.content_hash, decision.answer)
        work.handled.append(Handled(incoming, received_at, decision.answer))
        work.answers.append(decision.answer)

    def _record(self, work: _Work, effects: tuple[Effect, ...], cause: Incoming | None = None) -> None:
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
            work.claim = evolve(work.claim, effect.event)
            match effect.event:
                case PaymentOrdered(order_id=order_id):
                    work.fresh_order_ids.remove(order_id)
                case PaymentSent(order_id=order_id):
                    work.orders[order_id] = OrderRow.UNKNOWN
        work.effects.extend(effects)
        work.links.extend(links)

    async def _queue_notices(self, connection: Connection, work: _Work) -> tuple[UUID, ...]:
        news = notices_for(tuple(work.effects), work.claim)
        notices = news + reminders_due(work.claim, self._situation(work))
        if not notices:
            return ()
        return await queue_notices(connection, work.read.stream_id, work.head.version, notices)


def _attention(
    work: _Work, after: Step, incoming: Sequence[Incoming], caller: Caller, *, letters: bool, news: bool
) -> Attention:
    return Attention(
        claim_workflow_id(work.read.stream_id),
        due_at=None if after.next_at is None else after.next_at + work.read.clock.grace,
        todo=after.todo in (Todo.FETCH_RECORD, Todo.TRANSFER) or letters,
        wanted=news and caller is not Caller.WORKFLOW,
        leased=caller is Caller.ACTIVITY,
        seen=caller is Caller.WORKFLOW,
        news=tuple((each.message.kind, each.message_id) for each in incoming),
    )


def _taken(work: _Work, after: Step, attention: Attention, unsent: tuple[UUID, ...]) -> Taken:
    clock, due_at = work.read.clock, attention.due_at
    return Taken(
        stream_id=work.read.stream_id,
        version=work.head.version,
        at=clock.at,
        claim=work.claim,
        step=after,
        answers=tuple(work.answers),
        unsent_notices=unsent,
        sleep_seconds=None if due_at is None else clock.seconds_until(due_at),
        wake_mark="" if due_at is None else f"{due_at.isoformat()} x{clock.speed}",
        replayed=work.replayed,
        woke=attention.wanted,
    )


def _opening_lock(layoff: Layoff) -> int:
    """Advisory lock key of (participant, employer registration)."""
    key = f"{layoff.participant.participant_id}/{layoff.employer_registration}".encode()
    return int.from_bytes(hashlib.sha256(key).digest()[:8], "big", signed=True)


async def _open_stream(connection: Connection, layoff: Layoff) -> UUID:
    stream_id = new_id()
    await connection.execute(
        "insert into streams (stream_id, kind, version, head, participant_id, employer_registration,"
        " laid_off_on) values ($1, 'claim', 0, $2, $3, $4, $5)",
        stream_id,
        GENESIS,
        layoff.participant.participant_id,
        layoff.employer_registration,
        layoff.laid_off_on,
    )
    return stream_id
