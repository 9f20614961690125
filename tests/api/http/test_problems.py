"""One test for each problem of the table."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import get_args

import httpx2
import pytest
from support.knocking import Knocker, applications, filing

from api.app import create_app
from api.http.problems import KINDS, Code
from sandbox.servers.postgres import PostgresServer
from store.process.migrations import migrate
from store.process.worlds import World, mark_world
from store.scheduling.clock import set_clock

CLAIM = "/v1/claims/0199d1c8-1b5e-7cc0-8a53-5f0f2f7a9d10"
HEADERS = {"X-Client-Id": "siapkerja", "Idempotency-Key": "k-1"}


def check_problem(
    response: httpx2.Response, code: str, status: int, pointers: list[str] | None = None
) -> None:
    """It is an RFC 9457 problem of the table that names these fields."""
    problem = response.json()
    assert (response.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"/problems/{code}"
    assert problem["instance"] == f"urn:uuid:{response.headers['X-Request-Id']}"
    assert problem["title"]
    assert problem["detail"]
    assert sorted(error["pointer"] for error in problem["errors"]) == (pointers or [])


async def test_every_problem_type_is_explained_where_it_points(threshold: Knocker) -> None:
    assert set(KINDS) == set(get_args(Code))
    for code, kind in KINDS.items():
        page = (await threshold.client.get(f"/problems/{code}")).json()
        assert page == {"code": code, "status": kind.status, "title": kind.title, "advice": kind.advice}


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 50_000])
async def test_a_body_that_is_not_json(threshold: Knocker, content: bytes) -> None:
    headers = HEADERS | {"Content-Type": "application/json"}
    response = await threshold.client.post(f"{CLAIM}/withdrawal", content=content, headers=headers)
    if content:
        check_problem(response, "malformed_body", 400)
    else:
        check_problem(response, "invalid_body", 422, ["#"])


async def test_an_event_without_id(threshold: Knocker) -> None:
    headers = {"X-Client-Id": "siapkerja", "Content-Type": "application/cloudevents+json"}
    event = {"specversion": "1.0", "source": "/phk", "type": "id.go.kemnaker.siapkerja.phk.dilaporkan.v1"}
    response = await threshold.client.post("/v1/layoff-reports", json=event, headers=headers)
    check_problem(response, "malformed_event", 400, ["#/id"])


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({}, ["header:idempotency-key", "header:x-client-id"]),
        ({"X-Client-Id": "siapkerja"}, ["header:idempotency-key"]),
        ({"Idempotency-Key": "k-1"}, ["header:x-client-id"]),
        (HEADERS | {"X-Client-Id": "SIAPkerja"}, ["header:x-client-id"]),
        (HEADERS | {"Idempotency-Key": "k" * 201}, ["header:idempotency-key"]),
        (HEADERS | {"Idempotency-Key": "two words"}, ["header:idempotency-key"]),
    ],
)
async def test_a_header_missing_or_malformed(
    threshold: Knocker, headers: dict[str, str], named: list[str]
) -> None:
    response = await threshold.client.post(f"{CLAIM}/withdrawal", json={"reason": "mistake"}, headers=headers)
    check_problem(response, "header_invalid", 400, named)


async def test_a_report_without_client(threshold: Knocker) -> None:
    response = await threshold.client.post("/v1/layoff-reports", json={})
    check_problem(response, "header_invalid", 400, ["header:x-client-id"])


async def test_an_unknown_claim(portal: Knocker) -> None:
    for what, body in (
        ("withdrawal", {"reason": "mistake"}),
        ("filing", filing()),
        ("bank-account", filing()["bank_account"]),
    ):
        response = await portal.client.post(f"{CLAIM}/{what}", json=body, headers=HEADERS)
        check_problem(response, "unknown_claim", 404)


async def test_an_address_that_does_not_exist(threshold: Knocker) -> None:
    check_problem(await threshold.client.get("/v2/claims"), "not_found", 404)
    check_problem(await threshold.client.get("/v1/claims/123"), "not_found", 404, ["path:claim_id"])
    body = {"without_work": True}
    for month in ("1", "7", "two"):
        address = f"{CLAIM}/months/{month}/certification"
        response = await threshold.client.post(address, json=body, headers=HEADERS)
        check_problem(response, "not_found", 404, ["path:month"])


async def test_a_method_that_does_not_exist(threshold: Knocker) -> None:
    response = await threshold.client.delete(CLAIM)
    check_problem(response, "method_not_allowed", 405)
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


async def test_a_claim_locked_for_five_seconds(
    portal: Knocker, postgres: PostgresServer, door_database: str
) -> None:
    claim_id = await portal.reported_claim()
    holder = await postgres.connect(door_database)
    async with holder.transaction():
        await holder.execute("select from streams for update")
        response = await portal.says(claim_id, "withdrawal", {"reason": "mistake"}, key="k-1")
        asked = await portal.asks(claim_id)
    await holder.close()
    check_problem(response, "busy", 409)
    assert response.headers["Retry-After"] == "5"
    assert asked["status"] == "reported"
    assert (await portal.says(claim_id, "withdrawal", {"reason": "mistake"}, key="k-1")).status_code == 201


async def test_a_body_larger_than_the_limit_announced_or_not(threshold: Knocker) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * 60_000

    for content in (b" " * (256 * 1024 + 1), in_pieces()):
        response = await threshold.client.post(f"{CLAIM}/withdrawal", content=content, headers=HEADERS)
        check_problem(response, "body_too_large", 413)


async def test_a_body_at_the_limit_is_read(portal: Knocker) -> None:
    content = b'{"reason": "mistake"}'.ljust(256 * 1024)
    headers = HEADERS | {"Content-Type": "application/json"}
    response = await portal.client.post(f"{CLAIM}/withdrawal", content=content, headers=headers)
    check_problem(response, "unknown_claim", 404)


async def test_a_media_type_that_is_not_understood(threshold: Knocker) -> None:
    headers = HEADERS | {"Content-Type": "text/plain"}
    response = await threshold.client.post(f"{CLAIM}/withdrawal", content=b"reason", headers=headers)
    check_problem(response, "unsupported_media_type", 415)


async def test_fields_that_are_wrong_are_all_named(threshold: Knocker) -> None:
    body = applications("L 1", "L-2") | {"a/b~c": 1}
    body["efforts"][1]["done_on"] = "tomorrow"
    response = await threshold.client.post(
        f"{CLAIM}/job-applications",
        content=json.dumps(body),
        headers=HEADERS | {"Content-Type": "application/json"},
    )
    named = ["#/a~1b~0c", "#/efforts/0/reference", "#/efforts/1/done_on"]
    check_problem(response, "invalid_body", 422, named)
    assert "tomorrow" not in response.text


async def test_text_that_utf_8_cannot_spell(threshold: Knocker) -> None:
    headers = HEADERS | {"Content-Type": "application/json"}
    for content, named in ((b'{"reason": "\\ud800"}', "#/reason"), (b'{"\\ud800": 1}', "#")):
        response = await threshold.client.post(f"{CLAIM}/withdrawal", content=content, headers=headers)
        check_problem(response, "invalid_body", 422, [named])


async def test_a_key_used_for_another_message(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    await portal.says(claim_id, "reemployment", {"since": "2025-03-09"}, key="k-1")
    response = await portal.says(claim_id, "reemployment", {"since": "2025-03-08"}, key="k-1")
    check_problem(response, "message_id_reused", 422)


async def test_a_failure_of_our_own_tells_nothing_of_what_was_sent(
    portal: Knocker, postgres: PostgresServer, door_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    owner = await postgres.connect(door_database)
    await owner.execute("alter table people add constraint nobody check (name <> 'Budi Santoso')")
    response = await portal.reports()
    await owner.execute("alter table people drop constraint nobody")
    await owner.close()
    check_problem(response, "internal_error", 500)
    logged = capsys.readouterr().out
    assert "CheckViolationError" in logged
    assert "Budi" not in logged
    assert "3273011708850001" not in logged


async def test_a_database_that_is_away_and_comes_back(
    run_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = PostgresServer(run_folder / "postgres_away")
    await server.start()
    for variable, value in server.environment("postgres").items():
        monkeypatch.setenv(variable, value)
    await prepare(server)
    app = create_app(bytes(32))
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://door") as client:
            portal = Knocker(client)
            await server.stop()
            away = [await portal.reports(), await client.get("/health/ready"), await client.get(CLAIM)]
            alive = await client.get("/health/live")
            await server.start()
            back = [await portal.reports(), await client.get("/health/ready")]
    await server.stop()

    for response in away:
        check_problem(response, "unavailable", 503)
        assert response.headers["Retry-After"] == "5"
    assert alive.status_code == 200
    assert [response.status_code for response in back] == [201, 200]


async def prepare(server: PostgresServer) -> None:
    """Migrations and a clock."""
    connection = await server.connect()
    await migrate(connection)
    await set_clock(connection, None, 0)
    await mark_world(connection, World.TEST)
    await connection.close()


@pytest.mark.parametrize("name", ["employer__name", "worker__name"])
async def test_a_name_in_a_report_that_may_be_a_nik(threshold: Knocker, name: str) -> None:
    response = await threshold.reports(**{name: "PT 327301 170885 0001"})
    check_problem(response, "invalid_body", 422, [f"#/data/{name.replace('__', '/')}"])
    [error] = response.json()["errors"]
    assert error["message"] == (
        "must not hold 10 digits or more in a row: letters and pages show this name, and such a number "
        "may be a NIK or an account; write the name without the number"
    )


@pytest.mark.parametrize(
    ("what", "body", "pointers"),
    [
        ("filing", filing(bank_account__holder_name="Budi 3273011708850001"), ["#/bank_account/holder_name"]),
        (
            "job-applications",
            {
                "efforts": [
                    {
                        "reference": "3273011708850001",
                        "company": "PT 3273-0117-0885-0001",
                        "position": "3273.0117.0885.0001",
                        "done_on": "2025-03-12",
                    }
                ]
            },
            ["#/efforts/0/company", "#/efforts/0/position"],
        ),
        ("counselling", {"attended_on": "2025-03-12", "office": "disnaker-3273011708850001"}, ["#/office"]),
        (
            "training-attendance",
            {
                "provider": "lpk-3273011708850001",
                "course": "3273011708850001",
                "sessions": [{"session": "1", "held_on": "2025-03-12", "attendance": "attended"}],
            },
            ["#/course", "#/provider"],
        ),
    ],
)
async def test_a_name_told_to_a_claim_that_may_be_a_nik(
    portal: Knocker, what: str, body: dict[str, object], pointers: list[str]
) -> None:
    check_problem(await portal.says(CLAIM.rpartition("/")[2], what, body), "invalid_body", 422, pointers)
