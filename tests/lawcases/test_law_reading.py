"""How a file of cases is read: one line for each fault, with its file, its case, its place and what to do."""

import json
from pathlib import Path

import pytest

from law.limits import Unreadable, read_json
from lawcases.files.reading import BYTES_MAX, Reading, read_all

CLAIM = '"ask": {"what": "claim"}, "expect": {"status": "running"}'
DEADLINE = '"ask": {"what": "deadline", "of": "filing"}, "expect": {"last_day": "2025-09-03"}'
WHOLE = "is no whole number: write it in digits alone, as 2400000"
DAY = 'is no day: write one, as "2025-03-10"'
NEITHER = "is neither true nor false: write one of them, without quotes"
UNSHOWABLE = "holds a control character or half of a surrogate pair: leave it out"
TWICE = "is given twice: give it once"
NO_FIELD = "is no field of the format here: leave it out, or see docs/law/cases.md for its name"


def told(content: bytes) -> list[str]:
    """The complaints about a file."""
    reading = Reading()
    reading.take(content, "one.json")
    return list(map(str, reading.complaints))


def of_a_case(parts: str) -> list[str]:
    """The complaints about one case, without the file and the case."""
    case = f'{{"id": "x", "title": "x", "article": "x", {parts}}}'
    complaints = told(f'{{"title": "t", "source": "s", "cases": [{case}]}}'.encode("utf-8", "surrogatepass"))
    assert all(complaint.startswith("one.json: case x: /cases/0") for complaint in complaints)
    return [complaint.removeprefix("one.json: case x: /cases/0") for complaint in complaints]


def known(fields: str, rest: str = CLAIM) -> str:
    """The one complaint about what is known in a case, without its place above."""
    [complaint] = of_a_case(f'"known": {{{fields}}}, {rest}')
    return complaint.removeprefix("/known")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty: a file of cases is an object with title, source and cases"),
        (b" \n", "is empty: a file of cases is an object with title, source and cases"),
        (b"\xef\xbb\xbf{}", "begins with a byte order mark: save it as UTF-8 without one"),
        (b"\xff\xfe{\x00}\x00", "begins with a byte order mark: save it as UTF-8 without one"),
        (b'{"title": "\xff"}', "is not UTF-8 (byte 12): save it as UTF-8"),
        (b"{]", "not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (b"{} {}", "not JSON: Extra data: line 1 column 4 (char 3)"),
        (b"[]", "is no object: a file of cases has title, source and cases"),
        (b"null", "is no object: a file of cases has title, source and cases"),
        (
            b'{"title": "t", "source": "s", "cases": [], "kasus": []}',
            "/kasus: is no field of a file: it has title, source, cases",
        ),
        (b'{"title": "t", "source": "s", "cases": {}}', "/cases: a list with at least one case is needed"),
        (
            b'{"title": 1, "source": "s", "cases": [1]}',
            "/title: a text is needed: say what the cases are about",
        ),
        (b'{"title": "t", "title": "u", "source": "s", "cases": [1]}', f"/title: {TWICE}"),
        (
            b'{"title": "t", "source": "s", "cases": NaN}',
            "/cases: NaN is no JSON number: write a number or null",
        ),
        (b'{"title": "t", "source": "\\u0000", "cases": [1]}', f"/source: {UNSHOWABLE}"),
    ],
)
def test_a_file_that_is_none_of_cases(content: bytes, complaint: str) -> None:
    assert any(line.startswith(f"one.json: {complaint}") for line in told(content)), told(content)


