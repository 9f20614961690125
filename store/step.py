"""The transactional step: the only way anything happens to a claim (design 2.2).

Lock the clock and the stream, fold its events, let due deadlines take effect, decide the messages, append,
move the orders, post, queue letters, write the wake-up: all or nothing, one commit. What it returns is the
state after it, never a delta, so calling it twice gives the same answer.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import asyncpg

from claims.answers import Answer
from claims.claim import STATE_VERSION, BenefitMonth, Claim, evolve, fold
from claims.consequences import Effect, consequences
from claims.deciding import decide
from claims.events import PaymentSent
from claims.facts import Layoff
from claims.messages import ReportLayoff
from claims.next_step import Step, Todo, next_step
from claims.notices import notices_for, reminders_due
from claims.periods import Calendar
from claims.reasons import Ground
from claims.rules import BENEFIT_MONTHS, Law
from claims.situation import OrderRow, Situation
from store import streams
from store.clock import Clock, hold_clock
from store.database import Connection, Pool
from store.ids import new_id
from store.ledger import post
from store.messages import (
    Incoming,
    MessageIdReused,
    UnknownClaim,
    known_answer,
    refused,
    remember_message,
    stream_of,
)
from store.notices import queue_notices, unsent_notices
from store.orders import apply_to_orders, lock_orders
from store.wakeups import claim_workflow_id, mark_seen, write_wakeup

JOIN_DAYS = 60


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
    """A step under way, inside its transaction."""

    connection: Connection
    clock: Clock
    stream: asyncpg.Record
    claim: Claim
    head: streams.Head
    orders: dict[UUID, OrderRow]
    stopped: bool
    effects: list[Effect] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    replayed: bool = False


class Steps:
    """The step with its law and calendar; one per process."""

    def __init__(self, pool: Pool, law: Law, calendar: Calendar) -> None:
        self.pool = pool
        self.law = law
        self.calendar = calendar

    async def take(
        self, stream_id: UUID, incoming: Sequence[Incoming] = (), caller: Caller = Caller.OTHER
    ) -> Taken:
        """One step of a known claim; raises UnknownClaim, MessageIdReused."""
        async with self.pool.acquire() as connection, connection.transaction():
            return await self.take_in(connection, stream_id, incoming, caller)

    async def take_in(
        self, connection: Connection, stream_id: UUID, incoming: Sequence[Incoming], caller: Caller
    ) -> Taken:
        """The same inside a transaction of the caller, who wrote people or accounts in it."""
        clock = await hold_clock(connection)
        stream = await _lock_stream(connection, stream_id)
        if stream is None:
            raise UnknownClaim(f"no claim {stream_id}")
        return await self._take(connection, clock, stream, incoming, caller)

    async def report_layoff(self, connection: Connection, incoming: Incoming) -> Taken:
        """Open a claim with a layoff report, or join the claim that knows the layoff already.

        A report of the same participant and employer within 60 days of a known layoff joins it.
        """
        assert isinstance(incoming.message, ReportLayoff), "only a report opens a stream"
        clock = await hold_clock(connection)
        layoff = incoming.message.layoff
        await connection.execute("select pg_advisory_xact_lock($1)", _opening_lock(layoff))
        stream_id = await stream_of(connection, incoming) or await self.joinable(connection, layoff)
        opened = stream_id is None
        if stream_id is None:
            stream_id = await _open_stream(connection, layoff)
        stream = await _lock_stream(connection, stream_id)
        return await self._take(connection, clock, stream, (incoming,), Caller.OTHER, opened=opened)

    async def joinable(self, connection: Connection, layoff: Layoff) -> UUID | None:
        """The claim that a report of this layoff joins."""
        found: UUID | None = await connection.fetchval(
            "select stream_id from streams where kind = 'claim' and participant_id = $1 "
            "and employer_registration = $2 and laid_off_on between $3 and $4 "
            "order by laid_off_on desc limit 1",
            layoff.participant.participant_id,
            layoff.employer_registration,
            layoff.laid_off_on - timedelta(days=JOIN_DAYS),
            layoff.laid_off_on + timedelta(days=JOIN_DAYS),
        )
        return found

    async def _take(
        self,
        connection: Connection,
        clock: Clock,
        stream: asyncpg.Record,
        incoming: Sequence[Incoming],
        caller: Caller,
        opened: bool = False,
    ) -> Taken:
        workflow_id = claim_workflow_id(stream["stream_id"])
        if caller is Caller.WORKFLOW:
            await mark_seen(connection, workflow_id)
        work = await self._begin(connection, clock, stream)
        before = next_step(work.claim, self._situation(work))
        for message in incoming:
            await self._handle(work, message, refuse_reused=caller is Caller.WORKFLOW)
        await self._record(work, consequences(work.claim, self._situation(work)), _ENGINE)
        after = next_step(work.claim, self._situation(work))
        notices = notices_for(tuple(work.effects)) + reminders_due(work.claim, self._situation(work))
        queued = (
            await queue_notices(connection, stream["stream_id"], work.head.version, notices) if notices else 0
        )
        unsent = await unsent_notices(connection, stream["stream_id"])
        woke = caller is not Caller.WORKFLOW and (
            opened or bool(queued) or before.attention != after.attention
        )
        due_at = None if after.next_at is None else after.next_at + clock.grace
        await self._save(work, after)
        await write_wakeup(
            connection,
            workflow_id,
            due_at=due_at,
            todo=after.todo in (Todo.FETCH_RECORD, Todo.TRANSFER) or bool(unsent),
            wanted=woke,
            leased=caller is Caller.ACTIVITY,
            news=tuple((m.message.kind, m.message_id) for m in incoming) if woke else (),
        )
        return Taken(
            stream_id=stream["stream_id"],
            version=work.head.version,
            at=clock.at,
            claim=work.claim,
            step=after,
            answers=tuple(work.answers),
            unsent_notices=unsent,
            sleep_seconds=None if due_at is None else clock.seconds_until(due_at),
            wake_mark="" if due_at is None else f"{due_at.isoformat()} x{clock.speed}",
            replayed=work.replayed,
            woke=woke,
        )

    async def _begin(self, connection: Connection, clock: Clock, stream: asyncpg.Record) -> _Work:
        recorded = await streams.load(connection, stream["stream_id"])
        return _Work(
            connection=connection,
            clock=clock,
            stream=stream,
            claim=fold(r.event for r in recorded),
            head=streams.Head(stream["version"], stream["head"]),
            orders=dict(await lock_orders(connection, stream["stream_id"])),
            stopped=stream["payments_stopped"],
        )

    def _situation(self, work: _Work, received_at: datetime | None = None) -> Situation:
        return Situation(
            law=self.law,
            calendar=self.calendar,
            at=work.clock.at,
            received_at=received_at,
            grace=work.clock.grace,
            order_rows=work.orders,
            payments_stopped=work.stopped,
            fresh_order_ids=tuple(new_id() for _ in range(BENEFIT_MONTHS)),
        )

    async def _handle(self, work: _Work, incoming: Incoming, *, refuse_reused: bool) -> None:
        """One message: deadlines that passed before it, its decision, what follows from that."""
        try:
            known = await known_answer(work.connection, incoming, work.stream["stream_id"])
        except MessageIdReused:
            if not refuse_reused:
                raise
            incoming = refused(incoming, Ground.MESSAGE_ID_REUSED, work.stream["stream_id"])
            known = await known_answer(work.connection, incoming, work.stream["stream_id"])
        if known is not None:
            work.answers.append(known)
            work.replayed = True
            return
        received_at = incoming.received_at or work.clock.at
        await self._record(work, consequences(work.claim, self._situation(work, received_at)), _ENGINE)
        decision = decide(work.claim, incoming.message, self._situation(work, received_at))
        effects = tuple(Effect(event, received_at) for event in decision.events)
        await self._record(work, effects, incoming)
        await self._record(work, consequences(work.claim, self._situation(work, received_at)), incoming)
        await remember_message(
            work.connection, work.stream["stream_id"], incoming, received_at, decision.answer
        )
        work.answers.append(decision.answer)

    async def _record(self, work: _Work, effects: tuple[Effect, ...], cause: "Incoming | _Engine") -> None:
        if not effects:
            return
        stream_id = work.stream["stream_id"]
        envelope = streams.Cause(
            cause.actor, cause.source, cause.message_id, self.law.version, self.calendar.version
        )
        work.head = await streams.append(
            work.connection, stream_id, work.head, effects, envelope, work.clock.at
        )
        for effect in effects:
            work.claim = evolve(work.claim, effect.event)
            await apply_to_orders(
                work.connection, stream_id, work.stream["participant_id"], effect.event, work.clock.at
            )
            await post(work.connection, stream_id, effect.event, effect.effective_at)
            if isinstance(effect.event, PaymentSent):
                work.orders[effect.event.order_id] = OrderRow.UNKNOWN
        work.effects.extend(effects)

    async def _save(self, work: _Work, step: Step) -> None:
        """The stream's head and the projection that lists and dashboards read."""
        if work.effects:
            await work.connection.execute(
                "update streams set version = $2, head = $3 where stream_id = $1",
                work.stream["stream_id"],
                work.head.version,
                work.head.hash,
            )
        await _project(work.connection, work.stream["stream_id"], work.claim, step, work.clock.at)


