"""`python -m api`: the HTTP API as a process, on the address and port of its settings or of its options."""

import argparse
import sys
from collections.abc import Sequence
from types import FrameType

import structlog
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.http.serving import Limits, protocol
from settings.processes import ApiSettings
from settings.starting import settings_of
from store.database import DatabaseRefused

REFUSED, NOT_STARTED = 2, 3


class _Server(uvicorn.Server):
    """uvicorn that says once that the API answers, and for which being asked to stop is no failure."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, refusals: Sequence[DatabaseRefused]) -> None:
        super().__init__(config)
        self._state = app.state
        self._refusals = refusals
        self._told = False

    async def startup(self, sockets: object = None) -> None:
        """Bind, then print the ready line where the API answers already."""
        await super().startup()
        self._tell_once()

    async def on_tick(self, counter: int) -> bool:
        """Print the ready line as soon as the API answers; stop where the database refuses us."""
        self._tell_once()
        return await super().on_tick(counter) or bool(self._refusals)

    def _tell_once(self) -> None:
        if self._told or not self.started or self._state.backend is None:
            return
        self._told = True
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        print(f"door ready on http://{host}:{port}", flush=True)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; unlike uvicorn's own, without raising the signal again afterwards."""
        self.should_exit = True


def main() -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first."""
    parser = argparse.ArgumentParser(prog="python -m api", description=__doc__)
    parser.add_argument("--host", help="JKP_BIND_ADDRESS where not given")
    parser.add_argument("--port", type=int, help="0 for any free one; JKP_API_PORT where not given")
    usual = Limits()
    for name, usually, meaning in (
        ("head-seconds", usual.head_seconds, "within which the head of a request has come"),
        ("body-seconds", usual.body_seconds, "within which its body has come"),
        ("connections", usual.connections, "the most at once"),
    ):
        parser.add_argument(
            f"--{name}", type=type(usually), default=usually, help=f"{meaning}; usually {usually}"
        )
    options = parser.parse_args()
    limits = Limits(options.head_seconds, options.body_seconds, options.connections)
    settings = settings_of(ApiSettings)
    refusals: list[DatabaseRefused] = []
    app = create_app(
        settings.lookup_key.get_secret_value(),
        settings,
        profile=settings.profile,
        refused=refusals.append,
        body_seconds=limits.body_seconds,
    )
    config = uvicorn.Config(
        app,
        host=options.host or str(settings.bind_address),
        port=settings.api_port if options.port is None else options.port,
        loop="uvloop",
        http=protocol(limits),
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    server = _Server(config, app, refusals)
    server.run()
    if refusals:
        structlog.get_logger("jkp.api").error("refused", reason=str(refusals[0]))
        sys.exit(REFUSED)
    if not server.started:
        sys.exit(NOT_STARTED)


if __name__ == "__main__":
    main()
