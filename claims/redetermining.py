"""Known then, known now: facts that come after a decision are looked at again.

What is better for the claimant follows at once, with the difference; what is worse is asked first.
"""

from collections.abc import Iterator

from claims import events as e
from claims.claim import Claim, Ending
from claims.eligibility import eligibility_reasons
from claims.evolving import evolve
from claims.judgement import decide_claim
from claims.months import month_amount_idr, paying_rules
from claims.periods import day_of, end_of
from claims.questions import ask, months_begun, undecided_months
from claims.reasons import Ground, Reason, Result
from claims.rules import BENEFIT_MONTHS, Rules
from claims.situation import Situation

NO_GROUND_TO_CEASE = frozenset({"arrears", "reported_wage"})


def reconsider(claim: Claim, s: Situation) -> tuple[e.Event, ...]:
    """Peninjauan kembali of a decided claim, by the facts it has now; ends with `ClaimReconsidered`."""
    assert claim.reconsider is not None, "something came after the decision"
    if claim.ending in (Ending.WITHDRAWN, Ending.LAYOFF_WITHDRAWN):
        return (_looked_at(claim, "unchanged", _last_report(s), ()),)
    if claim.approved is None:
        return _decided_anew(claim, s)
    return _still_granted(claim, claim.approved, s)


def _looked_at(
    claim: Claim, outcome: e.Outcome, article: str, reasons: tuple[Reason, ...]
) -> e.ClaimReconsidered:
    assert claim.reconsider is not None, "something came after the decision"
    return e.ClaimReconsidered(because=claim.reconsider, outcome=outcome, article=article, reasons=reasons)


def _decided_anew(claim: Claim, s: Situation) -> tuple[e.Event, ...]:
    """A refused or referred claim is decided on what is known now; its first filing stays its filing."""
    before = claim.decision
    assert before is not None, "only what was decided is looked at again"
    assert not isinstance(before, e.ClaimApproved), "an approval is not decided anew"
    now = decide_claim(claim, s.law, s.calendar, s.at)
    if type(now) is type(before) and not isinstance(now, e.ClaimApproved) and now.ground is before.ground:
        return (_looked_at(claim, "unchanged", before.article, now.reasons),)
    if isinstance(now, e.ClaimDenied) and claim.ending is Ending.LAPSED:
        return (_looked_at(claim, "unchanged", now.article, now.reasons),)
    looked_at = _looked_at(claim, "decided_anew", before.article, now.reasons)
    if claim.ending is Ending.LAPSED:
        return (looked_at, e.ClaimReinstated(), now)
    return (looked_at, now)


def _still_granted(claim: Claim, approved: e.ClaimApproved, s: Situation) -> tuple[e.Event, ...]:
    """An approval stands; a raised wage is paid, a lower one and every doubt are asked about."""
    assert claim.record is not None, "an approval has a record"
    reported_idr = claim.record.reported_wage_idr
    if reported_idr > claim.wage_idr:
        raised = tuple(_wage_raised(claim, reported_idr, s))
        return (*raised, _looked_at(claim, "wage_raised", _last_report(s), ()))
    rules = _regime(approved, s)
    now = eligibility_reasons(claim, s.law, rules, s.calendar)
    asked = _asked(claim, approved, now, s)
    if asked is None:
        return (_looked_at(claim, "unchanged", _last_report(s), ()),)
    return (asked, _looked_at(claim, "asked", asked.article, now))


def _regime(approved: e.ClaimApproved, s: Situation) -> Rules:
    return next(rules for rules in s.law.regimes if rules.name == approved.regime)


def _wage_raised(claim: Claim, becomes_idr: int, s: Situation) -> Iterator[e.Event]:
    """The difference of every month already granted and still owed (Pasal 21(2))."""
    raised = e.WageRedetermined(was_idr=claim.wage_idr, becomes_idr=becomes_idr, article=_last_report(s))
    yield raised
    claim = evolve(claim, raised)
    for month in claim.owed_months:
        if month.authorized is None or month.number > claim.last_month_owed:
            continue
        becomes = month_amount_idr(claim, month.number, s.law)
        if becomes <= month.amount_idr:
            continue
        term = paying_rules(claim, month.number, s.law).payment_working_days.value
        yield e.MonthAdjusted(
            month=month.number,
            was_idr=month.amount_idr,
            becomes_idr=becomes,
            difference_idr=becomes - month.amount_idr,
            pay_until=end_of(s.calendar.working_days_after(day_of(s.at), term)),
            article=_last_report(s),
            payer="employer" if claim.employer_pays else "bpjs",
        )


def _asked(
    claim: Claim, approved: e.ClaimApproved, now: tuple[Reason, ...], s: Situation
) -> e.QuestionAsked | None:
    """The first thing that is worse than when the claim was approved, unless it is being asked already."""
    if claim.ceased is not None or claim.ending is not None:
        return None
    for reason in _worse(approved.reasons, now):
        if not claim.asks(reason.ground):
            last = _left_if_it_stands(claim, reason)
            months = undecided_months(claim, last)
            return ask(
                claim, s, reason.ground, reason.article, months=months, last_month_owed=last, reasons=now
            )
    assert claim.record is not None, "an approval has a record"
    lower = 0 < claim.record.reported_wage_idr < claim.wage_idr
    if not lower or claim.asks(Ground.WAGE_CORRECTED):
        return None
    return ask(
        claim,
        s,
        Ground.WAGE_CORRECTED,
        _last_report(s),
        months=(),
        last_month_owed=BENEFIT_MONTHS,
        reasons=now,
    )


def _worse(before: tuple[Reason, ...], now: tuple[Reason, ...]) -> Iterator[Reason]:
    """Conditions that were met, or accepted by an officer on other facts, and are not met any more.

    Arrears found later change who bears the benefit, not the right to it; the wage has a question of its own.
    """
    then = {reason.condition: reason for reason in before}
    for reason in now:
        known = then.get(reason.condition)
        if reason.condition in NO_GROUND_TO_CEASE or reason.result is Result.MET:
            continue
        if known is None or known.facts != reason.facts:
            yield reason


def _left_if_it_stands(claim: Claim, doubt: Reason) -> int:
    """How many months stay owed if a doubt proves right: none, or those begun before new work."""
    since = claim.record.reemployed_on if claim.record else None
    if doubt.ground is Ground.REEMPLOYED and since is not None:
        return months_begun(claim, since)
    return 0


def _last_report(s: Situation) -> str:
    """The article by which the wage last reported decides."""
    return s.law.in_force_on(day_of(s.at)).wage_min_idr.article
