"""Does the claim meet the conditions: in the order of Pasal 4, 19, 20, 35, 39 and 40."""

from datetime import date, datetime

from claims.claim import Claim
from claims.events import ClaimApproved, ClaimDenied, ClaimReferred
from claims.facts import CompanyScale, ContributionRecord, EmployerStanding, FixedTermContract, Layoff
from claims.periods import Calendar, day_of, end_of, month_of, months_after, months_before
from claims.reasons import Ground, Reason, Result
from claims.rules import Law, ProofKind, Rules, SeparationReason
from claims.windows import filing_window, in_a_later_window

OFFICER_WORKING_DAYS = 3

ClaimDecision = ClaimApproved | ClaimDenied | ClaimReferred


def decide_claim(
    claim: Claim, law: Law, calendar: Calendar, at: datetime
) -> ClaimApproved | ClaimDenied | ClaimReferred:
    """Putusan klaim: deny on the first unmet condition, else refer, else approve.

    The regime is the one in force on the day of the decision (Permenaker 2/2025 Pasal II: declared eligible
    before 7 February 2025, the old one; on or after it, the new one).
    """
    assert claim.layoff is not None, "a filing has a layoff"
    rules = law.in_force_on(day_of(at))
    reasons = eligibility_reasons(claim, law, rules, calendar)
    unmet = next((r for r in reasons if r.result is Result.UNMET), None)
    open_question = next((r for r in reasons if r.result is Result.FOR_A_PERSON), None)
    if unmet is not None:
        return ClaimDenied(
            regime=rules.name,
            ground=unmet.ground,
            article=unmet.article,
            may_file_again_until=filing_window(claim.layoff.laid_off_on, law).closes_at,
            reasons=reasons,
        )
    if open_question is not None:
        return ClaimReferred(
            regime=rules.name,
            ground=open_question.ground,
            article=open_question.article,
            answer_due_at=end_of(calendar.working_days_after(day_of(at), OFFICER_WORKING_DAYS)),
            reasons=reasons,
        )
    return approve(claim, rules, reasons)


def approve(claim: Claim, rules: Rules, reasons: tuple[Reason, ...]) -> ClaimApproved:
    """Klaim disetujui: the day of filing becomes the reference date (tanggal acuan)."""
    assert claim.filing is not None, "an approval has a filing"
    assert claim.record is not None, "an approval has a record"
    return ClaimApproved(
        regime=rules.name,
        reference_date=claim.filing.filed_on,
        reported_wage_idr=claim.record.reported_wage_idr,
        reasons=reasons,
    )


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
        _contribution_months(layoff, record, rules, calendar),
        _consecutive_months(layoff, record, rules),
        _separation(layoff, rules),
        _contract(layoff, rules),
        _proof(layoff, rules),
        _earlier_claims(record, rules),
        _arrears(layoff, record, rules, calendar),
        _filing_time(layoff, filed_on, law),
        _without_work(layoff, record, claim.reemployed_since),
        _alive(claim),
    )


def paid_months(layoff: Layoff, record: ContributionRecord, rules: Rules) -> tuple[str, ...]:
    """Masa iur: paid months inside the calendar months before the layoff, oldest first.

    The month of the layoff does not count; months add up over employers (elucidation of Pasal 19(3)).
    """
    lookback = set(months_before(month_of(layoff.laid_off_on), rules.lookback_months.value))
    return tuple(sorted({m.month for m in record.months if m.paid_on is not None and m.month in lookback}))


def longest_run(months: tuple[str, ...]) -> int:
    """Length of the longest run of consecutive calendar months."""
    longest = run = 0
    previous = ""
    for month in months:
        run = run + 1 if months_before(month, 1)[0] == previous else 1
        longest, previous = max(longest, run), month
    return longest


