"""The orders to the bank and what became of them."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from claims.events.bases import AdverseEvent, unless_unstated
from claims.events.basis import StoredBasis
from claims.events.facts import Code, MonthNumber, RupiahAmount
from law.grounds import Frozen, Ground, Verdict
from law.limits import Count, DerivedInstant, Phrase


class PaymentOrdered(Frozen):
    """Perintah bayar: one attempt to pay one obligation, from one version of the account."""

    type: Literal["payment_ordered"] = "payment_ordered"
    order_id: UUID
    obligation: Phrase
    month: MonthNumber
    attempt: Count
    amount_idr: RupiahAmount
    account_version: Count


class PaymentSent(Frozen):
    """Pembayaran dikirim: the bank was asked once; the outcome is open."""

    type: Literal["payment_sent"] = "payment_sent"
    order_id: UUID
    month: MonthNumber


class PaymentCancelled(AdverseEvent):
    """Perintah bayar dibatalkan before it was sent."""

    type: Literal["payment_cancelled"] = "payment_cancelled"
    order_id: UUID
    month: MonthNumber
    ground: Ground
    basis: StoredBasis = Field(exclude_if=unless_unstated)


class PaymentSettled(Frozen):
    """Pembayaran berhasil: the bank executed the transfer; `found_by` says how we know."""

    type: Literal["payment_settled"] = "payment_settled"
    order_id: UUID
    month: MonthNumber
    amount_idr: RupiahAmount
    found_by: Literal["answer", "inquiry", "statement"]


class PaymentFailed(Frozen):
    """Pembayaran gagal: surely not executed; a new order follows at `try_again_at` or with a new account."""

    type: Literal["payment_failed"] = "payment_failed"
    order_id: UUID
    month: MonthNumber
    ground: Ground
    bank_code: Code
    try_again_at: DerivedInstant


class PaymentReturned(Frozen):
    """Pembayaran dikembalikan by the beneficiary's bank; the month is owed again."""

    type: Literal["payment_returned"] = "payment_returned"
    order_id: UUID
    month: MonthNumber
    amount_idr: RupiahAmount


class BankAccountChanged(Frozen):
    """Rekening diganti: orders from now on use this version of the account."""

    type: Literal["bank_account_changed"] = "bank_account_changed"
    account_version: Count
    verdict: Verdict


PaymentEvent = (
    PaymentOrdered
    | PaymentSent
    | PaymentCancelled
    | PaymentSettled
    | PaymentFailed
    | PaymentReturned
    | BankAccountChanged
)
