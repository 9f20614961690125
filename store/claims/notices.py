"""Letters waiting to be sent: queued by the step that records what they tell, rendered when sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from claims.agenda.notices import EMAIL_CHANGE, MATTERS_LONG, Notice, NoticeKind
from claims.events.undelivered import Undelivered
from store.database import Connection, Pool
from store.engine.kinds import NewNotice

TEMPLATE_VERSION = "1"
TAKEN_UP = "given_up_at = null, given_up_reason = null, failing_since = null, failures = 0"


def _marking(update: str) -> str:
    """An update of letters that changes what waits to be sent, which a step rests on; counts them.

    It raises the revision of their stream, so that no step that read them before is written.
    """
    return (
        f"with marked as ({update} returning stream_id), "
        "raised as (update streams set revision = revision + 1 "
        "where stream_id in (select stream_id from marked)) select count(*) from marked"
    )


@dataclass(frozen=True)
class QueuedNotice:
    """A queued letter: what it tells, of which stream as it stood at `stream_version`."""

    notice_id: UUID
    stream_id: UUID
    notice: Notice
    stream_version: int


def new_notice(notice: Notice) -> NewNotice:
    """A letter as the engine queues it with the step that it is about."""
    return NewNotice(notice.kind.value, notice.month, notice.due_at, TEMPLATE_VERSION, notice.about)


async def unsent_of(pool: Pool, stream_id: UUID) -> list[QueuedNotice]:
    """The letters of a stream that are neither sent nor given up; those that failed most come last."""
    rows = await pool.fetch(
        "select notice_id, stream_id, kind, month, due_at, stream_version, about from notices "
        "where stream_id = $1 and sent_at is null and given_up_at is null order by failures, queued_at",
        stream_id,
    )
    return [
        QueuedNotice(
            row["notice_id"],
            row["stream_id"],
            Notice(NoticeKind(row["kind"]), row["month"], row["due_at"], row["about"]),
            row["stream_version"],
        )
        for row in rows
    ]


async def mark_sent(pool: Pool, notice_id: UUID) -> None:
    """The relay of the mail provider has taken the letter."""
    await pool.execute(
        _marking("update notices set sent_at = clock_timestamp() where notice_id = $1 and sent_at is null"),
        notice_id,
    )


async def mark_failing(pool: Pool, queued: QueuedNotice, failure: str, *, all_of_claim: bool) -> timedelta:
    """Note that a letter, or every letter of its claim that waits, was not taken; for how long by now."""
    rows = await pool.fetch(
        "update notices set failures = failures + 1, last_failure = $3, "
        "failing_since = coalesce(failing_since, clock_timestamp()) "
        "where (notice_id = $1 or ($4 and stream_id = $2)) and sent_at is null and given_up_at is null "
        "returning notice_id, clock_timestamp() - failing_since as failing_for",
        queued.notice_id,
        queued.stream_id,
        failure,
        all_of_claim,
    )
    own = (row["failing_for"] for row in rows if row["notice_id"] == queued.notice_id)
    return next(own, timedelta(0))


async def give_up(pool: Pool | Connection, notice_id: UUID, reason: Undelivered, failure: str = "") -> bool:
    """The letter can never arrive; False where it was sent or given up before."""
    done = await pool.fetchval(
        _marking(
            "update notices set given_up_at = clock_timestamp(), given_up_reason = $2, last_failure = $3 "
            "where notice_id = $1 and sent_at is null and given_up_at is null"
        ),
        notice_id,
        reason.value,
        failure,
    )
    return bool(done)


@dataclass(frozen=True)
class Waiting:
    """Letters that the relay does not take: how many, since when (real time), and what failed last."""

    letters: int
    since: datetime
    last_failure: str


async def waiting_for_the_relay(pool: Pool, *, seconds: float) -> Waiting | None:
    """What has waited for some real seconds; None where nothing has."""
    row = await pool.fetchrow(
        "select count(*) as letters, min(failing_since) as since, "
        "(array_agg(last_failure order by failing_since desc))[1] as last_failure from notices "
        "where sent_at is null and given_up_at is null "
        "and failing_since < clock_timestamp() - make_interval(secs => $1)",
        seconds,
    )
    assert row is not None, "an aggregate without groups has one row"
    return Waiting(row["letters"], row["since"], row["last_failure"]) if row["letters"] else None


@dataclass(frozen=True)
class GivenUp:
    """A letter that was given up: of which claim, of which kind and month, when (real time) and why."""

    stream_id: UUID
    kind: str
    month: int
    given_up_at: datetime
    reason: str


async def given_up(pool: Pool, stream_id: UUID | None = None) -> list[GivenUp]:
    """The letters given up, of one claim or of all that go on or ended in the last thirty days."""
    rows = await pool.fetch(
        "select n.stream_id, n.kind, n.month, n.given_up_at, n.given_up_reason from notices n "
        "join claims c using (stream_id) where n.given_up_at is not null "
        "and (n.stream_id = $1 or ($1 is null and (c.todo <> 'finish' "
        "or n.given_up_at > clock_timestamp() - interval '30 days'))) "
        "order by n.given_up_at limit 1000",
        stream_id,
    )
    return [
        GivenUp(row["stream_id"], row["kind"], row["month"], row["given_up_at"], row["given_up_reason"])
        for row in rows
    ]


async def revive(connection: Connection | Pool, stream_id: UUID, reasons: Collection[str] = ()) -> int:
    """Take up the letters of a claim that were given up, for these reasons or any; returns how many."""
    letters = await connection.fetchval(
        _marking(
            f"update notices set {TAKEN_UP} where stream_id = $1 and given_up_at is not null "
            "and (cardinality($2::text[]) = 0 or given_up_reason = any($2))"
        ),
        stream_id,
        list(reasons),
    )
    return int(letters)


async def of_email_change(connection: Connection | Pool, stream_id: UUID, version: int) -> dict[str, str]:
    """The letters of a change of address by kind, each `waiting`, `sent` or `given_up`."""
    rows = await connection.fetch(
        "select kind, case when sent_at is not null then 'sent' when given_up_at is not null then 'given_up' "
        "else 'waiting' end as state from notices where stream_id = $1 and about = $2 and kind = any($3)",
        stream_id,
        version,
        [kind.value for kind in EMAIL_CHANGE],
    )
    return {row["kind"]: row["state"] for row in rows}


async def unreached_claims(connection: Connection | Pool, participant_id: UUID) -> list[UUID]:
    """The claims of a person of which letters were given up."""
    rows = await connection.fetch(
        "select distinct stream_id from notices join layoffs using (stream_id) "
        "where participant_id = $1 and given_up_at is not null order by stream_id",
        participant_id,
    )
    return [row["stream_id"] for row in rows]


async def send_again_to_new_address(connection: Connection, stream_id: UUID, since: datetime) -> int:
    """Take up what the old address did not get and still matters: what decides or asks, and what is recent.

    `since` is programme time; letters of a change of address itself are not sent again.
    """
    letters = await connection.fetchval(
        _marking(
            f"update notices set {TAKEN_UP} where stream_id = $1 and given_up_at is not null "
            "and (due_at >= $2 or kind = any($3)) and kind <> all($4) and given_up_reason <> $5"
        ),
        stream_id,
        since,
        [kind.value for kind in MATTERS_LONG],
        [kind.value for kind in EMAIL_CHANGE],
        Undelivered.NOT_WRITTEN.value,
    )
    return int(letters)
