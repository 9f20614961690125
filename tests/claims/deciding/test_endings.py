"""How the right ends: work found, death, withdrawal, and a layoff taken back."""

from dataclasses import replace
from datetime import date

import pytest
from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    amounts,
    applications,
    approved,
    certification,
    lived,
    lived_through,
    paid,
    reported,
    searched,
)

from claims.agenda.next_step import Status, Todo
from claims.agenda.obligations import Owner
from claims.commands import command as cmd
from claims.events import (
    BenefitAuthorized,
    BenefitCeased,
    ClaimApproved,
    ClaimReferred,
    LayoffCorrected,
    MonthForfeited,
    PaymentCancelled,
    PaymentOrdered,
)
from claims.state.claim import Ending
from law.grounds import Ground
from law.rules import SeparationReason


def works_since(day: str) -> cmd.ReportReemployment:
    return cmd.ReportReemployment(since=date.fromisoformat(day))


def died(day: str) -> cmd.ReportDeath:
    return cmd.ReportDeath(died_on=date.fromisoformat(day))


def test_work_found_in_month_3_keeps_the_months_begun_and_ends_the_rest() -> None:
    story = lived_through(approved(2025), 3).when(works_since("2025-05-20"), "2025-05-20")
    ceased = story.new(BenefitCeased)[0]
    assert (ceased.ground, ceased.article, ceased.last_month_owed) == (
        Ground.REEMPLOYED,
        "PP 37/2021 as amended by PP 6/2025 Pasal 40(b)",
        3,
    )
    story = story.wake("2025-12-31")
    assert amounts(story) == [2_400_000] * 3
    assert not story.all(MonthForfeited)
    step = story.step("2025-12-31")
    assert (step.status, step.todo) == (Status.CEASED, Todo.FINISH)


@pytest.mark.parametrize(("since", "last"), [("2025-05-09", 2), ("2025-05-10", 3), ("2025-06-09", 3)])
def test_a_month_stays_owed_once_its_reference_date_has_come(since: str, last: int) -> None:
    story = lived_through(approved(2025), 2).when(works_since(since), since)
    assert story.new(BenefitCeased)[0].last_month_owed == last


def test_a_month_after_the_work_began_cannot_be_applied_for() -> None:
    story = lived_through(approved(2025), 3).when(works_since("2025-05-20"), "2025-05-20")
    story = story.when(applications(5, "2025-05-21"), "2025-05-21").when(certification(4), "2025-06-11")
    assert story.told.verdict.ground is Ground.REEMPLOYED
    assert [e.month for e in story.all(BenefitAuthorized)] == [1, 2, 3]


def test_a_month_whose_reference_date_passed_before_the_work_began_may_still_be_applied_for() -> None:
    story = searched(lived_through(approved(2025), 2), 3).when(works_since("2025-05-12"), "2025-05-12")
    story = story.when(certification(3), "2025-05-13")
    assert [e.month for e in story.new(BenefitAuthorized)] == [3]
    assert paid(story, 3, "2025-05-14").step("2025-05-14").todo is Todo.FINISH


def test_the_search_before_the_work_began_may_still_be_told_for_a_month_that_stays_owed() -> None:
    story = lived_through(approved(2025), 2).when(works_since("2025-05-12"), "2025-05-12")
    story = story.when(applications(5, "2025-05-02"), "2025-05-13").when(certification(3), "2025-05-13")
    assert [e.month for e in story.new(BenefitAuthorized)] == [3]


def test_a_transfer_under_way_when_work_is_found_is_still_paid() -> None:
    story = lived(lived_through(approved(2025), 2), 3).when(works_since("2025-05-15"), "2025-05-15")
    assert not story.new(PaymentCancelled)
    assert amounts(paid(story, 3, "2025-05-16")) == [2_400_000] * 3


def test_work_that_began_before_a_month_cancels_the_order_of_that_month() -> None:
    story = lived(lived_through(approved(2025), 2), 3).when(works_since("2025-05-01"), "2025-05-11")
    assert [c.month for c in story.new(PaymentCancelled)] == [3]


def test_no_order_is_made_for_a_month_after_the_right_to_it_ended() -> None:
    story = lived(lived_through(approved(2025), 2), 3)
    story = story.bank(3, "refused", "2025-05-10", Ground.NOT_EXECUTED)
    story = story.when(works_since("2025-05-01"), "2025-05-10 10:04:59").wake("2025-05-12")
    assert [o.month for o in story.all(PaymentOrdered)] == [1, 2, 3]


