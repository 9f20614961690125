"""Law cases lived: a claim is made of a case, the engine is asked, and what differs is told."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from claims.agenda.employer_duties import Seen, placement_report, training_report
from claims.agenda.next_step import at_risk_instants, duty_reminder_at, filing_instants
from claims.agenda.obligations import record_due
from claims.commands import command as cmd
from claims.deciding.answers import CommandResult
from claims.entitlement.contributions import contribution_due_on, paid_by
from claims.entitlement.payer import reimbursement, who_pays
from claims.entitlement.windows import filing_window, month_window
from claims.events import (
    BenefitAuthorized,
    ClaimApproved,
    ClaimDenied,
    ClaimReferred,
    EmployerOwes,
)
from law.periods import JAKARTA, day_of, months_after
from law.provisions import REIMBURSEMENT
from law.regimes import LAW
from law.rules import BENEFIT_MONTHS, Law
from lawcases.format.cases import ApplicationCase, Case, ClaimCase, DeadlineCase, EligibilityCase, MonthCase
from lawcases.format.evidence import Evidence
from lawcases.format.facts import wib
from lawcases.format.payers import EmployerOwesCase, PayerCase, ReimbursementCase
from lawcases.lives.ahead import LOOKING_AHEAD, ahead, reasons_told
from lawcases.lives.beside import Outcome, asked_beside
from lawcases.lives.comparing import Mismatch, mismatches
from lawcases.lives.lived import Life, Said, filed, month_lived, reference_date
from lawcases.lives.standing import last_word, standing
from payments.context import DecisionContext


def run(case: Case, law: Law = LAW) -> tuple[Mismatch, ...]:
    """Ask the engine and compare; nothing where everything expected came out."""
    try:
        outcome = _asked(case, law)
    except Exception as broken:  # a fault of the engine is told as one, and the other cases go on
        return (Mismatch("engine", "an answer", f"{type(broken).__name__}: {broken}"),)
    return tuple(mismatches(case.expect, outcome))


def _asked(case: Case, law: Law) -> Outcome:
    match case:
        case EligibilityCase():
            return _eligibility(case, law)
        case MonthCase():
            return _month(case, law)
        case ApplicationCase():
            return _application(case, law)
        case DeadlineCase():
            return _deadline(case, law)
        case ClaimCase():
            return _claim(case, law)
        case PayerCase():
            return _payer(case, law)
        case EmployerOwesCase():
            return _employer_owes(case, law)
        case ReimbursementCase():
            return _reimbursement(case, law)
        case _:
            return asked_beside(case, law)


def _eligibility(case: EligibilityCase, law: Law) -> Outcome:
    life, answer = filed(case.known, law)
    decision = life.claim.decision
    if not answer.verdict.counts:
        verdict = answer.verdict
        return {"decision": "not_accepted", "ground": verdict.ground.value, "article": verdict.article}
    if decision is None:
        return {"decision": "undecided"}
    facts = {name: value for reason in decision.reasons for name, value in reason.facts.items()}
    names: dict[type, str] = {ClaimApproved: "approved", ClaimDenied: "denied", ClaimReferred: "referred"}
    told = {"reasons": reasons_told(decision.reasons), "regime": decision.regime}
    outcome = (
        {"decision": names[type(decision)]}
        | told
        | {name: facts.get(name) for name in ("paid_months", "longest_run", "months_in_arrears")}
    )
    if isinstance(decision, ClaimApproved):
        return outcome | {"reference_date": decision.reference_date}
    return outcome | {"ground": decision.ground.value, "article": decision.article}


def _month(case: MonthCase, law: Law) -> Outcome:
    life, _ = filed(case.known, law)
    if life.claim.approved is None:
        return {"outcome": "not_approved"} | last_word(life.claim, life.events)
    number = case.ask.month
    if number > 1:
        life.hear_all(month_lived(case.known, case.known.evidence, number))
    life.wake(wib((reference_date(case.known, number + 1) + timedelta(days=10)).isoformat()))
    month = life.claim.month(number)
    if month.forfeited is not None:
        lost = month.forfeited
        return {
            "outcome": "forfeited",
            "ground": lost.ground.value,
            "article": lost.article,
            "regime": lost.regime,
            "reasons": reasons_told(lost.reasons),
        }
    return {"outcome": "undecided"} if month.authorized is None else _authorized(month.authorized)


def _authorized(owed: BenefitAuthorized) -> Outcome:
    percent = Decimal(owed.rate) * 100
    return {
        "outcome": "authorized",
        "amount_idr": owed.amount_idr,
        "insured_wage_idr": owed.insured_wage_idr,
        "rate_percent": int(percent) if percent == int(percent) else percent,
        "regime": owed.regime,
        "article": owed.article,
        "reasons": reasons_told(owed.reasons),
    }


def _application(case: ApplicationCase, law: Law) -> Outcome:
    life, _ = filed(case.known, law)
    efforts = (*case.known.told, case.ask.application)
    for n, one in enumerate(efforts, 1):
        answer = life.hear(cmd.RecordJobSearch(efforts=(one.effort(f"effort-{n}"),)), one.telling_at)
    told = answer.efforts[-1] if answer.efforts else None
    outcome: Outcome = {
        "counts": answer.verdict.counts,
        "ground": answer.verdict.ground.value,
        "article": answer.verdict.article,
        "month": told.month if told else 0,
    }
    for progress in answer.months:
        outcome |= {
            "applications": progress.applications,
            "interview_calls": progress.interview_calls,
            "enough": progress.enough,
        }
    return outcome


def _deadline(case: DeadlineCase, law: Law) -> Outcome:
    known, ask = case.known, case.ask
    if ask.of == "contribution":
        assert ask.contribution_month is not None, "the question names its month"
        rules = law.in_force_on(date.fromisoformat(f"{ask.contribution_month}-01"))
        return {"last_day": contribution_due_on(ask.contribution_month, rules, known.calendar())}
    if ask.since is not None:
        seen = Seen(ask.since, known.calendar())
        training = ask.of == "training_report"
        duty = training_report(ask.since, seen) if training else placement_report(ask.since, seen, law=law)
        return _between(None, duty.closes_at, duty.article)
    if ask.of == "filing":
        window = filing_window(known.laid_off_on, law)
        return _between(window.opens_at, window.closes_at, window.article)
    life, answer = filed(known, law)
    if ask.month is None:
        return _of_a_filing(life, ask.of, life.context(known.deciding_at, None))
    if life.claim.filing is None:
        return {"ground": answer.verdict.ground.value, "article": answer.verdict.article}
    if ask.of == "month":
        window = month_window(life.claim, ask.month, law, known.calendar())
        return _between(window.opens_at, window.closes_at, window.article)
    if ask.of != "payment":
        return {"reminded_on": tuple(map(day_of, _reminders(life, ask.of, ask.month)))}
    if ask.month > 1:
        life.hear_all(month_lived(known, known.evidence, ask.month))
    owed = life.claim.month(ask.month).authorized
    return {} if owed is None else _between(None, owed.pay_until, "")


def _of_a_filing(life: Life, of: str, context: DecisionContext) -> Outcome:
    """A term of our own, of a claim that was filed."""
    claim, decision = life.claim, life.claim.decision
    assert claim.layoff is not None, "a claim begins with a layoff"
    if of == "filing_reminder":
        closes_at = filing_window(claim.layoff.laid_off_on, context.law).closes_at
        reminder, _ = filing_instants(claim, closes_at, context.law)
        return {"reminded_on": (day_of(reminder),)}
    if of == "contribution_record" and claim.filing is not None:
        return _between(None, record_due(claim.filing.filed_on, context), "")
    if not isinstance(decision, ClaimReferred) or decision.heard_until is None:
        return {}
    until = decision.answer_due_at if of == "officer_decision" else decision.heard_until
    return _between(None, until, decision.article)


def _reminders(life: Life, of: str, month: int) -> tuple[datetime, ...]:
    if of == "month_reminder":
        return at_risk_instants(life.claim, month, life.law, life.calendar)
    once = duty_reminder_at(life.claim, month, life.law)
    return () if once is None else (once,)


def _between(opens_at: datetime | None, closes_at: datetime, article: str) -> Outcome:
    opening: Outcome = {}
    if opens_at is not None:
        opening = {"opens_on": day_of(opens_at), "opens_at": _spelled(opens_at)}
    last_day = day_of(closes_at - timedelta(microseconds=1))
    return opening | {"last_day": last_day, "closes_at": _spelled(closes_at), "article": article}


def _spelled(instant: datetime) -> str:
    return instant.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")


def _claim(case: ClaimCase, law: Law) -> Outcome:
    life, answers = lived(case, law)
    told = tuple(answer and answer.verdict.ground.value for answer in answers)
    outcome = standing(life) | {"answers": told}
    if case.expect.model_fields_set & LOOKING_AHEAD:
        outcome |= ahead(life, end_of_the_day(case))
    return outcome


def end_of_the_day(case: ClaimCase) -> datetime:
    """When a claim is looked at: at the end of the day asked about, seven months after the filing."""
    on = case.ask.on or months_after(day_of(case.known.filing_at), BENEFIT_MONTHS + 1)
    return wib(f"{on} 23:59:59")


def lived(case: ClaimCase, law: Law = LAW) -> tuple[Life, tuple[CommandResult | None, ...]]:
    """The claim of a case as its day finds it, and the answers to the messages of the case."""
    known = case.known
    life = Life(known.calendar(), law, bank=known.bank)
    said: list[Said] = [
        (known.reporting_at, known.report()),
        (known.filing_at, known.filing()),
        (known.deciding_at, cmd.RecordContributions(record=known.record(known.deciding_at))),
    ]
    if not known.files:
        said = said[:1]
    for number in known.lived_months:
        said += month_lived(known, Evidence(), number)
    end_of_day = end_of_the_day(case)
    before = [one for one in said if one[0] <= end_of_day]
    own = [(wib(one.at), one.message(known)) for one in known.messages]
    answers = life.hear_all(before + [one for one in own if one[0] <= end_of_day])
    life.wake(end_of_day)
    return life, tuple(answers[len(before) :])


def _payer(case: PayerCase, law: Law) -> Outcome:
    known = case.known
    rules = law.in_force_on(day_of(known.deciding_at))
    record = paid_by(known.record(known.deciding_at), day_of(known.deciding_at), rules)
    found = who_pays(known.layoff(), record, rules, known.calendar())
    return vars(found) | {"manual_review": found.manual_review, "regime": rules.name}


def _employer_owes(case: EmployerOwesCase, law: Law) -> Outcome:
    life, _ = filed(case.known, law)
    found = cmd.FindTrueWage(true_wage_idr=case.ask.true_wage_idr, reference="nota-1")
    answer = life.hear(found, case.known.deciding_at)
    owes = next(event for event in life.events if isinstance(event, EmployerOwes))
    return {
        "amount_idr": owes.amount_idr,
        "cause": owes.cause,
        "ground": answer.verdict.ground.value,
        "article": owes.article,
    }


def _reimbursement(case: ReimbursementCase, law: Law) -> Outcome:
    known, asked_on = case.known, case.ask.asked_on
    paid = tuple((one.paid_on, one.amount_idr) for one in known.payments)
    rules = law.in_force_on(asked_on)
    found = reimbursement(paid, known.arrears_settled_on, asked_on, rules, known.calendar())
    return {
        "reimbursed": found.refusal is None,
        "amount_idr": found.amount_idr,
        "pay_by": found.pay_by,
        "ground": found.refusal and found.refusal.value,
        "article": REIMBURSEMENT,
    }
