"""Buku besar: the accounts of the ledger, and a posting between two of them; whole rupiah.

Which events of a claim post what stands in `claims.transitions.money`; what is written of it, in
`store.payments.ledger`.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class LedgerAccount(StrEnum):
    """Granted; owed to a creditor; paid although not owed, and marked; what left the fund (negative)."""

    BENEFITS = "benefits"
    PAYABLE = "payable"
    RECEIVABLE = "receivable"
    BANK = "bank"


@dataclass(frozen=True)
class Posting:
    """An amount above zero in rupiah from the credit account to the debit account, for one month."""

    month: int
    amount_idr: int
    debit: LedgerAccount
    credit: LedgerAccount
    order_id: UUID | None = None


def owed(month: int, amount_idr: int) -> Posting:
    """Manfaat diberikan: the fund came to owe an amount."""
    return Posting(month, amount_idr, LedgerAccount.BENEFITS, LedgerAccount.PAYABLE)


def paid(month: int, amount_idr: int, order_id: UUID) -> Posting:
    """Dibayarkan: what was owed left the fund."""
    return Posting(month, amount_idr, LedgerAccount.PAYABLE, LedgerAccount.BANK, order_id)


def came_back(month: int, amount_idr: int, order_id: UUID) -> Posting:
    """Dikembalikan bank: what left the fund is owed again."""
    return Posting(month, amount_idr, LedgerAccount.BANK, LedgerAccount.PAYABLE, order_id)


def overpaid(month: int, amount_idr: int) -> Posting:
    """Kelebihan pembayaran: what was paid turned out not to be owed."""
    return Posting(month, amount_idr, LedgerAccount.RECEIVABLE, LedgerAccount.BENEFITS)


def owed_after_all(month: int, amount_idr: int) -> Posting:
    """What was marked as overpaid was owed."""
    return Posting(month, amount_idr, LedgerAccount.BENEFITS, LedgerAccount.RECEIVABLE)
