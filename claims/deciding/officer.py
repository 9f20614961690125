"""What officers, inspectors and employers say to a claim, and what the claimant answers them."""

from collections.abc import Iterator
from datetime import date

from claims import events as e
from claims.commands import messages as m
from claims.deciding.decision import Decision, not_kept, told
from claims.entitlement.determination import (
    approve,
    deciding_rules,
    layoff_is_to_come,
    naming_counts_not,
    payer_is_open,
)
from claims.entitlement.months import month_amount_idr
from claims.entitlement.payer import employer_owes_idr, record_shows_arrears, reimbursement
from claims.entitlement.windows import reference_date, window_to_file
from claims.events.adverse import deny
from claims.events.basis import Upheld
from claims.state.claim import Claim, Ending
from claims.state.hearings import Question
from claims.state.situation import Situation
from claims.transitions.questions import (
    HEARING,
    ask,
    decided,
    find_question,
    heard_of_referral,
    is_heard,
    referral_is_heard,
    undecided_months,
    what_follows,
)
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of, end_of
from law.provisions import EMPLOYER_FIRST, NEVER_REGISTERED, REIMBURSEMENT, WAGE_UNDERREPORTED


def decide_by_officer(message: m.DecideByOfficer, claim: Claim, s: Situation) -> Decision:
    """Keputusan petugas over the referral (question 0) or over a question."""
    if message.question:
        return _decide_question(message, claim, s)
    referred = claim.decision
    if not isinstance(referred, e.ClaimReferred) or claim.ending is not None:
        return _officer(message, does_not_count(Ground.NOT_REFERRED, HEARING))
    if not message.approves:
        return _refuse(message, claim, referred, s)
    if claim.record is not None and not claim.record.registered:
        return _officer(message, does_not_count(Ground.WAGE_UNKNOWN, NEVER_REGISTERED))
    if payer_is_open(referred.reasons) and message.payer is None:
        return _officer(message, does_not_count(Ground.PAYER_NOT_NAMED, EMPLOYER_FIRST))
    if layoff_is_to_come(claim, day_of(s.at)):
        article = window_to_file(claim, s.law).article
        return _officer(message, does_not_count(Ground.FILED_BEFORE_LAYOFF, article))
    rules, is_open = deciding_rules(claim, s.law, s.at), payer_is_open(referred.reasons)
    payer = message.payer if is_open and message.payer else "bpjs"
    granted = approve(claim, rules, referred.reasons, s.at, payer)
    closed = _documents_closed(message, claim, s)
    return _officer(message, counts(referred.article), *closed, granted, payer_is_open=is_open)


def _officer(
    message: m.DecideByOfficer, verdict: Verdict, *more: e.Event, payer_is_open: bool = False
) -> Decision:
    """What an officer said, with what follows; only an approval in arrears has a payer to name."""
    decided = e.OfficerDecided(
        approves=message.approves,
        reason=message.reason,
        verdict=verdict,
        question=message.question,
        payer=message.payer,
        payer_verdict=naming_counts_not(message.payer, payer_is_open) if verdict.counts else None,
    )
    return told(decided, verdict, *more)


def _refuse(message: m.DecideByOfficer, claim: Claim, referred: e.ClaimReferred, s: Situation) -> Decision:
    """Only who was heard is refused."""
    if not referral_is_heard(claim, s):
        return _officer(message, does_not_count(Ground.CLAIMANT_NOT_HEARD, HEARING))
    refused = deny(
        Upheld(heard_of_referral(claim, s), referred.ground, referred.article),
        regime=deciding_rules(claim, s.law, s.at).name,
        reasons=referred.reasons,
        may_file_again_until=window_to_file(claim, s.law).closes_at,
    )
    return _officer(message, counts(referred.article), *_documents_closed(message, claim, s), refused)


def _documents_closed(
    message: m.DecideByOfficer, claim: Claim, s: Situation
) -> tuple[e.QuestionDecided, ...]:
    """Who decides the claim has decided what its documents were asked for."""
    return tuple(
        _decided(message, question, s)
        for question in claim.open_questions
        if question.asked.ground is Ground.DOCUMENTS_MISSING
    )


def _decided(message: m.DecideByOfficer, question: Question, s: Situation) -> e.QuestionDecided:
    return decided(question, founded=not message.approves, reason=message.reason, s=s)


def _decide_question(message: m.DecideByOfficer, claim: Claim, s: Situation) -> Decision:
    question = find_question(claim, message.question)
    if question is None or claim.ending is not None:
        return _officer(message, does_not_count(Ground.NO_OPEN_QUESTION, HEARING))
    if message.approves:
        return _officer(message, counts(question.asked.article), _decided(message, question, s))
    if not is_heard(claim, question, s):
        return _officer(message, does_not_count(Ground.CLAIMANT_NOT_HEARD, HEARING))
    follows = tuple(what_follows(claim, question, s))
    return _officer(message, counts(question.asked.article), _decided(message, question, s), *follows)


def answer_question(message: m.AnswerQuestion, claim: Claim, s: Situation) -> Decision:
    """Keterangan of the claimant: it counts while the question, or the referral, is open."""
    verdict = counts(HEARING)
    if message.question == 0:
        if not isinstance(claim.decision, e.ClaimReferred) or claim.ending is not None:
            verdict = does_not_count(Ground.NOT_REFERRED, HEARING)
    elif find_question(claim, message.question) is None or claim.ending is not None:
        verdict = does_not_count(Ground.NO_OPEN_QUESTION, HEARING)
    answered = e.QuestionAnswered(
        question=message.question,
        statement=message.statement,
        reference=message.reference,
        verdict=verdict,
    )
    return told(answered, verdict)


