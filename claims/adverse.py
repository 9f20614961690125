"""The only doors through which a claim is refused, a month lost, the right ended or a debt marked.

Each takes the basis first and has no default for it: leaving it out does not compile. Nothing else in the
engine makes these events.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from claims import events as e
from claims.basis import Basis, Heard
from claims.reasons import Ground, Reason


def deny(
    basis: Basis,
    *,
    regime: str,
    ground: Ground,
    article: str,
    reasons: tuple[Reason, ...],
    may_file_again_until: datetime,
) -> e.ClaimDenied:
    """Klaim ditolak."""
    return e.ClaimDenied(
        regime=regime,
        ground=ground,
        article=article,
        may_file_again_until=may_file_again_until,
        reasons=reasons,
        basis=basis,
    )


def lapse(basis: Basis, *, ground: Ground, article: str) -> e.ClaimLapsed:
    """Hak atas manfaat hilang."""
    return e.ClaimLapsed(ground=ground, article=article, basis=basis)


def forfeit(
    basis: Basis, *, month: int, regime: str, ground: Ground, article: str, reasons: tuple[Reason, ...]
) -> e.MonthForfeited:
    """Bulan tidak dibayarkan."""
    return e.MonthForfeited(
        month=month, regime=regime, ground=ground, article=article, reasons=reasons, basis=basis
    )


def cease(basis: Basis, *, ground: Ground, article: str, last_month_owed: int) -> e.BenefitCeased:
    """Manfaat berhenti."""
    return e.BenefitCeased(ground=ground, article=article, last_month_owed=last_month_owed, basis=basis)


def cancel_order(basis: Basis, *, order_id: UUID, month: int, ground: Ground) -> e.PaymentCancelled:
    """Perintah bayar dibatalkan."""
    return e.PaymentCancelled(order_id=order_id, month=month, ground=ground, basis=basis)


def find_receivable(
    basis: Heard, *, month: int, amount_idr: int, ground: Ground, article: str
) -> e.ReceivableFound:
    """Kelebihan pembayaran: never without a notice, time to answer and a person."""
    return e.ReceivableFound(
        month=month, amount_idr=amount_idr, cause=_cause(ground), ground=ground, article=article, basis=basis
    )


def _cause(ground: Ground) -> Literal["claimant", "employer", "register"]:
    """By whose doing too much was paid."""
    if ground in (Ground.REEMPLOYED, Ground.OWN_BUSINESS):
        return "claimant"
    return "employer" if ground in (Ground.LAYOFF_WITHDRAWN, Ground.REPORTS_CONTRADICT) else "register"
