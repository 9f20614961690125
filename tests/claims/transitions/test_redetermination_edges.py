"""A second look at a claim, at its edges: what is asked once, and what the fund takes over."""

from dataclasses import replace
from datetime import date

import pytest
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_record,
    approved,
    certification,
    lived_through,
    searched,
)
from support.determined import record_of
from support.employers import arrears_paid, employer_pays, paid_by_employer, underreported

from claims import events as e
from claims.commands import command as cmd
from claims.entitlement.payer import employer_owes_idr, owes_anew, record_shows_arrears, reimbursement
from law.grounds import Ground
from law.regimes import LAW, RULES_2021
from law.rules import Cited, RateCount

DOUBLY_WORSE = record_of(citizenship="WNA", reemployed_on=date(2025, 3, 20))


def test_the_look_names_the_article_of_the_first_thing_that_it_asks_about() -> None:
    story = approved().when(DOUBLY_WORSE, "2025-03-21")
    assert [asked.ground for asked in story.new(e.QuestionAsked)] == [Ground.NOT_A_CITIZEN, Ground.REEMPLOYED]
    [looked] = story.new(e.ClaimReconsidered)
    assert looked.article == story.new(e.QuestionAsked)[0].article
    assert looked.article != story.new(e.QuestionAsked)[1].article


def test_what_is_being_asked_is_not_asked_again_by_another_record() -> None:
    story = approved().when(DOUBLY_WORSE, "2025-03-21")
    again = story.when(record_of(citizenship="WNA", reemployed_on=date(2025, 3, 25)), "2025-03-24")
    assert again.new(e.QuestionAsked) == ()


def answered_in_favour() -> Story:
    story = approved().when(record_of(citizenship="WNA"), "2025-03-21")
    agrees = cmd.AnswerQuestion(question=1, statement="disagrees", reference="ktp-1")
    unfounded = cmd.DecideByOfficer(approves=True, reason="a citizen", question=1)
    return story.when(agrees, "2025-03-22").when(unfounded, "2025-03-24")


def test_what_was_found_unfounded_is_not_asked_again_on_the_same_facts() -> None:
    same = record_of(citizenship="WNA", record_id="record-9")
    assert answered_in_favour().when(same, "2025-03-26").new(e.QuestionAsked) == ()


def all_six_paid_by_the_employer() -> Story:
    story = employer_pays().when(paid_by_employer(1, 2_400_000, "2025-03-14"), "2025-03-14")
    days = {2: "2025-04-11", 3: "2025-05-11", 4: "2025-06-11", 5: "2025-07-11", 6: "2025-09-08"}
    for month, day in days.items():
        story = searched(story, month).when(certification(month), day)
        if month < 6:
            story = story.when(paid_by_employer(month, 2_400_000, day), day)
    return story


def test_the_last_month_that_the_employer_has_not_paid_is_the_funds_too() -> None:
    story = all_six_paid_by_the_employer().when(arrears_paid(), "2025-09-09")
    [event] = story.new(e.PayerRedetermined)
    assert [(each.month, each.amount_idr) for each in event.months] == [(6, 2_400_000)]
    assert [order.obligation for order in story.new(e.PaymentOrdered)] == ["benefit/6"]


def test_where_nothing_is_left_to_pay_nobody_else_becomes_the_payer() -> None:
    story = all_six_paid_by_the_employer()
    story = story.when(paid_by_employer(6, 2_400_000, "2025-09-09"), "2025-09-09 09:00:00")
    assert story.claim.month(6).settled
    assert story.when(arrears_paid(), "2025-09-10").new(e.PayerRedetermined) == ()


def test_after_the_end_an_employer_owes_for_the_months_granted_and_for_none_to_come() -> None:
    story = lived_through(underreported(), 6)
    assert story.claim.ending is not None
    assert employer_owes_idr(story.claim, 4_500_000, LAW.regimes[1]) == 5_400_000
    lost = replace(
        story.claim, months=(*story.claim.months[:5], replace(story.claim.months[5], authorized=None))
    )
    assert employer_owes_idr(lost, 4_500_000, LAW.regimes[1]) == 4_500_000


