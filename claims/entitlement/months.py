"""What a benefit month needs, in the order in which the rules ask for it, and what it pays."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from claims.entitlement.insured import Facts
from claims.entitlement.sources import PORTAL, TRAINING_PROVIDER, Source
from claims.entitlement.windows import rules_for, search_days, training_days
from claims.events import BenefitAuthorized, MonthForfeited
from claims.events.adverse import month_forfeited
from claims.events.basis import month_not_met
from claims.events.facts import Attendance, EffortKind
from claims.state.claim import Claim
from claims.state.recorded import RecordedEffort
from law.grounds import Ground, Reason, Result
from law.money import capped_idr, share_idr
from law.periods import Calendar, end_of
from law.rules import Law, MonthCondition, Requirement, Rules

DONE_IN_A_PERIOD = frozenset({MonthCondition.JOB_SEARCH, MonthCondition.TRAINING_ATTENDANCE})


@dataclass(frozen=True)
class SearchCount:
    """Running count of a month's job search."""

    applications: int
    interview_calls: int
    applications_min: int


def efforts_that_count(claim: Claim) -> tuple[RecordedEffort, ...]:
    """The job-search efforts that speak for some month; the only place that says which do."""
    return tuple(recorded for recorded in claim.efforts if recorded.counts)


def search_count(claim: Claim, month: int, rules: Rules) -> SearchCount:
    """How many efforts count for a month."""
    kinds = [r.effort.kind for r in efforts_that_count(claim) if r.month == month]
    return SearchCount(
        kinds.count(EffortKind.APPLICATION),
        kinds.count(EffortKind.INTERVIEW_CALL),
        rules.applications_min.value,
    )


def attendance_share(claim: Claim, month: int, rules: Rules) -> Decimal | None:
    """Kehadiran pelatihan of the month before, or None where no session counts.

    Excused and cancelled sessions leave the denominator.
    """
    days = training_days(claim, month, rules)
    held = [r.session.attendance for r in claim.sessions if days.hold(r.session.held_on)]
    attended, absent = held.count(Attendance.ATTENDED), held.count(Attendance.ABSENT)
    if attended + absent == 0:
        return None
    return Decimal(attended) / Decimal(attended + absent)


class Asked(NamedTuple):
    """A month of a claim that is looked at; `share` is the attendance of the month before, if any."""

    claim: Claim
    month: int
    rules: Rules
    share: Decimal | None


def month_reasons(claim: Claim, month: int, law: Law) -> tuple[Reason, ...]:
    """Every condition on which the payment of a month hangs, met or not, in the order of the rules."""
    return tuple(_reasons(claim, month, law, binding=True))


def month_duties(claim: Claim, month: int, law: Law) -> tuple[Reason, ...]:
    """What is asked for in a month and tracked, without the payment hanging on it; met or not."""
    return tuple(_reasons(claim, month, law, binding=False))


def open_duties(claim: Claim, month: int, law: Law) -> tuple[Reason, ...]:
    """The duties of a month that are not done."""
    return tuple(duty for duty in month_duties(claim, month, law) if duty.result is not Result.MET)


def _reasons(claim: Claim, month: int, law: Law, binding: bool) -> Iterator[Reason]:
    rules = rules_for(claim, month, law)
    asked = Asked(claim, month, rules, attendance_share(claim, month, rules) if month > 1 else None)
    for requirement in rules.month_requirements:
        if requirement.binds is binding and month in requirement.months:
            if requirement.condition in DONE_IN_A_PERIOD and _period_was_before_approval(asked):
                continue
            reason = _FOUND[requirement.condition](asked, requirement)
            if reason is not None:
                yield reason


def _period_was_before_approval(asked: Asked) -> bool:
    """A month whose search period was over, or all but over, when the claim was approved."""
    claim, rules = asked.claim, asked.rules
    since = None if claim.approved is None else claim.approved.catch_up_from
    if since is None or rules.asked_before_approval.value:
        return False
    days_left = timedelta(days=rules.month_window_days.value)
    return search_days(claim, asked.month, rules).end <= since + days_left


