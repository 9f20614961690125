"""Whole claims, lived at random: what must hold whatever is said, in whatever order."""

from datetime import date, timedelta
from typing import Literal

import hypothesis.strategies as st
import pytest
from builders import (
    WEEKENDS_ONLY,
    Story,
    a_filing,
    a_fixed_term,
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
    wib,
    window_day,
)
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from claims import messages as m
from claims.basis import Heard, Statutory
from claims.claim import OPEN_ORDER_STATES, Ending, OrderState
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
    Party,
    Payer,
    PaymentCancelled,
    PaymentOrdered,
    PaymentReturned,
    PaymentSettled,
    QuestionAnswered,
    ReceivableFound,
    Statement,
    Work,
)
from claims.evolving import fold
from claims.facts import ContributionRecord, EmployerStanding
from claims.next_step import current_month
from claims.periods import JAKARTA
from claims.reasons import Ground
from claims.regimes import LAW
from claims.replaying import replay
from claims.rules import Office, SeparationReason

Said = Literal["open", "settled", "refused", "returned"]
LEDGER = (PaymentOrdered, PaymentSettled, PaymentReturned, PaymentCancelled)
WAGES = (4_000_000, 3_333_333, 0, 1, 5_000_000, 5_000_001, 20_000_000)
LAYOFFS = ("2023-03-03", "2024-08-31", "2024-12-02", "2025-03-03")
ADVERSE = (ClaimDenied, ClaimLapsed, MonthForfeited, BenefitCeased, ReceivableFound, PaymentCancelled)
CEILINGS_IDR = {
    "2021": (2_250_000, 2_250_000, 2_250_000, 1_250_000, 1_250_000, 1_250_000),
    "2025": (3_000_000,) * 6,
}


def ledger(story: Story) -> list[Event]:
    return [event for event in story.events if isinstance(event, LEDGER)]


def books(events: tuple[Event, ...]) -> dict[str, int]:
    """A small ledger of its own: every amount once to the debit and once to the credit of an account."""
    balance = dict.fromkeys(("benefits", "payable", "bank", "receivable"), 0)

    def book(debit: str, credit: str, amount_idr: int) -> None:
        balance[debit] += amount_idr
        balance[credit] -= amount_idr

    for event in events:
        match event:
            case BenefitAuthorized(amount_idr=amount_idr):
                book("benefits", "payable", amount_idr)
            case MonthAdjusted(difference_idr=difference_idr):
                book("benefits", "payable", difference_idr)
            case PaymentSettled(amount_idr=amount_idr):
                book("payable", "bank", amount_idr)
            case PaymentReturned(amount_idr=amount_idr):
                book("bank", "payable", amount_idr)
            case ReceivableFound(amount_idr=amount_idr):
                book("receivable", "benefits", amount_idr)
    return balance


def returned_unpaid_idr(events: tuple[Event, ...]) -> int:
    """What came back of orders of which nobody had heard that they were paid: out and in on one day."""
    settled = {event.order_id for event in events if isinstance(event, PaymentSettled)}
    came_back = [event for event in events if isinstance(event, PaymentReturned)]
    return sum(event.amount_idr for event in came_back if event.order_id not in settled)


