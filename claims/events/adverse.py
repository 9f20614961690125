"""The only doors through which a claim is refused, a month lost, the right ended or a debt marked.

Each takes the cause first and has no default for it: leaving it out does not compile. Ground and article are
those of the cause, so that nothing is said under the basis of something else. Nothing else in the engine
makes these events.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from claims import events as e
from claims.events.basis import (
    Basis,
    Cause,
    MonthNotMet,
    NobodyFiled,
    NothingOwed,
    RightEnded,
    Statutory,
    Upheld,
)
from law.grounds import Ground, Reason


def _basis(cause: Cause) -> Basis:
    """What is stored; which of the grounds an API takes, its own type has said."""
    if isinstance(cause, Upheld):
        return cause.heard
    return Statutory(ground=cause.ground, article=cause.article)


def deny(
    cause: Cause, *, regime: str, reasons: tuple[Reason, ...], may_file_again_until: datetime
) -> e.ClaimDenied:
    """Klaim ditolak."""
    return e.ClaimDenied(
        regime=regime,
        ground=cause.ground,
        article=cause.article,
        may_file_again_until=may_file_again_until,
        reasons=reasons,
        basis=_basis(cause),
    )


def lapse(cause: NobodyFiled, *, denied: e.ClaimDenied | None) -> e.ClaimLapsed:
    """Hak atas manfaat hilang: nobody filed in time, or not again after a refusal, whose ground is told."""
    ground = cause.ground if denied is None else denied.ground
    return e.ClaimLapsed(ground=ground, article=cause.article, basis=_basis(cause))


def month_forfeited(
    cause: MonthNotMet | Upheld, *, month: int, regime: str, reasons: tuple[Reason, ...]
) -> e.MonthForfeited:
    """Bulan tidak dibayarkan."""
    return e.MonthForfeited(
        month=month,
        regime=regime,
        ground=cause.ground,
        article=cause.article,
        reasons=reasons,
        basis=_basis(cause),
    )


def cease(cause: RightEnded | Upheld, *, last_month_owed: int) -> e.BenefitCeased:
    """Manfaat berhenti."""
    return e.BenefitCeased(
        ground=cause.ground, article=cause.article, last_month_owed=last_month_owed, basis=_basis(cause)
    )


def cancel_order(cause: NothingOwed | Upheld, *, order_id: UUID, month: int) -> e.PaymentCancelled:
    """Perintah bayar dibatalkan."""
    return e.PaymentCancelled(order_id=order_id, month=month, ground=cause.ground, basis=_basis(cause))


def find_receivable(cause: Upheld, *, month: int, amount_idr: int) -> e.ReceivableFound:
    """Kelebihan pembayaran: never without a notice, time to answer and a person."""
    return e.ReceivableFound(
        month=month,
        amount_idr=amount_idr,
        cause=_by_whose_doing(cause.ground),
        ground=cause.ground,
        article=cause.article,
        basis=cause.heard,
    )


def _by_whose_doing(ground: Ground) -> Literal["claimant", "employer", "register"]:
    """Why too much was paid."""
    if ground in (Ground.REEMPLOYED, Ground.OWN_BUSINESS):
        return "claimant"
    return "employer" if ground in (Ground.LAYOFF_WITHDRAWN, Ground.REPORTS_CONTRADICT) else "register"
