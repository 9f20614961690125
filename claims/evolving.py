"""From the state of a claim and one more event to its next state: `evolve`, and `fold` over all of them.

`evolve` never rejects a recorded event. Any change of what a state means raises `STATE_VERSION`, so that
stored projections are rebuilt.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from claims import events as e
from claims import orders, reviewing
from claims.claim import Claim, Ending
from claims.hearings import Question, Reconsidered
from claims.orders import with_month
from claims.reasons import Ground
from claims.recorded import RecordedEffort, RecordedSession
from claims.rules import BENEFIT_MONTHS

STATE_VERSION = 5


def evolve(claim: Claim, event: e.Event) -> Claim:
    """The claim after one more event."""
    return _apply(event, claim)


def fold(events: Iterable[e.Event]) -> Claim:
    """The claim after all its events."""
    claim = Claim()
    for event in events:
        claim = _apply(event, claim)
    return claim


def _with_question(
    claim: Claim, number: int, *, answered: bool = False, decided: e.QuestionDecided | None = None
) -> Claim:
    """A question's number is its place, counted from 1."""
    questions = list(claim.questions)
    asked = questions[number - 1]
    questions[number - 1] = replace(
        asked, answered=answered or asked.answered, decided=decided or asked.decided
    )
    return replace(claim, questions=tuple(questions))


@singledispatch
def _apply(event: object, claim: Claim) -> Claim:
    """Events that tell a story but change no state."""
    return claim


@_apply.register(e.LayoffReported)
@_apply.register(e.LayoffCorrected)
def _(event: e.LayoffReported | e.LayoffCorrected, claim: Claim) -> Claim:
    return replace(
        claim,
        corrected=claim.corrected_by(event),
        layoff=event.layoff,
        reports={**claim.reports, event.reported_by: event.layoff},
        report_disputed=claim.report_disputed and event.reported_by != "employer",
        reconsider=claim.reconsider if claim.decision is None else "layoff_report",
        ending=None if claim.ending is Ending.LAYOFF_WITHDRAWN else claim.ending,
    )


@_apply.register
def _(event: e.LayoffWithdrawn, claim: Claim) -> Claim:
    """Only the last report that is taken back ends the claim; until then the other one is the layoff."""
    is_heeded = claim.ending is None or event.verdict.ground is Ground.NEEDS_A_PERSON
    disputed = claim.report_disputed or (event.reported_by == "employer" and is_heeded)
    if not event.verdict.counts:
        return replace(claim, report_disputed=disputed)
    reports = {party: layoff for party, layoff in claim.reports.items() if party != event.reported_by}
    claim = replace(claim, reports=reports, taken_back=event)
    if event.still_reported_by is None:
        return replace(claim, ending=Ending.LAYOFF_WITHDRAWN)
    return replace(
        claim,
        layoff=reports[event.still_reported_by],
        report_disputed=disputed,
        reconsider=claim.reconsider if claim.decision is None else "layoff_report",
    )


@_apply.register
def _(event: e.ClaimFiled, claim: Claim) -> Claim:
    """A filing, also another one: nothing applied for under an earlier one speaks for it."""
    return replace(
        claim,
        filing=event,
        account_version=event.account_version,
        record=None,
        record_wanted=False,
        decision=None,
        stood_refused=False,
        reconsider=None,
        ceased=None,
        resumed=None,
        objections=tuple(replace(each, closed=True) for each in claim.objections),
        efforts=(),
        months=tuple(replace(month, certified=False, status_stated=False) for month in claim.months),
    )


@_apply.register
def _(event: e.FilingNotAccepted, claim: Claim) -> Claim:
    return replace(claim, refused_filings=(*claim.refused_filings, event))


@_apply.register
def _(event: e.ContributionRecordReceived, claim: Claim) -> Claim:
    stale: e.Because | None = claim.reconsider if claim.decision is None else "contribution_record"
    return replace(claim, record=event.record, record_wanted=False, reconsider=stale)


@_apply.register
def _(event: e.RecordRequested, claim: Claim) -> Claim:
    return replace(claim, record_wanted=event.verdict.counts or claim.record_wanted)


