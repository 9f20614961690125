"""Lives again, with their runs ended, rewound or lost at every step: the books stay the same.

Six lives meet the kinds of havoc in turn; every life, and each kind at every step, is a programme of its own
(`make havoc`).
"""

import itertools
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError

from sandbox.play.lives.cast import CAST, Part
from sandbox.play.main_job import World, open_world, play
from sandbox.play.player import SteppedTime
from sandbox.play.report import Report
from store.ids import new_id
from store.scheduling.wakeups import want

Havoc = Callable[[World, Client, str], Awaitable[None]]


async def terminate(world: World, client: Client, workflow_id: str) -> None:
    await client.get_workflow_handle(workflow_id).terminate("an operator tries it")


async def cancel(world: World, client: Client, workflow_id: str) -> None:
    await client.get_workflow_handle(workflow_id).cancel()


async def reset(world: World, client: Client, workflow_id: str) -> None:
    handle = client.get_workflow_handle(workflow_id)
    described = await handle.describe()
    first = await anext(_completed_tasks(handle))
    await client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=workflow_id, run_id=described.run_id),
            reason="an operator tries it",
            workflow_task_finish_event_id=first,
            request_id=str(new_id()),
        )
    )


async def _completed_tasks(handle: Any) -> AsyncGenerator[int, None]:
    async for event in handle.fetch_history_events():
        if event.HasField("workflow_task_completed_event_attributes"):
            yield event.event_id


LEDGER_OF_SIX_IDR = 59_580_000


class AtEveryStep:
    """Does havoc to the run of every claim that has taken a step since the last time."""

    def __init__(self, world: World, client: Client, havoc: Havoc) -> None:
        self.world, self.client, self.havoc = world, client, havoc
        self.seen: dict[str, int] = {}
        self.done = 0

    async def __call__(self) -> None:
        rows = await self.world.pool.fetch("select stream_id, version from streams")
        for row in rows:
            workflow_id = f"claim/{row['stream_id']}"
            if self.seen.get(workflow_id) == row["version"]:
                continue
            self.seen[workflow_id] = row["version"]
            with suppress(RPCError):  # a run that is over cannot be touched
                await self.havoc(self.world, self.client, workflow_id)
                self.done += 1
            await want(self.world.pool, workflow_id)


class EmptyTemporal:
    """Takes everything from Temporal every so many moves."""

    def __init__(self, world: World, every: int) -> None:
        self.world, self.every, self.moves, self.done = world, every, 0, 0

    async def __call__(self) -> None:
        self.moves += 1
        if self.moves % self.every:
            return
        temporal = self.world.stack.temporal
        assert temporal is not None, "the stack is started"
        await temporal.stop()
        for file in temporal.folder.glob("temporal.db*"):
            file.unlink()
        await temporal.start()
        await self.world.pool.execute("update wakeups set wanted = wanted + 1")
        self.done += 1


class InTurn:
    """Havoc of one kind after the other."""

    def __init__(self, kinds: Sequence[Havoc]) -> None:
        self.kinds = itertools.cycle(kinds)

    async def __call__(self, world: World, client: Client, workflow_id: str) -> None:
        await next(self.kinds)(world, client, workflow_id)


async def played(
    folder: Path, havoc: Havoc | None, *, emptied_every: int, cast: Sequence[Part] = CAST
) -> tuple[Report, int]:
    """Play lives with havoc at every step, and Temporal emptied every so many moves (0: never)."""
    async with open_world(folder, speed=0, progress=print, cast=cast) as world:
        assert isinstance(world.time, SteppedTime)
        assert world.stack.temporal is not None
        client = await world.stack.temporal.connect()
        at_every_step = AtEveryStep(world, client, havoc) if havoc else None
        emptied = EmptyTemporal(world, emptied_every) if emptied_every else None

        async def before_move() -> None:
            if at_every_step is not None:
                await at_every_step()
            if emptied is not None:
                await emptied()

        world.time.before_move = before_move
        report = await play(world, cast)
    return report, (at_every_step.done if at_every_step else 0) + (emptied.done if emptied else 0)


async def test_lives_end_the_same_when_every_step_is_followed_by_havoc(run_folder: Path) -> None:
    kinds = InTurn([terminate, cancel, reset])
    report, done = await played(run_folder / "few", kinds, emptied_every=40, cast=CAST[::5])

    assert report.failed() == []
    assert report.ledger_idr == report.statement_idr == LEDGER_OF_SIX_IDR
    assert done > 10 * len(report.lives) == 60, "every life met every kind of havoc"


@pytest.mark.long
async def test_all_lives_end_the_same_when_every_step_is_followed_by_havoc(run_folder: Path) -> None:
    kinds = InTurn([terminate, cancel, reset])
    report, done = await played(run_folder / "in-turn", kinds, emptied_every=60)

    assert report.failed() == []
    assert report.ledger_idr == report.statement_idr == 359_220_000
    assert done > 10 * len(report.lives), "every life met every kind of havoc"


@pytest.mark.long
@pytest.mark.parametrize("havoc", [terminate, cancel, reset])
async def test_lives_end_the_same_under_one_kind_of_havoc_at_every_step(
    havoc: Havoc, run_folder: Path
) -> None:
    report, done = await played(run_folder / havoc.__name__, havoc, emptied_every=0)

    assert report.failed() == []
    assert report.ledger_idr == report.statement_idr == 359_220_000
    assert done > 10 * len(report.lives), "havoc was done at every step of every life"


@pytest.mark.long
async def test_lives_end_the_same_when_temporal_is_emptied_again_and_again(run_folder: Path) -> None:
    report, done = await played(run_folder / "emptied", None, emptied_every=20)

    assert report.failed() == []
    assert report.ledger_idr == report.statement_idr == 359_220_000
    assert done >= 5