def unmet(reasons: tuple[Reason, ...]) -> Reason | None:
    """The first condition that is not met."""
    return next((reason for reason in reasons if reason.result is not Result.MET), None)


def authorize(claim: Claim, month: int, law: Law, calendar: Calendar, applied_on: date) -> BenefitAuthorized:
    """Penetapan manfaat bulan ke-n: rate, capped wage and amount of the regime of the month (Pasal 21).

    The payment term runs from `applied_on`, the day on which the application was complete (Pasal 13(6)).
    """
    assert claim.approved is not None, "only an approved claim has months"
    rules = paying_rules(claim, month, law)
    wage_idr = capped_idr(claim.wage_idr, rules.wage_ceiling_idr.value)
    rate = _rate(claim, month, rules)
    amount_idr = share_idr(wage_idr, rate, rules.rounding.value)
    pay_by = calendar.working_days_after(applied_on, rules.payment_working_days.value)
    return BenefitAuthorized(
        month=month,
        regime=rules.name,
        rate=str(rate),
        insured_wage_idr=wage_idr,
        amount_idr=amount_idr,
        pay_until=end_of(pay_by),
        article=rules.replacement_rates.article,
        reasons=month_reasons(claim, month, law),
        payer=claim.payer,
        paid_ahead_idr=0 if claim.employer_pays else min(claim.month(month).employer_paid_idr, amount_idr),
    )


def paying_rules(claim: Claim, month: int, law: Law) -> Rules:
    """The regime of a month's amount; what the employer pays first is that of the layoff (record 0010)."""
    if claim.employer_bears(month) and claim.layoff is not None:
        return law.in_force_on(claim.layoff.laid_off_on)
    return rules_for(claim, month, law)


def month_amount_idr(claim: Claim, month: int, law: Law) -> int:
    """What a month pays on the wage that the claim has now."""
    rules = paying_rules(claim, month, law)
    wage_idr = capped_idr(claim.wage_idr, rules.wage_ceiling_idr.value)
    return share_idr(wage_idr, _rate(claim, month, rules), rules.rounding.value)


def _rate(claim: Claim, month: int, rules: Rules) -> Decimal:
    lost = sum(1 for before in claim.months[: month - 1] if before.forfeited is not None)
    return rules.rate_of_month(month, lost)


def forfeit_month(claim: Claim, month: int, law: Law) -> MonthForfeited:
    """Bulan tidak dibayarkan: the window is over and a condition is not met; it names what was missing."""
    reasons = month_reasons(claim, month, law)
    missing = unmet(reasons)
    assert missing is not None, "a month whose conditions are met is authorized, not forfeited"
    # What the claimant did not reach says more than the application that could not be made without it.
    substance = unmet(tuple(r for r in reasons if r.ground is not Ground.NOT_CERTIFIED_IN_TIME)) or missing
    basis = month_not_met(substance.ground, substance.article)
    assert basis is not None, "what a month needs stands in an article"
    return month_forfeited(basis, month=month, regime=rules_for(claim, month, law).name, reasons=reasons)


def _reason(
    requirement: Requirement,
    met: bool,
    ground: Ground,
    facts: Facts,
    article: str = "",
    source: Source = PORTAL,
) -> Reason:
    """One condition of a month; its article is that of the requirement unless another holds its number."""
    return Reason(
        condition=requirement.condition.value,
        result=Result.MET if met else Result.UNMET,
        ground=Ground.MET if met else ground,
        article=article or requirement.article,
        facts=facts,
        source=source.code,
        known_at=source.known_at,
    )


