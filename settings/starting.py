"""How a process begins: its log, its settings, or every reason why it cannot."""

import sys
from typing import TypeVar

import structlog

from settings.logs import configure_logging
from settings.parts import Log, Part
from settings.reading import SettingsWrong, meant, misspelled, read

NOT_CONFIGURED = 2
Read = TypeVar("Read", bound=Part)


def settings_of(process: type[Read]) -> Read:
    """The settings of this process, whose log is configured; ends with exit code 2 where some are wrong."""
    try:
        configure_logging(read(Log))
    except SettingsWrong:
        configure_logging()
    log = structlog.get_logger("settings")
    if strangers := misspelled():
        log.warning("unknown settings", settings=[meant(*stranger) for stranger in strangers.items()])
    try:
        return read(process)
    except SettingsWrong as wrong:
        log.error("not configured", faults=[str(fault) for fault in wrong.faults])
        sys.exit(NOT_CONFIGURED)
