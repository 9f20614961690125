"""Which letters a claimant gets on which days of a whole life, and none twice."""

from datetime import datetime

from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    an_outcome,
    applications,
    certification,
    self_assessment,
    wib,
)

from claims.agenda.next_step import next_step
from claims.agenda.notices import Notice, notices_for, reminders_due
from claims.commands import command as cmd
from law.periods import JAKARTA
from payments.orders import OrderState

BANK_PAYS = "the bank pays"
Said = tuple[str, cmd.Command | str]
BEGUN: list[Said] = [
    ("2025-03-03", a_report(a_layoff())),
    ("2025-03-10", a_filing()),
    ("2025-03-10", cmd.RecordContributions(record=a_record())),
    ("2025-03-11", BANK_PAYS),
]


def lived_by(said: list[Said], until: str) -> list[str]:
    """Every letter of a life that is woken whenever its step asks for it: the day, the kind, the month."""
    story, queued, todo = Story(), dict[Notice, None](), [(wib(at), message) for at, message in said]
    at, end = todo[0][0], wib(until)
    while at < end:
        due = todo.pop(0)[1] if todo and todo[0][0] <= at else None
        story = story.wake(written(at)) if due is None else told(story, due, at)
        queued |= dict.fromkeys(notices_for(story.added, story.claim))
        queued |= dict.fromkeys(reminders_due(story.claim, story.context(at)))
        wanted = next_step(story.claim, story.context(at)).next_at
        instants = [instant for instant in (wanted, *(when for when, _ in todo[:1])) if instant is not None]
        at = min(instants, default=end)
    return [line(notice) for notice in queued]


def told(story: Story, message: cmd.Command | str, at: datetime) -> Story:
    if isinstance(message, str):
        (order,) = [o for month in story.claim.months for o in month.orders if o.state is OrderState.ORDERED]
        return story.when(an_outcome(order, "settled"), written(at))
    return story.when(message, written(at))


def written(at: datetime) -> str:
    return at.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")


def line(notice: Notice) -> str:
    day = notice.due_at.astimezone(JAKARTA).strftime("%d %b")
    return f"{day} {notice.kind.value}" + (f" {notice.month}" if notice.month else "")


AT_ONCE: list[Said] = [
    *BEGUN[:3],
    ("2025-03-10 11:00:00", self_assessment("2025-03-10")),
    *BEGUN[3:],
    ("2025-03-12", applications(5, "2025-03-12")),
    ("2025-04-10 09:00:00", certification(2)),
    ("2025-04-11", BANK_PAYS),
    ("2025-04-12", applications(5, "2025-04-12")),
    ("2025-05-10 09:00:00", certification(3)),
    ("2025-05-13", BANK_PAYS),
    ("2025-05-14", applications(5, "2025-05-14")),
    ("2025-06-10 09:00:00", certification(4)),
    ("2025-06-11", BANK_PAYS),
    ("2025-06-12", applications(5, "2025-06-12")),
    ("2025-07-10 09:00:00", certification(5)),
    ("2025-07-11", BANK_PAYS),
    ("2025-08-12", applications(5, "2025-08-12")),
    ("2025-09-02 09:00:00", certification(6)),
    ("2025-09-03", BANK_PAYS),
]
TAKEN_BACK: list[Said] = [
    *AT_ONCE[:8],
    ("2025-04-24", cmd.WithdrawLayoff(reported_by="employer")),
    ("2025-05-07", cmd.DecideByOfficer(approves=False, reason="looked at", question=1)),
]


def test_who_does_nothing_after_the_first_payment_is_told_of_every_month_and_why_it_is_lost() -> None:
    assert lived_by(BEGUN, "2026-01-01") == [
        "03 Mar layoff_reported",
        "10 Mar claim_received",
        "10 Mar claim_approved",
        "11 Mar month_paid 1",
        "10 Apr month_open 2",
        "10 Apr duty_open 2",
        "11 Apr month_at_risk 2",
        "14 Apr month_at_risk 2",
        "16 Apr month_forfeited 2",
        "10 May month_open 3",
        "11 May month_at_risk 3",
        "14 May month_at_risk 3",
        "16 May month_forfeited 3",
        "10 Jun month_open 4",
        "11 Jun month_at_risk 4",
        "14 Jun month_at_risk 4",
        "16 Jun month_forfeited 4",
        "10 Jul month_open 5",
        "11 Jul month_at_risk 5",
        "14 Jul month_at_risk 5",
        "16 Jul month_forfeited 5",
        "02 Sep month_open 6",
        "05 Sep month_at_risk 6",
        "08 Sep month_at_risk 6",
        "10 Sep month_forfeited 6",
        "10 Sep benefit_finished",
    ]


def test_who_does_everything_at_once_is_reminded_of_nothing() -> None:
    assert lived_by(AT_ONCE, "2026-01-01") == [
        "03 Mar layoff_reported",
        "10 Mar claim_received",
        "10 Mar claim_approved",
        "11 Mar month_paid 1",
        "10 Apr month_open 2",
        "11 Apr month_paid 2",
        "13 May month_paid 3",
        "11 Jun month_paid 4",
        "11 Jul month_paid 5",
        "02 Sep month_open 6",
        "03 Sep month_paid 6",
        "03 Sep benefit_finished",
    ]


def test_who_is_asked_and_does_not_answer_gets_the_question_and_one_letter_for_each_thing_that_follows() -> (
    None
):
    assert lived_by(TAKEN_BACK, "2026-01-01") == [
        "03 Mar layoff_reported",
        "10 Mar claim_received",
        "10 Mar claim_approved",
        "11 Mar month_paid 1",
        "10 Apr month_open 2",
        "11 Apr month_paid 2",
        "24 Apr question_asked 3",
        "07 May benefit_ceased",
        "07 May receivable_found 1",
    ]


def test_who_never_files_is_told_before_the_right_is_lost_and_when_it_is() -> None:
    assert lived_by(BEGUN[:1], "2026-01-01") == [
        "03 Mar layoff_reported",
        "21 Aug filing_window_closing",
        "04 Sep claim_lapsed",
    ]
