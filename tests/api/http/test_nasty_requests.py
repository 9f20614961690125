"""Every route with every field replaced by every nasty value, on the real store: refused, or recorded."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
import structlog
from fastapi import FastAPI
from support.knocking import Knocker, filing
from support.nasty_values import NASTY, Place, filled, places_of, with_hole

from api.http.receiving import Backend


@dataclass(frozen=True)
class Route:
    """A route that takes a body: its address, media type, an example, and the fields of the body."""

    address: str
    media_type: str
    example: Any
    places: tuple[Place, ...]


def routes_of(document: dict[str, Any]) -> Iterator[Route]:
    """Every body of the OpenAPI document."""
    defined = document["components"]["schemas"]
    for address, methods in document["paths"].items():
        for media_type, content in methods.get("post", {}).get("requestBody", {}).get("content", {}).items():
            example = max((each["value"] for each in content["examples"].values()), key=len)
            places = dict.fromkeys(places_of(content["schema"], example, defined))
            yield Route(address.replace("{month}", "2"), media_type, example, tuple(places))


@pytest.fixture(autouse=True)
def without_log_lines() -> Iterator[None]:
    """Thousands of requests are told to nobody; failures still are."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    yield
    structlog.reset_defaults()


class Raw:
    """Requests given to the application as they are, without a client that would tidy them."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._numbers = count()

    async def post(self, address: str, media_type: str, body: bytes) -> int:
        """The status of an answer."""
        number = f"nasty-{next(self._numbers)}"
        headers = {"x-client-id": "siapkerja", "idempotency-key": number, "content-type": media_type}
        if address == "/v1/layoff-reports" and media_type == "application/json":
            event = {"specversion": "1.0", "id": number, "source": "https://portal.example"}
            headers |= {f"ce-{name}": text for name, text in event.items()}
            headers["ce-type"] = "id.go.kemnaker.siapkerja.phk.dilaporkan.v1"
        return await self.ask("POST", address, [(k.encode(), v.encode()) for k, v in headers.items()], body)

    async def ask(
        self, method: str, address: str, headers: list[tuple[bytes, bytes]], body: bytes = b""
    ) -> int:
        """The status of an answer to any request."""
        path, _, query = address.partition("?")
        statuses: list[int] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await self._app(_scope(method, path, query, headers), receive, send)
        return statuses[0]


def _scope(method: str, path: str, query: str, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": query.encode("utf-8", "surrogatepass"),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("door", 80),
        "state": {},
    }


def test_there_are_enough_values_and_every_field_is_found(app_without_database: FastAPI) -> None:
    routes = list(routes_of(app_without_database.openapi()))
    assert len(NASTY) >= 40
    assert len(routes) == 27
    found = {(route.address.rpartition("/")[2], place) for route in routes for place in route.places}
    assert len(found) > 150
    for field in (
        ("layoff-reports", ("data", "worker", "born_on")),
        ("layoff-reports", ("data", "contract", "ends_on")),
        ("layoff-reports", ("worker", "email")),
        ("contribution-records", ("months", 0, "paid_on")),
        ("job-applications", ("efforts", 0, "told_at")),
        ("officer-decisions", ("payer",)),
    ):
        assert field in found


async def test_no_value_of_a_body_fails_and_nothing_is_kept_of_what_is_refused(
    app: FastAPI, portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.referred_claim()
    said = await backend.pool.fetchval("select count(*) from messages")
    raw, result, statuses = Raw(app), 0, set[int]()
    for route in routes_of(app.openapi()):
        address = route.address.replace("{claim_id}", claim_id)
        for place in route.places:
            holed = with_hole(route.example, place)
            for name, value in NASTY.items():
                status = await raw.post(address, route.media_type, filled(holed, value))
                assert status < 500, (address, place, name)
                statuses.add(status)
                result += status < 300
    kept = await backend.pool.fetchval("select count(*) from messages") - said

    assert {201, 400, 413, 422} <= statuses <= {200, 201, 400, 404, 413, 415, 422}
    assert 0 < kept <= result
    assert (await portal.says(claim_id, "bank-account", filing()["bank_account"])).status_code == 201
    assert (await portal.reports(employer__registration="NPP-2")).status_code == 201


async def test_no_address_parameter_or_header_fails(app: FastAPI, portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    raw = Raw(app)
    spelled = [text.strip('"') for text in NASTY.values() if len(text) < 3000]
    for text in (*spelled, "\x00", "\ud800", "%00", "%ff", "%", "urn:uuid:x"):
        encoded = quote(text, errors="surrogatepass")
        for address in (
            f"/v1/claims/{text}",
            f"/v1/claims/{claim_id}/{text}",
            f"/v1/claims/{claim_id}/months/{text}/certification",
            f"/v1/claims/{claim_id}/timeline?language={encoded}",
            f"/v1/claims/{claim_id}?{encoded}={encoded}",
            f"/problems/{text}",
        ):
            for method in ("GET", "HEAD", "POST", "OPTIONS"):
                status = await raw.ask(method, address, [])
                assert status < 500, (method, address)
        octets = text.encode("utf-8", "surrogatepass")
        for header in (b"x-client-id", b"idempotency-key", b"content-type", b"x-request-id", b"ce-id"):
            body = json.dumps({"reason": "x"}).encode()
            status = await raw.ask("POST", f"/v1/claims/{claim_id}/withdrawal", [(header, octets)], body)
            assert status < 500, (header, text)


@pytest.mark.parametrize("month", ["2.0", "+2", "02", " 2", "2_0", "٢", "1", "7", "1e0"])
async def test_a_month_of_the_address_is_one_digit(threshold: Knocker, month: str) -> None:
    claim = "0199d1c8-1b5e-7cc0-8a53-5f0f2f7a9d10"
    response = await threshold.says(claim, f"months/{quote(month)}/certification", {"without_work": True})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (404, "path:month")
