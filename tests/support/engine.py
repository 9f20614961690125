"""The engine in one process on real servers: workers, relay, and the simulated parties over loopback."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import SecretBytes, SecretStr
from support.store_world import EMPLOYER, StoreWorld
from temporalio.client import Client, WorkflowHandle

from law.periods import JAKARTA, month_of, months_before
from sandbox.parties.bank.app import Bank, Customer
from sandbox.parties.bank.app import Pace as BankPace
from sandbox.parties.bank.app import application as bank_application
from sandbox.parties.bank.ledger import Ledger
from sandbox.parties.bank.serving import running
from sandbox.parties.bpjs.app import Bpjs
from sandbox.parties.bpjs.app import application as bpjs_application
from sandbox.parties.bpjs.shelf import Shelf
from sandbox.parties.mailbox.app import Mailbox
from sandbox.parties.mailbox.app import application as mailbox_application
from sandbox.parties.mailbox.letters import Letters
from sandbox.parties.programme_time import ClockRow
from sandbox.servers.temporal_server import TemporalServer
from settings.pace import SANDBOX_PACE, Pace
from settings.processes import WorkerSettings
from store.claims.kind import ClaimStepResult, claim_workflow_id
from store.engine.step import StepResult
from store.ids import new_id
from store.people import People
from store.scheduling.clock import advance_by, advance_to_next, is_ready
from worker.plugin import claims_plugin
from worker.relay import Relay
from worker.wiring import Parts, parts, workers

NIK = "3171011203850001"
TOKEN = "bpjs-token"


@cache
def _bank_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def bpjs_record(months: Sequence[str], wage_idr: int) -> dict[str, Any]:
    """A contribution record as the register of BPJS takes it, every month paid."""
    return {
        "membership_number": "12345678901",
        "registered_on": "2021-03-01",
        "citizenship": "WNI",
        "jkn_segment": "PPU_BU",
        "company_scale": "large",
        "programmes": ["JKK", "JKM", "JHT", "JP"],
        "employer_standing": "operating",
        "reported_wage_idr": wage_idr,
        "months": [
            {
                "month": month,
                "employer_registration": EMPLOYER,
                "wage_idr": wage_idr,
                "paid_on": f"{month}-28",
            }
            for month in months
        ],
        "employment_active": False,
        "reemployed_on": None,
        "earlier_benefits": [],
    }


@dataclass
class Engine:
    """What a test of the whole holds in its hands."""

    world: StoreWorld
    client: Client
    settings: WorkerSettings
    made: Parts
    relay: Relay
    bank_url: str
    bpjs_url: str
    mailbox_url: str
    http: httpx2.AsyncClient

    async def settled(self, within: float = 120) -> None:
        """Wait until nothing is left to be done until the clock moves."""
        async with asyncio.timeout(within):
            while not await is_ready(self.world.pool):
                self.relay.wanted.set()
                await asyncio.sleep(0.02)

    async def pass_to_next(self) -> None:
        """Move the clock to the next due instant and let everything happen."""
        async with self.world.pool.acquire() as connection:
            await advance_to_next(connection)
        await self.settled()

    async def pass_days(self, days: float) -> None:
        """Move the clock and let everything happen."""
        async with self.world.pool.acquire() as connection:
            await advance_by(connection, timedelta(days=days))
        await self.settled()

    async def today(self) -> date:
        """The programme's Jakarta day."""
        at = await self.world.pool.fetchval("select programme_at from clock")
        day: date = at.astimezone(JAKARTA).date()
        return day

    def run_of(self, claim: ClaimStepResult | UUID) -> WorkflowHandle[Any, Any]:
        """The claim's workflow."""
        stream_id = claim.stream_id if isinstance(claim, StepResult) else claim
        return self.client.get_workflow_handle(claim_workflow_id(stream_id))

    async def insured(self, *, wage_idr: int = 6_000_000, paid_months: int = 24) -> None:
        """Put the usual participant into the register of BPJS, and the usual account into the bank."""
        body = bpjs_record(months_before(month_of(date(2025, 1, 31)), paid_months), wage_idr)
        (await self.http.put(f"{self.bpjs_url}/simulator/participants/{NIK}", json=body)).raise_for_status()
        await self.account_at_bank("1234567890")

    async def account_at_bank(self, number: str, name: str = "BUDI SANTOSO") -> None:
        """Open an account at the bank."""
        seed = {"name": name, "status": "active"}
        reply = await self.http.put(f"{self.bank_url}/simulator/accounts/{number}", json=seed)
        reply.raise_for_status()

    async def statement(self) -> list[dict[str, Any]]:
        """The lines of the bank's statement."""
        reply = await self.http.get(f"{self.bank_url}/simulator/statement.json")
        lines: list[dict[str, Any]] = reply.json()["lines"]
        return lines

    async def letters(self) -> list[str]:
        """Subjects of the letters received, oldest first."""
        reply = await self.http.get(f"{self.mailbox_url}/messages.json")
        return [message["subject"] for message in reversed(reply.json()["messages"])]

    async def certified(self, claim: ClaimStepResult, month: int, searched_on: date) -> ClaimStepResult:
        """Five applications and the application for a month, inside its window."""
        await self.world.say(claim.stream_id, self.world.five_applications(searched_on))
        result = await self.world.say(claim.stream_id, self.world.certification(month))
        await self.settled()
        return result


