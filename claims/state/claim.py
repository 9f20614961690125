"""What a claim is after its events: the state, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from claims import events as e
from claims.events.facts import ContributionRecord, Layoff
from claims.state.hearings import Corrected, Ended, Facts, Objection, Question, Reconsidered
from claims.state.recorded import Contact, RecordedEffort, RecordedSession
from law.grounds import Ground
from law.rules import BENEFIT_MONTHS
from payments.orders import OrderState


class Ending(StrEnum):
    """How a claim came to its end."""

    LAPSED = "lapsed"
    EXHAUSTED = "exhausted"
    WITHDRAWN = "withdrawn"
    LAYOFF_WITHDRAWN = "layoff_withdrawn"


@dataclass(frozen=True)
class Order:
    """Perintah bayar: one attempt to pay one obligation."""

    order_id: UUID
    obligation: str
    attempt: int
    amount_idr: int
    account_version: int
    state: OrderState = OrderState.ORDERED
    failure: e.PaymentFailed | None = None


@dataclass(frozen=True)
class Owing:
    """Kewajiban bayar: what the fund owes of a month, and the attempts to pay it.

    The benefit itself is `benefit/<month>`; what a raised wage adds is `difference/<month>/<number>`.
    """

    month: int
    obligation: str
    amount_idr: int
    pay_until: datetime
    orders: tuple[Order, ...]

    @property
    def last_order(self) -> Order | None:
        """The newest attempt."""
        return self.orders[-1] if self.orders else None

    @property
    def settled(self) -> bool:
        """Paid and not returned."""
        return any(order.state is OrderState.SETTLED for order in self.orders)

    @property
    def out_of_our_hands(self) -> bool:
        """Paid, or given to the bank with the outcome open."""
        return any(order.state in (OrderState.UNKNOWN, OrderState.SETTLED) for order in self.orders)


@dataclass(frozen=True)
class BenefitMonth:
    """Bulan manfaat ke-n and what has been decided about it."""

    number: int
    certified: bool = False
    status_stated: bool = False
    granted_by_person: bool = False
    authorized: e.BenefitAuthorized | None = None
    forfeited: e.MonthForfeited | None = None
    adjusted: tuple[e.MonthAdjusted, ...] = ()
    taken_over: e.MonthTakenOver | None = None
    orders: tuple[Order, ...] = ()
    employer_paid_idr: int = 0
    receivable_idr: int = 0
    receivable: e.ReceivableFound | None = None
    catch_up_from: date | None = None

    @property
    def decided(self) -> bool:
        """Authorized or forfeited."""
        return self.authorized is not None or self.forfeited is not None

    @property
    def amount_idr(self) -> int:
        """What is owed of the month, with everything added to it later."""
        granted = 0 if self.authorized is None else self.authorized.amount_idr
        added = 0 if self.taken_over is None else self.taken_over.added_idr
        return granted + added + sum(adjusted.difference_idr for adjusted in self.adjusted)

    @property
    def paid_idr(self) -> int:
        """What left the fund for the month and did not come back."""
        return sum(order.amount_idr for order in self.orders if order.state is OrderState.SETTLED)

    @cached_property
    def owings(self) -> tuple[Owing, ...]:
        """The fund's obligations, the benefit first; none while it is not authorized or the employer pays."""
        granted, taken_over, owed = self.authorized, self.taken_over, []
        if granted is None:
            return ()
        if taken_over is not None:
            owed.append((f"benefit/{self.number}", taken_over.amount_idr, taken_over.pay_until))
        elif granted.payer == "bpjs":
            rest_idr = granted.amount_idr - granted.paid_ahead_idr
            owed.append((f"benefit/{self.number}", rest_idr, granted.pay_until))
        for nth, adjusted in enumerate(self.adjusted, 1):
            if adjusted.payer == "bpjs":
                owed.append((f"difference/{self.number}/{nth}", adjusted.difference_idr, adjusted.pay_until))
        return tuple(
            Owing(self.number, name, amount_idr, until, tuple(o for o in self.orders if o.obligation == name))
            for name, amount_idr, until in owed
            if amount_idr > 0
        )

    @property
    def out_of_our_hands(self) -> bool:
        """Paid, or given to the bank with the outcome open: what is later found not owed is a receivable."""
        return any(order.state in (OrderState.UNKNOWN, OrderState.SETTLED) for order in self.orders)

    @property
    def last_order(self) -> Order | None:
        """The newest attempt of any obligation."""
        return self.orders[-1] if self.orders else None

    @property
    def settled(self) -> bool:
        """Everything owed of the month is paid and not returned, by the fund or by the employer."""
        if self.authorized is None:
            return False
        of_the_employer_idr = self.amount_idr - sum(owing.amount_idr for owing in self.owings)
        return all(o.settled for o in self.owings) and self.employer_paid_idr >= of_the_employer_idr


