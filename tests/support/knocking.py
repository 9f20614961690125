"""A portal as tests play one: it knows the addresses, names itself, and gives every message an id."""

from copy import deepcopy
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx2

from api.examples import officers as desk_examples
from api.examples import portal as examples
from api.http.receiving import Backend
from law.periods import JAKARTA
from store.scheduling.clock import advance_to

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


def contributions(
    *, paid: int = 24, owed: int = 0, wage_idr: int = 4_000_000, **changes: Any
) -> dict[str, Any]:
    """A contribution record as BPJS sends it: so many months to February 2025, the last `owed` unpaid."""
    last = [f"{(24301 - n) // 12}-{(24301 - n) % 12 + 1:02d}" for n in range(paid + owed)]
    months = [
        {
            "month": month,
            "employer_registration": "NPP-32-000117",
            "wage_idr": wage_idr,
            "paid_on": None if n < owed else f"{month}-15",
        }
        for n, month in enumerate(last)
    ]
    body = desk_examples.CONTRIBUTION_RECORD["two_months"]["value"]
    return with_changes(body, months=months, reported_wage_idr=wage_idr) | changes


def decision(approves: bool, **more: Any) -> dict[str, Any]:
    """An officer decides; `question` and `payer` where they are said."""
    return {"actor": "nip-198001012005011001", "approves": approves, "reason": "looked at the papers"} | more


async def stand_at(backend: Backend, text: str) -> None:
    """Move the clock to an instant, Jakarta time."""
    async with backend.pool.acquire() as connection:
        await advance_to(connection, datetime.fromisoformat(text).replace(tzinfo=JAKARTA))


class Knocker:
    """Says things to the HTTP API and gives back its answers."""

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
        """The claim, or its timeline, decisions, payments or questions."""
        response = await self.client.get(f"/v1/claims/{claim_id}{what}")
        assert response.status_code == 200, response.text
        told: dict[str, Any] = response.json()
        return told

    async def reported_claim(self, **changes: Any) -> str:
        """The id of a claim that a layoff report opened."""
        response = await self.reports(**changes)
        assert response.status_code == 201, response.text
        return str(response.json()["claim_id"])

    async def filed_claim(self, **changes: Any) -> str:
        """The id of a claim reported and filed."""
        claim_id = await self.reported_claim(**changes)
        response = await self.says(claim_id, "filing", filing())
        assert response.status_code == 201, response.text
        return claim_id

    async def insured_claim(self, record: dict[str, Any] | None = None, **changes: Any) -> str:
        """The id of a claim that BPJS has answered."""
        claim_id = await self.filed_claim(**changes)
        response = await self.says(claim_id, "contribution-records", record or contributions())
        assert response.status_code == 201, response.text
        return claim_id

    async def referred_claim(self) -> str:
        """The id of a claim whose proof no office has received: an officer looks at it."""
        return await self.insured_claim(proof__office="none")

    async def ground(self, claim_id: str, what: str, body: dict[str, Any]) -> str:
        """The ground of the verdict over a message."""
        response = await self.says(claim_id, what, body)
        assert response.status_code == 201, response.text
        ground: str = response.json()["verdict"]["ground"]
        return ground
