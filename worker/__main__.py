"""`python -m worker`: the worker process."""

import asyncio

import structlog
import uvloop

from worker.ending import end_process
from worker.logging import configure_logging
from worker.process import until_signalled
from worker.settings import SettingMissing, read_settings


def main() -> None:
    """Run the worker until it is told to stop; exit code 0, or 1 with the reason logged."""
    configure_logging()
    code = 0
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(until_signalled(read_settings()))
    except SettingMissing as missing:
        structlog.get_logger("worker").error("not configured", reason=str(missing))
        code = 2
    except Exception:
        structlog.get_logger("worker").exception("worker failed")
        code = 1
    end_process(code)


if __name__ == "__main__":
    main()
