"""A process that is frozen inside a transaction loses its locks within seconds, and writes nothing later."""

import asyncio
import os
import signal
import sys
import time

import asyncpg
import pytest
from support.store_world import StoreWorld

from claims.commands.command import WithdrawClaim
from sandbox.servers.postgres import PostgresServer
from store.database import COMMAND_LINE, OWNER, PROCESS, connect, open_pool

FROZEN = """
import asyncio, sys
from uuid import UUID
from claims.commands.command import WithdrawClaim
from law.regimes import LAW
from store.calendar import read_calendar
from store.claims.kind import IncomingMessage, claim_step_runner
from store.database import open_pool
from store.engine.reading import hold
from store.engine.step import Caller
from store.outages import is_outage

async def main():
    pool, claim = await open_pool(), UUID(sys.argv[1])
    steps = claim_step_runner(pool, LAW, await read_calendar(pool))
    said = IncomingMessage(WithdrawClaim(reason="frozen"), "portal", "frozen", "portal")
    try:
        async with pool.acquire() as connection, connection.transaction():
            await hold(connection, claim)
            print("holds the claim", flush=True)
            await asyncio.to_thread(input)
            await steps.run_step_in(connection, claim, (said,), Caller.OTHER)
    except Exception as error:
        print("outage" if is_outage(error) else "wrote nothing", flush=True)
    else:
        print("wrote", flush=True)

asyncio.run(main())
"""


async def test_another_takes_the_claim_and_the_frozen_one_has_lost_it(world: StoreWorld) -> None:
    claim = (await world.approved()).stream_id
    before = await world.pool.fetchval("select count(*) from events")
    frozen = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", FROZEN, str(claim)),
        env=os.environ, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert frozen.stdout is not None
    assert await frozen.stdout.readline() == b"holds the claim\n"
    frozen.send_signal(signal.SIGSTOP)
    began = time.monotonic()

    result = await world.say(claim, WithdrawClaim(reason="found work"))

    assert time.monotonic() - began < PROCESS.lock
    frozen.send_signal(signal.SIGCONT)
    out, _ = await frozen.communicate(b"\n")
    assert out == b"outage\n"
    assert result.results[0].verdict.counts
    assert await world.pool.fetchval("select count(*) from messages where message_id = 'frozen'") == 0
    assert await world.pool.fetchval("select count(*) from events") - before == result.version - before


@pytest.mark.parametrize(
    ("limits", "seconds"), [(PROCESS, (5, 4, 30)), (COMMAND_LINE, (5, 60, 600)), (OWNER, (15, 60, 3600))]
)
async def test_every_session_has_its_limits(
    database: str, postgres: PostgresServer, limits: object, seconds: tuple[int, int, int]
) -> None:
    assert isinstance(limits, type(PROCESS))
    pool = await open_pool(limits=limits)
    alone = await connect(limits=limits)
    names = ["lock_timeout", "idle_in_transaction_session_timeout", "transaction_timeout"]
    network = ["tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout"]
    ask = "select name, setting::int from pg_settings where name = any($1)"
    async with pool.acquire() as pooled:
        for session in (pooled, alone):
            found: dict[str, int] = {name: value for name, value in await session.fetch(ask, names + network)}
            assert tuple(found[name] // 1000 for name in names) == seconds
            assert [found[name] for name in network] == [15, 5, 3, 20_000]
    await alone.close()
    await pool.close()


async def test_an_owner_that_waits_for_a_lock_gives_up(database: str, postgres: PostgresServer) -> None:
    holder, owner = await postgres.connect(database), await connect()
    await owner.execute("set lock_timeout = '100ms'")
    async with holder.transaction():
        await holder.execute("lock table streams")
        with pytest.raises(asyncpg.LockNotAvailableError):
            await owner.execute("alter table streams add column beyond text")
    await holder.close()
    await owner.close()
