"""Filing again: after a refusal, after a withdrawal, and across the change of the law."""

from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    applications,
    approved,
    certification,
    decided,
    months_between,
    reported,
    wib,
)

from claims.commands import command as cmd
from claims.events import (
    BenefitAuthorized,
    ClaimApproved,
    ClaimDenied,
    ClaimLapsed,
    ClaimReferred,
    FilingNotAccepted,
)
from claims.state.claim import Ending
from law.grounds import Ground
from law.rules import Office, SeparationReason


def refused_by_officer(story: Story, at: str) -> Story:
    return story.when(cmd.DecideByOfficer(approves=False, reason="bukti tidak sah"), at)


def answered(story: Story, at: str) -> Story:
    return story.when(cmd.RecordContributions(record=a_record()), at)


def test_nothing_applied_for_under_an_earlier_filing_speaks_for_a_later_one() -> None:
    story = decided(a_layoff("2025-03-03", office=Office.NONE), a_record(), "2025-03-10")
    story = story.when(applications(5, "2025-04-09"), "2025-04-09").when(certification(2), "2025-04-10")
    story = refused_by_officer(story, "2025-04-12")
    story = answered(story.when(a_filing(2), "2025-04-20"), "2025-04-20")
    story = story.when(cmd.DecideByOfficer(approves=True, reason="settled"), "2025-04-21")
    story = story.when(applications(5, "2025-04-22"), "2025-04-22")

    assert [event.month for event in story.all(BenefitAuthorized)] == [1]
    assert not story.claim.month(2).certified


def test_who_withdrew_before_anything_was_granted_may_file_again_while_the_window_is_open() -> None:
    story = reported().when(a_filing(), "2025-03-10").when(cmd.WithdrawClaim(reason="ragu"), "2025-03-11")
    assert story.claim.ending is Ending.WITHDRAWN

    story = answered(story.when(a_filing(2), "2025-03-12"), "2025-03-12")

    assert isinstance(story.claim.decision, ClaimApproved)
    assert story.claim.decision.reference_date.isoformat() == "2025-03-12"


def test_who_withdrew_a_claim_that_was_granted_may_not() -> None:
    story = (
        approved(2025).when(cmd.WithdrawClaim(reason="pindah"), "2025-03-11").when(a_filing(2), "2025-03-12")
    )

    assert story.new(FilingNotAccepted)[0].verdict.ground is Ground.CLAIM_ENDED


def test_a_refused_filing_that_only_the_new_rules_take_may_be_repeated_inside_their_window() -> None:
    layoff = a_layoff("2024-09-10", reason=SeparationReason.RESIGNATION)
    paid = a_record(paid=months_between("2023-09", "2024-08"))
    story = decided(layoff, paid, "2025-02-10")

    denied = story.claim.decision
    assert isinstance(denied, ClaimDenied)
    assert denied.may_file_again_until == wib("2025-03-11 00:00:00")
    assert story.wake("2025-03-10 23:59:59").claim.ending is None
    (lapse,) = story.wake("2025-03-11 00:00:00").added
    assert isinstance(lapse.event, ClaimLapsed)
    assert lapse.effective_at == wib("2025-03-11 00:00:00")


def referred_under_the_old_rules() -> Story:
    """A receipt of the province, which the rules of 2021 do not name."""
    layoff = a_layoff("2025-01-06", office=Office.PROVINCE)
    paid = a_record(paid=months_between("2024-01", "2024-12"))
    return decided(layoff, paid, "2025-02-03", "2025-02-05")


def test_a_claim_still_with_an_officer_on_7_february_2025_is_decided_by_the_new_rules() -> None:
    story = referred_under_the_old_rules()
    assert isinstance(story.claim.decision, ClaimReferred)
    assert isinstance(story.wake("2025-02-06 23:59:59").claim.decision, ClaimReferred)

    story = refused_by_officer(story, "2025-02-10")

    decision = story.claim.decision
    assert isinstance(decision, ClaimApproved)
    assert decision.regime == "2025"
    assert story.told.verdict.ground is Ground.NOT_REFERRED


def test_an_announced_layoff_is_not_yet_filed_for() -> None:
    story = reported(a_layoff("2025-03-20"), "2025-03-10").when(a_filing(), "2025-03-19")

    assert story.new(FilingNotAccepted)[0].verdict.ground is Ground.WINDOW_NOT_OPEN
