"""Wake-ups that nobody took, that nobody followed, or that have no row to be kept in."""

from cli.operations.findings.finding import Finding, Look, how_to_wake
from store.claims.queries import overdue_wakeups


async def not_looked(look: Look) -> list[Finding]:
    """Runs that are due, or left something undone, and have not looked."""
    return [
        Finding(
            "not looked",
            row["workflow_id"],
            row["todo_since"] or row["due_at"],
            how_to_wake(row["workflow_id"]),
        )
        for row in await overdue_wakeups(look.pool, seconds=look.late)
    ]


async def not_relayed(look: Look) -> list[Finding]:
    """Rows that want attention and that no relay has taken; only a second look makes them late."""
    rows = await look.pool.fetch(
        "select workflow_id from wakeups where wanted > seen and sent_at is null "
        "order by workflow_id limit 1000"
    )
    return [Finding("not relayed", row["workflow_id"], None, "is a worker running?") for row in rows]


async def no_wakeup_row(look: Look) -> list[Finding]:
    """Claims that are not finished and whose row of wake-ups is missing."""
    rows = await look.pool.fetch(
        "select s.stream_id from streams s left join claims c using (stream_id) "
        "where s.kind = 'claim' and coalesce(c.todo, '') <> 'finish' "
        "and not exists (select from wakeups w where w.workflow_id = 'claim/' || s.stream_id) limit 1000"
    )
    return [Finding("no wake-up row", f"claim/{row['stream_id']}", None, "jkp rebuild") for row in rows]
