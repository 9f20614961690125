"""Who pays the benefit when the employer did not do its part (PP 37/2021 Pasal 23, 37, 39, 39A)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claims.claim import Claim
from claims.contributions import arrears_of
from claims.facts import CompanyScale, ContributionRecord, EmployerStanding, Layoff
from claims.money import capped_idr, share_idr
from claims.periods import Calendar, end_of, months_after
from claims.reasons import Ground
from claims.regimes import PP37
from claims.rules import BENEFIT_MONTHS, Rules

NEVER_REGISTERED = f"{PP37} Pasal 37"
WAGE_UNDERREPORTED = f"{PP37} Pasal 23"
EMPLOYER_FIRST = f"{PP37} Pasal 39(3)"
REIMBURSEMENT = f"{PP37} Pasal 39(4)-(6)"


class Paying(StrEnum):
    """Siapa yang membayar."""

    BPJS = "bpjs"
    BPJS_FOR_THE_INSOLVENT = "bpjs_for_the_insolvent"
    EMPLOYER_FIRST = "employer_first"
    EMPLOYER_IN_ONE_SUM = "employer_in_one_sum"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PayerFound:
    """Who pays, by which article, whether in one sum and whether the employer gets it back later.

    `covered` is up to how many months of arrears the fund pays; `months_unknown` are months that the record
    leaves open where it hangs on them.
    """

    paying: Paying
    article: str
    months_in_arrears: int
    covered: int = 0
    months_unknown: int = 0
    in_one_sum: bool = False
    reimbursable: bool = False

    @property
    def for_a_person(self) -> bool:
        """Everything but the fund: no machine sends a claimant to an employer."""
        return self.paying not in (Paying.BPJS, Paying.BPJS_FOR_THE_INSOLVENT)


def who_pays(layoff: Layoff, record: ContributionRecord, rules: Rules, calendar: Calendar) -> PayerFound:
    """The payer by registration, arrears in a row up to the layoff, and the employer's standing."""
    if not record.registered:
        return _for_the_unregistered(record)
    arrears = arrears_of(layoff, record, rules, calendar)
    insolvent = record.employer_standing in (EmployerStanding.BANKRUPT, EmployerStanding.CLOSED)
    cover = rules.insolvent_arrears_months_covered if insolvent else rules.arrears_months_covered
    first = rules.uncovered_arrears_employer_pays_first
    owed, unknown = arrears.months, arrears.unknown
    if owed <= cover.value < owed + unknown and first.value:
        return PayerFound(Paying.UNKNOWN, cover.article, owed, cover.value, months_unknown=unknown)
    if owed <= rules.arrears_months_covered.value or not first.value:
        return PayerFound(Paying.BPJS, cover.article, owed, cover.value)
    if owed <= cover.value:
        return PayerFound(Paying.BPJS_FOR_THE_INSOLVENT, cover.article, owed, cover.value)
    if record.employer_standing is EmployerStanding.UNKNOWN:
        return PayerFound(Paying.UNKNOWN, first.article, owed, cover.value)
    return PayerFound(Paying.EMPLOYER_FIRST, first.article, owed, cover.value, reimbursable=True)


def _for_the_unregistered(record: ContributionRecord) -> PayerFound:
    """Pasal 37: the employer, in one sum; micro enterprises need not."""
    if record.company_scale is CompanyScale.MICRO:
        return PayerFound(Paying.NOBODY, NEVER_REGISTERED, 0)
    return PayerFound(Paying.EMPLOYER_IN_ONE_SUM, NEVER_REGISTERED, 0, in_one_sum=True)


def benefit_in_one_sum_idr(wage_idr: int, rules: Rules) -> int:
    """Six months of the benefit on a true wage, each month rounded by itself."""
    return _months_idr(wage_idr, rules, BENEFIT_MONTHS)


def difference_idr(true_wage_idr: int, reported_wage_idr: int, rules: Rules, months: int) -> int:
    """What under-reporting took from the claimant over so many months; never below zero."""
    missing = _months_idr(true_wage_idr, rules, months) - _months_idr(reported_wage_idr, rules, months)
    return max(missing, 0)


def _months_idr(wage_idr: int, rules: Rules, months: int) -> int:
    capped = capped_idr(wage_idr, rules.wage_ceiling_idr.value)
    return sum(
        share_idr(capped, rules.rate_of_month(month, 0), rules.rounding.value)
        for month in range(1, months + 1)
    )


def employer_owes_idr(claim: Claim, true_wage_idr: int, rules: Rules) -> int:
    """What the employer owes in one sum once the true wage is known; `rules` are those of the layoff."""
    assert claim.record is not None, "what was reported is known"
    if not claim.record.registered:
        exempt = _for_the_unregistered(claim.record).paying is Paying.NOBODY
        return 0 if exempt else benefit_in_one_sum_idr(true_wage_idr, rules)
    return difference_idr(true_wage_idr, claim.record.reported_wage_idr, rules, claim.last_month_owed)


@dataclass(frozen=True)
class Reimbursement:
    """What an employer gets back, and until when; `refusal` is why it does not, if it does not."""

    amount_idr: int
    pay_by: date
    refusal: Ground | None


def reimbursement(
    paid: tuple[tuple[date, int], ...],
    arrears_settled_on: date | None,
    asked_on: date,
    rules: Rules,
    calendar: Calendar,
) -> Reimbursement:
    """Penggantian: arrears and fines settled, asked within so many months of the last payment it made.

    `paid` are the days and amounts of what the employer paid; `rules` are those of the day it is asked on.
    """
    amount_idr = sum(amount for _, amount in paid)
    last = max((day for day, _ in paid), default=None)
    refusal = None
    if last is None:
        refusal = Ground.NOT_OWED_BY_THE_EMPLOYER
    elif arrears_settled_on is None or arrears_settled_on > asked_on:
        refusal = Ground.ARREARS_NOT_SETTLED
    elif end_of(asked_on) > end_of(months_after(last, rules.reimbursement_months.value)):
        refusal = Ground.ASKED_TOO_LATE
    pay_by = calendar.working_days_after(asked_on, rules.reimbursement_working_days.value)
    return Reimbursement(0 if refusal else amount_idr, pay_by, refusal)
