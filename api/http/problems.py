"""Every error the HTTP API can answer with, as RFC 9457 `application/problem+json`, in one table.

No problem repeats a value that was sent: it names fields, and a field may hold a NIK or an account.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
FIELD_NAME_MAX = 64

Code = Literal[
    "malformed_body",
    "malformed_event",
    "header_invalid",
    "unknown_claim",
    "not_found",
    "method_not_allowed",
    "too_slow",
    "busy",
    "body_too_large",
    "unsupported_media_type",
    "invalid_body",
    "message_id_reused",
    "internal_error",
    "unavailable",
]


@dataclass(frozen=True)
class Kind:
    """What a problem code means: status, title, and what the caller does about it."""

    status: int
    title: str
    advice: str
    retry: bool = False


KINDS: Mapping[Code, Kind] = {
    "malformed_body": Kind(
        400,
        "The body is not JSON",
        "Send one JSON value in UTF-8, each member once; `detail` says what is wrong.",
    ),
    "malformed_event": Kind(
        400,
        "The CloudEvent is malformed",
        "Send a single CloudEvents 1.0 event with id, source, type and data.",
    ),
    "header_invalid": Kind(
        400, "A header is missing or malformed", "Send the headers that `errors` names; see docs/api.md."
    ),
    "unknown_claim": Kind(
        404, "There is no such claim", "Check the claim id, and for a filing that the NIK is the claimant's."
    ),
    "not_found": Kind(404, "There is no such resource", "Check the address against the OpenAPI document."),
    "method_not_allowed": Kind(405, "The resource has no such method", "Use a method that `Allow` names."),
    "too_slow": Kind(
        408, "The request came too slowly", "Send head and body within their limits.", retry=True
    ),
    "busy": Kind(
        409, "The claim is being changed by another call", "Send the same request again.", retry=True
    ),
    "body_too_large": Kind(413, "The body is larger than 256 KiB", "Send fewer entries at once."),
    "unsupported_media_type": Kind(
        415,
        "The body has a media type that is not understood",
        "Send application/json in UTF-8, not compressed, or a CloudEvent.",
    ),
    "invalid_body": Kind(422, "Some fields are wrong", "Correct the fields that `errors` names."),
    "message_id_reused": Kind(
        422,
        "This message id was used for another message",
        "Send the first message unchanged, or a new message with an id of its own.",
    ),
    "internal_error": Kind(
        500, "The API failed", "Send the same request again later; tell the operator the `instance`."
    ),
    "unavailable": Kind(
        503, "The API cannot reach its database", "Send the same request again later.", retry=True
    ),
}


class FieldError(BaseModel):
    """One wrong field.

    `pointer` is a JSON pointer into the body (`#/worker/nik`), or names a header (`header:idempotency-key`)
    or a part of the address (`path:month`).
    """

    pointer: str
    code: str
    message: str


class Problem(BaseModel):
    """An RFC 9457 problem."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "/problems/invalid_body",
                "title": "Some fields are wrong",
                "status": 422,
                "detail": "Correct the fields that `errors` names.",
                "instance": "urn:uuid:0199d1c8-1b5e-7cc0-8a53-5f0f2f7a9d10",
                "code": "invalid_body",
                "errors": [
                    {
                        "pointer": "#/worker/born_on",
                        "code": "implausible_birth_date",
                        "message": "must make the worker 15 to 110 years old at the layoff",
                    }
                ],
            }
        }
    )

    type: str = Field(description="`/problems/{code}`; the HTTP API explains it there")
    title: str
    status: int
    detail: str
    instance: str = Field(description="the request, as in the header X-Request-Id")
    code: Code
    errors: list[FieldError]


@dataclass
class ProblemFound(Exception):
    """Ends a request with a problem of the table."""

    code: Code
    detail: str = ""
    errors: Sequence[FieldError] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def render(found: ProblemFound, request_id: str) -> Response:
    """The answer to a request that ended in a problem."""
    kind = KINDS[found.code]
    problem = Problem(
        type=f"/problems/{found.code}",
        title=kind.title,
        status=kind.status,
        detail=found.detail or kind.advice,
        instance=f"urn:uuid:{request_id}",
        code=found.code,
        errors=list(found.errors),
    )
    headers = {**found.headers, **({"Retry-After": str(RETRY_AFTER_SECONDS)} if kind.retry else {})}
    # ASCII only: a field name may hold what UTF-8 cannot spell.
    content = json.dumps(problem.model_dump(), ensure_ascii=True).encode()
    return Response(content, kind.status, headers, MEDIA_TYPE)


def request_id_of(request: Request) -> str:
    """The id under which the request is logged."""
    return str(request.scope["state"]["request_id"])


async def answer_problem(request: Request, error: Exception) -> Response:
    """Handler of ProblemFound."""
    assert isinstance(error, ProblemFound), "registered for this type"
    return render(error, request_id_of(request))


