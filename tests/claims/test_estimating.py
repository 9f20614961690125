"""What an estimate says is what a claim gets: amounts as literals, and no difference from claims lived."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError
from support.builders import (
    WEEKENDS_ONLY,
    a_layoff,
    a_record,
    approved,
    certification,
    decided,
    months_between,
    spelled,
)
from support.paid_by_wage import UNDER_2021, UNDER_2025

from claims.entitlement.assuming import THIS_EMPLOYER
from claims.estimating import (
    Estimate,
    EstimateQuestion,
    Outcome,
    PrecheckQuestion,
    answer_precheck,
    estimate,
    precheck,
)
from claims.events import ClaimApproved, ClaimDenied, ClaimReferred
from law.grounds import Ground, Result
from law.periods import JAKARTA, Calendar, months_before
from law.regimes import LAW
from law.rules import Office, ProofKind, SeparationReason


def a_question(
    wage_idr: int = 5_000_000,
    laid_off: str = "2025-03-03",
    filed: str = "2025-03-10",
    granted_on: str | None = None,
    reason: SeparationReason = SeparationReason.EFFICIENCY,
) -> EstimateQuestion:
    return EstimateQuestion(
        wage_idr=wage_idr,
        laid_off_on=date.fromisoformat(laid_off),
        filed_on=date.fromisoformat(filed),
        decided_on=None if granted_on is None else date.fromisoformat(granted_on),
        reason=reason,
    )


def estimated(*asked: Any, **also_asked: Any) -> Estimate:
    return estimate(a_question(*asked, **also_asked), LAW, WEEKENDS_ONLY)


def amounts(found: Estimate) -> list[int]:
    return [row.amount_idr for row in found.rows]


@pytest.mark.parametrize(("wage_idr", "early", "late", "total"), UNDER_2021)
def test_under_2021_three_months_at_45_percent_and_three_at_25(
    wage_idr: int, early: int, late: int, total: int
) -> None:
    found = estimated(wage_idr, "2023-03-03", "2023-03-10")
    assert amounts(found) == [early] * 3 + [late] * 3
    assert found.total_idr == total
    assert {row.regime for row in found.rows} == {"2021"}


@pytest.mark.parametrize(("wage_idr", "monthly", "total"), UNDER_2025)
def test_under_2025_six_months_at_60_percent(wage_idr: int, monthly: int, total: int) -> None:
    found = estimated(wage_idr)
    assert (amounts(found), found.total_idr) == ([monthly] * 6, total)
    assert found.rows[0].article == "PP 37/2021 as amended by PP 6/2025 Pasal 21(1)"


@pytest.mark.parametrize(
    ("laid_off", "filed", "granted_on", "rates", "total"),
    [
        ("2024-12-02", "2024-12-10", None, ["0.45"] * 2 + ["0.60"] * 4, 16_500_000),
        ("2024-12-02", "2025-01-07", None, ["0.45"] + ["0.60"] * 5, 17_250_000),
        ("2024-09-20", "2024-10-07", None, ["0.45"] * 3 + ["0.25"] + ["0.60"] * 2, 14_000_000),
        ("2024-12-02", "2025-02-05", "2025-02-06", ["0.45"] + ["0.60"] * 5, 17_250_000),
        ("2024-12-02", "2025-02-05", "2025-02-07", ["0.60"] * 6, 18_000_000),
    ],
)
def test_across_the_amendment_the_day_of_the_decision_and_each_reference_date_count(
    laid_off: str, filed: str, granted_on: str | None, rates: list[str], total: int
) -> None:
    found = estimated(6_000_000, laid_off, filed, granted_on)
    assert [row.rate for row in found.rows] == rates
    assert (found.total_idr, found.rows[0].insured_wage_idr) == (total, 5_000_000)


def test_every_row_has_its_dates_article_and_assumptions() -> None:
    rows = estimated().rows
    assert [str(row.reference_date) for row in rows] == [f"2025-{month:02d}-10" for month in range(3, 9)]
    assert [str(row.last_day) for row in rows] == [
        *("2025-09-03", "2025-04-15", "2025-05-15", "2025-06-15", "2025-07-15", "2025-09-09")
    ]
    assert rows[1].opens_at.isoformat() == "2025-04-09T17:00:00+00:00"
    assert rows[1].closes_at.isoformat() == "2025-04-15T17:00:00+00:00"
    assert rows[5].opens_at.astimezone(JAKARTA).date() == date(2025, 9, 2)
    assert "assumption: docs/decisions/0003-rounding.md" in rows[0].assumptions
    moved = estimated(laid_off="2024-12-02", filed="2024-12-10").rows
    said = [any("0010-deciding-date" in a for a in row.assumptions) for row in moved]
    assert said == [False, False, True, True, True, True]


ONLY_WEEKENDS = "only the weekends are known as days off; made in 2026 has the holidays of 2021 to 2027"
KNOWN_TO_2027 = Calendar("made in 2026", frozenset(date(year, 1, 1) for year in range(2021, 2028)))


@pytest.mark.parametrize(
    ("laid_off", "filed", "said"),
    [
        ("2027-06-01", "2027-06-10", ()),
        ("2027-06-30", "2027-07-01", ()),
        (
            "2027-07-01",
            "2027-07-02",
            (f"of 2028 {ONLY_WEEKENDS}",),
        ),
        (
            "2031-09-01",
            "2031-09-10",
            (f"of 2031 and 2032 {ONLY_WEEKENDS}",),
        ),
    ],
)
def test_an_estimate_says_of_which_years_only_the_weekends_are_known(
    laid_off: str, filed: str, said: tuple[str, ...]
) -> None:
    found = estimate(a_question(4_000_000, laid_off, filed), LAW, KNOWN_TO_2027)
    assert tuple(text for text in found.assumptions if "weekends" in text) == said


@pytest.mark.parametrize("month_end", ["2024-10-29", "2024-10-30", "2024-10-31"])
def test_a_reference_date_at_the_end_of_a_month_comes_back_after_february(month_end: str) -> None:
    rows = estimated(laid_off="2024-10-01", filed=month_end).rows
    assert str(rows[4].reference_date) == "2025-02-28"
    assert str(rows[5].reference_date) == f"2025-03-{month_end[-2:]}"


def test_who_files_too_late_is_shown_the_condition_and_no_row() -> None:
    found = estimated(filed="2025-09-04")
    assert (found.outcome, found.rows, found.total_idr) == (Outcome.REFUSED, (), 0)
    assert found.condition is not None
    assert (found.condition.condition, found.condition.ground) == ("filing_window", Ground.FILED_TOO_LATE)
    assert found.condition.article == "PP 37/2021 as amended by PP 6/2025 Pasal 40(a)"
    assert estimated(filed="2025-09-03").outcome is Outcome.PAYABLE


@pytest.mark.parametrize("reason", ["resignation", "retirement", "death", "total_permanent_disability"])
def test_an_excluded_reason_is_the_condition_that_fails(reason: str) -> None:
    found = estimated(reason=SeparationReason(reason))
    assert found.condition is not None
    assert (found.outcome, found.condition.condition) == (Outcome.REFUSED, "separation_reason")
    assert found.condition.article == "PP 37/2021 as amended by PP 6/2025 Pasal 20(1)"


def test_a_window_that_only_the_amendment_keeps_open_goes_to_a_person_with_what_they_may_grant() -> None:
    found = estimated(laid_off="2024-10-20", filed="2025-02-20")
    assert (found.outcome, found.total_idr) == (Outcome.MANUAL_REVIEW, 18_000_000)
    assert found.assumptions[0] == "an officer approves the claim on 2025-02-20"


def test_nobody_had_twelve_months_of_contributions_before_february_2022() -> None:
    early = estimated(laid_off="2022-01-31", filed="2022-02-03")
    assert early.condition is not None
    assert early.condition.facts["paid_months"] == 11
    assert estimated(laid_off="2022-02-01", filed="2022-02-03").outcome is Outcome.PAYABLE


@pytest.mark.parametrize(
    ("filed", "granted_on"), [("2025-03-02", None), ("2025-03-10", "2025-03-09"), ("2101-01-01", None)]
)
def test_days_that_do_not_follow_each_other_are_refused(filed: str, granted_on: str | None) -> None:
    with pytest.raises(ValidationError):
        a_question(filed=filed, granted_on=granted_on)


def a_precheck(**changes: object) -> PrecheckQuestion:
    """Twelve months paid by a large employer, dismissed for efficiency with the regency's receipt."""
    facts: dict[str, object] = {
        "on": "2025-03-10",
        "laid_off_on": "2025-03-03",
        "reason": "efficiency",
        "contract": {"kind": "permanent", "started_on": "2019-01-07"},
        "proof": "acceptance_and_receipt",
        "office": "regency",
        "wage_idr": 4_000_000,
        "months": [
            {"month": month, "paid_on": "2025-01-15"} for month in months_between("2024-03", "2025-02")
        ],
        "age_at_registration": 30,
        "jkn_segment": "PPU_BU",
        "company_scale": "large",
        "programmes": ("JKK", "JKM", "JHT", "JP"),
    }
    return PrecheckQuestion.model_validate(facts | changes)


