"""Which open dates a change of the calendar moves, whom that affects, and what a claimant keeps."""

from datetime import date, datetime

from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    approved,
    decided,
    lived_through,
    paid,
    reported,
    wib,
)

from claims.agenda.redating import Redated, redated
from claims.commands import command as cmd
from law.grounds import Ground
from law.periods import Calendar
from law.rules import Office
from payments.context import DecisionContext

FRIDAY_5_SEPTEMBER = Calendar("with 5 September", frozenset({date(2025, 9, 5)}))


def calendar(*holidays: str, version: str = "decreed") -> Calendar:
    return Calendar(version, frozenset(date.fromisoformat(day) for day in holidays))


def under(story: Story, at: str, known: Calendar) -> DecisionContext:
    return DecisionContext(law=story.law, calendar=known, at=wib(at))


def moved(story: Story, at: str, was: Calendar, now: Calendar) -> tuple[Redated, ...]:
    return redated(story.claim, under(story, at, was), under(story, at, now))


def only(story: Story, at: str, was: Calendar, now: Calendar) -> Redated:
    (found,) = moved(story, at, was, now)
    return found


def test_a_holiday_inside_the_five_working_days_before_the_end_of_month_6_opens_it_a_day_earlier() -> None:
    found = only(approved(2025), "2025-03-14", WEEKENDS_ONLY, FRIDAY_5_SEPTEMBER)

    assert (found.what, found.month, found.owner, found.edge) == ("certification", 6, "claimant", "opens")
    assert (found.was, found.now) == (wib("2025-09-02 00:00:00"), wib("2025-09-01 00:00:00"))
    assert (found.holds, found.kept) == (found.now, False)
    assert (found.version, found.affects) == ("with 5 September", ("claimant",))


def test_a_holiday_on_the_first_of_the_five_days_counts_and_on_the_day_before_it_does_not() -> None:
    story = approved(2025)

    opened = only(story, "2025-03-14", WEEKENDS_ONLY, calendar("2025-09-02"))
    assert opened.now == wib("2025-09-01 00:00:00")
    assert moved(story, "2025-03-14", WEEKENDS_ONLY, calendar("2025-09-01")) == ()


def test_a_holiday_on_the_last_day_of_month_6_moves_nothing_as_the_five_days_lie_before_it() -> None:
    assert moved(approved(2025), "2025-03-14", WEEKENDS_ONLY, calendar("2025-09-09")) == ()


def test_a_holiday_taken_back_would_open_month_6_later_so_the_earlier_promise_is_kept() -> None:
    found = only(approved(2025), "2025-03-14", FRIDAY_5_SEPTEMBER, WEEKENDS_ONLY)

    assert (found.was, found.now) == (wib("2025-09-01 00:00:00"), wib("2025-09-02 00:00:00"))
    assert (found.kept, found.holds) == (True, found.was)


def test_an_opening_that_is_past_by_both_calendars_moves_no_more() -> None:
    story = lived_through(approved(2025), 5)

    assert moved(story, "2025-09-02 00:00:00", WEEKENDS_ONLY, FRIDAY_5_SEPTEMBER) == ()
    assert only(story, "2025-09-01 23:59:59", WEEKENDS_ONLY, FRIDAY_5_SEPTEMBER).edge == "opens"


def test_who_could_apply_already_goes_on_though_the_later_calendar_opens_tomorrow() -> None:
    story = lived_through(approved(2025), 5)

    found = only(story, "2025-09-01", FRIDAY_5_SEPTEMBER, WEEKENDS_ONLY)

    assert (found.kept, found.holds) == (True, wib("2025-09-01 00:00:00"))


def test_a_payment_term_over_a_new_holiday_ends_a_working_day_later_and_the_claimant_hears_of_it() -> None:
    story = approved(2025)

    found = only(story, "2025-03-11", WEEKENDS_ONLY, calendar("2025-03-12"))

    assert (found.what, found.month, found.owner, found.edge) == ("transfer", 1, "bank", "closes")
    assert (found.was, found.now) == (wib("2025-03-14 00:00:00"), wib("2025-03-15 00:00:00"))
    assert (found.kept, found.affects) == (False, ("bank", "claimant"))


def test_a_payment_term_counts_every_day_of_its_own_and_none_beside_it() -> None:
    story = approved(2025)

    def ends(*holidays: str) -> list[datetime]:
        return [each.now for each in moved(story, "2025-03-11", WEEKENDS_ONLY, calendar(*holidays))]

    assert ends("2025-03-10") == []
    assert ends("2025-03-11") == [wib("2025-03-15 00:00:00")]
    assert ends("2025-03-13") == [wib("2025-03-15 00:00:00")]
    assert ends("2025-03-14") == []
    assert ends("2025-03-13", "2025-03-14") == [wib("2025-03-18 00:00:00")]


