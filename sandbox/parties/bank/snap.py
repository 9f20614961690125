"""SNAP BI as a bank reads it: signatures, field checks, answers.

Source: ASPI, Standar Nasional Open API Pembayaran, security and transfer services.
"""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

TOKEN = "73"
ACCOUNT_INQUIRY_EXTERNAL = "16"
TRANSFER_INTERBANK = "18"
TRANSFER_STATUS = "36"
BANK_STATEMENT = "14"

Fields = dict[str, Any]

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
_AMOUNT = re.compile(r"\d{1,14}\.\d\d")


@dataclass(frozen=True)
class Answer:
    """What the bank answers. `lost` means that it is never put on the wire."""

    http: int
    case: str
    message: str
    fields: Fields = field(default_factory=dict)
    lost: bool = False

    def code(self, service: str) -> str:
        """The seven digits of responseCode, e.g. 2001800."""
        return f"{self.http}{service}{self.case}"

    def body(self, service: str) -> Fields:
        """The JSON object of the answer."""
        return {"responseCode": self.code(service), "responseMessage": self.message, **self.fields}


class RefusalError(Exception):
    """The bank refuses the request before doing anything."""

    def __init__(self, http: int, case: str, message: str) -> None:
        super().__init__(message)
        self.answer = Answer(http, case, message)


def missing(name: str) -> RefusalError:
    """400xx02, naming the field or header."""
    return RefusalError(400, "02", f"Invalid Mandatory Field {name}")


def malformed(name: str) -> RefusalError:
    """400xx01, naming the field or header."""
    return RefusalError(400, "01", f"Invalid Field Format {name}")


def successful(**fields: Any) -> Answer:
    """200xx00 with these fields."""
    return Answer(200, "00", "Successful", fields)


def json_object(body: bytes) -> Fields:
    """The request's JSON object. Raises RefusalError 400xx00."""
    try:
        parsed = json.loads(body)
    except ValueError:
        raise RefusalError(400, "00", "Bad Request") from None
    if not isinstance(parsed, dict):
        raise RefusalError(400, "00", "Bad Request")
    return parsed


def text(body: Fields, name: str, longest: int) -> str:
    """A mandatory string of at most `longest` characters. Raises RefusalError 400xx02 or 400xx01."""
    value = body.get(name)
    if value in (None, ""):
        raise missing(name)
    if not isinstance(value, str) or len(value) > longest:
        raise malformed(name)
    return value


def optional_text(body: Fields, name: str, longest: int) -> str:
    """The same for a field that may be absent, "" then."""
    return text(body, name, longest) if body.get(name) else ""


def rupiah(body: Fields, name: str) -> int:
    """A mandatory IDR amount in whole rupiah, from {"value": "3000000.00", "currency": "IDR"}."""
    money = body.get(name)
    if money is None:
        raise missing(name)
    if not isinstance(money, dict):
        raise malformed(name)
    value, currency = text(money, "value", 17), text(money, "currency", 3)
    if not _AMOUNT.fullmatch(value) or not value.endswith(".00"):
        raise malformed(f"{name}.value")
    if currency != "IDR":
        raise malformed(f"{name}.currency")
    return int(value[:-3])


def money(amount: int) -> Fields:
    """An amount of whole rupiah as SNAP writes it."""
    return {"value": f"{amount}.00", "currency": "IDR"}


def instant(body: Fields, name: str) -> datetime:
    """A mandatory instant with offset, e.g. 2026-11-23T09:00:00+07:00."""
    return timestamp(text(body, name, 25), name)


def timestamp(value: str, name: str) -> datetime:
    """An instant as SNAP writes it. Raises RefusalError 400xx01."""
    if not _TIMESTAMP.fullmatch(value):
        raise malformed(name)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise malformed(name) from None


def asymmetric_signature_holds(key: RSAPublicKey, client_id: str, stamp: str, signature: str) -> bool:
    """Whether `signature` (base64) is SHA256withRSA over client_id|timestamp."""
    try:
        given = base64.b64decode(signature, validate=True)
        key.verify(given, f"{client_id}|{stamp}".encode(), padding.PKCS1v15(), hashes.SHA256())
    except (ValueError, InvalidSignature):
        return False
    return True


def symmetric_signature(secret: str, method: str, endpoint: str, token: str, body: bytes, stamp: str) -> str:
    """HMAC_SHA512 in base64 over the bytes exactly as received; `endpoint` is the path with its query."""
    digest = hashlib.sha256(body).hexdigest()
    signed = f"{method}:{endpoint}:{token}:{digest}:{stamp}"
    return base64.b64encode(hmac.digest(secret.encode(), signed.encode(), "sha512")).decode()


def same(expected: str, given: str) -> bool:
    """Whether two signatures are equal, in constant time."""
    return hmac.compare_digest(expected.encode(), given.encode())
