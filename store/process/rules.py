"""Other rules than those that claims were last decided by: every open stream is woken and looks again."""

from store.database import Pool
from store.scheduling.clock import begin_generation, hold_every_step
from store.scheduling.wakeups import want_open_streams


async def begin_with_rules(pool: Pool, rules: str) -> int:
    """Note the rules by which a worker decides, and wake every open stream where they are others.

    `rules` names the version of the law and of what a folded state means. Returns how many streams were
    woken: none where the rules are the same, or are the first of this database.
    """
    if await pool.fetchval("select rules from generation") == rules:
        return 0
    async with pool.acquire() as connection, connection.transaction():
        await hold_every_step(connection)
        before = await connection.fetchval("select rules from generation")
        if before == rules:
            return 0
        await begin_generation(connection)
        await connection.execute("update generation set rules = $1", rules)
        return await want_open_streams(connection) if before else 0
