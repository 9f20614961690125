"""The format of law cases: what may be asked, what may be expected, and how a file is read.

A file that cannot be read as it is written is refused whole, with the file, the case and the field.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from claims.events import Document, Payer
from claims.facts import MonthNumber
from cli.law_beside import (
    BesideCase,
    ContributionCase,
    EmployerCase,
    EnrolmentCase,
    ParticipationCase,
    ValueCase,
)
from cli.law_evidence import Effort, MonthKnown, SearchKnown
from cli.law_facts import Day, Known, Strict
from cli.law_heads import CalendarMonth, CaseHead, DayTime, Expect, GroundCode, Rupiah
from cli.law_messages import ClaimKnown
from cli.law_nesting import nested_too_deep
from cli.law_payers import EmployerOwesCase, PayerCase, PayerCases, ReimbursementCase

Status = Literal[
    "not_filed", "undecided", "referred", "denied", "running", "ceased", "exhausted", "lapsed", "withdrawn",
    "layoff_withdrawn",
]  # fmt: skip


class AskEligibility(Strict):
    """Is the claim approved, denied, or referred to a person?"""

    what: Literal["eligibility"]


class AskMonth(Strict):
    """Is a benefit month paid, and how much?"""

    what: Literal["month"]
    month: MonthNumber


class AskApplication(Strict):
    """Does a job application count, for which month, and what is the total?"""

    what: Literal["job_application"]
    application: Effort


class AskDeadline(Strict):
    """From when to when may, or must, something be done?"""

    what: Literal["deadline"]
    of: Literal[
        "filing", "month", "payment", "contribution", "training_report", "placement_report",
        "contribution_record", "officer_decision", "answer",
        "filing_reminder", "month_reminder", "duty_reminder",
    ]  # fmt: skip
    month: MonthNumber | None = None
    contribution_month: CalendarMonth | None = None
    since: Day | None = None

    @model_validator(mode="after")
    def _names_its_month(self) -> "AskDeadline":
        if self.of in ("month", "month_reminder", "duty_reminder") and (self.month or 0) < 2:
            raise ValueError("month: 2 to 6 have a window")
        if self.of == "payment" and self.month is None:
            raise ValueError("month: say which is to be paid")
        if self.of == "contribution" and self.contribution_month is None:
            raise ValueError("contribution_month: say which is due")
        if self.of.endswith("_report") and self.since is None:
            raise ValueError("since: say on which day the training ended or the work began")
        return self


class AskClaim(Strict):
    """What is paid over a whole claim, and how does it stand on a day?"""

    what: Literal["claim"]
    on: Day | None = None


class ExpectEligibility(Expect):
    """A decision, its ground and regime, and the counts it rests on."""

    decision: Literal["approved", "denied", "referred", "not_accepted", "undecided"]
    regime: str | None = None
    reference_date: date | None = None
    paid_months: int | None = None
    longest_run: int | None = None
    months_in_arrears: int | None = None


class ExpectMonth(Expect):
    """A month that is authorized with its amount, or forfeited on a ground."""

    outcome: Literal["authorized", "forfeited", "undecided", "not_approved"]
    amount_idr: Rupiah | None = None
    insured_wage_idr: Rupiah | None = None
    rate_percent: int | None = None
    regime: str | None = None


class ExpectApplication(Expect):
    """A verdict, the month the effort speaks for (0: none), and the month's running total."""

    counts: bool
    month: Annotated[int, Field(ge=0, le=6)] | None = None
    applications: int | None = None
    interview_calls: int | None = None
    enough: bool | None = None


class ExpectDeadline(Expect):
    """First and last day, both inside; or the first instant inside and the first outside (WIB).

    `reminded_on` are the days on which somebody is reminded.
    """

    opens_on: date | None = None
    last_day: date | None = None
    opens_at: DayTime | None = None
    closes_at: DayTime | None = None
    reminded_on: tuple[date, ...] | None = None


