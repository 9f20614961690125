"""Amounts, terms and names at their edges: what the tables of the law say where two readings part."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from support.builders import (
    EMPLOYER,
    WEEKENDS_ONLY,
    a_layoff,
    a_record,
    approved,
    months_between,
    wib,
)

from claims.agenda.employer_duties import Seen, data_change, participant_number
from claims.commands.command import WithdrawEffort, canonical, received_from
from claims.entitlement.contributions import arrears_of, highest_wage_before
from claims.entitlement.months import authorize, month_reasons
from claims.entitlement.payer import Paying, benefit_in_one_sum_idr, difference_idr, who_pays
from claims.entitlement.windows import filing_window, month_window, rules_for
from claims.estimating import EstimateQuestion, estimate
from claims.events.facts import ContributionMonth
from claims.state.claim import Claim
from claims.wording.explaining import explain
from claims.wording.reading import Reading
from law.contribution_amounts import months_late
from law.contribution_rates import CONTRIBUTIONS, RATES_2021, RATES_2025, by_risk
from law.digests import digest
from law.grounds import Ground, Reason, Result
from law.provisions import provision_names
from law.regimes import LATER_MONTHS, LAW, RULES_2021, RULES_2025
from law.rules import (
    Cited,
    DecidingDate,
    Law,
    MonthCondition,
    OpenWindows,
    RateCount,
    Requirement,
    RunningClaims,
    SeparationReason,
    Sourced,
    Transition,
)

BEGINS = date(2025, 6, 1)
SAYS = "PP 99/2025 Pasal II"


def a_later_regime(
    *,
    deciding: DecidingDate = DecidingDate.REFERENCE_DATE,
    running: RunningClaims = RunningClaims.FROM_THE_NEXT_MONTH,
    windows: OpenWindows = OpenWindows.KEEP_THE_LONGER,
    **changed: object,
) -> Law:
    """The law with a third regime from 1 June 2025 on, like that of 2025 but for what is given."""
    later = replace(
        RULES_2025,
        name="99",
        in_force_from=BEGINS,
        transition=Transition(
            deciding_date=Cited(deciding, SAYS, BEGINS),
            running_claims=Cited(running, SAYS, BEGINS),
            open_windows=Cited(windows, SAYS, BEGINS),
        ),
        **changed,  # type: ignore[arg-type]
    )
    return Law((RULES_2021, RULES_2025, later))


@pytest.mark.parametrize(
    ("paid_on", "late"),
    [("2025-01-10", 0), ("2025-03-15", 0), ("2025-03-16", 1), ("2025-04-15", 1), ("2025-04-16", 2)],
)
def test_a_contribution_paid_months_early_is_no_month_late_and_a_month_begun_is_one(
    paid_on: str, late: int
) -> None:
    assert months_late(date(2025, 3, 15), date.fromisoformat(paid_on)) == late


@pytest.mark.parametrize(("paid_on", "late"), [("2025-04-14", 0), ("2025-04-15", 1), ("2025-05-14", 1)])
def test_where_only_whole_months_are_late_the_month_is_whole_on_its_last_day(paid_on: str, late: int) -> None:
    whole = replace(CONTRIBUTIONS, begun_month_is_late=Sourced(False, SAYS))
    assert months_late(date(2025, 3, 15), date.fromisoformat(paid_on), whole) == late


def test_every_class_of_risk_has_a_rate() -> None:
    with pytest.raises(ValueError, match="zip"):
        by_risk("0.0010", "0.0040")


def test_rates_that_begin_on_the_deciding_day_of_a_month_are_those_of_the_month() -> None:
    in_time = replace(RATES_2025, in_force_from=date(2025, 10, 1))
    law = replace(CONTRIBUTIONS, rates=(RATES_2021, in_time))
    assert law.rates_of("2025-10") is in_time
    assert law.rates_of("2025-09") is RATES_2021
    assert law.rates_of("2024-12") is RATES_2021


def test_the_first_month_of_the_programme_may_be_owed_and_no_month_before_it() -> None:
    layoff = a_layoff("2021-04-03")
    nothing = a_record(paid=())
    assert arrears_of(layoff, nothing, RULES_2021, WEEKENDS_ONLY).unknown == 1


def test_the_wage_of_the_month_of_the_layoff_is_no_earlier_wage_and_without_months_there_is_none() -> None:
    record = a_record(paid=("2025-02",), wage_idr=4_000_000)
    at_layoff = ContributionMonth(
        month="2025-03", employer_registration=EMPLOYER, wage_idr=9_000_000, paid_on=None
    )
    raised = record.model_copy(update={"months": (*record.months, at_layoff)})
    assert highest_wage_before(a_layoff(), raised, RULES_2025) == 4_000_000
    assert highest_wage_before(a_layoff(), a_record(paid=()), RULES_2025) == 0


@pytest.mark.parametrize(("covered", "paying"), [(0, Paying.UNKNOWN), (1, Paying.BPJS)])
def test_one_month_that_the_record_lacks_leaves_the_payer_open_where_none_is_covered(
    covered: int, paying: Paying
) -> None:
    rules = replace(RULES_2025, arrears_months_covered=Cited(covered, SAYS, BEGINS))
    record = a_record(paid=months_between("2024-01", "2024-12"))
    assert who_pays(a_layoff(), record, rules, WEEKENDS_ONLY).paying is paying


FALLING = tuple(Decimal(rate) for rate in ("0.60", "0.50", "0.40", "0.30", "0.20", "0.10"))


def counting_paid_months() -> Law:
    return a_later_regime(
        replacement_rates=Cited(FALLING, SAYS, BEGINS),
        rate_counts=Cited(RateCount.MONTHS_PAID, SAYS, BEGINS),
    )


def lost(claim: Claim, *numbers: int) -> Claim:
    """The claim with months lost."""
    [forfeited] = [month.forfeited for month in lapsed_month_2().months if month.forfeited is not None]
    months = tuple(
        replace(month, forfeited=forfeited) if month.number in numbers else month for month in claim.months
    )
    return replace(claim, months=months)


def lapsed_month_2() -> Claim:
    return approved().bank(1, "settled", "2025-03-11").wake("2025-04-16").claim


@pytest.mark.parametrize(
    ("months_lost", "rate"), [((), "0.40"), ((2,), "0.50"), ((4,), "0.40"), ((2, 4), "0.50")]
)
def test_where_months_paid_are_counted_only_the_months_lost_before_a_month_lift_its_rate(
    months_lost: tuple[int, ...], rate: str
) -> None:
    claim = lost(approved().claim, *months_lost)
    [later] = [rules for rules in counting_paid_months().regimes if rules.name == "99"]
    law = Law((replace(later, in_force_from=date(2021, 2, 2), name="2025"),))
    assert authorize(claim, 3, law, WEEKENDS_ONLY, date(2025, 5, 10)).rate == rate


def test_six_months_in_one_sum_are_paid_by_the_rates_of_six_months_none_of_them_lost() -> None:
    rules = counting_paid_months().regimes[-1]
    assert benefit_in_one_sum_idr(1_000_000, rules) == 2_100_000
    assert difference_idr(3_000_000, 2_000_000, rules, months=2) == 1_100_000


@pytest.mark.parametrize(("version", "result"), [(0, Result.UNMET), (1, Result.MET)])
def test_a_filing_without_a_bank_account_shows_that_it_lacks_one(version: int, result: Result) -> None:
    claim = replace(approved().claim, account_version=version)
    [given] = [r for r in month_reasons(claim, 1, LAW) if r.condition == "bank_account"]
    assert given.result is result


def test_month_1_is_applied_for_by_the_filing_and_its_window_is_that_day() -> None:
    window = month_window(approved().claim, 1, LAW, WEEKENDS_ONLY)
    assert (window.opens_at, window.closes_at) == (wib("2025-03-10 00:00:00"), wib("2025-03-11 00:00:00"))


def test_a_later_regime_with_the_same_filing_window_leaves_an_open_window_under_its_own_article() -> None:
    later = a_later_regime(filing_window_months=Cited(6, "PP 99/2025 Pasal 40", BEGINS))
    assert filing_window(date(2025, 3, 3), later).article == "PP 37/2021 as amended by PP 6/2025 Pasal 40(a)"
    longer = a_later_regime(filing_window_months=Cited(7, "PP 99/2025 Pasal 40", BEGINS))
    assert filing_window(date(2025, 3, 3), longer).article == "PP 99/2025 Pasal 40"


def test_who_files_under_a_regime_that_leaves_running_claims_alone_has_it_from_the_first_day() -> None:
    law = a_later_regime(running=RunningClaims.KEEP_THEIR_REGIME)
    filing = approved().claim.filing
    assert filing is not None
    for day, name in (("2025-05-31", "2025"), ("2025-06-01", "99"), ("2025-06-15", "99")):
        filed = filing.model_copy(update={"filed_on": date.fromisoformat(day)})
        claim = replace(Claim(), layoff=a_layoff(), filing=filed)
        assert rules_for(claim, 1, law).name == name


def test_a_name_that_only_the_newest_regime_has_is_known() -> None:
    asked = Requirement(MonthCondition.COMMITMENT, LATER_MONTHS, True, SAYS, BEGINS)
    without = a_later_regime(month_requirements=())
    kept = a_later_regime(month_requirements=(asked,))
    assert "commitment_binds" not in provision_names(without)
    assert "certification_binds" not in provision_names(kept)
    assert "commitment_binds" in provision_names(kept)


@pytest.mark.parametrize(
    ("condition", "article"),
    [
        (MonthCondition.COUNSELLING, "PP 37/2021 Pasal 27"),
        (MonthCondition.JOB_SEARCH, "Permenaker 15/2021 Pasal 13(3)a"),
        (MonthCondition.STATUS_FORM, "Permenaker 15/2021"),
    ],
)
def test_what_the_months_ask_for_has_its_own_article_and_what_they_do_not_that_of_the_procedure(
    condition: MonthCondition, article: str
) -> None:
    assert RULES_2021.article_of_month(condition) == article


def test_one_working_day_is_a_day_and_seven_are_days() -> None:
    seen = Seen(date(2025, 3, 10), WEEKENDS_ONLY)
    number = participant_number(date(2025, 3, 3), date(2025, 3, 5), seen)
    assert number is not None
    assert number.rule == "1 working day after the complete form and the first contribution"
    assert data_change(date(2025, 3, 3), seen).rule == "7 working days after the change"


@pytest.mark.parametrize(("told_on", "done"), [("2025-03-10", True), ("2025-03-11", False)])
def test_a_duty_is_done_on_the_day_from_which_it_is_looked_at_and_is_about_no_month(
    told_on: str, done: bool
) -> None:
    seen = Seen(date(2025, 3, 10), WEEKENDS_ONLY)
    duty = data_change(date(2025, 3, 3), seen, date.fromisoformat(told_on))
    assert (duty.done, duty.month) == (done, 0)


def reason(result: Result, condition: str) -> Reason:
    return Reason(
        condition=condition,
        result=result,
        ground=Ground.JOB_SEARCH_INSUFFICIENT,
        article="Permenaker 2/2025 Pasal 13(4)",
        facts={},
        source="portal",
    )


@pytest.mark.parametrize(
    ("result", "condition", "told"),
    [
        (Result.MET, "job_search", False),
        (Result.UNMET, "of_another_time", False),
        (Result.UNMET, "job_search", True),
    ],
)
def test_what_would_change_an_outcome_is_told_only_where_it_is_not_met_and_has_words(
    result: Result, condition: str, told: bool
) -> None:
    assert bool(explain(reason(result, condition), "en").change) is told


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ("p" * 64, "p" * 64),
        ("p" * 65, "sha256:6da5603b5b9c4acef685bd2821360836a88e9e29"),
        ("portal kerja", "sha256:f77bebd5bba980cfda02d8d83430d2315905794e"),
    ],
)
def test_a_portal_is_stored_by_its_name_or_by_forty_digits_of_its_hash(source: str, stored: str) -> None:
    said = received_from(WithdrawEffort(reference="r-1"), source)
    assert isinstance(said, WithdrawEffort)
    assert said.told_by == stored


def test_a_message_has_one_spelling_whatever_the_order_of_its_parts() -> None:
    assert canonical({"b": "é", "a": 1}) == '{"a":1,"b":"é"}'.encode()


def test_the_short_name_of_a_content_is_the_same_for_ever() -> None:
    assert digest(("é", date(2025, 3, 10), {"a": 1})) == "1434c3b5"


def test_the_estimate_of_a_month_stands_on_its_window_where_it_has_one_and_month_1_has_none() -> None:
    asked = EstimateQuestion(
        wage_idr=4_000_000,
        laid_off_on=date(2025, 3, 3),
        filed_on=date(2025, 3, 10),
        decided_on=None,
        reason=SeparationReason.EFFICIENCY,
    )
    rows = estimate(asked, LAW, WEEKENDS_ONLY).rows
    on_windows = [any("0018-windows-of-the-months" in each for each in row.assumptions) for row in rows]
    assert on_windows == [False, True, True, True, True, True]


def test_the_index_of_reading_rounds_two_long_words_of_three_up() -> None:
    assert Reading(words=3, sentences=1, long_words=2, longest_sentence=3).lix == 70