@_apply.register
def _(event: e.ClaimReconsidered, claim: Claim) -> Claim:
    before = () if claim.decision is None else claim.decision.reasons
    return replace(claim, reconsider=None, reconsidered=Reconsidered(event, before))


@_apply.register
def _(event: e.WageRedetermined, claim: Claim) -> Claim:
    return replace(claim, wage_idr=event.becomes_idr)


@_apply.register
def _(event: e.QuestionAsked, claim: Claim) -> Claim:
    return replace(claim, questions=(*claim.questions, Question(event, record=claim.record)))


@_apply.register
def _(event: e.QuestionAnswered, claim: Claim) -> Claim:
    if not event.verdict.counts:
        return claim
    if event.question == 0:
        return replace(claim, referral_answered=True)
    return _with_question(claim, event.question, answered=True)


@_apply.register
def _(event: e.QuestionDecided, claim: Claim) -> Claim:
    decided = replace(_with_question(claim, event.question, decided=event), last_decided=event.question)
    if event.founded or event.ground is not Ground.DECEASED or claim.died_on is None:
        return decided
    months = claim.questions[event.question - 1].asked.months
    return replace(
        decided,
        months=tuple(
            replace(m, granted_by_person=m.granted_by_person or m.number in months) for m in decided.months
        ),
    )


@_apply.register(e.ClaimDenied)
@_apply.register(e.ClaimReferred)
def _(event: e.ClaimDenied | e.ClaimReferred, claim: Claim) -> Claim:
    refused = claim.stood_refused or isinstance(event, e.ClaimDenied)
    return replace(claim, decision=event, stood_refused=refused, referral_answered=False, reconsider=None)


@_apply.register
def _(event: e.ClaimApproved, claim: Claim) -> Claim:
    """Work found before the filing was before whoever approved, and does not end what they granted."""
    since = claim.reemployed_since
    judged = since is not None and since < event.reference_date
    return replace(
        claim,
        decision=event,
        wage_idr=event.reported_wage_idr,
        payer=event.payer,
        reconsider=None,
        reemployed_since=None if judged else since,
    )


@_apply.register
def _(event: e.SelfAssessmentCompleted, claim: Claim) -> Claim:
    return replace(claim, self_assessed=claim.self_assessed or event.verdict.counts)


@_apply.register
def _(event: e.CounsellingAttended, claim: Claim) -> Claim:
    return replace(claim, counselled=claim.counselled or event.verdict.counts)


@_apply.register(e.JobApplicationRecorded)
@_apply.register(e.InterviewCallRecorded)
def _(event: e.JobApplicationRecorded | e.InterviewCallRecorded, claim: Claim) -> Claim:
    recorded = RecordedEffort(event.effort, event.month, event.verdict.counts)
    return replace(claim, efforts=(*claim.efforts, recorded))


@_apply.register
def _(event: e.EffortWithdrawn, claim: Claim) -> Claim:
    if not event.verdict.counts:
        return claim
    return replace(
        claim,
        efforts=tuple(
            replace(r, counts=False) if r.effort.identity == (event.told_by, event.reference) else r
            for r in claim.efforts
        ),
    )


@_apply.register
def _(event: e.TrainingAttended, claim: Claim) -> Claim:
    if not event.verdict.counts:
        return claim
    told = [RecordedSession(event.provider, event.course, session) for session in event.sessions]
    by_key = {recorded.key: recorded for recorded in (*claim.sessions, *told)}
    return replace(claim, sessions=tuple(by_key.values()))


@_apply.register
def _(event: e.MonthCertified, claim: Claim) -> Claim:
    if not event.verdict.counts:
        return claim
    month = claim.month(event.month)
    stated = month.status_stated or event.status_form
    return with_month(claim, replace(month, certified=True, status_stated=stated))


@_apply.register
def _(event: e.BenefitAuthorized, claim: Claim) -> Claim:
    return with_month(claim, replace(claim.month(event.month), authorized=event))


@_apply.register
def _(event: e.MonthForfeited, claim: Claim) -> Claim:
    return with_month(claim, replace(claim.month(event.month), forfeited=event))


