"""What surrounds every request: its id, the limit of its body, one log line, and a last net.

The net holds what no route answers for: a claim or a database that is busy or away, and bugs.
"""

import asyncio
import re
import time
import traceback
from typing import Any
from uuid import UUID

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import Code, ProblemFound, render
from store.ids import new_id
from store.outages import is_collision, is_outage, is_session_gone

BODY_BYTES_MAX = 256 * 1024
BODY_SECONDS = 30.0
CLIENT_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}$"

log = structlog.get_logger("jkp.api")


class Access:
    """Gives each request an id, reads its body up to the limit, logs route and outcome, never content."""

    def __init__(self, app: ASGIApp, *, body_seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._body_seconds = body_seconds

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
        try:
            async with asyncio.timeout(self._body_seconds):
                body = await _read(receive, headers)
        except TimeoutError:
            slow = ProblemFound("too_slow", headers={"Connection": "close"})
            await render(slow, answer.request_id)(scope, receive, answer)
            return
        if body is None:
            await render(ProblemFound("body_too_large"), answer.request_id)(scope, receive, answer)
            return
        try:
            await self._answered(scope, _Replay(body, receive), answer)
        except Exception as error:
            code = _problem_of(error)
            _log_failure(code, error, answer.request_id)
            if answer.status is not None:
                raise
            await render(ProblemFound(code), answer.request_id)(scope, receive, answer)

    async def _answered(self, scope: Scope, replay: "_Replay", answer: "_Answer") -> None:
        """Ask the routes, and once more where the session was gone: whatever they do can be asked twice."""
        try:
            await self._app(scope, replay, answer)
            return
        except Exception as error:
            backend = scope["app"].state.backend
            if answer.status is not None or not is_session_gone(error) or backend is None:
                raise
        # Where one session was ended, the others often were, unnoticed as yet.
        await backend.renew_sessions()
        await self._app(scope, replay.again(), answer)


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
        self._body = body
        self._receive = receive

        self._read = False

    async def __call__(self) -> Message:
        if self._read:
            return await self._receive()
        self._read = True
        return {"type": "http.request", "body": self._body, "more_body": False}

    def again(self) -> "_Replay":
        """The same body from its beginning."""
        return _Replay(self._body, self._receive)


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


def _problem_of(error: BaseException) -> Code:
    """What the caller is told of an error that no route answers for."""
    if is_collision(error):
        return "busy"
    return "unavailable" if is_outage(error) else "internal_error"


def _log_failure(code: Code, error: BaseException, request_id: str) -> None:
    """An outage by its type alone; a bug with its places."""
    if code == "internal_error":
        log.error("request failed", request_id=request_id, **_where(error))
    else:
        log.warning("request not served", request_id=request_id, problem=code, error=type(error).__name__)


def _where(error: BaseException) -> dict[str, Any]:
    """Type and places of an error without its text, which may quote what was sent."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return {"error": type(error).__name__, "frames": [f"{f.filename}:{f.lineno} {f.name}" for f in frames]}
