"""`jkp calendar`: a decree from a file to the open claims, and what is wrong with a file."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.engine_at_work import Engine
from support.store_world import StoreWorld

from cli.database.schema_and_clock import migrate_database
from cli.operations.calendar import (
    list_affected,
    list_versions,
    load_file,
    show_calendar,
    show_difference,
    tell_claims,
)
from cli.operations.decrees import BadDecree, read_decree
from cli.problems import Refused
from store.calendar import official_version, read_calendar, versions

NAMED = official_version()
SKB = "SKB 5/2025"
CSV = "day,kind,name\n2025-02-12,national_holiday,Hari libur yang ditetapkan\n2025-03-31,working_day,\n"
JSON = json.dumps(
    {"version": SKB, "days": [{"day": "2025-02-12", "kind": "national_holiday", "name": "Libur"}]}
)


@pytest.fixture
def decree(tmp_path: Path) -> Path:
    """A decree that makes 12 February 2025 a holiday and takes 31 March back."""
    return saved(tmp_path, CSV)


def saved(folder: Path, content: str, name: str = "skb.csv") -> Path:
    """A file with a content."""
    file = folder / name
    file.write_text(content, "utf-8")
    return file


def complaints(content: str, *, is_json: bool = False) -> tuple[str, ...]:
    with pytest.raises(BadDecree) as found:
        read_decree(content.encode(), is_json=is_json)
    return found.value.lines


async def test_a_decree_is_loaded_once_and_says_what_it_changed(
    world: StoreWorld, decree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.filed()

    assert await load_file(decree, SKB) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"loaded `{SKB}` after `{NAMED}`; woke 1",
        "+  2025-02-12  Wed  national_holiday  Hari libur yang ditetapkan",
        "-  2025-03-31  Mon  national_holiday  Hari Raya Idul Fitri",
        "told 1 open claim(s) whose dates move",
    ]
    assert await load_file(decree, SKB) == 0
    assert capsys.readouterr().out == f"`{SKB}` is loaded already; nothing to do\n"
    await migrate_database()
    assert capsys.readouterr().out == "nothing to apply\n"
    assert (await read_calendar(world.pool)).version == SKB


async def test_every_claim_is_told_once_which_of_its_dates_move(
    world: StoreWorld, decree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.filed()
    await world.filed(nik="3171011203850002")
    moved = "select count(*) from events where type = 'deadline_moved'"

    assert await load_file(decree, SKB) == 0
    assert "told 2 open claim(s) whose dates move" in capsys.readouterr().out
    assert await world.pool.fetchval(moved) == 2
    assert await tell_claims(NAMED, SKB) == 0
    assert await world.pool.fetchval(moved) == 2


async def test_a_json_decree_carries_its_own_name(world: StoreWorld, tmp_path: Path) -> None:
    assert await load_file(saved(tmp_path, JSON, "skb.json"), "") == 0

    assert [v.version for v in await versions(world.pool)] == [NAMED, SKB]


async def test_a_file_with_a_wrong_line_loads_nothing_and_names_every_wrong_line(
    world: StoreWorld, tmp_path: Path
) -> None:
    decree = saved(tmp_path, CSV + "2025-13-01,national_holiday,X\n2025-05-02,holiday,X\n")

    with pytest.raises(Refused) as refused:
        await load_file(decree, SKB)

    assert list(refused.value.lines) == [
        "skb.csv, line 4: `2025-13-01` is not a day; write YYYY-MM-DD, as 2026-03-20",
        "skb.csv, line 5: `holiday` is no kind of day; write national_holiday, collective_leave or "
        "working_day",
        "nothing was loaded",
    ]
    assert [v.version for v in await versions(world.pool)] == [NAMED]


async def test_what_cannot_be_loaded_is_refused_with_what_to_do(
    world: StoreWorld, decree: Path, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="a decree needs a name of 1 to 100 characters: add --version"):
        await load_file(decree, "")
    with pytest.raises(Refused, match=r"missing\.csv: No such file or directory"):
        await load_file(tmp_path / "missing.csv", SKB)
    with pytest.raises(Refused, match=f"`{NAMED}` is the name of another calendar.*; nothing was loaded"):
        await load_file(decree, NAMED)
    saved(tmp_path, "day,kind,name\n2025-02-13,working_day,\n")
    with pytest.raises(Refused, match="2025-02-13 is no holiday and no collective leave in"):
        await load_file(decree, SKB)
    assert [v.version for v in await versions(world.pool)] == [NAMED]


async def test_a_year_of_a_calendar_is_shown(world: StoreWorld, capsys: pytest.CaptureFixture[str]) -> None:
    assert await show_calendar("", 2025, as_json=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], len(lines)) == (f"calendar `{NAMED}`", 29)
    assert "2025-04-02  Wed  collective_leave  Cuti Bersama Hari Raya Idul Fitri" in lines

    assert await show_calendar(NAMED, None, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["days"][0] == {
        "day": "2021-01-01",
        "kind": "national_holiday",
        "name": "Tahun Baru Masehi",
    }
    with pytest.raises(Refused, match="no calendar `SKB 9`: `jkp calendar versions` lists them"):
        await show_calendar("SKB 9", None, as_json=False)


async def test_versions_and_their_difference_are_shown(
    world: StoreWorld, decree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await load_file(decree, SKB)
    capsys.readouterr()

    assert await list_versions(as_json=False) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert (first.split("  ")[0], first.endswith("package")) == (NAMED, True)
    assert (second.split("  ")[0], "file, SHA-256 " in second) == (SKB, True)

    assert await show_difference(SKB, NAMED, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert [day["day"] for day in told["added"]] == ["2025-03-31"]
    assert [day["day"] for day in told["removed"]] == ["2025-02-12"]
    assert await show_difference(SKB, SKB, as_json=False) == 0
    assert capsys.readouterr().out == "no day differs\n"


async def test_who_is_affected_is_listed_with_what_from_when_to_when_and_who_has_to_know(
    world: StoreWorld, decree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filed = await world.filed()
    await load_file(decree, SKB)
    capsys.readouterr()

    assert await list_affected(NAMED, SKB, as_json=False) == 0
    assert capsys.readouterr().out == (
        f"claim/{filed.stream_id}  contribution_record  closes  14 Feb 2025 00:00:00 WIB  to"
        "  15 Feb 2025 00:00:00 WIB  bpjs, claimant\n"
    )
    assert await list_affected(NAMED, SKB, as_json=True) == 0
    [told] = json.loads(capsys.readouterr().out)["claims"]
    assert told["moved"] == [
        {
            "what": "contribution_record",
            "month": 0,
            "owner": "bpjs",
            "edge": "closes",
            "was": "2025-02-13T17:00:00+00:00",
            "now": "2025-02-14T17:00:00+00:00",
            "article": "Permenaker 2/2025 Pasal 13(6)",
            "version": SKB,
            "kept": False,
            "holds": "2025-02-14T17:00:00+00:00",
            "affects": ["bpjs", "claimant"],
        }
    ]
    assert await list_affected(SKB, SKB, as_json=False) == 0
    assert capsys.readouterr().out == "no open claim has a date that moves\n"
    with pytest.raises(Refused, match="no calendar `SKB 9`"):
        await list_affected(SKB, "SKB 9", as_json=False)


async def test_a_worker_at_work_re_dates_its_open_claim_without_being_started_again(
    engine: Engine, decree: Path
) -> None:
    filed = await engine.world.filed()
    due = "select awaited_until from claims"
    async with engine.working():
        await engine.runs(filed.stream_id)
        before = await engine.world.pool.fetchval(due)
        await load_file(decree, SKB)
        await engine.runs(filed.stream_id)

    assert before == datetime(2025, 2, 13, 17, tzinfo=UTC)
    assert await engine.world.pool.fetchval(due) == datetime(2025, 2, 14, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "line 1: the columns are missing; make the first line `day,kind,name`"),
        ("day,name\n", "line 1: the columns are day, name; make the first line `day,kind,name`"),
        ("day,kind,name\n", "no days: a decree names at least one"),
        ("day,kind,name\n2025-02-12,national_holiday\n", "line 2: the name is empty"),
        ("day,kind,name\n2025-02-12,national_holiday,X,Y\n", "line 2: the fields are not day, kind, name"),
        ("day,kind,name\n12/02/2025,national_holiday,X\n", "line 2: `12/02/2025` is not a day; write"),
        ("day,kind,name\n20250212,national_holiday,X\n", "line 2: `20250212` is not a day YYYY-MM-DD"),
        ("day,kind,name\n1999-02-12,national_holiday,X\n", "line 2: `1999-02-12` is not a day YYYY-MM-DD"),
        (
            "day,kind,name\n2025-02-12,national_holiday,X\n\n2025-02-12,collective_leave,Y\n",
            "line 4: 2025-02-12 stands in line 2 already: a day has one kind; leave one of them",
        ),
        (
            'day,kind,name\n2025-02-12,national_holiday,"X\n',
            "line 2: unexpected end of data; correct the quotes",
        ),
        (f"day,kind,name\n2025-02-12,national_holiday,{'X' * 201}\n", "line 2: the name has over 200"),
    ],
)
def test_a_wrong_csv_is_told_by_its_line(content: str, complaint: str) -> None:
    (line,) = complaints(content)
    assert line.startswith(complaint)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[]", "not an object with a list `days`"),
        ('{"days": [}', "not JSON as it is read here: it is not JSON at line 1, column 11"),
        ("[" * 100_000, "not JSON as it is read here: it nests more than 32 values in one another"),
        (
            '{"days": ' + "[" * 40 + "]" * 40 + "}",
            "not JSON as it is read here: it nests more than 32 values in one another",
        ),
        (
            '{"days": [], "version": "SKB", "days": [3]}',
            "not JSON as it is read here: `days` is given twice in one object",
        ),
        (
            '{"days": [{"day": "2025-02-12", "day": "2025-02-13", "kind": "working_day"}]}',
            "not JSON as it is read here: `day` is given twice in one object",
        ),
        ('{"days": [NaN]}', "not JSON as it is read here: NaN is no JSON number"),
        ('{"days": [' + "9" * 5000 + "]}", "not JSON as it is read here: a number has more than 20 digits"),
        ('{"days": 1.5}', "not an object with a list `days`"),
        ('{"days": {}}', "not an object with a list `days`"),
        ('"days"', "not an object with a list `days`"),
        ("", "not JSON as it is read here: it is not JSON at line 1, column 1"),
        ('{"days": [[1]]}', "line 1: the fields are not day, kind, name"),
        ('{"days": [null]}', "line 1: the fields are not day, kind, name"),
        (
            '{"days": [{"day": 20250212, "kind": "working_day"}]}',
            "line 1: the day is not text; write it in quotes",
        ),
        (
            '{"days": [{"day": "2025-02-12", "kind": ["working_day"]}]}',
            "line 1: the fields are not day, kind, name",
        ),
        (
            '{"days": [{"day": "2025-02-12", "kind": "national_holiday", "name": 5.5}]}',
            "line 1: the name is not text; write it in quotes",
        ),
        (
            '{"days": [{"day": "2025-02-12", "kind": "national_holiday", "name": "a\\u0000b"}]}',
            "line 1: the name is not one line of text",
        ),
        (
            '{"days": [{"day": "2025-02-12", "kind": "national_holiday", "name": "\\udcff"}]}',
            "line 1: the name is not one line of text",
        ),
        ('{"days": [], "version": "\\udcff"}', "`version` is not text"),
        ('{"days": [], "decree": "5"}', "`decree` is not a field of a decree"),
        ('{"days": [], "version": 5}', "`version` is not text"),
        ('{"days": []}', "no days: a decree names at least one"),
        ('{"version": "{", "days": [\n\n3]}', "line 3: the fields are not day, kind, name"),
        (
            '{"days": [\n  {"day": "2025-02-12", "kind": "national_holiday", "name": "X"},\n'
            '  {"day": "2025-02-12",\n   "kind": "working_day"}\n], "version": "SKB"}',
            "line 3: 2025-02-12 stands in line 2 already",
        ),
    ],
)
def test_a_wrong_json_is_told_by_its_line(content: str, complaint: str) -> None:
    (line,) = complaints(content, is_json=True)
    assert line.startswith(complaint)


async def test_a_file_that_is_no_decree_at_all_is_told_in_few_lines(
    world: StoreWorld, tmp_path: Path
) -> None:
    large = saved(tmp_path, "day,kind,name\n" + "x,y,z\n" * 200_000, "large.csv")
    with pytest.raises(Refused, match="over 1,000,000 bytes"):
        await load_file(large, SKB)
    many = saved(tmp_path, "day,kind,name\n" + "x,y,z\n" * 1_000, "many.csv")
    with pytest.raises(Refused) as refused:
        await load_file(many, SKB)
    assert (len(refused.value.lines), refused.value.code) == (52, 2)
    assert refused.value.lines[-2:] == ("and 950 lines more", "nothing was loaded")


def test_a_json_file_saved_with_a_byte_order_mark_is_read_as_it_is() -> None:
    assert read_decree(("\ufeff" + JSON).encode(), is_json=True).version == SKB


def test_a_table_saved_by_a_spreadsheet_is_read_as_it_is() -> None:
    saved = "\ufeffday;kind;name\r\n2025-02-12;national_holiday;Libur\r\n".encode()

    decree = read_decree(saved, is_json=False)

    assert [(str(day.day), day.kind, day.name) for day in decree.days] == [
        ("2025-02-12", "national_holiday", "Libur")
    ]


def test_a_file_in_another_encoding_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadDecree, match="byte 4: not UTF-8; save the file as UTF-8"):
        read_decree(b"day,\xe9", is_json=False)
