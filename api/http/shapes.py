"""What the HTTP API answers: the verdict over a message and the step of the claim; times in UTC."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, Field

from claims.agenda import next_step as law
from claims.agenda import obligations
from claims.agenda.obligations import Consequence, Owner
from claims.deciding.answers import EffortAnswer, MonthProgress
from claims.estimating import Estimate, Precheck
from claims.wording.consequences import consequence_text
from claims.wording.explaining import Explained, explain, explain_all
from claims.wording.language import Language
from law.grounds import Frozen, Verdict
from law.rules import BENEFIT_MONTHS
from store.claims.kind import ClaimStepResult

Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]
Spoken = Annotated[Language, Query(description="language of what is said in words: Indonesian or English")]
MonthOrNone = Annotated[
    int, Field(ge=0, le=BENEFIT_MONTHS, description="benefit month, 0 where it is about none")
]


class Awaited(Frozen):
    """One thing awaited: what, of whom, until when, by which article, and what happens then.

    `otherwise` says `consequence` in words. What does not bind is a duty or an offer: no payment is lost
    without it.
    """

    what: str
    owner: Owner
    until: Instant
    article: str
    consequence: Consequence
    otherwise: str
    month: MonthOrNone
    binds: bool


class NextStep(Frozen):
    """The responsible party: the first of `awaited`. `next_at` is when anything happens by itself."""

    status: law.Status
    benefit_month: MonthOrNone
    awaited: tuple[Awaited, ...]
    next_at: Instant | None


class MessageResponse(Frozen):
    """The verdict over a message, and the step of the claim after it.

    `efforts` and `months` answer job-search efforts one by one, with the running total of each month touched.
    """

    claim_id: UUID
    verdict: Verdict
    efforts: tuple[EffortAnswer, ...] = ()
    months: tuple[MonthProgress, ...] = ()
    step: NextStep


class Reported(Frozen):
    """The verdict over a layoff report; `joined` where the layoff was known already."""

    claim_id: UUID
    joined: bool
    verdict: Verdict
    step: NextStep


class EstimateResponse(Estimate):
    """Perkiraan manfaat; `explained` says `condition` in words, and what would change it."""

    explained: Explained | None


class PrecheckResponse(Precheck):
    """Hasil cek eligibilitas; `explained` says each of `reasons` in words, in their order."""

    explained: tuple[Explained, ...]


def estimate_response(found: Estimate, language: Language) -> EstimateResponse:
    """An estimate with its condition in words."""
    stopped = found.condition
    return EstimateResponse(**dict(found), explained=None if stopped is None else explain(stopped, language))


def precheck_response(found: Precheck, language: Language) -> PrecheckResponse:
    """A check with its conditions in words."""
    return PrecheckResponse(**dict(found), explained=explain_all(found.reasons, language))


def _awaited(wait: obligations.Awaited, language: Language) -> Awaited:
    return Awaited(
        what=wait.what,
        owner=wait.owner,
        until=wait.until,
        article=wait.article,
        consequence=wait.consequence,
        otherwise=consequence_text(wait.consequence, language),
        month=wait.month,
        binds=wait.binds,
    )


def step_of(step: law.NextStep, language: Language) -> NextStep:
    """A step as integrators see it."""
    awaited = tuple(_awaited(wait, language) for wait in step.awaited)
    return NextStep(
        status=step.status, benefit_month=step.benefit_month, awaited=awaited, next_at=step.next_at
    )


def message_response(result: ClaimStepResult, language: Language) -> MessageResponse:
    """The answer to the one message of a step."""
    (answer,) = result.results
    return MessageResponse(
        claim_id=result.stream_id,
        verdict=answer.verdict,
        efforts=answer.efforts,
        months=answer.months,
        step=step_of(result.next_step, language),
    )
