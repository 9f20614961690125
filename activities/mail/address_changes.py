"""A new e-mail address takes effect once both were told; what the old one did not get is sent again."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from claims.agenda.notices import NoticeKind
from claims.commands.command import EndEmailChange
from claims.state.claim import Claim
from store.claims.kind import ClaimStepRunner, IncomingMessage, claim_workflow_id
from store.claims.notices import of_email_change, send_again_to_new_address, unreached_claims
from store.engine.step import Caller
from store.people import put_email_in_force
from store.scheduling.clock import read_clock
from store.scheduling.wakeups import want

SENT_AGAIN = timedelta(days=30)
SOURCE = "letters"


async def conclude_email_change(steps: ClaimStepRunner, claim_id: UUID, claim: Claim) -> None:
    """End the change of address that is under way, once its letters are out; nothing where they are not.

    The claim whose change it is comes last: whatever interrupts this, its next send begins again.
    """
    asked = claim.contact.email_change
    if asked is None:
        return
    reached = _reached(await of_email_change(steps.pool, claim_id, asked.version))
    if reached is None:
        return
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    participant_id = claim.layoff.participant.participant_id
    ended = EndEmailChange(version=asked.version, in_force=False)
    if reached and await put_email_in_force(steps.pool, participant_id, asked.version):
        ended = EndEmailChange(version=asked.version, in_force=True)
        for other in await unreached_claims(steps.pool, participant_id):
            if other != claim_id:
                await _end(steps, other, ended)
    await _end(steps, claim_id, ended)


def _reached(letters: Mapping[str, str]) -> bool | None:
    """Whether the new address takes letters, once the old one was told or cannot be; None until then."""
    old, new = letters.get(NoticeKind.EMAIL_CHANGING), letters.get(NoticeKind.EMAIL_NEW)
    if new == "given_up":
        return False
    return None if new != "sent" or old not in ("sent", "given_up") else True


async def _end(steps: ClaimStepRunner, claim_id: UUID, ended: EndEmailChange) -> None:
    """Record it in a claim and take up its lost letters, in one commit."""
    since = (await read_clock(steps.pool)).at - SENT_AGAIN
    incoming = IncomingMessage(ended, SOURCE, f"{claim_id}/email/{ended.version}", SOURCE)
    async with steps.pool.acquire() as connection, connection.transaction():
        letters = await send_again_to_new_address(connection, claim_id, since) if ended.in_force else 0
        await steps.run_step_in(connection, claim_id, (incoming,), Caller.OTHER)
        if letters:
            await want(connection, claim_workflow_id(claim_id))
