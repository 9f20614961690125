"""A kind of stream that no claim knows runs through the whole engine: a training provider's invoice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import pytest
from pydantic import TypeAdapter
from support.store_world import StoreWorld

from law.grounds import Frozen, Ground
from law.regimes import LAW
from payments.context import DecisionContext
from payments.ledger import LedgerAccount, Posting, owed, paid
from payments.obligations import Creditor, CreditorKind, NewOrder
from payments.orders import OrderMove, OrderState
from sandbox.servers.postgres import PostgresServer
from store.claims.notices import mark_sent
from store.engine.kinds import NewNotice, StreamKind, Written
from store.engine.messages import Incoming, MessageIdReused, UnknownStream
from store.engine.step import Caller, StepRunner
from store.engine.streams import first_broken_version, load, open_stream
from store.ids import new_id
from store.payments.ledger import balance
from store.payments.orders import begin_sending
from store.scheduling.clock import advance_by, is_ready
from store.scheduling.wakeups import lease, want_open_streams

PROVIDER = Creditor(CreditorKind.PROVIDER, UUID(int=7))
TERM = timedelta(days=14)


class Invoiced(Frozen):
    """A provider sent an invoice."""

    type: Literal["invoiced"] = "invoiced"
    amount_idr: int
    due_at: datetime


class Ordered(Frozen):
    """Its payment was ordered on the day it fell due."""

    type: Literal["ordered"] = "ordered"
    order_id: UUID
    amount_idr: int


class Paid(Frozen):
    """The bank paid it."""

    type: Literal["paid"] = "paid"
    order_id: UUID
    amount_idr: int


InvoiceEvent = Invoiced | Ordered | Paid
EVENT: TypeAdapter[InvoiceEvent] = TypeAdapter(InvoiceEvent)


class Send(Frozen):
    """Send an invoice."""

    kind: Literal["send"] = "send"
    amount_idr: int


class Settle(Frozen):
    """Say that the bank paid it."""

    kind: Literal["settle"] = "settle"


class Refused(Frozen):
    """A message that could not be taken."""

    kind: Literal["refused"] = "refused"
    content_sha256: str


Command = Send | Settle | Refused


class Answer(Frozen):
    """Whether it counted."""

    counts: bool


@dataclass(frozen=True)
class Invoice:
    """An invoice after its events."""

    amount_idr: int = 0
    due_at: datetime | None = None
    order_id: UUID | None = None
    is_paid: bool = False


@dataclass(frozen=True)
class Effect:
    """An event and when it takes effect."""

    event: InvoiceEvent
    effective_at: datetime


@dataclass(frozen=True)
class Decision:
    """Events and the answer."""

    events: tuple[InvoiceEvent, ...]
    result: Answer


@dataclass(frozen=True)
class Step:
    """What is to be done with an invoice."""

    next_at: datetime | None
    is_work: bool
    is_finished: bool

    @property
    def attention(self) -> tuple[object, ...]:
        """Whatever changes wakes."""
        return (self.next_at, self.is_work, self.is_finished)


def evolve(invoice: Invoice, event: InvoiceEvent) -> Invoice:
    match event:
        case Invoiced():
            return Invoice(event.amount_idr, event.due_at)
        case Ordered():
            return replace(invoice, order_id=event.order_id)
        case Paid():
            return replace(invoice, is_paid=True)


def decide(invoice: Invoice, command: Command, context: DecisionContext) -> Decision:
    match command:
        case Send() if invoice.due_at is None:
            event = Invoiced(amount_idr=command.amount_idr, due_at=context.received_or_now + TERM)
            return Decision((event,), Answer(counts=True))
        case Settle() if invoice.order_id is not None and not invoice.is_paid:
            settled = Paid(order_id=invoice.order_id, amount_idr=invoice.amount_idr)
            return Decision((settled,), Answer(counts=True))
        case _:
            return Decision((), Answer(counts=False))


def automatic(invoice: Invoice, context: DecisionContext) -> Sequence[Effect]:
    if invoice.due_at is None or invoice.order_id is not None or invoice.due_at > context.horizon:
        return ()
    ordered = Ordered(order_id=context.fresh_order_ids[0], amount_idr=invoice.amount_idr)
    return (Effect(ordered, invoice.due_at),)


def next_step(invoice: Invoice, context: DecisionContext) -> Step:
    to_send = invoice.order_id is not None and not invoice.is_paid
    return Step(None if invoice.order_id else invoice.due_at, to_send, invoice.is_paid)


def order_of(event: InvoiceEvent) -> NewOrder | OrderMove | None:
    match event:
        case Ordered():
            return NewOrder(event.order_id, "training/1", 1, 1, event.amount_idr, 1)
        case Paid():
            return OrderMove(event.order_id, OrderState.SETTLED)
        case Invoiced():
            return None


def postings_of(event: InvoiceEvent) -> tuple[Posting, ...]:
    match event:
        case Invoiced():
            return (owed(1, event.amount_idr),)
        case Paid():
            return (paid(1, event.amount_idr, event.order_id),)
        case Ordered():
            return ()


def own_rows(written: Written[Invoice, InvoiceEvent], step: Step) -> dict[str, object]:
    return {"amount_idr": written.state.amount_idr, "is_paid": written.state.is_paid}


def lock(commands: Sequence[Command]) -> None:
    """Nothing beside the stream."""


def notices(written: Written[Invoice, InvoiceEvent]) -> tuple[NewNotice, ...]:
    """A reminder to who checks it, once, when it was sent."""
    sent_in = [each.event for each in written.effects if isinstance(each.event, Invoiced)]
    return tuple(NewNotice("invoice_received", 0, event.due_at, "1", 0) for event in sent_in)


def refusal(name: str, ground: Ground, content_sha256: str) -> Command:
    return Refused(content_sha256=content_sha256)


SCHEMA = """
create table invoices (
    stream_id uuid primary key, updated_at timestamptz, amount_idr bigint, is_paid boolean
);
grant select, insert, update on invoices to jkp_app;
create function keep_invoice(of_stream uuid, decided_at timestamptz, own_rows jsonb)
returns void language sql as $$
    insert into invoices
        values (of_stream, decided_at, (own_rows ->> 'amount_idr')::bigint, (own_rows ->> 'is_paid')::boolean)
        on conflict (stream_id) do update set updated_at = excluded.updated_at,
            amount_idr = excluded.amount_idr, is_paid = excluded.is_paid
