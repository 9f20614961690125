"""What a request carries, read strictly: headers once, one media type, JSON within limits, known parameters.

FastAPI validates Python objects, whose JSON it reads leniently; every route of the API is a StrictRoute, so
that no body and no parameter comes in by another way.
"""

from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.responses import Response

from api.http.problems import FIELD_NAME_MAX, FieldError, ProblemFound
from law.limits import Unreadable, parse_json

JSON = "application/json"
READ_ONCE = ("x-client-id", "idempotency-key", "content-type", "content-encoding")


class _Read(Request):
    """A request whose JSON was read within the limits."""

    value: Any = None

    async def json(self) -> Any:
        """The value of the body."""
        return self.value


class StrictRoute(APIRoute):
    """A route that takes a request only where it can mean one thing."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the checks."""
        handle, known = super().get_route_handler(), frozenset(_query_names(self.dependant))
        takes_json = self.body_field is not None

        async def strictly(request: Request) -> Response:
            check_once(request.headers, *READ_ONCE)
            _check_query(request, known)
            read = _Read(request.scope, request.receive)
            if takes_json and (body := await read.body()):
                if media_type_of(request.headers) != JSON:
                    raise ProblemFound("unsupported_media_type")
                read.value = read_body(body)
            return await handle(read)

        return strictly


def read_body(body: bytes) -> Any:
    """The JSON value of a body, whose fields are checked one by one; raises ProblemFound."""
    try:
        return parse_json(body)
    except Unreadable as unreadable:
        raise ProblemFound("malformed_body", f"The body cannot be read: {unreadable}.") from None


def check_once(headers: Headers, *names: str) -> None:
    """Refuse a header that is given twice: nobody can say which of them is meant."""
    wrong = [
        FieldError(pointer=f"header:{name}", code="given_twice", message="must be given once")
        for name in names
        if len(headers.getlist(name)) > 1
    ]
    if wrong:
        raise ProblemFound("header_invalid", errors=wrong)


def media_type_of(headers: Headers) -> str:
    """The media type of the body, empty where none is named; raises ProblemFound unless it is plain UTF-8."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise ProblemFound(
            "unsupported_media_type",
            "The body is compressed: send it without Content-Encoding.",
            headers={"Accept-Encoding": "identity"},
        )
    media_type, charset = parse_media_type(headers.get("content-type", ""))
    if charset != "utf-8":
        raise ProblemFound(
            "unsupported_media_type", "The body has another charset: send UTF-8, and say so or nothing."
        )
    return media_type


def parse_media_type(text: str) -> tuple[str, str]:
    """Media type and charset in lower case; UTF-8 where no charset is named."""
    message = Message()
    message["content-type"] = text
    named = message.get_param("charset", "utf-8")
    return text.partition(";")[0].strip().lower(), str(named).strip().lower()


def _query_names(dependant: Dependant) -> list[str]:
    own = [field.alias for field in dependant.query_params]
    return own + [name for inner in dependant.dependencies for name in _query_names(inner)]


def _check_query(request: Request, known: frozenset[str]) -> None:
    names = [name for name, _ in request.query_params.multi_items()]
    wrong = [
        FieldError(pointer=f"query:{name[:FIELD_NAME_MAX]}", code=code, message=message)
        for name in dict.fromkeys(names)
        for code, message, holds in (
            ("extra_forbidden", "is not a known parameter", name not in known),
            ("given_twice", "must be given once", name in known and names.count(name) > 1),
        )
        if holds
    ]
    if wrong:
        raise ProblemFound("invalid_body", "Correct the parameters that `errors` names.", wrong)
