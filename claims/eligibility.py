"""Does the claim meet the conditions: in the order of Pasal 4, 19, 20, 35, 39 and 40."""

from datetime import date

from claims.claim import Claim
from claims.contributions import (
    arrears_run,
    longest_run,
    owed_months,
    paid_months,
    paid_months_since_last_benefit,
    reaches_back_to_last_benefit,
)
from claims.facts import CompanyScale, ContributionRecord, EmployerStanding, FixedTermContract, Layoff
from claims.periods import Calendar, end_of
from claims.reasons import Ground, Reason, Result
from claims.rules import PP37, Law, ProofKind, Rules, SeparationReason
from claims.windows import filing_window, in_a_later_window


def eligibility_reasons(claim: Claim, law: Law, rules: Rules, calendar: Calendar) -> tuple[Reason, ...]:
    """Every condition with its result, in the order of the articles."""
    assert claim.layoff is not None, "a filing has a layoff"
    assert claim.filing is not None, "conditions are looked at once somebody filed"
    assert claim.record is not None, "conditions are looked at with the record"
    layoff, record, filed_on = claim.layoff, claim.record, claim.filing.filed_on
    return (
        _citizenship(record),
        _age(record, rules),
        _programmes(record, rules),
        _health_insurance(record, rules),
        _contribution_months(layoff, record, rules),
        _consecutive_months(layoff, record, rules),
        _reports(claim),
        _separation(layoff, rules),
        _contract(layoff, rules),
        _proof(layoff, filed_on, rules),
        _earlier_claims(layoff, record, rules),
        _wage(record),
        _arrears(layoff, record, rules, calendar),
        _filing_time(layoff, filed_on, law),
        _without_work(layoff, record, claim.reemployed_since),
        _alive(claim),
    )


def _reason(
    condition: str,
    met: bool,
    ground: Ground,
    article: str,
    facts: dict[str, str | int | bool],
    as_of: str,
    would_change: str,
    otherwise: Result = Result.UNMET,
) -> Reason:
    return Reason(
        condition=condition,
        result=Result.MET if met else otherwise,
        ground=Ground.MET if met else ground,
        article=article,
        facts=facts,
        as_of=as_of,
        would_change=would_change,
    )


def _known(record: ContributionRecord) -> str:
    return f"{record.source} {record.as_of.isoformat()}"


def _citizenship(record: ContributionRecord) -> Reason:
    return _reason(
        "citizenship",
        record.citizenship == "WNI",
        Ground.NOT_A_CITIZEN,
        "PP 37/2021 Pasal 4(2)a",
        {"citizenship": record.citizenship},
        _known(record),
        "a correction of the citizenship in the population register",
    )


def _age(record: ContributionRecord, rules: Rules) -> Reason:
    limit = rules.age_at_registration_below
    return _reason(
        "age_at_registration",
        record.age_at_registration < limit.value,
        Ground.TOO_OLD_AT_REGISTRATION,
        limit.citation,
        {"age_at_registration": record.age_at_registration, "below": limit.value},
        _known(record),
        "a correction of the birth date or of the day of registration",
    )


def _programmes(record: ContributionRecord, rules: Rules) -> Reason:
    needed = {"JKK", "JKM", "JHT"}
    if record.company_scale in (CompanyScale.LARGE, CompanyScale.MEDIUM):
        needed.add("JP")
    missing = sorted(needed - set(record.programmes))
    return _reason(
        "programmes",
        not missing,
        Ground.PROGRAMMES_INCOMPLETE,
        "PP 37/2021 Pasal 4(3)",
        {"company_scale": record.company_scale.value, "missing": " ".join(missing)},
        _known(record),
        "the employer's registration in the missing programmes",
    )


def _health_insurance(record: ContributionRecord, rules: Rules) -> Reason:
    employer_only = rules.jkn_employer_paid_only
    held = record.jkn_segment == "PPU_BU" if employer_only.value else record.jkn_segment is not None
    return _reason(
        "health_insurance",
        held,
        Ground.NO_HEALTH_INSURANCE,
        employer_only.citation,
        {"jkn_segment": record.jkn_segment or "none"},
        _known(record),
        "a registration in the national health insurance (JKN)",
    )


def _contribution_months(layoff: Layoff, record: ContributionRecord, rules: Rules) -> Reason:
    paid = len(paid_months(layoff, record, rules))
    needed = rules.contribution_months_min
    owed = owed_months(layoff, record, rules)
    return _reason(
        "contribution_months",
        paid >= needed.value,
        Ground.MONTHS_OWED_BUT_UNPAID if owed else Ground.TOO_FEW_CONTRIBUTION_MONTHS,
        needed.citation,
        {"paid_months": paid, "needed": needed.value, "lookback_months": rules.lookback_months.value},
        _known(record),
        "further months paid by the employer for the calendar months before the layoff",
        # Nobody is refused by a machine because of what the employer still owes (assumption 14a.b).
        otherwise=Result.FOR_A_PERSON if owed else Result.UNMET,
    )


def _consecutive_months(layoff: Layoff, record: ContributionRecord, rules: Rules) -> Reason:
    run = longest_run(paid_months(layoff, record, rules))
    needed = rules.consecutive_months_min
    return _reason(
        "consecutive_months",
        run >= needed.value,
        Ground.TOO_FEW_CONSECUTIVE_MONTHS,
        needed.citation,
        {"longest_run": run, "needed": needed.value},
        _known(record),
        "months paid that close the gap in the run",
        otherwise=Result.FOR_A_PERSON if owed_months(layoff, record, rules) else Result.UNMET,
    )


