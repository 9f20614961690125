"""What goes wrong: answers lost, steps run again, runs terminated or reset, timers lost, a relay dying."""

from collections.abc import Callable, Iterator
from typing import Final

from protocol.model import (
    AFTER_WRITE,
    ANSWERED,
    BEFORE_WRITE,
    CARRIED,
    CLOSED,
    DROPPED,
    END,
    EXCUSED,
    FAULT,
    FINAL,
    HEARD,
    IN_INBOX,
    LEFT_OUT,
    MAIL,
    NO_CALL,
    NO_ORDER,
    NO_RUN,
    PAY,
    RECORDED,
    STEPPING,
    UNKNOWN,
    WAIT,
    Loose,
    Move,
    Moves,
    Run,
    State,
    ask,
    call_ends,
    is_open,
    next_step,
)


def lost_answers(s: State) -> Moves:
    order = s.order
    if order.call != NO_CALL:
        yield Move("transfer killed", FAULT, call_ends(s))
    if order.call == AFTER_WRITE:
        yield Move("bank's answer lost", FAULT, call_ends(s, state=UNKNOWN))
    if order.call == BEFORE_WRITE:
        yield Move("request lost", FAULT, call_ends(s, state=UNKNOWN))
    if s.run.at == ANSWERED:
        yield Move("step's answer lost", FAULT, s._replace(run=s.run._replace(at=STEPPING, heard=HEARD)))
    if s.run.at == STEPPING:
        yield Move("step run again", FAULT, s._replace(loose=abandoned_step(s)))


def abandoned_step(s: State) -> Loose:
    if s.run.at != STEPPING:
        return s.loose
    if s.run.inbox == CARRIED and s.claim.second != RECORDED:
        return s.loose._replace(orphans_with_message=s.loose.orphans_with_message + 1)
    return s.loose._replace(orphans=s.loose.orphans + 1)


def operator(s: State) -> Moves:
    """Terminate, and reset to an earlier position: about to ask, or with an old answer just arriving."""
    if s.run.at == NO_RUN:
        return
    for left in dict.fromkeys(without_run(s)):
        if is_open(s.run):
            yield Move("run terminated", FAULT, left)
        yield Move("run reset", FAULT, left._replace(run=ask(Run())))
        if s.claim.second in (IN_INBOX, DROPPED):
            again = left._replace(claim=s.claim._replace(second=IN_INBOX), run=ask(Run(inbox=LEFT_OUT)))
            yield Move("run reset, signals again", FAULT, again)
        for answer in earlier_answers(s):
            heard = HEARD if answer == next_step(s.claim, s.order) else EXCUSED
            revived = Run(ANSWERED, answer=answer, heard=heard)
            yield Move("run reset to an old answer", FAULT, left._replace(run=revived))


def without_run(s: State) -> tuple[State, State]:
    """The run is gone and its inbox with it; what it had scheduled goes on, or was never begun."""
    claim = s.claim._replace(second=DROPPED) if s.claim.second == IN_INBOX else s.claim
    kept = s._replace(claim=claim, loose=abandoned_step(s), run=Run(CLOSED))
    order, loose = kept.order._replace(queued=0), kept.loose._replace(mailing=0)
    return kept, kept._replace(order=order, loose=loose)


def earlier_answers(s: State) -> Iterator[int]:
    """Answers that a step may have given before; an old BANK and an old MAIL both only wait."""
    yield WAIT
    if s.order.state != NO_ORDER:
        yield PAY
        yield MAIL
    if s.claim.clock or s.claim.second == RECORDED or s.order.state == FINAL:
        yield END


def lost_timer_or_relay(s: State) -> Moves:
    if s.run.timer:
        yield Move("timer lost", FAULT, s._replace(run=s.run._replace(timer=0)))
    if s.row.calls:
        yield Move("relay dies after its lease", FAULT, s._replace(row=s.row._replace(calls=s.row.calls - 1)))


FAULTS: Final[tuple[Callable[[State], Moves], ...]] = (lost_answers, operator, lost_timer_or_relay)


def faults(s: State) -> Moves:
    """Every fault that can strike here, while the budget lasts; each costs one."""
    if s.faults:
        poorer = s._replace(faults=s.faults - 1)
        for strike in FAULTS:
            yield from strike(poorer)
