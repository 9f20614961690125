"""What the participant, the portals and the providers said, and what could not be read."""

from typing import Literal

from pydantic import Field

from claims.events.facts import Code, JobSearchEffort, MonthNumber, MonthOrNone, ShortText, TrainingSession
from law.grounds import Frozen, Ground, Verdict
from law.limits import Day, DerivedDay, Sha256, Truth


class SelfAssessmentCompleted(Frozen):
    """Asesmen diri selesai (Permenaker 2/2025 Pasal 13(2))."""

    type: Literal["self_assessment_completed"] = "self_assessment_completed"
    form_version: Code
    completed_on: Day
    verdict: Verdict


class JobApplicationRecorded(Frozen):
    """Lamaran kerja dicatat: one application and whether it counts (Pasal 13(4)). Month 0: no month."""

    type: Literal["job_application_recorded"] = "job_application_recorded"
    effort: JobSearchEffort
    month: MonthOrNone
    verdict: Verdict


class InterviewCallRecorded(Frozen):
    """Panggilan tes atau wawancara dicatat; one in a month suffices (Pasal 13(4))."""

    type: Literal["interview_call_recorded"] = "interview_call_recorded"
    effort: JobSearchEffort
    month: MonthOrNone
    verdict: Verdict


class CounsellingAttended(Frozen):
    """Konseling diikuti; `recommendation` is a course code or `none`."""

    type: Literal["counselling_attended"] = "counselling_attended"
    attended_on: Day
    office: Code
    recommendation: Code
    verdict: Verdict


class TrainingAttended(Frozen):
    """Kehadiran pelatihan: sessions of one course; the percentage is computed, never stored."""

    type: Literal["training_attended"] = "training_attended"
    provider: Code
    course: Code
    recommendation: Code
    sessions: tuple[TrainingSession, ...]
    verdict: Verdict


class MonthCertified(Frozen):
    """Pengajuan manfaat bulan ke-n: the recipient applies for a month and states to be without work.

    `status_form` is false where the form (status kebekerjaan) was not enclosed.
    """

    type: Literal["month_certified"] = "month_certified"
    month: MonthNumber
    certified_on: DerivedDay
    verdict: Verdict
    status_form: Truth = Field(default=True, exclude_if=lambda enclosed: enclosed)


class MessageRefused(Frozen):
    """Pesan ditolak: a direct message that cannot be read; its content is not kept, only its hash."""

    type: Literal["message_refused"] = "message_refused"
    name: ShortText
    ground: Ground
    content_sha256: Sha256


class EffortWithdrawn(Frozen):
    """Lamaran ditarik: an effort told before is taken back by the portal that told it."""

    type: Literal["effort_withdrawn"] = "effort_withdrawn"
    reference: Code
    verdict: Verdict
    told_by: Code | None = Field(default=None, exclude_if=lambda told_by: told_by is None)


EvidenceEvent = (
    SelfAssessmentCompleted
    | JobApplicationRecorded
    | InterviewCallRecorded
    | CounsellingAttended
    | TrainingAttended
    | MonthCertified
    | MessageRefused
    | EffortWithdrawn
)
