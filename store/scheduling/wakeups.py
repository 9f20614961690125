"""Wake-ups: one row per waiting workflow (design 2.3).

Whoever needs attention adds to `wanted`; only the step that the workflow itself calls sets `seen`. The relay
takes a lease (`sent_at`) that is committed before Temporal is called. The sweep wants attention where a due
instant has passed or something has been left undone.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from store.database import Connection, Pool
from store.statements import Statement

NEWS_MAX = 50
FIRST_SWEEP = timedelta(minutes=2)
LAST_SWEEP = timedelta(hours=1)

WANT = "wanted = w.wanted + 1, wanted_at = coalesce(w.wanted_at, clock_timestamp())"


@dataclass(frozen=True)
class Wakeup:
    """A workflow to be woken and the news it gets: pairs of message kind and message id."""

    workflow_id: str
    wanted: int
    news: tuple[tuple[str, str], ...]


def transfer_workflow_id(order_id: UUID) -> str:
    """Workflow id of the search for a transfer's outcome."""
    return f"transfer/{order_id}"


@dataclass(frozen=True)
class Attention:
    """The row of a transfer's workflow: when to look again, and since when something is to be done.

    `wanted` asks for the workflow's attention; `seen` is for its own look: everything wanted so far is seen,
    and the lease is free. The row of a stream is written by its step.
    """

    workflow_id: str
    due_at: datetime | None
    todo: bool
    wanted: bool = False
    seen: bool = False


PAY_ATTENTION = Statement("""
insert into wakeups as w (workflow_id, due_at, todo_since, wanted, wanted_at)
values (:workflow_id, :due_at, case when :todo then clock_timestamp() end, :wanted::int,
        case when :wanted > 0 then clock_timestamp() end)
on conflict (workflow_id) do update set
    due_at = :due_at,
    todo_since = case when :todo then coalesce(w.todo_since, clock_timestamp()) end,
    sweep_after = case when :todo then w.sweep_after end,
    wanted = w.wanted + :wanted::int,
    seen = case when :seen then w.wanted else w.seen end,
    wanted_at = case when :seen then null when :wanted > 0 then coalesce(w.wanted_at, clock_timestamp())
                     else w.wanted_at end,
    sent_at = case when :seen then null else w.sent_at end
""")


async def pay_attention(connection: Connection, attention: Attention) -> None:
    """Write the row of a transfer's workflow."""
    values = {**asdict(attention), "wanted": int(attention.wanted)}
    await connection.execute(PAY_ATTENTION.sql, *PAY_ATTENTION.values(values))


async def want(connection: Connection | Pool, workflow_id: str) -> bool:
    """Ask for attention by hand; False where no such workflow waits."""
    done = await connection.fetchval(
        f"update wakeups w set {WANT}, sent_at = null where workflow_id = $1 returning true", workflow_id
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
    """Want attention where a due instant passed, something to be done waited too long, or a send was lost.

    Repeats at doubling intervals up to an hour, so that what nobody can do does not flood. Skips the rows of
    steps under way, which leave them right. One statement: an idle engine costs two transactions a sweep.
    """
    swept: int = await pool.fetchval(
        f"""
        with now as (
            select clock_timestamp() as real,
                   programme_at + (clock_timestamp() - real_at) * speed
                       - make_interval(secs => $3 * speed) as programme
            from clock
        ), overdue as (
            select workflow_id from wakeups w, now
            where w.wanted = w.seen
              and (w.sweep_after is null or w.sweep_after <= now.real)
              and (w.due_at <= now.programme or w.todo_since <= now.real - $1::interval)
            for update of w skip locked
        ), swept as (
            update wakeups w set {WANT},
                sweep_after = now.real + least(
                    greatest(now.real - coalesce(w.todo_since, now.real), $1::interval), $2::interval)
            from now, overdue where w.workflow_id = overdue.workflow_id
            returning 1
        ), lost_sends as (
            insert into wakeups as w (workflow_id, todo_since, wanted, wanted_at)
            select 'transfer/' || order_id, now.real, 1, now.real from payment_orders, now
            where state = 'sending' and send_until < now.real
            on conflict (workflow_id) do update set {WANT}, todo_since = clock_timestamp()
                where w.wanted = w.seen and w.todo_since is null and w.due_at is null
            returning 1
        )
        select (select count(*) from swept) + (select count(*) from lost_sends)
        """,
        first,
        LAST_SWEEP,
        slack_seconds,
    )
    return swept


async def want_open_streams(connection: Connection | Pool) -> int:
    """Wake every stream that still waits: the law, the calendar or the clock changed."""
    rows = await connection.fetch(
        f"update wakeups w set {WANT} where workflow_id in ("
        "select workflow_id from wakeups o join streams s on o.workflow_id = s.kind || '/' || s.stream_id "
        "where s.is_open order by workflow_id for update of o) returning 1"
    )
    return len(rows)


async def seconds_unheard(pool: Pool) -> float:
    """For how many real seconds the oldest row has wanted attention; 0 when none does."""
    age = await pool.fetchval(
        "select coalesce(max(extract(epoch from clock_timestamp() - wanted_at)), 0) "
        "from wakeups where wanted > seen"
    )
    return float(age)
