"""The state after what was decided of the benefit months, and what the employer pays, owes and asks back."""

from dataclasses import replace
from functools import reduce
from typing import assert_never

from claims import events as e
from claims.state.claim import BenefitMonth, Claim
from claims.state.ending import goes_on
from law.grounds import Ground
from law.rules import BENEFIT_MONTHS


def apply(event: e.BenefitEvent, claim: Claim) -> Claim:
    """The claim after one more event of its months."""
    match event:
        case e.BenefitAuthorized():
            return with_month(claim, replace(claim.month(event.month), authorized=event))
        case e.MonthForfeited():
            return with_month(claim, replace(claim.month(event.month), forfeited=event))
        case e.MonthReinstated():
            return month_reinstated(event, claim)
        case e.MonthAdjusted():
            return month_adjusted(event, claim)
        case e.WageRedetermined():
            return replace(claim, wage_idr=event.becomes_idr)
        case e.ReceivableFound():
            return receivable_found(event, claim)
        case e.DeadlineMoved():
            return deadline_moved(event, claim)
        case e.PayerRedetermined() | e.EmployerPaid() | e.EmployerOwes() | e.ReimbursementAsked():
            return _apply_of_employer(event, claim)
        case _:
            assert_never(event)


def _apply_of_employer(event: e.EmployerEvent, claim: Claim) -> Claim:
    match event:
        case e.PayerRedetermined():
            return payer_redetermined(event, claim)
        case e.EmployerPaid():
            return employer_paid(event, claim)
        case e.EmployerOwes():
            return employer_owes(event, claim)
        case e.ReimbursementAsked():
            return reimbursement_asked(event, claim)
        case _:
            assert_never(event)


def with_month(claim: Claim, month: BenefitMonth) -> Claim:
    """The claim with another state of a month."""
    months = tuple(month if m.number == month.number else m for m in claim.months)
    return replace(claim, months=months)


def month_reinstated(event: e.MonthReinstated, claim: Claim) -> Claim:
    """The month is not lost any more; one that a person granted is owed as it is."""
    month = claim.month(event.month)
    granted = event.granted or month.granted_by_person
    return goes_on(with_month(claim, replace(month, forfeited=None, granted_by_person=granted)))


def month_adjusted(event: e.MonthAdjusted, claim: Claim) -> Claim:
    """More is owed of a month that was granted."""
    month = claim.month(event.month)
    return goes_on(with_month(claim, replace(month, adjusted=(*month.adjusted, event))))


def receivable_found(event: e.ReceivableFound, claim: Claim) -> Claim:
    """So much more of the month was paid and not owed."""
    month = claim.month(event.month)
    marked_idr = month.receivable_idr + event.amount_idr
    return with_month(claim, replace(month, receivable_idr=marked_idr, receivable=event))


def deadline_moved(event: e.DeadlineMoved, claim: Claim) -> Claim:
    """A window that would open later opens as it was promised; a time to answer becomes longer."""
    before = tuple(each for each in claim.moved if each.calendar_version == event.calendar_version)
    claim = replace(claim, moved=(*before, event))
    opens_month_6 = (event.what, event.month, event.edge) == ("certification", BENEFIT_MONTHS, "opens")
    if event.kept and opens_month_6:
        promised = event.was if claim.month_6_opens_by is None else min(event.was, claim.month_6_opens_by)
        return replace(claim, month_6_opens_by=promised)
    if event.what in ("answer", "documents") and event.edge == "closes" and event.now > event.was:
        first = next((was for was, now in claim.answers_moved.items() if now == event.was), event.was)
        return replace(claim, answers_moved={**claim.answers_moved, first: event.now})
    return claim


def payer_redetermined(event: e.PayerRedetermined, claim: Claim) -> Claim:
    """The months granted that the fund takes over keep what the employer paid of them."""
    for taken_over in event.months:
        claim = with_month(claim, replace(claim.month(taken_over.month), taken_over=taken_over))
    return replace(claim, payer=event.becomes)


def employer_paid(event: e.EmployerPaid, claim: Claim) -> Claim:
    """A payment before anybody said who pays is kept for that."""
    if event.verdict.counts:
        return _with_employer_payment(claim, event)
    to_come = event.verdict.ground is Ground.CLAIM_NOT_APPROVED
    return replace(claim, paid_before=(*claim.paid_before, event)) if to_come else claim


def employer_payments_counted(claim: Claim) -> Claim:
    """What the employer paid before it was found to pay first counts from then on."""
    return replace(reduce(_with_employer_payment, claim.paid_before, claim), paid_before=())


def _with_employer_payment(claim: Claim, event: e.EmployerPaid) -> Claim:
    month = claim.month(event.month)
    kept = replace(claim, employer_payments=(*claim.employer_payments, event))
    return with_month(kept, replace(month, employer_paid_idr=month.employer_paid_idr + event.amount_idr))


def reimbursement_asked(event: e.ReimbursementAsked, claim: Claim) -> Claim:
    """A request that only the record or a decision holds up keeps the day on which it was made."""
    if event.verdict.counts:
        return replace(claim, reimbursements=(*claim.reimbursements, event), reimbursement_held=None)
    waits = event.verdict.ground in (Ground.RECORD_SHOWS_ARREARS, Ground.CLAIM_NOT_APPROVED)
    return replace(claim, reimbursement_held=event) if waits and claim.reimbursement_held is None else claim


def employer_owes(event: e.EmployerOwes, claim: Claim) -> Claim:
    """The true wage found before the approval is kept for it."""
    if event.verdict.counts:
        return replace(claim, employer_owes=event)
    to_come = event.verdict.ground is Ground.CLAIM_NOT_APPROVED
    return replace(claim, true_wage_told=event) if to_come else claim