@pytest.mark.parametrize(
    ("counts", "owed"), [(RateCount.MONTHS_PASSED, 1_650_000), (RateCount.MONTHS_PAID, 1_850_000)]
)
def test_a_month_lost_before_moves_the_rate_of_what_is_missing_only_where_paid_months_count(
    counts: RateCount, owed: int
) -> None:
    """45 % of Rp1,000,000 are missing of the first three months that count, 25 % later; month 2 is lost."""
    story = approved(2025, wage_idr=3_000_000).wake("2025-04-17")
    rules = replace(RULES_2021, rate_counts=Cited(counts, "x", RULES_2021.in_force_from))
    assert [month.number for month in story.claim.months if month.forfeited] == [2]
    assert employer_owes_idr(story.claim, 4_000_000, rules) == owed


def test_nothing_is_owed_anew_of_a_claim_that_lacks_what_it_was_computed_from() -> None:
    claim = underreported().claim
    assert owes_anew(claim, LAW) is None
    for gone in ({"layoff": None}, {"decision": None}, {"record": None}, {"employer_owes": None}):
        lacking = replace(claim, wage_idr=3_500_000, **gone)  # type: ignore[arg-type]
        assert owes_anew(lacking, LAW) is None
    assert owes_anew(replace(claim, wage_idr=3_500_000), LAW) is not None


def test_nothing_was_paid_ahead_of_a_month_that_the_employer_pays() -> None:
    assert [granted.paid_ahead_idr for granted in employer_pays().all(e.BenefitAuthorized)] == [0]


@pytest.mark.parametrize(("on", "owed"), [("2025-03-17", False), ("2025-03-18", True)])
def test_a_contribution_is_in_arrears_from_the_day_after_it_was_due(on: str, owed: bool) -> None:
    """February 2025 is due on 15 March, a Saturday: on Monday the 17th."""
    claim = approved().claim
    record = a_record(owed=("2025-02",))
    claim = replace(claim, record=record)
    day = date.fromisoformat(on)
    assert record_shows_arrears(claim, day, LAW.in_force_on(day), WEEKENDS_ONLY) is owed


@pytest.mark.parametrize("gone", ["record", "layoff"])
def test_where_there_is_no_record_nothing_says_that_the_arrears_are_settled(gone: str) -> None:
    claim = replace(approved().claim, **{gone: None})  # type: ignore[arg-type]
    day = date(2025, 3, 20)
    assert record_shows_arrears(claim, day, LAW.in_force_on(day), WEEKENDS_ONLY)


@pytest.mark.parametrize(("reimbursed_idr", "back_idr"), [(2_399_999, 1), (2_400_000, 0)])
def test_a_rupiah_that_was_not_yet_paid_back_is_paid_back(reimbursed_idr: int, back_idr: int) -> None:
    settled = date(2025, 3, 20)
    found = reimbursement(
        ((date(2025, 3, 14), 2_400_000),), settled, settled, LAW.regimes[1], WEEKENDS_ONLY,
        reimbursed_idr=reimbursed_idr,
    )  # fmt: skip
    assert (found.amount_idr, found.refusal is None) == (back_idr, back_idr > 0)


def test_arrears_that_will_be_paid_tomorrow_are_arrears_today() -> None:
    tomorrow = a_record(paid=("2025-01",))
    january = tomorrow.months[0].model_copy(update={"paid_on": date(2025, 3, 21)})
    claim = replace(approved().claim, record=tomorrow.model_copy(update={"months": (january,)}))
    rules = LAW.regimes[1]
    assert record_shows_arrears(claim, date(2025, 3, 20), rules, WEEKENDS_ONLY)
    assert not record_shows_arrears(claim, date(2025, 3, 21), rules, WEEKENDS_ONLY)
