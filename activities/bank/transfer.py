"""The bank: one transfer per order, and the search for the outcome of a transfer (R1-R9)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from uuid import UUID

from temporalio import activity

from activities.bank.snap.answers import Certainty, Outcome, StatusAnswer, TransferStatus
from activities.bank.snap.client import AccountStatus, SnapClient, TransferAnswer, TransferRequest
from activities.bank.snap.exchange import NotSent, boot_time
from activities.contracts import TransferInput, TransferSearch
from activities.mail.notices import Notices
from activities.step.recording import noted_where_it_fails
from claims.commands.command import RecordTransfer
from law.grounds import Ground
from law.periods import JAKARTA
from payments.names import same_name
from payments.orders import OrderState
from store.claims.kind import ClaimStepRunner, IncomingMessage
from store.engine.set_apart import ApartKind, SetApart
from store.engine.step import Caller
from store.ids import new_reference
from store.payments.orders import (
    OpenTransfer,
    SendPermit,
    begin_sending,
    note_contradiction,
    note_open_answer,
    open_transfer,
    terms_of,
)
from store.people import Account, People

NOT_FOUND_ANSWERS_MIN = 3
FoundBy = Literal["answer", "inquiry", "statement"]
TransferOutcome = Literal["open", "settled", "refused", "unsent", "returned"]


@dataclass(frozen=True)
class Finding:
    """What the bank tells of an order: its outcome and ground, the bank's code, and where it was found."""

    outcome: TransferOutcome
    ground: Ground
    code: str
    found_by: FoundBy

    def __str__(self) -> str:
        return f"{self.outcome} by {self.found_by}, {self.code}"

    @property
    def is_final(self) -> bool:
        """Whether another final outcome contradicts it."""
        return self.outcome not in ("open", "unsent")

    def incoming(self, order_id: UUID, amount_idr: int) -> IncomingMessage:
        """The message that records it."""
        message = RecordTransfer(
            order_id=order_id,
            outcome=self.outcome,
            amount_idr=amount_idr,
            ground=self.ground,
            bank_code=self.code,
            found_by=self.found_by,
        )
        return IncomingMessage(
            message, "bank", f"{order_id}/{self.outcome}/{self.found_by}/{self.code}", "bank"
        )


class AccountNotChecked(RuntimeError):
    """The bank did not answer the account inquiry; nothing was sent, Temporal tries again."""


