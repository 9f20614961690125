"""Whole claims, lived at random: what must hold whatever is said, in whatever order."""

from datetime import date
from typing import Literal

import hypothesis.strategies as st
from builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    amounts,
    an_interview_call,
    an_outcome,
    applications,
    certification,
    days_later,
    decided,
    months_between,
    reported,
    sessions,
    window_day,
)
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from claims import messages as m
from claims.claim import OPEN_ORDER_STATES, Ending, OrderState
from claims.events import (
    EVENT,
    BenefitAuthorized,
    BenefitCeased,
    ClaimApproved,
    Event,
    PaymentCancelled,
    PaymentOrdered,
    PaymentReturned,
    PaymentSettled,
)
from claims.evolving import fold
from claims.facts import ContributionRecord
from claims.next_step import current_month
from claims.periods import JAKARTA
from claims.reasons import Ground
from claims.rules import Office, SeparationReason

Said = Literal["open", "settled", "refused", "returned"]
LEDGER = (PaymentOrdered, PaymentSettled, PaymentReturned, PaymentCancelled)
WAGES = (0, 1, 3_333_333, 4_000_000, 5_000_000, 5_000_001, 20_000_000)
LAYOFFS = ("2023-03-03", "2024-08-31", "2024-12-02", "2025-03-03")


def ledger(story: Story) -> list[Event]:
    return [event for event in story.events if isinstance(event, LEDGER)]


