"""The ledger: double entry in whole rupiah, balanced by a constraint, never changed.

Accounts: `benefits` (what was granted), `payable` (what is owed to claimants), `receivable` (what was paid
and not owed, marked and never collected), `bank` (what left the fund; negative). The sum of `bank` equals
the debits less the credits of the bank's statement.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from claims import events as e
from store.database import Connection, Pool
from store.ids import new_id


class Posting(NamedTuple):
    """An amount in rupiah from the credit account to the debit account."""

    month: int
    amount_idr: int
    debit: str
    credit: str
    order_id: UUID | None = None


def postings_of(event: e.Event) -> tuple[Posting, ...]:
    """The postings of an event: none where it moves no money of the fund."""
    match event:
        case e.PaymentSettled():
            return (Posting(event.month, event.amount_idr, "payable", "bank", event.order_id),)
        case e.PaymentReturned():
            return (Posting(event.month, event.amount_idr, "bank", "payable", event.order_id),)
        case e.ReceivableFound():
            return (Posting(event.month, event.amount_idr, "receivable", "benefits"),)
        case e.ReceivableDropped():
            return (Posting(event.month, event.amount_idr, "benefits", "receivable"),)
        case _:
            granted = _granted_by_the_fund(event)
            return tuple(Posting(month, idr, "benefits", "payable") for month, idr in granted if idr > 0)


def _granted_by_the_fund(event: e.Event) -> tuple[tuple[int, int], ...]:
    """Months and what the fund came to owe of each."""
    match event:
        case e.BenefitAuthorized(payer="bpjs"):
            return ((event.month, event.amount_idr - event.paid_ahead_idr),)
        case e.MonthAdjusted(payer="bpjs"):
            return ((event.month, event.difference_idr),)
        case e.PayerRedetermined():
            return tuple((each.month, each.amount_idr) for each in event.months)
        case _:
            return ()


async def post(connection: Connection, stream_id: UUID, event: e.Event, at: datetime) -> None:
    """The postings of an event, each as two entries."""
    for posting in postings_of(event):
        posting_id, to = new_id(), (stream_id, posting.month, posting.order_id, at)
        await connection.executemany(
            "insert into ledger_entries"
            " (posting_id, account, amount_idr, stream_id, month, order_id, booked_at)"
            " values ($1, $2, $3, $4, $5, $6, $7)",
            [
                (posting_id, posting.debit, posting.amount_idr, *to),
                (posting_id, posting.credit, -posting.amount_idr, *to),
            ],
        )


async def balance(connection: Connection | Pool, account: str) -> int:
    """Sum of an account in rupiah."""
    total = await connection.fetchval(
        "select coalesce(sum(amount_idr), 0) from ledger_entries where account = $1", account
    )
    return int(total)
