"""Law cases lived: a claim is made of a case, the engine is asked, and what differs is told.

Messages are judged in the order of their times and deadlines take effect before and after each, as in the
engine. Nothing is replaced and nothing is looked up beside the claim.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from claims import messages as m
from claims.answers import Answer
from claims.claim import Claim, OrderState
from claims.consequences import consequences
from claims.contributions import contribution_due_on
from claims.deciding import decide
from claims.employer_duties import Seen, placement_report, training_report
from claims.events import BenefitAuthorized, ClaimApproved, ClaimDenied, ClaimReferred, Event
from claims.evolving import evolve
from claims.periods import JAKARTA, Calendar, day_of, months_after
from claims.reasons import Ground
from claims.regimes import LAW
from claims.rules import BENEFIT_MONTHS
from claims.situation import OrderRow, Situation
from claims.windows import filing_window, month_window
from cli.law_beside_life import Outcome, asked_beside
from cli.law_cases import (
    ApplicationCase,
    Case,
    ClaimCase,
    DeadlineCase,
    EligibilityCase,
    MonthCase,
)
from cli.law_facts import Evidence, Known, filing, wib
from cli.law_heads import Expect

Said = tuple[datetime, m.Message]


@dataclass(frozen=True)
class Mismatch:
    """One field of an expectation that did not come out."""

    field: str
    expected: object
    got: object


@dataclass
class Life:
    """A claim as its messages make it, with a bank that executes every order at once."""

    calendar: Calendar
    claim: Claim = field(default_factory=Claim)
    drawn: int = 0

    def hear(self, message: m.Message, at: datetime) -> Answer:
        """Judge one message at the instant it is received."""
        self._follow(at, at)
        decision = decide(self.claim, message, self._situation(at, at))
        self._take(decision.events)
        self._follow(at, at)
        self._pay(at)
        return decision.answer

    def hear_all(self, said: Iterable[Said]) -> None:
        """Judge messages in the order of their times."""
        for at, message in sorted(said, key=lambda one: one[0]):
            self.hear(message, at)

    def wake(self, at: datetime) -> None:
        """Let the deadlines take effect that have passed."""
        self._follow(at, None)
        self._pay(at)

    def _pay(self, at: datetime) -> None:
        ordered = [o for month in self.claim.months for o in month.orders if o.state is OrderState.ORDERED]
        for order in ordered:
            outcome = m.RecordTransfer(
                order_id=order.order_id,
                outcome="settled",
                amount_idr=order.amount_idr,
                ground=Ground.COUNTS,
                bank_code="2001800",
                found_by="answer",
            )
            self._take(decide(self.claim, outcome, self._situation(at, at)).events)
            self._follow(at, at)

    def _follow(self, at: datetime, received_at: datetime | None) -> None:
        self._take(effect.event for effect in consequences(self.claim, self._situation(at, received_at)))

    def _take(self, events: Iterable[Event]) -> None:
        for event in events:
            self.claim = evolve(self.claim, event)

    def _situation(self, at: datetime, received_at: datetime | None) -> Situation:
        rows = {
            order.order_id: OrderRow.SETTLED if order.state is OrderState.SETTLED else OrderRow.ORDERED
            for month in self.claim.months
            for order in month.orders
        }
        self.drawn += BENEFIT_MONTHS
        fresh = tuple(UUID(int=self.drawn + n) for n in range(BENEFIT_MONTHS))
        return Situation(
            law=LAW,
            calendar=self.calendar,
            at=at,
            received_at=received_at,
            order_rows=rows,
            fresh_order_ids=fresh,
        )


def run(case: Case) -> tuple[Mismatch, ...]:
    """Ask the engine and compare; nothing where everything expected came out."""
    try:
        outcome = _asked(case)
    except AssertionError as broken:
        return (Mismatch("engine", "an answer", f"AssertionError: {broken}"),)
    return tuple(_mismatches(case.expect, outcome))


def _asked(case: Case) -> Outcome:
    match case:
        case EligibilityCase():
            return _eligibility(case)
        case MonthCase():
            return _month(case)
        case ApplicationCase():
            return _application(case)
        case DeadlineCase():
            return _deadline(case)
        case ClaimCase():
            return _claim(case)
        case _:
            return asked_beside(case)


def _mismatches(expect: Expect, outcome: Outcome) -> Iterator[Mismatch]:
    for name in expect.model_fields_set:
        expected, got = getattr(expect, name), outcome.get(name)
        same = expected in (got or "") if name == "article" and expected is not None else expected == got
        if not same:
            yield Mismatch(name, expected, got)


def _filed(known: Known) -> tuple[Life, Answer]:
    """A claim reported, filed and, where the filing was taken, answered by BPJS."""
    life = Life(known.calendar())
    life.hear(known.report(), known.reporting_at)
    answer = life.hear(filing(), known.filing_at)
    if answer.verdict.counts:
        life.hear(m.RecordContributions(record=known.record(known.deciding_at)), known.deciding_at)
    return life, answer


def _reference_date(known: Known, month: int) -> date:
    return months_after(day_of(known.filing_at), month - 1)


def month_lived(known: Known, evidence: Evidence, month: int) -> Iterator[Said]:
    """What is said for one month: training and search the days after the reference date before it."""
    before = _reference_date(known, month - 1)
    own = _reference_date(known, month)
    if month == BENEFIT_MONTHS:
        own = _reference_date(known, month + 1) - timedelta(days=2)
    if evidence.self_assessed:
        done = m.CompleteSelfAssessment(form_version="asesmen-1", completed_on=day_of(known.deciding_at))
        yield known.deciding_at, done
    search = evidence.search(before + timedelta(days=1))
    if search is not None:
        yield wib(f"{search.efforts[0].done_on} 12:00:00"), search
    training = evidence.training(before + timedelta(days=2))
    if training is not None:
        yield wib(f"{training.sessions[0].held_on} 12:00:00"), training
    if evidence.applies:
        yield wib(evidence.applied_at or own.isoformat()), m.CertifyMonth(month=month, without_work=True)


def _eligibility(case: EligibilityCase) -> Outcome:
    life, answer = _filed(case.known)
    decision = life.claim.decision
    if not answer.verdict.counts:
        verdict = answer.verdict
        return {"decision": "not_accepted", "ground": verdict.ground.value, "article": verdict.article}
    if decision is None:
        return {"decision": "undecided"}
    facts = {name: value for reason in decision.reasons for name, value in reason.facts.items()}
    names: dict[type, str] = {ClaimApproved: "approved", ClaimDenied: "denied", ClaimReferred: "referred"}
    outcome = {"decision": names[type(decision)], "regime": decision.regime} | {
        name: facts.get(name) for name in ("paid_months", "longest_run", "months_in_arrears")
    }
    if isinstance(decision, ClaimApproved):
        return outcome | {"reference_date": decision.reference_date}
    return outcome | {"ground": decision.ground.value, "article": decision.article}


def _month(case: MonthCase) -> Outcome:
    life, _ = _filed(case.known)
    if life.claim.approved is None:
        return {"outcome": "not_approved"} | _last_word(life.claim)
    number = case.ask.month
    if number > 1:
        life.hear_all(month_lived(case.known, case.known.evidence, number))
    life.wake(wib((_reference_date(case.known, number + 1) + timedelta(days=10)).isoformat()))
    month = life.claim.month(number)
    if month.forfeited is not None:
        lost = month.forfeited
        return {
            "outcome": "forfeited",
            "ground": lost.ground.value,
            "article": lost.article,
            "regime": lost.regime,
        }
    return {"outcome": "undecided"} if month.authorized is None else _authorized(month.authorized)


def _authorized(owed: BenefitAuthorized) -> Outcome:
    percent = Decimal(owed.rate) * 100
    return {
        "outcome": "authorized",
        "amount_idr": owed.amount_idr,
        "rate_percent": int(percent) if percent == int(percent) else percent,
        "regime": owed.regime,
        "article": owed.article,
    }


def _application(case: ApplicationCase) -> Outcome:
    life, _ = _filed(case.known)
    efforts = (*case.known.told, case.ask.application)
    for n, one in enumerate(efforts, 1):
        answer = life.hear(m.RecordJobSearch(efforts=(one.effort(f"effort-{n}"),)), one.telling_at)
    told = answer.efforts[-1] if answer.efforts else None
    outcome: Outcome = {
        "counts": answer.verdict.counts,
        "ground": answer.verdict.ground.value,
        "article": answer.verdict.article,
        "month": told.month if told else 0,
    }
    for progress in answer.months:
        outcome |= {
            "applications": progress.applications,
            "interview_calls": progress.interview_calls,
            "enough": progress.enough,
        }
    return outcome


def _deadline(case: DeadlineCase) -> Outcome:
    known, ask = case.known, case.ask
    if ask.of == "contribution":
        assert ask.contribution_month is not None, "the question names its month"
        rules = LAW.in_force_on(date.fromisoformat(f"{ask.contribution_month}-01"))
        return {"last_day": contribution_due_on(ask.contribution_month, rules, known.calendar())}
    if ask.since is not None:
        seen = Seen(ask.since, known.calendar())
        told = training_report if ask.of == "training_report" else placement_report
        duty = told(ask.since, seen)
        return _between(None, duty.closes_at, duty.article)
    if ask.of == "filing":
        window = filing_window(known.laid_off_on, LAW)
        return _between(window.opens_at, window.closes_at, window.article)
    life, _ = _filed(known)
    assert ask.month is not None, "the question names its month"
    if ask.of == "month":
        window = month_window(life.claim, ask.month, LAW, known.calendar())
        return _between(window.opens_at, window.closes_at, window.article)
    if ask.month > 1:
        life.hear_all(month_lived(known, known.evidence, ask.month))
    owed = life.claim.month(ask.month).authorized
    return {} if owed is None else _between(None, owed.pay_until, "")


def _between(opens_at: datetime | None, closes_at: datetime, article: str) -> Outcome:
    opening: Outcome = {}
    if opens_at is not None:
        opening = {"opens_on": day_of(opens_at), "opens_at": _spelled(opens_at)}
    last_day = day_of(closes_at - timedelta(microseconds=1))
    return opening | {"last_day": last_day, "closes_at": _spelled(closes_at), "article": article}


def _spelled(instant: datetime) -> str:
    return instant.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")


def _claim(case: ClaimCase) -> Outcome:
    known = case.known
    life = Life(known.calendar())
    said: list[Said] = [
        (known.reporting_at, known.report()),
        (known.filing_at, filing()),
        (known.deciding_at, m.RecordContributions(record=known.record(known.deciding_at))),
    ]
    if not known.files:
        said = said[:1]
    for number in known.lived_months:
        said += month_lived(known, Evidence(), number)
    said += [(wib(one.at), one.message(known)) for one in known.messages]
    on = case.ask.on or months_after(day_of(known.filing_at), BENEFIT_MONTHS + 1)
    end_of_day = wib(f"{on} 23:59:59")
    life.hear_all(one for one in said if one[0] <= end_of_day)
    life.wake(end_of_day)
    return _standing(life.claim)


def _standing(claim: Claim) -> Outcome:
    owed = {month.number for month in claim.owed_months}
    months: list[int | None] = []
    for month in claim.months:
        open_still = month.number in owed and not month.decided and claim.ending is None
        paid = month.authorized.amount_idr if month.authorized and month.number in owed else 0
        months.append(None if open_still else paid)
    return {
        "months": tuple(months),
        "total_idr": sum(amount or 0 for amount in months),
        "status": _status(claim),
        "lost": {str(x.number): x.forfeited.ground.value for x in claim.months if x.forfeited is not None},
    } | _last_word(claim)


def _status(claim: Claim) -> str:
    if claim.ending is not None:
        return claim.ending.value
    if claim.ceased is not None:
        return "ceased"
    match claim.decision:
        case ClaimApproved():
            return "running"
        case ClaimDenied():
            return "denied"
        case ClaimReferred():
            return "referred"
        case None:
            return "not_filed" if claim.filing is None else "undecided"


def _last_word(claim: Claim) -> Outcome:
    """Ground and article of what ended the months, or of the decision that granted none."""
    told = claim.ceased or claim.decision
    return (
        {}
        if told is None or isinstance(told, ClaimApproved)
        else {"ground": told.ground.value, "article": told.article}
    )
