"""The step of a claim in the words of the Temporal UI: one line, a page of details, search attributes."""

from datetime import datetime, timedelta

from claims.agenda.next_step import NextStep
from claims.agenda.obligations import Awaited
from claims.state.claim import Claim
from claims.wording.consequences import consequence_text
from law.money import rupiah
from law.periods import JAKARTA
from store.claims.kind import ClaimStepResult
from store.claims.projection import payment_state

WORDS = {
    "filing": "the filing of the claim",
    "filing_again": "another filing, after the refusal",
    "contribution_record": "the contribution record",
    "officer_decision": "the decision of an officer",
    "objection": "the word on an objection",
    "person_data": "the word on data of the person that differ",
    "contact": "another address, since a letter did not arrive",
    "answer": "the answer to a question",
    "documents": "the documents asked for",
    "employer_payment": "the payment of the month",
    "self_assessment": "the self-assessment",
    "counselling": "the counselling",
    "job_search": "the job search of the month before",
    "training_attendance": "the training attendance of the month before",
    "certification": "the application for the month",
    "transfer": "the transfer",
    "bank_account": "another bank account",
    "payments_resumed": "payments to be resumed",
}


def one_line(step: NextStep) -> str:
    """The responsible party, for what, until when, by which article; at most 200 characters."""
    if not step.awaited:
        return f"{step.status.value}: nothing is awaited"
    return _line(step.awaited[0])[:200]


def timer_line(result: ClaimStepResult) -> str:
    """What an armed timer is for: when the claim is looked at again, and what is then owed."""
    if result.next_step.next_at is None or not result.next_step.awaited:
        return one_line(result.next_step)
    at = result.next_step.next_at.astimezone(JAKARTA).strftime("%d %b %Y %H:%M WIB")
    return f"look at {at}; {_line(result.next_step.awaited[-1])}"[:200]


def last_moment(deadline: datetime) -> str:
    """A deadline as people read it: the last minute that is inside."""
    return (deadline - timedelta(minutes=1)).astimezone(JAKARTA).strftime("%d %b %Y %H:%M WIB")


def _line(awaited: Awaited) -> str:
    until = last_moment(awaited.until)
    month = f"month {awaited.month}: " if awaited.month else ""
    what = WORDS.get(awaited.what, awaited.what)
    return f"{month}{awaited.owner.value} owes {what} until {until} ({awaited.article})"


def _then(awaited: Awaited) -> str:
    return consequence_text(awaited.consequence, "en")


def details(result: ClaimStepResult) -> str:
    """The claim as a page of Markdown without personal data."""
    lines = [f"**{result.next_step.status.value}**{of_six(result.next_step.benefit_month)}", ""]
    lines += [f"- awaited: {_line(a)}; otherwise {_then(a)}" for a in result.next_step.awaited]
    lines += ["", *_months(result.state)]
    return "\n".join(lines)


def of_six(month: int) -> str:
    """Where in its six months a claim stands, or nothing where it has reached none."""
    return f", benefit month {month} of 6" if month else ""


def _months(claim: Claim) -> list[str]:
    rows = []
    for month in claim.months:
        order = month.last_order
        if month.authorized is not None:
            state = "not ordered" if order is None else order.state.value
            rows.append(f"- month {month.number}: {rupiah(month.authorized.amount_idr)} ({state})")
        elif month.forfeited is not None:
            rows.append(f"- month {month.number}: not paid, {month.forfeited.ground.value}")
    return rows


def attributes(result: ClaimStepResult) -> dict[str, str]:
    """Search attributes by name, as text; empty where there is nothing to say."""
    wait = result.next_step.awaited[0] if result.next_step.awaited else None
    claim = result.state
    return {
        "ClaimStatus": result.next_step.status.value,
        "BenefitMonth": str(result.next_step.benefit_month),
        "Province": claim.layoff.province if claim.layoff else "",
        "Regime": claim.decision.regime if claim.decision else "",
        "WaitingFor": wait.owner.value if wait else "nobody",
        "NextDeadlineKind": wait.what if wait else "nothing",
        "NextDeadline": wait.until.isoformat() if wait else "",
        "PaymentState": payment_state(claim.months),
        "HoldReason": _hold(claim),
    }


def _hold(claim: Claim) -> str:
    decision = claim.decision
    return getattr(decision, "ground", None) or "none"
