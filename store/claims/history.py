"""The events of a claim, and the claim as it stood at one of them."""

from uuid import UUID

from claims.events import Event, read_event
from claims.state.claim import Claim
from claims.state.evolving import fold
from store.database import Connection, Pool
from store.engine.folded import FoldedStates
from store.engine.streams import Recorded, hash_at, load

RecordedEvent = Recorded[Event]


async def recorded_events(connection: Connection | Pool, stream_id: UUID) -> list[RecordedEvent]:
    """All events of a claim, oldest first."""
    return await load(connection, stream_id, read_event)


async def claim_as_of(
    connection: Connection | Pool, folded: FoldedStates[Claim], stream_id: UUID, version: int
) -> Claim:
    """A claim as it stood at a version of its stream."""
    known = folded.get(stream_id)
    if known.head.version == version and known.head.hash == await hash_at(connection, stream_id, version):
        return known.state
    return fold(r.event for r in await recorded_events(connection, stream_id) if r.version <= version)


async def participant_of_claim(connection: Connection | Pool, stream_id: UUID) -> UUID | None:
    """Whose claim a stream is; None where there is no such claim."""
    found: UUID | None = await connection.fetchval(
        "select participant_id from layoffs where stream_id = $1", stream_id
    )
    return found
