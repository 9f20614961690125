"""The signals of a claim: news of what is recorded, and evidence that may come without the HTTP API."""

from collections.abc import Sequence
from typing import ClassVar

from temporalio import workflow
from temporalio.common import RawValue

from workflows.inbox import UNKNOWN, SignalInbox


class ClaimSignals:
    """What a claim takes by signal: each kind of direct evidence has the name of its message."""

    inbox: SignalInbox
    SIGNALS: ClassVar[frozenset[str]] = frozenset(
        {
            "wake",
            "filed",
            "self_assessment",
            "job_applications",
            "counselling",
            "training_attendance",
            "certification",
            "reemployment",
            "withdrawal",
        }
    )

    @workflow.signal(description="Look again: something is recorded.")
    def wake(self, value: RawValue) -> None:
        """Look again."""
        self.inbox.take("wake", [value])

    @workflow.signal(description="A filing is recorded.")
    def filed(self, value: RawValue) -> None:
        """A filing is recorded."""
        self.inbox.take("filed", [value])

    @workflow.signal(description="Self-assessment (asesmen diri): recorded, or the evidence itself.")
    def self_assessment(self, value: RawValue) -> None:
        """Asesmen diri."""
        self.inbox.take("self_assessment", [value])

    @workflow.signal(description="Job applications and interview calls.")
    def job_applications(self, value: RawValue) -> None:
        """Lamaran kerja."""
        self.inbox.take("job_applications", [value])

    @workflow.signal(description="Counselling (konseling).")
    def counselling(self, value: RawValue) -> None:
        """Konseling."""
        self.inbox.take("counselling", [value])

    @workflow.signal(description="Training attendance (kehadiran pelatihan).")
    def training_attendance(self, value: RawValue) -> None:
        """Kehadiran pelatihan."""
        self.inbox.take("training_attendance", [value])

    @workflow.signal(description="Application for a benefit month (pengajuan bulan ke-n).")
    def certification(self, value: RawValue) -> None:
        """Pengajuan manfaat bulan ke-n."""
        self.inbox.take("certification", [value])

    @workflow.signal(description="Re-employment (telah mendapatkan pekerjaan).")
    def reemployment(self, value: RawValue) -> None:
        """Telah mendapatkan pekerjaan."""
        self.inbox.take("reemployment", [value])

    @workflow.signal(description="Withdrawal of the claim (penarikan klaim).")
    def withdrawal(self, value: RawValue) -> None:
        """Penarikan klaim."""
        self.inbox.take("withdrawal", [value])

    @workflow.signal(dynamic=True)
    def unknown(self, name: str, values: Sequence[RawValue]) -> None:
        """A signal nobody knows is recorded as refused."""
        self.inbox.take(name, values, UNKNOWN)
