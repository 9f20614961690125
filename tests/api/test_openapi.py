"""The document that integrators generate clients from: checked in, complete, and true."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from support.knocking import Knocker

from api.app import create_app
from api.examples import officers as desk_examples
from api.examples import portal as examples
from api.http.shapes import MessageResponse, Reported
from api.routes.questions import Questions
from api.routes.status import ClaimStatus, Decisions, Payments, Timeline
from claims.events import EVENT
from claims.wording.timeline import SENTENCES, sentence

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app(bytes(32)).openapi()


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_checked_in_document_is_the_one_that_is_served(document: dict[str, Any]) -> None:
    checked_in = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
    assert checked_in == document, "write it anew: python -m api.document > docs/openapi.json"
    assert document["openapi"] == "3.1.0"


def test_every_operation_has_an_id_a_text_and_examples(document: dict[str, Any]) -> None:
    found = operations(document)
    assert len({operation["operationId"] for _, operation in found}) == len(found) >= 35
    for name, operation in found:
        assert operation["description"], name
        for status, response in operation["responses"].items():
            (media_type,) = response["content"].values()
            assert status >= "400" or media_type["example"], (name, status)
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert content["examples"], name


def test_every_error_is_a_problem(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        for status, response in operation["responses"].items():
            if status >= "400":
                (media_type,) = response["content"]
                assert media_type == "application/problem+json", (name, status)
    assert not {"HTTPValidationError", "ValidationError"} & set(document["components"]["schemas"])


@pytest.mark.parametrize(
    ("shape", "example"),
    [
        (Reported, examples.REPORTED),
        (MessageResponse, examples.FILING_RESPONSE),
        (MessageResponse, examples.JOB_APPLICATIONS_RESPONSE),
        (MessageResponse, desk_examples.DOCUMENT_REQUEST_RESPONSE),
        (Questions, desk_examples.QUESTIONS),
        (ClaimStatus, examples.STATUS),
        (Timeline, examples.TIMELINE),
        (Decisions, examples.DECISIONS),
        (Payments, examples.PAYMENTS),
    ],
)
def test_the_answers_shown_are_answers_that_can_be_given(
    shape: type[BaseModel], example: dict[str, Any]
) -> None:
    assert shape.model_validate(example).model_dump(mode="json") == example


def rows_of_the_page() -> list[tuple[str, str]]:
    """The routes of messages as the integrators' page lists them, with the body it shows."""
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    return re.findall(r"^\| `([a-z][a-z0-9/{}.-]+)` \| (.+) \|$", page, re.MULTILINE)


def test_the_page_lists_every_message_a_claim_takes(document: dict[str, Any]) -> None:
    prefix = "/v1/claims/{claim_id}/"
    result = {path.removeprefix(prefix) for path, of in document["paths"].items() if "post" in of}
    listed = {route.replace("{2..6}", "{month}") for route, _ in rows_of_the_page()}
    assert {path for path in result if not path.startswith("/")} == listed


async def test_the_bodies_that_the_page_shows_are_taken(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    shown = {route: body for route, text in rows_of_the_page() for body in re.findall(r"`(\{.+?\})`", text)}
    assert shown.keys() == {route for route, _ in rows_of_the_page()} - {"filing"}
    for route, body in shown.items():
        response = await portal.says(claim_id, route.replace("{2..6}", "2"), json.loads(body))
        assert response.status_code == 201, (route, response.text)


def test_what_is_referred_to_is_defined(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    prefix = '"$ref": "#/components/schemas/'
    referred = {part.split('"')[0] for part in text.split(prefix)[1:]}
    assert referred <= set(document["components"]["schemas"])


def test_every_stored_event_has_its_sentence() -> None:
    files = sorted((ROOT / "tests" / "events").glob("*.json"))
    told = {type(event): sentence(event) for event in (EVENT.validate_json(f.read_bytes()) for f in files)}
    assert set(told) == set(SENTENCES)
    for said in told.values():
        assert "{" not in said
        assert "None" not in said


async def test_the_page_shows_every_operation_and_needs_nothing_from_elsewhere(
    threshold: Knocker, document: dict[str, Any]
) -> None:
    page = (await threshold.client.get("/docs")).text
    for _, operation in operations(document):
        assert f'id="{operation["operationId"]}"' in page
    assert "<script" not in page
    assert "curl -X POST http://door/v1/layoff-reports" in page
