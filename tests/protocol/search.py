"""Every state that a model reaches, breadth first, and the shortest way to the first promise that breaks."""

from array import array
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from protocol.explore import Broken, reaches

S = TypeVar("S", bound=Hashable)


@dataclass(frozen=True)
class Went(Generic[S]):
    """One transition: its name, where it leads, whether it goes on by itself, the promise that it breaks."""

    name: str
    there: S
    by_itself: bool = True
    broken: str = ""


@dataclass(frozen=True)
class Found:
    """How many states and moves there are, which moves were taken, and what broke."""

    states: int
    moves: int
    taken: frozenset[str]
    broken: Broken | None


class Search(Generic[S]):
    """A walk from one state; at rest, where nothing goes on by itself, nothing may be left."""

    def __init__(self, start: S, moves: Callable[[S], Iterator[Went[S]]], left: Callable[[S], str]) -> None:
        self._moves, self._left = moves, left
        self._states, self._number = [start], {start: 0}
        self._parent, self._by = [-1], ["start"]
        self._source, self._target = array("l"), array("l")
        self._resting: list[int] = []
        self._taken: set[str] = set()
        self._count = 0

    def run(self) -> Found:
        """Walk everything, or until something breaks."""
        broken = None
        for here, state in enumerate(self._states):
            if broken := self._visit(here, state):
                break
        return Found(len(self._states), self._count, frozenset(self._taken), broken or self._restless())

    def _visit(self, here: int, state: S) -> Broken | None:
        at_rest = True
        for went in self._moves(state):
            self._count += 1
            self._taken.add(went.name)
            if went.broken:
                return Broken(went.broken, went.name, (*self._trace(here), went.name))
            there = self._enter(went, here)
            if went.by_itself:
                at_rest = False
                self._source.append(here)
                self._target.append(there)
        if not at_rest:
            return None
        self._resting.append(here)
        left = self._left(state)
        return Broken("nothing is left at rest", left, self._trace(here)) if left else None

    def _enter(self, went: Went[S], here: int) -> int:
        there = self._number.setdefault(went.there, len(self._states))
        if there == len(self._states):
            self._states.append(went.there)
            self._parent.append(here)
            self._by.append(went.name)
        return there

    def _restless(self) -> Broken | None:
        calm = reaches(self._resting, self._source, self._target, len(self._states))
        lost = calm.find(0)
        return None if lost < 0 else Broken("it comes to rest", "it goes on for ever", self._trace(lost))

    def _trace(self, here: int) -> tuple[str, ...]:
        names: list[str] = []
        while here >= 0:
            names.append(self._by[here])
            here = self._parent[here]
        return tuple(reversed(names))
