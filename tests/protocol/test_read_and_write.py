"""Nothing that comes between the read and the write of a step breaks a promise; each comparison is needed."""

from dataclasses import replace
from functools import partial

import pytest
from protocol import opening
from protocol.read_and_write import (
    IN_TIME,
    NEVER_BOTH,
    ONCE,
    ONE_CALL,
    TRUE,
    Checks,
    State,
    left_at_rest,
    moves,
)
from protocol.search import Found, Search

DESIGN = Checks()
LEFT = "nothing is left at rest"


def walked(checks: Checks, budget: int = 3) -> Found:
    return Search(State(budget=budget), partial(moves, checks=checks), left_at_rest).run()


@pytest.mark.parametrize("budget", [3, pytest.param(4, marks=pytest.mark.long)])
def test_nothing_between_read_and_write_breaks_a_promise(budget: int) -> None:
    found = walked(DESIGN, budget)
    assert found.broken is None
    assert {"run reads again", "orphan reads again", "portal reads again", "other claim loses"} <= found.taken


MUTANTS = {
    "revision not compared": (replace(DESIGN, compares_revision=False), TRUE),
    "generation not compared": (replace(DESIGN, compares_generation=False), TRUE),
    "a step without events raises nothing": (replace(DESIGN, every_step_raises_revision=False), TRUE),
    "an order that is sent raises nothing": (replace(DESIGN, sending_raises_revision=False), TRUE),
    "a letter that is sent raises nothing": (replace(DESIGN, letter_raises_revision=False), TRUE),
    "the clock begins no generation": (replace(DESIGN, clock_begins_generation=False), TRUE),
    "the payment stop begins no generation": (replace(DESIGN, stop_begins_generation=False), TRUE),
    "received when it is decided again": (replace(DESIGN, keeps_receipt=False), IN_TIME),
    "everything wanted at the write is seen": (replace(DESIGN, seen_is_what_was_read=False), LEFT),
    "a lease taken meanwhile is freed": (replace(DESIGN, frees_only_its_lease=False), ONE_CALL),
    "a message recorded elsewhere is recorded again": (replace(DESIGN, message_must_be_new=False), ONCE),
    "an order that does not move is cancelled": (
        replace(DESIGN, sending_raises_revision=False, order_must_move=False), NEVER_BOTH
    ),
}  # fmt: skip


@pytest.mark.parametrize(("checks", "promise"), MUTANTS.values(), ids=MUTANTS.keys())
def test_without_one_comparison_a_promise_breaks(checks: Checks, promise: str) -> None:
    broken = walked(checks).broken
    assert broken is not None
    assert broken.check == promise


def test_one_layoff_opens_one_stream() -> None:
    found = Search(opening.Reports(), opening.moves, opening.left_at_rest).run()
    assert found.broken is None


def test_two_streams_are_opened_where_nobody_looks_again_under_the_lock() -> None:
    hasty = partial(opening.moves, looks_again=False)
    broken = Search(opening.Reports(), hasty, opening.left_at_rest).run().broken
    assert broken is not None
    assert broken.check == opening.ONE_STREAM
