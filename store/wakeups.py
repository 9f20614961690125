"""Wake-ups: one row per waiting workflow (design 2.3).

Whoever needs attention adds to `wanted`; only the step that the workflow itself calls sets `seen`. The relay
takes a lease (`sent_at`) that is committed before Temporal is called. The sweep wants attention where a due
instant has passed or something has been left undone.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from store.database import Connection, Pool

NEWS_MAX = 50
FIRST_SWEEP = timedelta(minutes=2)
LAST_SWEEP = timedelta(hours=1)


@dataclass(frozen=True)
class Wakeup:
    """A workflow to be woken and the news it gets: pairs of message kind and message id."""

    workflow_id: str
    wanted: int
    news: tuple[tuple[str, str], ...]


def claim_workflow_id(stream_id: UUID) -> str:
    """Workflow id of a claim."""
    return f"claim/{stream_id}"


def transfer_workflow_id(order_id: UUID) -> str:
    """Workflow id of the search for a transfer's outcome."""
    return f"transfer/{order_id}"


async def mark_seen(connection: Connection, workflow_id: str) -> None:
    """The workflow itself asks: everything wanted so far is seen, and the lease is free."""
    await connection.execute(
        "update wakeups set seen = wanted, sent_at = null, news = '[]' where workflow_id = $1",
        workflow_id,
    )


async def write_wakeup(
    connection: Connection,
    workflow_id: str,
    *,
    due_at: datetime | None,
    todo: bool,
    wanted: bool,
    leased: bool = False,
    news: tuple[tuple[str, str], ...] = (),
) -> None:
    """What every step writes: when to look again, since when something is to be done, and attention.

    `leased` is for a step recorded by the workflow's own activity: its run asks next, so the relay waits.
    """
    await connection.execute(
        """
        insert into wakeups as w (workflow_id, due_at, todo_since, wanted, sent_at, news)
        values ($1, $2, case when $3 then clock_timestamp() end, $4::int,
                case when $5 then clock_timestamp() end, $6)
        on conflict (workflow_id) do update set
            due_at = $2,
            todo_since = case when $3 then coalesce(w.todo_since, clock_timestamp()) end,
            sweep_after = case when $3 then w.sweep_after end,
            wanted = w.wanted + $4::int,
            sent_at = case when $5 then clock_timestamp() else w.sent_at end,
            news = case when jsonb_array_length(w.news) < $7 then w.news || $6 else w.news end
        """,
        workflow_id,
        due_at,
        todo,
        int(wanted),
        leased and wanted,
        json.dumps(news),
        NEWS_MAX,
    )


async def want(connection: Connection | Pool, workflow_id: str) -> bool:
    """Ask for attention by hand; False where no such workflow waits."""
    done = await connection.fetchval(
        "update wakeups set wanted = wanted + 1, sent_at = null where workflow_id = $1 returning true",
        workflow_id,
    )
    return bool(done)


async def lease(pool: Pool, *, most: int, lease_seconds: float) -> list[Wakeup]:
    """Take the rows that want attention and are not leased; committed when this returns."""
    rows = await pool.fetch(
        """
        update wakeups set sent_at = clock_timestamp() where workflow_id in (
            select workflow_id from wakeups
            where wanted > seen
              and (sent_at is null or sent_at < clock_timestamp() - make_interval(secs => $2))
            order by sent_at nulls first limit $1 for update skip locked
        ) returning workflow_id, wanted, news
        """,
        most,
        lease_seconds,
    )
    return [
        Wakeup(row["workflow_id"], row["wanted"], tuple((k, m) for k, m in json.loads(row["news"])))
        for row in rows
    ]


async def sweep(pool: Pool, *, first: timedelta = FIRST_SWEEP, slack_seconds: float = 0) -> int:
    """Want attention where a due instant passed, or something to be done has waited too long.

    Repeats at doubling intervals up to an hour, so that what nobody can do does not flood.
    """
    rows = await pool.fetch(
        """
        with now as (
            select clock_timestamp() as real,
                   programme_at + (clock_timestamp() - real_at) * speed
                       - make_interval(secs => $3 * speed) as programme
            from clock
        )
        update wakeups w set
            wanted = w.wanted + 1,
            sweep_after = now.real + least(
                greatest(now.real - coalesce(w.todo_since, now.real), $1::interval), $2::interval)
        from now
        where w.wanted = w.seen
          and (w.sweep_after is null or w.sweep_after <= now.real)
          and (w.due_at <= now.programme or w.todo_since <= now.real - $1::interval)
        returning 1
        """,
        first,
        LAST_SWEEP,
        slack_seconds,
    )
    return len(rows)


async def want_open_claims(connection: Connection | Pool) -> int:
    """Wake every claim that still waits: the law, the calendar or the clock changed."""
    rows = await connection.fetch(
        "update wakeups w set wanted = wanted + 1 from claims c "
        "where w.workflow_id = 'claim/' || c.stream_id and c.todo <> 'finish' returning 1"
    )
    return len(rows)


async def seconds_unheard(pool: Pool) -> float:
    """Age of the oldest row that wants attention, in real seconds; 0 when none does."""
    age = await pool.fetchval(
        "select coalesce(max(extract(epoch from clock_timestamp() - coalesce(sent_at, todo_since))), 0) "
        "from wakeups where wanted > seen"
    )
    return float(age)
