"""When a claim may be filed: three months, six since the amendment, and nothing after."""

import pytest
from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    applications,
    decided,
    months_between,
    reported,
    wib,
)

from claims.commands.command import RecordContributions
from claims.entitlement.windows import filing_window
from claims.events import ClaimDenied, ClaimFiled, ClaimLapsed, ClaimReinstated, FilingNotAccepted
from claims.state.claim import Ending
from law.grounds import Ground
from law.regimes import LAW
from law.rules import SeparationReason


@pytest.mark.parametrize(
    ("laid_off", "last_day"),
    [
        ("2023-03-03", "2023-06-03"),
        ("2023-11-30", "2024-02-29"),
        ("2022-11-30", "2023-02-28"),
        ("2024-08-05", "2024-11-05"),
        ("2024-11-07", "2025-05-07"),
        ("2025-02-06", "2025-08-06"),
        ("2025-02-07", "2025-08-07"),
        ("2025-03-03", "2025-09-03"),
        ("2025-08-31", "2026-02-28"),
        ("2025-10-31", "2026-04-30"),
    ],
)
def test_the_last_second_of_the_last_day_is_inside_and_the_next_is_not(laid_off: str, last_day: str) -> None:
    story = reported(a_layoff(laid_off))
    in_time = story.when(a_filing(), f"{last_day} 23:59:59")
    assert in_time.new(ClaimFiled)
    assert in_time.told.verdict.counts
    midnight = filing_window(a_layoff(laid_off).laid_off_on, LAW).closes_at
    assert (midnight - wib(f"{last_day} 23:59:59")).total_seconds() == 1
    late = story.when(a_filing(), midnight.astimezone(wib(last_day).tzinfo).strftime("%Y-%m-%d %H:%M:%S"))
    assert late.new(FilingNotAccepted)[0].verdict.ground is Ground.FILED_TOO_LATE
    assert late.claim.ending is Ending.LAPSED


def test_a_working_day_does_not_move_the_end_of_the_window() -> None:
    # 7 June 2025 was a Saturday, 7 September 2025 a Sunday.
    assert filing_window(a_layoff("2025-03-07").laid_off_on, LAW).closes_at == wib("2025-09-08 00:00:00")


def test_nobody_filed_the_right_lapses_at_the_deadline_whenever_somebody_looks() -> None:
    story = reported(a_layoff("2025-03-03"))
    assert story.wake("2025-09-03 23:59:59").claim.ending is None
    lapsed = story.wake("2025-11-20")
    assert lapsed.new(ClaimLapsed)[0].ground is Ground.NOT_FILED_IN_TIME
    assert lapsed.added[0].effective_at == wib("2025-09-04 00:00:00")
    assert lapsed.step("2025-11-20").todo.value == "finish"


def test_a_filing_received_inside_the_window_and_handled_after_it_reinstates_the_claim() -> None:
    lapsed = reported(a_layoff("2025-03-03")).wake("2025-09-04 00:05:00")
    story = lapsed.when(a_filing(), "2025-09-04 00:06:00", received="2025-09-03 23:59:59")
    assert story.new(ClaimReinstated)
    assert story.new(ClaimFiled)[0].filed_on.isoformat() == "2025-09-03"
    assert story.claim.ending is None


def test_a_filing_received_after_the_window_leaves_a_lapsed_claim_lapsed() -> None:
    lapsed = reported(a_layoff("2025-03-03")).wake("2025-09-04 00:05:00")
    story = lapsed.when(a_filing(), "2025-09-04 00:06:00", received="2025-09-04 00:00:00")
    assert story.told.verdict.ground is Ground.FILED_TOO_LATE
    assert story.claim.ending is Ending.LAPSED


def refused(laid_off: str = "2025-03-03", filed: str = "2025-03-10") -> Story:
    layoff = a_layoff(laid_off, reason=SeparationReason.RESIGNATION)
    return decided(layoff, a_record(), filed)


def test_who_was_refused_may_file_again_inside_the_window() -> None:
    story = refused()
    assert story.all(ClaimDenied)[0].may_file_again_until == wib("2025-09-04 00:00:00")
    again = story.when(a_filing(), "2025-09-03 23:59:59")
    assert again.told.verdict.counts
    assert again.claim.decision is None


def test_a_refusal_becomes_final_when_the_window_closes() -> None:
    story = refused().wake("2025-09-04 00:00:00")
    assert story.new(ClaimLapsed)[0].ground is Ground.EXCLUDED_SEPARATION


def test_a_refusal_under_the_old_rules_may_be_filed_again_under_the_new_ones() -> None:
    every_second = tuple(f"2023-{n:02d}" for n in (1, 3, 5, 7, 9, 11)) + tuple(
        f"2024-{n:02d}" for n in (1, 3, 5, 7, 9, 11)
    )
    story = decided(a_layoff("2024-12-02"), a_record(paid=every_second), "2024-12-10")
    assert story.all(ClaimDenied)[0].ground is Ground.TOO_FEW_CONSECUTIVE_MONTHS
    again = story.when(a_filing(), "2025-02-07")
    assert again.told.verdict.counts


def test_a_claim_is_filed_once() -> None:
    story = reported().when(a_filing(), "2025-03-10").when(a_filing(), "2025-03-11")
    assert story.told.verdict.ground is Ground.ALREADY_FILED
    assert len(story.all(ClaimFiled)) == 1
    assert story.claim.filing is not None
    assert story.claim.filing.filed_on.isoformat() == "2025-03-10"


def test_a_correction_of_the_layoff_day_moves_the_window() -> None:
    story = reported(a_layoff("2025-03-03"))
    assert story.wake("2025-09-04 00:00:00").claim.ending is Ending.LAPSED
    corrected = story.when(a_report(a_layoff("2025-03-20")), "2025-03-25")
    assert corrected.wake("2025-09-04 00:00:00").claim.ending is None


def test_nobody_files_before_the_day_of_the_layoff() -> None:
    announced = reported(a_layoff("2025-03-20"), at="2025-03-03")
    early = announced.when(a_filing(), "2025-03-19 23:59:59")
    assert early.told.verdict.ground is Ground.WINDOW_NOT_OPEN
    assert early.claim.filing is None
    assert announced.when(a_filing(), "2025-03-20 00:00:00").told.verdict.counts


def test_a_new_filing_begins_a_new_count_of_job_search() -> None:
    searching = reported(a_layoff(reason=SeparationReason.RESIGNATION)).when(a_filing(), "2025-03-10")
    searching = searching.when(applications(4, "2025-03-11"), "2025-03-11")
    denied = searching.when(RecordContributions(record=a_record()), "2025-03-12")
    again = denied.when(a_filing(), "2025-04-20").when(applications(1, "2025-04-21"), "2025-04-21")
    assert again.told.months[0].applications == 1


def test_a_layoff_between_the_two_windows_goes_to_a_person() -> None:
    record = a_record(paid=months_between("2023-10", "2024-09"))
    story = decided(a_layoff("2024-10-20"), record, "2025-02-10")
    assert story.claim.ending is None
