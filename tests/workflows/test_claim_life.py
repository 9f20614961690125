"""One claim on the real servers, the clock moved by hand."""

from datetime import date

from engine import Engine

from store.ledger import balance

SEARCHED_ON = {
    2: date(2025, 2, 20),
    3: date(2025, 3, 20),
    4: date(2025, 4, 20),
    5: date(2025, 5, 20),
    6: date(2025, 7, 20),
}


async def test_six_months_are_paid_once_each_and_the_ledger_equals_the_statement(engine: Engine) -> None:
    claim = await engine.world.filed()
    await engine.settled()
    for month, searched_on in SEARCHED_ON.items():
        while (await engine.today()) <= searched_on:
            await engine.pass_to_next()
        await engine.certified(claim, month, searched_on)

    assert [line["amount"] for line in await engine.statement()] == [3_000_000] * 6
    assert await balance(engine.world.pool, "bank") == -18_000_000
    assert await engine.run_of(claim).result() == "exhausted: nothing is awaited"


async def test_a_month_nobody_applied_for_is_forfeited_and_the_next_is_paid(engine: Engine) -> None:
    claim = await engine.world.filed()
    await engine.settled()
    await engine.pass_days(35)
    await engine.pass_days(25)
    await engine.certified(claim, 3, date(2025, 3, 20))

    rows = await engine.world.pool.fetch(
        "select type from events where type in ('month_forfeited', 'payment_settled') order by position"
    )
    assert [row["type"] for row in rows] == ["payment_settled", "month_forfeited", "payment_settled"]
    assert "Manfaat bulan ke-2 tidak dibayarkan" in await engine.letters()
