"""The exact edges of the law: the last month that counts, the first that does not, one more and one less."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from support.builders import (
    EMPLOYER,
    Story,
    a_filing,
    a_fixed_term,
    a_layoff,
    a_record,
    an_application,
    an_interview_call,
    applications,
    approved,
    certification,
    decided,
    lived,
    months_between,
    reported,
    self_assessment,
    sessions,
    wib,
)
from support.determined import BOTH, condition, denial, is_approved, referral, ruled

from claims.agenda.deadlines import Deadline, deadlines
from claims.commands import command as cmd
from claims.entitlement.contributions import longest_run
from claims.entitlement.months import attendance_share
from claims.entitlement.windows import filing_window
from claims.estimating import EstimateQuestion, PrecheckQuestion
from claims.events import BenefitAuthorized, ClaimDenied, MonthForfeited
from claims.events.facts import CompanyScale, ContributionMonth, ContributionRecord, EffortKind, PartOfMonth
from law.grounds import Ground, Result
from law.regimes import LAW
from law.rules import ProofKind, SeparationReason


def with_month(
    record: ContributionRecord,
    month: str,
    *,
    part: PartOfMonth = "full",
    until: date | None = None,
    paid: bool = True,
    employer: str = EMPLOYER,
) -> ContributionRecord:
    """The record with one month more."""
    added = ContributionMonth(
        month=month,
        employer_registration=employer,
        wage_idr=4_000_000,
        paid_on=date(2025, 1, 15) if paid else None,
        part=part,
        employed_until=until,
    )
    return record.model_copy(update={"months": (*record.months, added)})


ELEVEN = months_between("2024-04", "2025-02")


def test_the_month_in_which_work_began_counts_and_the_stub_at_its_end_does_not() -> None:
    layoff = a_layoff("2025-03-03")
    entry = decided(layoff, with_month(a_record(paid=ELEVEN), "2024-03", part="entry"), "2025-03-10")
    stub = decided(
        layoff,
        with_month(a_record(paid=ELEVEN), "2024-03", part="exit", until=date(2024, 3, 30)),
        "2025-03-10",
    )

    assert is_approved(entry)
    assert denial(stub) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


def test_the_month_in_which_work_began_is_owed_where_it_is_unpaid_and_the_stub_at_its_end_is_not() -> None:
    layoff, eleven = a_layoff("2025-03-03"), a_record(paid=ELEVEN)
    entry = decided(layoff, with_month(eleven, "2024-03", part="entry", paid=False), "2025-03-10")
    stub = decided(
        layoff, with_month(eleven, "2024-03", part="exit", until=date(2024, 3, 30), paid=False), "2025-03-10"
    )

    assert referral(entry) is Ground.MONTHS_OWED_BUT_UNPAID
    assert denial(stub) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


@BOTH
def test_a_wage_is_told_as_reported_or_not_and_never_by_its_amount(year: int) -> None:
    assert condition(ruled(year), "reported_wage")[1] == {"reported": True}
    assert condition(ruled(year, wage_idr=1), "reported_wage")[1] == {"reported": True}
    assert condition(ruled(year, wage_idr=0), "reported_wage")[1] == {"reported": False}


@pytest.mark.parametrize("month", ["2023-03", "2025-02"])
def test_the_first_and_the_last_of_the_twenty_four_months_may_be_owed(month: str) -> None:
    assert referral(ruled(2025, paid=ELEVEN[:-1], owed=(month,))) is Ground.MONTHS_OWED_BUT_UNPAID


@pytest.mark.parametrize("month", ["2023-02", "2025-03"])
def test_what_is_owed_for_the_month_before_them_or_for_that_of_the_layoff_changes_nothing(month: str) -> None:
    assert denial(ruled(2025, paid=ELEVEN[:-1], owed=(month,))) is Ground.TOO_FEW_CONTRIBUTION_MONTHS


def test_a_reported_death_is_told_as_one_and_goes_to_a_person() -> None:
    filed = (
        reported()
        .when(a_filing(), "2025-03-10")
        .when(cmd.ReportDeath(died_on=date(2025, 3, 11)), "2025-03-11")
    )
    story = filed.when(cmd.RecordContributions(record=a_record()), "2025-03-12")

    assert referral(story) is Ground.DECEASED
    assert condition(story, "alive")[1] == {"death_reported": True}
    assert condition(approved(), "alive")[1] == {"death_reported": False}


def test_no_month_is_no_run_and_one_month_a_run_of_one() -> None:
    assert longest_run(()) == 0
    assert longest_run(("2025-01",)) == 1
    assert longest_run(("2024-12", "2025-01", "2025-03")) == 2


@pytest.mark.parametrize("other", ["employer-0", "employer-2"])
def test_the_arrears_of_another_employer_are_no_arrears_of_this_one(other: str) -> None:
    record = a_record(paid=months_between("2023-03", "2024-09"))
    for month in months_between("2024-10", "2025-02"):
        record = with_month(record, month, paid=False, employer=other)
    story = decided(a_layoff("2025-03-03"), record, "2025-03-10")

    assert condition(story, "arrears")[1]["months_in_arrears"] == 0


def test_arrears_are_looked_for_in_the_twenty_four_months_before_the_layoff() -> None:
    # February is not yet due on the 3rd of March.
    record = a_record(paid=(), owed=months_between("2022-01", "2025-02"))
    story = decided(a_layoff("2025-03-03"), record, "2025-03-10")

    assert condition(story, "arrears")[1]["months_in_arrears"] == 23


def test_the_month_of_the_layoff_is_not_among_the_sixty_since_the_last_benefit() -> None:
    fifty_nine_and_the_layoffs = months_between("2022-10", "2027-09")
    record = a_record(
        paid=("2021-02", *fifty_nine_and_the_layoffs), earlier_benefits_first_paid_on=("2022-09-15",)
    )
    story = decided(a_layoff("2027-09-15"), record, "2027-09-20")

    assert denial(story) is Ground.TOO_SOON_AFTER_LAST_BENEFIT
    assert condition(story, "earlier_claims")[1]["paid_months_since"] == 59


@pytest.mark.parametrize(("part", "until", "paid"), [("full", None, False), ("exit", date(2022, 9, 2), True)])
def test_a_month_owed_or_the_stub_at_an_end_is_not_among_the_sixty(
    part: PartOfMonth, until: date | None, paid: bool
) -> None:
    record = a_record(
        paid=("2021-02", *months_between("2022-10", "2027-08")),
        earlier_benefits_first_paid_on=("2022-08-15",),
    )
    september = with_month(record, "2022-09", part=part, until=until, paid=paid)
    story = decided(a_layoff("2027-09-15"), september, "2027-09-20")

    assert condition(story, "earlier_claims")[1]["paid_months_since"] == 59


def test_a_record_that_begins_in_the_month_of_the_last_benefit_reaches_back_to_it() -> None:
    reaching = ruled(
        2025, paid=months_between("2023-03", "2025-02"), earlier_benefits_first_paid_on=("2023-03-15",)
    )
    a_month_short = ruled(
        2025, paid=months_between("2023-04", "2025-02"), earlier_benefits_first_paid_on=("2023-03-15",)
    )

    assert denial(reaching) is Ground.TOO_SOON_AFTER_LAST_BENEFIT
    assert referral(a_month_short) is Ground.TOO_SOON_AFTER_LAST_BENEFIT


def test_a_message_none_of_whose_efforts_counts_is_answered_with_the_first_ground() -> None:
    outside, of_tomorrow = an_application("a", "2025-03-09"), an_application("b", "2025-04-08")
    story = approved().when(cmd.RecordJobSearch(efforts=(outside, of_tomorrow)), "2025-04-07")

    assert [each.verdict.ground for each in story.told.efforts] == [
        Ground.OUTSIDE_ANY_PERIOD,
        Ground.IN_THE_FUTURE,
    ]
    assert story.told.verdict.ground is Ground.OUTSIDE_ANY_PERIOD


@BOTH
def test_month_1_asks_for_what_the_filing_brings_and_for_nothing_else(year: int) -> None:
    (first,) = approved(year).all(BenefitAuthorized)

    assert [(reason.condition, reason.result) for reason in first.reasons] == [
        ("commitment", Result.MET),
        ("bank_account", Result.MET),
    ]


def test_the_conditions_of_a_month_come_in_the_order_of_the_articles() -> None:
    (_, second) = lived(approved(2023).when(self_assessment("2023-03-11"), "2023-03-11"), 2).all(
        BenefitAuthorized
    )

    assert [reason.condition for reason in second.reasons] == [
        "self_assessment",
        "certification",
        "job_search",
    ]


def test_who_attended_half_of_the_training_attended_training() -> None:
    story = approved().when(sessions("2025-03-20", attended=2, absent=2), "2025-03-20")
    story = story.when(applications(5, "2025-03-21"), "2025-03-21").when(certification(2), "2025-04-11")

    assert attendance_share(story.claim, 2, LAW.regimes[1]) == Decimal("0.5")
    assert story.wake("2025-04-17").all(MonthForfeited)[0].ground is Ground.ATTENDANCE_INSUFFICIENT


def test_training_of_one_period_says_nothing_of_the_month_after_the_next() -> None:
    story = approved().when(sessions("2025-03-20", attended=2), "2025-03-20")

    assert [attendance_share(story.claim, month, LAW.regimes[1]) for month in (2, 3, 4)] == [
        Decimal(1),
        None,
        None,
    ]


def test_the_running_total_of_a_month_says_when_it_is_enough() -> None:
    four = approved().when(applications(4, "2025-03-20"), "2025-03-20")
    calls = [an_application(f"call-{n}", "2025-03-21", kind=EffortKind.INTERVIEW_CALL) for n in (1, 2)]
    one_call = four.when(cmd.RecordJobSearch(efforts=(calls[0],)), "2025-03-21")
    two_calls = one_call.when(cmd.RecordJobSearch(efforts=(calls[1],)), "2025-03-21")
    six = four.when(applications(2, "2025-03-22"), "2025-03-22")

    told = [story.told.months[0] for story in (four, one_call, two_calls, six)]
    assert [(each.applications, each.interview_calls, each.enough) for each in told] == [
        (4, 0, False),
        (4, 1, True),
        (4, 2, True),
        (6, 0, True),
    ]


def test_a_window_holds_its_opening_and_not_its_deadline() -> None:
    window = filing_window(date(2025, 3, 3), LAW)
    tick = timedelta(microseconds=1)

    assert (window.holds(window.opens_at), window.holds(window.opens_at - tick)) == (True, False)
    assert (window.holds(window.closes_at - tick), window.holds(window.closes_at)) == (True, False)


def test_who_filed_the_day_after_the_old_window_may_file_again_until_the_new_one_closes() -> None:
    record = a_record(paid=months_between("2023-11", "2024-10"), citizenship="WNA")
    story = decided(a_layoff("2024-11-06"), record, "2025-02-07")

    assert story.all(ClaimDenied)[0].may_file_again_until == wib("2025-05-07 00:00:00")


def dates(story: Story, at: str) -> dict[tuple[str, int], Deadline]:
    """Every date of a claim by its name and month."""
    return {(due.what, due.month): due for due in deadlines(story.claim, story.context(wib(at)))}


def test_while_bpjs_is_asked_its_answer_is_due_and_after_a_withdrawal_no_more() -> None:
    filed = reported().when(a_filing(), "2025-03-10")
    withdrawn = filed.when(cmd.WithdrawClaim(reason="filed by mistake"), "2025-03-11")
    due = dates(filed, "2025-03-10")["contribution_record", 0]

    assert (due.owner, str(due.last_day), due.done) == ("bpjs", "2025-03-13", False)
    assert due.rule == "3 working days after the filing"
    assert ("contribution_record", 0) not in dates(withdrawn, "2025-03-11")


def test_month_1_is_not_applied_for_and_has_no_search_period() -> None:
    named = dates(approved(), "2025-03-10")

    assert {(what, month) for what, month in named if month == 1} == {("transfer", 1)}


def test_who_applied_for_a_month_has_applied_even_if_its_search_is_not_enough_yet() -> None:
    applied = approved().when(certification(2), "2025-04-11")

    assert dates(applied, "2025-04-11")["certification", 2].done
    assert not dates(applied, "2025-04-11")["search_period", 2].done


def test_each_window_says_its_rule() -> None:
    named = dates(approved(), "2025-03-10")

    assert named["certification", 5].rule == "5 days after the reference date"
    assert (
        named["certification", 6].rule
        == "from 5 working days before the end of the benefit period to its end"
    )


def test_one_call_to_an_interview_is_a_search_that_is_done() -> None:
    called = approved().when(an_interview_call("2025-03-20"), "2025-03-20")

    assert dates(called, "2025-03-20")["search_period", 2].done


def test_who_said_that_work_was_found_has_reported_it() -> None:
    story = approved().when(cmd.ReportReemployment(since=date(2025, 4, 20)), "2025-04-21")

    assert dates(story, "2025-04-21")["placement_report", 0].done


@pytest.mark.parametrize(
    ("year", "article"),
    [
        (2023, "assumption: docs/decisions/0019-three-days-and-seven-days.md"),
        (2025, "Permenaker 2/2025 Pasal 13(6)"),
    ],
)
def test_the_payment_term_says_its_rule_and_article_whether_the_bank_has_the_order_or_not(
    year: int, article: str
) -> None:
    ordered = approved(year)
    sent = ordered.bank(1, "open", f"{year}-03-10")
    withdrawn = sent.when(cmd.WithdrawClaim(reason="filed by mistake"), f"{year}-03-10")

    for story in (ordered, sent, withdrawn):
        due = dates(story, f"{year}-03-10")["transfer", 1]
        assert (due.rule, due.article) == ("3 working days after the application was complete", article)


@pytest.mark.parametrize(
    ("first", "last", "before", "after"),
    [("2000-01-01", "2100-12-31", "1999-12-31", "2101-01-01")],
)
def test_an_estimate_is_asked_for_the_days_of_this_century_only(
    first: str, last: str, before: str, after: str
) -> None:
    for day in (first, last):
        asked = EstimateQuestion(
            wage_idr=1, laid_off_on=date.fromisoformat(day), filed_on=date.fromisoformat(day)
        )
        assert asked.filed_on.isoformat() == day
    for day in (before, after):
        with pytest.raises(ValueError, match="date"):
            EstimateQuestion(
                wage_idr=1, laid_off_on=date.fromisoformat(day), filed_on=date.fromisoformat(day)
            )


def test_one_may_file_and_be_decided_on_the_day_of_the_layoff_and_not_the_day_before() -> None:
    day, before = date(2025, 3, 3), date(2025, 3, 2)
    asked = EstimateQuestion(wage_idr=1, laid_off_on=day, filed_on=day, decided_on=day)

    assert asked.decided_on == day
    with pytest.raises(ValueError, match="filed_on must not be before laid_off_on"):
        EstimateQuestion(wage_idr=1, laid_off_on=day, filed_on=before)
    with pytest.raises(ValueError, match="decided_on must not be before filed_on"):
        EstimateQuestion(wage_idr=1, laid_off_on=day, filed_on=day, decided_on=before)


def a_precheck(ends_on: str) -> PrecheckQuestion:
    """Asked for a contract for a term from the 1st of March."""
    return PrecheckQuestion(
        on=date(2025, 3, 10),
        laid_off_on=date(2025, 3, 3),
        reason=SeparationReason.EFFICIENCY,
        contract=a_fixed_term("2025-03-01", ends_on),
        proof=ProofKind.COURT_RULING,
        wage_idr=4_000_000,
        months=(),
        age_at_registration=30,
        jkn_segment="PPU_BU",
        company_scale=CompanyScale.LARGE,
        programmes=(),
    )


def test_a_contract_of_one_day_is_a_contract_and_one_that_ends_before_it_starts_is_none() -> None:
    assert a_precheck("2025-03-01").contract.kind == "fixed_term"
    with pytest.raises(ValueError, match="contract must not end before it starts"):
        a_precheck("2025-02-28")
