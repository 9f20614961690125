"""A step reads without a lock and writes under one: what may happen in between, as a finite state machine.

In the other model (`protocol.model`) a step happens at once, as it seems to while the write compares what was
read. Here it is two moves, beside all that may come between them; what makes them look like one is what the
mutants take away. One claim with an order, a letter and a deadline; a run and a step of it whose caller is
gone; a portal that ends the right, and sends the same message to another claim; a step of somebody else that
queues a letter and appends no event.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from protocol.search import Went

ORDERED, SENDING, CANCELLED = range(3)
NOBODY, OURS, OTHERS = range(3)
IDLE, ASKING, READ = range(3)
OF_THE_CLAIM = ("run", "orphan", "portal", "clerk")
MESSAGE, IN_TIME_THEN, ELSEWHERE, AGAIN, BY_HAND, REMINDED = (1 << n for n in range(6))

TRUE: Final = "what a step writes is true of what stands"
IN_TIME: Final = "what was received in time is in time"
NEVER_BOTH: Final = "no order is cancelled and at the bank"
ONCE: Final = "a message is recorded once"
ONE_CALL: Final = "one call per lease"


@dataclass(frozen=True)
class Checks:
    """The design; each field turned off is a mutant."""

    compares_revision: bool = True
    compares_generation: bool = True
    every_step_raises_revision: bool = True
    sending_raises_revision: bool = True
    letter_raises_revision: bool = True
    clock_begins_generation: bool = True
    stop_begins_generation: bool = True
    keeps_receipt: bool = True
    seen_is_what_was_read: bool = True
    frees_only_its_lease: bool = True
    order_must_move: bool = True
    message_must_be_new: bool = True


class Facts(NamedTuple):
    """What one statement reads: clock, payment stop, order, letter unsent, who has the message, the deadline.

    `cancelled` and `in_time` are what the stream says of the order, and of the message once it is recorded.
    """

    clock: int = 0
    stopped: int = 0
    order: int = ORDERED
    letter: int = 1
    message: int = NOBODY
    applied: int = 0
    cancelled: int = 0
    in_time: int = 1


class Reader(NamedTuple):
    """A step under way: what it read, when its message came, and the attention it read.

    `read` is None where it has not read yet, or has lost.
    """

    at: int = IDLE
    read: Facts | None = None
    received: int = 0
    pending: int = 0


class State(NamedTuple):
    """Everything at one instant.

    `pending` is wanted less seen, also in what a reader has read; `strays` are calls for what is seen by now;
    `flag`: the run was woken in a step; `asked`: an operator has asked and no step has read since; `begun`:
    what of the world has happened, one bit each; `budget`: how much of it still may.
    """

    facts: Facts = Facts()
    run: Reader = Reader()
    orphan: Reader = Reader()
    portal: Reader = Reader()
    clerk: Reader = Reader()
    other: Reader = Reader()
    pending: int = 1
    lease: int = 0
    call: int = 0
    strays: int = 0
    flag: int = 0
    asked: int = 0
    begun: int = 0
    recorded: int = 0
    budget: int = 3


Moves = Iterator[Went[State]]


def next_step(facts: Facts) -> tuple[bool, bool, bool]:
    """What is to be done: a transfer, a letter; and whether the deadline is still awaited."""
    transfer = facts.order == ORDERED and not facts.stopped and not facts.cancelled
    return transfer, bool(facts.letter), not facts.applied


def raised(s: State, compared: bool, besides: str = "") -> State:
    """What was read before is known to be old: whoever compares it has lost."""
    if not compared:
        return s
    names = [name for name in OF_THE_CLAIM if name != besides and getattr(s, name).at == READ]
    return put(s, **{name: getattr(s, name)._replace(read=None) for name in names})


def revision(s: State, raises: bool, checks: Checks, besides: str = "") -> State:
    return raised(s, checks.compares_revision and raises, besides)


def generation(s: State, begins: bool, checks: Checks) -> State:
    return raised(s, checks.compares_generation and begins)


def put(s: State, **readers: Reader) -> State:
    changed: dict[str, Any] = {**readers}
    return s._replace(**changed)


def wanted(s: State) -> State:
    return s._replace(pending=s.pending + 1)


def begins(s: State, name: str, received: int) -> State:
    return put(s, **{name: Reader(ASKING, None, received)})


def reads(s: State, name: str) -> State:
    reader: Reader = getattr(s, name)
    return put(s, **{name: reader._replace(at=READ, read=s.facts, pending=s.pending)})


def decided(read: Facts, received: int, name: str) -> Facts:
    """What stands after a step that decides on what it read; a deadline that has passed comes first.

    The portal ends the right. The clerk's step queues a letter and appends no event.
    """
    facts = read._replace(applied=1) if read.clock else read
    if name == "clerk":
        return facts._replace(letter=1)
    if name != "portal" or read.message != NOBODY:
        return facts
    cancelled = read.order == ORDERED
    return facts._replace(
        message=OURS,
        cancelled=int(cancelled),
        order=CANCELLED if cancelled else read.order,
        letter=1,
        in_time=int(not received),
    )


def written(s: State, name: str, checks: Checks) -> Went[State]:
    """The write of a step that has not lost: what it decided, over whatever stands by now."""
    reader: Reader = getattr(s, name)
    assert reader.read is not None, "who has lost reads again"
    new = decided(reader.read, reader.received, name)
    records = new.message == OURS and reader.read.message == NOBODY
    moves = new.order == CANCELLED and reader.read.order == ORDERED
    if (records and s.facts.message != NOBODY and checks.message_must_be_new) or (
        moves and s.facts.order != ORDERED and checks.order_must_move
    ):
        return Went(f"{name} loses", put(s, **{name: reader._replace(at=ASKING, read=None)}))
    facts = s.facts._replace(
        message=OURS if records else s.facts.message,
        order=CANCELLED if moves and s.facts.order == ORDERED else s.facts.order,
        cancelled=new.cancelled,
        letter=1 if records or name == "clerk" else s.facts.letter,
        applied=max(s.facts.applied, new.applied),
        in_time=new.in_time if records else s.facts.in_time,
    )
    after = s._replace(facts=facts, recorded=s.recorded + records)
    events = new._replace(letter=0) != reader.read._replace(letter=0)
    after = revision(after, checks.every_step_raises_revision or events, checks, besides=name)
    return Went(f"{name} writes", _attended(after, name, checks), broken=_broken(after, new))


def _broken(after: State, new: Facts) -> str:
    """The promise that a write has broken."""
    facts = after.facts
    if after.recorded > 1:
        return ONCE
    if facts.cancelled and facts.order == SENDING:
        return NEVER_BOTH
    if next_step(new) != next_step(facts) or (facts.clock and not facts.applied):
        return TRUE
    late = facts.message == OURS and not facts.in_time
    return IN_TIME if late and after.begun & IN_TIME_THEN else ""


def _attended(s: State, name: str, checks: Checks) -> State:
    """The row of the workflow after a write, and the caller with its answer."""
    reader: Reader = getattr(s, name)
    if name in ("portal", "clerk"):
        return put(wanted(s), **{name: Reader()})
    seen = reader.pending if checks.seen_is_what_was_read else s.pending
    frees = s.pending == reader.pending or not checks.frees_only_its_lease
    twin = "orphan" if name == "run" else "run"
    waits: Reader = getattr(s, twin)
    after = put(s, **{name: Reader(), twin: waits._replace(pending=max(0, waits.pending - seen))})
    after = after._replace(pending=s.pending - seen)
    if frees:
        after = after._replace(lease=0)
    if not after.pending:
        after = after._replace(call=0, strays=min(2, after.strays + after.call))
    if name == "run" and s.flag:
        return begins(after, "run", 0)._replace(flag=0)
    return after


def steps(s: State, checks: Checks) -> Moves:
    """Each step under way: it reads, and writes or has lost."""
    for name in OF_THE_CLAIM:
        reader: Reader = getattr(s, name)
        if reader.at == ASKING:
            after = reads(s, name)
            yield Went(f"{name} reads", after._replace(asked=0) if name in ("run", "orphan") else after)
        elif reader.at == READ and reader.read is None:
            again = reader.received if checks.keeps_receipt else s.facts.clock
            lost = Reader(ASKING, None, again)
            yield Went(f"{name} reads again", put(s, **{name: lost}))
        elif reader.at == READ:
            yield written(s, name, checks)


def other_claim(s: State, checks: Checks) -> Moves:
    """The same message at another claim, which has a revision of its own."""
    if s.other.at == ASKING:
        yield Went("other claim reads", reads(s, "other"))
    if s.other.at == READ:
        assert s.other.read is not None, "nothing tells another claim that ours has changed"
        free = s.facts.message == NOBODY
        if s.other.read.message == NOBODY and (free or not checks.message_must_be_new):
            facts = s.facts._replace(message=OTHERS if free else s.facts.message)
            after = s._replace(facts=facts, other=Reader(), recorded=s.recorded + 1)
            yield Went("other claim writes", after, broken=ONCE if after.recorded > 1 else "")
        elif s.other.read.message == NOBODY:
            yield Went("other claim loses", begins(s, "other", 0))
        else:
            yield Went("other claim answers again", s._replace(other=Reader()))


def relay(s: State, checks: Checks) -> Moves:
    if s.pending and not s.lease:
        yield Went("relay calls", s._replace(lease=1, call=1), broken=ONE_CALL if s.call else "")
    if s.call:
        arrived = s._replace(call=0)
        yield Went(
            "call arrives", begins(arrived, "run", 0) if s.run.at == IDLE else arrived._replace(flag=1)
        )
    if s.strays:
        arrived = s._replace(strays=s.strays - 1)
        woken = begins(arrived, "run", 0) if s.run.at == IDLE else arrived._replace(flag=1)
        yield Went("stray call arrives", woken)
    if s.lease and not s.call:
        yield Went("lease over", s._replace(lease=0), s.run.at == IDLE)


def _once(s: State, what: int) -> State:
    return s._replace(begun=s.begun | what)


def world(s: State, checks: Checks) -> Moves:
    """What happens or not, each once, while the budget lasts."""
    if s.budget:
        poorer = s._replace(budget=s.budget - 1)
        yield from messages(poorer)
        yield from changes(poorer, checks)


def messages(s: State) -> Moves:
    """What is received, asked and done again."""
    facts = s.facts
    if not s.begun & MESSAGE:
        when = MESSAGE if facts.clock else MESSAGE | IN_TIME_THEN
        yield Went("message received", begins(_once(s, when), "portal", facts.clock), False)
    if not s.begun & ELSEWHERE:
        yield Went("message at another claim", begins(_once(s, ELSEWHERE), "other", 0), False)
    if not s.begun & REMINDED:
        yield Went("step without an event", begins(_once(s, REMINDED), "clerk", 0), False)
    if not s.begun & AGAIN and s.run.at == READ:
        yield Went("step run again", _once(s, AGAIN)._replace(orphan=s.run, run=Reader(ASKING)), False)
    if not s.begun & BY_HAND:
        yield Went("asked by hand", wanted(_once(s, BY_HAND)._replace(asked=1)), False)


def changes(s: State, checks: Checks) -> Moves:
    """The clock, the stop, the bank, the mail relay."""
    facts = s.facts
    if not facts.clock:
        moved = generation(s._replace(facts=facts._replace(clock=1)), checks.clock_begins_generation, checks)
        yield Went("clock moved", wanted(moved), False)
    if not facts.stopped:
        stop = generation(s._replace(facts=facts._replace(stopped=1)), checks.stop_begins_generation, checks)
        yield Went("payments stopped", wanted(stop), False)
    if facts.order == ORDERED and not facts.stopped:
        sent = s._replace(facts=facts._replace(order=SENDING))
        yield Went("order sent", revision(sent, checks.sending_raises_revision, checks), False)
    if facts.letter:
        sent = s._replace(facts=facts._replace(letter=0))
        yield Went("letter sent", revision(sent, checks.letter_raises_revision, checks), False)


def moves(s: State, checks: Checks) -> Moves:
    """Every transition out of a state."""
    for actor in (steps, other_claim, relay, world):
        yield from actor(s, checks)


def left_at_rest(s: State) -> str:
    """What is left when nothing goes on by itself."""
    if s.pending:
        return "a wake-up is not delivered"
    if s.asked:
        return "who asked by hand was not heard"
    if s.facts.clock and not s.facts.applied:
        return "a deadline has passed"
    return ""
