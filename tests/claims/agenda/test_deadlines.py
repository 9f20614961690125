"""Every date of a claim, and the calendar feed that shows them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    approved,
    certification,
    decided,
    lived_through,
    months_between,
    paid,
    reported,
    searched,
    self_assessment,
    wib,
)

from claims.agenda.deadlines import EMPLOYER, Deadline, deadlines
from claims.agenda.ics import OCTETS_MAX, calendar_feed, description_of, escaped, folded, summary_of
from claims.agenda.next_step import next_step
from claims.commands import command as cmd
from claims.state.claim import Claim
from claims.wording.asked import CALENDAR_ENTRIES
from law.grounds import Ground
from law.periods import JAKARTA, Calendar
from law.rules import Office

CLAIM_ID = UUID("0199d1c8-1b5e-7cc0-8a53-5f0f2f7a9d10")
STAMPED_AT = datetime(2025, 3, 10, 3, tzinfo=UTC)
HOLIDAY = Calendar("with Friday 5 September", frozenset({date(2025, 9, 5)}))


def found(story: Story, at: str) -> tuple[Deadline, ...]:
    return deadlines(story.claim, story.context(wib(at)))


def open_dates(story: Story, at: str) -> list[tuple[str, int, str, str]]:
    """What is neither done nor over: what, month, whose, last day."""
    return [
        (due.what, due.month, due.owner, str(due.last_day))
        for due in found(story, at)
        if not (due.done or due.passed)
    ]


def one(story: Story, at: str, what: str, month: int = 0) -> Deadline:
    (due,) = [due for due in found(story, at) if (due.what, due.month) == (what, month)]
    return due


def test_a_claim_reported_by_the_worker_waits_for_the_employer_and_for_the_filing() -> None:
    story = Story().when(cmd.ReportLayoff(layoff=a_layoff(), reported_by="participant"), "2025-03-04")
    assert open_dates(story, "2025-03-04") == [
        ("layoff_report", 0, "employer", "2025-03-12"),
        ("filing", 0, "claimant", "2025-09-03"),
    ]
    filing = one(story, "2025-03-04", "filing")
    assert filing.opens_at == wib("2025-03-03 00:00:00")
    assert filing.closes_at == wib("2025-09-04 00:00:00")
    assert (filing.rule, filing.article) == (
        "6 months after the layoff",
        "PP 37/2021 as amended by PP 6/2025 Pasal 40(a)",
    )


def test_the_filing_window_of_2021_has_three_months() -> None:
    filing = one(reported(a_layoff("2023-11-30")), "2023-12-01", "filing")
    assert (str(filing.last_day), filing.rule) == ("2024-02-29", "3 months after the layoff")


def test_an_approved_claim_shows_all_its_months() -> None:
    assert open_dates(approved(2025), "2025-03-10") == [
        ("transfer", 1, "bank", "2025-03-13"),
        ("search_period", 2, "claimant", "2025-04-09"),
        ("certification", 2, "claimant", "2025-04-15"),
        ("search_period", 3, "claimant", "2025-05-09"),
        ("certification", 3, "claimant", "2025-05-15"),
        ("search_period", 4, "claimant", "2025-06-09"),
        ("certification", 4, "claimant", "2025-06-15"),
        ("search_period", 5, "claimant", "2025-07-09"),
        ("certification", 5, "claimant", "2025-07-15"),
        ("certification", 6, "claimant", "2025-09-09"),
        ("search_period", 6, "claimant", "2025-09-09"),
    ]


def test_the_self_assessment_is_due_with_month_2_under_2021_only() -> None:
    due = one(approved(2023), "2023-03-10", "self_assessment", 2)
    assert (str(due.last_day), due.done) == ("2023-04-15", False)
    assert one(
        approved(2023).when(self_assessment("2023-03-10"), "2023-03-10"), "2023-03-11", "self_assessment", 2
    ).done
    assert "self_assessment" not in [due.what for due in found(approved(2025), "2025-03-10")]


def test_what_was_given_is_done_and_what_was_missed_is_over() -> None:
    story = paid(approved(2025), 1)
    assert one(story, "2025-03-11", "transfer", 1).done
    story = searched(story, 2)
    assert one(story, "2025-04-01", "search_period", 2).done
    applied = story.when(certification(2), "2025-04-10")
    assert one(applied, "2025-04-11", "certification", 2).done
    missed = story.wake("2025-04-16")
    over = one(missed, "2025-04-16", "certification", 2)
    assert (over.done, over.passed) == (False, True)


def test_the_last_second_of_the_last_day_is_inside() -> None:
    story = approved(2025)
    assert not one(story, "2025-04-15 23:59:59", "certification", 2).passed
    assert one(story, "2025-04-16 00:00:00", "certification", 2).passed


def test_a_holiday_moves_the_opening_of_month_6_and_the_version_says_which_calendar() -> None:
    story = approved(2025)
    before = one(story, "2025-03-10", "certification", 6)
    after = one(replace(story, calendar=HOLIDAY), "2025-03-10", "certification", 6)
    assert before.opens_at == wib("2025-09-02 00:00:00")
    assert after.opens_at == wib("2025-09-01 00:00:00")
    assert (before.last_day, before.calendar_version) == (date(2025, 9, 9), "weekends only")
    assert (after.last_day, after.calendar_version) == (date(2025, 9, 9), "with Friday 5 September")


def test_a_term_of_working_days_beyond_the_calendar_says_that_only_weekends_are_known() -> None:
    known = Calendar("of 2024", frozenset({date(2024, 1, 1)}))
    story = replace(approved(2025), calendar=known)
    beyond = "; of 2025 only the weekends are known as days off; of 2024 has the holidays of 2024 to 2024"
    rules = {(due.what, due.month): due.rule for due in found(story, "2025-03-10")}
    assert rules["layoff_report", 0] == "7 working days after the layoff" + beyond
    assert rules["certification", 6].endswith(beyond)
    assert rules["certification", 2] == "5 days after the reference date"
    within = replace(story, calendar=Calendar("of 2025", frozenset({date(2025, 1, 1)})))
    assert not any("weekends" in due.rule for due in found(within, "2025-03-10"))


def test_a_claim_before_an_officer_and_one_that_was_refused() -> None:
    referred = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")
    assert ("officer_decision", 0, "officer", "2025-03-13") in open_dates(referred, "2025-03-10")
    refused = decided(a_layoff(), a_record(paid=months_between("2024-05", "2025-02")), "2025-03-10")
    assert open_dates(refused, "2025-03-10") == [("filing_again", 0, "claimant", "2025-09-03")]


def test_work_found_ends_the_months_that_are_no_longer_owed() -> None:
    story = approved(2025).when(cmd.ReportReemployment(since=date(2025, 4, 20)), "2025-04-21")
    named = {(due.what, due.month) for due in found(story, "2025-04-21")}
    assert ("certification", 2) in named
    assert ("certification", 3) not in named
    assert one(story, "2025-04-21", "placement_report").last_day == date(2025, 4, 29)


def test_a_refused_account_shows_what_the_step_awaits() -> None:
    story = approved(2025).bank(1, "refused", "2025-03-10", Ground.ACCOUNT_REFUSED)
    awaited = next_step(story.claim, story.context(wib("2025-03-11"))).awaited[0]
    due = one(story, "2025-03-11", "bank_account", 1)
    assert (due.closes_at, due.owner) == (awaited.until, "claimant")


def test_a_claim_withdrawn_keeps_no_date_but_those_of_money_that_is_out() -> None:
    withdrawal = cmd.WithdrawClaim(reason="filed by mistake")
    assert open_dates(approved(2025).when(withdrawal, "2025-03-10"), "2025-03-10") == []
    sent = approved(2025).bank(1, "open", "2025-03-10").when(withdrawal, "2025-03-10")
    assert open_dates(sent, "2025-03-10") == [("transfer", 1, "bank", "2025-03-13")]


def test_nothing_is_known_of_a_claim_without_a_layoff() -> None:
    assert deadlines(Claim(), approved(2025).context(wib("2025-03-10"))) == ()


BEFORE = a_record(paid=months_between("2023-12", "2024-11"))
STORIES = {
    "reported": (reported(), "2025-03-05"),
    "filed": (reported().when(a_filing(), "2025-03-10"), "2025-03-10"),
    "approved": (approved(2025), "2025-03-10"),
    "before an officer": (decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10"), "2025-03-11"),
    "refused": (
        decided(a_layoff(), a_record(paid=months_between("2024-05", "2025-02")), "2025-03-10"),
        "2025-03-11",
    ),
    "in month 4": (lived_through(approved(2025), 3), "2025-05-12"),
    "under 2021": (approved(2023), "2023-03-12"),
    "across": (lived_through(decided(a_layoff("2024-12-02"), BEFORE, "2024-12-10"), 2), "2025-01-12"),
}


@pytest.mark.parametrize("story", STORIES)
def test_every_date_the_step_awaits_is_among_them_with_its_article(story: str) -> None:
    told, at = STORIES[story]
    known = {(due.closes_at, due.owner, due.month) for due in found(told, at)}
    awaited = next_step(told.claim, told.context(wib(at))).awaited
    assert awaited
    assert {(wait.until, wait.owner.value, wait.month) for wait in awaited} <= known


@pytest.mark.parametrize("story", STORIES)
def test_each_date_is_named_once_has_a_rule_an_article_and_words(story: str) -> None:
    dates = found(*STORIES[story])
    assert len({(due.what, due.month) for due in dates}) == len(dates)
    for due in dates:
        assert due.rule
        assert due.article
        assert due.closes_at.astimezone(JAKARTA).hour == 0
        assert due.what in CALENDAR_ENTRIES
        assert due.owner == EMPLOYER or due.owner in ("claimant", "bpjs", "officer", "bank", "treasurer")


FEED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//JKP claims engine//batas waktu//ID
CALSCALE:GREGORIAN
NAME:JKP
BEGIN:VEVENT
UID:filing-0@0199d1c8-1b5e-7cc0-8a53-5f0f2f7a9d10
DTSTAMP:20250310T030000Z
DTSTART;VALUE=DATE:20250903
DTEND;VALUE=DATE:20250904
SUMMARY:Batas akhir pengajuan klaim JKP
DESCRIPTION:File the claim.\\nOwner: claimant.\\nRule: 6 months after the lay
 off.\\nFrom: 2025-03-03.\\nUntil: 2025-09-03 23:59:59 WIB.\\nPP 37/2021 as am
 ended by PP 6/2025 Pasal 40(a). Calendar: weekends only.
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""


def test_the_feed_is_an_icalendar_object_with_crlf_and_folded_lines() -> None:
    feed = calendar_feed(CLAIM_ID, found(reported(), "2025-03-05"), STAMPED_AT)
    assert feed == FEED.replace("\n", "\r\n")


def test_the_same_claim_gives_the_same_feed_and_every_line_is_short_enough() -> None:
    dates = found(approved(2025), "2025-03-10")
    feed = calendar_feed(CLAIM_ID, dates, STAMPED_AT)
    assert feed == calendar_feed(CLAIM_ID, dates, STAMPED_AT)
    lines = feed.encode().split(b"\r\n")
    assert max(map(len, lines)) <= OCTETS_MAX
    uids = [line for line in lines if line.startswith(b"UID:")]
    assert len(set(uids)) == len(uids) == 11
    assert f"UID:certification-2@{CLAIM_ID}\r\n" in feed
    assert "Batas akhir pengajuan manfaat JKP bulan ke-2" in feed


def test_what_is_done_leaves_the_feed() -> None:
    story = paid(approved(2025), 1)
    feed = calendar_feed(CLAIM_ID, found(story, "2025-03-11"), STAMPED_AT)
    assert "UID:transfer-1@" not in feed
    assert "UID:layoff_report" not in feed


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("a,b", "a\\,b"),
        ("a;b", "a\\;b"),
        ("a\\b", "a\\\\b"),
        ("a\nb", "a\\nb"),
        ("a\r\nb", "a\\nb"),
        ("a:b", "a:b"),
    ],
)
def test_text_is_escaped(text: str, spelled: str) -> None:
    assert escaped(text) == spelled


@pytest.mark.parametrize("line", ["x" * 75, "x" * 76, "x" * 300, "é" * 100, "日" * 60, "x" + "𝛼" * 40])
def test_a_folded_line_has_at_most_75_octets_and_unfolds_to_itself(line: str) -> None:
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= OCTETS_MAX for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert folded(line).replace("\r\n ", "") == line


def test_the_feed_says_everything_in_two_languages_and_knows_no_amount() -> None:
    known = one(approved(2025), "2025-03-10", "transfer", 1)
    assert summary_of(replace(known, what="something new")) == "Batas waktu JKP"
    assert description_of(replace(known, what="something new")).startswith("A date of the JKP claim.\n")
    feed = calendar_feed(CLAIM_ID, found(approved(2025), "2025-03-10"), STAMPED_AT)
    assert "Rp" not in feed
    assert "PT Contoh" not in feed
