"""The benefit months: what is owed of each."""

from typing import Annotated, Literal

from pydantic import Field

from claims.events.bases import AdverseEvent, unless_unstated
from claims.events.basis import StoredBasis
from claims.events.decision import Payer
from claims.events.facts import Code, MonthNumber, MonthOrNone, RupiahAmount
from law.grounds import Frozen, Ground, Reason, Verdict
from law.limits import Count, Day, DerivedDay, DerivedInstant, Phrase, Truth


class BenefitAuthorized(Frozen):
    """Manfaat bulan ke-n ditetapkan: the month is owed, with its amount, rate and regime.

    `paid_ahead_idr` is what an employer paid of it before the fund became its payer.
    """

    type: Literal["benefit_authorized"] = "benefit_authorized"
    month: MonthNumber
    regime: Phrase
    rate: Annotated[str, Field(pattern=r"^0\.\d{1,4}$")]
    insured_wage_idr: RupiahAmount
    amount_idr: RupiahAmount
    pay_until: DerivedInstant
    article: Phrase
    reasons: tuple[Reason, ...]
    payer: Payer = Field(default="bpjs", exclude_if=lambda payer: payer == "bpjs")
    paid_ahead_idr: RupiahAmount = Field(default=0, exclude_if=lambda paid_idr: paid_idr == 0)


class MonthForfeited(AdverseEvent):
    """Bulan tidak dibayarkan: its window closed without its conditions; later months stay."""

    type: Literal["month_forfeited"] = "month_forfeited"
    month: MonthNumber
    regime: Phrase
    ground: Ground
    article: Phrase
    reasons: tuple[Reason, ...]
    basis: StoredBasis = Field(exclude_if=unless_unstated)


class MonthReinstated(Frozen):
    """Bulan dipulihkan: a message received inside the window came to be handled after it closed.

    `granted`: a person put it right; it is owed as it is.
    """

    type: Literal["month_reinstated"] = "month_reinstated"
    month: MonthNumber
    granted: Truth = Field(default=False, exclude_if=lambda granted: not granted)


class WageRedetermined(Frozen):
    """Upah ditetapkan kembali: months decided from now on are computed from this wage (Pasal 21(2))."""

    type: Literal["wage_redetermined"] = "wage_redetermined"
    was_idr: RupiahAmount
    becomes_idr: RupiahAmount
    article: Phrase


class MonthAdjusted(Frozen):
    """Manfaat bulan ke-n disesuaikan: more is owed of a month already granted; the difference is paid."""

    type: Literal["month_adjusted"] = "month_adjusted"
    month: MonthNumber
    was_idr: RupiahAmount
    becomes_idr: RupiahAmount
    difference_idr: RupiahAmount
    pay_until: DerivedInstant
    article: Phrase
    payer: Payer = Field(default="bpjs", exclude_if=lambda payer: payer == "bpjs")


class MonthTakenOver(Frozen):
    """What the fund pays of a month granted, in rupiah: what the employer did not, and what is `added_idr`.

    The employer pays by the rules of the layoff, the fund by those of the month: the difference is added.
    """

    month: MonthNumber
    amount_idr: RupiahAmount
    pay_until: DerivedInstant
    added_idr: RupiahAmount = Field(default=0, exclude_if=lambda added_idr: added_idr == 0)


class PayerRedetermined(Frozen):
    """Pihak yang membayar ditetapkan kembali: the arrears are covered now, and the fund pays (Pasal 39).

    It pays every month to come, and of the months granted those in `months`. What the employer paid stays.
    """

    type: Literal["payer_redetermined"] = "payer_redetermined"
    was: Payer
    becomes: Payer
    months_in_arrears: Count
    months: tuple[MonthTakenOver, ...]
    article: Phrase


class ReceivableFound(AdverseEvent):
    """Kelebihan pembayaran: what was paid of a month and was not owed, and by whose doing.

    It is marked, never collected: the texts give no rule of recovery.
    """

    type: Literal["receivable_found"] = "receivable_found"
    month: MonthNumber
    amount_idr: RupiahAmount
    cause: Literal["claimant", "employer", "register"]
    ground: Ground
    article: Phrase
    basis: StoredBasis = Field(exclude_if=unless_unstated)


class EmployerPaid(Frozen):
    """Pembayaran oleh pengusaha: the employer paid a month that it has to pay first (Pasal 39(3))."""

    type: Literal["employer_paid"] = "employer_paid"
    month: MonthNumber
    amount_idr: RupiahAmount
    paid_on: Day
    reference: Code
    verdict: Verdict


class ReimbursementAsked(Frozen):
    """Permintaan penggantian: the employer asks back what it paid first (Pasal 39(4)-(6))."""

    type: Literal["reimbursement_asked"] = "reimbursement_asked"
    reference: Code
    asked_on: DerivedDay
    arrears_settled_on: Day | None
    amount_idr: RupiahAmount
    pay_until: DerivedInstant
    verdict: Verdict


class EmployerOwes(Frozen):
    """Kewajiban pengusaha: what the employer owes in one sum, beside or instead of the fund.

    The whole benefit where it never registered the worker (Pasal 37), the difference where it reported less
    than the true wage (Pasal 23).
    """

    type: Literal["employer_owes"] = "employer_owes"
    cause: Literal["never_registered", "wage_underreported"]
    true_wage_idr: RupiahAmount
    amount_idr: RupiahAmount
    reference: Code
    article: Phrase
    verdict: Verdict


Edge = Literal["opens", "closes"]


class MovedDeadline(Frozen):
    """One date that a calendar decreed later moves; `kept` where the earlier promise holds.

    `month` is 0 where it is about none; `edge` is `opens` (the first instant inside) or `closes` (the first
    that is too late).
    """

    what: Code
    month: MonthOrNone
    owner: Code
    edge: Edge
    was: DerivedInstant
    now: DerivedInstant
    kept: Truth
    article: Phrase

    @property
    def date(self) -> "MovedDeadline":
        """The date alone, without the calendar that moves it."""
        return MovedDeadline(**{name: getattr(self, name) for name in MovedDeadline.model_fields})


class DeadlineMoved(MovedDeadline):
    """Batas waktu bergeser: a calendar decreed later moves a date; what would shorten a right is kept."""

    type: Literal["deadline_moved"] = "deadline_moved"
    calendar_version: Phrase


EmployerEvent = PayerRedetermined | EmployerPaid | ReimbursementAsked | EmployerOwes
BenefitEvent = (
    BenefitAuthorized
    | MonthForfeited
    | MonthReinstated
    | WageRedetermined
    | MonthAdjusted
    | ReceivableFound
    | DeadlineMoved
    | EmployerEvent
)
