"""What is awaited of whom, until when, by which article, and what happens then: one value for each wait."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from claims import events as e
from claims.entitlement.months import month_reasons, open_duties, unmet
from claims.entitlement.windows import month_window, window_after_layoff, window_to_file
from claims.events.contact import CONTACT
from claims.state.claim import Claim, Order, Owing
from claims.state.hearings import Objection, Question
from claims.state.procedure import procedure_article
from claims.transitions.automatic import needs_new_account
from claims.transitions.questions import is_heard
from law.grounds import Ground
from law.periods import Calendar, day_of, end_of
from law.provisions import EMPLOYER_FIRST
from payments.context import DecisionContext
from payments.orders import OrderState


class Owner(StrEnum):
    """The responsible party."""

    CLAIMANT = "claimant"
    EMPLOYER = "employer"
    BPJS = "bpjs"
    OFFICER = "officer"
    BANK = "bank"
    TREASURER = "treasurer"
    NOBODY = "nobody"


class Consequence(StrEnum):
    """What happens without what is awaited; `claims.wording.consequences` says it in words."""

    RIGHT_LAPSES = "right_lapses"
    REFUSAL_BECOMES_FINAL = "refusal_becomes_final"
    MONTH_FORFEITED = "month_forfeited"
    NOTHING_LOST = "nothing_lost"
    DECIDED_ON_WHAT_IS_KNOWN = "decided_on_what_is_known"
    SHOWN_AS_OVERDUE = "shown_as_overdue"
    DATA_STAYS = "data_stays"
    LETTERS_IN_THE_PORTAL = "letters_in_the_portal"
    BPJS_ASKED_AGAIN = "bpjs_asked_again"
    BANK_ASKED_AGAIN = "bank_asked_again"
    CLAIMANT_REMINDED = "claimant_reminded"
    INSPECTOR_TOLD = "inspector_told"


@dataclass(frozen=True)
class Awaited:
    """One thing awaited: what, of whom, until when (UTC), by which article, and what happens then.

    What does not bind a payment is a duty: it is shown and reminded, and nothing is lost without it.
    """

    what: str
    owner: Owner
    until: datetime
    article: str
    consequence: Consequence
    month: int = 0
    binds: bool = True


def still_due(until: datetime, at: datetime, calendar: Calendar) -> datetime:
    """A date that is passed without consequence: due again at the end of the next working day."""
    return until if until > at else end_of(calendar.working_days_after(day_of(at), 1))


def filing(claim: Claim, context: DecisionContext) -> Awaited:
    """The filing of a reported layoff."""
    window = window_after_layoff(claim, context.law)
    return Awaited("filing", Owner.CLAIMANT, window.closes_at, window.article, Consequence.RIGHT_LAPSES)


def filing_again(claim: Claim, context: DecisionContext) -> Awaited:
    """Another filing after a refusal."""
    window = window_to_file(claim, context.law)
    return Awaited(
        "filing_again", Owner.CLAIMANT, window.closes_at, window.article, Consequence.REFUSAL_BECOMES_FINAL
    )


def record_due(filed_on: date, context: DecisionContext) -> datetime:
    """Until when BPJS Ketenagakerjaan should have answered a filing: a term of our own (record 25)."""
    days = context.law.in_force_on(filed_on).record_working_days.value
    return end_of(context.calendar.working_days_after(filed_on, days))


def record(claim: Claim, context: DecisionContext) -> Awaited:
    """The contribution record: the first one, or another that somebody asked for."""
    assert claim.filing is not None, "validation begins with a filing"
    due = record_due(claim.filing.filed_on, context)
    return Awaited(
        "contribution_record",
        Owner.BPJS,
        still_due(due, context.at, context.calendar),
        procedure_article(context, "13(6)"),
        Consequence.BPJS_ASKED_AGAIN,
    )


def referral(claim: Claim, context: DecisionContext) -> tuple[Awaited, ...]:
    """The officer's decision over a referred claim, and what the claimant may say until it."""
    referred = claim.decision
    assert isinstance(referred, e.ClaimReferred), "only a referred claim waits for an officer"
    until = still_due(referred.answer_due_at, context.at, context.calendar)
    officer = Awaited(
        "officer_decision", Owner.OFFICER, until, referred.article, Consequence.SHOWN_AS_OVERDUE
    )
    answer_until = claim.may_answer_until(referred.heard_until or context.at)
    if claim.referral_answered or answer_until <= context.at:
        return (officer,)
    return (officer, _answer(answer_until, referred.article))


def question(claim: Claim, asked: Question, context: DecisionContext) -> Awaited:
    """The claimant's answer while there is time for it, then the decision of an officer."""
    month = next(iter(asked.asked.months), 0)
    answer_until = claim.may_answer_until(asked.asked.answer_until)
    if not is_heard(claim, asked, context):
        what = "documents" if asked.asked.documents else "answer"
        return _answer(answer_until, asked.asked.article, month, what)
    last = day_of(answer_until)
    days = context.law.in_force_on(last).officer_working_days.value
    return Awaited(
        "officer_decision",
        Owner.OFFICER,
        _within(last, days, context),
        asked.asked.article,
        Consequence.SHOWN_AS_OVERDUE,
        month,
    )


