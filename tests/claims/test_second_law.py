"""Two implementations of the law that share no code agree on random wages, dates and histories."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from oracles.second_law import Facts, Outcome, decide
from support.builders import EMPLOYER, PARTICIPANT, WEEKENDS_ONLY
from support.seeds import seeded, shared

from claims.entitlement.determination import decide_claim
from claims.entitlement.months import authorize
from claims.entitlement.windows import month_window
from claims.events import ClaimApproved, ClaimDenied, ClaimFiled, ClaimReferred
from claims.events.facts import (
    CompanyScale,
    ContributionMonth,
    ContributionRecord,
    EmployerStanding,
    Layoff,
    LayoffProof,
    PermanentContract,
)
from claims.state.claim import Claim
from claims.state.evolving import evolve
from law.grounds import Ground
from law.periods import day_of, start_of
from law.regimes import LAW
from law.rules import Office, ProofKind, SeparationReason

WORDS = {
    Ground.TOO_FEW_CONTRIBUTION_MONTHS: "few",
    Ground.TOO_FEW_CONSECUTIVE_MONTHS: "row",
    Ground.FILED_TOO_LATE: "late",
}
LAYOFF = Layoff.model_construct(
    participant=PARTICIPANT,
    employer_registration=EMPLOYER,
    employer_name="PT Contoh",
    laid_off_on=date(2025, 3, 3),
    reason=SeparationReason.EFFICIENCY,
    contract=PermanentContract(started_on=date(2015, 1, 1)),
    proof=LayoffProof(
        kind=ProofKind.COURT_RULING, number="1", issued_on=date(2021, 1, 1), office=Office.NONE
    ),
    province="32",
    regency="3273",
    sex="male",
)
RECORD = ContributionRecord.model_construct(
    source="bpjs",
    record_id="r",
    as_of=datetime(2025, 3, 10, tzinfo=UTC),
    age_at_registration=30,
    citizenship="WNI",
    jkn_segment="PPU_BU",
    company_scale=CompanyScale.LARGE,
    programmes=("JKK", "JKM", "JHT", "JP"),
    employer_standing=EmployerStanding.OPERATING,
    reported_wage_idr=1,
    months=(),
    reemployed_on=None,
    earlier_benefits_first_paid_on=(),
    age_band="25_34",
)


def spelled(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def random_facts(chance: random.Random) -> Facts:
    """Layoffs of 2021 to 2026, most near an edge: of a month, of a window, of the change of the law."""
    laid_off = date(2021, 6, 1) + timedelta(days=chance.randrange(2_000))
    if chance.random() < 0.3:
        laid_off = date(2024, 7, 1) + timedelta(days=chance.randrange(300))
    days = chance.choice([chance.randrange(1, 20), chance.randrange(80, 100), chance.randrange(175, 190)])
    filed = laid_off + timedelta(days=days)
    decided = filed + timedelta(days=chance.randrange(5))
    month = laid_off.year * 12 + laid_off.month - 1
    share = chance.choice([0.45, 0.55, 0.9, 1.0])
    paid = frozenset(m for m in range(month - 27, month + 2) if chance.random() < share)
    wage_idr = chance.choice([chance.randrange(1, 9_000_000), chance.randrange(4_999_990, 5_000_010)])
    return Facts(spelled(laid_off), spelled(filed), spelled(decided), wage_idr, paid)


def engine(facts: Facts) -> Outcome:
    """The same claim decided by the engine."""
    months = tuple(
        ContributionMonth.model_construct(
            month=f"{m // 12:04d}-{m % 12 + 1:02d}",
            employer_registration=EMPLOYER,
            wage_idr=facts.wage_idr,
            paid_on=date(2021, 1, 1),
        )
        for m in sorted(facts.paid)
    )
    filing = ClaimFiled.model_construct(
        participant=PARTICIPANT,
        account_version=1,
        filed_on=date(*facts.filed),
        commitment_version="c",
        commitment_sha256="0" * 64,
    )
    claim = Claim(
        layoff=LAYOFF.model_copy(update={"laid_off_on": date(*facts.laid_off)}),
        filing=filing,
        record=RECORD.model_copy(update={"months": months, "reported_wage_idr": facts.wage_idr}),
    )
    decision = decide_claim(claim, LAW, WEEKENDS_ONLY, start_of(date(*facts.decided)))
    match decision:
        case ClaimReferred():
            return Outcome("person", (), ())
        case ClaimDenied():
            return Outcome(WORDS[decision.ground], (), ())
        case ClaimApproved():
            return _lived(evolve(claim, decision), date(*facts.decided))


def _lived(claim: Claim, day: date) -> Outcome:
    amounts = tuple(authorize(claim, n, LAW, WEEKENDS_ONLY, day).amount_idr for n in range(1, 7))
    closes = (month_window(claim, n, LAW, WEEKENDS_ONLY).closes_at for n in range(2, 6))
    return Outcome("approved", amounts, tuple(spelled(day_of(at - timedelta(seconds=1))) for at in closes))


def compared(cases: int, seed: int) -> Counter[str]:
    chance = random.Random(seed)
    met: Counter[str] = Counter()
    for _ in range(cases):
        facts = random_facts(chance)
        ours, second = engine(facts), decide(facts)
        assert ours == second, facts
        met[second.word] += 1
    return met


def test_both_agree_on_eight_thousand_claims() -> None:
    met = compared(8_000, seed=37)

    assert set(met) == {"approved", "few", "row", "late", "person"}
    assert min(met.values()) > 8


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_both_agree_on_a_million_claims(seed: int) -> None:
    assert compared(shared(250_000), seeded(seed)).total() == shared(250_000)
