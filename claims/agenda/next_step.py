"""For every state what is awaited, the responsible party, until when, by which article, and what then.

One function that the workflow's timer, its texts in the Temporal UI, the search attributes, the status page,
the reminders and the deadlines all read. It is pure and total.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from claims import events as e
from claims.agenda import obligations
from claims.agenda.obligations import Awaited, Owner
from claims.entitlement.months import open_duties
from claims.entitlement.windows import month_window, reference_date, rules_for
from claims.state.claim import BenefitMonth, Claim, Ending, Order, Owing
from claims.transitions.automatic import all_settled, needs_new_account
from law.periods import Calendar, start_of
from law.rules import BENEFIT_MONTHS, Law, MonthCondition
from payments.context import DecisionContext
from payments.orders import OPEN_STATES, OrderState


class Todo(StrEnum):
    """What the engine itself has to do now."""

    FETCH_RECORD = "fetch_record"
    TRANSFER = "transfer"
    WAIT = "wait"
    FINISH = "finish"

    @property
    def is_work(self) -> bool:
        """Whether an activity begins, which the sweep sees to where nobody else does."""
        match self:
            case Todo.FETCH_RECORD | Todo.TRANSFER:
                return True
            case Todo.WAIT | Todo.FINISH:
                return False
            case _:
                assert_never(self)


class Status(StrEnum):
    """Where the claim stands, in one word."""

    REPORTED = "reported"
    VALIDATING = "validating"
    REFERRED = "referred"
    DENIED = "denied"
    IN_BENEFIT = "in_benefit"
    CEASED = "ceased"
    LAPSED = "lapsed"
    EXHAUSTED = "exhausted"
    WITHDRAWN = "withdrawn"
    LAYOFF_WITHDRAWN = "layoff_withdrawn"


@dataclass(frozen=True)
class NextStep:
    """The next step of a claim: status, what to do now, what is awaited and of whom, when to look again.

    `order_ids` are the orders to transfer when `todo` is `transfer`. `next_at` is the next instant at which
    anything happens: an opening, a reminder, a deadline, another try.
    """

    status: Status
    todo: Todo
    awaited: tuple[Awaited, ...]
    next_at: datetime | None
    benefit_month: int = 0
    order_ids: tuple[UUID, ...] = ()

    @property
    def is_work(self) -> bool:
        """Whether the engine itself has something to do now."""
        return self.todo.is_work

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to be done or waited for."""
        return self.todo is Todo.FINISH

    @property
    def attention(self) -> tuple[object, ...]:
        """What a change must wake the workflow for: what to do, whom it waits for, until when."""
        waits = tuple((wait.owner, wait.until, wait.month) for wait in self.awaited if wait.binds)
        return (self.status, self.todo, self.order_ids, waits, self.next_at)


def status_of(claim: Claim) -> Status:
    """The claim in one word."""
    if claim.ending is not None:
        return Status(claim.ending.value)
    if claim.filing is None:
        return Status.REPORTED
    if claim.ceased is not None:
        return Status.CEASED
    match claim.decision:
        case e.ClaimApproved():
            return Status.IN_BENEFIT
        case e.ClaimDenied():
            return Status.DENIED
        case e.ClaimReferred():
            return Status.REFERRED
        case None:
            return Status.VALIDATING


def next_step(claim: Claim, context: DecisionContext) -> NextStep:
    """The step of a claim in a context."""
    status = status_of(claim)
    asked_again = claim.record_wanted and claim.ending in (None, Ending.LAPSED, Ending.EXHAUSTED)
    goes_on = asked_again or claim.open_objections or open_orders(claim, context)
    if claim.layoff is None or (claim.ending is not None and not goes_on):
        return NextStep(status, Todo.FINISH, (), None, benefit_month=_reached(claim))
    if status is Status.VALIDATING:
        return NextStep(
            status, Todo.FETCH_RECORD, (obligations.record(claim, context), *_contact(claim, context)), None
        )
    step = _waiting(claim, context, status)
    step = _with_record(step, obligations.record(claim, context)) if asked_again else step
    return step if step.todo is Todo.FINISH else _beside(step, _contact(claim, context), context)


def _beside(step: NextStep, waits: tuple[Awaited, ...], context: DecisionContext) -> NextStep:
    """A step with waits that are nobody's payment, looked at again when their time is over."""
    if not waits:
        return step
    instants = [wait.until for wait in waits] + ([] if step.next_at is None else [step.next_at])
    return replace(step, awaited=(*step.awaited, *waits), next_at=_next_of(instants, context))


