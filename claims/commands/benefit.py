"""The benefit months: what the employer pays, owes and asks back, and dates that move."""

from typing import Annotated, Literal

from pydantic import Field

from claims.events import MovedDeadline
from claims.events.facts import Code, MonthNumber, RupiahAmount, ShortText
from law.grounds import Frozen
from law.limits import Day


class RecordEmployerPayment(Frozen):
    """The employer paid a month that it has to pay first (Pasal 39(3))."""

    kind: Literal["employer_payment"] = "employer_payment"
    month: MonthNumber
    amount_idr: RupiahAmount
    paid_on: Day
    reference: Code


class AskReimbursement(Frozen):
    """The employer asks back what it paid first, once arrears and fines are settled (Pasal 39(4)-(6))."""

    kind: Literal["reimbursement_request"] = "reimbursement_request"
    reference: Code
    arrears_settled_on: Day | None


class FindTrueWage(Frozen):
    """An inspector found the true wage: under-reported, or never registered (Pasal 23, 37)."""

    kind: Literal["true_wage"] = "true_wage"
    true_wage_idr: RupiahAmount
    reference: Code


class MoveDeadlines(Frozen):
    """Another version of the calendar moves dates of this claim."""

    kind: Literal["calendar_change"] = "calendar_change"
    calendar_version: ShortText
    moved: Annotated[tuple[MovedDeadline, ...], Field(min_length=1, max_length=50)]


BenefitMessage = RecordEmployerPayment | AskReimbursement | FindTrueWage | MoveDeadlines