@_apply.register
def _(event: e.MonthReinstated, claim: Claim) -> Claim:
    month = claim.month(event.month)
    granted = event.granted or month.granted_by_person
    reopened = with_month(claim, replace(month, forfeited=None, granted_by_person=granted))
    return replace(reopened, ending=None) if claim.ending is Ending.EXHAUSTED else reopened


@_apply.register
def _(event: e.MonthAdjusted, claim: Claim) -> Claim:
    month = claim.month(event.month)
    reopened = with_month(claim, replace(month, adjusted=(*month.adjusted, event)))
    return replace(reopened, ending=None) if claim.ending is Ending.EXHAUSTED else reopened


@_apply.register
def _(event: e.PayerRedetermined, claim: Claim) -> Claim:
    """The months granted that the fund takes over keep what the employer paid of them."""
    for taken_over in event.months:
        claim = with_month(claim, replace(claim.month(taken_over.month), taken_over=taken_over))
    return replace(claim, payer=event.becomes)


@_apply.register
def _(event: e.ReceivableFound, claim: Claim) -> Claim:
    month = claim.month(event.month)
    marked_idr = month.receivable_idr + event.amount_idr
    return with_month(claim, replace(month, receivable_idr=marked_idr, receivable=event))


@_apply.register
def _(event: e.EmployerPaid, claim: Claim) -> Claim:
    if not event.verdict.counts:
        return claim
    month = claim.month(event.month)
    kept = replace(claim, employer_payments=(*claim.employer_payments, event))
    return with_month(kept, replace(month, employer_paid_idr=month.employer_paid_idr + event.amount_idr))


@_apply.register
def _(event: e.ReimbursementAsked, claim: Claim) -> Claim:
    """A request that only the record holds up keeps the day on which it was made."""
    if event.verdict.counts:
        return replace(claim, reimbursements=(*claim.reimbursements, event), reimbursement_held=None)
    held = event.verdict.ground is Ground.RECORD_SHOWS_ARREARS and claim.reimbursement_held is None
    return replace(claim, reimbursement_held=event) if held else claim


@_apply.register
def _(event: e.EmployerOwes, claim: Claim) -> Claim:
    return replace(claim, employer_owes=event) if event.verdict.counts else claim


@_apply.register
def _(event: e.DeadlineMoved, claim: Claim) -> Claim:
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


@_apply.register
def _(event: e.BankAccountChanged, claim: Claim) -> Claim:
    return replace(claim, account_version=event.account_version) if event.verdict.counts else claim


@_apply.register
def _(event: e.Reemployed, claim: Claim) -> Claim:
    return replace(claim, reemployed_since=event.since) if event.verdict.counts else claim


@_apply.register
def _(event: e.Deceased, claim: Claim) -> Claim:
    return replace(claim, died_on=event.died_on) if event.verdict.counts else claim


@_apply.register
def _(event: e.BenefitCeased, claim: Claim) -> Claim:
    return replace(claim, ceased=event, asked_before_the_end=len(claim.questions))


@_apply.register
def _(event: e.ClaimLapsed, claim: Claim) -> Claim:
    return replace(claim, ending=Ending.LAPSED)


@_apply.register
def _(event: e.ClaimReinstated, claim: Claim) -> Claim:
    return replace(claim, ending=None)


@_apply.register
def _(event: e.ClaimExhausted, claim: Claim) -> Claim:
    return replace(claim, ending=Ending.EXHAUSTED)


@_apply.register
def _(event: e.ClaimWithdrawn, claim: Claim) -> Claim:
    return replace(claim, ending=Ending.WITHDRAWN) if event.verdict.counts else claim


_apply.register(e.ObjectionReceived, reviewing.objected)
_apply.register(e.DecisionReviewed, reviewing.reviewed)
_apply.register(e.BenefitResumed, reviewing.resumed)
_apply.register(e.ReceivableDropped, reviewing.receivable_dropped)
_apply.register(e.PaymentOrdered, orders.ordered)
_apply.register(e.PaymentSent, orders.sent)
_apply.register(e.PaymentCancelled, orders.cancelled)
_apply.register(e.PaymentSettled, orders.settled)
_apply.register(e.PaymentFailed, orders.failed)
_apply.register(e.PaymentReturned, orders.returned)
