"""`python -m worker`: the worker process."""

import asyncio

import structlog
import uvloop

from settings.processes import WorkerSettings
from settings.starting import settings_of
from worker.ending import end_process
from worker.process import until_signalled


def main() -> None:
    """Run the worker until told to stop; exit code 0, 2 for wrong settings, 1 with the reason logged."""
    code = 0
    try:
        settings = settings_of(WorkerSettings)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(until_signalled(settings))
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except Exception:
        structlog.get_logger("worker").exception("worker failed")
        code = 1
    end_process(code)


if __name__ == "__main__":
    main()