def _reports(claim: Claim) -> Reason:
    """Where employer and participant contradict each other, neither word decides (Pasal 20(3))."""
    return _reason(
        "reports_of_layoff",
        claim.reports_agree,
        Ground.REPORTS_CONTRADICT,
        f"{PP37} Pasal 20(3)",
        {"reports": len(claim.reports)},
        "layoff report",
        "a settlement, a ruling, or the same report by both",
        otherwise=Result.FOR_A_PERSON,
    )


def _separation(layoff: Layoff, rules: Rules) -> Reason:
    excluded = rules.excluded_separations
    return _reason(
        "separation_reason",
        layoff.reason not in excluded.value,
        Ground.EXCLUDED_SEPARATION,
        excluded.citation,
        {"reason": layoff.reason.value},
        "layoff report",
        "a correction of the reason by the employer, a settlement or a court ruling",
    )


def _contract(layoff: Layoff, rules: Rules) -> Reason:
    contract = layoff.contract
    expired = layoff.reason is SeparationReason.CONTRACT_EXPIRED or (
        isinstance(contract, FixedTermContract) and layoff.laid_off_on >= contract.ends_on
    )
    return _reason(
        "contract",
        not expired,
        Ground.CONTRACT_EXPIRED,
        "PP 37/2021 Pasal 20(2)",
        {"contract": contract.kind, "expired": expired},
        "layoff report",
        "proof that the employer ended the contract before its term",
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
    return _reason(
        "proof_of_layoff",
        accepted and dated,
        Ground.PROOF_NOT_ACCEPTED,
        rules.proofs.citation,
        {"proof": proof.kind.value, "office": proof.office.value, "issued_on": proof.issued_on.isoformat()},
        "layoff report",
        "one of the proofs named by the article",
        otherwise=Result.FOR_A_PERSON,
    )


def _earlier_claims(layoff: Layoff, record: ContributionRecord, rules: Rules) -> Reason:
    """At most three in a working life, each five years of contributions after the one before (Pasal 35)."""
    earlier, most = len(record.earlier_benefits_first_paid_on), rules.claims_max
    if earlier >= most.value:
        facts: dict[str, str | int | bool] = {"earlier_claims": earlier, "most": most.value}
        return _reason(
            "earlier_claims",
            False,
            Ground.TOO_MANY_CLAIMS,
            most.citation,
            facts,
            _known(record),
            "a correction of the record of benefits: three are the most in a working life",
        )
    needed = rules.paid_months_between_claims.value
    since = paid_months_since_last_benefit(layoff, record)
    facts = {"earlier_claims": earlier, "paid_months_since": since, "needed": needed}
    return _reason(
        "earlier_claims",
        earlier == 0 or since >= needed,
        Ground.TOO_SOON_AFTER_LAST_BENEFIT,
        most.citation,
        facts,
        _known(record),
        "five years of contributions since the last benefit",
        otherwise=Result.UNMET if reaches_back_to_last_benefit(record) else Result.FOR_A_PERSON,
    )


def _wage(record: ContributionRecord) -> Reason:
    return _reason(
        "reported_wage",
        record.reported_wage_idr > 0,
        Ground.WAGE_UNKNOWN,
        f"{PP37} Pasal 21(2)",
        {"reported": "yes" if record.reported_wage_idr > 0 else "none"},
        _known(record),
        "a wage reported by the employer",
        otherwise=Result.FOR_A_PERSON,
    )


def _arrears(layoff: Layoff, record: ContributionRecord, rules: Rules, calendar: Calendar) -> Reason:
    run = arrears_run(layoff, record, calendar)
    insolvent = record.employer_standing is not EmployerStanding.OPERATING
    covered = rules.insolvent_arrears_months_covered if insolvent else rules.arrears_months_covered
    paid_by_fund = run <= covered.value
    return _reason(
        "arrears",
        paid_by_fund,
        Ground.EMPLOYER_PAYS_FIRST,
        covered.citation if paid_by_fund else f"{PP37} Pasal 39(3)",
        {"months_in_arrears": run, "covered": covered.value, "employer": record.employer_standing.value},
        _known(record),
        "the employer pays its arrears, or pays the benefit itself first (Pasal 39(3))",
        otherwise=Result.FOR_A_PERSON,
    )


def _filing_time(layoff: Layoff, filed_on: date, law: Law) -> Reason:
    window = filing_window(layoff.laid_off_on, law)
    return _reason(
        "filing_window",
        end_of(filed_on) <= window.closes_at,
        Ground.FILED_TOO_LATE,
        window.article,
        {"laid_off_on": layoff.laid_off_on.isoformat(), "filed_on": filed_on.isoformat()},
        "portal",
        "proof that the filing was sent before the deadline",
        otherwise=Result.FOR_A_PERSON
        if in_a_later_window(layoff.laid_off_on, filed_on, law)
        else Result.UNMET,
    )


def _without_work(layoff: Layoff, record: ContributionRecord, told: date | None) -> Reason:
    again = any(since is not None and since > layoff.laid_off_on for since in (record.reemployed_on, told))
    return _reason(
        "without_work",
        not again,
        Ground.REEMPLOYED,
        "PP 37/2021 Pasal 40(b)",
        {"reemployed": again},
        _known(record),
        "a correction of the new employment in the register",
        otherwise=Result.FOR_A_PERSON,
    )


def _alive(claim: Claim) -> Reason:
    return _reason(
        "alive",
        claim.died_on is None,
        Ground.DECEASED,
        "PP 37/2021 Pasal 40(c)",
        {"death_reported": claim.died_on is not None},
        "civil registry",
        "a correction of the civil registry",
        otherwise=Result.FOR_A_PERSON,
    )
