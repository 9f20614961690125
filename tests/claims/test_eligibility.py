"""Who is insured: every condition at its boundary and one step either side, under both rules."""

from datetime import date
from typing import Any

import pytest
from builders import Story, a_fixed_term, a_layoff, a_record, approved, decided, months_between

from claims import messages as m
from claims.events import BenefitAuthorized, ClaimApproved, ClaimDenied, ClaimReferred
from claims.facts import CompanyScale, EmployerStanding
from claims.reasons import Ground, Result
from claims.rules import Office, ProofKind, SeparationReason

BOTH = pytest.mark.parametrize("year", [2023, 2025])


def judged(year: int, layoff: dict[str, Any] | None = None, **record: Any) -> Story:
    """A claim of the year, laid off on 3 March, filed on the 10th, twelve months paid unless told."""
    record.setdefault("paid", months_between(f"{year - 1}-03", f"{year}-02"))
    return decided(a_layoff(f"{year}-03-03", **(layoff or {})), a_record(**record), f"{year}-03-10")


def is_approved(story: Story) -> bool:
    return isinstance(story.claim.decision, ClaimApproved)


def denial(story: Story) -> Ground:
    decision = story.claim.decision
    assert isinstance(decision, ClaimDenied)
    return decision.ground


def referral(story: Story) -> Ground:
    decision = story.claim.decision
    assert isinstance(decision, ClaimReferred)
    return decision.ground


def condition(story: Story, name: str) -> tuple[Result, dict[str, str | int | bool]]:
    decision = story.claim.decision
    assert decision is not None
    reason = next(r for r in decision.reasons if r.condition == name)
    return reason.result, reason.facts


@BOTH
def test_twelve_months_paid_are_enough_and_eleven_are_not(year: int) -> None:
    assert is_approved(judged(year, paid=months_between(f"{year - 1}-03", f"{year}-02")))
    eleven = judged(year, paid=months_between(f"{year - 1}-04", f"{year}-02"))
    assert denial(eleven) is Ground.TOO_FEW_CONTRIBUTION_MONTHS
    assert condition(eleven, "contribution_months")[1] == {
        "paid_months": 11,
        "needed": 12,
        "lookback_months": 24,
    }


@BOTH
def test_the_month_of_the_layoff_does_not_count(year: int) -> None:
    story = judged(year, paid=months_between(f"{year - 1}-04", f"{year}-03"))
    assert denial(story) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


@BOTH
def test_the_twenty_four_calendar_months_begin_with_the_month_of_the_layoff_two_years_before(
    year: int,
) -> None:
    inside = months_between(f"{year - 2}-03", f"{year - 1}-02")
    assert is_approved(judged(year, paid=inside))
    one_too_early = months_between(f"{year - 2}-02", f"{year - 1}-01")
    assert denial(judged(year, paid=one_too_early)) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


@BOTH
def test_no_month_paid_is_a_refusal_and_not_an_error(year: int) -> None:
    assert denial(judged(year, paid=())) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


@BOTH
def test_a_month_paid_by_two_employers_counts_once(year: int) -> None:
    eleven = months_between(f"{year - 1}-04", f"{year}-02")
    assert denial(judged(year, paid=eleven + eleven)) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


def scattered(year: int, run: int) -> tuple[str, ...]:
    """A run of paid months, and single months to make more than twelve in all."""
    singles = tuple(f"{year - 2}-{n:02d}" for n in (3, 5, 7, 9, 11)) + tuple(
        f"{year - 1}-{n:02d}" for n in (1, 3, 5)
    )
    return singles + months_between(f"{year - 1}-07", f"{year - 1}-{6 + run:02d}")


def test_the_2021_rules_want_six_months_in_a_row() -> None:
    assert is_approved(judged(2023, paid=scattered(2023, 6)))
    five = judged(2023, paid=scattered(2023, 5))
    assert denial(five) is Ground.TOO_FEW_CONSECUTIVE_MONTHS
    assert condition(five, "consecutive_months")[1] == {"longest_run": 5, "needed": 6}


def test_the_2025_rules_want_none_in_a_row() -> None:
    assert is_approved(judged(2025, paid=scattered(2025, 5)))
    even = (4, 6, 8, 10, 12)
    every_second = (*(f"{y}-{n:02d}" for y in (2023, 2024) for n in even), "2024-02", "2025-02")
    assert is_approved(judged(2025, paid=every_second))


def test_a_run_of_six_goes_on_over_the_new_year() -> None:
    paid = (
        months_between("2021-10", "2022-03")
        + tuple(f"2022-{n:02d}" for n in (5, 7, 9, 11))
        + ("2021-08", "2021-06")
    )
    assert condition(judged(2023, paid=paid), "consecutive_months")[1]["longest_run"] == 6


