"""Messages to events: one decision per kind of message, with the answer its sender gets.

Nothing said to a claim is lost: what does not count is recorded with its ground and article.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import singledispatch

from claims import events as e
from claims.commands import messages as m
from claims.deciding import contact
from claims.deciding import layoff as reports
from claims.deciding import officer as desk
from claims.deciding.answers import Answer
from claims.deciding.decision import Decision, not_kept, told
from claims.deciding.evidence import decide_job_search, told_instant
from claims.deciding.objection import object_to_decision, put_right
from claims.deciding.payment import decide_transfer
from claims.entitlement.months import month_reasons, unmet
from claims.entitlement.windows import Window, in_a_later_window, month_window, rules_for, window_after_layoff
from claims.events.basis import Heard
from claims.state.claim import Claim, Ending
from claims.state.evolving import evolve
from claims.state.situation import Situation, procedure_article
from claims.transitions.questions import ask, months_begun, takes_something, undecided_months
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of, start_of
from law.rules import MonthCondition

WITHDRAWAL = "assumption: docs/decisions/0024-withdrawal.md"
LATER_FACTS = "assumption: docs/decisions/0030-known-then-known-now.md"
DIRECT_MESSAGES = "assumption: docs/decisions/0007-what-a-messages-time-is.md"


def decide(claim: Claim, message: m.Message, s: Situation) -> Decision:
    """What a message does to a claim; months that it completes although their window closed come back."""
    decision = _decide(message, claim, s)
    if all(month.forfeited is None for month in claim.months):
        return decision
    after = claim
    for event in decision.events:
        after = evolve(after, event)
    told_at = _told_at(message, s)
    reinstated = tuple(
        e.MonthReinstated(month=month.number)
        for month in after.months
        if told_at is not None and _reinstated(after, month.number, told_at, s)
    )
    return Decision(decision.events + reinstated, decision.answer)


def _told_at(message: m.Message, s: Situation) -> datetime | None:
    """When the claimant had done their part; what a provider or portal passes on late is not their delay."""
    match message:
        case m.AttendTraining():
            return datetime.min.replace(tzinfo=UTC)
        case m.RecordJobSearch(efforts=efforts):
            return min(told_instant(effort, s) for effort in efforts)
        case _:
            return s.received_at


def _reinstated(claim: Claim, month: int, told_at: datetime, s: Situation) -> bool:
    """A month forfeited after its claimant had done their part, whose conditions the message completes."""
    forfeited = claim.month(month).forfeited
    if forfeited is None or isinstance(forfeited.basis, Heard):
        return False
    if told_at >= month_window(claim, month, s.law, s.calendar).closes_at:
        return False
    return unmet(month_reasons(claim, month, s.law)) is None


def standing(claim: Claim, article: str, s: Situation, done_at: datetime | None = None) -> Verdict:
    """Whether a claim takes evidence at all: somebody filed, and a month may still be completed.

    What others pass on late is looked at as of when it was `done_at`.
    """
    if claim.ending not in (None, Ending.EXHAUSTED):
        return does_not_count(Ground.CLAIM_ENDED, article)
    if claim.filing is None or isinstance(claim.decision, e.ClaimDenied):
        return does_not_count(Ground.CLAIM_NOT_APPROVED, article)
    if _may_complete_a_month(claim, s.heard_at if done_at is None else min(done_at, s.heard_at), s):
        return counts(article)
    if claim.ceased is not None:
        return does_not_count(claim.ceased.ground, claim.ceased.article)
    return does_not_count(Ground.CLAIM_ENDED, article)


def _may_complete_a_month(claim: Claim, at: datetime, s: Situation) -> bool:
    """A month that is owed and whose window had not closed at an instant."""
    return any(
        month_window(claim, number, s.law, s.calendar).closes_at > at
        for number in range(2, claim.last_month_owed + 1)
    )


@singledispatch
def _decide(message: object, claim: Claim, s: Situation) -> Decision:
    raise AssertionError(f"no decision for {type(message).__name__}")


@_decide.register
def _(message: m.FileClaim, claim: Claim, s: Situation) -> Decision:
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    window = window_after_layoff(claim, s.law)
    filed_on = day_of(s.heard_at)
    refusal = _filing_refusal(claim, s, window)
    if refusal is not None:
        verdict = does_not_count(refusal, window.article)
        return told(e.FilingNotAccepted(filed_on=filed_on, verdict=verdict), verdict)
    if message.commitment_version is None or message.commitment_sha256 is None:
        article = s.law.in_force_on(filed_on).article_of_month(MonthCondition.COMMITMENT)
        verdict = does_not_count(Ground.COMMITMENT_MISSING, article)
        return told(e.FilingNotAccepted(filed_on=filed_on, verdict=verdict), verdict)
    filed = e.ClaimFiled(
        participant=message.participant,
        account_version=message.account_version,
        filed_on=filed_on,
        commitment_version=message.commitment_version,
        commitment_sha256=message.commitment_sha256,
    )
    events: tuple[e.Event, ...] = (filed,)
    if claim.ending in (Ending.LAPSED, Ending.WITHDRAWN):
        events = (e.ClaimReinstated(), filed)
    return Decision(events, Answer(verdict=counts(window.article)))


def _filing_refusal(claim: Claim, s: Situation, window: Window) -> Ground | None:
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    if claim.ending not in (None, Ending.LAPSED) and not _may_file_after_withdrawal(claim):
        return Ground.CLAIM_ENDED
    if s.heard_at < window.opens_at:
        return Ground.WINDOW_NOT_OPEN
    today = day_of(s.heard_at)
    if s.heard_at >= window.closes_at and not in_a_later_window(claim.reported_days[-1], today, s.law):
        return Ground.FILED_TOO_LATE
    open_filing = claim.filing is not None and claim.ending is not Ending.WITHDRAWN
    if open_filing and not isinstance(claim.decision, e.ClaimDenied):
        return Ground.ALREADY_FILED
    return None


def _may_file_after_withdrawal(claim: Claim) -> bool:
    """Pasal 40 takes the right for other reasons only: while nothing was granted, the window stays open."""
    return claim.ending is Ending.WITHDRAWN and all(m.authorized is None for m in claim.months)


@_decide.register
def _(message: m.CompleteSelfAssessment, claim: Claim, s: Situation) -> Decision:
    verdict = _on_a_day_that_came(message.completed_on, standing(claim, procedure_article(s, "13(2)"), s), s)
    if verdict.counts and claim.self_assessed:
        verdict = does_not_count(Ground.ALREADY_RECORDED, verdict.article)
    elif verdict.counts and _too_late_for_its_month(claim, s):
        verdict = does_not_count(Ground.WINDOW_CLOSED, verdict.article)
    event = e.SelfAssessmentCompleted(
        form_version=message.form_version, completed_on=message.completed_on, verdict=verdict
    )
    return told(event, verdict)


def _on_a_day_that_came(day: date, verdict: Verdict, s: Situation) -> Verdict:
    """The verdict, less where something is told as done on a day that is still to come."""
    to_come = verdict.counts and day > day_of(s.heard_at)
    return does_not_count(Ground.IN_THE_FUTURE, verdict.article) if to_come else verdict


def _too_late_for_its_month(claim: Claim, s: Situation) -> bool:
    """Where it is a gate, an assessment after month 2 opens nothing (docs/decisions/0022).

    If it counted, an application received in time and handled after it would bring the lost month back.
    """
    gate = rules_for(claim, 2, s.law).requirement(MonthCondition.SELF_ASSESSMENT, 2)
    if claim.approved is None or gate is None or not gate.binds:
        return False
    return s.heard_at >= month_window(claim, 2, s.law, s.calendar).closes_at


@_decide.register
def _(message: m.RecordJobSearch, claim: Claim, s: Situation) -> Decision:
    told_at = min(told_instant(effort, s) for effort in message.efforts)
    verdict = standing(claim, procedure_article(s, "13(4)"), replace(s, received_at=told_at))
    events, answer = decide_job_search(message, claim, s, verdict)
    return Decision(events, answer)


@_decide.register
def _(message: m.WithdrawEffort, claim: Claim, s: Situation) -> Decision:
    """A month already granted stays as it is; the running total falls."""
    article = procedure_article(s, "13(4)")
    identity = (message.told_by, message.reference)
    known = any(r.counts and r.effort.identity == identity for r in claim.efforts)
    verdict = counts(article) if known else does_not_count(Ground.APPLICATION_UNKNOWN, article)
    withdrawn = e.EffortWithdrawn(reference=message.reference, verdict=verdict, told_by=message.told_by)
    return told(withdrawn, verdict)


@_decide.register
def _(message: m.AttendCounselling, claim: Claim, s: Situation) -> Decision:
    rules = s.law.in_force_on(day_of(s.heard_at))
    standing_now = standing(claim, rules.article_of_month(MonthCondition.COUNSELLING), s)
    verdict = _on_a_day_that_came(message.attended_on, standing_now, s)
    event = e.CounsellingAttended(
        attended_on=message.attended_on,
        office=message.office,
        recommendation=message.recommendation,
        verdict=verdict,
    )
    return told(event, verdict)


@_decide.register
def _(message: m.AttendTraining, claim: Claim, s: Situation) -> Decision:
    verdict = _attendance(message, claim, s)
    event = e.TrainingAttended(
        provider=message.provider,
        course=message.course,
        recommendation=message.recommendation,
        sessions=message.sessions,
        verdict=verdict,
    )
    return told(event, verdict)


def _attendance(message: m.AttendTraining, claim: Claim, s: Situation) -> Verdict:
    article = procedure_article(s, "13(3)b")
    if any(session.held_on > day_of(s.heard_at) for session in message.sessions):
        return does_not_count(Ground.IN_THE_FUTURE, article)
    last = max(session.held_on for session in message.sessions)
    return standing(claim, article, s, start_of(last))


@_decide.register
def _(message: m.CertifyMonth, claim: Claim, s: Situation) -> Decision:
    verdict = _certification(message, claim, s)
    event = e.MonthCertified(
        month=message.month,
        certified_on=day_of(s.heard_at),
        verdict=verdict,
        status_form=message.status_form,
    )
    return told(event, verdict)


def _certification(message: m.CertifyMonth, claim: Claim, s: Situation) -> Verdict:
    month = message.month
    article = procedure_article(s, "13(3)")
    if claim.filing is None or isinstance(claim.decision, e.ClaimDenied):
        ground = Ground.CLAIM_ENDED if claim.ending else Ground.CLAIM_NOT_APPROVED
        return does_not_count(ground, article)
    window = month_window(claim, month, s.law, s.calendar)
    if claim.ending not in (None, Ending.EXHAUSTED):
        return does_not_count(Ground.CLAIM_ENDED, window.article)
    if claim.ceased is not None and month > claim.ceased.last_month_owed:
        return does_not_count(claim.ceased.ground, claim.ceased.article)
    adds_the_form = message.status_form and not claim.month(month).status_stated
    if claim.month(month).certified and not adds_the_form:
        return does_not_count(Ground.ALREADY_RECORDED, window.article)
    if s.heard_at < window.opens_at:
        return does_not_count(Ground.WINDOW_NOT_OPEN, window.article)
    if s.heard_at >= window.closes_at:
        return does_not_count(Ground.WINDOW_CLOSED, window.article)
    return counts(window.article)


@_decide.register
def _(message: m.ReportReemployment, claim: Claim, s: Situation) -> Decision:
    verdict = _work_verdict(claim, message, s)
    event = e.Reemployed(since=message.since, verdict=verdict, work=message.work)
    if verdict.ground is not Ground.NEEDS_A_PERSON or claim.approved is None:
        return told(event, verdict)
    ground = Ground.OWN_BUSINESS if message.work == "own_business" else Ground.REEMPLOYED
    if claim.asks(ground):
        return told(event, verdict)
    last = months_begun(claim, message.since, s.law.in_force_on(message.since))
    asked = ask(claim, s, ground, verdict.article, months=undecided_months(claim, last), last_month_owed=last)
    return told(event, verdict, asked)


@_decide.register
def _(message: m.ReportDeath, claim: Claim, s: Situation) -> Decision:
    article = s.law.in_force_on(day_of(s.heard_at)).death_ends_the_right.article
    verdict = _stop_verdict(claim, message.died_on, article, s)
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    if verdict.counts and message.died_on < claim.layoff.contract.started_on:
        verdict = does_not_count(Ground.BEFORE_THE_JOB_BEGAN, article)
    return told(e.Deceased(died_on=message.died_on, verdict=verdict), verdict)


def _work_verdict(claim: Claim, message: m.ReportReemployment, s: Situation) -> Verdict:
    """Work that began before the layoff is no new work; before the filing, or one's own, a person decides."""
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    rules = s.law.in_force_on(day_of(s.heard_at))
    article = rules.work_ends_the_right.article
    verdict = _stop_verdict(claim, message.since, article, s)
    if not verdict.counts:
        return verdict
    if message.since <= claim.layoff.laid_off_on:
        return does_not_count(Ground.WORK_BEFORE_LAYOFF, article)
    before_the_filing = claim.approved is not None and message.since < claim.approved.reference_date
    own_business = message.work == "own_business" and rules.own_business_is_for_a_person.value
    if before_the_filing or own_business:
        return does_not_count(Ground.NEEDS_A_PERSON, article)
    return verdict


