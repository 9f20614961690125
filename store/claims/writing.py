"""What a step leaves: the moves of its orders, its letters, and one statement for all the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from claims.agenda.next_step import Step
from claims.deciding.answers import Answer
from claims.events import PersonDataDecided
from claims.state.claim import BenefitMonth, Claim
from claims.state.evolving import STATE_VERSION
from claims.transitions.automatic import Effect
from claims.transitions.money import order_of, postings_of
from payments.obligations import person
from payments.orders import OPEN_STATES, OrderState
from store.database import Connection
from store.engine.messages import Incoming
from store.engine.streams import Head, Link
from store.engine.wakeups import PAY_ATTENTION, Attention
from store.payments.ledger import post
from store.payments.orders import write_order
from store.people import adopt

WRITE = f"""
with recorded as (
    insert into events (stream_id, version, type, recorded_at, effective_at, actor, message_source,
                        message_id, rules_version, calendar_version, payload, hash)
    select $8, version, type, $11, effective_at, actor, source, message_id, rules, calendar, payload, hash
    from unnest($12::int[], $13::text[], $14::timestamptz[], $15::text[], $16::text[], $17::text[],
                $18::text[], $19::text[], $20::bytea[], $21::bytea[])
        as e (version, type, effective_at, actor, source, message_id, rules, calendar, payload, hash)
), said as (
    insert into messages (stream_id, source, message_id, kind, received_at, content_hash, answer)
    select $8, * from unnest($22::text[], $23::text[], $24::text[], $25::timestamptz[], $26::bytea[],
                             $27::text[])
), headed as (
    update streams set version = $9, head = $10 where stream_id = $8 and version <> $9
), projected as (
    insert into claims (stream_id, updated_at, status, benefit_month, regime, province, awaited, owner,
                        awaited_until, awaited_article, todo, payment_state, next_at, state_version)
    values ($8, $11, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39)
    on conflict (stream_id) do update set
        updated_at = $11, status = $28, benefit_month = $29, regime = $30, province = $31, awaited = $32,
        owner = $33, awaited_until = $34, awaited_article = $35, todo = $36, payment_state = $37,
        next_at = $38, state_version = $39
)
{PAY_ATTENTION}
"""


@dataclass(frozen=True)
class Handled:
    """A message, when it was received, and its answer."""

    incoming: Incoming
    received_at: datetime
    answer: Answer


@dataclass(frozen=True)
class Outcome:
    """Everything a step has decided, to be written in its transaction."""

    stream_id: UUID
    at: datetime
    head: Head
    links: Sequence[Link]
    handled: Sequence[Handled]
    claim: Claim
    step: Step
    attention: Attention


async def move_money(
    connection: Connection, stream_id: UUID, participant_id: UUID, effects: Sequence[Effect], at: datetime
) -> None:
    """The statements that events make on payment orders and in the ledger."""
    for effect in effects:
        if order := order_of(effect.event):
            await write_order(connection, stream_id, person(participant_id), order, at)
        await post(connection, stream_id, postings_of(effect.event), effect.effective_at)


async def keep_people(connection: Connection, participant_id: UUID, effects: Sequence[Effect]) -> None:
    """What an officer adopted of a person's data stands from now on, for every claim of theirs."""
    for effect in effects:
        match effect.event:
            case PersonDataDecided(adopts=True, version=version) as decided if decided.verdict.counts:
                await adopt(connection, participant_id, version)


async def write(connection: Connection, outcome: Outcome) -> None:
    """Events, messages, head, projection and wake-up; a second writer of a version fails."""
    await connection.execute(
        WRITE,
        *outcome.attention.arguments,
        outcome.stream_id,
        outcome.head.version,
        outcome.head.hash,
        outcome.at,
        *_event_columns(outcome.links),
        *_message_columns(outcome.handled),
        *_projection(outcome.claim, outcome.step),
    )


def _event_columns(links: Sequence[Link]) -> tuple[list[object], ...]:
    return (
        [link.version for link in links],
        [link.type for link in links],
        [link.effective_at for link in links],
        [link.cause.actor for link in links],
        [link.cause.source for link in links],
        [link.cause.message_id for link in links],
        [link.cause.rules_version for link in links],
        [link.cause.calendar_version for link in links],
        [link.payload for link in links],
        [link.hash for link in links],
    )


def _message_columns(handled: Sequence[Handled]) -> tuple[list[object], ...]:
    return (
        [each.incoming.source for each in handled],
        [each.incoming.message_id for each in handled],
        [each.incoming.message.kind for each in handled],
        [each.received_at for each in handled],
        [each.incoming.content_hash for each in handled],
        [each.answer.model_dump_json() for each in handled],
    )


def _projection(claim: Claim, step: Step) -> tuple[object, ...]:
    ball = step.awaited[0] if step.awaited else None
    return (
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
    )


def payment_state(months: Sequence[BenefitMonth]) -> str:
    """The payments of a claim in one word, for search: none, paid, open, failed."""
    owings = (owing for month in months for owing in month.owings)
    last = {order.state for owing in owings if (order := owing.last_order) is not None}
    if last & {OrderState.REFUSED, OrderState.RETURNED}:
        return "failed"
    if last & OPEN_STATES:
        return "open"
    return "paid" if last else "none"
