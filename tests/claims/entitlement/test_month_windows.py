"""When a month is applied for: the last second inside, the first outside, month 6, and what is forfeited."""

from datetime import date

import pytest
from support.builders import (
    Story,
    a_layoff,
    a_record,
    amounts,
    applications,
    approved,
    certification,
    decided,
    lived,
    lived_through,
    paid,
    searched,
    self_assessment,
    wib,
)

from claims.commands.command import AttendCounselling, DecideByOfficer
from claims.entitlement.months import month_duties, month_reasons
from claims.entitlement.windows import month_window
from claims.events import (
    BenefitAuthorized,
    ClaimApproved,
    ClaimExhausted,
    MonthForfeited,
    MonthReinstated,
    PaymentOrdered,
)
from claims.state.claim import Ending
from claims.state.evolving import fold
from law.grounds import Ground, Result
from law.periods import Calendar
from law.regimes import LAW
from law.rules import Office

BOTH = pytest.mark.parametrize("year", [2023, 2025])


@pytest.mark.parametrize(
    ("filed", "month", "opens", "closes"),
    [
        ("2025-03-10", 2, "2025-04-10 00:00:00", "2025-04-16 00:00:00"),
        ("2025-03-10", 5, "2025-07-10 00:00:00", "2025-07-16 00:00:00"),
        ("2025-03-10", 6, "2025-09-02 00:00:00", "2025-09-10 00:00:00"),
        ("2025-03-31", 2, "2025-04-30 00:00:00", "2025-05-06 00:00:00"),
        ("2025-03-31", 3, "2025-05-31 00:00:00", "2025-06-06 00:00:00"),
        ("2025-03-31", 6, "2025-09-22 00:00:00", "2025-09-30 00:00:00"),
        ("2025-08-31", 6, "2026-02-20 00:00:00", "2026-02-28 00:00:00"),
        ("2025-08-31", 2, "2025-09-30 00:00:00", "2025-10-06 00:00:00"),
    ],
)
def test_months_2_to_5_five_days_from_the_reference_date_and_month_6_the_last_five_working_days(
    filed: str, month: int, opens: str, closes: str
) -> None:
    window = month_window(approved(2025, filed=filed).claim, month, LAW, Calendar("none"))
    assert (window.opens_at, window.closes_at) == (wib(opens), wib(closes))


def test_a_holiday_opens_month_6_a_working_day_earlier() -> None:
    with_holiday = Calendar("one", frozenset({wib("2025-09-05").date()}))
    window = month_window(approved(2025).claim, 6, LAW, with_holiday)
    assert window.opens_at == wib("2025-09-01 00:00:00")


@BOTH
@pytest.mark.parametrize(
    ("at", "ground"),
    [
        ("04-09 23:59:59", Ground.WINDOW_NOT_OPEN),
        ("04-10 00:00:00", Ground.COUNTS),
        ("04-15 23:59:59", Ground.COUNTS),
        ("04-16 00:00:00", Ground.WINDOW_CLOSED),
    ],
)
def test_month_2_is_applied_for_from_the_10th_to_the_last_second_of_the_15th(
    year: int, at: str, ground: Ground
) -> None:
    story = searched(approved(year).when(self_assessment(f"{year}-03-12"), f"{year}-03-12"), 2)
    applied = story.when(certification(2), f"{year}-{at}")
    assert applied.told.verdict.ground is ground
    owed = [e.month for e in applied.new(BenefitAuthorized)]
    assert owed == ([2] if ground is Ground.COUNTS else [])
    lost = [e.month for e in applied.new(MonthForfeited)]
    assert lost == ([2] if ground is Ground.WINDOW_CLOSED else [])


@pytest.mark.parametrize(
    ("at", "ground"),
    [
        ("2025-09-01 23:59:59", Ground.WINDOW_NOT_OPEN),
        ("2025-09-02 00:00:00", Ground.COUNTS),
        ("2025-09-09 23:59:59", Ground.COUNTS),
        ("2025-09-10 00:00:00", Ground.WINDOW_CLOSED),
    ],
)
def test_month_6_is_applied_for_in_the_last_five_working_days_of_the_benefit_period(
    at: str, ground: Ground
) -> None:
    story = searched(lived_through(approved(2025), 5), 6)
    applied = story.when(certification(6), at)
    assert applied.told.verdict.ground is ground
    assert [e.month for e in applied.new(BenefitAuthorized)] == ([6] if ground is Ground.COUNTS else [])


