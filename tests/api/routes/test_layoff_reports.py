"""Layoff reports: a claim is opened once, known layoffs are joined, bad reports name every wrong field."""

import asyncio
import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from support.knocking import CORRECTED, WITHDRAWN, Knocker, contributions, filing, with_changes

from api.examples import portal as examples
from api.http.receiving import Backend
from claims.events import ContributionRecordReceived, LayoffReported
from store.claims.history import recorded_events


def pointers(problem: dict[str, Any]) -> list[str]:
    return [error["pointer"] for error in problem["errors"]]


async def test_a_report_opens_a_claim_that_awaits_the_filing(portal: Knocker) -> None:
    response = await portal.reports()

    assert response.status_code == 201
    told = response.json()
    assert UUID(told["claim_id"]).version == 7
    assert told["joined"] is False
    assert told["verdict"] == {"counts": True, "ground": "counts", "article": "Permenaker 2/2025 Pasal 9"}
    assert told["step"]["awaited"] == [
        {
            "what": "filing",
            "owner": "claimant",
            "until": "2025-09-03T17:00:00Z",
            "article": "PP 37/2021 as amended by PP 6/2025 Pasal 40(a)",
            "consequence": "right_lapses",
            "otherwise": "hak atas manfaat hilang",
            "month": 0,
            "binds": True,
        }
    ]


async def test_the_same_event_in_binary_mode_is_the_same_message(portal: Knocker) -> None:
    first = await portal.reports(id="phk-1")
    again = await portal.client.post(
        "/v1/layoff-reports",
        json=examples.LAYOFF_DATA,
        headers={
            "X-Client-Id": "siapkerja",
            "ce-specversion": "1.0",
            "ce-id": "phk-1",
            "ce-source": examples.LAYOFF_EVENT["source"],
            "ce-type": examples.LAYOFF_EVENT["type"],
        },
    )

    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"


