"""Contributions: which months count, which are owed, arrears, and how soon another benefit may come."""

from dataclasses import replace
from datetime import date

import pytest
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_filing,
    a_fixed_term,
    a_layoff,
    a_record,
    a_report,
    decided,
    months_between,
)
from support.determined import BOTH, article, condition, denial, is_approved, referral, ruled

from claims.commands.command import RecordContributions
from claims.entitlement.contributions import months_before_layoff, paid_by, run_in_a_row
from claims.estimating import precheck
from claims.events.facts import EmployerStanding
from law.grounds import Ground, Result
from law.regimes import LAW, RULES_2021, RULES_2025
from law.rules import Cited, Law, RunPosition, SeparationReason


@BOTH
def test_twelve_months_paid_are_enough_and_eleven_are_not(year: int) -> None:
    assert is_approved(ruled(year, paid=months_between(f"{year - 1}-03", f"{year}-02")))
    eleven = ruled(year, paid=months_between(f"{year - 1}-04", f"{year}-02"))
    assert denial(eleven) is Ground.TOO_FEW_CONTRIBUTION_MONTHS
    assert condition(eleven, "contribution_months")[1] == {
        "paid_months": 11,
        "needed": 12,
        "lookback_months": 24,
    }


@BOTH
def test_the_month_of_the_layoff_does_not_count(year: int) -> None:
    story = ruled(year, paid=months_between(f"{year - 1}-04", f"{year}-03"))
    assert denial(story) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


@BOTH
def test_the_twenty_four_calendar_months_begin_with_the_month_of_the_layoff_two_years_before(
    year: int,
) -> None:
    hired_lately = {"contract": a_fixed_term(f"{year}-03-01", f"{year}-08-31")}
    inside = months_between(f"{year - 2}-03", f"{year - 1}-02")
    assert is_approved(ruled(year, hired_lately, paid=inside))
    one_too_early = months_between(f"{year - 2}-02", f"{year - 1}-01")
    assert denial(ruled(year, hired_lately, paid=one_too_early)) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


@BOTH
def test_no_month_paid_is_a_refusal_of_who_was_hired_just_now_and_silence_about_all_others(year: int) -> None:
    just_now = {"contract": a_fixed_term(f"{year}-03-01", f"{year}-08-31")}
    assert denial(ruled(year, just_now, paid=())) is Ground.TOO_FEW_CONTRIBUTION_MONTHS
    assert referral(ruled(year, paid=())) is Ground.MONTHS_NOT_TOLD


@BOTH
def test_a_month_paid_by_two_employers_counts_once(year: int) -> None:
    eleven = months_between(f"{year - 1}-04", f"{year}-02")
    assert denial(ruled(year, paid=eleven + eleven)) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


def scattered(year: int, run: int) -> tuple[str, ...]:
    """A run of paid months, and single months to make more than twelve in all."""
    singles = tuple(f"{year - 2}-{n:02d}" for n in (3, 5, 7, 9, 11)) + tuple(
        f"{year - 1}-{n:02d}" for n in (1, 3, 5)
    )
    return singles + months_between(f"{year - 1}-07", f"{year - 1}-{6 + run:02d}")


def test_the_2021_rules_want_six_months_in_a_row() -> None:
    assert is_approved(ruled(2023, paid=scattered(2023, 6)))
    five = ruled(2023, paid=(*scattered(2023, 5), "2023-02"))
    assert denial(five) is Ground.TOO_FEW_CONSECUTIVE_MONTHS
    assert condition(five, "consecutive_months")[1] == {"longest_run": 5, "needed": 6}


def test_the_2025_rules_want_none_in_a_row() -> None:
    assert is_approved(ruled(2025, paid=scattered(2025, 5)))
    even = (4, 6, 8, 10, 12)
    every_second = (*(f"{y}-{n:02d}" for y in (2023, 2024) for n in even), "2024-02", "2025-02")
    assert is_approved(ruled(2025, paid=every_second))


def test_a_run_of_six_goes_on_over_the_new_year() -> None:
    paid = (
        months_between("2021-10", "2022-03")
        + tuple(f"2022-{n:02d}" for n in (5, 7, 9, 11))
        + ("2021-08", "2021-06")
    )
    assert condition(ruled(2023, paid=paid), "consecutive_months")[1]["longest_run"] == 6


def test_simulation_1_sixteen_months_up_to_june_2022() -> None:
    record = a_record(paid=months_between("2021-02", "2022-05"))
    story = decided(a_layoff("2022-06-15"), record, "2022-06-20")
    assert is_approved(story)
    assert condition(story, "contribution_months")[1]["paid_months"] == 16


