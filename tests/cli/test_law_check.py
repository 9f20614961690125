"""`jkp law check` as it is typed: cases that hold, a case that does not, a file that cannot be read."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

GOOD = {
    "id": "month-1",
    "title": "Month 1 under the new rules",
    "article": "PP 6/2025 Pasal 21(1)",
    "known": {"wage_idr": 4_000_000},
    "ask": {"what": "month", "month": 1},
    "expect": {"outcome": "authorized", "amount_idr": 2_400_000},
}
WRONG = GOOD | {"id": "month-1-wrong", "expect": {"outcome": "authorized", "amount_idr": 1_800_000}}


async def check(*words: str) -> tuple[int | None, str, str]:
    """Exit code, output and complaints of one `jkp law check`."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "law", "check", *words),
        env={**os.environ, "COLUMNS": "200"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    return process.returncode, said.decode(), complained.decode()


def written(folder: Path, name: str, *cases: object, title: str = "A test") -> Path:
    """A file of cases in a folder."""
    path = folder / name
    path.write_text(json.dumps({"title": title, "source": "a test", "cases": list(cases)}), "utf-8")
    return path


async def test_a_folder_of_cases_that_hold(tmp_path: Path) -> None:
    written(tmp_path, "one.json", GOOD)
    written(tmp_path, "two.json", GOOD | {"id": "month-1-again"})

    assert await check(str(tmp_path)) == (0, "2 cases, 2 hold, 0 do not\n", "")


async def test_a_case_that_does_not_hold_is_shown_with_its_article(tmp_path: Path) -> None:
    file = written(tmp_path, "one.json", GOOD, WRONG)

    code, said, complained = await check(str(tmp_path))

    assert (code, complained) == (1, "")
    assert said.splitlines() == [
        f"FAILED  month-1-wrong  ({file})",
        "  Month 1 under the new rules",
        "  article: PP 6/2025 Pasal 21(1)",
        "  amount_idr: expected 1800000, got 2400000",
        "2 cases, 1 hold, 1 do not",
    ]


async def test_the_same_as_json(tmp_path: Path) -> None:
    file = written(tmp_path, "one.json", GOOD, WRONG)

    code, said, _ = await check(str(file), "--json")

    assert code == 1
    assert json.loads(said) == {
        "cases": 2,
        "failed": 1,
        "faults": [],
        "failures": [
            {
                "file": str(file),
                "id": "month-1-wrong",
                "title": "Month 1 under the new rules",
                "article": "PP 6/2025 Pasal 21(1)",
                "mismatches": [{"field": "amount_idr", "expected": 1_800_000, "got": 2_400_000}],
            }
        ],
    }


async def test_what_cannot_be_read_is_told_with_its_place_and_the_other_cases_are_run(tmp_path: Path) -> None:
    file = written(
        tmp_path, "one.json", GOOD, GOOD | {"id": "wrong-type", "known": {"wage_idr": "4000000"}}, 7, WRONG
    )

    code, said, complained = await check(str(file))

    assert code == 2
    assert complained.splitlines() == [
        f"jkp: {file}: case wrong-type: /cases/1/known/wage_idr: "
        '"4000000" is no whole number: write it in digits alone, as 2400000',
        f"jkp: {file}: case number 3: /cases/2: "
        "7 is no object: a case has id, title, article, known, ask and expect",
    ]
    assert said.splitlines()[-1] == "2 cases, 1 hold, 1 do not"


async def test_what_cannot_be_read_as_json(tmp_path: Path) -> None:
    file = written(tmp_path, "one.json", GOOD, GOOD | {"id": "no-day", "known": {"laid_off_on": 20250303}})

    code, said, _ = await check(str(file), "--json")

    assert code == 2
    assert json.loads(said) == {
        "cases": 1,
        "failed": 0,
        "failures": [],
        "faults": [
            {
                "file": str(file),
                "case": "no-day",
                "pointer": "/cases/1/known/laid_off_on",
                "says": '20250303 is no day: write one, as "2025-03-10"',
            }
        ],
    }


async def test_a_file_that_is_no_file_of_cases(tmp_path: Path) -> None:
    torn, empty = tmp_path / "torn.json", tmp_path / "empty"
    torn.write_text("{", "utf-8")
    empty.mkdir()
    twice = written(tmp_path, "twice.json", GOOD, GOOD)

    code, said, complained = await check(str(torn), str(empty), str(twice), str(tmp_path / "none.json"))

    assert (code, said) == (2, "1 cases, 1 hold, 0 do not\n")
    assert complained.splitlines() == [
        f"jkp: {torn}: not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        f"jkp: {empty}: no *.json file in this folder: name the folder or the file that has the cases",
        f"jkp: {twice}: case month-1: /cases/1/id: stands in {twice} too: give each case an id of its own",
        f"jkp: {tmp_path}/none.json: cannot be read: No such file or directory: "
        "name a file of cases that you may read",
    ]


NOBODYS_DAYS: dict[str, dict[str, object]] = {
    "known/laid_off_on": {"laid_off_on": "9999-12-31"},
    "known/contract_started_on": {"contract_started_on": "0001-01-01"},
    "known/filed_at": {"filed_at": "2101-01-01"},
    "known/decided_at": {"decided_at": "9999-12-31 23:59:59"},
    "known/holidays/0": {"holidays": ["9999-12-31"]},
    "known/earlier_benefits_on/0": {"earlier_benefits_on": ["1899-12-31"]},
    "known/contributions/0/months": {"contributions": [{"months": "9999-12"}]},
    "known/evidence/applied_at": {"evidence": {"applied_at": "9999-12-31"}},
}


async def test_a_day_that_nobody_can_mean_is_one_line_with_file_case_and_field(tmp_path: Path) -> None:
    cases = [GOOD | {"id": f"case-{n}", "known": known} for n, known in enumerate(NOBODYS_DAYS.values())]
    file = written(tmp_path, "one.json", *cases)

    code, said, complained = await check(str(file))

    assert (code, said) == (2, "0 cases, 0 hold, 0 do not\n")
    assert [
        line.partition(" is ")[0].partition(" must ")[0].rpartition(": ")[0]
        for line in complained.splitlines()
    ] == [f"jkp: {file}: case case-{n}: /cases/{n}/{field}" for n, field in enumerate(NOBODYS_DAYS)]


async def test_the_first_and_the_last_day_of_the_format_are_answered(tmp_path: Path) -> None:
    whole = {"ask": {"what": "claim"}, "expect": {"wage_idr": 4_000_000}}
    decided = {"ask": {"what": "eligibility"}}
    first = {"known": {"laid_off_on": "1900-01-01", "contract_started_on": "1900-01-01"}}
    last = {"known": {"laid_off_on": "2100-12-31"}}
    file = written(
        tmp_path,
        "one.json",
        GOOD | first | decided | {"id": "first", "expect": {"decision": "denied"}},
        GOOD | first | whole | {"id": "first-whole", "expect": {"status": "lapsed"}},
        GOOD | last | decided | {"id": "last", "expect": {"decision": "approved"}},
        GOOD | last | whole | {"id": "last-whole"},
    )

    assert await check(str(file)) == (0, "4 cases, 4 hold, 0 do not\n", "")


@pytest.mark.parametrize("deep", ["[" * 21 + "]" * 21, '{"a":' * 100_000])
async def test_a_file_nested_without_end_is_one_line_with_file_and_case(tmp_path: Path, deep: str) -> None:
    file = tmp_path / "one.json"
    cases = f'[{json.dumps(GOOD)},\n{{"id": "deep", "known": {deep}}}]'
    file.write_text(f'{{"title": "A test", "source": "a test", "cases": {cases}}}', "utf-8")

    code, said, complained = await check(str(file))

    assert (code, said) == (2, "0 cases, 0 hold, 0 do not\n")
    assert complained == (
        f"jkp: {file}: case number 2: line 2: nested more than 20 deep; a case needs fewer\n"
    )


async def test_brackets_in_a_text_nest_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, "one.json", GOOD | {"title": '"[' * 50})

    assert await check(str(file)) == (0, "1 cases, 1 hold, 0 do not\n", "")
