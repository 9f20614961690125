"""From the state of a claim and one more event to its next state: `evolve`, and `fold` over all of them.

`evolve` never rejects a recorded event. Any change of what a state means raises `STATE_VERSION`, so that
stored projections are rebuilt.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from claims import events as e
from claims.state import employers, orders, reaching, reviewing
from claims.state.claim import Claim, Ending
from claims.state.hearings import Ended, Question, Reconsidered
from claims.state.orders import with_month
from claims.state.recorded import RecordedEffort, RecordedSession
from law.grounds import Ground, Result
from law.rules import BENEFIT_MONTHS

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


def _goes_on(claim: Claim) -> Claim:
    """What came after the last payment opens a claim that had run out."""
    return replace(claim, ending=None) if claim.ending is Ending.EXHAUSTED else claim


@singledispatch
def _apply(event: object, claim: Claim) -> Claim:
    """Events that tell a story but change no state."""
    return claim


@_apply.register(e.LayoffReported)
@_apply.register(e.LayoffCorrected)
def _(event: e.LayoffReported | e.LayoffCorrected, claim: Claim) -> Claim:
    return replace(
        claim,
        corrected=reviewing.corrected_by(event, claim),
        layoff=event.layoff,
        reports={**claim.reports, event.reported_by: event.layoff},
        report_disputed=claim.report_disputed and event.reported_by != "employer",
        reconsider=claim.reconsider if claim.decision is None else "layoff_report",
        ending=None if claim.ending is Ending.LAYOFF_WITHDRAWN else claim.ending,
        came_back=claim.came_back or claim.ending is Ending.LAYOFF_WITHDRAWN,
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
        judged=None,
        stood_refused=False,
        came_back=False,
        reconsider=None,
        ceased=None,
        asked_before_the_end=0,
        ends_before=(),
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
    about_work = event.ground in (Ground.REEMPLOYED, Ground.OWN_BUSINESS)
    return replace(
        _goes_on(claim),
        questions=(*claim.questions, Question(event, record=claim.record)),
        work_told=() if about_work else claim.work_told,
    )


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
    held = claim.questions[event.question - 1].asked.months
    if event.catch_up_from is not None:
        released = tuple(
            replace(m, catch_up_from=event.catch_up_from) if m.number in held else m for m in decided.months
        )
        decided = replace(decided, months=released)
    if event.founded or event.ground is not Ground.DECEASED or claim.died_on is None:
        return decided
    return replace(
        decided,
        months=tuple(
            replace(m, granted_by_person=m.granted_by_person or m.number in held) for m in decided.months
        ),
    )


@_apply.register(e.ClaimDenied)
@_apply.register(e.ClaimReferred)
def _(event: e.ClaimDenied | e.ClaimReferred, claim: Claim) -> Claim:
    refused = claim.stood_refused or isinstance(event, e.ClaimDenied)
    return replace(
        claim,
        decision=event,
        judged=claim.facts,
        stood_refused=refused,
        referral_answered=False,
        reconsider=None,
    )


@_apply.register
def _(event: e.ClaimApproved, claim: Claim) -> Claim:
    """Work found before the filing was before whoever approved, and does not end what they granted.

    Nor is asked again what the reasons of the approval say of work.
    """
    since = claim.reemployed_since
    judged = since is not None and since < event.reference_date
    looked_at = any(r.condition == "without_work" and r.result is not Result.MET for r in event.reasons)
    return replace(
        employers.counted(claim) if event.payer == "employer" else claim,
        decision=event,
        wage_idr=event.reported_wage_idr,
        payer=event.payer,
        judged=claim.facts,
        reconsider=None,
        reemployed_since=None if judged else since,
        work_told=() if looked_at else claim.work_told,
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
    repeated = event.verdict.ground is Ground.SAME_COMPANY_TWICE
    recorded = RecordedEffort(event.effort, event.month, event.verdict.counts, repeated)
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
    return _goes_on(reopened)


@_apply.register
def _(event: e.MonthAdjusted, claim: Claim) -> Claim:
    month = claim.month(event.month)
    reopened = with_month(claim, replace(month, adjusted=(*month.adjusted, event)))
    return _goes_on(reopened)


@_apply.register
def _(event: e.ReceivableFound, claim: Claim) -> Claim:
    month = claim.month(event.month)
    marked_idr = month.receivable_idr + event.amount_idr
    return with_month(claim, replace(month, receivable_idr=marked_idr, receivable=event))


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
    """What does not count yet is kept for a decision to come, or for a layoff that moves before the work."""
    if event.verdict.counts:
        return replace(_goes_on(claim), reemployed_since=event.since)
    to_come = claim.approved is None and event.verdict.ground in (Ground.NEEDS_A_PERSON, Ground.CLAIM_ENDED)
    if to_come or event.verdict.ground is Ground.WORK_BEFORE_LAYOFF:
        return replace(claim, work_told=(*claim.work_told, event))
    return claim


@_apply.register
def _(event: e.Deceased, claim: Claim) -> Claim:
    """Told after the end of a claim that nobody granted, it is known if the claim comes back."""
    to_come = claim.approved is None and event.verdict.ground is Ground.CLAIM_ENDED
    if event.verdict.counts:
        return replace(_goes_on(claim), died_on=event.died_on)
    return replace(claim, died_on=event.died_on) if to_come else claim


@_apply.register
def _(event: e.BenefitCeased, claim: Claim) -> Claim:
    before = () if claim.ceased is None else (Ended(claim.ceased, claim.asked_before_the_end),)
    return replace(
        claim,
        ceased=event,
        asked_before_the_end=len(claim.questions),
        ends_before=(*claim.ends_before, *before),
    )


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


_apply.register(e.PayerRedetermined, employers.payer_redetermined)
_apply.register(e.EmployerPaid, employers.paid)
_apply.register(e.EmployerOwes, employers.owes)
_apply.register(e.ReimbursementAsked, employers.asked_back)
_apply.register(e.ObjectionReceived, reviewing.objected)
_apply.register(e.DecisionReviewed, reviewing.reviewed)
_apply.register(e.BenefitResumed, reviewing.resumed)
_apply.register(e.ReceivableDropped, reviewing.receivable_dropped)
_apply.register(e.PersonDataDiffers, reaching.differs)
_apply.register(e.PersonDataDecided, reaching.decided)
_apply.register(e.EmailChangeAsked, reaching.asked)
_apply.register(e.EmailChangeEnded, reaching.ended)
_apply.register(e.LetterGivenUp, reaching.given_up)
_apply.register(e.PaymentOrdered, orders.ordered)
_apply.register(e.PaymentSent, orders.sent)
_apply.register(e.PaymentCancelled, orders.cancelled)
_apply.register(e.PaymentSettled, orders.settled)
_apply.register(e.PaymentFailed, orders.failed)
_apply.register(e.PaymentReturned, orders.returned)
