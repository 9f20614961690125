"""Events are added and never changed; whoever changes one all the same is found out."""

import asyncpg
import pytest
from support.store_world import StoreWorld

from store.claims.history import recorded_events
from store.database import APPLICATION_ROLE
from store.engine.streams import first_broken_version

COLUMNS = {"events": "actor", "ledger_entries": "amount_idr", "people": "name", "accounts": "bank_code"}


async def test_the_application_cannot_change_what_is_recorded(world: StoreWorld) -> None:
    for table, column in COLUMNS.items():
        for statement in (
            f"update {table} set {column} = {column}",
            f"delete from {table}",
            f"truncate {table} cascade",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await world.pool.execute(statement)


async def test_the_application_cannot_make_or_drop_tables(world: StoreWorld) -> None:
    assert await world.pool.fetchval("select current_user") == APPLICATION_ROLE
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.pool.execute("drop table events")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.pool.execute("create table public.own_events (stream_id uuid)")


TAMPERING = {
    "one byte of a payload": "update events set payload = set_byte(payload, 12, 65) where version = 2",
    "who said it": "update events set actor = 'officer-7' where version = 2",
    "when it was recorded": "update events set recorded_at = recorded_at + interval '1 us' where version = 2",
    "what kind it is": "update events set type = 'claim_withdrawn' where version = 2",
    "its own hash": "update events set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where version = 2",
    "an event taken out": "delete from events where version = 2",
}


async def test_the_first_changed_event_is_named(world: StoreWorld) -> None:
    result = await world.approved()
    assert await first_broken_version(world.pool, result.stream_id) is None
    owner = await asyncpg.connect()

    for what, statement in TAMPERING.items():
        transaction = owner.transaction()
        await transaction.start()
        await owner.execute(statement)
        assert await first_broken_version(owner, result.stream_id) == 2, what
        await transaction.rollback()

    await owner.close()


async def test_events_cut_off_at_the_end_are_missed(world: StoreWorld) -> None:
    result = await world.approved()
    owner = await asyncpg.connect()

    await owner.execute("delete from events where version = $1", result.version)
    await owner.close()

    assert await first_broken_version(world.pool, result.stream_id) == result.version


async def test_an_event_carries_who_said_it_in_which_message(world: StoreWorld) -> None:
    result = await world.filed()
    message_ids = await world.pool.fetch("select message_id from messages order by received_at, message_id")

    recorded = await recorded_events(world.pool, result.stream_id)

    assert [(r.version, r.actor, r.source) for r in recorded] == [
        (1, "portal", "portal"),
        (2, "portal", "portal"),
    ]
    assert [r.message_id for r in recorded] == [row["message_id"] for row in message_ids]
    assert {(r.recorded_at, r.effective_at) for r in recorded} == {(result.at, result.at)}


async def test_every_event_names_the_law_and_the_calendar_it_was_decided_by(world: StoreWorld) -> None:
    await world.approved()

    rows = await world.pool.fetch("select distinct rules_version, calendar_version from events")

    assert [(r["rules_version"], r["calendar_version"]) for r in rows] == [
        (world.steps.law.version, world.steps.calendar.version)
    ]
    assert world.steps.calendar.version.startswith("holidays ")


async def test_no_event_and_no_answer_says_who_somebody_is(world: StoreWorld) -> None:
    await world.approved()

    stored = await world.pool.fetchval(
        "select (select string_agg(convert_from(payload, 'UTF8'), '') from events) "
        "|| (select string_agg(answer, '') from messages) "
        "|| (select string_agg(news::text, '') from wakeups) "
        "|| (select string_agg(c::text, '') from claims c) || (select string_agg(o::text, '') "
        "from payment_orders o)"
    )

    for secret in ("3171011203850001", "Budi", "budi@example.id", "Mawar", "1985-03-12", "1234567890"):
        assert secret not in stored
