"""`jkp claim resend`: letters that were given up are tried again, once what was wrong is mended."""

from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from claims.events.undelivered import Undelivered
from cli.arguments import ClaimId
from cli.output import conclude, notify_relay, open_steps
from cli.problems import DONE
from store.claims.kind import claim_workflow_id
from store.claims.notices import given_up, revive
from store.database import Pool
from store.scheduling.wakeups import want


def resend(
    claim_id: ClaimId | None = None,
    /,
    *,
    reason: Annotated[
        list[Undelivered] | None, Parameter(help="Only those given up for this reason; may be repeated.")
    ] = None,
) -> int:
    """Send the letters of a claim, or of all, that were given up; a new address needs no such word."""
    return conclude(send_again(claim_id, tuple(reason or ())))


async def send_again(claim_id: UUID | None, reasons: tuple[Undelivered, ...]) -> int:
    """Take them up again and wake their claims."""
    async with open_steps() as steps:
        claims = sorted({letter.stream_id for letter in await given_up(steps.pool, claim_id)})
        letters = sum([await _revive(steps.pool, each, reasons) for each in claims])
        await notify_relay(steps.pool)
    print(f"{letters} letter(s) will be sent again")
    return DONE


async def _revive(pool: Pool, stream_id: UUID, reasons: tuple[Undelivered, ...]) -> int:
    async with pool.acquire() as connection, connection.transaction():
        letters = await revive(connection, stream_id, [each.value for each in reasons])
        if letters:
            await want(connection, claim_workflow_id(stream_id))
    return letters