def test_simulation_1_sixteen_months_up_to_june_2022() -> None:
    record = a_record(paid=months_between("2021-02", "2022-05"))
    story = decided(a_layoff("2022-06-15"), record, "2022-06-20")
    assert is_approved(story)
    assert condition(story, "contribution_months")[1]["paid_months"] == 16


def test_simulation_2_fourteen_months_at_two_employers() -> None:
    paid = months_between("2021-02", "2021-07") + months_between("2021-10", "2022-05")
    contract = a_fixed_term("2021-10-01", "2022-09-30")
    story = decided(a_layoff("2022-06-15", contract=contract), a_record(paid=paid), "2022-06-20")
    assert is_approved(story)
    assert condition(story, "contribution_months")[1]["paid_months"] == 14


def test_simulation_3_eighteen_months_at_four_employers() -> None:
    paid = (
        months_between("2021-03", "2021-05")
        + months_between("2021-09", "2022-02")
        + months_between("2022-05", "2022-09")
        + months_between("2022-11", "2023-02")
    )
    contract = a_fixed_term("2022-11-01", "2023-10-31")
    layoff = a_layoff("2023-03-05", reason=SeparationReason.CLOSURE_AFTER_LOSSES, contract=contract)
    story = decided(layoff, a_record(paid=paid), "2023-03-10")
    assert is_approved(story)
    assert condition(story, "contribution_months")[1]["paid_months"] == 18
    assert condition(story, "consecutive_months")[1]["longest_run"] == 6


@BOTH
@pytest.mark.parametrize("reason", list(SeparationReason))
def test_resignation_disability_retirement_and_death_are_no_layoffs_and_the_rest_is(
    year: int, reason: SeparationReason
) -> None:
    story = judged(year, {"reason": reason})
    if reason.value in {"resignation", "total_permanent_disability", "retirement", "death"}:
        assert denial(story) is Ground.EXCLUDED_SEPARATION
    elif reason.value == "contract_expired":
        assert denial(story) is Ground.CONTRACT_EXPIRED
    else:
        assert is_approved(story)


@BOTH
def test_a_contract_that_ran_out_gives_nothing_and_one_cut_short_by_a_day_does(year: int) -> None:
    starts = f"{year - 1}-03-03"
    assert (
        denial(judged(year, {"contract": a_fixed_term(starts, f"{year}-03-03")})) is Ground.CONTRACT_EXPIRED
    )
    assert (
        denial(judged(year, {"contract": a_fixed_term(starts, f"{year}-03-02")})) is Ground.CONTRACT_EXPIRED
    )
    assert is_approved(judged(year, {"contract": a_fixed_term(starts, f"{year}-03-04")}))


@BOTH
@pytest.mark.parametrize("scale", [CompanyScale.LARGE, CompanyScale.MEDIUM])
def test_large_and_medium_companies_need_the_pension_programme_too(year: int, scale: CompanyScale) -> None:
    assert is_approved(judged(year, scale=scale, programmes=("JKK", "JKM", "JHT", "JP")))
    without = judged(year, scale=scale, programmes=("JKK", "JKM", "JHT"))
    assert denial(without) is Ground.PROGRAMMES_INCOMPLETE
    assert condition(without, "programmes")[1]["missing"] == "JP"


@BOTH
@pytest.mark.parametrize("scale", [CompanyScale.SMALL, CompanyScale.MICRO])
def test_small_and_micro_companies_need_work_accident_death_and_old_age(
    year: int, scale: CompanyScale
) -> None:
    assert is_approved(judged(year, scale=scale, programmes=("JKK", "JKM", "JHT")))
    without = judged(year, scale=scale, programmes=("JKK", "JKM"))
    assert denial(without) is Ground.PROGRAMMES_INCOMPLETE
    assert condition(without, "programmes")[1]["missing"] == "JHT"


@pytest.mark.parametrize(
    ("jkn", "by_2021", "by_2025"),
    [("PPU_BU", True, True), ("PBPU", False, True), ("PBI", False, True), (None, False, False)],
)
def test_health_insurance_through_the_employer_until_2025_and_of_any_kind_since(
    jkn: Any, by_2021: bool, by_2025: bool
) -> None:
    old, new = judged(2023, jkn=jkn), judged(2025, jkn=jkn)
    assert (is_approved(old), is_approved(new)) == (by_2021, by_2025)
    assert by_2021 or denial(old) is Ground.NO_HEALTH_INSURANCE
    assert by_2025 or denial(new) is Ground.NO_HEALTH_INSURANCE


@BOTH
def test_registered_before_54_whatever_the_age_at_the_layoff(year: int) -> None:
    assert is_approved(judged(year, age_at_registration=53))
    assert denial(judged(year, age_at_registration=54)) is Ground.TOO_OLD_AT_REGISTRATION


