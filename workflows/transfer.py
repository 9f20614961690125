"""A transfer whose outcome is open: ask, wait, ask again, until the bank or its statement tells."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import ClassVar

from temporalio import workflow
from temporalio.common import RawValue

from activities.bank.transfer import Bank
from activities.contracts import AskingPlan, TransferSearch
from activities.step.step_activity import StepActivities
from workflows import options
from workflows.asking import ask_the_step
from workflows.inbox import UNKNOWN, SignalInbox


@workflow.defn(name="TransferWorkflow")
class TransferWorkflow:
    """Looks for what became of one order; it never sends."""

    SIGNALS: ClassVar[frozenset[str]] = frozenset({"wake"})

    @workflow.init
    def __init__(self, search: TransferSearch) -> None:
        self.search = search
        self.inbox = SignalInbox()

    @workflow.run
    async def run(self, search: TransferSearch) -> str:
        """Until the order is final."""
        why = "the search begins"
        while True:
            self.inbox.woken = False
            self.inbox.entries.clear()
            plan: AskingPlan = await ask_the_step(StepActivities.plan, self.search, why)
            match plan.todo:
                case "finish":
                    if not self.inbox.woken:
                        return "final"
                    why = "signal wake"
                case "ask":
                    why = "the bank was asked"
                    await workflow.execute_activity_method(
                        Bank.ask,
                        search,
                        task_queue=options.task_queue_beside(workflow.info().task_queue, options.BANK),
                        start_to_close_timeout=options.ASK_TIMEOUT,
                        heartbeat_timeout=options.HEARTBEAT_TIMEOUT,
                        retry_policy=options.OUTSIDE_FOR_EVER,
                        summary="ask the bank what became of the transfer",
                    )
                case _:
                    why = await self._wait(plan)

    async def _wait(self, plan: AskingPlan) -> str:
        """Until the next time to ask, or a signal; which of them came."""
        timeout = None if plan.sleep_seconds is None else timedelta(seconds=max(1.0, plan.sleep_seconds))
        with suppress(asyncio.TimeoutError):
            await workflow.wait_condition(
                lambda: self.inbox.woken, timeout=timeout, timeout_summary="until the next time to ask"
            )
            return "signal wake"
        return "timer: the next time to ask"

    @workflow.signal(description="Look again.")
    def wake(self, value: RawValue) -> None:
        """Look again."""
        self.inbox.take("wake", [value])

    @workflow.signal(dynamic=True)
    def unknown(self, name: str, values: Sequence[RawValue]) -> None:
        """A signal nobody knows only wakes."""
        self.inbox.take(name, values, UNKNOWN)
