"""Whose dates a change of the calendar moves: every open claim, looked at with both calendars."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from claims.agenda.redating import Redated, redated
from claims.commands.command import MoveDeadlines
from claims.events import BenefitAuthorized, ClaimReferred, Event, QuestionAsked, read_event
from claims.state.claim import Claim
from claims.state.evolving import evolve
from law.periods import Calendar
from law.rules import Law
from payments.context import DecisionContext
from payments.orders import OrderState
from store.calendar import read_calendar, versions
from store.claims.kind import ClaimStepRunner, IncomingMessage
from store.database import Connection, Pool
from store.payments.orders import payments_stopped
from store.scheduling.clock import Clock, read_clock

CLAIMS_AT_ONCE = 200
OPEN = "select stream_id from claims where todo <> 'finish' and stream_id > $1 order by stream_id limit $2"
READ = """
select s.stream_id,
       array(select row(payload, calendar_version) from events e where e.stream_id = s.stream_id
             order by e.version) as events,
       array(select row(order_id, state) from payment_orders o where o.stream_id = s.stream_id) as orders
from streams s where s.stream_id = any($1) order by s.stream_id
"""


MOVES_MAX = 50


@dataclass(frozen=True)
class Affected:
    """An open claim and its dates that differ between two calendars."""

    claim_id: UUID
    moved: tuple[Redated, ...]


async def affected_claims(
    pool: Pool, law: Law, was: str, now: str, *, at_once: int = CLAIMS_AT_ONCE
) -> AsyncIterator[Affected]:
    """The open claims that a change from one version to another affects, as of now.

    Raises UnknownVersion. Each claim is seen at one moment, all of them not at the same one.
    """
    calendars = (await read_calendar(pool, was), await read_calendar(pool, now))
    names = [each.version for each in await versions(pool)]
    since = names.index(now) if now in names else 0
    last = UUID(int=0)
    while True:
        async with pool.acquire() as connection:
            stream_ids = [row["stream_id"] for row in await connection.fetch(OPEN, last, at_once)]
            found = await _looked_at(connection, law, calendars, stream_ids, frozenset(names[since:]))
        for affected in found:
            yield affected
        if len(stream_ids) < at_once:
            return
        last = stream_ids[-1]


async def _looked_at(
    connection: Connection,
    law: Law,
    calendars: tuple[Calendar, Calendar],
    stream_ids: Sequence[UUID],
    later: frozenset[str],
) -> list[Affected]:
    """Those of some claims whose dates move; `later` are the versions by which a date counts already."""
    clock, stopped = await read_clock(connection), await payments_stopped(connection)
    found = []
    for row in await connection.fetch(READ, stream_ids):
        claim, counted = Claim(), set[tuple[str, int]]()
        for payload, version in row["events"]:
            event = read_event(payload)
            claim = evolve(claim, event)
            if version in later:
                counted |= _terms_recorded_with(event)
        orders = {order_id: OrderState(state) for order_id, state in row["orders"]}
        was = _situation(law, calendars[0], clock, orders, stopped=stopped)
        moved = redated(claim, was, replace(was, calendar=calendars[1]), counted=counted)
        if moved:
            found.append(Affected(row["stream_id"], moved))
    return found


def _terms_recorded_with(event: Event) -> set[tuple[str, int]]:
    match event:
        case BenefitAuthorized(month=month):
            return {("transfer", month)}
        case ClaimReferred():
            return {("officer_decision", 0), ("answer", 0)}
        case QuestionAsked(months=months):
            month = next(iter(months), 0)
            return {("answer", month), ("documents", month)}
        case _:
            return set()


def _situation(
    law: Law, calendar: Calendar, clock: Clock, orders: dict[UUID, OrderState], *, stopped: bool
) -> DecisionContext:
    return DecisionContext(
        law=law,
        calendar=calendar,
        at=clock.at,
        grace=clock.grace,
        order_rows=orders,
        payments_stopped=stopped,
    )


async def tell_affected(steps: ClaimStepRunner, was: str, now: str, *, by: str) -> int:
    """Tell every open claim which of its dates move, once for a pair of versions; returns how many.

    What would shorten a right is kept as it was promised. Raises UnknownVersion.
    """
    count = 0
    async for affected in affected_claims(steps.pool, steps.law, was, now):
        received_at = (await read_clock(steps.pool)).at
        once = _message_id(was, now, affected.claim_id)
        incoming = IncomingMessage(moves(affected, now), "calendar", once, by, received_at)
        await steps.run_step(affected.claim_id, (incoming,))
        count += 1
    return count


def moves(affected: Affected, version: str) -> MoveDeadlines:
    """What a claim is told of its dates; at most fifty, the earliest first."""
    return MoveDeadlines(
        calendar_version=version,
        moved=tuple(each.date for each in affected.moved[:MOVES_MAX]),
    )


def _message_id(was: str, now: str, claim_id: UUID) -> str:
    return sha256(f"{was}\n{now}\n{claim_id}".encode()).hexdigest()