def failing(question: PrecheckQuestion) -> list[tuple[str, Result]]:
    reasons = answer_precheck(question, LAW, WEEKENDS_ONLY).reasons
    return [(reason.condition, reason.result) for reason in reasons if reason.result is not Result.MET]


def paid_in(*runs: tuple[str, str]) -> list[dict[str, object]]:
    """Months paid by one employer after the other, each from a month to a month; the last one dismissed."""
    employers = [f"PT-{number}" for number in range(1, len(runs))] + [THIS_EMPLOYER]
    return [
        {"month": month, "paid_on": "2022-01-15", "employer": employer}
        for employer, (first, last) in zip(employers, runs, strict=True)
        for month in months_between(first, last)
    ]


@pytest.mark.parametrize(
    ("laid_off", "runs", "paid"),
    [
        ("2022-06-15", [("2020-12", "2022-05")], 16),
        ("2022-06-15", [("2021-02", "2021-07"), ("2021-10", "2022-05")], 14),
        (
            "2023-03-05",
            [("2021-03", "2021-05"), ("2021-09", "2022-02"), ("2022-05", "2022-09"), ("2022-11", "2023-02")],
            18,
        ),
    ],
)
def test_the_three_official_simulations_are_eligible(
    laid_off: str, runs: list[tuple[str, str]], paid: int
) -> None:
    question = a_precheck(on=laid_off, laid_off_on=laid_off, months=paid_in(*runs))
    answer = answer_precheck(question, LAW, WEEKENDS_ONLY)
    counted = next(r.facts["paid_months"] for r in answer.reasons if r.condition == "contribution_months")
    assert (answer.outcome, counted) == (Outcome.PAYABLE, paid)


