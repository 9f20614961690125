"""A regime that does not exist: other rates, ceiling, windows and conditions from 2027, in one literal.

Claims, months, deadlines and letters follow it without any other change.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from builders import (
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
    wib,
)

from activities.letters import render
from claims import messages as m
from claims.events import BenefitAuthorized, ClaimApproved, ClaimDenied, MonthForfeited
from claims.notices import notices_for
from claims.reasons import Ground
from claims.rules import RULES_2021, RULES_2025, Cited, Law

PP99 = "PP 99/2026"
RULES_99 = replace(
    RULES_2025,
    name="99",
    in_force_from=date(2027, 1, 1),
    procedure="Permenaker 99/2026",
    wage_ceiling_idr=Cited(8_000_000, f"{PP99} Pasal 21"),
    replacement_rates=Cited((Decimal("0.70"),) * 2 + (Decimal("0.50"),) * 4, f"{PP99} Pasal 21"),
    contribution_months_min=Cited(18, f"{PP99} Pasal 19"),
    filing_window_months=Cited(4, f"{PP99} Pasal 40"),
    month_window_days=Cited(9, f"{PP99} Pasal 22"),
    applications_min=Cited(7, f"{PP99} Pasal 23"),
)
THREE = Law((RULES_2021, RULES_2025, RULES_99))


def judged(months: int, *, laid_off_on: str = "2027-03-03", filed_on: str = "2027-03-10") -> Story:
    """A claim of 2027 under the three regimes, so many months paid up to February."""
    upto = 2027 * 12 + 1
    first = f"{(upto - months + 1) // 12:04d}-{(upto - months + 1) % 12 + 1:02d}"
    record = a_record(paid=months_between(first, "2027-02"), wage_idr=9_000_000)
    story = Story(law=THREE).when(a_report(a_layoff(laid_off_on)), laid_off_on).when(a_filing(), filed_on)
    return story.when(m.RecordContributions(record=record), filed_on)


def with_applications(story: Story, month: int, count: int) -> Story:
    day = days_later(reference_day(story, month - 1), 1)
    return story.when(applications(count, day), day)


def test_its_own_number_of_contribution_months_decides() -> None:
    assert isinstance(judged(18).claim.decision, ClaimApproved)
    refused = judged(17).claim.decision
    assert isinstance(refused, ClaimDenied)
    assert (refused.regime, refused.ground, refused.article) == (
        "99",
        Ground.TOO_FEW_CONTRIBUTION_MONTHS,
        "PP 99/2026 Pasal 19",
    )


def test_its_own_rates_and_ceiling_are_paid() -> None:
    story = paid(judged(18), 1, "2027-03-11")
    for month in range(2, 7):
        story = with_applications(story, month, 7)
        at = reference_day(story, month) if month < 6 else days_later(reference_day(story, 7), -2)
        story = paid(story.when(certification(month), at), month, at)

    assert amounts(story) == [5_600_000] * 2 + [4_000_000] * 4
    assert {event.article for event in story.all(BenefitAuthorized)} == {"PP 99/2026 Pasal 21"}


def test_its_own_window_and_number_of_applications_bind_a_month() -> None:
    six = with_applications(judged(18), 2, 6).when(certification(2), "2027-04-19 23:59:59")
    assert six.wake("2027-04-19 23:59:59").claim.month(2).forfeited is None
    lost = six.wake("2027-04-20 00:00:00").all(MonthForfeited)[0]
    assert (lost.month, lost.ground, lost.article) == (
        2,
        Ground.JOB_SEARCH_INSUFFICIENT,
        "PP 99/2026 Pasal 23",
    )

    seven = with_applications(judged(18), 2, 7).when(certification(2), "2027-04-19 23:59:59")
    assert [event.month for event in seven.all(BenefitAuthorized)] == [1, 2]


def test_a_claim_of_2026_is_paid_by_it_from_the_first_month_that_begins_under_it() -> None:
    record = a_record(paid=months_between("2025-10", "2026-10"), wage_idr=9_000_000)
    story = Story(law=THREE).when(a_report(a_layoff("2026-11-03")), "2026-11-03")
    story = story.when(a_filing(), "2026-11-10").when(m.RecordContributions(record=record), "2026-11-10")
    for month in (2, 3):
        story = with_applications(story, month, 7).when(certification(month), reference_day(story, month))

    assert [(e.month, e.regime, e.amount_idr) for e in story.all(BenefitAuthorized)] == [
        (1, "2025", 3_000_000),
        (2, "2025", 3_000_000),
        (3, "99", 4_000_000),
    ]


@pytest.mark.parametrize("months", [17, 18])
def test_its_letters_name_its_numbers_and_nothing_of_another(months: int) -> None:
    story = judged(months)
    notices = notices_for(story.added)
    assert notices, "a decision is told"
    for notice in notices:
        letter = render(notice, story.claim, "Siti", "JKP-7", THREE, WEEKENDS_ONLY, wib("2027-03-10"))
        assert "99/2026" in letter.text
        assert "Permenaker 2/2025" not in letter.text


def test_the_month_lived_by_the_rules_of_2025_is_not_enough_for_it() -> None:
    story = lived(judged(18), 2)
    assert [event.month for event in story.all(BenefitAuthorized)] == [1]
