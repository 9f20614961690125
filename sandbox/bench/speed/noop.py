"""The yardstick: a workflow of the same number of events that does nothing."""

from dataclasses import dataclass
from datetime import timedelta

from temporalio import activity, workflow

FRAME_EVENTS = 5
EVENTS_PER_ACTIVITY = 6
TIMEOUT = timedelta(seconds=30)


@dataclass(frozen=True)
class Emptiness:
    """How many activities in a row do nothing."""

    activities: int


def emptiness_of(events: float) -> Emptiness:
    """The run whose history comes nearest to a number of events."""
    return Emptiness(max(round((events - FRAME_EVENTS) / EVENTS_PER_ACTIVITY), 1))


@activity.defn(name="nothing")
async def nothing() -> None:
    """Do nothing."""


@workflow.defn(name="NoopWorkflow")
class NoopWorkflow:
    """One empty activity after the other: start and end are five events, each activity six."""

    @workflow.run
    async def run(self, emptiness: Emptiness) -> None:
        """All of them."""
        for _ in range(emptiness.activities):
            await workflow.execute_activity(nothing, start_to_close_timeout=TIMEOUT)