def test_an_order_being_sent_for_a_month_no_longer_owed_is_awaited_to_its_outcome() -> None:
    story = lived(lived_through(approved(2025), 2), 3)
    story = replace(story, being_sent=(story.order(3).order_id,))
    story = story.when(works_since("2025-05-01"), "2025-05-10")
    assert not story.new(PaymentCancelled)
    step = story.step("2025-05-10")
    assert step.todo is Todo.WAIT
    assert [(a.owner, a.month) for a in step.awaited] == [(Owner.BANK, 3)]
    failed = replace(story, being_sent=()).bank(3, "refused", "2025-05-10", Ground.NOT_EXECUTED)
    assert failed.wake("2025-05-12").step("2025-05-12").todo is Todo.FINISH


def test_the_benefit_ceases_once() -> None:
    story = lived_through(approved(2025), 3).when(works_since("2025-05-20"), "2025-05-20")
    story = story.when(works_since("2025-05-21"), "2025-05-21")
    assert story.told.verdict.ground is Ground.ALREADY_RECORDED
    assert len(story.all(BenefitCeased)) == 1


def test_death_ends_the_months_to_come_and_leaves_those_begun() -> None:
    story = lived_through(approved(2025), 2).when(died("2025-04-30"), "2025-05-02")
    ceased = story.new(BenefitCeased)[0]
    assert (ceased.ground, ceased.article, ceased.last_month_owed) == (
        Ground.DECEASED,
        "PP 37/2021 as amended by PP 6/2025 Pasal 40(c)",
        2,
    )
    assert amounts(story.wake("2025-12-31")) == [2_400_000] * 2
    assert story.step("2025-12-31").todo is Todo.FINISH


def test_death_told_while_bpjs_is_asked_ends_the_months_to_come() -> None:
    story = reported().when(a_filing(), "2025-03-10").when(died("2025-03-11"), "2025-03-12")
    story = story.when(cmd.RecordContributions(record=a_record()), "2025-03-13")
    assert not story.all(ClaimApproved) or story.claim.ceased is not None


def test_death_told_before_the_filing_is_looked_at_by_a_person() -> None:
    story = reported().when(died("2025-03-04"), "2025-03-05").when(a_filing(), "2025-03-10")
    story = story.when(cmd.RecordContributions(record=a_record()), "2025-03-13")
    assert not story.all(ClaimApproved)
    assert story.claim.decision is not None


def test_work_found_while_bpjs_is_asked_goes_to_a_person() -> None:
    story = reported().when(a_filing(), "2025-03-10").when(works_since("2025-03-11"), "2025-03-11")
    story = story.when(cmd.RecordContributions(record=a_record()), "2025-03-12")
    assert isinstance(story.claim.decision, ClaimReferred)
    assert story.claim.decision.ground is Ground.REEMPLOYED


def test_a_withdrawn_claim_takes_no_more_evidence_and_stays_withdrawn() -> None:
    story = searched(approved(2025), 2).when(cmd.WithdrawClaim(reason="moved"), "2025-03-20")
    assert story.claim.ending is Ending.WITHDRAWN
    story = story.when(certification(2), "2025-04-10").when(works_since("2025-04-11"), "2025-04-11")
    assert story.told.verdict.ground is Ground.CLAIM_ENDED
    story = story.when(a_filing(), "2025-04-12").when(cmd.WithdrawClaim(reason="again"), "2025-04-12")
    assert story.told.verdict.ground is Ground.CLAIM_ENDED
    assert [e.month for e in story.all(BenefitAuthorized)] == [1]


def test_a_layoff_taken_back_before_the_approval_ends_the_claim_and_a_new_report_reopens_it() -> None:
    story = reported().when(cmd.WithdrawLayoff(reported_by="employer"), "2025-03-05")
    assert story.claim.ending is Ending.LAYOFF_WITHDRAWN
    assert story.when(a_filing(), "2025-03-10").told.verdict.ground is Ground.CLAIM_ENDED
    again = story.when(a_report(a_layoff(), "participant"), "2025-03-06").when(a_filing(), "2025-03-10")
    assert again.told.verdict.counts