@pytest.mark.parametrize(
    ("case", "complaint"),
    [
        (
            '"a text"',
            'case number 1: /cases/0: "a text" is no object: a case has id, title, article, known, ask',
        ),
        ("7.5", "case number 1: /cases/0: 7.5 is no whole number"),
        ("null", "case number 1: /cases/0: null is no object"),
        ("[]", "case number 1: /cases/0: [] is no object"),
        (
            "{}",
            'case number 1: /cases/0/ask: an object is needed that names its question, as {"what": "claim"}',
        ),
        ('{"id": "x", "ask": "claim"}', "case x: /cases/0/ask: an object is needed that names its question"),
        ('{"id": "x", "ask": {"what": 1}}', "case x: /cases/0/ask/what: 1 is not one of eligibility, month"),
        ('{"id": "\\ud800", "ask": {}}', rf"case \ud800: /cases/0/id: {UNSHOWABLE}"),
    ],
)
def test_what_is_no_case(case: str, complaint: str) -> None:
    [line] = told(f'{{"title": "t", "source": "s", "cases": [{case}]}}'.encode())
    assert line.startswith(f"one.json: {complaint}")


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ('"wage_idr": 4000000.0', f"/wage_idr: 4000000.0 {WHOLE}"),
        ('"wage_idr": 4e6', f"/wage_idr: 4e6 {WHOLE}"),
        ('"wage_idr": NaN', "/wage_idr: NaN is no JSON number: write a number or null"),
        ('"wage_idr": -Infinity', "/wage_idr: -Infinity is no JSON number: write a number or null"),
        ('"wage_idr": "4000000"', f'/wage_idr: "4000000" {WHOLE}'),
        ('"wage_idr": true', f"/wage_idr: true {WHOLE}"),
        ('"wage_idr": -1', "/wage_idr: -1 is too small: the least is 0"),
        (
            '"wage_idr": 10000000001',
            "/wage_idr: 10000000001 is too large: the most is 10000000000",
        ),
        (
            f'"wage_idr": 1{"0" * 5000}',
            "/wage_idr: a number has more than 20 digits: write the number that is meant",
        ),
        ('"wage_idr": 1, "wage_idr": 2', f"/wage_idr: {TWICE}"),
        ('"laid_off_on": 20250303', f"/laid_off_on: 20250303 {DAY}"),
        ('"laid_off_on": "1741564800"', f'/laid_off_on: "1741564800" {DAY}'),
        ('"laid_off_on": "2025-03-03T00:00:00"', f'/laid_off_on: "2025-03-03T00:00:00" {DAY}'),
        ('"laid_off_on": "2025-02-30"', f'/laid_off_on: "2025-02-30" {DAY}'),
        (
            '"laid_off_on": "1899-12-31"',
            "/laid_off_on: 1899-12-31 must lie between 1900-01-01 and 2100-12-31: give a day between them",
        ),
        (
            '"laid_off_on": "2201-01-01"',
            "/laid_off_on: 2201-01-01 must lie between 1900-01-01 and 2100-12-31: give a day between them",
        ),
        ('"registered": 1', f"/registered: 1 {NEITHER}"),
        ('"registered": "n"', f'/registered: "n" {NEITHER}'),
        ('"files": null', f"/files: null {NEITHER}"),
        ('"employer": "\\u0000"', f"/employer: {UNSHOWABLE}"),
        ('"employer": "\\ud800"', f"/employer: {UNSHOWABLE}"),
        ('"gaji": 1', f"/gaji: {NO_FIELD}"),
        (
            '"filed_at": "2025-03-10 25:00:00"',
            '/filed_at: 2025-03-10 25:00:00 is no time: write one, as "2025-03-10 23:59:59", or a day',
        ),
        ('"programmes": "JKK"', '/programmes: "JKK" is no list: write [...]'),
        ('"lived_months": [1]', "/lived_months/0: 1 is too small: the least is 2"),
        (
            '"contributions": [{"months": "2025-02..2024-03"}]',
            "/contributions/0/months: 2025-02..2024-03: the last month comes before the first; "
            "write the earlier one first",
        ),
        (
            '"contract_started_on": "2025-01-02", "contract_ends_on": "2025-01-01"',
            "/contract_ends_on: 2025-01-01 lies before the contract began, 2025-01-02: put one of them right",
        ),
        (
            '"decided_at": "2025-03-09"',
            "/decided_at: lies before filed_at; nothing is decided before it is filed",
        ),
        ('"messages": [{"say": "death"}]', "/messages/0/at: is missing: give it"),
        ('"messages": [{"at": "2025-03-20"}]', "/messages/0/say: is missing: give it"),
        ('"messages": [7]', "/messages/0: 7 is no object: write {...}"),
        (
            '"messages": [{"at": "2025-03-01", "say": "death"}]',
            "/messages/0/at: 2025-03-01 10:00:00 lies before the layoff is reported, "
            "2025-03-03 08:00:00: there is no claim yet; give a later time",
        ),
        (
            '"messages": [{"at": "2025-03-20", "say": "contribution_record", "wage_idr": null}]',
            "/messages/0/wage_idr: null replaces nothing; leave the field out",
        ),
        (
            '"messages": [{"at": "2025-03-20", "say": "layoff_report", "contract_ends_on": "2019-01-06"}]',
            "/messages/0/contract_ends_on: 2019-01-06 lies before the contract began, "
            "2019-01-07: put one of them right",
        ),
    ],
)
def test_what_is_wrong_with_what_is_known_is_one_line_with_its_place(fields: str, complaint: str) -> None:
    assert known(fields) == complaint


