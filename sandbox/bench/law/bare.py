"""The decision of a claim as bare comparisons: the same facts, the same outcome, nothing said of why.

The yardstick of the reasons. It counts the same months and finds the same days as the law does, each once and
whatever the outcome, and shares with it only the calendar and the numbers of the rules.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from claims.events.facts import ContributionRecord, Layoff
from claims.state.claim import Claim
from law.grounds import Ground
from law.periods import Calendar, day_of, end_of, month_of, months_after, months_before
from law.rules import Law, Rules

SCALES_WITH_PENSION = ("large", "medium")
WITH_A_RECEIPT = ("acceptance_and_receipt", "settlement_agreement_and_receipt", "receipt")
INSOLVENT = ("bankrupt", "closed")


class Bare(NamedTuple):
    """`outcome`: approved, denied or referred; `until`: may be filed again, or is answered, until then."""

    outcome: str
    ground: Ground | None = None
    until: datetime | None = None


class _Counted(NamedTuple):
    """What is counted before anything is compared; at most, with the months that are owed or not told of."""

    paid: int
    owed: int
    at_most: int
    run: int
    run_at_most: int
    owed_since: int
    since_at_most: int
    contradicts: bool
    day_in_doubt: bool
    arrears: int
    unknown: int
    elsewhere: bool
    highest_wage_idr: int
    since_last_benefit: int
    reaches_back: bool
    last_day: date
    last_day_then: date


def bare(claim: Claim, law: Law, calendar: Calendar, at: datetime) -> Bare:
    """What `decide_claim` decides, on which first ground, and until when one may answer it."""
    assert claim.layoff is not None, "a filing has a layoff"
    assert claim.filing is not None, "somebody filed"
    assert claim.record is not None, "the record is here"
    rules, filed_on = law.in_force_on(day_of(at)), claim.filing.filed_on
    n = _counted(claim.layoff, claim.record, filed_on, law, rules, calendar)
    unmet = _unmet(claim, claim.layoff, claim.record, filed_on, n, rules)
    if unmet is not None:
        last_day = n.last_day if filed_on <= n.last_day else n.last_day_then
        return Bare("denied", unmet, end_of(last_day))
    person = _manual_review(claim, claim.layoff, claim.record, filed_on, n, rules)
    if person is not None:
        return Bare("referred", person, end_of(calendar.working_days_after(day_of(at), 3)))
    return Bare("approved")


def _unmet(
    claim: Claim, layoff: Layoff, record: ContributionRecord, filed_on: date, n: _Counted, rules: Rules
) -> Ground | None:
    """The first ground on which a machine refuses; nobody who was never registered is refused by one."""
    if not record.registered:
        return None
    contract = layoff.contract
    expired = contract.kind == "fixed_term" and 0 <= (layoff.laid_off_on - contract.ends_on).days <= 1
    said = (layoff.reason in rules.excluded_separations.value and Ground.EXCLUDED_SEPARATION) or (
        (expired or layoff.reason == "contract_expired") and Ground.CONTRACT_EXPIRED
    )
    earlier, sixty = len(record.earlier_benefits_first_paid_on), rules.paid_months_between_claims.value
    too_soon = n.since_at_most < sixty and not n.owed_since and n.reaches_back
    few = n.at_most < rules.contribution_months_min.value and not n.owed
    broken = n.run_at_most < rules.consecutive_months_min.value and not n.owed
    return (
        (record.citizenship != "WNI" and Ground.NOT_A_CITIZEN)
        or (
            record.age_at_registration >= rules.age_at_registration_below.value
            and Ground.TOO_OLD_AT_REGISTRATION
        )
        or (not n.day_in_doubt and few and Ground.TOO_FEW_CONTRIBUTION_MONTHS)
        or (not n.day_in_doubt and broken and Ground.TOO_FEW_CONSECUTIVE_MONTHS)
        or (claim.reports_agree and not n.contradicts and said)
        or (earlier >= rules.claims_max.value and Ground.TOO_MANY_CLAIMS)
        or (not n.day_in_doubt and earlier > 0 and too_soon and Ground.TOO_SOON_AFTER_LAST_BENEFIT)
        or (
            not n.day_in_doubt
            and n.last_day < filed_on
            and n.last_day_then < filed_on
            and Ground.FILED_TOO_LATE
        )
        or None
    )


def _manual_review(
    claim: Claim, layoff: Layoff, record: ContributionRecord, filed_on: date, n: _Counted, rules: Rules
) -> Ground | None:
    """The first ground on which a person has to look; asked where nothing is refused."""
    needed = (
        {"JKK", "JKM", "JHT", "JP"} if record.company_scale in SCALES_WITH_PENSION else {"JKK", "JKM", "JHT"}
    )
    proof, told = layoff.proof, claim.reemployed_since
    wrong_office = proof.kind in WITH_A_RECEIPT and proof.office not in rules.receipt_offices.value
    again = (record.reemployed_on is not None and record.reemployed_on > layoff.laid_off_on) or (
        told is not None and told > layoff.laid_off_on
    )
    insured = record.jkn_segment == "PPU_BU" if rules.jkn_employer_paid_only.value else record.jkn_segment
    return (
        (not needed <= set(record.programmes) and Ground.PROGRAMMES_INCOMPLETE)
        or (not insured and Ground.NO_HEALTH_INSURANCE)
        or _of_too_few(n, rules)
        or (not claim.reports_agree and Ground.REPORTS_CONTRADICT)
        or (n.contradicts and Ground.REPORT_CONTRADICTS_ITSELF)
        or (_worked_on(layoff) and Ground.WORKED_ON_AFTER_CONTRACT)
        or (
            (proof.kind not in rules.proofs.value or wrong_office or proof.issued_on > filed_on)
            and Ground.PROOF_NOT_ACCEPTED
        )
        or _of_the_benefits(record, n, rules)
        or (n.elsewhere and Ground.ANOTHER_JOB_GOES_ON)
        or _of_the_wage(record.reported_wage_idr, n.highest_wage_idr, rules)
        or _of_the_employer(record, n, rules)
        or (n.last_day < filed_on <= n.last_day_then and Ground.FILED_TOO_LATE)
        or (again and Ground.REEMPLOYED)
        or (claim.died_on is not None and Ground.DECEASED)
        or None
    )


def _of_too_few(n: _Counted, rules: Rules) -> Ground | None:
    if n.paid < rules.contribution_months_min.value:
        if n.owed:
            return Ground.MONTHS_OWED_BUT_UNPAID
        if n.at_most >= rules.contribution_months_min.value:
            return Ground.MONTHS_NOT_TOLD
    if n.run >= rules.consecutive_months_min.value:
        return None
    if n.owed:
        return Ground.TOO_FEW_CONSECUTIVE_MONTHS
    return Ground.MONTHS_NOT_TOLD if n.run_at_most >= rules.consecutive_months_min.value else None


def _of_the_benefits(record: ContributionRecord, n: _Counted, rules: Rules) -> Ground | None:
    needed, earlier = rules.paid_months_between_claims.value, len(record.earlier_benefits_first_paid_on)
    if not 0 < earlier < rules.claims_max.value or n.since_last_benefit >= needed:
        return None
    if not n.reaches_back:
        return Ground.TOO_SOON_AFTER_LAST_BENEFIT
    if n.owed_since:
        return Ground.MONTHS_OWED_BUT_UNPAID
    return Ground.MONTHS_NOT_TOLD if n.since_at_most >= needed else None


def _contradicts_itself(layoff: Layoff, record: ContributionRecord) -> tuple[bool, bool]:
    """Whether day, reason and contract cannot all be true, and whether the day may be what is wrong."""
    contract = layoff.contract
    if layoff.laid_off_on < contract.started_on:
        return True, True
    if contract.kind != "fixed_term":
        return layoff.reason == "contract_expired", False
    if contract.ends_on < contract.started_on:
        return True, True
    if layoff.reason != "contract_expired":
        return False, False
    after, ended = months_after(contract.ends_on, 1) < layoff.laid_off_on, month_of(contract.ends_on)
    worked = any(
        m.employer_registration == layoff.employer_registration
        and ended < m.month < month_of(layoff.laid_off_on)
        for m in record.months
    )
    wrong = layoff.laid_off_on < contract.ends_on or after or worked
    return wrong, wrong


def _worked_on(layoff: Layoff) -> bool:
    contract = layoff.contract
    if layoff.reason == "contract_expired" or contract.kind != "fixed_term":
        return False
    if layoff.laid_off_on < contract.started_on or contract.ends_on < contract.started_on:
        return False
    return (layoff.laid_off_on - contract.ends_on).days > 1


def _of_the_wage(wage_idr: int, before_idr: int, rules: Rules) -> Ground | None:
    if wage_idr < rules.wage_min_idr.value:
        return Ground.WAGE_UNKNOWN
    return Ground.WAGE_DROPPED if wage_idr < before_idr * (1 - rules.wage_drop_max.value) else None


def _of_the_employer(record: ContributionRecord, n: _Counted, rules: Rules) -> Ground | None:
    insolvent = record.employer_standing in INSOLVENT
    cover = (rules.insolvent_arrears_months_covered if insolvent else rules.arrears_months_covered).value
    if record.registered and n.arrears <= cover < n.arrears + n.unknown:
        return Ground.RECORD_HAS_A_GAP
    return Ground.EMPLOYER_PAYS_FIRST if n.arrears > cover or not record.registered else None


def _counted(
    layoff: Layoff, record: ContributionRecord, filed_on: date, law: Law, rules: Rules, calendar: Calendar
) -> _Counted:
    of_layoff, employer = month_of(layoff.laid_off_on), layoff.employer_registration
    before = months_before(of_layoff, rules.lookback_months.value)
    first = max(before[-1], rules.first_contribution_month.value)
    last, wages_since = before[rules.other_job_months.value - 1], before[rules.wage_drop_months.value - 1]
    full = [m for m in record.months if m.part != "exit"]
    paid = {m.month for m in full if m.paid_on is not None}
    counted = [month for month in paid if first <= month < of_layoff]
    listed = {m.month for m in full if first <= m.month < of_layoff}
    untold = _untold(layoff, record, of_layoff, rules)
    at_most = listed | {month for month in untold if first <= month}
    since, owed_since, since_at_most, reaches_back = 0, 0, 0, False
    if record.earlier_benefits_first_paid_on:
        last_benefit = month_of(max(record.earlier_benefits_first_paid_on))
        since = sum(last_benefit < month < of_layoff for month in paid)
        rows = {m.month for m in full if last_benefit < m.month < of_layoff}
        owed_since, since_at_most = len(rows - paid), len(rows | {m for m in untold if m > last_benefit})
        reaches_back = not record.months or min(m.month for m in record.months) <= last_benefit
    arrears, unknown = _arrears(layoff, record, before, rules, calendar)
    contradicts, day_in_doubt = _contradicts_itself(layoff, record)
    months_then = law.in_force_on(filed_on).filing_window_months.value
    return _Counted(
        paid=len(counted),
        owed=len(listed) - len(counted),
        at_most=len(at_most),
        run=_longest_run(counted),
        run_at_most=_longest_run(list(at_most)),
        owed_since=owed_since,
        since_at_most=since_at_most,
        contradicts=contradicts,
        day_in_doubt=day_in_doubt,
        arrears=arrears,
        unknown=unknown,
        elsewhere=any(m.month >= last and m.employer_registration != employer for m in full),
        highest_wage_idr=max(
            (
                m.wage_idr
                for m in record.months
                if wages_since <= m.month < of_layoff and m.employer_registration == employer
            ),
            default=0,
        ),
        since_last_benefit=since,
        reaches_back=reaches_back,
        last_day=_last_day_to_file(layoff.laid_off_on, law),
        last_day_then=months_after(layoff.laid_off_on, months_then),
    )


def _untold(layoff: Layoff, record: ContributionRecord, of_layoff: str, rules: Rules) -> set[str]:
    """The months between the last one of the record with this employer and the layoff."""
    own = [m.month for m in record.months if m.employer_registration == layoff.employer_registration]
    last = max((month for month in own if month < of_layoff), default="")
    first = max(month_of(layoff.contract.started_on), rules.first_contribution_month.value)
    return {month for month in months_before(of_layoff, 120) if first <= month and last < month}


def _longest_run(months: list[str]) -> int:
    longest = run = previous = 0
    for number in sorted([int(month[:4]) * 12 + int(month[5:]) for month in months]):
        run = run + 1 if number == previous + 1 else 1
        if run > longest:
            longest = run
        previous = number
    return longest


def _arrears(
    layoff: Layoff, record: ContributionRecord, before: tuple[str, ...], rules: Rules, calendar: Calendar
) -> tuple[int, int]:
    """Months owed in a row up to the layoff, and those that the record leaves open."""
    employer, started = layoff.employer_registration, month_of(layoff.contract.started_on)
    # Sorted, so that of two rows of a month the one that is paid stands last.
    rows = sorted(
        (m.month, m.paid_on or date.min) for m in record.months if m.employer_registration == employer
    )
    own = dict(rows)
    owed = unknown = 0
    listed_since = False
    for back, month in enumerate(before):
        listed = month in own
        if not owed and not unknown:
            due_on = months_after(layoff.laid_off_on.replace(day=rules.contribution_due_day.value), -back)
            while not calendar.is_working_day(due_on):
                due_on += timedelta(days=1)
            if due_on >= layoff.laid_off_on:
                listed_since = listed_since or listed
                continue
        if listed:
            if own[month] > date.min:
                break
            listed_since = True
        elif listed_since or month <= started or month < rules.first_contribution_month.value:
            break
        if listed and not unknown:
            owed += 1
        else:
            unknown += 1
    return owed, unknown


def _last_day_to_file(laid_off_on: date, law: Law) -> date:
    rules = law.in_force_on(laid_off_on)
    last_day = months_after(laid_off_on, rules.filing_window_months.value)
    for later in law.regimes:
        if rules.in_force_from < later.in_force_from <= last_day:
            rules, last_day = later, months_after(laid_off_on, later.filing_window_months.value)
    return last_day
