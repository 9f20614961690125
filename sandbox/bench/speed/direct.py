"""Claims made and moved by the step itself, without door, bank or mail."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from itertools import count, islice
from uuid import UUID

from claims.commands.command import Command, FileClaim, RecordContributions, RecordJobSearch, ReportLayoff
from claims.commands.email_addresses import EmailAddress
from claims.events.facts import (
    ContributionMonth,
    ContributionRecord,
    JobSearchEffort,
    Layoff,
    LayoffProof,
    PermanentContract,
)
from law.nik import Nik
from law.periods import start_of
from law.regimes import LAW
from law.rules import Office, ProofKind, SeparationReason
from sandbox.bench.speed.population import EMPLOYER, contribution_record
from sandbox.world import Person as Claimant
from store.calendar import read_calendar
from store.claims.kind import ClaimStepResult, ClaimStepRunner, IncomingMessage, claim_step_runner
from store.claims.opening import report_layoff
from store.database import Connection, Pool, open_pool
from store.engine.step import Caller
from store.people import Account, People, Person


class Claims:
    """The store of one database, and people who say things to it."""

    def __init__(self, database: str, pool: Pool, steps: ClaimStepRunner, people: People) -> None:
        self.database, self.pool, self.steps, self.people = database, pool, steps, people
        self._ids = count()

    async def report(self, claimant: Claimant) -> UUID:
        """A layoff reported, its letter taken to be sent; the claim it opened."""
        async with self.pool.acquire() as connection, connection.transaction():
            layoff = await self._layoff(connection, claimant)
            incoming = self._incoming(ReportLayoff(layoff=layoff, reported_by="employer"))
            result = await report_layoff(self.steps, connection, incoming)
            await connection.execute(
                "update notices set sent_at = clock_timestamp() where stream_id = $1", result.stream_id
            )
        return result.stream_id

    async def file(self, claim_id: UUID, claimant: Claimant) -> None:
        """File a reported claim."""
        async with self.pool.acquire() as connection, connection.transaction():
            participant_id = await self.people.participant_of(connection, claimant.nik)
            known = None if participant_id is None else await self.people.latest(connection, participant_id)
            assert participant_id is not None, "the report described the participant"
            assert known is not None, "the report described the participant"
            account = claimant.account
            version = await self.people.remember_account(
                connection, participant_id, Account(account.bank_code, account.number, account.holder)
            )
            message = FileClaim.model_validate(
                {
                    "participant": {"participant_id": participant_id, "version": known[0]},
                    "account_version": version,
                    "commitment_version": "kapk-1",
                    "commitment_sha256": "0" * 64,
                }
            )
            await self.steps.run_step_in(connection, claim_id, [self._incoming(message)], Caller.OTHER)

    async def approve(self, claim_id: UUID, laid_off_on: date) -> ClaimStepResult:
        """Validate a filed claim with a full contribution record; its first month is ordered."""
        return await self.say(claim_id, RecordContributions(record=full_record(laid_off_on)))

    async def say(self, claim_id: UUID, *messages: Command, caller: Caller = Caller.OTHER) -> ClaimStepResult:
        """Messages of their own identity in one step."""
        return await self.steps.run_step(claim_id, [self._incoming(message) for message in messages], caller)

    def applications(self, done_on: date, pieces: int = 1) -> RecordJobSearch:
        """Applications for jobs, each at a company never named before."""
        return RecordJobSearch(
            efforts=tuple(
                JobSearchEffort(
                    reference=f"LMR-{number}", company=f"PT Tujuan {number}", position="Staf", done_on=done_on
                )
                for number in islice(self._ids, pieces)
            )
        )

    def _incoming(self, message: Command) -> IncomingMessage:
        return IncomingMessage(message, "bench", f"m{next(self._ids)}", "bench")

    async def _layoff(self, connection: Connection, claimant: Claimant) -> Layoff:
        worker = claimant.reports[0]["data"]["worker"]
        person = Person(
            claimant.nik,
            worker["name"],
            date.fromisoformat(worker["born_on"]),
            worker["address"],
            EmailAddress.parse(claimant.email),
            worker["membership_number"],
        )
        return Layoff(
            participant=(await self.people.remember(connection, person)).participant,
            employer_registration=EMPLOYER,
            employer_name="PT Nusantara Tekstil Sejahtera",
            laid_off_on=claimant.laid_off_on,
            reason=SeparationReason.EFFICIENCY,
            contract=PermanentContract(started_on=date(2022, 7, 1)),
            proof=LayoffProof(
                kind=ProofKind.ACCEPTANCE_AND_RECEIPT,
                number="415/HI/3171/2025",
                issued_on=claimant.laid_off_on,
                office=Office.REGENCY,
            ),
            province="31",
            regency="3171",
            sex=Nik(claimant.nik).sex,
        )


def full_record(laid_off_on: date) -> ContributionRecord:
    """A contribution record that meets every condition."""
    known = contribution_record("20000000000", laid_off_on)
    months = known["months"]
    assert isinstance(months, list), "the record lists its months"
    return ContributionRecord.model_validate(
        {
            "source": "smile",
            "record_id": "r-full",
            "as_of": start_of(laid_off_on),
            "age_at_registration": 36,
            "citizenship": "WNI",
            "jkn_segment": "PPU_BU",
            "company_scale": "large",
            "programmes": ("JKK", "JKM", "JHT", "JP"),
            "employer_standing": "operating",
            "reported_wage_idr": 5_000_000,
            "months": tuple(ContributionMonth.model_validate(month) for month in months),
            "reemployed_on": None,
            "earlier_benefits_first_paid_on": (),
            "age_band": "35_44",
        }
    )


@asynccontextmanager
async def claims_in(database: str, lookup_key: bytes, *, most: int = 10) -> AsyncIterator[Claims]:
    """The claims of a database."""
    pool = await open_pool(database=database, most=most)
    try:
        yield Claims(
            database, pool, claim_step_runner(pool, LAW, await read_calendar(pool)), People(lookup_key)
        )
    finally:
        await pool.close()
