"""`jkp estimate` and `jkp check`: what a claim would get, and which conditions it would meet.

They need no database: the calendar is the one that `jkp migrate` loads. Nothing is stored.
"""

from datetime import datetime
from typing import Annotated

from cyclopts import App, Parameter
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from api.examples.estimates import PRECHECK_QUESTION
from api.http.shapes import estimate_response, precheck_response
from claims import estimating
from claims.estimating import Estimate, EstimateQuestion, EstimateRow, Outcome, Precheck, PrecheckQuestion
from claims.wording.explaining import explain
from cli.arguments import Day, Rupiah, read_text
from cli.output import AsJson, print_columns, print_json
from cli.problems import BadInput
from law.grounds import Reason
from law.money import rupiah
from law.periods import Calendar, day_of
from law.regimes import LAW
from law.rules import SeparationReason
from store.calendar import as_calendar, official_days, official_version

ALL_MET, NOT_MET = 0, 1
BYTES_MAX = 1_000_000
OUTCOMES = {
    Outcome.PAYABLE: "payable",
    Outcome.MANUAL_REVIEW: "an officer decides",
    Outcome.REFUSED: "not payable",
}

estimate = App(name="estimate", help="Estimate the six months of a claim.")
check = App(name="check", help="Check the conditions of a claim before there is one.")


@estimate.default
def estimate_months(
    *,
    wage: Annotated[
        Rupiah, Parameter(help="The last wage reported to BPJS, in whole rupiah: 5000000, Rp5.000.000.")
    ],
    laid_off_on: Annotated[Day, Parameter(help="The day of the layoff, YYYY-MM-DD.")],
    filed_on: Annotated[Day, Parameter(help="The day on which the claim is filed.")],
    decided_on: Annotated[
        Day | None, Parameter(help="The day of its approval; the filing's if none.")
    ] = None,
    reason: Annotated[SeparationReason, Parameter(help="Why the work ended.")] = SeparationReason.EFFICIENCY,
    as_json: AsJson = False,
) -> int:
    """Print six months with dates, rates and amounts, or the condition that fails.

    Exit code 0 when it is payable, 1 when a condition fails or a person decides, 2 for input that is wrong.
    """
    try:
        question = EstimateQuestion(
            wage_idr=wage, laid_off_on=laid_off_on, filed_on=filed_on, decided_on=decided_on, reason=reason
        )
    except ValidationError as wrong:
        raise _complaint(wrong) from None
    calendar = official_calendar()
    found = estimating.estimate(question, LAW, calendar)
    if as_json:
        print_json(estimate_response(found, "en").model_dump(mode="json"))
    else:
        _print_estimate(found, calendar)
    return ALL_MET if found.outcome is Outcome.PAYABLE else NOT_MET


@check.default
def check_conditions(
    file: Annotated[
        str, Parameter(help="The facts as JSON; `-` reads standard input.", allow_leading_hyphen=True)
    ] = "-",
    /,
    *,
    as_json: AsJson = False,
    example: Annotated[bool, Parameter(negative="", help="Print facts to begin with, and end.")] = False,
) -> int:
    """Check every condition, with the body of POST /v1/prechecks as FILE; it holds no NIK and no name.

    Exit code 0 when every condition is met, 1 when one is not or a person decides, 2 for input that is wrong.
    """
    if example:
        print_json(PRECHECK_QUESTION)
        return ALL_MET
    if file.startswith("-") and file != "-":
        raise BadInput("unknown option; `jkp check --help` says how")
    text = read_text(file, most=BYTES_MAX)
    try:
        question = PrecheckQuestion.model_validate_json(text)
    except ValidationError as wrong:
        raise _complaint(wrong) from None
    found = estimating.answer_precheck(question, LAW, official_calendar())
    if as_json:
        print_json(precheck_response(found, "en").model_dump(mode="json"))
    else:
        _print_precheck(found)
    return ALL_MET if found.outcome is Outcome.PAYABLE else NOT_MET


def official_calendar() -> Calendar:
    """Hari libur nasional, as `jkp migrate` loads them into a new database."""
    return as_calendar(official_version(), ((day, kind) for day, kind, _ in official_days()))


def _complaint(wrong: ValidationError) -> BadInput:
    """One line for each wrong field; what was given is not repeated."""
    return BadInput(*(_line(error) for error in wrong.errors(include_url=False, include_input=False)))


def _line(error: ErrorDetails) -> str:
    place = ".".join(map(str, error["loc"]))
    return f"{place + ': ' if place else ''}{error['msg']}"


def _print_estimate(found: Estimate, calendar: Calendar) -> None:
    print(f"{OUTCOMES[found.outcome]}, decided on {found.decided_on} under the regime of {found.regime}")
    if found.condition is not None:
        _print_condition(found.condition)
    if found.rows:
        head = ("month", "reference", "apply from", "last day", "rate", "wage", "amount", "article")
        total = ("total", "", "", "", "", "", rupiah(found.total_idr), "")
        print_columns([head, *map(_cells, found.rows), total])
        print("\nassuming that")
        for assumption in found.assumptions:
            print(f"  {assumption}")
        for citation in dict.fromkeys(citation for row in found.rows for citation in row.assumptions):
            print(f"  {citation.removeprefix('assumption: ')} (left open by the texts)")
    print(f"\ncalendar: {found.calendar_version} ({_years(calendar)})")


def _years(calendar: Calendar) -> str:
    return f"holidays of {calendar.years[0]} to {calendar.years[-1]}"


def _cells(row: EstimateRow) -> tuple[object, ...]:
    return (
        row.month,
        row.reference_date,
        day_of(row.opens_at),
        row.last_day,
        row.rate,
        rupiah(row.insured_wage_idr),
        rupiah(row.amount_idr),
        row.article,
    )


def _print_precheck(found: Precheck) -> None:
    last = day_of(found.may_file_until - datetime.resolution)
    print(f"{OUTCOMES[found.outcome]} if filed on {found.on}; the claim may be filed until {last}")
    print_columns([(reason.result.value, reason.condition, reason.article) for reason in found.reasons])
    for reason in found.reasons:
        if reason.result.value != "met":
            _print_condition(reason)


def _print_condition(reason: Reason) -> None:
    facts = ", ".join(f"{name} {value}" for name, value in reason.facts.items())
    print(f"{reason.condition}: {reason.ground.value} ({reason.article})")
    print(f"  known: {facts}")
    print(f"  would change it: {explain(reason, 'en').change}")
