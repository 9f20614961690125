"""Wake-ups: only what changed wants attention, and only the workflow's own step has seen it."""

from datetime import timedelta

import asyncpg
import pytest
from support.store_world import StoreWorld, paid_record

from claims.commands.command import CompleteSelfAssessment, RecordContributions, RecordJobSearch
from claims.events.facts import JobSearchEffort
from store.claims.kind import ClaimStepResult, claim_workflow_id
from store.engine.step import Caller
from store.scheduling.wakeups import NEWS_MAX, lease, seconds_unheard, sweep, want, want_open_streams


async def row(world: StoreWorld, result: ClaimStepResult) -> asyncpg.Record:
    found = await world.pool.fetchrow(
        "select *, wanted - seen as unheard from wakeups where workflow_id = $1",
        claim_workflow_id(result.stream_id),
    )
    assert found is not None
    return found


async def seen(world: StoreWorld, result: ClaimStepResult) -> ClaimStepResult:
    """The workflow asks."""
    return await world.steps.run_step(result.stream_id, (), Caller.WORKFLOW)


async def leased(world: StoreWorld, lease_seconds: float = 30) -> list[str]:
    return [w.workflow_id for w in await lease(world.pool, most=10, lease_seconds=lease_seconds)]


def application(result: ClaimStepResult, number: int) -> RecordJobSearch:
    effort = JobSearchEffort(
        reference=f"L-{number}", company=f"PT Tujuan {number}", position="Staf", done_on=result.at.date()
    )
    return RecordJobSearch(efforts=(effort,))


async def test_a_moving_count_of_applications_wants_no_attention_but_the_certification_does(
    world: StoreWorld,
) -> None:
    approved = await world.approved()
    await seen(world, approved)
    woke = [(await world.say(approved.stream_id, application(approved, n))).woke for n in range(1, 7)]
    assert woke == [False] * 6

    await world.pass_days(28)
    await seen(world, approved)
    certified = await world.say(approved.stream_id, world.certification(2))

    assert certified.woke
    assert (await row(world, approved))["unheard"] == 1


async def test_evidence_that_changes_nothing_wants_no_attention(world: StoreWorld) -> None:
    approved = await world.approved()
    await seen(world, approved)

    result = await world.say(
        approved.stream_id, CompleteSelfAssessment(form_version="a-1", completed_on=approved.at.date())
    )

    assert not result.woke
    assert (await row(world, approved))["news"] == "[]"


async def test_only_the_step_of_the_workflow_sets_seen(world: StoreWorld) -> None:
    filed = await world.filed()
    before = await row(world, filed)
    assert before["unheard"] > 0

    for caller in (Caller.OTHER, Caller.ACTIVITY):
        await world.steps.run_step(filed.stream_id, (), caller)
        assert (await row(world, filed))["seen"] == before["seen"]

    await seen(world, filed)
    after = await row(world, filed)
    assert (after["unheard"], after["news"], after["sent_at"]) == (0, "[]", None)


async def test_what_the_workflow_changes_itself_wants_no_attention(world: StoreWorld) -> None:
    filed = await world.filed()

    result = await world.say(
        filed.stream_id, RecordContributions(record=paid_record()), caller=Caller.WORKFLOW
    )

    assert not result.woke
    assert (await row(world, filed))["unheard"] == 0


async def test_what_an_activity_records_is_wanted_under_its_own_lease(world: StoreWorld) -> None:
    filed = await world.filed()
    await seen(world, filed)

    result = await world.say(
        filed.stream_id, RecordContributions(record=paid_record()), caller=Caller.ACTIVITY
    )

    assert result.woke
    assert (await row(world, filed))["unheard"] == 1
    assert await leased(world) == []
    assert await leased(world, lease_seconds=0) == [claim_workflow_id(filed.stream_id)]


async def test_a_row_is_leased_once_until_the_lease_is_over(world: StoreWorld) -> None:
    filed = await world.filed()

    assert await leased(world) == [claim_workflow_id(filed.stream_id)]
    assert await leased(world) == []
    await world.pool.execute("update wakeups set sent_at = sent_at - interval '31 seconds'")
    assert await leased(world) == [claim_workflow_id(filed.stream_id)]


async def test_a_lease_carries_what_is_new(world: StoreWorld) -> None:
    filed = await world.filed()
    ids = await world.pool.fetch("select kind, message_id from messages order by message_id")

    [wakeup] = await lease(world.pool, most=10, lease_seconds=30)

    assert sorted(wakeup.news, key=lambda pair: pair[1]) == [(r["kind"], r["message_id"]) for r in ids]
    assert wakeup.wanted == (await row(world, filed))["wanted"]


async def test_the_longest_waiting_rows_are_leased_first_and_no_more_than_asked_for(
    world: StoreWorld,
) -> None:
    niks = ("3171011203850001", "3273014502900002", "3578016203880003")
    result = [await world.filed(nik=nik) for nik in niks]
    await leased(world)
    await world.pool.execute(
        "update wakeups set sent_at = now() - interval '2 minutes' where workflow_id = $1",
        claim_workflow_id(result[1].stream_id),
    )
    await world.pool.execute(
        "update wakeups set sent_at = now() - interval '1 minute' where workflow_id = $1",
        claim_workflow_id(result[2].stream_id),
    )

    first = await lease(world.pool, most=1, lease_seconds=30)

    assert [w.workflow_id for w in first] == [claim_workflow_id(result[1].stream_id)]


