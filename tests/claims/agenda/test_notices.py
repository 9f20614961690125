"""Which letters are due, each once, and never about what changed nothing."""

from dataclasses import replace
from datetime import timedelta

from support.builders import (
    Story,
    a_filing,
    applications,
    approved,
    certification,
    lived,
    lived_through,
    paid,
    reported,
    searched,
    wib,
)

from claims.agenda.notices import Notice, NoticeKind, notices_for, reminders_due
from claims.commands import command as cmd
from law.grounds import Ground


def letters(story: Story) -> list[NoticeKind]:
    return [notice.kind for notice in notices_for(story.added, story.claim)]


def reminders(story: Story, at: str) -> tuple[Notice, ...]:
    return reminders_due(story.claim, story.context(wib(at)))


def test_every_step_of_a_claim_tells_its_claimant_what_changed() -> None:
    assert letters(reported()) == [NoticeKind.LAYOFF_REPORTED]
    assert letters(reported().when(a_filing(), "2025-03-10")) == [NoticeKind.CLAIM_RECEIVED]
    assert letters(approved(2025)) == [NoticeKind.CLAIM_APPROVED]
    assert letters(paid(approved(2025), 1, "2025-03-11")) == [NoticeKind.MONTH_PAID]
    assert letters(approved(2025).wake("2025-04-16")) == [NoticeKind.MONTH_FORFEITED]
    withdrawn = approved(2025).when(cmd.WithdrawClaim(reason="moved"), "2025-03-10")
    assert letters(withdrawn) == [NoticeKind.CLAIM_WITHDRAWN]
    taken_back = reported().when(cmd.WithdrawLayoff(reported_by="employer"), "2025-03-05")
    assert letters(taken_back) == [NoticeKind.LAYOFF_WITHDRAWN]


def test_a_letter_about_a_deadline_bears_the_deadline_s_instant() -> None:
    story = approved(2025).wake("2025-05-01")
    assert notices_for(story.added, story.claim) == (
        Notice(NoticeKind.MONTH_FORFEITED, 2, wib("2025-04-16 00:00:00")),
    )


def test_evidence_calls_for_no_letter() -> None:
    assert letters(approved(2025).when(applications(5, "2025-03-20"), "2025-03-20")) == []


def test_a_refused_account_calls_for_a_letter_and_a_transfer_tried_again_does_not() -> None:
    refused = approved(2025).bank(1, "refused", "2025-03-10", Ground.ACCOUNT_REFUSED)
    assert letters(refused) == [NoticeKind.TRANSFER_FAILED]
    again = approved(2025).bank(1, "refused", "2025-03-10", Ground.NOT_EXECUTED)
    assert letters(again) == []


def test_a_message_that_does_not_count_calls_for_no_letter() -> None:
    story = approved(2025).when(cmd.ChangeAccount(account_version=1), "2025-03-11")
    assert letters(story) == []
    ended = story.when(cmd.WithdrawClaim(reason="moved"), "2025-03-11")
    assert letters(ended.when(cmd.WithdrawClaim(reason="moved"), "2025-03-12")) == []


def test_two_weeks_before_the_filing_window_closes_and_not_after_it() -> None:
    story = reported()
    due = (Notice(NoticeKind.FILING_WINDOW_CLOSING, 0, wib("2025-08-21 00:00:00")),)
    assert reminders(story, "2025-08-20 23:59:59") == ()
    assert reminders(story, "2025-08-21 00:00:00") == due
    assert reminders(story, "2025-09-03 23:59:59") == due
    assert reminders(replace(story, grace=timedelta(minutes=2)), "2025-09-04 00:00:00") == ()


def test_when_a_month_opens_and_five_and_two_days_before_it_closes() -> None:
    story = lived_through(approved(2025), 1)
    assert reminders(story, "2025-04-09 23:59:59") == ()
    opened = (Notice(NoticeKind.MONTH_OPEN, 2, wib("2025-04-10 00:00:00")),)
    assert reminders(story, "2025-04-10 00:00:00") == opened
    assert reminders(story, "2025-04-10 23:59:59") == opened
    five_days = (Notice(NoticeKind.MONTH_AT_RISK, 2, wib("2025-04-11 00:00:00")),)
    assert reminders(story, "2025-04-11 00:00:00") == five_days
    assert reminders(story, "2025-04-13 23:59:59") == five_days
    at_risk = (Notice(NoticeKind.MONTH_AT_RISK, 2, wib("2025-04-14 00:00:00")),)
    assert reminders(story, "2025-04-14 00:00:00") == at_risk
    assert reminders(story, "2025-04-15 23:59:59") == at_risk


def test_a_month_applied_for_is_reminded_of_only_while_something_is_missing() -> None:
    assert reminders(lived(lived_through(approved(2025), 1), 2), "2025-04-14") == ()
    waiting = searched(lived_through(approved(2025), 1), 2)
    assert [n.kind for n in reminders(waiting, "2025-04-14")] == [NoticeKind.MONTH_AT_RISK]
    searching = lived_through(approved(2025), 1).when(certification(2), "2025-04-10")
    assert [n.kind for n in reminders(searching, "2025-04-14")] == [NoticeKind.MONTH_AT_RISK]


def test_a_claim_that_has_ended_is_reminded_of_nothing() -> None:
    story = lived_through(approved(2025), 1).when(cmd.WithdrawClaim(reason="moved"), "2025-04-01")
    assert reminders(story, "2025-04-14") == ()
