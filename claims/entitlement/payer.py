"""Who pays the benefit when the employer did not do its part (PP 37/2021 Pasal 23, 37, 39, 39A)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claims import events as e
from claims.entitlement.contributions import arrears_of, contribution_due_on, paid_by, paid_with
from claims.events.facts import CompanyScale, ContributionRecord, EmployerStanding, Layoff
from claims.state.claim import BenefitMonth, Claim
from law.grounds import Ground, counts
from law.money import capped_idr, share_idr
from law.periods import Calendar, end_of, months_after
from law.provisions import NEVER_REGISTERED, WAGE_UNDERREPORTED
from law.rules import BENEFIT_MONTHS, Law, Rules, WhichPayment


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
    def manual_review(self) -> bool:
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
    return sum(_month_idr(wage_idr, rules, month) for month in range(1, months + 1))


def _month_idr(wage_idr: int, rules: Rules, month: int, lost: int = 0) -> int:
    capped = capped_idr(wage_idr, rules.wage_ceiling_idr.value)
    return share_idr(capped, rules.rate_of_month(month, lost), rules.rounding.value)


def employer_owes_idr(claim: Claim, true_wage_idr: int, rules: Rules) -> int:
    """What the employer owes in one sum once the true wage is known; `rules` are those of the layoff.

    Never registered: the benefit. Under-reported: the difference of the months granted and of those that may
    still be granted; nothing of a month that is lost or no longer owed.
    """
    assert claim.record is not None, "what was reported is known"
    if not claim.record.registered:
        exempt = _for_the_unregistered(claim.record).paying is Paying.NOBODY
        return 0 if exempt else benefit_in_one_sum_idr(true_wage_idr, rules)
    return sum(_missing_idr(claim, month, true_wage_idr, rules) for month in _months_with_a_benefit(claim))


def _months_with_a_benefit(claim: Claim) -> tuple[BenefitMonth, ...]:
    """The months granted and owed and, while the claim goes on, those to come."""
    return tuple(
        month
        for month in claim.months
        if month.number <= claim.last_month_owed
        and month.forfeited is None
        and (month.authorized is not None or claim.ending is None)
    )


def _missing_idr(claim: Claim, month: BenefitMonth, true_wage_idr: int, rules: Rules) -> int:
    """What a month lacks; a wage lowered later takes nothing from a month granted on the higher one."""
    granted = month.authorized
    wage_idr = claim.wage_idr if granted is None else max(claim.wage_idr, granted.insured_wage_idr)
    lost = sum(1 for before in claim.months[: month.number - 1] if before.forfeited is not None)
    true_idr = _month_idr(true_wage_idr, rules, month.number, lost)
    return max(true_idr - _month_idr(wage_idr, rules, month.number, lost), 0)


def owes_anew(claim: Claim, law: Law) -> e.EmployerOwes | None:
    """What the employer owes by now on the true wage found before; None where the sum is the same.

    The decision, a month that is lost, the end of the benefit and another wage change it; with nothing left
    it is 0.
    """
    was, record, layoff = claim.employer_owes or claim.true_wage_told, claim.record, claim.layoff
    if was is None or layoff is None or record is None or (record.registered and claim.approved is None):
        return None
    owed_idr = 0 if claim.employer_owes is None else claim.employer_owes.amount_idr
    amount_idr = employer_owes_idr(claim, was.true_wage_idr, law.in_force_on(layoff.laid_off_on))
    if amount_idr == owed_idr:
        return None
    article = WAGE_UNDERREPORTED if record.registered else NEVER_REGISTERED
    return e.EmployerOwes(
        cause="wage_underreported" if record.registered else "never_registered",
        true_wage_idr=was.true_wage_idr,
        amount_idr=amount_idr,
        reference=was.reference,
        article=article,
        verdict=counts(article),
    )


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
    *,
    reimbursed_idr: int = 0,
    in_arrears: bool = False,
    asked_first: date | None = None,
) -> Reimbursement:
    """Penggantian: arrears and fines settled, asked within so many months of a payment it made.

    Of several payments the rules say which one starts the months.

    `paid` are the days and amounts of what the employer paid, of which it got `reimbursed_idr` back; what it
    is still to pay is not asked back yet. `rules` are those of the day it is asked on. `in_arrears` is what
    the record on file says; a request that only the record held up was made on `asked_first`, and holds for
    what was paid by then.
    """
    paid = tuple((day, amount) for day, amount in paid if day <= asked_on)
    amount_idr = sum(amount for _, amount in paid) - reimbursed_idr
    which = max if rules.reimbursement_counts_from.value is WhichPayment.LAST else min
    begins = which((day for day, _ in paid), default=None)
    last = max((day for day, _ in paid), default=asked_on)
    since = asked_on if asked_first is None or asked_first < last else asked_first
    refusal = None
    if begins is None:
        refusal = Ground.NOT_OWED_BY_THE_EMPLOYER
    elif amount_idr <= 0:
        refusal = Ground.ALREADY_RECORDED
    elif arrears_settled_on is None or arrears_settled_on > asked_on:
        refusal = Ground.ARREARS_NOT_SETTLED
    elif end_of(since) > end_of(months_after(begins, rules.reimbursement_months.value)):
        refusal = Ground.ASKED_TOO_LATE
    elif in_arrears:
        refusal = Ground.RECORD_SHOWS_ARREARS
    pay_by = calendar.working_days_after(asked_on, rules.reimbursement_working_days.value)
    return Reimbursement(0 if refusal else amount_idr, pay_by, refusal)


def record_shows_arrears(claim: Claim, on: date, rules: Rules, calendar: Calendar) -> bool:
    """Whether the record on file lists a contribution of this employer that was due by a day and is not paid.

    Where there is no record nothing says that it was.
    """
    if claim.layoff is None or claim.record is None:
        return True
    listed = paid_with(claim.layoff.employer_registration, paid_by(claim.record, on, rules))
    return any(
        not paid and contribution_due_on(month, rules, calendar) < on for month, paid in listed.items()
    )
