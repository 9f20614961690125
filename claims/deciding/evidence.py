"""Evidence: what counts, for which month, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import assert_never

from claims import events as e
from claims.commands import command as cmd
from claims.deciding.answers import (
    CommandResult,
    Decision,
    EffortAnswer,
    on_a_day_that_came,
    progress,
    recorded,
)
from claims.deciding.companies import is_another_company
from claims.entitlement.months import efforts_that_count
from claims.entitlement.windows import month_searched_on, month_window, rules_for
from claims.events.facts import EffortKind, JobSearchEffort
from claims.state.claim import Claim, Ending
from claims.state.evolving import evolve
from claims.state.procedure import procedure_article
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of, start_of
from law.rules import MonthCondition
from payments.context import DecisionContext

DIRECT_MESSAGES = "assumption: docs/decisions/0007-what-a-messages-time-is.md"
NOT_AN_EFFORT = {"draft": Ground.APPLICATION_NOT_SENT, "vacancy_expired": Ground.VACANCY_EXPIRED}


def decide(message: cmd.EvidenceMessage, claim: Claim, context: DecisionContext) -> Decision:
    """What a piece of evidence comes to."""
    match message:
        case cmd.CompleteSelfAssessment():
            return complete_self_assessment(message, claim, context)
        case cmd.RecordJobSearch():
            return record_job_search(message, claim, context)
        case cmd.WithdrawEffort():
            return withdraw_effort(message, claim, context)
        case cmd.AttendCounselling():
            return attend_counselling(message, claim, context)
        case cmd.AttendTraining():
            return attend_training(message, claim, context)
        case cmd.CertifyMonth():
            return certify_month(message, claim, context)
        case cmd.RefusedMessage():
            return refuse_message(message, claim, context)
        case _:
            assert_never(message)


def when_done(message: cmd.Command, context: DecisionContext) -> datetime | None:
    """When the claimant had done their part; what a provider or portal passes on late is not their delay."""
    match message:
        case cmd.AttendTraining():
            return datetime.min.replace(tzinfo=UTC)
        case cmd.RecordJobSearch(efforts=efforts):
            return min(told_instant(effort, context) for effort in efforts)
        case _:
            return context.received_at


def standing(
    claim: Claim, article: str, context: DecisionContext, done_at: datetime | None = None
) -> Verdict:
    """Whether a claim takes evidence at all: somebody filed, and a month may still be completed.

    What others pass on late is looked at as of when it was `done_at`.
    """
    if claim.ending not in (None, Ending.EXHAUSTED):
        return does_not_count(Ground.CLAIM_ENDED, article)
    if claim.filing is None or isinstance(claim.decision, e.ClaimDenied):
        return does_not_count(Ground.CLAIM_NOT_APPROVED, article)
    if _may_complete_a_month(
        claim, context.received_or_now if done_at is None else min(done_at, context.received_or_now), context
    ):
        return counts(article)
    if claim.ceased is not None:
        return does_not_count(claim.ceased.ground, claim.ceased.article)
    return does_not_count(Ground.CLAIM_ENDED, article)


def _may_complete_a_month(claim: Claim, at: datetime, context: DecisionContext) -> bool:
    """A month that is owed and whose window had not closed at an instant."""
    return any(
        month_window(claim, number, context.law, context.calendar).closes_at > at
        for number in range(2, claim.last_month_owed + 1)
    )


def complete_self_assessment(
    message: cmd.CompleteSelfAssessment, claim: Claim, context: DecisionContext
) -> Decision:
    """Asesmen diri: once, and in time where it is a gate."""
    verdict = on_a_day_that_came(
        message.completed_on, standing(claim, procedure_article(context, "13(2)"), context), context
    )
    if verdict.counts and claim.self_assessed:
        verdict = does_not_count(Ground.ALREADY_RECORDED, verdict.article)
    elif verdict.counts and _too_late_for_its_month(claim, context):
        verdict = does_not_count(Ground.WINDOW_CLOSED, verdict.article)
    event = e.SelfAssessmentCompleted(
        form_version=message.form_version, completed_on=message.completed_on, verdict=verdict
    )
    return recorded(event, verdict)


def _too_late_for_its_month(claim: Claim, context: DecisionContext) -> bool:
    """Where it is a gate, an assessment after month 2 opens nothing (docs/decisions/0022).

    If it counted, an application received in time and handled after it would bring the lost month back.
    """
    gate = rules_for(claim, 2, context.law).requirement(MonthCondition.SELF_ASSESSMENT, 2)
    if claim.approved is None or gate is None or not gate.binds:
        return False
    return context.received_or_now >= month_window(claim, 2, context.law, context.calendar).closes_at


def record_job_search(message: cmd.RecordJobSearch, claim: Claim, context: DecisionContext) -> Decision:
    """Lamaran kerja dan panggilan wawancara, effort by effort (Pasal 13(4))."""
    told_at = min(told_instant(effort, context) for effort in message.efforts)
    stands = standing(claim, procedure_article(context, "13(4)"), replace(context, received_at=told_at))
    events, answer = _efforts(message, claim, context, stands)
    return Decision(events, answer)


def _efforts(
    message: cmd.RecordJobSearch, claim: Claim, context: DecisionContext, stands: Verdict
) -> tuple[tuple[e.Event, ...], CommandResult]:
    """Every effort of a message decided in turn, the earlier ones of the same message included."""
    events: list[e.Event] = []
    answers: list[EffortAnswer] = []
    for effort in message.efforts:
        month = month_searched_on(claim, effort.done_on, context.law) if claim.filing else 0
        verdict = _effort_verdict(effort, month, claim, context) if stands.counts else stands
        event = _effort_event(effort, month, verdict)
        claim = evolve(claim, event)
        events.append(event)
        answers.append(EffortAnswer(reference=effort.reference, month=month, verdict=verdict))
    touched = sorted({a.month for a in answers if a.month})
    return tuple(events), CommandResult(
        verdict=_whole([a.verdict for a in answers]),
        efforts=tuple(answers),
        months=tuple(progress(claim, month, context) for month in touched),
    )


def _effort_verdict(effort: JobSearchEffort, month: int, claim: Claim, context: DecisionContext) -> Verdict:
    if month == 0:
        return does_not_count(Ground.OUTSIDE_ANY_PERIOD, procedure_article(context, "13(4)"))
    if claim.ceased is not None and month > claim.ceased.last_month_owed:
        return does_not_count(claim.ceased.ground, claim.ceased.article)
    rules = rules_for(claim, month, context.law)
    article = rules.applications_min.article
    if effort.state != "sent":
        return does_not_count(NOT_AN_EFFORT[effort.state], article)
    told_at = told_instant(effort, context)
    if effort.done_on > day_of(told_at):
        return does_not_count(Ground.IN_THE_FUTURE, article)
    if told_at >= month_window(claim, month, context.law, context.calendar).closes_at:
        return does_not_count(Ground.WINDOW_CLOSED, article)
    counted = efforts_that_count(claim)
    if any(other.effort.identity == effort.identity for other in counted):
        return does_not_count(Ground.SAME_APPLICATION_TWICE, article)
    different = rules.applications_to_different_companies
    if (
        different.value
        and effort.kind is EffortKind.APPLICATION
        and not _adds_a_company(effort, month, claim)
    ):
        return does_not_count(Ground.SAME_COMPANY_TWICE, different.article)
    return counts(article)


def _adds_a_company(effort: JobSearchEffort, month: int, claim: Claim) -> bool:
    """Whether an application goes to another company than those of its month, repeated ones included."""
    if effort.kind is not EffortKind.APPLICATION:
        return True
    applications = (r for r in claim.efforts if r.month == month and r.effort.kind is EffortKind.APPLICATION)
    told = ((r.effort.company, r.counts) for r in applications if r.counts or r.same_company)
    return is_another_company(effort.company, told)


def told_instant(effort: JobSearchEffort, context: DecisionContext) -> datetime:
    """The instant by which an effort is decided: when its portal was told, or when it was heard.

    A portal passes on what it was told within some days; what it says of an earlier day is decided as heard.
    """
    told_at, latest = effort.told_at, context.law.in_force_on(day_of(context.received_or_now)).told_late_days
    if told_at is None or told_at < context.received_or_now - timedelta(days=latest.value):
        return context.received_or_now
    return min(told_at, context.received_or_now)


def _effort_event(effort: JobSearchEffort, month: int, verdict: Verdict) -> e.Event:
    if effort.kind is EffortKind.APPLICATION:
        return e.JobApplicationRecorded(effort=effort, month=month, verdict=verdict)
    return e.InterviewCallRecorded(effort=effort, month=month, verdict=verdict)


def _whole(verdicts: list[Verdict]) -> Verdict:
    """One verdict for the message: it counts when any of its efforts does."""
    return next((verdict for verdict in verdicts if verdict.counts), verdicts[0])


def withdraw_effort(message: cmd.WithdrawEffort, claim: Claim, context: DecisionContext) -> Decision:
    """A month already granted stays as it is; the running total falls."""
    article = procedure_article(context, "13(4)")
    identity = (message.told_by, message.reference)
    known = any(r.counts and r.effort.identity == identity for r in claim.efforts)
    verdict = counts(article) if known else does_not_count(Ground.APPLICATION_UNKNOWN, article)
    withdrawn = e.EffortWithdrawn(reference=message.reference, verdict=verdict, told_by=message.told_by)
    return recorded(withdrawn, verdict)


def attend_counselling(message: cmd.AttendCounselling, claim: Claim, context: DecisionContext) -> Decision:
    """Konseling."""
    rules = context.law.in_force_on(day_of(context.received_or_now))
    standing_now = standing(claim, rules.article_of_month(MonthCondition.COUNSELLING), context)
    verdict = on_a_day_that_came(message.attended_on, standing_now, context)
    event = e.CounsellingAttended(
        attended_on=message.attended_on,
        office=message.office,
        recommendation=message.recommendation,
        verdict=verdict,
    )
    return recorded(event, verdict)


def attend_training(message: cmd.AttendTraining, claim: Claim, context: DecisionContext) -> Decision:
    """Kehadiran pelatihan, decided as of its last session."""
    verdict = _attendance(message, claim, context)
    event = e.TrainingAttended(
        provider=message.provider,
        course=message.course,
        recommendation=message.recommendation,
        sessions=message.sessions,
        verdict=verdict,
    )
    return recorded(event, verdict)


def _attendance(message: cmd.AttendTraining, claim: Claim, context: DecisionContext) -> Verdict:
    article = procedure_article(context, "13(3)b")
    if any(session.held_on > day_of(context.received_or_now) for session in message.sessions):
        return does_not_count(Ground.IN_THE_FUTURE, article)
    last = max(session.held_on for session in message.sessions)
    return standing(claim, article, context, start_of(last))


def certify_month(message: cmd.CertifyMonth, claim: Claim, context: DecisionContext) -> Decision:
    """Pengajuan manfaat bulan ke-n, inside its window."""
    verdict = _certification(message, claim, context)
    event = e.MonthCertified(
        month=message.month,
        certified_on=day_of(context.received_or_now),
        verdict=verdict,
        status_form=message.status_form,
    )
    return recorded(event, verdict)


def _certification(message: cmd.CertifyMonth, claim: Claim, context: DecisionContext) -> Verdict:
    month = message.month
    article = procedure_article(context, "13(3)")
    if claim.filing is None or isinstance(claim.decision, e.ClaimDenied):
        ground = Ground.CLAIM_ENDED if claim.ending else Ground.CLAIM_NOT_APPROVED
        return does_not_count(ground, article)
    window = month_window(claim, month, context.law, context.calendar)
    if claim.ending not in (None, Ending.EXHAUSTED):
        return does_not_count(Ground.CLAIM_ENDED, window.article)
    if claim.ceased is not None and month > claim.ceased.last_month_owed:
        return does_not_count(claim.ceased.ground, claim.ceased.article)
    adds_the_form = message.status_form and not claim.month(month).status_stated
    if claim.month(month).certified and not adds_the_form:
        return does_not_count(Ground.ALREADY_RECORDED, window.article)
    if context.received_or_now < window.opens_at:
        return does_not_count(Ground.WINDOW_NOT_OPEN, window.article)
    if context.received_or_now >= window.closes_at:
        return does_not_count(Ground.WINDOW_CLOSED, window.article)
    return counts(window.article)


def refuse_message(message: cmd.RefusedMessage, claim: Claim, context: DecisionContext) -> Decision:
    """A direct message that cannot be read leaves its hash."""
    verdict = does_not_count(message.ground, DIRECT_MESSAGES)
    event = e.MessageRefused(name=message.name, ground=message.ground, content_sha256=message.content_sha256)
    return recorded(event, verdict)
