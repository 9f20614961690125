"""Who is insured: every condition at its boundary and one step either side, under both rules."""

from datetime import date
from typing import Any

import pytest
from support.builders import (
    Story,
    a_filing,
    a_fixed_term,
    a_layoff,
    a_record,
    a_report,
    approved,
    decided,
    months_between,
)
from support.determined import BOTH, article, condition, denial, is_approved, referral, ruled

from claims.commands import command as cmd
from claims.events import BenefitAuthorized, ClaimApproved
from claims.events.facts import CompanyScale
from law.grounds import Ground
from law.rules import Office, ProofKind, SeparationReason


@BOTH
@pytest.mark.parametrize("reason", list(SeparationReason))
def test_resignation_disability_retirement_and_death_are_no_layoffs_and_the_rest_is(
    year: int, reason: SeparationReason
) -> None:
    story = ruled(year, {"reason": reason})
    if reason.value in {"resignation", "total_permanent_disability", "retirement", "death"}:
        assert denial(story) is Ground.EXCLUDED_SEPARATION
    elif reason.value == "contract_expired":
        assert referral(story) is Ground.REPORT_CONTRADICTS_ITSELF
    else:
        assert is_approved(story)


@BOTH
def test_a_contract_that_ran_out_gives_nothing_and_one_cut_short_by_a_day_does(year: int) -> None:
    starts = f"{year - 1}-03-03"
    assert denial(ruled(year, {"contract": a_fixed_term(starts, f"{year}-03-03")})) is Ground.CONTRACT_EXPIRED
    assert denial(ruled(year, {"contract": a_fixed_term(starts, f"{year}-03-02")})) is Ground.CONTRACT_EXPIRED
    assert is_approved(ruled(year, {"contract": a_fixed_term(starts, f"{year}-03-04")}))


@BOTH
@pytest.mark.parametrize("scale", [CompanyScale.LARGE, CompanyScale.MEDIUM])
def test_large_and_medium_companies_need_the_pension_programme_too(year: int, scale: CompanyScale) -> None:
    assert is_approved(ruled(year, scale=scale, programmes=("JKK", "JKM", "JHT", "JP")))
    without = ruled(year, scale=scale, programmes=("JKK", "JKM", "JHT"))
    assert referral(without) is Ground.PROGRAMMES_INCOMPLETE
    assert condition(without, "programmes")[1]["missing"] == "JP"


@BOTH
@pytest.mark.parametrize("scale", [CompanyScale.SMALL, CompanyScale.MICRO])
def test_small_and_micro_companies_need_work_accident_death_and_old_age(
    year: int, scale: CompanyScale
) -> None:
    assert is_approved(ruled(year, scale=scale, programmes=("JKK", "JKM", "JHT")))
    without = ruled(year, scale=scale, programmes=("JKK", "JKM"))
    assert referral(without) is Ground.PROGRAMMES_INCOMPLETE
    assert condition(without, "programmes")[1]["missing"] == "JHT"


@pytest.mark.parametrize(
    ("jkn", "by_2021", "by_2025"),
    [("PPU_BU", True, True), ("PBPU", False, True), ("PBI", False, True), (None, False, False)],
)
def test_health_insurance_through_the_employer_until_2025_and_of_any_kind_since(
    jkn: Any, by_2021: bool, by_2025: bool
) -> None:
    old, new = ruled(2023, jkn=jkn), ruled(2025, jkn=jkn)
    assert (is_approved(old), is_approved(new)) == (by_2021, by_2025)
    assert by_2021 or referral(old) is Ground.NO_HEALTH_INSURANCE
    assert by_2025 or referral(new) is Ground.NO_HEALTH_INSURANCE


@BOTH
def test_registered_before_54_whatever_the_age_at_the_layoff(year: int) -> None:
    assert is_approved(ruled(year, age_at_registration=53))
    assert denial(ruled(year, age_at_registration=54)) is Ground.TOO_OLD_AT_REGISTRATION


@BOTH
def test_only_citizens_are_insured(year: int) -> None:
    assert denial(ruled(year, citizenship="WNA")) is Ground.NOT_A_CITIZEN


