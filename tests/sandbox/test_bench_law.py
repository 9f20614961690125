"""The yardsticks of the law's speed: bare comparisons that decide the same, claims that live to their end."""

from collections import Counter
from itertools import islice

import pytest

from claims.entitlement.determination import decide_claim
from claims.state.claim import Ending
from law.grounds import Ground
from law.regimes import LAW
from sandbox.bench.law.bare import Bare, bare
from sandbox.bench.law.decisions import as_bare, measured, national_holidays
from sandbox.bench.law.filed_claims import Case, filed_claims
from sandbox.bench.law.lived_claim import live, six_months

CALENDAR = national_holidays()

FOUR_THOUSAND = list(islice(filed_claims(seed=11), 4_000))


def decided(case: Case) -> Bare:
    return as_bare(decide_claim(case.claim, LAW, CALENDAR, case.at))


def test_the_bare_comparisons_decide_as_the_law_does() -> None:
    for case in FOUR_THOUSAND:
        assert bare(case.claim, LAW, CALENDAR, case.at) == decided(case), case


@pytest.mark.parametrize("regime", ["2021", "2025"])
def test_every_outcome_and_every_ground_is_among_the_claims(regime: str) -> None:
    of_regime = [case for case in FOUR_THOUSAND if LAW.in_force_on(case.at.date()).name == regime]
    decisions = [decided(case) for case in of_regime]
    outcomes = Counter(decision.outcome for decision in decisions)
    grounds = {decision.ground for decision in decisions if decision.outcome == "denied"}
    manual_review = {decision.ground for decision in decisions if decision.outcome == "referred"}

    assert min(outcomes[each] for each in ("approved", "denied", "referred")) > len(of_regime) / 10
    assert grounds >= {
        Ground.NOT_A_CITIZEN,
        Ground.TOO_OLD_AT_REGISTRATION,
        Ground.TOO_FEW_CONTRIBUTION_MONTHS,
        Ground.EXCLUDED_SEPARATION,
        Ground.CONTRACT_EXPIRED,
        Ground.TOO_MANY_CLAIMS,
        Ground.TOO_SOON_AFTER_LAST_BENEFIT,
        Ground.FILED_TOO_LATE,
    }
    assert manual_review >= {
        Ground.PROGRAMMES_INCOMPLETE,
        Ground.NO_HEALTH_INSURANCE,
        Ground.MONTHS_OWED_BUT_UNPAID,
        Ground.MONTHS_NOT_TOLD,
        Ground.REPORT_CONTRADICTS_ITSELF,
        Ground.REPORTS_CONTRADICT,
        Ground.WORKED_ON_AFTER_CONTRACT,
        Ground.PROOF_NOT_ACCEPTED,
        Ground.TOO_SOON_AFTER_LAST_BENEFIT,
        Ground.ANOTHER_JOB_GOES_ON,
        Ground.WAGE_UNKNOWN,
        Ground.WAGE_DROPPED,
        Ground.RECORD_HAS_A_GAP,
        Ground.EMPLOYER_PAYS_FIRST,
        Ground.REEMPLOYED,
        Ground.DECEASED,
    }


def test_a_whole_claim_is_paid_six_months_and_ends() -> None:
    claim = live(six_months(CALENDAR), CALENDAR)

    assert claim.ending is Ending.EXHAUSTED
    assert [month.settled for month in claim.months] == [True] * 6


def test_the_figures_are_a_ratio_with_its_goal_and_two_speeds() -> None:
    ratio, decisions, bare_ones, claims = measured(CALENDAR, cases=20, rounds=3, claims=2)

    assert (ratio.unit, ratio.goal, ratio.met) == ("ratio", "<= 5", ratio.value <= 5)
    assert 0 < claims.value < decisions.value < bare_ones.value
