"""An entry that cannot be recorded is set apart after its second failure; everything else is recorded."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import asyncpg
import pytest
from support.store_world import StoreWorld

from activities.step.recording import record_inbox
from claims.commands.command import Command, CompleteSelfAssessment, WithdrawClaim, content_hash
from claims.events import MessageRefused
from law.grounds import Ground
from sandbox.servers.postgres import PostgresServer
from store.claims.history import recorded_events
from store.claims.kind import IncomingMessage, claim_workflow_id
from store.engine.set_apart import end, not_over

POISON = """
create sequence tries;
create function poisoned() returns trigger language plpgsql security definer as $$
begin
    if new.source = any(string_to_array(tg_argv[0], ',')) then
        perform nextval('tries');
        raise exception 'this cannot be recorded' using errcode = tg_argv[1];
    end if;
    return new;
end $$;
create trigger poison before insert on messages for each row execute function poisoned('{sources}', '{code}');
"""


@pytest.fixture
async def owner(database: str, postgres: PostgresServer) -> AsyncIterator[asyncpg.Connection]:
    connection = await postgres.connect(database)
    yield connection
    await connection.close()


async def poison(owner: asyncpg.Connection, sources: str = "poison", code: str = "P0001") -> None:
    """What comes from these sources fails where it is written, and each time is counted."""
    await owner.execute(POISON.format(sources=sources, code=code))


async def tries(owner: asyncpg.Connection) -> int:
    """How often a poisoned message was written: a sequence is not rolled back."""
    count: int = await owner.fetchval("select case when is_called then last_value else 0 end from tries")
    return count


def said(source: str, message: Command) -> IncomingMessage:
    return IncomingMessage(message, source, f"{source}-1", f"signal:{source}", None, content_hash(message))


ASSESSMENT = CompleteSelfAssessment(form_version="2025-1", completed_on=date(2025, 2, 10))
BAD = said("poison", WithdrawClaim(reason="of no use"))
GOOD = said("kantor", ASSESSMENT)


async def recorded(world: StoreWorld, stream_id: UUID) -> list[str]:
    return [each.event.type for each in await recorded_events(world.pool, stream_id)]


async def refusals(world: StoreWorld, stream_id: UUID) -> list[MessageRefused]:
    events = [each.event for each in await recorded_events(world.pool, stream_id)]
    return [event for event in events if isinstance(event, MessageRefused)]


async def seen(world: StoreWorld, stream_id: UUID) -> bool:
    found: bool = await world.pool.fetchval(
        "select seen = wanted from wakeups where workflow_id = $1", claim_workflow_id(stream_id)
    )
    return found


async def test_the_others_of_its_batch_are_recorded_and_it_is_refused_with_its_hash(
    world: StoreWorld, owner: asyncpg.Connection
) -> None:
    claim = (await world.approved()).stream_id
    await poison(owner)

    await record_inbox(world.steps, claim, [BAD, GOOD])

    assert "self_assessment_completed" in await recorded(world, claim)
    [refusal] = await refusals(world, claim)
    assert refusal.ground is Ground.CANNOT_BE_RECORDED
    assert (refusal.name, refusal.content_sha256) == ("withdrawal", BAD.content_hash.hex())
    assert await tries(owner) == 2
    assert await seen(world, claim)
    [(apart, _)] = await not_over(world.pool)
    assert (apart.stream_id, apart.kind, apart.failure) == (claim, "message", "RaiseError")
    assert "of no use" not in repr(apart)


async def test_it_is_never_tried_a_third_time_until_somebody_says_it_is_over(
    world: StoreWorld, owner: asyncpg.Connection
) -> None:
    claim = (await world.approved()).stream_id
    await poison(owner)
    for _ in range(3):
        await record_inbox(world.steps, claim, [BAD])
    assert await tries(owner) == 2

    assert await end(world.pool, claim, by="an operator") == 1
    await owner.execute("drop trigger poison on messages")
    await record_inbox(world.steps, claim, [BAD])

    assert "claim_withdrawn" in await recorded(world, claim)
    assert await not_over(world.pool) == []


async def test_where_even_the_refusal_cannot_be_recorded_the_run_goes_on(
    world: StoreWorld, owner: asyncpg.Connection
) -> None:
    claim = (await world.approved()).stream_id
    await poison(owner, "poison,refused")

    result = await record_inbox(world.steps, claim, [BAD, GOOD])

    assert result.next_step.todo == "transfer"
    assert await refusals(world, claim) == []
    assert "self_assessment_completed" in await recorded(world, claim)
    assert [apart.content_sha256 for apart, _ in await not_over(world.pool)] == [BAD.content_hash.hex()]
    assert await seen(world, claim)


@pytest.mark.parametrize(
    ("code", "times"),
    [("57P01", 1), ("53100", 1), ("40P01", 4), ("55P03", 1), ("25006", 1), ("42501", 1)],
    ids=["shut down", "disk full", "deadlock, tried again", "locked", "read only", "not allowed"],
)
async def test_an_outage_is_no_fault_of_the_entry(
    world: StoreWorld, owner: asyncpg.Connection, code: str, times: int
) -> None:
    claim = (await world.approved()).stream_id
    await poison(owner, code=code)

    with pytest.raises(asyncpg.PostgresError):
        await record_inbox(world.steps, claim, [BAD, GOOD])

    assert await tries(owner) == times
    assert await refusals(world, claim) == []
    assert await not_over(world.pool) == []


async def test_a_step_that_fails_without_entries_keeps_failing_and_sets_nothing_apart(
    world: StoreWorld, owner: asyncpg.Connection
) -> None:
    claim = (await world.approved()).stream_id
    await owner.execute(
        "create function broken() returns trigger language plpgsql as "
        "$$ begin raise exception 'a bug'; end $$; "
        "create trigger broken before update on claims for each row execute function broken()"
    )

    for incoming in ([], [GOOD]):
        with pytest.raises(asyncpg.RaiseError):
            await record_inbox(world.steps, claim, incoming)

    assert await not_over(world.pool) == []
