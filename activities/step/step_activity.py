"""The step as an activity: record what came in, say what is to be done."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

import structlog
from pydantic import ValidationError
from temporalio import activity

from activities.contracts import AskingPlan, ClaimStep, ClaimTodo, InboxEntry, StepInput, TransferSearch
from activities.step.recording import record_inbox
from activities.step.workflow_details import attributes, details, one_line, timer_line
from claims.agenda.next_step import Todo
from claims.commands.command import DIRECT_COMMAND, DirectCommand, RefusedMessage, content_hash, received_from
from claims.commands.names import numbers_in_names
from law.grounds import Ground
from law.limits import Unreadable, as_line, is_storable, read_json
from store.claims.kind import ClaimStepResult, ClaimStepRunner, IncomingMessage
from store.payments.orders import plan_asking

NEWS_KEY = "recorded"
IDENTITY_MAX, NAME_MAX = 200, 120

log = structlog.get_logger("step")


@dataclass(frozen=True)
class StepActivities:
    """What a claim, or the search for a transfer, has to do now. Local activities: one commit each."""

    steps: ClaimStepRunner
    transfer_seconds: float

    @activity.defn(name="look_what_is_to_be_done")
    async def step(self, given: StepInput) -> ClaimStep:
        """Record the inbox and ask the step; calling it twice gives the same answer."""
        result = await record_inbox(self.steps, UUID(given.claim_id), list(_read(given)))
        return _answer(result, self.transfer_seconds)

    @activity.defn(name="plan_the_search_for_the_transfer")
    async def plan(self, search: TransferSearch) -> AskingPlan:
        """What the search for an outcome does next."""
        plan = await plan_asking(self.steps.pool, UUID(search.order_id))
        return AskingPlan(plan.todo, plan.sleep_seconds)


def _read(given: StepInput) -> Iterator[IncomingMessage]:
    """What the inbox says; an entry that nobody can even read is refused with the hash of what came."""
    for entry in given.inbox:
        try:
            incoming = read_entry(given.claim_id, entry)
        except Exception as failure:
            log.error("entry unreadable", claim_id=given.claim_id, error=type(failure).__name__)
            content = entry.content.encode("utf-8", "surrogatepass")
            incoming = _refused(given.claim_id, "unnamed", Ground.CANNOT_BE_RECORDED, content)
        if incoming is not None:
            yield incoming


def _answer(result: ClaimStepResult, transfer_seconds: float) -> ClaimStep:
    return ClaimStep(
        todo=_todo(result),
        order_ids=[str(order_id) for order_id in result.next_step.order_ids],
        notice_ids=[str(notice_id) for notice_id in result.unsent_notices],
        sleep_seconds=result.sleep_seconds,
        wake_mark=result.wake_mark,
        awaiting=one_line(result.next_step),
        details=details(result),
        attributes=attributes(result),
        transfer_seconds=transfer_seconds,
        timer_summary=timer_line(result),
    )


def _todo(result: ClaimStepResult) -> ClaimTodo:
    """What is to be done; a claim that is over waits while letters of it are unsent."""
    match result.next_step.todo:
        case Todo.FETCH_RECORD:
            return "fetch_record"
        case Todo.TRANSFER:
            return "transfer"
        case Todo.WAIT:
            return "wait"
        case Todo.FINISH:
            return "wait" if result.unsent_notices else "finish"
        case _:
            assert_never(result.next_step.todo)


def read_entry(claim_id: str, entry: InboxEntry) -> IncomingMessage | None:
    """A signal as a message: None for news of what is recorded already, refused where it cannot be read."""
    content = base64.b64decode(entry.content)
    if entry.problem:
        return _refused(claim_id, entry.name, Ground(entry.problem), content, entry.content_sha256)
    try:
        said = read_json(content)
    except Unreadable:
        return _refused(claim_id, entry.name, Ground.MALFORMED, content)
    if not isinstance(said, dict):
        return _refused(claim_id, entry.name, Ground.MALFORMED, content)
    if said.keys() == {NEWS_KEY}:
        return None
    source, message_id = said.pop("source", None), said.pop("message_id", None)
    if not _is_identity(source) or not _is_identity(message_id):
        return _refused(claim_id, entry.name, Ground.NO_MESSAGE_IDENTITY, content)
    message = _read_message(entry.name, said)
    if message is None:
        return _refused(claim_id, entry.name, Ground.MALFORMED, content)
    digest = content_hash(message)
    return IncomingMessage(
        received_from(message, source), source, message_id, f"signal:{source}", None, digest
    )


def _is_identity(text: object) -> bool:
    return isinstance(text, str) and is_storable(text, IDENTITY_MAX)


def _read_message(name: str, said: dict[str, object]) -> DirectCommand | None:
    """The message, or None where it is not one, or a name in it may hold a NIK."""
    try:
        message = DIRECT_COMMAND.validate_python({**said, "kind": name})
    except ValidationError:
        return None
    return None if numbers_in_names(message) else message


def _refused(claim_id: str, name: str, ground: Ground, content: bytes, digest: str = "") -> IncomingMessage:
    """A refusal; `digest` is the hash of a content that was too large to come along."""
    digest = digest or hashlib.sha256(content).hexdigest()
    message = RefusedMessage(name=as_line(name, NAME_MAX) or "unnamed", ground=ground, content_sha256=digest)
    spelled = name.encode("utf-8", "surrogatepass") + b"\0" + (content or digest.encode())
    identity = hashlib.sha256(spelled).hexdigest()
    return IncomingMessage(message, "refused", f"{claim_id}/{identity}", "signal")
