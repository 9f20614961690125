"""What a step decides on: its locks, then one statement that reads everything under them (design 2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from claims.deciding.answers import Answer
from claims.events import read_event
from claims.state.claim import Claim
from claims.state.evolving import evolve
from payments.orders import OrderState
from store.calendar import NEWEST
from store.claims.folded import NOTHING, Folded, FoldedClaims
from store.database import Connection
from store.engine.clock import CLOCK_LOCK, Clock
from store.engine.messages import Incoming, Said, UnknownClaim
from store.engine.streams import Head
from store.engine.wakeups import claim_workflow_id

LOCK = "select hold_claim($1, $2, $3)"
READ = f"""
select programme_at + (clock_timestamp() - real_at) * speed as at, speed,
       version, head, participant_id,
       exists (select from payment_stop) as payments_stopped,
       ({NEWEST}) as calendar_version,
       (select hash from events e where e.stream_id = s.stream_id and e.version = $2) as known_hash,
       array(select payload from events e where e.stream_id = s.stream_id and e.version > $2
             order by e.version) as payloads,
       array(select row(order_id, state) from payment_orders o where o.stream_id = s.stream_id
             order by order_id for update) as orders,
       array(select notice_id from notices n where n.stream_id = s.stream_id
             and sent_at is null and given_up_at is null order by queued_at) as unsent,
       array(select row(source, message_id, stream_id, content_hash, answer) from messages m
             where (source, message_id) in (select * from unnest($3::text[], $4::text[]))) as said
from streams s, clock where s.stream_id = $1
"""


@dataclass(frozen=True)
class Read:
    """A claim under its locks: the time, its head, its state, its orders and letters, and what was said.

    `calendar_version` is the newest calendar; it cannot change while the locks are held.
    """

    stream_id: UUID
    participant_id: UUID
    clock: Clock
    head: Head
    claim: Claim
    orders: dict[UUID, OrderState]
    payments_stopped: bool
    calendar_version: str
    unsent_notices: tuple[UUID, ...]
    said: dict[tuple[str, str], Said]


async def read_under_locks(
    connection: Connection, stream_id: UUID, incoming: Sequence[Incoming], folded: FoldedClaims
) -> Read:
    """Lock the clock, the stream and its workflow's row, then read; raises UnknownClaim."""
    if not await connection.fetchval(LOCK, CLOCK_LOCK, stream_id, claim_workflow_id(stream_id)):
        raise UnknownClaim(f"no claim {stream_id}")
    known = folded.get(stream_id)
    row = await _read(connection, stream_id, incoming, known)
    if known is not NOTHING and row["known_hash"] != known.head.hash:
        known = NOTHING
        row = await _read(connection, stream_id, incoming, known)
    claim = known.claim
    for payload in row["payloads"]:
        claim = evolve(claim, read_event(payload))
    head = Head(row["version"], row["head"])
    folded.keep(stream_id, Folded(head, claim))
    return Read(
        stream_id=stream_id,
        participant_id=row["participant_id"],
        clock=Clock(row["at"], row["speed"]),
        head=head,
        claim=claim,
        orders={order_id: OrderState(state) for order_id, state in row["orders"]},
        payments_stopped=row["payments_stopped"],
        calendar_version=row["calendar_version"],
        unsent_notices=tuple(row["unsent"]),
        said={
            (source, message_id): Said(said_to, content_hash, Answer.model_validate_json(answer))
            for source, message_id, said_to, content_hash, answer in row["said"]
        },
    )


async def _read(
    connection: Connection, stream_id: UUID, incoming: Sequence[Incoming], known: Folded
) -> asyncpg.Record:
    sources = [each.source for each in incoming]
    message_ids = [each.message_id for each in incoming]
    row = await connection.fetchrow(READ, stream_id, known.head.version, sources, message_ids)
    if row is None:
        raise LookupError("the programme clock is not set: run `jkp clock set`")
    return row
