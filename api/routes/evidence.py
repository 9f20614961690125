"""What is said to a claim that exists by who claims and by portals: filing, evidence, answers, changes.

Whatever is said is recorded and answered with its verdict, also where it does not count.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Body, Path

from api.examples import portal as examples
from api.http.problems import FieldError, ProblemFound
from api.http.receiving import Backend, Sender, TheBackend, TheSender, claimant_of
from api.http.responses import TheReply, answered, messages_router, post, tell
from api.http.shapes import Told
from api.routes.bodies import (
    BankAccount,
    Certification,
    Effort,
    EffortWithdrawal,
    EmailChange,
    Filing,
    JobApplications,
)
from claims.commands import command as cmd
from claims.events.facts import Participant
from law.limits import SpelledWhole
from law.periods import day_of
from law.rules import BENEFIT_MONTHS
from store.claims.kind import ClaimStepResult, IncomingMessage
from store.database import Connection
from store.engine.messages import UnknownStream, stream_of

router = messages_router("evidence")


@post(router, "filing", examples.FILING_TOLD)
async def file_claim(
    claim_id: UUID,
    filing: Annotated[Filing, Body(openapi_examples=examples.FILING)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Pengajuan klaim: file with the signed commitment and a bank account in one's own name (Pasal 40(a))."""
    incoming = _filing(backend, sender, filing, await backend.received_now())
    result = await backend.take(
        claim_id, lambda connection: _file(connection, backend, claim_id, filing, incoming)
    )
    return answered(reply, result)


def _filing(backend: Backend, sender: Sender, filing: Filing, received_at: datetime) -> IncomingMessage:
    message = cmd.FileClaim(
        participant=Participant(participant_id=UUID(int=0), version=0),
        account_version=0,
        commitment_version=filing.commitment.version,
        commitment_sha256=filing.commitment.sha256,
    )
    return sender.says(message, received_at, backend.fingerprint("filing", filing.model_dump(mode="json")))


async def _file(
    connection: Connection, backend: Backend, claim_id: UUID, filing: Filing, incoming: IncomingMessage
) -> ClaimStepResult:
    claimant = await claimant_of(connection, claim_id)
    if await backend.people.participant_of(connection, filing.nik) != claimant:
        raise UnknownStream("the claim is not this person's")
    known = await stream_of(connection, incoming) is not None
    if not known:
        incoming = replace(incoming, message=await _filed(connection, backend, claimant, filing))
    return await backend.tell_once(connection, claim_id, incoming, known=known)


async def _filed(
    connection: Connection, backend: Backend, participant_id: UUID, filing: Filing
) -> cmd.FileClaim:
    """The message of a filing whose account is written in this transaction."""
    account = filing.bank_account.account()
    latest = await backend.people.latest(connection, participant_id)
    assert latest is not None, "the report of the layoff described the participant"
    return cmd.FileClaim(
        participant=Participant(participant_id=participant_id, version=latest[0]),
        account_version=await backend.people.remember_account(connection, participant_id, account),
        commitment_version=filing.commitment.version,
        commitment_sha256=filing.commitment.sha256,
    )


