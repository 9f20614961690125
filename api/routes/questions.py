"""What a claimant is asked, so that nothing is taken from them unheard; and who has to move now."""

from uuid import UUID

from fastapi import APIRouter

from api.examples import officers as examples
from api.http.problems import problem_responses
from api.http.receiving import TheBackend
from api.http.requests import StrictRoute
from api.http.shapes import Instant, Spoken
from claims import events as e
from claims.agenda import obligations
from claims.agenda.obligations import Owner
from claims.events import Document
from claims.events.facts import MonthNumber
from claims.state.claim import Claim
from claims.state.hearings import Question
from claims.wording.grounds import why
from claims.wording.language import Language
from law.grounds import Frozen, Ground
from payments.context import DecisionContext
from store.claims.kind import ClaimStepRunner
from store.claims.queries import ClaimView, view_claim

router = APIRouter(route_class=StrictRoute, tags=["claims"])


class OpenQuestion(Frozen):
    """A question that nobody has decided; 0 is the referral of the claim itself.

    `months` are held until it is decided; the claimant answers, or sends `documents`, until `answer_until`.
    `owner` has to move now, until `due_at`: the claimant while there is time to answer, then an officer.
    """

    question: int
    ground: Ground
    why: str
    article: str
    months: tuple[MonthNumber, ...]
    documents: tuple[Document, ...]
    answer_until: Instant | None
    answered: bool
    owner: Owner
    due_at: Instant


class Questions(Frozen):
    """The open questions of a claim, the referral first."""

    claim_id: UUID
    questions: tuple[OpenQuestion, ...]


@router.get(
    "/v1/claims/{claim_id}/questions",
    responses={
        200: {"description": "Now", "content": {"application/json": {"example": examples.QUESTIONS}}},
        **problem_responses("unknown_claim", "not_found", "invalid_body"),
    },
)
async def get_questions(
    claim_id: UUID,
    backend: TheBackend,
    language: Spoken = "id",
) -> Questions:
    """What the claimant is asked now, until when an answer is awaited, and which months wait for it."""
    view = await view_claim(backend.steps, claim_id)
    return Questions(claim_id=claim_id, questions=open_questions(view, backend.steps, language))


def open_questions(view: ClaimView, steps: ClaimStepRunner, language: Language) -> tuple[OpenQuestion, ...]:
    """The open questions of a claim as of now; none of a claim that has ended."""
    if view.claim.ending is not None:
        return ()
    s = DecisionContext(law=steps.law, calendar=view.calendar, at=view.at)
    referral = _referral(view.claim, s, language)
    asked = tuple(_asked(view.claim, question, s, language) for question in view.claim.open_questions)
    return asked if referral is None else (referral, *asked)


def _referral(claim: Claim, context: DecisionContext, language: Language) -> OpenQuestion | None:
    referred = claim.decision
    if not isinstance(referred, e.ClaimReferred):
        return None
    officer, until = obligations.referral(claim, context)[0], referred.heard_until
    return OpenQuestion(
        question=0,
        ground=referred.ground,
        why=why(referred.ground, language),
        article=referred.article,
        months=(),
        documents=(),
        answer_until=None if until is None else claim.may_answer_until(until),
        answered=claim.referral_answered,
        owner=officer.owner,
        due_at=officer.until,
    )


def _asked(claim: Claim, question: Question, context: DecisionContext, language: Language) -> OpenQuestion:
    asked, wait = question.asked, obligations.question(claim, question, context)
    return OpenQuestion(
        question=asked.question,
        ground=asked.ground,
        why=why(asked.ground, language),
        article=asked.article,
        months=asked.months,
        documents=asked.documents,
        answer_until=claim.may_answer_until(asked.answer_until),
        answered=question.answered,
        owner=wait.owner,
        due_at=wait.until,
    )
