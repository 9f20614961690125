"""As of a day, as known at a later one: facts that come after a decision are looked at again.

What is better for the claimant follows at once, with the difference; what is worse is asked first. A look
does both, and asks everything that is worse: one question for each ground.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import reduce

from claims import events as e
from claims.entitlement.contributions import paid_by
from claims.entitlement.determination import ClaimDecision, decide_by, decide_claim
from claims.entitlement.eligibility import eligibility_reasons
from claims.entitlement.months import month_amount_idr, paying_rules
from claims.state.claim import BenefitMonth, Claim, Ending
from claims.state.evolving import evolve
from claims.state.hearings import Question
from claims.transitions.questions import ask, months_begun, takes_something, undecided_months
from law.grounds import Ground, Reason, Result
from law.periods import day_of, end_of
from law.rules import BENEFIT_MONTHS
from payments.context import DecisionContext

NO_GROUND_TO_CEASE = frozenset({"arrears", "reported_wage"})


def reconsider(claim: Claim, context: DecisionContext) -> tuple[e.Event, ...]:
    """Peninjauan kembali of a decided claim, by the facts it has now; ends with `ClaimReconsidered`."""
    assert claim.reconsider is not None, "something came after the decision"
    if claim.ending in (Ending.WITHDRAWN, Ending.LAYOFF_WITHDRAWN):
        return (_looked_at(claim, "unchanged", _last_report(context), ()),)
    if claim.approved is None:
        return _decided_anew(claim, context)
    return _still_granted(claim, claim.approved, context)


def _looked_at(
    claim: Claim, outcome: e.Outcome, article: str, reasons: tuple[Reason, ...]
) -> e.ClaimReconsidered:
    assert claim.reconsider is not None, "something came after the decision"
    return e.ClaimReconsidered(because=claim.reconsider, outcome=outcome, article=article, reasons=reasons)


def _decided_anew(claim: Claim, context: DecisionContext) -> tuple[e.Event, ...]:
    """A refused or referred claim is decided on what is known at the later day; its first filing stays."""
    before = claim.decision
    assert before is not None, "only what was decided is looked at again"
    assert not isinstance(before, e.ClaimApproved), "an approval is not decided anew"
    if claim.denied is not None and _knows_the_same(claim, claim.denied, context):
        return (_looked_at(claim, "unchanged", before.article, before.reasons),)
    now = _decision_now(claim, context)
    if type(now) is type(before) and not isinstance(now, e.ClaimApproved) and now.ground is before.ground:
        return (_looked_at(claim, "unchanged", before.article, now.reasons),)
    if claim.denied is not None and _stands_as_it_was(claim.denied, now):
        return (_looked_at(claim, "unchanged", before.article, now.reasons),)
    if isinstance(now, e.ClaimDenied) and claim.ending is Ending.LAPSED:
        return (_looked_at(claim, "unchanged", now.article, now.reasons),)
    looked_at = _looked_at(claim, "decided_anew", before.article, now.reasons)
    if claim.ending is Ending.LAPSED:
        return (looked_at, e.ClaimReinstated(), now)
    return (looked_at, now)


def _knows_the_same(claim: Claim, denied: e.ClaimDenied, context: DecisionContext) -> bool:
    """Whether nothing is known that was not known at the decision: without a new fact a refusal stands."""
    then, now = claim.decided, claim.facts
    if then is None or then.record is None or now.record is None:
        return False
    rules = context.law.named(denied.regime)
    told = paid_by(then.record, day_of(then.record.as_of), rules)
    same_record = told.says_the_same(paid_by(now.record, day_of(context.at), rules))
    return same_record and replace(then, record=None) == replace(now, record=None)


def _decision_now(claim: Claim, context: DecisionContext) -> ClaimDecision:
    """A refusal first by the regime that it was made by: a later one alone makes no refusal wrong."""
    if claim.denied is not None:
        then = context.law.named(claim.denied.regime)
        by_then = decide_by(then, claim, context.law, context.calendar, context.at)
        if isinstance(by_then, e.ClaimDenied):
            return by_then
    return decide_claim(claim, context.law, context.calendar, context.at)


def _stands_as_it_was(denied: e.ClaimDenied, now: ClaimDecision) -> bool:
    """Whether what somebody was refused on is found again as it was; other facts do not make it wrong."""
    found = {reason.condition: reason for reason in now.reasons}
    refused = next((reason for reason in denied.reasons if reason.ground is denied.ground), None)
    again = None if refused is None else found.get(refused.condition)
    if refused is None or again is None:
        return False
    return (again.result, again.ground, again.facts) == (refused.result, refused.ground, refused.facts)


def _still_granted(claim: Claim, approved: e.ClaimApproved, context: DecisionContext) -> tuple[e.Event, ...]:
    """An approval stands; what is better follows, then a lower wage and every doubt are asked about."""
    now = eligibility_reasons(
        claim, context.law, context.law.named(approved.regime), context.calendar, day_of(context.at)
    )
    better = tuple(_better(claim, now, context))
    asked = tuple(_asked(reduce(evolve, better, claim), approved, now, context))
    if asked:
        return (*better, *asked, _looked_at(claim, "asked", asked[0].article, now))
    if any(isinstance(event, e.WageRedetermined) for event in better):
        return (*better, _looked_at(claim, "wage_raised", _last_report(context), ()))
    if better:
        return (*better, _looked_at(claim, "payer_changed", _arrears(now).article, now))
    return (_looked_at(claim, "unchanged", _last_report(context), ()),)


def _better(claim: Claim, now: tuple[Reason, ...], context: DecisionContext) -> Iterator[e.Event]:
    """Arrears that are covered by now, and a raised wage with the difference of the months granted."""
    assert claim.record is not None, "an approval has a record"
    reported_idr = claim.record.reported_wage_idr
    arrears = _arrears(now)
    unpaid = tuple(_granted_and_unpaid(claim))
    open_still = unpaid or undecided_months(claim) or reported_idr > claim.wage_idr
    shown = claim.reconsider == "contribution_record" and arrears.result is Result.MET
    if claim.employer_pays and shown and open_still:
        redetermined = _payer_redetermined(claim, unpaid, arrears, context)
        yield redetermined
        claim = evolve(claim, redetermined)
    if reported_idr > claim.wage_idr:
        yield from _wage_raised(claim, reported_idr, context)


def _arrears(now: tuple[Reason, ...]) -> Reason:
    return next(reason for reason in now if reason.condition == "arrears")


def _granted_and_unpaid(claim: Claim) -> Iterator[BenefitMonth]:
    for month in claim.owed_months:
        if month.authorized is not None and not month.settled and month.number <= claim.last_month_owed:
            yield month


def _payer_redetermined(
    claim: Claim, unpaid: tuple[BenefitMonth, ...], arrears: Reason, context: DecisionContext
) -> e.PayerRedetermined:
    """The fund pays what the employer has not, each month by the rules of the fund where they give more."""
    term = context.law.in_force_on(day_of(context.at)).payment_working_days.value
    pay_until = end_of(context.calendar.working_days_after(day_of(context.at), term))
    left = tuple(
        e.MonthTakenOver(month=m.number, amount_idr=m.amount_idr - m.employer_paid_idr, pay_until=pay_until)
        for m in unpaid
    )
    event = e.PayerRedetermined(
        was="employer",
        becomes="bpjs",
        months_in_arrears=int(arrears.facts["months_in_arrears"]),
        months=left,
        article=arrears.article,
    )
    by_fund = evolve(claim, event)
    return event.model_copy(update={"months": tuple(_with_added(by_fund, each, context) for each in left)})


def _with_added(by_fund: Claim, left: e.MonthTakenOver, context: DecisionContext) -> e.MonthTakenOver:
    granted_idr = by_fund.month(left.month).amount_idr
    added_idr = max(month_amount_idr(by_fund, left.month, context.law) - granted_idr, 0)
    return left.model_copy(update={"amount_idr": left.amount_idr + added_idr, "added_idr": added_idr})


def _wage_raised(claim: Claim, becomes_idr: int, context: DecisionContext) -> Iterator[e.Event]:
    """The difference of every month already granted and still owed (Pasal 21(2))."""
    raised = e.WageRedetermined(
        was_idr=claim.wage_idr, becomes_idr=becomes_idr, article=_last_report(context)
    )
    yield raised
    claim = evolve(claim, raised)
    for month in claim.owed_months:
        if month.authorized is None or month.number > claim.last_month_owed:
            continue
        becomes = month_amount_idr(claim, month.number, context.law)
        if becomes <= month.amount_idr:
            continue
        term = paying_rules(claim, month.number, context.law).payment_working_days.value
        yield e.MonthAdjusted(
            month=month.number,
            was_idr=month.amount_idr,
            becomes_idr=becomes,
            difference_idr=becomes - month.amount_idr,
            pay_until=end_of(context.calendar.working_days_after(day_of(context.at), term)),
            article=_last_report(context),
            payer=claim.payer,
        )


def _asked(
    claim: Claim, approved: e.ClaimApproved, now: tuple[Reason, ...], context: DecisionContext
) -> Iterator[e.QuestionAsked]:
    """Everything that is worse than when the claim was approved, unless it was dealt with already.

    Of a claim that is over, or whose benefit has ceased, only what would take more from it.
    """
    over = claim.ceased is not None or claim.ending is not None
    for reason in _worse(approved.reasons, now):
        last = _left_if_it_stands(claim, reason, context)
        if _dealt_with(claim, reason.ground, reason) or (over and not takes_something(claim, last)):
            continue
        months = undecided_months(claim, last)
        asked = ask(
            claim, context, reason.ground, reason.article, months=months, last_month_owed=last, reasons=now
        )
        yield asked
        claim = evolve(claim, asked)
    assert claim.record is not None, "an approval has a record"
    lower = 0 < claim.record.reported_wage_idr < claim.wage_idr
    if lower and not over and not _dealt_with(claim, Ground.WAGE_CORRECTED):
        article = _last_report(context)
        yield ask(
            claim,
            context,
            Ground.WAGE_CORRECTED,
            article,
            months=(),
            last_month_owed=BENEFIT_MONTHS,
            reasons=now,
        )


def _dealt_with(claim: Claim, ground: Ground, doubt: Reason | None = None) -> bool:
    """Whether it is being asked, or an officer found it unfounded on the very same facts."""
    if claim.asks(ground):
        return True
    return any(
        question.asked.ground is ground
        and question.decided is not None
        and not question.decided.founded
        and _on_the_same_facts(question, claim, doubt)
        for question in claim.questions
    )


def _on_the_same_facts(question: Question, claim: Claim, doubt: Reason | None) -> bool:
    """What a reason does not name, the wage and the day of new work, is compared in the record itself."""
    then, now = question.record, claim.record
    if then is None or now is None:
        return False
    if doubt is None:
        return then.reported_wage_idr == now.reported_wage_idr
    told = {reason.condition: reason.facts for reason in question.asked.reasons}
    same_work = doubt.ground is not Ground.REEMPLOYED or then.reemployed_on == now.reemployed_on
    return told.get(doubt.condition) == doubt.facts and same_work


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


def _left_if_it_stands(claim: Claim, doubt: Reason, context: DecisionContext) -> int:
    """How many months stay owed if a doubt proves right: none, or those begun before new work or a death."""
    since = min(_days_of(claim, doubt.ground), default=None)
    return 0 if since is None else months_begun(claim, since, context.law.in_force_on(since))


def _days_of(claim: Claim, ground: Ground) -> Iterator[date]:
    """The days on record and told of what would end the benefit on a ground."""
    told: tuple[date | None, ...] = ()
    if ground is Ground.DECEASED:
        told = (claim.died_on,)
    elif ground in (Ground.REEMPLOYED, Ground.OWN_BUSINESS):
        in_doubt = claim.work_in_doubt
        told = (
            claim.record.reemployed_on if claim.record else None,
            claim.reemployed_since,
            in_doubt.since if in_doubt else None,
        )
    return (day for day in told if day is not None)


def _last_report(context: DecisionContext) -> str:
    """The article by which the wage last reported decides."""
    return context.law.in_force_on(day_of(context.at)).wage_min_idr.article
