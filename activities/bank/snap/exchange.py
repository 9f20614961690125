"""One HTTP exchange with the bank: either its answer, or whether a byte of the request may have left.

The connection pool tells, through its trace hook, when it is about to write: there the deadline is looked at
for the last time, on a clock that runs on while the machine sleeps. Connections are not kept: one that the
bank closed meanwhile would make a request that never left look like a lost answer.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import httpx2

# Without it (macOS) the monotonic clock is the one that keeps counting through sleep.
_BOOT_CLOCK: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

_BEFORE_WRITING = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, TimeoutError)


def boot_time() -> float:
    """Seconds since the machine started, the time it slept included."""
    return time.clock_gettime(_BOOT_CLOCK)


class NotSent(Exception):
    """The instant after which the request must not be sent had passed: surely no byte of it was written."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer, read completely."""

    http_status: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoReply:
    """No answer. `written` is false only when surely no byte of the request left."""

    written: bool
    detail: str


@dataclass(slots=True)
class SendGate:
    """The pool's trace hook: lets writing begin only in time, and remembers that it began."""

    send_before: float
    deadline: float
    written: bool = False

    async def __call__(self, event: str, _info: Mapping[str, Any]) -> None:
        """Raise NotSent, or TimeoutError, in place of the first byte or of the body."""
        if event not in {"http11.send_request_headers.started", "http11.send_request_body.started"}:
            return
        now = boot_time()
        if now >= self.send_before:
            raise NotSent
        if now >= self.deadline:
            raise TimeoutError
        self.written = True


class Exchange:
    """HTTP/1.1 to one bank, through no proxy of the environment, following no redirect, retrying nothing."""

    def __init__(self, base_url: str, total_seconds: float, verify: ssl.SSLContext | bool = True) -> None:
        transport = httpx2.AsyncHTTPTransport(
            verify=verify,
            trust_env=False,
            limits=httpx2.Limits(max_connections=100, max_keepalive_connections=0),
            socket_options=_socket_options(total_seconds),
        )
        self._http = httpx2.AsyncClient(
            transport=transport,
            base_url=base_url,
            timeout=total_seconds,
            trust_env=False,
            headers={"User-Agent": "jkp-claims-engine", "Connection": "close"},
        )

    async def close(self) -> None:
        """Close what is still open."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def post(
        self, path: str, headers: Mapping[str, str], body: bytes, deadline: float, send_before: float
    ) -> Reply | NoReply:
        """POST these bytes once. `deadline`, `send_before`: boot-time instants, for all and for writing.

        Raises NotSent when `send_before` passed before the first byte; nothing for trouble on the network.
        """
        gate = SendGate(send_before, deadline)
        try:
            async with asyncio.timeout(deadline - boot_time()):
                response = await self._http.post(
                    path, headers=dict(headers), content=body, extensions={"trace": gate}
                )
        except NotSent:
            if not gate.written:
                raise
            return NoReply(written=True, detail="out of time between headers and body")
        except (httpx2.RequestError, TimeoutError) as error:
            written = gate.written or not isinstance(error, _BEFORE_WRITING)
            return NoReply(written, type(error).__name__)
        return Reply(response.status_code, response.content)


def _socket_options(total_seconds: float) -> list[tuple[int, int, int]]:
    """Give up unacknowledged bytes with the call (R5: <= 30 s): they must not arrive after a partition."""
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is None:
        return []
    return [(socket.IPPROTO_TCP, option, int(min(total_seconds, 30.0) * 1000))]
