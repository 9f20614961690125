"""Signals sent by hand: evidence is recorded once, what cannot be read is recorded as refused."""

import asyncio
import json
from hashlib import sha256
from typing import Any

import pytest
from support.engine import Engine
from temporalio.api.common.v1 import Payload, Payloads, WorkflowExecution
from temporalio.api.workflowservice.v1 import SignalWorkflowExecutionRequest

from claims.commands.command import CompleteSelfAssessment
from store.claims.history import recorded_events
from store.claims.kind import ClaimStepResult

ASSESSMENT: dict[str, Any] = {
    "source": "kantor-jakarta",
    "message_id": "a-1",
    "form_version": "2025-1",
    "completed_on": "2025-02-10",
}


async def events_of(engine: Engine, claim: ClaimStepResult, kind: str, count: int) -> list[Any]:
    async with asyncio.timeout(60):
        while True:
            events = [
                r.event
                for r in await recorded_events(engine.world.pool, claim.stream_id)
                if r.event.type == kind
            ]
            if len(events) >= count:
                return events
            await asyncio.sleep(0.02)


async def signal_raw(engine: Engine, claim: ClaimStepResult, name: str, *payloads: Payload) -> None:
    handle = engine.run_of(claim)
    await engine.client.workflow_service.signal_workflow_execution(
        SignalWorkflowExecutionRequest(
            namespace=engine.client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=handle.id),
            signal_name=name,
            input=Payloads(payloads=payloads),
        )
    )


def plain(text: bytes) -> Payload:
    return Payload(metadata={"encoding": b"json/plain"}, data=text)


@pytest.fixture
async def claim(engine: Engine) -> ClaimStepResult:
    filed = await engine.world.filed()
    await engine.settled()
    return filed


async def test_evidence_sent_as_a_signal_is_recorded(engine: Engine, claim: ClaimStepResult) -> None:
    await engine.run_of(claim).signal("self_assessment", ASSESSMENT)

    [event] = await events_of(engine, claim, "self_assessment_completed", 1)
    assert event.verdict.counts


async def test_the_same_message_by_signal_and_by_the_door_is_one(
    engine: Engine, claim: ClaimStepResult
) -> None:
    message = CompleteSelfAssessment(form_version="2025-1", completed_on=ASSESSMENT["completed_on"])
    said = engine.world.incoming(message, message_id="a-1", source="kantor-jakarta")
    await engine.world.steps.run_step(claim.stream_id, [said])
    await engine.run_of(claim).signal("self_assessment", ASSESSMENT)
    await engine.run_of(claim).signal("self_assessment", {**ASSESSMENT, "message_id": "a-2"})

    events = await events_of(engine, claim, "self_assessment_completed", 2)
    assert [event.verdict.ground.value for event in events] == ["counts", "already_recorded"]


@pytest.mark.parametrize(
    ("name", "payloads", "ground"),
    [
        ("self_assessment", (), "wrong_number_of_inputs"),
        ("self_assessment", (plain(b"{}"), plain(b"{}")), "wrong_number_of_inputs"),
        ("self_asessment", (plain(b"{}"),), "unknown_signal"),
        ("self_assessment", (plain(b"not json"),), "malformed"),
        (
            "self_assessment",
            (Payload(metadata={"encoding": b"binary/strange"}, data=b"\xff\xfe"),),
            "malformed",
        ),
        (
            "self_assessment",
            (plain(b'{"form_version": "1", "completed_on": "2025-02-11"}'),),
            "no_message_identity",
        ),
        ("certification", (plain(b'{"source": "x", "message_id": "y", "month": 9}'),), "malformed"),
    ],
    ids=["no-input", "two-inputs", "unknown-name", "not-json", "undecodable", "no-identity", "invalid"],
)
async def test_a_signal_that_cannot_be_read_is_recorded_as_refused_and_the_run_goes_on(
    engine: Engine, claim: ClaimStepResult, name: str, payloads: tuple[Payload, ...], ground: str
) -> None:
    await signal_raw(engine, claim, name, *payloads)

    [refused] = await events_of(engine, claim, "message_refused", 1)
    assert refused.ground.value == ground
    await engine.run_of(claim).signal("self_assessment", ASSESSMENT)
    assert await events_of(engine, claim, "self_assessment_completed", 1)


async def test_a_signal_that_is_too_large_is_refused_with_the_hash_of_what_came(
    engine: Engine, claim: ClaimStepResult
) -> None:
    large = json.dumps(ASSESSMENT | {"form_version": "x" * 1_900_000}).encode()
    await signal_raw(engine, claim, "self_assessment", plain(large))

    [refused] = await events_of(engine, claim, "message_refused", 1)
    assert (refused.ground.value, refused.content_sha256) == ("malformed", sha256(large).hexdigest())


async def test_many_signals_at_once_are_recorded_in_steps_of_a_size_that_temporal_takes(
    engine: Engine, claim: ClaimStepResult
) -> None:
    for number in range(40):
        body = ASSESSMENT | {"message_id": f"m-{number}", "filler": "x" * 60_000}
        await signal_raw(engine, claim, "self_assessment", plain(json.dumps(body).encode()))
    await engine.run_of(claim).signal("self_assessment", ASSESSMENT)

    assert len(await events_of(engine, claim, "message_refused", 40)) == 40
    assert await events_of(engine, claim, "self_assessment_completed", 1)


async def test_a_message_id_used_for_another_content_is_recorded_as_refused(
    engine: Engine, claim: ClaimStepResult
) -> None:
    await engine.run_of(claim).signal("self_assessment", ASSESSMENT)
    await events_of(engine, claim, "self_assessment_completed", 1)
    await engine.run_of(claim).signal("self_assessment", {**ASSESSMENT, "form_version": "other"})

    [refused] = await events_of(engine, claim, "message_refused", 1)
    assert refused.ground.value == "message_id_reused"


async def test_the_query_says_who_has_the_ball(engine: Engine, claim: ClaimStepResult) -> None:
    status = await engine.run_of(claim).query("status")

    assert status["awaiting"].startswith("month 2: claimant owes")