def test_month_1_is_owed_on_approval_and_payable_within_three_working_days() -> None:
    story = approved(2025, filed="2025-03-14")
    authorized = story.all(BenefitAuthorized)[0]
    assert authorized.month == 1
    # Friday the 14th: Monday, Tuesday, Wednesday the 19th to its last second.
    assert authorized.pay_until == wib("2025-03-20 00:00:00")
    assert [o.amount_idr for o in story.all(PaymentOrdered)] == [2_400_000]


def test_a_forfeited_month_says_what_was_missing_and_the_later_months_stay() -> None:
    story = lived_through(approved(2025), 2)
    story = story.wake("2025-05-16 00:00:00")
    assert [(e.month, e.ground) for e in story.new(MonthForfeited)] == [(3, Ground.JOB_SEARCH_INSUFFICIENT)]
    for month in (4, 5, 6):
        story = paid(lived(story, month), month)
    assert amounts(story) == [2_400_000] * 5
    assert story.all(ClaimExhausted)[0].total_idr == 12_000_000


def test_after_a_forfeited_month_the_old_rate_still_falls_with_the_month_s_number() -> None:
    story = lived_through(approved(2023), 2).wake("2023-05-16")
    for month in (4, 5, 6):
        story = paid(lived(story, month), month)
    assert amounts(story) == [1_800_000, 1_800_000, 1_000_000, 1_000_000, 1_000_000]


def test_who_searched_but_did_not_apply_in_time_loses_the_month_for_that() -> None:
    story = searched(approved(2025), 2).wake("2025-04-16")
    assert story.new(MonthForfeited)[0].ground is Ground.NOT_CERTIFIED_IN_TIME


def test_nothing_done_at_all_forfeits_every_month_and_the_claim_ends_with_one_paid() -> None:
    story = paid(approved(2025), 1, "2025-03-11").wake("2025-12-31")
    assert [e.month for e in story.all(MonthForfeited)] == [2, 3, 4, 5, 6]
    assert story.all(ClaimExhausted)[0].months_paid == 1
    assert story.claim.ending is Ending.EXHAUSTED


def test_deadlines_take_effect_at_the_deadline_however_late_somebody_looks() -> None:
    story = approved(2025).wake("2025-12-31")
    at = [effect.effective_at for effect in story.added if isinstance(effect.event, MonthForfeited)]
    assert at == [
        wib("2025-04-16 00:00:00"),
        wib("2025-05-16 00:00:00"),
        wib("2025-06-16 00:00:00"),
        wib("2025-07-16 00:00:00"),
        wib("2025-09-10 00:00:00"),
    ]


def test_a_month_is_applied_for_once() -> None:
    story = lived(approved(2025), 2).when(certification(2), "2025-04-11")
    assert story.told.verdict.ground is Ground.ALREADY_RECORDED
    assert len(story.all(BenefitAuthorized)) == 2


def test_applied_for_first_and_searched_after_it_inside_the_window_the_month_is_paid() -> None:
    story = approved(2025).when(certification(2), "2025-04-10")
    assert not story.new(BenefitAuthorized)
    story = story.when(applications(5, "2025-04-09"), "2025-04-15 23:59:59")
    assert [e.month for e in story.new(BenefitAuthorized)] == [2]


def test_under_the_2021_rules_month_2_wants_the_self_assessment_and_under_those_of_2025_not() -> None:
    old = searched(approved(2023), 2).when(certification(2), "2023-04-10")
    assert not old.new(BenefitAuthorized)
    assert old.wake("2023-04-16").new(MonthForfeited)[0].ground is Ground.SELF_ASSESSMENT_MISSING
    done = old.when(self_assessment("2023-04-15"), "2023-04-15 23:59:59")
    assert [e.month for e in done.new(BenefitAuthorized)] == [2]
    new = searched(approved(2025), 2).when(certification(2), "2025-04-10")
    assert [e.month for e in new.new(BenefitAuthorized)] == [2]


