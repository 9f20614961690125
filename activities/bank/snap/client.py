"""Klien SNAP: asks the bank for a name, sends a transfer once, asks what became of it, reads the statement.

No method raises for trouble on the network, and none sends a transfer twice.
"""

import math
import re
import secrets
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Self

from activities.bank.snap.access_token import NoToken, TokenKeeper
from activities.bank.snap.answers import (
    Asked,
    Certainty,
    CommandResult,
    Outcome,
    StatusAnswer,
    TransferStatus,
    classify,
    json_object,
    money_from_rupiah,
    read_status,
    response_code,
    speaks_of,
)
from activities.bank.snap.exchange import Exchange, NoReply, NotSent, Reply, boot_time
from activities.bank.snap.profile import WIB, BankProfile, Service
from activities.bank.snap.signing import Credentials, body_bytes, request_signature, string_to_sign, timestamp
from activities.bank.snap.statement import Page, Statement, join, read_page

MOST_PAGES = 1_000

_FORMS = {
    "reference": re.compile(r"[A-Z0-9]{20}"),
    "external_id": re.compile(r"[0-9]{1,32}"),
    "account_number": re.compile(r"[0-9]{1,34}"),
    "account_name": re.compile(r"[^\x00-\x1f]{1,100}"),
    "bank_code": re.compile(r"[A-Z0-9]{3,11}"),
}


class AccountStatus(StrEnum):
    """What an account inquiry found."""

    FOUND = "found"
    PROBLEM = "problem"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class AccountInquiry:
    """The bank's name for an account when FOUND, else why not; UNAVAILABLE is no word on it: ask again."""

    status: AccountStatus
    name: str | None = field(default=None, repr=False)
    outcome: Outcome | None = None
    response_code: str | None = None


@dataclass(frozen=True, slots=True)
class TransferRequest:
    """One transfer as it was stored before the call: whole rupiah, `transaction_at` aware.

    `reference` is 20 upper-case letters or digits, `external_id` at most 32 digits. ValueError names the
    fields that are wrong, never their values.
    """

    reference: str
    external_id: str
    amount_idr: int
    account_number: str = field(repr=False)
    account_name: str = field(repr=False)
    bank_code: str
    transaction_at: datetime

    def __post_init__(self) -> None:
        """Refuse what a bank could read in two ways."""
        wrong = [name for name, form in _FORMS.items() if not form.fullmatch(getattr(self, name))]
        if type(self.amount_idr) is not int or not 0 < self.amount_idr < 10**14:
            wrong.append("amount_idr")
        if self.transaction_at.tzinfo is None:
            wrong.append("transaction_at")
        if wrong:
            raise ValueError(f"malformed: {', '.join(wrong)}")


@dataclass(frozen=True, slots=True)
class TransferAnswer:
    """What came of sending a transfer. `detail` is free of personal data."""

    outcome: Outcome
    certainty: Certainty
    response_code: str | None
    bank_reference: str | None
    detail: str = ""


def _real_now() -> datetime:
    return datetime.now(UTC)