@dataclass(frozen=True)
class _Engine:
    """The cause of what follows by itself."""

    actor: str = "engine"
    source: str = "engine"
    message_id: str = ""


_ENGINE = _Engine()


def _opening_lock(layoff: Layoff) -> int:
    """Advisory lock key of (participant, employer registration)."""
    key = f"{layoff.participant.participant_id}/{layoff.employer_registration}".encode()
    return int.from_bytes(hashlib.sha256(key).digest()[:8], "big", signed=True)


async def _lock_stream(connection: Connection, stream_id: UUID) -> asyncpg.Record:
    stream = await connection.fetchrow(
        "select *, exists (select from payment_stop) as payments_stopped from streams "
        "where stream_id = $1 for update",
        stream_id,
    )
    if stream is None:
        raise UnknownClaim(f"no claim {stream_id}")
    return stream


async def _open_stream(connection: Connection, layoff: Layoff) -> UUID:
    stream_id = new_id()
    await connection.execute(
        "insert into streams (stream_id, kind, version, head, participant_id, employer_registration,"
        " laid_off_on) values ($1, 'claim', 0, $2, $3, $4, $5)",
        stream_id,
        streams.GENESIS,
        layoff.participant.participant_id,
        layoff.employer_registration,
        layoff.laid_off_on,
    )
    return stream_id


