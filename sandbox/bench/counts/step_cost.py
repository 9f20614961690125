"""What one step costs the database: round trips and commits, with nothing else running."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from itertools import islice
from typing import NamedTuple

import asyncpg

from sandbox.bench.ground import Ground
from sandbox.bench.metric import Metric, at_most
from sandbox.bench.speed.direct import Claims, claims_in
from sandbox.bench.speed.population import claimants
from store.database import Pool
from store.engine.step import Caller

AT = datetime(2025, 3, 20, 3, 0, tzinfo=UTC)
LAID_OFF_ON = date(2025, 3, 3)
STEPS = 100
FROM_TRANSACTION_IDS = "transaction ids given out, nothing else running"
FROM_LOG = "statements as the driver logs them, begin and commit included"

WRITES = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"

NextStep = Callable[[], Awaitable[None]]


class Cost(NamedTuple):
    """Of one step: SQL round trips, and commits of what was written; reading alone makes nothing durable."""

    round_trips: float
    commits: float


async def measure(ground: Ground) -> list[Metric]:
    """Round trips and commits of a step that records evidence, and of one in which the workflow asks."""
    database = await ground.make_database("step", AT, 0)
    ground.progress(f"{2 * STEPS} steps, statements and commits counted")
    async with claims_in(database, bytes(32), most=1) as claims:
        watching = await ground.stack.postgres.connect()
        try:
            evidence, of_workflow = await cost_of_steps(claims, watching)
        finally:
            await watching.close()
    return [
        at_most(1, "step with evidence: commits", evidence.commits, "per step", FROM_TRANSACTION_IDS),
        at_most(1, "step of the workflow: commits", of_workflow.commits, "per step", FROM_TRANSACTION_IDS),
        Metric("step with evidence: SQL round trips", evidence.round_trips, "per step", FROM_LOG),
        Metric("step of the workflow: SQL round trips", of_workflow.round_trips, "per step", FROM_LOG),
    ]


async def cost_of_steps(claims: Claims, watching: asyncpg.Connection) -> tuple[Cost, Cost]:
    """What recording evidence costs, and a step of the workflow; the pool of `claims` has one connection."""
    (claimant,) = islice(claimants(LAID_OFF_ON), 1)
    claim_id = await claims.report(claimant)
    await claims.file(claim_id, claimant)
    await claims.approve(claim_id, LAID_OFF_ON)
    await claims.say(claim_id, claims.applications(AT.date()))

    async def evidence() -> None:
        await claims.say(claim_id, claims.applications(AT.date()))

    async def of_workflow() -> None:
        await claims.say(claim_id, caller=Caller.WORKFLOW)

    counting = _Counting(claims.pool, watching)
    return await counting.cost(evidence), await counting.cost(of_workflow)


class _Counting:
    """Counts through the pool's one connection, and watches its database from another one."""

    def __init__(self, pool: Pool, watching: asyncpg.Connection) -> None:
        self._pool, self._watching = pool, watching
        self._queries: list[str] = []

    async def cost(self, step: NextStep) -> Cost:
        """One step: the total of many less that of none."""
        empty, full = await self._total(step, 0), await self._total(step, STEPS)
        # One decimal: the server may clean up a table meanwhile, in a transaction of its own.
        return Cost((full[0] - empty[0]) / STEPS, round((full[1] - empty[1]) / STEPS, 1))

    async def _total(self, step: NextStep, times: int) -> tuple[int, int]:
        began = await self._commits()
        async with self._pool.acquire() as connection:
            connection.add_query_logger(self._note)
        self._queries.clear()
        for _ in range(times):
            await step()
        trips = len(self._queries)
        async with self._pool.acquire() as connection:
            connection.remove_query_logger(self._note)
        return trips, await self._commits() - began

    def _note(self, query: asyncpg.connection.LoggedQuery) -> None:
        self._queries.append(query.query)

    async def _commits(self) -> int:
        return int(await self._watching.fetchval(WRITES))
