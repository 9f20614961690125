"""The law as tests: every case of tests/claims/law/, through the runner that `jkp law check` uses."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from support.other_values import another

from claims.events.basis import StatutoryGround
from law.grounds import Ground
from lawcases.files.reading import BadCases, Found, read_paths, read_text
from lawcases.format.beside import ContributionCase, EnrolmentCase, ParticipationCase, ValueCase
from lawcases.format.cases import KINDS, Case, ClaimCase, schema
from lawcases.format.payers import ReimbursementCase
from lawcases.lives.running import run

ROOT = Path(__file__).parents[2]
PACK = Path(__file__).parents[1] / "claims" / "law"
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

    assert len(names) >= 1200
    assert len(set(names)) == len(names)


def test_every_kind_of_question_is_asked_under_both_regimes() -> None:
    asked = {(found.case.ask.what, day_asked_about(found.case) < AMENDED_ON) for found in FOUND}

    assert asked == {(kind, old) for kind in KINDS for old in (True, False)}


# Grounds that no decision over a claim's law carries: what the doors, the bank and the letters say.
BESIDE_THE_LAW = {
    Ground.MET: "a condition that is met has no ground to name",
    Ground.ALL_MONTHS_DECIDED: "told in letters; the status is `exhausted`",
    Ground.OFFICER_DECISION: "an officer's decision carries the ground of what it decides",
    Ground.MONTH_ALREADY_DECIDED: "no decision carries it",
    Ground.NOT_IN_ARREARS: "stands beside a decision that counts: test_payer_named.py",
    Ground.COUNSELLING_MISSING: "counselling is a duty that no payment hangs on",
    Ground.ACCOUNT_REFUSED: "of the bank",
    Ground.NOT_EXECUTED: "of the bank",
    Ground.RETURNED_BY_BANK: "of the bank",
    Ground.MESSAGE_ID_REUSED: "of the HTTP API",
    Ground.CANNOT_BE_RECORDED: "of the inbox",
}


def test_every_ground_of_a_decision_is_expected_in_some_case() -> None:
    expected = {ground for found in FOUND for ground in grounds_of(found.case)}

    assert {ground.value for ground in Ground} - expected == {ground.value for ground in BESIDE_THE_LAW}


def test_of_the_grounds_on_which_a_machine_may_refuse_only_counselling_is_expected_nowhere() -> None:
    assert set(get_args(StatutoryGround)) & BESIDE_THE_LAW.keys() == {Ground.COUNSELLING_MISSING}


def grounds_of(case: Case) -> Iterator[str]:
    """Every ground that a case expects, wherever it stands."""
    if case.expect.ground is not None:
        yield case.expect.ground
    if isinstance(case, ClaimCase):
        expect = case.expect
        yield from [*(expect.lost or {}).values(), *(expect.cancelled or {}).values()]
        yield from (ground for ground in expect.answers or () if ground is not None)
        yield from (question.ground for question in expect.open_questions or ())


@pytest.mark.parametrize("kind", ["claim", "payer", "employer_owes", "reimbursement"])
def test_a_wrong_expectation_of_a_claim_or_a_payer_is_found_wrong_field_by_field(kind: str) -> None:
    asked = [found.case for found in FOUND if found.case.ask.what == kind]
    assert len(asked) >= 15
    tried: Counter[str] = Counter()
    for case in asked:
        for name in {name for name in case.expect.model_fields_set if tried[name] < 8}:
            tried[name] += 1
            other = case.expect.model_copy(update={name: another(getattr(case.expect, name))})
            assert [one.field for one in run(case.model_copy(update={"expect": other}))] == [name], case.id


def test_a_part_of_an_expected_question_or_debt_that_is_wrong_is_found() -> None:
    parts = [
        (found.case, name, part)
        for found in FOUND
        if isinstance(found.case, ClaimCase)
        for name in ("open_questions", "receivables")
        for part in getattr(found.case.expect, name) or ()
    ]
    assert len(parts) >= 20
    for case, name, part in parts:
        for field in part.model_fields_set:
            wrong = part.model_copy(update={field: another(getattr(part, field))})
            rest = tuple(wrong if each is part else each for each in getattr(case.expect, name))
            expect = case.expect.model_copy(update={name: rest})
            assert [one.field for one in run(case.model_copy(update={"expect": expect}))] == [name], case.id


CLAIM = '"ask": {"what": "claim"}, "expect": {"status": "running"}'


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        (
            f'"known": {{"wage_idr": 1, "wage_idr": 2}}, {CLAIM}',
            "/cases/0/known/wage_idr: is given twice: give it once",
        ),
        (
            f'"known": {{"messages": [{{"at": "2025-03-11", "say": "answer", "salary": 1}}]}}, {CLAIM}',
            "/cases/0/known/messages/0/salary: is no field of the format here: "
            "leave it out, or see docs/law/cases.md for its name",
        ),
        (
            f'"known": {{"messages": [{{"at": "2025-02-30", "say": "death"}}]}}, {CLAIM}',
            "/cases/0/known/messages/0/at: 2025-02-30 is no time: "
            'write one, as "2025-03-10 23:59:59", or a day',
        ),
        (
            '"ask": {"what": "claim"}, "expect": {"answers": ["bad_luck"]}',
            '/cases/0/expect/answers/0: "bad_luck" is no ground: see law/grounds.py for those that there are',
        ),
        (
            '"ask": {"what": "claim"}, "expect": {"open_questions": [{"ground": "bad_luck"}]}',
            '/cases/0/expect/open_questions/0/ground: "bad_luck" is no ground: '
            "see law/grounds.py for those that there are",
        ),
        (
            '"ask": {"what": "reimbursement", "asked_on": "2025-06-31"}, "expect": {"reimbursed": true}',
            '/cases/0/ask/asked_on: "2025-06-31" is no day: write one, as "2025-03-10"',
        ),
    ],
)
def test_a_case_that_cannot_be_read_is_one_line_with_file_case_and_field(parts: str, complaint: str) -> None:
    case = f'{{"id": "x", "title": "x", "article": "x", {parts}}}'
    with pytest.raises(BadCases) as bad:
        read_text(f'{{"title": "t", "source": "s", "cases": [{case}]}}', "one.json")

    assert bad.value.complaints == [f"one.json: case x: {complaint}"]


def day_asked_about(case: Case) -> date:
    """The layoff, or the day of what is asked about where there is none."""
    match case:
        case ParticipationCase() | ValueCase():
            return case.ask.on
        case ReimbursementCase():
            return case.ask.asked_on
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