def _contact(claim: Claim, context: DecisionContext) -> tuple[Awaited, ...]:
    """Beside everything else: nothing is owed, held or refused by it, and nobody is woken for it."""
    differs, unreached = claim.contact.differs, claim.contact.unreached
    return (
        *(() if differs is None else (obligations.person_data(differs, context),)),
        *(obligations.contact(each, context) for each in unreached[:1]),
    )


def _waiting(claim: Claim, context: DecisionContext, status: Status) -> NextStep:
    if status is Status.REPORTED:
        awaited = obligations.filing(claim, context)
        return NextStep(
            status,
            Todo.WAIT,
            (awaited,),
            _next_of(filing_instants(claim, awaited.until, context.law), context),
        )
    if status is Status.REFERRED:
        waits = (*obligations.referral(claim, context), *_questions(claim, context))
        return NextStep(status, Todo.WAIT, waits, _next_of([wait.until for wait in waits], context))
    if status is Status.DENIED:
        awaited = obligations.filing_again(claim, context)
        # After the window only a record asked for in time, or an objection, keeps the claim from lapsing.
        waits = (*_objections(claim, context), *((awaited,) if awaited.until > context.horizon else ()))
        return NextStep(
            status, Todo.WAIT, waits, _next_of([awaited.until, *(wait.until for wait in waits)], context)
        )
    return _in_benefit(claim, context, status)


def _with_record(step: NextStep, record: Awaited) -> NextStep:
    """A record that somebody asked for is fetched once no transfer is to be sent."""
    todo = Todo.TRANSFER if step.todo is Todo.TRANSFER else Todo.FETCH_RECORD
    return replace(step, todo=todo, awaited=(*step.awaited, record))


def _questions(claim: Claim, context: DecisionContext) -> tuple[Awaited, ...]:
    return tuple(obligations.question(claim, question, context) for question in claim.open_questions)


def _objections(claim: Claim, context: DecisionContext) -> tuple[Awaited, ...]:
    return tuple(obligations.objection(objection, context) for objection in claim.open_objections)


def open_orders(claim: Claim, context: DecisionContext) -> tuple[tuple[BenefitMonth, Order], ...]:
    """Orders that are ordered, being sent or of open outcome."""
    return tuple(
        (month, order)
        for month in claim.months
        for order in month.orders
        if order.state in OPEN_STATES and context.row(order.order_id) in OPEN_STATES
    )


def _in_benefit(claim: Claim, context: DecisionContext, status: Status) -> NextStep:
    payments = tuple(obligations.payment(owing, context) for owing in _unpaid(claim, context))
    months = awaited_months(claim, context)
    awaited = (
        *payments,
        *_of_the_employer(claim, context),
        *(() if claim.ending is not None else _questions(claim, context)),
        *_objections(claim, context),
        *(obligations.month(claim, month, context) for month in months),
        *(duty for month in months[:1] for duty in obligations.duties(claim, month, context)),
    )
    if not awaited and all_settled(claim):
        return NextStep(status, Todo.FINISH, (), None, benefit_month=_reached(claim))
    to_send = _to_send(claim, context)
    return NextStep(
        status,
        Todo.TRANSFER if to_send else Todo.WAIT,
        awaited,
        _next_of(_instants(claim, awaited, months, context), context),
        benefit_month=months[0] if months else _reached(claim),
        order_ids=to_send,
    )


def _instants(
    claim: Claim, awaited: tuple[Awaited, ...], months: tuple[int, ...], context: DecisionContext
) -> list[datetime]:
    """When anything happens: another try, a reminder, the end of the time to answer, a window."""
    instants = [*payment_instants(claim)]
    instants += [a.until for a in awaited if a.owner in (Owner.CLAIMANT, Owner.OFFICER)]
    for month in months:
        instants += month_instants(claim, month, context.law, context.calendar)
    return instants


def _to_send(claim: Claim, context: DecisionContext) -> tuple[UUID, ...]:
    return tuple(
        order.order_id
        for _, order in open_orders(claim, context)
        if not context.payments_stopped and context.row(order.order_id) is OrderState.ORDERED
    )


