"""Signals as they come: kept raw until the step has recorded them.

The SDK fails the workflow task for ever on a wrong number of inputs and silently drops what it cannot
decode, so handlers take one raw value, an interceptor refuses any other number, and a dynamic handler takes
unknown names.
"""

import base64
import hashlib
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
MALFORMED = "malformed"

# Of one signal, and of what one step is given: Temporal ends a run whose command is larger than 2 MiB.
BYTES_MOST = 64 * 1024
STEP_BYTES_MOST = 512 * 1024


class SignalInbox:
    """What a workflow with an inbox has: entries not yet recorded, and the wake flag."""

    def __init__(self, entries: Sequence[InboxEntry] = ()) -> None:
        self.entries: list[InboxEntry] = list(entries)
        self.woken = True

    def take(self, name: str, values: Sequence[RawValue], problem: str = "") -> None:
        """Append a signal and set the wake flag; nothing else."""
        content = b"".join(value.payload.data for value in values)
        if len(content) > BYTES_MOST:
            entry = InboxEntry(name, "", problem or MALFORMED, hashlib.sha256(content).hexdigest())
        else:
            entry = InboxEntry(name, base64.b64encode(content).decode(), problem)
        self.entries.append(entry)
        self.woken = True

    def next_entries(self) -> list[InboxEntry]:
        """The oldest entries, as many as one step is given."""
        size, taken = 0, 0
        for taken, entry in enumerate(self.entries, start=1):
            size += len(entry.content) + len(entry.name)
            if size > STEP_BYTES_MOST:
                return self.entries[: max(1, taken - 1)]
        return self.entries[:taken]


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
