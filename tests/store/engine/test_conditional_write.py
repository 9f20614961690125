"""A step is two round trips, and what it read without a lock must still stand when it is written."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from support.store_world import StoreWorld, paid_record

from claims.commands.command import Command, RecordContributions
from law.grounds import Ground
from store.claims.history import recorded_events
from store.claims.kind import claim_workflow_id
from store.claims.notices import mark_sent, revive
from store.database import Connection
from store.engine import step as engine
from store.engine.messages import Incoming
from store.engine.reading import read_stream
from store.engine.step import Caller
from store.engine.writing import Changed, write
from store.payments.orders import begin_sending, resume_payments, stop_payments
from store.scheduling.clock import advance_by
from store.scheduling.wakeups import lease, want

Change = Callable[[StoreWorld, UUID], Awaitable[object]]
PORTAL = "portal"


@asynccontextmanager
async def between_read_and_write(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[int], Awaitable[object]]
) -> AsyncIterator[list[str]]:
    """Something happens after each read of a step, told which read it is; what became of each write."""
    became: list[str] = []
    reads = 0

    async def read(*arguments: Any) -> object:
        nonlocal reads
        result: object = await read_stream(*arguments)
        reads += 1
        await change(reads)
        return result

    async def written(*arguments: Any) -> object:
        result: Changed | tuple[UUID, ...] = await write(*arguments)
        became.append(result.value if isinstance(result, Changed) else "written")
        return result

    monkeypatch.setattr(engine, "read_stream", read)
    monkeypatch.setattr(engine, "write", written)
    yield became
    monkeypatch.undo()


async def a_step(world: StoreWorld, stream_id: UUID) -> None:
    """A step of somebody else that appends no event, through another process."""
    await world.pool.execute("update streams set revision = revision + 1 where stream_id = $1", stream_id)


async def the_order_is_sent(world: StoreWorld, stream_id: UUID) -> None:
    order_id = await world.pool.fetchval(
        "select order_id from payment_orders where stream_id = $1", stream_id
    )
    assert await begin_sending(world.pool, order_id, lease=timedelta(seconds=30)) is not None


async def a_letter_is_sent(world: StoreWorld, stream_id: UUID) -> None:
    await mark_sent(world.pool, await world.pool.fetchval("select notice_id from notices limit 1"))


async def letters_are_taken_up(world: StoreWorld, stream_id: UUID) -> None:
    await world.pool.execute("update notices set given_up_at = now(), given_up_reason = 'no_address'")
    assert await revive(world.pool, stream_id) == 3


async def a_day_passes(world: StoreWorld, stream_id: UUID) -> None:
    async with world.pool.acquire() as connection:
        await advance_by(connection, timedelta(days=1))


async def payments_are_stopped(world: StoreWorld, stream_id: UUID) -> None:
    async with world.pool.acquire() as connection, connection.transaction():
        assert await stop_payments(connection, by="treasurer-1", reason="drill")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (a_step, "revision"),
        (the_order_is_sent, "revision"),
        (a_letter_is_sent, "revision"),
        (letters_are_taken_up, "revision"),
        (a_day_passes, "generation"),
        (payments_are_stopped, "generation"),
    ],
)
async def test_what_changed_after_the_read_is_read_again(
    world: StoreWorld, monkeypatch: pytest.MonkeyPatch, change: Change, says: str
) -> None:
    approved = await world.approved()

    async def after(read: int) -> None:
        if read == 1:
            await change(world, approved.stream_id)

    async with between_read_and_write(monkeypatch, after) as became:
        await world.steps.run_step(approved.stream_id, (), Caller.WORKFLOW)

    assert became == [says, "written"]


async def test_payments_that_run_again_are_a_generation_too(world: StoreWorld) -> None:
    await payments_are_stopped(world, UUID(int=0))
    before = await world.pool.fetchval("select number from generation")

    async with world.pool.acquire() as connection, connection.transaction():
        assert await resume_payments(connection)

    assert await world.pool.fetchval("select number from generation") == before + 1


async def test_it_decides_again_at_another_instant_on_what_was_received_at_the_first(
    world: StoreWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = await world.filed()
    record = RecordContributions(record=paid_record())

    async def after(read: int) -> None:
        if read == 1:
            await a_day_passes(world, filed.stream_id)

    async with between_read_and_write(monkeypatch, after) as became:
        result = await world.say(filed.stream_id, record)

    assert became == ["generation", "written"]
    assert result.at == filed.at + timedelta(days=1)
    received = await world.pool.fetchval("select received_at from messages where kind = $1", record.kind)
    assert received == filed.at


async def test_after_three_losses_it_reads_under_the_locks(
    world: StoreWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved = await world.approved()

    async def after(read: int) -> None:
        if read <= 3:
            await a_step(world, approved.stream_id)
            return
        waiting = asyncio.ensure_future(a_step(world, approved.stream_id))
        others.append(waiting)

    others: list[asyncio.Future[None]] = []
    async with between_read_and_write(monkeypatch, after) as became:
        await world.steps.run_step(approved.stream_id)
    await asyncio.gather(*others)

    assert became == ["revision", "revision", "revision", "written"]


async def test_a_wake_up_that_comes_after_the_read_is_not_seen_and_keeps_its_lease(
    world: StoreWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved = await world.approved()
    workflow_id = claim_workflow_id(approved.stream_id)

    async def after(read: int) -> None:
        await want(world.pool, workflow_id)
        assert [each.workflow_id for each in await lease(world.pool, most=9, lease_seconds=9)] == [
            workflow_id
        ]

    async with between_read_and_write(monkeypatch, after) as became:
        await world.steps.run_step(approved.stream_id, (), Caller.WORKFLOW)

    row = await world.pool.fetchrow(
        "select wanted - seen as unheard, sent_at is null as free, wanted_at is null as heard, news::text "
        "from wakeups where workflow_id = $1",
        workflow_id,
    )
    assert row is not None
    assert (became, tuple(row)) == (["written"], (1, False, False, "[]"))
    await world.steps.run_step(approved.stream_id, (), Caller.WORKFLOW)
    heard = (
        "select wanted = seen and sent_at is null and wanted_at is null from wakeups where workflow_id = $1"
    )
    assert await world.pool.fetchval(heard, workflow_id)


async def test_of_one_message_in_two_claims_at_once_one_is_recorded(
    world: StoreWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await world.filed()
    other = await world.report(await world.layoff(nik="3171014203850002"))
    record: Incoming[Command] = world.incoming(RecordContributions(record=paid_record()), message_id="same")

    async def after(read: int) -> None:
        if read == 1:
            monkeypatch.undo()
            await world.steps.run_step(first.stream_id, [record], Caller.WORKFLOW)

    async with between_read_and_write(monkeypatch, after):
        result = await world.steps.run_step(other.stream_id, [record], Caller.WORKFLOW)

    assert [each.verdict.ground for each in result.results] == [Ground.MESSAGE_ID_REUSED]
    stored = await world.pool.fetch("select stream_id from messages where message_id = 'same'")
    assert [row["stream_id"] for row in stored] == [first.stream_id]


async def statements_of(world: StoreWorld, run: Callable[[], Awaitable[object]]) -> list[str]:
    """The first words of every statement that a session of the pool sends meanwhile."""
    sent: list[str] = []
    async with world.pool.acquire() as connection:
        connection.add_query_logger(lambda record: sent.append(record.query.split()[0]))
        pool = world.steps.pool
        world.steps.pool = OnePool(connection)  # type: ignore[assignment]
        try:
            await run()
        finally:
            world.steps.pool = pool
    return sent


class OnePool:
    """A pool of one session."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[Connection]:
        yield self.connection


@pytest.mark.parametrize("caller", list(Caller))
async def test_a_step_with_money_and_letters_is_two_round_trips(world: StoreWorld, caller: Caller) -> None:
    filed = await world.filed()
    record = world.incoming(RecordContributions(record=paid_record()))
    await world.steps.run_step(filed.stream_id)

    sent = await statements_of(world, lambda: world.steps.run_step(filed.stream_id, [record], caller))

    assert sent == ["select", "select"]
    assert await world.pool.fetchval("select count(*) from payment_orders") == 1
    assert await world.pool.fetchval("select count(*) from notices where kind = 'claim_approved'") == 1
    assert len(await recorded_events(world.pool, filed.stream_id)) == 6