@post(router, "self-assessment")
async def complete_self_assessment(
    claim_id: UUID,
    message: Annotated[cmd.CompleteSelfAssessment, Body(openapi_examples=examples.SELF_ASSESSMENT)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Asesmen diri, once (Permenaker 2/2025 Pasal 13(2))."""
    return await tell(backend, claim_id, sender.says(message, await backend.received_now()), reply)


@post(router, "job-applications", examples.JOB_APPLICATIONS_TOLD)
async def record_job_applications(
    claim_id: UUID,
    applications: Annotated[JobApplications, Body(openapi_examples=examples.JOB_APPLICATIONS)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Lamaran kerja dan panggilan wawancara, 1 to 50 at once, each with its verdict (Pasal 13(4)).

    An effort is known by the portal that calls and its `reference`; one that is late is judged by `told_at`.
    """
    received_at = await backend.received_now()
    incoming = sender.says(applications.message(), received_at)
    most_days = backend.steps.law.in_force_on(day_of(received_at)).told_late_days.value
    late = _untimely(applications.efforts, received_at, most_days)
    if late and not await _was_taken(backend, incoming):
        raise ProblemFound("invalid_body", errors=late)
    return answered(reply, await backend.tell(claim_id, incoming))


async def _was_taken(backend: Backend, incoming: IncomingMessage) -> bool:
    """A message that was taken is answered again, whatever its times look like by now."""
    async with backend.pool.acquire() as connection:
        return await stream_of(connection, incoming) is not None


def _untimely(efforts: tuple[Effort, ...], received_at: datetime, most_days: int) -> list[FieldError]:
    """The times of telling that no portal can mean: to come, or longer ago than it may be late."""
    earliest = received_at - timedelta(days=most_days)
    wrong = []
    for number, effort in enumerate(efforts):
        pointer = f"#/efforts/{number}/told_at"
        if effort.told_at is not None and effort.told_at > received_at:
            message = "must not be after the receipt of the message"
            wrong.append(FieldError(pointer=pointer, code="told_in_the_future", message=message))
        if effort.told_at is not None and effort.told_at < earliest:
            message = f"must be at most {most_days} days before the receipt of the message"
            wrong.append(FieldError(pointer=pointer, code="told_too_long_ago", message=message))
    return wrong


@post(router, "job-applications/withdrawals")
async def withdraw_job_application(
    claim_id: UUID,
    withdrawal: Annotated[EffortWithdrawal, Body(openapi_examples=examples.APPLICATION_WITHDRAWAL)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Lamaran ditarik, by the portal that told it; a month already granted stays granted."""
    message = cmd.WithdrawEffort(reference=withdrawal.reference)
    return await tell(backend, claim_id, sender.says(message, await backend.received_now()), reply)


@post(router, "counselling")
async def record_counselling(
    claim_id: UUID,
    message: Annotated[cmd.AttendCounselling, Body(openapi_examples=examples.COUNSELLING)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Konseling (PP 37/2021 Pasal 27)."""
    return await tell(backend, claim_id, sender.says(message, await backend.received_now()), reply)


@post(router, "training-attendance")
async def record_training_attendance(
    claim_id: UUID,
    message: Annotated[cmd.AttendTraining, Body(openapi_examples=examples.TRAINING_ATTENDANCE)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Kehadiran pelatihan: up to 200 sessions of one course (Permenaker 2/2025 Pasal 13(3)b)."""
    return await tell(backend, claim_id, sender.says(message, await backend.received_now()), reply)


@post(router, "months/{month}/certification")
async def certify_month(
    claim_id: UUID,
    month: Annotated[SpelledWhole, Path(ge=2, le=BENEFIT_MONTHS, examples=[2])],
    certification: Annotated[Certification, Body(openapi_examples=examples.CERTIFICATION)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Pengajuan manfaat bulan ke-n: apply for a month inside its window, being without work."""
    message = cmd.CertifyMonth(month=month, **certification.model_dump())
    return await tell(backend, claim_id, sender.says(message, await backend.received_now()), reply)


@post(router, "bank-account")
async def change_bank_account(
    claim_id: UUID,
    account: Annotated[BankAccount, Body(openapi_examples=examples.BANK_ACCOUNT)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Penggantian rekening: orders from now on, and the one a bank refused, go to this account."""
    digest = backend.fingerprint("bank_account", account.model_dump(mode="json"))
    incoming = sender.says(cmd.ChangeAccount(account_version=0), await backend.received_now(), digest)
    result = await backend.take(
        claim_id, lambda connection: _change(connection, backend, claim_id, account, incoming)
    )
    return answered(reply, result)


async def _change(
    connection: Connection, backend: Backend, claim_id: UUID, account: BankAccount, incoming: IncomingMessage
) -> ClaimStepResult:
    claimant = await claimant_of(connection, claim_id)
    known = await stream_of(connection, incoming) is not None
    if not known:
        version = await backend.people.remember_account(connection, claimant, account.account())
        incoming = replace(incoming, message=cmd.ChangeAccount(account_version=version))
    return await backend.tell_once(connection, claim_id, incoming, known=known)


@post(router, "reemployment")
async def report_reemployment(
    claim_id: UUID,
    message: Annotated[cmd.ReportReemployment, Body(openapi_examples=examples.REEMPLOYMENT)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Telah mendapatkan pekerjaan: the benefit ceases (PP 37/2021 Pasal 40(b))."""
    return await tell(backend, claim_id, sender.says(message, await backend.received_now()), reply)


@post(router, "withdrawal")
async def withdraw_claim(
    claim_id: UUID,
    message: Annotated[cmd.WithdrawClaim, Body(openapi_examples=examples.WITHDRAWAL)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Penarikan klaim by the claimant."""
    return await tell(backend, claim_id, sender.says(message, await backend.received_now()), reply)


@post(router, "death")
async def report_death(
    claim_id: UUID,
    message: Annotated[cmd.ReportDeath, Body(openapi_examples=examples.DEATH)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Meninggal dunia, by the civil registry or an office: the benefit ceases (PP 37/2021 Pasal 40(c))."""
    return await tell(backend, claim_id, sender.says(message, await backend.received_now()), reply)


@post(router, "answers")
async def answer_question(
    claim_id: UUID,
    message: Annotated[cmd.AnswerQuestion, Body(openapi_examples=examples.ANSWER)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Keterangan of the claimant to an open question, or to the referral of the claim (question 0)."""
    return await tell(backend, claim_id, sender.says(message, await backend.received_now()), reply)


@post(router, "objections")
async def object_to_decision(
    claim_id: UUID,
    message: Annotated[cmd.ObjectToDecision, Body(openapi_examples=examples.OBJECTION)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Keberatan of the claimant: to the refusal, a month that was lost, or the end of the benefit."""
    return await tell(backend, claim_id, sender.says(message, await backend.received_now()), reply)


@post(router, "email")
async def change_email(
    claim_id: UUID,
    change: Annotated[EmailChange, Body(openapi_examples=examples.EMAIL_CHANGE)],
    backend: TheBackend,
    sender: TheSender,
    reply: TheReply,
) -> Told:
    """Penggantian alamat surel: letters go to the new address once the old and the new one were told."""
    digest = backend.fingerprint("email_change", change.model_dump(mode="json"))
    incoming = sender.says(cmd.ChangeEmail(version=1), await backend.received_now(), digest)
    result = await backend.take(
        claim_id, lambda connection: _change_email(connection, backend, claim_id, change, incoming)
    )
    return answered(reply, result)


async def _change_email(
    connection: Connection, backend: Backend, claim_id: UUID, change: EmailChange, incoming: IncomingMessage
) -> ClaimStepResult:
    claimant = await claimant_of(connection, claim_id)
    if await backend.people.participant_of(connection, change.nik) != claimant:
        raise UnknownStream("the claim is not this person's")
    known = await stream_of(connection, incoming) is not None
    if not known:
        version = await backend.people.propose_email(connection, claimant, change.email)
        incoming = replace(incoming, message=cmd.ChangeEmail(version=version))
    return await backend.tell_once(connection, claim_id, incoming, known=known)
