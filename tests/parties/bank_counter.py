"""A counter at the simulated bank, as tests stand at it: our side of a transfer, and theirs."""

from dataclasses import dataclass
from typing import Any

import httpx2
from support.store_world import StoreWorld, paid_record
from temporalio.testing import ActivityEnvironment

from activities.bank.transfer import Bank
from activities.contracts import TransferInput, TransferSearch
from claims.commands.command import ChangeAccount, RecordContributions
from sandbox.parties.bank.ledger import Ledger
from store.claims.history import recorded_events
from store.claims.kind import ClaimStepResult


@dataclass
class Counter:
    """Our side and the bank's side of the counter."""

    world: StoreWorld
    bank: Bank
    http: httpx2.AsyncClient
    ledger: Ledger

    async def open_account(self, number: str, name: str = "BUDI SANTOSO", status: str = "active") -> None:
        answer = await self.http.put(f"/simulator/accounts/{number}", json={"name": name, "status": status})
        assert answer.status_code == 200

    async def mode(self, **mode: object) -> None:
        assert (await self.http.put("/simulator/mode", json=mode)).status_code == 200

    async def approved(self, number: str = "1234500200") -> ClaimStepResult:
        """A claim approved with an account, its first month ordered."""
        filed = await self.world.filed()
        assert filed.state.layoff is not None
        version = await self.world.account(filed.state.layoff.participant, number)
        await self.world.say(filed.stream_id, ChangeAccount(account_version=version))
        return await self.world.say(filed.stream_id, RecordContributions(record=paid_record()))

    async def transfer(self, result: ClaimStepResult) -> str:
        given = TransferInput(str(result.stream_id), str(result.next_step.order_ids[0]))
        word: str = await ActivityEnvironment().run(self.bank.transfer, given)
        return word

    async def ask(self, result: ClaimStepResult) -> str:
        search = TransferSearch(str(result.next_step.order_ids[0]))
        word: str = await ActivityEnvironment().run(self.bank.ask, search)
        return word

    async def statement(self) -> list[tuple[str, int]]:
        lines = (await self.http.get("/simulator/statement.json")).json()["lines"]
        return [(line["type"], line["amount"]) for line in lines]

    async def sends(self) -> list[int]:
        """How often each transfer arrived at the bank."""
        sent = (await self.http.get("/simulator/transfers.json")).json()["transfers"]
        return [each["sends"] for each in sent]

    async def order(self) -> dict[str, Any]:
        """The newest order."""
        row = await self.world.pool.fetchrow("select * from payment_orders order by attempt desc limit 1")
        assert row is not None
        return dict(row)

    async def states(self) -> list[str]:
        rows = await self.world.pool.fetch("select state from payment_orders order by attempt")
        return [row["state"] for row in rows]

    async def told(self, result: ClaimStepResult) -> list[str]:
        """What the claim was told after its approval."""
        return [
            r.event.type for r in (await recorded_events(self.world.pool, result.stream_id))[result.version :]
        ]

    async def lease_is_over(self) -> None:
        """The real time in which a send may still run has passed."""
        await self.world.pool.execute("update payment_orders set send_until = send_until - interval '1 hour'")