@asynccontextmanager
async def running_engine(
    world: StoreWorld,
    temporal: TemporalServer,
    folder: Path,
    *,
    cached: int = 100,
    pace: Pace = SANDBOX_PACE,
) -> AsyncIterator[Engine]:
    """An engine of its own: database, task queues and parties; only the servers are shared."""
    async with AsyncExitStack() as stack:
        key_file = folder / "bank.pem"
        key_file.write_bytes(
            _bank_key().private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        clock = ClockRow()
        stack.push_async_callback(clock.close)
        ledger = Ledger(folder / "bank.sqlite", "0987654321", 1_000_000_000_000)
        customer = Customer("jkp", "secret", _bank_key().public_key())
        bank = await stack.enter_async_context(
            running(bank_application(Bank(ledger, customer, clock, BankPace(6, 1))))
        )
        bpjs = await stack.enter_async_context(
            running(bpjs_application(Bpjs(Shelf(folder / "bpjs.sqlite"), TOKEN)))
        )
        mailbox = Mailbox(Letters(folder / "mailbox.sqlite"), 0)
        mail = await stack.enter_async_context(running(mailbox_application(mailbox)))
        settings = WorkerSettings(
            bank_url=bank,
            bank_client_id="jkp",
            bank_client_secret=SecretStr("secret"),
            bank_private_key=SecretBytes(key_file.read_bytes()),
            bpjs_url=bpjs,
            bpjs_token=SecretStr(TOKEN),
            smtp_host="127.0.0.1",
            smtp_port=mailbox.smtp_port,
            mail_from="jkp@jkp.invalid",
            lookup_key=SecretBytes(bytes(32)),
            temporal_address=temporal.address,
            other_pace=replace(pace, http_total=timedelta(seconds=2)),
            task_queue=f"{new_id().hex}-claims",
        )
        client = await Client.connect(
            temporal.address, namespace=temporal.namespace, plugins=[claims_plugin()]
        )
        made = await stack.enter_async_context(parts(settings))
        for worker in workers(client, made, settings, cached=cached):
            await stack.enter_async_context(worker)
        relay = Relay(made.pool, client, settings.task_queue, settings.pace)
        task = asyncio.create_task(relay.run())
        stack.push_async_callback(_ended, task)
        http = await stack.enter_async_context(httpx2.AsyncClient(trust_env=False, verify=False))
        world = StoreWorld(world.pool, world.steps, People(bytes(32)))
        yield Engine(world, client, settings, made, relay, bank, bpjs, mail, http)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