class SnapClient:
    """One bank, spoken to under one profile. Use it as an async context manager, or `close` it."""

    def __init__(
        self,
        profile: BankProfile,
        credentials: Credentials,
        *,
        now: Callable[[], datetime] = _real_now,
        verify: ssl.SSLContext | bool = True,
    ) -> None:
        """`now` stamps the requests (aware); `verify` is for a bank with an authority of its own."""
        self.profile = profile
        self._secret = credentials.client_secret
        self._now = now
        self._exchange = Exchange(profile.base_url, profile.http_total_seconds, verify)
        self._tokens = TokenKeeper(profile, credentials, self._exchange, now)

    async def close(self) -> None:
        """Close the connections."""
        await self._exchange.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def inquire_account(self, bank_code: str, account_number: str, reference: str) -> AccountInquiry:
        """Account inquiry, external (16): whose account is it?"""
        fields = {
            "partnerReferenceNo": reference,
            "beneficiaryBankCode": bank_code,
            "beneficiaryAccountNo": account_number,
            "additionalInfo": dict(self.profile.inquiry_info),
        }
        reply = await self._ask(Service.ACCOUNT_INQUIRY, fields)
        if not isinstance(reply, Reply):
            return AccountInquiry(AccountStatus.UNAVAILABLE, outcome=_unanswered(reply))
        return _read_inquiry(reply, account_number)

    async def transfer(self, request: TransferRequest, send_before: float) -> TransferAnswer:
        """Transfer interbank (18), sent at most once, whatever happens.

        `send_before` is an instant of `boot_time()`; raises NotSent when it passed before the first byte was
        written. The token is got first: without one nothing is sent.
        """
        _refuse_when_late(send_before)
        deadline = self._deadline()
        token = await self._tokens.current(deadline)
        if isinstance(token, NoToken):
            return TransferAnswer(
                token.outcome, Certainty.NOT_EXECUTED, token.response_code, None, token.detail
            )
        body = body_bytes(self._transfer_fields(request))
        headers = self._headers(Service.TRANSFER, token, request.external_id, body)
        path = self.profile.paths[Service.TRANSFER]
        reply = await self._exchange.post(path, headers, body, deadline, send_before)
        if isinstance(reply, Reply) and _token_refused(reply, Service.TRANSFER):
            self._tokens.drop(token)
        return _read_transfer(reply, request)

    async def transfer_status(
        self,
        reference: str,
        external_id: str,
        sent_on: date,
        amount_idr: int,
        account_number: str | None = None,
    ) -> StatusAnswer:
        """Transaction status inquiry (36). `sent_on`: the transfer's date (WIB), or better its instant."""
        fields = {
            "originalPartnerReferenceNo": reference,
            "originalExternalId": external_id,
            "serviceCode": Service.TRANSFER.value,
            "transactionDate": _transaction_date(sent_on),
            "amount": money_from_rupiah(amount_idr),
            "additionalInfo": {},
        }
        reply = await self._ask(Service.STATUS, fields)
        if not isinstance(reply, Reply):
            return StatusAnswer(TransferStatus.UNKNOWN, detail=reply.detail)
        return read_status(
            reply.http_status, reply.body, Asked(reference, amount_idr, account_number), external_id
        )

    async def statement(self, day: date) -> Statement:
        """Bank statement (14) of one WIB day, all its pages; each page has the call's time for itself."""
        pages: list[Page] = []
        seen: set[str] = set()
        for number in range(1, MOST_PAGES + 1):
            reply = await self._ask(Service.STATEMENT, self._statement_fields(day, number))
            if not isinstance(reply, Reply) or not _is_success(reply, Service.STATEMENT):
                return join(pages, f"page {number} could not be had")
            page = read_page(json_object(reply.body))
            pages.append(page)
            fresh = {line.line_id for line in page.lines} - seen
            if not page.more:
                return join(pages)
            if not fresh:
                return join(pages, f"page {number} repeats earlier pages")
            seen |= fresh
        return join(pages, "more pages than can be read")

    async def _ask(self, service: Service, fields: Mapping[str, object]) -> Reply | NoReply | NoToken:
        """Ask what changes nothing; once more with a new token when the bank refuses the old one."""
        deadline, body = self._deadline(), body_bytes(fields)
        reply = await self._ask_once(service, body, deadline)
        if isinstance(reply, Reply) and _token_refused(reply, service):
            return await self._ask_once(service, body, deadline)
        return reply

    async def _ask_once(self, service: Service, body: bytes, deadline: float) -> Reply | NoReply | NoToken:
        token = await self._tokens.current(deadline)
        if isinstance(token, NoToken):
            return token
        headers = self._headers(service, token, self._fresh_external_id(), body)
        reply = await self._exchange.post(self.profile.paths[service], headers, body, deadline, math.inf)
        if isinstance(reply, Reply) and _token_refused(reply, service):
            self._tokens.drop(token)
        return reply

    def _deadline(self) -> float:
        return boot_time() + self.profile.http_total_seconds

    def _fresh_external_id(self) -> str:
        """32 digits: longer than any that a transfer is stored with, so that the two never meet."""
        return f"{self._now().astimezone(WIB):%Y%m%d%H%M%S%f}{secrets.randbelow(10**12):012d}"

    def _headers(self, service: Service, token: str, external_id: str, body: bytes) -> dict[str, str]:
        profile = self.profile
        stamp = timestamp(self._now(), profile.timestamp_style)
        text = string_to_sign("POST", profile.paths[service], token, body, stamp)
        return {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token}",
            "X-TIMESTAMP": stamp,
            "X-SIGNATURE": request_signature(self._secret, text, profile.signature_encoding),
            "X-PARTNER-ID": profile.partner_id,
            "X-EXTERNAL-ID": external_id,
            "CHANNEL-ID": profile.channel_id,
        }

    def _transfer_fields(self, request: TransferRequest) -> dict[str, object]:
        return {
            "partnerReferenceNo": request.reference,
            "amount": money_from_rupiah(request.amount_idr),
            "beneficiaryAccountName": request.account_name,
            "beneficiaryAccountNo": request.account_number,
            "beneficiaryBankCode": request.bank_code,
            "sourceAccountNo": self.profile.source_account,
            "transactionDate": timestamp(request.transaction_at, "wib"),
            "feeType": "OUR",
            "additionalInfo": dict(self.profile.transfer_info),
        }

    def _statement_fields(self, day: date, page: int) -> dict[str, object]:
        return {
            "accountNo": self.profile.source_account,
            "fromDateTime": timestamp(datetime.combine(day, time.min, WIB), "wib"),
            "toDateTime": timestamp(datetime.combine(day, time(23, 59, 59), WIB), "wib"),
            "additionalInfo": {"pageNumber": str(page)},
        }


