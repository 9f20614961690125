"""The mailbox: SMTP on one port, pages and JSON on another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from sandbox.parties.mailbox.letters import Letters
from sandbox.parties.mailbox.pages import SHOWN_ROWS, letter_page, list_page

BOUNCES = "bounce"
IS_BUSY = "busy"
BUSY_TIMES = 2

# A letter's own HTML may style itself, but runs no script and fetches no picture that tells it was read.
_CONTENT_POLICY = {"Content-Security-Policy": "script-src 'none'; img-src data:"}


class Reception:
    """What the SMTP side says: `bounce@` is refused for good, `busy@` the first two times."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    async def handle_RCPT(  # noqa: N802 (aiosmtpd looks for this name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Accept or refuse one recipient."""
        mailbox = address.partition("@")[0].lower()
        if mailbox == BOUNCES:
            return "550 5.1.1 No such mailbox"
        if mailbox == IS_BUSY and self._letters.defer(address) <= BUSY_TIMES:
            return "451 4.2.1 Mailbox busy, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the letter."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        self._letters.add(envelope.mail_from or "", envelope.rcpt_tos, raw)
        return "250 OK"


class Mailbox:
    """The letters, and the two doors to them."""

    def __init__(self, letters: Letters, smtp_port: int) -> None:
        self.letters = letters
        self.smtp_port = smtp_port

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[None]:
        """Listen for SMTP on 127.0.0.1; port 0 becomes the port that was given."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._session, "127.0.0.1", self.smtp_port)
        self.smtp_port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            await server.wait_closed()

    def _session(self) -> SMTP:
        return SMTP(Reception(self.letters), hostname="mailbox", enable_SMTPUTF8=True, ident="mailbox")

    async def list(self, _: Request) -> Response:
        """GET /."""
        return HTMLResponse(list_page(self.letters.heads(newest=SHOWN_ROWS), self.letters.count()))

    async def letter(self, request: Request) -> Response:
        """GET /messages/{id}."""
        letter_id: int = request.path_params["id"]
        head = self.letters.head(letter_id)
        if head is None:
            raise HTTPException(404)
        return HTMLResponse(letter_page(head, self.letters.bodies(letter_id)), headers=_CONTENT_POLICY)

    async def messages_json(self, request: Request) -> Response:
        """GET /messages.json?to=address: newest first, with the text and HTML parts."""
        heads = self.letters.heads(to=request.query_params.get("to"))
        return JSONResponse({"messages": [self._told(head) for head in heads]})

    def _told(self, head: dict[str, Any]) -> dict[str, Any]:
        bodies = self.letters.bodies(head["id"])
        return head | {"text": bodies.text, "html": bodies.html}


async def _health(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def application(mailbox: Mailbox) -> Starlette:
    """The mailbox as an ASGI application whose lifespan opens and closes the SMTP door."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with mailbox.receiving():
            yield
        mailbox.letters.close()

    return Starlette(
        routes=[
            Route("/", mailbox.list),
            Route("/messages.json", mailbox.messages_json),
            Route("/messages/{id:int}", mailbox.letter),
            Route("/health", _health),
        ],
        lifespan=lifespan,
    )
