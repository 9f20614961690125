"""Is the process alive, can it serve, and what does a problem type mean."""

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from api.http.problems import KINDS, Code, ProblemFound, problem_responses
from api.http.receiving import TheBackend
from api.http.requests import StrictRoute
from store.database import DatabaseRefused
from store.process.admission import Admission

READY_SECONDS = 2.0

router = APIRouter(route_class=StrictRoute, tags=["health"])


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class ProblemType(BaseModel):
    """A problem type: its status, its title, and what to do about it."""

    code: Code
    status: int
    title: str
    advice: str


def _example(value: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "Answer", "content": {"application/json": {"example": value}}}}


@router.get("/health/live", responses=_example({"status": "ok"}))
async def get_liveness() -> Health:
    """The process answers; it says nothing about the database."""
    return Health()


@router.get("/health/ready", responses=_example({"status": "ok"}) | problem_responses())
async def get_readiness(request: Request, backend: TheBackend) -> Health:
    """The database is reached, and a process of this version, world and key may work on it."""
    admission: Admission = request.app.state.admission
    async with asyncio.timeout(READY_SECONDS), backend.watch.acquire() as connection:
        try:
            await admission.check(connection)
        except DatabaseRefused as refusal:
            raise ProblemFound("unavailable", str(refusal)) from None
    return Health()


@router.get(
    "/problems/{code}",
    responses=_example({"code": "busy", **vars(KINDS["busy"])}) | problem_responses("not_found"),
)
async def get_problem_type(code: Annotated[Code, Path(examples=["busy"])]) -> ProblemType:
    """A kind of problem in words, with its status and what to do."""
    kind = KINDS[code]
    return ProblemType(code=code, status=kind.status, title=kind.title, advice=kind.advice)
