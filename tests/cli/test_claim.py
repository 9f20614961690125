"""`jkp claim`: what an operator sees of a claim, and waking it."""

import json
from uuid import UUID

import pytest
from support.store_world import StoreWorld

from cli.officers.claim import show_claim, wake_claim
from cli.problems import Refused

NOBODYS = UUID("0193aaaa-0000-7000-8000-000000000000")


async def test_an_approved_claim_shows_who_has_the_ball(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    result = await world.approved()

    assert await show_claim(result.stream_id, as_json=False) == 0

    shown = capsys.readouterr().out
    assert "in_benefit, benefit month 2 of 6; programme time 10 Feb 2025 08:00:00 WIB" in shown
    assert "month 1: bank owes the transfer until 14 Feb 2025 00:00:00 WIB" in shown
    assert "Rp3.000.000" in shown
    assert "payment_ordered" in shown


async def test_a_claim_as_json_names_months_payments_and_events(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    result = await world.approved()

    await show_claim(result.stream_id, as_json=True)

    shown = json.loads(capsys.readouterr().out)
    assert shown["claim_id"] == str(result.stream_id)
    assert shown["status"] == "in_benefit"
    first = shown["months"][0]
    assert (first["month"], first["state"], first["amount_idr"]) == (1, "owed", 3_000_000)
    assert [reason["condition"] for reason in first["reasons"]] == ["commitment", "bank_account"]
    assert [payment["state"] for payment in shown["payments"]] == ["ordered"]
    assert [event["type"] for event in shown["events"]][:2] == ["layoff_reported", "claim_filed"]


async def test_nothing_shown_of_a_claim_is_personal(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    result = await world.approved()

    await show_claim(result.stream_id, as_json=False)
    await show_claim(result.stream_id, as_json=True)

    shown = capsys.readouterr().out
    for personal in ("3171011203850001", "Budi", "1234567890", "budi@example.id", "6000000", "PT Maju"):
        assert personal not in shown


async def test_a_claim_that_nobody_reported_is_not_shown(world: StoreWorld) -> None:
    with pytest.raises(Refused, match="no claim"):
        await show_claim(NOBODYS, as_json=False)


async def test_waking_a_claim_wants_its_workflow(world: StoreWorld) -> None:
    result = await world.filed()
    before = await world.pool.fetchval("select wanted from wakeups")

    assert await wake_claim(result.stream_id) == 0

    assert await world.pool.fetchval("select wanted from wakeups") == before + 1


async def test_waking_a_claim_writes_the_row_it_has_lost(world: StoreWorld) -> None:
    result = await world.filed()
    await _forget_wakeups(world)

    await wake_claim(result.stream_id)

    row = await world.pool.fetchrow("select workflow_id, wanted, seen from wakeups")
    assert row is not None
    assert tuple(row) == (f"claim/{result.stream_id}", 1, 0)


async def test_a_claim_that_nobody_reported_is_not_woken(world: StoreWorld) -> None:
    with pytest.raises(Refused, match="no claim"):
        await wake_claim(NOBODYS)


async def _forget_wakeups(world: StoreWorld) -> None:
    async with world.pool.acquire() as connection, connection.transaction():
        await connection.execute("set local role none")
        await connection.execute("delete from wakeups")
