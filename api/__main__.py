"""`python -m api`: the door as a process, on the address and port of its settings or of its options."""

import argparse
import sys
from types import FrameType

import uvicorn

from api.app import create_app
from settings.processes import ApiSettings
from settings.starting import settings_of


class _Server(uvicorn.Server):
    """uvicorn that says once that it is ready, and for which being asked to stop is no failure."""

    async def startup(self, sockets: object = None) -> None:
        """Bind, then print the ready line."""
        await super().startup()
        if self.started:
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
    options = parser.parse_args()
    settings = settings_of(ApiSettings)
    config = uvicorn.Config(
        create_app(settings.lookup_key.get_secret_value(), settings, profile=settings.profile),
        host=options.host or str(settings.bind_address),
        port=settings.api_port if options.port is None else options.port,
        loop="uvloop",
        http="httptools",
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    server = _Server(config)
    server.run()
    if not server.started:
        sys.exit(3)


if __name__ == "__main__":
    main()