def payment_state(months: Sequence[BenefitMonth]) -> str:
    """The payments of a claim in one word, for search: none, paid, open, failed."""
    last = [order.state.value for month in months if (order := month.last_order) is not None]
    for word, states in (("failed", {"failed", "returned"}), ("open", {"ordered", "sent"})):
        if states & set(last):
            return word
    return "paid" if last else "none"


async def _project(connection: Connection, stream_id: UUID, claim: Claim, step: Step, at: datetime) -> None:
    ball = step.awaited[0] if step.awaited else None
    await connection.execute(
        """
        insert into claims (stream_id, status, benefit_month, regime, province, awaited, owner, awaited_until,
                            awaited_article, todo, payment_state, next_at, state_version, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (stream_id) do update set
            status = $2, benefit_month = $3, regime = $4, province = $5, awaited = $6, owner = $7,
            awaited_until = $8, awaited_article = $9, todo = $10, payment_state = $11, next_at = $12,
            state_version = $13, updated_at = $14
        """,
        stream_id,
        step.status.value,
        step.benefit_month,
        claim.decision.regime if claim.decision else "",
        claim.layoff.province if claim.layoff else "",
        ball.what if ball else "nothing",
        ball.owner.value if ball else "nobody",
        ball.until if ball else None,
        ball.article if ball else "",
        step.todo.value,
        payment_state(claim.months),
        step.next_at,
        STATE_VERSION,
        at,
    )
