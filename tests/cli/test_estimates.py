"""`jkp estimate` and `jkp check`: a table, JSON, exit codes, and what document 001 should have said."""

import io
import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from api.examples.estimates import PRECHECK_QUESTION
from api.http.shapes import estimate_response
from claims.estimating import Estimate, EstimateQuestion, estimate
from cli.__main__ import answer
from cli.estimates import official_calendar
from law.regimes import LAW
from store.calendar import official_version

ROOT = Path(__file__).parents[2]
QUESTION = "estimate --wage 5000000 --laid-off-on 2025-03-03 --filed-on 2025-03-10"


def jkp(words: str) -> int:
    """The exit code of one command."""
    return answer(words.split())


def estimated(wage_idr: int, laid_off: str = "2025-03-03", filed: str = "2025-03-10") -> Estimate:
    question = EstimateQuestion(
        wage_idr=wage_idr, laid_off_on=date.fromisoformat(laid_off), filed_on=date.fromisoformat(filed)
    )
    return estimate(question, LAW, official_calendar())


def test_an_estimate_is_a_table_of_six_rows_and_a_total(capsys: pytest.CaptureFixture[str]) -> None:
    assert jkp(QUESTION) == 0
    lines = capsys.readouterr().out.splitlines()

    assert lines[0] == "payable, decided on 2025-03-10 under the regime of 2025"
    rows = [line.split() for line in lines[2:8]]
    assert [(row[0], row[1], row[3], row[6]) for row in rows] == [
        ("1", "2025-03-10", "2025-09-03", "Rp3.000.000"),
        ("2", "2025-04-10", "2025-04-15", "Rp3.000.000"),
        ("3", "2025-05-10", "2025-05-15", "Rp3.000.000"),
        ("4", "2025-06-10", "2025-06-15", "Rp3.000.000"),
        ("5", "2025-07-10", "2025-07-15", "Rp3.000.000"),
        ("6", "2025-08-10", "2025-09-09", "Rp3.000.000"),
    ]
    assert lines[8].split() == ["total", "Rp18.000.000"]


def test_an_estimate_beyond_the_calendar_says_that_only_weekends_are_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert jkp("estimate --wage 5000000 --laid-off-on 2031-03-03 --filed-on 2031-03-10") == 0
    said, version = capsys.readouterr().out, official_version()
    told = f"of 2031 only the weekends are known as days off; {version} has the holidays of 2021 to 2027"
    assert f"  {told}" in said.splitlines()
    assert said.splitlines()[-1] == f"calendar: {official_version()} (holidays of 2021 to 2027)"

    assert jkp(QUESTION) == 0
    assert "weekends" not in capsys.readouterr().out


def test_an_estimate_as_json_is_what_the_door_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert jkp(f"{QUESTION} --json") == 0
    told = estimate_response(estimated(5_000_000), "en")
    assert json.loads(capsys.readouterr().out) == told.model_dump(mode="json")


def test_an_estimate_that_fails_names_the_condition(capsys: pytest.CaptureFixture[str]) -> None:
    assert jkp(f"{QUESTION} --reason resignation") == 1
    said = capsys.readouterr().out

    assert said.startswith("not payable")
    assert "separation_reason: excluded_separation (PP 37/2021 as amended by PP 6/2025 Pasal 20(1))" in said


