"""The walk over every state of a claim: breadth first over everything that may be said, and over time.

Two states are one where `Abstraction` sees the same in them; the first story that came to a state stands for
it. The walk ends by itself, when nothing new is reached. What it does not go on from, it has still looked at.
"""

import gc
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce

from oracles.walk_inputs import SECOND, changes, messages
from oracles.walk_places import ACROSS, Abstraction, Key, Place, all_orders
from support.builders import Story, a_layoff, a_report, rows_of, wib

from claims import events as e
from claims.agenda.next_step import NextStep, Status, Todo, status_of
from claims.agenda.obligations import Awaited, Consequence, Owner
from claims.commands.command import Command
from claims.deciding.dispatch import decide
from claims.state.claim import Ending
from claims.state.evolving import evolve
from claims.transitions.automatic import automatic_transitions
from claims.wording.consequences import consequence_text
from payments.context import DecisionContext
from payments.orders import OPEN_STATES, OrderState

STARTS = {"the regime of 2021": "2023-03-03", ACROSS: "2024-12-02", "the regime of 2025": "2025-03-03"}
GRACE = timedelta(minutes=2)
WORK_TAKES = timedelta(days=40)
TICKS_MAX = 40


@dataclass
class Walk:
    """What was found: places by what is seen of them, and everything met on the ways between them."""

    places: dict[Key, Place] = field(default_factory=dict)
    transitions: int = 0
    inputs: set[str] = field(default_factory=set)
    steps: set[tuple[Status, Todo]] = field(default_factory=set)
    awaited: set[tuple[Status, str, Owner, str, Consequence]] = field(default_factory=set)
    edges: set[tuple[Status, Status, str]] = field(default_factory=set)

    def note(self, here: Place) -> None:
        """Keep what a place shows, without its dates."""
        status = here.step.status
        self.steps.add((status, here.step.todo))
        for each in here.step.awaited:
            self.awaited.add((status, each.what, each.owner, each.article, each.consequence))


Look = Callable[[Place, tuple[e.Event, ...], Key], None]


def nothing(there: Place, new: tuple[e.Event, ...], key: Key) -> None:
    """Nobody looks on."""


def walk(abstraction: Abstraction, starts: dict[str, str] = STARTS, look: Look = nothing) -> Walk:
    """Every state that is reached from a layoff reported on each of some days.

    `look` is shown where each way leads, the events on it, and what is seen there. All that is reached is
    kept, so that a search for garbage would find none, in a seventh of the time.
    """
    gc.disable()
    try:
        return _walk(abstraction, starts, look)
    finally:
        gc.enable()


def _walk(abstraction: Abstraction, starts: dict[str, str], look: Look) -> Walk:
    found, queue = Walk(), deque[Place]()
    for start, day in starts.items():
        nowhere = Place(start, Story(grace=GRACE), wib(day))
        queue.append(_heard(Hearing.at(nowhere, nowhere.at), a_report(a_layoff(day))))
    for first in queue:
        found.places[abstraction.sees(first)] = first
        found.note(first)
        check(first)
        check_at_rest(first)
    while queue:
        here = queue.popleft()
        for name, there in ways(here, abstraction):
            found.transitions += 1
            found.inputs.add(name)
            if there.like is here:
                continue  # Here was looked at when it was reached.
            there.way = (*here.way, name)
            found.edges.update(_edges(here, there))
            found.note(there)
            check(there)
            key = abstraction.sees(there)
            look(there, there.story.events[len(here.story.events) :], key)
            if key not in found.places:
                found.places[key] = there
                queue.append(there)
                check_at_rest(there)
    return found


def _edges(here: Place, there: Place) -> Iterator[tuple[Status, Status, str]]:
    """What moved the claim from one status to another; `ClaimReinstated` only opens the way for the next."""
    claim, before = here.story.claim, here.step.status
    new = there.story.events[len(here.story.events) :]
    for nth, event in enumerate(new, 1):
        claim = evolve(claim, event) if nth < len(new) else there.story.claim
        after = before if isinstance(event, e.ClaimReinstated) else status_of(claim)
        if after is not before:
            yield before, after, type(event).__name__
        before = after


def ways(here: Place, abstraction: Abstraction) -> Iterator[tuple[str, Place]]:
    """Every way on from a place: what may be said, what happens around the claim, the passing of time."""
    yield from _all_said(here)
    for name, story in changes(here.story):
        yield name, Place(here.start, story, here.at)
    later = _time_passes(here, abstraction)
    if later is not None:
        yield "time", later


@dataclass(frozen=True)
class Hearing:
    """Where a message is handled: a place at which what was due when it was received has taken effect."""

    place: Place
    context: DecisionContext

    @classmethod
    def at(cls, here: Place, received_at: datetime) -> "Hearing":
        """At a place, of what was received then or before."""
        context = here.story.context(here.at, received_at)
        story = _followed(here.story, context)
        if story is here.story:
            return cls(here, context)
        return cls(Place(here.start, story, here.at), story.context(here.at, received_at))


