"""What the engine has to know of a kind of stream: one value for each kind, and nothing of any of them here.

A kind gives how its events fold, what a command decides, what follows without one, what is to be done next,
what its events move in money, and what it keeps beside them. Everything else is the same for all streams.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from law.grounds import Ground
from payments.context import DecisionContext
from payments.ledger import Posting
from payments.obligations import Creditor, NewOrder
from payments.orders import OrderMove
from store.database import Connection

StateT = TypeVar("StateT")
EventT = TypeVar("EventT", bound="StoredEvent")
EventT_co = TypeVar("EventT_co", bound="StoredEvent", covariant=True)
CommandT = TypeVar("CommandT", bound="Command")
NextT = TypeVar("NextT", bound="Next")
ResultT = TypeVar("ResultT", bound="Storable")
ResultT_co = TypeVar("ResultT_co", bound="Storable", covariant=True)


class Storable(Protocol):
    """What is stored as JSON."""

    def model_dump_json(self) -> str:
        """The value as JSON."""


class StoredEvent(Storable, Protocol):
    """An event: its type is a literal that never changes."""

    @property
    def type(self) -> str:
        """The stored name of the type."""


class Command(Protocol):
    """A command: what it is called, and its content to be hashed."""

    @property
    def kind(self) -> str:
        """What the command is called."""

    def model_dump(self, *, mode: str) -> Mapping[str, Any]:
        """The content."""


class Effect(Protocol[EventT_co]):
    """An event and the programme instant at which it takes effect."""

    @property
    def event(self) -> EventT_co:
        """The event."""

    @property
    def effective_at(self) -> datetime:
        """When it takes effect (UTC)."""


class Decided(Protocol[EventT_co, ResultT_co]):
    """The events of a command and the answer to its sender."""

    @property
    def events(self) -> tuple[EventT_co, ...]:
        """What the command caused, in order."""

    @property
    def result(self) -> ResultT_co:
        """The answer to its sender."""


class Next(Protocol):
    """What is to be done now, and when to look again."""

    @property
    def next_at(self) -> datetime | None:
        """The next programme instant at which anything happens."""

    @property
    def is_work(self) -> bool:
        """Whether something is to be done now, rather than waited for."""

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to be done or waited for."""

    @property
    def attention(self) -> tuple[object, ...]:
        """What a change must wake the workflow for."""


@dataclass(frozen=True)
class Written(Generic[StateT, EventT]):
    """What a step has decided, for what its kind keeps beside the events."""

    state: StateT
    effects: Sequence[Effect[EventT]]
    context: DecisionContext


@dataclass(frozen=True)
class NewNotice:
    """A letter to be queued; of one kind, month, instant and subject a stream has one."""

    kind: str
    month: int
    due_at: datetime
    template_version: str
    about: int


class Lock(Protocol):
    """Takes what has to be locked before a stream."""

    async def __call__(self, connection: Connection, stream_id: UUID) -> None:
        """Lock it until the transaction ends."""


@dataclass(frozen=True)
class StreamKind(Generic[StateT, EventT, CommandT, NextT, ResultT]):
    """One kind of stream, whole: its pure functions first, then what it writes beside its events.

    `may_pay` tells whether an order of the stream may go to the bank. `orders_max` is how many orders one
    step may make. `lock` tells what commands need locked before the stream, if anything. `notices` are the
    letters of a step. `own_rows`, as JSON, is what the database's function `keep_<name>(stream_id, at, rows)`
    writes beside the events: the tables that belong to the kind alone.
    """

    name: str
    empty: StateT
    orders_max: int
    read_event: Callable[[bytes], EventT]
    read_result: Callable[[str], ResultT]
    evolve: Callable[[StateT, EventT], StateT]
    decide: Callable[[StateT, CommandT, DecisionContext], Decided[EventT, ResultT]]
    automatic: Callable[[StateT, DecisionContext], Sequence[Effect[EventT]]]
    next_step: Callable[[StateT, DecisionContext], NextT]
    may_pay: Callable[[NextT], bool]
    refusal: Callable[[str, Ground, str], CommandT]
    effect: Callable[[EventT, datetime], Effect[EventT]]
    creditor: Callable[[StateT], Creditor]
    order_of: Callable[[EventT], NewOrder | OrderMove | None]
    postings_of: Callable[[EventT], tuple[Posting, ...]]
    lock: Callable[[Sequence[CommandT]], Lock | None]
    notices: Callable[[Written[StateT, EventT]], Sequence[NewNotice]]
    own_rows: Callable[[Written[StateT, EventT], NextT], Mapping[str, object]]

    def workflow_id(self, stream_id: UUID) -> str:
        """The id of the workflow of a stream: `claim/<stream id>`."""
        return f"{self.name}/{stream_id}"
