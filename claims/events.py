"""Everything that can have happened to a claim, in the order a claim meets it.

What is stored of an event never changes: type names are literals, a new shape is a new type with an
upcaster, a new meaning is a new event. `recorded_at`, `effective_at`, actor and causing message stand in the
envelope of the store, not here.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from claims.facts import (
    Code,
    ContributionRecord,
    JobSearchEffort,
    Layoff,
    MonthNumber,
    Participant,
    RupiahAmount,
    ShortText,
    TrainingSession,
)
from claims.reasons import Frozen, Ground, Reason, Verdict

Party = Literal["employer", "participant"]


class LayoffReported(Frozen):
    """Laporan PHK, by the employer or by the participant (Permenaker 2/2025 Pasal 9)."""

    type: Literal["layoff_reported"] = "layoff_reported"
    layoff: Layoff
    reported_by: Party


class LayoffCorrected(Frozen):
    """Koreksi laporan PHK: another report of the same layoff, whose facts now hold."""

    type: Literal["layoff_corrected"] = "layoff_corrected"
    layoff: Layoff
    reported_by: Party


class LayoffWithdrawn(Frozen):
    """Laporan PHK dibatalkan: the reporter says there was no layoff."""

    type: Literal["layoff_withdrawn"] = "layoff_withdrawn"
    reported_by: Party
    verdict: Verdict


class ClaimFiled(Frozen):
    """Pengajuan klaim: filed through the participant's own account, with the commitment signed (KAPK)."""

    type: Literal["claim_filed"] = "claim_filed"
    participant: Participant
    account_version: int
    filed_on: date
    commitment_version: Code
    commitment_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class FilingNotAccepted(Frozen):
    """Pengajuan tidak diterima: a filing that opens nothing, kept with its ground."""

    type: Literal["filing_not_accepted"] = "filing_not_accepted"
    filed_on: date
    verdict: Verdict


class ContributionRecordReceived(Frozen):
    """Catatan iuran diterima: the facts as received, with their as-of time."""

    type: Literal["contribution_record_received"] = "contribution_record_received"
    record: ContributionRecord


class ClaimApproved(Frozen):
    """Klaim disetujui: every condition of Pasal 19 and 20 is met."""

    type: Literal["claim_approved"] = "claim_approved"
    regime: str
    reference_date: date
    reported_wage_idr: RupiahAmount
    reasons: tuple[Reason, ...]


class ClaimDenied(Frozen):
    """Klaim ditolak: a condition is not met; until `may_file_again_until` the participant may file again."""

    type: Literal["claim_denied"] = "claim_denied"
    regime: str
    ground: Ground
    article: str
    may_file_again_until: datetime
    reasons: tuple[Reason, ...]


class ClaimReferred(Frozen):
    """Klaim diteruskan ke petugas: the law gives no answer that a machine may give."""

    type: Literal["claim_referred"] = "claim_referred"
    regime: str
    ground: Ground
    article: str
    answer_due_at: datetime
    reasons: tuple[Reason, ...]


class OfficerDecided(Frozen):
    """Keputusan petugas: a person approves or denies what was referred; the envelope names the officer."""

    type: Literal["officer_decided"] = "officer_decided"
    approves: bool
    reason: ShortText
    verdict: Verdict


class SelfAssessmentCompleted(Frozen):
    """Asesmen diri selesai (Permenaker 2/2025 Pasal 13(2))."""

    type: Literal["self_assessment_completed"] = "self_assessment_completed"
    form_version: Code
    completed_on: date
    verdict: Verdict


class JobApplicationRecorded(Frozen):
    """Lamaran kerja dicatat: one application and whether it counts (Pasal 13(4)). Month 0: no month."""

    type: Literal["job_application_recorded"] = "job_application_recorded"
    effort: JobSearchEffort
    month: int
    verdict: Verdict


class InterviewCallRecorded(Frozen):
    """Panggilan tes atau wawancara dicatat; one in a month suffices (Pasal 13(4))."""

    type: Literal["interview_call_recorded"] = "interview_call_recorded"
    effort: JobSearchEffort
    month: int
    verdict: Verdict


class CounsellingAttended(Frozen):
    """Konseling diikuti; `recommendation` is a course code or `none`."""

    type: Literal["counselling_attended"] = "counselling_attended"
    attended_on: date
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
    """Pengajuan manfaat bulan ke-n: the recipient applies for a month and states to be without work."""

    type: Literal["month_certified"] = "month_certified"
    month: MonthNumber
    certified_on: date
    verdict: Verdict


class BenefitAuthorized(Frozen):
    """Manfaat bulan ke-n ditetapkan: the month is owed, with its amount, rate and regime."""

    type: Literal["benefit_authorized"] = "benefit_authorized"
    month: MonthNumber
    regime: str
    rate: Annotated[str, Field(pattern=r"^0\.\d{1,4}$")]
    insured_wage_idr: RupiahAmount
    amount_idr: RupiahAmount
    pay_until: datetime
    article: str
    reasons: tuple[Reason, ...]


