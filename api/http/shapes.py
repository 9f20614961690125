"""What the door answers: the verdict over a message and the step of the claim; times in UTC."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from claims.agenda import next_step as law
from claims.agenda.obligations import Owner
from claims.deciding.answers import EffortAnswer, MonthProgress
from law.grounds import Frozen, Verdict
from law.rules import BENEFIT_MONTHS
from store.claims.step import Taken

Instant = Annotated[datetime, AfterValidator(lambda instant: instant.astimezone(UTC))]
MonthOrNone = Annotated[
    int, Field(ge=0, le=BENEFIT_MONTHS, description="benefit month, 0 where it is about none")
]


class Awaited(Frozen):
    """One thing awaited: what, of whom, until when, by which article, and what happens then.

    What does not bind is a duty or an offer: no payment is lost without it.
    """

    what: str
    owner: Owner
    until: Instant
    article: str
    consequence: str
    month: MonthOrNone
    binds: bool


class Step(Frozen):
    """Who has the ball: the first of `awaited`. `next_at` is when anything happens by itself."""

    status: law.Status
    benefit_month: MonthOrNone
    awaited: tuple[Awaited, ...]
    next_at: Instant | None


class Told(Frozen):
    """The verdict over a message, and the step of the claim after it.

    `efforts` and `months` answer job-search efforts one by one, with the running total of each month touched.
    """

    claim_id: UUID
    verdict: Verdict
    efforts: tuple[EffortAnswer, ...] = ()
    months: tuple[MonthProgress, ...] = ()
    step: Step


class Reported(Frozen):
    """The verdict over a layoff report; `joined` where the layoff was known already."""

    claim_id: UUID
    joined: bool
    verdict: Verdict
    step: Step


def step_of(step: law.Step) -> Step:
    """A step as integrators see it."""
    awaited = tuple(
        Awaited(
            what=ball.what,
            owner=ball.owner,
            until=ball.until,
            article=ball.article,
            consequence=ball.consequence,
            month=ball.month,
            binds=ball.binds,
        )
        for ball in step.awaited
    )
    return Step(status=step.status, benefit_month=step.benefit_month, awaited=awaited, next_at=step.next_at)


def told(taken: Taken) -> Told:
    """The answer to the one message of a step."""
    (answer,) = taken.answers
    return Told(
        claim_id=taken.stream_id,
        verdict=answer.verdict,
        efforts=answer.efforts,
        months=answer.months,
        step=step_of(taken.step),
    )
