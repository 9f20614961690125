"""What a history costs by the price list, and what a step costs the database."""

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

from sandbox.bench.counts.history import billable_actions, count
from sandbox.bench.counts.step_cost import cost_of_steps
from sandbox.bench.metric import Metric, at_least, at_most, ratios_first
from sandbox.bench.speed.direct import claims_in
from sandbox.bench.speed.noop import emptiness_of
from sandbox.servers.postgres import PostgresServer


def event(kind: str, **attributes: object) -> HistoryEvent:
    """One event of a history; `attributes` are those of its kind."""
    made = HistoryEvent(event_type=EventType.Value(f"EVENT_TYPE_{kind}"))
    details = getattr(made, f"{kind.lower()}_event_attributes")
    details.SetInParent()
    for name, value in attributes.items():
        setattr(details, name, value)
    return made


def looked(task: int) -> HistoryEvent:
    """A local activity of a workflow task."""
    return event("MARKER_RECORDED", marker_name="core_local_activity", workflow_task_completed_event_id=task)


STARTED = event("WORKFLOW_EXECUTION_STARTED")
SIGNALED = event("WORKFLOW_EXECUTION_SIGNALED")
TASK = [
    event("WORKFLOW_TASK_SCHEDULED"),
    event("WORKFLOW_TASK_STARTED"),
    event("WORKFLOW_TASK_COMPLETED"),
]


def test_a_signal_with_the_start_is_free_and_a_later_one_is_not() -> None:
    assert billable_actions([STARTED, SIGNALED, *TASK]) == 1
    assert billable_actions([STARTED, SIGNALED, *TASK, SIGNALED, *TASK]) == 2
    assert billable_actions([STARTED, *TASK, SIGNALED, *TASK]) == 2


def test_a_run_that_continues_another_was_paid_for_by_the_other() -> None:
    ended = [STARTED, *TASK, event("WORKFLOW_EXECUTION_CONTINUED_AS_NEW")]
    begun = [event("WORKFLOW_EXECUTION_STARTED", continued_execution_run_id="run-1"), *TASK]

    assert billable_actions(ended) == 2
    assert billable_actions(begun) == 0


def test_local_activities_of_one_workflow_task_are_one_action() -> None:
    assert billable_actions([STARTED, *TASK, looked(4), looked(4), *TASK, looked(9)]) == 3


def test_every_retry_of_an_activity_is_an_action_and_its_completion_is_free() -> None:
    scheduled, completed = event("ACTIVITY_TASK_SCHEDULED"), event("ACTIVITY_TASK_COMPLETED")
    at_once, third_time = event("ACTIVITY_TASK_STARTED", attempt=1), event("ACTIVITY_TASK_STARTED", attempt=3)

    assert billable_actions([STARTED, *TASK, scheduled, at_once, completed]) == 2
    assert billable_actions([STARTED, *TASK, scheduled, third_time, completed]) == 4


def test_a_timer_costs_at_its_start_and_a_child_costs_two() -> None:
    timer = [event("TIMER_STARTED"), event("TIMER_CANCELED")]
    child = [event("START_CHILD_WORKFLOW_EXECUTION_INITIATED"), event("CHILD_WORKFLOW_EXECUTION_STARTED")]

    assert billable_actions([STARTED, *TASK, *timer]) == 2
    assert billable_actions([STARTED, *TASK, *child]) == 3


def test_a_history_is_counted_by_type() -> None:
    upserted = event("UPSERT_WORKFLOW_SEARCH_ATTRIBUTES")

    counts = count([STARTED, *TASK, looked(4), upserted, *TASK])

    assert (counts.events, counts.actions) == (9, 3)
    assert counts.by_type["WORKFLOW TASK COMPLETED"] == 2
    assert counts.by_type["UPSERT WORKFLOW SEARCH ATTRIBUTES"] == 1


def test_the_empty_workflow_has_as_many_events_as_a_claim() -> None:
    assert emptiness_of(41).activities == 6
    assert emptiness_of(173).activities == 28


def test_ratios_come_first_and_goals_before_mere_figures() -> None:
    figure = Metric("history", 40_000, "bytes")
    events = at_most(180, "events", 181, "events")
    ratio = at_least(0.7, "claims", 0.7, "ratio")

    assert ratios_first([figure, events, ratio]) == [ratio, events, figure]
    assert (ratio.met, events.met, figure.met) == (True, False, None)
    assert events.as_json()["goal"] == "<= 180"


async def test_a_step_is_one_commit_and_two_round_trips(database: str, postgres: PostgresServer) -> None:
    watching = await postgres.connect()
    async with claims_in(database, bytes(32), most=1) as claims:
        evidence, of_workflow = await cost_of_steps(claims, watching)
    await watching.close()

    assert (evidence.commits, of_workflow.commits) == (1, 1)
    assert (evidence.round_trips, of_workflow.round_trips) == (2, 2)
