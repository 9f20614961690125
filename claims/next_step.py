"""Who has the ball: for every state what is awaited, of whom, until when, by which article, and what then.

One function that the workflow's timer, its texts in the Temporal UI, the search attributes, the status page,
the reminders and the deadlines all read. It is pure and total.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from claims import events as e
from claims.claim import BenefitMonth, Claim, Order, OrderState
from claims.consequences import all_settled, needs_new_account
from claims.months import month_reasons, unmet
from claims.periods import Calendar, day_of, end_of
from claims.reasons import Ground
from claims.rules import BENEFIT_MONTHS, Law
from claims.situation import OrderRow, Situation, procedure_article
from claims.windows import (
    REMINDER_DAYS_BEFORE_FILING_CLOSES,
    REMINDER_DAYS_BEFORE_MONTH_CLOSES,
    filing_window,
    month_window,
    window_to_file,
)

RECORD_WORKING_DAYS = 3
ACCOUNT_REMINDER_DAYS = 30


class Owner(StrEnum):
    """Who has the ball."""

    CLAIMANT = "claimant"
    BPJS = "bpjs"
    OFFICER = "officer"
    BANK = "bank"
    TREASURER = "treasurer"
    NOBODY = "nobody"


class Todo(StrEnum):
    """What the engine itself has to do now."""

    FETCH_RECORD = "fetch_record"
    TRANSFER = "transfer"
    WAIT = "wait"
    FINISH = "finish"


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
class Awaited:
    """One thing awaited: what, of whom, until when (UTC), by which article, and what happens then."""

    what: str
    owner: Owner
    until: datetime
    article: str
    consequence: str
    month: int = 0


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
    def attention(self) -> tuple[object, ...]:
        """What a change must wake the workflow for: what to do, whom it waits for, until when."""
        balls = tuple((awaited.owner, awaited.until, awaited.month) for awaited in self.awaited)
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
    if claim.layoff is None or (claim.ending is not None and not open_orders(claim, s)):
        return Step(status, Todo.FINISH, (), None)
    if status is Status.REPORTED:
        return _await_filing(claim, s)
    if status is Status.VALIDATING:
        return _await_record(claim, s)
    if status is Status.REFERRED:
        return _await_officer(claim, s)
    if status is Status.DENIED:
        return _await_another_filing(claim, s)
    return _in_benefit(claim, s, status)


def open_orders(claim: Claim, s: Situation) -> tuple[tuple[BenefitMonth, Order], ...]:
    """Orders that are ordered, being sent or of open outcome."""
    rows = (OrderRow.ORDERED, OrderRow.SENDING, OrderRow.UNKNOWN)
    live = (OrderState.ORDERED, OrderState.SENT)
    return tuple(
        (month, order)
        for month in claim.months
        for order in month.orders
        if order.state in live and s.row(order.order_id) in rows
    )


def still_due(until: datetime, at: datetime, calendar: Calendar) -> datetime:
    """A date that is passed without consequence: due again at the end of the next working day."""
    return until if until > at else end_of(calendar.working_days_after(day_of(at), 1))


def _await_filing(claim: Claim, s: Situation) -> Step:
    assert claim.layoff is not None, "a stream begins with a layoff"
    window = filing_window(claim.layoff.laid_off_on, s.law)
    awaited = Awaited("filing", Owner.CLAIMANT, window.closes_at, window.article, "the right lapses")
    instants = filing_instants(window.closes_at)
    return Step(Status.REPORTED, Todo.WAIT, (awaited,), _next_of(instants, s))


def _await_another_filing(claim: Claim, s: Situation) -> Step:
    window = window_to_file(claim, s.law)
    awaited = Awaited(
        "filing_again", Owner.CLAIMANT, window.closes_at, window.article, "the refusal becomes final"
    )
    return Step(Status.DENIED, Todo.WAIT, (awaited,), window.closes_at)


def _await_record(claim: Claim, s: Situation) -> Step:
    assert claim.filing is not None, "validation begins with a filing"
    due = end_of(s.calendar.working_days_after(claim.filing.filed_on, RECORD_WORKING_DAYS))
    awaited = Awaited(
        "contribution_record",
        Owner.BPJS,
        still_due(due, s.at, s.calendar),
        procedure_article(s, "13(6)"),
        "BPJS Ketenagakerjaan is asked again",
    )
    return Step(Status.VALIDATING, Todo.FETCH_RECORD, (awaited,), None)


def _await_officer(claim: Claim, s: Situation) -> Step:
    referred = claim.decision
    assert isinstance(referred, e.ClaimReferred), "only a referred claim waits for an officer"
    until = still_due(referred.answer_due_at, s.at, s.calendar)
    awaited = Awaited("officer_decision", Owner.OFFICER, until, referred.article, "it shows as overdue")
    return Step(Status.REFERRED, Todo.WAIT, (awaited,), until)


def _in_benefit(claim: Claim, s: Situation, status: Status) -> Step:
    under_way = tuple(month for month, _ in open_orders(claim, s))
    owed = () if claim.ending is not None else claim.owed_months
    unpaid = (month for month in claim.months if month in owed or month in under_way)
    payments = tuple(_await_payment(month, s) for month in unpaid if _unpaid(month))
    month = current_month(claim)
    awaited = payments + (() if month is None else (_await_month(claim, month, s),))
    to_send = tuple(
        order.order_id
        for _, order in open_orders(claim, s)
        if not s.payments_stopped and s.row(order.order_id) is OrderRow.ORDERED
    )
    if not awaited and all_settled(claim):
        return Step(status, Todo.FINISH, (), None, benefit_month=_reached(claim))
    instants = [*payment_instants(claim), *(a.until for a in payments if a.owner is Owner.CLAIMANT)]
    if month is not None:
        instants += month_instants(claim, month, s.law, s.calendar)
    return Step(
        status,
        Todo.TRANSFER if to_send else Todo.WAIT,
        awaited,
        _next_of(instants, s),
        benefit_month=_reached(claim) if month is None else month,
        order_ids=to_send,
    )


def current_month(claim: Claim) -> int | None:
    """The first month that is owed and not yet decided; none of a claim that has ended."""
    if claim.ending is not None:
        return None
    return next((m.number for m in claim.owed_months if not m.decided), None)


def _reached(claim: Claim) -> int:
    return max((m.number for m in claim.months if m.decided), default=0)


def _unpaid(month: BenefitMonth) -> bool:
    return month.authorized is not None and not month.settled


def _await_month(claim: Claim, month: int, s: Situation) -> Awaited:
    window = month_window(claim, month, s.law, s.calendar)
    missing = unmet(
        tuple(r for r in month_reasons(claim, month, s.law) if r.ground is not Ground.NOT_CERTIFIED_IN_TIME)
    )
    what = "certification" if missing is None else missing.condition
    return Awaited(what, Owner.CLAIMANT, window.closes_at, window.article, "the month is forfeited", month)


def _await_payment(month: BenefitMonth, s: Situation) -> Awaited:
    assert month.authorized is not None, "only an authorized month is paid"
    until, article = month.authorized.pay_until, procedure_article(s, "13(6)")
    order = month.last_order
    due = still_due(until, s.at, s.calendar)
    if order is not None and needs_new_account(order):
        due = _account_due(order, month.authorized, s)
        return Awaited("bank_account", Owner.CLAIMANT, due, article, "the claimant is reminded", month.number)
    if order is not None and s.payments_stopped and s.row(order.order_id) is OrderRow.ORDERED:
        return Awaited("payments_resumed", Owner.TREASURER, due, article, "it shows as overdue", month.number)
    return Awaited("transfer", Owner.BANK, due, article, "the bank is asked again", month.number)


def _account_due(order: Order, authorized: e.BenefitAuthorized, s: Situation) -> datetime:
    return account_reminder_before(order, authorized, s.at) + timedelta(days=ACCOUNT_REMINDER_DAYS)


def account_reminder_before(order: Order, authorized: e.BenefitAuthorized, at: datetime) -> datetime:
    """The newest reminder instant at or before an instant; the first is the refusal itself."""
    since = authorized.pay_until if order.failure is None else order.failure.try_again_at
    periods = max((at - since) // timedelta(days=ACCOUNT_REMINDER_DAYS), 0)
    return since + periods * timedelta(days=ACCOUNT_REMINDER_DAYS)


def filing_instants(closes_at: datetime) -> tuple[datetime, ...]:
    """When something happens while the filing is awaited: the reminder, the deadline."""
    return (closes_at - timedelta(days=REMINDER_DAYS_BEFORE_FILING_CLOSES), closes_at)


def month_instants(claim: Claim, month: int, law: Law, calendar: Calendar) -> tuple[datetime, ...]:
    """When something happens while a month is awaited: its opening, the reminder, the deadline."""
    window = month_window(claim, month, law, calendar)
    reminder = window.closes_at - timedelta(days=REMINDER_DAYS_BEFORE_MONTH_CLOSES)
    if opening_is_announced(claim, month):
        return (window.opens_at, reminder, window.closes_at)
    return (reminder, window.closes_at)


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
        for month in claim.owed_months
        if (order := month.last_order) is not None
        and order.failure is not None
        and not needs_new_account(order)
    )


def _next_of(instants: list[datetime] | tuple[datetime, ...], s: Situation) -> datetime | None:
    """The next instant that has not taken effect; inside the grace a deadline is still to come."""
    return min((instant for instant in instants if instant > s.at - s.grace), default=None)
