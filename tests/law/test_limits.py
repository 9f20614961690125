"""What can be stored at all: every field of every message, fact and event, and JSON itself."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from support.field_walk import Leaf, leaves_of, models_in

from claims import events as e
from claims.commands import command as cmd
from claims.entitlement.contribution_answer import ContributionAnswer
from claims.estimating import EstimateQuestion, PrecheckQuestion
from law.grounds import Frozen
from law.limits import Day, DerivedDay, Instant, Unreadable, as_line, is_storable, parse_json, read_json
from law.periods import day_of, end_of, months_after, start_of

TOLD = sorted(
    models_in(cmd.Command)
    | models_in(ContributionAnswer)
    | models_in(EstimateQuestion)
    | models_in(PrecheckQuestion),
    key=lambda model: model.__name__,
)
STORED = sorted(models_in(e.Event) - set(TOLD), key=lambda model: model.__name__)

NO_DAYS = (0, "0", 1.5, True, "2025-3-1", "2025-02-30", "20250301", "2025-W10-1", "2025-03-01T00:00:00", "")
NO_INSTANTS = (
    0,
    "0",
    1741576800,
    True,
    "2025-03-01",
    "2025-03-01T10:00:00",
    "2025-03-01T23:59:60Z",
    "2025-03-01T24:00:00Z",
    "2025-03-01T10:00:00+24:00",
    "2025-03-01T10:00:00−07:00",
)
NO_NUMBERS = ("5", 5.0, True, "", 10**400, -(10**12), float("nan"))
NO_TRUTHS = (1, 0, "n", "true", "yes", 1.0)
OUTSIDE_DAYS = ("0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31")
OUTSIDE_INSTANTS = (
    "0001-01-01T00:00:00+23:59",
    "1900-01-01T00:00:00+00:01",
    "2201-01-01T00:00:00Z",
    "2200-12-31T23:59:59-00:01",
    "9999-12-31T23:59:59-23:59",
)


def nasty(leaf: Leaf, *, told: bool) -> tuple[object, ...]:
    """What a field of this kind never takes."""
    if leaf.kind is date:
        return NO_DAYS + (OUTSIDE_DAYS if told else ())
    if leaf.kind is datetime:
        return NO_INSTANTS + (OUTSIDE_INSTANTS if told else ())
    if leaf.kind is int:
        return NO_NUMBERS
    if leaf.kind is bool:
        return NO_TRUTHS
    if leaf.kind is float:
        return (0.5,)
    return (5, True, "x" * 5000, *(("a\x00", "a\nb", "\ud800", "a\x85") if told else ()))


@pytest.mark.parametrize("model", TOLD, ids=lambda model: model.__name__)
def test_no_field_that_is_told_takes_what_cannot_be_stored(model: type[Frozen]) -> None:
    written_by_the_engine = {"MovedDeadline.was", "MovedDeadline.now", "MovedDeadline.article"}
    for leaf in leaves_of(model):
        told = leaf.place not in written_by_the_engine
        assert [value for value in nasty(leaf, told=told) if leaf.takes(value)] == [], leaf.place


@pytest.mark.parametrize("model", STORED, ids=lambda model: model.__name__)
def test_no_field_of_an_event_takes_another_type(model: type[Frozen]) -> None:
    for leaf in leaves_of(model):
        assert [value for value in nasty(leaf, told=False) if leaf.takes(value)] == [], leaf.place


def test_the_walk_finds_the_fields_and_a_field_without_limits() -> None:
    class Careless(Frozen):
        name: str
        day: date | None
        numbers: tuple[int, ...]

    assert len(TOLD) > 30
    assert len(STORED) > 50
    for leaf in leaves_of(Careless):
        assert any(leaf.takes(value) for value in nasty(leaf, told=True)), leaf.place


def layoff_reported(**changes: Any) -> bytes:
    stored = json.loads(
        e.EVENT.dump_json(
            e.EVENT.validate_json(
                b'{"type":"deceased","died_on":"2025-03-09",'
                b'"verdict":{"counts":true,"ground":"counts","article":"a"}}'
            )
        )
    )
    return json.dumps(stored | changes).encode()


@pytest.mark.parametrize("died_on", ["0001-01-01", "9999-12-31"])
def test_an_event_stored_before_there_were_limits_is_read_as_it_was(died_on: str) -> None:
    payload = layoff_reported(died_on=died_on)

    with pytest.raises(ValidationError):
        e.EVENT.validate_json(payload)
    event = e.read_event(payload)
    assert isinstance(event, e.Deceased)
    assert event.died_on.isoformat() == died_on
    assert json.loads(event.model_dump_json()) == json.loads(payload)


def test_a_text_stored_with_a_line_break_is_read_as_it_was() -> None:
    payload = (
        b'{"type":"claim_withdrawn","reason":"moved\\naway",'
        b'"verdict":{"counts":true,"ground":"counts","article":"a"}}'
    )

    event = e.read_event(payload)
    assert isinstance(event, e.ClaimWithdrawn)
    assert event.reason == "moved\naway"
    with pytest.raises(ValidationError):
        cmd.WithdrawClaim(reason="moved\naway")


def test_the_days_and_instants_of_the_limits_are_inside() -> None:
    day: TypeAdapter[date] = TypeAdapter(Day)
    instant: TypeAdapter[datetime] = TypeAdapter(Instant)
    derived: TypeAdapter[date] = TypeAdapter(DerivedDay)

    assert day.validate_python("1900-01-01") == date(1900, 1, 1)
    assert day.validate_json('"2200-12-31"') == date(2200, 12, 31)
    assert instant.validate_python("1900-01-01T00:00:00Z") == datetime(1900, 1, 1, tzinfo=UTC)
    assert instant.validate_python("2201-01-01T06:59:59+07:00").isoformat() == "2201-01-01T06:59:59+07:00"
    assert instant.validate_python("2025-03-14t09:30:00.25z") == datetime(2025, 3, 14, 9, 30, 0, 250_000, UTC)
    assert derived.validate_python("2201-04-01") == date(2201, 4, 1)


@pytest.mark.parametrize("at", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
@pytest.mark.parametrize("hours", [-23, 0, 23])
def test_the_ends_of_the_calendar_are_decided_without_overflow(at: datetime, hours: int) -> None:
    stored_at = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    day = day_of(stored_at)

    assert start_of(day) <= end_of(day)
    assert months_after(day, -1) <= months_after(day, 1)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is not JSON at line 1, column 1"),
        (b'{"a": 1,}', "it is not JSON at line 1"),
        (b'\xef\xbb\xbf{"a": 1}', "byte order mark"),
        ('{"a": 1}'.encode("utf-16"), "byte order mark"),
        ('{"a": 1}'.encode("utf-16-le"), "not JSON"),
        ('{"a": "é"}'.encode("latin-1"), "not UTF-8"),
        (b'{"since": 1, "since": 1}', "`since` is given twice"),
        (b'{"a": [{"3273 0117": 1, "3273 0117": 2}]}', "a member is given twice"),
        (b'{"a": NaN}', "NaN is no JSON number"),
        (b'{"a": -Infinity}', "-Infinity is no JSON number"),
        (b'{"a": 1e309}', "too large"),
        (b'{"a": ' + b"9" * 400 + b"}", "more than 20 digits"),
        (b"[" * 33 + b"]" * 33, "more than 32 values"),
        (b"[" * 100_000, "more than 32 values"),
        (b'{"a": "\\u0000"}', "NUL"),
        (b'{"\\ud800": 1}', "surrogate"),
        (b'["\\ud83d"]', "surrogate"),
        (b'"a\nb"', "not JSON"),
        (b"{} {}", "not JSON"),
    ],
)
def test_what_is_no_storable_json_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_json(content)


def test_what_is_storable_json_is_read() -> None:
    assert read_json(b' {"a": [1, -0, 2.5, null, true], "\xc3\xa9": "\\ud83d\\ude00\xe2\x80\x8f"} ') == {
        "a": [1, 0, 2.5, None, True],
        "é": "😀\u200f",
    }
    assert read_json(b"[" * 32 + b"]" * 32)
    assert parse_json(b'["\\u0000"]') == ["\x00"]


def test_many_members_given_twice_are_found_in_no_time() -> None:
    members = ",".join(f'"{number}": 1' for number in range(40_000))
    with pytest.raises(Unreadable, match="given twice"):
        parse_json(f'{{{members}, "39999": 1}}'.encode())


def test_a_text_from_outside_becomes_a_line_that_can_be_stored() -> None:
    assert as_line("a\x00b\ud800c\nd" * 3, 8) == "a�b�c�da"
    assert is_storable("urn:portal", 200)
    assert not any(is_storable(text, 5) for text in ("", "a\x00", "\ud800", "a\nb", "123456"))