def arrears_run(layoff: Layoff, record: ContributionRecord, calendar: Calendar) -> int:
    """Tunggakan: unpaid months in a row that reach the layoff, with this employer.

    A month that was not yet due on the day of the layoff is not in arrears (assumption 14a.j).
    """
    employer = layoff.employer_registration
    own = {m.month: m.paid_on for m in record.months if m.employer_registration == employer}
    run = 0
    for month in months_before(month_of(layoff.laid_off_on), 24):
        if run == 0 and contribution_due_on(month, calendar) >= layoff.laid_off_on:
            continue
        if month not in own or own[month] is not None:
            break
        run += 1
    return run


def contribution_due_on(month: str, calendar: Calendar) -> date:
    """The 15th of the month after, or the next working day (PP 44/2015 Pasal 21(2)-(3))."""
    fifteenth = months_after(date.fromisoformat(f"{month}-15"), 1)
    if calendar.is_working_day(fifteenth):
        return fifteenth
    return calendar.working_days_after(fifteenth, 1)


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


def _contribution_months(
    layoff: Layoff, record: ContributionRecord, rules: Rules, calendar: Calendar
) -> Reason:
    months = set(paid_months(layoff, record, rules))
    paid = len(months)
    needed = rules.contribution_months_min
    lookback = months_before(month_of(layoff.laid_off_on), rules.lookback_months.value)
    owed = len({m.month for m in record.months if m.month in lookback} - months)
    covered = arrears_run(layoff, record, calendar) <= rules.arrears_months_covered.value
    curable = paid + owed >= needed.value and owed > 0 and covered
    return _reason(
        "contribution_months",
        paid >= needed.value,
        Ground.MONTHS_OWED_BUT_UNPAID if curable else Ground.TOO_FEW_CONTRIBUTION_MONTHS,
        needed.citation,
        {"paid_months": paid, "needed": needed.value, "lookback_months": rules.lookback_months.value},
        _known(record),
        "further months paid by the employer for the calendar months before the layoff",
        # Nobody is refused by a machine because the employer still owes what would suffice.
        otherwise=Result.FOR_A_PERSON if curable else Result.UNMET,
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


def _proof(layoff: Layoff, rules: Rules) -> Reason:
    proof = layoff.proof
    needs_receipt = proof.kind in (
        ProofKind.ACCEPTANCE_AND_RECEIPT,
        ProofKind.SETTLEMENT_AGREEMENT_AND_RECEIPT,
    )
    accepted = proof.kind in rules.proofs.value and (
        not needs_receipt or proof.office in rules.receipt_offices.value
    )
    return _reason(
        "proof_of_layoff",
        accepted,
        Ground.PROOF_NOT_ACCEPTED,
        rules.proofs.citation,
        {"proof": proof.kind.value, "office": proof.office.value},
        "layoff report",
        "one of the proofs named by the article",
        otherwise=Result.FOR_A_PERSON,
    )


def _earlier_claims(record: ContributionRecord, rules: Rules) -> Reason:
    earlier = len(record.earlier_benefits_first_paid_on)
    return _reason(
        "earlier_claims",
        earlier == 0,
        Ground.TOO_MANY_CLAIMS,
        rules.claims_max.citation,
        {"earlier_claims": earlier, "most": rules.claims_max.value},
        _known(record),
        "five years of contributions since the last benefit",
        otherwise=Result.UNMET if earlier >= rules.claims_max.value else Result.FOR_A_PERSON,
    )


def _arrears(layoff: Layoff, record: ContributionRecord, rules: Rules, calendar: Calendar) -> Reason:
    run = arrears_run(layoff, record, calendar)
    insolvent = record.employer_standing is not EmployerStanding.OPERATING
    covered = rules.insolvent_arrears_months_covered if insolvent else rules.arrears_months_covered
    return _reason(
        "arrears",
        run <= covered.value,
        Ground.EMPLOYER_PAYS_FIRST,
        covered.citation,
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
        "nothing: the right is lost when nobody files in time",
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
