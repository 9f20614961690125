"""A claim lives its six months: ask what is to be done, do it, wait, ask again."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, assert_never

from temporalio import workflow
from temporalio.common import SearchAttributeKey, SearchAttributeUpdate

from activities.bank.transfer import Bank
from activities.bpjs import Bpjs
from activities.contracts import (
    ClaimInput,
    ClaimStart,
    ClaimStep,
    InboxEntry,
    NoticeInput,
    StepInput,
    TransferInput,
)
from activities.mail.notices import Notices
from activities.step.step_activity import StepActivities
from workflows import options
from workflows.asking import ask_the_step
from workflows.inbox import SignalInbox
from workflows.signals import ClaimSignals

DATES = {"NextDeadline"}
NUMBERS = {"BenefitMonth"}
RECORD, LETTERS = "record", "letters"
OVER = {RECORD: "contribution record fetched", LETTERS: "letters sent"}


@workflow.defn(name="ClaimWorkflow")
class ClaimWorkflow(ClaimSignals):
    """Klaim JKP: one run for all six months; it may begin in any state of the claim."""

    @workflow.init
    def __init__(self, start: ClaimStart) -> None:
        self.claim_id = start.claim_id
        self.inbox = SignalInbox(start.inbox)
        self.step: ClaimStep | None = None
        self.activities: dict[str, workflow.ActivityHandle[Any]] = {}
        self.attributes: dict[str, str] = {}
        self.letters_left = False
        self.timer: asyncio.Task[None] | None = None
        self.timer_mark = ""
        self.occasions: list[str] = ["the run begins"]

    @workflow.run
    async def run(self, start: ClaimStart) -> str:
        """Until a step says finished and nothing is pending."""
        while True:
            step = await self._ask()
            under_way = len(self.activities)
            match step.todo:
                case "finish":
                    if self._nothing_pending():
                        return step.awaiting
                case "fetch_record":
                    self._fetch_record()
                case "transfer":
                    self._transfer(step)
                case "wait":
                    self._leave(RECORD)
                case _:
                    assert_never(step.todo)
            # An activity just begun has news of its own within seconds: its letter goes with these.
            if len(self.activities) <= under_way:
                self._send_notices(step)
            await self._until_something_happens(step)
            if self._should_start_afresh():
                workflow.continue_as_new(ClaimStart(self.claim_id, self.inbox.entries))

    async def _ask(self) -> ClaimStep:
        """The step, with what is in the inbox; an entry leaves it once the step has answered."""
        self.inbox.woken = False
        entries = self.inbox.next_entries()
        step = await ask_the_step(StepActivities.step, StepInput(self.claim_id, entries), self._why(entries))
        del self.inbox.entries[: len(entries)]
        self.inbox.woken |= bool(self.inbox.entries)
        self._show(step)
        return step

    def _why(self, entries: Sequence[InboxEntry]) -> str:
        """What has happened since the last step: signals by name, the timer, finished activities."""
        names = (entry.name if entry.name in self.SIGNALS else "of an unknown name" for entry in entries)
        said = [f"signal {name}" for name in dict.fromkeys(names)]
        happened, self.occasions = [*said, *self.occasions], []
        return options.summary(", ".join(happened))

    def _show(self, step: ClaimStep) -> None:
        """Current details and search attributes, written only when they changed."""
        if self.step is None or self.step.details != step.details:
            workflow.set_current_details(step.details)
        changed = {k: v for k, v in step.attributes.items() if self.attributes.get(k) != v}
        # Between an order and its outcome lie seconds, and what a claimant still owes moves with each piece
        # of evidence: neither is worth a write to the search by itself.
        if changed.keys() - {"NextDeadlineKind"} and step.todo != "transfer":
            workflow.upsert_search_attributes([_update(name, text) for name, text in changed.items()])
            self.attributes.update(changed)
        self.step = step

    def _fetch_record(self) -> None:
        if RECORD not in self.activities:
            self.activities[RECORD] = workflow.start_activity_method(
                Bpjs.fetch_contribution_record,
                ClaimInput(self.claim_id),
                task_queue=self._queue(options.BPJS),
                start_to_close_timeout=options.BPJS_TIMEOUT,
                retry_policy=options.OUTSIDE_FOR_EVER,
                summary="BPJS Ketenagakerjaan: contribution record (Pasal 19(3))",
            )

    def _transfer(self, step: ClaimStep) -> None:
        for order_id in step.order_ids:
            if order_id not in self.activities:
                self.activities[order_id] = workflow.start_activity_method(
                    Bank.transfer,
                    TransferInput(self.claim_id, order_id),
                    task_queue=self._queue(options.BANK),
                    start_to_close_timeout=timedelta(seconds=step.transfer_seconds),
                    retry_policy=options.OUTSIDE_FOR_EVER,
                    summary=step.awaiting[:200],
                )

    def _send_notices(self, step: ClaimStep) -> None:
        """One send for the letters of the step; it never holds up the claim."""
        running = LETTERS in self.activities and not self.activities[LETTERS].done()
        self.letters_left = (running and bool(step.notice_ids)) or step.sleep_seconds is None
        if step.notice_ids and not running:
            self.activities[LETTERS] = workflow.start_activity_method(
                Notices.send,
                NoticeInput(self.claim_id, step.notice_ids),
                task_queue=self._queue(options.NOTICES),
                start_to_close_timeout=options.NOTICES_TIMEOUT,
                heartbeat_timeout=options.HEARTBEAT_TIMEOUT,
                retry_policy=options.LETTERS,
                summary=f"{len(step.notice_ids)} letter(s) to the claimant",
            )

    def _leave(self, activity: str) -> None:
        """Give up an activity that the step no longer names; a transfer is never given up."""
        handle = self.activities.pop(activity, None)
        if handle is not None:
            handle.cancel()

    async def _until_something_happens(self, step: ClaimStep) -> None:
        """Until a message, the end of an activity, or the next instant."""
        self._arm_timer(step)
        await workflow.wait_condition(
            lambda: (
                self.inbox.woken
                or (self.timer is not None and self.timer.done())
                or any(self._is_news(name) for name in self.activities)
            )
        )
        if self.timer is not None and self.timer.done():
            self.timer = None
            self.occasions.append(f"timer: {step.timer_summary}")
        self._reap()

    def _arm_timer(self, step: ClaimStep) -> None:
        """One timer to the next instant; one that is armed for that very instant stays."""
        if self.timer is not None and step.wake_mark == self.timer_mark:
            return
        if self.timer is not None:
            self.timer.cancel()
        self.timer, self.timer_mark = None, step.wake_mark
        if step.sleep_seconds is not None:
            pause = timedelta(seconds=max(1.0, step.sleep_seconds))
            self.timer = asyncio.create_task(workflow.sleep(pause, summary=step.timer_summary))

    def _is_news(self, activity: str) -> bool:
        """An activity that is over is news; sent letters are, when others wait or nothing else is to come."""
        if not self.activities[activity].done():
            return False
        return activity != LETTERS or self.letters_left

    def _reap(self) -> None:
        """Forget activities that are over: what they learned stands in the stream."""
        for name in [name for name, activity in self.activities.items() if activity.done()]:
            failure = self.activities.pop(name).exception()
            self.occasions.append(OVER.get(name, "transfer answered"))
            if failure is not None:
                workflow.logger.warning("activity failed", extra={"activity": name.partition("-")[0]})

    def _nothing_pending(self) -> bool:
        return (
            not self.inbox.woken
            and not self.inbox.entries
            and not self.activities
            and workflow.all_handlers_finished()
        )

    def _should_start_afresh(self) -> bool:
        info = workflow.info()
        wanted = info.is_continue_as_new_suggested() or info.is_target_worker_deployment_version_changed()
        return wanted and not self.activities and workflow.all_handlers_finished()

    def _queue(self, name: str) -> str:
        return options.task_queue_beside(workflow.info().task_queue, name)

    @workflow.query(description="What the claim waits for, of whom, until when.")
    def status(self) -> ClaimStep | None:
        """The last step."""
        return self.step


def _update(name: str, text: str) -> SearchAttributeUpdate[Any]:
    if name in DATES:
        date = SearchAttributeKey.for_datetime(name)
        return date.value_set(datetime.fromisoformat(text)) if text else date.value_unset()
    if name in NUMBERS:
        return SearchAttributeKey.for_int(name).value_set(int(text))
    keyword = SearchAttributeKey.for_keyword(name)
    return keyword.value_set(text) if text else keyword.value_unset()
