"""A refusal comes back to life through a fact that makes it wrong, and through nothing else."""

from dataclasses import replace

import pytest
from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    amounts,
    applications,
    decided,
    lived_through,
    months_between,
    self_assessment,
    wib,
)

from claims.commands import command as cmd
from claims.events import ClaimApproved, ClaimReconsidered, ClaimReferred, ClaimReinstated
from claims.state.claim import Ending
from claims.state.evolving import fold
from claims.transitions.automatic import automatic_transitions
from law.grounds import Ground
from law.periods import Calendar
from law.regimes import RULES_2021, RULES_2025
from law.rules import Cited, Law, Office

ELEVEN = months_between("2024-04", "2025-02")
LENIENT = Law(
    (
        RULES_2021,
        replace(RULES_2025, contribution_months_min=Cited(6, "assumption: a test", RULES_2025.in_force_from)),
    )
)


def record(paid: tuple[str, ...] = ELEVEN, **facts: object) -> cmd.RecordContributions:
    return cmd.RecordContributions(record=a_record(paid=paid, **facts))  # type: ignore[arg-type]


def refused() -> Story:
    """Eleven months of twelve, refused on 10 March 2025."""
    return decided(a_layoff(), a_record(paid=ELEVEN), "2025-03-10")


def asked_again(story: Story, at: str) -> Story:
    return story.when(cmd.RequestRecord(reason="asked again"), at).when(record(), at)


def unchanged(story: Story) -> bool:
    return [each.outcome for each in story.new(ClaimReconsidered)] == ["unchanged"]


@pytest.mark.parametrize("at", ["2025-03-20", "2025-10-01"])
def test_another_reading_of_the_law_revives_nothing_on_the_same_facts(at: str) -> None:
    story = asked_again(replace(refused().wake(at), law=LENIENT), at)
    assert unchanged(story)
    assert story.all(ClaimApproved) == ()


def test_another_calendar_revives_nothing() -> None:
    holiday = Calendar("later", frozenset({wib("2025-03-12").date()}))
    assert unchanged(asked_again(replace(refused(), calendar=holiday), "2025-03-20"))


def test_rebuilding_the_state_revives_nothing() -> None:
    story = asked_again(refused().wake("2025-10-01"), "2025-10-01")
    again = fold(story.events)
    assert again == story.claim
    assert again.ending is Ending.LAPSED
    assert automatic_transitions(again, story.context(wib("2026-01-01"))) == ()


def without_proof_refused() -> Story:
    """Referred for its proof, and refused by an officer after the answer."""
    story = decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")
    said = cmd.AnswerQuestion(statement="disagrees", reference="portal-1")
    return story.when(said, "2025-03-11").when(
        cmd.DecideByOfficer(approves=False, reason="no receipt"), "2025-03-12"
    )


@pytest.mark.parametrize("wage_idr", [4_000_000, 4_100_000])
def test_what_an_officer_refused_is_not_opened_by_facts_that_are_about_something_else(wage_idr: int) -> None:
    story = without_proof_refused().when(cmd.RequestRecord(reason="asked again"), "2025-03-20")
    story = story.when(cmd.RecordContributions(record=a_record(wage_idr=wage_idr)), "2025-03-20")
    assert unchanged(story)
    assert story.claim.denied is not None


def test_the_missing_receipt_opens_it() -> None:
    story = without_proof_refused().when(a_report(a_layoff()), "2025-03-20")
    assert len(story.new(ClaimApproved)) == 1


def test_a_month_that_turns_out_to_be_owed_opens_a_refusal_manual_review() -> None:
    story = refused().wake("2025-10-01").when(record(owed=("2025-02",)), "2025-10-01")
    assert len(story.new(ClaimReinstated)) == 1
    [referred] = story.new(ClaimReferred)
    assert referred.ground is Ground.MONTHS_OWED_BUT_UNPAID


def of_2023() -> Story:
    """Under the old rules: months 1 and 3 to 5 of the row paid; refused on 10 March 2023."""
    row = (*months_between("2022-03", "2022-07"), *months_between("2022-09", "2023-02"), "2021-05")
    broken = tuple(month for month in row if month != "2023-01")
    return decided(a_layoff("2023-03-03"), a_record(paid=(*broken, "2021-06")), "2023-03-10")


def test_a_person_who_grants_it_years_later_has_the_rules_of_its_window() -> None:
    story = of_2023().wake("2025-03-03")
    assert story.claim.ending is Ending.LAPSED
    owed = a_record(
        paid=(*months_between("2022-03", "2022-07"), *months_between("2022-09", "2022-12"), "2021-05"),
        owed=("2023-01", "2023-02", "2022-08"),
    )
    story = story.when(cmd.RecordContributions(record=owed), "2025-03-03")
    [referred] = story.new(ClaimReferred)
    assert referred.regime == "2021"
    assert story.wake("2025-04-01").added == (), "nor do later rules decide it while it waits"
    granted = story.when(cmd.DecideByOfficer(approves=True, reason="seen", payer="bpjs"), "2025-04-02")
    [approved] = granted.new(ClaimApproved)
    assert (approved.regime, approved.reference_date) == ("2021", wib("2023-03-10").date())
    assert amounts(granted.bank(1, "settled", "2025-04-02")) == [1_800_000]


def test_a_month_lost_under_the_old_rules_stays_lost_under_the_new() -> None:
    story = decided(a_layoff("2023-03-03"), a_record(paid=months_between("2022-03", "2023-02")), "2023-03-10")
    story = story.bank(1, "settled", "2023-03-10").when(applications(5, "2023-03-12"), "2023-03-12")
    story = story.wake("2023-09-11").when(self_assessment("2023-09-11"), "2023-09-11")
    assert [month.number for month in story.claim.months if month.forfeited] == [2, 3, 4, 5, 6]
    late = story.when(cmd.RequestRecord(reason="asked again"), "2025-03-10")
    late = late.when(
        cmd.RecordContributions(record=a_record(paid=months_between("2022-03", "2023-02"))), "2025-03-10"
    )
    assert [month.number for month in late.claim.months if month.forfeited] == [2, 3, 4, 5, 6]


def test_a_claim_that_was_taken_back_and_reported_again_has_the_rules_of_its_window() -> None:
    """Filed in 2023 and not yet decided when the report was taken back; reported again in 2025."""
    story = Story().when(a_report(a_layoff("2023-03-03"), "participant"), "2023-03-03")
    story = story.when(a_filing(), "2023-03-10")
    story = story.when(cmd.WithdrawLayoff(reported_by="participant"), "2023-03-11")
    story = story.when(a_report(a_layoff("2023-03-03"), "participant"), "2025-03-10")
    story = story.when(record(months_between("2022-03", "2023-02")), "2025-03-11")
    assert [each.regime for each in story.all(ClaimApproved)] == ["2021"]


def test_the_life_that_was_lived_rightly_is_not_looked_at_by_later_rules() -> None:
    story = lived_through(
        decided(a_layoff("2023-03-03"), a_record(paid=months_between("2022-03", "2023-02")), "2023-03-10")
    )
    again = story.when(cmd.RequestRecord(reason="asked again"), "2025-03-10")
    again = again.when(
        cmd.RecordContributions(record=a_record(paid=months_between("2022-03", "2023-02"))), "2025-03-10"
    )
    assert sum(amounts(again)) == 8_400_000
    assert again.claim.ending is Ending.EXHAUSTED
