"""BPJS is asked again, through the HTTP API and on the real servers: what is new decides anew and is paid."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from uuid import UUID

import httpx2
from support.engine import NIK, Engine, bpjs_record
from support.knocking import Knocker

from api.app import create_app
from claims.events import ClaimApproved, ClaimReconsidered
from claims.state.claim import Claim
from law.periods import months_before
from payments.ledger import LedgerAccount as A
from store.claims.history import recorded_events
from store.claims.kind import ClaimStepResult
from store.payments.ledger import balance

ASKED = {"reason": "the employer put its reports right"}


@asynccontextmanager
async def backend() -> AsyncIterator[Knocker]:
    """The HTTP API over the database of the test."""
    app = create_app(bytes(32))
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://door") as client:
            yield Knocker(client)


async def is_known(engine: Engine, *, paid_months: int, wage_idr: int = 6_000_000) -> None:
    """BPJS has another record from now on."""
    record = bpjs_record(months_before("2025-01", paid_months), wage_idr)
    reply = await engine.http.put(f"{engine.bpjs_url}/simulator/participants/{NIK}", json=record)
    reply.raise_for_status()


async def ask_again(engine: Engine, claim: ClaimStepResult) -> dict[str, Any]:
    """Ask for the record at the HTTP API and let everything happen; how the claim stands then."""
    async with backend() as portal:
        response = await portal.says(str(claim.stream_id), "record-requests", ASKED)
        assert response.json()["verdict"]["counts"], response.text
        await engine.settled()
        return await portal.asks(str(claim.stream_id))


async def claim_of(engine: Engine, claim_id: UUID) -> Claim:
    return (await engine.world.steps.run_step(claim_id)).state


async def test_a_refused_claim_is_approved_by_another_record_with_its_first_day_of_filing(
    engine: Engine,
) -> None:
    await is_known(engine, paid_months=11)
    filed = await engine.world.filed()
    await engine.settled()
    assert (await claim_of(engine, filed.stream_id)).denied is not None
    await engine.pass_days(20)

    await is_known(engine, paid_months=12)
    stands = await ask_again(engine, filed)

    assert (stands["status"], stands["months"][0]["state"]) == ("in_benefit", "paid")
    approved = (await claim_of(engine, filed.stream_id)).approved
    assert isinstance(approved, ClaimApproved)
    assert (approved.reference_date, approved.catch_up_from) == (date(2025, 2, 10), date(2025, 3, 2))
    assert [line["amount"] for line in await engine.statement()] == [3_000_000]


async def test_the_same_record_again_on_the_same_day_leaves_the_claim_as_it_is(engine: Engine) -> None:
    await is_known(engine, paid_months=11)
    filed = await engine.world.filed()
    await engine.settled()

    for times in (1, 2):
        stands = await ask_again(engine, filed)
        assert stands["status"] == "denied"
        assert [wait["owner"] for wait in stands["step"]["awaited"]] == ["claimant"]
        events = [recorded.event for recorded in await recorded_events(engine.world.pool, filed.stream_id)]
        looked_at = [event.outcome for event in events if isinstance(event, ClaimReconsidered)]
        assert looked_at == ["unchanged"] * times


async def test_a_refusal_that_had_become_final_is_opened_again_by_a_run_of_its_own(engine: Engine) -> None:
    await is_known(engine, paid_months=11)
    filed = await engine.world.filed()
    await engine.settled()
    await engine.pass_days(200)
    assert await engine.run_of(filed).result() == "lapsed: nothing is awaited"

    await is_known(engine, paid_months=24)
    stands = await ask_again(engine, filed)

    assert (stands["status"], stands["months"][0]["state"]) == ("in_benefit", "paid")


async def test_a_raised_wage_is_paid_in_a_transfer_of_its_own_and_the_ledger_balances(engine: Engine) -> None:
    await is_known(engine, paid_months=24, wage_idr=4_000_000)
    filed = await engine.world.filed()
    await engine.settled()

    await is_known(engine, paid_months=24, wage_idr=4_500_000)
    stands = await ask_again(engine, filed)

    assert stands["months"][0]["state"] == "paid"
    assert [line["amount"] for line in await engine.statement()] == [2_400_000, 300_000]
    accounts = [await balance(engine.world.pool, name) for name in (A.BENEFITS, A.PAYABLE, A.BANK)]
    assert accounts == [2_700_000, 0, -2_700_000]