@BOTH
def test_only_citizens_are_insured(year: int) -> None:
    assert denial(judged(year, citizenship="WNA")) is Ground.NOT_A_CITIZEN


@BOTH
def test_arrears_of_three_months_are_covered_and_four_go_to_a_person(year: int) -> None:
    paid = months_between(f"{year - 2}-03", f"{year - 1}-09")
    three = judged(year, paid=(*paid, f"{year - 1}-10"), owed=months_between(f"{year - 1}-11", f"{year}-01"))
    assert condition(three, "arrears")[1]["months_in_arrears"] == 3
    assert is_approved(three)
    four = judged(year, paid=paid, owed=months_between(f"{year - 1}-10", f"{year}-01"))
    assert condition(four, "arrears")[1]["months_in_arrears"] == 4
    assert referral(four) is Ground.EMPLOYER_PAYS_FIRST


@pytest.mark.parametrize(
    ("laid_off", "months_in_arrears"),
    [("2025-03-17", 3), ("2025-03-18", 4), ("2025-04-01", 4), ("2025-04-15", 4), ("2025-04-16", 5)],
)
def test_a_month_is_in_arrears_once_its_due_day_has_passed(laid_off: str, months_in_arrears: int) -> None:
    # The 15th of March 2025 was a Saturday: February was due on the 17th, March on the 15th of April.
    record = a_record(paid=months_between("2023-05", "2024-10"), owed=months_between("2024-11", laid_off[:7]))
    story = decided(a_layoff(laid_off), record, "2025-04-20")
    assert condition(story, "arrears")[1]["months_in_arrears"] == months_in_arrears


@pytest.mark.parametrize("standing", [EmployerStanding.BANKRUPT, EmployerStanding.CLOSED])
def test_since_2025_six_months_of_a_bankrupt_or_closed_employer_are_covered_and_seven_are_not(
    standing: EmployerStanding,
) -> None:
    early = months_between("2023-03", "2024-06")
    six = judged(2025, paid=(*early, "2024-07"), owed=months_between("2024-08", "2025-01"), employer=standing)
    assert is_approved(six)
    seven = judged(2025, paid=early, owed=months_between("2024-07", "2025-01"), employer=standing)
    assert referral(seven) is Ground.EMPLOYER_PAYS_FIRST


def test_until_2025_a_bankrupt_employer_s_fourth_month_is_not_covered() -> None:
    paid = months_between("2021-03", "2022-09")
    bankrupt = EmployerStanding.BANKRUPT
    three = judged(2023, paid=(*paid, "2022-10"), owed=("2022-11", "2022-12", "2023-01"), employer=bankrupt)
    assert is_approved(three)
    four = judged(2023, paid=paid, owed=months_between("2022-10", "2023-01"), employer=bankrupt)
    assert referral(four) is Ground.EMPLOYER_PAYS_FIRST


@BOTH
def test_arrears_interrupted_by_a_paid_month_do_not_reach_the_layoff(year: int) -> None:
    paid = (*months_between(f"{year - 2}-03", f"{year - 1}-07"), f"{year}-01")
    story = judged(year, paid=paid, owed=months_between(f"{year - 1}-08", f"{year - 1}-12"))
    assert condition(story, "arrears")[1]["months_in_arrears"] == 0
    assert is_approved(story)


@BOTH
def test_who_would_have_twelve_months_if_the_employer_paid_is_not_refused_by_a_machine(year: int) -> None:
    nine = months_between(f"{year - 1}-02", f"{year - 1}-10")
    story = judged(year, paid=nine, owed=months_between(f"{year - 1}-11", f"{year}-01"))
    assert referral(story) is Ground.MONTHS_OWED_BUT_UNPAID
    eight = months_between(f"{year - 1}-03", f"{year - 1}-10")
    short = judged(year, paid=eight, owed=months_between(f"{year - 1}-11", f"{year}-01"))
    assert denial(short) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


@BOTH
def test_more_than_three_months_of_arrears_cure_nothing(year: int) -> None:
    eleven = months_between(f"{year - 2}-11", f"{year - 1}-09")
    story = judged(year, paid=eleven, owed=months_between(f"{year - 1}-10", f"{year}-01"))
    assert denial(story) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


@BOTH
def test_nor_who_would_have_them_with_the_month_that_is_not_yet_due(year: int) -> None:
    eleven = months_between(f"{year - 1}-03", f"{year}-01")
    story = judged(year, paid=eleven, owed=(f"{year}-02",))
    assert condition(story, "arrears")[1]["months_in_arrears"] == 0
    assert referral(story) is Ground.MONTHS_OWED_BUT_UNPAID


