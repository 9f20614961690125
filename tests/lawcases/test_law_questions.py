"""Questions beside a claim: a wrong answer is found wrong; every row of the old documents has its case."""

import re
from pathlib import Path

import pytest
from support.other_values import another

from lawcases.files.reading import BadCases, Found, read_paths, read_text
from lawcases.lives.running import run

ROOT = Path(__file__).parents[2]
FOUND = read_paths([Path(__file__).parents[1] / "claims" / "law"])
BESIDE = ("participation", "enrolment", "contribution", "employer_deadline", "value")
ROWS = re.findall(
    r"^\| (\d+) \|.*\| ([^|]+) \|$", (ROOT / "docs" / "law" / "seeds.md").read_text(), re.MULTILINE
)


@pytest.mark.parametrize("kind", BESIDE)
def test_a_wrong_expectation_is_found_wrong_field_by_field(kind: str) -> None:
    asked = [found.case for found in FOUND if found.case.ask.what == kind]
    assert len(asked) >= 15
    for case in asked:
        for name in case.expect.model_fields_set:
            other = case.expect.model_copy(update={name: another(getattr(case.expect, name))})
            assert [one.field for one in run(case.model_copy(update={"expect": other}))] == [name], case.id


def test_the_old_documents_are_answered_in_twenty_six_rows() -> None:
    assert [int(number) for number, _ in ROWS] == list(range(1, 27))


@pytest.mark.parametrize(("number", "cases"), ROWS)
def test_every_row_names_cases_of_the_pack(number: str, cases: str) -> None:
    named = re.findall(r"`([^`]+)`", cases)
    assert named
    assert set(named) - {found.case.id for found in FOUND} == set(), f"row {number}"


def test_every_case_written_for_a_row_is_named_in_it() -> None:
    named = {case for _, cases in ROWS for case in re.findall(r"`([^`]+)`", cases)}
    assert {found.case.id for found in FOUND if found.case.id.startswith("row-")} - named == set()


def test_the_cases_ask_what_the_law_says_of_twenty_five_rules() -> None:
    values = [found for found in FOUND if found.case.ask.what == "value"]
    assert len({rule_of(found) for found in values}) >= 25


def rule_of(found: Found) -> str:
    ask = found.case.ask
    assert ask.what == "value"
    return ask.rule


def read(ask: str, expect: str = '{"late": true}') -> str:
    """The complaint about one case."""
    case = f'{{"id": "x", "title": "x", "article": "x", "ask": {ask}, "expect": {expect}}}'
    with pytest.raises(BadCases) as bad:
        read_text(f'{{"title": "t", "source": "s", "cases": [{case}]}}', "one.json")
    return str(bad.value)


def test_a_question_that_leaves_out_what_it_needs_is_refused() -> None:
    contribution = '{"what": "employer_deadline", "of": "contribution"}'
    assert "contribution_month: say which is due" in read(contribution)
    training = '{"what": "deadline", "of": "training_report"}'
    assert "since: say on which day" in read(training, '{"last_day": "2025-03-03"}')
    pension = '{"what": "value", "rule": "pension", "on": "2025-03-03"}'
    assert '"pension" is no rule; there are ' in read(pension, '{"value": 1}')
