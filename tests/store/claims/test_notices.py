"""Letters are queued by the step that records what they tell, each once."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from support.store_world import StoreWorld

from claims.agenda.notices import Notice, NoticeKind
from claims.events.undelivered import Undelivered
from store.claims.notices import give_up, mark_sent, revive, unsent_of
from store.engine.step import Caller

DUE = datetime(2025, 3, 9, 17, 0, tzinfo=UTC)


async def kinds(world: StoreWorld) -> list[str]:
    rows = await world.pool.fetch("select kind, month from notices order by due_at, kind")
    return [f"{row['kind']} {row['month']}" for row in rows]


async def test_a_letter_is_unique_on_stream_kind_month_and_due_instant(world: StoreWorld) -> None:
    result = await world.filed()
    await world.pool.execute("update notices set sent_at = now()")
    reminder = Notice(NoticeKind.MONTH_OPEN, 2, DUE)
    others = [
        Notice(NoticeKind.MONTH_AT_RISK, 2, DUE),
        Notice(NoticeKind.MONTH_OPEN, 3, DUE),
        Notice(NoticeKind.MONTH_OPEN, 2, DUE + timedelta(seconds=1)),
    ]

    for notice in (reminder, *others):
        await world.queue(result, notice)
    for notice in (reminder, *others):
        with pytest.raises(asyncpg.UniqueViolationError, match="notices_each_once"):
            await world.queue(result, notice)

    assert len((await world.steps.run_step(result.stream_id)).unsent_notices) == 4


async def test_whoever_finds_a_reminder_due_queues_it_once(world: StoreWorld) -> None:
    approved = await world.approved()
    await world.pass_days(28)

    await asyncio.gather(
        *(world.steps.run_step(approved.stream_id, (), c) for c in (*Caller, Caller.OTHER, Caller.WORKFLOW))
    )

    assert (await kinds(world)).count("month_open 2") == 1


async def test_what_is_recorded_is_told_in_its_order(world: StoreWorld) -> None:
    approved = await world.approved()

    assert sorted(await kinds(world)) == ["claim_approved 0", "claim_received 0", "layoff_reported 0"]
    assert len(approved.unsent_notices) == 3


async def test_a_letter_is_about_the_claim_as_it_stood(world: StoreWorld) -> None:
    filed = await world.filed()
    version = filed.version

    await world.say(filed.stream_id, world.certification(2))

    queued = await unsent_of(world.pool, filed.stream_id)
    assert {each.notice.kind: each.stream_version for each in queued} == {
        "layoff_reported": 1,
        "claim_received": version,
    }


async def test_a_letter_sent_or_given_up_is_no_longer_unsent(world: StoreWorld) -> None:
    filed = await world.filed()
    first, second = filed.unsent_notices

    await mark_sent(world.pool, first)
    await give_up(world.pool, second, Undelivered.ADDRESS_REFUSED)

    assert (await world.say(filed.stream_id)).unsent_notices == ()
    assert await unsent_of(world.pool, filed.stream_id) == []


async def test_a_letter_that_was_sent_is_not_given_up_afterwards(world: StoreWorld) -> None:
    filed = await world.filed()
    await mark_sent(world.pool, filed.unsent_notices[0])

    await give_up(world.pool, filed.unsent_notices[0], Undelivered.ADDRESS_REFUSED)

    assert await world.pool.fetchval("select count(*) from notices where given_up_at is not null") == 0


async def test_letters_given_up_are_taken_up_again_by_their_reason(world: StoreWorld) -> None:
    filed = await world.filed()
    first, second = filed.unsent_notices
    await give_up(world.pool, first, Undelivered.RELAY_REFUSES)
    await give_up(world.pool, second, Undelivered.ADDRESS_REFUSED)

    assert await revive(world.pool, filed.stream_id, ["relay_refuses"]) == 1
    assert (await world.say(filed.stream_id)).unsent_notices == (first,)
    assert await revive(world.pool, filed.stream_id) == 1
    assert await revive(world.pool, filed.stream_id) == 0