def test_an_employer_cannot_take_back_the_layoff_of_an_approved_claim() -> None:
    story = approved(2025).when(cmd.WithdrawLayoff(reported_by="employer"), "2025-03-11")
    assert story.told.verdict.ground is Ground.NEEDS_MANUAL_REVIEW
    assert story.claim.ending is None


def test_the_employer_s_and_the_participant_s_report_are_one_layoff() -> None:
    story = reported().when(a_report(a_layoff(), "participant"), "2025-03-04")
    assert story.new(LayoffCorrected)
    assert story.claim.reported_by == {"employer", "participant"}
    again = story.when(a_report(a_layoff(), "participant"), "2025-03-05")
    assert again.told.verdict.ground is Ground.ALREADY_RECORDED
    assert again.events == story.events


def test_the_last_report_of_a_layoff_holds() -> None:
    corrected = a_layoff(reason=SeparationReason.RESIGNATION)
    story = reported().when(a_report(corrected), "2025-03-04")
    assert story.claim.layoff == corrected


@pytest.mark.parametrize(
    ("since", "told", "ground"),
    [
        ("2025-03-02", "2025-03-20", Ground.WORK_BEFORE_LAYOFF),
        ("2025-03-03", "2025-03-20", Ground.WORK_BEFORE_LAYOFF),
        ("2025-03-04", "2025-03-20", Ground.NEEDS_MANUAL_REVIEW),
        ("2025-03-09", "2025-03-20", Ground.NEEDS_MANUAL_REVIEW),
        ("2025-03-21", "2025-03-20", Ground.IN_THE_FUTURE),
    ],
)
def test_a_date_of_work_that_cannot_end_the_benefit_ends_nothing(
    since: str, told: str, ground: Ground
) -> None:
    story = approved(2025).when(works_since(since), told)
    assert story.told.verdict.ground is ground
    assert story.claim.ceased is None
    assert not story.all(PaymentCancelled)


def test_work_since_the_day_of_the_filing_ends_the_months_to_come() -> None:
    story = approved(2025).when(works_since("2025-03-10"), "2025-03-20")
    assert story.new(BenefitCeased)[0].last_month_owed == 1


def test_nobody_dies_in_the_future() -> None:
    story = approved(2025).when(died("2025-03-21"), "2025-03-20")
    assert (story.told.verdict.ground, story.claim.ceased) == (Ground.IN_THE_FUTURE, None)


@pytest.mark.parametrize("died_on", ["1900-01-01", "2019-01-06"])
def test_nobody_died_before_the_job_began(died_on: str) -> None:
    story = approved(2025).when(died(died_on), "2025-03-20")
    assert (story.told.verdict.ground, story.claim.ceased) == (Ground.BEFORE_THE_JOB_BEGAN, None)


@pytest.mark.parametrize(
    ("done_on", "ground"),
    [
        ("2025-03-20", Ground.COUNTS),
        ("2025-03-21", Ground.IN_THE_FUTURE),
        ("2200-12-31", Ground.IN_THE_FUTURE),
    ],
)
def test_what_was_done_on_a_day_to_come_does_not_count(done_on: str, ground: Ground) -> None:
    day = date.fromisoformat(done_on)
    assessed = cmd.CompleteSelfAssessment(form_version="asesmen-1", completed_on=day)
    counselled = cmd.AttendCounselling(attended_on=day, office="disnaker-3273")
    for message in (assessed, counselled):
        assert approved(2025).when(message, "2025-03-20").told.verdict.ground is ground
    assert approved(2025).when(assessed, "2025-03-20").claim.self_assessed is (ground is Ground.COUNTS)


def test_an_employer_who_takes_the_layoff_back_does_not_end_what_somebody_filed_for() -> None:
    filed = reported().when(a_filing(), "2025-03-10")
    story = filed.when(cmd.WithdrawLayoff(reported_by="employer"), "2025-03-11")
    assert (story.told.verdict.ground, story.claim.ending) == (Ground.NEEDS_MANUAL_REVIEW, None)
    own = Story().when(a_report(a_layoff(), "participant"), "2025-03-03").when(a_filing(), "2025-03-10")
    own = own.when(cmd.WithdrawLayoff(reported_by="participant"), "2025-03-11")
    assert own.claim.ending is Ending.LAYOFF_WITHDRAWN
