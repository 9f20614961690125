"""What a bank's answer means: one table, and UNKNOWN for everything that is not in it.

An answer counts only if it speaks of what was asked: service, reference, amount and account. Source of the
codes: ASPI's response code list; of the certainties: rule R3 (only a closed list of refusals is "surely not
executed", and even a 200 on submission is not yet "surely done").
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import cast

from activities.bank.snap.profile import Service
from law.limits import as_line


class Outcome(StrEnum):
    """The classes of answers; which action each asks for is the caller's business."""

    SETTLED = "settled"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    DUPLICATE_OK = "duplicate_ok"
    DUPLICATE_ID = "duplicate_id"
    MAYBE_PAID_OTHER = "maybe_paid_other"
    RETRY_SAME = "retry_same"
    WAIT_WINDOW = "wait_window"
    WAIT_FUNDS = "wait_funds"
    LIMIT = "limit"
    CHANGE_RAIL = "change_rail"
    ACCOUNT_PROBLEM = "account_problem"
    REVIEW = "review"
    OUR_BUG = "our_bug"


class Certainty(StrEnum):
    """How sure it is that money moved."""

    DONE = "done"
    NOT_EXECUTED = "not_executed"
    UNKNOWN = "unknown"


class TransferStatus(StrEnum):
    """What the status inquiry (36) says of an earlier transfer."""

    DONE = "done"
    FAILED = "failed"
    RETURNED = "returned"
    NOT_FOUND = "not_found"
    PENDING = "pending"
    UNKNOWN = "unknown"


ANY = "*"
REFERENCE_MAX = 64

CODES: Mapping[tuple[str, str, str], Outcome] = MappingProxyType(
    {
        ("200", "17", "00"): Outcome.SETTLED,
        ("200", "18", "00"): Outcome.SETTLED,
        ("200", "22", "00"): Outcome.ACCEPTED,
        ("200", "23", "00"): Outcome.ACCEPTED,
        ("202", ANY, "00"): Outcome.ACCEPTED,
        ("400", ANY, ANY): Outcome.OUR_BUG,
        ("401", ANY, "00"): Outcome.OUR_BUG,
        ("401", ANY, "01"): Outcome.RETRY_SAME,
        ("401", ANY, "03"): Outcome.RETRY_SAME,
        ("403", ANY, "01"): Outcome.REVIEW,
        ("403", ANY, "02"): Outcome.LIMIT,
        ("403", ANY, "03"): Outcome.REVIEW,
        ("403", ANY, "04"): Outcome.LIMIT,
        ("403", ANY, "05"): Outcome.ACCOUNT_PROBLEM,
        ("403", ANY, "06"): Outcome.WAIT_WINDOW,
        ("403", ANY, "09"): Outcome.ACCOUNT_PROBLEM,
        ("403", ANY, "14"): Outcome.WAIT_FUNDS,
        ("403", ANY, "15"): Outcome.CHANGE_RAIL,
        ("403", ANY, "16"): Outcome.REVIEW,
        ("403", ANY, "18"): Outcome.ACCOUNT_PROBLEM,
        ("403", ANY, "20"): Outcome.LIMIT,
        ("403", ANY, "23"): Outcome.LIMIT,
        ("404", ANY, "02"): Outcome.CHANGE_RAIL,
        ("404", ANY, "03"): Outcome.CHANGE_RAIL,
        ("404", ANY, "11"): Outcome.ACCOUNT_PROBLEM,
        ("404", ANY, "13"): Outcome.REVIEW,
        ("404", ANY, "16"): Outcome.REVIEW,
        ("404", ANY, "18"): Outcome.MAYBE_PAID_OTHER,
        ("405", ANY, ANY): Outcome.REVIEW,
        ("409", ANY, "00"): Outcome.DUPLICATE_ID,
        ("409", ANY, "01"): Outcome.DUPLICATE_OK,
        ("429", ANY, "00"): Outcome.RETRY_SAME,
    }
)
"""(HTTP status, service, case) of the response code -> outcome; the most particular row wins."""

