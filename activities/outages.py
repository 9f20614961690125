"""What is Temporal's to retry is told in one line: it needs no stack trace for each waiting claim.

An outage of the database is over soon. A claim that a later version wrote to is left to a worker of that
version, which may be the next to be asked. A claim that the database does not know is a person's to look at.
"""

from datetime import timedelta
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from claims.events import EventUnreadable
from store.engine.messages import UnknownStream
from store.outages import is_collision, is_outage

BENIGN = ApplicationErrorCategory.BENIGN
ANOTHER_WORKER = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(seconds=10)
A_PERSON = timedelta(minutes=10)


class OutageLog(Interceptor):
    """Tells of an outage, or of a lost race, in one line, whatever activity met it."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """The telling of every activity."""
        return _Telling(next)


class _Telling(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await super().execute_activity(input)
        except Exception as error:
            told = told_briefly(error)
            if told is None:
                raise
            raise told from None


def told_briefly(error: BaseException) -> ApplicationError | None:
    """The error that Temporal retries: its type, no text of what was asked, no trace; None for any other."""
    if is_outage(error) or is_collision(error):
        return ApplicationError(
            f"the database does not answer: {type(error).__name__}", type="DatabaseAway", category=BENIGN
        )
    if isinstance(error, EventUnreadable):
        return _left_to_others(str(error), "EventUnreadable", min(_attempt() * ANOTHER_WORKER, LONGEST_PAUSE))
    if isinstance(error, UnknownStream):
        return _left_to_others("the database knows no such claim", "UnknownStream", A_PERSON)
    return None


def _left_to_others(message: str, kind: str, pause: timedelta) -> ApplicationError:
    """A local activity is not repeated by the worker that cannot do it; a normal one may meet another."""
    local = activity.in_activity() and activity.info().is_local
    return ApplicationError(
        message, type=kind, category=BENIGN, non_retryable=local, next_retry_delay=None if local else pause
    )


def _attempt() -> int:
    return activity.info().attempt if activity.in_activity() else 1
