"""What can be said to a claim: one validated form for the door, the signals and the activities.

The canonical form of a message (sorted keys, no white space) is what idempotency compares, so the same
message by HTTP and by signal is one.
"""

import hashlib
import json
import re
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, TypeAdapter, model_validator

from claims.commands.contact_messages import ChangeEmail as ChangeEmail
from claims.commands.contact_messages import DecidePersonData as DecidePersonData
from claims.commands.contact_messages import EndEmailChange as EndEmailChange
from claims.commands.contact_messages import GiveUpLetter as GiveUpLetter
from claims.commands.contact_messages import PersonDifference as PersonDifference
from claims.events import Document, Edge, Objected, ObjectedMonth, Party, Payer, Statement, Work
from claims.events.facts import (
    CODE_MAX,
    CODE_PATTERN,
    Code,
    ContributionRecord,
    JobSearchEffort,
    Layoff,
    MonthNumber,
    MonthOrNone,
    Participant,
    RupiahAmount,
    ShortText,
    TrainingSession,
)
from law.grounds import Frozen, Ground
from law.limits import Count, Day, DerivedInstant, Phrase, Sha256, Truth, Whole
from law.rules import BENEFIT_MONTHS


class ReportLayoff(Frozen):
    """Laporan PHK, new or of a layoff already known; `differs` is what it says otherwise of the person."""

    kind: Literal["layoff_report"] = "layoff_report"
    layoff: Layoff
    reported_by: Party
    differs: PersonDifference | None = Field(default=None, exclude_if=lambda differs: differs is None)


class WithdrawLayoff(Frozen):
    """The report of the layoff is taken back."""

    kind: Literal["layoff_withdrawal"] = "layoff_withdrawal"
    reported_by: Party


class FileClaim(Frozen):
    """Pengajuan klaim with the signed commitment (KAPK) and a bank account.

    The commitment states the willingness to work again; None where it was not signed.
    """

    kind: Literal["filing"] = "filing"
    participant: Participant
    account_version: Count
    commitment_version: Code | None
    commitment_sha256: Sha256 | None


class CompleteSelfAssessment(Frozen):
    """Asesmen diri."""

    kind: Literal["self_assessment"] = "self_assessment"
    form_version: Code
    completed_on: Day


class RecordJobSearch(Frozen):
    """Lamaran kerja dan panggilan wawancara, 1 to 50 at once."""

    kind: Literal["job_applications"] = "job_applications"
    efforts: Annotated[tuple[JobSearchEffort, ...], Field(min_length=1, max_length=50)]


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


class ReportReemployment(Frozen):
    """Telah mendapatkan pekerjaan, or begun a business of one's own."""

    kind: Literal["reemployment"] = "reemployment"
    since: Day
    work: Work = Field(default="employment", exclude_if=lambda work: work == "employment")


class ReportDeath(Frozen):
    """Meninggal dunia, told by the civil registry or an officer."""

    kind: Literal["death"] = "death"
    died_on: Day


class WithdrawClaim(Frozen):
    """Penarikan klaim."""

    kind: Literal["withdrawal"] = "withdrawal"
    reason: ShortText


class ChangeAccount(Frozen):
    """Penggantian rekening; the account itself stands in `people`."""

    kind: Literal["bank_account"] = "bank_account"
    account_version: Count


class DecideByOfficer(Frozen):
    """Keputusan petugas over a referred claim (question 0) or a question: for the claimant, or not.

    Where contributions were in arrears the officer also says who pays the months first (Pasal 39).
    """

    kind: Literal["officer_decision"] = "officer_decision"
    approves: Truth
    reason: ShortText
    question: Count = Field(default=0, exclude_if=lambda question: question == 0)
    payer: Payer | None = Field(default=None, exclude_if=lambda payer: payer is None)


class AnswerQuestion(Frozen):
    """Keterangan of the claimant to a question, or to the referral of the claim (question 0)."""

    kind: Literal["answer"] = "answer"
    question: Count = 0
    statement: Statement
    reference: Code


class AboutADecision(Frozen):
    """What a word about a decision names: the refusal, the end of the benefit, or a month by its number."""

    what: Objected
    month: ObjectedMonth = Field(default=0, exclude_if=lambda month: month == 0)

    @model_validator(mode="after")
    def _a_month_has_a_number(self) -> Self:
        if (self.what == "month") is (self.month == 0):
            raise ValueError("month is given with `month`, and with nothing else")
        return self


class ObjectToDecision(AboutADecision):
    """Keberatan of the claimant to a decision, with the reference of what they sent in."""

    kind: Literal["objection"] = "objection"
    reference: Code


class PutRight(AboutADecision):
    """Perbaikan keputusan by an officer; not `founded` dismisses the objection to it.

    Of a refusal the officer also says who pays first, where contributions were in arrears (Pasal 39).
    """

    kind: Literal["put_right"] = "put_right"
    reason: ShortText
    founded: Truth = Field(default=True, exclude_if=lambda founded: founded)
    payer: Payer | None = Field(default=None, exclude_if=lambda payer: payer is None)


class AskForDocuments(Frozen):
    """Permintaan dokumen by an officer: which are missing."""

    kind: Literal["document_request"] = "document_request"
    documents: Annotated[tuple[Document, ...], Field(min_length=1, max_length=6)]


