"""What the participant, the portals and the providers say, and what cannot be read."""

from typing import Annotated, Literal

from pydantic import Field

from claims.events.facts import Code, JobSearchEffort, ShortText, TrainingSession
from law.grounds import Frozen, Ground
from law.limits import Day, Sha256, Truth, Whole
from law.rules import BENEFIT_MONTHS


class CompleteSelfAssessment(Frozen):
    """Asesmen diri."""

    kind: Literal["self_assessment"] = "self_assessment"
    form_version: Code
    completed_on: Day


class RecordJobSearch(Frozen):
    """Lamaran kerja dan panggilan wawancara, 1 to 50 at once."""

    kind: Literal["job_applications"] = "job_applications"
    efforts: Annotated[tuple[JobSearchEffort, ...], Field(min_length=1, max_length=50)]


class WithdrawEffort(Frozen):
    """Lamaran ditarik: the portal takes back an effort that it told before."""

    kind: Literal["application_withdrawal"] = "application_withdrawal"
    reference: Code
    told_by: Code | None = Field(default=None, exclude_if=lambda told_by: told_by is None)


class AttendCounselling(Frozen):
    """Konseling."""

    kind: Literal["counselling"] = "counselling"
    attended_on: Day
    office: Code
    recommendation: Code = "none"


class AttendTraining(Frozen):
    """Kehadiran pelatihan, up to 200 sessions of one course at once."""

    kind: Literal["training_attendance"] = "training_attendance"
    provider: Code
    course: Code
    recommendation: Code = "none"
    sessions: Annotated[tuple[TrainingSession, ...], Field(min_length=1, max_length=200)]


class CertifyMonth(Frozen):
    """Pengajuan manfaat bulan ke-n; to send it is to state that one is without work (status kebekerjaan).

    `status_form` is false where the form that month 6 asks for is not enclosed: the application with the
    form follows.
    """

    kind: Literal["certification"] = "certification"
    month: Annotated[Whole, Field(ge=2, le=BENEFIT_MONTHS)]
    without_work: Literal[True]
    status_form: Truth = Field(default=True, exclude_if=lambda enclosed: enclosed)


class RefusedMessage(Frozen):
    """A direct message that cannot be read, reduced to its name, ground and hash."""

    kind: Literal["refused_message"] = "refused_message"
    name: ShortText
    ground: Ground
    content_sha256: Sha256


# What may also come as a signal, straight to the workflow of the claim.
DirectEvidence = CompleteSelfAssessment | RecordJobSearch | AttendCounselling | AttendTraining | CertifyMonth
EvidenceMessage = DirectEvidence | WithdrawEffort | RefusedMessage