SURELY_REFUSED = frozenset({Outcome.RETRY_SAME, Outcome.WAIT_FUNDS, Outcome.ACCOUNT_PROBLEM, Outcome.OUR_BUG})
"""R3's closed list. Adding to it can pay somebody twice."""

# "Do not honor" leads back to the claimant like a dormant account, but R3 does not call it a refusal before
# execution: it may be the other bank's word, given after the money left ours.
DOUBTFUL_CODES = frozenset({("403", "05")})

STATUSES: Mapping[str, TransferStatus] = MappingProxyType(
    {
        "00": TransferStatus.DONE,
        "01": TransferStatus.PENDING,
        "02": TransferStatus.PENDING,
        "03": TransferStatus.PENDING,
        "04": TransferStatus.RETURNED,
        "05": TransferStatus.FAILED,
        "06": TransferStatus.FAILED,
        "07": TransferStatus.NOT_FOUND,
    }
)
"""`latestTransactionStatus` -> what it says."""

_CODE = re.compile(r"(?P<http>[0-9]{3})(?P<service>[0-9]{2})(?P<case>[0-9]{2})")
_MONEY = re.compile(r"(?P<rupiah>[0-9]{1,16})\.00")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer must speak of: reference, whole rupiah, and the account when it is known."""

    reference: str
    amount_idr: int
    account_number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CommandResult:
    """A classified answer. `detail` is ours, free of personal data; `response_code` has seven digits."""

    outcome: Outcome
    response_code: str | None = None
    detail: str = ""
    bank_reference: str | None = None

    @property
    def certainty(self) -> Certainty:
        """The certainty of the outcome, less where this very code leaves a doubt."""
        code = self.response_code or ""
        doubtful = (code[:3], code[5:]) in DOUBTFUL_CODES
        return Certainty.UNKNOWN if doubtful else certainty(self.outcome)


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """What the bank says of an earlier transfer, and whether it names the amount and the account asked about.

    `account_matches` is also true when the bank, or the question, names no account.
    """

    status: TransferStatus
    response_code: str | None = None
    amount_matches: bool = False
    account_matches: bool = False
    bank_reference: str | None = None
    detail: str = ""

    @property
    def certainty(self) -> Certainty:
        """DONE or NOT_EXECUTED only of a final status that names our amount and account."""
        sure = {TransferStatus.DONE: Certainty.DONE, TransferStatus.FAILED: Certainty.NOT_EXECUTED}
        if not (self.amount_matches and self.account_matches):
            return Certainty.UNKNOWN
        return sure.get(self.status, Certainty.UNKNOWN)


def certainty(outcome: Outcome) -> Certainty:
    """What a submission's outcome proves (R3): at most that nothing was executed.

    Never DONE: only the status inquiry or a statement line proves a payment, not a 200 on submission.
    """
    return Certainty.NOT_EXECUTED if outcome in SURELY_REFUSED else Certainty.UNKNOWN


def classify(service: str, http_status: int, body: bytes, asked: Asked | None = None) -> CommandResult:
    """The outcome of an answer to `service` (two digits). Total: what is not in the table is UNKNOWN."""
    fields = json_object(body)
    code = response_code(fields)
    if code is None:
        return CommandResult(Outcome.UNKNOWN, None, f"HTTP {http_status} without a response code")
    if not speaks_of(code, service, http_status):
        return CommandResult(
            Outcome.UNKNOWN, code, "the response code belongs to another service or HTTP status"
        )
    if doubt := _doubt(fields, asked, confirmed=http_status < 300):
        return CommandResult(Outcome.UNKNOWN, code, doubt)
    outcome = _outcome(code)
    return CommandResult(outcome, code, "", _bank_reference(fields, "referenceNo"))


def read_status(http_status: int, body: bytes, asked: Asked, external_id: str) -> StatusAnswer:
    """What an answer to the status inquiry says of the transfer `asked` about. Total: at worst UNKNOWN."""
    fields = json_object(body)
    code = response_code(fields)
    if code is None or not speaks_of(code, Service.STATUS, http_status):
        return StatusAnswer(TransferStatus.UNKNOWN, code, detail=f"HTTP {http_status} is no status answer")
    status = _latest(code, fields)
    if not _same_transfer(fields, asked, external_id, named=code == "2003600"):
        return StatusAnswer(TransferStatus.UNKNOWN, code, detail="the answer names another transfer")
    return StatusAnswer(
        status,
        code,
        amount_matches=_amount(fields) == asked.amount_idr,
        account_matches=_same_or_absent(fields, "beneficiaryAccountNo", asked.account_number),
        bank_reference=_bank_reference(fields, "originalReferenceNo"),
    )


def json_object(body: bytes) -> dict[str, object]:
    """The body's JSON object, empty when it is not one."""
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return cast(dict[str, object], parsed) if isinstance(parsed, dict) else {}


