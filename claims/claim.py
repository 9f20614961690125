"""What a claim is after its events: the state, and `evolve`.

`evolve` never rejects a recorded event. Any change of what a state means raises `STATE_VERSION`, so that
stored projections are rebuilt.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import singledispatch
from uuid import UUID

from claims import events as e
from claims.facts import ContributionRecord, JobSearchEffort, Layoff, TrainingSession
from claims.rules import BENEFIT_MONTHS

STATE_VERSION = 2


class OrderState(StrEnum):
    """Where a payment order stands, as far as the stream tells."""

    ORDERED = "ordered"
    SENT = "sent"
    SETTLED = "settled"
    FAILED = "failed"
    RETURNED = "returned"
    CANCELLED = "cancelled"


OPEN_ORDER_STATES = frozenset({OrderState.ORDERED, OrderState.SENT})


class Ending(StrEnum):
    """How a claim came to its end."""

    LAPSED = "lapsed"
    EXHAUSTED = "exhausted"
    WITHDRAWN = "withdrawn"
    LAYOFF_WITHDRAWN = "layoff_withdrawn"


@dataclass(frozen=True)
class Order:
    """Perintah bayar: one attempt to pay a month."""

    order_id: UUID
    attempt: int
    amount_idr: int
    account_version: int
    state: OrderState = OrderState.ORDERED
    failure: e.PaymentFailed | None = None


@dataclass(frozen=True)
class BenefitMonth:
    """Bulan manfaat ke-n and what has been decided about it."""

    number: int
    certified: bool = False
    authorized: e.BenefitAuthorized | None = None
    forfeited: e.MonthForfeited | None = None
    orders: tuple[Order, ...] = ()

    @property
    def decided(self) -> bool:
        """Authorized or forfeited."""
        return self.authorized is not None or self.forfeited is not None

    @property
    def out_of_our_hands(self) -> bool:
        """Paid, or given to the bank with the outcome open: what is later found not owed is a receivable."""
        return any(order.state in (OrderState.SENT, OrderState.SETTLED) for order in self.orders)

    @property
    def last_order(self) -> Order | None:
        """The newest attempt."""
        return self.orders[-1] if self.orders else None

    @property
    def settled(self) -> bool:
        """Paid and not returned."""
        return any(order.state is OrderState.SETTLED for order in self.orders)


@dataclass(frozen=True)
class RecordedEffort:
    """A job-search effort with its verdict; month 0 is no month."""

    effort: JobSearchEffort
    month: int
    counts: bool


@dataclass(frozen=True)
class RecordedSession:
    """A training session with its course; known by provider, course and session together."""

    provider: str
    course: str
    session: TrainingSession

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two reports speak of the same session."""
        return (self.provider, self.course, self.session.session)


@dataclass(frozen=True)
class Claim:
    """The state of one claim stream."""

    layoff: Layoff | None = None
    reports: Mapping[str, Layoff] = field(default_factory=dict)
    layoff_withdrawn: bool = False
    filing: e.ClaimFiled | None = None
    record: ContributionRecord | None = None
    decision: e.ClaimApproved | e.ClaimDenied | e.ClaimReferred | None = None
    self_assessed: bool = False
    counselled: bool = False
    efforts: tuple[RecordedEffort, ...] = ()
    sessions: tuple[RecordedSession, ...] = ()
    months: tuple[BenefitMonth, ...] = field(
        default_factory=lambda: tuple(BenefitMonth(n) for n in range(1, BENEFIT_MONTHS + 1))
    )
    account_version: int = 0
    reemployed_since: date | None = None
    died_on: date | None = None
    ceased: e.BenefitCeased | None = None
    ending: Ending | None = None

    @property
    def approved(self) -> e.ClaimApproved | None:
        """The approval, when there is one."""
        return self.decision if isinstance(self.decision, e.ClaimApproved) else None

    @property
    def last_month_owed(self) -> int:
        """6, or less once the benefit has ceased."""
        return BENEFIT_MONTHS if self.ceased is None else self.ceased.last_month_owed

    @property
    def owed_months(self) -> tuple[BenefitMonth, ...]:
        """The months that are, or may still become, owed."""
        if self.approved is None:
            return ()
        return tuple(m for m in self.months if m.number <= self.last_month_owed or m.out_of_our_hands)

    @property
    def reported_by(self) -> frozenset[str]:
        """The parties that reported the layoff."""
        return frozenset(self.reports)

    @property
    def reports_agree(self) -> bool:
        """Whether employer and participant say the same of the day, the reason and the contract."""
        said = [(layoff.laid_off_on, layoff.reason, layoff.contract) for layoff in self.reports.values()]
        return all(each == said[0] for each in said)

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


