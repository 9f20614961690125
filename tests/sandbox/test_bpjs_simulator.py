from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sandbox.parties.bpjs.app import Bpjs, application
from sandbox.parties.bpjs.shelf import Shelf

NIK = "3171015505900001"
RECORDS = "/v1/contribution-records"
PERSON = f"/simulator/participants/{NIK}"
BUDI: dict[str, Any] = {
    "membership_number": "12345678901",
    "registered_on": "2022-01-10",
    "citizenship": "WNI",
    "jkn_segment": "PPU_BU",
    "company_scale": "large",
    "programmes": ["JKK", "JKM", "JHT", "JP"],
    "employer_standing": "operating",
    "reported_wage_idr": 6_000_000,
    "months": [
        {
            "month": "2026-08",
            "employer_registration": "NPP-001",
            "wage_idr": 6_000_000,
            "paid_on": "2026-09-12",
        },
        {
            "month": "2026-09",
            "employer_registration": "NPP-001",
            "wage_idr": 6_000_000,
            "paid_on": "2026-10-15",
        },
        {"month": "2026-10", "employer_registration": "NPP-001", "wage_idr": 6_000_000, "paid_on": None},
    ],
    "employment_active": False,
    "reemployed_on": None,
    "earlier_benefits": [{"first_paid_on": "2023-03-01"}],
}


def _client(file: Path) -> httpx2.AsyncClient:
    app = application(Bpjs(Shelf(file), "rahasia"))
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app),
        base_url="http://bpjs",
        headers={"Authorization": "Bearer rahasia"},
    )


@pytest.fixture
async def bpjs(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    async with _client(tmp_path / "bpjs.db") as client:
        assert (await client.put(PERSON, json=BUDI)).status_code == 200
        yield client


def _inquiry(as_of: str, nik: str = NIK) -> dict[str, str]:
    return {"nik": nik, "employer_registration": "NPP-001", "as_of": as_of}


async def _record(bpjs: httpx2.AsyncClient, as_of: str) -> Any:
    answer = await bpjs.post(RECORDS, json=_inquiry(as_of))
    assert answer.status_code == 200
    return answer.json()


async def test_the_record_is_told_as_seeded(bpjs: httpx2.AsyncClient) -> None:
    told = await _record(bpjs, "2026-11-23")
    assert told["source"] == "smile-simulator"
    assert told["as_of"] == "2026-11-23T00:00:00+07:00"
    assert {name: told[name] for name in BUDI} == BUDI


async def test_what_is_later_is_not_told(bpjs: httpx2.AsyncClient) -> None:
    await bpjs.patch(PERSON, json={"reemployed_on": "2026-10-01"})
    told = await _record(bpjs, "2026-09-30")
    assert [(month["month"], month["paid_on"]) for month in told["months"]] == [
        ("2026-08", "2026-09-12"),
        ("2026-09", None),
    ]
    assert told["reemployed_on"] is None
    assert (await _record(bpjs, "2026-10-01"))["reemployed_on"] == "2026-10-01"


async def test_a_payment_counts_from_its_day(bpjs: httpx2.AsyncClient) -> None:
    assert (await _record(bpjs, "2026-09-11"))["months"][0]["paid_on"] is None
    assert (await _record(bpjs, "2026-09-12"))["months"][0]["paid_on"] == "2026-09-12"


async def test_the_same_answer_has_the_same_id(bpjs: httpx2.AsyncClient) -> None:
    first, again = await _record(bpjs, "2026-11-23"), await _record(bpjs, "2026-11-23")
    assert first["record_id"] == again["record_id"]
    await bpjs.patch(PERSON, json={"employer_standing": "bankrupt"})
    changed = await _record(bpjs, "2026-11-23")
    assert changed["employer_standing"] == "bankrupt"
    assert changed["record_id"] != first["record_id"]


async def test_an_unknown_nik_is_a_problem_that_does_not_repeat_it(bpjs: httpx2.AsyncClient) -> None:
    answer = await bpjs.post(RECORDS, json=_inquiry("2026-11-23", nik="3171015505900002"))
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "3171015505900002" not in answer.text


async def test_no_record_without_the_token(bpjs: httpx2.AsyncClient) -> None:
    answer = await bpjs.post(RECORDS, json=_inquiry("2026-11-23"), headers={"Authorization": "Bearer wrong"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"nik": "317"}, "body.nik"), ({"as_of": "yesterday"}, "body.as_of"), ({"extra": 1}, "body.extra")],
)
async def test_a_wrong_inquiry_names_its_field(
    bpjs: httpx2.AsyncClient, changes: dict[str, Any], field: str
) -> None:
    answer = await bpjs.post(RECORDS, json=_inquiry("2026-11-23") | changes)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]


async def test_a_wrong_change_leaves_the_record(bpjs: httpx2.AsyncClient) -> None:
    assert (await bpjs.patch(PERSON, json={"company_scale": "huge"})).status_code == 422
    assert (await _record(bpjs, "2026-11-23"))["company_scale"] == "large"


async def test_the_records_can_be_down(bpjs: httpx2.AsyncClient) -> None:
    await bpjs.put("/simulator/mode", json={"down": True})
    assert (await bpjs.post(RECORDS, json=_inquiry("2026-11-23"))).status_code == 503
    await bpjs.put("/simulator/mode", json={"down": False})
    assert (await bpjs.post(RECORDS, json=_inquiry("2026-11-23"))).status_code == 200


async def test_the_page_masks_the_nik(bpjs: httpx2.AsyncClient) -> None:
    page = (await bpjs.get("/")).text
    assert "3171********0001" in page
    assert "Rp6.000.000" in page
    assert NIK not in page


async def test_a_restart_forgets_nothing(bpjs: httpx2.AsyncClient, tmp_path: Path) -> None:
    before = await _record(bpjs, "2026-11-23")
    async with _client(tmp_path / "bpjs.db") as restarted:
        assert await _record(restarted, "2026-11-23") == before
