"""Law cases about who pays: the fund, the employer first, what an employer owes, what it gets back."""

from typing import Literal

from claims.entitlement.payer import Paying
from claims.events.facts import RupiahAmount
from law.limits import Day as AnyDay
from lawcases.format.beside import WorkDays
from lawcases.format.facts import Day, Known, Strict
from lawcases.format.heads import CaseHead, Expect, Rupiah


class AskPayer(Strict):
    """Who pays the benefit?"""

    what: Literal["payer"]


class AskEmployerOwes(Strict):
    """What does the employer owe in one sum, once the true wage is known?"""

    what: Literal["employer_owes"]
    true_wage_idr: RupiahAmount


class AskReimbursed(Strict):
    """Is an employer paid back that asks on a day?"""

    what: Literal["reimbursement"]
    asked_on: Day


class EmployerPayment(Strict):
    """What an employer paid, and when."""

    paid_on: Day
    amount_idr: RupiahAmount = 2_400_000


class ReimbursementKnown(WorkDays):
    """What an employer paid first, and when it settled its arrears and fines, if it did."""

    payments: tuple[EmployerPayment, ...] = ()
    arrears_settled_on: Day | None = None


class ExpectPayer(Expect):
    """Who pays, by how many months in arrears, in one sum or monthly, with the employer paid back or not."""

    paying: Paying
    regime: str | None = None
    months_in_arrears: int | None = None
    covered: int | None = None
    months_unknown: int | None = None
    in_one_sum: bool | None = None
    reimbursable: bool | None = None
    manual_review: bool | None = None


class ExpectEmployerOwes(Expect):
    """The sum, and whether for a wage under-reported or a worker never registered."""

    amount_idr: Rupiah
    cause: Literal["wage_underreported", "never_registered"] | None = None


class ExpectReimbursement(Expect):
    """Whether the employer is paid back, how much, and by which day; `ground` is that of a refusal."""

    reimbursed: bool
    amount_idr: Rupiah | None = None
    pay_by: AnyDay | None = None


class PayerCase(CaseHead):
    """A case about who pays."""

    known: Known = Known()
    ask: AskPayer
    expect: ExpectPayer


class EmployerOwesCase(CaseHead):
    """A case about what an employer owes."""

    known: Known = Known()
    ask: AskEmployerOwes
    expect: ExpectEmployerOwes


class ReimbursementCase(CaseHead):
    """A case about an employer that asks back what it paid first."""

    known: ReimbursementKnown = ReimbursementKnown()
    ask: AskReimbursed
    expect: ExpectReimbursement


PayerCases = PayerCase | EmployerOwesCase | ReimbursementCase
