"""An engine that tests start and stop: a worker of the claims' queue and a relay, on the real servers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from support.store_world import StoreWorld
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError
from temporalio.worker import Worker

from activities.step.step_activity import StepActivities
from sandbox.servers.keys import world_keys
from sandbox.servers.temporal_server import TemporalServer
from store.claims.kind import claim_workflow_id
from worker.relay import Relay
from workflows.claim import ClaimWorkflow
from workflows.transfer import TransferWorkflow

PATIENCE_SECONDS = 60.0


async def eventually(true: Callable[[], Awaitable[bool]]) -> None:
    """Return as soon as something is true; TimeoutError where it does not come true."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await true():  # noqa: ASYNC110 - a database or a server has no event to wait for
            await asyncio.sleep(0.05)


def engine_settings(temporal: TemporalServer, folder: Path) -> dict[str, str]:
    """The settings of a process of the engine, but for PostgreSQL; no outside party answers it."""
    keys = world_keys(folder / "keys")
    return {
        **temporal.environment(),
        "JKP_PROFILE": "sandbox",
        "JKP_BANK_URL": "http://127.0.0.1:9",
        "JKP_BANK_CLIENT_ID": "jkp",
        "JKP_BANK_CLIENT_SECRET": keys.client_secret,
        "JKP_BANK_PRIVATE_KEY_FILE": str(keys.private_key_file),
        "JKP_BPJS_URL": "http://127.0.0.1:9",
        "JKP_BPJS_TOKEN": keys.bpjs_token,
        "JKP_SMTP_HOST": "127.0.0.1",
        "JKP_SMTP_PORT": "9",
        "JKP_MAIL_FROM": "jkp@jkp.invalid",
        "JKP_LOOKUP_KEY": keys.lookup_key,
    }


@dataclass
class Engine:
    """The claims' worker of one test; outside parties have none, so the bank is never called."""

    world: StoreWorld
    client: Client
    relay: Relay
    task_queue: str

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """A worker while the block lasts."""
        activities = StepActivities(self.world.steps, 15.0)
        async with Worker(
            self.client,
            task_queue=self.task_queue,
            workflows=[ClaimWorkflow, TransferWorkflow],
            activities=[activities.step, activities.plan],
        ):
            yield

    async def status(self, stream_id: UUID) -> WorkflowExecutionStatus | None:
        """How the newest run of a claim stands; None where there never was one."""
        try:
            described = await self.client.get_workflow_handle(claim_workflow_id(stream_id)).describe()
        except RPCError:
            return None
        return described.status

    async def runs(self, stream_id: UUID) -> None:
        """Deliver what is wanted, until the claim's run is open and has heard everything."""

        async def heard() -> bool:
            await self.relay.drain()
            row = await self.world.pool.fetchrow(
                "select wanted = seen as heard from wakeups where workflow_id = $1",
                claim_workflow_id(stream_id),
            )
            assert row is not None, "a step wrote the row"
            return bool(row["heard"]) and await self.status(stream_id) is WorkflowExecutionStatus.RUNNING

        await eventually(heard)