async def test_news_is_kept_short(world: StoreWorld) -> None:
    approved = await world.approved()
    for _ in range(NEWS_MAX + 10):
        await world.pool.execute(
            'update wakeups set news = news || \'[["wake", "m"]]\' where jsonb_array_length(news) < 50'
        )

    await world.say(approved.stream_id, *(application(approved, n) for n in range(1, 6)))

    assert await world.pool.fetchval("select jsonb_array_length(news) from wakeups") == NEWS_MAX


async def test_attention_can_be_wanted_by_hand(world: StoreWorld) -> None:
    filed = await world.filed()
    await leased(world)

    assert await want(world.pool, claim_workflow_id(filed.stream_id))
    assert not await want(world.pool, "claim/unknown")
    assert await leased(world) == [claim_workflow_id(filed.stream_id)]


async def test_a_claim_that_only_waits_has_nothing_to_do_since(world: StoreWorld) -> None:
    reported = await world.report(await world.layoff())
    assert (await row(world, reported))["todo_since"] is not None  # its letter is not sent

    await world.pool.execute("update notices set sent_at = now()")
    await seen(world, reported)

    assert (await row(world, reported))["todo_since"] is None
    assert (await row(world, reported))["due_at"] == reported.next_step.next_at


async def test_the_sweep_wants_what_is_due(world: StoreWorld) -> None:
    reported = await world.report(await world.layoff())
    await world.pool.execute("update notices set sent_at = now()")
    await seen(world, reported)
    assert await sweep(world.pool) == 0

    await world.pool.execute("update clock set programme_at = (select due_at from wakeups)")

    assert await sweep(world.pool) == 1
    assert (await row(world, reported))["unheard"] == 1


async def test_the_sweep_leaves_alone_what_is_wanted_already(world: StoreWorld) -> None:
    await world.filed()
    await world.pool.execute("update wakeups set todo_since = now() - interval '1 day'")

    assert await sweep(world.pool) == 0


async def test_the_sweep_comes_back_at_doubling_intervals_up_to_an_hour(world: StoreWorld) -> None:
    filed = await world.filed()

    async def swept_after(undone: timedelta) -> tuple[int, float]:
        await seen(world, filed)
        await world.pool.execute(
            "update wakeups set todo_since = clock_timestamp() - $1::interval, "
            "sweep_after = least(sweep_after, clock_timestamp())",
            undone,
        )
        count = await sweep(world.pool)
        pause = await world.pool.fetchval(
            "select extract(epoch from sweep_after - clock_timestamp()) from wakeups"
        )
        return count, 0 if pause is None else round(float(pause) / 10) * 10

    assert await swept_after(timedelta(seconds=110)) == (0, 0)
    assert await swept_after(timedelta(minutes=2)) == (1, 120)
    assert await swept_after(timedelta(minutes=4)) == (1, 240)
    assert await swept_after(timedelta(minutes=8)) == (1, 480)
    assert await swept_after(timedelta(hours=5)) == (1, 3_600)
    await seen(world, filed)
    assert await sweep(world.pool) == 0


async def test_when_something_is_done_at_last_the_intervals_begin_anew(world: StoreWorld) -> None:
    filed = await world.filed()
    await world.pool.execute("update notices set sent_at = now()")
    await seen(world, filed)
    await world.pool.execute("update wakeups set todo_since = now() - interval '5 hours'")
    await sweep(world.pool)

    await world.say(filed.stream_id, RecordContributions(record=paid_record()))
    await world.pool.execute("update notices set sent_at = now()")
    await world.pool.execute("insert into payment_stop (stopped_by, reason) values ('t', 'r')")
    await seen(world, filed)

    after = await row(world, filed)
    assert (after["todo_since"], after["sweep_after"]) == (None, None)


async def test_every_open_claim_can_be_woken_and_a_finished_one_is_not(world: StoreWorld) -> None:
    filed = await world.filed()
    lapsed = await world.report(await world.layoff(nik="3273014502900002"))
    await world.pool.execute("update streams set is_open = false where stream_id = $1", lapsed.stream_id)
    for result in (filed, lapsed):
        await world.pool.execute(
            "update wakeups set seen = wanted where workflow_id = $1", claim_workflow_id(result.stream_id)
        )

    assert await want_open_streams(world.pool) == 1
    assert (await row(world, filed))["unheard"] == 1


async def test_how_long_somebody_has_been_unheard_is_told(world: StoreWorld) -> None:
    assert await seconds_unheard(world.pool) == 0
    filed = await world.filed()
    await world.pool.execute("update wakeups set wanted_at = now() - interval '90 seconds'")

    assert await seconds_unheard(world.pool) == pytest.approx(90, abs=5)
    await seen(world, filed)
    assert await seconds_unheard(world.pool) == 0
