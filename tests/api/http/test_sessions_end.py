"""Sessions end and columns come while the API serves: a caller hears 503 at worst, and nothing is lost."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import asyncpg
import pytest
from support.knocking import Knocker, applications, filing

from sandbox.servers.postgres import PostgresServer

TERMINATIONS = 20
END_THE_OTHERS = (
    "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
    "where datname = current_database() and pid <> pg_backend_pid()"
)
ADDED = ("streams", "claims", "events", "messages", "wakeups", "people", "accounts", "notices", "clock")


@pytest.fixture
async def owner(postgres: PostgresServer, door_database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await postgres.connect(door_database)
    yield connection
    await connection.close()


class Callers:
    """Callers of every kind of route, until they are told to stop."""

    def __init__(self, portal: Knocker, claim_id: str) -> None:
        self.portal, self.claim_id = portal, claim_id
        self.heard: Counter[int] = Counter()
        self.stopped = False

    async def call(self, caller: int) -> None:
        while not self.stopped:
            for answer in (
                self.portal.reports(),
                self.portal.says(self.claim_id, "job-applications", applications(f"a-{caller}")),
                self.portal.client.get(f"/v1/claims/{self.claim_id}"),
                self.portal.client.get("/health/ready"),
            ):
                self.heard[(await answer).status_code] += 1


async def test_while_all_its_sessions_end_the_door_says_503_at_worst(
    portal: Knocker, owner: asyncpg.Connection
) -> None:
    callers = Callers(portal, await portal.filed_claim())
    calling = asyncio.gather(*(callers.call(number) for number in range(3)))

    for _ in range(TERMINATIONS):
        await owner.execute(END_THE_OTHERS)
        await asyncio.sleep(0.1)
    callers.stopped = True
    await calling

    assert set(callers.heard) <= {200, 201, 503}, callers.heard
    assert (await portal.says(callers.claim_id, "filing", filing())).status_code == 201


async def test_one_session_that_ends_between_two_calls_is_not_noticed(
    portal: Knocker, owner: asyncpg.Connection
) -> None:
    claim_id = await portal.filed_claim()
    for _ in range(5):
        await owner.execute(END_THE_OTHERS)
        answer = await portal.says(claim_id, "filing", filing(), key="filing-2")
        assert answer.status_code == 201
        await owner.execute(END_THE_OTHERS)
        assert (await portal.client.get(f"/v1/claims/{claim_id}")).status_code == 200


async def test_columns_added_while_the_door_serves_cost_nobody_an_answer(
    portal: Knocker, owner: asyncpg.Connection
) -> None:
    callers = Callers(portal, await portal.filed_claim())
    calling = asyncio.gather(*(callers.call(number) for number in range(3)))

    for table in ADDED:
        await owner.execute(f"alter table {table} add column added_meanwhile text")
        await asyncio.sleep(0.05)
    for table in ADDED:
        await owner.execute(f"alter table {table} drop column added_meanwhile")
    callers.stopped = True
    await calling

    assert set(callers.heard) <= {200, 201}, callers.heard
