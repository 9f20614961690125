"""What letters tell of an employer that pays first, owes a difference, or no longer pays."""

from datetime import datetime
from typing import Literal, TypedDict

from claims import events as e
from claims.agenda.notices import Notice
from claims.entitlement.months import month_amount_idr
from claims.state.claim import BenefitMonth, Claim, Ending
from law.grounds import Reason, Result
from law.provisions import INSPECTION
from law.rules import Law

GOES_ON = (None, Ending.EXHAUSTED)


class PayerRedetermined(TypedDict):
    """BPJS membayar: the months that the fund takes over from the employer, the arrears by now, its account.

    `fund_pays` is false where the claim has ended since; `paid_by_employer` are the months that it paid.
    """

    fund_pays: bool
    taken_over: tuple[e.MonthTakenOver, ...]
    paid_by_employer: tuple[tuple[int, int], ...]
    to_come: tuple[int, ...]


class EmployerPays(TypedDict):
    """Perusahaan membayar lebih dahulu: why, how much for which months, until when, and who supervises.

    `amount_idr` is of the month, or of all months where `pays_month` is 0; `pay_until` is of the month or
    else of month 1. `employer_pays` is false once somebody else pays.
    """

    employer_pays: bool
    reason: Reason | None
    pays_month: int
    months: int
    amount_idr: int
    pay_until: datetime | None
    employer_has_paid: bool
    employer_first_article: str
    inspection_article: str


class EmployerOwes(TypedDict):
    """Kewajiban perusahaan in one sum: the whole benefit, or what a wage reported too low took from it."""

    cause: Literal["never_registered", "wage_underreported"]
    true_wage_idr: int
    amount_idr: int
    article: str
    inspection_article: str


def payer_changed(notice: Notice, claim: Claim, law: Law, at: datetime) -> PayerRedetermined:
    """The fund pays from now on."""
    owed = [month for month in claim.months if month.number <= claim.last_month_owed]
    return PayerRedetermined(
        fund_pays=claim.approved is not None and claim.payer == "bpjs" and claim.ending in GOES_ON,
        taken_over=tuple(month.taken_over for month in owed if month.taken_over is not None),
        paid_by_employer=tuple((m.number, m.employer_paid_idr) for m in owed if m.employer_paid_idr),
        to_come=tuple(month.number for month in owed if not month.decided and claim.ending is None),
    )


def employer_pays(notice: Notice, claim: Claim, law: Law, at: datetime) -> EmployerPays:
    """The employer pays first, a month or all of them."""
    reasons = () if claim.approved is None else claim.approved.reasons
    goes_on = claim.ending in GOES_ON
    last = claim.last_month_owed
    assert claim.layoff is not None, "a letter is about a layoff"
    of_layoff = law.in_force_on(claim.layoff.laid_off_on)
    granted = claim.month(notice.month or 1)
    whole_idr = sum(month_amount_idr(claim, n, law) for n in range(1, last + 1)) if claim.approved else 0
    return EmployerPays(
        employer_pays=claim.employer_pays and goes_on and last > 0,
        reason=next((r for r in reasons if r.condition == "arrears" and r.result is not Result.MET), None),
        pays_month=notice.month,
        months=last,
        amount_idr=granted.amount_idr if notice.month else whole_idr,
        pay_until=None if granted.authorized is None else granted.authorized.pay_until,
        employer_has_paid=_paid_by_employer(granted),
        employer_first_article=of_layoff.uncovered_arrears_employer_pays_first.article,
        inspection_article=INSPECTION,
    )


def _paid_by_employer(month: BenefitMonth) -> bool:
    return month.authorized is not None and month.employer_paid_idr >= month.amount_idr


def employer_owes(notice: Notice, claim: Claim, law: Law, at: datetime) -> EmployerOwes:
    """The employer owes a sum of its own."""
    owes = claim.employer_owes
    assert owes is not None, "the letter tells what the employer owes"
    return EmployerOwes(
        cause=owes.cause,
        true_wage_idr=owes.true_wage_idr,
        amount_idr=owes.amount_idr,
        article=owes.article,
        inspection_article=INSPECTION,
    )
