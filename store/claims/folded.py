"""Folded claims kept in memory, so that a step folds only what is new since this process last looked.

An entry is trusted only where the database has the same hash at the same version: the chain then proves that
it was folded from this very history, also after a rollback or a restored database.
"""

from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID

from claims.state.claim import Claim
from claims.state.evolving import fold
from store.database import Connection, Pool
from store.engine.streams import GENESIS, Head, hash_at, load

CLAIMS_MAX = 2_000


@dataclass(frozen=True)
class Folded:
    """A claim as of one version of its stream."""

    head: Head
    claim: Claim


NOTHING = Folded(Head(0, GENESIS), Claim())


async def claim_as_of(
    connection: Connection | Pool, folded: "FoldedClaims", stream_id: UUID, version: int
) -> Claim:
    """A claim as it stood at a version of its stream."""
    known = folded.get(stream_id)
    if known.head.version == version and known.head.hash == await hash_at(connection, stream_id, version):
        return known.claim
    return fold(r.event for r in await load(connection, stream_id) if r.version <= version)


class FoldedClaims:
    """The claims last looked at, the least recent one dropped first."""

    def __init__(self, most: int = CLAIMS_MAX) -> None:
        self._most = most
        self._claims: OrderedDict[UUID, Folded] = OrderedDict()

    def get(self, stream_id: UUID) -> Folded:
        """The claim as far as it is known here; the empty claim where it is not."""
        known = self._claims.get(stream_id)
        if known is None:
            return NOTHING
        self._claims.move_to_end(stream_id)
        return known

    def keep(self, stream_id: UUID, folded: Folded) -> None:
        """Remember a claim."""
        self._claims[stream_id] = folded
        self._claims.move_to_end(stream_id)
        if len(self._claims) > self._most:
            self._claims.popitem(last=False)
