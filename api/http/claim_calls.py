"""One call that says something to a claim: recorded with who said it, and answered with its verdict."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel

from api.http.receiving import Backend, Sender, TheBackend, TheSender, claimant_of
from api.http.responses import Reply, TheReply, answered
from api.http.shapes import MessageResponse
from claims.commands.command import Command
from store.claims.kind import ClaimStepResult
from store.database import Connection
from store.engine.messages import UnknownStream, stream_of


@dataclass(frozen=True)
class ClaimCall:
    """The claim that is spoken to, who speaks, and the response that is being written."""

    claim_id: UUID
    backend: Backend
    sender: Sender
    reply: Reply

    async def records(self, message: Command) -> MessageResponse:
        """Record a message that is the body itself, without personal data."""
        return await self._record(message)

    async def records_of(
        self, kind: str, body: BaseModel, message: Command, actor: str = ""
    ) -> MessageResponse:
        """Record a message made of a body of some kind, whose keyed hash tells it from another one.

        `actor` is who said it in an office: the name stands beside the message for ever.
        """
        return await self._record(message, self._fingerprint(kind, body), actor)

    async def records_once_written(
        self,
        kind: str,
        body: BaseModel,
        unwritten: Command,
        write: Callable[[Connection, UUID], Awaitable[Command]],
        *,
        nik: str = "",
    ) -> MessageResponse:
        """Record a message that refers to personal data, which `write` keeps in the same transaction.

        `write` is given the claimant and makes the message; `unwritten` stands for it where it is known
        already. A `nik` must be the claimant's.
        """
        digest = self._fingerprint(kind, body)
        incoming = self.sender.incoming(unwritten, await self.backend.received_now(), digest)

        async def step(connection: Connection) -> ClaimStepResult:
            claimant = await claimant_of(connection, self.claim_id)
            if nik and await self.backend.people.participant_of(connection, nik) != claimant:
                raise UnknownStream("the claim is not this person's")
            known = await stream_of(connection, incoming) is not None
            written = incoming if known else replace(incoming, message=await write(connection, claimant))
            return await self.backend.record_once(connection, self.claim_id, written, known=known)

        return answered(self.reply, await self.backend.take(self.claim_id, step))

    async def _record(self, message: Command, digest: bytes = b"", actor: str = "") -> MessageResponse:
        incoming = self.sender.incoming(message, await self.backend.received_now(), digest, actor)
        return answered(self.reply, await self.backend.record(self.claim_id, incoming))

    def _fingerprint(self, kind: str, body: BaseModel) -> bytes:
        return self.backend.fingerprint(kind, body.model_dump(mode="json"))


async def _call(claim_id: UUID, backend: TheBackend, sender: TheSender, reply: TheReply) -> ClaimCall:
    return ClaimCall(claim_id, backend, sender, reply)


TheCall = Annotated[ClaimCall, Depends(_call)]
