"""The walk over every state of a claim: breadth first over everything that may be said, and over time.

Two states are one where `Abstraction` sees the same in them; the first story that came to a state stands for
it. The walk ends by itself, when nothing new is reached. What it does not go on from, it has still looked at.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property, reduce

from builders import Story, a_layoff, a_report, rows_of, wib
from walk_inputs import Said, changes, messages, spelled

from claims import events as e
from claims.awaiting import Awaited, Owner
from claims.claim import OPEN_ORDER_STATES, Claim, Ending, Order, OrderState, Question
from claims.consequences import consequences, needs_new_account
from claims.deciding import decide
from claims.evolving import evolve
from claims.months import month_reasons, unmet
from claims.next_step import Status, Step, Todo, current_month, next_step, status_of
from claims.periods import day_of
from claims.questions import is_heard
from claims.reasons import Ground, Reason
from claims.situation import Situation
from claims.windows import month_window, reference_date

ACROSS = "both regimes"
STARTS = {"the regime of 2021": "2023-03-03", ACROSS: "2024-12-02", "the regime of 2025": "2025-03-03"}
GRACE = timedelta(minutes=2)
WORK_TAKES = timedelta(days=40)
TICKS_MAX = 40
Key = tuple[object, ...]


@dataclass
class Place:
    """A state: where the walk began, the story so far, the instant, and by which inputs it was reached."""

    start: str
    story: Story
    at: datetime
    way: tuple[str, ...] = ()

    @cached_property
    def situation(self) -> Situation:
        """The situation at the place."""
        return self.story.situation(self.at)

    @cached_property
    def step(self) -> Step:
        """Who has the ball."""
        return next_step(self.story.claim, self.situation)


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
            return (*head, orders(here, tuple(_all_orders(claim))), _kept(claim))
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


def _all_orders(claim: Claim) -> Iterator[Order]:
    return (order for month in claim.months for order in month.orders)


def orders(here: Place, some: tuple[Order, ...]) -> tuple[str, ...]:
    """The orders that are not settled, by class."""
    classes = {order_class(here, order) for order in some}
    return tuple(sorted(classes - {"settled", "cancelled"}))


def order_class(here: Place, order: Order) -> str:
    """Where an order stands, the table of orders included."""
    if order.state is OrderState.ORDERED and order.order_id in here.story.being_sent:
        return "sending"
    if order.state is OrderState.FAILED:
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
    return f"{about} {'heard' if is_heard(here.story.claim, question, here.situation) else 'not heard'}"


def _particulars(here: Place) -> Iterator[str]:
    """The particulars of a claim in benefit, the weightiest first."""
    claim = here.story.claim
    yield from sorted({_question(question, here) for question in claim.open_questions})
    if claim.record_wanted:
        yield "a record is wanted"
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
        if classes and (when != "now" or classes[0] not in ("ordered", "sent")):
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


@dataclass
class Walk:
    """What was found: places by what is seen of them, and everything met on the ways between them."""

    places: dict[Key, Place] = field(default_factory=dict)
    transitions: int = 0
    inputs: set[str] = field(default_factory=set)
    steps: set[tuple[Status, Todo]] = field(default_factory=set)
    awaited: set[tuple[Status, str, Owner, str, str]] = field(default_factory=set)
    edges: set[tuple[Status, Status, str]] = field(default_factory=set)

    def note(self, here: Place) -> None:
        """Keep what a place shows, without its dates."""
        status = here.step.status
        self.steps.add((status, here.step.todo))
        for each in here.step.awaited:
            self.awaited.add((status, each.what, each.owner, each.article, each.consequence))


def walk(abstraction: Abstraction, starts: dict[str, str] = STARTS) -> Walk:
    """Every state that is reached from a layoff reported on each of some days."""
    found, queue = Walk(), deque[Place]()
    for start, day in starts.items():
        story = replace(Story(), grace=GRACE).when(a_report(a_layoff(day)), day)
        queue.append(Place(start, story, wib(day)))
    for first in queue:
        found.places[abstraction.sees(first)] = first
        found.note(first)
    while queue:
        here = queue.popleft()
        for name, there in ways(here, abstraction):
            found.transitions += 1
            found.inputs.add(name)
            there.way = (*here.way, name)
            found.edges.update(_edges(here, there))
            found.note(there)
            check(there)
            key = abstraction.sees(there)
            if key not in found.places:
                found.places[key] = there
                queue.append(there)
                check_at_rest(there)
    return found


def _edges(here: Place, there: Place) -> Iterator[tuple[Status, Status, str]]:
    """What moved the claim from one status to another; `ClaimReinstated` only opens the way for the next."""
    claim, before = here.story.claim, here.step.status
    for event in there.story.events[len(here.story.events) :]:
        claim = evolve(claim, event)
        after = before if isinstance(event, e.ClaimReinstated) else status_of(claim)
        if after is not before:
            yield before, after, type(event).__name__
        before = after


def ways(here: Place, abstraction: Abstraction) -> Iterator[tuple[str, Place]]:
    """Every way on from a place: what may be said, what happens around the claim, the passing of time."""
    due = here.step.next_at
    for said in messages(here.story, here.at, due if due is not None and due <= here.at else None):
        yield said.name, _heard(here, said)
    for name, story in changes(here.story):
        yield name, Place(here.start, story, here.at)
    later = _time_passes(here, abstraction)
    if later is not None:
        yield "time", later


def _heard(here: Place, said: Said) -> Place:
    """One step with a message: nothing is due before it, unless a deadline has its grace."""
    in_grace = here.step.next_at is not None and here.step.next_at <= here.at
    story, s = here.story, here.situation
    if in_grace or said.received_at is not None:
        story = story.when(said.message, spelled(here.at), received=spelled(said.received_at or here.at))
        return Place(here.start, _settled(story), here.at)
    decided = decide(story.claim, said.message, s).events
    claim = reduce(evolve, decided, story.claim)
    s = replace(s, order_rows=rows_of(claim, story.being_sent))
    followed = tuple(effect.event for effect in consequences(claim, s))
    claim = reduce(evolve, followed, claim)
    story = replace(story, events=story.events + decided + followed, claim=claim)
    return Place(here.start, _settled(story), here.at)


def _settled(story: Story) -> Story:
    """An order whose outcome is known is no longer being sent."""
    ordered = {order.order_id for order in _all_orders(story.claim) if order.state is OrderState.ORDERED}
    sending = tuple(order_id for order_id in story.being_sent if order_id in ordered)
    if sending == story.being_sent and not story.added and story.answer is None:
        return story
    return replace(story, being_sent=sending, added=(), answer=None)


def _time_passes(here: Place, abstraction: Abstraction) -> Place | None:
    """Time goes on by `next_at` alone until something is seen otherwise; nothing where nothing ever is."""
    key = abstraction.sees(here)
    for _ in range(TICKS_MAX):
        at = _next_instant(here)
        if at is None:
            return None
        here = Place(here.start, _settled(here.story.wake(spelled(at))), at)
        check(here)
        if abstraction.sees(here) != key:
            return here
    return None


def _next_instant(here: Place) -> datetime | None:
    """When to look again: the next instant, or the end of its grace; a record that is fetched takes time."""
    after = here.step.next_at
    if after is None:
        return here.at + WORK_TAKES if here.step.todo is Todo.FETCH_RECORD else None
    at = after if after > here.at else after + here.story.grace
    assert at > here.at, "time goes on"
    return at


def check(here: Place) -> None:
    """Nobody is left without an owner, a date to come, an article and a consequence."""
    try:
        _check(here)
    except AssertionError as wrong:
        raise AssertionError(f"{wrong}\nby the way of {' / '.join(here.way)} at {here.at}") from wrong


def _check(here: Place) -> None:
    step = here.step
    assert here.story.claim.reconsider is None, "what came after a decision is looked at at once"
    if step.todo is Todo.FINISH:
        check_finished(here)
        return
    assert step.awaited, f"somebody has the ball: {step}"
    for awaited in step.awaited:
        check_awaited(awaited, here)
    if step.next_at is None:
        assert step.todo is not Todo.WAIT or waits_for_a_word(step), f"nobody comes back to it: {step}"
    else:
        assert step.next_at + here.story.grace > here.at, f"time stands still: {step}"
    if step.todo is Todo.TRANSFER:
        ordered = {o.order_id for o in _all_orders(here.story.claim) if o.state is OrderState.ORDERED}
        assert step.order_ids, "there is something to transfer"
        assert set(step.order_ids) <= ordered - set(here.story.being_sent)


def check_awaited(awaited: Awaited, here: Place) -> None:
    """An owner, a date to come, an article, a consequence; inside its grace a deadline is still to come."""
    assert awaited.owner.value != "nobody"
    in_grace = here.step.next_at is not None and awaited.until == here.step.next_at
    assert awaited.until > here.at - (here.story.grace if in_grace else timedelta()), f"over: {awaited}"
    assert any(word in awaited.article for word in ("Pasal", "Peraturan", "assumption:")), awaited
    assert awaited.consequence


def waits_for_a_word(step: Step) -> bool:
    """Whether only others can bring the claim on: the bank, the treasurer, the employer, BPJS."""
    return all(a.owner.value in ("bank", "treasurer", "employer", "bpjs") for a in step.awaited)


def check_finished(here: Place) -> None:
    """A claim that is finished owes nothing, asks nothing and has nothing at the bank."""
    claim, step = here.story.claim, here.step
    assert (step.awaited, step.next_at, step.order_ids) == ((), None, ())
    assert not [order for order in _all_orders(claim) if order.state in OPEN_ORDER_STATES]
    assert not claim.open_questions, f"finished with a question open: {claim.open_questions}"
    if claim.ending in (None, Ending.EXHAUSTED):
        assert [m.number for m in claim.owed_months if m.authorized is not None and not m.settled] == []
    assert claim.ending is not None or claim.ceased is not None, "nobody finishes a claim that goes on"


def check_at_rest(here: Place) -> None:
    """Looking again changes nothing."""
    again = here.story.wake(spelled(here.at))
    assert again.events == here.story.events, "looking again changes nothing"
