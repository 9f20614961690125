"""What is stored of a claim, as it is needed to decide everything in it once more."""

from collections.abc import Iterator
from uuid import UUID

from claims.periods import Calendar
from claims.replaying import Found, Known, replay
from claims.rules import Law
from store.clock import GRACE
from store.database import Connection, Pool


async def load_known(connection: Connection | Pool, stream_id: UUID) -> list[Known]:
    """All events of a stream with their envelopes, oldest first, as the bytes that are stored."""
    rows = await connection.fetch(
        "select version, payload, recorded_at, effective_at, rules_version, calendar_version, "
        "case when message_id = '' then '' else message_source || '/' || message_id end as said "
        "from events where stream_id = $1 order by version",
        stream_id,
    )
    return [Known(**dict(row)) for row in rows]


def replay_stored(stream: list[Known], law: Law, calendar: Calendar) -> Iterator[Found]:
    """Replay a stored stream by the one law and the one calendar that this engine has."""
    return replay(stream, {law.version: law}, {calendar.version: calendar}, GRACE)


async def differing(connection: Connection | Pool, law: Law, calendar: Calendar) -> list[str]:
    """Every event of every claim that comes out otherwise now: the claim and the version."""
    return [
        f"claim/{claim_id}, event {found.version}"
        for claim_id in await claim_ids(connection)
        for found in replay_stored(await load_known(connection, claim_id), law, calendar)
    ]


async def claim_ids(connection: Connection | Pool) -> list[UUID]:
    """Every claim, in the order of their ids."""
    rows = await connection.fetch("select stream_id from streams where kind = 'claim' order by stream_id")
    return [row["stream_id"] for row in rows]
