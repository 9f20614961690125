"""Starts and ends of the worker and of the command line, all clean; thirty of them in `make havoc`.

Threads of the Temporal SDK outlive the event loop and can crash an interpreter that simply ends.
"""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from support.engine_at_work import engine_settings
from support.store_world import StoreWorld

from sandbox.servers.processes import ManagedProcess, free_port
from sandbox.servers.temporal_server import TemporalServer

TIMES = [pytest.param(3), pytest.param(15, marks=pytest.mark.long)]
AT_ONCE = 2
CLEAN = 0
CRASHES = ("Fatal Python error", "Segmentation fault", "PyGILState", "Traceback")


@pytest.fixture
def surroundings(world: StoreWorld, temporal: TemporalServer, tmp_path: Path) -> dict[str, str]:
    """The environment of a process of the engine."""
    return {
        **{name: value for name, value in os.environ.items() if name.startswith("PG")},
        **engine_settings(temporal, tmp_path),
    }


@pytest.mark.parametrize("times", TIMES)
async def test_workers_start_and_end_cleanly(
    times: int, surroundings: dict[str, str], tmp_path: Path
) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def start_and_end(number: int) -> tuple[int | None, str]:
        async with gate:
            port = free_port()
            worker = ManagedProcess(
                "worker",
                [sys.executable, "-m", "worker"],
                log=tmp_path / f"worker-{number}.log",
                environment={
                    **surroundings,
                    "JKP_WORKER_PORT": str(port),
                    "JKP_TASK_QUEUE": f"{tmp_path.name}-{number}-claims",
                },
                port=port,
            )
            await worker.start(f"http://127.0.0.1:{port}/health/ready", within=60)
            return await worker.terminate(within=30), worker.log.read_text()

    ends = await asyncio.gather(*map(start_and_end, range(times)))

    assert [code for code, _ in ends] == [CLEAN] * times
    assert all("worker stopped" in log for _, log in ends)
    assert not [crash for _, log in ends for crash in CRASHES if crash in log]


@pytest.mark.parametrize("times", TIMES)
async def test_commands_start_and_end_cleanly(
    times: int, world: StoreWorld, surroundings: dict[str, str]
) -> None:
    reported = await world.report(await world.layoff())
    claim = str(reported.stream_id)
    commands: dict[tuple[str, ...], str] = {
        ("--help",): "claim",
        ("claim", "show", claim): "reported; programme time",
        ("stuck", "--pause", "0"): "is a worker running?",
    }
    ends_with: dict[tuple[str, ...], int] = {("stuck", "--pause", "0"): 1}
    gate = asyncio.Semaphore(AT_ONCE)

    async def run(command: tuple[str, ...]) -> tuple[tuple[str, ...], int | None, str, str]:
        async with gate:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "cli", *command),
                env={**os.environ, **surroundings},
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            said, complained = await process.communicate()
            return command, process.returncode, said.decode(), complained.decode()

    ends = await asyncio.gather(*(run(command) for command in [*commands] * (times // len(commands))))

    assert len(ends) == times
    for command, code, said, complained in ends:
        assert (command, code, complained) == (command, ends_with.get(command, CLEAN), "")
        assert commands[command] in said