def ask_for_documents(message: m.AskForDocuments, claim: Claim, s: Situation) -> Decision:
    """Permintaan dokumen: on a referred claim, with time to send them; silence refuses nothing."""
    referred = claim.decision
    if not isinstance(referred, e.ClaimReferred) or claim.ending is not None:
        verdict = does_not_count(Ground.NOT_REFERRED, HEARING)
        return told(e.DocumentsNotAsked(documents=message.documents, verdict=verdict), verdict)
    question = ask(
        claim,
        s,
        Ground.DOCUMENTS_MISSING,
        referred.article,
        months=(),
        last_month_owed=claim.last_month_owed,
        documents=message.documents,
    )
    return told(question, counts(HEARING))


def request_record(message: m.RequestRecord, claim: Claim, s: Situation) -> Decision:
    """Permintaan catatan iuran: of a claim that was filed and whose record is not being fetched."""
    verdict = counts(HEARING)
    if claim.filing is None or claim.ending in (Ending.WITHDRAWN, Ending.LAYOFF_WITHDRAWN):
        verdict = does_not_count(Ground.CLAIM_NOT_APPROVED, HEARING)
    elif claim.record_wanted or claim.record is None:
        verdict = does_not_count(Ground.ALREADY_RECORDED, HEARING)
    return told(e.RecordRequested(reason=message.reason, verdict=verdict), verdict)


def record_employer_payment(message: m.RecordEmployerPayment, claim: Claim, s: Situation) -> Decision:
    """Pembayaran oleh pengusaha: a month that it has to pay first, granted already or still to come."""
    refusal = _payment_refusal(message, claim, s)
    verdict = counts(EMPLOYER_FIRST) if refusal is None else does_not_count(refusal, EMPLOYER_FIRST)
    paid = e.EmployerPaid(
        month=message.month,
        amount_idr=message.amount_idr,
        paid_on=message.paid_on,
        reference=message.reference,
        verdict=verdict,
    )
    return told(paid, verdict)


def _payment_refusal(message: m.RecordEmployerPayment, claim: Claim, s: Situation) -> Ground | None:
    month = claim.month(message.month)
    to_come = claim.ending is None and month.number in undecided_months(claim)
    owed = claim.employer_pays and (month.authorized or to_come) and not month.settled
    if not owed and not _may_be_granted(claim):
        return Ground.NOT_OWED_BY_THE_EMPLOYER
    if message.paid_on > day_of(s.heard_at):
        return Ground.IN_THE_FUTURE
    if _may_be_granted(claim):
        return Ground.CLAIM_NOT_APPROVED
    amount_idr = month_amount_idr(claim, month.number, s.law) if to_come else month.amount_idr
    paid_too_much = month.employer_paid_idr + message.amount_idr > amount_idr
    return Ground.NOT_OWED_BY_THE_EMPLOYER if paid_too_much else None


def _may_be_granted(claim: Claim) -> bool:
    """Whether nobody has said yet who pays: what the employer does meanwhile waits for it."""
    return claim.approved is None and claim.ending is None


def ask_reimbursement(message: m.AskReimbursement, claim: Claim, s: Situation) -> Decision:
    """Permintaan penggantian, judged by the day on which it was received."""
    asked_on = day_of(s.heard_at)
    rules = s.law.in_force_on(asked_on)
    held = claim.reimbursement_held
    found = reimbursement(
        tuple(_paid_of_months_granted(claim)),
        message.arrears_settled_on,
        asked_on,
        rules,
        s.calendar,
        reimbursed_idr=claim.reimbursed_idr,
        in_arrears=record_shows_arrears(claim, asked_on, rules, s.calendar),
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
    return told(asked, verdict)


def _paid_of_months_granted(claim: Claim) -> Iterator[tuple[date, int]]:
    """What the employer paid of each month granted, and when; what it paid ahead, once the month began."""
    for month in claim.months:
        days = [payment.paid_on for payment in claim.employer_payments if payment.month == month.number]
        if days and month.authorized is not None:
            day = max(*days, reference_date(claim, month.number))
            yield day, min(month.employer_paid_idr, month.amount_idr)


def find_true_wage(message: m.FindTrueWage, claim: Claim, s: Situation) -> Decision:
    """What the employer owes in one sum: the benefit (Pasal 37) or the difference (Pasal 23)."""
    registered = claim.record is None or claim.record.registered
    article = WAGE_UNDERREPORTED if registered else NEVER_REGISTERED
    verdict, amount_idr = counts(article), 0
    if claim.layoff is None or claim.record is None or (registered and claim.approved is None):
        verdict = does_not_count(Ground.CLAIM_NOT_APPROVED, article)
    else:
        rules = s.law.in_force_on(claim.layoff.laid_off_on)
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
    return told(owes, verdict)


def move_deadlines(message: m.MoveDeadlines, claim: Claim, s: Situation) -> Decision:
    """Batas waktu bergeser: every date that another version of the calendar moves, each told by itself."""
    verdict = counts(HEARING)
    if claim.ending is not None:
        return not_kept(does_not_count(Ground.CLAIM_ENDED, HEARING))
    moved = tuple(
        e.DeadlineMoved(
            what=each.what,
            month=each.month,
            owner=each.owner,
            edge=each.edge,
            was=each.was,
            now=each.now,
            kept=each.kept,
            article=each.article,
            calendar_version=message.calendar_version,
        )
        for each in message.moved
    )
    return told(moved[0], verdict, *moved[1:])
