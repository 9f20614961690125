"""What is said to a claim that exists: filing, evidence, certification, changes, an officer's decision.

Whatever is said is recorded and answered with its verdict, also where it does not count.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Body, Path, Response

from api import examples
from api.bodies import BankAccount, Certification, Filing, OfficerDecision
from api.door import Door, Sender, TheDoor, TheSender, claimant_of
from api.problems import problem_responses
from api.shapes import Told, told
from claims import messages as m
from claims.facts import Participant
from store.database import Connection
from store.messages import Incoming, UnknownClaim, stream_of
from store.step import Taken

REPLAYED = {
    "Idempotent-Replayed": {
        "description": "`true` where this message was known and the verdict is the one given then",
        "schema": {"type": "string"},
    }
}
Handler = TypeVar("Handler", bound=Callable[..., Any])

router = APIRouter(
    tags=["evidence"],
    responses=problem_responses(
        "malformed_body",
        "header_invalid",
        "unknown_claim",
        "busy",
        "body_too_large",
        "unsupported_media_type",
        "invalid_body",
        "message_id_reused",
    ),
)


def _told_responses(example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {
        201: {
            "description": "Recorded",
            "headers": REPLAYED,
            "content": {"application/json": {"example": example}},
        }
    }


def mark_replayed(response: Response, taken: Taken) -> None:
    """Say so where the answer is the one given before."""
    if taken.replayed:
        response.headers["Idempotent-Replayed"] = "true"


async def _tell(door: Door, claim_id: UUID, incoming: Incoming, response: Response) -> Told:
    taken = await door.tell(claim_id, incoming)
    mark_replayed(response, taken)
    return told(taken)


def _post(path: str, example: dict[str, Any] | None = None) -> Callable[[Handler], Handler]:
    return router.post(
        f"/v1/claims/{{claim_id}}/{path}",
        status_code=201,
        responses=_told_responses(example or examples.TOLD),
    )


@_post("filing", examples.FILING_TOLD)
async def file_claim(
    claim_id: UUID,
    filing: Annotated[Filing, Body(openapi_examples=examples.FILING)],
    door: TheDoor,
    sender: TheSender,
    response: Response,
) -> Told:
    """Pengajuan klaim: file with the signed commitment and a bank account in one's own name (Pasal 40(a))."""
    incoming = _filing(door, sender, filing, await door.received_now())
    taken = await door.take(lambda connection: _file(connection, door, claim_id, filing, incoming))
    mark_replayed(response, taken)
    return told(taken)


def _filing(door: Door, sender: Sender, filing: Filing, received_at: datetime) -> Incoming:
    message = m.FileClaim(
        participant=Participant(participant_id=UUID(int=0), version=0),
        account_version=0,
        commitment_version=filing.commitment.version,
        commitment_sha256=filing.commitment.sha256,
    )
    return sender.says(message, received_at, door.fingerprint("filing", filing.model_dump(mode="json")))


async def _file(
    connection: Connection, door: Door, claim_id: UUID, filing: Filing, incoming: Incoming
) -> Taken:
    claimant = await claimant_of(connection, claim_id)
    if await door.people.participant_of(connection, filing.nik) != claimant:
        raise UnknownClaim("the claim is not this person's")
    known = await stream_of(connection, incoming) is not None
    if not known:
        incoming = replace(incoming, message=await _filed(connection, door, claimant, filing))
    return await door.tell_once(connection, claim_id, incoming, known=known)


async def _filed(connection: Connection, door: Door, participant_id: UUID, filing: Filing) -> m.FileClaim:
    """The message of a filing whose account is written in this transaction."""
    account = filing.bank_account.account()
    latest = await door.people.latest(connection, participant_id)
    assert latest is not None, "the report of the layoff described the participant"
    return m.FileClaim(
        participant=Participant(participant_id=participant_id, version=latest[0]),
        account_version=await door.people.remember_account(connection, participant_id, account),
        commitment_version=filing.commitment.version,
        commitment_sha256=filing.commitment.sha256,
    )


@_post("self-assessment")
async def complete_self_assessment(
    claim_id: UUID,
    message: Annotated[m.CompleteSelfAssessment, Body(openapi_examples=examples.SELF_ASSESSMENT)],
    door: TheDoor,
    sender: TheSender,
    response: Response,
) -> Told:
    """Asesmen diri, once (Permenaker 2/2025 Pasal 13(2))."""
    return await _tell(door, claim_id, sender.says(message, await door.received_now()), response)


