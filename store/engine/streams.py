"""Event streams: link into the chain, load, verify. Only `store.engine.writing` appends, for a step."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic
from uuid import UUID

from store.database import Connection, Pool
from store.engine.kinds import Effect, EventT

GENESIS = bytes(32)


@dataclass(frozen=True)
class Recorded(Generic[EventT]):
    """An event with its envelope."""

    version: int
    event: EventT
    recorded_at: datetime
    effective_at: datetime
    actor: str
    source: str
    message_id: str


@dataclass(frozen=True)
class Cause:
    """Who caused it, in which message, under which law and calendar."""

    actor: str
    source: str
    message_id: str
    rules_version: str
    calendar_version: str


def chain_hash(
    previous: bytes,
    stream_id: UUID,
    version: int,
    kind: str,
    recorded_at: datetime,
    actor: str,
    payload: bytes,
) -> bytes:
    """SHA-256 over the length-prefixed parts of an event and the hash before it."""
    parts = (
        previous,
        stream_id.bytes,
        str(version).encode(),
        kind.encode(),
        recorded_at.isoformat().encode(),
        actor.encode(),
        payload,
    )
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


@dataclass(frozen=True)
class Head:
    """Version and last hash of a stream."""

    version: int
    hash: bytes


@dataclass(frozen=True)
class Link:
    """An event in its place in the chain, as the bytes that are stored."""

    version: int
    type: str
    effective_at: datetime
    cause: Cause
    payload: bytes
    hash: bytes


def link(
    stream_id: UUID, head: Head, effects: Sequence[Effect[EventT]], cause: Cause, recorded_at: datetime
) -> list[Link]:
    """The events after `head`, each with its version and the hash that binds it to the one before."""
    links: list[Link] = []
    for effect in effects:
        version, kind = head.version + 1, effect.event.type
        payload = effect.event.model_dump_json().encode()
        digest = chain_hash(head.hash, stream_id, version, kind, recorded_at, cause.actor, payload)
        links.append(Link(version, kind, effect.effective_at, cause, payload, digest))
        head = Head(version, digest)
    return links


async def open_stream(connection: Connection, kind: str, stream_id: UUID) -> None:
    """An empty stream of a kind; its first step appends to it in the same transaction."""
    await connection.execute(
        "insert into streams (stream_id, kind, version, head) values ($1, $2, 0, $3)",
        stream_id,
        kind,
        GENESIS,
    )


async def load(
    connection: Connection | Pool, stream_id: UUID, read_event: Callable[[bytes], EventT]
) -> list[Recorded[EventT]]:
    """All events of a stream, oldest first."""
    rows = await connection.fetch(
        "select version, payload, recorded_at, effective_at, actor, message_source, message_id from events "
        "where stream_id = $1 order by version",
        stream_id,
    )
    return [
        Recorded(
            row["version"],
            read_event(row["payload"]),
            row["recorded_at"],
            row["effective_at"],
            row["actor"],
            row["message_source"],
            row["message_id"],
        )
        for row in rows
    ]


async def hash_at(connection: Connection | Pool, stream_id: UUID, version: int) -> bytes | None:
    """The hash of one event; None where there is none."""
    found: bytes | None = await connection.fetchval(
        "select hash from events where stream_id = $1 and version = $2", stream_id, version
    )
    return found


async def begun_by(connection: Connection | Pool, stream_id: UUID) -> tuple[str, str] | None:
    """Source and id of the message that began a stream."""
    row = await connection.fetchrow(
        "select message_source, message_id from events where stream_id = $1 and version = 1", stream_id
    )
    return None if row is None else (row["message_source"], row["message_id"])


async def first_broken_version(connection: Connection | Pool, stream_id: UUID) -> int | None:
    """The first version whose hash does not follow from the one before it, or None."""
    previous = GENESIS
    rows = await connection.fetch(
        "select version, type, recorded_at, actor, payload, hash from events "
        "where stream_id = $1 order by version",
        stream_id,
    )
    for expected, row in enumerate(rows, start=1):
        digest = chain_hash(
            previous, stream_id, expected, row["type"], row["recorded_at"], row["actor"], row["payload"]
        )
        if row["version"] != expected or digest != row["hash"]:
            return expected
        previous = digest
    head = await connection.fetchval("select head from streams where stream_id = $1", stream_id)
    return None if head == previous else len(rows) + 1
