"""What a workflow costs, counted from its exported history: events, billable actions, bytes.

The rules of counting are Temporal's price list (docs.temporal.io, Cloud actions), as far as a history shows
them: queries, heartbeats, rejected updates and retried local activities leave no event.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import History, HistoryEvent

LOCAL_ACTIVITY = "core_local_activity"
PREFIX = "EVENT_TYPE_"

_PRICES = {
    EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: 1,
    EventType.EVENT_TYPE_TIMER_STARTED: 1,
    EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: 1,
    EventType.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED: 1,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED: 1,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: 1,
    EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: 1,
    EventType.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: 1,
    EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED: 2,
}


@dataclass(frozen=True)
class Counts:
    """Events, actions and bytes of a history; `by_type` names what the events were."""

    events: int
    actions: int
    size_bytes: int
    by_type: Counter[str]

    def told(self) -> str:
        """The most frequent events, in one line."""
        return ", ".join(f"{number} {name.lower()}" for name, number in self.by_type.most_common(8))


def count(events: Sequence[HistoryEvent]) -> Counts:
    """The counts of one exported history."""
    return Counts(
        events=len(events),
        actions=billable_actions(events),
        size_bytes=History(events=events).ByteSize(),
        by_type=Counter(_plain_name(event) for event in events),
    )


def billable_actions(events: Sequence[HistoryEvent]) -> int:
    """Actions by the price list: start, signal, timer, activity and its retries, upsert, local activities.

    The local activities of one workflow task are one action together; a signal with the start is free.
    """
    return (
        sum(_PRICES.get(event.event_type, 0) for event in events)
        + sum(_started(event) + _retries(event) for event in events)
        + _signals(events)
        + len(_tasks_with_local_activities(events))
    )


def _started(event: HistoryEvent) -> int:
    """A start by a client; a run that continues another was paid for by the other."""
    if event.event_type != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
        return 0
    return 0 if event.workflow_execution_started_event_attributes.continued_execution_run_id else 1


def _retries(event: HistoryEvent) -> int:
    if event.event_type != EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED:
        return 0
    return max(event.activity_task_started_event_attributes.attempt - 1, 0)


def _signals(events: Sequence[HistoryEvent]) -> int:
    signal = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
    with_the_start = len(events) > 1 and events[1].event_type == signal
    return sum(event.event_type == signal for event in events) - int(with_the_start)


def _tasks_with_local_activities(events: Iterable[HistoryEvent]) -> set[int]:
    markers = (event.marker_recorded_event_attributes for event in events)
    return {m.workflow_task_completed_event_id for m in markers if m.marker_name == LOCAL_ACTIVITY}


def _plain_name(event: HistoryEvent) -> str:
    name = EventType.Name(event.event_type).removeprefix(PREFIX)
    return name.removeprefix("WORKFLOW_EXECUTION_").replace("_", " ")