@dataclass(frozen=True)
class Bank:
    """Sends an order once; asks ever after. `lease` is the sending lease, `http_total` the HTTP deadline."""

    steps: ClaimStepRunner
    people: People
    snap: SnapClient
    notices: Notices
    lease: timedelta
    http_total: timedelta

    @activity.defn(name="transfer")
    async def transfer(self, given: TransferInput) -> str:
        """Check the account, take the one permit to send, send, record what is known; returns a word."""
        order_id, claim_id = UUID(given.order_id), UUID(given.claim_id)
        terms = await terms_of(self.steps.pool, order_id)
        if terms.state is not OrderState.ORDERED:
            return "no longer ordered"
        account = await self.people.account(self.steps.pool, terms.creditor, terms.account_version)
        refusal = await self._account_refusal(account)
        if refusal is not None:
            return await self._record(claim_id, order_id, "unsent", Ground.ACCOUNT_REFUSED, refusal, "answer")
        begun_at = boot_time()
        permit = await begin_sending(self.steps.pool, order_id, lease=self.lease)
        if permit is None:
            await self.steps.run_step(claim_id, (), Caller.ACTIVITY)
            return "not to be sent"
        answer = await self._send(permit, account, begun_at)
        return await self._record_send(claim_id, permit, account, answer)

    @activity.defn(name="ask_for_the_outcome")
    async def ask(self, search: TransferSearch) -> str:
        """Ask what became of a transfer; not found three times and a complete statement refuse it."""
        transfer = await open_transfer(self.steps.pool, UUID(search.order_id))
        if transfer is None or transfer.state not in (OrderState.SENDING, OrderState.UNKNOWN):
            return "final"
        if self.snap.profile.in_end_of_day(datetime.now(UTC)):
            await note_open_answer(self.steps.pool, transfer.order_id, not_found=False)
            return "the bank closes its day"
        if transfer.state is OrderState.SENDING:
            if not transfer.send_over:
                return "still sending"
            await self._record(
                transfer.stream_id, transfer.order_id, "open", Ground.NOT_EXECUTED, "none", "answer"
            )
        account = await self.people.account(self.steps.pool, transfer.creditor, transfer.account_version)
        status = await self.snap.transfer_status(
            transfer.reference,
            transfer.external_id,
            transfer.sent_programme_at,
            transfer.amount_idr,
            account.account_number,
        )
        return await self._record_status(transfer, status)

    async def _account_refusal(self, account: Account) -> str | None:
        """Why the account cannot be paid: the bank's code, or that it is in another name."""
        inquiry = await self.snap.inquire_account(account.bank_code, account.account_number, new_reference())
        if inquiry.status is AccountStatus.UNAVAILABLE:
            raise AccountNotChecked("the bank did not answer the account inquiry")
        if inquiry.status is AccountStatus.PROBLEM:
            return inquiry.response_code or "account_problem"
        if inquiry.name is None or not same_name(inquiry.name, account.holder_name):
            return "name_mismatch"
        return None

    async def _send(self, permit: SendPermit, account: Account, begun_at: float) -> TransferAnswer:
        request = TransferRequest(
            reference=permit.reference,
            external_id=permit.external_id,
            amount_idr=permit.amount_idr,
            account_number=account.account_number,
            account_name=account.holder_name,
            bank_code=account.bank_code,
            transaction_at=permit.programme_at,
        )
        send_before = begun_at + permit.seconds - self.http_total.total_seconds()
        try:
            return await self.snap.transfer(request, send_before)
        except NotSent:
            return TransferAnswer(Outcome.RETRY_SAME, Certainty.NOT_EXECUTED, "not_sent", None, "too late")

    async def _record_send(
        self, claim_id: UUID, permit: SendPermit, account: Account, answer: TransferAnswer
    ) -> str:
        order_id, code = permit.order_id, answer.response_code or "none"
        if answer.certainty is Certainty.NOT_EXECUTED:
            account_problem = answer.outcome is Outcome.ACCOUNT_PROBLEM
            ground = Ground.ACCOUNT_REFUSED if account_problem else Ground.NOT_EXECUTED
            return await self._record(claim_id, order_id, "refused", ground, code, "answer")
        if answer.outcome is Outcome.SETTLED:
            status = await self.snap.transfer_status(
                permit.reference,
                permit.external_id,
                permit.programme_at,
                permit.amount_idr,
                account.account_number,
            )
            if status.status is TransferStatus.DONE and status.certainty is Certainty.DONE:
                return await self._record(claim_id, order_id, "settled", Ground.MET, code, "inquiry")
        return await self._record(claim_id, order_id, "open", Ground.NOT_EXECUTED, code, "answer")

    async def _record_status(self, transfer: OpenTransfer, status: StatusAnswer) -> str:
        claim_id, order_id, code = transfer.stream_id, transfer.order_id, status.response_code or "none"
        if status.certainty is Certainty.DONE:
            return await self._record(claim_id, order_id, "settled", Ground.MET, code, "inquiry")
        if status.status is TransferStatus.RETURNED:
            return await self._record_return(claim_id, order_id, code, "inquiry")
        if status.certainty is Certainty.NOT_EXECUTED and transfer.send_over:
            return await self._record(claim_id, order_id, "refused", Ground.NOT_EXECUTED, code, "inquiry")
        not_found = status.status is TransferStatus.NOT_FOUND
        final = transfer.programme_age.total_seconds() >= self.snap.profile.not_found_after_seconds
        enough = transfer.not_found + 1 >= NOT_FOUND_ANSWERS_MIN
        if not_found and enough and final and transfer.send_over:
            found = await self._look_into_statement(transfer)
            if found is not None:
                return found
        await note_open_answer(self.steps.pool, order_id, not_found=not_found)
        return "still open"

    async def _look_into_statement(self, transfer: OpenTransfer) -> str | None:
        """R4's way out: the complete statement of the day of sending has the reference, or it has not."""
        day: date = transfer.sent_programme_at.astimezone(JAKARTA).date()
        statement = await self.snap.statement(day)
        lines = [
            line
            for line in statement.lines
            if line.reference == transfer.reference and line.amount_idr == transfer.amount_idr
        ]
        claim_id, order_id = transfer.stream_id, transfer.order_id
        directions = {line.direction for line in lines}
        if directions == {"debit", "credit"}:
            return await self._record_return(claim_id, order_id, "statement", "statement")
        if directions == {"debit"}:
            return await self._record(claim_id, order_id, "settled", Ground.MET, "statement", "statement")
        if directions or not statement.complete:
            return None
        return await self._record(
            claim_id, order_id, "refused", Ground.NOT_EXECUTED, "statement", "statement"
        )

    async def _record_return(self, claim_id: UUID, order_id: UUID, code: str, found_by: FoundBy) -> str:
        """What came back was paid first: both stand in the ledger, as in the statement, or neither does."""
        paid = Finding("settled", Ground.MET, code, found_by)
        back = Finding("returned", Ground.RETURNED_BY_BANK, code, found_by)
        return await self._record_together(claim_id, order_id, (paid, back))

    async def _record(
        self,
        claim_id: UUID,
        order_id: UUID,
        outcome: TransferOutcome,
        ground: Ground,
        code: str,
        found_by: FoundBy,
    ) -> str:
        return await self._record_together(claim_id, order_id, (Finding(outcome, ground, code, found_by),))

    async def _record_together(self, claim_id: UUID, order_id: UUID, findings: tuple[Finding, ...]) -> str:
        """What the bank tells of one order, in one step; the last outcome."""
        amount_idr = (await terms_of(self.steps.pool, order_id)).amount_idr
        incoming = [finding.incoming(order_id, amount_idr) for finding in findings]
        digest = incoming[-1].content_hash.hex()
        apart = SetApart(claim_id, ApartKind.TRANSFER, str(order_id), digest, "bank")
        async with noted_where_it_fails(self.steps.pool, apart):
            result = await self.steps.run_step(claim_id, incoming, Caller.ACTIVITY)
        for finding, answer in zip(findings, result.results, strict=True):
            if finding.is_final and not result.replayed and not answer.verdict.counts:
                await note_contradiction(self.steps.pool, order_id, str(finding))
        await self.notices.send_at_once(result)
        return findings[-1].outcome