def evolve(claim: Claim, event: e.Event) -> Claim:
    """The claim after one more event."""
    return _apply(event, claim)


def fold(events: Iterable[e.Event]) -> Claim:
    """The claim after all its events."""
    claim = Claim()
    for event in events:
        claim = _apply(event, claim)
    return claim


def _with_month(claim: Claim, month: BenefitMonth) -> Claim:
    months = tuple(month if m.number == month.number else m for m in claim.months)
    return replace(claim, months=months)


def _with_order(
    claim: Claim, order_id: UUID, state: OrderState, failure: e.PaymentFailed | None = None
) -> Claim:
    found = claim.find_order(order_id)
    if found is None:
        return claim
    month, order = found
    changed = replace(order, state=state, failure=failure)
    return _with_month(
        claim, replace(month, orders=tuple(changed if o.order_id == order_id else o for o in month.orders))
    )


@singledispatch
def _apply(event: object, claim: Claim) -> Claim:
    """Events that tell a story but change no state."""
    return claim


@_apply.register(e.LayoffReported)
@_apply.register(e.LayoffCorrected)
def _(event: e.LayoffReported | e.LayoffCorrected, claim: Claim) -> Claim:
    return replace(
        claim,
        layoff=event.layoff,
        reports={**claim.reports, event.reported_by: event.layoff},
        layoff_withdrawn=False,
        ending=None if claim.ending is Ending.LAYOFF_WITHDRAWN else claim.ending,
    )


@_apply.register
def _(event: e.LayoffWithdrawn, claim: Claim) -> Claim:
    if not event.verdict.counts:
        return claim
    return replace(claim, layoff_withdrawn=True, ending=Ending.LAYOFF_WITHDRAWN)


@_apply.register
def _(event: e.ClaimFiled, claim: Claim) -> Claim:
    """A filing, also another one: nothing applied for under an earlier one speaks for it."""
    return replace(
        claim,
        filing=event,
        account_version=event.account_version,
        record=None,
        decision=None,
        efforts=(),
        months=tuple(replace(month, certified=False) for month in claim.months),
    )


@_apply.register
def _(event: e.ContributionRecordReceived, claim: Claim) -> Claim:
    return replace(claim, record=event.record)


@_apply.register(e.ClaimDenied)
@_apply.register(e.ClaimReferred)
def _(event: e.ClaimDenied | e.ClaimReferred, claim: Claim) -> Claim:
    return replace(claim, decision=event)


@_apply.register
def _(event: e.ClaimApproved, claim: Claim) -> Claim:
    """Work found before the filing was before whoever approved, and does not end what they granted."""
    since = claim.reemployed_since
    judged = since is not None and since < event.reference_date
    return replace(claim, decision=event, reemployed_since=None if judged else since)


@_apply.register
def _(event: e.SelfAssessmentCompleted, claim: Claim) -> Claim:
    return replace(claim, self_assessed=claim.self_assessed or event.verdict.counts)


@_apply.register
def _(event: e.CounsellingAttended, claim: Claim) -> Claim:
    return replace(claim, counselled=claim.counselled or event.verdict.counts)


