"""Decided again: several looks at one instant, what was left out, and what became of an order at the bank."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_filing,
    a_layoff,
    a_record,
    applications,
    approved,
    certification,
    decided,
    lived,
    lived_through,
    paid,
    reported,
    self_assessment,
    wib,
)

from claims import events as e
from claims.commands import command as cmd
from claims.events.facts import ContributionRecord
from claims.reconstruction import message_of
from claims.replaying import Found, Known, Mismatch, NotReplayed, replay
from claims.state.claim import Claim
from law.grounds import Ground, counts
from law.regimes import LAW
from law.rules import Office

TWO_MINUTES = timedelta(minutes=2)


def replayed(stream: tuple[Known, ...], grace: timedelta = timedelta()) -> list[Found]:
    return list(replay(stream, {LAW.version: LAW}, {WEEKENDS_ONLY.version: WEEKENDS_ONLY}, grace))


def without(story: Story, *kinds: str) -> tuple[Known, ...]:
    """The stream as if events of these kinds had never been recorded; the others keep their versions."""
    known = zip(story.stream, story.events, strict=True)
    return tuple(each for each, event in known if event.type not in kinds)


def version_of(story: Story, kind: str) -> int:
    return next(n for n, event in enumerate(story.events, 1) if event.type == kind)


def types(found: list[Found]) -> list[tuple[int, str | None, str | None]]:
    """Version, kind recorded and kind that comes out."""
    return [
        (each.version, kind_of(each.recorded), kind_of(each.replayed))
        for each in found
        if isinstance(each, Mismatch)
    ]


def kind_of(event: e.Event | None) -> str | None:
    return None if event is None else event.type


def test_what_another_law_or_another_calendar_decided_is_told_by_the_name_of_either() -> None:
    story, laws = reported(), {LAW.version: LAW}
    calendars = {WEEKENDS_ONLY.version: WEEKENDS_ONLY}
    by_law = NotReplayed(1, "layoff_reported", f"law {LAW.version} is not known here")
    by_calendar = NotReplayed(1, "layoff_reported", "calendar weekends only is not known here")
    assert list(replay(story.stream, {}, calendars)) == [by_law]
    assert list(replay(story.stream, {}, {})) == [by_law]
    assert list(replay(story.stream, laws, {})) == [by_calendar]


def test_nothing_after_an_event_that_cannot_be_read_is_told() -> None:
    story = lived_through(approved(), 3)
    broken = (*story.stream[:2], replace(story.stream[2], payload=b"{"), *story.stream[3:])
    assert replayed(broken) == [NotReplayed(3, "unreadable", "the payload is not an event")]


def test_what_should_have_followed_at_the_end_of_a_stream_is_told() -> None:
    story = approved()
    granted = version_of(story, "benefit_authorized")
    cut = without(story, "benefit_authorized", "payment_ordered")
    assert types(replayed(cut)) == [(granted, None, "benefit_authorized")]


def test_what_should_have_followed_in_a_step_is_told_there_and_not_in_the_next_step() -> None:
    story = approved().when(self_assessment("2025-03-11"), "2025-03-11")
    granted = version_of(story, "benefit_authorized")
    cut = without(story, "benefit_authorized", "payment_ordered")
    assert types(replayed(cut))[0] == (granted, None, "benefit_authorized")


def test_what_should_have_followed_before_a_message_is_told_at_its_first_event() -> None:
    story = lived_through(approved(), 1).when(applications(3, "2025-04-20"), "2025-04-20")
    lost = version_of(story, "month_forfeited")
    assert replayed(story.stream) == []
    assert types(replayed(without(story, "month_forfeited")))[0] == (lost + 1, None, "month_forfeited")


def test_a_changed_detail_is_told_once_with_what_comes_out_and_all_that_follows_agrees() -> None:
    story = lived(paid(approved(), 1), 2)
    nth = version_of(story, "benefit_authorized") - 1
    payload = story.stream[nth].payload.replace(b"Pasal 21(1)", b"Pasal 22(1)")
    changed = (*story.stream[:nth], replace(story.stream[nth], payload=payload), *story.stream[nth + 1 :])
    [found] = replayed(changed)
    assert isinstance(found, Mismatch)
    assert found.replayed == story.events[nth]
    assert found.recorded != found.replayed


def test_every_changed_detail_of_a_step_is_told() -> None:
    story, changed = approved(), list(approved().stream)
    for kind, was, now in (
        ("benefit_authorized", b"Pasal 21(1)", b"Pasal 22(1)"),
        ("payment_ordered", b'"attempt":1', b'"attempt":2'),
    ):
        nth = version_of(story, kind) - 1
        changed[nth] = replace(changed[nth], payload=changed[nth].payload.replace(was, now))
    assert [kind for _, kind, _ in types(replayed(tuple(changed)))] == [
        "benefit_authorized",
        "payment_ordered",
    ]


def test_where_another_kind_of_event_stands_the_difference_is_told_once() -> None:
    story, changed = approved(), list(approved().stream)
    nth = version_of(story, "claim_approved") - 1
    [referred] = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10").all(e.ClaimReferred)
    changed[nth] = replace(changed[nth], payload=referred.model_dump_json().encode())
    assert types(replayed(tuple(changed))) == [(nth + 1, "claim_referred", "claim_approved")]


def stopped() -> Story:
    """Month 3 held by a question until its window was long over; the officer finds it founded."""
    story = lived_through(approved(), 2).when(cmd.WithdrawLayoff(reported_by="employer"), "2025-04-24")
    founded = cmd.DecideByOfficer(approves=False, reason="no layoff", question=1)
    return story.when(founded, "2025-05-30")


def test_a_message_that_left_fewer_events_than_it_makes_is_told_by_the_first_that_lacks() -> None:
    story = stopped()
    ceased = version_of(story, "benefit_ceased")
    assert types(replayed(story.stream[: ceased - 1])) == [(ceased, None, "benefit_ceased")]


def test_a_month_recorded_as_lost_before_its_deadline_is_told_also_where_a_message_came_after_it() -> None:
    story = lived_through(approved(), 1).wake("2025-04-16")
    lost = version_of(story, "month_forfeited")
    early = replace(story.stream[lost - 1], recorded_at=wib("2025-04-15"))
    too_soon = (lost, "month_forfeited", None)
    assert types(replayed((*story.stream[:-1], early))) == [too_soon]
    later = story.when(applications(1, "2025-04-20"), "2025-04-20")
    assert types(replayed((*story.stream[:-1], early, *later.stream[lost:]))) == [too_soon]


def test_a_deadline_that_took_effect_under_a_stepped_clock_comes_out_also_where_there_is_a_grace() -> None:
    story = lived_through(approved(), 1).wake("2025-04-16 00:00:00")
    assert [event.month for event in story.new(e.MonthForfeited)] == [2]
    assert replayed(story.stream, TWO_MINUTES) == []


def test_two_looks_at_one_instant_come_out_each_by_what_it_knew() -> None:
    """Two orders are tried again inside the grace; a message of that instant makes the deadline pass."""
    story = replace(lived(paid(approved(), 1), 2), grace=TWO_MINUTES)
    story = story.bank(2, "refused", "2025-04-11", Ground.ACCOUNT_REFUSED)
    story = story.when(cmd.RecordContributions(record=raised()), "2025-05-15 23:50:00")
    assert [event.month for event in story.new(e.PaymentOrdered)] == [1, 2]
    for order in [each.event.order_id for each in story.added if isinstance(each.event, e.PaymentOrdered)]:
        story = story.when(refusal_of(order), "2025-05-15 23:56:00")
    story = story.wake("2025-05-16 00:01:00")
    assert [event.attempt for event in story.new(e.PaymentOrdered)] == [2, 2]
    story = story.when(self_assessment("2025-05-15"), "2025-05-16 00:01:00")
    assert [event.month for event in story.new(e.MonthForfeited)] == [3]
    assert replayed(story.stream, TWO_MINUTES) == []


def raised() -> ContributionRecord:
    return a_record().model_copy(update={"reported_wage_idr": 4_500_000})


def refusal_of(order_id: UUID) -> cmd.RecordTransfer:
    return cmd.RecordTransfer(
        order_id=order_id,
        outcome="refused",
        amount_idr=0,
        ground=Ground.NOT_EXECUTED,
        bank_code="4000000",
        found_by="answer",
    )


def test_an_order_cancelled_before_it_was_sent_and_one_left_to_the_bank_both_come_out_again() -> None:
    gone = cmd.WithdrawClaim(reason="moved")
    cancelled = approved().when(gone, "2025-03-11")
    assert len(cancelled.all(e.PaymentCancelled)) == 1
    assert replayed(cancelled.stream) == []
    story = approved()
    sent = replace(story, being_sent=(story.order(1).order_id,)).when(gone, "2025-03-11")
    assert sent.all(e.PaymentCancelled) == ()
    assert replayed(sent.stream) == []


def test_a_filing_that_brings_a_claim_back_is_retold_as_a_filing_and_comes_out_again() -> None:
    story = reported().when(a_filing(), "2025-03-10").when(cmd.WithdrawClaim(reason="moved"), "2025-03-11")
    again = story.when(a_filing(account_version=2), "2025-03-12")
    assert [event.type for event in again.events[-2:]] == ["claim_reinstated", "claim_filed"]
    assert replayed(again.stream) == []
    assert message_of(again.events[-2:], story.claim) == a_filing(account_version=2)
    assert message_of(again.events[-2:-1], story.claim) is None


def test_efforts_that_bring_a_month_back_are_retold_as_efforts() -> None:
    lost = lived_through(approved(), 1).when(certification(2), "2025-04-10").wake("2025-04-17")
    told = applications(5, "2025-03-12")
    back = lost.when(told, "2025-04-17 12:00:00", received="2025-04-15")
    made = tuple(effect.event for effect in back.added)
    assert [event.type for event in made[5:6]] == ["month_reinstated"]
    assert message_of(made[:6], lost.claim) == told
    assert replayed(back.stream) == []


def test_what_a_filing_not_accepted_and_a_transfer_did_not_keep_is_retold_with_fixed_values() -> None:
    verdict = counts("Pasal 40(a)")
    refused = e.FilingNotAccepted(filed_on=date(2025, 10, 1), verdict=verdict)
    told = message_of([refused], reported().claim)
    assert isinstance(told, cmd.FileClaim)
    assert (told.account_version, told.commitment_version) == (0, "0")
    sent = e.PaymentSent(order_id=approved().order(1).order_id, month=1)
    failed = e.PaymentFailed.model_validate({**sent.model_dump(exclude={"type"}), **OF_A_FAILURE})
    for event in (sent, failed):
        transfer = message_of([event], Claim())
        assert isinstance(transfer, cmd.RecordTransfer)
        assert transfer.amount_idr == 0


OF_A_FAILURE = {"ground": "not_executed", "bank_code": "4000000", "try_again_at": "2025-03-11T00:00:00Z"}


def test_a_stream_of_nothing_replays_to_nothing_and_one_that_begins_unreadable_says_so() -> None:
    assert replayed(()) == []
    first = replace(reported().stream[0], payload=b"{}")
    assert replayed((first,)) == [NotReplayed(1, "unreadable", "the payload is not an event")]
