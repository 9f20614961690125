"""An older process leaves alone what a later version wrote, and does not quote it."""

import pytest
from support.events_of_the_future import FUTURE, SECRET, written_by_a_later_version
from support.store_world import StoreWorld

from activities.outages import told_briefly
from claims.commands.command import WithdrawClaim
from claims.events import EventUnreadable
from claims.state.claim import Claim
from sandbox.servers.postgres import PostgresServer
from store.claims.history import recorded_events
from store.engine.folded import FoldedStates

EVERYTHING = (
    "select (select count(*) from events), (select count(*) from messages), "
    "(select array_agg(w.*::text) from wakeups w), (select array_agg(c.*::text) from claims c)"
)


@pytest.mark.parametrize("event", FUTURE.values(), ids=FUTURE)
@pytest.mark.parametrize("known", [True, False], ids=["claim known", "claim not known"])
async def test_a_claim_that_cannot_be_read_is_not_written_to(
    world: StoreWorld, postgres: PostgresServer, database: str, event: dict[str, str], known: bool
) -> None:
    claim = (await world.approved()).stream_id
    if not known:
        world.steps.folded = FoldedStates(Claim())
    async with written_by_a_later_version(postgres, database, claim, event):
        before = await world.pool.fetchrow(EVERYTHING)

        with pytest.raises(EventUnreadable) as unreadable:
            await world.say(claim, WithdrawClaim(reason="found work"))
        with pytest.raises(EventUnreadable):
            await recorded_events(world.pool, claim)

        assert await world.pool.fetchrow(EVERYTHING) == before
        told = told_briefly(unreadable.value)
        assert told is not None
        for text in (str(unreadable.value), str(told), repr(unreadable.value.__cause__)):
            assert SECRET not in text

    assert (await world.say(claim, WithdrawClaim(reason="found work"))).results[0].verdict.counts