class Lives(RuleBasedStateMachine):
    """One claim, its claimant, its bank, and time that only goes on."""

    @initialize(
        on=st.sampled_from(LAYOFFS),
        office=st.sampled_from([Office.REGENCY, Office.REGENCY, Office.NONE]),
        wage_idr=st.sampled_from(WAGES),
        already_approved=st.booleans(),
    )
    def somebody_is_laid_off(self, on: str, office: Office, wage_idr: int, already_approved: bool) -> None:
        self.laid_off = on
        self.at = f"{on} 10:00:00"
        self.story: Story = reported(a_layoff(on, office=office))
        if already_approved:
            self.story = decided(a_layoff(on), self.record(24, wage_idr), on)

    def record(self, months: int, wage_idr: int, earlier: int = 0) -> ContributionRecord:
        year, month = int(self.laid_off[:4]), int(self.laid_off[5:7])
        paid = months_between(f"{year - 2}-{month:02d}", f"{year}-{month - 1:02d}")[-months:]
        return a_record(paid=paid, wage_idr=wage_idr, earlier_benefits=earlier)

    @property
    def today(self) -> str:
        return self.at[:10]

    @property
    def date(self) -> date:
        return date.fromisoformat(self.today)

    def say(self, message: m.Message, received: str | None = None) -> None:
        said = self.story.when(message, self.at, received=received)
        again = said.when(message, self.at, received=received)
        assert ledger(again) == ledger(said), "the same message again moves no money"
        self.story = said

    @rule(days=st.integers(0, 12), hours=st.integers(0, 13))
    def time_goes_on(self, days: int, hours: int) -> None:
        self.at = f"{days_later(self.today, days)} {max(int(self.at[11:13]), 10 + hours):02d}:00:00"
        self.story = self.story.wake(self.at)

    @rule()
    def the_next_instant_comes(self) -> None:
        if (next_at := self.story.step(self.at).next_at) is not None:
            self.at = next_at.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")
            self.story = self.story.wake(self.at)

    @rule()
    def they_file(self) -> None:
        self.say(a_filing(max(1, self.story.claim.account_version)))

    @precondition(lambda self: self.story.claim.filing is not None and self.story.claim.record is None)
    @rule(
        wage_idr=st.sampled_from(WAGES),
        months=st.sampled_from([24, 24, 24, 12, 11]),
        earlier=st.sampled_from([0, 0, 0, 1, 3]),
    )
    def bpjs_answers(self, wage_idr: int, months: int, earlier: int) -> None:
        self.say(m.RecordContributions(record=self.record(months, wage_idr, earlier)))

    @rule(approves=st.sampled_from([True, True, False]))
    def an_officer_decides(self, approves: bool) -> None:
        self.say(m.DecideByOfficer(approves=approves, reason="seen"))

    @rule()
    def they_assess_themselves(self) -> None:
        self.say(m.CompleteSelfAssessment(form_version="asesmen-1", completed_on=self.date))

    @rule(count=st.integers(1, 6))
    def they_apply_for_work(self, count: int) -> None:
        self.say(applications(count, self.today))

    @rule()
    def they_are_called_to_an_interview(self) -> None:
        self.say(an_interview_call(self.today))

    @rule(attended=st.integers(0, 10), absent=st.integers(0, 3), excused=st.integers(0, 3))
    def they_are_trained(self, attended: int, absent: int, excused: int) -> None:
        if attended + absent + excused:
            self.say(sessions(self.today, attended=attended, absent=absent, excused=excused))

    @rule(month=st.integers(2, 6))
    def they_apply_for_a_month(self, month: int) -> None:
        self.say(certification(month))

    @precondition(lambda self: (current_month(self.story.claim) or 0) > 1)
    @rule(
        months=st.integers(1, 3),
        enough=st.sampled_from([True, True, True, False]),
        pays=st.sampled_from([True, True, False]),
        handled_days_later=st.sampled_from([0, 0, 0, 9]),
    )
    def they_live_months(self, months: int, enough: bool, pays: bool, handled_days_later: int) -> None:
        """Search and apply in the window, which a random walk would seldom do; at times handled late."""
        for _ in range(months):
            month = current_month(self.story.claim)
            if month is None:
                return
            self.say(applications(5 if enough else 4, self.today))
            self.at = received = max(self.at, f"{window_day(self.story, month)} 10:00:00")
            if handled_days_later:
                self.at = f"{days_later(received[:10], handled_days_later)} 10:00:00"
                self.story = self.story.wake(self.at)
            self.say(certification(month), received)
            self.the_bank_pays(month if pays else 0)

    def the_bank_pays(self, month: int) -> None:
        last = self.story.claim.month(month).last_order if month else None
        if last is not None and last.state in OPEN_ORDER_STATES:
            self.say(an_outcome(last, "settled"))

    @rule()
    def the_bank_pays_all(self) -> None:
        for month in range(1, 7):
            self.the_bank_pays(month)

    @rule(
        month=st.integers(1, 6),
        attempt=st.integers(0, 2),
        outcome=st.sampled_from(["open", "settled", "settled", "refused", "returned"]),
        ground=st.sampled_from([Ground.ACCOUNT_REFUSED, Ground.NOT_EXECUTED]),
    )
    def the_bank_says(self, month: int, attempt: int, outcome: Said, ground: Ground) -> None:
        orders = self.story.claim.month(month).orders
        if attempt < len(orders):
            self.say(an_outcome(orders[-1 - attempt], outcome, ground))

    @rule()
    def they_change_their_account(self) -> None:
        self.say(m.ChangeAccount(account_version=self.story.claim.account_version + 1))

    @rule(lucky=st.integers(0, 11), told_days_later=st.sampled_from([0, 0, 3, 20, 70]))
    def they_find_work(self, lucky: int, told_days_later: int) -> None:
        if lucky == 0:
            since = date.fromisoformat(days_later(self.today, -told_days_later))
            self.say(m.ReportReemployment(since=since))

    @rule(unlucky=st.integers(0, 15))
    def they_die(self, unlucky: int) -> None:
        if unlucky == 0:
            self.say(m.ReportDeath(died_on=self.date))

    @rule(tired=st.integers(0, 15))
    def they_withdraw(self, tired: int) -> None:
        if tired == 0:
            self.say(m.WithdrawClaim(reason="moved"))

    @rule(reason=st.sampled_from([SeparationReason.EFFICIENCY, SeparationReason.RESIGNATION]))
    def the_employer_corrects(self, reason: SeparationReason) -> None:
        self.say(a_report(a_layoff(self.laid_off, reason=reason)))

    @invariant()
    def never_above_the_ceiling(self) -> None:
        for authorized in self.story.all(BenefitAuthorized):
            assert authorized.amount_idr <= 3_000_000
            assert authorized.regime == "2025" or authorized.amount_idr <= 2_250_000
        assert sum(amounts(self.story)) <= 18_000_000

    @invariant()
    def never_more_than_six_months_and_no_month_twice(self) -> None:
        months = self.story.claim.months
        assert len(amounts(self.story)) <= 6
        for month in months:
            states = [order.state for order in month.orders]
            live = [state for state in states if state in OPEN_ORDER_STATES or state is OrderState.SETTLED]
            assert len(live) <= 1

    @invariant()
    def what_was_ordered_is_what_was_authorized(self) -> None:
        owed: dict[int, int] = {}
        for event in self.story.events:
            if isinstance(event, BenefitAuthorized):
                assert event.month not in owed, "a month is authorized once"
                owed[event.month] = event.amount_idr
            if isinstance(event, PaymentOrdered):
                assert event.amount_idr == owed[event.month]

    @invariant()
    def none_before_the_approval_and_none_after_the_right_ended(self) -> None:
        last = 0
        for event in self.story.events:
            if isinstance(event, ClaimApproved):
                last = 6
            if isinstance(event, BenefitCeased):
                last = event.last_month_owed
            if isinstance(event, (BenefitAuthorized, PaymentOrdered)):
                assert event.month <= last

    @invariant()
    def nothing_is_ordered_of_a_withdrawn_claim(self) -> None:
        if self.story.claim.ending in (Ending.WITHDRAWN, Ending.LAPSED, Ending.LAYOFF_WITHDRAWN):
            states = [order.state for month in self.story.claim.months for order in month.orders]
            assert OrderState.ORDERED not in states

    @invariant()
    def looking_again_changes_nothing(self) -> None:
        assert self.story.wake(self.at).events == self.story.events

    def teardown(self) -> None:
        if hasattr(self, "story"):
            stored = [EVENT.dump_json(event) for event in self.story.events]
            read = tuple(EVENT.validate_json(content) for content in stored)
            assert read == self.story.events
            assert fold(read) == self.story.claim


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=200,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
