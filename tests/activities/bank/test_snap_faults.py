"""The client over real HTTP against banks that break off at any byte, and say what the test writes."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

import pytest
from parties.snap_requests import (
    CREDENTIALS,
    EXTERNAL,
    MONDAY,
    REFERENCE,
    STATEMENT_PATH,
    STATUS_PATH,
    TLS,
    TOKEN_PATH,
    TRANSFER_PATH,
    request,
    soon,
)

from activities.bank.snap.client import AccountStatus, SnapClient
from activities.bank.snap.exchange import Exchange, NoReply, NotSent, SendGate, boot_time
from activities.bank.snap.profile import sandbox_profile

Served = tuple[int, Mapping[str, object]] | bytes
Serve = Callable[[str, bytes], Awaitable[Served]]


@dataclass
class Scripted:
    """A bank whose answers the test writes; it keeps what arrived. Bytes are written as they are."""

    serve: Serve
    arrived: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    connections: int = 0

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.arrived]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, _, value in (row.partition(": ") for row in head[1:])}
            body = await reader.readexactly(int(headers["content-length"]))
            path = head[0].split(" ")[1]
            self.arrived.append((path, headers, body))
            writer.write(_http(await self.serve(path, body)))
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _http(served: Served) -> bytes:
    if isinstance(served, bytes):
        return served
    body = json.dumps(served[1]).encode()
    return b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s" % (served[0], len(body), body)


@asynccontextmanager
async def scripted(serve: Serve, **profile: float) -> AsyncIterator[tuple[Scripted, SnapClient]]:
    bank = Scripted(serve)
    server = await asyncio.start_server(bank.talk, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, SnapClient(sandbox_profile(url, **profile), CREDENTIALS, verify=TLS) as client:  # type: ignore[arg-type]
        yield bank, client


def token(number: int = 1, seconds: object = "900") -> Served:
    return 200, {"responseCode": "2007300", "accessToken": f"token-{number}", "expiresIn": seconds}


def answering(served: Served) -> Serve:
    async def serve(path: str, _: bytes) -> Served:
        return token() if path == TOKEN_PATH else served

    return serve


@pytest.mark.parametrize(
    "served",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 307 X\r\nLocation: /openapi/v1.0/transfer-interbank\r\nContent-Length: 0\r\n\r\n",
        b"no http at all\r\n\r\n",
        (503, {}),
        (504, {"responseCode": "5041800"}),
        (200, {"responseCode": "2001600"}),
    ],
)
async def test_whatever_goes_wrong_after_the_first_byte_is_unknown_and_sent_once(served: Served) -> None:
    async with scripted(answering(served)) as (bank, client):
        sent = await client.transfer(request(), soon())
        assert (sent.outcome, sent.certainty) == ("unknown", "unknown")
        assert bank.paths() == [TOKEN_PATH, TRANSFER_PATH]


async def test_an_answer_that_never_comes_is_unknown_when_the_time_is_up() -> None:
    async def serve(path: str, _: bytes) -> Served:
        if path == TOKEN_PATH:
            return token()
        await asyncio.Event().wait()
        return b""

    async with scripted(serve, http_total_seconds=0.3) as (bank, client):
        began = boot_time()
        sent = await client.transfer(request(), soon())
        assert (sent.outcome, sent.certainty) == ("unknown", "unknown")
        assert boot_time() - began < 2
        assert bank.paths() == [TOKEN_PATH, TRANSFER_PATH]
        assert (await client.transfer_status(REFERENCE, EXTERNAL, MONDAY, 1)).status == "unknown"


async def test_a_token_that_the_bank_refuses_is_not_followed_by_a_second_transfer() -> None:
    async with scripted(answering((401, {"responseCode": "4011801"}))) as (bank, client):
        sent = await client.transfer(request(), soon())
        assert (sent.outcome, sent.certainty) == ("retry_same", "not_executed")
        assert bank.paths() == [TOKEN_PATH, TRANSFER_PATH]
        await client.transfer(request(), soon())
        assert bank.paths()[2:] == [TOKEN_PATH, TRANSFER_PATH]


async def test_an_inquiry_renews_a_refused_token_once() -> None:
    given = iter((token(1), token(2)))

    async def serve(path: str, _: bytes) -> Served:
        return next(given) if path == TOKEN_PATH else (401, {"responseCode": "4013601"})

    async with scripted(serve) as (bank, client):
        asked = await client.transfer_status(REFERENCE, EXTERNAL, MONDAY, 3_000_000)
        assert asked.status == "unknown"
        assert bank.paths() == [TOKEN_PATH, STATUS_PATH, TOKEN_PATH, STATUS_PATH]
        first, second = bank.arrived[1][1], bank.arrived[3][1]
        assert (first["authorization"], second["authorization"]) == ("Bearer token-1", "Bearer token-2")
        assert first["x-external-id"] != second["x-external-id"]


@pytest.mark.parametrize(("seconds", "tokens"), [("900", 1), (900, 1), ("30", 3), ("29", 3)])
async def test_a_token_is_kept_until_half_a_minute_before_it_expires(seconds: object, tokens: int) -> None:
    async def serve(path: str, _: bytes) -> Served:
        return token(1, seconds) if path == TOKEN_PATH else (504, {})

    async with scripted(serve) as (bank, client):
        for _ in range(3):
            await client.transfer_status(REFERENCE, EXTERNAL, MONDAY, 3_000_000)
        assert bank.paths().count(TOKEN_PATH) == tokens


async def test_transfers_at_the_same_time_share_one_token() -> None:
    async with scripted(answering((504, {}))) as (bank, client):
        await asyncio.gather(*(client.transfer(request(), soon()) for _ in range(5)))
        assert bank.paths().count(TOKEN_PATH) == 1
        assert bank.paths().count(TRANSFER_PATH) == 5


@pytest.mark.parametrize(
    ("served", "outcome"),
    [
        ((401, {"responseCode": "4017300"}), "our_bug"),
        ((400, {"responseCode": "4007301"}), "our_bug"),
        ((500, {"responseCode": "5007300"}), "retry_same"),
        ((429, {}), "retry_same"),
        ((200, {"responseCode": "2007300", "accessToken": "a\r\nb", "expiresIn": "900"}), "retry_same"),
        ((200, {"responseCode": "2007300", "accessToken": "a"}), "retry_same"),
        (b"", "retry_same"),
    ],
)
async def test_without_a_token_nothing_is_sent(served: Served, outcome: str) -> None:
    async def serve(_path: str, _body: bytes) -> Served:
        return served

    async with scripted(serve) as (bank, client):
        sent = await client.transfer(request(), soon())
        assert (sent.outcome, sent.certainty) == (outcome, "not_executed")
        assert bank.paths() == [TOKEN_PATH]


async def test_a_bank_that_cannot_be_reached_has_surely_executed_nothing() -> None:
    closed_after_the_token = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        server.close()
        closed_after_the_token.set()
        writer.write(_http(token()))
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with SnapClient(sandbox_profile(url), CREDENTIALS, verify=TLS) as client:
        sent = await client.transfer(request(), soon())
        assert closed_after_the_token.is_set()
        assert (sent.outcome, sent.certainty, sent.detail) == ("retry_same", "not_executed", "ConnectError")
        found = await client.inquire_account("CENAIDJA", "1230000200", REFERENCE)
        assert found.status is AccountStatus.UNAVAILABLE
        assert (await client.statement(date(2026, 11, 23))).complete is False
        assert (await client.transfer_status(REFERENCE, EXTERNAL, MONDAY, 1)).status == "unknown"


async def test_after_its_last_instant_a_transfer_is_not_even_begun() -> None:
    async with scripted(answering((504, {}))) as (bank, client):
        with pytest.raises(NotSent):
            await client.transfer(request(), boot_time())
        assert bank.connections == 0


async def test_a_last_instant_that_passes_while_the_token_is_got_stops_the_transfer() -> None:
    send_before = boot_time() + 0.1

    async def serve(path: str, _: bytes) -> Served:
        while boot_time() < send_before:  # noqa: ASYNC110 - this clock has no event to await
            await asyncio.sleep(0)
        return token()

    async with scripted(serve) as (bank, client):
        with pytest.raises(NotSent):
            await client.transfer(request(), send_before)
        assert bank.paths() == [TOKEN_PATH]


async def test_the_last_look_at_the_clock_comes_after_connecting_and_before_the_first_byte() -> None:
    received = asyncio.get_running_loop().create_future()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.set_result(await reader.read())
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, Exchange(url, 5.0, TLS) as exchange:
        with pytest.raises(NotSent):
            await exchange.post("/", {}, b"{}", soon(), boot_time())
        assert await received == b""


async def test_a_process_frozen_between_headers_and_body_sends_no_body_and_is_not_sure() -> None:
    gate = SendGate(send_before=soon(), deadline=soon())
    await gate("http11.send_request_headers.started", {})
    gate.send_before = boot_time()
    with pytest.raises(NotSent):
        await gate("http11.send_request_body.started", {})
    assert gate.written


async def test_a_failed_tls_handshake_lets_no_byte_of_the_request_out() -> None:
    received = asyncio.get_running_loop().create_future()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.set_result(await reader.read(5))
        writer.write(b"no TLS here")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, Exchange(url, 5.0, TLS) as exchange:
        assert await exchange.post("/", {}, b"{}", soon(), soon()) == NoReply(False, "ConnectError")
        assert (await received)[:1] == b"\x16"


async def test_a_call_without_time_left_writes_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        async with Exchange(f"http://127.0.0.1:{listening.getsockname()[1]}", 5.0, TLS) as exchange:
            reply = await exchange.post("/", {}, b"{}", boot_time(), soon())
    assert reply == NoReply(written=False, detail="TimeoutError")


async def test_a_bank_that_ignores_page_numbers_never_gives_a_complete_statement() -> None:
    row = {
        "transactionId": "TRX1",
        "amount": {"value": "3000000.00", "currency": "IDR"},
        "type": "DEBIT",
        "transactionDate": "2026-11-23T09:00:00+07:00",
    }
    served = {
        "responseCode": "2001400",
        "hasMore": "Y",
        "detailData": [row],
        "additionalInfo": {"complete": True},
    }
    async with scripted(answering((200, served))) as (bank, client):
        read = await client.statement(date(2026, 11, 23))
        assert (read.complete, len(read.lines), read.detail) == (False, 1, "page 2 repeats earlier pages")
        assert bank.paths().count(STATEMENT_PATH) == 2


async def test_the_transfer_carries_what_was_stored_and_nothing_else() -> None:
    async with scripted(answering((504, {}))) as (bank, client):
        await client.transfer(request(), soon())
    _, headers, body = bank.arrived[1]
    assert headers["x-external-id"] == EXTERNAL
    assert headers["content-length"] == str(len(body))
    assert json.loads(body) == {
        "partnerReferenceNo": REFERENCE,
        "amount": {"value": "3000000.00", "currency": "IDR"},
        "beneficiaryAccountName": "SITI NURHALIZA",
        "beneficiaryAccountNo": "1230000200",
        "beneficiaryBankCode": "CENAIDJA",
        "sourceAccountNo": "0987654321",
        "transactionDate": "2026-11-23T09:00:00+07:00",
        "feeType": "OUR",
        "additionalInfo": {"transferType": "2", "purposeCode": "99"},
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reference", "JKP000000000001010a"),
        ("reference", "jkp0000000000010101a"),
        ("external_id", "2026-11-23"),
        ("external_id", "1" * 33),
        ("account_number", "12 34"),
        ("account_number", "١٢٣"),
        ("account_name", ""),
        ("bank_code", "bca"),
        ("amount_idr", 0),
        ("amount_idr", -1),
        ("amount_idr", 3000000.0),
        ("transaction_at", datetime(2026, 11, 23)),  # noqa: DTZ001 - the naive one is the point
    ],
)
def test_a_malformed_transfer_is_refused_by_field_name_alone(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"^malformed: {name}$"):
        request(**{name: value})


def test_a_transfer_request_prints_neither_account_nor_name() -> None:
    shown = repr(request())
    assert "1230000200" not in shown
    assert "SITI" not in shown
    assert "0987654321" not in repr(sandbox_profile("http://127.0.0.1:1"))


@pytest.mark.parametrize("url", ["ftp://bank", "https://bank/api", "https://bank?x=1", "bank"])
def test_a_profile_takes_an_origin_only(url: str) -> None:
    with pytest.raises(ValueError, match="origin"):
        sandbox_profile(url)


def test_the_end_of_day_may_pass_midnight() -> None:
    profile = replace(sandbox_profile("https://bank"), end_of_day=(time(22), time(1)))
    inside = [datetime(2026, 11, 23, 15, 0, tzinfo=UTC), datetime(2026, 11, 23, 17, 59, tzinfo=UTC)]
    outside = [datetime(2026, 11, 23, 14, 59, tzinfo=UTC), datetime(2026, 11, 23, 18, 0, tzinfo=UTC)]
    assert [profile.in_end_of_day(at) for at in inside + outside] == [True, True, False, False]
