"""Every date of a claim, as JSON and as a calendar feed."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.examples import estimates as examples
from api.http.problems import problem_responses
from api.http.receiving import Backend, TheBackend
from api.http.requests import StrictRoute
from api.http.shapes import Instant, MonthOrNone
from claims.agenda import deadlines as law
from claims.agenda.ics import calendar_feed
from law.grounds import Frozen
from payments.context import DecisionContext
from store.claims.queries import ClaimView, payments_of, view_claim
from store.payments.orders import payments_stopped

CALENDAR = "text/calendar; charset=utf-8"

router = APIRouter(
    route_class=StrictRoute, tags=["claims"], responses=problem_responses("unknown_claim", "not_found")
)


class Deadline(Frozen):
    """Batas waktu: what is due, of whom, from when until when, by which rule and article.

    `closes_at` is the first instant that is too late, `last_day` the last Jakarta day inside. `passed`: it
    is over. `done`: what was asked for has been given.
    """

    what: str
    month: MonthOrNone
    owner: str
    opens_at: Instant | None
    closes_at: Instant
    last_day: date
    rule: str
    article: str
    calendar_version: str
    passed: bool
    done: bool


class Deadlines(Frozen):
    """Every date of a claim as of `at`, the earliest first."""

    claim_id: UUID
    at: Instant
    deadlines: tuple[Deadline, ...]


@router.get(
    "/v1/claims/{claim_id}/deadlines",
    responses={200: {"description": "Now", "content": {"application/json": {"example": examples.DEADLINES}}}},
)
async def get_deadlines(claim_id: UUID, backend: TheBackend) -> Deadlines:
    """Every date of a claim: what, whose, until when, by which rule, article and version of the calendar.

    The same address with `.ics` at its end is an iCalendar feed (`text/calendar`) of what is not done yet.
    """
    view = await view_claim(backend.steps, claim_id)
    found = tuple(Deadline(**asdict(deadline)) for deadline in await _deadlines(view, backend))
    return Deadlines(claim_id=claim_id, at=view.at, deadlines=found)


@router.get("/v1/claims/{claim_id}/deadlines.ics", include_in_schema=False)
async def get_deadlines_calendar(claim_id: UUID, backend: TheBackend) -> Response:
    """Kalender: the dates of a claim that are not done yet, as an iCalendar feed (RFC 5545)."""
    view = await view_claim(backend.steps, claim_id)
    feed = calendar_feed(claim_id, await _deadlines(view, backend), view.events[-1].recorded_at)
    return Response(feed.encode(), headers={"Content-Type": CALENDAR})


async def _deadlines(view: ClaimView, backend: Backend) -> tuple[law.Deadline, ...]:
    orders = await payments_of(backend.pool, view.stream_id)
    context = DecisionContext(
        law=backend.steps.law,
        calendar=view.calendar,
        at=view.at,
        order_rows={order.order_id: order.state for order in orders},
        payments_stopped=await payments_stopped(backend.pool),
    )
    return law.deadlines(view.claim, context)
