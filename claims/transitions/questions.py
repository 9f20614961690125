"""Questions: what could cost the claimant is asked first, with time to answer, and a person decides."""

from collections.abc import Iterator
from datetime import date

from claims import events as e
from claims.entitlement.windows import reference_date
from claims.events.adverse import cease, find_receivable, month_forfeited
from claims.events.basis import Heard, Upheld
from claims.state.claim import BenefitMonth, Claim, Ending
from claims.state.hearings import Question
from law.grounds import Ground, Reason
from law.periods import day_of, end_of
from law.rules import BENEFIT_MONTHS, Rules
from payments.context import DecisionContext

HEARING = "assumption: docs/decisions/0029-nobody-loses-by-silence.md"
SETTLED_WITHOUT_CEASING = frozenset({Ground.DECEASED, Ground.WAGE_CORRECTED, Ground.DOCUMENTS_MISSING})


def ask(
    claim: Claim,
    context: DecisionContext,
    ground: Ground,
    article: str,
    *,
    months: tuple[int, ...],
    last_month_owed: int,
    reasons: tuple[Reason, ...] = (),
    documents: tuple[e.Document, ...] = (),
) -> e.QuestionAsked:
    """Permintaan keterangan: the next question of a claim, to be answered within its term."""
    days = context.law.in_force_on(day_of(context.at)).answer_working_days
    term = context.calendar.working_days_after(day_of(context.at), days.value)
    return e.QuestionAsked(
        question=len(claim.questions) + 1,
        ground=ground,
        article=article,
        months=months,
        last_month_owed=last_month_owed,
        answer_until=end_of(term),
        reasons=reasons,
        documents=documents,
    )


def undecided_months(claim: Claim, after: int = 0) -> tuple[int, ...]:
    """The months after a number that are owed and not yet decided."""
    return tuple(m.number for m in claim.owed_months if m.number > after and not m.decided)


def months_begun(claim: Claim, day: date, rules: Rules) -> int:
    """How many months stay owed: those whose reference date has come, or of these the decided ones alone."""
    begun = (n for n in range(1, BENEFIT_MONTHS + 1) if reference_date(claim, n) <= day)
    return sum(1 for n in begun if rules.begun_month_stays_owed.value or claim.month(n).decided)


def find_question(claim: Claim, number: int) -> Question | None:
    """An open question by its number."""
    return next((q for q in claim.open_questions if q.asked.question == number), None)


def decided(question: Question, *, founded: bool, reason: str, context: DecisionContext) -> e.QuestionDecided:
    """What a person found; the months that waited for nothing may be applied for from that day on."""
    released = not founded and bool(question.asked.months)
    return e.QuestionDecided(
        question=question.asked.question,
        ground=question.asked.ground,
        founded=founded,
        reason=reason,
        catch_up_from=day_of(context.at) if released else None,
    )


def takes_something(claim: Claim, last_month_owed: int) -> bool:
    """Whether an end after so many months takes anything: months still owed, or paid before it ran out."""
    if claim.approved is None or claim.ending not in (None, Ending.EXHAUSTED):
        return False
    after = claim.months[last_month_owed : claim.last_month_owed]
    return bool(after) if claim.ending is None else any(month.paid_idr > 0 for month in after)


def is_heard(claim: Claim, question: Question, context: DecisionContext) -> bool:
    """Whether the claimant answered, or had the time to."""
    return question.answered or claim.may_answer_until(question.asked.answer_until) <= context.received_or_now


def upheld(claim: Claim, question: Question) -> Upheld:
    """What a question asked about, found to be so by a person."""
    heard = Heard(
        question=question.asked.question,
        answer_until=claim.may_answer_until(question.asked.answer_until),
        answered=question.answered,
    )
    return Upheld(heard, question.asked.ground, question.asked.article)


def upheld_at_the_end(ceased: e.BenefitCeased) -> Upheld | None:
    """What a person found when the right ended; None where it ended by an article alone."""
    return Upheld(ceased.basis, ceased.ground, ceased.article) if isinstance(ceased.basis, Heard) else None


