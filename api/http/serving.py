"""The HTTP server of the API: connections are limited in number, and the head of a request in time.

uvicorn limits no head, so that a caller who sends a byte now and then holds a connection for ever. The time
of a body is limited where it is read (`api.http.access`).
"""

import asyncio
from dataclasses import dataclass

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.http.problems import ProblemFound, render
from store.ids import new_id


@dataclass(frozen=True)
class Limits:
    """Seconds for the head of a request, seconds for its body, connections at once."""

    head_seconds: float = 10.0
    body_seconds: float = 30.0
    connections: int = 1000


def protocol(limits: Limits) -> type[asyncio.Protocol]:
    """The protocol of every connection under these limits."""

    class Limited(_LimitedProtocol):
        pass

    Limited.limits = limits
    return Limited


class _LimitedProtocol(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it; refusals come before there is a request, and close the connection."""

    limits = Limits()
    _surplus = False
    _head_timer: asyncio.TimerHandle | None = None

    # The names are asyncio's and the parser's own.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._surplus = len(self.connections) > self.limits.connections
        self._await_head()
        if len(self.connections) > 2 * self.limits.connections:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        # Only now: closing before anything is read would take the answer away from the caller.
        if self._surplus:
            self._refuse(ProblemFound("unavailable", "Too many connections at once."))
        else:
            super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        self._head_is_there()
        super().on_headers_complete()

    def _await_head(self) -> None:
        """From the opening of the connection, or the first byte of a later request."""
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(self.limits.head_seconds, self._too_slow)

    def _head_is_there(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _too_slow(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self.transport.abort()  # an answer is under way on this connection: nothing fits between
        else:
            self._refuse(ProblemFound("too_slow"))

    def _refuse(self, problem: ProblemFound) -> None:
        """Answer before there is a request, and close."""
        self.transport.write(_spelled(render(problem, str(new_id()))))
        self.transport.close()


def _spelled(response: Response) -> bytes:
    head = [b"HTTP/1.1 %d -" % response.status_code, b"connection: close"]
    head += [name + b": " + value for name, value in response.raw_headers]
    return b"\r\n".join([*head, b"", bytes(response.body)])
