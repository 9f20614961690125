"""Batas waktu: every date of a claim, with its rule, its article and the version of the calendar.

The dates come from the functions by which the step of a claim is computed; what the step awaits and no
function names is taken from the step itself, so that no date it shows is missing here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from claims import events as e
from claims.agenda.next_step import next_step
from claims.agenda.obligations import Awaited, Owner, objection_due, record_due
from claims.entitlement.months import enough_searched, search_count
from claims.entitlement.windows import Window, month_window, rules_for, search_days, window_to_file
from claims.state.claim import BenefitMonth, Claim, Ending
from claims.state.procedure import procedure_article
from claims.wording.consequences import consequence_text
from law.periods import day_of, end_of, start_of
from law.rules import BENEFIT_MONTHS, MonthCondition
from payments.context import DecisionContext

EMPLOYER = "employer"


@dataclass(frozen=True)
class Deadline:
    """Batas waktu: what is due, of whom, from when until when, by which rule and article.

    `closes_at` is the first instant that is too late (UTC), `last_day` the last day inside (WIB). `passed`
    says that it is over, `done` that what was asked for has been given. `month` is 0 where it is about none.
    """

    what: str
    month: int
    owner: str
    opens_at: datetime | None
    closes_at: datetime
    last_day: date
    rule: str
    article: str
    calendar_version: str
    passed: bool
    done: bool


@dataclass(frozen=True)
class _Due:
    """A deadline before it is looked at from a day."""

    what: str
    owner: str
    closes_at: datetime
    rule: str
    article: str
    opens_at: datetime | None = None
    month: int = 0
    done: bool = False


def deadlines(claim: Claim, context: DecisionContext) -> tuple[Deadline, ...]:
    """Every date of a claim, the earliest first; of an ended claim its report and its payments."""
    if claim.layoff is None:
        return ()
    known = [
        *_of_layoff(claim, context),
        *_of_validation(claim, context),
        *_of_months(claim, context),
        *_of_work(claim, context),
    ]
    known += [*_of_payments(claim, context), *_of_objections(claim, context)]
    dates = {(due.closes_at, due.owner, due.month) for due in known}
    names = {(due.what, due.month) for due in known}
    for awaited in next_step(claim, context).awaited:
        is_new = (awaited.until, awaited.owner.value, awaited.month) not in dates
        if is_new and (awaited.what, awaited.month) not in names:
            known.append(_awaited(awaited))
    known.sort(key=lambda due: (due.closes_at, due.month, due.what))
    return tuple(_seen(due, context) for due in known)


def _seen(due: _Due, context: DecisionContext) -> Deadline:
    last_day = day_of(due.closes_at - datetime.resolution)
    # Only a term of working days can be wrong where the holidays are not known.
    unknown = context.calendar.weekends_only([last_day]) if "working days" in due.rule else ()
    return Deadline(
        what=due.what,
        month=due.month,
        owner=due.owner,
        opens_at=due.opens_at,
        closes_at=due.closes_at,
        last_day=last_day,
        rule="; ".join((due.rule, *unknown)),
        article=due.article,
        calendar_version=context.calendar.version,
        passed=due.closes_at <= context.at,
        done=due.done,
    )


def _of_layoff(claim: Claim, context: DecisionContext) -> Iterator[_Due]:
    """The report of the layoff, and the filing or the filing again."""
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    days = context.law.in_force_on(claim.layoff.laid_off_on).layoff_report_working_days
    report_by = context.calendar.working_days_after(claim.layoff.laid_off_on, days.value)
    yield _Due(
        "layoff_report",
        EMPLOYER,
        end_of(report_by),
        f"{days.value} working days after the layoff",
        procedure_article(context, "9(1)"),
        done=EMPLOYER in claim.reported_by,
    )
    denied = isinstance(claim.decision, e.ClaimDenied)
    if claim.ending is None and (claim.filing is None or denied):
        window = window_to_file(claim, context.law)
        what = "filing_again" if denied else "filing"
        yield _window(what, window, 0, f"{_months_to_file(window, context)} months after the layoff")


def _months_to_file(window: Window, context: DecisionContext) -> int:
    terms = (rules.filing_window_months for rules in context.law.regimes)
    return next(term.value for term in terms if term.article == window.article)


def _of_validation(claim: Claim, context: DecisionContext) -> Iterator[_Due]:
    """The contribution record, and the answer of an officer."""
    if claim.filing is None or claim.ending is not None:
        return
    days = context.law.in_force_on(claim.filing.filed_on).record_working_days.value
    yield _Due(
        "contribution_record",
        Owner.BPJS.value,
        record_due(claim.filing.filed_on, context),
        f"{days} working days after the filing",
        procedure_article(context, "13(6)"),
        done=claim.record is not None,
    )
    if isinstance(claim.decision, e.ClaimReferred):
        yield _Due(
            "officer_decision",
            Owner.OFFICER.value,
            claim.decision.answer_due_at,
            "working days after the claim was given to an officer",
            claim.decision.article,
        )


def _of_months(claim: Claim, context: DecisionContext) -> Iterator[_Due]:
    """The window and the search period of each month that is, or may become, owed."""
    if claim.filing is None or isinstance(claim.decision, e.ClaimDenied) or claim.ending is not None:
        return
    for number in range(2, claim.last_month_owed + 1):
        month = claim.month(number)
        rules = rules_for(claim, number, context.law)
        given = month.certified or month.authorized is not None
        window = month_window(claim, number, context.law, context.calendar)
        yield _search_period(claim, month, context)
        yield _window("certification", window, number, _rule_of_window(number, context, claim), done=given)
        gate = rules.requirement(MonthCondition.SELF_ASSESSMENT, number)
        if gate is not None and gate.binds:
            yield _Due(
                "self_assessment",
                Owner.CLAIMANT.value,
                window.closes_at,
                f"before the window of month {number} closes",
                gate.article,
                month=number,
                done=claim.self_assessed,
            )


def _rule_of_window(month: int, context: DecisionContext, claim: Claim) -> str:
    rules = rules_for(claim, month, context.law)
    if month < BENEFIT_MONTHS:
        return f"{rules.month_window_days.value} days after the reference date"
    before = rules.last_month_opens_working_days_before.value
    return f"from {before} working days before the end of the benefit period to its end"


def _search_period(claim: Claim, month: BenefitMonth, context: DecisionContext) -> _Due:
    rules = rules_for(claim, month.number, context.law)
    days = search_days(claim, month.number, rules)
    count = search_count(claim, month.number, rules)
    enough = enough_searched(count, rules)
    return _Due(
        "search_period",
        Owner.CLAIMANT.value,
        start_of(days.end),
        f"{count.applications_min} applications or {rules.interview_calls_min.value} call to an interview "
        "in the days that count for the month",
        rules.applications_min.article,
        opens_at=start_of(days.first),
        month=month.number,
        done=enough or month.authorized is not None,
    )


def _of_work(claim: Claim, context: DecisionContext) -> Iterator[_Due]:
    """Pasal 28: who found work says so."""
    since = claim.reemployed_since
    if since is not None:
        days = context.law.in_force_on(since).placement_report_working_days
        yield _Due(
            "placement_report",
            Owner.CLAIMANT.value,
            end_of(context.calendar.working_days_after(since, days.value)),
            f"{days.value} working days after the work began",
            days.article,
            done=True,
        )


def _of_payments(claim: Claim, context: DecisionContext) -> Iterator[_Due]:
    """The payment term of each month that is owed, or whose order the bank has."""
    goes_on = claim.ending in (None, Ending.EXHAUSTED)
    for month in claim.months:
        if month.authorized is not None and (
            month.out_of_our_hands or (goes_on and month in claim.owed_months)
        ):
            yield _payment(month, month.authorized, context)


def _of_objections(claim: Claim, context: DecisionContext) -> Iterator[_Due]:
    """The officer's word on each open objection."""
    for objection in claim.open_objections:
        days = context.law.in_force_on(objection.received.received_on).officer_working_days.value
        yield _Due(
            "objection",
            Owner.OFFICER.value,
            objection_due(objection, context),
            f"{days} working days after the objection",
            objection.received.verdict.article,
            month=objection.received.month,
        )


def _payment(month: BenefitMonth, authorized: e.BenefitAuthorized, context: DecisionContext) -> _Due:
    rules = context.law.named(authorized.regime)
    return _Due(
        "transfer",
        Owner.BANK.value,
        authorized.pay_until,
        f"{rules.payment_working_days.value} working days after the application was complete",
        rules.payment_working_days.article,
        month=month.number,
        done=month.settled,
    )


def _window(what: str, window: Window, month: int, rule: str, done: bool = False) -> _Due:
    return _Due(
        what, Owner.CLAIMANT.value, window.closes_at, rule, window.article, window.opens_at, month, done
    )


def _awaited(awaited: Awaited) -> _Due:
    return _Due(
        awaited.what,
        awaited.owner.value,
        awaited.until,
        f"otherwise {consequence_text(awaited.consequence, 'en')}",
        awaited.article,
        month=awaited.month,
    )