def referral_is_heard(claim: Claim, context: DecisionContext) -> bool:
    """Whether a referred claim may be refused: answered or time given, the documents asked for included."""
    referred = claim.decision
    assert isinstance(referred, e.ClaimReferred), "only a referred claim waits for an officer"
    until = referred.heard_until
    in_time = until is None or claim.may_answer_until(until) <= context.received_or_now
    documents = [q for q in claim.open_questions if q.asked.ground is Ground.DOCUMENTS_MISSING]
    return (in_time or claim.referral_answered) and all(
        is_heard(claim, question, context) for question in documents
    )


def heard_of_referral(claim: Claim, context: DecisionContext) -> Heard:
    """The basis that the referral gives to a refusal."""
    referred = claim.decision
    assert isinstance(referred, e.ClaimReferred), "only a referred claim waits for an officer"
    until = claim.may_answer_until(referred.heard_until or context.received_or_now)
    return Heard(question=0, answer_until=until, answered=claim.referral_answered)


def what_follows(claim: Claim, question: Question, context: DecisionContext) -> Iterator[e.Event]:
    """What follows from a question that an officer found to be founded."""
    asked, found = question.asked, upheld(claim, question)
    if asked.ground is Ground.DECEASED:
        for number in asked.months:
            yield from _not_owed_after_death(claim, claim.month(number), found)
    elif asked.ground is Ground.WAGE_CORRECTED:
        yield from _wage_lowered(claim, asked)
    elif claim.ceased is not None and not _ends_sooner(claim.ceased, asked):
        for number in asked.months:
            yield from _receivable(claim.month(number), found)
    elif asked.ground not in SETTLED_WITHOUT_CEASING:
        yield cease(found, last_month_owed=asked.last_month_owed)


def _ends_sooner(ceased: e.BenefitCeased, asked: e.QuestionAsked) -> bool:
    """Of several ends the one that leaves the fewest months holds, whichever is decided last."""
    return asked.last_month_owed < ceased.last_month_owed


def _not_owed_after_death(claim: Claim, month: BenefitMonth, found: Upheld) -> Iterator[e.Event]:
    """A month that was granted is a debt as far as it was paid; one that had only begun is lost."""
    if month.decided:
        yield from _receivable(month, found)
    else:
        yield month_forfeited(found, month=month.number, regime=_regime(claim), reasons=())


def _regime(claim: Claim) -> str:
    assert claim.approved is not None, "only an approved claim has months"
    return claim.approved.regime


def _wage_lowered(claim: Claim, asked: e.QuestionAsked) -> Iterator[e.Event]:
    """The lower wage holds from now on; nobody pays back what the employer reported."""
    assert claim.record is not None, "a wage was reported"
    yield e.WageRedetermined(
        was_idr=claim.wage_idr, becomes_idr=claim.record.reported_wage_idr, article=asked.article
    )


def _receivable(month: BenefitMonth, found: Upheld) -> Iterator[e.ReceivableFound]:
    """What was paid of a month that is not owed, and is not yet found to be a debt."""
    missing_idr = month.paid_idr - month.receivable_idr
    if missing_idr > 0:
        yield find_receivable(found, month=month.number, amount_idr=missing_idr)


def month_begun_at_death(claim: Claim, context: DecisionContext) -> e.QuestionAsked | None:
    """Who died cannot apply for a month that had begun: the family is asked, a person decides."""
    assert claim.ceased is not None, "it is asked once the right has ceased"
    months = tuple(
        n
        for n in undecided_months(claim)
        if n > 1 and not claim.month(n).granted_by_person and not claim.held(n)
    )
    if claim.ceased.ground is not Ground.DECEASED or not months:
        return None
    return ask(
        claim,
        context,
        Ground.DECEASED,
        claim.ceased.article,
        months=months,
        last_month_owed=claim.last_month_owed,
    )
