"""What follows by itself: decisions, deadlines that have passed, payment orders, the end of a claim.

`automatic_transitions` is called by every step before and after its message, so that no verdict depends on
whether anybody woke the claim in time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from claims import events as e
from claims.entitlement.determination import decide_claim, deciding_rules
from claims.entitlement.months import authorize, forfeit_month, month_reasons, unmet
from claims.entitlement.payer import owes_anew
from claims.entitlement.windows import month_window, window_to_file
from claims.events.adverse import cancel_order, cease, lapse
from claims.events.basis import NobodyFiled, NothingOwed, RightEnded, Upheld, nothing_owed
from claims.state.claim import BenefitMonth, Claim, Ending, Order, Owing
from claims.state.evolving import evolve
from claims.transitions.debts import debts_anew, months_overpaid
from claims.transitions.questions import (
    ask,
    month_begun_at_death,
    months_begun,
    undecided_months,
    upheld_at_the_end,
)
from claims.transitions.redetermination import reconsider
from law.grounds import Ground, Result
from law.periods import day_of
from payments.context import DecisionContext
from payments.orders import OPEN_STATES, OrderState

TRANSITIONS_MAX = 64
OWN_WORD = "assumption: docs/decisions/0024-withdrawal.md"
NEEDS_NEW_ACCOUNT = frozenset({Ground.ACCOUNT_REFUSED})


@dataclass(frozen=True)
class Effect:
    """An event and the instant at which it takes effect."""

    event: e.Event
    effective_at: datetime


def automatic_transitions(claim: Claim, context: DecisionContext) -> tuple[Effect, ...]:
    """Every event that now follows, in order, until nothing more follows."""
    effects: list[Effect] = []
    fresh = iter(context.fresh_order_ids)
    while following := next_transitions(claim, context, fresh):
        for effect in following:
            effects.append(effect)
            claim = evolve(claim, effect.event)
        assert len(effects) <= TRANSITIONS_MAX, "what follows comes to an end"
    return tuple(effects)


def next_transitions(claim: Claim, context: DecisionContext, fresh: Iterator[UUID]) -> tuple[Effect, ...]:
    """What follows first from the state and the time; nothing where nothing follows."""
    if claim.reconsider is not None:
        return tuple(Effect(event, context.at) for event in reconsider(claim, context))
    effect = (
        _cancellation(claim, context)
        or _debt(claim, context)
        or _lapse(claim, context)
        or _decision(claim, context)
        or _cessation(claim, context)
        or _work_in_doubt(claim, context)
        or _question(claim, context)
        or _month(claim, context)
        or _employer_owes(claim, context)
        or _order(claim, context, fresh)
        or _exhaustion(claim, context)
    )
    return () if effect is None else (effect,)


def _cancellation(claim: Claim, context: DecisionContext) -> Effect | None:
    """An event that ends the right cancels orders not yet sent, in the same commit."""
    for month in claim.months:
        ended = _ended(claim, month.number)
        for order in month.orders if ended else ():
            if order.state is OrderState.ORDERED and context.row(order.order_id) is OrderState.ORDERED:
                assert ended is not None, "an order is cancelled for a cause"
                event = cancel_order(ended, order_id=order.order_id, month=month.number)
                return Effect(event, context.at)
    return None


def _debt(claim: Claim, context: DecisionContext) -> Effect | None:
    """A debt follows the payment it stands for, whatever becomes of the claim meanwhile."""
    debt = next(debts_anew(claim), None)
    return None if debt is None else Effect(debt, context.at)


def _ended(claim: Claim, month: int) -> NothingOwed | Upheld | None:
    """Why a month is no longer owed, or None while it is."""
    if claim.ending is Ending.WITHDRAWN:
        return NothingOwed(ground=Ground.WITHDRAWN_BY_CLAIMANT, article=OWN_WORD)
    if claim.ending is Ending.LAYOFF_WITHDRAWN:
        return NothingOwed(ground=Ground.LAYOFF_WITHDRAWN, article=OWN_WORD)
    ceased = claim.ceased
    if ceased is None or month <= ceased.last_month_owed:
        return None
    cause = upheld_at_the_end(ceased) or nothing_owed(ceased.ground, ceased.article)
    assert cause is not None, "without a hearing it ceased by an article"
    return cause


def _cessation(claim: Claim, context: DecisionContext) -> Effect | None:
    """Pasal 40(b), (c): work found, or death, ends the months whose reference date is still to come."""
    if claim.approved is None or claim.ending is not None:
        return None
    ends = tuple(_statutory_ends(claim, context))
    if not ends:
        return None
    last, basis = min(ends, key=lambda end: end[0])
    if claim.ceased is not None and last >= claim.ceased.last_month_owed:
        return None
    return Effect(cease(basis, last_month_owed=last), context.at)


def _statutory_ends(claim: Claim, context: DecisionContext) -> Iterator[tuple[int, RightEnded]]:
    """How many months a death, or work of which the claimant told, leaves owed, and by which article."""
    if claim.died_on is not None:
        rules = context.law.in_force_on(claim.died_on)
        article = rules.death_ends_the_right.article
        last = months_begun(claim, claim.died_on, rules)
        yield last, RightEnded(ground=Ground.DECEASED, article=article)
    if claim.reemployed_since is not None:
        rules = context.law.in_force_on(claim.reemployed_since)
        article = rules.work_ends_the_right.article
        last = months_begun(claim, claim.reemployed_since, rules)
        yield last, RightEnded(ground=Ground.REEMPLOYED, article=article)


def _work_in_doubt(claim: Claim, context: DecisionContext) -> Effect | None:
    """What was said of work before the approval, and was not before whoever approved, is asked about now."""
    told = claim.work_in_doubt
    if claim.approved is None or told is None or claim.ceased is not None or claim.ending is not None:
        return None
    rules = context.law.in_force_on(told.since)
    ground = Ground.OWN_BUSINESS if told.work == "own_business" else Ground.REEMPLOYED
    last = months_begun(claim, told.since, rules)
    months = undecided_months(claim, last)
    article = rules.work_ends_the_right.article
    return Effect(ask(claim, context, ground, article, months=months, last_month_owed=last), context.at)


def _lapse(claim: Claim, context: DecisionContext) -> Effect | None:
    """Pasal 40(a): nobody filed, or nobody filed again after a refusal, inside the window."""
    if claim.layoff is None or claim.ending is not None or claim.record_wanted or claim.open_objections:
        return None
    window = window_to_file(claim, context.law)
    if (claim.filing is not None and claim.denied is None) or window.closes_at > context.horizon:
        return None
    cause = NobodyFiled(ground=Ground.NOT_FILED_IN_TIME, article=window.article)
    return Effect(lapse(cause, denied=claim.denied), window.closes_at)


def _decision(claim: Claim, context: DecisionContext) -> Effect | None:
    if claim.ending is not None or claim.filing is None or claim.record is None:
        return None
    if claim.decision is not None and not _referred_under_an_earlier_regime(claim, context):
        return None
    return Effect(decide_claim(claim, context.law, context.calendar, context.at), context.at)


def _referred_under_an_earlier_regime(claim: Claim, context: DecisionContext) -> bool:
    """Still open when a regime came into force: it is decided by that one (Permenaker 2/2025 Pasal II)."""
    referred = claim.decision
    return (
        isinstance(referred, e.ClaimReferred)
        and referred.regime != deciding_rules(claim, context.law, context.at).name
    )


def _question(claim: Claim, context: DecisionContext) -> Effect | None:
    """What the end of the right leaves open: a month begun at a death, months paid that were not owed."""
    if claim.ceased is None or claim.ending is not None:
        return None
    asked = month_begun_at_death(claim, context) or months_overpaid(claim, context)
    return None if asked is None else Effect(asked, context.at)


def _month(claim: Claim, context: DecisionContext) -> Effect | None:
    if claim.ending is not None or claim.approved is None:
        return None
    for month in claim.owed_months:
        if month.decided or claim.held(month.number):
            continue
        if _is_complete(claim, month, context):
            applied_on = _complete_since(claim, month.number, context)
            return Effect(
                authorize(claim, month.number, context.law, context.calendar, applied_on), context.at
            )
        window = month_window(claim, month.number, context.law, context.calendar)
        if window.closes_at <= context.horizon:
            return Effect(forfeit_month(claim, month.number, context.law), window.closes_at)
    return None


def _employer_owes(claim: Claim, context: DecisionContext) -> Effect | None:
    """Pasal 23: the sum that the employer owes follows the months and the wage."""
    owes = owes_anew(claim, context.law)
    return None if owes is None else Effect(owes, context.at)


def _is_complete(claim: Claim, month: BenefitMonth, context: DecisionContext) -> bool:
    """Applied for with its conditions met; or granted by a person, after a death or an objection."""
    if month.number == 1 or month.granted_by_person:
        return True
    return month.certified and unmet(month_reasons(claim, month.number, context.law)) is None


def _complete_since(claim: Claim, month: int, context: DecisionContext) -> date:
    """The day on which the application for a month was complete: the payment term runs from it.

    Month 1 from the filing, or from the answer of the officer where it needed one.
    """
    if month > 1 or claim.filing is None or claim.approved is None:
        return day_of(context.received_or_now)
    by_officer = any(reason.result is not Result.MET for reason in claim.approved.reasons)
    return day_of(context.received_or_now) if by_officer else claim.filing.filed_on


def _order(claim: Claim, context: DecisionContext, fresh: Iterator[UUID]) -> Effect | None:
    if claim.ending not in (None, Ending.EXHAUSTED) or claim.approved is None:
        return None
    for owing in claim.owings:
        if not order_wanted(claim, owing, context.at):
            continue
        order_id = next(fresh, None)
        if order_id is None:
            return None
        return Effect(_ordered(claim, owing, order_id), context.at)
    return None


def order_wanted(claim: Claim, owing: Owing, at: datetime) -> bool:
    """Whether what is owed lacks an order and may have one now."""
    last = owing.last_order
    if owing.month > claim.last_month_owed:
        return False
    if last is None or last.state is OrderState.CANCELLED:
        return True
    if last.state in OPEN_STATES or owing.settled:
        return False
    if needs_new_account(last):
        return claim.account_version > last.account_version
    return last.failure is not None and last.failure.try_again_at <= at


def needs_new_account(order: Order) -> bool:
    """Whether only another account helps: the bank refused or returned this one."""
    if order.state is OrderState.RETURNED:
        return True
    return order.failure is not None and order.failure.ground in NEEDS_NEW_ACCOUNT


def _ordered(claim: Claim, owing: Owing, order_id: UUID) -> e.PaymentOrdered:
    return e.PaymentOrdered(
        order_id=order_id,
        obligation=owing.obligation,
        month=owing.month,
        attempt=len(owing.orders) + 1,
        amount_idr=owing.amount_idr,
        account_version=claim.account_version,
    )


def _exhaustion(claim: Claim, context: DecisionContext) -> Effect | None:
    if claim.ending is not None or not all_settled(claim) or claim.ceased is not None:
        return None
    paid = [month.paid_idr + month.employer_paid_idr for month in claim.months if month.settled]
    return Effect(e.ClaimExhausted(months_paid=len(paid), total_idr=sum(paid)), context.at)


def all_settled(claim: Claim) -> bool:
    """Every month owed is decided, every authorized one is paid, no question and no objection is open."""
    if claim.approved is None or claim.open_questions or claim.open_objections:
        return False
    owed = claim.months[: claim.last_month_owed]
    return not _with_the_bank(claim) and all(m.decided and (m.authorized is None or m.settled) for m in owed)


def _with_the_bank(claim: Claim) -> bool:
    """Whether the bank has an order of a month that is no longer owed."""
    after = claim.months[claim.last_month_owed :]
    return any(order.state is OrderState.UNKNOWN for month in after for order in month.orders)
