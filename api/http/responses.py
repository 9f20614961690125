"""What the routes of messages share: their address, their problems, and one shape of answer."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Response

from api.examples import portal as examples
from api.http.problems import problem_responses
from api.http.receiving import Door
from api.http.requests import StrictRoute
from api.http.shapes import Told, told
from store.claims.kind import ClaimTaken, IncomingMessage

REPLAYED = {
    "Idempotent-Replayed": {
        "description": "`true` where this message was known and the verdict is the one given then",
        "schema": {"type": "string"},
    }
}
Handler = TypeVar("Handler", bound=Callable[..., Any])


def messages_router(tag: str) -> APIRouter:
    """A router whose routes record a message."""
    return APIRouter(
        route_class=StrictRoute,
        tags=[tag],
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


def post(router: APIRouter, path: str, example: dict[str, Any] | None = None) -> Callable[[Handler], Handler]:
    """A route below a claim, answered with 201 and the verdict."""
    return router.post(
        f"/v1/claims/{{claim_id}}/{path}",
        status_code=201,
        responses={
            201: {
                "description": "Recorded",
                "headers": REPLAYED,
                "content": {"application/json": {"example": example or examples.TOLD}},
            }
        },
    )


def mark_replayed(response: Response, taken: ClaimTaken) -> None:
    """Say so where the answer is the one given before."""
    if taken.replayed:
        response.headers["Idempotent-Replayed"] = "true"


def answered(response: Response, taken: ClaimTaken) -> Told:
    """The answer to the one message of a step."""
    mark_replayed(response, taken)
    return told(taken)


async def tell(door: Door, claim_id: UUID, incoming: IncomingMessage, response: Response) -> Told:
    """Record a message without personal data and answer it."""
    return answered(response, await door.tell(claim_id, incoming))
