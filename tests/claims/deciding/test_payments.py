"""Paying a month: one order at a time, another only where the first surely did not pay."""

from dataclasses import replace
from uuid import UUID

import pytest
from support.builders import amounts, an_outcome, approved, lived, lived_through, paid, wib

from claims.agenda.next_step import Todo
from claims.agenda.obligations import Owner
from claims.commands import command as cmd
from claims.events import (
    ClaimExhausted,
    PaymentCancelled,
    PaymentFailed,
    PaymentOrdered,
    PaymentReturned,
    PaymentSent,
    PaymentSettled,
)
from claims.state.claim import Ending, Order
from law.grounds import Ground
from payments.orders import OrderState

REFUSED = Ground.ACCOUNT_REFUSED
NOT_EXECUTED = Ground.NOT_EXECUTED


def new_account(version: int) -> cmd.ChangeAccount:
    return cmd.ChangeAccount(account_version=version)


def test_an_approved_claim_has_one_order_and_looking_again_makes_no_second() -> None:
    story = approved(2025).wake("2025-03-11").wake("2025-03-12")
    assert [(o.month, o.attempt, o.obligation) for o in story.all(PaymentOrdered)] == [(1, 1, "benefit/1")]


def test_sent_with_the_outcome_open_nothing_new_is_ordered_however_long_it_takes() -> None:
    story = approved(2025).bank(1, "open", "2025-03-10").wake("2025-04-09")
    assert story.all(PaymentSent)
    assert len(story.all(PaymentOrdered)) == 1
    assert story.step("2025-04-09").awaited[0].owner is Owner.BANK


def test_an_account_refused_waits_for_another_account_and_is_then_ordered_anew() -> None:
    story = approved(2025).bank(1, "refused", "2025-03-10", REFUSED)
    assert story.new(PaymentFailed)[0].ground is REFUSED
    story = story.wake("2025-04-09")
    assert len(story.all(PaymentOrdered)) == 1
    assert story.step("2025-04-09").awaited[0].what == "bank_account"
    story = story.when(new_account(2), "2025-04-09")
    again = story.new(PaymentOrdered)[0]
    assert (again.month, again.attempt, again.account_version, again.amount_idr) == (1, 2, 2, 2_400_000)
    assert amounts(paid(story, 1, "2025-04-09")) == [2_400_000]


def test_an_account_already_changed_when_the_old_one_is_refused_is_used_at_once() -> None:
    story = approved(2025).bank(1, "open", "2025-03-10").when(new_account(2), "2025-03-10")
    assert not story.new(PaymentOrdered)
    story = story.bank(1, "refused", "2025-03-11", REFUSED)
    assert [o.account_version for o in story.new(PaymentOrdered)] == [2]


def test_an_account_version_already_known_is_no_change() -> None:
    story = approved(2025).bank(1, "refused", "2025-03-10", REFUSED).when(new_account(1), "2025-03-11")
    assert story.told.verdict.ground is Ground.ALREADY_RECORDED
    assert not story.new(PaymentOrdered)


def test_not_executed_is_ordered_anew_after_five_minutes_and_then_after_ten() -> None:
    story = approved(2025).bank(1, "refused", "2025-03-10 10:00:00", NOT_EXECUTED)
    assert story.new(PaymentFailed)[0].try_again_at == wib("2025-03-10 10:05:00")
    assert not story.wake("2025-03-10 10:04:59").new(PaymentOrdered)
    story = story.wake("2025-03-10 10:05:00")
    assert [(o.attempt, o.account_version) for o in story.new(PaymentOrdered)] == [(2, 1)]
    story = story.bank(1, "refused", "2025-03-10 10:05:00", NOT_EXECUTED)
    assert story.new(PaymentFailed)[0].try_again_at == wib("2025-03-10 10:15:00")


def test_the_pause_never_passes_a_day() -> None:
    story = approved(2025)
    for _ in range(12):
        at = story.claim.month(1).last_order
        assert at is not None
        story = story.bank(1, "refused", "2025-03-20", NOT_EXECUTED).wake("2025-03-29")
    assert story.all(PaymentFailed)[-1].try_again_at == wib("2025-03-21")
    assert len(story.all(PaymentOrdered)) == 13


def test_a_returned_transfer_makes_the_month_owed_again_to_another_account() -> None:
    story = lived_through(approved(2025))
    assert story.claim.ending is Ending.EXHAUSTED
    story = story.bank(6, "returned", "2025-09-20")
    assert story.new(PaymentReturned)[0].amount_idr == 2_400_000
    assert story.claim.ending is None
    assert story.step("2025-09-20").awaited[0].owner is Owner.CLAIMANT
    story = story.when(new_account(2), "2025-09-21")
    assert [(o.month, o.attempt, o.account_version) for o in story.new(PaymentOrdered)] == [(6, 2, 2)]
    story = paid(story, 6, "2025-09-22")
    assert amounts(story) == [2_400_000] * 6
    assert story.claim.ending is Ending.EXHAUSTED
    assert [e.total_idr for e in story.all(ClaimExhausted)] == [14_400_000, 14_400_000]