def _all_said(here: Place) -> Iterator[tuple[str, Place]]:
    """Everything that may be said; nothing is due before it, unless a deadline has its grace."""
    due = here.step.next_at
    in_grace = due if due is not None and due <= here.at else None
    now = Hearing.at(here, here.at)
    in_time = now if in_grace is None else Hearing.at(here, in_grace - SECOND)
    for said in messages(here.story, here.at, in_grace):
        yield said.name, _heard(now if said.received_at is None else in_time, said.message)


def _heard(hearing: Hearing, message: Command) -> Place:
    """One step with a message; where it changes nothing, nothing follows that had not followed before."""
    here, s = hearing.place, hearing.context
    said = decide(here.story.claim, message, s).events
    claim = reduce(evolve, said, here.story.claim)
    story = replace(here.story, events=here.story.events + said, claim=claim)
    if claim is here.story.claim:
        return Place(here.start, story, here.at, like=here)
    s = replace(s, order_rows=rows_of(claim, story.being_sent))
    return Place(here.start, _followed(story, s), here.at)


def _followed(story: Story, context: DecisionContext) -> Story:
    """The story with all that follows from it; an order whose outcome is known is no longer being sent."""
    followed = tuple(effect.event for effect in automatic_transitions(story.claim, context))
    claim = reduce(evolve, followed, story.claim)
    ordered = {order.order_id for order in all_orders(claim) if order.state is OrderState.ORDERED}
    being_sent = tuple(order_id for order_id in story.being_sent if order_id in ordered)
    if not followed and being_sent == story.being_sent:
        return story
    return replace(story, events=story.events + followed, claim=claim, being_sent=being_sent)


def _time_passes(here: Place, abstraction: Abstraction) -> Place | None:
    """Time goes on by `next_at` alone until something is seen otherwise; nothing where nothing ever is."""
    key = abstraction.sees(here)
    for _ in range(TICKS_MAX):
        at = _next_instant(here)
        if at is None:
            return None
        here = Place(here.start, _followed(here.story, here.story.context(at)), at)
        check(here)
        if abstraction.sees(here) != key:
            return here
    return None


def _next_instant(here: Place) -> datetime | None:
    """When to look again: the next instant, or the end of its grace; a record that is fetched takes time."""
    after = here.step.next_at
    if after is None:
        return here.at + WORK_TAKES if here.step.todo is Todo.FETCH_RECORD else None
    at = after if after > here.at else after + here.story.grace
    assert at > here.at, "time goes on"
    return at


def check(here: Place) -> None:
    """Nobody is left without an owner, a date to come, an article and a consequence."""
    try:
        _check(here)
    except AssertionError as wrong:
        raise AssertionError(f"{wrong}\nby the way of {' / '.join(here.way)} at {here.at}") from wrong


def _check(here: Place) -> None:
    step = here.step
    assert here.story.claim.reconsider is None, "what came after a decision is looked at at once"
    if step.todo is Todo.FINISH:
        check_finished(here)
        return
    assert step.awaited, f"nobody is responsible: {step}"
    for awaited in step.awaited:
        check_awaited(awaited, here)
    if step.next_at is None:
        assert step.todo is not Todo.WAIT or waits_for_a_word(step), f"nobody comes back to it: {step}"
    else:
        assert step.next_at + here.story.grace > here.at, f"time stands still: {step}"
    if step.todo is Todo.TRANSFER:
        ordered = {o.order_id for o in all_orders(here.story.claim) if o.state is OrderState.ORDERED}
        assert step.order_ids, "there is something to transfer"
        assert set(step.order_ids) <= ordered - set(here.story.being_sent)


def check_awaited(awaited: Awaited, here: Place) -> None:
    """An owner, a date to come, an article, a consequence; inside its grace a deadline is still to come."""
    assert awaited.owner.value != "nobody"
    in_grace = here.step.next_at is not None and awaited.until == here.step.next_at
    assert awaited.until > here.at - (here.story.grace if in_grace else timedelta()), f"over: {awaited}"
    assert any(word in awaited.article for word in ("Pasal", "Peraturan", "assumption:")), awaited
    assert consequence_text(awaited.consequence, "en")


def waits_for_a_word(step: NextStep) -> bool:
    """Whether only others can bring the claim on: the bank, the treasurer, the employer, BPJS."""
    return all(a.owner.value in ("bank", "treasurer", "employer", "bpjs") for a in step.awaited)


def check_finished(here: Place) -> None:
    """A claim that is finished owes nothing, asks nothing and has nothing at the bank."""
    claim, step = here.story.claim, here.step
    assert (step.awaited, step.next_at, step.order_ids) == ((), None, ())
    assert not [order for order in all_orders(claim) if order.state in OPEN_STATES]
    assert not claim.open_questions, f"finished with a question open: {claim.open_questions}"
    if claim.ending in (None, Ending.EXHAUSTED):
        granted = [m for m in claim.months[: claim.last_month_owed] if m.authorized is not None]
        assert [m.number for m in granted if not m.settled] == []
        assert [owing.obligation for owing in claim.owings if not owing.settled] == []
    assert claim.ending is not None or claim.ceased is not None, "nobody finishes a claim that goes on"


def check_at_rest(here: Place) -> None:
    """Looking again changes nothing."""
    assert automatic_transitions(here.story.claim, here.context) == (), "looking again changes nothing"
