"""A portal's client of the API, as SIAPkerja or a partner would write it.

Every call carries an id of its own and is sent again, unchanged, while the API is busy or away.
"""

import asyncio
from types import TracebackType
from typing import Any
from uuid import uuid4

import httpx2
from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent

from sandbox.world import reported_at

ATTEMPTS = 60
PAUSE_SECONDS = 0.25
TRY_AGAIN = frozenset({409, 503})
TIMEOUT = httpx2.Timeout(15.0)

Json = dict[str, Any]


class PortalError(RuntimeError):
    """The API refused a call; the message holds route, status and the problem's code, no personal data."""

    def __init__(self, route: str, status: int, problem: Json) -> None:
        fields = ", ".join(str(error.get("pointer")) for error in problem.get("errors", []))
        super().__init__(f"{route}: {status} {problem.get('code', '')} {fields}".strip())
        self.status = status
        self.problem = problem


class Portal:
    """The API at `url`, spoken to as `client_id`."""

    def __init__(self, url: str, client_id: str = "siapkerja") -> None:
        limits = httpx2.Limits(max_connections=40, max_keepalive_connections=40)
        self._http = httpx2.AsyncClient(
            base_url=url,
            headers={"X-Client-Id": client_id},
            timeout=TIMEOUT,
            limits=limits,
            trust_env=False,
        )

    async def __aenter__(self) -> "Portal":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def report_layoff(self, report: Json, *, binary: bool = False) -> Json:
        """Send a layoff report as a CloudEvent, structured or binary; the claim it opened or joined."""
        attributes: Json = {name: value for name, value in report.items() if name != "data"}
        attributes["time"] = reported_at(report)
        event = CloudEvent(attributes, report["data"])
        message = to_binary_event(event) if binary else to_structured_event(event)
        return await self._send("POST", "/v1/layoff-reports", message.headers, content=message.body)

    async def post(self, claim_id: str, what: str, body: Json) -> Json:
        """Say something to a claim: `what` is the end of the route."""
        headers = {"Idempotency-Key": str(uuid4())}
        return await self._send("POST", f"/v1/claims/{claim_id}/{what}", headers, json=body)

    async def read(self, claim_id: str, what: str = "") -> Json:
        """Read a claim, or its `timeline`, `decisions` or `payments`."""
        route = f"/v1/claims/{claim_id}" + (f"/{what}" if what else "")
        return await self._send("GET", route, {})

    async def _send(self, method: str, route: str, headers: dict[str, str], **body: Any) -> Json:
        for _ in range(ATTEMPTS):
            try:
                answer = await self._http.request(method, route, headers=headers, **body)
            except httpx2.TransportError:
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if answer.status_code not in TRY_AGAIN:
                return _told(f"{method} {route}", answer)
            await asyncio.sleep(PAUSE_SECONDS)
        raise PortalError(f"{method} {route}", 503, {"code": "no_answer"})


def _told(route: str, answer: httpx2.Response) -> Json:
    said: Json = answer.json() if answer.content else {}
    if answer.is_success:
        return said
    raise PortalError(route, answer.status_code, said)
