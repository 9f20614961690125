"""What is seen of a place in the walk over every state of a claim, so that two states may be one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from support.builders import Story

from claims import events as e
from claims.agenda.next_step import NextStep, current_month, next_step
from claims.entitlement.months import month_reasons, unmet
from claims.entitlement.windows import month_window, reference_date
from claims.state.claim import Claim, Order
from claims.state.hearings import Question
from claims.transitions.automatic import needs_new_account
from claims.transitions.questions import is_heard
from law.grounds import Ground, Reason
from law.periods import day_of
from payments.context import DecisionContext
from payments.orders import OrderState

ACROSS = "both regimes"
Key = tuple[object, ...]


@dataclass
class Place:
    """A state: where the walk began, the story so far, the instant, and by which inputs it was reached.

    `like` is a place of the same claim, orders and instant, whose step is therefore the same.
    """

    start: str
    story: Story
    at: datetime
    way: tuple[str, ...] = ()
    like: "Place | None" = None

    @cached_property
    def context(self) -> DecisionContext:
        """The context at the place."""
        return self.story.context(self.at)

    @cached_property
    def step(self) -> NextStep:
        """The responsible party."""
        return next_step(self.story.claim, self.context) if self.like is None else self.like.step


@dataclass(frozen=True)
class Abstraction:
    """What is seen of a state: where it stands, and the first few of its particulars.

    Identities, amounts and the history of finished months are not seen. A claim with particulars is seen
    less sharply: months 2 to 5 as one, and of the evidence only whether it is enough. Of a claim whose months
    fall into both regimes one particular fewer is seen.
    """

    particulars: int

    def sees(self, here: Place) -> Key:
        """What two states that are one have in common."""
        claim, step = here.story.claim, here.step
        head = (here.start, step.status, step.todo)
        seen = self.particulars - (here.start == ACROSS)
        if claim.ending is not None:
            return (*head, orders(here, tuple(all_orders(claim))), _kept(claim))
        if claim.approved is None:
            return (*head, months_begun_on(here), tuple(_before_approval(here))[: seen + 1])
        special = tuple(_particulars(here))
        return (*head, *month_as_seen(here, bool(special)), special[:seen])


def months_begun_on(here: Place) -> int:
    """How far time has gone over a claim not yet approved: no, one, or several reference dates."""
    if here.story.claim.filing is None:
        return 0
    today = day_of(here.at)
    return sum(1 for month in (2, 3) if reference_date(here.story.claim, month) <= today)


def _kept(claim: Claim) -> tuple[object, ...]:
    """What an ended claim would come back with."""
    authorized = any(month.authorized is not None for month in claim.months)
    decided = None if claim.decision is None else claim.decision.type
    filed = (claim.filing is not None, decided, bool(claim.questions))
    return (*filed, authorized, claim.ceased is not None, claim.died_on is not None)


def all_orders(claim: Claim) -> Iterator[Order]:
    """Every attempt to pay anything."""
    return (order for month in claim.months for order in month.orders)


def orders(here: Place, some: tuple[Order, ...]) -> tuple[str, ...]:
    """The orders that are not settled, by class."""
    classes = {order_class(here, order) for order in some}
    return tuple(sorted(classes - {"settled", "cancelled"}))


def order_class(here: Place, order: Order) -> str:
    """Where an order stands, the table of orders included."""
    if order.state is OrderState.ORDERED and order.order_id in here.story.being_sent:
        return "sending"
    if order.state is OrderState.REFUSED:
        return "needs account" if needs_new_account(order) else "failed, to be tried again"
    return order.state.value


def _before_approval(here: Place) -> Iterator[str]:
    """The particulars of a claim that nobody has granted, the weightiest first."""
    claim = here.story.claim
    if claim.died_on is not None or claim.reemployed_since is not None:
        yield _ended_before(claim)
    if isinstance(claim.decision, e.ClaimReferred):
        heard = claim.referral_answered or (claim.decision.heard_until or here.at) <= here.at
        yield f"{_referral(claim.decision)} {'heard' if heard else 'not heard'}"
    yield from sorted({_question(question, here) for question in claim.open_questions})
    if claim.record_wanted:
        yield "a record is wanted"
    if any(not objection.closed for objection in claim.objections):
        yield "an objection is open"
    if not claim.reports_agree:
        yield "the reports contradict each other"
    elif len(claim.reports) > 1:
        yield "both reported"
    if claim.stood_refused and claim.denied is None:
        yield "was refused"


def _ended_before(claim: Claim) -> str:
    """Dead or at work, before the filing or after it."""
    day = claim.died_on or claim.reemployed_since
    assert day is not None, "one of the two has a day"
    return "dead before the filing" if claim.filing and day < claim.filing.filed_on else "dead or at work"


def _referral(referred: e.ClaimReferred) -> str:
    """What a person is asked: who pays, or whether."""
    if any(r.condition == "arrears" and r.ground is not Ground.MET for r in referred.reasons):
        return "who pays"
    return "never registered" if referred.ground is Ground.PROGRAMMES_INCOMPLETE else "whether"


def _question(question: Question, here: Place) -> str:
    """A question by what follows from it, and whether the claimant was heard."""
    known = (Ground.DECEASED, Ground.WAGE_CORRECTED, Ground.DOCUMENTS_MISSING)
    ground = question.asked.ground
    about = ground.value if ground in known else "doubt" if question.asked.months else "doubt, no month"
    return f"{about} {'heard' if is_heard(here.story.claim, question, here.context) else 'not heard'}"


def _particulars(here: Place) -> Iterator[str]:
    """The particulars of a claim in benefit, the weightiest first."""
    claim = here.story.claim
    yield from sorted({_question(question, here) for question in claim.open_questions})
    if claim.record_wanted:
        yield "a record is wanted"
    if any(not objection.closed for objection in claim.objections):
        yield "an objection is open"
    if claim.ceased is not None:
        yield f"ceased, {claim.ceased.basis.kind}, {_granted(claim)}"
    yield from _of_payments(here)
    if here.story.payments_stopped:
        yield "payments stopped"
    if not claim.reports_agree:
        yield "the reports contradict each other"
    if any(month.forfeited for month in claim.months):
        yield "a month is lost"
    if claim.approved is not None and claim.approved.catch_up_from is not None:
        yield "was refused"


def _granted(claim: Claim) -> str:
    if not any(month.authorized is not None for month in claim.months):
        return "nothing granted"
    return "something owed" if claim.last_month_owed else "nothing owed"


def _of_payments(here: Place) -> Iterator[str]:
    claim = here.story.claim
    if claim.employer_pays:
        unpaid = [m for m in claim.owed_months if m.authorized is not None and not m.settled]
        yield "employer pays: " + (
            "part" if any(m.employer_paid_idr for m in unpaid) else str(len(unpaid) > 0)
        )
    owing = [each for each in claim.owings if not each.settled and each.last_order is not None]
    newest = max((each.month for each in claim.owings), default=0)
    for when, some in (
        ("now", [each for each in owing if each.month == newest and each.obligation.startswith("benefit")]),
        ("before", [each for each in owing if each.month != newest]),
        ("difference", [each for each in owing if each.obligation.startswith("difference")]),
    ):
        classes = orders(here, tuple(each.last_order for each in some if each.last_order is not None))
        if classes and (when != "now" or classes[0] not in ("ordered", "unknown")):
            yield f"{when}: {classes[0]}"


def month_as_seen(here: Place, special: bool) -> tuple[object, ...]:
    """The month that is awaited: its number, the phase of its window, the application, the evidence."""
    claim = here.story.claim
    number = current_month(claim) or 0
    if number < 2:
        return (number,)
    window = month_window(claim, number, here.story.law, here.story.calendar)
    phase = "before" if here.at < window.opens_at else "open" if here.at < window.closes_at else "closed"
    missing = _missing(here, number)
    certified = claim.month(number).certified
    if special:
        return (2 if number <= 5 else number, phase, certified, missing is None)
    return (number, phase, certified, missing and missing.condition, orders(here, _newest(claim)))


def _newest(claim: Claim) -> tuple[Order, ...]:
    owings = [owing for owing in claim.owings if owing.last_order is not None]
    return tuple(owing.last_order for owing in owings[-1:] if owing.last_order is not None)


def _missing(here: Place, number: int) -> Reason | None:
    reasons = month_reasons(here.story.claim, number, here.story.law)
    return unmet(tuple(r for r in reasons if r.condition != "certification"))