def _stop_verdict(claim: Claim, day: date, article: str, s: Situation) -> Verdict:
    """A claim that is over, or ended later, listens to a day that takes months from it all the same."""
    goes_on = claim.ending is None and claim.ceased is None
    if not goes_on and not _takes_months(claim, day, s):
        ended = Ground.ALREADY_RECORDED if claim.ending is None else Ground.CLAIM_ENDED
        return does_not_count(ended, article)
    return _on_a_day_that_came(day, counts(article), s)


def _takes_months(claim: Claim, day: date, s: Situation) -> bool:
    if claim.approved is None:
        return False
    return takes_something(claim, months_begun(claim, day, s.law.in_force_on(day)))


@_decide.register
def _(message: m.WithdrawClaim, claim: Claim, s: Situation) -> Decision:
    verdict = counts(WITHDRAWAL)
    if claim.ending is not None:
        verdict = does_not_count(Ground.CLAIM_ENDED, WITHDRAWAL)
    return told(e.ClaimWithdrawn(reason=message.reason, verdict=verdict), verdict)


@_decide.register
def _(message: m.ChangeAccount, claim: Claim, s: Situation) -> Decision:
    verdict = counts(procedure_article(s, "13(7)"))
    if claim.ending not in (None, Ending.EXHAUSTED):
        verdict = does_not_count(Ground.CLAIM_ENDED, verdict.article)
    elif message.account_version <= claim.account_version:
        verdict = does_not_count(Ground.ALREADY_RECORDED, verdict.article)
    return told(e.BankAccountChanged(account_version=message.account_version, verdict=verdict), verdict)


