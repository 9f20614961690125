"""`jkp run`: start every part, play the main job with a live view, show what was checked."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.console import Console

from cli.arguments import SPEED_MAX, be_writable, number
from cli.problems import BadInput
from sandbox.play.live_view import watching
from sandbox.play.main_job import SPEED, open_world, play
from sandbox.play.report import Report
from sandbox.play.verdict import print_addresses, print_report
from sandbox.servers.postgres import Elsewhere
from sandbox.servers.processes import ProcessFailedError
from sandbox.servers.run_folders import ready, run_folder
from sandbox.servers.temporal_cli import TemporalNotFoundError
from settings.processes import SandboxSettings
from settings.reading import SettingsWrong, read

HELD, NOT_HELD, NOT_STARTED, INTERRUPTED = 0, 1, 2, 130
WIDTH_WITHOUT_TERMINAL = 140


def run(
    *,
    exit: Annotated[bool, Parameter(negative="", help="End after the main job.")] = False,
    report: Annotated[Path | None, Parameter(help="Write the outcome as JSON to this file.")] = None,
    data: Annotated[
        Path | None, Parameter(help="Folder of the runs; $JKP_DATA, or .jkp, where not given.")
    ] = None,
    speed: Annotated[float, number(SPEED_MAX), Parameter(help="Programme seconds in a real second.")] = SPEED,
    postgres: Annotated[
        str | None,
        Parameter(help="A PostgreSQL to make a database on, postgresql://USER[:PASSWORD]@HOST[:PORT]."),
    ] = None,
    stepped: Annotated[bool, Parameter(negative="", help="Move the clock as fast as it can be.")] = False,
) -> int:
    """Start everything and play the main job.

    Exit code 0 if every check held, 1 if one did not, 2 if a part could not be started, 130 if interrupted.
    """
    console = _console()
    if report is not None:
        be_writable(report)
    pace = 0.0 if stepped else speed
    try:
        elsewhere = None if postgres is None else Elsewhere.named(postgres)
    except ValueError as wrong:
        raise BadInput(f"--postgres {wrong}") from None
    try:
        folder = data or read(SandboxSettings).data
        work = _run(console, folder, pace, report, elsewhere, stay=not exit)
        return asyncio.run(_until_signalled(work))
    except (SettingsWrong, ProcessFailedError, TemporalNotFoundError) as failure:
        console.print(f"jkp: {failure}", style="red", markup=False)
        return NOT_STARTED


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH_WITHOUT_TERMINAL)


async def _until_signalled(work: Coroutine[Any, Any, int]) -> int:
    """The work's exit code; the first SIGINT or SIGTERM ends it in order, later ones change nothing."""
    task = asyncio.create_task(work)
    signalled = asyncio.Event()

    def end() -> None:
        if not signalled.is_set():
            signalled.set()
            task.cancel()

    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, end)
    try:
        return await task
    except asyncio.CancelledError:
        return INTERRUPTED


async def _run(
    console: Console,
    data: Path,
    speed: float,
    file: Path | None,
    elsewhere: Elsewhere | None,
    *,
    stay: bool,
) -> int:
    def progress(line: str) -> None:
        console.print(f"starting: {line}", highlight=False, markup=False)

    with run_folder(data) as folder:
        async with open_world(folder, speed=speed, progress=progress, elsewhere=elsewhere) as world:
            with ready(folder, world.stack.environment()):
                print_addresses(world.stack, console)
                async with watching(world, console):
                    outcome = await play(world)
                _conclude(outcome, file, console)
                if stay:
                    print_addresses(world.stack, console)
                    console.print("The world stays up until Ctrl-C; `jkp` finds it, `jkp stuck` for one.")
                    with suppress(asyncio.CancelledError):
                        await asyncio.Event().wait()
    return HELD if outcome.ok else NOT_HELD


def _conclude(outcome: Report, file: Path | None, console: Console) -> None:
    if file is not None:
        outcome.write(file)
    print_report(outcome, console)
