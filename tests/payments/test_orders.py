"""An order moves as one table says; a final state is never overwritten."""

import pytest

from payments.orders import MOVES, NOT_PAID_STATES, OPEN_STATES, OrderState, may_become


def states_before(state: OrderState) -> tuple[OrderState, ...]:
    """The states from which an order may move to this one, in their order."""
    return tuple(before for before in OrderState if may_become(before, state))


@pytest.mark.parametrize("final", ["settled", "refused", "returned", "cancelled"])
@pytest.mark.parametrize("other", ["ordered", "sending", "unknown", "settled", "refused", "cancelled"])
def test_a_final_state_is_never_overwritten(final: str, other: str) -> None:
    assert not may_become(OrderState(final), OrderState(other))


def test_only_what_was_paid_or_may_have_been_comes_back() -> None:
    assert states_before(OrderState.RETURNED) == ("sending", "unknown", "settled")


def test_only_an_order_that_never_went_to_the_bank_is_cancelled() -> None:
    assert states_before(OrderState.CANCELLED) == ("ordered",)


def test_an_order_is_sent_once() -> None:
    assert states_before(OrderState.SENDING) == ("ordered",)
    assert states_before(OrderState.ORDERED) == ()


def test_every_state_is_open_or_paid_or_ended_unpaid() -> None:
    assert OPEN_STATES | NOT_PAID_STATES | {OrderState.SETTLED} == set(OrderState) == set(MOVES)
    assert not OPEN_STATES & NOT_PAID_STATES
