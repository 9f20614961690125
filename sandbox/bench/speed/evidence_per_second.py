"""Evidence accepted per second, durable before the answer, beside pgbench's single-row insert.

Sides in turn, at the same concurrency, on the same server: pgbench inserts a row of the same shape, the
store takes a step, and the API answers 201 over HTTP, to calls of one piece of evidence and of fifty.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median
from uuid import UUID

from claims.commands.command import RecordJobSearch
from sandbox.bench.ground import Ground
from sandbox.bench.metric import Metric, at_least
from sandbox.bench.speed.direct import Claims, claims_in
from sandbox.bench.speed.population import claimants
from sandbox.servers.postgres import binary
from sandbox.servers.processes import ManagedProcess, free_port
from sandbox.world import Person

BEGINS = datetime(2025, 3, 10, 2, 0, tzinfo=UTC)
LAID_OFF_ON = date(2025, 3, 3)
CLAIMS, AT_ONCE, SECONDS, ROUNDS = 250, 16, 4, 3
MOST_A_CALL = 50

TABLE = """
create table rows (
    position bigint generated always as identity primary key,
    stream_id uuid not null, version int not null, type text not null, payload jsonb not null,
    recorded_at timestamptz not null default now(), unique (stream_id, version)
)
"""
INSERT = """
insert into rows (stream_id, version, type, payload)
values (gen_random_uuid(), 1, 'job_application_recorded', jsonb_build_object('text', repeat('x', 460)));
"""

Action = Callable[[], Awaitable[None]]


async def measure(ground: Ground) -> list[Metric]:
    """pgbench, the step and the API in turn; medians, and the ratios of each turn."""
    rows: list[float] = []
    steps: list[float] = []
    answers: list[float] = []
    many: list[float] = []
    async with _sides(ground) as (claims, evidence, backend):
        for turn in range(1, ROUNDS + 1):
            ground.progress(f"rows, steps and answers for {SECONDS} s each, turn {turn} of {ROUNDS}")
            rows.append(await rows_per_second(ground, claims.database))
            steps.append(await per_second([_stepping(claims, evidence) for _ in range(AT_ONCE)]))
            answers.append(await per_second([await backend.client(evidence) for _ in range(AT_ONCE)]))
            calls = await per_second([await backend.client(evidence, MOST_A_CALL) for _ in range(AT_ONCE)])
            many.append(calls * MOST_A_CALL)
    how = f"{AT_ONCE} at once, {ROUNDS} turns of {SECONDS} s, {CLAIMS} claims; pgbench -M prepared"
    return [
        at_least(0.5, "evidence, one piece a call / pgbench rows", _ratio(answers, rows), "ratio", how),
        at_least(0.5, "evidence, fifty a call / pgbench rows", _ratio(many, rows), "ratio", how),
        Metric("evidence through the step / pgbench rows", _ratio(steps, rows), "ratio", how),
        Metric("evidence accepted, one piece a call", median(answers), "per second", _spread(answers)),
        Metric("evidence accepted, fifty a call", median(many), "per second", _spread(many)),
        Metric("evidence recorded by the step", median(steps), "per second", _spread(steps)),
        Metric("pgbench single-row inserts", median(rows), "per second", _spread(rows)),
    ]


def _ratio(ours: list[float], yardstick: list[float]) -> float:
    return median(a / b for a, b in zip(ours, yardstick, strict=True))


def _spread(figures: list[float]) -> str:
    return f"from {min(figures):,.0f} to {max(figures):,.0f}"


async def rows_per_second(ground: Ground, database: str) -> float:
    """pgbench's own figure for a single-row insert."""
    script = ground.stack.folder / "insert.sql"
    script.write_text(INSERT)
    pgbench = await asyncio.create_subprocess_exec(
        str(binary("pgbench")),
        *("-n", "-M", "prepared", "-c", str(AT_ONCE), "-j", "2", "-T", str(SECONDS), "-f", str(script)),
        database,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaint = await pgbench.communicate()
    found = re.search(r"tps = ([\d.]+)", said.decode())
    if found is None:
        raise RuntimeError(f"pgbench ended with {pgbench.returncode}: {complaint.decode()[-500:]}")
    return float(found[1])


async def per_second(actions: list[Action]) -> float:
    """How often the actions, each repeated in a task of its own, come to an end in a second."""
    ends_at = time.monotonic() + SECONDS

    async def repeat(action: Action) -> int:
        done = 0
        while time.monotonic() < ends_at:
            await action()
            done += 1
        return done

    began = time.monotonic()
    done = await asyncio.gather(*(repeat(action) for action in actions))
    return sum(done) / (time.monotonic() - began)


def _stepping(claims: Claims, evidence: "NextEvidence") -> Action:
    async def action() -> None:
        claim_id, efforts = evidence.next()
        await claims.say(claim_id, efforts)

    return action


class NextEvidence:
    """What is said next, to which claim: in turn, so that no two say something to the same one."""

    def __init__(self, claims: Claims, claim_ids: list[UUID]) -> None:
        self._claims, self._claim_ids = claims, cycle(claim_ids)

    def next(self, pieces: int = 1) -> tuple[UUID, RecordJobSearch]:
        """A claim and so many pieces of evidence never said before."""
        return next(self._claim_ids), self._claims.applications(BEGINS.date(), pieces)


class Backend:
    """The API's process, spoken to in bare HTTP/1.1 so that the asking costs as little as pgbench's."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._keys = count()

    async def client(self, evidence: NextEvidence, pieces: int = 1) -> Action:
        """One connection that says one thing after the other; RuntimeError for any answer but 201."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)

        async def action() -> None:
            claim_id, efforts = evidence.next(pieces)
            writer.write(self._request(claim_id, efforts))
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head.lower())
            body = await reader.readexactly(int(length[1]) if length else 0)
            if not head.startswith(b"HTTP/1.1 201"):
                raise RuntimeError(f"the API answers {head[:20]!r} {body[:200]!r}")

        return action

    def _request(self, claim_id: UUID, evidence: RecordJobSearch) -> bytes:
        body = json.dumps(evidence.model_dump(mode="json", exclude={"kind"})).encode()
        head = (
            f"POST /v1/claims/{claim_id}/job-applications HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"X-Client-Id: bench\r\nIdempotency-Key: door-{next(self._keys)}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


@asynccontextmanager
async def _sides(ground: Ground) -> AsyncIterator[tuple[Claims, NextEvidence, Backend]]:
    """A database with claims in benefit, the API over it, and the table for pgbench."""
    database = await ground.make_database("evidence", BEGINS, 0)
    owner = await ground.stack.postgres.connect(database)
    await owner.execute(TABLE)
    await owner.close()
    lookup_key = ground.stack.keys.lookup_key
    async with AsyncExitStack() as stack:
        claims = await stack.enter_async_context(claims_in(database, bytes.fromhex(lookup_key), most=AT_ONCE))
        ground.progress(f"{CLAIMS} claims in benefit")
        people = islice(claimants(LAID_OFF_ON, "evidence"), CLAIMS)
        claim_ids = [await _approved(claims, person) for person in people]
        port = free_port()
        api = ManagedProcess(
            "API",
            [sys.executable, "-m", "api", "--port", str(port)],
            log=ground.stack.folder / "bench-api.log",
            environment={**ground.stack.postgres.environment(database), "JKP_LOOKUP_KEY": lookup_key},
            port=port,
            directory=Path.cwd(),
        )
        stack.push_async_callback(api.terminate)
        await api.start(f"http://127.0.0.1:{port}/health/ready", within=60)
        yield claims, NextEvidence(claims, claim_ids), Backend(port)


async def _approved(claims: Claims, claimant: Person) -> UUID:
    claim_id = await claims.report(claimant)
    await claims.file(claim_id, claimant)
    await claims.approve(claim_id, LAID_OFF_ON)
    return claim_id
