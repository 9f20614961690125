"""What employers, workers and BPJS must do beside a claim: the last day of each, and the day that is late."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from support.builders import WEEKENDS_ONLY, a_filing, a_layoff, a_record, reported
from support.determined import is_approved

from claims.agenda.employer_duties import (
    Duty,
    Seen,
    Stage,
    contribution_payment,
    data_change,
    enrolment_form,
    layoff_notice,
    layoff_report,
    membership_adjustment,
    participant_number,
    placement_report,
    refusal_letter,
    training_report,
)
from claims.commands import command as cmd
from law.duty_terms import DUTIES, REPORTS
from law.periods import Calendar, start_of
from law.rules import ASSUMPTION, SeparationReason, Sourced

TODAY = date(2025, 6, 1)
SEEN = Seen(TODAY, WEEKENDS_ONLY)
EID = Calendar("with Eid", frozenset({date(2025, 3, 31), date(2025, 4, 1)}))


def days(duty: Duty | None) -> tuple[date, str]:
    assert duty is not None
    return duty.last_day, duty.article


def test_a_new_worker_is_registered_within_thirty_days_holidays_and_sundays_included() -> None:
    assert days(enrolment_form(date(2025, 3, 3), SEEN)) == (date(2025, 4, 2), "PP 37/2021 Pasal 6(1)")
    # 31 May 2025 is a Saturday: a term in plain days does not roll.
    assert days(enrolment_form(date(2025, 5, 1), SEEN)) == (date(2025, 5, 31), "PP 37/2021 Pasal 6(1)")
    assert enrolment_form(date(2025, 3, 3), SEEN).rule == "30 days after the start of work"


@pytest.mark.parametrize(
    ("given_on", "late"), [(date(2025, 4, 1), False), (date(2025, 4, 2), False), (date(2025, 4, 3), True)]
)
def test_the_thirty_first_day_is_late(given_on: date, late: bool) -> None:
    duty = enrolment_form(date(2025, 3, 3), SEEN, given_on)
    assert (duty.late, duty.done) == (late, True)


@pytest.mark.parametrize(("on", "late"), [(date(2025, 4, 2), False), (date(2025, 4, 3), True)])
def test_a_form_that_never_came_is_late_once_the_day_has_passed(on: date, late: bool) -> None:
    duty = enrolment_form(date(2025, 3, 3), Seen(on, WEEKENDS_ONLY))
    assert (duty.late, duty.passed, duty.done) == (late, late, False)


@pytest.mark.parametrize(
    ("form", "paid", "last_day"),
    [
        (date(2025, 3, 10), date(2025, 3, 12), date(2025, 3, 13)),
        (date(2025, 3, 12), date(2025, 3, 10), date(2025, 3, 13)),
        (date(2025, 3, 12), date(2025, 3, 12), date(2025, 3, 13)),
        (date(2025, 3, 10), date(2025, 3, 14), date(2025, 3, 17)),
    ],
)
def test_the_number_comes_a_working_day_after_form_or_first_contribution_whichever_is_later(
    form: date, paid: date, last_day: date
) -> None:
    assert days(participant_number(form, paid, SEEN)) == (last_day, "PP 37/2021 Pasal 6(3)")


def test_without_form_or_contribution_the_day_for_the_number_has_not_begun() -> None:
    assert participant_number(None, date(2025, 3, 10), SEEN) is None
    assert participant_number(date(2025, 3, 10), None, SEEN) is None


def test_a_change_of_data_is_told_within_seven_working_days() -> None:
    assert days(data_change(date(2025, 3, 3), SEEN)) == (date(2025, 3, 12), "PP 37/2021 Pasal 9")
    over_eid = data_change(date(2025, 3, 24), Seen(TODAY, EID))
    assert (over_eid.last_day, over_eid.calendar_version) == (date(2025, 4, 4), "with Eid")


def test_the_authorities_adjusted_memberships_by_the_end_of_february_2025() -> None:
    assert days(membership_adjustment(SEEN)) == (date(2025, 2, 28), "PP 6/2025 Pasal II.1")


def notice(laid_off_on: date, stage: Stage, noticed_on: date | None = None) -> Duty:
    duty = layoff_notice(laid_off_on, SeparationReason.EFFICIENCY, stage, SEEN, noticed_on)
    assert duty is not None
    return duty


def test_notice_of_a_layoff_is_given_fourteen_working_days_before_it_seven_on_probation() -> None:
    friday = date(2025, 3, 28)
    assert days(notice(friday, Stage.EMPLOYED)) == (date(2025, 3, 10), "PP 35/2021 Pasal 37(3)")
    assert days(notice(friday, Stage.PROBATION)) == (date(2025, 3, 19), "PP 35/2021 Pasal 37(4)")


@pytest.mark.parametrize(
    ("noticed_on", "late"), [(date(2025, 3, 7), False), (date(2025, 3, 10), False), (date(2025, 3, 11), True)]
)
def test_notice_on_the_thirteenth_working_day_before_is_late(noticed_on: date, late: bool) -> None:
    assert notice(date(2025, 3, 28), Stage.EMPLOYED, noticed_on).late == late


def test_a_holiday_before_the_layoff_moves_the_notice_back() -> None:
    duty = layoff_notice(date(2025, 4, 4), SeparationReason.EFFICIENCY, Stage.PROBATION, Seen(TODAY, EID))
    assert days(duty)[0] == date(2025, 3, 24)


def test_the_other_readings_of_notice_and_of_thirty_days_are_one_value_away() -> None:
    at_most = replace(DUTIES, earlier_notice_is_in_time=Sourced(False, "a test"))
    other = layoff_notice(
        date(2025, 3, 28), SeparationReason.EFFICIENCY, Stage.EMPLOYED, Seen(TODAY, WEEKENDS_ONLY, at_most)
    )
    assert other is not None
    assert (other.opens_at, other.last_day) == (start_of(date(2025, 3, 10)), date(2025, 3, 28))
    rolling = replace(DUTIES, enrolment_form_rolls=Sourced(True, "a test"))
    form = enrolment_form(date(2025, 5, 1), Seen(TODAY, WEEKENDS_ONLY, rolling))
    assert form.last_day == date(2025, 6, 2)


def test_gross_misconduct_needs_no_notice() -> None:
    for stage in Stage:
        misconduct = SeparationReason.URGENT_MISCONDUCT
        assert layoff_notice(date(2025, 3, 28), misconduct, stage, SEEN) is None


def test_a_worker_refuses_within_seven_working_days_of_the_notice() -> None:
    duty = refusal_letter(date(2025, 3, 10), SEEN)
    assert (*days(duty), duty.owner) == (date(2025, 3, 19), "PP 35/2021 Pasal 39(1)", "worker")
    assert refusal_letter(date(2025, 3, 10), SEEN, date(2025, 3, 20)).late


@pytest.mark.parametrize(
    ("laid_off_on", "last_day", "article"),
    [
        (date(2023, 3, 3), date(2023, 3, 14), "assumption: docs/decisions/0019-three-days-and-seven-days.md"),
        (date(2025, 3, 3), date(2025, 3, 12), "Permenaker 2/2025 Pasal 9(1)"),
    ],
)
def test_a_layoff_is_reported_within_seven_working_days(
    laid_off_on: date, last_day: date, article: str
) -> None:
    assert days(layoff_report(laid_off_on, SEEN)) == (last_day, article)


def test_a_late_report_is_told_to_the_inspector_and_the_worker_is_paid_all_the_same() -> None:
    late = reported(a_layoff("2025-03-03"), "2025-03-13").when(a_filing(), "2025-03-14")
    story = late.when(cmd.RecordContributions(record=a_record()), "2025-03-14")
    assert layoff_report(date(2025, 3, 3), SEEN, date(2025, 3, 13)).late
    assert is_approved(story)


def test_a_contribution_is_due_on_the_fifteenth_or_the_working_day_after_it() -> None:
    assert days(contribution_payment("2025-02", SEEN)) == (date(2025, 3, 17), "PP 44/2015 Pasal 21(2)-(3)")
    rule = "day 15 of the month after, or the next working day"
    assert contribution_payment("2025-02", SEEN).rule == rule
    assert not contribution_payment("2025-02", SEEN, date(2025, 3, 17)).late
    assert contribution_payment("2025-02", SEEN, date(2025, 3, 18)).late


def test_the_end_of_training_and_a_new_job_are_told_within_seven_working_days() -> None:
    assert days(training_report(date(2025, 5, 16), SEEN)) == (date(2025, 5, 27), "PP 37/2021 Pasal 33(1)")
    assert days(placement_report(date(2025, 5, 20), SEEN)) == (date(2025, 5, 29), "PP 37/2021 Pasal 28")
    assert training_report(date(2025, 5, 16), SEEN).owner == "claimant"


def test_a_duty_closes_at_the_midnight_after_its_last_day() -> None:
    duty = layoff_report(date(2025, 3, 3), SEEN)
    assert duty.closes_at.isoformat() == "2025-03-12T17:00:00+00:00"


def test_what_will_be_done_later_is_not_done_yet() -> None:
    early = Seen(date(2025, 3, 5), WEEKENDS_ONLY)
    duty = layoff_report(date(2025, 3, 3), early, date(2025, 3, 6))
    assert (duty.done, duty.late, duty.passed) == (False, False, False)


def test_the_terms_of_reports_are_dated_and_say_that_they_are_ours() -> None:
    assert REPORTS.in_force_from == date(2021, 2, 2)
    assert (REPORTS.same_layoff_days.value, REPORTS.expiry_told_months.value) == (60, 1)
    assert all(
        said.citation.startswith(ASSUMPTION)
        for said in (REPORTS.same_layoff_days, REPORTS.expiry_told_months)
    )


def test_every_term_is_cited_and_the_record_of_the_open_ones_is_there() -> None:
    cited = [value for field in fields(DUTIES) if isinstance(value := getattr(DUTIES, field.name), Sourced)]
    assert len(cited) == 11
    assert all(value.citation for value in cited)
    assert (Path(__file__).parents[3] / "docs" / "decisions" / "0028-terms-of-employers.md").is_file()