class MonthForfeited(Frozen):
    """Bulan tidak dibayarkan: its window closed without its conditions; later months stay."""

    type: Literal["month_forfeited"] = "month_forfeited"
    month: MonthNumber
    regime: str
    ground: Ground
    article: str
    reasons: tuple[Reason, ...]


class MonthReinstated(Frozen):
    """Bulan dipulihkan: a message received inside the window came to be handled after it closed."""

    type: Literal["month_reinstated"] = "month_reinstated"
    month: MonthNumber


class PaymentOrdered(Frozen):
    """Perintah bayar: one attempt to pay one obligation, from one version of the account."""

    type: Literal["payment_ordered"] = "payment_ordered"
    order_id: UUID
    obligation: str
    month: MonthNumber
    attempt: int
    amount_idr: RupiahAmount
    account_version: int


class PaymentSent(Frozen):
    """Pembayaran dikirim: the bank was asked once; the outcome is open."""

    type: Literal["payment_sent"] = "payment_sent"
    order_id: UUID
    month: MonthNumber


class PaymentCancelled(Frozen):
    """Perintah bayar dibatalkan before it was sent."""

    type: Literal["payment_cancelled"] = "payment_cancelled"
    order_id: UUID
    month: MonthNumber
    ground: Ground


class PaymentSettled(Frozen):
    """Pembayaran berhasil: the bank executed the transfer; `found_by` says how we know."""

    type: Literal["payment_settled"] = "payment_settled"
    order_id: UUID
    month: MonthNumber
    amount_idr: RupiahAmount
    found_by: Literal["answer", "inquiry", "statement"]


class PaymentFailed(Frozen):
    """Pembayaran gagal: surely not executed; a new order follows at `try_again_at` or with a new account."""

    type: Literal["payment_failed"] = "payment_failed"
    order_id: UUID
    month: MonthNumber
    ground: Ground
    bank_code: Code
    try_again_at: datetime


class PaymentReturned(Frozen):
    """Pembayaran dikembalikan by the beneficiary's bank; the month is owed again."""

    type: Literal["payment_returned"] = "payment_returned"
    order_id: UUID
    month: MonthNumber
    amount_idr: RupiahAmount


class BankAccountChanged(Frozen):
    """Rekening diganti: orders from now on use this version of the account."""

    type: Literal["bank_account_changed"] = "bank_account_changed"
    account_version: int
    verdict: Verdict


class Reemployed(Frozen):
    """Telah mendapatkan pekerjaan (PP 37/2021 Pasal 28, 40(b))."""

    type: Literal["reemployed"] = "reemployed"
    since: date
    verdict: Verdict


class Deceased(Frozen):
    """Meninggal dunia (PP 37/2021 Pasal 40(c))."""

    type: Literal["deceased"] = "deceased"
    died_on: date
    verdict: Verdict


class BenefitCeased(Frozen):
    """Manfaat berhenti: months whose reference date lies after the ground are no longer owed."""

    type: Literal["benefit_ceased"] = "benefit_ceased"
    ground: Ground
    article: str
    last_month_owed: int


class ClaimLapsed(Frozen):
    """Hak atas manfaat hilang: nobody filed, or filed again, within the window (Pasal 40(a))."""

    type: Literal["claim_lapsed"] = "claim_lapsed"
    ground: Ground
    article: str


class ClaimReinstated(Frozen):
    """Klaim dipulihkan: a filing received inside the window came to be handled after it closed."""

    type: Literal["claim_reinstated"] = "claim_reinstated"


class ClaimExhausted(Frozen):
    """Masa manfaat selesai: all six months are decided and every payment is final."""

    type: Literal["claim_exhausted"] = "claim_exhausted"
    months_paid: int
    total_idr: RupiahAmount


class ClaimWithdrawn(Frozen):
    """Klaim ditarik by the claimant."""

    type: Literal["claim_withdrawn"] = "claim_withdrawn"
    reason: ShortText
    verdict: Verdict


class MessageRefused(Frozen):
    """Pesan ditolak: a direct message that cannot be read; its content is not kept, only its hash."""

    type: Literal["message_refused"] = "message_refused"
    name: ShortText
    ground: Ground
    content_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


Event = Annotated[
    LayoffReported
    | LayoffCorrected
    | LayoffWithdrawn
    | ClaimFiled
    | FilingNotAccepted
    | ContributionRecordReceived
    | ClaimApproved
    | ClaimDenied
    | ClaimReferred
    | OfficerDecided
    | SelfAssessmentCompleted
    | JobApplicationRecorded
    | InterviewCallRecorded
    | CounsellingAttended
    | TrainingAttended
    | MonthCertified
    | BenefitAuthorized
    | MonthForfeited
    | MonthReinstated
    | PaymentOrdered
    | PaymentSent
    | PaymentCancelled
    | PaymentSettled
    | PaymentFailed
    | PaymentReturned
    | BankAccountChanged
    | Reemployed
    | Deceased
    | BenefitCeased
    | ClaimLapsed
    | ClaimReinstated
    | ClaimExhausted
    | ClaimWithdrawn
    | MessageRefused,
    Field(discriminator="type"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