def test_simulation_2_fourteen_months_at_two_employers() -> None:
    paid = months_between("2021-02", "2021-07") + months_between("2021-10", "2022-05")
    contract = a_fixed_term("2021-10-01", "2022-09-30")
    story = decided(a_layoff("2022-06-15", contract=contract), a_record(paid=paid), "2022-06-20")
    assert is_approved(story)
    assert condition(story, "contribution_months")[1]["paid_months"] == 14


def test_simulation_3_eighteen_months_at_four_employers() -> None:
    paid = (
        months_between("2021-03", "2021-05")
        + months_between("2021-09", "2022-02")
        + months_between("2022-05", "2022-09")
        + months_between("2022-11", "2023-02")
    )
    contract = a_fixed_term("2022-11-01", "2023-10-31")
    layoff = a_layoff("2023-03-05", reason=SeparationReason.CLOSURE_AFTER_LOSSES, contract=contract)
    story = decided(layoff, a_record(paid=paid), "2023-03-10")
    assert is_approved(story)
    assert condition(story, "contribution_months")[1]["paid_months"] == 18
    assert condition(story, "consecutive_months")[1]["longest_run"] == 6


@BOTH
def test_arrears_of_three_months_are_covered_and_four_go_to_a_person(year: int) -> None:
    paid = months_between(f"{year - 2}-03", f"{year - 1}-09")
    three = ruled(year, paid=(*paid, f"{year - 1}-10"), owed=months_between(f"{year - 1}-11", f"{year}-01"))
    assert condition(three, "arrears")[1]["months_in_arrears"] == 3
    assert is_approved(three)
    four = ruled(year, paid=paid, owed=months_between(f"{year - 1}-10", f"{year}-01"))
    assert condition(four, "arrears")[1]["months_in_arrears"] == 4
    assert referral(four) is Ground.EMPLOYER_PAYS_FIRST


@pytest.mark.parametrize(
    ("laid_off", "months_in_arrears"),
    [("2025-03-17", 3), ("2025-03-18", 4), ("2025-04-01", 4), ("2025-04-15", 4), ("2025-04-16", 5)],
)
def test_a_month_is_in_arrears_once_its_due_day_has_passed(laid_off: str, months_in_arrears: int) -> None:
    # The 15th of March 2025 was a Saturday: February was due on the 17th, March on the 15th of April.
    record = a_record(paid=months_between("2023-05", "2024-10"), owed=months_between("2024-11", laid_off[:7]))
    story = decided(a_layoff(laid_off), record, "2025-04-20")
    assert condition(story, "arrears")[1]["months_in_arrears"] == months_in_arrears


@pytest.mark.parametrize("standing", [EmployerStanding.BANKRUPT, EmployerStanding.CLOSED])
def test_since_2025_six_months_of_a_bankrupt_or_closed_employer_are_covered_and_seven_are_not(
    standing: EmployerStanding,
) -> None:
    early = months_between("2023-03", "2024-06")
    six = ruled(2025, paid=(*early, "2024-07"), owed=months_between("2024-08", "2025-01"), employer=standing)
    assert is_approved(six)
    seven = ruled(2025, paid=early, owed=months_between("2024-07", "2025-01"), employer=standing)
    assert referral(seven) is Ground.EMPLOYER_PAYS_FIRST


def test_until_2025_a_bankrupt_employer_s_fourth_month_is_not_covered() -> None:
    paid = months_between("2021-03", "2022-09")
    bankrupt = EmployerStanding.BANKRUPT
    three = ruled(2023, paid=(*paid, "2022-10"), owed=("2022-11", "2022-12", "2023-01"), employer=bankrupt)
    assert is_approved(three)
    four = ruled(2023, paid=paid, owed=months_between("2022-10", "2023-01"), employer=bankrupt)
    assert referral(four) is Ground.EMPLOYER_PAYS_FIRST


@BOTH
def test_arrears_interrupted_by_a_paid_month_do_not_reach_the_layoff(year: int) -> None:
    paid = (*months_between(f"{year - 2}-03", f"{year - 1}-07"), f"{year}-01")
    story = ruled(year, paid=paid, owed=months_between(f"{year - 1}-08", f"{year - 1}-12"))
    assert condition(story, "arrears")[1]["months_in_arrears"] == 0
    assert is_approved(story)


@BOTH
def test_months_missing_at_the_end_of_the_record_go_to_a_person_where_they_may_be_more_than_is_covered(
    year: int,
) -> None:
    # February was due on 15 March, after the layoff: October to January are four months, from November three.
    three_unknown = ruled(year, paid=months_between(f"{year - 2}-03", f"{year - 1}-10"))
    assert is_approved(three_unknown)
    four_unknown = ruled(year, paid=months_between(f"{year - 2}-03", f"{year - 1}-09"))
    assert referral(four_unknown) is Ground.RECORD_HAS_A_GAP
    assert condition(four_unknown, "arrears")[1]["months_unknown"] == 4
    assert condition(four_unknown, "arrears")[1]["months_in_arrears"] == 0


