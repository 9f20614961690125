"""The account, and what becomes of a transfer."""

from typing import Literal
from uuid import UUID

from claims.events.facts import Code, RupiahAmount
from law.grounds import Frozen, Ground
from law.limits import Count


class ChangeAccount(Frozen):
    """Penggantian rekening; the account itself stands in `people`."""

    kind: Literal["bank_account"] = "bank_account"
    account_version: Count


class RecordTransfer(Frozen):
    """What is known of one transfer: open, settled, refused for sure, returned.

    `unsent` is a refusal found before anything was sent; it holds only while the order was not taken up.
    """

    kind: Literal["transfer_outcome"] = "transfer_outcome"
    order_id: UUID
    outcome: Literal["open", "settled", "refused", "unsent", "returned"]
    amount_idr: RupiahAmount
    ground: Ground
    bank_code: Code
    found_by: Literal["answer", "inquiry", "statement"]


PaymentMessage = ChangeAccount | RecordTransfer