@_apply.register(e.JobApplicationRecorded)
@_apply.register(e.InterviewCallRecorded)
def _(event: e.JobApplicationRecorded | e.InterviewCallRecorded, claim: Claim) -> Claim:
    recorded = RecordedEffort(event.effort, event.month, event.verdict.counts)
    return replace(claim, efforts=(*claim.efforts, recorded))


@_apply.register
def _(event: e.TrainingAttended, claim: Claim) -> Claim:
    if not event.verdict.counts:
        return claim
    told = [RecordedSession(event.provider, event.course, session) for session in event.sessions]
    by_key = {recorded.key: recorded for recorded in (*claim.sessions, *told)}
    return replace(claim, sessions=tuple(by_key.values()))


@_apply.register
def _(event: e.MonthCertified, claim: Claim) -> Claim:
    if not event.verdict.counts:
        return claim
    return _with_month(claim, replace(claim.month(event.month), certified=True))


@_apply.register
def _(event: e.BenefitAuthorized, claim: Claim) -> Claim:
    return _with_month(claim, replace(claim.month(event.month), authorized=event))


@_apply.register
def _(event: e.MonthForfeited, claim: Claim) -> Claim:
    return _with_month(claim, replace(claim.month(event.month), forfeited=event))


@_apply.register
def _(event: e.MonthReinstated, claim: Claim) -> Claim:
    reopened = _with_month(claim, replace(claim.month(event.month), forfeited=None))
    return replace(reopened, ending=None) if claim.ending is Ending.EXHAUSTED else reopened


@_apply.register
def _(event: e.PaymentOrdered, claim: Claim) -> Claim:
    month = claim.month(event.month)
    order = Order(event.order_id, event.attempt, event.amount_idr, event.account_version)
    return _with_month(claim, replace(month, orders=(*month.orders, order)))


@_apply.register
def _(event: e.PaymentSent, claim: Claim) -> Claim:
    return _with_order(claim, event.order_id, OrderState.SENT)


@_apply.register
def _(event: e.PaymentCancelled, claim: Claim) -> Claim:
    return _with_order(claim, event.order_id, OrderState.CANCELLED)


@_apply.register
def _(event: e.PaymentSettled, claim: Claim) -> Claim:
    return _with_order(claim, event.order_id, OrderState.SETTLED)


@_apply.register
def _(event: e.PaymentFailed, claim: Claim) -> Claim:
    return _with_order(claim, event.order_id, OrderState.FAILED, event)


@_apply.register
def _(event: e.PaymentReturned, claim: Claim) -> Claim:
    reopened = _with_order(claim, event.order_id, OrderState.RETURNED)
    return replace(reopened, ending=None) if claim.ending is Ending.EXHAUSTED else reopened


@_apply.register
def _(event: e.BankAccountChanged, claim: Claim) -> Claim:
    return replace(claim, account_version=event.account_version) if event.verdict.counts else claim


@_apply.register
def _(event: e.Reemployed, claim: Claim) -> Claim:
    return replace(claim, reemployed_since=event.since) if event.verdict.counts else claim


@_apply.register
def _(event: e.Deceased, claim: Claim) -> Claim:
    return replace(claim, died_on=event.died_on) if event.verdict.counts else claim


@_apply.register
def _(event: e.BenefitCeased, claim: Claim) -> Claim:
    return replace(claim, ceased=event)


@_apply.register
def _(event: e.ClaimLapsed, claim: Claim) -> Claim:
    return replace(claim, ending=Ending.LAPSED)


@_apply.register
def _(event: e.ClaimReinstated, claim: Claim) -> Claim:
    return replace(claim, ending=None)


@_apply.register
def _(event: e.ClaimExhausted, claim: Claim) -> Claim:
    return replace(claim, ending=Ending.EXHAUSTED)


@_apply.register
def _(event: e.ClaimWithdrawn, claim: Claim) -> Claim:
    return replace(claim, ending=Ending.WITHDRAWN) if event.verdict.counts else claim
