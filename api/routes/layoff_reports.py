"""Layoff reports: CloudEvents that open a claim, join one that knows the layoff, or take a report back."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends, Header, Request
from pydantic import BaseModel, ValidationError

from api.examples import portal as examples
from api.http.access import CLIENT_PATTERN
from api.http.cloud_events import STRUCTURED, ReadEvent, attribute_error, read_event
from api.http.problems import FieldError, ProblemFound, invalid_body
from api.http.receiving import Backend, Raced, Sender, TheBackend, claimant_of
from api.http.responses import REPLAYED, TheReply, messages_router
from api.http.shapes import Reported, step_of
from api.routes.bodies import LayoffReport
from claims.commands.command import ReportLayoff, WithdrawLayoff
from claims.events.facts import Participant
from law.ages import implausible_birth
from law.periods import day_of
from store.claims import opening
from store.claims.kind import ClaimStepResult, IncomingMessage
from store.database import Connection
from store.engine.messages import UnknownStream, stream_of
from store.engine.streams import begun_by
from store.people import Remembered

EVENT_TYPES = "id.go.kemnaker.siapkerja.phk"
REPORTED, CORRECTED, WITHDRAWN = (
    f"{EVENT_TYPES}.{word}.v1" for word in ("dilaporkan", "dikoreksi", "dibatalkan")
)

router = messages_router("layoff reports", "malformed_event")


class LayoffReportEvent(BaseModel):
    """A CloudEvent with a layoff report: `id` and `source` are the identity of the message."""

    specversion: Literal["1.0"]
    id: str
    source: str
    type: Literal[
        "id.go.kemnaker.siapkerja.phk.dilaporkan.v1",
        "id.go.kemnaker.siapkerja.phk.dikoreksi.v1",
        "id.go.kemnaker.siapkerja.phk.dibatalkan.v1",
    ]
    subject: str = ""
    time: datetime | None = None
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str = ""
    data: LayoffReport


def _ce_header(name: str, example: str) -> dict[str, Any]:
    return {
        "name": f"ce-{name}",
        "in": "header",
        "required": False,
        "description": "binary mode only",
        "schema": {"type": "string"},
        "example": example,
    }


_REQUEST = {
    "parameters": [
        _ce_header(name, examples.LAYOFF_EVENT[name]) for name in ("specversion", "id", "source", "type")
    ],
    "requestBody": {
        "required": True,
        "content": {
            STRUCTURED: {
                "schema": {"$ref": "#/components/schemas/LayoffReportEvent"},
                "examples": {"structured": {"value": examples.LAYOFF_EVENT}},
            },
            "application/json": {
                "schema": {"$ref": "#/components/schemas/LayoffReport"},
                "examples": {"binary": {"value": examples.LAYOFF_DATA}},
            },
        },
    },
}


async def _client(
    x_client_id: Annotated[
        str, Header(pattern=CLIENT_PATTERN, description="who calls", examples=["siapkerja"])
    ],
) -> str:
    return x_client_id


@router.post(
    "/v1/layoff-reports",
    status_code=201,
    openapi_extra=_REQUEST,
    responses={
        200: {
            "description": "Joined the claim that knows this layoff, or took the report back",
            "model": Reported,
            "headers": REPLAYED,
            "content": {"application/json": {"example": {**examples.REPORTED, "joined": True}}},
        },
        201: {
            "description": "A new claim",
            "headers": REPLAYED,
            "content": {"application/json": {"example": examples.REPORTED}},
        },
    },
)
async def report_layoff(
    request: Request, backend: TheBackend, client: Annotated[str, Depends(_client)], reply: TheReply
) -> Reported:
    """Laporan PHK, by the employer or the participant (Permenaker 2/2025 Pasal 9).

    `dilaporkan` and `dikoreksi` open a claim or join the one of the same participant and employer within 60
    days; `dibatalkan` carries the same data and takes the report back.
    """
    event = read_event(request.headers, await request.body())
    report = _report_of(event)
    received_at = await backend.received_now()
    _check_birth(event, report, received_at)
    said = _Said(backend, client, event, report, received_at)
    result = await backend.take(said.person, said.withdraw if event.type == WITHDRAWN else said.report)
    request.state.claim_id = str(result.stream_id)
    reply.mark_replayed(result)
    joined = not await _opened_by(backend, result.stream_id, event)
    reply.response.status_code = 200 if joined else 201
    (answer,) = result.results
    step = step_of(result.next_step, reply.language)
    return Reported(claim_id=result.stream_id, joined=joined, verdict=answer.verdict, step=step)


def _report_of(event: ReadEvent) -> LayoffReport:
    if event.type not in (REPORTED, CORRECTED, WITHDRAWN):
        message = f"must be {EVENT_TYPES}.dilaporkan.v1, .dikoreksi.v1 or .dibatalkan.v1"
        wrong = attribute_error("type", "unknown_type", message, structured=bool(event.at))
        raise ProblemFound("invalid_body", errors=[wrong])
    try:
        return LayoffReport.model_validate(event.data)
    except ValidationError as error:
        raise invalid_body(error, event.data, event.at) from None


def _check_birth(event: ReadEvent, report: LayoffReport, received_at: datetime) -> None:
    """Refuse the birth date of nobody who can have been employed; a corrected one differs from the NIK's."""
    reason = implausible_birth(report.worker.born_on, report.laid_off_on, day_of(received_at))
    if reason is not None:
        pointer = f"#/{'/'.join((*event.at, 'worker', 'born_on'))}"
        wrong = FieldError(pointer=pointer, code="implausible_birth_date", message=reason)
        raise ProblemFound("invalid_body", errors=[wrong])