async def test_a_known_layoff_is_joined_not_doubled(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    joined = await portal.reports(reported_by="participant", laid_off_on="2025-05-02")

    assert joined.status_code == 200
    assert joined.json()["claim_id"] == claim_id
    assert joined.json()["joined"] is True
    assert joined.json()["verdict"]["counts"] is True


async def test_a_report_that_says_nothing_new_is_joined_and_does_not_count(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    joined = await portal.reports()

    assert joined.status_code == 200
    assert joined.json()["claim_id"] == claim_id
    assert joined.json()["verdict"]["ground"] == "already_recorded"


async def test_a_layoff_sixty_one_days_later_is_another_claim(portal: Knocker) -> None:
    claim_id = await portal.reported_claim(laid_off_on="2025-01-01")

    assert await portal.reported_claim(laid_off_on="2025-03-03") != claim_id


async def test_a_report_sent_again_is_answered_as_then_and_brings_no_old_data_back(
    portal: Knocker, backend: Backend
) -> None:
    first = await portal.reports(id="phk-1")
    corrected = await portal.reports(type=CORRECTED, worker__email="budi@new.example")
    again = await portal.reports(id="phk-1")

    assert corrected.status_code == 200
    assert (again.status_code, again.json()["joined"]) == (201, False)
    assert again.json()["verdict"] == first.json()["verdict"]
    emails = await backend.pool.fetch("select email from people order by version")
    assert [row["email"] for row in emails] == ["budi@example.com", "budi@new.example"]
    assert ("person_data", "officer") in [
        (each["what"], each["owner"]) for each in corrected.json()["step"]["awaited"]
    ]
    assert await backend.pool.fetchval("select current_version from participants") == 1


async def test_two_calls_at_once_with_one_event_open_one_claim(portal: Knocker, backend: Backend) -> None:
    answers = await asyncio.gather(*(portal.reports(id="phk-1") for _ in range(4)))

    assert [answer.status_code for answer in answers] == [201, 201, 201, 201]
    assert len({answer.json()["claim_id"] for answer in answers}) == 1
    assert [answer.headers.get("Idempotent-Replayed") for answer in answers].count("true") == 3
    assert await backend.pool.fetchval("select count(*) from events") == 1
    assert await backend.pool.fetchval("select count(*) from people") == 1


async def test_a_report_taken_back_ends_its_claim(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    taken_back = await portal.reports(type=WITHDRAWN, id="phk-1-x")
    again = await portal.reports(type=WITHDRAWN, id="phk-1-x")

    assert taken_back.status_code == 200
    assert taken_back.json()["claim_id"] == claim_id
    assert taken_back.json()["step"]["status"] == "layoff_withdrawn"
    assert again.headers["Idempotent-Replayed"] == "true"
    assert [event["type"] for event in (await portal.asks(claim_id, "/timeline"))["events"]] == [
        "layoff_reported",
        "layoff_withdrawn",
    ]


async def test_nothing_can_be_taken_back_from_a_layoff_nobody_knows(portal: Knocker) -> None:
    unknown_person = await portal.reports(type=WITHDRAWN)
    await portal.reported_claim()
    unknown_layoff = await portal.reports(type=WITHDRAWN, employer__registration="NPP-2")

    assert (unknown_person.status_code, unknown_layoff.status_code) == (404, 404)


async def test_one_event_id_with_another_content_is_refused(portal: Knocker) -> None:
    await portal.reported_claim(id="phk-1")
    other = await portal.reports(id="phk-1", worker__nik="3273011708850002")

    assert (other.status_code, other.json()["code"]) == (422, "message_id_reused")


async def test_a_corrected_birth_date_differs_from_that_of_the_nik_which_never_changes(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.reported_claim(worker__born_on="1985-08-18")
    assert (await portal.says(claim_id, "filing", filing())).status_code == 201
    assert await portal.ground(claim_id, "contribution-records", contributions()) == "counts"

    assert await backend.pool.fetchval("select born_on from people") == date(1985, 8, 18)
    assert (await portal.asks(claim_id))["status"] == "in_benefit"


async def test_ages_go_by_the_birth_date_that_was_reported(portal: Knocker, backend: Backend) -> None:
    """The register says 2019; participants are so since the programme began, at 56 by this birth date."""
    claim_id = await portal.filed_claim(worker__born_on="1964-08-17")
    await portal.says(claim_id, "contribution-records", contributions())
    [record] = [
        recorded.event.record
        for recorded in await recorded_events(backend.pool, UUID(claim_id))
        if isinstance(recorded.event, ContributionRecordReceived)
    ]
    assert (record.age_at_registration, record.age_band) == (56, "55_and_over")


@pytest.mark.parametrize(("nik", "sex"), [("3273011708850001", "male"), ("3273015708850001", "female")])
async def test_a_report_keeps_the_sex_that_the_nik_holds_and_not_the_nik(
    portal: Knocker, backend: Backend, nik: str, sex: str
) -> None:
    claim_id = await portal.reported_claim(worker__nik=nik)
    [recorded] = await recorded_events(backend.pool, UUID(claim_id))
    assert isinstance(recorded.event, LayoffReported)
    assert recorded.event.layoff.sex == sex
    assert nik not in recorded.event.model_dump_json()


@pytest.mark.parametrize(
    ("born_on", "reason"),
    [
        ("1899-12-31", "must be at least 1900-01-01"),
        ("2025-03-11", "must not be after the receipt of the report"),
        ("2010-03-04", "must make the worker 15 to 110 years old at the layoff"),
        ("1914-03-03", "must make the worker 15 to 110 years old at the layoff"),
    ],
)
async def test_a_birth_date_of_nobody_who_was_employed_is_named_where_it_stands(
    portal: Knocker, born_on: str, reason: str
) -> None:
    structured = await portal.reports(worker__born_on=born_on)
    binary = await portal.client.post(
        "/v1/layoff-reports",
        json=with_changes(examples.LAYOFF_DATA, worker__born_on=born_on),
        headers={
            "X-Client-Id": "siapkerja",
            "ce-specversion": "1.0",
            "ce-id": "phk-1",
            "ce-source": "https://siapkerja.example/phk",
            "ce-type": examples.LAYOFF_EVENT["type"],
        },
    )

    for response, pointer in ((structured, "#/data/worker/born_on"), (binary, "#/worker/born_on")):
        assert response.status_code == 422
        assert [(error["pointer"], error["message"]) for error in response.json()["errors"]] == [
            (pointer, reason)
        ]


@pytest.mark.parametrize("born_on", ["2010-03-03", "1914-03-04"])
async def test_the_youngest_and_the_oldest_worker_are_reported(portal: Knocker, born_on: str) -> None:
    assert (await portal.reports(worker__born_on=born_on)).status_code == 201


@pytest.mark.parametrize(
    "email",
    [
        "budi@example.com.",
        '"budi@evil.example,"@example.com',
        "budi@example.com, evil@evil.example",
        "=?utf-8?q?evil=40evil.example=2C?=@example.com",
        "evil%evil.example@example.com",
        "Budi <budi@example.com>",
        "budi@[127.0.0.1]",
        "budi@localhost",
        "b" * 65 + "@example.com",
        7,
    ],
)
async def test_what_is_not_one_e_mail_address_is_a_wrong_field(threshold: Knocker, email: object) -> None:
    response = await threshold.reports(worker__email=email)

    assert (response.status_code, pointers(response.json())) == (422, ["#/data/worker/email"])
    assert "evil" not in response.text


async def test_the_domain_of_an_address_is_kept_as_mail_knows_it(backend: Backend, portal: Knocker) -> None:
    assert (await portal.reports(worker__email="Budi@Bücher.example")).status_code == 201

    assert await backend.pool.fetchval("select email from people") == "Budi@xn--bcher-kva.example"


async def test_every_wrong_field_is_named_and_no_value_repeated(threshold: Knocker) -> None:
    response = await threshold.reports(
        worker__nik="3273011708850000",
        worker__email="not-a-mail\x00",
        worker__name="Bu\x00di",
        worker__regency="3173",
        employer__registration=None,
        contract={"kind": "fixed_term", "started_on": "2024-01-02", "ends_on": "2024-01-01", "x": 1},
        laid_off_on="0001-01-01",
        reason="secret-reason",
    )

    assert response.status_code == 422
    assert sorted(pointers(response.json())) == [
        "#/data/contract/x",
        "#/data/employer/registration",
        "#/data/laid_off_on",
        "#/data/reason",
        "#/data/worker/email",
        "#/data/worker/name",
        "#/data/worker/nik",
        "#/data/worker/regency",
    ]
    for value in ("3273011708850000", "not-a-mail", "3173", "secret-reason"):
        assert value not in response.text


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"contract__started_on": "2025-03-04"}, "#/data/laid_off_on"),
        (
            {"contract": {"kind": "fixed_term", "started_on": "2024-01-02", "ends_on": "2024-01-01"}},
            "#/data/contract",
        ),
        ({"contract__kind": "3273011708850001"}, "#/data/contract"),
        ({"worker": None}, "#/data/worker"),
    ],
)
async def test_what_contradicts_itself_is_refused(
    threshold: Knocker, changes: dict[str, Any], pointer: str
) -> None:
    response = await threshold.reports(**changes)

    assert response.status_code == 422
    assert pointers(response.json()) == [pointer]
    assert "3273011708850001" not in response.text


