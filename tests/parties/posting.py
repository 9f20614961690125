"""Our side of the mail beside the mailbox, and what a claimant has there."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import httpx2
from support.store_world import StoreWorld
from temporalio.testing import ActivityEnvironment

from activities.contracts import NoticeInput
from activities.mail.notices import Notices
from claims.commands.command import ChangeEmail
from claims.commands.email_addresses import EmailAddress
from store.claims.kind import ClaimStepResult
from store.people import Person, put_email_in_force

BUDI = Person(
    "3171011203850001",
    "Budi Santoso",
    date(1985, 3, 12),
    "Jl. Mawar 1",
    EmailAddress.parse("budi@example.id"),
    "12345678901",
)


@dataclass
class Post:
    """Our side of the mail, and the mailbox."""

    world: StoreWorld
    notices: Notices
    http: httpx2.AsyncClient

    async def send(self, result: ClaimStepResult) -> int:
        given = NoticeInput(str(result.stream_id), [str(each) for each in result.unsent_notices])
        sent: int = await ActivityEnvironment().run(self.notices.send, given)
        return sent

    async def received(self, to: str = "budi@example.id") -> Any:
        return (await self.http.get("/messages.json", params={"to": to})).json()["messages"]

    async def move(self, email: str) -> None:
        """Another address of the claimant is in force."""
        async with self.world.pool.acquire() as connection, connection.transaction():
            participant_id = await connection.fetchval("select participant_id from participants")
            version = await self.world.people.propose_email(
                connection, participant_id, EmailAddress.parse(email)
            )
            await put_email_in_force(connection, participant_id, version)

    async def asks_to_move(self, claim_id: UUID, email: str) -> ClaimStepResult:
        """The claimant asks for another address."""
        async with self.world.pool.acquire() as connection, connection.transaction():
            participant_id = await connection.fetchval("select participant_id from participants")
            version = await self.world.people.propose_email(
                connection, participant_id, EmailAddress.parse(email)
            )
        return await self.world.say(claim_id, ChangeEmail(version=version))

    async def in_force(self) -> str:
        """The address that letters go to."""
        participant_id = await self.world.pool.fetchval("select participant_id from participants")
        person = await self.world.people.person(self.world.pool, participant_id)
        assert person.email is not None
        return person.email.text

    async def events(self, claim_id: UUID) -> list[str]:
        """The types of what was recorded, oldest first."""
        rows = await self.world.pool.fetch(
            "select type from events where stream_id = $1 order by version", claim_id
        )
        return [row["type"] for row in rows]

    async def reasons(self) -> list[str]:
        """Why letters were given up."""
        rows = await self.world.pool.fetch(
            "select given_up_reason from notices where given_up_at is not null"
        )
        return [row["given_up_reason"] for row in rows]

    async def states(self) -> tuple[int, int, int]:
        """How many letters are sent, given up and neither."""
        row = await self.world.pool.fetchrow(
            "select count(sent_at), count(given_up_at), count(*) - count(coalesce(sent_at, given_up_at)) "
            "from notices"
        )
        assert row is not None
        return tuple(row)
