"""The ledger: double entry in whole rupiah, balanced by a constraint, never changed.

Accounts: `benefits` (what was granted), `payable` (what is owed to claimants), `receivable` (what was paid
and not owed, marked and never collected), `bank` (what left the fund; negative). The sum of `bank` equals
the debits less the credits of the bank's statement.
"""

from datetime import datetime
from uuid import UUID

from claims import events as e
from store.database import Connection, Pool
from store.ids import new_id


async def post(connection: Connection, stream_id: UUID, event: e.Event, at: datetime) -> None:
    """The posting of an event, where it moves money."""
    match event:
        case e.BenefitAuthorized(payer="employer") | e.MonthAdjusted(payer="employer"):
            pass
        case e.BenefitAuthorized():
            rest_idr = event.amount_idr - event.paid_ahead_idr
            if rest_idr > 0:
                await _post(connection, stream_id, event.month, None, rest_idr, "benefits", "payable", at)
        case e.PayerRedetermined():
            for each in event.months:
                await _post(
                    connection, stream_id, each.month, None, each.amount_idr, "benefits", "payable", at
                )
        case e.MonthAdjusted():
            more_idr = event.difference_idr
            await _post(connection, stream_id, event.month, None, more_idr, "benefits", "payable", at)
        case e.ReceivableFound():
            back_idr = event.amount_idr
            await _post(connection, stream_id, event.month, None, back_idr, "receivable", "benefits", at)
        case e.PaymentSettled():
            order_id = event.order_id
            await _post(connection, stream_id, event.month, order_id, event.amount_idr, "payable", "bank", at)
        case e.PaymentReturned():
            order_id = event.order_id
            await _post(connection, stream_id, event.month, order_id, event.amount_idr, "bank", "payable", at)
        case _:
            pass


async def _post(
    connection: Connection,
    stream_id: UUID,
    month: int,
    order_id: UUID | None,
    amount_idr: int,
    debit: str,
    credit: str,
    at: datetime,
) -> None:
    posting = new_id()
    await connection.executemany(
        "insert into ledger_entries (posting_id, account, amount_idr, stream_id, month, order_id, booked_at)"
        " values ($1, $2, $3, $4, $5, $6, $7)",
        [
            (posting, debit, amount_idr, stream_id, month, order_id, at),
            (posting, credit, -amount_idr, stream_id, month, order_id, at),
        ],
    )


async def balance(connection: Connection | Pool, account: str) -> int:
    """Sum of an account in rupiah."""
    total = await connection.fetchval(
        "select coalesce(sum(amount_idr), 0) from ledger_entries where account = $1", account
    )
    return int(total)
