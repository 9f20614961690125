"""The kinds of values that settings have; what is wrong about one is said without the value."""

import re
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import AfterValidator, BeforeValidator, Field, SecretBytes, SecretStr

LOOKUP_KEY_BYTES_MIN = 32


class Profile(StrEnum):
    """Which world a process belongs to."""

    PRODUCTION = "production"
    SANDBOX = "sandbox"


class SmtpTls(StrEnum):
    """How the mail relay is spoken to: in clear, in TLS where it offers it, only in TLS, in TLS at once."""

    NONE = "none"
    OPPORTUNISTIC = "opportunistic"
    REQUIRED = "required"
    IMPLICIT = "implicit"


class LogLevel(StrEnum):
    """From which level on is logged."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class LogFormat(StrEnum):
    """One JSON object a line, or text for people."""

    JSON = "json"
    TEXT = "text"


class SslMode(StrEnum):
    """How PostgreSQL is spoken to, in libpq's words."""

    DISABLE = "disable"
    ALLOW = "allow"
    PREFER = "prefer"
    REQUIRE = "require"
    VERIFY_CA = "verify-ca"
    VERIFY_FULL = "verify-full"


def _http_url(value: str) -> str:
    try:
        parts, port = urlsplit(value), urlsplit(value).port
    except ValueError:
        raise ValueError("should be a URL with a host and a port from 1 to 65535") from None
    if port == 0:
        raise ValueError("should name a port from 1 to 65535")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("should be a URL that begins with http:// or https:// and names a host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("should hold no user and no password")
    if parts.query or parts.fragment or re.search(r"\s", value):
        raise ValueError("should end with its path")
    return value


def _host_and_port(value: str) -> str:
    found = re.fullmatch(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/:@\[\]]+):(\d{1,5})", value)
    if found is None or not 1 <= int(found[1]) <= 65_535:
        raise ValueError("should be HOST:PORT, without a scheme")
    return value


def _host(value: str) -> str:
    if re.search(r"[\s/@]|://", value):
        raise ValueError("should be the name or the address of a host")
    return value


def _socket_or_hosts(value: str) -> str:
    if re.search(r"[\s@]|://", value):
        raise ValueError("should be the name or the address of a host, or the folder of a socket")
    return value


def _file(value: Path) -> Path:
    if not value.is_file():
        raise ValueError("should be the path of a file")
    return value


def _ip_address(value: object) -> object:
    try:
        return ip_address(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError("should be an IPv4 or IPv6 address, without a port") from None


_ATOM = r"[A-Za-z0-9#$&'*+/=^_`{|}~-]+"


def _mail_address(value: str) -> str:
    if not re.fullmatch(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", value):
        raise ValueError("should be one e-mail address without a name")
    return value


def _from_hexadecimal(value: object) -> object:
    """Bytes as they are, for who makes settings in code."""
    if not isinstance(value, str):
        return value
    try:
        return bytes.fromhex(value)
    except ValueError:
        raise ValueError(_TOO_SHORT) from None


def _long_enough(value: SecretBytes) -> SecretBytes:
    if len(value.get_secret_value()) < LOOKUP_KEY_BYTES_MIN:
        raise ValueError(_TOO_SHORT)
    return value


_TOO_SHORT = f"should hold at least {LOOKUP_KEY_BYTES_MIN} bytes in hexadecimal (`openssl rand -hex 32`)"


def _rsa_private_key(value: SecretBytes) -> SecretBytes:
    try:
        key = load_pem_private_key(value.get_secret_value(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("should be an RSA private key in PEM, without a password")
    return value


Text = Annotated[str, Field(min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")]
Port = Annotated[int, Field(ge=1, le=65_535)]
PortOrNone = Annotated[int, Field(ge=0, le=65_535)]
Host = Annotated[str, AfterValidator(_host)]
SocketOrHost = Annotated[str, AfterValidator(_socket_or_hosts)]
HostAndPort = Annotated[str, AfterValidator(_host_and_port)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
File = Annotated[Path, AfterValidator(_file)]
IpAddress = Annotated[IPv4Address | IPv6Address, BeforeValidator(_ip_address)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]
QueueName = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,200}$")]
SecretText = Annotated[SecretStr, Field(min_length=1)]
LookupKey = Annotated[SecretBytes, BeforeValidator(_from_hexadecimal), AfterValidator(_long_enough)]
RsaPrivateKey = Annotated[SecretBytes, AfterValidator(_rsa_private_key)]