class OpenQuestion(Strict):
    """A question that nobody has decided: on which ground, which months it holds, until when to answer."""

    ground: GroundCode
    months: tuple[MonthNumber, ...] | None = None
    last_day: Day | None = None
    answered: bool | None = None
    documents: tuple[Document, ...] | None = None


class Receivable(Strict):
    """What was paid of a month and, as a person found after a hearing, not owed."""

    month: MonthNumber
    amount_idr: Rupiah
    cause: Literal["claimant", "employer", "register"] | None = None
    ground: GroundCode | None = None


OfMonth = Literal["1", "2", "3", "4", "5", "6"]
Resting = Literal["statutory", "heard"]


class ExpectClaim(Expect):
    """How a claim stands: its months and what was added to them, how it ended, what is open, what is owed.

    Amounts of months are as granted (0: not paid, null: still open). `answers` has for each of the messages
    the ground on which it counts or not.
    """

    months: Annotated[tuple[Rupiah | None, ...], Field(min_length=6, max_length=6)] | None = None
    differences: dict[OfMonth, Rupiah] | None = None
    total_idr: Rupiah | None = None
    status: Status | None = None
    basis: Resting | None = None
    lost: dict[Literal["2", "3", "4", "5", "6"], GroundCode] | None = None
    lost_basis: dict[Literal["2", "3", "4", "5", "6"], Resting] | None = None
    open_questions: tuple[OpenQuestion, ...] | None = None
    receivables: tuple[Receivable, ...] | None = None
    cancelled: dict[OfMonth, GroundCode] | None = None
    answers: tuple[GroundCode | None, ...] | None = None
    reference_date: date | None = None
    wage_idr: Rupiah | None = None
    payer: Payer | None = None
    settled: tuple[MonthNumber, ...] | None = None
    pay_by: dict[OfMonth, date] | None = None
    employer_paid: dict[OfMonth, Rupiah] | None = None
    employer_owes_idr: Rupiah | None = None
    reimbursement_idr: Rupiah | None = None


class EligibilityCase(CaseHead):
    """A case about the decision over a claim."""

    known: Known = Known()
    ask: AskEligibility
    expect: ExpectEligibility


class MonthCase(CaseHead):
    """A case about one benefit month."""

    known: MonthKnown = MonthKnown()
    ask: AskMonth
    expect: ExpectMonth


class ApplicationCase(CaseHead):
    """A case about one job application."""

    known: SearchKnown = SearchKnown()
    ask: AskApplication
    expect: ExpectApplication


class DeadlineCase(CaseHead):
    """A case about a date."""

    known: MonthKnown = MonthKnown()
    ask: AskDeadline
    expect: ExpectDeadline


class ClaimCase(CaseHead):
    """A case about a whole claim."""

    known: ClaimKnown = ClaimKnown()
    ask: AskClaim
    expect: ExpectClaim


Case = EligibilityCase | MonthCase | ApplicationCase | DeadlineCase | ClaimCase | PayerCases | BesideCase


class CaseFile(Strict):
    """A file of cases: what it is about, which texts it rests on, and the cases."""

    title: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]


KINDS: dict[str, TypeAdapter[Any]] = {
    "eligibility": TypeAdapter(EligibilityCase),
    "month": TypeAdapter(MonthCase),
    "job_application": TypeAdapter(ApplicationCase),
    "deadline": TypeAdapter(DeadlineCase),
    "claim": TypeAdapter(ClaimCase),
    "payer": TypeAdapter(PayerCase),
    "employer_owes": TypeAdapter(EmployerOwesCase),
    "reimbursement": TypeAdapter(ReimbursementCase),
    "participation": TypeAdapter(ParticipationCase),
    "enrolment": TypeAdapter(EnrolmentCase),
    "contribution": TypeAdapter(ContributionCase),
    "employer_deadline": TypeAdapter(EmployerCase),
    "value": TypeAdapter(ValueCase),
}


