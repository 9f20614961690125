"""`python -m worker`: the worker process."""

import asyncio

import structlog
import uvloop

from settings.processes import WorkerSettings
from settings.reading import SettingsWrong
from settings.starting import settings_of
from store.database import DatabaseRefused
from worker.attributes import SearchAttributesMissing
from worker.ending import end_process
from worker.process import until_signalled

REFUSED = 2


def main() -> None:
    """Run the worker until told to stop; exit code 0, 2 where it may not work, 1 for a defect."""
    code = 0
    try:
        settings = settings_of(WorkerSettings)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(until_signalled(settings))
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except (DatabaseRefused, SearchAttributesMissing, SettingsWrong) as refusal:
        structlog.get_logger("worker").error("refused", reason=str(refusal))
        code = REFUSED
    except Exception:
        structlog.get_logger("worker").exception("worker failed")
        code = 1
    end_process(code)


if __name__ == "__main__":
    main()