@pytest.mark.parametrize(
    "words",
    [
        "estimate --wage 5000000 --laid-off-on 2025-03-03 --filed-on 2025-03-02",
        "estimate --wage 0 --laid-off-on 2025-03-03 --filed-on 2025-03-10",
        "estimate --wage much --laid-off-on 2025-03-03 --filed-on 2025-03-10",
        "estimate --wage 5000000 --laid-off-on tomorrow --filed-on 2025-03-10",
        f"{QUESTION} --reason boredom",
        "estimate --wage 5000000 --laid-off-on 9999-12-31 --filed-on 9999-12-31",
        "estimate --wage 5000000 --laid-off-on 0001-01-01 --filed-on 2025-03-10",
        "estimate",
        "check --whatever",
        "check /nowhere/facts.json",
    ],
)
def test_input_that_is_wrong_ends_with_2(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert jkp(words) == 2
    said = capsys.readouterr()
    assert (said.out, bool(said.err), "Traceback" in said.err) == ("", True, False)


def facts(folder: Path, **changes: object) -> Path:
    file = folder / "facts.json"
    file.write_text(json.dumps(PRECHECK_QUESTION | changes))
    return file


def test_a_check_with_all_conditions_met_ends_with_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jkp(f"check {facts(tmp_path)}") == 0
    lines = capsys.readouterr().out.splitlines()

    assert lines[0] == "payable if filed on 2025-03-10; the claim may be filed until 2025-09-03"
    assert len(lines) > 10
    assert all(line.startswith("met ") for line in lines[1:])


@pytest.mark.parametrize("words", ["check -", "check", "check --json -", "check - --json"])
def test_a_check_reads_standard_input_where_the_file_is_a_hyphen_or_none(
    words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.BytesIO(json.dumps(PRECHECK_QUESTION).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(typed))
    assert jkp(words) == 0
    assert "payable" in capsys.readouterr().out.splitlines()[1 if "--json" in words else 0]


@pytest.mark.parametrize(
    ("wage", "shown"), [("5.000.000", "Rp5.000.000"), ("Rp4.000.000", "Rp4.000.000"), ("5.000", "Rp5.000")]
)
def test_a_wage_is_read_with_its_thousands_points(
    wage: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jkp(f"estimate --wage {wage} --laid-off-on 2025-02-03 --filed-on 2025-02-10") == 0
    assert f"  {shown}  " in capsys.readouterr().out
    assert jkp("estimate --wage 5.00 --laid-off-on 2025-02-03 --filed-on 2025-02-10") == 2


def test_facts_on_standard_input_that_are_wrong_end_with_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[" * 100_000)))
    assert jkp("check -") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_check_with_a_condition_not_met_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jkp(f"check {facts(tmp_path, age_at_registration=54)}") == 1
    said = capsys.readouterr().out
    assert "age_at_registration: too_old_at_registration" in said
    assert "known: age_at_registration 54, below 54" in said
    assert "would change it: a correction of the birth date or of the day of registration" in said

    assert jkp(f"check {facts(tmp_path, office='none')} --json") == 1
    assert json.loads(capsys.readouterr().out)["outcome"] == "manual_review"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"nik": "3273011708850001"}', "\xff"])
def test_facts_that_cannot_be_read_end_with_2_and_are_not_repeated(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.json"
    file.write_bytes(text.encode("latin-1"))
    assert jkp(f"check {file}") == 2
    assert "3273011708850001" not in capsys.readouterr().err


def test_the_example_of_a_check_is_one_that_can_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jkp("check --example") == 0
    file = tmp_path / "facts.json"
    file.write_text(capsys.readouterr().out)
    assert jkp(f"check {file}") == 0


DOCUMENT_001 = {
    3_000_000: (1_350_000, 8_100_000),
    4_000_000: (1_800_000, 10_800_000),
    5_000_000: (2_250_000, 13_500_000),
    6_000_000: (2_250_000, 13_500_000),
    8_000_000: (2_250_000, 13_500_000),
    10_000_000: (2_250_000, 13_500_000),
}


def table_of_the_page(cells: int) -> list[list[int]]:
    """The rows of docs/law/document-001.md that hold so many amounts and nothing else."""
    text = (ROOT / "docs" / "law" / "document-001.md").read_text("utf-8")
    rows = re.findall(r"^\| (Rp[\d.]+(?: \| Rp[\d.]+)*) \|$", text, re.MULTILINE)
    numbers = [[int(cell.strip("Rp ").replace(".", "")) for cell in row.split("|")] for row in rows]
    return [row for row in numbers if len(row) == cells]


def test_no_row_of_document_001_is_right_and_its_page_says_what_is() -> None:
    table = table_of_the_page(8)
    assert {wage: (monthly, total) for wage, monthly, total, *_ in table} == DOCUMENT_001
    for wage_idr, monthly, total, early, late, total_2021, monthly_2025, total_2025 in table:
        before, after = estimated(wage_idr, "2023-03-03", "2023-03-10"), estimated(wage_idr)
        assert [row.amount_idr for row in before.rows] == [early] * 3 + [late] * 3 != [monthly] * 6
        assert [row.amount_idr for row in after.rows] == [monthly_2025] * 6 != [monthly] * 6
        assert (before.total_idr, after.total_idr) == (total_2021, total_2025)
        assert total not in (total_2021, total_2025)


def test_the_worked_cases_of_document_001_are_answered_too() -> None:
    table = table_of_the_page(4)
    assert [row[:2] for row in table] == [
        [4_000_000, 10_800_000],
        [8_000_000, 13_500_000],
        [3_500_000, 9_450_000],
    ]
    for wage_idr, _, total_2021, total_2025 in table:
        assert estimated(wage_idr, "2023-03-03", "2023-03-10").total_idr == total_2021
        assert estimated(wage_idr).total_idr == total_2025