@_post("job-applications", examples.JOB_APPLICATIONS_TOLD)
async def record_job_applications(
    claim_id: UUID,
    message: Annotated[m.RecordJobSearch, Body(openapi_examples=examples.JOB_APPLICATIONS)],
    door: TheDoor,
    sender: TheSender,
    response: Response,
) -> Told:
    """Lamaran kerja dan panggilan wawancara, 1 to 50 at once, each with its verdict (Pasal 13(4))."""
    return await _tell(door, claim_id, sender.says(message, await door.received_now()), response)


@_post("counselling")
async def record_counselling(
    claim_id: UUID,
    message: Annotated[m.AttendCounselling, Body(openapi_examples=examples.COUNSELLING)],
    door: TheDoor,
    sender: TheSender,
    response: Response,
) -> Told:
    """Konseling (PP 37/2021 Pasal 27)."""
    return await _tell(door, claim_id, sender.says(message, await door.received_now()), response)


@_post("training-attendance")
async def record_training_attendance(
    claim_id: UUID,
    message: Annotated[m.AttendTraining, Body(openapi_examples=examples.TRAINING_ATTENDANCE)],
    door: TheDoor,
    sender: TheSender,
    response: Response,
) -> Told:
    """Kehadiran pelatihan: up to 200 sessions of one course (Permenaker 2/2025 Pasal 13(3)b)."""
    return await _tell(door, claim_id, sender.says(message, await door.received_now()), response)


@_post("months/{month}/certification")
async def certify_month(
    claim_id: UUID,
    month: Annotated[int, Path(ge=2, le=6, examples=[2])],
    certification: Annotated[Certification, Body(openapi_examples=examples.CERTIFICATION)],
    door: TheDoor,
    sender: TheSender,
    response: Response,
) -> Told:
    """Pengajuan manfaat bulan ke-n: apply for a month inside its window, being without work."""
    message = m.CertifyMonth(month=month, without_work=certification.without_work)
    return await _tell(door, claim_id, sender.says(message, await door.received_now()), response)


@_post("bank-account")
async def change_bank_account(
    claim_id: UUID,
    account: Annotated[BankAccount, Body(openapi_examples=examples.BANK_ACCOUNT)],
    door: TheDoor,
    sender: TheSender,
    response: Response,
) -> Told:
    """Penggantian rekening: orders from now on, and the one a bank refused, go to this account."""
    digest = door.fingerprint("bank_account", account.model_dump(mode="json"))
    incoming = sender.says(m.ChangeAccount(account_version=0), await door.received_now(), digest)
    taken = await door.take(lambda connection: _change(connection, door, claim_id, account, incoming))
    mark_replayed(response, taken)
    return told(taken)


async def _change(
    connection: Connection, door: Door, claim_id: UUID, account: BankAccount, incoming: Incoming
) -> Taken:
    claimant = await claimant_of(connection, claim_id)
    known = await stream_of(connection, incoming) is not None
    if not known:
        version = await door.people.remember_account(connection, claimant, account.account())
        incoming = replace(incoming, message=m.ChangeAccount(account_version=version))
    return await door.tell_once(connection, claim_id, incoming, known=known)


@_post("reemployment")
async def report_reemployment(
    claim_id: UUID,
    message: Annotated[m.ReportReemployment, Body(openapi_examples=examples.REEMPLOYMENT)],
    door: TheDoor,
    sender: TheSender,
    response: Response,
) -> Told:
    """Telah mendapatkan pekerjaan: the benefit ceases (PP 37/2021 Pasal 40(b))."""
    return await _tell(door, claim_id, sender.says(message, await door.received_now()), response)


@_post("withdrawal")
async def withdraw_claim(
    claim_id: UUID,
    message: Annotated[m.WithdrawClaim, Body(openapi_examples=examples.WITHDRAWAL)],
    door: TheDoor,
    sender: TheSender,
    response: Response,
) -> Told:
    """Penarikan klaim by the claimant."""
    return await _tell(door, claim_id, sender.says(message, await door.received_now()), response)


@_post("officer-decisions")
async def decide_by_officer(
    claim_id: UUID,
    decision: Annotated[OfficerDecision, Body(openapi_examples=examples.OFFICER_DECISION)],
    door: TheDoor,
    sender: TheSender,
    response: Response,
) -> Told:
    """Keputusan petugas over a referred claim; who decided stands beside it for ever."""
    message = m.DecideByOfficer(approves=decision.approves, reason=decision.reason)
    digest = door.fingerprint("officer_decision", decision.model_dump(mode="json"))
    actor = f"officer:{decision.actor}"
    return await _tell(
        door, claim_id, sender.says(message, await door.received_now(), digest, actor), response
    )
