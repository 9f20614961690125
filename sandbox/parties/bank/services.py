"""The bank's four services behind the signature check. Source: ASPI; services 16, 18, 36 and 14."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sandbox.parties.bank import faults, snap
from sandbox.parties.bank.ledger import Ledger, Moment, Order
from sandbox.parties.bank.snap import Answer, Fields, RefusalError
from sandbox.parties.programme_time import WIB

BIFAST_LIMIT = 250_000_000
PAGE_LINES = 100
LONGEST_STATEMENT_DAYS = 31

_ACCOUNT = re.compile(r"\d{5,34}")
_STATUS = {
    "executed": ("00", "Success"),
    "in_progress": ("03", "Pending"),
    "returned": ("04", "Refunded"),
    "failed": ("06", "Failed"),
    "refused": ("06", "Failed"),
}


@dataclass(frozen=True)
class Call:
    """One authenticated request."""

    body: Fields
    external_id: str
    now: Moment
    ledger: Ledger
    a_while: float


Service = Callable[[Call], Answer]


def account_inquiry_external(call: Call) -> Answer:
    """16: the name of a beneficiary account at another bank."""
    reference = snap.optional_text(call.body, "partnerReferenceNo", 64)
    bank_code, number = snap.text(call.body, "beneficiaryBankCode", 11), _account(call.body)
    return snap.successful(
        referenceNo=f"INQ{number[-8:]}",
        partnerReferenceNo=reference,
        beneficiaryAccountName=_account_name(call.ledger, number),
        beneficiaryAccountNo=number,
        beneficiaryBankCode=bank_code,
        beneficiaryBankName=bank_code,
        currency="IDR",
    )


def _account(body: Fields) -> str:
    number = snap.text(body, "beneficiaryAccountNo", 34)
    if not _ACCOUNT.fullmatch(number):
        raise snap.malformed("beneficiaryAccountNo")
    return number


def _account_name(ledger: Ledger, number: str) -> str:
    account = ledger.account(number)
    if account and account["status"] != "unknown":
        return str(account["name"])
    if account is None and faults.is_magic(number):
        return f"PENERIMA UJI {number[-4:]}"
    raise RefusalError(404, "11", "Invalid Card/Account/Customer")


def transfer_interbank(call: Call) -> Answer:
    """18: executes the transfer, or goes wrong as the account number asks."""
    order = _order(call)
    known = call.ledger.transfer(order.reference)
    if known and known["state"] != "refused":
        call.ledger.count_repeat(order.reference)
        raise RefusalError(409, "01", "Duplicate partnerReferenceNo")
    account = call.ledger.account(order.account)
    fault = faults.fault_for(order.account, account["status"] if account else None)
    if order.amount > call.ledger.balance():
        fault = faults.BY_SUFFIX["0614"]
    answered = None if fault.answer.lost else fault.answer.code(snap.TRANSFER_INTERBANK)
    call.ledger.accept(order, fault, answered, call.now, call.a_while)
    return _transfer_answer(call, order, fault)


def _order(call: Call) -> Order:
    body = call.body
    order = Order(
        reference=snap.text(body, "partnerReferenceNo", 64),
        external_id=call.external_id,
        amount=snap.rupiah(body, "amount"),
        account=_account(body),
        bank_code=snap.text(body, "beneficiaryBankCode", 11),
        name=snap.text(body, "beneficiaryAccountName", 100),
    )
    if snap.text(body, "sourceAccountNo", 19) != call.ledger.source_account:
        raise snap.malformed("sourceAccountNo")
    snap.instant(body, "transactionDate")
    if order.amount == 0:
        raise RefusalError(404, "13", "Invalid Amount")
    if order.amount > BIFAST_LIMIT:
        raise RefusalError(403, "02", "Exceeds Transaction Amount Limit")
    return order


def _transfer_answer(call: Call, order: Order, fault: faults.Fault) -> Answer:
    answer = fault.answer
    if answer.http not in (200, 202):
        return answer
    made = call.ledger.transfer(order.reference)
    fields: Fields = {
        "referenceNo": made["reference_no"] if made else "",
        "partnerReferenceNo": order.reference,
        "amount": snap.money(order.amount),
        "beneficiaryAccountNo": order.account,
        "beneficiaryBankCode": order.bank_code,
        "sourceAccountNo": call.ledger.source_account,
        "traceNo": order.external_id[-16:],
    }
    return Answer(answer.http, answer.case, answer.message, fields, lost=answer.lost)


def transfer_status(call: Call) -> Answer:
    """36: what became of a transfer, by its partnerReferenceNo or its X-EXTERNAL-ID."""
    if snap.text(call.body, "serviceCode", 2) != snap.TRANSFER_INTERBANK:
        raise snap.malformed("serviceCode")
    made = _transfer_asked_for(call)
    if made is None or (made["shown_real"] or 0) > call.now.real:
        raise RefusalError(404, "01", "Transaction Not Found")
    status, description = _STATUS[made["state"]]
    return snap.successful(
        originalReferenceNo=made["reference_no"],
        originalPartnerReferenceNo=made["reference"],
        originalExternalId=made["external_id"],
        serviceCode=snap.TRANSFER_INTERBANK,
        transactionDate=made["received_at"],
        amount=snap.money(made["amount"]),
        beneficiaryAccountNo=made["account"],
        beneficiaryBankCode=made["bank_code"],
        sourceAccountNo=call.ledger.source_account,
        referenceNumber=made["reference_no"],
        previousResponseCode=made["answered"] or "",
        latestTransactionStatus=status,
        transactionStatusDesc=description,
    )


def _transfer_asked_for(call: Call) -> dict[str, Any] | None:
    reference = snap.optional_text(call.body, "originalPartnerReferenceNo", 64)
    if reference:
        return call.ledger.transfer(reference)
    return call.ledger.transfer_by_external_id(snap.text(call.body, "originalExternalId", 32))


def bank_statement(call: Call) -> Answer:
    """14: the lines between two instants, a page at a time, and which WIB days are complete."""
    since, until = _asked_span(call.body)
    page = _page_number(call.body)
    lines = call.ledger.lines(_stamp(since), _stamp(until))
    shown = lines[(page - 1) * PAGE_LINES : page * PAGE_LINES]
    has_more = len(lines) > page * PAGE_LINES
    days = [
        {"date": day, "complete": call.ledger.day_is_complete(day, call.now)} for day in _days(since, until)
    ]
    return snap.successful(
        partnerReferenceNo=snap.optional_text(call.body, "partnerReferenceNo", 64),
        balance=[_balance(call, lines)],
        totalCreditEntries=_entries(lines, "CREDIT"),
        totalDebitEntries=_entries(lines, "DEBIT"),
        hasMore="Y" if has_more else "N",
        lastRecordDateTime=shown[-1]["at"] if shown else "",
        detailData=[_detail(line) for line in shown],
        additionalInfo={
            "complete": all(day["complete"] for day in days),
            "days": days,
            "pageNumber": page,
            "nextPageNumber": page + 1 if has_more else None,
        },
    )


def _asked_span(body: Fields) -> tuple[datetime, datetime]:
    since, until = snap.instant(body, "fromDateTime"), snap.instant(body, "toDateTime")
    if until < since or until - since > timedelta(days=LONGEST_STATEMENT_DAYS):
        raise snap.malformed("toDateTime")
    return since, until


def _page_number(body: Fields) -> int:
    more = body.get("additionalInfo") or {}
    asked = str(more.get("pageNumber", "1")) if isinstance(more, dict) else ""
    if not asked.isdecimal() or not 1 <= int(asked) <= 1_000_000:
        raise snap.malformed("additionalInfo.pageNumber")
    return int(asked)


def _stamp(at: datetime) -> str:
    return at.astimezone(WIB).isoformat(timespec="seconds")


def _days(since: datetime, until: datetime) -> list[str]:
    first, last = since.astimezone(WIB).date(), until.astimezone(WIB).date()
    return [date.fromordinal(day).isoformat() for day in range(first.toordinal(), last.toordinal() + 1)]


def _balance(call: Call, lines: list[dict[str, Any]]) -> Fields:
    ending = lines[-1]["balance"] if lines else call.ledger.balance()
    starting = _before(lines[0]) if lines else ending
    return {
        "amount": snap.money(call.ledger.balance()) | {"dateTime": call.now.stamp},
        "startingBalance": snap.money(starting),
        "endingBalance": snap.money(ending),
    }


def _before(line: dict[str, Any]) -> int:
    change = line["amount"] if line["type"] == "CREDIT" else -line["amount"]
    return int(line["balance"] - change)


def _entries(lines: list[dict[str, Any]], kind: str) -> Fields:
    amounts = [line["amount"] for line in lines if line["type"] == kind]
    return {"numberOfEntries": str(len(amounts)), "amount": snap.money(sum(amounts))}


def _detail(line: dict[str, Any]) -> Fields:
    return {
        "detailBalance": {
            "startAmount": [{"amount": snap.money(_before(line))}],
            "endAmount": [{"amount": snap.money(line["balance"])}],
        },
        "amount": snap.money(line["amount"]),
        "originAmount": snap.money(line["amount"]),
        "transactionDate": line["at"],
        "remark": line["remark"],
        "transactionId": line["transaction_id"],
        "type": line["type"],
        "transactionDetailStatus": "SUCCESS",
        "detailInfo": {
            "partnerReferenceNo": line["reference"],
            "beneficiaryAccountNo": line["account"],
        },
    }


SERVICES: dict[str, tuple[str, Service]] = {
    "/openapi/v1.0/account-inquiry-external": (snap.ACCOUNT_INQUIRY_EXTERNAL, account_inquiry_external),
    "/openapi/v1.0/transfer-interbank": (snap.TRANSFER_INTERBANK, transfer_interbank),
    "/openapi/v1.0/transfer/status": (snap.TRANSFER_STATUS, transfer_status),
    "/openapi/v1.0/bank-statement": (snap.BANK_STATEMENT, bank_statement),
}
