"""Job search, effort by effort: counts or not, for which month, and why (Pasal 13(4))."""

from datetime import datetime, timedelta

from claims.commands.messages import RecordJobSearch
from claims.deciding.answers import Answer, EffortAnswer, progress
from claims.deciding.companies import is_another_company
from claims.entitlement.months import efforts_that_count
from claims.entitlement.windows import month_searched_on, month_window, rules_for
from claims.events import Event, InterviewCallRecorded, JobApplicationRecorded
from claims.events.facts import EffortKind, JobSearchEffort
from claims.state.claim import Claim
from claims.state.evolving import evolve
from claims.state.situation import Situation, procedure_article
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of

NOT_AN_EFFORT = {"draft": Ground.APPLICATION_NOT_SENT, "vacancy_expired": Ground.VACANCY_EXPIRED}


def decide_job_search(
    message: RecordJobSearch, claim: Claim, s: Situation, standing: Verdict
) -> tuple[tuple[Event, ...], Answer]:
    """Every effort of a message judged in turn, the earlier ones of the same message included."""
    events: list[Event] = []
    answers: list[EffortAnswer] = []
    for effort in message.efforts:
        month = month_searched_on(claim, effort.done_on, s.law) if claim.filing else 0
        verdict = _verdict(effort, month, claim, s) if standing.counts else standing
        event = _event(effort, month, verdict)
        claim = evolve(claim, event)
        events.append(event)
        answers.append(EffortAnswer(reference=effort.reference, month=month, verdict=verdict))
    touched = sorted({a.month for a in answers if a.month})
    return tuple(events), Answer(
        verdict=_whole([a.verdict for a in answers]),
        efforts=tuple(answers),
        months=tuple(progress(claim, month, s) for month in touched),
    )


def _verdict(effort: JobSearchEffort, month: int, claim: Claim, s: Situation) -> Verdict:
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


def _event(effort: JobSearchEffort, month: int, verdict: Verdict) -> Event:
    if effort.kind is EffortKind.APPLICATION:
        return JobApplicationRecorded(effort=effort, month=month, verdict=verdict)
    return InterviewCallRecorded(effort=effort, month=month, verdict=verdict)


def _whole(verdicts: list[Verdict]) -> Verdict:
    """One verdict for the message: it counts when any of its efforts does."""
    return next((verdict for verdict in verdicts if verdict.counts), verdicts[0])
