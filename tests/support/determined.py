"""A claim of a year, determined: what was decided, on which ground, and what was found."""

from datetime import date
from typing import Any

import pytest
from support.builders import Story, a_layoff, a_record, decided, months_between, wib

from claims.commands import command as cmd
from claims.entitlement.participation import Enrolment
from claims.events import ClaimApproved, ClaimDenied, ClaimReferred
from claims.events.facts import CompanyScale
from law.grounds import Ground, Result

BOTH = pytest.mark.parametrize("year", [2023, 2025])

ENROLLED = Enrolment(
    source="bpjs-tk",
    as_of=wib("2025-03-10"),
    citizenship="WNI",
    born_on=date(1990, 5, 17),
    registered_on=date(2022, 1, 10),
    employed_since=date(2022, 1, 3),
    employed_until=None,
    company_scale=CompanyScale.LARGE,
    programmes=frozenset({"JKK", "JKM", "JHT", "JP"}),
    jkn_segment="PPU_BU",
)


def ruled(year: int, layoff: dict[str, Any] | None = None, **record: Any) -> Story:
    """A claim of the year, laid off on 3 March, filed on the 10th, twelve months paid unless told."""
    record.setdefault("paid", months_between(f"{year - 1}-03", f"{year}-02"))
    return decided(a_layoff(f"{year}-03-03", **(layoff or {})), a_record(**record), f"{year}-03-10")


def record_of(**changed: object) -> cmd.RecordContributions:
    """The usual record with fields changed."""
    return cmd.RecordContributions(record=a_record().model_copy(update=changed))


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


def article(story: Story, name: str) -> str:
    decision = story.claim.decision
    assert decision is not None
    return next(r.article for r in decision.reasons if r.condition == name)
