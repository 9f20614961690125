"""What the routes of messages share: their address, their problems, and one shape of answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Response

from api.examples import portal as examples
from api.http.problems import Code, problem_responses
from api.http.requests import StrictRoute
from api.http.shapes import MessageResponse, Spoken, message_response
from claims.wording.language import Language
from store.claims.kind import ClaimStepResult

REPLAYED = {
    "Idempotent-Replayed": {
        "description": "`true` where this message was known and the verdict is the one given then",
        "schema": {"type": "string"},
    }
}
Handler = TypeVar("Handler", bound=Callable[..., Any])


def messages_router(tag: str, *problems: Code) -> APIRouter:
    """A router whose routes record a message; `problems` are those it has beside those of every message."""
    return APIRouter(
        route_class=StrictRoute,
        tags=[tag],
        responses=problem_responses(
            "malformed_body",
            *problems,
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


@dataclass(frozen=True)
class Reply:
    """The response that is being written, and the language of what it says in words."""

    response: Response
    language: Language

    def mark_replayed(self, result: ClaimStepResult) -> None:
        """Say so where the answer is the one given before."""
        if result.replayed:
            self.response.headers["Idempotent-Replayed"] = "true"


async def _reply(response: Response, language: Spoken = "id") -> Reply:
    return Reply(response, language)


TheReply = Annotated[Reply, Depends(_reply)]


def answered(reply: Reply, result: ClaimStepResult) -> MessageResponse:
    """The answer to the one message of a step."""
    reply.mark_replayed(result)
    return message_response(result, reply.language)
