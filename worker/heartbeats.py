"""Heartbeats of activities that have a heartbeat timeout: a dead worker is known by its silence."""

import asyncio
from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

BEATS_IN_A_TERM = 3


class Heartbeats(Interceptor):
    """Beats beside the activity; one that ends within a third of its term costs no heartbeat."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """The beating of every activity."""
        return _Beating(next)


class _Beating(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        term = activity.info().heartbeat_timeout
        if term is None:
            return await super().execute_activity(input)
        beating = asyncio.create_task(_beat(term.total_seconds() / BEATS_IN_A_TERM))
        try:
            return await super().execute_activity(input)
        finally:
            beating.cancel()


async def _beat(every_seconds: float) -> None:
    while True:
        await asyncio.sleep(every_seconds)
        activity.heartbeat()
