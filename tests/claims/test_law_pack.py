"""The law as tests: every case of tests/claims/law/, through the runner that `jkp law check` uses."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from cli.law_beside import ContributionCase, EnrolmentCase, ParticipationCase, ValueCase
from cli.law_cases import KINDS, Case, Found, read_paths, read_text, schema
from cli.law_life import run

ROOT = Path(__file__).parents[2]
PACK = Path(__file__).parent / "law"
PAGE = ROOT / "docs" / "law" / "cases.md"
FOUND = read_paths([PACK])
AMENDED_ON = date(2025, 2, 7)


def name(found: Found) -> str:
    return f"{Path(found.file).stem}/{found.case.id}"


@pytest.mark.parametrize("found", FOUND, ids=name)
def test_the_engine_decides_as_the_law_says(found: Found) -> None:
    assert run(found.case) == ()


def test_there_are_cases_enough_and_no_two_have_one_name() -> None:
    names = [found.case.id for found in FOUND]

    assert len(names) >= 250
    assert len(set(names)) == len(names)


def test_every_kind_of_question_is_asked_under_both_regimes() -> None:
    asked = {(found.case.ask.what, day_asked_about(found.case) < AMENDED_ON) for found in FOUND}

    assert asked == {(kind, old) for kind in KINDS for old in (True, False)}


def day_asked_about(case: Case) -> date:
    """The layoff, or the day of what is asked about where there is none."""
    match case:
        case ParticipationCase() | ValueCase():
            return case.ask.on
        case EnrolmentCase():
            return case.known.works_since
        case ContributionCase():
            return date.fromisoformat(f"{case.ask.contribution_month}-01")
        case _:
            return case.known.laid_off_on


def test_a_case_that_is_wrong_is_found_wrong() -> None:
    """An expectation with another amount, ground or date fails: nothing holds by being ignored."""
    for found in (found for found in FOUND if found.case.ask.what == "month"):
        wrong = found.case.expect.model_copy(update={"amount_idr": 7, "outcome": "none"})
        if "amount_idr" in found.case.expect.model_fields_set:
            fields = {one.field for one in run(found.case.model_copy(update={"expect": wrong}))}
            assert fields == {"amount_idr", "outcome"}


@pytest.mark.parametrize("example", re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))
def test_the_examples_of_the_page_are_read_and_hold(example: str) -> None:
    found = read_text(example, "docs/law/cases.md")

    assert [(one.case.id, run(one.case)) for one in found] == [(one.case.id, ()) for one in found]


def test_the_page_names_every_field_of_the_format() -> None:
    told = set(re.findall(r"`(?:known\.)?([a-z_]+)`", PAGE.read_text("utf-8")))
    fields = {field for part in schema()["$defs"].values() for field in part.get("properties", {})}

    assert fields - told == set()


def test_the_published_schema_is_that_of_the_code() -> None:
    published = json.loads((ROOT / "docs" / "law" / "case.schema.json").read_text("utf-8"))

    assert published == schema(), "write it anew: jkp law schema > docs/law/case.schema.json"
