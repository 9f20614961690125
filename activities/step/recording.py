"""The inbox of a run is recorded; an entry whose recording fails twice is set apart, and the run goes on."""

import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import structlog

from law.grounds import Ground
from store.claims.kind import ClaimStepResult, ClaimStepRunner, IncomingMessage, refusal
from store.database import Connection, Pool
from store.engine.messages import UnknownStream, refused
from store.engine.set_apart import ApartKind, SetApart, end, messages_apart, note
from store.engine.step import Caller
from store.outages import is_collision, is_outage

log = structlog.get_logger("step")


def may_lie_in_the_content(failure: Exception) -> bool:
    """Whether what was to be recorded may be at fault: not the database, another caller, a statement."""
    elsewhere = isinstance(failure, (UnknownStream, asyncpg.SyntaxOrAccessError))
    return not elsewhere and not is_outage(failure) and not is_collision(failure)


async def record_inbox(
    steps: ClaimStepRunner, stream_id: UUID, incoming: Sequence[IncomingMessage]
) -> ClaimStepResult:
    """The workflow's own step with what came in.

    Where it fails with entries in hand, each is tried alone, once more; what then fails is set apart. A step
    that fails without entries is a bug, and keeps failing where operators see it.
    """
    incoming = await _without_known(steps, stream_id, incoming)
    try:
        return await steps.run_step(stream_id, incoming, Caller.WORKFLOW)
    except Exception as failure:
        if not incoming or not may_lie_in_the_content(failure):
            raise
        _log("the inbox cannot be recorded at once", stream_id, failure)
    await steps.run_step(stream_id, (), Caller.WORKFLOW)
    for entry in incoming:
        await _record_alone(steps, stream_id, entry)
    return await steps.run_step(stream_id, (), Caller.WORKFLOW)


async def _without_known(
    steps: ClaimStepRunner, stream_id: UUID, incoming: Sequence[IncomingMessage]
) -> Sequence[IncomingMessage]:
    """What is not set apart already: an outage in the middle must not try an entry a third time."""
    if not incoming:
        return incoming
    hashes = [entry.content_hash.hex() for entry in incoming]
    known = await messages_apart(steps.pool, stream_id, hashes)
    return [entry for entry in incoming if entry.content_hash.hex() not in known]


async def _record_alone(steps: ClaimStepRunner, stream_id: UUID, entry: IncomingMessage) -> None:
    failure = await _failure_of(steps, stream_id, entry)
    if failure is None:
        return
    digest = entry.content_hash.hex()
    _log("entry set apart", stream_id, failure, content_sha256=digest)
    apart = SetApart(stream_id, ApartKind.MESSAGE, digest, digest, entry.message.kind)
    refusing = refused(entry, Ground.CANNOT_BE_RECORDED, stream_id, refusal)
    also = await _failure_of(steps, stream_id, refusing, lambda connection: note(connection, apart, failure))
    if also is not None:
        _log("the refusal of an entry cannot be recorded", stream_id, also)
        await note(steps.pool, apart, failure)


@asynccontextmanager
async def noted_where_it_fails(pool: Pool, apart: SetApart) -> AsyncIterator[None]:
    """Records an answer of an outside party: one that cannot be recorded is noted, and asked for again.

    Whoever asked fails as before, so Temporal asks again, and the claim hears everything else meanwhile.
    """
    try:
        yield
    except Exception as failure:
        if may_lie_in_the_content(failure):
            await note(pool, apart, failure)
        raise
    await end(pool, apart.stream_id, by=apart.name, only=(apart.kind, apart.subject))


async def _nothing_beside(connection: Connection) -> None:
    """An entry that is recorded alone has nothing beside it."""


async def _failure_of(
    steps: ClaimStepRunner,
    stream_id: UUID,
    entry: IncomingMessage,
    beside: Callable[[Connection], Awaitable[None]] = _nothing_beside,
) -> Exception | None:
    """What keeps an entry from being recorded alone, with what is written beside it in one transaction."""
    try:
        async with steps.pool.acquire() as connection, connection.transaction():
            await steps.run_step_in(connection, stream_id, (entry,), Caller.WORKFLOW)
            await beside(connection)
    except Exception as failure:
        if not may_lie_in_the_content(failure):
            raise
        return failure
    return None


def _log(event: str, stream_id: UUID, failure: Exception, **more: str) -> None:
    """Type and places of a failure; its text may quote what was sent."""
    frames = traceback.extract_tb(failure.__traceback__)[-8:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    log.error(event, claim_id=str(stream_id), error=type(failure).__name__, frames=places, **more)