@pytest.mark.parametrize(
    ("office", "by_2021"),
    [(Office.REGENCY, True), (Office.PROVINCE, False), (Office.MINISTRY, False), (Office.NONE, False)],
)
def test_the_receipt_of_the_regency_and_since_2025_of_province_and_ministry(
    office: Office, by_2021: bool
) -> None:
    old, new = judged(2023, {"office": office}), judged(2025, {"office": office})
    assert is_approved(old) == by_2021
    assert by_2021 or referral(old) is Ground.PROOF_NOT_ACCEPTED
    assert is_approved(new) == (office is not Office.NONE)
    assert office is not Office.NONE or referral(new) is Ground.PROOF_NOT_ACCEPTED


def test_since_2025_a_settlement_agreement_may_come_with_a_receipt_instead_of_a_deed() -> None:
    receipt = {"proof": ProofKind.SETTLEMENT_AGREEMENT_AND_RECEIPT}
    assert referral(judged(2023, receipt)) is Ground.PROOF_NOT_ACCEPTED
    assert is_approved(judged(2025, receipt))


@BOTH
@pytest.mark.parametrize("proof", [ProofKind.SETTLEMENT_AGREEMENT_AND_DEED, ProofKind.COURT_RULING])
def test_a_deed_or_a_ruling_needs_no_office(year: int, proof: ProofKind) -> None:
    assert is_approved(judged(year, {"proof": proof, "office": Office.NONE}))


@BOTH
def test_three_benefits_are_the_most_and_the_second_and_third_are_looked_at_by_a_person(year: int) -> None:
    assert referral(judged(year, earlier_benefits=1)) is Ground.TOO_MANY_CLAIMS
    assert referral(judged(year, earlier_benefits=2)) is Ground.TOO_MANY_CLAIMS
    assert denial(judged(year, earlier_benefits=3)) is Ground.TOO_MANY_CLAIMS


@BOTH
def test_work_found_after_the_layoff_goes_to_a_person_and_work_before_it_does_not_matter(year: int) -> None:
    assert referral(judged(year, reemployed_on=f"{year}-03-04")) is Ground.REEMPLOYED
    assert is_approved(judged(year, reemployed_on=f"{year}-03-03"))


@BOTH
def test_an_unmet_condition_refuses_although_another_would_go_to_a_person(year: int) -> None:
    story = judged(year, {"office": Office.NONE, "reason": SeparationReason.RESIGNATION})
    assert denial(story) is Ground.EXCLUDED_SEPARATION


@BOTH
def test_every_decision_gives_fourteen_conditions_each_with_its_article(year: int) -> None:
    decision = judged(year).claim.decision
    assert decision is not None
    assert [r.condition for r in decision.reasons] == [
        "citizenship",
        "age_at_registration",
        "programmes",
        "health_insurance",
        "contribution_months",
        "consecutive_months",
        "separation_reason",
        "contract",
        "proof_of_layoff",
        "earlier_claims",
        "arrears",
        "filing_window",
        "without_work",
        "alive",
    ]
    assert all("Pasal" in r.article for r in decision.reasons)


@BOTH
def test_an_officer_approves_what_was_referred_and_the_day_of_filing_stays_the_reference_date(
    year: int,
) -> None:
    referred = judged(year, {"office": Office.NONE})
    story = referred.when(m.DecideByOfficer(approves=True, reason="seen the original"), f"{year}-03-13")
    assert story.all(ClaimApproved)[0].reference_date.isoformat() == f"{year}-03-10"
    assert [e.month for e in story.all(BenefitAuthorized)] == [1]


@BOTH
def test_an_officer_denies_what_was_referred_and_decides_it_once(year: int) -> None:
    referred = judged(year, {"office": Office.NONE})
    story = referred.when(m.DecideByOfficer(approves=False, reason="no proof"), f"{year}-03-13")
    assert denial(story) is Ground.PROOF_NOT_ACCEPTED
    again = story.when(m.DecideByOfficer(approves=True, reason="sorry"), f"{year}-03-14")
    assert again.told.verdict.ground is Ground.NOT_REFERRED
    assert denial(again) is Ground.PROOF_NOT_ACCEPTED


def test_work_found_before_the_filing_does_not_end_what_an_officer_grants() -> None:
    referred = judged(2025, {"office": Office.NONE})
    told = referred.when(m.ReportReemployment(since=date(2025, 3, 1)), "2025-03-12")
    granted = told.when(m.DecideByOfficer(approves=True, reason="a week of day labour"), "2025-03-13")
    assert granted.claim.ceased is None
    assert granted.claim.last_month_owed == 6


def test_an_officer_has_no_say_over_a_claim_that_was_approved() -> None:
    story = approved(2025).when(m.DecideByOfficer(approves=False, reason="no"), "2025-03-13")
    assert story.told.verdict.ground is Ground.NOT_REFERRED
    assert is_approved(story)
