"""The responsible party: small facts of the step. That somebody always has it is walked in test_walk.py."""

from dataclasses import replace
from datetime import date, timedelta

from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    approved,
    certification,
    decided,
    lived_through,
    reported,
    searched,
    wib,
)

from claims.agenda.next_step import Status, Todo
from claims.agenda.obligations import Owner
from claims.commands import command as cmd
from law.grounds import Ground
from law.rules import Office, SeparationReason


def test_an_empty_claim_is_nobody_s() -> None:
    step = Story().step("2025-03-03")
    assert (step.todo, step.awaited, step.next_at) == (Todo.FINISH, (), None)


def test_a_reported_layoff_awaits_the_filing_with_a_reminder_two_weeks_before_the_end() -> None:
    step = reported().step("2025-03-03")
    assert step.status is Status.REPORTED
    assert [(a.what, a.owner, a.until) for a in step.awaited] == [
        ("filing", Owner.CLAIMANT, wib("2025-09-04 00:00:00"))
    ]
    assert step.next_at == wib("2025-08-21 00:00:00")
    assert reported().step("2025-08-21 00:00:00").next_at == wib("2025-09-04 00:00:00")


def test_a_filed_claim_awaits_the_record_of_bpjs_within_three_working_days() -> None:
    step = reported().when(a_filing(), "2025-03-10").step("2025-03-10")
    assert (step.status, step.todo) == (Status.VALIDATING, Todo.FETCH_RECORD)
    assert (step.awaited[0].owner, step.awaited[0].until) == (Owner.BPJS, wib("2025-03-14 00:00:00"))
    late = reported().when(a_filing(), "2025-03-10").step("2025-03-14 00:00:00")
    assert late.awaited[0].until == wib("2025-03-18 00:00:00")


def test_a_referred_claim_awaits_an_officer_within_three_working_days() -> None:
    story = reported(a_layoff(office=Office.NONE)).when(a_filing(), "2025-03-10")
    step = story.when(cmd.RecordContributions(record=a_record()), "2025-03-10").step("2025-03-10")
    assert step.status is Status.REFERRED
    assert (step.awaited[0].owner, step.awaited[0].until) == (Owner.OFFICER, wib("2025-03-14 00:00:00"))


def test_a_denied_claim_awaits_another_filing_until_the_window_closes() -> None:
    story = reported(a_layoff(reason=SeparationReason.RESIGNATION)).when(a_filing(), "2025-03-10")
    step = story.when(cmd.RecordContributions(record=a_record()), "2025-03-10").step("2025-03-10")
    assert step.status is Status.DENIED
    assert step.next_at == wib("2025-09-04 00:00:00")


def test_a_month_awaits_the_search_first_and_then_the_application() -> None:
    story = lived_through(approved(2025), 1)
    step = story.step("2025-03-11")
    assert [(a.what, a.month, a.until, a.binds) for a in step.awaited] == [
        ("job_search", 2, wib("2025-04-16 00:00:00"), True),
        ("counselling", 2, wib("2025-04-16 00:00:00"), False),
    ]
    assert step.next_at == wib("2025-04-10 00:00:00")
    then = searched(story, 2).step("2025-04-10 00:00:00")
    assert [(a.what, a.month) for a in then.awaited if a.binds] == [("certification", 2)]
    assert then.next_at == wib("2025-04-11 00:00:00")
    assert searched(story, 2).step("2025-04-14").next_at == wib("2025-04-16 00:00:00")


def test_inside_the_grace_a_deadline_is_still_to_come() -> None:
    story = replace(lived_through(approved(2025), 1), grace=timedelta(minutes=2))
    story = story.wake("2025-04-16 00:01:00")
    assert story.claim.month(2).forfeited is None
    assert story.step("2025-04-16 00:01:00").next_at == wib("2025-04-16 00:00:00")
    assert story.wake("2025-04-16 00:02:00").claim.month(2).forfeited is not None


def test_a_message_received_after_a_deadline_makes_it_take_effect_without_waiting_for_the_grace() -> None:
    story = replace(lived_through(approved(2025), 1), grace=timedelta(minutes=2))
    story = story.when(certification(2), "2025-04-16 00:00:01")
    assert story.told.verdict.ground is Ground.WINDOW_CLOSED
    assert story.claim.month(2).forfeited is not None


def test_a_message_received_before_a_deadline_and_handled_in_its_grace_finds_the_month_open() -> None:
    story = replace(searched(lived_through(approved(2025), 1), 2), grace=timedelta(minutes=2))
    story = story.when(certification(2), "2025-04-16 00:01:00", received="2025-04-15 23:59:59")
    assert story.claim.month(2).authorized is not None


def test_after_the_window_a_refused_claim_waits_only_for_the_record_that_was_asked_for_in_time() -> None:
    story = decided(a_layoff(), a_record(paid=("2025-01",)), "2025-03-10")
    story = story.when(cmd.RequestRecord(reason="paid since"), "2025-09-03").wake("2025-09-05")
    step = story.step("2025-09-05")
    assert (step.status, step.todo, step.next_at) == (Status.DENIED, Todo.FETCH_RECORD, None)
    assert [(a.what, a.until) for a in step.awaited] == [("contribution_record", wib("2025-09-09 00:00:00"))]


def test_a_claim_filed_again_after_its_right_had_ceased_is_validated_again() -> None:
    """Died before the filing, granted by an officer, withdrawn before any month was owed."""
    story = reported().when(cmd.ReportDeath(died_on=date(2025, 3, 5)), "2025-03-06")
    story = story.when(a_filing(), "2025-03-10").when(
        cmd.RecordContributions(record=a_record()), "2025-03-10"
    )
    story = story.when(cmd.DecideByOfficer(approves=True, reason="seen"), "2025-03-11")
    assert story.step("2025-03-11").status is Status.CEASED
    again = story.when(cmd.WithdrawClaim(reason="moved"), "2025-03-12").when(a_filing(), "2025-03-13")
    step = again.step("2025-03-13")
    assert (step.status, step.todo) == (Status.VALIDATING, Todo.FETCH_RECORD)
    assert [a.owner for a in step.awaited] == [Owner.BPJS]


def test_documents_are_not_asked_for_any_more_once_the_claim_is_withdrawn_or_decided() -> None:
    asked = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10").when(
        cmd.AskForDocuments(documents=("contract",)), "2025-03-11"
    )
    assert len(asked.claim.open_questions) == 1
    withdrawn = asked.when(cmd.WithdrawClaim(reason="moved"), "2025-03-12")
    refused = asked.when(cmd.RecordContributions(record=a_record(paid=("2025-01",))), "2025-03-12")
    assert refused.step("2025-03-12").status is Status.DENIED
    assert [story.claim.open_questions for story in (withdrawn, refused)] == [(), ()]


def test_work_is_what_the_sweep_has_to_see_to() -> None:
    assert [todo for todo in Todo if todo.is_work] == [Todo.FETCH_RECORD, Todo.TRANSFER]
