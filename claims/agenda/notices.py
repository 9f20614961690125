"""Which letter an event calls for, and which reminders are due.

A notice is unique on (stream, kind, month, due instant); its text is rendered when it is sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from claims import events as e
from claims.agenda.next_step import (
    Status,
    at_risk_instants,
    awaited_months,
    duty_reminder_at,
    filing_instants,
    opening_is_announced,
    status_of,
)
from claims.agenda.obligations import account_reminder_before
from claims.entitlement.windows import month_window, window_after_layoff
from claims.events.basis import Heard
from claims.state.claim import Claim, Ending
from claims.transitions.automatic import Effect, needs_new_account
from law.grounds import Ground
from payments.context import DecisionContext


class NoticeKind(StrEnum):
    """Kinds of letters; a stored literal."""

    LAYOFF_REPORTED = "layoff_reported"
    LAYOFF_CORRECTED = "layoff_corrected"
    LAYOFF_WITHDRAWN = "layoff_withdrawn"
    CLAIM_RECEIVED = "claim_received"
    FILING_NOT_ACCEPTED = "filing_not_accepted"
    CLAIM_APPROVED = "claim_approved"
    CLAIM_DENIED = "claim_denied"
    CLAIM_REFERRED = "claim_referred"
    FILING_WINDOW_CLOSING = "filing_window_closing"
    MONTH_OPEN = "month_open"
    MONTH_AT_RISK = "month_at_risk"
    DUTY_OPEN = "duty_open"
    QUESTION_ASKED = "question_asked"
    DOCUMENTS_MISSING = "documents_missing"
    QUESTION_DECIDED = "question_decided"
    OBJECTION_RECEIVED = "objection_received"
    OBJECTION_DISMISSED = "objection_dismissed"
    DECISION_PUT_RIGHT = "decision_put_right"
    CLAIM_RECONSIDERED = "claim_reconsidered"
    MONTH_ADJUSTED = "month_adjusted"
    PAYER_REDETERMINED = "payer_redetermined"
    RECEIVABLE_FOUND = "receivable_found"
    EMPLOYER_PAYS = "employer_pays"
    EMPLOYER_OWES = "employer_owes"
    DEADLINE_MOVED = "deadline_moved"
    MONTH_FORFEITED = "month_forfeited"
    MONTH_REINSTATED = "month_reinstated"
    MONTH_PAID = "month_paid"
    TRANSFER_FAILED = "transfer_failed"
    PAYMENT_RETURNED = "payment_returned"
    ACCOUNT_CHANGED = "account_changed"
    BENEFIT_CEASED = "benefit_ceased"
    CLAIM_LAPSED = "claim_lapsed"
    BENEFIT_FINISHED = "benefit_finished"
    CLAIM_WITHDRAWN = "claim_withdrawn"
    PERSON_DATA_DIFFERS = "person_data_differs"
    PERSON_DATA_DECIDED = "person_data_decided"
    EMAIL_CHANGING = "email_changing"
    EMAIL_NEW = "email_new"


@dataclass(frozen=True)
class Notice:
    """A letter to be sent: its kind, the month it is about (0: none), and the instant it became due.

    `about` is the version of the person's data that it is about, 0 for none.
    """

    kind: NoticeKind
    month: int
    due_at: datetime
    about: int = 0


_BY_EVENT: dict[type, NoticeKind] = {
    e.LayoffReported: NoticeKind.LAYOFF_REPORTED,
    e.LayoffCorrected: NoticeKind.LAYOFF_CORRECTED,
    e.LayoffWithdrawn: NoticeKind.LAYOFF_WITHDRAWN,
    e.ClaimFiled: NoticeKind.CLAIM_RECEIVED,
    e.FilingNotAccepted: NoticeKind.FILING_NOT_ACCEPTED,
    e.ClaimApproved: NoticeKind.CLAIM_APPROVED,
    e.ClaimDenied: NoticeKind.CLAIM_DENIED,
    e.ClaimReferred: NoticeKind.CLAIM_REFERRED,
    e.MonthForfeited: NoticeKind.MONTH_FORFEITED,
    e.MonthReinstated: NoticeKind.MONTH_REINSTATED,
    e.PaymentSettled: NoticeKind.MONTH_PAID,
    e.PaymentFailed: NoticeKind.TRANSFER_FAILED,
    e.PaymentReturned: NoticeKind.PAYMENT_RETURNED,
    e.BankAccountChanged: NoticeKind.ACCOUNT_CHANGED,
    e.BenefitCeased: NoticeKind.BENEFIT_CEASED,
    e.ClaimLapsed: NoticeKind.CLAIM_LAPSED,
    e.ClaimExhausted: NoticeKind.BENEFIT_FINISHED,
    e.ClaimWithdrawn: NoticeKind.CLAIM_WITHDRAWN,
    e.QuestionAsked: NoticeKind.QUESTION_ASKED,
    e.QuestionDecided: NoticeKind.QUESTION_DECIDED,
    e.ObjectionReceived: NoticeKind.OBJECTION_RECEIVED,
    e.DecisionReviewed: NoticeKind.DECISION_PUT_RIGHT,
    e.ClaimReconsidered: NoticeKind.CLAIM_RECONSIDERED,
    e.MonthAdjusted: NoticeKind.MONTH_ADJUSTED,
    e.PayerRedetermined: NoticeKind.PAYER_REDETERMINED,
    e.ReceivableFound: NoticeKind.RECEIVABLE_FOUND,
    e.ReceivableDropped: NoticeKind.RECEIVABLE_FOUND,
    e.EmployerOwes: NoticeKind.EMPLOYER_OWES,
    e.DeadlineMoved: NoticeKind.DEADLINE_MOVED,
    e.PersonDataDiffers: NoticeKind.PERSON_DATA_DIFFERS,
    e.PersonDataDecided: NoticeKind.PERSON_DATA_DECIDED,
    e.EmailChangeAsked: NoticeKind.EMAIL_CHANGING,
}
# Both addresses are told before the new one is used.
EMAIL_CHANGE = frozenset({NoticeKind.EMAIL_CHANGING, NoticeKind.EMAIL_NEW})
# Letters that tell a decision, ask for something or tell of money: they matter as long as the claim does.
MATTERS_LONG = frozenset(
    {
        NoticeKind.CLAIM_APPROVED,
        NoticeKind.CLAIM_DENIED,
        NoticeKind.CLAIM_REFERRED,
        NoticeKind.CLAIM_RECONSIDERED,
        NoticeKind.QUESTION_ASKED,
        NoticeKind.DOCUMENTS_MISSING,
        NoticeKind.QUESTION_DECIDED,
        NoticeKind.OBJECTION_DISMISSED,
        NoticeKind.DECISION_PUT_RIGHT,
        NoticeKind.MONTH_FORFEITED,
        NoticeKind.MONTH_REINSTATED,
        NoticeKind.RECEIVABLE_FOUND,
        NoticeKind.TRANSFER_FAILED,
        NoticeKind.BENEFIT_CEASED,
        NoticeKind.PERSON_DATA_DIFFERS,
        NoticeKind.PERSON_DATA_DECIDED,
    }
)
# One letter of a step lists all of them.
_LISTED = frozenset({NoticeKind.MONTH_ADJUSTED, NoticeKind.RECEIVABLE_FOUND, NoticeKind.DEADLINE_MOVED})


def notices_for(effects: tuple[Effect, ...], claim: Claim) -> tuple[Notice, ...]:
    """The letters that events call for; evidence that changes nothing calls for none.

    `claim` is the claim after them. What an officer found after a question is told by the letter about what
    follows from it, where there is one.
    """
    heard = frozenset(_told_by_what_follows(effects))
    notices: list[Notice] = []
    listed: set[tuple[NoticeKind, datetime]] = set()
    for effect in _not_told_otherwise(effects, claim):
        for kind in _kinds(effect.event, claim, heard):
            if (kind, effect.effective_at) in listed:
                continue
            if kind in _LISTED:
                listed.add((kind, effect.effective_at))
            about = getattr(effect.event, "version", 0)
            notices.append(Notice(kind, _month_of(effect.event, claim), effect.effective_at, about))
    return tuple(dict.fromkeys(notices))


def _not_told_otherwise(effects: tuple[Effect, ...], claim: Claim) -> Iterator[Effect]:
    """All but a debt that goes with an end put right, whose letter says it, and what is not paid again."""
    put_right = any(isinstance(effect.event, e.BenefitResumed) for effect in effects)
    for effect in effects:
        match effect.event:
            case e.ReceivableDropped() if put_right:
                continue
            case e.PaymentReturned(month=month) if month > claim.last_month_owed:
                continue
        yield effect


def _told_by_what_follows(effects: tuple[Effect, ...]) -> Iterator[int]:
    """The questions whose founded outcome another letter of the step tells."""
    for effect in effects:
        match effect.event:
            case (e.BenefitCeased() | e.MonthForfeited() | e.ReceivableFound()) as told:
                if isinstance(told.basis, Heard):
                    yield told.basis.question


def _kinds(event: e.Event, claim: Claim, heard: frozenset[int]) -> Iterator[NoticeKind]:
    kind = _BY_EVENT.get(type(event))
    if isinstance(event, e.QuestionAsked) and event.documents:
        kind = NoticeKind.DOCUMENTS_MISSING
    if isinstance(event, e.DecisionReviewed) and not event.founded:
        kind = NoticeKind.OBJECTION_DISMISSED
    if isinstance(event, e.PersonDataDiffers) and claim.contact.differences > 1:
        # One letter until an officer has decided: whoever sends reports cannot flood the claimant.
        return
    if kind is not None and _tells(event, claim, heard):
        yield kind
    if isinstance(event, e.EmailChangeAsked) and event.verdict.counts:
        yield NoticeKind.EMAIL_NEW
    if isinstance(event, e.ClaimApproved) and event.payer == "employer":
        yield NoticeKind.EMPLOYER_PAYS
    if isinstance(event, e.BenefitAuthorized) and event.month > 1 and claim.employer_pays:
        yield NoticeKind.EMPLOYER_PAYS


def _month_of(event: e.Event, claim: Claim) -> int:
    """The month of a letter: of a question the first that waits for it; 0 where it is about none."""
    if isinstance(event, e.QuestionAsked):
        return event.months[0] if event.months else 0
    if isinstance(event, e.QuestionDecided):
        return _month_of(claim.questions[event.question - 1].asked, claim)
    return getattr(event, "month", 0)


def _tells(event: e.Event, claim: Claim, heard: frozenset[int]) -> bool:
    """A failure that the next try mends needs no letter, nor does a message that does not count."""
    match event:
        case e.PaymentFailed():
            return event.ground is Ground.ACCOUNT_REFUSED
        case e.LayoffCorrected():
            goes_on = claim.ending not in (Ending.EXHAUSTED, Ending.WITHDRAWN)
            return goes_on and claim.corrected is not None and claim.corrected.event == event
        case e.BankAccountChanged() | e.ClaimWithdrawn() | e.LayoffWithdrawn() | e.EmployerOwes():
            return event.verdict.counts
        case e.ObjectionReceived() | e.DecisionReviewed() | e.PersonDataDecided() | e.EmailChangeAsked():
            return event.verdict.counts
        case e.MonthReinstated(granted=True):
            # The letter of the person who put it right says it.
            return False
        case e.QuestionDecided():
            return event.ground is not Ground.DOCUMENTS_MISSING and event.question not in heard
        case e.ClaimReconsidered(outcome="unchanged"):
            return claim.denied is not None and claim.ending in (None, Ending.LAPSED)
        case e.ClaimReconsidered():
            return event.outcome == "decided_anew"
        case e.DeadlineMoved():
            return concerns_the_claimant(event)
        case _:
            return True


def concerns_the_claimant(moved: e.DeadlineMoved) -> bool:
    """A date that changes and is the claimant's, or is owed to the claimant."""
    return not moved.kept and (moved.owner != "employer" or moved.what == "employer_payment")