class RequestRecord(Frozen):
    """BPJS Ketenagakerjaan shall be asked again: something was paid or put right there."""

    kind: Literal["record_request"] = "record_request"
    reason: ShortText


class WithdrawEffort(Frozen):
    """Lamaran ditarik: the portal takes back an effort that it told before."""

    kind: Literal["application_withdrawal"] = "application_withdrawal"
    reference: Code
    told_by: Code | None = Field(default=None, exclude_if=lambda told_by: told_by is None)


class RecordEmployerPayment(Frozen):
    """The employer paid a month that it has to pay first (Pasal 39(3))."""

    kind: Literal["employer_payment"] = "employer_payment"
    month: MonthNumber
    amount_idr: RupiahAmount
    paid_on: Day
    reference: Code


class AskReimbursement(Frozen):
    """The employer asks back what it paid first, once arrears and fines are settled (Pasal 39(4)-(6))."""

    kind: Literal["reimbursement_request"] = "reimbursement_request"
    reference: Code
    arrears_settled_on: Day | None


class FindTrueWage(Frozen):
    """An inspector found the true wage: under-reported, or never registered (Pasal 23, 37)."""

    kind: Literal["true_wage"] = "true_wage"
    true_wage_idr: RupiahAmount
    reference: Code


class MovedDeadline(Frozen):
    """One date that a calendar decreed later moves; `kept` where the earlier promise holds."""

    what: Code
    month: MonthOrNone
    owner: Code
    edge: Edge
    was: DerivedInstant
    now: DerivedInstant
    kept: Truth
    article: Phrase


class MoveDeadlines(Frozen):
    """Another version of the calendar moves dates of this claim."""

    kind: Literal["calendar_change"] = "calendar_change"
    calendar_version: ShortText
    moved: Annotated[tuple[MovedDeadline, ...], Field(min_length=1, max_length=50)]


class RecordContributions(Frozen):
    """The answer of BPJS Ketenagakerjaan."""

    kind: Literal["contribution_record"] = "contribution_record"
    record: ContributionRecord


class RecordTransfer(Frozen):
    """What is known of one transfer: open, settled, refused for sure, returned.

    `unsent` is a refusal found before anything was sent; it holds only while the order was not taken up.
    """

    kind: Literal["transfer_outcome"] = "transfer_outcome"
    order_id: UUID
    outcome: Literal["open", "settled", "refused", "unsent", "returned"]
    amount_idr: RupiahAmount
    ground: Ground
    bank_code: Code
    found_by: Literal["answer", "inquiry", "statement"]


class RefusedMessage(Frozen):
    """A direct message that cannot be read, reduced to its name, ground and hash."""

    kind: Literal["refused_message"] = "refused_message"
    name: ShortText
    ground: Ground
    content_sha256: Sha256


Message = Annotated[
    ReportLayoff
    | WithdrawLayoff
    | FileClaim
    | CompleteSelfAssessment
    | RecordJobSearch
    | AttendCounselling
    | AttendTraining
    | CertifyMonth
    | ReportReemployment
    | ReportDeath
    | WithdrawClaim
    | ChangeAccount
    | DecideByOfficer
    | AnswerQuestion
    | ObjectToDecision
    | PutRight
    | AskForDocuments
    | RequestRecord
    | WithdrawEffort
    | RecordEmployerPayment
    | AskReimbursement
    | FindTrueWage
    | MoveDeadlines
    | RecordContributions
    | RecordTransfer
    | DecidePersonData
    | ChangeEmail
    | EndEmailChange
    | GiveUpLetter
    | RefusedMessage,
    Field(discriminator="kind"),
]

MESSAGE: TypeAdapter[Message] = TypeAdapter(Message)

DirectMessage = Annotated[
    CompleteSelfAssessment
    | RecordJobSearch
    | AttendCounselling
    | AttendTraining
    | CertifyMonth
    | ReportReemployment
    | WithdrawClaim,
    Field(discriminator="kind"),
]

DIRECT_MESSAGE: TypeAdapter[DirectMessage] = TypeAdapter(DirectMessage)


def said_by(message: Message, source: str) -> Message:
    """The message with the portal that says it, where a portal's own numbers stand in it.

    The hash of a message is taken before: who says it is part of its identity already.
    """
    match message:
        case RecordJobSearch(efforts=efforts):
            told_by = _portal(source)
            named = tuple(effort.model_copy(update={"told_by": told_by}) for effort in efforts)
            return message.model_copy(update={"efforts": named})
        case WithdrawEffort():
            return message.model_copy(update={"told_by": _portal(source)})
        case _:
            return message


def _portal(source: str) -> str:
    """A source as it is stored; one that is too long or oddly spelled stands as its hash."""
    if len(source) <= CODE_MAX and re.fullmatch(CODE_PATTERN, source):
        return source
    return f"sha256:{hashlib.sha256(source.encode()).hexdigest()[:40]}"


def canonical(content: object) -> bytes:
    """One spelling of a JSON value: sorted keys, no white space, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(message: Message) -> bytes:
    """SHA-256 over the canonical form of a validated message."""
    return hashlib.sha256(canonical(message.model_dump(mode="json"))).digest()
