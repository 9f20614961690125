"""Does the claim meet the conditions: in the order of Pasal 4, 19, 20, 35, 39 and 40."""

from datetime import date

from claims.entitlement.contradictions import (
    contradiction_in_contract,
    contradiction_in_reason,
    says_or_is_expired,
    worked_on_after_term,
)
from claims.entitlement.contributions import paid_by
from claims.entitlement.insured import (
    Facts,
    contribution_conditions,
    personal_conditions,
    reason_of,
    standing_conditions,
)
from claims.entitlement.sources import CIVIL_REGISTRY, LAYOFF_REPORT, PORTAL, source_of
from claims.entitlement.windows import filing_window, in_a_later_window
from claims.events.basis import Failing, ManualReview, OnRecord
from claims.events.facts import ContributionRecord, FixedTermContract, Layoff
from claims.state.claim import Claim
from law.grounds import Ground, Reason
from law.periods import Calendar, end_of
from law.rules import Law, ProofKind, Rules


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
        _separation(claim, layoff, rules),
        _contract(claim, layoff, rules),
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
        ManualReview(Ground.REPORTS_CONTRADICT),
        rules.reports_must_agree.article,
        {"reports": len(claim.reports)},
        LAYOFF_REPORT,
    )


def _separation(claim: Claim, layoff: Layoff, rules: Rules) -> Reason:
    """One of the four that are excluded (Pasal 20(1)); one that what came later belies, is for a person."""
    excluded, belied = rules.excluded_separations, contradiction_in_reason(claim)
    facts: Facts = {"reason": layoff.reason.value}
    return reason_of(
        "separation_reason",
        layoff.reason not in excluded.value,
        OnRecord(Ground.EXCLUDED_SEPARATION) if belied is None else _contradicting(),
        excluded.article,
        facts | ({} if belied is None else {"contradiction": belied}),
        LAYOFF_REPORT,
    )


def _contract(claim: Claim, layoff: Layoff, rules: Rules) -> Reason:
    """The end of the term is no layoff (Pasal 20(2)); who evidently worked on after it is for a person."""
    contract, excluded = layoff.contract, rules.expired_contract_excluded
    wrong = contradiction_in_contract(claim)
    facts: Facts = {"contract": contract.kind}
    worked_on = wrong is None and worked_on_after_term(layoff)
    expired = wrong is None and not worked_on and says_or_is_expired(layoff)
    if isinstance(contract, FixedTermContract) and worked_on:
        facts |= {"ended_on": contract.ends_on.isoformat(), "laid_off_on": layoff.laid_off_on.isoformat()}
    failing: Failing = OnRecord(Ground.CONTRACT_EXPIRED)
    if worked_on:
        failing = ManualReview(Ground.WORKED_ON_AFTER_CONTRACT)
    elif wrong is not None:
        failing = _contradicting()
    return reason_of(
        "contract",
        wrong is None and not ((expired or worked_on) and excluded.value),
        failing,
        excluded.article,
        facts | {"expired": expired} | ({} if wrong is None else {"contradiction": wrong}),
        LAYOFF_REPORT,
    )


def _contradicting() -> ManualReview:
    return ManualReview(Ground.REPORT_CONTRADICTS_ITSELF)


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
    dated = layoff.contract.started_on <= proof.issued_on <= filed_on
    return reason_of(
        "proof_of_layoff",
        accepted and dated,
        ManualReview(Ground.PROOF_NOT_ACCEPTED),
        rules.proofs.article,
        {"proof": proof.kind.value, "office": proof.office.value, "issued_on": proof.issued_on.isoformat()},
        LAYOFF_REPORT,
    )


def _filing_time(layoff: Layoff, filed_on: date, law: Law) -> Reason:
    """In the window; what was filed for a layoff that moved behind it, no machine grants."""
    window = filing_window(layoff.laid_off_on, law)
    in_time = end_of(filed_on) <= window.closes_at
    failing: Failing = OnRecord(Ground.FILED_TOO_LATE)
    if filed_on < layoff.laid_off_on:
        in_time, failing = False, ManualReview(Ground.FILED_BEFORE_LAYOFF)
    elif in_a_later_window(layoff.laid_off_on, filed_on, law):
        failing = ManualReview(Ground.FILED_TOO_LATE)
    return reason_of(
        "filing_window",
        in_time,
        failing,
        window.article,
        {"laid_off_on": layoff.laid_off_on.isoformat(), "filed_on": filed_on.isoformat()},
        PORTAL,
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
        ManualReview(Ground.OWN_BUSINESS if own else Ground.REEMPLOYED),
        rules.work_ends_the_right.article,
        {"reemployed": again},
        source_of(record),
    )


def _alive(claim: Claim, rules: Rules) -> Reason:
    return reason_of(
        "alive",
        claim.died_on is None or not rules.death_ends_the_right.value,
        ManualReview(Ground.DECEASED),
        rules.death_ends_the_right.article,
        {"death_reported": claim.died_on is not None},
        CIVIL_REGISTRY,
    )
