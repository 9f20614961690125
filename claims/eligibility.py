"""Does the claim meet the conditions: in the order of Pasal 4, 19, 20, 35, 39 and 40."""

from datetime import date

from claims.claim import Claim
from claims.contributions import paid_by
from claims.facts import ContributionRecord, FixedTermContract, Layoff
from claims.insured import (
    contribution_conditions,
    known_as_of,
    personal_conditions,
    reason_of,
    standing_conditions,
)
from claims.periods import Calendar, end_of
from claims.reasons import Ground, Reason, Result
from claims.rules import Law, ProofKind, Rules, SeparationReason
from claims.windows import filing_window, in_a_later_window


def eligibility_reasons(
    claim: Claim, law: Law, rules: Rules, calendar: Calendar, on: date
) -> tuple[Reason, ...]:
    """Every condition with its result, in the order of the articles, by what is paid on the day `on`."""
    assert claim.layoff is not None, "a filing has a layoff"
    assert claim.filing is not None, "conditions are looked at once somebody filed"
    assert claim.record is not None, "conditions are looked at with the record"
    layoff, record, filed_on = claim.layoff, paid_by(claim.record, on, rules), claim.filing.filed_on
    return (
        *personal_conditions(record, rules),
        *contribution_conditions(layoff, record, rules),
        _reports(claim, rules),
        _separation(layoff, rules),
        _contract(layoff, rules),
        _proof(layoff, filed_on, rules),
        *standing_conditions(layoff, record, rules, calendar),
        _filing_time(layoff, filed_on, law),
        _without_work(claim, record, rules),
        _alive(claim, rules),
    )


def _reports(claim: Claim, rules: Rules) -> Reason:
    """Where employer and participant contradict each other, neither word decides (Pasal 20(3))."""
    return reason_of(
        "reports_of_layoff",
        claim.reports_agree or not rules.reports_must_agree.value,
        Ground.REPORTS_CONTRADICT,
        rules.reports_must_agree.article,
        {"reports": len(claim.reports)},
        "layoff report",
        otherwise=Result.FOR_A_PERSON,
    )


def _separation(layoff: Layoff, rules: Rules) -> Reason:
    excluded = rules.excluded_separations
    return reason_of(
        "separation_reason",
        layoff.reason not in excluded.value,
        Ground.EXCLUDED_SEPARATION,
        excluded.article,
        {"reason": layoff.reason.value},
        "layoff report",
    )


def _contract(layoff: Layoff, rules: Rules) -> Reason:
    """The end of the term is no layoff (Pasal 20(2)); who evidently worked on after it is for a person."""
    contract, excluded = layoff.contract, rules.expired_contract_excluded
    expired, worked_on = layoff.reason is SeparationReason.CONTRACT_EXPIRED, False
    facts: dict[str, str | int | bool] = {"contract": contract.kind}
    if isinstance(contract, FixedTermContract) and not expired:
        # Work that ends with the last day of the term has its layoff on that day or on the next.
        worked_on = (layoff.laid_off_on - contract.ends_on).days > 1
        expired = not worked_on and layoff.laid_off_on >= contract.ends_on
        ended = contract.ends_on.isoformat()
        facts |= {"ended_on": ended, "laid_off_on": layoff.laid_off_on.isoformat()} if worked_on else {}
    return reason_of(
        "contract",
        not ((expired or worked_on) and excluded.value),
        Ground.WORKED_ON_AFTER_CONTRACT if worked_on else Ground.CONTRACT_EXPIRED,
        excluded.article,
        facts | {"expired": expired},
        "layoff report",
        otherwise=Result.FOR_A_PERSON if worked_on else Result.UNMET,
    )


def _proof(layoff: Layoff, filed_on: date, rules: Rules) -> Reason:
    proof = layoff.proof
    needs_receipt = proof.kind in (
        ProofKind.ACCEPTANCE_AND_RECEIPT,
        ProofKind.SETTLEMENT_AGREEMENT_AND_RECEIPT,
        ProofKind.RECEIPT,
    )
    accepted = proof.kind in rules.proofs.value and (
        not needs_receipt or proof.office in rules.receipt_offices.value
    )
    dated = proof.issued_on <= filed_on
    return reason_of(
        "proof_of_layoff",
        accepted and dated,
        Ground.PROOF_NOT_ACCEPTED,
        rules.proofs.article,
        {"proof": proof.kind.value, "office": proof.office.value, "issued_on": proof.issued_on.isoformat()},
        "layoff report",
        otherwise=Result.FOR_A_PERSON,
    )


def _filing_time(layoff: Layoff, filed_on: date, law: Law) -> Reason:
    """In the window; what was filed for a layoff that moved behind it, no machine grants."""
    window, too_early = filing_window(layoff.laid_off_on, law), filed_on < layoff.laid_off_on
    return reason_of(
        "filing_window",
        end_of(filed_on) <= window.closes_at and not too_early,
        Ground.FILED_BEFORE_LAYOFF if too_early else Ground.FILED_TOO_LATE,
        window.article,
        {"laid_off_on": layoff.laid_off_on.isoformat(), "filed_on": filed_on.isoformat()},
        "portal",
        otherwise=Result.FOR_A_PERSON
        if too_early or in_a_later_window(layoff.laid_off_on, filed_on, law)
        else Result.UNMET,
    )


def _without_work(claim: Claim, record: ContributionRecord, rules: Rules) -> Reason:
    """New work on record or told; a business of one's own has its own ground (Pasal 40(b))."""
    assert claim.layoff is not None, "a filing has a layoff"
    known, told = (record.reemployed_on, claim.reemployed_since), claim.work_in_doubt
    employed = any(since is not None and since > claim.layoff.laid_off_on for since in known)
    own = told is not None and told.work == "own_business" and not employed
    again = employed or told is not None
    return reason_of(
        "without_work",
        not (again and rules.work_ends_the_right.value),
        Ground.OWN_BUSINESS if own else Ground.REEMPLOYED,
        rules.work_ends_the_right.article,
        {"reemployed": again},
        known_as_of(record),
        otherwise=Result.FOR_A_PERSON,
    )


def _alive(claim: Claim, rules: Rules) -> Reason:
    return reason_of(
        "alive",
        claim.died_on is None or not rules.death_ends_the_right.value,
        Ground.DECEASED,
        rules.death_ends_the_right.article,
        {"death_reported": claim.died_on is not None},
        "civil registry",
        otherwise=Result.FOR_A_PERSON,
    )
