"""The HTTP API as a process: one ready line, log lines without personal data, an orderly end."""

import asyncio
import json
import os
import sys

import httpx2
import pytest
from support.knocking import Knocker

from api.app import create_app


async def test_it_serves_until_it_is_asked_to_stop(database: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "api", "--port", "0"),
        env=os.environ | {"JKP_LOOKUP_KEY": bytes(32).hex()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    ready = (await process.stdout.readline()).decode().split()
    assert ready[:3] == ["door", "ready", "on"]
    async with httpx2.AsyncClient(base_url=ready[3]) as client:
        claim_id = await Knocker(client).reported_claim()
        asked = await client.get(f"/v1/claims/{claim_id}", headers={"X-Request-Id": claim_id})
    process.terminate()
    _, log = await process.communicate()

    assert process.returncode == 0
    report, status = [json.loads(line) for line in log.splitlines()]
    assert (report["event"], report["client"], report["status"]) == ("request", "siapkerja", 201)
    assert (report["route"], report["claim_id"]) == ("/v1/layoff-reports", claim_id)
    assert asked.headers["X-Request-Id"] == status["request_id"] == claim_id
    assert (status["route"], status["status"]) == ("/v1/claims/{claim_id}", 200)
    assert b"3273011708850001" not in log
    assert b"Budi" not in log


def test_a_door_made_in_code_has_a_key_for_look_ups_as_long_as_any() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        create_app(bytes(31))
