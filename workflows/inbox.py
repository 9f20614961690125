"""Signals as they come: kept raw until the step has recorded them.

The SDK fails the workflow task for ever on a wrong number of inputs and silently drops what it cannot
decode, so handlers take one raw value, an interceptor refuses any other number, and a dynamic handler takes
unknown names.
"""

import base64
from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.worker import (
    HandleSignalInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)

from activities.contracts import InboxEntry

WRONG_NUMBER = "wrong_number_of_inputs"
UNKNOWN = "unknown_signal"


class SignalInbox:
    """What a workflow with an inbox has: entries not yet recorded, and the wake flag."""

    def __init__(self, entries: Sequence[InboxEntry] = ()) -> None:
        self.entries: list[InboxEntry] = list(entries)
        self.woken = True

    def take(self, name: str, values: Sequence[RawValue], problem: str = "") -> None:
        """Append a signal and set the wake flag; nothing else."""
        content = b"".join(value.payload.data for value in values)
        self.entries.append(InboxEntry(name, base64.b64encode(content).decode(), problem))
        self.woken = True


class SignalGuard(Interceptor):
    """Refuses signals with no input or with several, before the SDK calls the handler."""

    def workflow_interceptor_class(
        self, input: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor]:
        """The guard of every workflow."""
        return _GuardedWorkflow


class _GuardedWorkflow(WorkflowInboundInterceptor):
    async def handle_signal(self, input: HandleSignalInput) -> None:
        # The sandbox imports workflow modules anew, so the inbox is known by its place, not by its class.
        instance = workflow.instance()
        if len(input.args) != 1 and input.signal in getattr(instance, "SIGNALS", ()):
            instance.inbox.take(input.signal, _raw(input.args), WRONG_NUMBER)
            return
        await super().handle_signal(input)


def _raw(values: Sequence[object]) -> list[RawValue]:
    return [value for value in values if isinstance(value, RawValue)]
