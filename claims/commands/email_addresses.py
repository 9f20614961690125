"""Alamat surel: one e-mail address, parsed once (RFC 5321 with RFC 6531), never read from a header.

What is taken is narrower than what the standards allow: whatever a relay or a reader could take for more than
one mailbox, or for another one, is no address here.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Self

from email_validator import EmailNotValidError, validate_email
from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

LOCAL_OCTETS_MAX = 64
ADDRESS_OCTETS_MAX = 254
COMPLAINT = (
    "must be one e-mail address as in name@example.com: no display name, quotes, comments, routes or encoded "
    "words, no final dot, and a domain that mail can reach"
)
# `%` and `!` are routes to another host, `=?` begins an encoded word: both are valid before the @, and both
# send a letter to somebody else where a relay or a reader takes them for what they were made for.
LEADS_ELSEWHERE = re.compile(r"[%!]|=\?")


class InvalidEmailAddress(ValueError):
    """Not one e-mail address; the text never repeats it."""


@dataclass(frozen=True, repr=False)
class EmailAddress:
    """A mailbox: what stands before the @, and the domain in ASCII (A-labels); printed it shows nothing."""

    local: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The address that a text is; raises InvalidEmailAddress."""
        try:
            found = validate_email(text, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            raise InvalidEmailAddress(COMPLAINT) from None
        local, domain = found.local_part, found.ascii_domain
        too_long = (
            len(local.encode()) > LOCAL_OCTETS_MAX or len(f"{local}@{domain}".encode()) > ADDRESS_OCTETS_MAX
        )
        if domain is None or too_long or LEADS_ELSEWHERE.search(local):
            raise InvalidEmailAddress(COMPLAINT)
        return cls(local, domain)

    @classmethod
    def stored(cls, text: str) -> Self | None:
        """The address of a row; None where an older one holds what is no address."""
        try:
            return cls.parse(text)
        except InvalidEmailAddress:
            return None

    @property
    def text(self) -> str:
        """As it stands in an envelope, without the angle brackets."""
        return f"{self.local}@{self.domain}"

    @property
    def needs_smtputf8(self) -> bool:
        """Whether only a relay that offers SMTPUTF8 can take it (RFC 6531)."""
        return not self.local.isascii()

    def same_mailbox(self, other: "EmailAddress | None") -> bool:
        """Whether another spelling reaches the same mailbox: nobody tells two by case."""
        return other is not None and self.text.casefold() == other.text.casefold()

    def __repr__(self) -> str:
        return "EmailAddress(***)"


def _read(value: object) -> EmailAddress:
    if isinstance(value, EmailAddress):
        return value
    if not isinstance(value, str):
        raise InvalidEmailAddress(COMPLAINT)
    return EmailAddress.parse(value)


EmailField = Annotated[
    EmailAddress,
    PlainValidator(_read),
    PlainSerializer(lambda address: address.text, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "format": "idn-email",
            "maxLength": ADDRESS_OCTETS_MAX,
            "description": "one address, name@example.com; no display name, quotes, comments or routes",
        }
    ),
]
