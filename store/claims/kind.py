"""The claim as a kind of stream: which of its functions the engine calls, and what a step writes beside."""

from collections.abc import Sequence
from uuid import UUID

from claims.agenda.next_step import NextStep, Status, next_step
from claims.agenda.notices import notices_for, reminders_due
from claims.commands.command import Command, DecidePersonData, RefusedMessage
from claims.deciding.answers import CommandResult
from claims.deciding.dispatch import decide
from claims.events import Event, read_event
from claims.state.claim import Claim
from claims.state.evolving import evolve
from claims.transitions.automatic import Effect, automatic_transitions
from claims.transitions.money import order_of, postings_of
from law.grounds import Ground
from law.periods import Calendar
from law.rules import BENEFIT_MONTHS, Law
from payments.obligations import Creditor, person
from store.claims.notices import new_notice
from store.claims.projection import own_rows
from store.database import Pool
from store.engine.kinds import Lock, NewNotice, StreamKind, Written
from store.engine.messages import Incoming
from store.engine.step import StepResult, StepRunner
from store.people import hold_participant_of

ClaimStepRunner = StepRunner[Claim, Event, Command, NextStep, CommandResult]
ClaimStepResult = StepResult[Claim, NextStep, CommandResult]
IncomingMessage = Incoming[Command]
PAYING = frozenset({Status.IN_BENEFIT, Status.CEASED, Status.EXHAUSTED})


def claim_step_runner(pool: Pool, law: Law, calendar: Calendar) -> ClaimStepRunner:
    """The step of claims; one per process."""
    return StepRunner(CLAIM, pool, law, calendar)


def refusal(name: str, ground: Ground, content_sha256: str) -> Command:
    """A message that a claim cannot take, reduced to its name, ground and hash."""
    return RefusedMessage(name=name, ground=ground, content_sha256=content_sha256)


def participant_of(claim: Claim) -> UUID:
    """Whose claim it is."""
    assert claim.layoff is not None, "a claim begins with the report of its participant's layoff"
    return claim.layoff.participant.participant_id


def _lock(messages: Sequence[Command]) -> Lock | None:
    """A decision on a person's data stands for all their claims: the participant is locked first."""
    return hold_participant_of if any(isinstance(each, DecidePersonData) for each in messages) else None


def _notices(written: Written[Claim, Event]) -> tuple[NewNotice, ...]:
    """The letters about what a step recorded, and the reminders that are due."""
    news = notices_for(tuple(Effect(e.event, e.effective_at) for e in written.effects), written.state)
    return tuple(new_notice(each) for each in news + reminders_due(written.state, written.context))


def _creditor(claim: Claim) -> Creditor:
    return person(participant_of(claim))


def _may_pay(step: NextStep) -> bool:
    return step.status in PAYING


CLAIM: StreamKind[Claim, Event, Command, NextStep, CommandResult] = StreamKind(
    name="claim",
    empty=Claim(),
    orders_max=BENEFIT_MONTHS,
    read_event=read_event,
    read_result=CommandResult.model_validate_json,
    evolve=evolve,
    decide=decide,
    automatic=automatic_transitions,
    next_step=next_step,
    may_pay=_may_pay,
    refusal=refusal,
    effect=Effect,
    creditor=_creditor,
    order_of=order_of,
    postings_of=postings_of,
    lock=_lock,
    notices=_notices,
    own_rows=own_rows,
)


def claim_workflow_id(stream_id: UUID) -> str:
    """The id of the workflow of a claim: `claim/<stream id>`."""
    return CLAIM.workflow_id(stream_id)