@pytest.mark.parametrize(
    ("office", "by_2021"),
    [(Office.REGENCY, True), (Office.PROVINCE, False), (Office.MINISTRY, False), (Office.NONE, False)],
)
def test_the_receipt_of_the_regency_and_since_2025_of_province_and_ministry(
    office: Office, by_2021: bool
) -> None:
    old, new = ruled(2023, {"office": office}), ruled(2025, {"office": office})
    assert is_approved(old) == by_2021
    assert by_2021 or referral(old) is Ground.PROOF_NOT_ACCEPTED
    assert is_approved(new) == (office is not Office.NONE)
    assert office is not Office.NONE or referral(new) is Ground.PROOF_NOT_ACCEPTED


def test_since_2025_a_settlement_agreement_may_come_with_a_receipt_instead_of_a_deed() -> None:
    receipt = {"proof": ProofKind.SETTLEMENT_AGREEMENT_AND_RECEIPT}
    assert referral(ruled(2023, receipt)) is Ground.PROOF_NOT_ACCEPTED
    assert is_approved(ruled(2025, receipt))


@BOTH
@pytest.mark.parametrize("proof", [ProofKind.SETTLEMENT_AGREEMENT_AND_DEED, ProofKind.COURT_RULING])
def test_a_deed_or_a_ruling_needs_no_office(year: int, proof: ProofKind) -> None:
    assert is_approved(ruled(year, {"proof": proof, "office": Office.NONE}))


@BOTH
def test_a_claim_without_a_reported_wage_goes_to_a_person(year: int) -> None:
    assert referral(ruled(year, wage_idr=0)) is Ground.WAGE_UNKNOWN
    assert is_approved(ruled(year, wage_idr=1))


def test_a_proof_from_the_future_goes_to_a_person() -> None:
    assert is_approved(ruled(2025, {"issued_on": "2025-03-10"}))
    assert referral(ruled(2025, {"issued_on": "2025-03-11"})) is Ground.PROOF_NOT_ACCEPTED


def with_wages(*wages_idr: int, reported_idr: int) -> Story:
    """Laid off in March 2025; the wage of each month from March 2024 on, and the one reported last."""
    months = [
        row.model_copy(update={"wage_idr": wage})
        for row, wage in zip(a_record().months, wages_idr, strict=True)
    ]
    record = a_record().model_copy(update={"months": tuple(months), "reported_wage_idr": reported_idr})
    return decided(a_layoff(), record, "2025-03-10")


def test_a_wage_that_fell_by_more_than_a_tenth_shortly_before_the_layoff_goes_to_a_person() -> None:
    assert is_approved(with_wages(*[4_000_000] * 11, 3_600_000, reported_idr=3_600_000))
    fell = with_wages(*[4_000_000] * 11, 3_599_999, reported_idr=3_599_999)
    assert referral(fell) is Ground.WAGE_DROPPED
    assert condition(fell, "reported_wage")[1] == {"drop_max_percent": "10.00", "within_months": 6}


def test_a_wage_that_fell_earlier_than_six_months_before_the_layoff_does_not_matter() -> None:
    september, august = [4_000_000] * 7 + [3_000_000] * 5, [4_000_000] * 6 + [3_000_000] * 6
    assert referral(with_wages(*september, reported_idr=3_000_000)) is Ground.WAGE_DROPPED
    assert is_approved(with_wages(*august, reported_idr=3_000_000))


def test_a_wage_that_rose_and_the_wage_of_another_job_are_no_drop() -> None:
    assert is_approved(with_wages(*[3_000_000] * 12, reported_idr=5_000_000))
    elsewhere = (
        a_record()
        .months[-3]
        .model_copy(update={"employer_registration": "employer-2", "wage_idr": 9_000_000})
    )
    record = a_record().model_copy(update={"months": (*a_record().months, elsewhere)})
    assert is_approved(decided(a_layoff(), record, "2025-03-10"))


@pytest.mark.parametrize(
    ("last", "part", "goes_on"),
    [
        ("2025-01", "full", False),
        ("2025-02", "full", True),
        ("2025-03", "full", True),
        ("2025-02", "exit", False),
    ],
)
def test_another_job_that_reaches_the_month_before_the_layoff_goes_to_a_person(
    last: str, part: str, goes_on: bool
) -> None:
    other = a_record(paid=months_between("2024-08", last)).months
    rows = tuple(row.model_copy(update={"employer_registration": "employer-2"}) for row in other)
    ended = (*rows[:-1], rows[-1].model_copy(update={"part": part}))
    record = a_record().model_copy(update={"months": a_record().months + ended})
    story = decided(a_layoff(), record, "2025-03-10")
    assert is_approved(story) is not goes_on
    assert not goes_on or referral(story) is Ground.ANOTHER_JOB_GOES_ON
    assert article(story, "other_job") == "PP 37/2021 Pasal 36"


