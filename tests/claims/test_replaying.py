"""A past decision comes out again with what was known at its time, and what does not is reported."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    approved,
    certification,
    lived,
    lived_through,
    paid,
    searched,
)

from claims import events as e
from claims.commands import command as cmd
from claims.reconstruction import message_of
from claims.replaying import Found, Known, Mismatch, NotReplayed, replay
from claims.state.claim import Claim
from claims.state.evolving import fold
from law.regimes import LAW
from law.rules import Cited, Law

EVENTS = Path(__file__).parents[1] / "events"
FOLLOW_BY_THEMSELVES = {
    "benefit_authorized",
    "benefit_ceased",
    "benefit_resumed",
    "claim_approved",
    "claim_denied",
    "claim_exhausted",
    "claim_lapsed",
    "claim_reconsidered",
    "claim_referred",
    "claim_reinstated",
    "month_adjusted",
    "month_forfeited",
    "month_reinstated",
    "payer_redetermined",
    "payment_cancelled",
    "payment_ordered",
    "question_decided",
    "receivable_dropped",
    "receivable_found",
    "wage_redetermined",
}


def replayed(stream: tuple[Known, ...], grace: timedelta = timedelta()) -> list[Found]:
    return list(replay(stream, {LAW.version: LAW}, {WEEKENDS_ONLY.version: WEEKENDS_ONLY}, grace))


def test_six_months_come_out_again() -> None:
    assert replayed(lived_through(approved()).stream) == []
    assert replayed(lived_through(approved(2024)).stream) == []


def test_a_month_forfeited_and_brought_back_comes_out_again() -> None:
    story = searched(lived_through(approved(), 2), 3).wake("2025-05-20")
    late = story.when(certification(3), "2025-05-20", received="2025-05-12").wake("2025-05-20")

    assert [type(event).__name__ for event in late.events if "month_re" in event.type] == ["MonthReinstated"]
    assert replayed(late.stream) == []


def test_a_message_of_the_last_minute_is_decided_by_the_grace_of_then() -> None:
    story = searched(lived_through(approved(), 2), 3)
    story = replace(story, grace=timedelta(minutes=2))
    told = story.when(certification(3), "2025-05-16 00:00:30", received="2025-05-15 23:59:59")

    assert [event.month for event in told.new(e.BenefitAuthorized)] == [3]
    assert replayed(told.stream, timedelta(minutes=2)) == []
    [left_out] = replayed(told.stream)
    assert isinstance(left_out, Mismatch)
    assert left_out.recorded is None


@pytest.mark.parametrize("path", sorted(EVENTS.glob("*.json")), ids=lambda path: path.stem)
def test_every_event_is_a_messages_and_can_be_retold_or_follows_by_itself(path: Path) -> None:
    event = e.EVENT.validate_json(path.read_bytes())
    claim = fold([*approved().events])

    message = message_of([event], claim)

    asked_by_nobody = isinstance(event, e.QuestionAsked) and not event.documents
    assert (message is None) == (event.type in FOLLOW_BY_THEMSELVES or asked_by_nobody)


def test_only_the_question_for_documents_is_a_messages() -> None:
    asked = e.EVENT.validate_json((EVENTS / "question_asked.json").read_bytes())
    assert isinstance(asked, e.QuestionAsked)

    told = message_of([asked.model_copy(update={"documents": ("contract",)})], Claim())

    assert told is not None
    assert told.kind == "document_request"
    assert message_of([asked.model_copy(update={"documents": ()})], Claim()) is None


def changed(story: Story, kind: str, was: bytes, now: bytes) -> tuple[Known, ...]:
    """The stream with some bytes of its first event of a type changed."""
    first = next(n for n, event in enumerate(story.events) if event.type == kind)
    assert was in story.stream[first].payload
    payload = story.stream[first].payload.replace(was, now, 1)
    return (*story.stream[:first], replace(story.stream[first], payload=payload), *story.stream[first + 1 :])


def test_what_was_told_before_there_were_limits_is_named_and_not_decided_again() -> None:
    story = approved().when(cmd.ReportDeath(died_on=date(2025, 3, 9)), "2025-03-12")
    version = next(n for n, event in enumerate(story.events, 1) if event.type == "deceased")

    found = replayed(changed(story, "deceased", b"2025-03-09", b"9999-12-31"))

    assert found[0] == NotReplayed(
        version, "deceased", "what was told lies outside the limits that hold since"
    )


@pytest.mark.parametrize(
    ("kind", "was", "now"),
    [
        ("claim_approved", b'"regime":"2025"', b'"regime":"2021"'),
        ("benefit_authorized", b'"rate":"0.60"', b'"rate":"0.61"'),
        ("month_forfeited", b"job_search_insufficient", b"attendance_insufficient"),
        ("month_certified", b"PP 37", b"PP 38"),
        ("job_application_recorded", b'"month":2', b'"month":3'),
        ("payment_ordered", b'"attempt":1', b'"attempt":2'),
    ],
)
def test_one_changed_detail_of_a_decision_is_found_where_it_stands(kind: str, was: bytes, now: bytes) -> None:
    story = lived(paid(approved(), 1), 2)
    story = story.when(certification(3), "2025-05-10").wake("2025-05-16")
    if kind == "month_certified":
        was, now = b'"certified_on":"2025-04-10"', b'"certified_on":"2025-04-11"'
    version = next(n for n, event in enumerate(story.events, 1) if event.type == kind)

    found = replayed(changed(story, kind, was, now))

    assert replayed(story.stream) == []
    assert found[0].version == version
    assert isinstance(found[0], Mismatch)
    assert found[0].recorded is not None
    assert found[0].recorded.type == kind


def test_what_cannot_be_read_ends_the_replay_and_is_told() -> None:
    story = approved()
    broken = (*story.stream[:3], replace(story.stream[3], payload=b"{"), *story.stream[4:])

    found = replayed(broken)

    assert NotReplayed(4, "unreadable", "the payload is not an event") in found


def test_what_another_calendar_decided_is_not_replayed() -> None:
    story = approved()

    found = list(replay(story.stream, {LAW.version: LAW}, {}))

    assert {type(each) for each in found} == {NotReplayed}
    assert len(found) == len(story.stream)


def test_an_event_recorded_before_its_basis_was_kept_comes_out_without_it() -> None:
    story = searched(paid(approved(), 1), 2).wake("2025-04-16")
    [lost] = story.new(e.MonthForfeited)
    basis = b',"basis":' + lost.basis.model_dump_json().encode()

    assert replayed(changed(story, "month_forfeited", basis, b"")) == []


@pytest.mark.parametrize("name", [field.name for field in fields(LAW.regimes[1]) if field.name != "name"])
def test_a_law_that_says_anything_else_has_another_version(name: str) -> None:
    rules = LAW.regimes[1]
    law = Law((LAW.regimes[0], replace(rules, **{name: otherwise(getattr(rules, name))})))

    assert law.version != LAW.version
    assert law.version.startswith("2021+2025/")


def otherwise(value: object) -> Any:
    """Another value of the same kind."""
    match value:
        case Cited(value=said, citation=citation, since=since):
            return Cited(said, f"{citation} (2)", since)
        case date():
            return value + timedelta(days=1)
    return f"{value} (2)"


def test_a_law_that_says_the_same_has_the_same_version() -> None:
    rates: Cited[tuple[Decimal, ...]] = Cited(
        (Decimal("0.60"),) * 6, LAW.regimes[1].replacement_rates.citation, LAW.regimes[1].in_force_from
    )
    same = Law((LAW.regimes[0], replace(LAW.regimes[1], replacement_rates=rates)))

    assert same is not LAW
    assert same.version == LAW.version
