"""The wake-up and order protocol of one claim as a finite state machine: no clock, no I/O, no randomness.

One claim stream with one certification (``first``), one re-employment (``second``) and one deadline, its
wake-up row, its workflow run, the relay, the sweep, two attempts at one payment, and the bank. Each function
that yields moves is one actor. ``docs/protocol-model.md`` says what was left out and why.
"""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from protocol.variant import Variant

# Plain integers: an IntEnum hashes its name, and these states are hashed by the million.
NOT_SENT, IN_HAND, RECORDED, IN_INBOX, DROPPED, SET_APART = range(6)
OPEN, FORFEITED, CERTIFIED = range(3)
NO_ORDER, ORDERED, SENDING, UNKNOWN, FINAL = range(5)
NO_REQUEST, PAID, REJECTED = range(3)
NO_CALL, BEFORE_WRITE, AFTER_WRITE = range(3)
NO_RUN, CLOSED, STEPPING, ANSWERED, IDLE = range(5)
EMPTY, LEFT_OUT, CARRIED = range(3)
HEARD, UNHEARD, EXCUSED = range(3)
WAIT, PAY, BANK, MAIL, END = range(5)

SYSTEM: Final = 0  # what goes on by itself, sooner or later
WORLD: Final = 1  # what may or may not happen: messages, the programme clock
FAULT: Final = 2  # taken from the budget

ONE_SEND: Final = "one send per order"
NO_OVERLAP: Final = "no second send while a first may run"
CLEAN_END: Final = "no run ends with something pending"
ONE_CALL: Final = "one call per lease"


class Claim(NamedTuple):
    """What the stream holds, and the clock it is decided by; ``notice`` is 1 while a letter is unsent."""

    clock: int = 0
    first: int = NOT_SENT
    second: int = NOT_SENT
    month: int = OPEN
    notice: int = 0


class Order(NamedTuple):
    """The latest attempt at the payment; ``overlap``: the one before was given up while it might run."""

    attempt: int = 1
    state: int = NO_ORDER
    bank: int = NO_REQUEST
    past: int = 0
    call: int = NO_CALL
    queued: int = 0
    asked_early: int = 0
    overlap: int = 0


class Row(NamedTuple):
    """The wake-up row (``wanted``: wanted > seen) and the relay's calls; strays: of wants already seen."""

    wanted: int = 1
    lease: int = 0
    calls: int = 0
    strays: int = 0


class Run(NamedTuple):
    """The workflow run; ``heard`` is a ghost: whether the run knows the answer that a step would give now."""

    at: int = NO_RUN
    flag: int = 0
    inbox: int = EMPTY
    answer: int = WAIT
    timer: int = 0
    listens: int = 0
    heard: int = HEARD


class Loose(NamedTuple):
    """What lives on its own: an e-mail being sent, and steps whose caller is gone."""

    mailing: int = 0
    orphans: int = 0
    orphans_with_message: int = 0


class State(NamedTuple):
    """Everything at one instant; ``faults`` is what is left of the budget."""

    claim: Claim = Claim()
    order: Order = Order()
    row: Row = Row()
    run: Run = Run()
    loose: Loose = Loose()
    faults: int = 2


class Move(NamedTuple):
    """One transition: whose (SYSTEM, WORLD or FAULT), where to, and the check it breaks, if any."""

    name: str
    kind: int
    state: State
    broken: str = ""


Moves = Iterator[Move]


def paying(order: Order) -> bool:
    return order.state in (ORDERED, SENDING, UNKNOWN)


def is_due(claim: Claim) -> bool:
    return claim.clock == 1 and claim.month == OPEN and claim.second != RECORDED


def next_step(claim: Claim, order: Order) -> int:
    """What a step answers: the one thing to be done now, or whom to wait for."""
    if paying(order):
        return PAY if order.state == ORDERED else BANK
    if claim.month == OPEN and claim.second != RECORDED:
        return WAIT
    return MAIL if claim.notice else END


def concern(claim: Claim, order: Order) -> tuple[int, int, int]:
    """What must change for a run to be woken; ordered, sending and unknown are one and the same transfer."""
    step = next_step(claim, order)
    return (PAY, order.attempt, claim.notice) if step == BANK else (step, order.attempt, claim.notice)


def after_deadline(claim: Claim) -> Claim:
    return claim._replace(month=FORFEITED, notice=1) if is_due(claim) else claim


