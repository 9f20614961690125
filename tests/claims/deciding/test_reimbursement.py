"""What an employer that paid first gets back, once its arrears are settled (Pasal 39(4)-(6))."""

from datetime import date

import pytest
from support.builders import (
    WEEKENDS_ONLY,
    a_layoff,
    a_record,
    a_report,
    approved,
    certification,
    decided,
    months_between,
    searched,
)
from support.employers import arrears_paid, asked_back, employer_pays, paid_by_employer

from claims.commands import command as cmd
from claims.entitlement.payer import reimbursement
from claims.events import (
    PayerRedetermined,
    ReimbursementAsked,
)
from law.grounds import Ground
from law.regimes import LAW


@pytest.mark.parametrize(
    ("settled_on", "asked_on", "refusal", "pay_by"),
    [
        (None, "2025-06-02", Ground.ARREARS_NOT_SETTLED, "2025-06-11"),
        ("2025-06-03", "2025-06-02", Ground.ARREARS_NOT_SETTLED, "2025-06-11"),
        ("2025-06-02", "2025-06-02", None, "2025-06-11"),
        ("2025-05-01", "2025-06-14", None, "2025-06-24"),
        ("2025-05-01", "2025-06-15", Ground.ASKED_TOO_LATE, "2025-06-24"),
    ],
)
def test_an_employer_is_paid_back_once_its_arrears_are_settled_and_within_three_months(
    settled_on: str | None, asked_on: str, refusal: Ground | None, pay_by: str
) -> None:
    found = reimbursement(
        ((date(2025, 3, 1), 1_000_000), (date(2025, 3, 14), 1_400_000)),
        None if settled_on is None else date.fromisoformat(settled_on),
        date.fromisoformat(asked_on),
        LAW.in_force_on(date.fromisoformat(asked_on)),
        WEEKENDS_ONLY,
    )
    assert (found.refusal, found.pay_by.isoformat()) == (refusal, pay_by)
    assert found.amount_idr == (2_400_000 if refusal is None else 0)


def test_reimbursement_is_asked_of_the_claim_and_answered_with_amount_and_day() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    story = story.when(arrears_paid(), "2025-03-20").when(asked_back("2025-03-20"), "2025-03-21")
    event = story.new(ReimbursementAsked)[0]
    assert (event.amount_idr, event.verdict.counts) == (2_400_000, True)
    again = story.when(asked_back("2025-03-20", "letter-2"), "2025-03-24")
    assert again.told.verdict.ground is Ground.ALREADY_RECORDED


def test_an_employer_is_not_believed_that_its_arrears_are_settled_while_the_record_shows_them() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    story = story.when(asked_back("2025-03-20"), "2025-03-21")
    assert story.told.verdict.ground is Ground.RECORD_SHOWS_ARREARS
    assert story.claim.reimbursed_idr == 0


def test_one_month_still_owed_is_arrears_and_the_month_not_yet_due_is_not() -> None:
    paid = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-12"), "2025-03-12")
    for owed, ground in (
        (("2025-01",), Ground.RECORD_SHOWS_ARREARS),
        (("2024-09",), Ground.RECORD_SHOWS_ARREARS),
        (("2025-02",), Ground.COUNTS),
    ):
        months = tuple(month for month in months_between("2023-03", "2025-02") if month not in owed)
        record = cmd.RecordContributions(record=a_record(paid=months, owed=owed))
        story = paid.when(record, "2025-03-13").when(asked_back("2025-03-13"), "2025-03-14")
        assert story.told.verdict.ground is ground, owed


def test_a_request_that_only_the_record_held_up_keeps_the_day_on_which_it_was_made() -> None:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    held = story.when(asked_back("2025-06-13"), "2025-06-14").when(arrears_paid(), "2025-07-01")
    held = held.when(asked_back("2025-06-13", "letter-2"), "2025-07-02")
    assert (held.told.verdict.counts, held.claim.reimbursed_idr) == (True, 2_400_000)
    late = story.when(asked_back("2025-06-13"), "2025-06-15").when(arrears_paid(), "2025-07-01")
    late = late.when(asked_back("2025-06-13", "letter-2"), "2025-07-02")
    assert late.told.verdict.ground is Ground.ASKED_TOO_LATE


def test_a_request_that_was_held_up_holds_for_no_payment_made_after_it() -> None:
    found = [
        reimbursement(
            ((date(2025, 3, 14), 2_400_000), (date.fromisoformat(last), 2_400_000)),
            date(2025, 3, 20),
            date(2025, 8, 1),
            LAW.regimes[1],
            WEEKENDS_ONLY,
            asked_first=date(2025, 4, 14),
        ).refusal
        for last in ("2025-04-14", "2025-04-15")
    ]
    assert found == [None, Ground.ASKED_TOO_LATE]


def test_the_employers_own_correction_of_the_layoff_makes_nobody_else_the_payer() -> None:
    earlier = employer_pays().when(a_report(a_layoff("2024-11-04")), "2025-03-20")
    assert not earlier.new(PayerRedetermined)
    assert earlier.claim.employer_pays


def test_what_was_paid_after_a_request_is_paid_back_on_another() -> None:
    settled = a_record(paid=months_between("2023-03", "2025-02"))
    story = employer_pays().when(paid_by_employer(1, 1_400_000, "2025-03-14"), "2025-03-14")
    both = story.when(paid_by_employer(1, 1_000_000, "2025-03-17"), "2025-03-17")
    found = [
        reimbursement(
            ((date(2025, 3, 17), 2_400_000),),
            date(2025, 3, 20),
            date(2025, 6, 17),
            LAW.regimes[1],
            WEEKENDS_ONLY,
            reimbursed_idr=before_idr,
        )
        for before_idr in (0, 1_400_000, 2_400_000)
    ]
    assert [(each.amount_idr, each.refusal) for each in found] == [
        (2_400_000, None),
        (1_000_000, None),
        (0, Ground.ALREADY_RECORDED),
    ]
    both = both.when(cmd.RecordContributions(record=settled), "2025-03-20")
    both = both.when(asked_back("2025-03-20"), "2025-03-21")
    assert both.claim.reimbursed_idr == 2_400_000


def test_a_month_paid_after_a_reimbursement_is_reimbursed_by_another_request() -> None:
    """The gap in the record has the officer name the employer although nothing listed is owed."""
    record = a_record(paid=months_between("2023-03", "2024-08"))
    officer = cmd.DecideByOfficer(approves=True, reason="arrears stand", payer="employer")
    story = decided(a_layoff(), record, "2025-03-10").when(officer, "2025-03-11")
    story = story.when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    story = story.when(asked_back("2025-03-20"), "2025-03-21")
    story = searched(story, 2).when(certification(2), "2025-04-11")
    story = story.when(paid_by_employer(2, 2_400_000, "2025-04-14"), "2025-04-14")
    story = story.when(asked_back("2025-03-20", "letter-2"), "2025-04-15")
    assert [event.amount_idr for event in story.all(ReimbursementAsked)] == [2_400_000, 2_400_000]
    assert story.claim.reimbursed_idr == 4_800_000


def test_nobody_is_paid_back_who_paid_nothing() -> None:
    asked = cmd.AskReimbursement(reference="letter-1", arrears_settled_on=date(2025, 3, 20))
    story = approved(2025).when(asked, "2025-03-21")
    assert story.told.verdict.ground is Ground.NOT_OWED_BY_THE_EMPLOYER
