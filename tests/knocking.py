"""A portal as tests play one: it knows the addresses, names itself, and gives every message an id."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

import httpx2

from api import examples

REPORTED = "id.go.kemnaker.siapkerja.phk.dilaporkan.v1"
CORRECTED = "id.go.kemnaker.siapkerja.phk.dikoreksi.v1"
WITHDRAWN = "id.go.kemnaker.siapkerja.phk.dibatalkan.v1"


def with_changes(body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A copy in which `worker__nik=...` replaces `body["worker"]["nik"]`; None takes the field away."""
    changed = deepcopy(body)
    for path, value in changes.items():
        *outer, last = path.split("__")
        inner = changed
        for name in outer:
            inner = inner[name]
        if value is None:
            del inner[last]
        else:
            inner[last] = value
    return changed


def filing(**changes: Any) -> dict[str, Any]:
    """Budi files."""
    return with_changes(examples.FILING["with_a_bank_account"]["value"], **changes)


def applications(*references: str, done_on: str = "2025-03-12") -> dict[str, Any]:
    """Job applications, one for each reference."""
    return {
        "efforts": [
            {"reference": reference, "company": "PT Maju", "position": "operator", "done_on": done_on}
            for reference in references
        ]
    }


class Knocker:
    """Says things to the door and gives back its answers."""

    def __init__(self, client: httpx2.AsyncClient, name: str = "siapkerja") -> None:
        self.client = client
        self.name = name

    async def reports(
        self, *, type: str = REPORTED, id: str | None = None, **changes: Any
    ) -> httpx2.Response:
        """A layoff report as a structured CloudEvent."""
        event = examples.LAYOFF_EVENT | {
            "id": id or uuid4().hex,
            "type": type,
            "data": with_changes(examples.LAYOFF_DATA, **changes),
        }
        return await self.client.post(
            "/v1/layoff-reports",
            json=event,
            headers={"X-Client-Id": self.name, "Content-Type": "application/cloudevents+json"},
        )

    async def says(
        self, claim_id: str, what: str, body: object, *, key: str | None = None, **headers: str
    ) -> httpx2.Response:
        """A message to a claim."""
        return await self.client.post(
            f"/v1/claims/{claim_id}/{what}",
            json=body,
            headers={"X-Client-Id": self.name, "Idempotency-Key": key or uuid4().hex, **headers},
        )

    async def asks(self, claim_id: str, what: str = "") -> dict[str, Any]:
        """The claim, or its timeline, decisions or payments."""
        response = await self.client.get(f"/v1/claims/{claim_id}{what}")
        assert response.status_code == 200, response.text
        told: dict[str, Any] = response.json()
        return told

    async def reported_claim(self, **changes: Any) -> str:
        """The id of a claim that a layoff report opened."""
        response = await self.reports(**changes)
        assert response.status_code == 201, response.text
        return str(response.json()["claim_id"])

    async def filed_claim(self) -> str:
        """The id of a claim reported and filed."""
        claim_id = await self.reported_claim()
        response = await self.says(claim_id, "filing", filing())
        assert response.status_code == 201, response.text
        return claim_id
