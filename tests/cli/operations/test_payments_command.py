"""`jkp payments`: the treasurer's switch."""

import json

import pytest
from support.store_world import StoreWorld

from cli.operations.payments import list_orders, resume_all, stop_all
from cli.problems import Refused
from store.engine.step import Caller


async def test_stopped_payments_are_awaited_of_the_treasurer(world: StoreWorld) -> None:
    result = await world.approved()

    assert await stop_all(reason="rekening sumber diperiksa", by="bendahara") == 0

    step = (await world.steps.run_step(result.stream_id, (), Caller.WORKFLOW)).next_step
    assert (step.awaited[0].what, step.awaited[0].owner.value, step.todo.value) == (
        "payments_resumed",
        "treasurer",
        "wait",
    )


async def test_resuming_wakes_every_claim_with_a_waiting_order(world: StoreWorld) -> None:
    result = await world.approved()
    await stop_all(reason="rekening sumber diperiksa", by="bendahara")
    await world.steps.run_step(result.stream_id, (), Caller.WORKFLOW)

    assert await resume_all() == 0

    assert await world.pool.fetchval("select wanted > seen from wakeups") is True


async def test_payments_are_stopped_once_and_resumed_once(world: StoreWorld) -> None:
    with pytest.raises(Refused, match="not stopped"):
        await resume_all()
    await stop_all(reason="rekening sumber diperiksa", by="bendahara")
    with pytest.raises(Refused, match="stopped already"):
        await stop_all(reason="lagi", by="bendahara")


async def test_a_stop_needs_a_reason(world: StoreWorld) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        await stop_all(reason=" ", by="bendahara")


async def test_the_list_says_who_stopped_payments_and_which_orders_wait(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    result = await world.approved()
    await stop_all(reason="rekening sumber diperiksa", by="bendahara")
    capsys.readouterr()

    await list_orders(claim=None, everything=False, as_json=False)

    shown = capsys.readouterr().out
    assert "by bendahara: rekening sumber diperiksa" in shown
    assert f"claim/{result.stream_id}  month 1 attempt 1  Rp3.000.000  ordered" in shown


async def test_a_final_order_is_listed_only_when_asked_for(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    result = await world.approved()
    await world.pool.execute("update payment_orders set state = 'settled'")

    await list_orders(claim=result.stream_id, everything=False, as_json=True)
    assert json.loads(capsys.readouterr().out) == {"stopped": None, "orders": []}

    await list_orders(claim=result.stream_id, everything=True, as_json=True)
    orders = json.loads(capsys.readouterr().out)["orders"]
    assert [(order["month"], order["amount_idr"], order["state"]) for order in orders] == [
        (1, 3_000_000, "settled")
    ]


async def test_an_order_that_a_later_answer_contradicts_stays_listed(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.approved()
    await world.pool.execute("update payment_orders set state = 'settled', contradictions = '{refused}'")

    await list_orders(claim=None, everything=False, as_json=False)

    assert "settled  CONTRADICTED" in capsys.readouterr().out
