"""A regime that does not exist: other rates, ceiling, windows and conditions from 2027, in one amendment.

Claims, months, deadlines and letters follow it without any other change.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    amounts,
    applications,
    certification,
    days_later,
    lived,
    months_between,
    paid,
    reference_day,
    self_assessment,
    sessions,
    wib,
)

from activities.mail.letters.rendering import render
from claims.agenda.deadlines import deadlines
from claims.agenda.notices import notices_for
from claims.commands import command as cmd
from claims.entitlement.months import month_duties, month_reasons
from claims.entitlement.windows import filing_window, rules_for
from claims.events import BenefitAuthorized, ClaimApproved, ClaimDenied, ClaimReferred, MonthForfeited
from law.grounds import Ground
from law.regimes import LATER_MONTHS, LAW, RULES_2021, RULES_2025, SECOND_MONTH
from law.rules import (
    Cited,
    DecidingDate,
    Law,
    MonthCondition,
    Office,
    OpenWindows,
    Requirement,
    Rounding,
    RunningClaims,
    Transition,
    amended,
)

ROOT = Path(__file__).parents[2]
BEGINS = date(2027, 1, 1)
RULES_99 = amended(
    RULES_2025,
    {},
    name="99",
    in_force_from=BEGINS,
    procedure="Permenaker 99/2026",
    transition=Transition(
        deciding_date=Cited(DecidingDate.REFERENCE_DATE, "PP 99/2026 Pasal II", BEGINS),
        running_claims=Cited(RunningClaims.FROM_THE_NEXT_MONTH, "PP 99/2026 Pasal II", BEGINS),
        open_windows=Cited(OpenWindows.KEEP_THE_LONGER, "PP 99/2026 Pasal II", BEGINS),
    ),
    contribution_months_min=Cited(18, "PP 99/2026 Pasal 19", BEGINS),
    filing_window_months=Cited(4, "PP 99/2026 Pasal 40", BEGINS),
    wage_ceiling_idr=Cited(8_000_000, "PP 99/2026 Pasal 21", BEGINS),
    replacement_rates=Cited((Decimal("0.70"),) * 2 + (Decimal("0.50"),) * 4, "PP 99/2026 Pasal 21", BEGINS),
    rounding=Cited(Rounding.DOWN, "PP 99/2026 Pasal 21", BEGINS),
    month_requirements=(
        Requirement(MonthCondition.SELF_ASSESSMENT, SECOND_MONTH, True, "PP 99/2026 Pasal 24", BEGINS),
        Requirement(MonthCondition.COUNSELLING, SECOND_MONTH, True, "PP 99/2026 Pasal 25", BEGINS),
        Requirement(MonthCondition.CERTIFICATION, LATER_MONTHS, True, "PP 99/2026 Pasal 22", BEGINS),
        Requirement(MonthCondition.JOB_SEARCH, LATER_MONTHS, True, "PP 99/2026 Pasal 23", BEGINS),
    ),
    month_window_days=Cited(9, "PP 99/2026 Pasal 22", BEGINS),
    applications_min=Cited(3, "PP 99/2026 Pasal 23", BEGINS),
    officer_working_days=Cited(10, "PP 99/2026 Pasal 30", BEGINS),
)
THREE = Law((RULES_2021, RULES_2025, RULES_99))


def ruled(months: int, office: Office = Office.REGENCY) -> Story:
    """A claim of 2027 under the three regimes, so many months paid up to February."""
    upto = 2027 * 12 + 1
    first = f"{(upto - months + 1) // 12:04d}-{(upto - months + 1) % 12 + 1:02d}"
    record = a_record(paid=months_between(first, "2027-02"), wage_idr=9_000_000)
    story = Story(law=THREE).when(a_report(a_layoff("2027-03-03", office=office)), "2027-03-03")
    story = story.when(a_filing(), "2027-03-10")
    return story.when(cmd.RecordContributions(record=record), "2027-03-10")


def prepared(months: int = 18) -> Story:
    """The self-assessment and the counselling done in the first days."""
    counselling = cmd.AttendCounselling(attended_on=date(2027, 3, 13), office="disnaker-3273")
    story = ruled(months).when(self_assessment("2027-03-12"), "2027-03-12")
    return story.when(counselling, "2027-03-13")


def with_applications(story: Story, month: int, count: int) -> Story:
    day = days_later(reference_day(story, month - 1), 1)
    return story.when(applications(count, day), day)


def test_its_own_number_of_contribution_months_decides() -> None:
    assert isinstance(ruled(18).claim.decision, ClaimApproved)
    refused = ruled(17).claim.decision
    assert isinstance(refused, ClaimDenied)
    assert (refused.regime, refused.ground, refused.article) == (
        "99",
        Ground.TOO_FEW_CONTRIBUTION_MONTHS,
        "PP 99/2026 Pasal 19",
    )


def test_its_own_rates_and_ceiling_are_paid() -> None:
    story = paid(prepared(), 1, "2027-03-15")
    for month in range(2, 7):
        story = with_applications(story, month, 3)
        at = reference_day(story, month) if month < 6 else days_later(reference_day(story, 7), -2)
        story = paid(story.when(certification(month), at), month, at)

    assert amounts(story) == [5_600_000] * 2 + [4_000_000] * 4
    assert {event.article for event in story.all(BenefitAuthorized)} == {"PP 99/2026 Pasal 21"}


def test_its_own_window_and_number_of_applications_bind_a_month() -> None:
    two = with_applications(prepared(), 2, 2).when(certification(2), "2027-04-19 23:59:59")
    assert two.wake("2027-04-19 23:59:59").claim.month(2).forfeited is None
    lost = two.wake("2027-04-20 00:00:00").all(MonthForfeited)[0]
    assert (lost.month, lost.ground, lost.article) == (
        2,
        Ground.JOB_SEARCH_INSUFFICIENT,
        "PP 99/2026 Pasal 23",
    )

    three = with_applications(prepared(), 2, 3).when(certification(2), "2027-04-19 23:59:59")
    assert [event.month for event in three.all(BenefitAuthorized)] == [1, 2]


def test_training_takes_the_place_of_nothing_where_no_training_is_asked() -> None:
    story = prepared().when(sessions("2027-03-20", attended=1, absent=9), "2027-03-20")
    story = story.when(certification(2), "2027-04-10")
    assert [r.condition for r in month_reasons(story.claim, 2, THREE)][-1] == "job_search"
    assert [event.month for event in story.all(BenefitAuthorized)] == [1]


def test_the_self_assessment_is_a_gate_and_the_counselling_binds_by_it() -> None:
    story = with_applications(ruled(18), 2, 3).when(certification(2), "2027-04-10")
    assert not story.new(BenefitAuthorized)
    assert story.wake("2027-04-20").all(MonthForfeited)[0].ground is Ground.SELF_ASSESSMENT_MISSING
    assessed = story.when(self_assessment("2027-04-11"), "2027-04-11")
    lost = assessed.wake("2027-04-20").all(MonthForfeited)[0]
    assert (lost.ground, lost.article) == (Ground.COUNSELLING_MISSING, "PP 99/2026 Pasal 25")
    counselled = assessed.when(
        cmd.AttendCounselling(attended_on=date(2027, 4, 12), office="disnaker-3273"), "2027-04-12"
    )
    assert [event.month for event in counselled.new(BenefitAuthorized)] == [2]
    assert [r.condition for r in month_reasons(counselled.claim, 2, THREE)] == [
        "self_assessment",
        "counselling",
        "certification",
        "job_search",
    ]
    assert month_duties(counselled.claim, 2, THREE) == ()


def test_its_own_rounding_is_read() -> None:
    record = a_record(paid=months_between("2025-09", "2027-02"), wage_idr=4_333_333)
    story = Story(law=THREE).when(a_report(a_layoff("2027-03-03")), "2027-03-03")
    story = story.when(a_filing(), "2027-03-10").when(cmd.RecordContributions(record=record), "2027-03-10")
    # 70 % of 4,333,333 is 3,033,333.1, 50 % is 2,166,666.5.
    assert story.all(BenefitAuthorized)[0].amount_idr == 3_033_333
    counselling = cmd.AttendCounselling(attended_on=date(2027, 3, 13), office="disnaker-3273")
    story = story.when(counselling, "2027-03-13")
    story = with_applications(story, 3, 3).when(certification(3), "2027-05-10")
    assert story.all(BenefitAuthorized)[-1].amount_idr == 2_166_666


def test_a_claim_of_2026_is_paid_by_it_from_the_first_month_that_begins_under_it() -> None:
    record = a_record(paid=months_between("2025-10", "2026-10"), wage_idr=9_000_000)
    story = Story(law=THREE).when(a_report(a_layoff("2026-11-03")), "2026-11-03")
    story = story.when(a_filing(), "2026-11-10").when(cmd.RecordContributions(record=record), "2026-11-10")
    for month in (2, 3):
        story = with_applications(story, month, 5).when(certification(month), reference_day(story, month))

    assert [(e.month, e.regime, e.amount_idr) for e in story.all(BenefitAuthorized)] == [
        (1, "2025", 3_000_000),
        (2, "2025", 3_000_000),
        (3, "99", 4_000_000),
    ]


def taking_over(said: RunningClaims) -> Law:
    transition = RULES_99.transition
    assert transition is not None
    running = replace(transition, running_claims=Cited(said, "PP 99/2026 Pasal II", BEGINS))
    return Law((RULES_2021, RULES_2025, replace(RULES_99, transition=running)))


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (RunningClaims.FROM_THE_NEXT_MONTH, ["2025", "2025", "99", "99", "99", "99"]),
        (RunningClaims.KEEP_THEIR_REGIME, ["2025"] * 6),
    ],
)
def test_a_running_claim_goes_over_only_where_the_transition_says_so(
    said: RunningClaims, names: list[str]
) -> None:
    record = a_record(paid=months_between("2025-10", "2026-10"))
    story = Story().when(a_report(a_layoff("2026-11-03")), "2026-11-03").when(a_filing(), "2026-11-10")
    claim = story.when(cmd.RecordContributions(record=record), "2026-11-10").claim
    assert [rules_for(claim, month, taking_over(said)).name for month in range(1, 7)] == names


def test_who_is_declared_eligible_under_a_regime_that_spares_running_claims_has_it_all_the_same() -> None:
    law = taking_over(RunningClaims.KEEP_THEIR_REGIME)
    record = a_record(paid=months_between("2025-05", "2026-11"))
    story = Story(law=law).when(a_report(a_layoff("2026-12-03")), "2026-12-03").when(a_filing(), "2026-12-30")
    claim = story.when(cmd.RecordContributions(record=record), "2027-01-02").claim
    assert {rules_for(claim, month, law).name for month in range(1, 7)} == {"99"}


@pytest.mark.parametrize(
    ("said", "months", "last_day"),
    [
        (OpenWindows.KEEP_THE_LONGER, 4, "2027-06-10"),
        (OpenWindows.KEEP_THE_LONGER, 9, "2027-09-10"),
        (OpenWindows.TAKE_OVER, 4, "2027-04-10"),
        (OpenWindows.KEEP, 9, "2027-06-10"),
        (None, 4, "2027-06-10"),
        (None, 9, "2027-09-10"),
    ],
)
def test_a_running_filing_window_is_shortened_only_where_the_transition_says_so(
    said: OpenWindows | None, months: int, last_day: str
) -> None:
    before, transition = Cited(months, "PP 99/2026 Pasal 40", BEGINS), RULES_99.transition
    assert transition is not None
    windows = replace(transition, open_windows=Cited(said or OpenWindows.KEEP, "PP 99/2026 Pasal II", BEGINS))
    rules = replace(RULES_99, filing_window_months=before, transition=None if said is None else windows)
    window = filing_window(date(2026, 12, 10), Law((RULES_2021, RULES_2025, rules)))
    assert window.closes_at == wib(f"{days_later(last_day, 1)} 00:00:00")


def test_a_window_that_closed_the_day_before_it_begins_stays_closed() -> None:
    assert filing_window(date(2026, 6, 30), THREE).closes_at == wib("2026-12-31 00:00:00")
    assert filing_window(date(2027, 1, 1), THREE).closes_at == wib("2027-05-02 00:00:00")


def test_its_own_term_for_an_officer_runs() -> None:
    referred = ruled(18, Office.NONE).claim.decision
    assert isinstance(referred, ClaimReferred)
    assert referred.answer_due_at == wib("2027-03-25 00:00:00")


@pytest.mark.parametrize("months", [17, 18])
def test_its_letters_name_its_numbers_and_nothing_of_another(months: int) -> None:
    story = ruled(months)
    notices = notices_for(story.added, story.claim)
    assert notices, "a decision is told"
    for notice in notices:
        letter = render(notice, story.claim, "Siti", "JKP-7", THREE, WEEKENDS_ONLY, wib("2027-03-10"))
        assert "99/2026" in letter.text
        assert "Permenaker 2/2025" not in letter.text


def test_the_letter_of_its_first_payment_asks_for_what_binds_the_next_month() -> None:
    story = paid(ruled(18), 1, "2027-03-11")
    (notice,) = notices_for(story.added, story.claim)
    letter = render(notice, story.claim, "Siti", "JKP-7", THREE, WEEKENDS_ONLY, wib("2027-03-11"))
    assert "3 lamaran kerja" in letter.text
    assert "80%" not in letter.text
    assert "Ikuti juga konseling (PP 99/2026 Pasal 25)" in letter.text
    assert "Selesaikan juga asesmen diri (PP 99/2026 Pasal 24)" in letter.text


def test_its_deadlines_show_its_window_and_its_gate() -> None:
    story = ruled(18)
    due = {(d.what, d.month): d for d in deadlines(story.claim, story.context(wib("2027-03-11")))}
    assert due["certification", 2].last_day == date(2027, 4, 19)
    assert due["certification", 2].rule == "9 days after the reference date"
    assert due["self_assessment", 2].article == "PP 99/2026 Pasal 24"


def test_the_month_lived_by_the_rules_of_2025_is_not_enough_for_it() -> None:
    story = lived(ruled(18), 2)
    assert [event.month for event in story.all(BenefitAuthorized)] == [1]


def test_every_value_has_the_day_on_which_it_came_into_force() -> None:
    for rules in (*LAW.regimes, RULES_99):
        late = [name for name, value in rules.cited() if value.since > rules.in_force_from]
        assert late == []
        assert len({name for name, _ in rules.cited()}) > 40


def said(value: Cited[object] | Requirement) -> object:
    """What a value says, without where and since when."""
    return (value.months, value.binds) if isinstance(value, Requirement) else value.value


def test_a_value_that_a_regime_keeps_has_its_old_day_and_another_one_the_day_of_the_regime() -> None:
    for before, after in zip(LAW.regimes, LAW.regimes[1:], strict=False):
        old = dict(before.cited())
        for name, value in after.cited():
            kept = name in old and said(old[name]) == said(value)
            assert value.since == (old[name].since if kept else after.in_force_from), name