@BOTH
def test_work_found_after_the_layoff_goes_to_a_person_and_work_before_it_does_not_matter(year: int) -> None:
    assert referral(ruled(year, reemployed_on=f"{year}-03-04")) is Ground.REEMPLOYED
    assert is_approved(ruled(year, reemployed_on=f"{year}-03-03"))


@BOTH
def test_an_unmet_condition_refuses_although_another_would_go_to_a_person(year: int) -> None:
    story = ruled(year, {"office": Office.NONE, "reason": SeparationReason.RESIGNATION})
    assert denial(story) is Ground.EXCLUDED_SEPARATION


@BOTH
def test_every_decision_gives_seventeen_conditions_each_with_its_article(year: int) -> None:
    decision = ruled(year).claim.decision
    assert decision is not None
    assert [r.condition for r in decision.reasons] == [
        "citizenship",
        "age_at_registration",
        "programmes",
        "health_insurance",
        "contribution_months",
        "consecutive_months",
        "reports_of_layoff",
        "separation_reason",
        "contract",
        "proof_of_layoff",
        "earlier_claims",
        "other_job",
        "reported_wage",
        "arrears",
        "filing_window",
        "without_work",
        "alive",
    ]
    of_our_own = {r.condition for r in decision.reasons if "Pasal" not in r.article}
    assert of_our_own == {"reports_of_layoff"}


@BOTH
def test_an_officer_approves_what_was_referred_and_the_day_of_filing_stays_the_reference_date(
    year: int,
) -> None:
    referred = ruled(year, {"office": Office.NONE})
    story = referred.when(cmd.DecideByOfficer(approves=True, reason="seen the original"), f"{year}-03-13")
    assert story.all(ClaimApproved)[0].reference_date.isoformat() == f"{year}-03-10"
    assert [e.month for e in story.all(BenefitAuthorized)] == [1]


@BOTH
def test_an_officer_denies_what_was_referred_and_decides_it_once(year: int) -> None:
    referred = ruled(year, {"office": Office.NONE})
    story = referred.when(cmd.DecideByOfficer(approves=False, reason="no proof"), f"{year}-03-24")
    assert denial(story) is Ground.PROOF_NOT_ACCEPTED
    again = story.when(cmd.DecideByOfficer(approves=True, reason="sorry"), f"{year}-03-25")
    assert again.told.verdict.ground is Ground.NOT_REFERRED
    assert denial(again) is Ground.PROOF_NOT_ACCEPTED


def test_work_found_before_the_filing_does_not_end_what_an_officer_grants() -> None:
    referred = ruled(2025, {"office": Office.NONE})
    told = referred.when(cmd.ReportReemployment(since=date(2025, 3, 1)), "2025-03-12")
    granted = told.when(cmd.DecideByOfficer(approves=True, reason="a week of day labour"), "2025-03-13")
    assert granted.claim.ceased is None
    assert granted.claim.last_month_owed == 6


def test_an_officer_has_no_say_over_a_claim_that_was_approved() -> None:
    story = approved(2025).when(cmd.DecideByOfficer(approves=False, reason="no"), "2025-03-13")
    assert story.told.verdict.ground is Ground.NOT_REFERRED
    assert is_approved(story)


@pytest.mark.parametrize("last", ["employer", "participant"])
def test_where_both_sides_say_different_things_a_person_decides_whoever_spoke_last(last: str) -> None:
    efficiency, resignation = (
        a_layoff("2025-03-03"),
        a_layoff("2025-03-03", reason=SeparationReason.RESIGNATION),
    )
    told = [a_report(efficiency, "participant"), a_report(resignation, "employer")]
    story = Story()
    for report in told if last == "employer" else reversed(told):
        story = story.when(report, "2025-03-04")
    story = story.when(a_filing(), "2025-03-10").when(
        cmd.RecordContributions(record=a_record()), "2025-03-10"
    )
    assert referral(story) is Ground.REPORTS_CONTRADICT


def test_two_reports_that_agree_need_no_person() -> None:
    story = Story().when(a_report(a_layoff(), "participant"), "2025-03-04")
    story = story.when(a_report(a_layoff(), "employer"), "2025-03-05").when(a_filing(), "2025-03-10")
    assert is_approved(story.when(cmd.RecordContributions(record=a_record()), "2025-03-10"))