def test_a_holiday_taken_back_brings_the_payment_forward_for_the_bank_and_nobody_keeps_it_waiting() -> None:
    with_holiday = calendar("2025-03-12")
    story = Story(calendar=with_holiday).when(a_report(a_layoff()), "2025-03-03")
    story = story.when(a_filing(), "2025-03-10").when(
        cmd.RecordContributions(record=a_record()), "2025-03-10"
    )

    found = only(story, "2025-03-11", with_holiday, WEEKENDS_ONLY)

    assert (found.was, found.now) == (wib("2025-03-15 00:00:00"), wib("2025-03-14 00:00:00"))
    assert (found.kept, found.holds) == (False, found.now)


def test_a_term_recorded_before_an_even_earlier_change_shows_only_what_differs_between_the_two() -> None:
    earlier = calendar("2025-03-13", version="earlier")
    both = calendar("2025-03-13", "2025-09-05", version="both")

    found = only(approved(2025), "2025-03-11", earlier, both)

    assert (found.what, found.month) == ("certification", 6)


def test_a_term_that_was_recorded_by_the_later_calendar_is_not_counted_twice() -> None:
    story = approved(2025)
    was = under(story, "2025-03-11", WEEKENDS_ONLY)
    now = under(story, "2025-03-11", calendar("2025-03-12"))

    assert redated(story.claim, was, now, counted={("transfer", 1)}) == ()
    assert len(redated(story.claim, was, now, counted={("transfer", 2)})) == 1


def test_a_payment_that_was_made_and_a_term_that_is_over_stay_as_they_are() -> None:
    story = approved(2025)

    assert moved(paid(story, 1), "2025-03-11", WEEKENDS_ONLY, calendar("2025-03-12")) == ()
    assert moved(story, "2025-03-14 00:00:00", WEEKENDS_ONLY, calendar("2025-03-12")) == ()
    assert len(moved(story, "2025-03-13 23:59:59", WEEKENDS_ONLY, calendar("2025-03-12"))) == 1


def test_the_answer_of_an_officer_and_the_record_of_bpjs_are_due_a_working_day_later() -> None:
    filed = reported().when(a_filing(), "2025-03-10")
    referred = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")

    record = only(filed, "2025-03-11", WEEKENDS_ONLY, calendar("2025-03-12"))
    answer, asked = moved(referred, "2025-03-11", WEEKENDS_ONLY, calendar("2025-03-12"))

    assert (record.what, record.owner, record.affects) == (
        "contribution_record",
        "bpjs",
        ("bpjs", "claimant"),
    )
    assert (answer.what, answer.owner, answer.affects) == (
        "officer_decision",
        "officer",
        ("officer", "claimant"),
    )
    for found in (record, answer):
        assert (found.was, found.now) == (wib("2025-03-14 00:00:00"), wib("2025-03-15 00:00:00"))
    assert (asked.what, asked.was, asked.now) == (
        "answer",
        wib("2025-03-20 00:00:00"),
        wib("2025-03-21 00:00:00"),
    )


def test_a_holiday_inside_the_time_to_answer_makes_it_longer_for_the_officer_too() -> None:
    referred = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")
    dates = moved(referred, "2025-03-11", WEEKENDS_ONLY, calendar("2025-03-12"))
    told = cmd.MoveDeadlines(calendar_version="decreed", moved=tuple(each.date for each in dates))
    story = referred.when(told, "2025-03-11")
    refusal = cmd.DecideByOfficer(approves=False, reason="no proof")

    early = story.when(refusal, "2025-03-20 23:59:59")
    assert early.told.verdict.ground is Ground.CLAIMANT_NOT_HEARD
    assert early.when(refusal, "2025-03-21 00:00:00").told.verdict.counts


def test_the_report_of_the_employer_is_the_employers_alone() -> None:
    story = Story().when(cmd.ReportLayoff(layoff=a_layoff(), reported_by="participant"), "2025-03-04")

    found = only(story, "2025-03-04", WEEKENDS_ONLY, calendar("2025-03-07"))

    assert (found.what, found.affects, found.now) == (
        "layoff_report",
        ("employer",),
        wib("2025-03-14 00:00:00"),
    )


def test_a_day_of_collective_leave_moves_nothing_unless_it_is_off() -> None:
    story = approved(2025)
    leave = frozenset({date(2025, 3, 12), date(2025, 9, 5)})

    worked = Calendar("leave", collective_leave=leave)
    off = Calendar("leave", collective_leave=leave, leave_off=leave)

    assert moved(story, "2025-03-11", WEEKENDS_ONLY, worked) == ()
    assert [each.what for each in moved(story, "2025-03-11", WEEKENDS_ONLY, off)] == [
        "transfer",
        "certification",
    ]


def test_the_same_calendar_under_another_name_moves_nothing() -> None:
    assert moved(approved(2025), "2025-03-11", FRIDAY_5_SEPTEMBER, calendar("2025-09-05")) == ()


def test_a_claim_that_has_ended_and_one_that_never_began_have_no_date_that_moves() -> None:
    lapsed = Story().when(a_report(a_layoff()), "2025-03-03").wake("2025-09-05")

    assert moved(lapsed, "2025-09-05", WEEKENDS_ONLY, FRIDAY_5_SEPTEMBER) == ()
    assert moved(Story(), "2025-09-01", WEEKENDS_ONLY, FRIDAY_5_SEPTEMBER) == ()