$$;
"""
INVOICE: StreamKind[Invoice, InvoiceEvent, Command, Step, Answer] = StreamKind(
    name="invoice",
    empty=Invoice(),
    orders_max=1,
    read_event=EVENT.validate_json,
    read_result=Answer.model_validate_json,
    evolve=evolve,
    decide=decide,
    automatic=automatic,
    next_step=next_step,
    may_pay=lambda step: step.is_work,
    refusal=refusal,
    effect=Effect,
    creditor=lambda invoice: PROVIDER,
    order_of=order_of,
    postings_of=postings_of,
    lock=lock,
    notices=notices,
    own_rows=own_rows,
)
InvoiceSteps = StepRunner[Invoice, InvoiceEvent, Command, Step, Answer]


@pytest.fixture
async def invoices(world: StoreWorld, database: str, postgres: PostgresServer) -> InvoiceSteps:
    """The step of invoices beside claims, with a table of their own and an account of the provider."""
    owner = await postgres.connect(database)
    await owner.execute(SCHEMA)
    await owner.execute(
        "insert into accounts (creditor_kind, creditor_id, version, bank_code, account_number, holder_name)"
        " values ('provider', $1, 1, '014', '1234567890', 'LPK MAJU')",
        PROVIDER.creditor_id,
    )
    await owner.close()
    return StepRunner(INVOICE, world.pool, LAW, world.steps.calendar)


def incoming(command: Command, message_id: str) -> Incoming[Command]:
    return Incoming(command, "provider", message_id, "portal:provider")


async def sent(invoices: InvoiceSteps) -> UUID:
    """An invoice of 7,500,000 rupiah in a stream of its own."""
    stream_id = new_id()
    async with invoices.pool.acquire() as connection, connection.transaction():
        await open_stream(connection, INVOICE.name, stream_id)
        message = incoming(Send(amount_idr=7_500_000), "1")
        await invoices.run_step_in(connection, stream_id, (message,), Caller.OTHER, opened=True)
    return stream_id


async def test_it_is_opened_woken_paid_once_and_finished(invoices: InvoiceSteps) -> None:
    pool, stream_id = invoices.pool, await sent(invoices)
    assert [w.workflow_id for w in await lease(pool, most=9, lease_seconds=9)] == [f"invoice/{stream_id}"]
    waiting = await invoices.run_step(stream_id, caller=Caller.WORKFLOW)
    assert not waiting.next_step.is_work
    assert len(waiting.unsent_notices) == 1
    await mark_sent(pool, waiting.unsent_notices[0])
    async with pool.acquire() as connection:
        await advance_by(connection, TERM)

    due = await invoices.run_step(stream_id, caller=Caller.WORKFLOW)
    assert due.next_step.is_work
    assert due.state.order_id is not None
    permit = await begin_sending(pool, due.state.order_id, lease=timedelta(seconds=30))
    assert permit is not None
    assert (permit.amount_idr, permit.creditor) == (7_500_000, PROVIDER)
    assert await begin_sending(pool, due.state.order_id, lease=timedelta(seconds=30)) is None
    over = await invoices.run_step(stream_id, (incoming(Settle(), "2"),), Caller.WORKFLOW)

    assert over.next_step.is_finished
    assert [await balance(pool, account) for account in LedgerAccount] == [7_500_000, 0, 0, -7_500_000]
    assert [r.event.type for r in await load(pool, stream_id, INVOICE.read_event)] == [
        "invoiced",
        "ordered",
        "paid",
    ]
    assert await first_broken_version(pool, stream_id) is None
    assert await pool.fetchval("select (amount_idr, is_paid) = (7500000, true) from invoices")
    assert await want_open_streams(pool) == 0
    assert await is_ready(pool)


async def test_the_same_message_is_one_and_another_content_under_its_id_is_refused(
    invoices: InvoiceSteps,
) -> None:
    stream_id = await sent(invoices)
    again = await invoices.run_step(stream_id, (incoming(Send(amount_idr=7_500_000), "1"),))
    assert (again.replayed, again.results) == (True, (Answer(counts=True),))
    with pytest.raises(MessageIdReused):
        await invoices.run_step(stream_id, (incoming(Send(amount_idr=1), "1"),))


async def test_a_claim_is_no_invoice(invoices: InvoiceSteps, world: StoreWorld) -> None:
    filed = await world.filed()
    with pytest.raises(UnknownStream):
        await invoices.run_step(filed.stream_id)


async def test_claims_beside_it_go_on(invoices: InvoiceSteps, world: StoreWorld) -> None:
    await sent(invoices)
    approved = await world.approved()
    assert approved.state.months[0].authorized is not None
    assert await want_open_streams(world.pool) == 2