def objection(objected: Objection, context: DecisionContext) -> Awaited:
    """The officer's word on an objection of the claimant."""
    return Awaited(
        "objection",
        Owner.OFFICER,
        still_due(objection_due(objected, context), context.at, context.calendar),
        objected.received.verdict.article,
        Consequence.SHOWN_AS_OVERDUE,
        objected.received.month,
    )


def objection_due(objected: Objection, context: DecisionContext) -> datetime:
    """Until when an officer should have looked at an objection: the term they have for a referral."""
    day = objected.received.received_on
    days = context.law.in_force_on(day).officer_working_days.value
    return end_of(context.calendar.working_days_after(day, days))


def _within(since: date, working_days: int, context: DecisionContext) -> datetime:
    """The end of so many working days after a day; passed, it is due again."""
    due = end_of(context.calendar.working_days_after(since, working_days))
    return still_due(due, context.at, context.calendar)


def person_data(differs: e.PersonDataDiffers, context: DecisionContext) -> Awaited:
    """The officer's word on what a report says otherwise of the person; no month waits for it."""
    days = context.law.in_force_on(differs.found_on).officer_working_days.value
    until = _within(differs.found_on, days, context)
    return Awaited("person_data", Owner.OFFICER, until, CONTACT, Consequence.DATA_STAYS, binds=False)


def contact(unreached: e.LetterGivenUp, context: DecisionContext) -> Awaited:
    """Another address of the claimant, whom a letter did not reach."""
    days = context.law.in_force_on(unreached.given_up_on).answer_working_days.value
    until = _within(unreached.given_up_on, days, context)
    return Awaited("contact", Owner.CLAIMANT, until, CONTACT, Consequence.LETTERS_IN_THE_PORTAL, binds=False)


def _answer(until: datetime, article: str, month: int = 0, what: str = "answer") -> Awaited:
    return Awaited(
        what, Owner.CLAIMANT, until, article, Consequence.DECIDED_ON_WHAT_IS_KNOWN, month, binds=False
    )


def month(claim: Claim, number: int, context: DecisionContext) -> Awaited:
    """What the claimant has still to do for a benefit month."""
    window = month_window(claim, number, context.law, context.calendar)
    missing = unmet(
        tuple(
            r
            for r in month_reasons(claim, number, context.law)
            if r.ground is not Ground.NOT_CERTIFIED_IN_TIME
        )
    )
    what = "certification" if missing is None else missing.condition
    return Awaited(
        what, Owner.CLAIMANT, window.closes_at, window.article, Consequence.MONTH_FORFEITED, number
    )


def employer_payment(claim: Claim, number: int, context: DecisionContext) -> Awaited:
    """A month that the employer has to pay first."""
    authorized = claim.month(number).authorized
    assert authorized is not None, "only an authorized month is paid"
    return Awaited(
        "employer_payment",
        Owner.EMPLOYER,
        still_due(authorized.pay_until, context.at, context.calendar),
        EMPLOYER_FIRST,
        Consequence.INSPECTOR_TOLD,
        number,
    )


def payment(owing: Owing, context: DecisionContext) -> Awaited:
    """A transfer, another account, or the treasurer's word."""
    article, order = procedure_article(context, "13(6)"), owing.last_order
    due = still_due(owing.pay_until, context.at, context.calendar)
    if order is not None and needs_new_account(order):
        due = account_reminder_before(order, owing, context) + _account_pause(context)
        return Awaited(
            "bank_account", Owner.CLAIMANT, due, article, Consequence.CLAIMANT_REMINDED, owing.month
        )
    stopped = (
        order is not None and context.payments_stopped and context.row(order.order_id) is OrderState.ORDERED
    )
    if stopped and order is not None and order.state is OrderState.ORDERED:
        return Awaited(
            "payments_resumed", Owner.TREASURER, due, article, Consequence.SHOWN_AS_OVERDUE, owing.month
        )
    return Awaited("transfer", Owner.BANK, due, article, Consequence.BANK_ASKED_AGAIN, owing.month)


def account_reminder_before(order: Order, owing: Owing, context: DecisionContext) -> datetime:
    """The newest reminder instant that has come; the first is the refusal itself."""
    since = owing.pay_until if order.failure is None else order.failure.try_again_at
    periods = max((context.at - since) // _account_pause(context), 0)
    return since + periods * _account_pause(context)


def _account_pause(context: DecisionContext) -> timedelta:
    return timedelta(days=context.law.in_force_on(day_of(context.at)).account_reminder_days.value)


def duties(claim: Claim, number: int, context: DecisionContext) -> tuple[Awaited, ...]:
    """What is asked of a recipient beside a month, without any payment hanging on it."""
    until = month_window(claim, number, context.law, context.calendar).closes_at
    return tuple(
        Awaited(
            duty.condition,
            Owner.CLAIMANT,
            until,
            duty.article,
            Consequence.NOTHING_LOST,
            number,
            binds=False,
        )
        for duty in open_duties(claim, number, context.law)
    )
