"""The bank's HTTP side: token, signature check, the services, the simulator's own routes."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox.parties.bank import faults, snap
from sandbox.parties.bank.frame import instant
from sandbox.parties.bank.ledger import Ledger, Moment
from sandbox.parties.bank.pages import statement_page
from sandbox.parties.bank.services import SERVICES, Call
from sandbox.parties.bank.serving import NoAnswer
from sandbox.parties.bank.snap import Answer, RefusalError
from sandbox.parties.programme_time import WIB, Clock, ClockUnreadableError

TOKEN_PATH = "/openapi/v1.0/access-token/b2b"
TOKEN_SECONDS = 900


@dataclass(frozen=True)
class Customer:
    """The one customer of this bank: its client id, its secret and its public key."""

    client_id: str
    client_secret: str
    public_key: RSAPublicKey


@dataclass(frozen=True)
class Pace:
    """Real seconds: how long a lost answer is held, and how long 'a while' is."""

    lost_answer_hold: float = 6.0
    a_while: float = 3.0


class Mode(BaseModel):
    """What the whole bank does at the moment: `down` is false, true (503) or "refuse" (hangs up)."""

    model_config = ConfigDict(extra="forbid")
    down: bool | Literal["refuse"] = False
    delay_seconds: float = Field(default=0.0, ge=0)


class AccountSeed(BaseModel):
    """An account at another bank."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=100)
    status: str = Field(default="active", pattern="^(active|closed|dormant|unknown)$")


class Bank:
    """The bank: its books, its customer, its clock."""

    def __init__(self, ledger: Ledger, customer: Customer, clock: Clock, pace: Pace) -> None:
        self.ledger = ledger
        self.clock = clock
        self._customer = customer
        self._pace = pace
        self._mode = Mode()
        # Reading the clock and booking are one act: a line must never be dated into a day already
        # called complete.
        self._counter = asyncio.Lock()

    async def _moment(self) -> Moment:
        moment = Moment((await self.clock.now()).astimezone(WIB), time.time())
        self.ledger.settle(moment)
        return moment

    async def token(self, request: Request) -> Response:
        """Service 73: a bearer token for a good asymmetric signature."""
        await request.body()
        if (hindered := await self._hindered()) is not None:
            return hindered
        async with self._counter:
            moment = await self._moment()
            try:
                answer = self._issue(request, snap.json_object(await request.body()), moment)
            except RefusalError as refusal:
                answer = refusal.answer
        return _answered(answer, snap.TOKEN, moment)

    def _issue(self, request: Request, body: dict[str, Any], moment: Moment) -> Answer:
        stamp, client = _header(request, "X-TIMESTAMP"), _header(request, "X-CLIENT-KEY")
        signature = _header(request, "X-SIGNATURE")
        snap.timestamp(stamp, "X-TIMESTAMP")
        if client != self._customer.client_id:
            raise RefusalError(401, "00", "Unauthorized. [Unknown client]")
        if not snap.asymmetric_signature_holds(self._customer.public_key, client, stamp, signature):
            raise RefusalError(401, "00", "Unauthorized. [Signature]")
        if snap.text(body, "grantType", 64) != "client_credentials":
            raise snap.malformed("grantType")
        token = self.ledger.issue_token(moment.real + TOKEN_SECONDS)
        return snap.successful(accessToken=token, tokenType="Bearer", expiresIn=str(TOKEN_SECONDS))

    async def service(self, request: Request) -> Response:
        """Any service behind the symmetric signature."""
        body = await request.body()
        if (hindered := await self._hindered()) is not None:
            return hindered
        if _lost_on_the_way(request.url.path, body):
            return NoAnswer(self._pace.lost_answer_hold)
        code, run = SERVICES[request.url.path]
        async with self._counter:
            moment = await self._moment()
            try:
                answer = run(self._authenticated(request, body, moment))
            except RefusalError as refusal:
                answer = refusal.answer
        return NoAnswer(self._pace.lost_answer_hold) if answer.lost else _answered(answer, code, moment)

    def _authenticated(self, request: Request, body: bytes, moment: Moment) -> Call:
        token, stamp = self._token_of(request, moment), _header(request, "X-TIMESTAMP")
        snap.timestamp(stamp, "X-TIMESTAMP")
        endpoint = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        expected = snap.symmetric_signature(
            self._customer.client_secret, request.method, endpoint, token, body, stamp
        )
        if not snap.same(expected, _header(request, "X-SIGNATURE")):
            raise RefusalError(401, "00", "Unauthorized. [Signature]")
        _header(request, "X-PARTNER-ID", 36)
        _header(request, "CHANNEL-ID", 5)
        external_id = _header(request, "X-EXTERNAL-ID", 36)
        if not external_id.isdecimal():
            raise snap.malformed("X-EXTERNAL-ID")
        if not self.ledger.take_external_id(moment.day, external_id):
            raise RefusalError(409, "00", "Conflict")
        return Call(snap.json_object(body), external_id, moment, self.ledger, self._pace.a_while)

    def _token_of(self, request: Request, moment: Moment) -> str:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise RefusalError(401, "03", "Token Not Found (B2B)")
        if not self.ledger.token_is_good(token, moment.real):
            raise RefusalError(401, "01", "Invalid Token (B2B)")
        return token

    async def _hindered(self) -> Response | None:
        if self._mode.delay_seconds:
            await asyncio.sleep(self._mode.delay_seconds)
        if self._mode.down == "refuse":
            return NoAnswer()
        return PlainTextResponse("Service Unavailable\n", 503) if self._mode.down else None

    async def mode(self, request: Request) -> Response:
        """GET or PUT /simulator/mode; a PUT changes only what it names."""
        if request.method == "PUT":
            change = Mode.model_validate_json(await request.body())
            self._mode = self._mode.model_copy(update=change.model_dump(exclude_unset=True))
        return JSONResponse(self._mode.model_dump())

    async def seed_account(self, request: Request) -> Response:
        """PUT /simulator/accounts/{number}."""
        seed = AccountSeed.model_validate_json(await request.body())
        number = request.path_params["number"]
        self.ledger.put_account(number, seed.name, seed.status)
        return JSONResponse({"number": number, **seed.model_dump()})

    async def statement_json(self, _: Request) -> Response:
        """GET /simulator/statement.json: every line and the totals."""
        async with self._counter:
            await self._moment()
        ledger = self.ledger
        return JSONResponse(
            {
                "account": ledger.source_account,
                "currency": "IDR",
                "opening_balance": ledger.opening_balance,
                "balance": ledger.balance(),
                "totals": ledger.totals(),
                "lines": ledger.lines(),
            }
        )

    async def transfers_json(self, _: Request) -> Response:
        """GET /simulator/transfers.json: every transfer that arrived."""
        async with self._counter:
            await self._moment()
        return JSONResponse({"transfers": self.ledger.transfers()})

    async def page(self, _: Request) -> Response:
        """GET /: the statement for people."""
        async with self._counter:
            moment = await self._moment()
        return HTMLResponse(statement_page(self.ledger, instant(moment.stamp)))


