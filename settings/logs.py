"""One log for structlog and the standard library: identifiers, never people."""

import logging
import sys

import structlog

from settings.kinds import LogFormat, LogLevel
from settings.parts import Log

SHARED = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)
TALKATIVE = ("httpx2", "httpcore2", "uvicorn")
"""Libraries that log every call at INFO."""


def configure_logging(log: Log | None = None) -> None:
    """Log one line for each event to standard error: JSON, from INFO on, where nothing else is asked for."""
    log = log or Log()
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*SHARED, structlog.stdlib.add_logger_name],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendered(log.log_format)],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=log.log_level.value, force=True)
    for library in TALKATIVE:
        quiet = log.log_level is not LogLevel.DEBUG
        logging.getLogger(library).setLevel(logging.WARNING if quiet else logging.NOTSET)
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _rendered(wanted: LogFormat) -> list[structlog.typing.Processor]:
    if wanted is LogFormat.TEXT:
        return [structlog.dev.ConsoleRenderer(colors=False)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
