"""The state of a claim after what its employer paid, owes, or asks back."""

from dataclasses import replace
from functools import reduce

from claims import events as e
from claims.state.claim import Claim
from claims.state.orders import with_month
from law.grounds import Ground


def payer_redetermined(event: e.PayerRedetermined, claim: Claim) -> Claim:
    """The months granted that the fund takes over keep what the employer paid of them."""
    for taken_over in event.months:
        claim = with_month(claim, replace(claim.month(taken_over.month), taken_over=taken_over))
    return replace(claim, payer=event.becomes)


def paid(event: e.EmployerPaid, claim: Claim) -> Claim:
    """A payment before anybody said who pays is kept for that."""
    if event.verdict.counts:
        return _with_payment(claim, event)
    to_come = event.verdict.ground is Ground.CLAIM_NOT_APPROVED
    return replace(claim, paid_before=(*claim.paid_before, event)) if to_come else claim


def counted(claim: Claim) -> Claim:
    """What the employer paid before it was found to pay first counts from then on."""
    return replace(reduce(_with_payment, claim.paid_before, claim), paid_before=())


def _with_payment(claim: Claim, event: e.EmployerPaid) -> Claim:
    month = claim.month(event.month)
    kept = replace(claim, employer_payments=(*claim.employer_payments, event))
    return with_month(kept, replace(month, employer_paid_idr=month.employer_paid_idr + event.amount_idr))


def asked_back(event: e.ReimbursementAsked, claim: Claim) -> Claim:
    """A request that only the record or a decision holds up keeps the day on which it was made."""
    if event.verdict.counts:
        return replace(claim, reimbursements=(*claim.reimbursements, event), reimbursement_held=None)
    waits = event.verdict.ground in (Ground.RECORD_SHOWS_ARREARS, Ground.CLAIM_NOT_APPROVED)
    return replace(claim, reimbursement_held=event) if waits and claim.reimbursement_held is None else claim


def owes(event: e.EmployerOwes, claim: Claim) -> Claim:
    """The true wage found before the approval is kept for it."""
    if event.verdict.counts:
        return replace(claim, employer_owes=event)
    to_come = event.verdict.ground is Ground.CLAIM_NOT_APPROVED
    return replace(claim, true_wage_told=event) if to_come else claim
