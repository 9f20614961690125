"""The signal commands of docs/operators.md, run as an operator would, against a claim's real run."""

import asyncio
import os
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from support.engine_at_work import Engine, eventually
from support.store_world import StoreWorld
from temporalio.client import WorkflowExecutionStatus

from claims.commands.command import ReportLayoff, ReportReemployment
from cli.officers.claim import wake_claim
from sandbox.servers.temporal_server import TemporalServer
from store.claims.history import RecordedEvent, recorded_events
from store.claims.kind import ClaimStepResult
from workflows.claim import ClaimWorkflow

PAGE = Path(__file__).parents[3] / "docs" / "operators.md"
RECORDED_AS = {
    "self_assessment": "self_assessment_completed",
    "job_applications": "job_application_recorded",
    "counselling": "counselling_attended",
    "training_attendance": "training_attended",
    "certification": "month_certified",
    "reemployment": "reemployed",
    "withdrawal": "claim_withdrawn",
}
SAID_BY_THE_RELAY_ONLY = {"filed"}


def commands() -> dict[str, str]:
    """The signal commands of the page, by the name of the signal."""
    blocks = re.findall(r"```sh\n(jkp temporal workflow signal .*?)```", PAGE.read_text(), re.DOTALL)
    return {re.findall(r"--name (\w+)", block)[0]: block for block in blocks}


def officer_commands() -> list[str]:
    """What an officer or an inspector says on the command line, in the order of the page."""
    blocks = re.findall(r"```sh\n(jkp claim .*?)```", PAGE.read_text(), re.DOTALL)
    return [block.strip() for block in blocks]


async def an_officer_runs(command: str, claim_id: UUID, **environment: str) -> str:
    """Run a command in a shell, as it stands on the page; what it prints."""
    programs = str(Path(sys.executable).parent)
    process = await asyncio.create_subprocess_exec(
        *("sh", "-c", command),
        env={
            **os.environ,
            **environment,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "CLAIM": str(claim_id),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


def filters() -> list[str]:
    """The saved views of the page."""
    table = PAGE.read_text().partition("| View | Filter |")[2].partition("\n\n")[0]
    return re.findall(r"\| `([^`]+)` \|", table)


async def run(command: str, temporal: TemporalServer, claim_id: UUID) -> None:
    """Run a command of Temporal in a shell, as it stands on the page."""
    await an_officer_runs(command, claim_id, JKP_TEMPORAL_CLI=str(temporal.program))


async def recorded(world: StoreWorld, claim_id: UUID, kind: str) -> RecordedEvent | None:
    """The newest event of a type."""
    found = [r for r in await recorded_events(world.pool, claim_id) if r.event.type == kind]
    return found[-1] if found else None


def test_the_page_has_a_command_for_every_signal() -> None:
    assert set(commands()) == ClaimWorkflow.SIGNALS - SAID_BY_THE_RELAY_ONLY


async def test_every_command_of_the_page_is_recorded_and_counts(
    engine: Engine, temporal: TemporalServer
) -> None:
    world = engine.world
    claim = await world.approved()
    await world.pass_days(30)
    async with engine.working():
        await engine.runs(claim.stream_id)
        for name, event in RECORDED_AS.items():
            await run(commands()[name], temporal, claim.stream_id)

            async def is_recorded(event: str = event) -> bool:
                return await recorded(world, claim.stream_id, event) is not None

            await eventually(is_recorded)

    for event in RECORDED_AS.values():
        told = await recorded(world, claim.stream_id, event)
        assert told is not None
        assert told.actor == "signal:desk"
        assert told.event.verdict.counts, event  # type: ignore[union-attr]


async def test_the_command_to_look_again_is_heard(engine: Engine, temporal: TemporalServer) -> None:
    world = engine.world
    claim = await world.report(await world.layoff())
    async with engine.working():
        await engine.runs(claim.stream_id)
        await world.pool.execute("update wakeups set wanted = wanted + 1, sent_at = now()")

        await run(commands()["wake"], temporal, claim.stream_id)

        async def heard() -> bool:
            return bool(await world.pool.fetchval("select wanted = seen from wakeups"))

        await eventually(heard)
    assert await recorded(world, claim.stream_id, "message_refused") is None


def test_the_page_has_a_command_for_everything_an_officer_says() -> None:
    told = {command.split()[2] for command in officer_commands()}
    assert told == {
        "questions",
        "ask-documents",
        "decide",
        "put-right",
        "recheck",
        "person-data",
        "true-wage",
    }


async def test_every_officer_command_counts_in_the_order_of_the_page(world: StoreWorld) -> None:
    claim = await world.referred(wage_idr=4_000_000)
    for command in officer_commands():
        if "--question" in command.split():
            business = ReportReemployment(since=date(2025, 2, 10), work="own_business")
            await world.say(claim.stream_id, business)
        if "put-right" in command.split():
            await world.say(claim.stream_id, ReportReemployment(since=date(2025, 2, 10)))
        if "person-data" in command.split():
            await report_another_name(world, claim)
        said = await an_officer_runs(command, claim.stream_id)
        verb = command.split()[2]
        assert said.startswith("counts (") or verb == "questions", command

    types = [r.event.type for r in await recorded_events(world.pool, claim.stream_id)]
    for event in (
        "question_asked",
        "officer_decided",
        "question_decided",
        "benefit_resumed",
        "record_requested",
    ):
        assert event in types
    assert types[-1] == "employer_owes"


async def report_another_name(world: StoreWorld, claim: ClaimStepResult) -> None:
    """Another report of the same layoff, which names the participant otherwise."""
    assert claim.state.layoff is not None, "the claim was reported"
    layoff = claim.state.layoff
    known = await world.people.person(world.pool, layoff.participant.participant_id)
    async with world.pool.acquire() as connection, connection.transaction():
        remembered = await world.people.remember(connection, replace(known, name="Budi Susanto"))
    assert remembered.differs is not None, "the name differs"
    told = ReportLayoff(layoff=layoff, reported_by="participant", differs=remembered.differs)
    await world.say(claim.stream_id, told)


async def test_the_server_accepts_every_saved_view(engine: Engine) -> None:
    views = filters()

    assert len(views) >= 8
    for view in views:
        await engine.client.count_workflows(view)


async def test_a_cancelled_and_a_terminated_run_are_started_again_by_the_next_wake_up(engine: Engine) -> None:
    world = engine.world
    claim = await world.report(await world.layoff())
    handle = engine.client.get_workflow_handle(f"claim/{claim.stream_id}")
    async with engine.working():
        await engine.runs(claim.stream_id)
        await handle.terminate("by an operator")
        await wake_claim(claim.stream_id)
        await engine.runs(claim.stream_id)

        await handle.cancel()

        async def cancelled() -> bool:
            return await engine.status(claim.stream_id) is WorkflowExecutionStatus.CANCELED

        await eventually(cancelled)
        await wake_claim(claim.stream_id)
        await engine.runs(claim.stream_id)

    assert [r.event.type for r in await recorded_events(world.pool, claim.stream_id)] == ["layoff_reported"]
