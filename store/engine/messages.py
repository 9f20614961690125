"""Messages: the idempotency record. Source and message id are unique; raw bodies are not kept."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from claims.commands.messages import Message, RefusedMessage, content_hash
from claims.deciding.answers import Answer
from law.grounds import Ground
from store.database import Connection


class MessageIdReused(Exception):
    """The same source and message id came with another content."""


class UnknownClaim(LookupError):
    """No claim has this id."""


@dataclass(frozen=True)
class Incoming:
    """A message as received.

    `received_at` is the programme time read on receipt, before any lock (None: the step's own time).
    `hash` is over the canonical form of the validated message.
    """

    message: Message
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
        """The hash to compare; of the message itself where the door gave none."""
        return self.hash or content_hash(self.message)


def refused(incoming: Incoming, ground: Ground, stream_id: UUID) -> Incoming:
    """The same message as one that this claim cannot take, reduced to its hash.

    The claim is part of its identity: what one claim refuses must not stand in the way of another.
    """
    digest = incoming.content_hash.hex()
    message = RefusedMessage(name=incoming.message.kind, ground=ground, content_sha256=digest)
    identity = sha256(f"{incoming.source}\0{incoming.message_id}\0{digest}".encode()).hexdigest()
    return Incoming(message, "refused", f"{stream_id}/{identity}", incoming.actor)


async def stream_of(connection: Connection, incoming: Incoming) -> UUID | None:
    """The claim that a message was said to before."""
    found: UUID | None = await connection.fetchval(
        "select stream_id from messages where source = $1 and message_id = $2",
        incoming.source,
        incoming.message_id,
    )
    return found


@dataclass(frozen=True)
class Said:
    """What is kept of a message: to which claim it was said, the hash of its content, its answer."""

    stream_id: UUID
    content_hash: bytes
    answer: Answer

    def is_about(self, incoming: Incoming, stream_id: UUID) -> bool:
        """Whether it is this very message: the same claim, the same content."""
        return self.content_hash == incoming.content_hash and self.stream_id == stream_id


async def was_said(connection: Connection, incoming: Incoming) -> Said | None:
    """What is kept of a message of this identity."""
    row = await connection.fetchrow(
        "select stream_id, content_hash, answer from messages where source = $1 and message_id = $2",
        incoming.source,
        incoming.message_id,
    )
    if row is None:
        return None
    return Said(row["stream_id"], row["content_hash"], Answer.model_validate_json(row["answer"]))
