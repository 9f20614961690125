"""What is said to a claim that exists by who claims and by portals: filing, evidence, answers, changes.

Whatever is said is recorded and answered with its verdict, also where it does not count.
"""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Body, Path

from api.examples import portal as examples
from api.http.claim_calls import TheCall
from api.http.problems import FieldError, ProblemFound
from api.http.receiving import Backend
from api.http.responses import answered, messages_router, post
from api.http.shapes import MessageResponse
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
from store.claims.kind import IncomingMessage
from store.database import Connection
from store.engine.messages import stream_of

router = messages_router("evidence")


@post(router, "filing", examples.FILING_RESPONSE)
async def file_claim(
    filing: Annotated[Filing, Body(openapi_examples=examples.FILING)],
    call: TheCall,
) -> MessageResponse:
    """Pengajuan klaim: file with the signed commitment and a bank account in one's own name (Pasal 40(a))."""
    nobody = Participant(participant_id=UUID(int=0), version=0)

    async def write(connection: Connection, claimant: UUID) -> cmd.FileClaim:
        latest = await call.backend.people.latest(connection, claimant)
        assert latest is not None, "the report of the layoff described the participant"
        account = filing.bank_account.account()
        version = await call.backend.people.remember_account(connection, claimant, account)
        return filing.message(Participant(participant_id=claimant, version=latest[0]), version)

    return await call.records_once_written("filing", filing, filing.message(nobody, 0), write, nik=filing.nik)


@post(router, "self-assessment")
async def complete_self_assessment(
    message: Annotated[cmd.CompleteSelfAssessment, Body(openapi_examples=examples.SELF_ASSESSMENT)],
    call: TheCall,
) -> MessageResponse:
    """Asesmen diri, once (Permenaker 2/2025 Pasal 13(2))."""
    return await call.records(message)


@post(router, "job-applications", examples.JOB_APPLICATIONS_RESPONSE)
async def record_job_applications(
    applications: Annotated[JobApplications, Body(openapi_examples=examples.JOB_APPLICATIONS)],
    call: TheCall,
) -> MessageResponse:
    """Lamaran kerja dan panggilan wawancara, 1 to 50 at once, each with its verdict (Pasal 13(4)).

    An effort is known by the portal that calls and its `reference`; one that is late is decided by `told_at`.
    """
    backend, received_at = call.backend, await call.backend.received_now()
    incoming = call.sender.incoming(applications.message(), received_at)
    most_days = backend.steps.law.in_force_on(day_of(received_at)).told_late_days.value
    late = _untimely(applications.efforts, received_at, most_days)
    if late and not await _was_taken(backend, incoming):
        raise ProblemFound("invalid_body", errors=late)
    return answered(call.reply, await backend.record(call.claim_id, incoming))


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
    withdrawal: Annotated[EffortWithdrawal, Body(openapi_examples=examples.APPLICATION_WITHDRAWAL)],
    call: TheCall,
) -> MessageResponse:
    """Lamaran ditarik, by the portal that told it; a month already granted stays granted."""
    message = cmd.WithdrawEffort(reference=withdrawal.reference)
    return await call.records(message)


@post(router, "counselling")
async def record_counselling(
    message: Annotated[cmd.AttendCounselling, Body(openapi_examples=examples.COUNSELLING)],
    call: TheCall,
) -> MessageResponse:
    """Konseling (PP 37/2021 Pasal 27)."""
    return await call.records(message)


@post(router, "training-attendance")
async def record_training_attendance(
    message: Annotated[cmd.AttendTraining, Body(openapi_examples=examples.TRAINING_ATTENDANCE)],
    call: TheCall,
) -> MessageResponse:
    """Kehadiran pelatihan: up to 200 sessions of one course (Permenaker 2/2025 Pasal 13(3)b)."""
    return await call.records(message)


@post(router, "months/{month}/certification")
async def certify_month(
    month: Annotated[SpelledWhole, Path(ge=2, le=BENEFIT_MONTHS, examples=[2])],
    certification: Annotated[Certification, Body(openapi_examples=examples.CERTIFICATION)],
    call: TheCall,
) -> MessageResponse:
    """Pengajuan manfaat bulan ke-n: apply for a month inside its window, being without work."""
    message = cmd.CertifyMonth(month=month, **certification.model_dump())
    return await call.records(message)


@post(router, "bank-account")
async def change_bank_account(
    account: Annotated[BankAccount, Body(openapi_examples=examples.BANK_ACCOUNT)],
    call: TheCall,
) -> MessageResponse:
    """Penggantian rekening: orders from now on, and the one a bank refused, go to this account."""

    async def write(connection: Connection, claimant: UUID) -> cmd.ChangeAccount:
        version = await call.backend.people.remember_account(connection, claimant, account.account())
        return cmd.ChangeAccount(account_version=version)

    return await call.records_once_written(
        "bank_account", account, cmd.ChangeAccount(account_version=0), write
    )


@post(router, "reemployment")
async def report_reemployment(
    message: Annotated[cmd.ReportReemployment, Body(openapi_examples=examples.REEMPLOYMENT)],
    call: TheCall,
) -> MessageResponse:
    """Telah mendapatkan pekerjaan: the benefit ceases (PP 37/2021 Pasal 40(b))."""
    return await call.records(message)


@post(router, "withdrawal")
async def withdraw_claim(
    message: Annotated[cmd.WithdrawClaim, Body(openapi_examples=examples.WITHDRAWAL)],
    call: TheCall,
) -> MessageResponse:
    """Penarikan klaim by the claimant."""
    return await call.records(message)


@post(router, "death")
async def report_death(
    message: Annotated[cmd.ReportDeath, Body(openapi_examples=examples.DEATH)],
    call: TheCall,
) -> MessageResponse:
    """Meninggal dunia, by the civil registry or an office: the benefit ceases (PP 37/2021 Pasal 40(c))."""
    return await call.records(message)


@post(router, "answers")
async def answer_question(
    message: Annotated[cmd.AnswerQuestion, Body(openapi_examples=examples.ANSWER)],
    call: TheCall,
) -> MessageResponse:
    """Keterangan of the claimant to an open question, or to the referral of the claim (question 0)."""
    return await call.records(message)


@post(router, "objections")
async def object_to_decision(
    message: Annotated[cmd.ObjectToDecision, Body(openapi_examples=examples.OBJECTION)],
    call: TheCall,
) -> MessageResponse:
    """Keberatan of the claimant: to the refusal, a month that was lost, or the end of the benefit."""
    return await call.records(message)


@post(router, "email")
async def change_email(
    change: Annotated[EmailChange, Body(openapi_examples=examples.EMAIL_CHANGE)],
    call: TheCall,
) -> MessageResponse:
    """Penggantian alamat surel: letters go to the new address once the old and the new one were told."""

    async def write(connection: Connection, claimant: UUID) -> cmd.ChangeEmail:
        version = await call.backend.people.propose_email(connection, claimant, change.email)
        return cmd.ChangeEmail(version=version)

    return await call.records_once_written(
        "email_change", change, cmd.ChangeEmail(version=1), write, nik=change.nik
    )
