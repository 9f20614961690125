"""`python -m sandbox.play.record_histories DIR`: play every life and keep its history, one file each.

The files are the golden histories that every change of a workflow must still replay. They are recorded anew
only together with a patched workflow.
"""

import argparse
import asyncio
import gzip
import re
import tempfile
from pathlib import Path

from sandbox.play.main_job import World, open_world, play
from sandbox.play.report import Life
from worker.ending import end_process


async def record(folder: Path) -> int:
    """Play and record; returns how many histories were written. Nothing is written where a check fails."""
    with tempfile.TemporaryDirectory(prefix="jkp-histories-") as data:
        async with open_world(Path(data) / "run", speed=0, progress=print) as world:
            report = await play(world)
            if not report.ok:
                raise SystemExit("\n".join(report.failed()))
            for life in report.lives:
                await _keep(world, life, folder)
    return len(report.lives)


async def _keep(world: World, life: Life, folder: Path) -> None:
    assert world.stack.temporal is not None, "the stack is started"
    client = await world.stack.temporal.connect()
    history = await client.get_workflow_handle(f"claim/{life.claim}").fetch_history()
    file = folder / f"{file_name(life.name)}.json.gz"
    file.write_bytes(gzip.compress(history.to_json().encode(), mtime=0))


def file_name(life: str) -> str:
    """A life's name as a file name."""
    return re.sub(r"[^a-z0-9]+", "-", life.lower()).strip("-")


def main() -> None:
    """Record into the folder given."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.play.record_histories", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    count = asyncio.run(record(folder))
    print(f"{count} histories recorded")
    end_process(0)


if __name__ == "__main__":
    main()
