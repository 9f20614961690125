"""BPJS Ketenagakerjaan on real parts: the record as it was, without who it is about."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from store_world import StoreWorld
from temporalio.testing import ActivityEnvironment

from activities.bpjs import Bpjs, RecordUnreadable
from activities.contracts import ClaimErrand
from activities.notices import Notices
from claims.events import ClaimDenied, ContributionRecordReceived
from claims.messages import FileClaim
from sandbox.bank.serving import running
from sandbox.bpjs.app import Bpjs as SimulatedBpjs
from sandbox.bpjs.app import application
from sandbox.bpjs.shelf import Shelf
from sandbox.processes import free_port
from store.step import Taken
from store.streams import load

NIK = "3171011203850001"


def participant(**changes: Any) -> dict[str, Any]:
    """24 paid months with the employer of the tests, six million a month."""
    months = [f"{2023 + n // 12}-{n % 12 + 1:02d}" for n in range(24)]
    return {
        "membership_number": "12345678901",
        "registered_on": "2021-03-01",
        "reported_wage_idr": 6_000_000,
        "months": [
            {"month": m, "employer_registration": "EMP-1", "wage_idr": 6_000_000, "paid_on": f"{m}-28"}
            for m in months
        ],
    } | changes


@dataclass
class Registry:
    """Our side and the other side of the inquiry."""

    world: StoreWorld
    bpjs: Bpjs
    http: httpx2.AsyncClient

    async def know(self, **changes: Any) -> None:
        answer = await self.http.put(f"/simulator/participants/{NIK}", json=participant(**changes))
        assert answer.status_code == 200

    async def fetch(self, taken: Taken) -> str:
        errand = ClaimErrand(str(taken.stream_id))
        word: str = await ActivityEnvironment().run(self.bpjs.fetch_contribution_record, errand)
        return word

    async def told(self, taken: Taken) -> list[str]:
        return [r.event.type for r in (await load(self.world.pool, taken.stream_id))[taken.version :]]


@pytest.fixture
async def registry(world: StoreWorld, tmp_path: Path) -> AsyncIterator[Registry]:
    simulated = SimulatedBpjs(Shelf(tmp_path / "bpjs.db"), "token-1")
    async with (
        running(application(simulated)) as url,
        httpx2.AsyncClient(base_url=url, trust_env=False, verify=False) as http,
    ):
        mail_away = Notices(world.steps, world.people, "127.0.0.1", free_port())
        yield Registry(world, Bpjs(world.steps, world.people, mail_away, url, "token-1"), http)


async def test_the_record_is_recorded_and_the_claim_is_decided(registry: Registry) -> None:
    filed = await registry.world.filed()
    await registry.know()

    assert await registry.fetch(filed) == "recorded"

    assert (await registry.told(filed))[:2] == ["contribution_record_received", "claim_approved"]
    received = (await load(registry.world.pool, filed.stream_id))[filed.version]
    assert isinstance(received.event, ContributionRecordReceived)
    record = received.event.record
    assert (record.age_at_registration, record.age_band, len(record.months)) == (35, "35_44", 24)
    assert record.as_of.isoformat() == "2025-02-10T00:00:00+07:00"
    assert (received.actor, received.source) == ("bpjs", "bpjs")


async def test_the_same_errand_again_records_nothing_new(registry: Registry) -> None:
    filed = await registry.world.filed()
    await registry.know()
    await registry.fetch(filed)
    told = await registry.told(filed)

    assert await registry.fetch(filed) == "recorded"

    assert await registry.told(filed) == told


async def test_somebody_who_has_not_filed_is_not_asked_about(registry: Registry) -> None:
    reported = await registry.world.report(await registry.world.layoff())

    assert await registry.fetch(reported) == "not filed"


async def test_an_outage_records_nothing_and_is_left_to_the_retries(registry: Registry) -> None:
    filed = await registry.world.filed()
    await registry.know()
    await registry.http.put("/simulator/mode", json={"down": True})

    with pytest.raises(httpx2.HTTPStatusError) as outage:
        await registry.fetch(filed)

    assert NIK not in str(outage.value)
    assert await registry.told(filed) == []
    await registry.http.put("/simulator/mode", json={"down": False})
    assert await registry.fetch(filed) == "recorded"


async def test_somebody_unknown_is_asked_about_again_until_known(registry: Registry) -> None:
    filed = await registry.world.filed()

    with pytest.raises(httpx2.HTTPStatusError) as unknown:
        await registry.fetch(filed)

    assert unknown.value.response.status_code == 404
    assert NIK not in str(unknown.value)
    await registry.know()
    assert await registry.fetch(filed) == "recorded"


async def test_an_answer_that_breaks_the_contract_is_named_without_its_values(registry: Registry) -> None:
    filed = await registry.world.filed()
    await registry.know(reported_wage_idr=20_000_000_001)

    with pytest.raises(RecordUnreadable) as unreadable:
        await registry.fetch(filed)

    assert str(unreadable.value) == "the record of BPJS cannot be read: reported_wage_idr"
    assert unreadable.value.__cause__ is None
    assert await registry.told(filed) == []


async def test_who_files_again_after_a_refusal_is_asked_about_again(registry: Registry) -> None:
    filed = await registry.world.filed()
    await registry.know(citizenship="WNA")
    await registry.fetch(filed)
    denied = await registry.world.say(filed.stream_id)
    assert isinstance(denied.claim.decision, ClaimDenied)
    assert filed.claim.filing is not None

    again = await registry.world.say(
        filed.stream_id,
        FileClaim(
            participant=filed.claim.filing.participant,
            account_version=1,
            commitment_version="kapk-1",
            commitment_sha256="0" * 64,
        ),
    )
    assert again.step.todo == "fetch_record"
    await registry.fetch(again)

    assert (await registry.told(again))[:2] == ["contribution_record_received", "claim_denied"]
    assert (await registry.world.say(filed.stream_id)).step.todo == "wait"


async def test_what_is_recorded_names_nobody(registry: Registry) -> None:
    filed = await registry.world.filed()
    await registry.know()
    await registry.fetch(filed)

    payload = (await load(registry.world.pool, filed.stream_id))[filed.version].event.model_dump_json()

    for secret in (NIK, "12345678901", "1985", "Budi"):
        assert secret not in payload
