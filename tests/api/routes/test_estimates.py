"""What is asked without a claim, and the dates of one: JSON, a calendar feed, and nothing that is kept."""

from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel
from support.knocking import Knocker, filing, with_changes
from support.store_world import EMPLOYER_OF_REPORTS, paid_record

from api.app import create_app
from api.examples import estimates as examples
from api.http.receiving import Backend
from api.http.shapes import EstimateResponse, PrecheckResponse
from api.routes.deadlines import Deadlines
from claims.commands.command import RecordContributions
from store.claims.kind import IncomingMessage

HEADERS = {"X-Client-Id": "siapkerja"}
NOBODYS = "/v1/claims/0199d1c8-1b5e-7cc0-8a53-5f0f2f7a9d10"


async def asked(portal: Knocker, what: str, body: object) -> dict[str, Any]:
    response = await portal.client.post(f"/v1/{what}", json=body, headers=HEADERS)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


async def test_an_estimate_has_six_rows_as_the_example_shows_them(portal: Knocker) -> None:
    told = await asked(portal, "estimates", examples.ESTIMATE_QUESTION)

    assert told["rows"] == examples.ESTIMATE["rows"]
    assert [row["amount_idr"] for row in told["rows"]] == [3_000_000] * 6
    assert (told["outcome"], told["total_idr"]) == ("payable", 18_000_000)
    assert told["assumptions"][0] == "the claim is approved on 2025-03-10"
    assert told["calendar_version"].startswith("holidays ")


async def test_an_estimate_across_the_amendment_comes_to_16_500_000(portal: Knocker) -> None:
    question = examples.ESTIMATE_QUESTIONS["decided_later_and_for_another_reason"]["value"]
    told = await asked(portal, "estimates", question)

    assert [row["rate"] for row in told["rows"]] == ["0.45"] * 2 + ["0.60"] * 4
    assert told["total_idr"] == 16_500_000


async def test_an_estimate_names_the_condition_that_fails(portal: Knocker) -> None:
    told = await asked(portal, "estimates", examples.ESTIMATE_QUESTION | {"reason": "resignation"})

    assert (told["outcome"], told["rows"], told["total_idr"]) == ("refused", [], 0)
    assert told["condition"]["ground"] == "excluded_separation"
    assert (told["condition"]["source"], "would_change" in told["condition"]) == ("layoff_report", False)


@pytest.mark.parametrize(
    ("language", "change"),
    [
        ("", "koreksi alasan itu oleh perusahaan, perjanjian bersama, atau putusan pengadilan"),
        ("?language=en", "a correction of the reason by the employer, a settlement or a court ruling"),
    ],
)
async def test_an_estimate_says_what_would_change_it_in_the_language_asked_for(
    portal: Knocker, language: str, change: str
) -> None:
    resigned = examples.ESTIMATE_QUESTION | {"reason": "resignation"}
    told = await asked(portal, f"estimates{language}", resigned)
    assert told["explained"]["change"] == change

    checked = await asked(
        portal, f"prechecks{language}", examples.PRECHECK_QUESTION | {"reason": "resignation"}
    )
    said = {each["condition"]: each["change"] for each in checked["explained"]}
    assert len(said) == len(checked["reasons"])
    assert [each for each in said.values() if each] == [change]


async def test_a_check_lists_every_condition(portal: Knocker) -> None:
    told = await asked(portal, "prechecks", examples.PRECHECK_QUESTION)

    assert (told["outcome"], told["may_file_until"]) == ("payable", "2025-09-03T17:00:00Z")
    assert {reason["result"] for reason in told["reasons"]} == {"met"}
    paid = next(r for r in told["reasons"] if r["condition"] == "contribution_months")
    assert [paid] == examples.PRECHECK["reasons"]
    assert examples.PRECHECK["explained"][0] in told["explained"]
    nine = with_changes(examples.PRECHECK_QUESTION, months=examples.PRECHECK_QUESTION["months"][3:])
    refused = await asked(portal, "prechecks", nine)
    unmet = [r["condition"] for r in refused["reasons"] if r["result"] == "unmet"]
    assert (refused["outcome"], unmet) == ("refused", ["contribution_months"])


async def test_nothing_that_is_asked_is_stored(portal: Knocker, backend: Backend) -> None:
    count = "select (select count(*) from events) + (select count(*) from messages)"
    before = await backend.pool.fetchval(count)
    await asked(portal, "estimates", examples.ESTIMATE_QUESTION)
    await asked(portal, "prechecks", examples.PRECHECK_QUESTION)

    assert await backend.pool.fetchval(count) == before == 0