def test_the_self_assessment_gates_month_2_only() -> None:
    story = searched(approved(2023), 3).when(certification(3), "2023-05-10")
    assert [e.month for e in story.new(BenefitAuthorized)] == [3]


@pytest.mark.parametrize(("received", "months"), [("2023-04-15 23:59:59", [2]), ("2023-04-16 00:00:00", [])])
def test_a_self_assessment_handled_late_counts_for_month_2_when_it_was_received_in_its_window(
    received: str, months: list[int]
) -> None:
    story = searched(approved(2023), 2).when(certification(2), "2023-04-10").wake("2023-04-16")
    story = story.when(self_assessment("2023-04-15"), "2023-04-16 00:30:00", received=received)
    assert [e.month for e in story.new(MonthReinstated)] == months


def late(story: Story) -> Story:
    """A forfeited month 2 whose application was received in time and comes to be handled later."""
    return story.when(certification(2), "2025-04-16 00:30:00", received="2025-04-15 23:59:59")


def test_an_application_received_inside_the_window_and_handled_after_it_reinstates_the_month() -> None:
    story = searched(approved(2025), 2).wake("2025-04-16")
    assert story.new(MonthForfeited)
    story = late(story)
    assert [e.month for e in story.new(MonthReinstated)] == [2]
    assert [(e.month, e.amount_idr) for e in story.new(BenefitAuthorized)] == [(2, 2_400_000)]


def test_job_search_received_inside_the_window_and_handled_after_it_reinstates_the_month() -> None:
    story = approved(2025).when(certification(2), "2025-04-10").wake("2025-04-16")
    assert story.new(MonthForfeited)[0].ground is Ground.JOB_SEARCH_INSUFFICIENT
    story = story.when(applications(5, "2025-04-01"), "2025-04-16 00:30:00", received="2025-04-15 23:59:59")
    assert [e.month for e in story.new(MonthReinstated)] == [2]
    assert [e.month for e in story.new(BenefitAuthorized)] == [2]


def test_a_late_handled_message_that_leaves_a_condition_unmet_reinstates_nothing() -> None:
    story = late(approved(2025).when(applications(4, "2025-04-01"), "2025-04-01").wake("2025-04-16"))
    assert story.told.verdict.counts
    assert not story.new(MonthReinstated)
    assert story.claim.month(2).forfeited is not None


def test_an_application_for_month_6_handled_after_the_end_reopens_the_claim() -> None:
    story = searched(lived_through(approved(2025), 5), 6).wake("2025-09-10")
    assert story.claim.ending is Ending.EXHAUSTED
    story = story.when(certification(6), "2025-09-10 00:30:00", received="2025-09-09 23:59:59")
    assert story.claim.ending is None
    assert [e.month for e in story.new(BenefitAuthorized)] == [6]
    assert amounts(paid(story, 6, "2025-09-11")) == [2_400_000] * 6


def test_job_search_for_month_6_received_in_time_and_handled_after_the_end_reopens_the_claim() -> None:
    story = lived_through(approved(2025), 5).when(certification(6), "2025-09-05").wake("2025-09-10")
    assert story.claim.ending is Ending.EXHAUSTED
    story = story.when(applications(5, "2025-09-01"), "2025-09-10 00:30:00", received="2025-09-09 23:59:59")
    assert [e.month for e in story.new(BenefitAuthorized)] == [6]