def response_code(fields: Mapping[str, object]) -> str | None:
    """`responseCode`, when it has its seven digits."""
    code = fields.get("responseCode")
    return code if isinstance(code, str) and _CODE.fullmatch(code) else None


def speaks_of(code: str, service: str, http_status: int) -> bool:
    """Whether a response code names this service and this HTTP status."""
    return code[:5] == f"{http_status:03d}{service}"


def rupiah_from_money(money: object) -> int | None:
    """`{"value": "3000000.00", "currency": "IDR"}` as whole rupiah, None for anything else."""
    if not isinstance(money, dict) or money.get("currency") != "IDR":
        return None
    value = money.get("value")
    match = _MONEY.fullmatch(value) if isinstance(value, str) else None
    return int(match["rupiah"]) if match else None


def money_from_rupiah(amount_idr: int) -> dict[str, str]:
    """Whole rupiah as SNAP writes money."""
    return {"value": f"{amount_idr}.00", "currency": "IDR"}


def _outcome(code: str) -> Outcome:
    http, service, case = code[:3], code[3:5], code[5:]
    rows = ((http, service, case), (http, ANY, case), (http, ANY, ANY))
    return next((CODES[row] for row in rows if row in CODES), Outcome.UNKNOWN)


def _latest(code: str, fields: Mapping[str, object]) -> TransferStatus:
    if code == "4043601":
        return TransferStatus.NOT_FOUND
    if code == "2023600":
        return TransferStatus.PENDING
    latest = fields.get("latestTransactionStatus")
    known = code == "2003600" and isinstance(latest, str)
    return STATUSES.get(str(latest), TransferStatus.UNKNOWN) if known else TransferStatus.UNKNOWN


def _doubt(fields: Mapping[str, object], asked: Asked | None, *, confirmed: bool) -> str:
    """Why the answer may be about something else; an acceptance must name all, a refusal may leave it out."""
    if asked is None:
        return ""
    if not _same(fields, "partnerReferenceNo", asked.reference, confirmed):
        return "the answer does not name our reference"
    if ("amount" in fields or confirmed) and _amount(fields) != asked.amount_idr:
        return "the answer does not name our amount"
    if not _same(fields, "beneficiaryAccountNo", asked.account_number, confirmed):
        return "the answer does not name our account"
    return ""


def _same(fields: Mapping[str, object], name: str, expected: str | None, required: bool) -> bool:
    return fields.get(name) == expected if required else _same_or_absent(fields, name, expected)


def _same_or_absent(fields: Mapping[str, object], name: str, expected: str | None) -> bool:
    return expected is None or fields.get(name) in (None, "", expected)


def _same_transfer(fields: Mapping[str, object], asked: Asked, external_id: str, *, named: bool) -> bool:
    ours = {"originalPartnerReferenceNo": asked.reference, "originalExternalId": external_id}
    told = {name: fields[name] for name in ours if fields.get(name)}
    service_agrees = fields.get("serviceCode") in (None, "", Service.TRANSFER)
    return service_agrees and (bool(told) or not named) and all(ours[name] == told[name] for name in told)


def _amount(fields: Mapping[str, object]) -> int | None:
    return rupiah_from_money(fields.get("amount"))


def _bank_reference(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    return as_line(value, REFERENCE_MAX) if isinstance(value, str) and value else None
