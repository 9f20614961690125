"""The vocabulary of tests that go through the step: people, layoffs, messages, and the clock."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from uuid import UUID, uuid4

from claims.agenda.notices import Notice
from claims.commands.command import (
    CertifyMonth,
    Command,
    FileClaim,
    RecordContributions,
    RecordJobSearch,
    ReportLayoff,
)
from claims.commands.email_addresses import EmailAddress
from claims.events.facts import (
    ContributionMonth,
    ContributionRecord,
    JobSearchEffort,
    Layoff,
    LayoffProof,
    Participant,
    PermanentContract,
)
from law.nik import Nik
from law.periods import months_after
from law.rules import Office, ProofKind, SeparationReason
from store.claims.kind import ClaimStepResult, ClaimStepRunner, IncomingMessage
from store.claims.opening import report_layoff
from store.database import Pool
from store.engine.step import Caller
from store.people import Account, People, Person
from store.scheduling.clock import advance_by, advance_to_next

EMPLOYER = "EMP-1"
EMPLOYER_OF_REPORTS = "NPP-32-000117"


def paid_record(months: int = 24, wage_idr: int = 6_000_000, employer: str = EMPLOYER) -> ContributionRecord:
    """A contribution record with its last months before January 2025 paid by one employer."""
    first = date(2025, 1, 1)
    return ContributionRecord.model_validate(
        {
            "source": "smile",
            "record_id": f"r-{months}",
            "as_of": "2025-02-10T00:00:00+07:00",
            "age_at_registration": 36,
            "citizenship": "WNI",
            "jkn_segment": "PPU_BU",
            "company_scale": "large",
            "programmes": ("JKK", "JKM", "JHT", "JP"),
            "employer_standing": "operating",
            "reported_wage_idr": wage_idr,
            "months": tuple(
                ContributionMonth(
                    month=months_after(first, -back).isoformat()[:7],
                    employer_registration=employer,
                    wage_idr=wage_idr,
                    paid_on=months_after(first, 1 - back),
                )
                for back in range(1, months + 1)
            ),
            "reemployed_on": None,
            "earlier_benefits_first_paid_on": (),
            "age_band": "35_44",
        }
    )


@dataclass
class StoreWorld:
    """A database with its step, people and a stepped clock."""

    pool: Pool
    steps: ClaimStepRunner
    people: People
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def layoff(
        self,
        *,
        nik: str = "3171011203850001",
        laid_off_on: date = date(2025, 1, 31),
        office: Office = Office.REGENCY,
    ) -> Layoff:
        """A layoff of a person who is remembered."""
        person = Person(
            nik,
            "Budi Santoso",
            date(1985, 3, 12),
            "Jl. Mawar 1",
            EmailAddress.parse("budi@example.id"),
            "12345678901",
        )
        async with self.pool.acquire() as connection, connection.transaction():
            participant = (await self.people.remember(connection, person)).participant
        return Layoff(
            participant=participant,
            employer_registration=EMPLOYER,
            employer_name="PT Maju Bersama",
            laid_off_on=laid_off_on,
            reason=SeparationReason.EFFICIENCY,
            contract=PermanentContract(started_on=date(2021, 3, 1)),
            proof=LayoffProof(
                kind=ProofKind.ACCEPTANCE_AND_RECEIPT,
                number="560/12/2025",
                issued_on=date(2025, 2, 3),
                office=office,
            ),
            province="31",
            regency="3171",
            sex=Nik(nik).sex,
        )

    async def report(self, layoff: Layoff, *, by: str = "employer", message_id: str = "") -> ClaimStepResult:
        """Report a layoff."""
        incoming = self.incoming(
            ReportLayoff(layoff=layoff, reported_by="employer" if by == "employer" else "participant"),
            message_id=message_id,
        )
        async with self.pool.acquire() as connection, connection.transaction():
            return await report_layoff(self.steps, connection, incoming)

    async def account(self, participant: Participant, number: str = "1234567890") -> int:
        """Remember an account; returns its version."""
        async with self.pool.acquire() as connection, connection.transaction():
            return await self.people.remember_account(
                connection, participant.participant_id, Account("CENAIDJA", number, "Budi Santoso")
            )

    def incoming(self, message: Command, *, message_id: str = "", source: str = "portal") -> IncomingMessage:
        """A message with an identity of its own."""
        return IncomingMessage(message, source, message_id or f"m{next(self.numbers)}", source)

    async def say(
        self, stream_id: UUID, *messages: Command, caller: Caller = Caller.OTHER, message_id: str = ""
    ) -> ClaimStepResult:
        """Say something to a claim."""
        incoming = [self.incoming(message, message_id=message_id) for message in messages]
        return await self.steps.run_step(stream_id, incoming, caller)

    async def filed(self, **layoff: object) -> ClaimStepResult:
        """A claim that is reported and filed."""
        facts = await self.layoff(**layoff)  # type: ignore[arg-type]
        reported = await self.report(facts)
        version = await self.account(facts.participant)
        filing = FileClaim(
            participant=facts.participant,
            account_version=version,
            commitment_version="kapk-1",
            commitment_sha256="0" * 64,
        )
        return await self.say(reported.stream_id, filing)

    async def approved(self, **layoff: object) -> ClaimStepResult:
        """A claim that is approved, its first month ordered."""
        filed = await self.filed(**layoff)
        return await self.say(filed.stream_id, RecordContributions(record=paid_record()))

    async def referred(self, *, wage_idr: int = 6_000_000) -> ClaimStepResult:
        """A claim whose proof no office has received: an officer looks at it."""
        filed = await self.filed(office=Office.NONE)
        return await self.say(filed.stream_id, RecordContributions(record=paid_record(wage_idr=wage_idr)))

    def five_applications(self, done_on: date) -> RecordJobSearch:
        """Five applications to five companies on a day."""
        return RecordJobSearch(
            efforts=tuple(
                JobSearchEffort(
                    reference=f"L-{done_on}-{n}", company=f"PT Tujuan {n}", position="Staf", done_on=done_on
                )
                for n in range(5)
            )
        )

    def certification(self, month: int) -> CertifyMonth:
        """The application for a benefit month."""
        return CertifyMonth(month=month, without_work=True)

    async def queue(self, result: ClaimStepResult, notice: Notice) -> None:
        """A letter that no step asks for, about a claim as a step left it."""
        await self.pool.execute(
            "insert into notices (notice_id, stream_id, stream_version, kind, month, due_at, about,"
            " template_version) values ($1, $2, $3, $4, $5, $6, $7, '1')",
            *(uuid4(), result.stream_id, result.version),
            *(notice.kind.value, notice.month, notice.due_at, notice.about),
        )

    async def pass_days(self, days: float) -> None:
        """Move the clock."""
        async with self.pool.acquire() as connection:
            await advance_by(connection, timedelta(days=days))

    async def pass_to_next(self) -> None:
        """Move the clock to the next due instant."""
        async with self.pool.acquire() as connection:
            await advance_to_next(connection)