def test_a_month_that_ran_while_a_person_decided_is_not_lost() -> None:
    story = searched(decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10"), 2)
    story = story.when(certification(2), "2025-04-11")
    story = story.when(DecideByOfficer(approves=True, reason="seen"), "2025-04-20")
    assert [e.month for e in story.new(BenefitAuthorized)] == [1, 2]


def test_month_1_says_by_what_it_was_applied_for() -> None:
    reasons = approved(2025).all(BenefitAuthorized)[0].reasons
    assert [(r.condition, r.result, r.article) for r in reasons] == [
        ("commitment", Result.MET, "Permenaker 2/2025 Pasal 13(1)"),
        ("bank_account", Result.MET, "Permenaker 2/2025 Pasal 13(7)"),
    ]
    assert reasons[0].facts == {"filed_on": "2025-03-10", "commitment_version": "kapk-1"}


@pytest.mark.parametrize(
    ("year", "month", "conditions"),
    [
        (2023, 2, ["self_assessment", "certification", "job_search"]),
        (2023, 3, ["certification", "job_search"]),
        (2023, 6, ["certification", "job_search"]),
        (2025, 2, ["certification", "job_search"]),
        (2025, 5, ["certification", "job_search"]),
        (2025, 6, ["certification", "job_search", "status_form"]),
    ],
)
def test_what_binds_the_payment_of_a_month(year: int, month: int, conditions: list[str]) -> None:
    reasons = month_reasons(approved(year).claim, month, LAW)
    assert [reason.condition for reason in reasons] == conditions
    assert {reason.result for reason in reasons} == {Result.UNMET}


def test_to_apply_for_month_6_is_to_hand_in_the_form_that_its_article_asks_for() -> None:
    before = searched(approved(2025), 6).claim
    form = month_reasons(before, 6, LAW)[-1]
    assert (form.condition, form.result, form.ground, form.article) == (
        "status_form",
        Result.UNMET,
        Ground.NOT_CERTIFIED_IN_TIME,
        "Permenaker 2/2025 Pasal 13(5)",
    )
    story = searched(lived_through(approved(2025), 5), 6).when(certification(6), "2025-09-05")
    form = story.new(BenefitAuthorized)[0].reasons[-1]
    assert (form.condition, form.result, form.facts) == (
        "status_form",
        Result.MET,
        {"without_work": True, "month": 6},
    )


def test_what_is_asked_without_the_payment_hanging_on_it_is_a_duty() -> None:
    claim = approved(2025).claim
    assert [(r.condition, r.result) for r in month_duties(claim, 2, LAW)] == [
        ("self_assessment", Result.UNMET),
        ("counselling", Result.UNMET),
    ]
    assert [r.condition for r in month_duties(approved(2023).claim, 2, LAW)] == ["counselling"]
    assert month_duties(claim, 1, LAW) == ()
    story = approved(2025).when(self_assessment("2025-03-12"), "2025-03-12")
    story = story.when(AttendCounselling(attended_on=date(2025, 3, 13), office="disnaker"), "2025-03-13")
    assert {r.result for r in month_duties(story.claim, 2, LAW)} == {Result.MET}
    unmet = lived(approved(2025), 2)
    assert [e.month for e in unmet.new(BenefitAuthorized)] == [2]


def approved_late(on: str) -> Story:
    """Filed on 10 March 2025, refused, and approved by another decision on a later day."""
    events = tuple(
        event.model_copy(update={"catch_up_from": date.fromisoformat(on)})
        if isinstance(event, ClaimApproved)
        else event
        for event in approved(2025).events
    )
    return Story(events=events, claim=fold(events))


@pytest.mark.parametrize(
    ("at", "ground", "paid_months"),
    [("2025-05-25 23:59:59", Ground.COUNTS, [2]), ("2025-05-26 00:00:00", Ground.WINDOW_CLOSED, [])],
)
def test_a_month_that_closed_before_a_late_approval_may_be_applied_for_five_days_from_then(
    at: str, ground: Ground, paid_months: list[int]
) -> None:
    story = approved_late("2025-05-20").when(applications(5, "2025-04-01"), "2025-05-21")
    applied = story.when(certification(2), at)
    assert applied.told.verdict.ground is ground
    assert [e.month for e in applied.new(BenefitAuthorized)] == paid_months
    assert [e.month for e in applied.all(MonthForfeited)] == ([] if paid_months else [2, 3])


def test_a_late_approval_moves_no_window_that_closes_later_anyway() -> None:
    claim = approved_late("2025-05-20").claim
    closes = [month_window(claim, month, LAW, Calendar("none")).closes_at for month in range(2, 7)]
    assert closes == [
        wib("2025-05-26 00:00:00"),
        wib("2025-05-26 00:00:00"),
        wib("2025-06-16 00:00:00"),
        wib("2025-07-16 00:00:00"),
        wib("2025-09-10 00:00:00"),
    ]
    opens = month_window(claim, 2, LAW, Calendar("none")).opens_at
    assert opens == wib("2025-04-10 00:00:00")
