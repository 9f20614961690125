"""The decision over a claim: refuse what follows from facts on record, refer what is open, else approve."""

from datetime import date, datetime, timedelta

from claims.entitlement.contradictions import contradiction_in_contract, the_day_is_in_doubt
from claims.entitlement.eligibility import eligibility_reasons
from claims.entitlement.windows import reference_date, search_days, window_to_file
from claims.events import ClaimApproved, ClaimDenied, ClaimReferred, Payer
from claims.events.adverse import deny
from claims.events.basis import Statutory, follows
from claims.state.claim import Claim
from law.grounds import Ground, Reason, Result, Verdict, does_not_count
from law.periods import Calendar, day_of, end_of
from law.provisions import EMPLOYER_FIRST
from law.rules import Law, Rules

SAID_BY_REPORTS = frozenset({"separation_reason", "contract"})
COUNTED_FROM_THE_DAY = frozenset(
    {
        Ground.FILED_TOO_LATE,
        Ground.TOO_FEW_CONTRIBUTION_MONTHS,
        Ground.TOO_FEW_CONSECUTIVE_MONTHS,
        Ground.TOO_SOON_AFTER_LAST_BENEFIT,
    }
)

ClaimDecision = ClaimApproved | ClaimDenied | ClaimReferred


def deciding_rules(claim: Claim, law: Law, at: datetime) -> Rules:
    """The regime of a decision: the one in force on its day (Permenaker 2/2025 Pasal II).

    Of a filing that was refused, or whose layoff was taken back, the right may be over. It is then decided by
    the last regime that was in force while the right existed, which is to the end of its filing window.
    """
    day = day_of(at)
    if claim.filing is not None and (claim.stood_refused or claim.came_back):
        last = day_of(window_to_file(claim, law).closes_at - datetime.resolution)
        day = min(day, max(last, claim.filing.filed_on))
    return law.in_force_on(day)


def decide_claim(claim: Claim, law: Law, calendar: Calendar, at: datetime) -> ClaimDecision:
    """Putusan klaim, by the regime of the decision."""
    return decide_by(deciding_rules(claim, law, at), claim, law, calendar, at)


def decide_by(rules: Rules, claim: Claim, law: Law, calendar: Calendar, at: datetime) -> ClaimDecision:
    """Deny on the first unmet condition that follows from facts, else refer, else approve."""
    assert claim.layoff is not None, "a filing has a layoff"
    reasons = eligibility_reasons(claim, law, rules, calendar, day_of(at))
    refusal = _refusal(claim, reasons)
    if refusal is not None:
        return deny(
            refusal,
            regime=rules.name,
            reasons=reasons,
            may_file_again_until=window_to_file(claim, law).closes_at,
        )
    doubt = _doubt(reasons)
    if doubt is not None:
        return refer(doubt, reasons, rules, calendar, at)
    return approve(claim, rules, reasons, at)


def _refusal(claim: Claim, reasons: tuple[Reason, ...]) -> Statutory | None:
    """What follows from the first unmet condition on which a machine may refuse."""
    assert claim.record is not None, "conditions are looked at with the record"
    for reason in reasons:
        if reason.result is not Result.UNMET or not claim.record.registered:
            continue
        if _is_contradicted(claim, reason):
            continue
        basis = follows(reason.ground, reason.article)
        if basis is not None:
            return basis
    return None


def _is_contradicted(claim: Claim, reason: Reason) -> bool:
    """Whether a condition stands on what reports contradict each other, or themselves, in: a person looks."""
    if reason.condition in SAID_BY_REPORTS:
        return not claim.reports_agree or contradiction_in_contract(claim) is not None
    in_doubt = len(claim.reported_days) > 1 or the_day_is_in_doubt(claim)
    return in_doubt and reason.ground in COUNTED_FROM_THE_DAY


def _doubt(reasons: tuple[Reason, ...]) -> Reason | None:
    """What a person has to look at: an open condition, else an unmet one that no machine may refuse on."""
    not_met = [reason for reason in reasons if reason.result is not Result.MET]
    return next((r for r in not_met if r.result is Result.MANUAL_REVIEW), next(iter(not_met), None))


def refer(
    doubt: Reason, reasons: tuple[Reason, ...], rules: Rules, calendar: Calendar, at: datetime
) -> ClaimReferred:
    """Klaim diteruskan ke petugas, with the term of the officer and the claimant's time to answer."""
    day = day_of(at)
    return ClaimReferred(
        regime=rules.name,
        ground=doubt.ground,
        article=doubt.article,
        answer_due_at=end_of(calendar.working_days_after(day, rules.officer_working_days.value)),
        reasons=reasons,
        heard_until=end_of(calendar.working_days_after(day, rules.answer_working_days.value)),
    )


def payer_is_open(reasons: tuple[Reason, ...]) -> bool:
    """Whether who approves has to say who pays the months first: contributions were in arrears (Pasal 39)."""
    return any(r.condition == "arrears" and r.result is not Result.MET for r in reasons)


def layoff_is_to_come(claim: Claim, today: date) -> bool:
    """Whether nobody reports a layoff that has come: nothing is granted before it (Pasal 19, 40(a))."""
    return claim.reported_days[0] > today


def naming_counts_not(named: Payer | None, open_to_name: bool) -> Verdict | None:
    """Why an officer's word that the employer pays does not count: nothing in the reasons leaves it open.

    None where it counts, and where nobody named the employer; the rest of the decision stands either way.
    """
    if named != "employer" or open_to_name:
        return None
    return does_not_count(Ground.NOT_IN_ARREARS, EMPLOYER_FIRST)


def approve(
    claim: Claim, rules: Rules, reasons: tuple[Reason, ...], at: datetime, payer: Payer = "bpjs"
) -> ClaimApproved:
    """Klaim disetujui: the day of filing becomes the reference date (tanggal acuan)."""
    assert claim.record is not None, "an approval has a record"
    return ClaimApproved(
        regime=rules.name,
        reference_date=reference_date(claim, 1),
        reported_wage_idr=claim.record.reported_wage_idr,
        reasons=reasons,
        payer=payer,
        catch_up_from=day_of(at) if claim.stood_refused or _is_late(claim, rules, at) else None,
    )


def _is_late(claim: Claim, rules: Rules, at: datetime) -> bool:
    """Whether a month's search period is over, or all but over, when its claim is approved."""
    ends_on = search_days(claim, 2, rules).end
    return ends_on <= day_of(at) + timedelta(days=rules.month_window_days.value)
