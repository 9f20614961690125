"""One claim lived at random: whatever its people, BPJS, the officers and the bank may say, and time."""

from datetime import date, timedelta
from typing import Literal

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from support.builders import (
    Story,
    a_filing,
    a_fixed_term,
    a_layoff,
    a_record,
    a_report,
    an_interview_call,
    an_outcome,
    applications,
    certification,
    days_later,
    decided,
    months_between,
    reported,
    sessions,
    spelled,
    wib,
    window_day,
)

from claims.agenda.next_step import current_month
from claims.commands import command as cmd
from claims.events import (
    Event,
    Party,
    Payer,
    PaymentCancelled,
    PaymentOrdered,
    PaymentReturned,
    PaymentSettled,
    Statement,
    Work,
)
from claims.events.facts import ContributionRecord, EmployerStanding
from law.grounds import Ground
from law.rules import Office, SeparationReason
from payments.orders import OPEN_STATES

Said = Literal["open", "settled", "refused", "returned"]
LEDGER = (PaymentOrdered, PaymentSettled, PaymentReturned, PaymentCancelled)
WAGES = (4_000_000, 3_333_333, 0, 1, 5_000_000, 5_000_001, 20_000_000)
LAYOFFS = ("2023-03-03", "2024-08-31", "2024-12-02", "2025-03-03")


def ledger(story: Story) -> list[Event]:
    return [event for event in story.events if isinstance(event, LEDGER)]


class Life(RuleBasedStateMachine):
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

    def say(self, message: cmd.Command, received: str | None = None) -> None:
        """Say something, said again at once; a slow queue hands it on some hours after it was received."""
        if received is None and self.lag_hours:
            earlier = wib(self.at) - timedelta(hours=self.lag_hours)
            received = spelled(max(earlier, wib(self.laid_off)))
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
            self.at = spelled(next_at)
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
        self.say(cmd.RecordContributions(record=self.record(months, wage_idr, earlier)))

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
        self.say(cmd.RecordContributions(record=record))

    @rule(
        approves=st.sampled_from([True, True, False]),
        question=st.integers(0, 3),
        payer=st.sampled_from([None, "bpjs", "employer"]),
    )
    def an_officer_decides(self, approves: bool, question: int, payer: Payer | None) -> None:
        self.say(cmd.DecideByOfficer(approves=approves, reason="seen", question=question, payer=payer))

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
            self.say(cmd.AnswerQuestion(question=number, statement=statement, reference="doc-1"))
        self.at = f"{days_later(self.today, days)} {self.at[11:]}"
        self.say(cmd.DecideByOfficer(approves=approves, reason="seen", question=number))

    @rule(nth=st.integers(0, 8))
    def something_else_is_said(self, nth: int) -> None:
        """What a life is full of and what seldom changes it: one rule, so that the others have their turn."""
        small: tuple[cmd.Command, ...] = (
            cmd.RequestRecord(reason="it was paid"),
            cmd.AskForDocuments(documents=("contract", "wage_slip")),
            cmd.AskReimbursement(reference="back-1", arrears_settled_on=self.date),
            cmd.FindTrueWage(true_wage_idr=6_000_000, reference="nota-1"),
            cmd.AttendCounselling(attended_on=self.date, office="office-1"),
            cmd.CompleteSelfAssessment(form_version="asesmen-1", completed_on=self.date),
            cmd.ChangeAccount(account_version=self.story.claim.account_version + 1),
            cmd.AnswerQuestion(question=0, statement="disagrees", reference="doc-1"),
            cmd.AnswerQuestion(question=1, statement="agrees", reference="doc-1"),
        )
        self.say(small[nth])

    @precondition(lambda self: self.story.claim.record is not None)
    @rule(wage_idr=st.sampled_from([3_333_333, 4_000_000, 4_999_999, 5_000_000, 20_000_000]))
    def the_wage_is_corrected(self, wage_idr: int) -> None:
        record = self.story.claim.record
        assert record is not None, "there is one to correct"
        corrected = record.model_copy(update={"reported_wage_idr": wage_idr})
        self.say(cmd.RecordContributions(record=corrected))

    @precondition(lambda self: self.story.claim.employer_pays)
    @rule(month=st.integers(1, 6), half=st.booleans())
    def the_employer_pays(self, month: int, half: bool) -> None:
        granted = self.story.claim.month(month)
        owed_idr = granted.amount_idr if granted.authorized else 2_400_000
        paid = cmd.RecordEmployerPayment(
            month=month, amount_idr=owed_idr // (1 + half), paid_on=self.date, reference="giro-1"
        )
        self.story = self.story.when(paid, self.at).wake(self.at)

    @precondition(lambda self: self.story.claim.employer_pays)
    @rule()
    def the_arrears_are_paid(self) -> None:
        record = self.story.claim.record
        assert record is not None, "who pays was decided on a record"
        paid = tuple(month.model_copy(update={"paid_on": self.date}) for month in record.months)
        self.say(cmd.RecordContributions(record=record.model_copy(update={"months": paid})))

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
        self.say(cmd.WithdrawEffort(reference=efforts[nth % len(efforts)].effort.reference))

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
        if last is not None and last.state in OPEN_STATES:
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
            self.say(cmd.ReportReemployment(since=since, work=work))

    @rule(unlucky=st.integers(0, 9), told_days_later=st.sampled_from([0, 5, 40]))
    def they_die(self, unlucky: int, told_days_later: int) -> None:
        if unlucky == 0:
            day = date.fromisoformat(days_later(self.today, -told_days_later))
            self.say(cmd.ReportDeath(died_on=day))

    @rule(tired=st.integers(0, 15))
    def they_withdraw(self, tired: int) -> None:
        if tired == 0:
            self.say(cmd.WithdrawClaim(reason="moved"))

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
            self.say(cmd.WithdrawLayoff(reported_by=by))
