"""No estimate differs from what a claim with the same facts gets when it is lived."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count
from random import Random

import pytest
from support.builders import (
    WEEKENDS_ONLY,
    Story,
    a_filing,
    a_layoff,
    a_record,
    an_interview_call,
    certification,
    reported,
    self_assessment,
    spelled,
)
from support.seeds import seeded, shared

from claims.commands import command as cmd
from claims.entitlement.assuming import assumed_contract
from claims.estimating import (
    EstimateQuestion,
    EstimateRow,
    Outcome,
    estimate,
)
from claims.events import BenefitAuthorized, ClaimApproved, ClaimDenied, ClaimReferred, FilingNotAccepted
from law.periods import months_after, months_before
from law.regimes import LAW
from law.rules import SeparationReason

Got = tuple[int, str, str, int, int, str]
WAGES = (1, 777_777, 2_900_000, 3_333_333, 4_999_999, 5_000_000, 5_000_001, 20_000_000)
FAR = (date(2022, 2, 1), 2100)
AROUND_THE_AMENDMENT = (date(2024, 7, 15), 250)
DAYS_TO_FILE = (0, 7, 45, 89, 120, 178, 200)


def questions(seed: int) -> Iterator[EstimateQuestion]:
    """Wages, layoffs, filings and decisions without end; every second layoff is near 7 February 2025."""
    random = Random(seed)
    for number in count():
        first, days = AROUND_THE_AMENDMENT if number % 2 else FAR
        laid_off_on = first + timedelta(days=random.randrange(days))
        filed_on = laid_off_on + timedelta(days=random.randrange(random.choice(DAYS_TO_FILE) + 1))
        if random.random() < 0.1:
            last = months_after(laid_off_on, random.choice((3, 6)))
            filed_on = last + timedelta(days=random.choice((0, 1)))
        waits = random.choice((0, 0, 0, 1, 6, 70))
        yield EstimateQuestion(
            wage_idr=random.choice((*WAGES, random.randrange(1, 6_000_000))),
            laid_off_on=laid_off_on,
            filed_on=filed_on,
            decided_on=filed_on + timedelta(days=random.randrange(waits + 1)),
            reason=random.choice((SeparationReason.EFFICIENCY,) * 6 + tuple(SeparationReason)),
        )


def lived(question: EstimateQuestion, rows: tuple[EstimateRow, ...], edge: int) -> Story:
    """The claim, lived: filed, decided, each month applied for in the first or last second of its window."""
    months = months_before(question.laid_off_on.isoformat()[:7], 24)
    record = a_record(paid=[month for month in months if month >= "2021-02"], wage_idr=question.wage_idr)
    filed, decided_on = question.filed_on.isoformat(), (question.decided_on or question.filed_on).isoformat()
    contract = assumed_contract(question.laid_off_on, question.reason)
    layoff = a_layoff(question.laid_off_on.isoformat(), reason=question.reason, contract=contract)
    says: list[tuple[str, cmd.Command]] = [
        (f"{filed} 10:00:00", a_filing()),
        (f"{filed} 10:00:01", self_assessment(filed)),
        (f"{decided_on} 10:00:02", cmd.RecordContributions(record=record)),
        (f"{decided_on} 10:00:03", cmd.DecideByOfficer(approves=True, reason="seen")),
    ]
    for row, before in zip(rows[1:], rows, strict=False):
        instant = row.opens_at if (row.month + edge) % 2 else row.closes_at - timedelta(seconds=1)
        at = spelled(instant)
        says += [(at, an_interview_call(before.reference_date.isoformat())), (at, certification(row.month))]
    story = reported(layoff, f"{question.laid_off_on} 00:00:00")
    for at, message in sorted(says, key=lambda said: said[0]):
        story = story.when(message, at)
    return story


def came_to(story: Story) -> tuple[Outcome, str]:
    """What the engine first made of the filing, and on which ground."""
    for event in story.events:
        match event:
            case FilingNotAccepted():
                return Outcome.REFUSED, f"{event.verdict.ground} {event.verdict.article}"
            case ClaimDenied():
                return Outcome.REFUSED, f"{event.ground} {event.article}"
            case ClaimReferred():
                return Outcome.MANUAL_REVIEW, f"{event.ground} {event.article}"
            case ClaimApproved():
                return Outcome.PAYABLE, ""
    raise AssertionError("the claim was decided")


def difference(question: EstimateQuestion, edge: int) -> str:
    """Where an estimate and the claim lived part, or nothing."""
    found = estimate(question, LAW, WEEKENDS_ONLY)
    story = lived(question, found.rows, edge)
    condition = found.condition
    said = (found.outcome, f"{condition.ground} {condition.article}" if condition else "")
    shown = [granted(row) for row in found.rows]
    got = [granted(event) for event in story.all(BenefitAuthorized)]
    if (said, shown) == (came_to(story), sorted(got)):
        return ""
    return f"{question!r}: estimated {said} {shown}, lived {came_to(story)} {got}"


def granted(of: EstimateRow | BenefitAuthorized) -> Got:
    return (of.month, of.regime, of.rate, of.insured_wage_idr, of.amount_idr, of.article)


def differences(cases: Iterable[EstimateQuestion]) -> list[str]:
    return [said for edge, question in enumerate(cases) if (said := difference(question, edge))]


def first(number: int, seed: int) -> Iterator[EstimateQuestion]:
    return (question for _, question in zip(range(number), questions(seed), strict=False))


def test_800_claims_lived_get_what_was_estimated() -> None:
    assert differences(first(800, seed=37)) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_100_000_claims_lived_get_what_was_estimated(seed: int) -> None:
    assert differences(first(shared(10_000), seed=seeded(21 + seed))) == []