def forgotten(claim: Claim, order: Order) -> Claim:
    """Forget what no actor can tell apart: the clock after certification, a month whose right ended."""
    if claim.second == RECORDED:
        return Claim(1, RECORDED, RECORDED, CERTIFIED, claim.notice)
    if claim.month == CERTIFIED:
        over = order.state == FINAL and claim.second == NOT_SENT
        return Claim(1, RECORDED, RECORDED if over else claim.second, CERTIFIED, claim.notice)
    return claim


def with_second(claim: Claim, order: Order) -> tuple[Claim, Order]:
    """Re-employment recorded: the right ends, and with it an order that was not yet sent."""
    claim = after_deadline(claim)._replace(second=RECORDED)
    return claim, Order(state=FINAL) if order.state == ORDERED else order


def is_open(run: Run) -> bool:
    return run.at >= STEPPING


def ask(run: Run) -> Run:
    """The flag is cleared and the step called with what is in the inbox: one workflow task."""
    return Run(STEPPING, 0, CARRIED if run.inbox else EMPTY, WAIT, 0, run.listens, HEARD)


def wake(run: Run) -> Run:
    return ask(run) if run.at == IDLE else run._replace(flag=1)


def activity_ended(s: State) -> State:
    """An activity is over; if it was the last that the run listens to, the run asks again."""
    if s.run.listens and s.order.call == NO_CALL and not s.order.queued:
        return s._replace(run=wake(s.run)._replace(listens=0))
    return s


def others_step(s: State, claim: Claim, order: Order, variant: Variant, *, lease: bool = False) -> State:
    """Commit a step called by anyone but the run itself: it only ever adds to ``wanted``."""
    claim = forgotten(claim, order)
    if concern(s.claim, s.order) == concern(claim, order):
        return s._replace(claim=claim, order=order)
    row = s.row._replace(wanted=1, lease=1 if lease else s.row.lease)
    if variant.api_step_sets_seen:
        row = row._replace(wanted=0, lease=0)
    run = s.run._replace(heard=UNHEARD) if s.run.at in (ANSWERED, IDLE) else s.run
    return s._replace(claim=claim, order=order, row=row, run=run)


def own_step(s: State, variant: Variant, *, with_message: bool) -> State:
    """Commit a step of the workflow's own, whoever still listens: everything wanted so far counts as seen."""
    claim, order = after_deadline(s.claim), s.order
    if with_message and variant.unrecordable == "no":
        claim, order = with_second(s.claim, s.order)
    elif with_message and variant.unrecordable == "set apart" and claim.second != RECORDED:
        claim = claim._replace(second=SET_APART)
    row = Row(0, 0, 0, s.row.calls + s.row.strays)
    return s._replace(claim=forgotten(claim, order), order=order, row=row)


def door(s: State, variant: Variant) -> Moves:
    """The API and whoever signals the workflow directly."""
    claim, order = s.claim, s.order
    if claim.first == NOT_SENT and not claim.clock:
        yield Move("certification received in time", WORLD, s._replace(claim=claim._replace(first=IN_HAND)))
    if claim.first == NOT_SENT and claim.clock:
        late = after_deadline(claim)._replace(first=RECORDED)
        yield Move("certification recorded late", WORLD, others_step(s, late, order, variant))
    if claim.first == IN_HAND:
        new = claim._replace(first=RECORDED, month=CERTIFIED, notice=0)
        quiet = s._replace(loose=s.loose._replace(mailing=0))
        yield Move("certification recorded", WORLD, others_step(quiet, new, Order(1, ORDERED), variant))
    if claim.second == NOT_SENT:
        yield Move("re-employment recorded", WORLD, others_step(s, *with_second(claim, order), variant))
        if is_open(s.run):
            told = wake(s.run._replace(inbox=LEFT_OUT))
            direct = s._replace(claim=claim._replace(second=IN_INBOX), run=told)
            yield Move("re-employment signalled directly", WORLD, direct)


def programme_clock(s: State, variant: Variant) -> Moves:
    if not s.claim.clock:
        moved = s._replace(claim=s.claim._replace(clock=1))
        if variant.stepped and is_due(moved.claim):
            moved = moved._replace(row=s.row._replace(wanted=1))
        yield Move("clock moved", WORLD, moved)


