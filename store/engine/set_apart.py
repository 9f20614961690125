"""What could not be recorded: its hash and what failed, never its content; shown until it is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from store.database import Connection, Pool


class ApartKind(StrEnum):
    """A direct message, an answer of BPJS Ketenagakerjaan, or an answer of the bank."""

    MESSAGE = "message"
    RECORD = "record"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class SetApart:
    """One thing set apart: of which claim, the hash of its content, what it is called, what failed.

    `subject` is what there is one of: the message by its hash, the order, or the claim's record.
    """

    stream_id: UUID
    kind: ApartKind
    subject: str
    content_sha256: str
    name: str
    failure: str = ""


async def note(connection: Connection | Pool, apart: SetApart, failure: BaseException) -> None:
    """Keep that something was set apart; once more of the same is counted, and opens it again."""
    await connection.execute(
        "insert into set_apart as a (stream_id, kind, subject, content_sha256, name, failure)"
        " values ($1, $2, $3, $4, $5, $6) on conflict (stream_id, kind, subject) do update set"
        " times = a.times + 1, last_at = clock_timestamp(), content_sha256 = $4, name = $5, failure = $6,"
        " since = case when a.over_at is null then a.since else clock_timestamp() end,"
        " over_at = null, over_by = null",
        apart.stream_id,
        apart.kind.value,
        apart.subject,
        apart.content_sha256,
        apart.name,
        type(failure).__name__,
    )


async def messages_apart(pool: Pool, stream_id: UUID, hashes: Iterable[str]) -> set[str]:
    """Those of some messages, by their hashes, that are set apart and not over."""
    rows = await pool.fetch(
        "select subject from set_apart"
        " where stream_id = $1 and kind = 'message' and subject = any($2) and over_at is null",
        stream_id,
        list(hashes),
    )
    return {row["subject"] for row in rows}


async def not_over(pool: Pool, *, most: int = 1000) -> list[tuple[SetApart, datetime]]:
    """What is set apart and not over, each with since when, oldest first."""
    rows = await pool.fetch(
        "select stream_id, kind, subject, content_sha256, name, failure, since from set_apart"
        " where over_at is null order by since limit $1",
        most,
    )
    return [
        (
            SetApart(
                row["stream_id"],
                ApartKind(row["kind"]),
                row["subject"],
                row["content_sha256"],
                row["name"],
                row["failure"],
            ),
            row["since"],
        )
        for row in rows
    ]


async def end(
    connection: Connection | Pool, stream_id: UUID, *, by: str, only: tuple[ApartKind, str] | None = None
) -> int:
    """What is set apart of a claim, or only one kind and subject of it, is over; returns how much was not."""
    kind, subject = (None, None) if only is None else (only[0].value, only[1])
    rows = await connection.fetch(
        "update set_apart set over_at = clock_timestamp(), over_by = $2"
        " where stream_id = $1 and over_at is null and ($3::text is null or (kind, subject) = ($3, $4))"
        " returning 1",
        stream_id,
        by,
        kind,
        subject,
    )
    return len(rows)
