"""The ledger: double entry in whole rupiah, balanced by a constraint, never changed.

The sum of `bank` equals the debits less the credits of the bank's statement.
"""

from collections.abc import Sequence
from datetime import datetime

from payments.ledger import LedgerAccount, Posting
from store.database import Connection, Pool
from store.ids import new_id


def ledger_rows(postings: Sequence[Posting], at: datetime) -> list[tuple[object, ...]]:
    """Postings as rows of the type `step_entry` of the schema, two entries each; amounts in rupiah."""
    rows: list[tuple[object, ...]] = []
    for posting in postings:
        posting_id, to = new_id(), (posting.month, posting.order_id, at)
        rows.append((posting_id, posting.debit.value, posting.amount_idr, *to))
        rows.append((posting_id, posting.credit.value, -posting.amount_idr, *to))
    return rows


async def balance(connection: Connection | Pool, account: LedgerAccount) -> int:
    """Sum of an account in rupiah."""
    total = await connection.fetchval(
        "select coalesce(sum(amount_idr), 0) from ledger_entries where account = $1", account.value
    )
    return int(total)
