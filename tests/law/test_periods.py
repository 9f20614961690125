"""Days, months and working days in Jakarta; rupiah and their one rounding."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from support.builders import wib

from law.ages import participant_since
from law.money import capped_idr, rupiah, share_idr
from law.periods import Calendar, age_on, day_of, end_of, months_after, months_before, start_of
from law.regimes import LAW
from law.rules import Rounding


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-01-30", 1, "2025-02-28"),
        ("2025-01-31", 3, "2025-04-30"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-12-10", 1, "2026-01-10"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_a_month_later_is_the_same_numbered_day_or_the_month_s_last(day: str, months: int, then: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(then)


def test_a_day_in_jakarta_begins_seven_hours_before_greenwich() -> None:
    assert start_of(date(2025, 3, 10)).isoformat() == "2025-03-09T17:00:00+00:00"
    assert end_of(date(2025, 3, 10)).isoformat() == "2025-03-10T17:00:00+00:00"
    assert day_of(wib("2025-03-10 23:59:59")) == date(2025, 3, 10)
    assert day_of(end_of(date(2025, 3, 10))) == date(2025, 3, 11)


def test_a_term_of_working_days_begins_on_the_next_one_and_jumps_weekends_and_holidays() -> None:
    calendar = Calendar("two", frozenset({date(2025, 3, 31), date(2025, 4, 1)}))
    assert calendar.working_days_after(date(2025, 3, 28), 1) == date(2025, 4, 2)
    assert calendar.working_days_after(date(2025, 3, 29), 3) == date(2025, 4, 4)
    assert calendar.working_days_before(date(2025, 4, 2), 1) == date(2025, 3, 28)
    assert calendar.working_days_after(date(2025, 3, 28), 0) == date(2025, 3, 28)


def test_the_months_before_a_month_go_over_the_new_year() -> None:
    assert months_before("2025-02", 3) == ("2025-01", "2024-12", "2024-11")


@pytest.mark.parametrize(("day", "age"), [("2025-03-09", 53), ("2025-03-10", 54)])
def test_a_year_of_age_is_full_on_the_birthday(day: str, age: int) -> None:
    assert age_on(date(1971, 3, 10), date.fromisoformat(day)) == age


@pytest.mark.parametrize(
    ("amount", "rate", "share"),
    [
        (3_333_333, "0.45", 1_500_000),
        (3_333_333, "0.25", 833_333),
        (10, "0.25", 3),
        (2, "0.25", 1),
        (6, "0.25", 2),
        (1, "0.45", 0),
        (0, "0.60", 0),
    ],
)
def test_a_share_is_rounded_half_up_once(amount: int, rate: str, share: int) -> None:
    assert share_idr(amount, Decimal(rate), Rounding.HALF_UP) == share


def test_a_wage_counts_up_to_the_ceiling() -> None:
    assert [capped_idr(w, 5_000_000) for w in (4_999_999, 5_000_000, 6_000_000)] == [
        4_999_999,
        5_000_000,
        5_000_000,
    ]
    assert rupiah(16_500_000) == "Rp16.500.000"


@pytest.mark.parametrize(
    ("day", "regime"),
    [("2021-02-01", "2021"), ("2021-02-02", "2021"), ("2025-02-06", "2021"), ("2025-02-07", "2025")],
)
def test_the_amendment_is_in_force_from_7_february_2025(day: str, regime: str) -> None:
    assert LAW.in_force_on(date.fromisoformat(day)).name == regime


@pytest.mark.parametrize(
    ("registered", "since"),
    [
        ("2015-06-01", "2021-02-02"),
        ("2021-02-01", "2021-02-02"),
        ("2021-02-02", "2021-02-02"),
        ("2021-02-03", "2021-02-03"),
    ],
)
def test_who_was_insured_before_the_programme_is_a_participant_since_it_began(
    registered: str, since: str
) -> None:
    assert participant_since(date.fromisoformat(registered), LAW) == date.fromisoformat(since)


IDUL_FITRI_2025 = Calendar(
    "2025",
    frozenset({date(2025, 3, 31), date(2025, 4, 1)}),
    frozenset({date(2025, 4, 2), date(2025, 4, 3), date(2025, 4, 4), date(2025, 4, 7)}),
)


def test_three_working_days_over_the_leave_of_idul_fitri_end_within_it_as_collective_leave_is_worked() -> (
    None
):
    calendar = IDUL_FITRI_2025
    assert calendar.is_working_day(date(2025, 4, 2))
    assert calendar.working_days_after(date(2025, 3, 27), 3) == date(2025, 4, 3)
    assert calendar.working_days_before(date(2025, 4, 8), 3) == date(2025, 4, 3)


def test_three_working_days_over_the_leave_of_idul_fitri_end_after_it_where_collective_leave_is_off() -> None:
    calendar = replace(IDUL_FITRI_2025, leave_off=IDUL_FITRI_2025.collective_leave)
    assert not calendar.is_working_day(date(2025, 4, 2))
    assert not calendar.is_working_day(date(2025, 3, 31))
    assert calendar.working_days_after(date(2025, 3, 27), 3) == date(2025, 4, 9)
    assert calendar.working_days_before(date(2025, 4, 8), 3) == date(2025, 3, 26)
