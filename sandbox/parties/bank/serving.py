"""How a simulator serves HTTP: one ready line, exit code 0 on SIGTERM, hanging up without an answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_HANG_UP = "sandbox.hang_up"


class _HangingUp(H11Protocol):
    """HTTP/1.1 that lets the application close the connection instead of answering."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        served = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[_HANG_UP] = transport.abort
            await served(scope, receive, send)

        self.app = with_transport


class NoAnswer(Response):
    """Hold the connection for some seconds (or until the caller gives up), then close it."""

    def __init__(self, hold_seconds: float = 0.0) -> None:
        super().__init__()
        self._hold_seconds = hold_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold, then hang up."""
        try:
            async with asyncio.timeout(self._hold_seconds):
                await _disconnected(receive)
        except (TimeoutError, asyncio.CancelledError):
            # Stopping the server cancels; even then the caller must hear nothing rather than a 500.
            scope["extensions"][_HANG_UP]()
            await _disconnected(receive)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class SimulatorServer(uvicorn.Server):
    """uvicorn that says once that it is ready, and for which being asked to stop is no failure."""

    def __init__(self, app: ASGIApp, port: int, ready: str) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host="127.0.0.1",
                port=port,
                http=_HangingUp,
                ws="none",
                lifespan="on",
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._ready = ready

    async def startup(self, sockets: Any = None) -> None:
        """Bind, then print the ready line."""
        await super().startup(sockets)
        if self.started and self._ready:
            print(f"{self._ready} {self.url}", flush=True)

    @property
    def url(self) -> str:
        """Where the server listens, once started."""
        port = self.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; unlike uvicorn's own, without raising the signal again afterwards."""
        self.should_exit = True


@asynccontextmanager
async def running(app: ASGIApp) -> AsyncIterator[str]:
    """Serve inside the running loop on a free port, without signals or ready line; gives the URL."""
    server = SimulatorServer(app, 0, "")
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup()
    try:
        yield server.url
    finally:
        server.servers[0].close()
        for connection in list(server.server_state.connections):
            connection.shutdown()
        await server.lifespan.shutdown()


def serve(app: ASGIApp, port: int, ready: str) -> None:
    """Serve until SIGTERM or SIGINT; `ready` begins the one line that is printed."""
    SimulatorServer(app, port, ready).run()
