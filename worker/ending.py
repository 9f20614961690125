"""The one way a process that used Temporal ends."""

import os
import sys


def end_process(code: int) -> None:
    """End the process here and now.

    Threads of the Temporal SDK outlive the event loop and can crash the interpreter while it finalizes.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