def _header(request: Request, name: str, longest: int = 2048) -> str:
    value = request.headers.get(name, "")
    if not value:
        raise snap.missing(name)
    if len(value) > longest:
        raise snap.malformed(name)
    return value


def _lost_on_the_way(path: str, body: bytes) -> bool:
    if SERVICES[path][0] != snap.TRANSFER_INTERBANK:
        return False
    try:
        account = snap.json_object(body).get("beneficiaryAccountNo")
    except RefusalError:
        return False
    return isinstance(account, str) and account.endswith(faults.NEVER_ARRIVES)


def _answered(answer: Answer, service: str, moment: Moment) -> Response:
    return JSONResponse(answer.body(service), answer.http, {"X-TIMESTAMP": moment.stamp})


async def _health(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _invalid(_: Request, error: Exception) -> Response:
    reasons = (
        error.errors(include_url=False, include_context=False) if isinstance(error, ValidationError) else []
    )
    return JSONResponse({"status": 422, "title": "Invalid body", "errors": reasons}, 422)


async def _clock_away(_: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", 503, {"Retry-After": "1"})


def application(bank: Bank) -> Starlette:
    """The bank as an ASGI application; closing it closes books and clock."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await bank.clock.close()
        bank.ledger.close()

    return Starlette(
        routes=[
            Route(TOKEN_PATH, bank.token, methods=["POST"]),
            *(Route(path, bank.service, methods=["POST"]) for path in SERVICES),
            Route("/simulator/mode", bank.mode, methods=["GET", "PUT"]),
            Route("/simulator/accounts/{number}", bank.seed_account, methods=["PUT"]),
            Route("/simulator/statement.json", bank.statement_json),
            Route("/simulator/transfers.json", bank.transfers_json),
            Route("/", bank.page),
            Route("/health", _health),
        ],
        exception_handlers={ValidationError: _invalid, ClockUnreadableError: _clock_away},
        lifespan=lifespan,
    )
