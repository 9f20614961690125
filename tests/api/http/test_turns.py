"""Something is locked: its own callers wait, few of them, and nobody else notices."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

import httpx2
from support.knocking import Knocker

from sandbox.servers.postgres import PostgresServer
from store.scheduling.clock import CLOCK_LOCK

CALLS = 40
SITI = {
    "worker__nik": "3171014508850002",
    "worker__born_on": "1985-08-05",
    "worker__membership_number": "22345678901",
}


@asynccontextmanager
async def held(postgres: PostgresServer, database: str, *statements: str) -> AsyncIterator[None]:
    """Locks of a session that has nothing to do with the HTTP API."""
    holder = await postgres.connect(database)
    try:
        async with holder.transaction():
            for statement in statements:
                await holder.execute(statement)
            yield
    finally:
        await holder.close()


async def answered(calls: list["asyncio.Task[httpx2.Response]"], count: int) -> Counter[int]:
    """The statuses of the calls that are answered at once, once they are so many."""
    async with asyncio.timeout(30):
        while sum(call.done() for call in calls) < count:
            await asyncio.wait([call for call in calls if not call.done()], return_when="FIRST_COMPLETED")
    return Counter(call.result().status_code for call in calls if call.done())


async def quickest(*asked: Awaitable[httpx2.Response]) -> float:
    """Seconds of the quickest of some answers, each 200: the machine may be busy."""
    seconds = []
    for each in asked:
        begun = time.perf_counter()
        assert (await each).status_code == 200
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def withdraws(portal: Knocker, claim_id: str) -> "asyncio.Task[httpx2.Response]":
    return asyncio.create_task(portal.says(claim_id, "withdrawal", {"reason": "mistake"}))


async def test_a_locked_claim_holds_its_own_callers_only(
    portal: Knocker, postgres: PostgresServer, door_database: str
) -> None:
    locked, other = await portal.reported_claim(), await portal.reported_claim(**SITI)
    lock = f"select from streams where stream_id = '{locked}' for update"
    async with held(postgres, door_database, lock):
        calls = [withdraws(portal, locked) for _ in range(CALLS)]
        assert await answered(calls, CALLS - 5) == {409: CALLS - 5}

        ready = await quickest(*(portal.client.get("/health/ready") for _ in range(5)))
        status = await quickest(*(portal.client.get(f"/v1/claims/{other}") for _ in range(5)))
        assert (await withdraws(portal, other)).status_code == 201

    refused = next(call.result() for call in calls if call.done() and call.result().status_code == 409)
    assert refused.headers["Retry-After"] == "5"
    assert (await answered(calls, CALLS))[201] > 0
    assert ready < 0.2
    assert status < 0.5


async def test_one_person_holds_up_no_other(
    portal: Knocker, postgres: PostgresServer, door_database: str
) -> None:
    claim_id = await portal.reported_claim()
    async with held(postgres, door_database, "select from participants for update"):
        calls = [asyncio.create_task(portal.reports()) for _ in range(CALLS)]
        other = await portal.reports(**SITI)
        status = await portal.client.get(f"/v1/claims/{claim_id}")

    assert (other.status_code, status.status_code) == (201, 200)
    assert set(await answered(calls, CALLS)) <= {200, 409}


async def test_a_clock_that_is_held_leaves_connections_to_those_who_read(
    portal: Knocker, postgres: PostgresServer, door_database: str
) -> None:
    claims = [
        await portal.reported_claim(employer__registration=f"NPP-32-00012{number}") for number in range(8)
    ]
    async with held(postgres, door_database, f"select pg_advisory_xact_lock({CLOCK_LOCK})"):
        calls = [withdraws(portal, claims[number % 8]) for number in range(CALLS)]
        status = await quickest(*(portal.client.get(f"/v1/claims/{claims[0]}") for _ in range(3)))
        ready = await quickest(*(portal.client.get("/health/ready") for _ in range(3)))

    assert set(await answered(calls, CALLS)) <= {201, 409}
    assert ready < 0.2
    assert status < 0.5
