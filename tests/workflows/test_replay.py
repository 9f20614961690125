"""Recorded histories replay without a server; a reordered activity is caught."""

import gzip
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from worker.plugin import claims_plugin
from workflows.claim import ClaimWorkflow
from workflows.transfer import TransferWorkflow

HISTORIES = sorted((Path(__file__).parent.parent / "histories").glob("*.json.gz"))


def recorded(file: Path) -> WorkflowHistory:
    text = gzip.decompress(file.read_bytes()).decode()
    return WorkflowHistory.from_json(f"claim/{file.name}", text)


def replayer() -> Replayer:
    return Replayer(workflows=[ClaimWorkflow, TransferWorkflow], plugins=[claims_plugin()])


def test_there_is_a_history_of_every_kind_of_life() -> None:
    assert len(HISTORIES) >= 20


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.name.removesuffix(".json.gz"))
async def test_a_recorded_life_replays(file: Path) -> None:
    await replayer().replay_workflow(recorded(file))


async def test_a_reordered_activity_is_caught() -> None:
    history = recorded(HISTORIES[0])
    scheduled = [
        event.activity_task_scheduled_event_attributes
        for event in history.events
        if event.HasField("activity_task_scheduled_event_attributes")
    ]
    first = next(s for s in scheduled if s.activity_type.name == "fetch_contribution_record")
    second = next(s for s in scheduled if s.activity_type.name == "transfer")
    first.activity_type.name, second.activity_type.name = "transfer", "fetch_contribution_record"

    with pytest.raises(NondeterminismError):
        await replayer().replay_workflow(history)
