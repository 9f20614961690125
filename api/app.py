"""The application: the pool, the law and the people it stands on, its routes, its one table of problems."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from api import reference_page as pages
from api.http.access import BODY_SECONDS, Access
from api.http.methods import Methods
from api.http.opening import Refused, opening
from api.http.problems import ProblemFound, answer_http, answer_invalid, answer_problem, render, request_id_of
from api.http.receiving import Backend
from api.http.turns import Turns
from api.openapi import described
from api.routes import (
    deadlines,
    estimates,
    evidence,
    health,
    questions,
    status,
)
from api.routes import (
    layoff_reports as reports,
)
from api.routes import (
    officers as desk,
)
from claims.events import EventUnreadable
from law.regimes import LAW
from settings.kinds import LOOKUP_KEY_BYTES_MIN, Profile
from settings.parts import Postgres
from store.calendar import read_calendar
from store.claims.kind import claim_step_runner
from store.database import Pool, open_pool
from store.engine.messages import MessageIdReused, UnknownStream
from store.people import People
from store.process.admission import Admission
from store.process.standing import Standing
from store.scheduling.notify import notifying

PARTS = (reports, evidence, desk, estimates, status, questions, deadlines, health, pages)


def create_app(
    lookup_key: bytes,
    postgres: Postgres | None = None,
    *,
    profile: Profile = Profile.PRODUCTION,
    database: str | None = None,
    pool_most: int = 10,
    refused: Refused | None = None,
    body_seconds: float = BODY_SECONDS,
) -> FastAPI:
    """The API over a database: that of `postgres`, or of the PG* variables; `database` overrides its name.

    `lookup_key` keys the look-up of NIKs, at least 32 bytes. Where the database is away it is waited for, and
    every route answers 503. Where it is not for a process of this `profile` and key, `refused` is told, or
    starting raises DatabaseRefused.
    """
    if len(lookup_key) < LOOKUP_KEY_BYTES_MIN:
        raise ValueError(f"the look-up key has at least {LOOKUP_KEY_BYTES_MIN} bytes")

    admission = Admission(profile, lookup_key)

    @asynccontextmanager
    async def doors() -> AsyncIterator[Backend]:
        async with _sessions(postgres, database, pool_most) as pool:
            async with pool.acquire() as connection:
                await admission.check(connection)
                steps = claim_step_runner(pool, LAW, await read_calendar(connection))
            async with notifying(pool) as notifier, _sessions(postgres, database, 1) as watch:
                yield Backend(pool, watch, steps, People(lookup_key), notifier, Turns(pool_most))

    app = described(_application(opening(doors, refused), body_seconds))
    app.state.standing, app.state.admission, app.state.backend = Standing(), admission, None
    return app


@asynccontextmanager
async def _sessions(postgres: Postgres | None, database: str | None, most: int) -> AsyncIterator[Pool]:
    pool = await open_pool(postgres, database=database, most=most)
    try:
        yield pool
    finally:
        await pool.close()


def _application(lifespan: Any, body_seconds: float) -> FastAPI:
    app = FastAPI(
        title="JKP claims engine",
        version=_version(),
        summary="Layoff reports, claims and evidence of Indonesia's job-loss insurance",
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
    )
    for part in PARTS:
        app.include_router(part.router)
    app.add_middleware(Methods, addresses=addresses(app))
    app.add_middleware(Access, body_seconds=body_seconds)
    app.add_exception_handler(ProblemFound, answer_problem)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(UnknownStream, _unknown_claim)
    app.add_exception_handler(EventUnreadable, _unreadable)
    app.add_exception_handler(MessageIdReused, _message_id_reused)
    return app


def addresses(app: FastAPI) -> tuple[Route, ...]:
    """Every route of the HTTP API, and the framework's own."""
    found = (*app.routes, *(route for part in PARTS for route in part.router.routes))
    return tuple(route for route in found if isinstance(route, Route))


async def _unknown_claim(request: Request, error: Exception) -> Response:
    return render(ProblemFound("unknown_claim"), request_id_of(request))


async def _unreadable(request: Request, error: Exception) -> Response:
    detail = "A later version of the engine wrote to this claim; ask again."
    return render(ProblemFound("unavailable", detail), request_id_of(request))


async def _message_id_reused(request: Request, error: Exception) -> Response:
    return render(ProblemFound("message_id_reused"), request_id_of(request))


def _version() -> str:
    try:
        return version("jkp-claims-engine")
    except PackageNotFoundError:
        return "0.1.0"


def _operation_id(route: APIRoute) -> str:
    return route.name
