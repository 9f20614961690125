"""One claim on the real servers, the clock moved by hand."""

from collections.abc import Sequence
from datetime import date

from support.engine import Engine
from temporalio.api.history.v1 import HistoryEvent
from temporalio.converter import PayloadConverter

from payments.ledger import LedgerAccount
from store.payments.ledger import balance

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
    assert await balance(engine.world.pool, LedgerAccount.BANK) == -18_000_000
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


async def test_every_step_says_why_it_was_asked_and_nobody_waits_long_for_a_dead_worker(
    engine: Engine,
) -> None:
    claim = await engine.world.filed()
    await engine.settled()
    await engine.pass_days(35)

    events = (await engine.run_of(claim).fetch_history()).events
    whys = [summary_of(event) for event in events if event.HasField("marker_recorded_event_attributes")]
    assert whys[0].startswith("signal ")
    assert whys[0].endswith("the run begins")
    assert {"contribution record fetched", "transfer answered", "signal wake"} <= set(whys)
    assert term_by_activity(events) == {"fetch_contribution_record": 15, "transfer": 10, "send_notices": 10}


def term_by_activity(events: Sequence[HistoryEvent]) -> dict[str, int]:
    """Seconds after which an activity of a worker that died is tried again."""
    return {
        scheduled.activity_type.name: min(
            term.seconds
            for term in (scheduled.heartbeat_timeout, scheduled.start_to_close_timeout)
            if term.seconds
        )
        for event in events
        if (scheduled := event.activity_task_scheduled_event_attributes).activity_type.name
    }


def summary_of(event: HistoryEvent) -> str:
    text: str = PayloadConverter.default.from_payload(event.user_metadata.summary)
    return text
