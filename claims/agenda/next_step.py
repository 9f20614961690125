"""Who has the ball: for every state what is awaited, of whom, until when, by which article, and what then.

One function that the workflow's timer, its texts in the Temporal UI, the search attributes, the status page,
the reminders and the deadlines all read. It is pure and total.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from claims import events as e
from claims.agenda import obligations as awaiting
from claims.agenda.obligations import Awaited, Owner
from claims.entitlement.months import open_duties
from claims.entitlement.windows import month_window, reference_date, rules_for
from claims.state.claim import BenefitMonth, Claim, Ending, Order, Owing
from claims.state.situation import Situation
from claims.transitions.automatic import all_settled, needs_new_account
from law.periods import Calendar, start_of
from law.rules import BENEFIT_MONTHS, Law, MonthCondition
from payments.orders import OPEN_STATES, OrderState


class Todo(StrEnum):
    """What the engine itself has to do now."""

    FETCH_RECORD = "fetch_record"
    TRANSFER = "transfer"
    WAIT = "wait"
    FINISH = "finish"

    @property
    def is_work(self) -> bool:
        """Whether an errand begins, which the sweep sees to where nobody else does."""
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
class Step:
    """The step of a claim: status, what to do now, what is awaited (first: the ball), when to look again.

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
        balls = tuple((ball.owner, ball.until, ball.month) for ball in self.awaited if ball.binds)
        return (self.status, self.todo, self.order_ids, balls, self.next_at)


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


def next_step(claim: Claim, s: Situation) -> Step:
    """The step of a claim in a situation."""
    status = status_of(claim)
    asked_again = claim.record_wanted and claim.ending in (None, Ending.LAPSED, Ending.EXHAUSTED)
    goes_on = asked_again or claim.open_objections or open_orders(claim, s)
    if claim.layoff is None or (claim.ending is not None and not goes_on):
        return Step(status, Todo.FINISH, (), None, benefit_month=_reached(claim))
    if status is Status.VALIDATING:
        return Step(status, Todo.FETCH_RECORD, (awaiting.record(claim, s), *_contact(claim, s)), None)
    step = _waiting(claim, s, status)
    step = _with_record(step, awaiting.record(claim, s)) if asked_again else step
    return step if step.todo is Todo.FINISH else _beside(step, _contact(claim, s), s)


def _beside(step: Step, waits: tuple[Awaited, ...], s: Situation) -> Step:
    """A step with waits that are nobody's payment, looked at again when their time is over."""
    if not waits:
        return step
    instants = [wait.until for wait in waits] + ([] if step.next_at is None else [step.next_at])
    return replace(step, awaited=(*step.awaited, *waits), next_at=_next_of(instants, s))


def _contact(claim: Claim, s: Situation) -> tuple[Awaited, ...]:
    """Beside everything else: nothing is owed, held or refused by it, and nobody is woken for it."""
    differs, unreached = claim.contact.differs, claim.contact.unreached
    return (
        *(() if differs is None else (awaiting.person_data(differs, s),)),
        *(awaiting.contact(each, s) for each in unreached[:1]),
    )


def _waiting(claim: Claim, s: Situation, status: Status) -> Step:
    if status is Status.REPORTED:
        awaited = awaiting.filing(claim, s)
        return Step(status, Todo.WAIT, (awaited,), _next_of(filing_instants(claim, awaited.until, s.law), s))
    if status is Status.REFERRED:
        balls = (*awaiting.referral(claim, s), *_questions(claim, s))
        return Step(status, Todo.WAIT, balls, _next_of([ball.until for ball in balls], s))
    if status is Status.DENIED:
        awaited = awaiting.filing_again(claim, s)
        # After the window only a record asked for in time, or an objection, keeps the claim from lapsing.
        balls = (*_objections(claim, s), *((awaited,) if awaited.until > s.horizon else ()))
        return Step(status, Todo.WAIT, balls, _next_of([awaited.until, *(ball.until for ball in balls)], s))
    return _in_benefit(claim, s, status)


def _with_record(step: Step, record: Awaited) -> Step:
    """A record that somebody asked for is fetched once no transfer is to be sent."""
    todo = Todo.TRANSFER if step.todo is Todo.TRANSFER else Todo.FETCH_RECORD
    return replace(step, todo=todo, awaited=(*step.awaited, record))


