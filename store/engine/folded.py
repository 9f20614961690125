"""Folded states kept in memory, so that a step folds only what is new since this process last looked.

An entry is trusted only where the database has the same hash at the same version: the chain then proves that
it was folded from this very history, also after a rollback or a restored database.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic
from uuid import UUID

from store.engine.kinds import StateT
from store.engine.streams import GENESIS, Head

STREAMS_MAX = 2_000


@dataclass(frozen=True)
class Folded(Generic[StateT]):
    """The state of a stream as of one version of it."""

    head: Head
    state: StateT


class FoldedStates(Generic[StateT]):
    """The streams last looked at, the least recent one dropped first."""

    def __init__(self, empty: StateT, most: int = STREAMS_MAX) -> None:
        self.nothing = Folded(Head(0, GENESIS), empty)
        self._most = most
        self._states: OrderedDict[UUID, Folded[StateT]] = OrderedDict()

    def get(self, stream_id: UUID) -> Folded[StateT]:
        """The state as far as it is known here; `nothing` where it is not."""
        known = self._states.get(stream_id)
        if known is None:
            return self.nothing
        self._states.move_to_end(stream_id)
        return known

    def keep(self, stream_id: UUID, folded: Folded[StateT]) -> None:
        """Remember a state."""
        self._states[stream_id] = folded
        self._states.move_to_end(stream_id)
        if len(self._states) > self._most:
            self._states.popitem(last=False)
