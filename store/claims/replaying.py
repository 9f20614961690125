"""What is stored of a claim, as it is needed to decide everything in it once more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from claims.replaying import Found, Known, replay
from law.periods import Calendar
from law.regimes import KEPT
from law.rules import Law
from store.calendar import read_calendars
from store.database import Connection, Pool
from store.scheduling.clock import GRACE


async def load_known(connection: Connection | Pool, stream_id: UUID) -> list[Known]:
    """All events of a stream with their envelopes, oldest first, as the bytes that are stored."""
    rows = await connection.fetch(
        "select version, payload, recorded_at, effective_at, rules_version, calendar_version, "
        "case when message_id = '' then '' else message_source || '/' || message_id end as said "
        "from events where stream_id = $1 order by version",
        stream_id,
    )
    return [Known(**dict(row)) for row in rows]


@dataclass(frozen=True)
class Kept:
    """Every law and every calendar that is kept, by its version."""

    laws: Mapping[str, Law]
    calendars: Mapping[str, Calendar]

    def replay(self, stream: Sequence[Known]) -> Iterator[Found]:
        """Replay a stored stream, each event by the law and the calendar that it was decided by."""
        return replay(stream, self.laws, self.calendars, GRACE)


async def kept(connection: Connection | Pool, law: Law) -> Kept:
    """What is kept beside the law in use."""
    return Kept({**KEPT, law.version: law}, await read_calendars(connection))


async def differing(connection: Connection | Pool, law: Law) -> list[str]:
    """Every event of every claim that comes out otherwise, or is not replayed: claim and version."""
    known = await kept(connection, law)
    return [
        f"claim/{claim_id}, event {found.version}"
        for claim_id in await claim_ids(connection)
        for found in known.replay(await load_known(connection, claim_id))
    ]


async def claim_ids(connection: Connection | Pool) -> list[UUID]:
    """Every claim, in the order of their ids."""
    rows = await connection.fetch("select stream_id from streams where kind = 'claim' order by stream_id")
    return [row["stream_id"] for row in rows]
