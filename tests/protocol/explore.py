"""Every state the protocol can reach within its bounds, and the nearest one that breaks a check."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from protocol.faults import faults
from protocol.model import (
    END,
    EXCUSED,
    HEARD,
    IN_INBOX,
    SENDING,
    SYSTEM,
    UNHEARD,
    State,
    is_due,
    is_open,
    moves,
    next_step,
    paying,
)
from protocol.variant import Variant

TRUE_READY: Final = "never a false ready"
ACTED_UPON: Final = "nothing recorded is never acted upon"
COMES_TO_REST: Final = "fair continuation comes to rest"


def ready(s: State, variant: Variant) -> bool:
    """What ``advance`` finds in one look at the rows, and nothing else."""
    todo = variant.keeps_todo_since and (paying(s.order) or s.claim.notice)
    return not (s.row.wanted or todo or is_due(s.claim) or s.order.state == SENDING or s.claim.notice)


def undone(s: State) -> str:
    """What is still to be done about recorded facts; a run is excused only after a stray step or a reset."""
    if paying(s.order):
        return "an order is open"
    if s.claim.notice:
        return "a notice is unsent"
    if is_due(s.claim):
        return "a deadline has passed"
    return "the run has not heard" if s.run.heard == UNHEARD else ""


def left_at_rest(s: State) -> str:
    """What is left when nothing moves any more."""
    if s.claim.second == IN_INBOX:
        return "a direct message is not recorded"
    if s.row.wanted:
        return "a wake-up is not delivered"
    ended = next_step(s.claim, s.order) == END
    if ended and is_open(s.run) and s.run.heard == HEARD:
        return "a run of an ended claim is open"
    return "the run has not heard" if s.run.heard == EXCUSED and not ended else undone(s)


@dataclass(frozen=True)
class Broken:
    """A check that failed, what was found, and the shortest way there."""

    check: str
    found: str
    trace: tuple[str, ...]


@dataclass(frozen=True)
class Walk:
    """The size of a walk; ``unheard`` counts runs left open, at rest, whose claim has ended without them."""

    states: int
    moves: int
    at_rest: int
    unheard: int
    taken: frozenset[str]
    broken: Broken | None


class Explorer:
    """Breadth-first walk from the filed claim; stops at the first broken check."""

    def __init__(self, variant: Variant, budget: int) -> None:
        start = State(faults=budget)
        self.variant = variant
        self.states = [start]
        self.number = {start: 0}
        self.parent = array("l", [-1])
        self.by: list[str] = ["claim filed"]
        self.source, self.target = array("l"), array("l")
        self.resting: list[int] = []
        self.taken: set[str] = set()
        self.moves = 0
        self.unheard = 0

    def walk(self) -> Walk:
        here = 0
        broken: Broken | None = None
        while here < len(self.states) and broken is None:
            broken = self.visit(here)
            here += 1
        broken = broken or self.restless()
        taken = frozenset(self.taken)
        return Walk(len(self.states), self.moves, len(self.resting), self.unheard, taken, broken)

    def visit(self, here: int) -> Broken | None:
        state = self.states[here]
        if ready(state, self.variant) and (left := undone(state)):
            return Broken(TRUE_READY, left, self.trace(here))
        at_rest = True
        for name, kind, after, check in chain(moves(state, self.variant), faults(state)):
            there = self.enter(after, here, name)
            if check:
                return Broken(check, name, (*self.trace(here), name))
            if kind == SYSTEM:
                at_rest = False
                self.source.append(here)
                self.target.append(there)
        return self.rest(here) if at_rest else None

    def enter(self, state: State, parent: int, by: str) -> int:
        self.moves += 1
        self.taken.add(by)
        known = self.number.setdefault(state, len(self.states))
        if known == len(self.states):
            self.states.append(state)
            self.parent.append(parent)
            self.by.append(by)
        return known

    def rest(self, here: int) -> Broken | None:
        self.resting.append(here)
        state = self.states[here]
        self.unheard += state.run.heard == EXCUSED
        left = left_at_rest(state)
        return Broken(ACTED_UPON, left, self.trace(here)) if left else None

    def restless(self) -> Broken | None:
        """A state from which no way of going on by itself ends: fairness would not help it."""
        calm = reaches(self.resting, self.source, self.target, len(self.states))
        lost = calm.find(0)
        return None if lost < 0 else Broken(COMES_TO_REST, "it goes on for ever", self.trace(lost))

    def trace(self, here: int) -> tuple[str, ...]:
        names: list[str] = []
        while here >= 0:
            names.append(self.by[here])
            here = self.parent[here]
        return tuple(reversed(names))


def reaches(goals: Iterable[int], source: "array[int]", target: "array[int]", size: int) -> bytearray:
    """Mark the numbers below ``size`` that have a way along source -> target to a goal."""
    first = array("l", bytes(array("l").itemsize * (size + 1)))
    for there in target:
        first[there + 1] += 1
    for number in range(size):
        first[number + 1] += first[number]
    fill, before = array("l", first), array("l", bytes(array("l").itemsize * len(source)))
    for here, there in zip(source, target, strict=True):
        before[fill[there]] = here
        fill[there] += 1
    marked, todo = bytearray(size), list(goals)
    for goal in todo:
        marked[goal] = 1
    while todo:
        there = todo.pop()
        for here in before[first[there] : first[there + 1]]:
            if not marked[here]:
                marked[here] = 1
                todo.append(here)
    return marked


def explore(variant: Variant, budget: int = 2) -> Walk:
    """Walk everything reachable with two messages, one clock move and a budget of faults."""
    return Explorer(variant, budget).walk()
