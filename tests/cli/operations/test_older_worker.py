"""An older worker beside a newer one: the step of a claim it cannot read is left to who can."""

from datetime import timedelta
from uuid import uuid4

from support.engine_at_work import Engine, eventually
from support.events_of_the_future import FUTURE, SECRET, written_by_a_later_version
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionResponse

from sandbox.servers.postgres import PostgresServer
from store.claims.kind import claim_workflow_id


async def failing(engine: Engine, workflow_id: str) -> DescribeWorkflowExecutionResponse:
    """The run, as soon as an activity of it failed."""
    handle = engine.client.get_workflow_handle(workflow_id)
    found: list[object] = []

    async def has_failed() -> bool:
        described = (await handle.describe()).raw_description
        found[:] = [each for each in described.pending_activities if each.HasField("last_failure")]
        return bool(found)

    await eventually(has_failed)
    return (await handle.describe()).raw_description


def pause(pending: PendingActivityInfo) -> timedelta:
    """How long a failed activity waits until it is tried again."""
    return pending.next_attempt_schedule_time.ToDatetime() - pending.last_attempt_complete_time.ToDatetime()


async def test_its_step_waits_for_another_worker_and_goes_on_within_seconds(
    engine: Engine, postgres: PostgresServer, database: str
) -> None:
    claim = (await engine.world.filed()).stream_id
    async with engine.working():
        async with written_by_a_later_version(postgres, database, claim, FUTURE["another type"]):
            await engine.relay.drain()
            described = await failing(engine, claim_workflow_id(claim))
            [pending] = described.pending_activities
            info = pending.last_failure.application_failure_info
            assert info.type == "EventUnreadable"
            assert SECRET not in str(described)
            assert timedelta(seconds=1) < pause(pending) <= timedelta(seconds=10)
        await engine.runs(claim)


async def test_a_run_without_a_claim_says_so_and_asks_seldom(engine: Engine) -> None:
    nobodys = claim_workflow_id(uuid4())
    async with engine.working():
        await engine.client.start_workflow(
            "ClaimWorkflow", {"claim_id": nobodys.partition("/")[2]}, id=nobodys, task_queue=engine.task_queue
        )
        [pending] = (await failing(engine, nobodys)).pending_activities

    assert pending.last_failure.application_failure_info.type == "UnknownStream"
    assert pause(pending) > timedelta(minutes=9)
