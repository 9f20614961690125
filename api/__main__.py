"""`python -m api --port PORT`: the door as a process. The environment: PG*, JKP_LOOKUP_KEY."""

import argparse
import logging
import os
import sys
from types import FrameType

import structlog
import uvicorn

from api.app import LOOKUP_KEY_BYTES_MIN, create_app


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


def lookup_key() -> bytes:
    """JKP_LOOKUP_KEY, at least 32 bytes in hexadecimal; there is no default. Exits where it is wrong."""
    try:
        key = bytes.fromhex(os.environ.get("JKP_LOOKUP_KEY", ""))
    except ValueError:
        key = b""
    if len(key) < LOOKUP_KEY_BYTES_MIN:
        sys.exit(
            f"JKP_LOOKUP_KEY must hold at least {LOOKUP_KEY_BYTES_MIN} bytes in hexadecimal, "
            "the same for every process of this database: for example `openssl rand -hex 32`"
        )
    return key


def log_as_json() -> None:
    """One JSON object a line on standard error, for our log and for uvicorn's."""
    stamped: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*stamped, structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=stamped,
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def main() -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first."""
    parser = argparse.ArgumentParser(prog="python -m api", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True, help="0 for any free one")
    options = parser.parse_args()
    log_as_json()
    config = uvicorn.Config(
        create_app(lookup_key()),
        host=options.host,
        port=options.port,
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