def _committed(asked: Asked, requirement: Requirement) -> Reason:
    """Month 1 is applied for by the filing: through the own account, with the commitment (KAPK)."""
    filing = asked.claim.filing
    assert filing is not None, "month 1 is applied for by the filing"
    facts: Facts = {
        "filed_on": filing.filed_on.isoformat(),
        "commitment_version": filing.commitment_version,
    }
    return _reason(requirement, bool(filing.commitment_sha256), Ground.NOT_FILED_IN_TIME, facts)


def _account_given(asked: Asked, requirement: Requirement) -> Reason:
    given = asked.claim.account_version
    return _reason(requirement, given > 0, Ground.ACCOUNT_REFUSED, {"account_version": given})


def _self_assessed(asked: Asked, requirement: Requirement) -> Reason:
    done = asked.claim.self_assessed
    return _reason(requirement, done, Ground.SELF_ASSESSMENT_MISSING, {"completed": done})


def _counselled(asked: Asked, requirement: Requirement) -> Reason:
    done = asked.claim.counselled
    return _reason(requirement, done, Ground.COUNSELLING_MISSING, {"attended": done})


def _certified(asked: Asked, requirement: Requirement) -> Reason:
    certified = asked.claim.month(asked.month).certified
    return _reason(
        requirement, certified, Ground.NOT_CERTIFIED_IN_TIME, {"certified": certified, "month": asked.month}
    )


def _status_stated(asked: Asked, requirement: Requirement) -> Reason:
    """Form status kebekerjaan: it comes with the application, and is missing where it was not enclosed."""
    month = asked.claim.month(asked.month)
    stated = month.certified and month.status_stated
    return _reason(
        requirement,
        stated,
        Ground.STATUS_FORM_MISSING if month.certified else Ground.NOT_CERTIFIED_IN_TIME,
        {"without_work": stated, "month": asked.month},
    )


def enough_searched(count: SearchCount, rules: Rules) -> bool:
    """Whether a month's job search suffices: so many applications, or so many calls."""
    return (
        count.applications >= count.applications_min
        or count.interview_calls >= rules.interview_calls_min.value
    )


def _searched(asked: Asked, requirement: Requirement) -> Reason | None:
    """Job search; not asked of those in training where attendance is asked and takes its place."""
    rules = asked.rules
    if asked.share is not None and rules.training_suffices.value and _training_is_asked(asked):
        return None
    count = search_count(asked.claim, asked.month, rules)
    return _reason(
        requirement,
        enough_searched(count, rules),
        Ground.JOB_SEARCH_INSUFFICIENT,
        {
            "applications": count.applications,
            "applications_needed": count.applications_min,
            "interview_calls": count.interview_calls,
            "interview_calls_needed": rules.interview_calls_min.value,
        },
        rules.applications_min.article,
    )


def _training_is_asked(asked: Asked) -> bool:
    requirement = asked.rules.requirement(MonthCondition.TRAINING_ATTENDANCE, asked.month)
    return requirement is not None and requirement.binds


def _attended(asked: Asked, requirement: Requirement) -> Reason | None:
    """Attendance; asked of those alone who were in training."""
    needed = asked.rules.attendance_min
    if asked.share is None:
        return None
    return _reason(
        requirement,
        asked.share >= needed.value,
        Ground.ATTENDANCE_INSUFFICIENT,
        {
            "attended_percent": f"{asked.share * 100:.2f}",
            "needed_percent": f"{needed.value * 100:.2f}",
        },
        needed.article,
        TRAINING_PROVIDER,
    )


_FOUND: Mapping[MonthCondition, Callable[[Asked, Requirement], Reason | None]] = {
    MonthCondition.COMMITMENT: _committed,
    MonthCondition.BANK_ACCOUNT: _account_given,
    MonthCondition.SELF_ASSESSMENT: _self_assessed,
    MonthCondition.CERTIFICATION: _certified,
    MonthCondition.JOB_SEARCH: _searched,
    MonthCondition.TRAINING_ATTENDANCE: _attended,
    MonthCondition.COUNSELLING: _counselled,
    MonthCondition.STATUS_FORM: _status_stated,
}
