"""The table of limits on the integrators' page is the one that holds."""

from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter

from api.http.access import BODY_BYTES_MAX, CLIENT_PATTERN
from api.http.cloud_events import ID
from api.http.receiving import KEY_PATTERN
from api.routes.bodies import Worker
from claims.commands.command import AskForDocuments, AttendTraining, RecordJobSearch
from claims.events.facts import (
    CODE_MAX,
    CODE_PATTERN,
    EARLIER_BENEFITS_MAX,
    MONTHS_MAX,
    PROGRAMMES_MAX,
    ProgrammeDay,
    RupiahAmount,
    ShortText,
)
from law import limits

PAGE = Path(__file__).parents[3] / "docs" / "api.md"


def most(kind: Any, name: str) -> int:
    found: int = TypeAdapter(kind).json_schema()[name]
    return found


def most_of(model: Any, field: str) -> int:
    found: int = model.model_json_schema()["properties"][field]["maxItems"]
    return found


def most_letters(model: Any, field: str) -> int:
    found: int = model.model_json_schema()["properties"][field]["maxLength"]
    return found


def rows() -> list[tuple[str, str]]:
    (near,) = (each for each in get_args(ProgrammeDay) if hasattr(each, "metadata"))
    first, last = (getattr(each, name) for each, name in zip(near.metadata, ("ge", "le"), strict=True))
    return [
        ("a body", f"{BODY_BYTES_MAX:,} bytes, UTF-8 without a byte order mark, not compressed"),
        (
            "JSON",
            f"{limits.DEPTH_MAX} values in one another, {limits.DIGITS_MAX} digits, no member twice, no NaN",
        ),
        ("`X-Client-Id`", f"`{CLIENT_PATTERN}`"),
        ("`Idempotency-Key`", f"`{KEY_PATTERN}`"),
        ("`id` and `source` of an event", f"`{ID.pattern}`"),
        ("a reference, number or code", f"`{CODE_PATTERN}`, at most {CODE_MAX} characters"),
        (
            "a name of a person, an address",
            f"one line of at most {most_letters(Worker, 'address')} characters",
        ),
        ("other text", f"one line of at most {most(ShortText, 'maxLength')} characters"),
        (
            "one line",
            f"`{limits.LINE_PATTERN}`: no control character, no line break, no half of a surrogate pair",
        ),
        ("a day", f"`YYYY-MM-DD`, {limits.DAY_MIN} to {limits.DAY_MAX}"),
        ("`laid_off_on`, the days of an estimate", f"{first} to {last}"),
        ("a time", f"RFC 3339 with seconds and offset, in UTC {limits.DAY_MIN} to {limits.DAY_MAX}"),
        ("a whole number", f"0 to {limits.INTEGER_MAX:,}"),
        ("an amount", f"0 to {most(RupiahAmount, 'maximum'):,} rupiah"),
        ("job-search efforts at once", f"{most_of(RecordJobSearch, 'efforts')}"),
        ("training sessions at once", f"{most_of(AttendTraining, 'sessions')}"),
        ("documents asked for at once", f"{most_of(AskForDocuments, 'documents')}"),
        (
            "a contribution record",
            f"{MONTHS_MAX} months, {PROGRAMMES_MAX} programmes, {EARLIER_BENEFITS_MAX} earlier benefits",
        ),
    ]


def test_the_page_shows_the_limits_that_hold() -> None:
    table = "".join(f"| {what} | {limit} |\n" for what, limit in rows())
    assert f"| What | Limit |\n|---|---|\n{table}" in PAGE.read_text("utf-8"), table
