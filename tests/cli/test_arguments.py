"""What is typed as an amount, a day, an instant, an id, a line or a file: what counts, what does not."""

import io
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.arguments import (
    be_writable,
    read_day,
    read_id,
    read_input,
    read_instant,
    read_line,
    read_text,
    storable,
)
from cli.problems import BadInput
from law.money import read_rupiah, rupiah

ID = "0193aaaa-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5000000", 5_000_000),
        ("5.000.000", 5_000_000),
        ("Rp5.000.000", 5_000_000),
        ("Rp 5.000.000", 5_000_000),
        ("Rp5000000", 5_000_000),
        ("rp5.000", 5_000),
        ("6.500", 6_500),
        ("999", 999),
        ("0", 0),
    ],
)
def test_an_amount_is_whole_rupiah_with_or_without_thousands_points(text: str, amount: int) -> None:
    assert read_rupiah(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "Rp", "6,5", "6.50", "6.5", "5.00.000", "5.0000", "5000.000", ".500", "5.", "5..000"),
        *("1e6", "-5", "+5", "0x10", "1_000", "5,000,000", "5 000 000", "5000000,00", "5.000.000,-", "0.500"),
        *("0005", "5000000 ", " 5000000", "5.000.000\n", "Rp  5.000", "IDR 5000", "lima juta", "٥٠٠٠"),
        *("５０００", "9" * 16, "9" * 5000, "1.000.000.000.000.000", "nan", "5.000\x00", "\udcff"),
    ],
)
def test_anything_else_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not whole rupiah; write 5000000, 5\.000\.000 or Rp5\.000\.000$"):
        read_rupiah(text)


@given(st.integers(0, 999_999_999_999_999))
def test_an_amount_is_read_as_it_is_written(amount: int) -> None:
    assert read_rupiah(rupiah(amount)) == read_rupiah(str(amount)) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("31.01.2025", "2025-02-30", "01/02/2025", "2025-1-2", "20250102", "2025-W01-1", "25-01-02", ""),
        *("2025-01-02T00:00", "1899-12-31", "2201-01-01", "0000-01-01", "9999-12-31", "٢٠٢٥-٠١-٠٢", "today"),
        *("2025-01-02\n", " 2025-01-02", "-2025-01-02", "1735776000"),
    ],
)
def test_a_day_is_written_in_one_way(text: str) -> None:
    assert read_day("2025-01-31") == date(2025, 1, 31)
    with pytest.raises(ValueError, match="not a day; write YYYY-MM-DD, 1900 to 2200, as 2025-01-31"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-03-10T08:00", datetime(2025, 3, 10, 1, tzinfo=UTC)),
        ("2025-03-10", datetime(2025, 3, 9, 17, tzinfo=UTC)),
        ("2025-03-10 08:00:01.5", datetime(2025, 3, 10, 1, 0, 1, 500_000, tzinfo=UTC)),
        ("2025-03-10T08:00Z", datetime(2025, 3, 10, 8, tzinfo=UTC)),
        ("2025-03-10T08:00+09:00", datetime(2025, 3, 9, 23, tzinfo=UTC)),
    ],
)
def test_an_instant_without_an_offset_is_meant_in_jakarta(text: str, instant: datetime) -> None:
    assert read_instant(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "yesterday",
            "2025-02-30T08:00",
            "2025-03-10T25:00",
            "2025-03-10T08",
            "20250310T0800",
            "1741568400",
        ),
        *("0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31T23:59:59-12:00", "2025-03-10T08:00+99:00"),
    ],
)
def test_anything_else_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match="not an instant; write it as"):
        read_instant(text)


@pytest.mark.parametrize("text", [ID, f"claim/{ID}", ID.upper()])
def test_a_claim_is_named_by_its_id_or_its_workflow(text: str) -> None:
    assert read_id(text) == UUID(ID)


@pytest.mark.parametrize(
    "text",
    ["3171011203850001", f"transfer/{ID}", f"{{{ID}}}", f"urn:uuid:{ID}", ID.replace("-", ""), "", f"{ID} "],
)
def test_a_nik_or_anything_else_is_no_id_and_is_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not the id of a claim; write it as 0193aaaa-[0-9a-f-]+$"):
        read_id(text)


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "\x1b[31m", "\udcff", "a\x00", "\u2028", "x" * 201])
def test_a_line_is_printable_text(text: str) -> None:
    assert read_line("bukti dilihat, é, 👍") == "bukti dilihat, é, 👍"
    with pytest.raises(ValueError, match=r"^empty|^not one line of at most 200 characters"):
        read_line(text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("rekening sumber diperiksa", "rekening sumber diperiksa"),
        ("\udcff", "\N{REPLACEMENT CHARACTER}"),
        ("a\nb\tc", "a b c"),
        ("\x1b[31mstop\x00", "\N{REPLACEMENT CHARACTER}[31mstop\N{REPLACEMENT CHARACTER}"),
        ("x" * 1000, "x" * 200),
    ],
)
def test_what_cannot_be_stored_is_replaced_where_a_word_must_never_fail(text: str, stored: str) -> None:
    assert storable(text) == stored


@given(st.text(st.characters(categories=None), max_size=300))
def test_every_text_becomes_one_line_that_can_be_stored(text: str) -> None:
    assert "\x00" not in storable(text)
    assert len(storable(text).encode()) <= 800
    assert len(storable(text).splitlines()) <= 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files that no command can read, and one that all can."""
    (tmp_path / "latin").write_bytes(b"\xe9")
    (tmp_path / "large").write_bytes(b"x" * 11)
    (tmp_path / "text").write_bytes(b"\xef\xbb\xbfhalo")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "Is a directory"),
        ("missing", "No such file or directory"),
        ("text/below", "Not a directory"),
        ("n" * 300, "File name too long"),
        ("loop", "Too many levels of symbolic links"),
        ("with\x00nul", "ValueError"),
        ("\udcff", "No such file or directory"),
        ("large", "over 10 bytes, larger than anything that can be meant"),
        ("latin", "byte 0: not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(folder: Path, name: str, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_text(f"{folder}/{name}", most=10)

    [line] = refused.value.lines
    assert line.endswith(f": {why}")
    assert line.isprintable()


def test_a_file_and_standard_input_are_read_alike(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_text(folder / "text", most=10) == "halo"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbfhalo")))
    assert read_text("-", most=10) == "halo"


def test_an_endless_file_is_read_no_further_than_its_limit() -> None:
    with pytest.raises(BadInput, match="over 10 bytes"):
        read_input(Path("/dev/zero"), most=10)


@pytest.mark.parametrize("name", ["", "missing/report.json", "\x00"])
def test_a_report_that_cannot_be_written_is_told_before_the_work(folder: Path, name: str) -> None:
    with pytest.raises(BadInput):
        be_writable(Path(f"{folder}/{name}"))
    be_writable(folder / "report.json")
    assert os.path.getsize(folder / "report.json") == 0
