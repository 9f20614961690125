"""What the law costs by itself: decisions and whole claims per second of one core, and what the reasons cost.

No store and no server. Time is processor time of this process, so that other work on the machine counts less.
"""

import time
from collections.abc import Callable, Sequence
from itertools import islice
from statistics import median

from claims.entitlement.determination import ClaimDecision, decide_claim
from claims.events import ClaimDenied, ClaimReferred
from law.periods import Calendar
from law.regimes import LAW
from sandbox.bench.ground import Ground
from sandbox.bench.law.bare import Bare, bare
from sandbox.bench.law.filed_claims import Case, filed_claims
from sandbox.bench.law.lived_claim import TRANSFERS, live, six_months
from sandbox.bench.metric import Metric, at_most
from store.calendar import HOLIDAY, official_days

CASES, ROUNDS, CLAIMS = 1_000, 25, 10
REASONS_COST_AT_MOST = 5


def national_holidays() -> Calendar:
    """The calendar of the law, without a database."""
    return Calendar("official", frozenset(day for day, kind, _ in official_days() if kind == HOLIDAY))


async def measure(ground: Ground) -> list[Metric]:
    """The law in process; of the ground only its voice is used."""
    ground.progress(f"{ROUNDS} turns: {CASES} decisions, as many bare ones, {CLAIMS} whole claims")
    return measured(national_holidays(), CASES, ROUNDS, CLAIMS)


def measured(calendar: Calendar, cases: int, rounds: int, claims: int) -> list[Metric]:
    """Decisions with reasons, bare ones and whole claims in turn; the median of the ratios."""
    drawn, heard = list(islice(filed_claims(), cases)), six_months(calendar)

    def with_reasons() -> None:
        for claim, at in drawn:
            decide_claim(claim, LAW, calendar, at)

    def bare_ones() -> None:
        for claim, at in drawn:
            bare(claim, LAW, calendar, at)

    def lives() -> None:
        for _ in range(claims):
            live(heard, calendar)

    for work in (with_reasons, bare_ones, lives):
        work()
    turns = [(_seconds(with_reasons), _seconds(bare_ones), _seconds(lives)) for _ in range(rounds)]
    said = len(heard) + TRANSFERS
    return [
        at_most(
            REASONS_COST_AT_MOST,
            "decision with its reasons / bare comparisons",
            median(ours / theirs for ours, theirs, _ in turns),
            "ratio",
            f"{cases} claims, {rounds} turns, {_outcomes(drawn, calendar)}",
        ),
        _speed("decisions of claims per second", [cases / ours for ours, _, _ in turns], "decisions/s"),
        _speed("bare comparisons per second", [cases / theirs for _, theirs, _ in turns], "decisions/s"),
        _speed(f"whole claims of {said} messages per second", [claims / t for _, _, t in turns], "claims/s"),
    ]


def as_bare(decision: ClaimDecision) -> Bare:
    """A decision without its reasons."""
    match decision:
        case ClaimDenied():
            return Bare("denied", decision.ground, decision.may_file_again_until)
        case ClaimReferred():
            return Bare("referred", decision.ground, decision.answer_due_at)
        case _:
            return Bare("approved")


def _outcomes(drawn: Sequence[Case], calendar: Calendar) -> str:
    outcomes = [bare(claim, LAW, calendar, at).outcome for claim, at in drawn]
    return ", ".join(f"{outcomes.count(each)} {each}" for each in ("approved", "denied", "referred"))


def _seconds(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _speed(name: str, figures: Sequence[float], unit: str) -> Metric:
    return Metric(name, median(figures), unit, f"one core, from {min(figures):,.0f} to {max(figures):,.0f}")
