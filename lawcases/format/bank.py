"""What the bank says of the orders of a lived claim: each order is named by what it pays."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from claims.commands import command as cmd
from claims.state.claim import Claim, Order
from law.grounds import Ground

TransferOutcome = Literal["open", "settled", "refused", "unsent", "returned"]
FoundBy = Literal["answer", "inquiry", "statement"]

NO_ORDER = UUID(int=2**128 - 1)
BECAUSE_OF = {
    "open": Ground.NOT_EXECUTED,
    "settled": Ground.COUNTS,
    "refused": Ground.ACCOUNT_REFUSED,
    "unsent": Ground.ACCOUNT_REFUSED,
    "returned": Ground.RETURNED_BY_BANK,
}


@dataclass(frozen=True)
class BankWord:
    """What becomes known of the newest order for an obligation; of an unknown order where there is none."""

    obligation: str
    outcome: TransferOutcome
    ground: Ground | None = None
    amount_idr: int | None = None
    found_by: FoundBy = "answer"

    def message(self, claim: Claim) -> cmd.RecordTransfer:
        """The message to the engine, about the order as the claim has it now."""
        orders = [o for month in claim.months for o in month.orders if o.obligation == self.obligation]
        return self._of(orders[-1] if orders else None)

    def _of(self, order: Order | None) -> cmd.RecordTransfer:
        ordered_idr = 0 if order is None else order.amount_idr
        return cmd.RecordTransfer(
            order_id=NO_ORDER if order is None else order.order_id,
            outcome=self.outcome,
            amount_idr=ordered_idr if self.amount_idr is None else self.amount_idr,
            ground=self.ground or BECAUSE_OF[self.outcome],
            bank_code="2001800",
            found_by=self.found_by,
        )
