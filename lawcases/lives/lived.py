"""A claim as the messages of a law case make it.

Messages are decided in the order of their times and deadlines take effect before and after each, as in the
engine. Nothing is replaced and nothing is looked up beside the claim.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from uuid import UUID

from claims.agenda.notices import Notice, notices_for
from claims.agenda.redating import redated
from claims.commands import command as cmd
from claims.deciding.answers import CommandResult
from claims.deciding.dispatch import decide
from claims.events import Event
from claims.state.claim import Claim
from claims.state.evolving import evolve
from claims.transitions.automatic import Effect, automatic_transitions
from law.periods import Calendar, day_of, months_after
from law.regimes import LAW
from law.rules import BENEFIT_MONTHS, Law
from lawcases.format.bank import BankWord
from lawcases.format.evidence import Evidence
from lawcases.format.facts import Known, wib
from payments.context import DecisionContext
from payments.orders import OrderState

Bank = Literal["pays", "waits", "refuses"]
FIRST_ACCOUNT = 1
Said = tuple[datetime, cmd.Command | Calendar | BankWord]


@dataclass
class Life:
    """A claim as its messages make it, with a bank that executes every order at once, or none.

    A bank that refuses does so at once with every order to the first account.
    """

    calendar: Calendar
    law: Law = LAW
    bank: Bank = "pays"
    claim: Claim = field(default_factory=Claim)
    events: list[Event] = field(default_factory=list)
    heard: list[cmd.Command] = field(default_factory=list)
    steps: list[tuple[tuple[Effect, ...], Claim]] = field(default_factory=list)

    def hear(self, message: cmd.Command, at: datetime) -> CommandResult:
        """Decide one message at the instant it is received."""
        self.heard.append(message)
        self._follow(at, at)
        decision = decide(self.claim, message, self.context(at, at))
        self._follow(at, at, decision.events)
        self._pay(at)
        return decision.result

    def hear_all(self, said: Iterable[Said]) -> list[CommandResult | None]:
        """Decide messages in the order of their times; the answers in the order in which they are given."""
        given = list(said)
        answers: list[CommandResult | None] = [None] * len(given)
        for nth, (at, message) in sorted(enumerate(given), key=lambda one: one[1][0]):
            match message:
                case Calendar():
                    answers[nth] = self.decree(message, at)
                case BankWord():
                    self.wake(at)
                    answers[nth] = self.hear(message.message(self.claim), at)
                case _:
                    answers[nth] = self.hear(message, at)
        return answers

    def decree(self, calendar: Calendar, at: datetime) -> CommandResult | None:
        """Another calendar from now on, and what the claim is told of the dates that it moves."""
        self.wake(at)
        was = self.context(at, None)
        moved = redated(self.claim, was, replace(was, calendar=calendar))
        self.calendar = calendar
        if not moved:
            return None
        dates = tuple(each.date for each in moved)
        return self.hear(cmd.MoveDeadlines(calendar_version=calendar.version, moved=dates), at)

    def wake(self, at: datetime) -> None:
        """Let the deadlines take effect that have passed."""
        self._follow(at, None)
        self._pay(at)

    def _pay(self, at: datetime) -> None:
        if self.bank == "waits":
            return
        ordered = [o for month in self.claim.months for o in month.orders if o.state is OrderState.ORDERED]
        for order in ordered:
            refused = self.bank == "refuses" and order.account_version == FIRST_ACCOUNT
            said = BankWord(order.obligation, "refused" if refused else "settled").message(self.claim)
            self._follow(at, at, decide(self.claim, said, self.context(at, at)).events)

    def _follow(self, at: datetime, received_at: datetime | None, said: Sequence[Event] = ()) -> None:
        """One step: what was said, and what follows from it."""
        self._take(said)
        follows = automatic_transitions(self.claim, self.context(at, received_at))
        self._take(effect.event for effect in follows)
        if said or follows:
            self.steps.append(((*(Effect(event, at) for event in said), *follows), self.claim))

    @property
    def letters(self) -> Iterator[Notice]:
        """The letters that the steps called for, in their order."""
        return (letter for effects, claim in self.steps for letter in notices_for(effects, claim))

    def _take(self, events: Iterable[Event]) -> None:
        for event in events:
            self.events.append(event)
            self.claim = evolve(self.claim, event)

    def context(self, at: datetime, received_at: datetime | None) -> DecisionContext:
        """The law, the calendar and the orders of this claim at an instant."""
        rows = {o.order_id: o.state for month in self.claim.months for o in month.orders}
        return DecisionContext(
            law=self.law,
            calendar=self.calendar,
            at=at,
            received_at=received_at,
            order_rows=rows,
            fresh_order_ids=_fresh(len(rows)),
        )


@lru_cache
def _fresh(orders: int) -> tuple[UUID, ...]:
    """Identities that none of so many orders has: every look draws six of its own."""
    return tuple(UUID(int=BENEFIT_MONTHS * orders + n) for n in range(BENEFIT_MONTHS))


def filed(known: Known, law: Law) -> tuple[Life, CommandResult]:
    """A claim reported, filed and, where the filing was taken, answered by BPJS."""
    life = Life(known.calendar(), law)
    life.hear(known.report(), known.reporting_at)
    answer = life.hear(known.filing(), known.filing_at)
    if answer.verdict.counts:
        life.hear(cmd.RecordContributions(record=known.record(known.deciding_at)), known.deciding_at)
    return life, answer


def reference_date(known: Known, month: int) -> date:
    """The reference date of a benefit month."""
    return months_after(day_of(known.filing_at), month - 1)


def month_lived(known: Known, evidence: Evidence, month: int) -> Iterator[Said]:
    """What is said for one month: training and search the days after the reference date before it."""
    before = reference_date(known, month - 1)
    own = reference_date(known, month)
    if month == BENEFIT_MONTHS:
        own = reference_date(known, month + 1) - timedelta(days=2)
    if evidence.self_assessed:
        done = cmd.CompleteSelfAssessment(form_version="asesmen-1", completed_on=day_of(known.deciding_at))
        yield known.deciding_at, done
    search = evidence.search(before + timedelta(days=1))
    if search is not None:
        yield wib(f"{search.efforts[0].done_on} 12:00:00"), search
    for training in evidence.trainings(before + timedelta(days=2)):
        yield wib(f"{training.sessions[0].held_on} 12:00:00"), training
    if evidence.applies:
        applied = cmd.CertifyMonth(month=month, without_work=True, status_form=evidence.status_form)
        yield wib(evidence.applied_at or own.isoformat()), applied
