"""What a benefit month needs, in the order of Permenaker 2/2025 Pasal 13, and what it pays."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims.adverse import forfeit
from claims.basis import follows
from claims.claim import Claim
from claims.events import BenefitAuthorized, MonthForfeited
from claims.facts import Attendance, EffortKind
from claims.money import capped_idr, share_idr
from claims.periods import Calendar, end_of
from claims.reasons import Ground, Reason, Result
from claims.rules import Law, Rules
from claims.windows import month_rules, training_days


@dataclass(frozen=True)
class SearchCount:
    """Running count of a month's job search."""

    applications: int
    interview_calls: int
    applications_min: int


def search_count(claim: Claim, month: int, rules: Rules) -> SearchCount:
    """How many efforts count for a month."""
    kinds = [r.effort.kind for r in claim.efforts if r.counts and r.month == month]
    return SearchCount(
        kinds.count(EffortKind.APPLICATION),
        kinds.count(EffortKind.INTERVIEW_CALL),
        rules.applications_min.value,
    )


def attendance_share(claim: Claim, month: int) -> Decimal | None:
    """Kehadiran pelatihan of the month before, or None where no session counts.

    Excused and cancelled sessions leave the denominator.
    """
    days = training_days(claim, month)
    held = [r.session.attendance for r in claim.sessions if days.hold(r.session.held_on)]
    attended, absent = held.count(Attendance.ATTENDED), held.count(Attendance.ABSENT)
    if attended + absent == 0:
        return None
    return Decimal(attended) / Decimal(attended + absent)


def month_reasons(claim: Claim, month: int, law: Law) -> tuple[Reason, ...]:
    """Every condition of a month, met or not, in the order of the articles. Month 1 has none of its own."""
    if month == 1:
        return ()
    rules = month_rules(claim, month, law)
    share = attendance_share(claim, month)
    conditions = [_certified(claim, month, rules)]
    if rules.self_assessment_is_gate.value and month == 2:
        conditions.insert(0, _self_assessed(claim, rules))
    if share is None:
        conditions.append(_searched(claim, month, rules))
    else:
        conditions.append(_attended(share, rules))
    return tuple(conditions)


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
    rate = rules.rate_of_month(month)
    pay_by = calendar.working_days_after(applied_on, rules.payment_working_days.value)
    return BenefitAuthorized(
        month=month,
        regime=rules.name,
        rate=str(rate),
        insured_wage_idr=wage_idr,
        amount_idr=share_idr(wage_idr, rate),
        pay_until=end_of(pay_by),
        article=rules.replacement_rates.citation,
        reasons=month_reasons(claim, month, law),
    )


def paying_rules(claim: Claim, month: int, law: Law) -> Rules:
    """The regime of a month's amount; what the employer pays first is that of the layoff (record 0010)."""
    if claim.employer_pays and claim.layoff is not None:
        return law.in_force_on(claim.layoff.laid_off_on)
    return month_rules(claim, month, law)


def month_amount_idr(claim: Claim, month: int, law: Law) -> int:
    """What a month pays on the wage that the claim has now."""
    rules = paying_rules(claim, month, law)
    return share_idr(capped_idr(claim.wage_idr, rules.wage_ceiling_idr.value), rules.rate_of_month(month))


def lose(claim: Claim, month: int, law: Law) -> MonthForfeited:
    """Bulan tidak dibayarkan: the window is over and a condition is not met; it names what was missing."""
    reasons = month_reasons(claim, month, law)
    missing = unmet(reasons)
    assert missing is not None, "a month whose conditions are met is authorized, not forfeited"
    # What the claimant did not reach says more than the application that could not be made without it.
    substance = unmet(tuple(r for r in reasons if r.ground is not Ground.NOT_CERTIFIED_IN_TIME)) or missing
    basis = follows(substance.ground, substance.article)
    assert basis is not None, "what a month needs stands in an article"
    return forfeit(
        basis,
        month=month,
        regime=month_rules(claim, month, law).name,
        ground=substance.ground,
        article=substance.article,
        reasons=reasons,
    )


def _self_assessed(claim: Claim, rules: Rules) -> Reason:
    return Reason(
        condition="self_assessment",
        result=Result.MET if claim.self_assessed else Result.UNMET,
        ground=Ground.MET if claim.self_assessed else Ground.SELF_ASSESSMENT_MISSING,
        article=rules.self_assessment_is_gate.citation,
        facts={"completed": claim.self_assessed},
        as_of="portal",
        would_change="complete the self-assessment before the window of month 2 closes",
    )


def _certified(claim: Claim, month: int, rules: Rules) -> Reason:
    certified = claim.month(month).certified
    return Reason(
        condition="certification",
        result=Result.MET if certified else Result.UNMET,
        ground=Ground.MET if certified else Ground.NOT_CERTIFIED_IN_TIME,
        article=rules.month_window_days.citation,
        facts={"certified": certified, "month": month},
        as_of="portal",
        would_change="apply for the month inside its window",
    )


def _searched(claim: Claim, month: int, rules: Rules) -> Reason:
    count = search_count(claim, month, rules)
    enough = (
        count.applications >= count.applications_min
        or count.interview_calls >= rules.interview_calls_min.value
    )
    return Reason(
        condition="job_search",
        result=Result.MET if enough else Result.UNMET,
        ground=Ground.MET if enough else Ground.JOB_SEARCH_INSUFFICIENT,
        article=rules.applications_min.citation,
        facts={
            "applications": count.applications,
            "applications_needed": count.applications_min,
            "interview_calls": count.interview_calls,
            "interview_calls_needed": rules.interview_calls_min.value,
        },
        as_of="portal",
        would_change="reach the number of applications, or one call to a test or interview",
    )


def _attended(share: Decimal, rules: Rules) -> Reason:
    enough = share >= rules.attendance_min.value
    return Reason(
        condition="training_attendance",
        result=Result.MET if enough else Result.UNMET,
        ground=Ground.MET if enough else Ground.ATTENDANCE_INSUFFICIENT,
        article=rules.attendance_min.citation,
        facts={
            "attended_percent": f"{share * 100:.2f}",
            "needed_percent": f"{rules.attendance_min.value * 100:.2f}",
        },
        as_of="training provider",
        would_change="attend at least the needed share of the sessions that count",
    )