@BOTH
def test_what_was_owed_before_the_gap_may_be_owed_still(year: int) -> None:
    paid = months_between(f"{year - 2}-03", f"{year - 1}-07")
    owed = (f"{year - 1}-08", f"{year - 1}-09", f"{year - 1}-10")
    assert referral(ruled(year, paid=paid, owed=owed)) is Ground.RECORD_HAS_A_GAP
    assert is_approved(ruled(year, paid=paid + owed))


@BOTH
def test_a_record_without_a_month_of_the_employer_who_dismissed_goes_to_a_person(year: int) -> None:
    paid = a_record(paid=months_between(f"{year - 2}-03", f"{year - 1}-10")).months
    elsewhere = tuple(row.model_copy(update={"employer_registration": "employer-2"}) for row in paid)
    record = a_record().model_copy(update={"months": elsewhere})
    hired_in_september = a_layoff(
        f"{year}-03-03", contract=a_fixed_term(f"{year - 1}-09-15", f"{year}-09-14")
    )
    story = decided(hired_in_september, record, f"{year}-03-10")
    assert referral(story) is Ground.RECORD_HAS_A_GAP
    hired_in_october = a_layoff(f"{year}-03-03", contract=a_fixed_term(f"{year - 1}-10-15", f"{year}-10-14"))
    assert is_approved(decided(hired_in_october, record, f"{year}-03-10"))


def test_a_gap_with_a_paid_month_after_it_is_none() -> None:
    assert is_approved(ruled(2025, paid=(*months_between("2023-03", "2024-06"), "2025-02")))


@pytest.mark.parametrize(
    ("position", "approves"), [(RunPosition.ANYWHERE, True), (RunPosition.AT_THE_LAYOFF, False)]
)
def test_a_run_of_six_that_ended_before_the_layoff_counts_unless_it_must_end_there(
    position: RunPosition, approves: bool
) -> None:
    cited = Cited(position, "assumption: docs/decisions/0012-six-in-a-row.md", date(2021, 2, 2))
    law = Law((replace(RULES_2021, consecutive_months_position=cited), RULES_2025))
    ended_in_december = a_record(paid=(*scattered(2023, 6), "2023-02"))
    story = Story(law=law).when(a_report(a_layoff("2023-03-03")), "2023-03-03")
    story = story.when(a_filing(), "2023-03-10")
    story = story.when(RecordContributions(record=ended_in_december), "2023-03-10")
    assert is_approved(story) is approves
    assert approves or denial(story) is Ground.TOO_FEW_CONSECUTIVE_MONTHS
    six_to_the_end = a_record(
        paid=(*(f"2021-{n:02d}" for n in (4, 6, 8, 10, 12)), "2022-02", *months_between("2022-09", "2023-02"))
    )
    assert (
        run_in_a_row(
            months_before_layoff(a_layoff("2023-03-03"), six_to_the_end, law.regimes[0]).paid,
            a_layoff("2023-03-03"),
            law.regimes[0],
        )
        == 6
    )


@BOTH
def test_nobody_is_refused_by_a_machine_for_months_that_the_employer_still_owes(year: int) -> None:
    nine = months_between(f"{year - 1}-02", f"{year - 1}-10")
    three_owed = months_between(f"{year - 1}-11", f"{year}-01")
    assert referral(ruled(year, paid=nine, owed=three_owed)) is Ground.MONTHS_OWED_BUT_UNPAID
    assert referral(ruled(year, paid=nine[-1:], owed=three_owed)) is Ground.MONTHS_OWED_BUT_UNPAID
    assert referral(ruled(year, paid=nine)) is Ground.MONTHS_NOT_TOLD
    seven = (*nine[:6], f"{year}-02")
    assert denial(ruled(year, paid=seven)) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


@BOTH
def test_nor_for_a_run_of_six_that_an_owed_month_would_close(year: int) -> None:
    odd = tuple(f"{year - 2}-{n:02d}" for n in (3, 5, 7, 9, 11))
    gaps = (*odd, f"{year - 1}-01", f"{year - 1}-03")
    story = ruled(year, paid=gaps + months_between(f"{year - 1}-08", f"{year - 1}-12"), owed=(f"{year}-01",))
    if year == 2023:
        assert referral(story) is Ground.TOO_FEW_CONSECUTIVE_MONTHS
    else:
        assert is_approved(story)


