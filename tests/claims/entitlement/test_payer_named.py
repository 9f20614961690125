"""What an officer says of the payer: it counts where contributions were in arrears, and nowhere else."""

from typing import Literal

import pytest
from support.builders import a_layoff, a_record, decided

from claims.commands import command as cmd
from claims.events import ClaimApproved, DecisionReviewed, OfficerDecided
from law.grounds import Ground, Verdict
from law.rules import Office

OF_AN_OFFICE_UNKNOWN = a_layoff(office=Office.NONE)


def test_without_arrears_the_approval_counts_and_the_employer_named_with_it_does_not() -> None:
    story = decided(OF_AN_OFFICE_UNKNOWN, a_record(), "2025-03-10")
    named = cmd.DecideByOfficer(approves=True, reason="seen", payer="employer")
    story = story.when(named, "2025-03-11")

    said = story.new(OfficerDecided)[0]
    assert said.verdict.counts
    assert said.payer_verdict == Verdict(
        counts=False, ground=Ground.NOT_IN_ARREARS, article="PP 37/2021 Pasal 39(3)"
    )
    assert story.all(ClaimApproved)[0].payer == "bpjs"
    assert not story.claim.employer_pays


@pytest.mark.parametrize("payer", ["bpjs", None])
def test_the_fund_may_be_named_though_nothing_is_in_arrears(payer: Literal["bpjs"] | None) -> None:
    story = decided(OF_AN_OFFICE_UNKNOWN, a_record(), "2025-03-10")
    story = story.when(cmd.DecideByOfficer(approves=True, reason="seen", payer=payer), "2025-03-11")
    assert story.new(OfficerDecided)[0].payer_verdict is None


def test_who_refuses_has_no_payer_to_name() -> None:
    story = decided(OF_AN_OFFICE_UNKNOWN, a_record(), "2025-03-10")
    story = story.when(cmd.AnswerQuestion(statement="disagrees", reference="a-1"), "2025-03-11")
    refused = cmd.DecideByOfficer(approves=False, reason="seen", payer="employer")
    said = story.when(refused, "2025-03-12").new(OfficerDecided)[0]
    assert said.verdict.counts
    assert said.payer_verdict is not None


def test_a_refusal_put_right_without_arrears_makes_the_fund_pay() -> None:
    story = decided(a_layoff(), a_record(citizenship="WNA"), "2025-03-10")
    named = cmd.PutRight(what="refusal", reason="seen", payer="employer")
    story = story.when(named, "2025-03-25")
    reviewed = story.new(DecisionReviewed)[0]
    assert reviewed.payer_verdict is not None
    assert reviewed.payer_verdict.ground is Ground.NOT_IN_ARREARS
    assert not story.claim.employer_pays