class Lives(RuleBasedStateMachine):
    """One claim, its claimant, its bank, and time that only goes on."""

    @initialize(
        on=st.sampled_from(LAYOFFS),
        office=st.sampled_from([Office.REGENCY, Office.REGENCY, Office.NONE]),
        wage_idr=st.sampled_from(WAGES),
        already_approved=st.sampled_from([True, True, True, False]),
    )
    def somebody_is_laid_off(self, on: str, office: Office, wage_idr: int, already_approved: bool) -> None:
        self.laid_off = on
        self.at = f"{on} 10:00:00"
        self.lag_hours = 0
        self.story: Story = reported(a_layoff(on, office=office))
        if already_approved:
            self.story = decided(a_layoff(on), self.record(24, wage_idr), on)

    def record(
        self,
        months: int,
        wage_idr: int,
        earlier: int = 0,
        *,
        owed: int = 0,
        employer: EmployerStanding = EmployerStanding.OPERATING,
        reemployed_on: str | None = None,
    ) -> ContributionRecord:
        year, month = int(self.laid_off[:4]), int(self.laid_off[5:7])
        known = months_between(f"{year - 2}-{month:02d}", f"{year}-{month - 1:02d}")[-months:]
        paid, unpaid = known[: len(known) - owed], known[len(known) - owed :]
        return a_record(
            paid=paid,
            owed=unpaid,
            wage_idr=wage_idr,
            earlier_benefits=earlier,
            employer=employer,
            reemployed_on=reemployed_on,
        )

    @property
    def today(self) -> str:
        return self.at[:10]

    @property
    def date(self) -> date:
        return date.fromisoformat(self.today)

    def say(self, message: m.Message, received: str | None = None) -> None:
        """Say something, said again at once; a slow queue hands it on some hours after it was received."""
        if received is None and self.lag_hours:
            earlier = wib(self.at) - timedelta(hours=self.lag_hours)
            received = max(earlier, wib(f"{self.laid_off} 10:00:00")).strftime("%Y-%m-%d %H:%M:%S")
        said = self.story.when(message, self.at, received=received)
        again = said.when(message, self.at, received=received)
        assert ledger(again) == ledger(said), "the same message again moves no money"
        self.story = said.wake(self.at)

    @rule(hours=st.sampled_from([0, 0, 0, 1, 30, 200]))
    def the_queue_is_slow(self, hours: int) -> None:
        self.lag_hours = hours

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

    @precondition(lambda self: self.story.claim.record is not None)
    @rule(
        wage_idr=st.sampled_from(WAGES),
        months=st.sampled_from([24, 24, 12, 11]),
        owed=st.sampled_from([0, 0, 1, 4, 7]),
        employer=st.sampled_from(EmployerStanding),
        works=st.sampled_from([False, False, False, True]),
    )
    def bpjs_says_something_else(
        self, wage_idr: int, months: int, owed: int, employer: EmployerStanding, works: bool
    ) -> None:
        """Better or worse than before: another wage, months paid or owed, work found in the register."""
        since = self.today if works else None
        record = self.record(months, wage_idr, owed=owed, employer=employer, reemployed_on=since)
        self.say(m.RecordContributions(record=record))

    @rule(
        approves=st.sampled_from([True, True, False]),
        question=st.integers(0, 3),
        payer=st.sampled_from([None, "bpjs", "employer"]),
    )
    def an_officer_decides(self, approves: bool, question: int, payer: Payer | None) -> None:
        message = m.DecideByOfficer(approves=approves, reason="seen", question=question, payer=payer)
        self.say(message)

    @precondition(lambda self: bool(self.story.claim.open_questions))
    @rule(
        approves=st.booleans(),
        statement=st.sampled_from([None, "agrees", "disagrees"]),
        days=st.sampled_from([0, 2, 12]),
    )
    def a_question_comes_to_its_end(self, approves: bool, statement: Statement | None, days: int) -> None:
        """Answered or not, decided in the term or after it, which a random walk would seldom do."""
        number = self.story.claim.open_questions[0].asked.question
        if statement is not None:
            self.say(m.AnswerQuestion(question=number, statement=statement, reference="doc-1"))
        self.at = f"{days_later(self.today, days)} {self.at[11:]}"
        self.say(m.DecideByOfficer(approves=approves, reason="seen", question=number))

    @rule(nth=st.integers(0, 8))
    def something_else_is_said(self, nth: int) -> None:
        """What a life is full of and what seldom changes it: one rule, so that the others have their turn."""
        small: tuple[m.Message, ...] = (
            m.RequestRecord(reason="it was paid"),
            m.AskForDocuments(documents=("contract", "wage_slip")),
            m.AskReimbursement(reference="back-1", arrears_settled_on=self.date),
            m.FindTrueWage(true_wage_idr=6_000_000, reference="nota-1"),
            m.AttendCounselling(attended_on=self.date, office="office-1"),
            m.CompleteSelfAssessment(form_version="asesmen-1", completed_on=self.date),
            m.ChangeAccount(account_version=self.story.claim.account_version + 1),
            m.AnswerQuestion(question=0, statement="disagrees", reference="doc-1"),
            m.AnswerQuestion(question=1, statement="agrees", reference="doc-1"),
        )
        self.say(small[nth])

    @precondition(lambda self: self.story.claim.record is not None)
    @rule(wage_idr=st.sampled_from([3_333_333, 4_000_000, 4_999_999, 5_000_000, 20_000_000]))
    def the_wage_is_corrected(self, wage_idr: int) -> None:
        record = self.story.claim.record
        assert record is not None, "there is one to correct"
        corrected = record.model_copy(update={"reported_wage_idr": wage_idr})
        self.say(m.RecordContributions(record=corrected))

    @precondition(lambda self: self.story.claim.employer_pays)
    @rule(month=st.integers(1, 6), half=st.booleans())
    def the_employer_pays(self, month: int, half: bool) -> None:
        owed_idr = self.story.claim.month(month).amount_idr
        paid = m.RecordEmployerPayment(
            month=month, amount_idr=owed_idr // (1 + half), paid_on=self.date, reference="giro-1"
        )
        said = self.story.when(paid, self.at)
        self.story = said.wake(self.at)

    @rule(count=st.integers(1, 6))
    def they_apply_for_work(self, count: int) -> None:
        self.say(applications(count, self.today))

    @rule()
    def they_are_called_to_an_interview(self) -> None:
        self.say(an_interview_call(self.today))

    @precondition(lambda self: bool(self.story.claim.efforts))
    @rule(nth=st.integers(0, 5))
    def the_portal_takes_an_application_back(self, nth: int) -> None:
        efforts = self.story.claim.efforts
        self.say(m.WithdrawEffort(reference=efforts[nth % len(efforts)].effort.reference))

    @rule(
        attended=st.integers(0, 10),
        absent=st.integers(0, 3),
        excused=st.integers(0, 3),
        told_days_later=st.sampled_from([0, 0, 20, 50]),
    )
    def they_are_trained(self, attended: int, absent: int, excused: int, told_days_later: int) -> None:
        day = days_later(self.today, -told_days_later)
        if attended + absent + excused:
            self.say(sessions(day, attended=attended, absent=absent, excused=excused))

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

    @rule(
        lucky=st.integers(0, 7),
        told_days_later=st.sampled_from([0, 0, 3, 20, 70]),
        work=st.sampled_from(["employment", "own_business"]),
    )
    def they_find_work(self, lucky: int, told_days_later: int, work: Work) -> None:
        if lucky == 0:
            since = date.fromisoformat(days_later(self.today, -told_days_later))
            self.say(m.ReportReemployment(since=since, work=work))

    @rule(unlucky=st.integers(0, 9), told_days_later=st.sampled_from([0, 5, 40]))
    def they_die(self, unlucky: int, told_days_later: int) -> None:
        if unlucky == 0:
            day = date.fromisoformat(days_later(self.today, -told_days_later))
            self.say(m.ReportDeath(died_on=day))

    @rule(tired=st.integers(0, 15))
    def they_withdraw(self, tired: int) -> None:
        if tired == 0:
            self.say(m.WithdrawClaim(reason="moved"))

    @rule(
        by=st.sampled_from(["employer", "participant"]),
        reason=st.sampled_from([SeparationReason.EFFICIENCY, SeparationReason.RESIGNATION]),
        fixed_term=st.sampled_from([False, False, True]),
    )
    def the_layoff_is_told_otherwise(self, by: Party, reason: SeparationReason, fixed_term: bool) -> None:
        contract = a_fixed_term("2020-01-01", self.laid_off) if fixed_term else None
        self.say(a_report(a_layoff(self.laid_off, reason=reason, contract=contract), by))

    @rule(moody=st.integers(0, 5), by=st.sampled_from(["employer", "employer", "participant"]))
    def the_report_is_taken_back(self, moody: int, by: Party) -> None:
        if moody == 0:
            self.say(m.WithdrawLayoff(reported_by=by))

    @invariant()
    def never_above_the_ceiling_of_month_and_regime(self) -> None:
        for month in self.story.claim.months:
            ordered_idr = sum(
                order.amount_idr
                for order in month.orders
                if order.state in OPEN_ORDER_STATES or order.state is OrderState.SETTLED
            )
            if month.authorized is None:
                assert ordered_idr == month.employer_paid_idr == 0
                continue
            ceiling_idr = CEILINGS_IDR[month.authorized.regime][month.number - 1]
            assert month.amount_idr <= ceiling_idr
            assert ordered_idr + month.employer_paid_idr <= month.amount_idr

    @invariant()
    def never_more_than_six_months_and_no_obligation_twice(self) -> None:
        months = self.story.claim.months
        assert [month.number for month in months] == [1, 2, 3, 4, 5, 6]
        for month in months:
            live = [
                order.obligation
                for order in month.orders
                if order.state in OPEN_ORDER_STATES or order.state is OrderState.SETTLED
            ]
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
                    owed[f"benefit/{event.month}"] = event.amount_idr
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
        assert -balance["payable"] == sum(month.amount_idr for month in months) - paid_idr + returned_idr
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
            by_employer_idr = sum(paid.amount_idr for paid in by_employer)
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
            at = instant.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")
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
        Lives, settings=settings(SHORT, max_examples=5_000, stateful_step_count=60, derandomize=False)
    )
