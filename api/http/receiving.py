"""One message through the HTTP API: who says it, under which id, and its step in one transaction."""

import hmac
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

import asyncpg
from fastapi import Depends, Header, Request

from api.http.access import CLIENT_PATTERN
from api.http.problems import FieldError, ProblemFound
from api.http.turns import Turns
from claims.commands.command import Command, canonical, content_hash, received_from
from claims.commands.names import numbers_in_names
from law.names import COMPLAINT
from store.claims.history import participant_of_claim
from store.claims.kind import ClaimStepResult, ClaimStepRunner, IncomingMessage
from store.database import Connection, Pool
from store.engine.messages import UnknownStream
from store.engine.step import Caller
from store.people import People
from store.process.standing import Standing
from store.scheduling.clock import read_clock
from store.scheduling.notify import Notifier

ATTEMPTS = 3
# A comma is left out: two keys in two headers come joined by one.
KEY_PATTERN = r"^[\x21-\x2b\x2d-\x7e]{1,200}$"


class Raced(Exception):
    """Another call recorded the same message between the look and the lock; everything is undone."""


@dataclass(frozen=True)
class Backend:
    """What every route needs; one per process. `watch` is a connection that no caller can hold up."""

    pool: Pool
    watch: Pool
    steps: ClaimStepRunner
    people: People
    notifier: Notifier
    turns: Turns

    async def renew_sessions(self) -> None:
        """Use no session again that was opened before now."""
        await self.pool.expire_connections()
        await self.watch.expire_connections()

    def fingerprint(self, kind: str, body: dict[str, Any]) -> bytes:
        """Keyed hash of a body that holds personal data: a plain one could be tried out."""
        spelled = canonical({"kind": kind, "body": body})
        return hmac.new(self.people.lookup_key, spelled, sha256).digest()

    async def received_now(self) -> datetime:
        """Programme time of receipt, read before any lock."""
        return (await read_clock(self.pool)).at

    async def take(
        self, what: Hashable, action: Callable[[Connection], Awaitable[ClaimStepResult]]
    ) -> ClaimStepResult:
        """Run a step with what is written beside it in one transaction; a lost race begins again.

        `what` is the claim, or the person, that the step changes: one call changes it at a time.
        """
        return await self._in_turn(what, lambda: self._until_not_raced(action))

    async def _in_turn(
        self, what: Hashable, step: Callable[[], Awaitable[ClaimStepResult]]
    ) -> ClaimStepResult:
        async with self.turns.of(what):
            result = await step()
        if result.woke:
            self.notifier.give()
        return result

    async def _until_not_raced(
        self, action: Callable[[Connection], Awaitable[ClaimStepResult]]
    ) -> ClaimStepResult:
        for _ in range(ATTEMPTS - 1):
            with suppress(asyncpg.UniqueViolationError, asyncpg.SerializationError, Raced):
                return await self._take_once(action)
        return await self._take_once(action)

    async def _take_once(self, action: Callable[[Connection], Awaitable[ClaimStepResult]]) -> ClaimStepResult:
        async with self.pool.acquire() as connection, connection.transaction():
            return await action(connection)

    async def record(self, claim_id: UUID, incoming: IncomingMessage) -> ClaimStepResult:
        """A message without personal data."""
        return await self._in_turn(claim_id, lambda: self.steps.run_step(claim_id, (incoming,)))

    async def record_once(
        self, connection: Connection, claim_id: UUID, incoming: IncomingMessage, *, known: bool
    ) -> ClaimStepResult:
        """A step after people or accounts were written, unless the message was `known`."""
        result = await self.steps.run_step_in(connection, claim_id, (incoming,), Caller.OTHER)
        if result.replayed and not known:
            raise Raced
        return result


@dataclass(frozen=True)
class Sender:
    """Who calls, and under which id: together the identity of the message."""

    client: str
    key: str

    def incoming(
        self, message: Command, received_at: datetime, hash: bytes = b"", actor: str = ""
    ) -> IncomingMessage:
        """The message as received; a name that may hold a NIK is a problem of the body."""
        if found := numbers_in_names(message):
            wrong = [FieldError(pointer=f"#{at}", code="value_error", message=COMPLAINT) for at in found]
            raise ProblemFound("invalid_body", errors=wrong)
        digest, message = hash or content_hash(message), received_from(message, self.client)
        return IncomingMessage(
            message, self.client, self.key, actor or f"portal:{self.client}", received_at, digest
        )


async def _backend(request: Request) -> Backend:
    backend: Backend | None = request.app.state.backend
    if backend is None:
        standing: Standing = request.app.state.standing
        raise ProblemFound("unavailable", standing.reason or "")
    return backend


async def _sender(
    x_client_id: Annotated[
        str,
        Header(
            pattern=CLIENT_PATTERN, description="who calls; the source of the message", examples=["siapkerja"]
        ),
    ],
    idempotency_key: Annotated[
        str,
        Header(
            pattern=KEY_PATTERN,
            description="the id of this message; the same call sent again carries the same key",
            examples=["6b0e7f0a-6a3f-4b43-9a9f-0d8a4b1f2c11"],
        ),
    ],
) -> Sender:
    return Sender(x_client_id, idempotency_key)


TheBackend = Annotated[Backend, Depends(_backend)]
TheSender = Annotated[Sender, Depends(_sender)]


async def claimant_of(connection: Connection, claim_id: UUID) -> UUID:
    """The participant of a claim, who never changes; raises UnknownStream."""
    participant_id = await participant_of_claim(connection, claim_id)
    if participant_id is None:
        raise UnknownStream("no such claim")
    return participant_id
