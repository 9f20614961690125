"""The wake-up and order protocol keeps its promises in every reachable state; a weakened form is caught."""

from functools import cache

import pytest
from protocol.explore import ACTED_UPON, COMES_TO_REST, TRUE_READY, Walk, explore
from protocol.model import CLEAN_END, NO_OVERLAP, ONE_CALL, ONE_SEND
from protocol.variant import Variant

RUNNING = Variant()
STEPPED = Variant(stepped=True)
HASTY = Variant(relays=2, patient_sweep=False)
HASTY_STEPPED = Variant(stepped=True, relays=2, patient_sweep=False)

MOVES = {
    "bank's answer lost",
    "bank's answer recorded",
    "certification received in time",
    "certification recorded",
    "certification recorded late",
    "clock moved",
    "early not found recorded",
    "found and recorded",
    "last instant of the send passes",
    "lease over",
    "not found and recorded",
    "not found yet",
    "notice sent",
    "order moved to sending",
    "orphaned step commits",
    "own step commits",
    "re-employment recorded",
    "re-employment signalled directly",
    "relay calls",
    "relay dies after its lease",
    "relay's call arrives",
    "request lost",
    "request written, bank pays",
    "request written, bank refuses",
    "run closes",
    "run hears",
    "run reset",
    "run reset to an old answer",
    "run reset, signals again",
    "run terminated",
    "second attempt written and paid",
    "step run again",
    "step's answer lost",
    "stray call arrives",
    "sweep wakes",
    "timer fires",
    "timer lost",
    "transfer finds the order moved on",
    "transfer is too late to write",
    "transfer killed",
}


@cache
def walked(variant: Variant, budget: int) -> Walk:
    return explore(variant, budget)


@pytest.mark.parametrize("variant", [RUNNING, STEPPED], ids=["running clock", "stepped clock"])
def test_two_faults_break_no_promise(variant: Variant) -> None:
    assert walked(variant, 2).broken is None


@pytest.mark.parametrize("variant", [HASTY, HASTY_STEPPED], ids=["running clock", "stepped clock"])
def test_two_relays_and_a_hasty_sweep_break_no_promise_under_one_fault(variant: Variant) -> None:
    assert walked(variant, 1).broken is None


@pytest.mark.parametrize("stepped", [False, True], ids=["running clock", "stepped clock"])
def test_a_message_that_cannot_be_recorded_breaks_no_promise_under_one_fault(stepped: bool) -> None:
    assert walked(Variant(stepped=stepped, unrecordable="set apart"), 1).broken is None


def test_the_walk_takes_every_move_of_the_protocol() -> None:
    assert walked(RUNNING, 2).taken == MOVES
    assert walked(STEPPED, 2).taken == MOVES - {"timer fires", "timer lost"}


@pytest.mark.parametrize("variant", [RUNNING, STEPPED], ids=["running clock", "stepped clock"])
def test_without_faults_no_run_is_left_open_on_an_ended_claim(variant: Variant) -> None:
    assert walked(variant, 0).unheard == 0


MUTANTS = {
    "any step sets seen": (Variant(api_step_sets_seen=True), 0, TRUE_READY, "the run has not heard"),
    "no todo_since": (Variant(keeps_todo_since=False), 0, TRUE_READY, "an order is open"),
    "flag cleared after the step": (
        Variant(flag_cleared="after step"), 0, ACTED_UPON, "a direct message is not recorded"
    ),
    "delivered on send": (Variant(delivered="on send"), 0, TRUE_READY, "the run has not heard"),
    "lease after the call": (Variant(lease="after call", relays=2), 0, ONE_CALL, "relay calls"),
    "lease without end": (Variant(lease="endless"), 1, ACTED_UPON, "a wake-up is not delivered"),
    "no sweep": (Variant(sweeps=False), 1, ACTED_UPON, "a deadline has passed"),
    "lease after the call and no sweep": (
        Variant(lease="after call", sweeps=False), 1, ACTED_UPON, "a deadline has passed"
    ),
    "sends from sending": (Variant(sends_from_sending=True), 1, ONE_SEND, "request written, bank pays"),
    "sends after its last instant": (
        Variant(sends_after_last_instant=True), 0, NO_OVERLAP, "second attempt written and paid"
    ),
    "not found is final at once": (
        Variant(not_found_is_final="at once"), 1, NO_OVERLAP, "second attempt written and paid"
    ),
    "not found decided when recorded": (
        Variant(not_found_is_final="recorded after the end"), 1, NO_OVERLAP, "second attempt written and paid"
    ),
    "closes with the flag set": (Variant(closes_with_flag=True), 0, CLEAN_END, "run closes"),
    "drops what cannot be recorded": (
        Variant(unrecordable="dropped"), 0, ACTED_UPON, "a direct message is not recorded"
    ),
    "tries for ever what cannot be recorded": (
        Variant(unrecordable="tried for ever"), 0, COMES_TO_REST, "it goes on for ever"
    ),
    "starts without a signal": (
        Variant(signals_when_starting=False), 0, COMES_TO_REST, "it goes on for ever"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("variant", "budget", "check", "found"), MUTANTS.values(), ids=MUTANTS.keys())
def test_a_weakened_protocol_is_caught(variant: Variant, budget: int, check: str, found: str) -> None:
    broken = explore(variant, budget).broken
    assert broken is not None
    assert (broken.check, broken.found) == (check, found)


def test_a_caught_mutant_shows_the_shortest_way_there() -> None:
    broken = explore(Variant(lease="endless"), 1).broken
    assert broken is not None
    assert broken.trace == ("claim filed", "relay calls", "relay dies after its lease")