@_decide.register
def _(message: m.RecordContributions, claim: Claim, s: Situation) -> Decision:
    """An answer of BPJS; a later one that says something else, or was asked for, is looked at again."""
    known = claim.record
    repeated = known is not None and not claim.record_wanted and known.says_the_same(message.record)
    if claim.filing is None or repeated:
        return not_kept(does_not_count(Ground.ALREADY_RECORDED, LATER_FACTS))
    return told(e.ContributionRecordReceived(record=message.record), counts(LATER_FACTS))


@_decide.register
def _(message: m.RefusedMessage, claim: Claim, s: Situation) -> Decision:
    verdict = does_not_count(message.ground, DIRECT_MESSAGES)
    event = e.MessageRefused(name=message.name, ground=message.ground, content_sha256=message.content_sha256)
    return told(event, verdict)


_decide.register(m.ReportLayoff, reports.report_layoff)
_decide.register(m.WithdrawLayoff, reports.withdraw_layoff)
_decide.register(m.DecideByOfficer, desk.decide_by_officer)
_decide.register(m.AnswerQuestion, desk.answer_question)
_decide.register(m.AskForDocuments, desk.ask_for_documents)
_decide.register(m.RequestRecord, desk.request_record)
_decide.register(m.RecordEmployerPayment, desk.record_employer_payment)
_decide.register(m.AskReimbursement, desk.ask_reimbursement)
_decide.register(m.FindTrueWage, desk.find_true_wage)
_decide.register(m.MoveDeadlines, desk.move_deadlines)
_decide.register(m.ObjectToDecision, object_to_decision)
_decide.register(m.PutRight, put_right)
_decide.register(m.DecidePersonData, contact.decide_person_data)
_decide.register(m.ChangeEmail, contact.change_email)
_decide.register(m.EndEmailChange, contact.end_email_change)
_decide.register(m.GiveUpLetter, contact.give_up_letter)
_decide.register(m.RecordTransfer, decide_transfer)
