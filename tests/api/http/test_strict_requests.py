"""What a request may carry: methods, headers, parameters, encodings, and CloudEvents in both modes."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from support.knocking import Knocker, with_changes

from api.app import PARTS, addresses
from api.examples import portal as examples
from api.http.receiving import Backend
from api.http.requests import StrictRoute

CLAIM = f"/v1/claims/{examples.CLAIM_ID}"
HEADERS = {"X-Client-Id": "siapkerja", "Idempotency-Key": "k-1", "Content-Type": "application/json"}
BINARY = {
    "X-Client-Id": "siapkerja",
    "Content-Type": "application/json",
    "ce-specversion": "1.0",
    "ce-id": "phk-1",
    "ce-source": examples.LAYOFF_EVENT["source"],
    "ce-type": examples.LAYOFF_EVENT["type"],
}


def test_every_route_of_the_door_reads_strictly(app_without_database: FastAPI) -> None:
    routes = [route for part in PARTS for route in part.router.routes]
    assert len(routes) > 30
    assert all(isinstance(route, StrictRoute) for route in routes)
    known = {id(route) for route in addresses(app_without_database)}
    assert {id(route) for route in routes} < known


async def problem(response: Any) -> tuple[int, str, str, list[str]]:
    told = response.json()
    return (
        response.status_code,
        told["code"],
        told["detail"],
        [error["pointer"] for error in told["errors"]],
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'\xef\xbb\xbf{"reason": "moved"}', "it begins with a byte order mark"),
        ('{"reason": "moved"}'.encode("utf-16"), "it begins with a byte order mark"),
        (b'{"reason": "a", "reason": "b"}', "`reason` is given twice in one object"),
        (b'{"reason": NaN}', "NaN is no JSON number"),
        (b'{"reason": ' + b"9" * 5000 + b"}", "a number has more than 20 digits"),
        (b'{"reason": ' + b"[" * 40 + b"]" * 40 + b"}", "it nests more than 32 values"),
        (b'{"reason": "\xe9"}', "it is not UTF-8"),
        (b'{"reason": }', "it is not JSON at line 1, column 12"),
    ],
)
async def test_a_body_that_can_mean_two_things_is_refused_with_the_reason(
    threshold: Knocker, content: bytes, why: str
) -> None:
    for address in (f"{CLAIM}/withdrawal", "/v1/estimates", "/v1/layoff-reports"):
        headers = HEADERS | ({"ce-id": "1"} if address == "/v1/layoff-reports" else {})
        response = await threshold.client.post(address, content=content, headers=headers)
        status, code, detail, pointers = await problem(response)
        assert (status, code, pointers) == (400, "malformed_body", [])
        assert detail.startswith(f"The body cannot be read: {why}")


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Content-Encoding": "gzip"}, "The body is compressed"),
        ({"Content-Encoding": "identity, br"}, "The body is compressed"),
        ({"Content-Type": "application/json; charset=iso-8859-1"}, "The body has another charset"),
        ({"Content-Type": 'application/json; charset="utf-16"'}, "The body has another charset"),
        ({"Content-Type": "application/vnd.api+json"}, "Send application/json"),
        ({"Content-Type": ""}, "Send application/json"),
    ],
)
async def test_a_body_in_another_form_is_not_guessed_at(
    threshold: Knocker, headers: dict[str, str], why: str
) -> None:
    for address in (f"{CLAIM}/withdrawal", "/v1/layoff-reports"):
        asked = HEADERS | headers
        response = await threshold.client.post(address, content=b'{"reason": "moved"}', headers=asked)
        status, code, detail, _ = await problem(response)
        assert (status, code) == (415, "unsupported_media_type")
        assert detail.startswith(why)


@pytest.mark.parametrize(
    "media_type", ["application/json; charset=UTF-8", 'Application/JSON;charset="utf-8"', "application/json;"]
)
async def test_utf_8_may_be_named(portal: Knocker, media_type: str) -> None:
    headers = HEADERS | {"Content-Type": media_type, "Content-Encoding": "identity", "Accept": "text/html"}
    response = await portal.client.post(f"{CLAIM}/withdrawal", content=b'{"reason": "x"}', headers=headers)
    assert (response.status_code, response.json()["code"]) == (404, "unknown_claim")


@pytest.mark.parametrize("name", ["Idempotency-Key", "X-Client-Id", "Content-Type", "Content-Encoding"])
async def test_a_header_given_twice_is_refused(threshold: Knocker, name: str) -> None:
    given = [*HEADERS.items(), ("Content-Encoding", "identity"), (name, "other")]
    response = await threshold.client.post(f"{CLAIM}/withdrawal", content=b"{}", headers=given)
    status, code, _, pointers = await problem(response)
    assert (status, code, pointers) == (400, "header_invalid", [f"header:{name.lower()}"])
    assert response.json()["errors"][0]["message"] == "must be given once"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Idempotency-Key", "k-1, k-2"),
        ("Idempotency-Key", "k-1,k-2"),
        ("X-Client-Id", "siapkerja,glints"),
        ("X-Client-Id", "k" * 65),
        ("Idempotency-Key", "caf\u00e9"),
        ("X-Client-Id", "caf\u00e9"),
    ],
)
async def test_two_values_joined_or_letters_outside_ascii_are_no_identity(
    threshold: Knocker, name: str, value: str
) -> None:
    headers = {key.encode(): text.encode("latin-1") for key, text in (HEADERS | {name: value}).items()}
    response = await threshold.client.post(f"{CLAIM}/withdrawal", content=b'{"reason": "x"}', headers=headers)
    status, code, _, pointers = await problem(response)
    assert (status, code, pointers) == (400, "header_invalid", [f"header:{name.lower()}"])


async def test_a_parameter_nobody_knows_or_given_twice_is_refused(threshold: Knocker) -> None:
    for query, pointer, message in (
        ("langauge=en", "query:langauge", "is not a known parameter"),
        ("language=en&language=id", "query:language", "must be given once"),
    ):
        response = await threshold.client.get(f"{CLAIM}/timeline?{query}")
        status, code, _, _ = await problem(response)
        assert (status, code) == (422, "invalid_body")
        assert response.json()["errors"][0] | {"code": ""} == {
            "pointer": pointer,
            "message": message,
            "code": "",
        }
    posted = await threshold.says(examples.CLAIM_ID, "withdrawal?dry_run=true", {"reason": "x"})
    assert posted.json()["errors"][0]["pointer"] == "query:dry_run"


async def test_a_body_on_a_question_is_not_read(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    address = f"/v1/claims/{claim_id}"
    asked = await portal.client.request("GET", address, content=b"\xff", headers={"Content-Type": "x"})
    assert asked.status_code == 200


async def test_head_is_answered_like_get_without_its_body(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    for address in (f"/v1/claims/{claim_id}", "/health/live", "/docs", "/openapi.json"):
        head, get = await portal.client.head(address), await portal.client.get(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == get.headers["content-length"]
        assert head.headers["content-type"] == get.headers["content-type"]
    unknown = await portal.client.head(CLAIM)
    assert (unknown.status_code, unknown.content) == (404, b"")


async def test_an_address_tells_its_methods(threshold: Knocker) -> None:
    for address, allowed in (
        (CLAIM, "GET, HEAD, OPTIONS"),
        (f"{CLAIM}/withdrawal", "OPTIONS, POST"),
        ("/health/live", "GET, HEAD, OPTIONS"),
    ):
        options = await threshold.client.options(address)
        assert (options.status_code, options.headers["Allow"], options.content) == (204, allowed, b"")
        for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - {*allowed.split(", ")}:
            refused = await threshold.client.request(method, address)
            assert (refused.status_code, refused.headers["Allow"]) == (405, allowed)
    assert (await threshold.client.options("/v2/claims")).status_code == 404


@pytest.mark.parametrize(
    "name", ["subject", "time", "dataschema", "datacontenttype", "data_base64", "traceid"]
)
async def test_an_attribute_that_is_null_is_not_set(portal: Knocker, name: str) -> None:
    response = await portal.client.post(
        "/v1/layoff-reports",
        content=json.dumps(examples.LAYOFF_EVENT | {name: None}),
        headers={"X-Client-Id": "siapkerja", "Content-Type": "application/cloudevents+json"},
    )
    assert response.status_code == 201, response.text


@pytest.mark.parametrize(
    ("changes", "status", "code", "pointer", "message"),
    [
        (
            {"data_base64": "e30="},
            400,
            "malformed_event",
            "#/data_base64",
            "send the report as a JSON object",
        ),
        ({"datacontenttype": "text/xml"}, 400, "malformed_event", "#/datacontenttype", "application/json"),
        ({"subject": ""}, 400, "malformed_event", "#/subject", "missing or malformed"),
        ({"id": None}, 400, "malformed_event", "#/id", "missing or malformed"),
        ({"id": 7}, 400, "malformed_event", "#/id", "missing or malformed"),
        ({"id": "a\x00"}, 400, "malformed_event", "#/id", "must be one line"),
        ({"time": "9999-12-31T23:59:59-12:00"}, 400, "malformed_event", "#/time", "1900 to 2200"),
        ({"traceId": "1"}, 400, "malformed_event", "#/traceId", "missing or malformed"),
        ({"data": None}, 422, "invalid_body", "#/data", "must be an object"),
        ({"data": []}, 422, "invalid_body", "#/data", "must be an object"),
        ({"data": "e30="}, 422, "invalid_body", "#/data", "must be an object"),
    ],
)
async def test_a_wrong_part_of_an_event_is_named(
    threshold: Knocker, changes: dict[str, Any], status: int, code: str, pointer: str, message: str
) -> None:
    response = await threshold.client.post(
        "/v1/layoff-reports",
        content=json.dumps(examples.LAYOFF_EVENT | changes),
        headers={"X-Client-Id": "siapkerja", "Content-Type": "application/cloudevents+json"},
    )
    told = await problem(response)
    assert (told[0], told[1], told[3]) == (status, code, [pointer])
    assert message in response.json()["errors"][0]["message"]


async def test_an_event_without_data_is_told_that_it_is_required(threshold: Knocker) -> None:
    event = with_changes(examples.LAYOFF_EVENT, data=None)
    response = await threshold.client.post(
        "/v1/layoff-reports",
        content=json.dumps(event),
        headers={"X-Client-Id": "siapkerja", "Content-Type": "application/cloudevents+json"},
    )
    assert response.json()["errors"] == [{"pointer": "#/data", "code": "missing", "message": "is required"}]


@pytest.mark.parametrize("spelled", ["phk-1", '"phk-1"', '"phk\\-1"', "phk%2D1", '"phk%2d1"'])
async def test_the_id_of_a_header_is_the_same_however_it_is_spelled(
    portal: Knocker, backend: Backend, spelled: str
) -> None:
    first = await portal.reports(id="phk-1")
    again = await portal.client.post(
        "/v1/layoff-reports", json=examples.LAYOFF_DATA, headers=BINARY | {"ce-id": spelled}
    )
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert await backend.pool.fetchval("select array_agg(message_id) from messages") == ["phk-1"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"ce-id": '"phk-1'}, "header:ce-id"),
        ({"ce-id": '"a" "b"'}, "header:ce-id"),
        ({"ce-id": "100%"}, "header:ce-id"),
        ({"ce-id": "%zz"}, "header:ce-id"),
        ({"ce-id": "%ff"}, "header:ce-id"),
        ({"ce-id": "%00"}, "header:ce-id"),
        ({"ce-id": "a%20b"}, "header:ce-id"),
        ({"ce-id": ""}, "header:ce-id"),
        ({"ce-id": "k" * 201}, "header:ce-id"),
        ({"ce-source": "%C3%A9:/"}, "header:ce-source"),
        ({"ce-time": "yesterday"}, "header:ce-time"),
        ({"ce-subject": "caf\u00e9"}, "header:ce-subject"),
    ],
)
async def test_a_header_that_is_no_attribute_is_named(
    threshold: Knocker, changes: dict[str, str], pointer: str
) -> None:
    headers = {key.encode(): text.encode("latin-1") for key, text in (BINARY | changes).items()}
    response = await threshold.client.post("/v1/layoff-reports", json=examples.LAYOFF_DATA, headers=headers)
    told = await problem(response)
    assert (told[0], told[1], told[3]) == (400, "malformed_event", [pointer])


async def test_an_attribute_in_two_headers_is_refused(threshold: Knocker) -> None:
    headers = [*BINARY.items(), ("ce-id", "phk-2")]
    response = await threshold.client.post("/v1/layoff-reports", json=examples.LAYOFF_DATA, headers=headers)
    told = await problem(response)
    assert (told[0], told[1], told[3]) == (400, "header_invalid", ["header:ce-id"])
