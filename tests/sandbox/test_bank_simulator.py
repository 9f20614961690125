import asyncio
import base64
import hashlib
import hmac
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sandbox.parties.bank.app import Bank, Customer, Pace, application
from sandbox.parties.bank.ledger import Ledger
from sandbox.parties.bank.serving import running

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SECRET = "contoh-rahasia"
STAMP = "2026-11-23T09:00:00+07:00"
TOKEN = "/openapi/v1.0/access-token/b2b"
INQUIRY = "/openapi/v1.0/account-inquiry-external"
TRANSFER = "/openapi/v1.0/transfer-interbank"
STATUS = "/openapi/v1.0/transfer/status"
STATEMENT = "/openapi/v1.0/bank-statement"
A_WHILE = 0.3
BEYOND_BIFAST = {"value": "250000001.00", "currency": "IDR"}


class HandClock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    async def now(self) -> datetime:
        return self.at

    async def close(self) -> None:
        pass


class Client:
    """What a customer of the bank does, signing every byte itself."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self.http = http
        self.token = ""
        self.external_ids = count(1)
        self.references = count(1)

    async def sign_on(self) -> None:
        answer = await self.http.post(
            TOKEN, headers=_token_headers(), json={"grantType": "client_credentials"}
        )
        assert answer.json()["responseCode"] == "2007300"
        self.token = answer.json()["accessToken"]

    async def call(self, path: str, body: Any, **headers: str) -> httpx2.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        signed = {
            "Content-Type": "application/json", "Authorization": f"Bearer {self.token}", "X-TIMESTAMP": STAMP,
            "X-SIGNATURE": _signature("POST", path, self.token, content), "X-PARTNER-ID": "JKP",
            "X-EXTERNAL-ID": f"20261123{next(self.external_ids):08d}", "CHANNEL-ID": "95221",
        }  # fmt: skip
        return await self.http.post(path, content=content, headers=signed | headers)

    async def pay(
        self, to: str, amount: int = 3_000_000, reference: str = "", headers: dict[str, str] | None = None
    ) -> str:
        """The response code, or "" when no answer came."""
        body = _transfer_body(to, amount, reference or f"JKP{next(self.references):016d}A")
        try:
            answer = await self.call(TRANSFER, body, **headers or {})
        except httpx2.TransportError:
            return ""
        return str(answer.json()["responseCode"])

    async def status(self, reference: str) -> str:
        """latestTransactionStatus, or the response code when the bank finds nothing."""
        body = {"originalPartnerReferenceNo": reference, "serviceCode": "18"}
        told = (await self.call(STATUS, body)).json()
        return str(told.get("latestTransactionStatus", told["responseCode"]))

    async def statement(self, first: str, last: str, page: int = 1) -> Any:
        span = {"fromDateTime": f"{first}T00:00:00+07:00", "toDateTime": f"{last}T23:59:59+07:00"}
        body = {**span, "additionalInfo": {"pageNumber": page}}
        return (await self.call(STATEMENT, body)).json()

    async def books(self) -> Any:
        return (await self.http.get("/simulator/statement.json")).json()


def _token_headers(stamp: str = STAMP, client: str = "JKP") -> dict[str, str]:
    raw = KEY.sign(f"{client}|{stamp}".encode(), padding.PKCS1v15(), hashes.SHA256())
    return {"X-TIMESTAMP": stamp, "X-CLIENT-KEY": client, "X-SIGNATURE": base64.b64encode(raw).decode()}


def _signature(method: str, path: str, token: str, body: bytes) -> str:
    text = f"{method}:{path}:{token}:{hashlib.sha256(body).hexdigest()}:{STAMP}"
    return base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha512).digest()).decode()


def _transfer_body(account: str, amount: int, reference: str) -> dict[str, Any]:
    return {
        "partnerReferenceNo": reference, "amount": {"value": f"{amount}.00", "currency": "IDR"},
        "beneficiaryAccountName": "SITI NURHALIZA", "beneficiaryAccountNo": account,
        "beneficiaryBankCode": "CENAIDJA", "sourceAccountNo": "0987654321", "transactionDate": STAMP,
    }  # fmt: skip


@asynccontextmanager
async def _open_bank(file: Path, clock: HandClock, opening: int = 1_000_000_000) -> AsyncIterator[Client]:
    ledger = Ledger(file, "0987654321", opening)
    customer = Customer("JKP", SECRET, KEY.public_key())
    bank = Bank(ledger, customer, clock, Pace(lost_answer_hold=0.05, a_while=A_WHILE))
    async with (
        running(application(bank)) as url,
        httpx2.AsyncClient(base_url=url, trust_env=False, verify=False) as http,
    ):
        client = Client(http)
        await client.sign_on()
        yield client


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def bank(tmp_path: Path, clock: HandClock) -> AsyncIterator[Client]:
    async with _open_bank(tmp_path / "bank.db", clock) as client:
        yield client


async def _until(asked: Callable[[], Awaitable[str]], wanted: str) -> None:
    async with asyncio.timeout(60):
        while await asked() != wanted:
            pass


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        (_token_headers() | {"X-SIGNATURE": "AAAA"}, "4017300"),
        (_token_headers(client="SOMEBODY"), "4017300"),
        (_token_headers() | {"X-TIMESTAMP": "2026-11-23T09:00:01+07:00"}, "4017300"),
        (_token_headers(stamp="23 Nov 2026"), "4007301"),
        ({"X-CLIENT-KEY": "JKP"}, "4007302"),
    ],
)
async def test_no_token_without_a_good_signature(bank: Client, headers: dict[str, str], code: str) -> None:
    answer = await bank.http.post(TOKEN, headers=headers, json={"grantType": "client_credentials"})
    assert answer.json()["responseCode"] == code
    assert answer.status_code == int(code[:3])


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X-SIGNATURE": "AAAA"}, "4011800"), ({"Authorization": "Bearer invented"}, "4011801"),
        ({"Authorization": ""}, "4011803"), ({"X-EXTERNAL-ID": "ABC"}, "4001801"),
        ({"X-EXTERNAL-ID": ""}, "4001802"), ({"CHANNEL-ID": "123456"}, "4001801"),
    ],
)  # fmt: skip
async def test_no_service_without_good_headers(bank: Client, headers: dict[str, str], code: str) -> None:
    assert await bank.pay("1234500200", headers=headers) == code
    assert (await bank.books())["lines"] == []


async def test_the_signature_covers_the_bytes_as_sent(bank: Client) -> None:
    spaced = json.dumps(_transfer_body("1234500200", 3_000_000, "R1"), indent=2).encode()
    assert (await bank.call(TRANSFER, spaced)).json()["responseCode"] == "2001800"
    signature = _signature("POST", TRANSFER, bank.token, spaced)
    other = spaced.replace(b"3000000", b"9000000")
    answer = await bank.call(TRANSFER, other, **{"X-SIGNATURE": signature})
    assert answer.json()["responseCode"] == "4011800"


async def test_an_external_id_serves_once_a_jakarta_day(bank: Client, clock: HandClock) -> None:
    same = {"X-EXTERNAL-ID": "42"}
    clock.at = datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC)
    assert await bank.pay("1234500200", headers=same) == "2001800"
    assert await bank.pay("1234500200", headers=same) == "4091800"
    clock.at += timedelta(seconds=1)
    assert await bank.pay("1234500200", headers=same) == "2001800"


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"beneficiaryAccountName": None}, "4001802", "Invalid Mandatory Field beneficiaryAccountName"),
        ({"beneficiaryBankCode": ""}, "4001802", "Invalid Mandatory Field beneficiaryBankCode"),
        ({"amount": {"value": "3000000", "currency": "IDR"}}, "4001801", "Invalid Field Format amount.value"),
        ({"amount": {"value": "1.50", "currency": "IDR"}}, "4001801", "Invalid Field Format amount.value"),
        ({"amount": {"value": "1.00", "currency": "USD"}}, "4001801", "Invalid Field Format amount.currency"),
        ({"amount": {"value": "0.00", "currency": "IDR"}}, "4041813", "Invalid Amount"),
        ({"amount": BEYOND_BIFAST}, "4031802", "Exceeds Transaction Amount Limit"),
        ({"transactionDate": "2026-11-23"}, "4001801", "Invalid Field Format transactionDate"),
        ({"sourceAccountNo": "1111111111"}, "4001801", "Invalid Field Format sourceAccountNo"),
        ({"beneficiaryAccountNo": "12-34567"}, "4001801", "Invalid Field Format beneficiaryAccountNo"),
    ],
)
async def test_a_wrong_field_is_named(bank: Client, changes: dict[str, Any], code: str, message: str) -> None:
    told = (await bank.call(TRANSFER, _transfer_body("1234500200", 1_000, "R1") | changes)).json()
    assert (told["responseCode"], told["responseMessage"]) == (code, message)
    assert (await bank.books())["lines"] == []


@pytest.mark.parametrize("body", [b"[]", b"{", b""])
async def test_what_is_no_json_object_is_a_bad_request(bank: Client, body: bytes) -> None:
    assert (await bank.call(TRANSFER, body)).json()["responseCode"] == "4001800"


async def test_the_inquiry_tells_the_name_of_the_account(bank: Client) -> None:
    async def inquired(account: str) -> Any:
        body = {
            "beneficiaryBankCode": "CENAIDJA",
            "beneficiaryAccountNo": account,
            "partnerReferenceNo": "R1",
        }
        return (await bank.call(INQUIRY, body)).json()

    seed = {"name": "BUDI SANTOSO", "status": "active"}
    assert (await bank.http.put("/simulator/accounts/1234567890", json=seed)).status_code == 200
    told = await inquired("1234567890")
    assert (told["responseCode"], told["beneficiaryAccountName"]) == ("2001600", "BUDI SANTOSO")
    assert (await inquired("1234567891"))["responseCode"] == "4041611"
    assert (await inquired("1234500318"))["responseCode"] == "2001600"
    assert (await inquired("1234500411"))["responseCode"] == "2001600"


async def test_a_transfer_is_one_debit_to_the_rupiah(bank: Client) -> None:
    told = (await bank.call(TRANSFER, _transfer_body("1234500200", 2_750_001, "JKP1"))).json()
    assert (told["responseCode"], told["amount"]["value"]) == ("2001800", "2750001.00")
    assert told["referenceNo"].startswith("BNK")
    books = await bank.books()
    assert books["balance"] == 997_249_999
    lines = [(line["type"], line["amount"], line["reference"]) for line in books["lines"]]
    assert lines == [("DEBIT", 2_750_001, "JKP1")]


async def test_the_same_reference_is_paid_once(bank: Client) -> None:
    assert await bank.pay("1234500200", reference="JKP1") == "2001800"
    assert await bank.pay("1234500200", reference="JKP1") == "4091801"
    assert (await bank.books())["totals"] == {"debit": 3_000_000, "credit": 0, "debits": 1, "credits": 0}
    sent = (await bank.http.get("/simulator/transfers.json")).json()["transfers"]
    assert [(each["reference"], each["sends"]) for each in sent] == [("JKP1", 2)]


@pytest.mark.parametrize(
    ("suffix", "answer", "status", "debits"),
    [
        ("0504", "", "00", 1), ("0505", "", "4043601", 0), ("0500", "5001801", "00", 1),
        ("0418", "4041818", "00", 1), ("0411", "4041811", "06", 0), ("0318", "4031818", "06", 0),
        ("0409", "4031809", "06", 0), ("0614", "4031814", "06", 0), ("9999", "4041811", "06", 0),
    ],
)  # fmt: skip
async def test_magic_accounts(bank: Client, suffix: str, answer: str, status: str, debits: int) -> None:
    assert await bank.pay(f"123450{suffix}", reference="JKP1") == answer
    assert await bank.status("JKP1") == status
    assert len((await bank.books())["lines"]) == debits


@pytest.mark.parametrize(("suffix", "final", "debits"), [("0202", "00", 1), ("0206", "06", 0)])
async def test_in_progress_then_final(bank: Client, suffix: str, final: str, debits: int) -> None:
    assert await bank.pay(f"123450{suffix}", reference="JKP1") == "2021800"
    assert await bank.status("JKP1") == "03"
    assert (await bank.books())["lines"] == []
    await _until(lambda: bank.status("JKP1"), final)
    assert len((await bank.books())["lines"]) == debits


async def test_paid_but_not_found_for_a_while(bank: Client) -> None:
    assert await bank.pay("1234500407", reference="JKP1") == "5041800"
    assert await bank.status("JKP1") == "4043601"
    assert len((await bank.books())["lines"]) == 1
    await _until(lambda: bank.status("JKP1"), "00")


async def test_returned_the_next_programme_day(bank: Client, clock: HandClock) -> None:
    assert await bank.pay("1234500475", reference="JKP1") == "2001800"
    assert await bank.status("JKP1") == "00"
    clock.at = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert await bank.status("JKP1") == "04"
    returned = (await bank.statement("2026-11-24", "2026-11-24"))["detailData"]
    credits = [(line["type"], line["transactionDate"], line["remark"]) for line in returned]
    assert credits == [("CREDIT", "2026-11-24T09:00:00+07:00", "RETUR JKP1 1234500475")]
    assert (await bank.books())["balance"] == 1_000_000_000


async def test_no_more_is_paid_than_the_account_holds(tmp_path: Path, clock: HandClock) -> None:
    async with _open_bank(tmp_path / "poor.db", clock, opening=5_000_000) as bank:
        assert await bank.pay("1234500200") == "2001800"
        assert await bank.pay("1234500200") == "4031814"
        assert (await bank.books())["balance"] == 2_000_000


async def test_a_closed_account_refuses_until_it_is_open(bank: Client) -> None:
    account = "/simulator/accounts/1234567890"
    await bank.http.put(account, json={"name": "BUDI SANTOSO", "status": "closed"})
    assert await bank.pay("1234567890") == "4031818"
    await bank.http.put(account, json={"name": "BUDI SANTOSO", "status": "active"})
    assert await bank.pay("1234567890") == "2001800"
    assert (await bank.http.put(account, json={"name": "", "status": "odd"})).status_code == 422


async def test_a_day_is_complete_when_it_is_over(bank: Client, clock: HandClock) -> None:
    await bank.pay("1234500200", reference="JKP1")
    clock.at = datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC)
    assert (await bank.statement("2026-11-23", "2026-11-23"))["additionalInfo"]["complete"] is False
    clock.at += timedelta(seconds=1)
    told = await bank.statement("2026-11-23", "2026-11-24")
    days = [(day["date"], day["complete"]) for day in told["additionalInfo"]["days"]]
    assert days == [("2026-11-23", True), ("2026-11-24", False)]
    [line] = told["detailData"]
    assert (line["type"], line["amount"]["value"]) == ("DEBIT", "3000000.00")
    assert line["remark"] == "JKP JKP1 1234500200"
    assert line["detailInfo"] == {"partnerReferenceNo": "JKP1", "beneficiaryAccountNo": "1234500200"}


async def test_a_day_with_something_in_progress_is_not_complete(bank: Client, clock: HandClock) -> None:
    await bank.pay("1234500202", reference="JKP1")
    clock.at += timedelta(days=1)
    assert (await bank.statement("2026-11-23", "2026-11-23"))["additionalInfo"]["complete"] is False
    await _until(lambda: bank.status("JKP1"), "00")
    assert (await bank.statement("2026-11-23", "2026-11-23"))["additionalInfo"]["complete"] is True


async def test_a_long_statement_comes_in_pages(bank: Client) -> None:
    for _ in range(101):
        await bank.pay("1234500200", amount=1_000)
    first = await bank.statement("2026-11-23", "2026-11-23")
    second = await bank.statement("2026-11-23", "2026-11-23", page=2)
    assert (len(first["detailData"]), first["hasMore"]) == (100, "Y")
    assert first["additionalInfo"]["nextPageNumber"] == 2
    assert (len(second["detailData"]), second["hasMore"]) == (1, "N")
    assert first["totalDebitEntries"]["numberOfEntries"] == "101"
    assert first["totalDebitEntries"]["amount"] == {"value": "101000.00", "currency": "IDR"}
    page = await bank.http.get("/")
    assert "Rp999.899.000" in page.text
    assert len(page.content) < 100_000


async def test_a_restart_forgets_nothing(tmp_path: Path, clock: HandClock) -> None:
    async with _open_bank(tmp_path / "bank.db", clock) as bank:
        await bank.pay("1234500200", reference="JKP1")
        token = bank.token
    async with _open_bank(tmp_path / "bank.db", clock) as bank:
        bank.token, bank.external_ids = token, count(100)
        assert await bank.status("JKP1") == "00"
        assert (await bank.books())["balance"] == 997_000_000


async def test_the_process_stops_cleanly_while_it_holds_an_answer(tmp_path: Path) -> None:
    secret, key, books = tmp_path / "secret", tmp_path / "key.pem", tmp_path / "bank.db"
    secret.write_text(f"{SECRET}\n")
    key.write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox.parties.bank", "--port", "0", "--db", str(books), "--no-clock",
        "--client-id", "JKP", "--client-secret-file", str(secret), "--public-key-file", str(key),
        "--lost-answer-hold", "60", stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    ready = (await process.stdout.readline()).decode()
    assert ready.startswith("bank ready on http://127.0.0.1:")
    async with httpx2.AsyncClient(base_url=ready.split()[-1], trust_env=False, verify=False) as http:
        bank = Client(http)
        await bank.sign_on()
        held = asyncio.create_task(bank.pay("1234500504", reference="JKP1"))
        while not (await bank.books())["lines"]:
            pass
        process.terminate()
        assert await process.wait() == 0
        assert await held == ""


async def test_a_refused_reference_may_be_tried_with_another_account(bank: Client) -> None:
    assert await bank.pay("1234500318", reference="JKP1") == "4031818"
    assert await bank.pay("1234500200", reference="JKP1") == "2001800"
    sent = (await bank.http.get("/simulator/transfers.json")).json()["transfers"]
    assert [(each["account"], each["state"], each["sends"]) for each in sent] == [
        ("1234500200", "executed", 2)
    ]


async def test_the_whole_bank_can_be_down(bank: Client) -> None:
    await bank.http.put("/simulator/mode", json={"down": True})
    assert (await bank.call(TRANSFER, _transfer_body("1234500200", 1_000, "R1"))).status_code == 503
    await bank.http.put("/simulator/mode", json={"down": "refuse"})
    assert await bank.pay("1234500200") == ""
    await bank.http.put("/simulator/mode", json={"down": False, "delay_seconds": 0.01})
    assert (await bank.books())["lines"] == []
    assert await bank.pay("1234500200") == "2001800"
    assert (await bank.http.put("/simulator/mode", json={"down": "maybe"})).status_code == 422
