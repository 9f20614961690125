"""Every past decision once more: on what was known at its time, by the law and calendar of then, bit for bit.

All that a decision looked at stands in the stream: the events before it, the instant of its step
(`recorded_at`), when its message was received (`effective_at` of the event the message made) and the versions
of law and calendar. Two things do not, and are taken as recorded: the number drawn for a payment order, and
whether an order could still be cancelled at the bank's door.

Events are compared as the bytes that are stored. After one that comes out otherwise the reading goes on from
what was recorded, so that each difference is told where it begins. A message that changed nothing left no
event, and an input that was falsified decides what it then says: against that stand the hashes of the chain.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, zip_longest
from uuid import UUID

from pydantic import ValidationError

from claims import events as e
from claims.deciding.dispatch import decide
from claims.events.bases import AdverseEvent
from claims.events.basis import Unstated
from claims.reconstruction import message_of
from claims.state.claim import Claim
from claims.state.evolving import evolve
from claims.transitions.automatic import Effect, next_transitions
from law.periods import Calendar
from law.rules import Law
from payments.context import DecisionContext
from payments.orders import OrderState


@dataclass(frozen=True)
class Known:
    """An event as it is stored, and what of its envelope a decision depends on.

    `said` names the message that made it; empty for what followed by itself.
    """

    version: int
    payload: bytes
    recorded_at: datetime
    effective_at: datetime
    said: str
    rules_version: str
    calendar_version: str


@dataclass(frozen=True)
class Mismatch:
    """What was recorded and what comes out now; None where nothing was recorded, or nothing comes out.

    Where nothing was recorded, `version` is that of the event before which something should stand.
    """

    version: int
    recorded: e.Event | None
    replayed: e.Event | None


OUTSIDE_THE_LIMITS = "what was told lies outside the limits that hold since"


@dataclass(frozen=True)
class NotReplayed:
    """An event that cannot be decided again here: its law or its calendar is another, or it is unreadable."""

    version: int
    type: str
    why: str


Found = Mismatch | NotReplayed


@dataclass(frozen=True)
class _Read:
    """An event with its envelope."""

    known: Known
    event: e.Event

    def is_as(self, effect: Effect) -> bool:
        """Whether the same bytes come out, taking effect at the same instant."""
        same = _stored(effect.event, beside=self.event) == self.known.payload
        return same and effect.effective_at == self.known.effective_at


def _stored(event: e.Event, *, beside: e.Event) -> bytes:
    """An event as it would be stored; without its basis where it is compared with one that kept none."""
    dated = isinstance(getattr(beside, "basis", None), Unstated) and isinstance(event, AdverseEvent)
    compared = event.model_copy(update={"basis": Unstated()}) if dated else event
    return compared.model_dump_json().encode()


def replay(
    stream: Sequence[Known],
    laws: Mapping[str, Law],
    calendars: Mapping[str, Calendar],
    grace: timedelta = timedelta(),
) -> Iterator[Found]:
    """Decide everything in a stream again; yields what comes out otherwise, nothing where all is the same.

    `grace` is how long after a deadline it took effect by itself where the clock ran; where the clock was
    stepped there was none, and either is accepted for an event that is recorded.
    """
    read: list[_Read] = []
    for known in stream:
        try:
            read.append(_Read(known, e.read_event(known.payload)))
        except e.EventUnreadable:
            yield NotReplayed(known.version, "unreadable", "the payload is not an event")
            break
    runs = [tuple(run) for _, run in groupby(read, key=_of_one_cause)]
    claim = Claim()
    for run, after in zip_longest(runs, runs[1:]):
        yield from _Run(run, after, grace).replayed(claim, laws, calendars)
        for each in run:
            claim = evolve(claim, each.event)


def _of_one_cause(read: _Read) -> tuple[object, ...]:
    """What events of one message, or of one silent look, have in common."""
    known = read.known
    return (known.recorded_at, known.said, known.rules_version, known.calendar_version)


@dataclass
class _Run:
    """Events of one message, or of looks without one at the same instant, and the run that came after."""

    run: tuple[_Read, ...]
    after: tuple[_Read, ...] | None
    grace: timedelta
    situations: tuple[DecisionContext, ...] = ()
    place: int = 0
    derailed: bool = False
    claim: Claim = field(default_factory=Claim)

    def replayed(
        self, claim: Claim, laws: Mapping[str, Law], calendars: Mapping[str, Calendar]
    ) -> Iterator[Found]:
        """What of the run comes out otherwise."""
        first = self.run[0].known
        law, calendar = laws.get(first.rules_version), calendars.get(first.calendar_version)
        if law is None or calendar is None:
            what, version = ("law", first.rules_version)
            if law is not None:
                what, version = ("calendar", first.calendar_version)
            for each in self.run:
                yield NotReplayed(each.known.version, each.event.type, f"{what} {version} is not known here")
            return
        self.claim = claim
        at = first.recorded_at
        if first.said:
            self.situations = self._situations(law, calendar, at, first.effective_at)
            yield from self._decided_again()
        else:
            self.situations = self._situations(law, calendar, at, self._heard_next(at))
        yield from self._followed_again()
        if not self.derailed and (self.after is None or self.after[0].known.recorded_at != at):
            yield from self._left_out(
                DecisionContext(law, calendar, at, grace=self.grace), self._version_after()
            )

    def _situations(
        self, law: Law, calendar: Calendar, at: datetime, received_at: datetime | None
    ) -> tuple[DecisionContext, ...]:
        """The situations in which an event may have followed; the first is that of its own message."""
        heard = (received_at,) if received_at is None else (received_at, None)
        graces = (self.grace, timedelta())
        return tuple(DecisionContext(law, calendar, at, r, grace) for r in heard for grace in graces)

    def _heard_next(self, at: datetime) -> datetime | None:
        """When the message was received before which deadlines took effect, if it was of the same step."""
        if self.after is None or self.after[0].known.recorded_at != at or not self.after[0].known.said:
            return None
        return self.after[0].known.effective_at

    def _version_after(self) -> int:
        return self.run[-1].known.version + 1

    def _decided_again(self) -> Iterator[Found]:
        """The decision over the message of a run, after all that followed before it."""
        s, first = self.situations[0], self.run[0]
        try:
            message = message_of([each.event for each in self.run], self.claim)
            decided = None if message is None else decide(self.claim, message, s)
        except ValidationError:
            self.derailed = True
            yield NotReplayed(first.known.version, first.event.type, OUTSIDE_THE_LIMITS)
            return
        if decided is None:
            return
        yield from self._left_out(s, first.known.version)
        yield from self._compared(tuple(Effect(event, s.received_or_now) for event in decided.events))

    def _followed_again(self) -> Iterator[Found]:
        """What followed by itself, one portion after the other."""
        while self.place < len(self.run) and not self.derailed:
            expected: tuple[Effect, ...] = ()
            for s in self.situations:
                follows = self._next(s)
                expected = expected or follows
                if follows and self._are_as(follows):
                    expected = follows
                    break
            yield from self._compared(expected)

    def _next(self, context: DecisionContext) -> tuple[Effect, ...]:
        """What follows next, with the order numbers and the cancellations as recorded."""
        event = self.run[self.place].event if self.place < len(self.run) else None
        numbers = (event.order_id,) if isinstance(event, e.PaymentOrdered) else ()
        cancelled = event.order_id if isinstance(event, e.PaymentCancelled) else None
        return next_transitions(self.claim, _with_rows(context, self.claim, cancelled), iter(numbers))

    def _are_as(self, effects: tuple[Effect, ...]) -> bool:
        recorded = self.run[self.place : self.place + len(effects)]
        return len(recorded) == len(effects) and all(
            read.is_as(effect) for read, effect in zip(recorded, effects, strict=True)
        )

    def _compared(self, expected: tuple[Effect, ...]) -> Iterator[Found]:
        """Take the next events as the expected ones; where another kind stands, give up the run."""
        if not expected and self.place < len(self.run):
            yield Mismatch(self.run[self.place].known.version, self.run[self.place].event, None)
            self.derailed = True
        for effect in expected:
            if self.place >= len(self.run):
                yield Mismatch(self._version_after(), None, effect.event)
                self.derailed = True
                return
            read = self.run[self.place]
            if not read.is_as(effect):
                yield Mismatch(read.known.version, read.event, effect.event)
                if read.event.type != effect.event.type:
                    self.derailed = True
                    return
            self.claim = evolve(self.claim, read.event)
            self.place += 1

    def _left_out(self, context: DecisionContext, version: int) -> Iterator[Found]:
        """What should have followed here and was not recorded."""
        for effect in next_transitions(self.claim, _with_rows(context, self.claim, None), iter(())):
            yield Mismatch(version, None, effect.event)
            return


def _with_rows(context: DecisionContext, claim: Claim, cancelled: UUID | None) -> DecisionContext:
    """The order table as the recorded cancellations show it: what was not cancelled was being sent."""
    rows = {
        order.order_id: OrderState.ORDERED if order.order_id == cancelled else OrderState.SENDING
        for month in claim.months
        for order in month.orders
        if order.state is OrderState.ORDERED
    }
    return DecisionContext(
        context.law, context.calendar, context.at, context.received_at, context.grace, rows
    )
