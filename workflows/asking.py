"""How a workflow asks the step: twice as a local activity, then as a normal one until it answers."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import FailureError, is_cancelled_exception

from workflows import options

Answer = TypeVar("Answer")


async def ask_the_step(method: Callable[[Any, Any], Awaitable[Answer]], question: object, why: str) -> Answer:
    """The answer of a step; an outage of the database is waited out.

    `why` is what the Temporal UI shows beside the step. A local activity left to retry would block queries
    and other workflows, and a failed one raises a bare application error.
    """
    try:
        return await workflow.execute_local_activity_method(
            method,
            question,
            start_to_close_timeout=options.STEP_TIMEOUT,
            retry_policy=options.STEP_TWO_ATTEMPTS,
            summary=why,
        )
    except FailureError as failure:
        if is_cancelled_exception(failure):
            raise
    return await workflow.execute_activity_method(
        method,
        question,
        start_to_close_timeout=options.STEP_TIMEOUT,
        retry_policy=options.STEP_FOR_EVER,
        summary=options.summary(f"again, until the database answers: {why}"),
    )
