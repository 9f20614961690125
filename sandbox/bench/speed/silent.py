"""Outside parties that answer at once, in the worker's own process: what is timed then is the engine.

Bank, BPJS and mail relay take their time elsewhere; all the database work of asking them is kept.
"""

from datetime import date
from uuid import UUID

from temporalio import activity

from activities.bank.snap.answers import Certainty, Outcome, StatusAnswer, TransferStatus
from activities.bank.snap.client import (
    AccountInquiry,
    AccountStatus,
    SnapClient,
    TransferAnswer,
    TransferRequest,
)
from activities.bpjs import Bpjs
from activities.contracts import ClaimInput
from activities.mail.relay import MailRelay
from claims.commands.command import RecordContributions
from claims.commands.email_addresses import EmailAddress
from law.periods import day_of
from sandbox.bench.speed.direct import full_record
from store.claims.kind import IncomingMessage
from store.engine.step import Caller
from store.scheduling.clock import read_clock

HOLDER = "PESERTA UJI"


class WillingBank(SnapClient):
    """Knows every account and settles every transfer."""

    def __init__(self) -> None:
        pass

    async def inquire_account(self, bank_code: str, account_number: str, reference: str) -> AccountInquiry:
        """The account is known by the claimant's name."""
        return AccountInquiry(AccountStatus.FOUND, HOLDER)

    async def transfer(self, request: TransferRequest, send_before: float) -> TransferAnswer:
        """Done."""
        return TransferAnswer(Outcome.SETTLED, Certainty.DONE, "2001800", None)

    async def transfer_status(
        self,
        reference: str,
        external_id: str,
        sent_on: date,
        amount_idr: int,
        account_number: str | None = None,
    ) -> StatusAnswer:
        """Done, of this amount, to this account."""
        return StatusAnswer(TransferStatus.DONE, "2003600", amount_matches=True, account_matches=True)


class ReadyRecords(Bpjs):
    """BPJS Ketenagakerjaan whose answer is known beforehand."""

    @activity.defn(name="fetch_contribution_record")
    async def fetch_contribution_record(self, given: ClaimInput) -> str:
        """Record it through the step."""
        today = day_of((await read_clock(self.steps.pool)).at)
        message = RecordContributions(record=full_record(today))
        incoming = IncomingMessage(message, "bpjs", given.claim_id, "bpjs")
        result = await self.steps.run_step(UUID(given.claim_id), [incoming], Caller.ACTIVITY)
        await self.notices.send_at_once(result)
        return "recorded"


class WillingRelay(MailRelay):
    """Takes every letter and hands it to nobody."""

    async def deliver(self, mail: bytes, to: EmailAddress) -> None:
        """Done."""
