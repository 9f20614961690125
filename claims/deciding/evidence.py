"""Evidence: what counts, for which month, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import assert_never

from claims import events as e
from claims.commands import messages as m
from claims.deciding.answers import Answer, Decision, EffortAnswer, on_a_day_that_came, progress, told
from claims.deciding.companies import is_another_company
from claims.entitlement.months import efforts_that_count
from claims.entitlement.windows import month_searched_on, month_window, rules_for
from claims.events.facts import EffortKind, JobSearchEffort
from claims.state.claim import Claim, Ending
from claims.state.evolving import evolve
from claims.state.situation import Situation, procedure_article
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of, start_of
from law.rules import MonthCondition

DIRECT_MESSAGES = "assumption: docs/decisions/0007-what-a-messages-time-is.md"
NOT_AN_EFFORT = {"draft": Ground.APPLICATION_NOT_SENT, "vacancy_expired": Ground.VACANCY_EXPIRED}


def decide(message: m.EvidenceMessage, claim: Claim, s: Situation) -> Decision:
    """What a piece of evidence comes to."""
    match message:
        case m.CompleteSelfAssessment():
            return complete_self_assessment(message, claim, s)
        case m.RecordJobSearch():
            return record_job_search(message, claim, s)
        case m.WithdrawEffort():
            return withdraw_effort(message, claim, s)
        case m.AttendCounselling():
            return attend_counselling(message, claim, s)
        case m.AttendTraining():
            return attend_training(message, claim, s)
        case m.CertifyMonth():
            return certify_month(message, claim, s)
        case m.RefusedMessage():
            return refuse_message(message, claim, s)
        case _:
            assert_never(message)


def when_done(message: m.Message, s: Situation) -> datetime | None:
    """When the claimant had done their part; what a provider or portal passes on late is not their delay."""
    match message:
        case m.AttendTraining():
            return datetime.min.replace(tzinfo=UTC)
        case m.RecordJobSearch(efforts=efforts):
            return min(told_instant(effort, s) for effort in efforts)
        case _:
            return s.received_at


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


def complete_self_assessment(message: m.CompleteSelfAssessment, claim: Claim, s: Situation) -> Decision:
    """Asesmen diri: once, and in time where it is a gate."""
    verdict = on_a_day_that_came(message.completed_on, standing(claim, procedure_article(s, "13(2)"), s), s)
    if verdict.counts and claim.self_assessed:
        verdict = does_not_count(Ground.ALREADY_RECORDED, verdict.article)
    elif verdict.counts and _too_late_for_its_month(claim, s):
        verdict = does_not_count(Ground.WINDOW_CLOSED, verdict.article)
    event = e.SelfAssessmentCompleted(
        form_version=message.form_version, completed_on=message.completed_on, verdict=verdict
    )
    return told(event, verdict)


def _too_late_for_its_month(claim: Claim, s: Situation) -> bool:
    """Where it is a gate, an assessment after month 2 opens nothing (docs/decisions/0022).

    If it counted, an application received in time and handled after it would bring the lost month back.
    """
    gate = rules_for(claim, 2, s.law).requirement(MonthCondition.SELF_ASSESSMENT, 2)
    if claim.approved is None or gate is None or not gate.binds:
        return False
    return s.heard_at >= month_window(claim, 2, s.law, s.calendar).closes_at


def record_job_search(message: m.RecordJobSearch, claim: Claim, s: Situation) -> Decision:
    """Lamaran kerja dan panggilan wawancara, effort by effort (Pasal 13(4))."""
    told_at = min(told_instant(effort, s) for effort in message.efforts)
    stands = standing(claim, procedure_article(s, "13(4)"), replace(s, received_at=told_at))
    events, answer = _efforts(message, claim, s, stands)
    return Decision(events, answer)


def _efforts(
    message: m.RecordJobSearch, claim: Claim, s: Situation, stands: Verdict
) -> tuple[tuple[e.Event, ...], Answer]:
    """Every effort of a message judged in turn, the earlier ones of the same message included."""
    events: list[e.Event] = []
    answers: list[EffortAnswer] = []
    for effort in message.efforts:
        month = month_searched_on(claim, effort.done_on, s.law) if claim.filing else 0
        verdict = _effort_verdict(effort, month, claim, s) if stands.counts else stands
        event = _effort_event(effort, month, verdict)
        claim = evolve(claim, event)
        events.append(event)
        answers.append(EffortAnswer(reference=effort.reference, month=month, verdict=verdict))
    touched = sorted({a.month for a in answers if a.month})
    return tuple(events), Answer(
        verdict=_whole([a.verdict for a in answers]),
        efforts=tuple(answers),
        months=tuple(progress(claim, month, s) for month in touched),
    )


def _effort_verdict(effort: JobSearchEffort, month: int, claim: Claim, s: Situation) -> Verdict:
    if month == 0:
        return does_not_count(Ground.OUTSIDE_ANY_PERIOD, procedure_article(s, "13(4)"))
    if claim.ceased is not None and month > claim.ceased.last_month_owed:
        return does_not_count(claim.ceased.ground, claim.ceased.article)
    rules = rules_for(claim, month, s.law)
    article = rules.applications_min.article
    if effort.state != "sent":
        return does_not_count(NOT_AN_EFFORT[effort.state], article)
    told_at = told_instant(effort, s)
    if effort.done_on > day_of(told_at):
        return does_not_count(Ground.IN_THE_FUTURE, article)
    if told_at >= month_window(claim, month, s.law, s.calendar).closes_at:
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


def told_instant(effort: JobSearchEffort, s: Situation) -> datetime:
    """The instant by which an effort is judged: when its portal was told, or when it was heard.

    A portal passes on what it was told within some days; what it says of an earlier day is judged as heard.
    """
    told_at, latest = effort.told_at, s.law.in_force_on(day_of(s.heard_at)).told_late_days
    if told_at is None or told_at < s.heard_at - timedelta(days=latest.value):
        return s.heard_at
    return min(told_at, s.heard_at)


def _effort_event(effort: JobSearchEffort, month: int, verdict: Verdict) -> e.Event:
    if effort.kind is EffortKind.APPLICATION:
        return e.JobApplicationRecorded(effort=effort, month=month, verdict=verdict)
    return e.InterviewCallRecorded(effort=effort, month=month, verdict=verdict)


def _whole(verdicts: list[Verdict]) -> Verdict:
    """One verdict for the message: it counts when any of its efforts does."""
    return next((verdict for verdict in verdicts if verdict.counts), verdicts[0])


def withdraw_effort(message: m.WithdrawEffort, claim: Claim, s: Situation) -> Decision:
    """A month already granted stays as it is; the running total falls."""
    article = procedure_article(s, "13(4)")
    identity = (message.told_by, message.reference)
    known = any(r.counts and r.effort.identity == identity for r in claim.efforts)
    verdict = counts(article) if known else does_not_count(Ground.APPLICATION_UNKNOWN, article)
    withdrawn = e.EffortWithdrawn(reference=message.reference, verdict=verdict, told_by=message.told_by)
    return told(withdrawn, verdict)


def attend_counselling(message: m.AttendCounselling, claim: Claim, s: Situation) -> Decision:
    """Konseling."""
    rules = s.law.in_force_on(day_of(s.heard_at))
    standing_now = standing(claim, rules.article_of_month(MonthCondition.COUNSELLING), s)
    verdict = on_a_day_that_came(message.attended_on, standing_now, s)
    event = e.CounsellingAttended(
        attended_on=message.attended_on,
        office=message.office,
        recommendation=message.recommendation,
        verdict=verdict,
    )
    return told(event, verdict)


def attend_training(message: m.AttendTraining, claim: Claim, s: Situation) -> Decision:
    """Kehadiran pelatihan, judged as of its last session."""
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


def certify_month(message: m.CertifyMonth, claim: Claim, s: Situation) -> Decision:
    """Pengajuan manfaat bulan ke-n, inside its window."""
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


def refuse_message(message: m.RefusedMessage, claim: Claim, s: Situation) -> Decision:
    """A direct message that cannot be read leaves its hash."""
    verdict = does_not_count(message.ground, DIRECT_MESSAGES)
    event = e.MessageRefused(name=message.name, ground=message.ground, content_sha256=message.content_sha256)
    return told(event, verdict)