@BOTH
def test_more_than_three_months_of_arrears_are_the_employers_to_pay_first(year: int) -> None:
    eleven = months_between(f"{year - 2}-11", f"{year - 1}-09")
    story = ruled(year, paid=eleven, owed=months_between(f"{year - 1}-10", f"{year}-01"))
    assert referral(story) is Ground.MONTHS_OWED_BUT_UNPAID
    amended = "" if year == 2023 else " as amended by PP 6/2025"
    assert article(story, "arrears") == f"PP 37/2021{amended} Pasal 39(3)"


def test_beyond_six_months_of_arrears_a_bankrupt_employer_pays_first_as_any_other() -> None:
    paid, bankrupt = months_between("2023-03", "2024-06"), EmployerStanding.BANKRUPT
    six = ruled(2025, paid=paid, owed=months_between("2024-08", "2025-01"), employer=bankrupt)
    seven = ruled(2025, paid=paid, owed=months_between("2024-07", "2025-01"), employer=bankrupt)
    assert is_approved(six)
    assert referral(seven) is Ground.EMPLOYER_PAYS_FIRST
    assert article(seven, "arrears") == "PP 37/2021 as amended by PP 6/2025 Pasal 39(3)"


@BOTH
def test_nor_who_would_have_them_with_the_month_that_is_not_yet_due(year: int) -> None:
    eleven = months_between(f"{year - 1}-03", f"{year}-01")
    story = ruled(year, paid=eleven, owed=(f"{year}-02",))
    assert condition(story, "arrears")[1]["months_in_arrears"] == 0
    assert referral(story) is Ground.MONTHS_OWED_BUT_UNPAID


@BOTH
def test_three_benefits_are_the_most_in_a_working_life(year: int) -> None:
    fourth = ruled(year, earlier_benefits=3)
    assert denial(fourth) is Ground.TOO_MANY_CLAIMS
    assert condition(fourth, "earlier_claims")[1] == {"earlier_claims": 3, "most": 3}


def after_a_benefit_of_march_2021(months: int) -> Story:
    """Laid off in August 2027, so many months paid for since the benefit first paid in March 2021."""
    first = (2021 * 12 + 3) + (77 - months)
    paid = tuple(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, first + months))
    record = a_record(paid=("2021-02", *paid), earlier_benefits_first_paid_on=("2021-03-15",))
    return decided(a_layoff("2027-09-15"), record, "2027-09-20")


def test_another_benefit_needs_sixty_paid_months_since_the_last_one() -> None:
    assert is_approved(after_a_benefit_of_march_2021(60))
    too_soon = after_a_benefit_of_march_2021(59)
    assert denial(too_soon) is Ground.TOO_SOON_AFTER_LAST_BENEFIT
    facts = {"earlier_claims": 1, "paid_months_since": 59, "needed": 60}
    assert condition(too_soon, "earlier_claims")[1] == facts


def test_where_the_record_does_not_reach_back_to_the_last_benefit_a_person_looks() -> None:
    assert referral(ruled(2025, earlier_benefits=1)) is Ground.TOO_SOON_AFTER_LAST_BENEFIT


def test_months_before_the_programme_began_are_no_months_of_it() -> None:
    eleven_of_jkp = decided(
        a_layoff("2022-01-20"), a_record(paid=months_between("2021-01", "2021-12")), "2022-02-10"
    )
    assert denial(eleven_of_jkp) is Ground.TOO_FEW_CONTRIBUTION_MONTHS
    assert condition(eleven_of_jkp, "contribution_months")[1]["paid_months"] == 11


def test_who_asks_for_a_day_is_told_by_what_is_paid_on_it() -> None:
    record = a_record()
    paid_today = record.model_copy(
        update={"months": tuple(m.model_copy(update={"paid_on": date(2025, 3, 10)}) for m in record.months)}
    )
    by_condition = {
        day: {r.condition: r for r in precheck(a_layoff(), paid_today, day, LAW, WEEKENDS_ONLY)}
        for day in (date(2025, 3, 9), date(2025, 3, 10))
    }

    assert [found["contribution_months"].facts["paid_months"] for found in by_condition.values()] == [0, 12]
    assert [found["arrears"].result for found in by_condition.values()] == [Result.MANUAL_REVIEW, Result.MET]


def test_what_is_paid_on_the_day_is_paid_and_what_is_paid_tomorrow_is_owed() -> None:
    usual = a_record(paid=("2025-01", "2025-02"))
    january, february = usual.months
    today, tomorrow = date(2025, 3, 10), date(2025, 3, 11)
    months = (
        january.model_copy(update={"paid_on": today}),
        february.model_copy(update={"paid_on": tomorrow}),
    )
    seen = paid_by(usual.model_copy(update={"months": months}), today, RULES_2025)
    assert [month.paid_on for month in seen.months] == [today, None]