def started_or_woken(s: State, variant: Variant) -> State:
    if not is_open(s.run):
        return s._replace(run=ask(Run()))
    return s._replace(run=wake(s.run)) if variant.signals_when_starting else s


def relay(s: State, variant: Variant) -> Moves:
    row = s.row
    if row.wanted and not row.lease and row.calls + row.strays < variant.relays:
        wanted = 0 if variant.delivered == "on send" else 1
        lease = 0 if variant.lease == "after call" or not wanted else 1
        taken = s._replace(row=Row(wanted, lease, row.calls + 1, row.strays))
        yield Move("relay calls", SYSTEM, taken, ONE_CALL if row.calls else "")
    if row.calls:
        lease = 1 if variant.lease == "after call" and row.wanted else row.lease
        arrived = s._replace(row=Row(row.wanted, lease, row.calls - 1, row.strays))
        yield Move("relay's call arrives", SYSTEM, started_or_woken(arrived, variant))
    if row.strays:
        arrived = s._replace(row=row._replace(strays=row.strays - 1))
        yield Move("stray call arrives", SYSTEM, started_or_woken(arrived, variant))
    if row.lease and not row.calls and variant.lease != "endless":
        yield Move("lease over", SYSTEM, s._replace(row=row._replace(lease=0)))


def sweep(s: State, variant: Variant) -> Moves:
    todo = variant.keeps_todo_since and (s.order.state == ORDERED or s.claim.notice)
    busy = s.run.at in (STEPPING, ANSWERED) or s.row.calls or s.row.strays
    waits = s.row.wanted or (busy and variant.patient_sweep)
    if variant.sweeps and not waits and (is_due(s.claim) or todo):
        yield Move("sweep wakes", SYSTEM, s._replace(row=s.row._replace(wanted=1)))


def hear(s: State, variant: Variant) -> Move:
    """The step's answer reaches the run, which does the one thing named, and asks again if it was woken."""
    run, order, loose = s.run, s.order, s.loose
    flag = 0 if variant.flag_cleared == "after step" else run.flag
    inbox = EMPTY if run.inbox == CARRIED else run.inbox
    if run.answer == END and (variant.closes_with_flag or not flag):
        pending = run.flag or inbox
        return Move("run closes", SYSTEM, s._replace(run=Run(CLOSED)), CLEAN_END if pending else "")
    if s.claim.notice and run.answer == MAIL:
        loose = loose._replace(mailing=1)
    listens = run.listens if run.answer in (PAY, BANK) else 0
    if run.answer == PAY and not listens:
        order, listens = order._replace(queued=min(2, order.queued + 1)), 1
    timer = 1 if run.answer == WAIT and not variant.stepped else 0
    idle = Run(IDLE, 0, inbox, WAIT, timer, listens, run.heard)
    return Move("run hears", SYSTEM, s._replace(order=order, loose=loose, run=ask(idle) if flag else idle))


def workflow(s: State, variant: Variant) -> Moves:
    run = s.run
    if run.at == STEPPING:
        if run.inbox == CARRIED and variant.unrecordable == "tried for ever":
            yield Move("own step fails", SYSTEM, s)
            return
        done = own_step(s, variant, with_message=run.inbox == CARRIED)
        answer = next_step(done.claim, done.order)
        yield Move("own step commits", SYSTEM, done._replace(run=run._replace(at=ANSWERED, answer=answer)))
    if run.at == ANSWERED:
        yield hear(s, variant)
    if run.at == IDLE and run.timer and s.claim.clock:
        yield Move("timer fires", SYSTEM, s._replace(run=ask(run)))
    if s.loose.mailing:
        sent = s._replace(loose=s.loose._replace(mailing=0))
        yield Move("notice sent", SYSTEM, others_step(sent, s.claim._replace(notice=0), s.order, variant))


def orphans(s: State, variant: Variant) -> Moves:
    """Steps that nobody waits for any more: each may still commit, and so may hide a change from the run."""
    for with_message, field in ((False, "orphans"), (True, "orphans_with_message")):
        count: int = getattr(s.loose, field)
        if not count:
            continue
        gone = s._replace(loose=s.loose._replace(**{field: count - 1}))
        done = own_step(gone, variant, with_message=with_message)
        news = s.run.heard != HEARD or concern(s.claim, s.order) != concern(done.claim, done.order)
        if news and s.run.at in (ANSWERED, IDLE):
            done = done._replace(run=s.run._replace(heard=EXCUSED))
        yield Move("orphaned step commits", WORLD, done)


