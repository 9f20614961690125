"""A worker whose database sessions are ended again and again goes on as if nothing had been."""

import asyncio

from support.engine import Engine

from payments.ledger import LedgerAccount
from sandbox.servers.postgres import PostgresServer
from store.payments.ledger import balance

TERMINATIONS = 40
END_THE_OTHERS = (
    "select pg_terminate_backend(pid) from pg_stat_activity "
    "where datname = current_database() and pid <> pg_backend_pid()"
)


async def test_a_worker_lives_through_forty_ended_sessions(
    engine: Engine, postgres: PostgresServer, database: str
) -> None:
    await engine.world.filed()
    owner = await postgres.connect(database)

    for _ in range(TERMINATIONS):
        await owner.execute(END_THE_OTHERS)
        engine.relay.wanted.set()
        await asyncio.sleep(0.1)
    await owner.close()
    await engine.world.pool.expire_connections()
    await engine.settled()
    # Where the answer of the bank was lost with a session, it is asked for within minutes.
    while await balance(engine.world.pool, LedgerAccount.BANK) == 0:
        await engine.pass_to_next()

    assert [line["amount"] for line in await engine.statement()] == [3_000_000]
    assert await balance(engine.world.pool, LedgerAccount.BANK) == -3_000_000
    await engine.pass_to_next()