async def answer_http(request: Request, error: Exception) -> Response:
    """Handler of what the framework refuses by itself."""
    assert isinstance(error, HTTPException), "registered for this type"
    codes: dict[int, Code] = {400: "malformed_body", 404: "not_found", 405: "method_not_allowed"}
    code = codes.get(error.status_code, "internal_error")
    return render(ProblemFound(code, headers=error.headers or {}), request_id_of(request))


async def answer_invalid(request: Request, error: Exception) -> Response:
    """Handler of requests that do not fit their route."""
    assert isinstance(error, RequestValidationError), "registered for this type"
    return render(_invalid_request(error), request_id_of(request))


def _invalid_request(error: RequestValidationError) -> ProblemFound:
    details: list[ErrorDetails] = list(error.errors())
    wrong = _field_errors(details, error.body)
    places = {str(detail["loc"][0]) for detail in details}
    if "path" in places:
        return ProblemFound("not_found", errors=wrong)
    if "header" in places:
        return ProblemFound("header_invalid", errors=wrong)
    return ProblemFound("invalid_body", errors=wrong)


def invalid_body(error: ValidationError, body: object, prefix: Sequence[str] = ()) -> ProblemFound:
    """The problem of a body validated by hand; `prefix` says where in the request it stands."""
    whole: object = body
    for name in reversed(prefix):
        whole = {name: whole}
    details: list[ErrorDetails] = [
        {**detail, "loc": ("body", *prefix, *detail["loc"])}
        for detail in error.errors(include_url=False, include_input=False)
    ]
    return ProblemFound("invalid_body", errors=_field_errors(details, whole))


def _field_errors(details: Sequence[ErrorDetails], body: object) -> list[FieldError]:
    """The wrong fields, without the lists that are too short only because their entries are wrong."""
    places = [detail["loc"] for detail in details]
    return [
        _field_error(detail, body)
        for detail in details
        if detail["type"] != "too_short" or not any(_lies_in(place, detail["loc"]) for place in places)
    ]


def _lies_in(place: Sequence[str | int], other: Sequence[str | int]) -> bool:
    return len(place) > len(other) and place[: len(other)] == other


def _field_error(detail: ErrorDetails, body: object) -> FieldError:
    place, *path = detail["loc"]
    pointer = _pointer(path, body) if place == "body" else f"{place}:{'/'.join(map(str, path))}".lower()
    return FieldError(pointer=pointer, code=detail["type"], message=_message(detail))


_NOWHERE = object()


def _value_at(body: object, part: str | int) -> object:
    """The value under a name or at an index, or _NOWHERE."""
    if isinstance(body, dict):
        return body.get(part, _NOWHERE)
    if isinstance(body, list) and isinstance(part, int) and part < len(body):
        return body[part]
    return _NOWHERE


def _pointer(path: Sequence[str | int], body: object) -> str:
    """JSON pointer of a location; names of union members, which are not in the body, are left out."""
    parts: list[str] = []
    for index, part in enumerate(path):
        is_last = index == len(path) - 1
        inside = _value_at(body, part)
        if inside is _NOWHERE and not is_last:
            continue
        body = inside
        parts.append(str(part)[:FIELD_NAME_MAX].replace("~", "~0").replace("/", "~1"))
    return "#" + "".join(f"/{part}" for part in parts)


_MESSAGES: Mapping[str, str] = {
    "missing": "is required",
    "extra_forbidden": "is not a known field",
    "value_error": "{error}",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "tuple_type": "must be a list",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "union_tag_invalid": "must be one of {expected_tags}",
    "union_tag_not_found": "needs the field {discriminator}",
    "string_type": "must be text",
    "string_unicode": "must be text that UTF-8 can spell",
    "control_character": "must be one line of text, without control characters or halves of a surrogate pair",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must match {pattern}",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "date_type": "must be a date as YYYY-MM-DD",
    "date_parsing": "must be a date as YYYY-MM-DD",
    "date_from_datetime_parsing": "must be a date as YYYY-MM-DD",
    "date_from_datetime_inexact": "must be a date as YYYY-MM-DD",
    "timezone_aware": "must be a time with its offset, as in 2025-03-14T03:00:00Z",
    "datetime_type": "must be a time with its offset, as in 2025-03-14T03:00:00Z",
    "datetime_parsing": "must be a time with its offset, as in 2025-03-14T03:00:00Z",
    "datetime_from_date_parsing": "must be a time with its offset, as in 2025-03-14T03:00:00Z",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "uuid_parsing": "must be a UUID",
}


def _message(detail: ErrorDetails) -> str:
    """Our own words: the validator's may quote what was sent."""
    context: dict[str, Any] = detail.get("ctx", {})
    return _MESSAGES.get(detail["type"], "is not valid").format(**context)


def problem_responses(*codes: Code) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of the problems of a route, with `unavailable` and, for a body, `too_slow`."""
    responses: dict[int | str, dict[str, Any]] = {}
    slow: tuple[Code, ...] = ("too_slow",) if "body_too_large" in codes else ()
    for code in (*codes, *slow, "unavailable"):
        kind = KINDS[code]
        known = responses.setdefault(
            kind.status,
            {
                "description": "",
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        )
        known["description"] = f"{known['description']} `{code}`: {kind.title}.".strip()
    return responses
