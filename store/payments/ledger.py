"""The ledger: double entry in whole rupiah, balanced by a constraint, never changed.

The sum of `bank` equals the debits less the credits of the bank's statement.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from payments.ledger import LedgerAccount, Posting
from store.database import Connection, Pool
from store.ids import new_id


async def post(connection: Connection, stream_id: UUID, postings: Sequence[Posting], at: datetime) -> None:
    """Postings of a stream, each as two entries."""
    for posting in postings:
        posting_id, to = new_id(), (stream_id, posting.month, posting.order_id, at)
        await connection.executemany(
            "insert into ledger_entries"
            " (posting_id, account, amount_idr, stream_id, month, order_id, booked_at)"
            " values ($1, $2, $3, $4, $5, $6, $7)",
            [
                (posting_id, posting.debit.value, posting.amount_idr, *to),
                (posting_id, posting.credit.value, -posting.amount_idr, *to),
            ],
        )


async def balance(connection: Connection | Pool, account: LedgerAccount) -> int:
    """Sum of an account in rupiah."""
    total = await connection.fetchval(
        "select coalesce(sum(amount_idr), 0) from ledger_entries where account = $1", account.value
    )
    return int(total)
