"""Tanda tangan SNAP: what is signed, with which key, over exactly the bytes that are sent."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from activities.bank.snap.profile import WIB, SignatureEncoding, TimestampStyle


@dataclass(frozen=True, slots=True)
class Credentials:
    """The secret shared with the bank and the private half (RSA) of the key the bank knows us by."""

    client_secret: str = field(repr=False)
    private_key: rsa.RSAPrivateKey = field(repr=False)

    @classmethod
    def from_pem(cls, client_secret: str, private_key_pem: bytes) -> "Credentials":
        """Read an unencrypted PEM key; ValueError when it is not an RSA private key."""
        key = serialization.load_pem_private_key(private_key_pem, password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("the private key must be RSA")
        return cls(client_secret, key)


def body_bytes(fields: Mapping[str, object]) -> bytes:
    """Serialise once, without insignificant white space: these bytes are hashed, and these are sent."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def timestamp(at: datetime, style: TimestampStyle) -> str:
    """X-TIMESTAMP for an aware instant: `2026-11-23T09:00:00+07:00`, or `2026-11-23T02:00:00Z`."""
    if at.tzinfo is None:
        raise ValueError("a timestamp needs a zone")
    if style == "utc":
        return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return at.astimezone(WIB).isoformat(timespec="seconds")


def string_to_sign(method: str, path: str, token: str, body: bytes, stamp: str) -> str:
    """METHOD:path:token:sha256(body) in lower-case hex:timestamp (PADG 23/15, symmetric with token)."""
    return f"{method}:{path}:{token}:{hashlib.sha256(body).hexdigest()}:{stamp}"


def request_signature(secret: str, text: str, encoding: SignatureEncoding) -> str:
    """HMAC_SHA512 of `text` under the client secret."""
    return _encode(hmac.digest(secret.encode(), text.encode(), "sha512"), encoding)


def token_signature(
    private_key: rsa.RSAPrivateKey, client_id: str, stamp: str, encoding: SignatureEncoding
) -> str:
    """SHA256withRSA (PKCS#1 v1.5) of `client_id|timestamp`, for the access token."""
    text = f"{client_id}|{stamp}".encode()
    return _encode(private_key.sign(text, padding.PKCS1v15(), hashes.SHA256()), encoding)


def _encode(raw: bytes, encoding: SignatureEncoding) -> str:
    return raw.hex() if encoding == "hex" else base64.b64encode(raw).decode()
