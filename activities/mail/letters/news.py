"""What some letters tell beside where the claim stands: the question, the difference, the debt, the new date.

Each of these kinds has its facts here, by the names that its templates use. Instants are aware, amounts
integer rupiah, articles citations as the rules write them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict

from activities.mail.letters import objections
from activities.mail.letters.contact import data_decided, data_differ
from activities.mail.letters.employer import (
    EmployerOwes,
    EmployerPays,
    PayerRedetermined,
    employer_owes,
    employer_pays,
    payer_changed,
)
from activities.mail.letters.reports import LayoffCorrected, LayoffWithdrawn, corrected, taken_back
from claims import events as e
from claims.agenda.notices import Notice, NoticeKind, concerns_the_claimant
from claims.entitlement.months import open_duties
from claims.events.basis import StoredBasis
from claims.state.claim import Claim, Ending
from claims.state.hearings import Question
from law.grounds import Ground, Reason, Result
from law.rules import Law, MonthCondition

DATES_SHOWN = 6
CHANGES_SHOWN = 3
GOES_ON = (None, Ending.EXHAUSTED)
ENDS_NOTHING = frozenset({Ground.WAGE_CORRECTED, Ground.DECEASED})

Standing = Literal["open", "over", "answered", "decided"]


class QuestionAsked(TypedDict):
    """Pertanyaan: what is doubted and by which article, the condition where there is one, time to answer.

    `months_held` wait for the answer, `months_paid` were paid already; `left` is how many months stay if it
    proves right, None where none would end. `wages` are the reported wage in use and the one reported now.
    `others` were asked at the same time and are open too.
    """

    ground: Ground
    article: str
    reason: Reason | None
    standing: Standing
    answer_until: datetime
    months_held: tuple[int, ...]
    months_paid: tuple[int, ...]
    left: int | None
    wages: tuple[int, int] | None
    others: tuple[e.QuestionAsked, ...]


class DocumentsMissing(TypedDict):
    """Dokumen belum lengkap: which (codes of claims.wording.asked.DOCUMENTS), and until when to send them."""

    documents: tuple[str, ...]
    article: str
    standing: Standing
    answer_until: datetime
    months_held: tuple[int, ...]


class QuestionDecided(TypedDict):
    """Pertanyaan diputuskan: for or against the claimant, the months that go on, the wage from now on."""

    ground: Ground
    article: str
    in_favour: bool
    months_released: tuple[int, ...]
    months_paid: tuple[int, ...]
    wage_idr: int


@dataclass(frozen=True)
class Changed:
    """A condition as it was decided on, and as it stands now."""

    was: Reason
    becomes: Reason


class ClaimReconsidered(TypedDict):
    """Klaim diperiksa kembali: after a later record or a corrected report, what changed and what follows."""

    cause: e.Because
    changes: tuple[Changed, ...]
    more: int
    still: Reason | None
    outcome: Literal["unchanged", "approved", "referred", "denied", "open"]


class MonthAdjusted(TypedDict):
    """Manfaat dihitung kembali: the months of one correction, each as it was and as it is now."""

    adjusted: tuple[e.MonthAdjusted, ...]
    total_difference_idr: int
    article: str
    pay_until: datetime
    difference_paid: bool


class ReceivableFound(TypedDict):
    """Kelebihan bayar: what was paid of which months and was not owed; it is not asked back."""

    receivables: tuple[tuple[int, int], ...]
    ground: Ground
    article: str
    basis: StoredBasis


class DeadlineMoved(TypedDict):
    """Tanggal bergeser with the public holidays: those of one change that the claimant has to know.

    None of them leaves the claimant less time: such a date is kept (docs/decisions/0031).
    """

    moved: tuple[e.DeadlineMoved, ...]
    yours: bool


class DutyOpen(TypedDict):
    """Kewajiban belum selesai: the self-assessment, on which no payment depends; None once it is done."""

    duty: Reason | None


def news(notice: Notice, claim: Claim, law: Law, at: datetime) -> Mapping[str, object]:
    """The facts of a kind of letter beside `letter_facts`; none for a kind that needs no others."""
    found = _FACTS.get(notice.kind)
    return {} if found is None else found(notice, claim, law, at)


def _question(notice: Notice, claim: Claim) -> Question:
    """The newest question that a letter can be about."""
    documents = notice.kind is NoticeKind.DOCUMENTS_MISSING
    decided = notice.kind is NoticeKind.QUESTION_DECIDED
    last = claim.last_decided if decided else 0
    newest_first = sorted(
        claim.questions, key=lambda each: (each.asked.question == last, each.asked.question)
    )
    return next(
        question
        for question in reversed(newest_first)
        if bool(question.asked.documents) is documents
        and next(iter(question.asked.months), 0) == notice.month
        and (question.decided is not None or not decided)
    )


def _standing(question: Question, claim: Claim, at: datetime) -> Standing:
    if question.decided is not None or claim.ending is not None:
        return "decided"
    if question.answered:
        return "answered"
    return "open" if at < question.asked.answer_until else "over"


def _months(asked: e.QuestionAsked, claim: Claim, *, paid: bool) -> tuple[int, ...]:
    return tuple(n for n in asked.months if (claim.month(n).paid_idr > 0) is paid)


def _asked(notice: Notice, claim: Claim, law: Law, at: datetime) -> QuestionAsked:
    question = _question(notice, claim)
    asked = question.asked
    wages = None
    if asked.ground is Ground.WAGE_CORRECTED and claim.record is not None:
        wages = (claim.wage_idr, claim.record.reported_wage_idr)
    ends = asked.ground not in ENDS_NOTHING and not _months(asked, claim, paid=True)
    return QuestionAsked(
        ground=asked.ground,
        article=asked.article,
        reason=next((r for r in asked.reasons if r.ground is asked.ground), None),
        standing=_standing(question, claim, at),
        answer_until=asked.answer_until,
        months_held=_months(asked, claim, paid=False),
        months_paid=_months(asked, claim, paid=True),
        left=asked.last_month_owed if ends and asked.last_month_owed < claim.last_month_owed else None,
        wages=wages,
        others=tuple(_asked_beside(question, claim)),
    )


def _asked_beside(question: Question, claim: Claim) -> Iterator[e.QuestionAsked]:
    """What one letter has to tell beside its question: asked of the same months, with the same time."""
    months = question.asked.months
    for other in claim.open_questions:
        same = (
            other.asked.months[:1] == months[:1] and other.asked.answer_until == question.asked.answer_until
        )
        if same and other.asked.question != question.asked.question and not other.asked.documents:
            yield other.asked


def _documents(notice: Notice, claim: Claim, law: Law, at: datetime) -> DocumentsMissing:
    question = _question(notice, claim)
    return DocumentsMissing(
        documents=question.asked.documents,
        article=question.asked.article,
        standing=_standing(question, claim, at),
        answer_until=question.asked.answer_until,
        months_held=question.asked.months,
    )


def _decided(notice: Notice, claim: Claim, law: Law, at: datetime) -> QuestionDecided:
    question = _question(notice, claim)
    assert question.decided is not None, "the letter tells what was decided"
    in_favour = not question.decided.founded
    released = tuple(
        n for n in question.asked.months if claim.month(n).forfeited is None and not claim.held(n)
    )
    paid = _months(question.asked, claim, paid=True)
    return QuestionDecided(
        ground=question.asked.ground,
        article=question.asked.article,
        in_favour=in_favour,
        months_released=tuple(n for n in released if n not in paid) if in_favour else (),
        months_paid=paid,
        wage_idr=claim.wage_idr,
    )


def _reconsidered(notice: Notice, claim: Claim, law: Law, at: datetime) -> ClaimReconsidered:
    assert claim.reconsidered is not None, "the letter tells what was looked at again"
    event = claim.reconsidered.event
    changes = tuple(_changes(claim.reconsidered.before, event.reasons))
    return ClaimReconsidered(
        cause=event.because,
        changes=changes[:CHANGES_SHOWN],
        more=max(len(changes) - CHANGES_SHOWN, 0),
        still=next((r for r in event.reasons if r.result is not Result.MET), None),
        outcome="unchanged" if event.outcome == "unchanged" else _outcome(claim),
    )


def _outcome(claim: Claim) -> Literal["approved", "referred", "denied", "open"]:
    match claim.decision:
        case e.ClaimApproved():
            return "approved"
        case e.ClaimReferred():
            return "referred"
        case e.ClaimDenied():
            return "denied"
        case None:
            return "open"


def _changes(before: tuple[Reason, ...], now: tuple[Reason, ...]) -> Iterator[Changed]:
    """Conditions that turned, and those still not met of which something else was found."""
    then = {reason.condition: reason for reason in before}
    for becomes in now:
        was = then.get(becomes.condition)
        if was is None or was.facts == becomes.facts:
            continue
        if was.result is not becomes.result or becomes.result is not Result.MET:
            yield Changed(was, becomes)


def _adjusted(notice: Notice, claim: Claim, law: Law, at: datetime) -> MonthAdjusted:
    first = claim.month(notice.month).adjusted[-1]
    months = [m for m in claim.months if m.adjusted and m.adjusted[-1].pay_until == first.pay_until]
    adjusted = tuple(month.adjusted[-1] for month in months)
    return MonthAdjusted(
        adjusted=adjusted,
        total_difference_idr=sum(each.difference_idr for each in adjusted),
        article=first.article,
        pay_until=first.pay_until,
        difference_paid=all(month.settled for month in months),
    )


def _overpaid(notice: Notice, claim: Claim, law: Law, at: datetime) -> ReceivableFound:
    found = claim.month(notice.month).receivable
    assert found is not None, "the letter tells what was found"
    return ReceivableFound(
        receivables=tuple((m.number, m.receivable_idr) for m in claim.months if m.receivable_idr),
        ground=found.ground,
        article=found.article,
        basis=found.basis,
    )


def _moved(notice: Notice, claim: Claim, law: Law, at: datetime) -> DeadlineMoved:
    moved = sorted((m for m in claim.moved if concerns_the_claimant(m)), key=lambda each: each.now)
    return DeadlineMoved(
        moved=tuple(moved[:DATES_SHOWN]), yours=any(each.owner == "claimant" for each in moved)
    )


def _duty(notice: Notice, claim: Claim, law: Law, at: datetime) -> DutyOpen:
    duties = open_duties(claim, notice.month, law) if claim.filing is not None else ()
    return DutyOpen(duty=next((d for d in duties if d.condition == MonthCondition.SELF_ASSESSMENT), None))


KINDS: Mapping[NoticeKind, type] = {
    NoticeKind.LAYOFF_CORRECTED: LayoffCorrected,
    NoticeKind.LAYOFF_WITHDRAWN: LayoffWithdrawn,
    NoticeKind.QUESTION_ASKED: QuestionAsked,
    NoticeKind.DOCUMENTS_MISSING: DocumentsMissing,
    NoticeKind.QUESTION_DECIDED: QuestionDecided,
    NoticeKind.OBJECTION_RECEIVED: objections.ObjectionReceived,
    NoticeKind.OBJECTION_DISMISSED: objections.ObjectionDismissed,
    NoticeKind.DECISION_PUT_RIGHT: objections.DecisionPutRight,
    NoticeKind.CLAIM_RECONSIDERED: ClaimReconsidered,
    NoticeKind.MONTH_ADJUSTED: MonthAdjusted,
    NoticeKind.PAYER_REDETERMINED: PayerRedetermined,
    NoticeKind.RECEIVABLE_FOUND: ReceivableFound,
    NoticeKind.EMPLOYER_PAYS: EmployerPays,
    NoticeKind.EMPLOYER_OWES: EmployerOwes,
    NoticeKind.DEADLINE_MOVED: DeadlineMoved,
    NoticeKind.DUTY_OPEN: DutyOpen,
}
_FACTS: Mapping[NoticeKind, Callable[[Notice, Claim, Law, datetime], Mapping[str, object]]] = {
    NoticeKind.LAYOFF_CORRECTED: corrected,
    NoticeKind.LAYOFF_WITHDRAWN: taken_back,
    NoticeKind.QUESTION_ASKED: _asked,
    NoticeKind.DOCUMENTS_MISSING: _documents,
    NoticeKind.QUESTION_DECIDED: _decided,
    NoticeKind.OBJECTION_RECEIVED: objections.received,
    NoticeKind.OBJECTION_DISMISSED: objections.dismissed,
    NoticeKind.DECISION_PUT_RIGHT: objections.put_right,
    NoticeKind.CLAIM_RECONSIDERED: _reconsidered,
    NoticeKind.MONTH_ADJUSTED: _adjusted,
    NoticeKind.PAYER_REDETERMINED: payer_changed,
    NoticeKind.RECEIVABLE_FOUND: _overpaid,
    NoticeKind.EMPLOYER_PAYS: employer_pays,
    NoticeKind.EMPLOYER_OWES: employer_owes,
    NoticeKind.DEADLINE_MOVED: _moved,
    NoticeKind.DUTY_OPEN: _duty,
    NoticeKind.PERSON_DATA_DIFFERS: data_differ,
    NoticeKind.PERSON_DATA_DECIDED: data_decided,
}
