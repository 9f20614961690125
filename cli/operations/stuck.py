"""`jkp stuck`: what ought to move and does not, with what to do about it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

from cyclopts import Parameter
from temporalio.client import Client
from temporalio.service import RPCError

from cli.arguments import Seconds, whole
from cli.operations.findings import apart, letters, orders, runs, wakeups
from cli.operations.findings.finding import Finding, Look
from cli.output import AsJson, conclude, open_steps, print_columns, print_json, wib
from cli.problems import DONE, REFUSED
from settings.parts import Temporal
from settings.processes import DeskSettings
from settings.reading import read
from store.database import Pool
from worker.temporal import connect_arguments

SENDING_SECONDS = 15 * 60.0
LATE_SECONDS = 5 * 60.0
LOOK_AGAIN_SECONDS = 6.0  # a relay looks every five seconds

IN_THE_DATABASE: tuple[Callable[[Look], Awaitable[list[Finding]]], ...] = (
    wakeups.not_looked,
    wakeups.not_relayed,
    orders.order_sending,
    wakeups.no_wakeup_row,
    apart.set_apart,
    letters.letters_waiting,
    letters.letter_given_up,
)
AMONG_THE_RUNS: tuple[Callable[[Look, Sequence[runs.Run]], Awaitable[list[Finding]]], ...] = (
    runs.task_failing,
    runs.open_though_finished,
    runs.unknown_run,
)


def stuck(
    *,
    as_json: AsJson = False,
    late: Annotated[Seconds, Parameter(help="Real seconds after which a wake-up is late.")] = LATE_SECONDS,
    sending: Annotated[Seconds, Parameter(help="Real seconds an order may be `sending`.")] = SENDING_SECONDS,
    most: Annotated[
        int, whole(0, 1_000_000), Parameter(help="Open runs to ask for the attempt of their task.")
    ] = 1000,
    pause: Annotated[Seconds, Parameter(help="Seconds to the second look.")] = LOOK_AGAIN_SECONDS,
) -> int:
    """List what stands still; exit code 1 when something does.

    Looks twice where the first look finds something, and lists what both looks found.
    """
    return conclude(list_stuck(as_json=as_json, late=late, sending=sending, most=most, pause=pause))


async def list_stuck(*, as_json: bool, late: float, sending: float, most: int, pause: float) -> int:
    """Print the findings of two looks; 1 when there are any."""
    async with open_steps(read(DeskSettings)) as steps:
        findings = await look(steps.pool, late=late, sending=sending, most=most)
        if findings:
            await asyncio.sleep(pause)
            known = {(finding.kind, finding.what) for finding in findings}
            again = await look(steps.pool, late=late, sending=sending, most=most)
            findings = [finding for finding in again if (finding.kind, finding.what) in known]
    if as_json:
        print_json({"stuck": findings})
    elif findings:
        print_columns([(f.kind, f.what, wib(f.since), f.advice) for f in findings])
    else:
        print("nothing is stuck")
    return REFUSED if findings else DONE


async def look(pool: Pool, *, late: float, sending: float, most: int) -> list[Finding]:
    """One look at the database and at Temporal."""
    at = Look(pool, late, sending)
    findings = [found for kind in IN_THE_DATABASE for found in await kind(at)]
    try:
        open_now = await runs.open_runs(await connect_temporal(), most)
    except (OSError, RPCError) as outage:
        reason = outage.status.name if isinstance(outage, RPCError) else str(outage)
        return [*findings, Finding("Temporal unreachable", reason, None, "start Temporal; nothing is lost")]
    return [*findings, *[found for kind in AMONG_THE_RUNS for found in await kind(at, open_now)]]


async def connect_temporal() -> Client:
    """A plain client of the Temporal that `TEMPORAL_*` names; ConnectionError where nobody answers."""
    config = connect_arguments(read(Temporal))
    try:
        return await asyncio.wait_for(Client.connect(**config), 10)
    except (RuntimeError, RPCError, TimeoutError) as outage:
        raise ConnectionError(f"Temporal does not answer at {config.get('target_host', '')}") from outage