@dataclass(frozen=True)
class Found:
    """A case and the file it stands in."""

    file: str
    case: Case


class BadCases(Exception):
    """Files that cannot be read as cases; `complaints` has one line for each fault."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__("; ".join(complaints))
        self.complaints = complaints


def read_paths(paths: Iterable[Path]) -> list[Found]:
    """The cases of files, and of the *.json files that lie directly in folders; raises BadCases."""
    found: list[Found] = []
    complaints: list[str] = []
    for path in paths:
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not files:
            complaints.append(f"{path}: no *.json file in this folder")
        for file in files:
            try:
                found += read_text(file.read_text("utf-8"), str(file))
            except BadCases as bad:
                complaints += bad.complaints
            except (OSError, UnicodeDecodeError) as error:
                complaints.append(f"{file}: {error}")
    complaints += _named_twice(found)
    if complaints:
        raise BadCases(complaints)
    return found


def read_text(text: str, name: str) -> list[Found]:
    """The cases of one file, given its text; raises BadCases."""
    if fault := nested_too_deep(text):
        raise BadCases([f"{name}: {fault}"])
    try:
        content = json.loads(text, object_pairs_hook=_object)
    except ValueError as error:
        raise BadCases([f"{name}: not JSON: {error}"]) from None
    complaints = [f"{name}: {fault}" for fault in _faults_of_file(content)]
    if complaints:
        raise BadCases(complaints)
    found: list[Found] = []
    for number, raw in enumerate(content["cases"], 1):
        try:
            found.append(Found(name, _case(raw)))
        except BadCases as bad:
            complaints += [f"{name}: case {_name_of(raw, number)}: {fault}" for fault in bad.complaints]
    if complaints:
        raise BadCases(complaints)
    return found


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of the file; a field given twice becomes one that is unknown, so that neither is lost."""
    fields: dict[str, object] = {}
    for name, value in pairs:
        fields[f"{name} (given twice)" if name in fields else name] = value
    return fields


def _faults_of_file(content: object) -> Iterator[str]:
    if not isinstance(content, dict):
        yield "not an object with title, source and cases"
        return
    for name in ("title", "source"):
        if not isinstance(content.get(name), str) or not content[name]:
            yield f"{name}: a text is needed"
    if not isinstance(content.get("cases"), list) or not content["cases"]:
        yield "cases: a list with at least one case is needed"
    for name in sorted(content.keys() - {"title", "source", "cases"}):
        yield f"{name}: unknown field"


def _name_of(raw: object, number: int) -> str:
    given = raw.get("id") if isinstance(raw, dict) else None
    return given if isinstance(given, str) else f"number {number}"


def _case(raw: object) -> Case:
    ask = raw.get("ask") if isinstance(raw, dict) else None
    what = ask.get("what") if isinstance(ask, dict) else None
    if not isinstance(what, str) or what not in KINDS:
        raise BadCases([f"ask.what: {json.dumps(what)} is not one of {', '.join(KINDS)}"])
    try:
        case: Case = KINDS[what].validate_json(json.dumps(raw))
    except ValidationError as invalid:
        raise BadCases([_fault(error["loc"], error["msg"]) for error in invalid.errors()]) from None
    return case


def _fault(place: tuple[int | str, ...], says: str) -> str:
    return f"{'.'.join(map(str, place)) or 'the case'}: {says.removeprefix('Value error, ')}"


def _named_twice(found: list[Found]) -> Iterator[str]:
    first: dict[str, str] = {}
    for one in found:
        if one.case.id in first:
            yield f"{one.file}: case {one.case.id}: id: stands in {first[one.case.id]} too"
        first.setdefault(one.case.id, one.file)


def schema() -> dict[str, Any]:
    """The JSON Schema of a file of cases."""
    return CaseFile.model_json_schema()
