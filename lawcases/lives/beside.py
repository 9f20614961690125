"""Law cases beside a claim, asked: the facts of a case are given to the functions of the law."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, assert_never

from claims.agenda.employer_duties import (
    Duty,
    Seen,
    Stage,
    contribution_payment,
    data_change,
    enrolment_form,
    layoff_notice,
    layoff_report,
    membership_adjustment,
    participant_number,
    refusal_letter,
)
from claims.entitlement.contributions import contribution_due_on
from claims.entitlement.participation import Enrolment, is_participant, missing_from_form, participation
from law.contribution_amounts import PayingEmployer, contribution_of, late_fine_idr, months_late
from law.contribution_rates import CONTRIBUTIONS
from law.grounds import Result
from law.periods import JAKARTA
from law.provisions import provision
from law.regimes import LAW
from law.rules import Law
from lawcases.format.beside import (
    BesideCase,
    ContributionCase,
    EmployerCase,
    EnrolmentCase,
    EnrolmentKnown,
    ParticipationCase,
    ValueCase,
)
from lawcases.format.facts import wib

Outcome = dict[str, Any]

ANSWERS = {Result.MET: "yes", Result.UNMET: "no", Result.MANUAL_REVIEW: "manual_review"}


def asked_beside(case: BesideCase, law: Law = LAW) -> Outcome:
    """What comes out of a case that is about no claim."""
    match case:
        case ParticipationCase():
            return _participation(case, law)
        case EnrolmentCase():
            return _enrolment(case)
        case ContributionCase():
            return _contribution(case, law)
        case EmployerCase():
            return _employer(case, law)
        case ValueCase():
            return _value(case, law)
        case _:
            assert_never(case)


def _enrolled(known: EnrolmentKnown, on: date) -> Enrolment:
    facts = dict(known) | {"programmes": frozenset(known.programmes)}
    return Enrolment(source="bpjs-tk", as_of=wib(on.isoformat()), **facts)


def _participation(case: ParticipationCase, law: Law) -> Outcome:
    on = case.ask.on
    reasons = participation(_enrolled(case.known, on), on, law)
    result = is_participant(reasons)
    facts = {name: value for reason in reasons for name, value in reason.facts.items()}
    outcome = {
        "participant": ANSWERS[result],
        "age_at_registration": facts["age_at_registration"],
        "missing": tuple(str(facts["missing"]).split()),
    }
    failed = next((reason for reason in reasons if reason.result is result), None)
    if failed is None or result is Result.MET:
        return outcome
    return outcome | {"ground": failed.ground.value, "article": failed.article}


def _told(duty: Duty | None) -> Outcome:
    if duty is None:
        return {"begun": False}
    return {
        "begun": True,
        "last_day": duty.last_day,
        "closes_at": _spelled(duty.closes_at),
        "owner": duty.owner,
        "late": duty.late,
        "article": duty.article,
    }


def _spelled(instant: datetime) -> str:
    return instant.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")


def _enrolment(case: EnrolmentCase) -> Outcome:
    known, ask = case.known, case.ask
    seen = Seen(ask.on or known.done_on or date.min, known.calendar())
    match ask.of:
        case "form":
            missing = missing_from_form(frozenset(known.form))
            return _told(enrolment_form(known.works_since, seen, known.done_on)) | {"missing": missing}
        case "number":
            return _told(participant_number(known.form_complete_on, known.first_paid_on, seen, known.done_on))
        case "data_change":
            return _told(data_change(known.changed_on, seen, known.done_on))


def _contribution(case: ContributionCase, law: Law) -> Outcome:
    known, month = case.known, case.ask.contribution_month
    employer = PayingEmployer(known.risk_class, known.industry, known.active_participants)
    owed = contribution_of(known.wage_idr, month, employer)
    if owed is None:
        return {"total_idr": 0, "article": CONTRIBUTIONS.first_month.citation}
    due_on = contribution_due_on(month, law.in_force_on(date.fromisoformat(f"{month}-01")), known.calendar())
    outcome = vars(owed) | {"employer_idr": owed.employer_idr, "last_day": due_on}
    if known.paid_on is None:
        return outcome
    return outcome | {
        "months_late": months_late(due_on, known.paid_on),
        "fine_idr": late_fine_idr(owed.employer_idr, due_on, known.paid_on),
    }


def _employer(case: EmployerCase, law: Law) -> Outcome:
    known, ask = case.known, case.ask
    seen = Seen(ask.on or known.done_on or date.min, known.calendar())
    match ask.of:
        case "layoff_notice":
            stage = Stage.PROBATION if known.on_probation else Stage.EMPLOYED
            return _told(layoff_notice(known.laid_off_on, known.reason, stage, seen, known.done_on))
        case "refusal":
            return _told(refusal_letter(known.notice_received_on, seen, known.done_on))
        case "layoff_report":
            return _told(layoff_report(known.laid_off_on, seen, known.done_on, law))
        case "contribution":
            assert ask.contribution_month is not None, "the question names its month"
            return _told(contribution_payment(ask.contribution_month, seen, known.done_on))
        case "membership_adjustment":
            return _told(membership_adjustment(seen, known.done_on))


def _value(case: ValueCase, law: Law) -> Outcome:
    said = provision(case.ask.rule, case.ask.on, law)
    if said is None:
        return {"in_force": False}
    return {"in_force": True, "value": plain(said.value), "article": said.citation}


def plain(value: object) -> object:
    """A value of the law as JSON has it: shares as `0.46%`, days and codes as text, sets in order."""
    match value:
        case Decimal():
            return percent(value)
        case bool() | int():
            return value
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case tuple():
            return tuple(str(plain(inner)) for inner in value)
        case frozenset():
            return tuple(sorted(str(plain(inner)) for inner in value))
        case _:
            return str(value)


def percent(share: Decimal) -> str:
    """A share of one as people write it: `0.46%`."""
    return f"{(share * 100).normalize():f}%"
