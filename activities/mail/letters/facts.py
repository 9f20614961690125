"""What a letter may tell: the facts of a claim at the time of sending, computed once for every template."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from claims.agenda.notices import Notice
from claims.agenda.obligations import record_due
from claims.entitlement.months import DONE_IN_A_PERIOD, month_reasons
from claims.entitlement.windows import (
    Window,
    filing_rules,
    month_window,
    rules_for,
    search_days,
    window_after_layoff,
)
from claims.events import BenefitAuthorized, BenefitCeased, ClaimApproved, ClaimDenied, ClaimReferred
from claims.state.claim import BenefitMonth, Claim, Ending
from claims.transitions.automatic import needs_new_account
from law.grounds import Ground, Reason, Result, Verdict
from law.names import masked
from law.periods import Calendar, day_of
from law.rules import BENEFIT_MONTHS, Law, MonthCondition, Rules
from payments.context import DecisionContext

Decided = ClaimApproved | ClaimDenied | ClaimReferred
NONE_PAID_FROM = frozenset({Ending.LAPSED, Ending.WITHDRAWN, Ending.LAYOFF_WITHDRAWN})


@dataclass(frozen=True)
class MonthPlan:
    """What a benefit month 2 to 6 asks, where it stands, and whether something can still be done for it.

    `search_last` is the last day whose efforts count; `unmet` leaves out the application itself; `days_left`
    counts today, and is 0 or less once the window is over. `search_asked` is false of a month that was over
    before the approval; `training_instead`: attendance may take the place of the search.
    """

    number: int
    rules: Rules
    window: Window
    search_first: date
    search_last: date
    certified: bool
    assessment_missing: bool
    search_short: bool
    attendance_short: bool
    search_asked: bool
    training_instead: bool
    unmet: tuple[Reason, ...]
    open: bool
    days_left: int


@dataclass(frozen=True)
class LetterFacts:
    """The facts a template may use, all drawn from the claim as it stands; None where there is none."""

    month: int
    due_at: datetime
    employer: str
    laid_off_on: date
    filing: Window
    filing_months: int
    filing_open: bool
    filed_on: date | None
    record_due: datetime | None
    record_working_days: int
    record_article: str
    refusal: Verdict | None
    payment_article: str
    ending: str
    deceased: bool
    in_benefit: bool
    decision_open: bool
    approved: ClaimApproved | None
    denied: ClaimDenied | None
    referred: ClaimReferred | None
    by_officer: bool
    answered: bool
    unmet: tuple[Reason, ...]
    examined: tuple[Reason, ...]
    contributions: Reason | None
    approved_by: tuple[str, ...]
    month_one: BenefitAuthorized | None
    benefit: BenefitMonth | None
    benefit_rules: Rules | None
    missing: tuple[Reason, ...]
    account_awaited: bool
    payable: bool
    plan: MonthPlan | None
    upcoming: MonthPlan | None
    plans: tuple[MonthPlan, ...]
    owed: tuple[int, ...]
    paid: tuple[BenefitMonth, ...]
    benefits_had: int
    forfeited: tuple[BenefitMonth, ...]
    total_idr: int
    claim_rules: Rules
    ceased: BenefitCeased | None
    held: tuple[int, ...]
    employer_pays: bool


def letter_facts(notice: Notice, claim: Claim, law: Law, calendar: Calendar, at: datetime) -> LetterFacts:
    """The facts of a claim for one notice, as they stand at an aware instant."""
    assert claim.layoff is not None, "a letter is about a layoff"
    layoff, decision, month = claim.layoff, claim.decision, notice.month
    filing = window_after_layoff(claim, law)
    benefit = claim.month(month) if month else None
    plans = _plans(claim, law, calendar, at)
    paid = tuple(m for m in claim.months if m.settled)
    in_time = at < filing.closes_at
    return LetterFacts(
        month=month,
        due_at=notice.due_at,
        employer=masked(" ".join(layoff.employer_name.split())),
        laid_off_on=layoff.laid_off_on,
        filing=filing,
        filing_months=filing_rules(claim.reported_days[-1], law).filing_window_months.value,
        filing_open=in_time and claim.ending is None and _may_file(claim),
        filed_on=None if claim.filing is None else claim.filing.filed_on,
        record_due=None
        if claim.filing is None
        else record_due(claim.filing.filed_on, DecisionContext(law, calendar, at)),
        record_working_days=law.in_force_on(day_of(at)).record_working_days.value,
        record_article=f"{law.in_force_on(day_of(at)).procedure} Pasal 13(6)",
        refusal=_refusal_of(claim, notice.due_at),
        payment_article=f"{law.in_force_on(day_of(at)).procedure} Pasal 13(7)",
        ending="" if claim.ending is None else claim.ending.value,
        deceased=claim.ceased is not None and claim.ceased.ground is Ground.DECEASED,
        in_benefit=claim.approved is not None and claim.ending is None and claim.ceased is None,
        decision_open=decision is None and claim.ending is None,
        approved=claim.approved,
        denied=decision if isinstance(decision, ClaimDenied) else None,
        referred=decision if isinstance(decision, ClaimReferred) else None,
        by_officer=isinstance(decision, ClaimApproved) and _needed_a_person(decision),
        answered=claim.referral_answered,
        unmet=() if decision is None else _deciding(decision),
        examined=() if claim.approved is None else _not_met(claim.approved),
        contributions=_contributions(claim.approved),
        approved_by=_approved_by(claim.approved),
        month_one=claim.month(1).authorized,
        benefit=benefit,
        benefit_rules=rules_for(claim, month, law) if month and claim.filing else None,
        missing=_missing(benefit),
        account_awaited=benefit is not None and _account_awaited(claim, benefit),
        payable=claim.approved is not None and claim.ending not in NONE_PAID_FROM,
        plan=next((plan for plan in plans if plan.number == month), None),
        upcoming=next((plan for plan in plans if plan.open), None),
        plans=plans,
        owed=tuple(m.number for m in claim.owed_months if m.forfeited is None),
        paid=paid,
        benefits_had=_benefits_before(claim) + bool(paid),
        forfeited=tuple(m for m in claim.months if m.forfeited is not None),
        total_idr=sum(_paid_idr(m) for m in paid),
        claim_rules=law.in_force_on(day_of(at)),
        ceased=claim.ceased,
        held=tuple(m.number for m in claim.owed_months if claim.held(m.number)),
        employer_pays=claim.employer_pays,
    )


def _may_file(claim: Claim) -> bool:
    return claim.filing is None or isinstance(claim.decision, ClaimDenied)


def _refusal_of(claim: Claim, received_or_now: datetime) -> Verdict | None:
    """The verdict over the filing of a day that opened nothing, else over the last one that did not."""
    refused = claim.refused_filings
    of_the_day = [filing for filing in refused if filing.filed_on == day_of(received_or_now)]
    return next((filing.verdict for filing in reversed((*refused, *of_the_day))), None)


def _needed_a_person(approved: ClaimApproved) -> bool:
    """Approved by an officer: the machine itself approves only where every condition is met."""
    return bool(_not_met(approved))


def _not_met(approved: ClaimApproved) -> tuple[Reason, ...]:
    return tuple(r for r in approved.reasons if r.result is not Result.MET)


def _deciding(decision: Decided) -> tuple[Reason, ...]:
    """The conditions behind a refusal or a referral, the one that decided first."""
    if isinstance(decision, ClaimApproved):
        return ()
    first = tuple(r for r in decision.reasons if r.ground is decision.ground)
    kind = Result.UNMET if isinstance(decision, ClaimDenied) else Result.MANUAL_REVIEW
    return first + tuple(r for r in decision.reasons if r.result is kind and r not in first)


def _contributions(approved: ClaimApproved | None) -> Reason | None:
    """The condition that a claimant can check best: how many months were paid for."""
    reasons = () if approved is None else approved.reasons
    return next((r for r in reasons if r.condition == "contribution_months"), None)


def _approved_by(approved: ClaimApproved | None) -> tuple[str, ...]:
    """The articles of the conditions that an approval is known by, as the decision itself keeps them."""
    reasons = () if approved is None else approved.reasons
    known_by = ("contribution_months", "separation_reason")
    return tuple(r.article for r in reasons if r.condition in known_by)


def _missing(benefit: BenefitMonth | None) -> tuple[Reason, ...]:
    if benefit is None or benefit.forfeited is None:
        return ()
    return tuple(r for r in benefit.forfeited.reasons if r.result is not Result.MET)


def _account_awaited(claim: Claim, benefit: BenefitMonth) -> bool:
    """Whether a payment of the month, the benefit or a difference, waits for another account."""
    return any(
        needs_new_account(owing.last_order) and claim.account_version <= owing.last_order.account_version
        for owing in benefit.owings
        if owing.last_order is not None and not owing.settled
    )


def _benefits_before(claim: Claim) -> int:
    return 0 if claim.record is None else len(claim.record.earlier_benefits_first_paid_on)


def _paid_idr(month: BenefitMonth) -> int:
    return month.paid_idr + month.employer_paid_idr


def _plans(claim: Claim, law: Law, calendar: Calendar, at: datetime) -> tuple[MonthPlan, ...]:
    """Months 2 to 6 once there is a filing."""
    if claim.filing is None:
        return ()
    return tuple(_plan(claim, month, law, calendar, at) for month in range(2, BENEFIT_MONTHS + 1))


def _plan(claim: Claim, month: int, law: Law, calendar: Calendar, at: datetime) -> MonthPlan:
    asked, rules = month_reasons(claim, month, law), rules_for(claim, month, law)
    reasons = tuple(r for r in asked if r.result is not Result.MET)
    grounds = {r.ground for r in reasons}
    window, searched = month_window(claim, month, law, calendar), search_days(claim, month, rules)
    waiting = claim.approved is not None and claim.ending is None and month <= claim.last_month_owed
    return MonthPlan(
        number=month,
        rules=rules,
        window=window,
        search_first=searched.first,
        search_last=searched.end - timedelta(days=1),
        certified=claim.month(month).certified,
        assessment_missing=Ground.SELF_ASSESSMENT_MISSING in grounds,
        search_short=Ground.JOB_SEARCH_INSUFFICIENT in grounds,
        attendance_short=Ground.ATTENDANCE_INSUFFICIENT in grounds,
        search_asked=any(r.condition in DONE_IN_A_PERIOD for r in asked),
        training_instead=rules.requirement(MonthCondition.TRAINING_ATTENDANCE, month) is not None,
        unmet=tuple(r for r in reasons if r.ground is not Ground.NOT_CERTIFIED_IN_TIME),
        open=waiting and not claim.month(month).decided and at < window.closes_at,
        days_left=(day_of(window.closes_at - datetime.resolution) - day_of(at)).days + 1,
    )
