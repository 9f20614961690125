"""What claims cost that wait: memory of the worker for each, and transactions of a worker with a thousand."""

import asyncio
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import asyncpg

from sandbox.bench.ground import Ground
from sandbox.bench.metric import Metric, at_most
from sandbox.bench.speed.direct import Claims, claims_in
from sandbox.bench.speed.population import claimants
from sandbox.servers.processes import ManagedProcess, free_port
from sandbox.world import Person
from store.scheduling.notify import notifying

BATCH, CLAIMS = 100, 1_000
AT_ONCE = 8
WATCHED_SECONDS = 30.0  # one round of the sweep
SETTLING_SECONDS = 3.0
SEEN_WITHIN_SECONDS = 150.0
NO_MORE_AFTER_SECONDS = 90.0
COMMITS = "select xact_commit + xact_rollback from pg_stat_database where datname = $1"
UNSEEN = "select count(*) from wakeups where wanted > seen or todo_since is not null"


async def measure(ground: Ground) -> list[Metric]:
    """A worker with a hundred waiting claims, then with a thousand more; then half an idle minute."""
    database = await ground.make_database("idle", None, 1)
    worker = _worker(ground, database)
    watching = await ground.stack.postgres.connect()
    try:
        async with claims_in(database, bytes.fromhex(ground.stack.keys.lookup_key)) as claims:
            people = claimants(datetime.now(UTC).date() - timedelta(days=7), "idle")
            await _open(claims, islice(people, BATCH))
            await worker.start(f"http://127.0.0.1:{worker.port}/health/ready", within=60)
            before = await _resident_when_all_wait(claims, worker)
            ground.progress(f"{CLAIMS} claims begin to wait")
            waiting, began = 0, time.monotonic()
            while waiting < CLAIMS and time.monotonic() - began < NO_MORE_AFTER_SECONDS:
                waiting += await _open(claims, islice(people, BATCH))
                await _all_seen(claims)
            after = await _resident_when_all_wait(claims, worker)
        ground.progress(f"{WATCHED_SECONDS:.0f} s in which nothing happens")
        await _leave_tables_alone(watching)
        rate = await _transactions_per_second(watching, database)
    finally:
        await watching.close()
        await worker.terminate()
    note = f"one worker, {BATCH + waiting} waiting claims, watched for {WATCHED_SECONDS:.0f} s"
    return [
        at_most(0.3, "idle: database transactions", rate, "per second and process", note),
        Metric("idle: memory of a cached claim", (after - before) / waiting / 1024, "KiB", "resident memory"),
    ]


def _worker(ground: Ground, database: str) -> ManagedProcess:
    port = free_port()
    return ManagedProcess(
        "worker",
        [sys.executable, "-m", "worker"],
        log=ground.stack.folder / "bench-worker.log",
        environment={
            **ground.stack.environment(),
            "PGDATABASE": database,
            "JKP_TASK_QUEUE": "idle-claims",
            "JKP_WORKER_PORT": str(port),
            "JKP_METRICS_PORT": "0",
        },
        port=port,
        directory=Path.cwd(),
    )


async def _open(claims: Claims, people: Iterable[Person]) -> int:
    """Open claims; how many."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def report(person: Person) -> None:
        async with gate:
            await claims.report(person)

    opened = await asyncio.gather(*(report(person) for person in people))
    return len(opened)


async def _resident_when_all_wait(claims: Claims, worker: ManagedProcess) -> int:
    await _all_seen(claims)
    await asyncio.sleep(SETTLING_SECONDS)
    return resident_bytes(worker.pid)


async def _all_seen(claims: Claims) -> None:
    """Until every workflow has looked and waits."""
    deadline = asyncio.get_running_loop().time() + SEEN_WITHIN_SECONDS
    async with notifying(claims.pool) as notifier:
        notifier.give()
        while unseen := await claims.pool.fetchval(UNSEEN):
            if asyncio.get_running_loop().time() > deadline:
                raise RuntimeError(f"{unseen} claims were not looked at within {SEEN_WITHIN_SECONDS:.0f} s")
            await asyncio.sleep(0.25)


async def _leave_tables_alone(watching: asyncpg.Connection) -> None:
    """No more autovacuum on this server, whose transactions would be counted as the worker's."""
    await watching.execute("alter system set autovacuum = off")
    await watching.execute("select pg_reload_conf()")


async def _transactions_per_second(watching: asyncpg.Connection, database: str) -> float:
    """Watched from another database."""
    # Backends report their last transactions up to ten seconds after them.
    await asyncio.sleep(10)
    began = await watching.fetchval(COMMITS, database)
    await asyncio.sleep(WATCHED_SECONDS)
    ended = await watching.fetchval(COMMITS, database)
    return float(ended - began) / WATCHED_SECONDS


def resident_bytes(pid: int) -> int:
    """Resident memory of a process (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"process {pid} is no more")