@pytest.mark.parametrize(
    ("changes", "condition", "result"),
    [
        ({"months": paid_in(("2024-04", "2025-02"))}, "contribution_months", Result.UNMET),
        ({"reason": "resignation"}, "separation_reason", Result.UNMET),
        ({"reason": "contract_expired"}, "contract", Result.MANUAL_REVIEW),
        (
            {
                "reason": "contract_expired",
                "contract": {"kind": "fixed_term", "started_on": "2024-03-04", "ends_on": "2025-03-03"},
            },
            "contract",
            Result.UNMET,
        ),
        ({"on": "2025-09-04"}, "filing_window", Result.UNMET),
        ({"office": "none"}, "proof_of_layoff", Result.MANUAL_REVIEW),
        ({"reemployed_on": "2025-03-05"}, "without_work", Result.MANUAL_REVIEW),
    ],
)
def test_a_condition_not_met_is_named(changes: dict[str, object], condition: str, result: Result) -> None:
    assert failing(a_precheck(**changes)) == [(condition, result)]


@pytest.mark.parametrize("wrong", [{"on": "2025-03-02"}, {"nik": "3273011708850001"}, {"months": [{}]}])
def test_facts_that_cannot_be_and_a_nik_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        a_precheck(**wrong)


def test_a_check_gives_the_very_reasons_of_the_decision_over_the_same_facts() -> None:
    random = Random(20)
    for _ in range(400):
        months = random.randrange(9, 25)
        laid_off = f"202{random.choice('345')}-{random.randrange(1, 13):02d}-{random.randrange(1, 29):02d}"
        layoff = a_layoff(
            laid_off,
            reason=random.choice(list(SeparationReason)),
            proof=random.choice(list(ProofKind)),
            office=random.choice(list(Office)),
        )
        record = a_record(
            paid=months_before(laid_off[:7], 24)[:months],
            owed=months_before(laid_off[:7], 24)[months : months + random.randrange(3)],
            jkn=random.choice(("PPU_BU", "PBPU", None)),
            age_at_registration=random.choice((53, 54)),
            earlier_benefits=random.choice((0, 0, 1, 3)),
        )
        story = decided(layoff, record, laid_off)
        decision = next(e for e in story.events if isinstance(e, ClaimApproved | ClaimDenied | ClaimReferred))
        assert precheck(layoff, record, layoff.laid_off_on, LAW, WEEKENDS_ONLY) == decision.reasons


@pytest.mark.parametrize("month", [2, 3, 4, 5, 6])
def test_a_second_before_the_window_shown_and_at_its_end_nothing_can_be_applied_for(month: int) -> None:
    row = estimated(4_000_000).rows[month - 1]
    story = approved(2025)
    early = story.when(certification(month), spelled(row.opens_at - timedelta(seconds=1)))
    late = story.when(certification(month), spelled(row.closes_at))
    assert early.told.verdict.ground is Ground.WINDOW_NOT_OPEN
    assert late.told.verdict.ground is Ground.WINDOW_CLOSED
