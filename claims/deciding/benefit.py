"""The benefit months: what the employer pays, owes and asks back, and dates that move."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from claims import events as e
from claims.commands import command as cmd
from claims.deciding.answers import Decision, ignored, recorded
from claims.entitlement.months import month_amount_idr
from claims.entitlement.payer import employer_owes_idr, record_shows_arrears, reimbursement
from claims.entitlement.windows import reference_date
from claims.state.claim import Claim
from claims.transitions.questions import HEARING, undecided_months
from law.grounds import Ground, counts, does_not_count
from law.periods import day_of, end_of
from law.provisions import EMPLOYER_FIRST, NEVER_REGISTERED, REIMBURSEMENT, WAGE_UNDERREPORTED
from payments.context import DecisionContext


def decide(message: cmd.BenefitMessage, claim: Claim, context: DecisionContext) -> Decision:
    """What is told of the employer's part, or of dates that move, comes to."""
    match message:
        case cmd.RecordEmployerPayment():
            return record_employer_payment(message, claim, context)
        case cmd.AskReimbursement():
            return ask_reimbursement(message, claim, context)
        case cmd.FindTrueWage():
            return find_true_wage(message, claim, context)
        case cmd.MoveDeadlines():
            return move_deadlines(message, claim, context)
        case _:
            assert_never(message)


def record_employer_payment(
    message: cmd.RecordEmployerPayment, claim: Claim, context: DecisionContext
) -> Decision:
    """Pembayaran oleh pengusaha: a month that it has to pay first, granted already or still to come."""
    refusal = _payment_refusal(message, claim, context)
    verdict = counts(EMPLOYER_FIRST) if refusal is None else does_not_count(refusal, EMPLOYER_FIRST)
    paid = e.EmployerPaid(
        month=message.month,
        amount_idr=message.amount_idr,
        paid_on=message.paid_on,
        reference=message.reference,
        verdict=verdict,
    )
    return recorded(paid, verdict)


def _payment_refusal(
    message: cmd.RecordEmployerPayment, claim: Claim, context: DecisionContext
) -> Ground | None:
    month = claim.month(message.month)
    to_come = claim.ending is None and month.number in undecided_months(claim)
    owed = claim.employer_pays and (month.authorized or to_come) and not month.settled
    if not owed and not _may_be_granted(claim):
        return Ground.NOT_OWED_BY_THE_EMPLOYER
    if message.paid_on > day_of(context.received_or_now):
        return Ground.IN_THE_FUTURE
    if _may_be_granted(claim):
        return Ground.CLAIM_NOT_APPROVED
    amount_idr = month_amount_idr(claim, month.number, context.law) if to_come else month.amount_idr
    paid_too_much = month.employer_paid_idr + message.amount_idr > amount_idr
    return Ground.NOT_OWED_BY_THE_EMPLOYER if paid_too_much else None


def _may_be_granted(claim: Claim) -> bool:
    """Whether nobody has said yet who pays: what the employer does meanwhile waits for it."""
    return claim.approved is None and claim.ending is None


def ask_reimbursement(message: cmd.AskReimbursement, claim: Claim, context: DecisionContext) -> Decision:
    """Permintaan penggantian, decided by the day on which it was received."""
    asked_on = day_of(context.received_or_now)
    rules = context.law.in_force_on(asked_on)
    held = claim.reimbursement_held
    found = reimbursement(
        tuple(_paid_of_months_granted(claim)),
        message.arrears_settled_on,
        asked_on,
        rules,
        context.calendar,
        reimbursed_idr=claim.reimbursed_idr,
        in_arrears=record_shows_arrears(claim, asked_on, rules, context.calendar),
        asked_first=None if held is None else held.asked_on,
    )
    refusal = Ground.CLAIM_NOT_APPROVED if _may_be_granted(claim) else found.refusal
    verdict = counts(REIMBURSEMENT) if refusal is None else does_not_count(refusal, REIMBURSEMENT)
    asked = e.ReimbursementAsked(
        reference=message.reference,
        asked_on=asked_on,
        arrears_settled_on=message.arrears_settled_on,
        amount_idr=found.amount_idr,
        pay_until=end_of(found.pay_by),
        verdict=verdict,
    )
    return recorded(asked, verdict)


def _paid_of_months_granted(claim: Claim) -> Iterator[tuple[date, int]]:
    """What the employer paid of each month granted, and when; what it paid ahead, once the month began."""
    for month in claim.months:
        days = [payment.paid_on for payment in claim.employer_payments if payment.month == month.number]
        if days and month.authorized is not None:
            day = max(*days, reference_date(claim, month.number))
            yield day, min(month.employer_paid_idr, month.amount_idr)


def find_true_wage(message: cmd.FindTrueWage, claim: Claim, context: DecisionContext) -> Decision:
    """What the employer owes in one sum: the benefit (Pasal 37) or the difference (Pasal 23)."""
    registered = claim.record is None or claim.record.registered
    article = WAGE_UNDERREPORTED if registered else NEVER_REGISTERED
    verdict, amount_idr = counts(article), 0
    if claim.layoff is None or claim.record is None or (registered and claim.approved is None):
        verdict = does_not_count(Ground.CLAIM_NOT_APPROVED, article)
    else:
        rules = context.law.in_force_on(claim.layoff.laid_off_on)
        amount_idr = employer_owes_idr(claim, message.true_wage_idr, rules)
        if amount_idr == 0 and claim.employer_owes is None:
            verdict = does_not_count(Ground.NOT_OWED_BY_THE_EMPLOYER, article)
    owes = e.EmployerOwes(
        cause="wage_underreported" if registered else "never_registered",
        true_wage_idr=message.true_wage_idr,
        amount_idr=amount_idr,
        reference=message.reference,
        article=article,
        verdict=verdict,
    )
    return recorded(owes, verdict)


def move_deadlines(message: cmd.MoveDeadlines, claim: Claim, context: DecisionContext) -> Decision:
    """Batas waktu bergeser: every date that another version of the calendar moves, each told by itself."""
    verdict = counts(HEARING)
    if claim.ending is not None:
        return ignored(does_not_count(Ground.CLAIM_ENDED, HEARING))
    version = message.calendar_version
    moved = tuple(e.DeadlineMoved(calendar_version=version, **dict(each.date)) for each in message.moved)
    return recorded(moved[0], verdict, *moved[1:])