def test_a_message_whose_word_nobody_knows_names_those_that_there_are() -> None:
    complaint = known('"messages": [{"at": "2025-03-20", "say": "pension"}]')

    assert complaint.startswith('/messages/0/say: "pension" is not one of layoff_report, ')


def test_what_comes_before_the_layoff_has_no_claim_to_speak_to() -> None:
    early = '"known": {"told": [{"company": "PT A", "done_on": "2025-03-02"}]}'
    asked = '"ask": {"what": "job_application", "application": {"company": "PT B", "done_on": "2025-03-02"}}'
    [told_early] = of_a_case(f'{early}, {asked}, "expect": {{"counts": true}}')
    assert told_early.startswith("/known/told/0: 2025-03-02 12:00:00 lies before the layoff is reported")
    [asked_early] = of_a_case(f'{asked}, "expect": {{"counts": true}}')
    assert asked_early.startswith("/ask/application: 2025-03-02 12:00:00 lies before the layoff is reported")
    [looked_early] = of_a_case('"ask": {"what": "claim", "on": "2025-03-02"}, "expect": {"total_idr": 0}')
    assert looked_early.startswith("/ask/on: 2025-03-02 23:59:59 lies before the layoff is reported")
    [searched_early] = of_a_case(
        '"known": {"evidence": {"searched_on": "2025-03-01"}}, "ask": {"what": "month", "month": 2}, '
        '"expect": {"outcome": "authorized"}'
    )
    assert searched_early.startswith("/known/evidence/searched_on: 2025-03-01 12:00:00 lies before")


def test_a_report_of_the_worker_may_come_first_and_a_decree_at_any_time() -> None:
    first = '{"at": "2025-03-01", "say": "layoff_report", "by": "participant"}'
    decree = '{"at": "2025-02-01", "say": "calendar_change", "holidays": ["2025-03-04"]}'
    second = '{"at": "2025-03-02", "say": "layoff_withdrawal", "by": "participant"}'
    assert of_a_case(f'"known": {{"messages": [{decree}, {first}, {second}]}}, {CLAIM}') == []


def test_several_faults_of_a_case_are_each_told_once() -> None:
    faults = of_a_case(f'"known": {{"wage_idr": null, "gaji": 1, "messages": [{{"say": "death"}}]}}, {CLAIM}')

    assert [line.partition(": ")[0] for line in faults] == [
        "/known/wage_idr",
        "/known/messages/0/at",
        "/known/gaji",
    ]


def test_a_fault_of_one_case_leaves_the_others_to_be_run() -> None:
    cases = [f'{{"id": "case-{n}", "title": "x", "article": "x", {DEADLINE}}}' for n in range(3)]
    cases[1] = cases[1].replace("2025-09-03", "2025-09-31")
    reading = Reading()
    reading.take(f'{{"title": "t", "source": "s", "cases": [{", ".join(cases)}]}}'.encode(), "one.json")

    assert [found.case.id for found in reading.found] == ["case-0", "case-2"]
    assert [complaint.case for complaint in reading.complaints] == ["case-1"]


def test_files_that_cannot_be_read_are_told_and_the_others_are(tmp_path: Path) -> None:
    case = json.loads(f'{{"id": "one", "title": "x", "article": "x", {DEADLINE}}}')
    (tmp_path / "good.json").write_text(json.dumps({"title": "t", "source": "s", "cases": [case]}), "utf-8")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "huge.json").write_bytes(b" " * (BYTES_MAX + 1))

    reading = read_all([tmp_path, tmp_path / ("n" * 300)])

    assert [found.case.id for found in reading.found] == ["one"]
    assert [line.says.partition(":")[0] for line in reading.complaints] == [
        "cannot be read",
        f"is larger than {BYTES_MAX} bytes",
        "cannot be read",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf{}",
        b"\xff",
        b"",
        b"{",
        b'{"title": NaN}',
        b'{"title": "t", "title": "t"}',
        b'{"title": "\\ud800"}',
        b'{"title": "\\u0000"}',
        b'{"title": 123456789012345678901}',
        b'{"title": ' + b"[" * 40 + b"]" * 40 + b"}",
    ],
)
def test_what_cannot_be_stored_is_no_case_either(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_json(content)
    assert told(content) != []