def reminders_due(claim: Claim, context: DecisionContext) -> tuple[Notice, ...]:
    """The reminders whose instant has come and whose deadline has not."""
    if claim.layoff is None or claim.ending is not None:
        return ()
    if status_of(claim) is Status.REPORTED:
        closes_at = window_after_layoff(claim, context.law).closes_at
        remind_at, _ = filing_instants(claim, closes_at, context.law)
        return _due(NoticeKind.FILING_WINDOW_CLOSING, 0, remind_at, closes_at, context.at)
    return _account_reminders(claim, context) + _month_reminders(claim, context)


def _account_reminders(claim: Claim, context: DecisionContext) -> tuple[Notice, ...]:
    """A payment that waits for another account: again every thirty days."""
    reminders = []
    for owing in claim.owings:
        order = owing.last_order
        if order is None or not needs_new_account(order) or owing.settled:
            continue
        due_at = account_reminder_before(order, owing, context)
        if order.failure is None or due_at > order.failure.try_again_at:
            reminders.append(Notice(NoticeKind.TRANSFER_FAILED, owing.month, due_at))
    return tuple(r for r in reminders if r.due_at <= context.at)


def _month_reminders(claim: Claim, context: DecisionContext) -> tuple[Notice, ...]:
    return tuple(
        each for month in awaited_months(claim, context) for each in _reminders_of(claim, month, context)
    )


def _reminders_of(claim: Claim, month: int, context: DecisionContext) -> tuple[Notice, ...]:
    window = month_window(claim, month, context.law, context.calendar)
    at_risk = (*at_risk_instants(claim, month, context.law, context.calendar), window.closes_at)
    reminders = [
        reminder
        for due_at, until in pairwise(at_risk)
        for reminder in _due(NoticeKind.MONTH_AT_RISK, month, due_at, until, context.at)
    ]
    if opening_is_announced(claim, month):
        reminders += _due(NoticeKind.MONTH_OPEN, month, window.opens_at, at_risk[0], context.at)
    duty_at = duty_reminder_at(claim, month, context.law)
    if duty_at is not None:
        reminders += _due(NoticeKind.DUTY_OPEN, month, duty_at, window.closes_at, context.at)
    return tuple(reminders)


def _due(kind: NoticeKind, month: int, due_at: datetime, until: datetime, at: datetime) -> tuple[Notice, ...]:
    return (Notice(kind, month, due_at),) if due_at <= at < until else ()
