"""`jkp stuck`: what ought to move and does not, with what to do about it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError, RPCStatusCode

from cli.desk import (
    DONE,
    REFUSED,
    AsJson,
    conclude,
    open_steps,
    print_columns,
    print_json,
    wib,
)
from store.database import Pool
from store.queries import orders_sending_longer_than, overdue_wakeups

SENDING_SECONDS = 15 * 60.0
LATE_SECONDS = 5 * 60.0
LOOK_AGAIN_SECONDS = 6.0  # a relay looks every five seconds
ATTEMPTS_MAX = 3
DESCRIBED_AT_ONCE = 16
OPEN_RUNS = "ExecutionStatus = 'Running' AND WorkflowType IN ('ClaimWorkflow', 'TransferWorkflow')"
PROBLEMS = f"{OPEN_RUNS} AND TemporalReportedProblems IS NOT NULL"


@dataclass(frozen=True)
class Finding:
    """One thing that stands still: its kind, what it is (a workflow or order id), since when, what to do."""

    kind: str
    what: str
    since: datetime | None
    advice: str


def stuck(
    *,
    as_json: AsJson = False,
    late: Annotated[float, Parameter(help="Real seconds after which a wake-up is late.")] = LATE_SECONDS,
    sending: Annotated[float, Parameter(help="Real seconds an order may be `sending`.")] = SENDING_SECONDS,
    most: Annotated[int, Parameter(help="Open runs to look at in Temporal.")] = 1000,
    pause: Annotated[float, Parameter(help="Seconds to the second look.")] = LOOK_AGAIN_SECONDS,
) -> int:
    """List what stands still; exit code 1 when something does.

    Looks twice where the first look finds something, and lists what both looks found.
    """
    return conclude(list_stuck(as_json=as_json, late=late, sending=sending, most=most, pause=pause))


async def list_stuck(*, as_json: bool, late: float, sending: float, most: int, pause: float) -> int:
    """Print the findings of two looks; 1 when there are any."""
    async with open_steps() as steps:
        findings = await look(steps.pool, late=late, sending=sending, most=most)
        if findings:
            await asyncio.sleep(pause)
            known = {(finding.kind, finding.what) for finding in findings}
            again = await look(steps.pool, late=late, sending=sending, most=most)
            findings = [finding for finding in again if (finding.kind, finding.what) in known]
    if as_json:
        print_json({"stuck": findings})
    elif findings:
        print_columns([(f.kind, f.what, wib(f.since), f.advice) for f in findings])
    else:
        print("nothing is stuck")
    return REFUSED if findings else DONE


async def look(pool: Pool, *, late: float, sending: float, most: int) -> list[Finding]:
    """One look at the database and at Temporal."""
    findings = [*await _late(pool, late), *await _unheard(pool), *await _sending(pool, sending)]
    findings += await _without_row(pool)
    try:
        client = await connect_temporal()
        findings += [found async for found in _runs(pool, client, most)]
    except (OSError, RPCError) as outage:
        reason = outage.status.name if isinstance(outage, RPCError) else str(outage)
        findings.append(Finding("Temporal unreachable", reason, None, "start Temporal; nothing is lost"))
    return findings


async def connect_temporal() -> Client:
    """A plain client of the Temporal that `TEMPORAL_*` names; ConnectionError where nobody answers."""
    config = ClientConfig.load_client_connect_config()
    try:
        return await asyncio.wait_for(Client.connect(**config), 10)
    except (RuntimeError, RPCError, TimeoutError) as outage:
        raise ConnectionError(f"Temporal does not answer at {config.get('target_host', '')}") from outage


async def _late(pool: Pool, seconds: float) -> list[Finding]:
    return [
        Finding(
            "not looked",
            row["workflow_id"],
            row["todo_since"] or row["due_at"],
            _how_to_wake(row["workflow_id"]),
        )
        for row in await overdue_wakeups(pool, seconds=seconds)
    ]


async def _unheard(pool: Pool) -> list[Finding]:
    """Rows that want attention and that no relay has taken; only a second look makes them late."""
    rows = await pool.fetch(
        "select workflow_id from wakeups where wanted > seen and sent_at is null "
        "order by workflow_id limit 1000"
    )
    return [Finding("not relayed", row["workflow_id"], None, "is a worker running?") for row in rows]


async def _sending(pool: Pool, seconds: float) -> list[Finding]:
    return [
        Finding(
            "order sending",
            str(row["order_id"]),
            row["sending_since"],
            f"never send by hand; see transfer/{row['order_id']} and `jkp claim show {row['stream_id']}`",
        )
        for row in await orders_sending_longer_than(pool, seconds)
    ]


async def _without_row(pool: Pool) -> list[Finding]:
    rows = await pool.fetch(
        "select s.stream_id from streams s left join claims c using (stream_id) "
        "where s.kind = 'claim' and coalesce(c.todo, '') <> 'finish' "
        "and not exists (select from wakeups w where w.workflow_id = 'claim/' || s.stream_id) limit 1000"
    )
    return [Finding("no wake-up row", f"claim/{row['stream_id']}", None, "jkp rebuild") for row in rows]


async def _runs(pool: Pool, client: Client, most: int) -> AsyncIterator[Finding]:
    """Open runs whose workflow task fails, and open runs that have nothing left to do."""
    failing = {run.id: run.start_time async for run in client.list_workflows(PROBLEMS, limit=most)}
    started = {run.id: run.start_time async for run in client.list_workflows(OPEN_RUNS, limit=most)}
    attempts = await _attempts(client, sorted(started.keys() - failing.keys()))
    failing |= {run: started[run] for run, count in attempts.items() if count > ATTEMPTS_MAX}
    for run, since in failing.items():
        yield Finding(
            "workflow task failing", run, since, "read the failure in the Temporal UI, mend the code"
        )
    for run in await _finished(pool, sorted(started.keys() - failing.keys())):
        yield Finding("open though finished", run, started[run], _how_to_wake(run))


async def _attempts(client: Client, runs: Sequence[str]) -> dict[str, int]:
    """The attempt of the pending workflow task of each run; 0 where none is pending."""
    gate = asyncio.Semaphore(DESCRIBED_AT_ONCE)

    async def attempt(run: str) -> int:
        async with gate:
            try:
                described = await client.get_workflow_handle(run).describe()
            except RPCError as error:
                if error.status is RPCStatusCode.NOT_FOUND:
                    return 0
                raise
        return described.raw_description.pending_workflow_task.attempt

    return dict(zip(runs, await asyncio.gather(*map(attempt, runs)), strict=True))


async def _finished(pool: Pool, runs: Sequence[str]) -> list[str]:
    """Those whose claim or order is final, with every wake-up heard and no letter unsent."""
    claims = [UUID(run.removeprefix("claim/")) for run in runs if run.startswith("claim/")]
    orders = [UUID(run.removeprefix("transfer/")) for run in runs if run.startswith("transfer/")]
    rows = await pool.fetch(
        "select 'claim/' || stream_id as run from claims c where stream_id = any($1) and todo = 'finish' "
        "and not exists (select from wakeups w where w.workflow_id = 'claim/' || c.stream_id "
        "and (w.wanted > w.seen or w.todo_since is not null)) "
        "union all select 'transfer/' || order_id from payment_orders "
        "where order_id = any($2) and state not in ('ordered', 'sending', 'unknown')",
        claims,
        orders,
    )
    return [row["run"] for row in rows]


def _how_to_wake(workflow_id: str) -> str:
    kind, _, identity = workflow_id.partition("/")
    return f"jkp claim wake {identity}" if kind == "claim" else "jkp rebuild"
