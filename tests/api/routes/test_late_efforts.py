"""Applications that a portal passes on late, and portals that number alike."""

import base64
import json
from typing import Any
from uuid import UUID

import pytest
from support.knocking import Knocker, applications, stand_at

from activities.contracts import InboxEntry
from activities.step.step_activity import read_entry
from api.examples import portal as examples
from api.http.receiving import Backend


def told(at: object, *references: str, done_on: str = "2025-03-10", **more: Any) -> dict[str, Any]:
    body = applications(*references, done_on=done_on)
    return {"efforts": [effort | {"told_at": at} | more for effort in body["efforts"]]}


async def test_what_was_told_in_the_window_counts_after_it(portal: Knocker, backend: Backend) -> None:
    claim_id = await portal.insured_claim()
    await portal.says(claim_id, "job-applications", applications(*"abcd", done_on="2025-03-10"))
    assessed = {"form_version": "asesmen-1", "completed_on": "2025-03-10"}
    await portal.says(claim_id, "self-assessment", assessed)
    await stand_at(backend, "2025-04-12T10:00:00")
    await portal.says(claim_id, "months/2/certification", {"without_work": True})
    await stand_at(backend, "2025-04-20T10:00:00")
    await backend.steps.run_step(UUID(claim_id))
    assert (await portal.asks(claim_id))["months"][1]["state"] == "forfeited"

    late = await portal.says(
        claim_id, "job-applications", told("2025-04-15T23:59:59+07:00", "e", done_on="2025-04-01")
    )
    assert late.json()["efforts"][0]["verdict"]["ground"] == "counts"
    assert (await portal.asks(claim_id))["months"][1]["state"] == "authorized"


@pytest.mark.parametrize(
    ("told_at", "code", "message"),
    [
        (
            "2025-03-10T10:00:01+07:00",
            "told_in_the_future",
            "must not be after the receipt of the message",
        ),
        (
            "2025-02-08T09:59:59+07:00",
            "told_too_long_ago",
            "must be at most 30 days before the receipt of the message",
        ),
    ],
)
async def test_a_time_of_telling_that_cannot_be_meant_is_named(
    portal: Knocker, told_at: str, code: str, message: str
) -> None:
    claim_id = await portal.insured_claim()
    body = told("2025-03-10T10:00:00+07:00", "a", "b")
    body["efforts"][1]["told_at"] = told_at
    response = await portal.says(claim_id, "job-applications", body)

    assert (response.status_code, response.json()["code"]) == (422, "invalid_body")
    assert response.json()["errors"] == [{"pointer": "#/efforts/1/told_at", "code": code, "message": message}]
    assert (await portal.asks(claim_id))["months"][1]["search"]["applications"] == 0


@pytest.mark.parametrize("told_at", ["2025-03-10T10:00:00+07:00", "2025-02-08T10:00:00+07:00"])
async def test_the_edges_of_the_thirty_days_are_taken(portal: Knocker, told_at: str) -> None:
    claim_id = await portal.insured_claim()
    response = await portal.says(claim_id, "job-applications", told(told_at, "a"))
    assert response.status_code == 201


async def test_a_message_that_was_taken_is_answered_again_however_old_its_times_have_become(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.insured_claim()
    body = told("2025-03-10T09:00:00+07:00", "a")
    first = await portal.says(claim_id, "job-applications", body, key="k-1")
    await stand_at(backend, "2025-05-10T10:00:00")
    again = await portal.says(claim_id, "job-applications", body, key="k-1")
    assert (again.status_code, again.json()["verdict"]) == (201, first.json()["verdict"])
    assert again.headers["Idempotent-Replayed"] == "true"


async def test_applications_heard_as_a_signal_are_known_at_the_door(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.insured_claim()
    body = told("2025-03-10T09:00:00+07:00", "a")
    signal = {"source": "siapkerja", "message_id": "k-1"} | body
    raw = base64.b64encode(json.dumps(signal).encode()).decode()
    incoming = read_entry(claim_id, InboxEntry("job_applications", raw, ""))
    assert incoming is not None
    await backend.steps.run_step(UUID(claim_id), [incoming])

    again = await portal.says(claim_id, "job-applications", body, key="k-1")
    assert again.headers["Idempotent-Replayed"] == "true"
    under_another_key = await portal.says(claim_id, "job-applications", body)
    assert under_another_key.json()["efforts"][0]["verdict"]["ground"] == "same_application_twice"


@pytest.mark.parametrize("told_at", ["2025-03-10T10:00:00", "yesterday", "2025-03-10", {}])
async def test_a_time_without_its_offset_is_no_time(threshold: Knocker, told_at: object) -> None:
    response = await threshold.says(examples.CLAIM_ID, "job-applications", told(told_at, "a"))
    [error] = response.json()["errors"]
    assert (error["pointer"], error["message"]) == (
        "#/efforts/0/told_at",
        "must be a time with its offset, as in 2025-03-14T03:00:00Z",
    )


async def test_a_body_cannot_speak_for_another_portal(threshold: Knocker) -> None:
    body = told("2025-03-10T10:00:00+07:00", "a", told_by="glints")
    response = await threshold.says(examples.CLAIM_ID, "job-applications", body)
    assert [error["pointer"] for error in response.json()["errors"]] == ["#/efforts/0/told_by"]


async def test_two_portals_may_number_alike_and_each_takes_back_its_own(portal: Knocker) -> None:
    claim_id = await portal.insured_claim()
    glints, jobstreet = Knocker(portal.client, "glints"), Knocker(portal.client, "jobstreet")
    for other in (portal, glints):
        response = await other.says(claim_id, "job-applications", applications("1", done_on="2025-03-10"))
        assert response.json()["verdict"]["ground"] == "counts"
    assert response.json()["months"][0]["applications"] == 2

    taken_back = {"reference": "1"}
    unknown = await jobstreet.says(claim_id, "job-applications/withdrawals", taken_back)
    assert unknown.json()["verdict"]["ground"] == "application_unknown"
    own = await glints.says(claim_id, "job-applications/withdrawals", taken_back)
    assert own.json()["verdict"]["ground"] == "counts"
    assert (await portal.asks(claim_id))["months"][1]["search"]["applications"] == 1


@pytest.mark.parametrize(
    ("state", "ground"), [("draft", "application_not_sent"), ("vacancy_expired", "vacancy_expired")]
)
async def test_what_was_not_sent_is_recorded_and_does_not_count(
    portal: Knocker, state: str, ground: str
) -> None:
    claim_id = await portal.insured_claim()
    body = applications("1", done_on="2025-03-10")
    body["efforts"][0]["state"] = state
    response = await portal.says(claim_id, "job-applications", body)
    assert response.json()["efforts"][0]["verdict"]["ground"] == ground
