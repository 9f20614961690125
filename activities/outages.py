"""An outage of the database is Temporal's to retry; it needs no stack trace for each waiting claim."""

from typing import Any

from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from store.outages import is_collision, is_outage


class OutagesTold(Interceptor):
    """Tells of an outage, or of a lost race, in one line, whatever activity met it."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """The telling of every activity."""
        return _Telling(next)


class _Telling(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await super().execute_activity(input)
        except Exception as error:
            if not is_outage(error) and not is_collision(error):
                raise
            raise told_briefly(error) from None


def told_briefly(error: BaseException) -> ApplicationError:
    """The error of an activity that met an outage: its type, no text, no trace."""
    return ApplicationError(
        f"the database does not answer: {type(error).__name__}",
        type="DatabaseAway",
        category=ApplicationErrorCategory.BENIGN,
    )
