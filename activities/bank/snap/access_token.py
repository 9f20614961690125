"""Access token B2B (73): fetched when needed, kept until half a minute before it expires."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from activities.bank.snap.answers import Outcome, json_object, response_code
from activities.bank.snap.exchange import Exchange, NoReply, Reply, boot_time
from activities.bank.snap.profile import BankProfile, Service
from activities.bank.snap.signing import Credentials, body_bytes, timestamp, token_signature

_EARLY_SECONDS = 30.0
_BODY = body_bytes({"grantType": "client_credentials", "additionalInfo": {}})


@dataclass(frozen=True, slots=True)
class NoToken:
    """No token to be had: RETRY_SAME when the bank was out of reach, OUR_BUG when it refused us."""

    outcome: Outcome
    response_code: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class _Token:
    text: str = field(repr=False)
    good_until: float


class TokenKeeper:
    """The current token, shared by every call; one is fetched at a time."""

    def __init__(
        self, profile: BankProfile, credentials: Credentials, exchange: Exchange, now: Callable[[], datetime]
    ) -> None:
        self._profile = profile
        self._credentials = credentials
        self._exchange = exchange
        self._now = now
        self._lock = asyncio.Lock()
        self._token: _Token | None = None

    async def current(self, deadline: float) -> str | NoToken:
        """A token that is still good, or why there is none; `deadline` is a boot-time instant."""
        async with self._lock:
            if self._token and boot_time() < self._token.good_until:
                return self._token.text
            fetched = await self._fetch(deadline)
            if isinstance(fetched, NoToken):
                return fetched
            self._token = fetched
            return fetched.text

    def drop(self, text: str) -> None:
        """Forget a token that the bank no longer takes; a newer one stays."""
        if self._token and self._token.text == text:
            self._token = None

    async def _fetch(self, deadline: float) -> _Token | NoToken:
        path = self._profile.paths[Service.TOKEN]
        asked_at = boot_time()
        reply = await self._exchange.post(path, self._headers(), _BODY, deadline, math.inf)
        if isinstance(reply, NoReply):
            return NoToken(Outcome.RETRY_SAME, None, f"no token: {reply.detail}")
        return _read(reply, asked_at)

    def _headers(self) -> dict[str, str]:
        profile = self._profile
        stamp = timestamp(self._now(), profile.timestamp_style)
        key = self._credentials.private_key
        return {
            "Content-Type": "application/json",
            "X-TIMESTAMP": stamp,
            "X-CLIENT-KEY": profile.client_id,
            "X-SIGNATURE": token_signature(key, profile.client_id, stamp, profile.signature_encoding),
        }


def _read(reply: Reply, asked_at: float) -> _Token | NoToken:
    fields = json_object(reply.body)
    code = response_code(fields)
    if reply.http_status == 200 and code == "2007300":
        text, seconds = fields.get("accessToken"), _seconds(fields.get("expiresIn"))
        if isinstance(text, str) and text.isascii() and text.isprintable() and text and seconds:
            return _Token(text, asked_at + seconds - _EARLY_SECONDS)
        return NoToken(Outcome.RETRY_SAME, code, "no token: the answer holds none")
    refused = 400 <= reply.http_status < 500 and reply.http_status != 429
    outcome = Outcome.OUR_BUG if refused else Outcome.RETRY_SAME
    return NoToken(outcome, code, f"no token: HTTP {reply.http_status}")


def _seconds(value: object) -> int | None:
    """`expiresIn`: a string of digits by the standard, a number at some banks."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
