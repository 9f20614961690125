"""BPJS Ketenagakerjaan on real parts: the record as it was, without who it is about."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from support.store_world import StoreWorld
from temporalio.testing import ActivityEnvironment

from activities.bpjs import Bpjs, RecordUnreadable, record_from
from activities.contracts import ClaimInput
from activities.mail.notices import Notices
from activities.mail.relay import MailRelay
from claims.commands.command import FileClaim, WithdrawClaim
from claims.commands.email_addresses import EmailAddress
from claims.events import ClaimDenied, ContributionRecordReceived
from sandbox.parties.bank.serving import running
from sandbox.parties.bpjs.app import Bpjs as SimulatedBpjs
from sandbox.parties.bpjs.app import application
from sandbox.parties.bpjs.shelf import Shelf
from sandbox.servers.processes import free_port
from store.claims.history import recorded_events
from store.claims.kind import ClaimStepResult
from store.engine.set_apart import not_over
from store.people import Person

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

    async def fetch(self, result: ClaimStepResult) -> str:
        given = ClaimInput(str(result.stream_id))
        word: str = await ActivityEnvironment().run(self.bpjs.fetch_contribution_record, given)
        return word

    async def told(self, result: ClaimStepResult) -> list[str]:
        return [
            r.event.type for r in (await recorded_events(self.world.pool, result.stream_id))[result.version :]
        ]


@pytest.fixture
async def registry(world: StoreWorld, tmp_path: Path) -> AsyncIterator[Registry]:
    simulated = SimulatedBpjs(Shelf(tmp_path / "bpjs.db"), "token-1")
    async with (
        running(application(simulated)) as url,
        httpx2.AsyncClient(base_url=url, trust_env=False, verify=False) as http,
    ):
        mail_away = Notices(world.steps, world.people, MailRelay("127.0.0.1", free_port()))
        yield Registry(world, Bpjs(world.steps, world.people, mail_away, url, "token-1"), http)


async def test_the_record_is_recorded_and_the_claim_is_decided(registry: Registry) -> None:
    filed = await registry.world.filed()
    await registry.know()

    assert await registry.fetch(filed) == "recorded"

    assert (await registry.told(filed))[:2] == ["contribution_record_received", "claim_approved"]
    received = (await recorded_events(registry.world.pool, filed.stream_id))[filed.version]
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


async def test_a_record_that_cannot_be_read_is_shown_until_one_can(registry: Registry) -> None:
    filed = await registry.world.filed()
    await registry.know(reported_wage_idr=20_000_000_001)
    for _ in range(2):
        with pytest.raises(RecordUnreadable):
            await registry.fetch(filed)

    [(apart, _)] = await not_over(registry.world.pool)
    assert (apart.stream_id, apart.kind, apart.failure) == (filed.stream_id, "record", "RecordUnreadable")
    await registry.world.say(filed.stream_id, WithdrawClaim(reason="of no use"))

    await registry.know()
    assert await registry.fetch(filed) == "recorded"
    assert await not_over(registry.world.pool) == []


ANSWER = {
    "source": "bpjs-tk",
    "record_id": "iuran-7",
    "as_of": "2025-03-10T00:00:00+07:00",
    "registered_on": "2021-03-01",
    "citizenship": "WNI",
    "jkn_segment": "PPU_BU",
    "company_scale": "large",
    "programmes": ["JKK", "JKM", "JHT", "JP"],
    "employer_standing": "operating",
    "reported_wage_idr": 5_000_000,
    "months": [],
    "reemployed_on": None,
    "earlier_benefits": [],
}
BUDI = Person(
    "3171011203850001",
    "Budi",
    date(1985, 3, 12),
    "Jl. Mawar 1",
    EmailAddress.parse("budi@example.id"),
    "12345678901",
)


@pytest.mark.parametrize(
    ("changes", "left_out"),
    [
        ({"earlier_benefits": None}, ()),
        ({}, ("earlier_benefits",)),
        ({}, ("reemployed_on",)),
        ({"membership_number": "12345678901", "employment_active": True}, ()),
    ],
)
def test_what_an_answer_may_leave_out_is_none_of_it(
    changes: dict[str, Any], left_out: tuple[str, ...]
) -> None:
    answer = {name: value for name, value in (ANSWER | changes).items() if name not in left_out}
    record = record_from(json.dumps(answer).encode(), BUDI)
    assert (record.earlier_benefits_first_paid_on, record.reemployed_on) == ((), None)
    assert (record.registered, record.age_at_registration, record.age_band) == (True, 35, "35_44")


def test_who_was_never_registered_has_no_day_of_it() -> None:
    record = record_from(json.dumps(ANSWER | {"registered_on": None}).encode(), BUDI)
    assert (record.registered, record.months) == (False, ())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (json.dumps(ANSWER | {"months": None}), "months"),
        (json.dumps(ANSWER | {"as_of": "2025-03-10"}), "as_of"),
        (json.dumps(ANSWER | {"as_of": "9999-12-31T23:59:59-12:00"}), "as_of"),
        (json.dumps(ANSWER | {"registered_on": 0}), "registered_on"),
        (json.dumps(ANSWER | {"reported_wage_idr": "5000000"}), "reported_wage_idr"),
        (
            json.dumps(ANSWER | {"registered_on": None, "months": [{"month": "2025-01"}]}),
            "months.0.employer_reg",
        ),
        (json.dumps({name: ANSWER[name] for name in ANSWER if name != "registered_on"}), "registered_on"),
        (json.dumps([ANSWER]), "no object"),
        (json.dumps(ANSWER | {"record_id": "a\x00"}), "NUL"),
        ("{", "not JSON"),
        ("NaN", "NaN"),
    ],
)
def test_an_answer_that_cannot_be_read_is_named_by_its_fields(content: str, why: str) -> None:
    with pytest.raises(RecordUnreadable, match=f"the record of BPJS cannot be read: .*{why}") as unreadable:
        record_from(content.encode(), BUDI)
    assert "5000000" not in str(unreadable.value)
    assert unreadable.value.__cause__ is None


async def test_who_files_again_after_a_refusal_is_asked_about_again(registry: Registry) -> None:
    filed = await registry.world.filed()
    await registry.know(citizenship="WNA")
    await registry.fetch(filed)
    denied = await registry.world.say(filed.stream_id)
    assert isinstance(denied.state.decision, ClaimDenied)
    assert filed.state.filing is not None

    again = await registry.world.say(
        filed.stream_id,
        FileClaim(
            participant=filed.state.filing.participant,
            account_version=1,
            commitment_version="kapk-1",
            commitment_sha256="0" * 64,
        ),
    )
    assert again.next_step.todo == "fetch_record"
    await registry.fetch(again)

    assert (await registry.told(again))[:2] == ["contribution_record_received", "claim_denied"]
    assert (await registry.world.say(filed.stream_id)).next_step.todo == "wait"


async def test_what_is_recorded_names_nobody(registry: Registry) -> None:
    filed = await registry.world.filed()
    await registry.know()
    await registry.fetch(filed)

    payload = (await recorded_events(registry.world.pool, filed.stream_id))[
        filed.version
    ].event.model_dump_json()

    for secret in (NIK, "12345678901", "1985", "Budi"):
        assert secret not in payload
