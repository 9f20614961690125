"""What follows by itself: decisions, deadlines that have passed, payment orders, the end of a claim.

`consequences` is called by every step before and after its message, so that no verdict depends on whether
anybody woke the claim in time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from claims import events as e
from claims.claim import OPEN_ORDER_STATES, BenefitMonth, Claim, Ending, Order, OrderState, evolve
from claims.eligibility import decide_claim
from claims.months import authorize, forfeit, month_reasons, unmet
from claims.periods import day_of
from claims.reasons import Ground, Result
from claims.rules import BENEFIT_MONTHS
from claims.situation import OrderRow, Situation
from claims.windows import month_window, reference_date, window_to_file

CONSEQUENCES_MAX = 64
NEEDS_NEW_ACCOUNT = frozenset({Ground.ACCOUNT_REFUSED})


@dataclass(frozen=True)
class Effect:
    """An event and the instant at which it takes effect."""

    event: e.Event
    effective_at: datetime


def consequences(claim: Claim, s: Situation) -> tuple[Effect, ...]:
    """Every event that now follows, in order, until nothing more follows."""
    effects: list[Effect] = []
    fresh = iter(s.fresh_order_ids)
    while (effect := next_consequence(claim, s, fresh)) is not None:
        effects.append(effect)
        claim = evolve(claim, effect.event)
        assert len(effects) <= CONSEQUENCES_MAX, "consequences come to an end"
    return tuple(effects)


def next_consequence(claim: Claim, s: Situation, fresh: Iterator[UUID]) -> Effect | None:
    """The first event that follows from the state and the time, or None."""
    return (
        _cancellation(claim, s)
        or _lapse(claim, s)
        or _decision(claim, s)
        or _cessation(claim, s)
        or _month(claim, s)
        or _order(claim, s, fresh)
        or _exhaustion(claim, s)
    )


def _cancellation(claim: Claim, s: Situation) -> Effect | None:
    """An event that ends the right cancels orders not yet sent, in the same commit."""
    for month in claim.months:
        ground = _ground_of_ending(claim, month.number)
        for order in month.orders if ground else ():
            if order.state is OrderState.ORDERED and s.row(order.order_id) is OrderRow.ORDERED:
                assert ground is not None, "an order is cancelled on a ground"
                event = e.PaymentCancelled(order_id=order.order_id, month=month.number, ground=ground)
                return Effect(event, s.at)
    return None


def _ground_of_ending(claim: Claim, month: int) -> Ground | None:
    """Why a month is no longer owed, or None while it is."""
    if claim.ending is Ending.WITHDRAWN:
        return Ground.WITHDRAWN_BY_CLAIMANT
    if claim.ending is Ending.LAYOFF_WITHDRAWN:
        return Ground.LAYOFF_WITHDRAWN
    if claim.ceased is not None and month > claim.ceased.last_month_owed:
        return claim.ceased.ground
    return None


def _cessation(claim: Claim, s: Situation) -> Effect | None:
    """Pasal 40(b), (c): work found, or death, ends the months whose reference date is still to come."""
    if claim.approved is None or claim.ceased is not None or claim.ending is not None:
        return None
    if claim.died_on is not None:
        ground, article, day = Ground.DECEASED, "PP 37/2021 Pasal 40(c)", claim.died_on
    elif claim.reemployed_since is not None:
        ground, article, day = Ground.REEMPLOYED, "PP 37/2021 Pasal 40(b)", claim.reemployed_since
    else:
        return None
    last = months_begun(claim, day)
    return Effect(e.BenefitCeased(ground=ground, article=article, last_month_owed=last), s.at)


def months_begun(claim: Claim, day: date) -> int:
    """How many months stay owed: those whose reference date has come (assumption 14a.z)."""
    return sum(1 for n in range(1, BENEFIT_MONTHS + 1) if reference_date(claim, n) <= day)


def _lapse(claim: Claim, s: Situation) -> Effect | None:
    """Pasal 40(a): nobody filed, or nobody filed again after a refusal, inside the window."""
    if claim.layoff is None or claim.ending is not None:
        return None
    waiting = claim.filing is None or isinstance(claim.decision, e.ClaimDenied)
    window = window_to_file(claim, s.law)
    if not waiting or window.closes_at > s.horizon:
        return None
    denied = claim.decision if isinstance(claim.decision, e.ClaimDenied) else None
    ground = Ground.NOT_FILED_IN_TIME if denied is None else denied.ground
    return Effect(e.ClaimLapsed(ground=ground, article=window.article), window.closes_at)


def _decision(claim: Claim, s: Situation) -> Effect | None:
    if claim.ending is not None or claim.filing is None or claim.record is None:
        return None
    if claim.decision is not None and not _referred_under_an_earlier_regime(claim, s):
        return None
    return Effect(decide_claim(claim, s.law, s.calendar, s.at), s.at)


def _referred_under_an_earlier_regime(claim: Claim, s: Situation) -> bool:
    """Still open when a regime came into force: it is decided by that one (Permenaker 2/2025 Pasal II)."""
    referred = claim.decision
    return isinstance(referred, e.ClaimReferred) and referred.regime != s.law.in_force_on(day_of(s.at)).name


def _month(claim: Claim, s: Situation) -> Effect | None:
    if claim.ending is not None or claim.approved is None:
        return None
    for month in claim.owed_months:
        if month.decided:
            continue
        if month.number == 1 or (
            month.certified and unmet(month_reasons(claim, month.number, s.law)) is None
        ):
            applied_on = _complete_since(claim, month.number, s)
            return Effect(authorize(claim, month.number, s.law, s.calendar, applied_on), s.at)
        window = month_window(claim, month.number, s.law, s.calendar)
        if window.closes_at <= s.horizon:
            return Effect(forfeit(claim, month.number, s.law), window.closes_at)
    return None


def _complete_since(claim: Claim, month: int, s: Situation) -> date:
    """The day on which the application for a month was complete: the payment term runs from it.

    Month 1 from the filing, or from the answer of the officer where it needed one.
    """
    if month > 1 or claim.filing is None or claim.approved is None:
        return day_of(s.heard_at)
    by_officer = any(reason.result is Result.FOR_A_PERSON for reason in claim.approved.reasons)
    return day_of(s.heard_at) if by_officer else claim.filing.filed_on


def _order(claim: Claim, s: Situation, fresh: Iterator[UUID]) -> Effect | None:
    if claim.ending not in (None, Ending.EXHAUSTED) or claim.approved is None:
        return None
    for month in claim.owed_months:
        if month.authorized is None or not order_wanted(claim, month, s.at):
            continue
        order_id = next(fresh, None)
        if order_id is None:
            return None
        return Effect(_ordered(claim, month, month.authorized, order_id), s.at)
    return None


def order_wanted(claim: Claim, month: BenefitMonth, at: datetime) -> bool:
    """Whether an authorized month lacks an order and may have one now."""
    last = month.last_order
    if last is None:
        return True
    if last.state in OPEN_ORDER_STATES or month.settled:
        return False
    if needs_new_account(last):
        return claim.account_version > last.account_version
    return last.failure is not None and last.failure.try_again_at <= at


def needs_new_account(order: Order) -> bool:
    """Whether only another account helps: the bank refused or returned this one."""
    if order.state is OrderState.RETURNED:
        return True
    return order.failure is not None and order.failure.ground in NEEDS_NEW_ACCOUNT


def _ordered(
    claim: Claim, month: BenefitMonth, authorized: e.BenefitAuthorized, order_id: UUID
) -> e.PaymentOrdered:
    return e.PaymentOrdered(
        order_id=order_id,
        obligation=f"benefit/{month.number}",
        month=month.number,
        attempt=len(month.orders) + 1,
        amount_idr=authorized.amount_idr,
        account_version=claim.account_version,
    )


def _exhaustion(claim: Claim, s: Situation) -> Effect | None:
    if claim.ending is not None or not all_settled(claim) or claim.ceased is not None:
        return None
    paid = [order for m in claim.months for order in m.orders if order.state is OrderState.SETTLED]
    event = e.ClaimExhausted(months_paid=len(paid), total_idr=sum(order.amount_idr for order in paid))
    return Effect(event, s.at)


def all_settled(claim: Claim) -> bool:
    """Every month that is owed is decided, and every authorized one is paid."""
    if claim.approved is None:
        return False
    return all(m.decided and (m.authorized is None or m.settled) for m in claim.owed_months)
