"""Callers who send slowly, or come in their hundreds: they are told so, and hold up nobody else."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
import pytest

CALLERS = 200
HEAD = (
    b"POST /v1/claims/01a1fd8d-140e-71be-87dc-e1271ffdf04f/withdrawal HTTP/1.1\r\nHost: door\r\n"
    b"X-Client-Id: siapkerja\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\n"
)
ANNOUNCED = b"Content-Length: 20\r\n\r\n{"
IN_PIECES = b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"


@dataclass
class Process:
    """An API as a process, with short limits."""

    host: str
    port: int

    async def hears(self, *pieces: bytes) -> tuple[int, dict[str, object]]:
        """Status and problem heard by who sends these bytes and nothing more, until the end."""
        async with asyncio.timeout(30):
            reader, writer = await asyncio.open_connection(self.host, self.port)
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            answer = await reader.read()
            writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        assert b"connection: close" in head.lower()
        return int(head.split()[1]), json.loads(body)


@asynccontextmanager
async def a_process(head_seconds: float, body_seconds: float, connections: int) -> AsyncIterator[Process]:
    limits = [f"--head-seconds={head_seconds}", f"--body-seconds={body_seconds}"]
    limits.append(f"--connections={connections}")
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "api", "--port", "0", *limits),
        env=os.environ | {"JKP_LOOKUP_KEY": bytes(32).hex()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert running.stdout is not None
    url = (await running.stdout.readline()).decode().split()[3]
    try:
        yield Process(url.split("/")[2].split(":")[0], int(url.rpartition(":")[2]))
    finally:
        running.terminate()
        await running.wait()


@pytest.mark.usefixtures("database")
async def test_who_sends_slowly_is_told_so_and_holds_up_nobody() -> None:
    async with a_process(0.5, 0.5, CALLERS + 50) as process:
        await send_slowly(process)


async def send_slowly(process: Process) -> None:
    callers = asyncio.gather(
        *(process.hears(HEAD + (ANNOUNCED if number % 2 else IN_PIECES)) for number in range(CALLERS)),
        process.hears(HEAD),
        process.hears(b"G"),
        process.hears(),
    )
    async with httpx2.AsyncClient(base_url=f"http://{process.host}:{process.port}") as client:
        while not callers.done():
            assert (await client.get("/health/ready")).status_code == 200

    heard = await callers
    assert [status for status, _ in heard] == [408] * (CALLERS + 3)
    assert {problem["code"] for _, problem in heard} == {"too_slow"}


@pytest.mark.usefixtures("database")
async def test_more_connections_than_the_limit_are_told_to_come_again() -> None:
    async with a_process(60, 60, 20) as process:
        await come_in_numbers(process, 20)


async def come_in_numbers(process: Process, limit: int) -> None:
    held = [await asyncio.open_connection(process.host, process.port) for _ in range(limit)]

    status, problem = await process.hears(b"GET /health/live HTTP/1.1\r\nHost: door\r\n\r\n")

    assert (status, problem["code"]) == (503, "unavailable")
    for _, writer in held:
        writer.close()
    async with asyncio.timeout(30), httpx2.AsyncClient(base_url=url_of(process)) as client:
        while (await client.get("/health/live")).status_code != 200:
            pass


def url_of(process: Process) -> str:
    return f"http://{process.host}:{process.port}"
