"""Letters waiting to be sent: queued by the step that records what they tell, rendered when sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from claims.notices import Notice, NoticeKind
from store.database import Connection, Pool
from store.ids import new_id

TEMPLATE_VERSION = "1"


@dataclass(frozen=True)
class QueuedNotice:
    """A queued letter: what it tells, of which stream as it stood at `stream_version`."""

    notice_id: UUID
    stream_id: UUID
    notice: Notice
    stream_version: int
    sent_at: datetime | None


async def queue_notices(
    connection: Connection, stream_id: UUID, stream_version: int, notices: Iterable[Notice]
) -> tuple[UUID, ...]:
    """Queue letters, each once; returns those that are new."""
    rows = await connection.fetch(
        "insert into notices (notice_id, stream_id, kind, month, due_at, stream_version, template_version)"
        " select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::timestamptz[], $6::int[],"
        " $7::text[]) on conflict do nothing returning notice_id",
        *_columns(stream_id, stream_version, list(notices)),
    )
    return tuple(row["notice_id"] for row in rows)


def _columns(stream_id: UUID, stream_version: int, notices: list[Notice]) -> tuple[list[object], ...]:
    count = len(notices)
    return (
        [new_id() for _ in notices],
        [stream_id] * count,
        [notice.kind.value for notice in notices],
        [notice.month for notice in notices],
        [notice.due_at for notice in notices],
        [stream_version] * count,
        [TEMPLATE_VERSION] * count,
    )


async def load_notice(pool: Pool, notice_id: UUID) -> QueuedNotice | None:
    """One queued letter."""
    row = await pool.fetchrow(
        "select stream_id, kind, month, due_at, stream_version, sent_at, given_up_at from notices "
        "where notice_id = $1",
        notice_id,
    )
    if row is None:
        return None
    return QueuedNotice(
        notice_id,
        row["stream_id"],
        Notice(NoticeKind(row["kind"]), row["month"], row["due_at"]),
        row["stream_version"],
        row["sent_at"] or row["given_up_at"],
    )


async def mark_sent(pool: Pool, notice_id: UUID) -> None:
    """The relay of the mail provider has taken the letter."""
    await pool.execute(
        "update notices set sent_at = clock_timestamp() where notice_id = $1 and sent_at is null", notice_id
    )


async def give_up(pool: Pool, notice_id: UUID) -> None:
    """The address refuses mail for good: the letter stays on the status page, an officer sees it."""
    await pool.execute(
        "update notices set given_up_at = clock_timestamp() where notice_id = $1 and sent_at is null",
        notice_id,
    )
