"""`jkp bench`: the benchmarks as a table, ratios first."""

import asyncio
import sys
import time
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console

from cli.arguments import be_writable
from sandbox.bench.metric import as_table
from sandbox.bench.running import run, surroundings, write_json

WIDTH_IN_A_FILE = 160

Name = Literal["law", "counts", "step", "claims", "evidence", "idle"]


def bench(
    *,
    json: Annotated[Path | None, Parameter(help="Write the figures to this file as well.")] = None,
    only: Annotated[
        tuple[Name, ...], Parameter(negative="", help="Measure only this; may be repeated.")
    ] = (),
) -> int:
    """Measure the engine beside its yardsticks, on real servers of its own; about eight minutes.

    law: decisions and whole claims per second, beside bare comparisons. counts: events and actions of a
    whole claim. step: round trips and commits. claims: claims per second beside a no-op workflow.
    evidence: evidence per second beside pgbench. idle: what waiting claims cost.

    Exit code 0 when it ran, whatever the goals.
    """
    if json is not None:
        be_writable(json)
    progress = Console(stderr=True)
    table = Console(width=None if sys.stdout.isatty() else WIDTH_IN_A_FILE)
    began = time.monotonic()
    where = surroundings()
    metrics = asyncio.run(run(only, lambda text: progress.print(f"[dim]{text}[/]")))
    table.print(as_table(metrics, f"measured in {time.monotonic() - began:.0f} s"))
    machine, versions = where["machine"], where["versions"]
    table.print(f"{machine['processor']}, {machine['cores']} cores, load {machine['load']} at the start")
    table.print(", ".join(f"{name} {version}" for name, version in versions.items()))
    if json is not None:
        write_json(json, metrics, where)
        table.print(f"written to {json}")
    return 0
