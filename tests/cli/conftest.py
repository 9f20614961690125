"""The engine of the command line's tests."""

from collections.abc import AsyncIterator

import pytest
from support.engine_at_work import Engine
from support.store_world import StoreWorld
from temporalio.client import Client

from sandbox.servers.temporal_server import TemporalServer
from settings.pace import SANDBOX_PACE
from store.ids import new_id
from worker.plugin import claims_plugin
from worker.relay import Relay


@pytest.fixture
async def engine(
    world: StoreWorld, temporal: TemporalServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Engine]:
    """The engine of one test, its worker not yet at work; its open runs are ended afterwards."""
    for name, value in temporal.environment().items():
        monkeypatch.setenv(name, value)
    client = await Client.connect(temporal.address, namespace=temporal.namespace, plugins=[claims_plugin()])
    queue = f"{new_id().hex}-claims"
    yield Engine(world, client, Relay(world.pool, client, queue, SANDBOX_PACE), queue)
    async for run in client.list_workflows(f"ExecutionStatus = 'Running' AND TaskQueue = '{queue}'"):
        await client.get_workflow_handle(run.id).terminate("the test is over")