async def _opened_by(backend: Backend, claim_id: UUID, event: ReadEvent) -> bool:
    """Whether this event began the claim; so a report sent again gets the answer it got first."""
    return await begun_by(backend.pool, claim_id) == (event.source, event.id)


class _Said:
    """One event as received, and the two things it may do."""

    def __init__(
        self, backend: Backend, client: str, event: ReadEvent, report: LayoffReport, received_at: datetime
    ) -> None:
        self._backend = backend
        self._report = report
        self._sender = Sender(event.source, event.id)
        self._actor = f"portal:{client}"
        self._received_at = received_at
        self._hash = backend.fingerprint(event.type, report.model_dump(mode="json"))

    @property
    def person(self) -> bytes:
        """Who the report is about: reports about one person are taken one after the other."""
        return self._backend.people.lookup(self._report.worker.nik)

    def _says(self, message: ReportLayoff | WithdrawLayoff) -> IncomingMessage:
        return self._sender.incoming(message, self._received_at, self._hash, self._actor)

    def _reports(self, of: Remembered) -> IncomingMessage:
        layoff = self._report.layoff(of.participant)
        said = ReportLayoff(layoff=layoff, reported_by=self._report.reported_by, differs=of.differs)
        return self._says(said)

    async def _known(self, connection: Connection) -> UUID | None:
        withdrawal = self._says(WithdrawLayoff(reported_by=self._report.reported_by))
        return await stream_of(connection, withdrawal)

    async def report(self, connection: Connection) -> ClaimStepResult:
        """Open or join."""
        known = await self._known(connection)
        if known is not None:
            claimant = Participant(participant_id=await claimant_of(connection, known), version=1)
            incoming = self._reports(Remembered(claimant, None))
            return await self._backend.record_once(connection, known, incoming, known=True)
        remembered = await self._backend.people.remember(connection, self._report.person())
        result = await opening.report_layoff(self._backend.steps, connection, self._reports(remembered))
        if result.replayed:
            raise Raced
        return result

    async def withdraw(self, connection: Connection) -> ClaimStepResult:
        """Take the report back from the claim that it would join."""
        claim_id = await self._known(connection) or await self._joinable(connection)
        if claim_id is None:
            raise UnknownStream("no claim knows this layoff")
        incoming = self._says(WithdrawLayoff(reported_by=self._report.reported_by))
        return await self._backend.record_once(connection, claim_id, incoming, known=True)

    async def _joinable(self, connection: Connection) -> UUID | None:
        participant_id = await self._backend.people.participant_of(connection, self._report.worker.nik)
        if participant_id is None:
            return None
        layoff = self._report.layoff(Participant(participant_id=participant_id, version=1))
        return await opening.joinable(connection, layoff)
