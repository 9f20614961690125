"""Whole claims, lived at random: what must hold whatever is said, in whatever order."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from oracles.whole_claims import Life
from support.builders import WEEKENDS_ONLY, amounts, spelled, wib
from support.seeds import shared

from claims.events import (
    EVENT,
    BenefitAuthorized,
    BenefitCeased,
    ClaimApproved,
    ClaimDenied,
    ClaimExhausted,
    ClaimLapsed,
    EmployerPaid,
    Event,
    MonthAdjusted,
    MonthForfeited,
    OfficerDecided,
    PayerRedetermined,
    PaymentCancelled,
    PaymentOrdered,
    PaymentReturned,
    PaymentSettled,
    QuestionAnswered,
    ReceivableFound,
)
from claims.events.basis import Heard, Statutory
from claims.replaying import replay
from claims.state.claim import BenefitMonth, Ending, Order
from claims.state.evolving import fold
from law.regimes import LAW
from payments.orders import OPEN_STATES, OrderState

ADVERSE = (ClaimDenied, ClaimLapsed, MonthForfeited, BenefitCeased, ReceivableFound, PaymentCancelled)
CEILINGS_IDR = {
    "2021": (2_250_000, 2_250_000, 2_250_000, 1_250_000, 1_250_000, 1_250_000),
    "2025": (3_000_000,) * 6,
}


def books(events: tuple[Event, ...]) -> dict[str, int]:
    """A small ledger of its own: every amount once to the debit and once to the credit of an account."""
    balance = dict.fromkeys(("benefits", "payable", "bank", "receivable"), 0)

    def book(debit: str, credit: str, amount_idr: int) -> None:
        balance[debit] += amount_idr
        balance[credit] -= amount_idr

    for event in events:
        for granted_idr in _granted_by_the_fund(event):
            book("benefits", "payable", granted_idr)
        match event:
            case PaymentSettled(amount_idr=amount_idr):
                book("payable", "bank", amount_idr)
            case PaymentReturned(amount_idr=amount_idr):
                book("bank", "payable", amount_idr)
            case ReceivableFound(amount_idr=amount_idr):
                book("receivable", "benefits", amount_idr)
    return balance


def _granted_by_the_fund(event: Event) -> tuple[int, ...]:
    match event:
        case BenefitAuthorized(payer="bpjs", amount_idr=amount_idr, paid_ahead_idr=ahead_idr):
            return (amount_idr - ahead_idr,)
        case MonthAdjusted(payer="bpjs", difference_idr=difference_idr):
            return (difference_idr,)
        case PayerRedetermined(months=months):
            return tuple(taken_over.amount_idr for taken_over in months)
    return ()


def returned_unpaid_idr(events: tuple[Event, ...]) -> int:
    """What came back of orders of which nobody had heard that they were paid: out and in on one day."""
    settled = {event.order_id for event in events if isinstance(event, PaymentSettled)}
    came_back = [event for event in events if isinstance(event, PaymentReturned)]
    return sum(event.amount_idr for event in came_back if event.order_id not in settled)


def live_orders(month: BenefitMonth) -> list[Order]:
    """Orders that are paid or may still be."""
    live = (*OPEN_STATES, OrderState.SETTLED)
    return [order for order in month.orders if order.state in live]


class Lives(Life):
    """A life, and what must hold at every moment of it."""

    @invariant()
    def never_above_the_ceiling_of_month_and_regime(self) -> None:
        for month in self.story.claim.months:
            ordered_idr = sum(order.amount_idr for order in live_orders(month))
            assert month.employer_paid_idr <= max(CEILINGS_IDR["2025"])
            if month.authorized is None:
                assert ordered_idr == 0
                continue
            ceiling_idr = CEILINGS_IDR[month.authorized.regime][month.number - 1]
            assert month.amount_idr <= ceiling_idr
            assert ordered_idr + month.employer_paid_idr <= month.amount_idr

    @invariant()
    def never_more_than_six_months_and_no_obligation_twice(self) -> None:
        months = self.story.claim.months
        assert [month.number for month in months] == [1, 2, 3, 4, 5, 6]
        for month in months:
            live = [order.obligation for order in live_orders(month)]
            assert len(live) == len(set(live))
            assert set(live) <= {owing.obligation for owing in month.owings}
        assert sum(amounts(self.story)) <= 18_000_000

    @invariant()
    def what_is_ordered_is_what_is_owed_and_only_while_it_is(self) -> None:
        owed: dict[str, int] = {}
        adjusted: dict[int, int] = {}
        last = 0
        for event in self.story.events:
            match event:
                case ClaimApproved():
                    last = 6
                case BenefitCeased():
                    last = event.last_month_owed
                case BenefitAuthorized():
                    assert f"benefit/{event.month}" not in owed, "a month is authorized once"
                    assert event.month <= last
                    owed[f"benefit/{event.month}"] = event.amount_idr - event.paid_ahead_idr
                case PayerRedetermined():
                    owed |= {f"benefit/{each.month}": each.amount_idr for each in event.months}
                case MonthAdjusted():
                    assert event.month <= last
                    nth = adjusted[event.month] = adjusted.get(event.month, 0) + 1
                    owed[f"difference/{event.month}/{nth}"] = event.difference_idr
                case PaymentOrdered():
                    assert event.amount_idr == owed[event.obligation]
                    assert event.month <= last

    @invariant()
    def nothing_is_ordered_of_a_withdrawn_claim(self) -> None:
        if self.story.claim.ending in (Ending.WITHDRAWN, Ending.LAPSED, Ending.LAYOFF_WITHDRAWN):
            states = [order.state for month in self.story.claim.months for order in month.orders]
            assert OrderState.ORDERED not in states

    @invariant()
    def the_books_balance_and_say_what_the_claim_says(self) -> None:
        balance, months = books(self.story.events), self.story.claim.months
        returned_idr = returned_unpaid_idr(self.story.events)
        paid_idr = sum(month.paid_idr for month in months)
        assert sum(balance.values()) == 0
        assert -balance["bank"] == paid_idr - returned_idr
        owed_idr = sum(owing.amount_idr for month in months for owing in month.owings)
        assert -balance["payable"] == owed_idr - paid_idr + returned_idr
        assert balance["receivable"] == sum(month.receivable_idr for month in months) <= paid_idr

    @invariant()
    def whoever_loses_was_heard_or_an_article_says_so(self) -> None:
        answered, refused = set[int](), set[int]()
        for known, event in zip(self.story.stream, self.story.events, strict=True):
            if isinstance(event, QuestionAnswered) and event.verdict.counts:
                answered.add(event.question)
            if isinstance(event, OfficerDecided) and event.verdict.counts and not event.approves:
                refused.add(event.question)
            if not isinstance(event, ADVERSE):
                continue
            basis = event.basis
            assert isinstance(basis, (Statutory, Heard))
            if isinstance(basis, Heard):
                assert basis.question in refused, "a person decided"
                in_time = basis.answer_until <= known.recorded_at
                assert in_time or (basis.answered and basis.question in answered)

    @invariant()
    def a_finished_claim_is_worth_what_was_paid(self) -> None:
        if self.story.claim.ending is Ending.EXHAUSTED:
            paid_idr = sum(amounts(self.story))
            by_employer = [paid for paid in self.story.all(EmployerPaid) if paid.verdict.counts]
            granted = {m.number for m in self.story.claim.months if m.authorized is not None}
            by_employer_idr = sum(paid.amount_idr for paid in by_employer if paid.month in granted)
            assert self.story.all(ClaimExhausted)[-1].total_idr == paid_idr + by_employer_idr

    @invariant()
    def looking_again_changes_nothing(self) -> None:
        assert self.story.wake(self.at).events == self.story.events

    @invariant()
    def nothing_happens_before_it_is_due(self) -> None:
        now, next_at = wib(self.at), self.story.step(self.at).next_at
        if next_at is None:
            return
        for instant in (now + (next_at - now) / 2, next_at - timedelta(seconds=1)):
            at = spelled(instant)
            assert at < self.at or self.story.wake(at).events == self.story.events

    def teardown(self) -> None:
        if hasattr(self, "story"):
            stored = [EVENT.dump_json(event) for event in self.story.events]
            read = tuple(EVENT.validate_json(content) for content in stored)
            assert read == self.story.events
            assert fold(read) == self.story.claim
            laws, calendars = {LAW.version: LAW}, {WEEKENDS_ONLY.version: WEEKENDS_ONLY}
            assert list(replay(self.story.stream, laws, calendars)) == []


SHORT = settings(
    max_examples=120,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestLives = Lives.TestCase
TestLives.settings = SHORT


@pytest.mark.long
def test_many_whole_claims() -> None:
    run_state_machine_as_test(
        Lives, settings=settings(SHORT, max_examples=shared(5_000), stateful_step_count=60, derandomize=False)
    )