def _refuse_when_late(send_before: float) -> None:
    if boot_time() >= send_before:
        raise NotSent


def _read_transfer(reply: Reply | NoReply, request: TransferRequest) -> TransferAnswer:
    if isinstance(reply, NoReply):
        outcome = Outcome.UNKNOWN if reply.written else Outcome.RETRY_SAME
        answer = CommandResult(outcome, None, reply.detail)
    else:
        asked = Asked(request.reference, request.amount_idr, request.account_number)
        answer = classify(Service.TRANSFER, reply.http_status, reply.body, asked)
    return TransferAnswer(
        answer.outcome, answer.certainty, answer.response_code, answer.bank_reference, answer.detail
    )


def _read_inquiry(reply: Reply, account_number: str) -> AccountInquiry:
    fields = json_object(reply.body)
    if _is_success(reply, Service.ACCOUNT_INQUIRY):
        name = fields.get("beneficiaryAccountName")
        ours = fields.get("beneficiaryAccountNo") == account_number
        if ours and isinstance(name, str) and name.strip():
            return AccountInquiry(AccountStatus.FOUND, name.strip(), None, response_code(fields))
    answer = classify(Service.ACCOUNT_INQUIRY, reply.http_status, reply.body)
    problem = answer.outcome is Outcome.ACCOUNT_PROBLEM
    status = AccountStatus.PROBLEM if problem else AccountStatus.UNAVAILABLE
    return AccountInquiry(status, None, answer.outcome, answer.response_code)


def _unanswered(reply: NoReply | NoToken) -> Outcome:
    return reply.outcome if isinstance(reply, NoToken) else Outcome.RETRY_SAME


def _is_success(reply: Reply, service: Service) -> bool:
    return reply.http_status == 200 and response_code(json_object(reply.body)) == f"200{service}00"


def _token_refused(reply: Reply, service: Service) -> bool:
    code = response_code(json_object(reply.body))
    return code is not None and speaks_of(code, service, 401) and code[5:] in {"01", "03"}


def _transaction_date(sent_on: date) -> str:
    at = sent_on if isinstance(sent_on, datetime) else datetime.combine(sent_on, time.min, WIB)
    return timestamp(at, "wib")
