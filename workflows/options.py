"""Timeouts and retries, named for the callee, and the task queues of the outside parties."""

from datetime import timedelta

from temporalio.common import RetryPolicy

CLAIMS, BPJS, BANK, NOTICES = "claims", "bpjs", "bank", "notices"

STEP_TIMEOUT = timedelta(seconds=10)
STEP_TWO_ATTEMPTS = RetryPolicy(maximum_attempts=2, initial_interval=timedelta(milliseconds=200))
STEP_FOR_EVER = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=60))

OUTSIDE_FOR_EVER = RetryPolicy(
    initial_interval=timedelta(seconds=1), backoff_coefficient=2, maximum_interval=timedelta(seconds=60)
)
# Bounded, though a letter is given up sooner: after five days by `activities.mail.notices.LETTER_TERM`.
LETTERS = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2,
    maximum_interval=timedelta(minutes=5),
    maximum_attempts=2000,
)
BPJS_TIMEOUT = timedelta(seconds=15)
NOTICES_TIMEOUT = timedelta(seconds=60)
ASK_TIMEOUT = timedelta(seconds=60)
# A worker that died is known by its silence: nobody waits for the whole term of what it was doing.
HEARTBEAT_TIMEOUT = timedelta(seconds=10)

SUMMARY_MAX = 200


def summary(text: str) -> str:
    """A line for the Temporal UI, within the server's limit for summaries."""
    return text if len(text) <= SUMMARY_MAX else f"{text[: SUMMARY_MAX - 1]}…"


def task_queue_beside(own: str, name: str) -> str:
    """The task queue of an outside party, in the same family as the workflow's own (`...claims`)."""
    return own.removesuffix(CLAIMS) + name
