"""The mail relay: one letter to one mailbox over SMTP, with TLS and a password where it asks for them.

The envelope names the parsed address and nothing else. What the relay answers is either for good (RFC 5321
§4.2.1: 5yz to the greeting, the sender, the recipient or the text) or for now (4yz, and all that is wrong
between us and it).
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import aiosmtplib

from claims.commands.email_addresses import EmailAddress
from claims.events.undelivered import Undelivered
from settings.kinds import SmtpTls

PERMANENT = range(500, 600)
# What the relay says of us and not of a letter: authentication is missing, too weak, or failed (RFC 4954).
OURS_TO_MEND = frozenset({530, 534, 535, 538})


NOBODY = EmailAddress("jkp", "jkp.invalid")


class NotTaken(RuntimeError):
    """The relay did not take a letter for now; the text names nobody.

    `by_relay` says that it came to no letter at all, so that no other need be tried.
    """

    def __init__(self, failure: str, *, by_relay: bool = False) -> None:
        super().__init__(f"the mail relay did not take a letter: {failure}")
        self.failure = failure
        self.by_relay = by_relay


class Refused(RuntimeError):
    """A letter that no other attempt would deliver; the text names nobody."""

    def __init__(self, reason: Undelivered, failure: str) -> None:
        super().__init__(f"a letter is refused for good: {reason.value} {failure}")
        self.reason = reason
        self.failure = failure


@dataclass(frozen=True)
class MailRelay:
    """Where letters are handed over, and as whom; `authority` is a PEM file that replaces the system's own.

    TLS that is offered is verified like TLS that is required.
    """

    host: str
    port: int
    sender: EmailAddress = NOBODY
    tls: SmtpTls = SmtpTls.OPPORTUNISTIC
    authority: Path | None = None
    user: str = ""
    password: str = field(repr=False, default="")
    timeout_seconds: float = 10.0

    async def deliver(self, mail: bytes, to: EmailAddress) -> None:
        """Hand over one letter; raises Refused where it can never arrive, NotTaken where it may later."""
        client = self._client()
        with _of_the_connection():
            await client.connect()
        try:
            with _of_the_letter():
                await _transact(client, self.sender, to, mail)
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await client.quit()
        finally:
            client.close()

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password or None,
            use_tls=self.tls is SmtpTls.IMPLICIT,
            start_tls={SmtpTls.REQUIRED: True, SmtpTls.OPPORTUNISTIC: None}.get(self.tls, False),
            tls_context=self._trusted,
            timeout=self.timeout_seconds,
        )

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority)


async def _transact(client: aiosmtplib.SMTP, sender: EmailAddress, to: EmailAddress, mail: bytes) -> None:
    options = []
    if to.needs_smtputf8:
        if not client.supports_extension("smtputf8"):
            raise Refused(Undelivered.ADDRESS_NOT_SUPPORTED, "no SMTPUTF8")
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    await client.sendmail(sender.text, [to.text], mail, mail_options=options)


@contextmanager
def _of_the_connection() -> Iterator[None]:
    """Until a letter is begun: only a greeting with 5yz is for good."""
    try:
        yield
    except aiosmtplib.SMTPConnectResponseError as greeting:
        if greeting.code in PERMANENT:
            raise Refused(Undelivered.RELAY_REFUSES, str(greeting.code)) from None
        raise NotTaken(str(greeting.code), by_relay=True) from None
    except aiosmtplib.SMTPResponseException as answer:
        raise NotTaken(str(answer.code), by_relay=True) from None
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as trouble:
        not_offered = type(trouble) is aiosmtplib.SMTPException
        failure = "STARTTLS or AUTH not offered" if not_offered else type(trouble).__name__
        raise NotTaken(failure, by_relay=True) from None


@contextmanager
def _of_the_letter() -> Iterator[None]:
    """From the sender to the end of the text; what cannot be spelled for the relay is for good as well."""
    try:
        yield
    except aiosmtplib.SMTPRecipientsRefused as refusal:
        raise _refusal(refusal.recipients[0].code, Undelivered.ADDRESS_REFUSED) from None
    except aiosmtplib.SMTPResponseException as answer:
        raise _refusal(answer.code, Undelivered.LETTER_REFUSED) from None
    except aiosmtplib.SMTPNotSupported:
        raise Refused(Undelivered.ADDRESS_NOT_SUPPORTED, "not supported") from None
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as trouble:
        raise NotTaken(type(trouble).__name__) from None
    except ValueError as unspeakable:
        raise Refused(Undelivered.LETTER_REFUSED, type(unspeakable).__name__) from None


def _refusal(code: int, reason: Undelivered) -> Refused | NotTaken:
    if code in PERMANENT and code not in OURS_TO_MEND:
        return Refused(reason, str(code))
    return NotTaken(str(code))
