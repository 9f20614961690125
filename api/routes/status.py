"""What portals ask: a claim now, its timeline, its decisions with their reasons, its payments."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar
from uuid import UUID

from fastapi import APIRouter

from api.examples import portal as examples
from api.http.problems import Code, problem_responses
from api.http.receiving import Backend, TheBackend
from api.http.requests import StrictRoute
from api.http.shapes import Instant, MonthOrNone, NextStep, Spoken, step_of
from api.routes.questions import OpenQuestion, open_questions
from claims import events as e
from claims.agenda.next_step import Status, awaited_months, current_month
from claims.deciding.answers import MonthProgress, progress
from claims.events.facts import MonthNumber, RupiahAmount
from claims.state.claim import BenefitMonth
from claims.wording.explaining import Explained, explain_all
from claims.wording.grounds import why
from claims.wording.language import Language
from claims.wording.timeline import sentence
from law.grounds import Frozen, Ground, Reason, Result
from payments.context import DecisionContext
from payments.orders import OPEN_STATES, OrderState
from store.claims.history import RecordedEvent
from store.claims.queries import ClaimView, payments_of, view_claim

router = APIRouter(
    route_class=StrictRoute, tags=["claims"], responses=problem_responses("unknown_claim", "not_found")
)

Handler = TypeVar("Handler", bound=Callable[..., Any])
MonthState = Literal["paid", "authorized", "forfeited", "awaited", "upcoming", "not_owed"]


class MonthStatus(Frozen):
    """A benefit month: paid, authorized (being paid), forfeited, awaited, upcoming, or not owed any more.

    `search` is the job search of months 2 to 6 with the month's window; `ground` says why one was forfeited,
    `explained` says in words what it lacked.
    """

    month: MonthNumber
    state: MonthState
    amount_idr: RupiahAmount | None
    ground: Ground | None
    article: str | None
    explained: tuple[Explained, ...]
    search: MonthProgress | None


class ClaimStatus(Frozen):
    """A claim as of `at`, programme time; `months` is empty until it is approved.

    `payer` is who pays the months from now on (Pasal 39), null until it is approved.
    """

    claim_id: UUID
    at: Instant
    status: Status
    benefit_month: MonthOrNone
    step: NextStep
    questions: tuple[OpenQuestion, ...]
    months: tuple[MonthStatus, ...]
    payer: e.Payer | None = None


class TimelineEvent(Frozen):
    """An event without personal data: when it was recorded, from when it holds, by whom, in one sentence."""

    version: int
    type: str
    recorded_at: Instant
    effective_at: Instant
    actor: str
    summary: str


class Timeline(Frozen):
    """Everything that happened to a claim, oldest first."""

    claim_id: UUID
    events: tuple[TimelineEvent, ...]


class Decision(Frozen):
    """A decision with its reasons: condition by condition, the facts, their source, the article.

    `explained` says each of `reasons` in words, in their order, with what would change it, and `why` the
    ground of the decision.
    `until`: an authorized month is paid by then, a denied claimant may file again before it, an officer
    answers by then.
    """

    version: int
    type: str
    recorded_at: Instant
    effective_at: Instant
    actor: str
    month: MonthOrNone
    regime: str
    ground: Ground
    article: str
    amount_idr: RupiahAmount | None
    rate: str | None
    insured_wage_idr: RupiahAmount | None
    until: Instant | None
    reasons: tuple[Reason, ...]
    why: str
    explained: tuple[Explained, ...]


class Decisions(Frozen):
    """Every decision over a claim and its months, oldest first."""

    claim_id: UUID
    decisions: tuple[Decision, ...]


class PaymentOrder(Frozen):
    """Perintah bayar: one attempt to pay one month; it names no account."""

    order_id: UUID
    month: MonthNumber
    attempt: int
    amount_idr: RupiahAmount
    state: OrderState
    bank_reference: str | None


class Totals(Frozen):
    """Granted, paid and not returned, and on its way."""

    authorized_idr: RupiahAmount
    paid_idr: RupiahAmount
    open_idr: RupiahAmount


class Payments(Frozen):
    """Every payment order of a claim, by month and attempt."""

    claim_id: UUID
    orders: tuple[PaymentOrder, ...]
    totals: Totals


def _get(path: str, example: dict[str, Any], *problems: Code) -> Callable[[Handler], Handler]:
    content = {"application/json": {"example": example}}
    said: dict[int | str, dict[str, Any]] = {200: {"description": "Now", "content": content}}
    return router.get(f"/v1/claims/{{claim_id}}{path}", responses=said | problem_responses(*problems))


@_get("", examples.STATUS, "invalid_body")
async def get_claim(claim_id: UUID, backend: TheBackend, language: Spoken = "id") -> ClaimStatus:
    """The claim now: who is responsible, until when, by which article, what happens then; each month."""
    view = await view_claim(backend.steps, claim_id)
    return ClaimStatus(
        claim_id=claim_id,
        at=view.at,
        status=view.next_step.status,
        benefit_month=view.next_step.benefit_month,
        step=step_of(view.next_step, language),
        questions=open_questions(view, backend.steps, language),
        months=_months(view, backend, language) if view.claim.approved is not None else (),
        payer=view.claim.payer if view.claim.approved is not None else None,
    )


def _months(view: ClaimView, backend: Backend, language: Language) -> tuple[MonthStatus, ...]:
    s = DecisionContext(law=backend.steps.law, calendar=view.calendar, at=view.at)
    awaited = {current_month(view.claim), *awaited_months(view.claim, s)}
    return tuple(
        MonthStatus(
            month=month.number,
            state=_state(month, view, awaited),
            amount_idr=month.amount_idr if month.authorized else None,
            ground=month.forfeited.ground if month.forfeited else None,
            article=month.forfeited.article if month.forfeited else None,
            explained=_lacking(month, language),
            search=progress(view.claim, month.number, s) if month.number > 1 else None,
        )
        for month in view.claim.months
    )


def _lacking(month: BenefitMonth, language: Language) -> tuple[Explained, ...]:
    reasons = () if month.forfeited is None else month.forfeited.reasons
    return explain_all(tuple(r for r in reasons if r.result is not Result.MET), language)


def _state(month: BenefitMonth, view: ClaimView, awaited: set[int | None]) -> MonthState:
    if month.authorized is not None:
        return "paid" if month.settled else "authorized"
    if month.forfeited is not None:
        return "forfeited"
    if month.number > view.claim.last_month_owed or view.claim.ending is not None:
        return "not_owed"
    return "awaited" if month.number in awaited else "upcoming"


@_get("/timeline", examples.TIMELINE, "invalid_body")
async def get_timeline(claim_id: UUID, backend: TheBackend, language: Spoken = "id") -> Timeline:
    """Everything that happened, in order, without personal data."""
    view = await view_claim(backend.steps, claim_id)
    return Timeline(
        claim_id=claim_id,
        events=tuple(
            TimelineEvent(
                version=recorded.version,
                type=recorded.event.type,
                recorded_at=recorded.recorded_at,
                effective_at=recorded.effective_at,
                actor=recorded.actor,
                summary=sentence(recorded.event, language),
            )
            for recorded in view.events
        ),
    )


@_get("/decisions", examples.DECISIONS, "invalid_body")
async def get_decisions(claim_id: UUID, backend: TheBackend, language: Spoken = "id") -> Decisions:
    """Every decision with its reasons in full: an auditor or the claimant can follow each one."""
    view = await view_claim(backend.steps, claim_id)
    decided = (_decided_by(recorded) for recorded in view.events)
    return Decisions(
        claim_id=claim_id, decisions=tuple(_in_words(fields, language) for fields in decided if fields)
    )


def _in_words(fields: dict[str, Any], language: Language) -> Decision:
    explained = explain_all(fields["reasons"], language)
    return Decision(**fields, why=why(fields["ground"], language), explained=explained)


def _decided_by(recorded: RecordedEvent) -> dict[str, Any]:
    """The fields of an event that decides, empty for one that does not."""
    event = recorded.event
    match event:
        case e.ClaimApproved():
            return _decided(recorded, regime=event.regime, reasons=event.reasons)
        case e.ClaimDenied():
            return _decided(recorded, event, until=event.may_file_again_until)
        case e.ClaimReferred():
            return _decided(recorded, event, until=event.answer_due_at)
        case e.MonthForfeited():
            return _decided(recorded, event, month=event.month)
        case e.BenefitAuthorized():
            return _decided(
                recorded,
                month=event.month,
                regime=event.regime,
                article=event.article,
                amount_idr=event.amount_idr,
                rate=event.rate,
                insured_wage_idr=event.insured_wage_idr,
                until=event.pay_until,
                reasons=event.reasons,
            )
        case e.OfficerDecided() | e.FilingNotAccepted() | e.DocumentsNotAsked():
            return _decided(recorded, ground=event.verdict.ground, article=event.verdict.article)
        case e.BenefitCeased() | e.ClaimLapsed():
            return _decided(recorded, ground=event.ground, article=event.article)
        case _:
            return {}


def _decided(
    recorded: RecordedEvent,
    refusal: e.ClaimDenied | e.ClaimReferred | e.MonthForfeited | None = None,
    **fields: Any,
) -> dict[str, Any]:
    common: dict[str, Any] = {
        "version": recorded.version,
        "type": recorded.event.type,
        "recorded_at": recorded.recorded_at,
        "effective_at": recorded.effective_at,
        "actor": recorded.actor,
        "month": 0,
        "regime": "",
        "ground": Ground.MET,
        "article": "",
        "amount_idr": None,
        "rate": None,
        "insured_wage_idr": None,
        "until": None,
        "reasons": (),
    }
    if refusal is not None:
        common |= {name: getattr(refusal, name) for name in ("regime", "ground", "article", "reasons")}
    return common | fields


@_get("/payments", examples.PAYMENTS)
async def get_payments(claim_id: UUID, backend: TheBackend) -> Payments:
    """Every payment order and what they come to."""
    view = await view_claim(backend.steps, claim_id)
    orders = tuple(
        PaymentOrder(
            order_id=order.order_id,
            month=order.month,
            attempt=order.attempt,
            amount_idr=order.amount_idr,
            state=order.state,
            bank_reference=order.bank_reference,
        )
        for order in await payments_of(backend.pool, claim_id)
    )
    totals = Totals(
        authorized_idr=sum(m.authorized.amount_idr for m in view.claim.months if m.authorized),
        paid_idr=sum(order.amount_idr for order in orders if order.state is OrderState.SETTLED),
        open_idr=sum(order.amount_idr for order in orders if order.state in OPEN_STATES),
    )
    return Payments(claim_id=claim_id, orders=orders, totals=totals)
