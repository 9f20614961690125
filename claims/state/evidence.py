"""The state after evidence: what was done in search of work, month by month."""

from dataclasses import replace
from typing import assert_never

from claims import events as e
from claims.state.benefit import with_month
from claims.state.claim import Claim
from claims.state.recorded import RecordedEffort, RecordedSession
from law.grounds import Ground


def apply(event: e.EvidenceEvent, claim: Claim) -> Claim:
    """The claim after one more piece of evidence."""
    match event:
        case e.SelfAssessmentCompleted():
            return replace(claim, self_assessed=claim.self_assessed or event.verdict.counts)
        case e.CounsellingAttended():
            return replace(claim, counselled=claim.counselled or event.verdict.counts)
        case e.JobApplicationRecorded() | e.InterviewCallRecorded():
            return effort_recorded(event, claim)
        case e.EffortWithdrawn():
            return effort_withdrawn(event, claim)
        case e.TrainingAttended():
            return training_attended(event, claim)
        case e.MonthCertified():
            return month_certified(event, claim)
        case e.MessageRefused():
            return claim
        case _:
            assert_never(event)


def effort_recorded(event: e.JobApplicationRecorded | e.InterviewCallRecorded, claim: Claim) -> Claim:
    """One effort more, also where it does not count."""
    repeated = event.verdict.ground is Ground.SAME_COMPANY_TWICE
    recorded = RecordedEffort(event.effort, event.month, event.verdict.counts, repeated)
    return replace(claim, efforts=(*claim.efforts, recorded))


def effort_withdrawn(event: e.EffortWithdrawn, claim: Claim) -> Claim:
    """The effort stays known and counts no more."""
    if not event.verdict.counts:
        return claim
    return replace(
        claim,
        efforts=tuple(
            replace(r, counts=False) if r.effort.identity == (event.told_by, event.reference) else r
            for r in claim.efforts
        ),
    )


def training_attended(event: e.TrainingAttended, claim: Claim) -> Claim:
    """The newest word about each session holds."""
    if not event.verdict.counts:
        return claim
    told = [RecordedSession(event.provider, event.course, session) for session in event.sessions]
    by_key = {recorded.key: recorded for recorded in (*claim.sessions, *told)}
    return replace(claim, sessions=tuple(by_key.values()))


def month_certified(event: e.MonthCertified, claim: Claim) -> Claim:
    """The month is applied for; a form enclosed once stays enclosed."""
    if not event.verdict.counts:
        return claim
    month = claim.month(event.month)
    stated = month.status_stated or event.status_form
    return with_month(claim, replace(month, certified=True, status_stated=stated))
