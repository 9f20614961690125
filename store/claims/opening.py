"""A claim is opened by the first report of a layoff; another report of the same layoff joins it."""

import hashlib
from datetime import timedelta
from uuid import UUID

from claims.commands.command import ReportLayoff
from claims.events.facts import Layoff
from law.duty_terms import REPORTS
from store.claims.kind import CLAIM, ClaimStepResult, ClaimStepRunner, IncomingMessage
from store.database import Connection
from store.engine.messages import stream_of
from store.engine.step import Caller
from store.engine.streams import open_stream
from store.ids import new_id
from store.scheduling.clock import hold_clock


async def report_layoff(
    steps: ClaimStepRunner, connection: Connection, incoming: IncomingMessage
) -> ClaimStepResult:
    """Open a claim with a layoff report, or join the claim that knows the layoff already."""
    assert isinstance(incoming.message, ReportLayoff), "only a report opens a stream"
    await hold_clock(connection)
    layoff = incoming.message.layoff
    await connection.execute("select pg_advisory_xact_lock($1)", _opening_lock(layoff))
    stream_id = await stream_of(connection, incoming) or await joinable(connection, layoff)
    opened = stream_id is None
    if stream_id is None:
        stream_id = await _open_claim(connection, layoff)
    return await steps.run_step_in(connection, stream_id, (incoming,), Caller.OTHER, opened=opened)


async def joinable(connection: Connection, layoff: Layoff) -> UUID | None:
    """The claim that a report of this layoff joins: of the same pair, within `same_layoff_days`."""
    apart = timedelta(days=REPORTS.same_layoff_days.value)
    found: UUID | None = await connection.fetchval(
        "select stream_id from layoffs where participant_id = $1 "
        "and employer_registration = $2 and laid_off_on between $3 and $4 "
        "order by laid_off_on desc limit 1",
        layoff.participant.participant_id,
        layoff.employer_registration,
        layoff.laid_off_on - apart,
        layoff.laid_off_on + apart,
    )
    return found


def _opening_lock(layoff: Layoff) -> int:
    """Advisory lock key of (participant, employer registration)."""
    key = f"{layoff.participant.participant_id}/{layoff.employer_registration}".encode()
    return int.from_bytes(hashlib.sha256(key).digest()[:8], "big", signed=True)


async def _open_claim(connection: Connection, layoff: Layoff) -> UUID:
    stream_id = new_id()
    await open_stream(connection, CLAIM.name, stream_id)
    await connection.execute(
        "insert into layoffs (stream_id, participant_id, employer_registration, laid_off_on)"
        " values ($1, $2, $3, $4)",
        stream_id,
        layoff.participant.participant_id,
        layoff.employer_registration,
        layoff.laid_off_on,
    )
    return stream_id
