"""Laporan PHK yang bertentangan: what a report of a layoff says that cannot all be true.

No machine refuses on such a report; which part of it is wrong, a person finds (record 40).
"""

from claims.events.facts import ContributionRecord, FixedTermContract, Layoff
from claims.state.claim import Claim
from law.duty_terms import REPORTS
from law.periods import month_of, months_after
from law.rules import SeparationReason

ENDS_ALL_WORK = frozenset({SeparationReason.DEATH, SeparationReason.TOTAL_PERMANENT_DISABILITY})
NO_TERM = "no_term_to_expire"


def contradiction_in_contract(claim: Claim) -> str | None:
    """What day, reason and contract of a report say against each other; None where all may be true."""
    layoff = claim.layoff
    assert layoff is not None, "a claim stream begins with a layoff"
    contract = layoff.contract
    if isinstance(contract, FixedTermContract) and contract.ends_on < contract.started_on:
        return "ends_before_it_starts"
    if layoff.laid_off_on < contract.started_on:
        return "laid_off_before_the_start"
    if layoff.reason is SeparationReason.CONTRACT_EXPIRED:
        return _of_an_expiry(layoff, claim.record)
    return None


def contradiction_in_reason(claim: Claim) -> str | None:
    """What came after a reason that ends all work: nobody who died works again, or dies later."""
    layoff = claim.layoff
    assert layoff is not None, "a claim stream begins with a layoff"
    if layoff.reason not in ENDS_ALL_WORK:
        return None
    registered = None if claim.record is None else claim.record.reemployed_on
    if any(day is not None and day > layoff.laid_off_on for day in (registered, claim.reemployed_since)):
        return "works_after_it"
    died_later = claim.died_on is not None and claim.died_on > layoff.laid_off_on
    return "dies_after_it" if died_later and layoff.reason is SeparationReason.DEATH else None


def the_day_is_in_doubt(claim: Claim) -> bool:
    """Whether it may be the day of the layoff that is wrong, from which months and windows are counted."""
    return contradiction_in_contract(claim) not in (None, NO_TERM)


def worked_on_after_term(layoff: Layoff) -> bool:
    """Laid off for another reason than its expiry, once the term was over."""
    contract = layoff.contract
    if not isinstance(contract, FixedTermContract) or layoff.reason is SeparationReason.CONTRACT_EXPIRED:
        return False
    # Work that ends with the last day of the term has its layoff on that day or on the next.
    return (layoff.laid_off_on - contract.ends_on).days > 1


def says_or_is_expired(layoff: Layoff) -> bool:
    """Whether the term came to its end, by the report's word or by its days."""
    contract = layoff.contract
    ended = isinstance(contract, FixedTermContract) and layoff.laid_off_on >= contract.ends_on
    return ended or layoff.reason is SeparationReason.CONTRACT_EXPIRED


def _of_an_expiry(layoff: Layoff, record: ContributionRecord | None) -> str | None:
    """A contract expires on its last day, or is said to a little later; a permanent one never."""
    contract = layoff.contract
    if not isinstance(contract, FixedTermContract):
        return NO_TERM
    if layoff.laid_off_on < contract.ends_on:
        return "expired_before_its_end"
    months = () if record is None else record.months
    ended, laid_off = month_of(contract.ends_on), month_of(layoff.laid_off_on)
    worked_on = any(
        m.employer_registration == layoff.employer_registration and ended < m.month < laid_off for m in months
    )
    late = layoff.laid_off_on > months_after(contract.ends_on, REPORTS.expiry_told_months.value)
    return "expired_long_before" if worked_on or late else None
