"""A run of the benchmarks: the measurements in turn on one PostgreSQL and one Temporal, then the table."""

import json
import os
import platform
import shutil
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sandbox.bench.counts import step_cost, whole_claim
from sandbox.bench.ground import Ground, Progress
from sandbox.bench.law import decisions as law
from sandbox.bench.metric import Metric, ratios_first
from sandbox.bench.speed import claims_per_second, evidence_per_second, idle
from sandbox.play.report import installed_versions
from sandbox.servers.postgres import binary
from sandbox.servers.temporal_server import find_temporal

Measurement = Callable[[Ground], Awaitable[list[Metric]]]

MEASUREMENTS: Mapping[str, Measurement] = {
    "law": law.measure,
    "counts": whole_claim.measure,
    "step": step_cost.measure,
    "claims": claims_per_second.measure,
    "evidence": evidence_per_second.measure,
    "idle": idle.measure,
}
WITHOUT_SERVERS = frozenset({"law"})


async def run(names: Sequence[str], progress: Progress) -> list[Metric]:
    """Measure what is named, everything where nothing is; in a folder that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="jkp-bench-"))
    metrics: list[Metric] = []
    try:
        ground = Ground(folder, progress)
        try:
            if not names or set(names) - WITHOUT_SERVERS:
                await ground.start()
            for name, measure in MEASUREMENTS.items():
                if not names or name in names:
                    metrics += await _measured(name, measure, ground)
        finally:
            await ground.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return metrics


async def _measured(name: str, measure: Measurement, ground: Ground) -> list[Metric]:
    began = time.monotonic()
    metrics = await measure(ground)
    ground.progress(f"{name}: measured in {time.monotonic() - began:.0f} s")
    return metrics


def surroundings() -> dict[str, Any]:
    """Where and with what it ran: figures without these mean nothing."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "system": platform.platform(),
            "processor": _processor(),
            "cores": len(os.sched_getaffinity(0)),
            "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1),
            "load": round(os.getloadavg()[0], 2),
        },
        "versions": {
            **installed_versions(),
            "postgresql": _first_line(binary("postgres"), "--version"),
            "temporal": _first_line(find_temporal(lambda _: None), "--version"),
        },
    }


def write_json(file: Path, metrics: Sequence[Metric], where: Mapping[str, Any]) -> None:
    """Write `metrics: [{name, value, unit, goal, met}]`, ratios first, and where they were measured."""
    report = {"metrics": [metric.as_json() for metric in ratios_first(metrics)], **where}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def _first_line(program: Path, option: str) -> str:
    said = subprocess.run([program, option], capture_output=True, text=True).stdout
    return said.partition("\n")[0].strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())
