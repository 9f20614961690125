"""What a message does: its events, and the answer its sender gets."""

from dataclasses import dataclass

from claims.deciding.answers import Answer
from claims.events import Event
from law.grounds import Verdict


@dataclass(frozen=True)
class Decision:
    """The events of a message and the answer to its sender."""

    events: tuple[Event, ...]
    answer: Answer


def told(event: Event, verdict: Verdict, *more: Event) -> Decision:
    """A message kept as an event, with the verdict that its sender hears, and what follows at once."""
    return Decision((event, *more), Answer(verdict=verdict))


def not_kept(verdict: Verdict) -> Decision:
    """A message that says nothing new."""
    return Decision((), Answer(verdict=verdict))
