"""What surrounds every request: its id, the limit of its body, one log line, and a last net under bugs."""

import re
import time
import traceback
from typing import Any
from uuid import UUID

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import ProblemFound, render
from store.ids import new_id

BODY_BYTES_MAX = 256 * 1024
CLIENT_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}$"

log = structlog.get_logger("jkp.api")


class Access:
    """Gives each request an id, reads its body up to the limit, logs route and outcome, never content."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers.get("x-request-id"))
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Answer(send, request_id)
        started = time.perf_counter()
        try:
            await self._serve(scope, receive, answer, headers)
        finally:
            log.info(
                "request",
                request_id=request_id,
                client=_client(headers),
                method=scope["method"],
                route=getattr(scope.get("route"), "path", "unknown"),
                status=answer.status,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
                claim_id=_claim_id(scope),
            )

    async def _serve(self, scope: Scope, receive: Receive, answer: "_Answer", headers: Headers) -> None:
        body = await _read(receive, headers)
        if body is None:
            await render(ProblemFound("body_too_large"), answer.request_id)(scope, receive, answer)
            return
        try:
            await self._app(scope, _Replay(body, receive), answer)
        except Exception as error:
            log.error("request failed", request_id=answer.request_id, **_where(error))
            if answer.status is not None:
                raise
            await render(ProblemFound("internal_error"), answer.request_id)(scope, receive, answer)


class _Answer:
    """The way out: remembers the status and adds the request's id."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self.request_id = request_id
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)["X-Request-Id"] = self.request_id
        await self._send(message)


class _Replay:
    """The way in: the body that was read, then whatever the server says next."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def _read(receive: Receive, headers: Headers) -> bytes | None:
    """The whole body, or None where it passes the limit."""
    announced = headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > BODY_BYTES_MAX:
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > BODY_BYTES_MAX:
            return None
        if message["type"] != "http.request" or not message.get("more_body"):
            return bytes(body)


def _request_id(given: str | None) -> str:
    """The caller's id where it is a UUID: anything else could hold anything."""
    try:
        return str(UUID(given or ""))
    except ValueError:
        return str(new_id())


def _client(headers: Headers) -> str | None:
    client = headers.get("x-client-id", "")
    return client if re.fullmatch(CLIENT_PATTERN, client) else None


def _claim_id(scope: Scope) -> str | None:
    """The claim of the address or of the answer."""
    told: str | None = scope["state"].get("claim_id")
    if told is not None:
        return told
    try:
        return str(UUID(scope.get("path_params", {}).get("claim_id", "")))
    except (ValueError, AttributeError):
        return None


def _where(error: BaseException) -> dict[str, Any]:
    """Type and places of an error without its text, which may quote what was sent."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return {"error": type(error).__name__, "frames": [f"{f.filename}:{f.lineno} {f.name}" for f in frames]}
