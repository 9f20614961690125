"""What an operator may do to a run: it ends or rewinds the run, never the claim."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date

import pytest
from support.engine import Engine
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import WorkflowFailureError
from temporalio.service import RPCError

from payments.ledger import LedgerAccount
from store.claims.kind import ClaimStepResult, claim_workflow_id
from store.ids import new_id
from store.payments.ledger import balance
from store.scheduling.wakeups import want

SEARCHED_ON = {2: date(2025, 2, 20), 3: date(2025, 3, 20)}


async def terminate(engine: Engine, claim: ClaimStepResult) -> None:
    await engine.run_of(claim).terminate("an operator tries it")


async def cancel(engine: Engine, claim: ClaimStepResult) -> None:
    await engine.run_of(claim).cancel()
    with suppress(WorkflowFailureError):
        await asyncio.wait_for(engine.run_of(claim).result(), 60)


async def reset(engine: Engine, claim: ClaimStepResult) -> None:
    described = await engine.run_of(claim).describe()
    first = await _first_task_completed(engine, claim)
    await engine.client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=engine.client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=described.id, run_id=described.run_id),
            reason="an operator tries it",
            workflow_task_finish_event_id=first,
            request_id=str(new_id()),
        )
    )


async def _first_task_completed(engine: Engine, claim: ClaimStepResult) -> int:
    """Its event id; a run that has just begun completes its first task soon."""
    async with asyncio.timeout(60):
        while True:
            async for event in engine.run_of(claim).fetch_history_events():
                if event.HasField("workflow_task_completed_event_attributes"):
                    return event.event_id
            await asyncio.wait({asyncio.create_task(asyncio.sleep(0.05))})


Havoc = Callable[[Engine, ClaimStepResult], Awaitable[None]]


@pytest.mark.parametrize("havoc", [terminate, cancel, reset])
async def test_havoc_at_every_step_leaves_the_ledger_the_same(engine: Engine, havoc: Havoc) -> None:
    claim = await engine.world.filed()
    await engine.settled()
    for month, searched_on in SEARCHED_ON.items():
        while (await engine.today()) <= searched_on:
            await _to(engine, claim, havoc)
            await engine.pass_to_next()
        await _to(engine, claim, havoc)
        await engine.certified(claim, month, searched_on)
        await _to(engine, claim, havoc)

    assert [line["amount"] for line in await engine.statement()] == [3_000_000] * 3
    assert await balance(engine.world.pool, LedgerAccount.BANK) == -9_000_000


async def _to(engine: Engine, claim: ClaimStepResult, havoc: Havoc) -> None:
    with suppress(RPCError):  # a run that is closed already cannot be touched
        await havoc(engine, claim)
    await want(engine.world.pool, claim_workflow_id(claim.stream_id))
    await engine.settled()