def _unpaid(claim: Claim, context: DecisionContext) -> tuple[Owing, ...]:
    """What is owed and not paid, and what the bank has although the claim ended."""
    under_way = {order.obligation for _, order in open_orders(claim, context)}
    owed = () if claim.ending is not None else claim.owings
    rest = tuple(
        owing
        for month in claim.months
        for owing in month.owings
        if owing.obligation in under_way and owing not in owed
    )
    return tuple(owing for owing in (*owed, *rest) if not owing.settled)


def _of_the_employer(claim: Claim, context: DecisionContext) -> tuple[Awaited, ...]:
    if not claim.employer_pays or claim.ending is not None:
        return ()
    return tuple(
        obligations.employer_payment(claim, month.number, context)
        for month in claim.owed_months
        if month.authorized is not None and not month.settled
    )


def awaited_months(claim: Claim, context: DecisionContext) -> tuple[int, ...]:
    """The first month for which the claimant has still to do something, and others open beside it.

    A held month is awaited only while something can be done for it. Several are open after a late approval.
    """
    found: list[int] = []
    for month in () if claim.ending is not None else claim.owed_months:
        if month.decided or month.number == 1:
            continue
        window = month_window(claim, month.number, context.law, context.calendar)
        over = window.closes_at <= context.horizon or month.certified or claim.died_on is not None
        if (claim.held(month.number) and over) or (found and (over or context.at < window.opens_at)):
            continue
        found.append(month.number)
    return tuple(found)


def current_month(claim: Claim) -> int | None:
    """The first month that is owed and not yet decided; none of a claim that has ended."""
    if claim.ending is not None:
        return None
    return next((m.number for m in claim.owed_months if not m.decided), None)


def _reached(claim: Claim) -> int:
    return max((m.number for m in claim.months if m.decided), default=0)


def filing_instants(claim: Claim, closes_at: datetime, law: Law) -> tuple[datetime, ...]:
    """When something happens while the filing is awaited: the reminder, the deadline."""
    assert claim.layoff is not None, "a stream begins with a layoff"
    days = law.in_force_on(claim.layoff.laid_off_on).reminder_days_before_filing_closes.value
    return (closes_at - timedelta(days=days), closes_at)


def month_instants(claim: Claim, month: int, law: Law, calendar: Calendar) -> tuple[datetime, ...]:
    """When something happens while a month is awaited: its opening, the reminders, the deadline."""
    window = month_window(claim, month, law, calendar)
    opening = (window.opens_at,) if opening_is_announced(claim, month) else ()
    return (*opening, *at_risk_instants(claim, month, law, calendar), window.closes_at)


def at_risk_instants(claim: Claim, month: int, law: Law, calendar: Calendar) -> tuple[datetime, ...]:
    """When the claimant is reminded of a month whose window is about to close, inside its window."""
    window = month_window(claim, month, law, calendar)
    before = rules_for(claim, month, law).reminder_days_before_month_closes.value
    instants = (window.closes_at - timedelta(days=days) for days in sorted(before, reverse=True))
    return tuple(instant for instant in instants if instant >= window.opens_at)


def duty_reminder_at(claim: Claim, month: int, law: Law) -> datetime | None:
    """When the claimant is reminded of the self-assessment as a duty, once; None where it is not one.

    On the first day of the window, at which the claim is looked at anyway.
    """
    rules = rules_for(claim, month, law)
    if not any(duty.condition == MonthCondition.SELF_ASSESSMENT for duty in open_duties(claim, month, law)):
        return None
    if rules.requirement(MonthCondition.SELF_ASSESSMENT, month - 1) is not None:
        return None
    return start_of(reference_date(claim, month))


def opening_is_announced(claim: Claim, month: int) -> bool:
    """Whether the opening of a window has a letter of its own.

    The letter of a payment names the next window. So the opening is announced by itself where it is the
    first, the last with its other dates, or where no payment went before.
    """
    return month in (2, BENEFIT_MONTHS) or claim.month(month - 1).forfeited is not None


def payment_instants(claim: Claim) -> tuple[datetime, ...]:
    """When a refused order is tried again."""
    return tuple(
        order.failure.try_again_at
        for owing in claim.owings
        if (order := owing.last_order) is not None
        and order.failure is not None
        and not needs_new_account(order)
    )


def _next_of(instants: list[datetime] | tuple[datetime, ...], context: DecisionContext) -> datetime | None:
    """The next instant that has not taken effect; inside the grace a deadline is still to come."""
    return min((instant for instant in instants if instant > context.at - context.grace), default=None)
