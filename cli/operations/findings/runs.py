"""Open runs in Temporal: those that fail, that have nothing left to do, and that nobody here knows."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from cli.operations.findings.finding import Finding, Look, how_to_terminate, how_to_wake

ATTEMPTS_MAX = 3
DESCRIBED_AT_ONCE = 16
TYPES = {"claim": "ClaimWorkflow", "transfer": "TransferWorkflow"}
OPEN = (
    "ExecutionStatus = 'Running' AND (WorkflowType IN ('ClaimWorkflow', 'TransferWorkflow') "
    "OR WorkflowId STARTS_WITH 'claim/' OR WorkflowId STARTS_WITH 'transfer/')"
)
PROBLEMS = f"{OPEN} AND TemporalReportedProblems IS NOT NULL"


@dataclass(frozen=True)
class Run:
    """An open run: its workflow id and type, since when, and whether its workflow task fails."""

    id: str
    type: str
    since: datetime
    failing: bool

    def of(self, kind: str) -> UUID | None:
        """The claim or the order it stands for; None where its id or its type is not one of the kind."""
        prefix, _, text = self.id.partition("/")
        if prefix != kind or self.type != TYPES[kind]:
            return None
        try:
            identity = UUID(text)
        except ValueError:
            return None
        return identity if str(identity) == text else None


async def open_runs(client: Client, most: int) -> list[Run]:
    """Every open run; of the first `most` whose code did not report it, the failing ones are found too."""
    found = {run.id: run async for run in client.list_workflows(OPEN)}
    reported = {run.id async for run in client.list_workflows(PROBLEMS)}
    attempts = await _attempts(client, sorted(found.keys() - reported)[:most])
    failing = reported | {run for run, count in attempts.items() if count > ATTEMPTS_MAX}
    return [Run(run.id, run.workflow_type, run.start_time, run.id in failing) for run in found.values()]


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


async def task_failing(look: Look, runs: Sequence[Run]) -> list[Finding]:
    """Runs whose workflow task fails again and again."""
    advice = "read the failure in the Temporal UI, mend the code"
    return [Finding("workflow task failing", run.id, run.since, advice) for run in runs if run.failing]


async def open_though_finished(look: Look, runs: Sequence[Run]) -> list[Finding]:
    """Those whose claim or order is final, with every wake-up heard and no letter unsent."""
    finished = await _among(
        look,
        runs,
        "select 'claim/' || stream_id as run from claims c where stream_id = any($1) and todo = 'finish' "
        "and not exists (select from wakeups w where w.workflow_id = 'claim/' || c.stream_id "
        "and (w.wanted > w.seen or w.todo_since is not null)) "
        "union all select 'transfer/' || order_id from payment_orders "
        "where order_id = any($2) and state not in ('ordered', 'sending', 'unknown')",
    )
    return [
        Finding("open though finished", run.id, run.since, how_to_wake(run.id))
        for run in runs
        if run.id in finished and not run.failing
    ]


async def _among(look: Look, runs: Sequence[Run], named: str) -> set[str]:
    """The ids of runs that a query names, given the claims ($1) and the orders ($2) they stand for."""
    rows = await look.pool.fetch(named, _identities(runs, "claim"), _identities(runs, "transfer"))
    return {row["run"] for row in rows}


async def unknown_run(look: Look, runs: Sequence[Run]) -> list[Finding]:
    """Runs that no claim and no payment order knows: started by hand, or left by an older database."""
    known = await _among(
        look,
        runs,
        "select 'claim/' || stream_id as run from streams where kind = 'claim' and stream_id = any($1) "
        "union all select 'transfer/' || order_id from payment_orders where order_id = any($2)",
    )
    return [
        Finding("unknown run", run.id, run.since, _how_to_clear(run)) for run in runs if run.id not in known
    ]


def _how_to_clear(run: Run) -> str:
    end = how_to_terminate(run.id, "nothing here knows it")
    if run.of("claim") or run.of("transfer"):
        return f"was PostgreSQL restored to an older state? stop payments and compare; else {end}"
    return f"no claim and no transfer has such a run: {end}"


def _identities(runs: Sequence[Run], kind: str) -> list[UUID]:
    return [identity for run in runs if (identity := run.of(kind)) is not None]