@pytest.mark.parametrize(
    ("changes", "status", "code", "named"),
    [
        ({"id": None}, 400, "malformed_event", ["#/id"]),
        ({"specversion": None}, 400, "malformed_event", ["#/specversion"]),
        ({"specversion": "0.3"}, 400, "malformed_event", ["#/specversion"]),
        ({"source": None, "type": None}, 400, "malformed_event", ["#/source", "#/type"]),
        ({"source": "siapkerja"}, 400, "malformed_event", ["#/source"]),
        ({"id": "a b"}, 400, "malformed_event", ["#/id"]),
        ({"time": "yesterday"}, 400, "malformed_event", ["#/time"]),
        ({"time": 7}, 400, "malformed_event", ["#/time"]),
        ({"type": "id.go.kemnaker.other.v1"}, 422, "invalid_body", ["#/type"]),
        ({"data": None}, 422, "invalid_body", ["#/data"]),
    ],
)
async def test_an_event_whose_attributes_are_wrong_is_refused(
    threshold: Knocker, changes: dict[str, Any], status: int, code: str, named: list[str]
) -> None:
    event = with_changes(examples.LAYOFF_EVENT, **changes)
    response = await threshold.client.post(
        "/v1/layoff-reports",
        content=json.dumps(event),
        headers={"X-Client-Id": "siapkerja", "Content-Type": "application/cloudevents+json"},
    )

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert sorted(pointers(response.json())) == named


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"{", "application/cloudevents+json", 400, "malformed_body"),
        (b"\xff", "application/cloudevents+json", 400, "malformed_body"),
        (b"[]", "application/cloudevents+json", 400, "malformed_event"),
        (b"[" * 100_000, "application/cloudevents+json", 400, "malformed_body"),
        (b"[]", "application/cloudevents-batch+json", 415, "unsupported_media_type"),
        (b"{}", "application/json", 415, "unsupported_media_type"),
        (b"{}", "text/plain", 415, "unsupported_media_type"),
    ],
)
async def test_what_is_no_single_event_is_refused(
    threshold: Knocker, content: bytes, content_type: str, status: int, code: str
) -> None:
    headers = {"X-Client-Id": "siapkerja", "Content-Type": content_type}
    response = await threshold.client.post("/v1/layoff-reports", content=content, headers=headers)

    assert (response.status_code, response.json()["code"]) == (status, code)