@pytest.mark.parametrize(
    ("what", "body", "pointers"),
    [
        ("estimates", {}, ["#/filed_on", "#/laid_off_on", "#/wage_idr"]),
        ("estimates", examples.ESTIMATE_QUESTION | {"wage_idr": 0}, ["#/wage_idr"]),
        ("estimates", examples.ESTIMATE_QUESTION | {"filed_on": "2025-03-02"}, ["#"]),
        ("estimates", examples.ESTIMATE_QUESTION | {"filed_on": "9999-12-31"}, ["#/filed_on"]),
        ("estimates", examples.ESTIMATE_QUESTION | {"nik": "3273011708850001"}, ["#/nik"]),
        ("prechecks", examples.PRECHECK_QUESTION | {"nik": "3273011708850001"}, ["#/nik"]),
        ("prechecks", examples.PRECHECK_QUESTION | {"months": [{"month": "2024-13"}]}, None),
        ("prechecks", examples.PRECHECK_QUESTION | {"on": "2025-03-02"}, ["#"]),
    ],
)
async def test_a_question_that_cannot_be_is_a_problem_that_repeats_nothing(
    threshold: Knocker, what: str, body: object, pointers: list[str] | None
) -> None:
    response = await threshold.client.post(f"/v1/{what}", json=body, headers=HEADERS)
    problem = response.json()

    assert (response.status_code, problem["code"]) == (422, "invalid_body")
    assert response.headers["content-type"] == "application/problem+json"
    named = sorted(error["pointer"] for error in problem["errors"])
    assert named == (pointers or ["#/months/0/month", "#/months/0/paid_on"])
    assert "3273011708850001" not in response.text


async def test_who_asks_names_themselves(threshold: Knocker) -> None:
    response = await threshold.client.post("/v1/estimates", json=examples.ESTIMATE_QUESTION)
    assert (response.status_code, response.json()["code"]) == (400, "header_invalid")


async def approved_claim(portal: Knocker, backend: Backend) -> str:
    claim_id = await portal.filed_claim()
    message = RecordContributions(record=paid_record(employer=EMPLOYER_OF_REPORTS))
    await backend.steps.run_step(UUID(claim_id), [IncomingMessage(message, "bpjs", claim_id, "bpjs")])
    return claim_id


async def test_a_claim_in_benefit_shows_every_date(portal: Knocker, backend: Backend) -> None:
    told = await portal.asks(await approved_claim(portal, backend), "/deadlines")

    assert told["at"] == "2025-03-10T03:00:00Z"
    dates = {(due["what"], due["month"]): due for due in told["deadlines"]}
    assert dates["certification", 2] == examples.DEADLINES["deadlines"][1] | {
        "calendar_version": dates["certification", 2]["calendar_version"]
    }
    assert dates["certification", 6]["last_day"] == "2025-09-09"
    assert dates["certification", 6]["opens_at"] == "2025-08-31T17:00:00Z"
    assert dates["layoff_report", 0]["done"]
    assert dates["transfer", 1]["last_day"] == "2025-03-13"
    assert {due["calendar_version"][:9] for due in told["deadlines"]} == {"holidays "}


async def test_the_dates_the_status_shows_are_among_them(portal: Knocker, backend: Backend) -> None:
    claim_id = await approved_claim(portal, backend)
    awaited = (await portal.asks(claim_id))["step"]["awaited"]
    dates = {
        (due["closes_at"], due["month"]) for due in (await portal.asks(claim_id, "/deadlines"))["deadlines"]
    }

    assert {(wait["until"], wait["month"]) for wait in awaited} <= dates


async def test_the_calendar_feed_is_one_and_the_same_until_the_claim_changes(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await approved_claim(portal, backend)
    address = f"/v1/claims/{claim_id}/deadlines.ics"
    first, again = await portal.client.get(address), await portal.client.get(address)

    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert first.content == again.content
    assert first.text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert first.text.endswith("END:VCALENDAR\r\n")
    assert f"UID:certification-2@{claim_id}\r\n" in first.text.replace("\r\n ", "")
    for value in ("Budi", filing()["nik"], "001701000001", "Tekstil", "Rp"):
        assert value not in first.text


async def test_a_claim_nobody_knows_has_no_dates(portal: Knocker) -> None:
    for what in ("deadlines", "deadlines.ics"):
        response = await portal.client.get(f"{NOBODYS}/{what}")
        assert (response.status_code, response.json()["code"]) == (404, "unknown_claim")


@pytest.mark.parametrize(
    ("shape", "example"),
    [
        (EstimateResponse, examples.ESTIMATE),
        (PrecheckResponse, examples.PRECHECK),
        (Deadlines, examples.DEADLINES),
    ],
)
def test_the_answers_shown_are_answers_that_can_be_given(
    shape: type[BaseModel], example: dict[str, Any]
) -> None:
    assert shape.model_validate(example).model_dump(mode="json") == example


def test_each_route_stands_in_the_document_with_its_examples() -> None:
    paths = create_app(bytes(32)).openapi()["paths"]
    assert paths["/v1/estimates"]["post"]["operationId"] == "estimate_benefit"
    assert paths["/v1/prechecks"]["post"]["operationId"] == "check_eligibility"
    told = paths["/v1/claims/{claim_id}/deadlines"]["get"]
    assert told["operationId"] == "get_deadlines"
    assert ".ics" in told["description"]
