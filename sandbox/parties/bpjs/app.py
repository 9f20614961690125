"""BPJS Ketenagakerjaan's HTTP side. The contract is ours, shaped on Permenaker 2/2025 article 9(2)."""

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandbox.parties.bpjs.pages import participants_page
from sandbox.parties.bpjs.records import ContributionRecord, Inquiry, Nik, Participant, contribution_record
from sandbox.parties.bpjs.shelf import Shelf


class Mode(BaseModel):
    """`down` answers every inquiry with 503; `delay_seconds` (real) holds each one up first."""

    model_config = ConfigDict(extra="forbid")
    down: bool = False
    delay_seconds: float = Field(default=0.0, ge=0)


class Bpjs:
    """The records, who may ask for them, and the mode."""

    def __init__(self, shelf: Shelf, token: str) -> None:
        self.shelf = shelf
        self.mode = Mode()
        self._token = token

    async def admit(self, request: Request) -> None:
        """Raise 503 when down and 401 without the token."""
        await asyncio.sleep(self.mode.delay_seconds)
        if self.mode.down:
            raise HTTPException(503, "The records are not available at the moment.", {"Retry-After": "1"})
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            raise HTTPException(401, "The bearer token is missing or wrong.", {"WWW-Authenticate": "Bearer"})

    def participant(self, nik: str) -> Participant:
        """The seeded record. Raises 404."""
        return self._found(nik)[1]

    def answer(self, inquiry: Inquiry) -> ContributionRecord:
        """The record as known on the day asked for. Raises 404."""
        seed, participant = self._found(inquiry.nik)
        return contribution_record(participant, seed, inquiry)

    def _found(self, nik: str) -> tuple[UUID, Participant]:
        found = self.shelf.get(nik)
        if found is None:
            raise HTTPException(404, "No participant has this NIK.")
        return found


def application(bpjs: Bpjs) -> FastAPI:
    """BPJS as an ASGI application; closing it closes the file."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        bpjs.shelf.close()

    app = FastAPI(title="BPJS Ketenagakerjaan simulator", version="1", lifespan=lifespan)
    app.add_exception_handler(HTTPException, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ValidationError, _invalid)
    _inquiry_route(app, bpjs)
    _simulator_routes(app, bpjs)
    return app


def _inquiry_route(app: FastAPI, bpjs: Bpjs) -> None:
    @app.post("/v1/contribution-records", dependencies=[Depends(bpjs.admit)])
    async def inquire(inquiry: Inquiry) -> ContributionRecord:
        return bpjs.answer(inquiry)


def _simulator_routes(app: FastAPI, bpjs: Bpjs) -> None:
    @app.put("/simulator/participants/{nik}")
    async def seed(nik: Nik, participant: Participant) -> Participant:
        bpjs.shelf.put(nik, participant)
        return participant

    @app.patch("/simulator/participants/{nik}")
    async def change(nik: Nik, changes: dict[str, Any]) -> Participant:
        before = bpjs.participant(nik).model_dump(mode="json")
        after = Participant.model_validate(before | changes)
        bpjs.shelf.put(nik, after)
        return after

    @app.get("/simulator/participants/{nik}")
    async def seeded(nik: Nik) -> Participant:
        return bpjs.participant(nik)

    @app.put("/simulator/mode")
    async def set_mode(mode: Mode) -> Mode:
        bpjs.mode = bpjs.mode.model_copy(update=mode.model_dump(exclude_unset=True))
        return bpjs.mode

    @app.get("/", response_class=HTMLResponse)
    async def page() -> str:
        return participants_page(bpjs.shelf.all())

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}


async def _problem(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    body = {
        "type": "about:blank",
        "title": HTTPStatus(error.status_code).phrase,
        "status": error.status_code,
        "detail": error.detail,
    }
    return JSONResponse(body, error.status_code, error.headers, "application/problem+json")


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError | ValidationError)
    fields = [{"field": ".".join(map(str, each["loc"])), "reason": each["msg"]} for each in error.errors()]
    body = {"type": "about:blank", "title": "Invalid body", "status": 422, "errors": fields}
    return JSONResponse(body, 422, media_type="application/problem+json")