@dataclass(frozen=True)
class Claim:
    """The state of one claim stream.

    `reports` are those that stand, the newest word of each party; `report_disputed` says that the employer
    spoke against the layoff that somebody else reported or filed for. `corrected` is the newest report that
    changed what a claimant knows, `taken_back` the newest report that was taken back.

    `decided` are the facts that the newest decision was made on; `reconsider` names what came after it and
    has not been looked at; `stood_refused` says that this filing was refused at some time, `came_back` that
    its layoff was taken back and reported again; `wage_idr` is the wage that months are computed from,
    `payer` who pays them from now on; `moved` are the dates that the newest change of the calendar moved;
    `last_decided` is the question decided last; `reimbursement_held` a request that came in time and waits
    for a record without arrears; `asked_before_the_end` how many questions were asked before the benefit
    ceased, `ends_before` are ends that left more months. What was said and has had no effect yet: `work_told`
    of work, `paid_before` of payments of the employer, `true_wage_told` of the wage.
    """

    layoff: Layoff | None = None
    reports: Mapping[e.Party, Layoff] = field(default_factory=dict)
    report_disputed: bool = False
    corrected: Corrected | None = None
    taken_back: e.LayoffWithdrawn | None = None
    filing: e.ClaimFiled | None = None
    refused_filings: tuple[e.FilingNotAccepted, ...] = ()
    record: ContributionRecord | None = None
    record_wanted: bool = False
    decision: e.ClaimApproved | e.ClaimDenied | e.ClaimReferred | None = None
    decided: Facts | None = None
    stood_refused: bool = False
    came_back: bool = False
    referral_answered: bool = False
    reconsider: e.Because | None = None
    reconsidered: Reconsidered | None = None
    wage_idr: int = 0
    payer: e.Payer = "bpjs"
    questions: tuple[Question, ...] = ()
    last_decided: int = 0
    objections: tuple[Objection, ...] = ()
    reviews: tuple[e.DecisionReviewed, ...] = ()
    resumed: e.BenefitResumed | None = None
    self_assessed: bool = False
    counselled: bool = False
    efforts: tuple[RecordedEffort, ...] = ()
    sessions: tuple[RecordedSession, ...] = ()
    contact: Contact = field(default_factory=Contact)
    months: tuple[BenefitMonth, ...] = field(
        default_factory=lambda: tuple(BenefitMonth(n) for n in range(1, BENEFIT_MONTHS + 1))
    )
    account_version: int = 0
    month_6_opens_by: datetime | None = None
    answers_moved: Mapping[datetime, datetime] = field(default_factory=dict)
    moved: tuple[e.DeadlineMoved, ...] = ()
    employer_payments: tuple[e.EmployerPaid, ...] = ()
    paid_before: tuple[e.EmployerPaid, ...] = ()
    employer_owes: e.EmployerOwes | None = None
    true_wage_told: e.EmployerOwes | None = None
    reimbursements: tuple[e.ReimbursementAsked, ...] = ()
    reimbursement_held: e.ReimbursementAsked | None = None
    reemployed_since: date | None = None
    work_told: tuple[e.Reemployed, ...] = ()
    died_on: date | None = None
    ceased: e.BenefitCeased | None = None
    asked_before_the_end: int = 0
    ends_before: tuple[Ended, ...] = ()
    ending: Ending | None = None

    @cached_property
    def approved(self) -> e.ClaimApproved | None:
        """The approval, when there is one."""
        return self.decision if isinstance(self.decision, e.ClaimApproved) else None

    @cached_property
    def denied(self) -> e.ClaimDenied | None:
        """The refusal, when the claim stands refused."""
        return self.decision if isinstance(self.decision, e.ClaimDenied) else None

    @property
    def facts(self) -> Facts:
        """What a decision would be made on now."""
        told = {self.reemployed_since, *(each.since for each in self.work_told)}
        return Facts(
            self.record,
            self.layoff,
            frozenset(self.reports.values()),
            self.report_disputed,
            frozenset(day for day in told if day is not None),
            self.died_on,
        )

    @property
    def work_in_doubt(self) -> e.Reemployed | None:
        """Work after the layoff that was told and that nobody has looked at."""
        if self.layoff is None:
            return None
        laid_off_on = self.layoff.laid_off_on
        return next((told for told in self.work_told if told.since > laid_off_on), None)

    @property
    def employer_pays(self) -> bool:
        """Whether the employer has to pay the months first (Pasal 39(3))."""
        return self.approved is not None and self.payer == "employer"

    def employer_bears(self, number: int) -> bool:
        """Whether a month is the employer's to pay: as it was granted, else as months are from now on."""
        month = self.month(number)
        if month.authorized is None:
            return self.employer_pays
        return month.authorized.payer == "employer" and month.taken_over is None

    @property
    def reimbursed_idr(self) -> int:
        """What the employer gets back by the requests that counted."""
        return sum(asked.amount_idr for asked in self.reimbursements)

    @property
    def last_month_owed(self) -> int:
        """6, or less once the benefit has ceased."""
        return BENEFIT_MONTHS if self.ceased is None else self.ceased.last_month_owed

    @property
    def end_before(self) -> Ended | None:
        """The end that would stand if what ended the benefit now were wrong."""
        others = (end for end in reversed(self.ends_before) if self.ceased is not None)
        return next(
            (end for end in others if self.ceased and end.event.ground is not self.ceased.ground), None
        )

    @cached_property
    def owed_months(self) -> tuple[BenefitMonth, ...]:
        """The months that are, or may still become, owed."""
        if self.approved is None:
            return ()
        return tuple(m for m in self.months if m.number <= self.last_month_owed or m.out_of_our_hands)

    @cached_property
    def owings(self) -> tuple[Owing, ...]:
        """What the fund owes, month by month, not what the employer pays; and what the bank has besides."""
        return tuple(
            owing
            for month in self.owed_months
            for owing in month.owings
            if month.number <= self.last_month_owed or owing.out_of_our_hands
        )

    @cached_property
    def open_questions(self) -> tuple[Question, ...]:
        """Questions that nobody has decided yet and that still decide something.

        Documents are asked for to decide a referral; a claim that was withdrawn asks nothing any more.
        """
        if self.ending in (Ending.WITHDRAWN, Ending.LAYOFF_WITHDRAWN):
            return ()
        referred = isinstance(self.decision, e.ClaimReferred)
        return tuple(
            question
            for question in self.questions
            if question.decided is None
            and (referred or question.asked.ground is not Ground.DOCUMENTS_MISSING)
        )

    def stands(self, what: e.Objected, month: int) -> bool:
        """Whether there is such a decision against the claimant."""
        match what:
            case "refusal":
                return self.denied is not None
            case "cessation":
                return self.ceased is not None
            case "month":
                return 0 < month <= self.last_month_owed and self.month(month).forfeited is not None

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """Objections that nobody has looked at and whose decision still stands."""
        if self.ending in (Ending.WITHDRAWN, Ending.LAYOFF_WITHDRAWN):
            return ()
        return tuple(
            objection
            for objection in self.objections
            if not objection.closed and self.stands(objection.received.what, objection.received.month)
        )

    def objects_to(self, what: e.Objected, month: int) -> bool:
        """Whether an objection to a decision is open."""
        return any(objection.is_against(what, month) for objection in self.open_objections)

    def caught_up_from(self, month: int) -> date | None:
        """The day from which a month whose window had closed may still be applied for; None for most."""
        days = [] if self.approved is None else [self.approved.catch_up_from]
        if self.resumed is not None and month in self.resumed.months:
            days.append(self.resumed.catch_up_from)
        days.append(self.month(month).catch_up_from)
        return max((day for day in days if day is not None), default=None)

    def may_answer_until(self, until: datetime) -> datetime:
        """The end of a time to answer; a holiday decreed inside it makes it longer."""
        return self.answers_moved.get(until, until)

    def held(self, month: int) -> bool:
        """Whether a month waits for the answer to a question."""
        return any(month in question.asked.months for question in self.open_questions)

    def asks(self, ground: Ground) -> bool:
        """Whether a question on a ground is open."""
        return any(question.asked.ground is ground for question in self.open_questions)

    @property
    def reported_by(self) -> frozenset[e.Party]:
        """The parties that reported the layoff."""
        return frozenset(self.reports)

    @property
    def reported_days(self) -> tuple[date, ...]:
        """Tanggal PHK as the standing reports say it, the earliest first; two while they contradict."""
        assert self.layoff is not None, "a claim stream begins with a layoff"
        said = {layoff.laid_off_on for layoff in self.reports.values()}
        return tuple(sorted(said or {self.layoff.laid_off_on}))

    @property
    def reports_agree(self) -> bool:
        """Whether employer and participant say the same of the day, the reason and the contract."""
        said = tuple(self.reports.values())
        return not self.report_disputed and not any(each.contradicts(said[0]) for each in said)

    def month(self, number: int) -> BenefitMonth:
        """Benefit month 1 to 6."""
        return self.months[number - 1]

    def find_order(self, order_id: UUID) -> tuple[BenefitMonth, Order] | None:
        """The order and its month."""
        for month in self.months:
            for order in month.orders:
                if order.order_id == order_id:
                    return month, order
        return None
