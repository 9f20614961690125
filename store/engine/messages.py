"""Messages: the idempotency record. Source and message id are unique; raw bodies are not kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Generic
from uuid import UUID

from law.digests import content_hash
from law.grounds import Ground
from store.database import Connection
from store.engine.kinds import CommandT, ResultT


class MessageIdReused(Exception):
    """The same source and message id came with another content."""


class UnknownStream(LookupError):
    """No stream of this kind has this id."""


@dataclass(frozen=True)
class Incoming(Generic[CommandT]):
    """A message as received.

    `received_at` is the programme time read on receipt, before any lock (None: the step's own time).
    `hash` is over the canonical form of the validated message.
    """

    message: CommandT
    source: str
    message_id: str
    actor: str
    received_at: datetime | None = None
    hash: bytes = b""

    @property
    def identity(self) -> tuple[str, str]:
        """What makes a message the same one."""
        return (self.source, self.message_id)

    @property
    def content_hash(self) -> bytes:
        """The hash to compare; of the message itself where its sender's form gave none."""
        return self.hash or content_hash(self.message.model_dump(mode="json"))


def refused(
    incoming: Incoming[CommandT],
    ground: Ground,
    stream_id: UUID,
    refusal: Callable[[str, Ground, str], CommandT],
) -> Incoming[CommandT]:
    """The same message as one that this stream cannot take, reduced to its hash.

    The stream is part of its identity: what one refuses must not stand in the way of another.
    """
    digest = incoming.content_hash.hex()
    message = refusal(incoming.message.kind, ground, digest)
    identity = sha256(f"{incoming.source}\0{incoming.message_id}\0{digest}".encode()).hexdigest()
    return Incoming(message, "refused", f"{stream_id}/{identity}", incoming.actor, incoming.received_at)


async def stream_of(connection: Connection, incoming: Incoming[CommandT]) -> UUID | None:
    """The stream that a message was recorded in before."""
    found: UUID | None = await connection.fetchval(
        "select stream_id from messages where source = $1 and message_id = $2",
        incoming.source,
        incoming.message_id,
    )
    return found


@dataclass(frozen=True)
class RecordedMessage(Generic[ResultT]):
    """What is kept of a message: in which stream it was recorded, the hash of its content, its answer."""

    stream_id: UUID
    content_hash: bytes
    result: ResultT

    def is_about(self, incoming: Incoming[CommandT], stream_id: UUID) -> bool:
        """Whether it is this very message: the same stream, the same content."""
        return self.content_hash == incoming.content_hash and self.stream_id == stream_id


@dataclass(frozen=True)
class Handled(Generic[CommandT, ResultT]):
    """A message, when it was received, and its answer."""

    incoming: Incoming[CommandT]
    received_at: datetime
    result: ResultT


async def recorded_message(
    connection: Connection, incoming: Incoming[CommandT], read_result: Callable[[str], ResultT]
) -> RecordedMessage[ResultT] | None:
    """What is kept of a message of this identity."""
    row = await connection.fetchrow(
        "select stream_id, content_hash, answer from messages where source = $1 and message_id = $2",
        incoming.source,
        incoming.message_id,
    )
    return (
        None
        if row is None
        else RecordedMessage(row["stream_id"], row["content_hash"], read_result(row["answer"]))
    )