@pytest.mark.parametrize(
    ("first", "then", "stays"),
    [
        ("settled", "settled", OrderState.SETTLED),
        ("settled", "refused", OrderState.SETTLED),
        ("settled", "open", OrderState.SETTLED),
        ("refused", "settled", OrderState.REFUSED),
        ("refused", "refused", OrderState.REFUSED),
        ("refused", "returned", OrderState.REFUSED),
        ("refused", "open", OrderState.REFUSED),
        ("returned", "settled", OrderState.RETURNED),
        ("returned", "refused", OrderState.RETURNED),
        ("returned", "returned", OrderState.RETURNED),
    ],
)
def test_a_contradicting_later_outcome_changes_nothing(first: str, then: str, stays: OrderState) -> None:
    def says(order: Order, outcome: str) -> cmd.RecordTransfer:
        return cmd.RecordTransfer.model_validate(
            {**an_outcome(order, "settled").model_dump(), "outcome": outcome, "ground": REFUSED}
        )

    story = approved(2025)
    order = story.order(1)
    story = replace(story, being_sent=(order.order_id,)).when(says(order, first), "2025-03-10")
    events = story.events
    story = story.when(says(order, then), "2025-03-11")
    assert story.told.verdict.ground is Ground.ORDER_ALREADY_FINAL
    assert story.events == events
    assert story.order(1).state is stays


def test_what_was_never_sent_does_not_come_back() -> None:
    story = approved(2025)
    after = story.bank(1, "returned", "2025-03-11")
    assert after.told.verdict.ground is Ground.ORDER_ALREADY_FINAL
    assert after.events == story.events


def test_an_outcome_of_an_unknown_order_changes_nothing() -> None:
    story = approved(2025)
    stranger = replace(story.order(1), order_id=UUID(int=99))
    after = story.when(an_outcome(stranger, "settled"), "2025-03-11")
    assert after.told.verdict.ground is Ground.ORDER_UNKNOWN
    assert after.events == story.events


def test_a_withdrawal_cancels_an_order_not_yet_sent() -> None:
    story = approved(2025).when(cmd.WithdrawClaim(reason="moved abroad"), "2025-03-10")
    cancelled = story.new(PaymentCancelled)[0]
    assert (cancelled.month, cancelled.ground) == (1, Ground.WITHDRAWN_BY_CLAIMANT)
    assert story.claim.ending is Ending.WITHDRAWN
    assert story.step("2025-03-10").todo is Todo.FINISH


def test_a_withdrawal_leaves_alone_an_order_that_is_being_sent_or_was_sent() -> None:
    story = approved(2025)
    sending = replace(story, being_sent=(story.order(1).order_id,))
    withdrawn = sending.when(cmd.WithdrawClaim(reason="moved abroad"), "2025-03-10")
    assert not withdrawn.new(PaymentCancelled)
    assert withdrawn.step("2025-03-10").todo is Todo.WAIT
    sent = story.bank(1, "open", "2025-03-10").when(cmd.WithdrawClaim(reason="moved abroad"), "2025-03-10")
    assert not sent.new(PaymentCancelled)
    settled = sent.bank(1, "settled", "2025-03-11")
    assert settled.new(PaymentSettled)
    assert settled.step("2025-03-11").todo is Todo.FINISH


def test_a_transfer_refused_after_the_withdrawal_is_not_tried_again() -> None:
    story = approved(2025).bank(1, "open", "2025-03-10").when(cmd.WithdrawClaim(reason="moved"), "2025-03-10")
    story = story.bank(1, "refused", "2025-03-10", NOT_EXECUTED).wake("2025-03-20")
    assert len(story.all(PaymentOrdered)) == 1
    assert story.step("2025-03-20").todo is Todo.FINISH


def test_after_a_withdrawal_no_month_is_owed() -> None:
    story = lived(approved(2025), 2).when(cmd.WithdrawClaim(reason="moved"), "2025-04-20").wake("2025-12-01")
    assert [o.month for o in story.all(PaymentOrdered)] == [1, 2]
    assert len(story.all(PaymentCancelled)) == 2


def test_a_withdrawn_claim_awaits_the_order_that_was_sent_and_not_the_one_that_was_cancelled() -> None:
    story = lived(approved(2025).bank(1, "open", "2025-03-10"), 2)
    story = story.when(cmd.WithdrawClaim(reason="moved"), "2025-04-10")
    assert [c.month for c in story.new(PaymentCancelled)] == [2]
    assert [a.month for a in story.step("2025-04-10").awaited] == [1]


def test_orders_go_out_unless_payments_are_stopped_and_then_the_treasurer_has_the_ball() -> None:
    story = approved(2025)
    step = story.step("2025-03-10")
    assert step.todo is Todo.TRANSFER
    assert step.order_ids == (story.order(1).order_id,)
    stopped = replace(story, payments_stopped=True).step("2025-03-10")
    assert stopped.todo is Todo.WAIT
    assert stopped.order_ids == ()
    assert stopped.awaited[0].owner is Owner.TREASURER


def test_a_claim_with_an_order_of_open_outcome_is_not_finished() -> None:
    story = lived(lived_through(approved(2025), 5), 6).bank(6, "open", "2025-09-08").wake("2025-12-01")
    assert story.claim.ending is None
    assert story.step("2025-12-01").todo is Todo.WAIT
    assert paid(story, 6, "2025-12-02").step("2025-12-02").todo is Todo.FINISH


def test_a_withdrawn_claim_awaits_nothing_but_the_bank() -> None:
    story = approved(2025).bank(1, "open", "2025-03-10").when(cmd.WithdrawClaim(reason="moved"), "2025-03-10")
    assert {a.owner for a in story.step("2025-03-10").awaited} == {Owner.BANK}
