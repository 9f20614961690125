"""What anybody may ask before there is a claim: an estimate, and a check of the conditions.

Nothing of it is stored, nothing names a person, and the engine that decides real claims gives the answer.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Header

from api.examples import estimates as examples
from api.http.access import CLIENT_PATTERN
from api.http.problems import problem_responses
from api.http.receiving import TheBackend
from api.http.requests import StrictRoute
from api.http.shapes import EstimateResponse, PrecheckResponse, Spoken, estimate_response, precheck_response
from claims.estimating import EstimateQuestion, PrecheckQuestion, answer_precheck, estimate

router = APIRouter(
    route_class=StrictRoute,
    tags=["claims"],
    responses=problem_responses(
        "malformed_body", "header_invalid", "body_too_large", "unsupported_media_type", "invalid_body"
    ),
)

Asker = Annotated[str, Header(pattern=CLIENT_PATTERN, description="who asks", examples=["siapkerja"])]


def _answered(example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "Answered", "content": {"application/json": {"example": example}}}}


@router.post("/v1/estimates", responses=_answered(examples.ESTIMATE))
async def estimate_benefit(
    question: Annotated[EstimateQuestion, Body(openapi_examples=examples.ESTIMATE_QUESTIONS)],
    backend: TheBackend,
    x_client_id: Asker,
    language: Spoken = "id",
) -> EstimateResponse:
    """Perkiraan manfaat: six months with dates, rates and amounts, or the condition that fails (Pasal 21)."""
    calendar = await backend.steps.newest_calendar(backend.pool)
    return estimate_response(estimate(question, backend.steps.law, calendar), language)


@router.post("/v1/prechecks", responses=_answered(examples.PRECHECK))
async def check_eligibility(
    question: Annotated[PrecheckQuestion, Body(openapi_examples=examples.PRECHECK_QUESTIONS)],
    backend: TheBackend,
    x_client_id: Asker,
    language: Spoken = "id",
) -> PrecheckResponse:
    """Cek eligibilitas: every condition with its result, as if the claim were filed on a day (Pasal 19, 20).

    It takes no NIK and no name, and stores nothing.
    """
    calendar = await backend.steps.newest_calendar(backend.pool)
    return precheck_response(answer_precheck(question, backend.steps.law, calendar), language)
