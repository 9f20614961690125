"""What client, worker and replayer share: the converter, the guard of signals, the sandbox."""

import asyncio

import pytest
from support.store_world import StoreWorld
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Worker

from activities.contracts import ClaimStart
from activities.step.step_activity import StepActivities
from sandbox.servers.temporal_server import TemporalServer
from store.claims.history import recorded_events
from store.claims.kind import claim_workflow_id
from store.engine.step import Caller
from store.ids import new_id
from worker.attributes import SEARCH_ATTRIBUTES, SearchAttributesMissing, assert_search_attributes
from worker.plugin import claims_plugin
from workflows.claim import ClaimWorkflow
from workflows.transfer import TransferWorkflow


@pytest.fixture
async def client(temporal: TemporalServer) -> Client:
    return await Client.connect(temporal.address, namespace=temporal.namespace, plugins=[claims_plugin()])


async def test_the_client_speaks_pydantic(client: Client) -> None:
    assert client.data_converter is pydantic_data_converter


async def test_signals_that_would_fail_a_run_for_ever_are_recorded_as_refused(
    client: Client, world: StoreWorld
) -> None:
    reported = await world.report(await world.layoff())
    await world.pool.execute("update notices set sent_at = now()")
    queue = f"{new_id()}-claims"
    activities = StepActivities(world.steps, 15.0)
    worker = Worker(
        client,
        task_queue=queue,
        workflows=[ClaimWorkflow, TransferWorkflow],
        activities=[activities.step, activities.plan],
    )
    async with worker:
        handle = await client.start_workflow(
            ClaimWorkflow.run,
            ClaimStart(str(reported.stream_id)),
            id=claim_workflow_id(reported.stream_id),
            task_queue=queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        await handle.signal("certification")
        await handle.signal("withdrawal", args=[{"reason": "moved"}, 2])
        await handle.signal("fire_everybody", {"source": "ui", "message_id": "1"})
        async with asyncio.timeout(60):
            while (await world.say(reported.stream_id)).version < 4:
                await asyncio.wait([asyncio.ensure_future(handle.describe())])
        status = await handle.query(ClaimWorkflow.status)
        await handle.terminate()

    told = [recorded.event for recorded in (await recorded_events(world.pool, reported.stream_id))[1:]]
    assert sorted((e.name, e.ground) for e in told) == [  # type: ignore[union-attr]
        ("certification", "wrong_number_of_inputs"),
        ("fire_everybody", "unknown_signal"),
        ("withdrawal", "wrong_number_of_inputs"),
    ]
    assert status is not None
    assert status.todo == "wait"
    assert (
        await world.steps.run_step(reported.stream_id, (), Caller.WORKFLOW)
    ).next_step.status == "reported"


async def test_a_namespace_without_the_search_attributes_is_told_how_to_get_them(client: Client) -> None:
    await assert_search_attributes(client)
    SEARCH_ATTRIBUTES["Overdue"] = "Bool"
    try:
        with pytest.raises(SearchAttributesMissing) as missing:
            await assert_search_attributes(client)
    finally:
        del SEARCH_ATTRIBUTES["Overdue"]

    assert str(missing.value) == (
        "run: temporal operator search-attribute create --namespace jkp --name Overdue --type Bool"
    )