def outcome(s: State, variant: Variant, *, paid: bool, own: bool = False) -> State:
    """Record a final outcome: paid, or refused and then, while the right lasts, one more attempt."""
    claim, old = s.claim, s.order
    may_write = old.call == BEFORE_WRITE and (variant.sends_after_last_instant or not old.past)
    if not paid and old.attempt == 1 and claim.second != RECORDED:
        order = Order(2, ORDERED, overlap=int(may_write or old.bank == PAID))
    else:
        claim, order = claim._replace(notice=1), Order(state=FINAL)
    return activity_ended(others_step(s, claim, order, variant, lease=own))


def transfer(s: State, variant: Variant) -> Moves:
    """The transfer activity: statement, write, answer. A later execution finds the order moved on."""
    order = s.order
    if order.queued:
        first = order.state == ORDERED
        again = variant.sends_from_sending and order.state in (SENDING, UNKNOWN) and order.call == NO_CALL
        one_less = order._replace(queued=order.queued - 1)
        if first or again:
            begun = one_less._replace(state=SENDING, call=BEFORE_WRITE)
            yield Move("order moved to sending", SYSTEM, s._replace(order=begun))
        else:
            ended = activity_ended(s._replace(order=one_less))
            yield Move("transfer finds the order moved on", SYSTEM, ended)
    if order.call == BEFORE_WRITE and (not order.past or variant.sends_after_last_instant):
        yield from write(s, variant)
    if order.call == BEFORE_WRITE and order.past:
        yield Move("transfer is too late to write", SYSTEM, call_ends(s))
    if order.call == AFTER_WRITE:
        done = outcome(s, variant, paid=order.bank == PAID, own=True)
        yield Move("bank's answer recorded", SYSTEM, done)


def write(s: State, variant: Variant) -> Moves:
    """The bank decides as it is asked; a second attempt, whose story is the same, ends with its write."""
    order = s.order
    broken = ONE_SEND if order.bank != NO_REQUEST else NO_OVERLAP if order.overlap else ""
    if order.attempt == 2:
        done = outcome(s, variant, paid=True, own=True)
        yield Move("second attempt written and paid", SYSTEM, done, broken)
        return
    for verdict, name in ((PAID, "request written, bank pays"), (REJECTED, "request written, bank refuses")):
        written = order._replace(call=AFTER_WRITE, bank=verdict)
        yield Move(name, SYSTEM, s._replace(order=written), broken)


def call_ends(s: State, **order_fields: int) -> State:
    return activity_ended(s._replace(order=s.order._replace(call=NO_CALL, **order_fields)))


def last_instant(s: State, variant: Variant) -> Moves:
    """R5 nests the deadlines: a call that has written is over by then, one that has not may be frozen."""
    if s.order.state in (SENDING, UNKNOWN) and not s.order.past and s.order.call != AFTER_WRITE:
        yield Move("last instant of the send passes", SYSTEM, s._replace(order=s.order._replace(past=1)))


def asker(s: State, variant: Variant) -> Moves:
    """The transfer workflow asks the bank. Found is final; not found only if asked after the send's end."""
    order, rule = s.order, variant.not_found_is_final
    if order.asked_early:
        final = rule == "at once" or (order.past and rule == "recorded after the end")
        told = s._replace(order=order._replace(asked_early=0))
        yield Move("early not found recorded", SYSTEM, outcome(told, variant, paid=False) if final else told)
    elif order.state == UNKNOWN or (order.state == SENDING and order.past):
        if order.bank != NO_REQUEST:
            yield Move("found and recorded", SYSTEM, outcome(s, variant, paid=order.bank == PAID))
        if not order.past:
            yield Move("not found yet", SYSTEM, s._replace(order=order._replace(asked_early=1)))
        elif order.bank == NO_REQUEST:
            yield Move("not found and recorded", SYSTEM, outcome(s, variant, paid=False))


ACTORS: Final[tuple[Callable[[State, Variant], Moves], ...]] = (
    workflow, relay, sweep, transfer, last_instant, asker, orphans, door, programme_clock,
)  # fmt: skip


def moves(s: State, variant: Variant) -> Moves:
    """Every transition out of a state that is no fault."""
    for actor in ACTORS:
        yield from actor(s, variant)