def _questions(claim: Claim, s: Situation) -> tuple[Awaited, ...]:
    return tuple(awaiting.question(claim, question, s) for question in claim.open_questions)


def _objections(claim: Claim, s: Situation) -> tuple[Awaited, ...]:
    return tuple(awaiting.objection(objection, s) for objection in claim.open_objections)


def open_orders(claim: Claim, s: Situation) -> tuple[tuple[BenefitMonth, Order], ...]:
    """Orders that are ordered, being sent or of open outcome."""
    return tuple(
        (month, order)
        for month in claim.months
        for order in month.orders
        if order.state in OPEN_STATES and s.row(order.order_id) in OPEN_STATES
    )


def _in_benefit(claim: Claim, s: Situation, status: Status) -> Step:
    payments = tuple(awaiting.payment(owing, s) for owing in _unpaid(claim, s))
    months = awaited_months(claim, s)
    awaited = (
        *payments,
        *_of_the_employer(claim, s),
        *(() if claim.ending is not None else _questions(claim, s)),
        *_objections(claim, s),
        *(awaiting.month(claim, month, s) for month in months),
        *(duty for month in months[:1] for duty in awaiting.duties(claim, month, s)),
    )
    if not awaited and all_settled(claim):
        return Step(status, Todo.FINISH, (), None, benefit_month=_reached(claim))
    to_send = _to_send(claim, s)
    return Step(
        status,
        Todo.TRANSFER if to_send else Todo.WAIT,
        awaited,
        _next_of(_instants(claim, awaited, months, s), s),
        benefit_month=months[0] if months else _reached(claim),
        order_ids=to_send,
    )


def _instants(
    claim: Claim, awaited: tuple[Awaited, ...], months: tuple[int, ...], s: Situation
) -> list[datetime]:
    """When anything happens: another try, a reminder, the end of the time to answer, a window."""
    instants = [*payment_instants(claim)]
    instants += [a.until for a in awaited if a.owner in (Owner.CLAIMANT, Owner.OFFICER)]
    for month in months:
        instants += month_instants(claim, month, s.law, s.calendar)
    return instants


def _to_send(claim: Claim, s: Situation) -> tuple[UUID, ...]:
    return tuple(
        order.order_id
        for _, order in open_orders(claim, s)
        if not s.payments_stopped and s.row(order.order_id) is OrderState.ORDERED
    )


def _unpaid(claim: Claim, s: Situation) -> tuple[Owing, ...]:
    """What is owed and not paid, and what the bank has although the claim ended."""
    under_way = {order.obligation for _, order in open_orders(claim, s)}
    owed = () if claim.ending is not None else claim.owings
    rest = tuple(
        owing
        for month in claim.months
        for owing in month.owings
        if owing.obligation in under_way and owing not in owed
    )
    return tuple(owing for owing in (*owed, *rest) if not owing.settled)


def _of_the_employer(claim: Claim, s: Situation) -> tuple[Awaited, ...]:
    if not claim.employer_pays or claim.ending is not None:
        return ()
    return tuple(
        awaiting.employer_payment(claim, month.number, s)
        for month in claim.owed_months
        if month.authorized is not None and not month.settled
    )


def awaited_months(claim: Claim, s: Situation) -> tuple[int, ...]:
    """The first month for which the claimant has still to do something, and others open beside it.

    A held month is awaited only while something can be done for it. Several are open after a late approval.
    """
    found: list[int] = []
    for month in () if claim.ending is not None else claim.owed_months:
        if month.decided or month.number == 1:
            continue
        window = month_window(claim, month.number, s.law, s.calendar)
        over = window.closes_at <= s.horizon or month.certified or claim.died_on is not None
        if (claim.held(month.number) and over) or (found and (over or s.at < window.opens_at)):
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


def _next_of(instants: list[datetime] | tuple[datetime, ...], s: Situation) -> datetime | None:
    """The next instant that has not taken effect; inside the grace a deadline is still to come."""
    return min((instant for instant in instants if instant > s.at - s.grace), default=None)
