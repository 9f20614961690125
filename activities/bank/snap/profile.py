"""What differs from bank to bank: addresses, identities, encodings, time limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from enum import StrEnum
from types import MappingProxyType
from typing import Literal
from urllib.parse import urlsplit

WIB = timezone(timedelta(hours=7), "WIB")

SignatureEncoding = Literal["base64", "hex"]
TimestampStyle = Literal["wib", "utc"]


class Service(StrEnum):
    """Kode layanan: the two digits that name a SNAP service, also inside every response code."""

    TOKEN = "73"  # noqa: S105 - a service code
    ACCOUNT_INQUIRY = "16"
    TRANSFER = "18"
    STATUS = "36"
    STATEMENT = "14"


@dataclass(frozen=True, slots=True)
class BankProfile:
    """One bank as it wants to be spoken to.

    `base_url` is an origin without a path; `paths` are absolute and are what gets signed.
    `http_total_seconds` bounds one call, the token included. "Not found" can be believed
    `not_found_after_seconds` after the sending, and never inside `end_of_day` (WIB, start included, end not).
    """

    base_url: str
    client_id: str
    partner_id: str
    channel_id: str
    source_account: str = field(repr=False)
    paths: Mapping[Service, str]
    signature_encoding: SignatureEncoding = "base64"
    timestamp_style: TimestampStyle = "wib"
    http_total_seconds: float = 20.0
    not_found_after_seconds: float = 86_400.0
    end_of_day: tuple[time, time] | None = None
    inquiry_info: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    transfer_info: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """Refuse a profile whose signed path would differ from the path sent."""
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or parts.path or parts.query or parts.fragment:
            raise ValueError("base_url must be an origin: scheme, host, port and nothing more")
        if missing := [service.name for service in Service if service not in self.paths]:
            raise ValueError(f"no path for {', '.join(missing)}")
        if self.http_total_seconds <= 0:
            raise ValueError("http_total_seconds must be positive")

    def in_end_of_day(self, at: datetime) -> bool:
        """Whether the bank is closing its day at `at` (aware), when its answers mean little."""
        if self.end_of_day is None:
            return False
        start, end = self.end_of_day
        clock = at.astimezone(WIB).time()
        return start <= clock < end if start <= end else clock >= start or clock < end


STANDARD_PATHS: Mapping[Service, str] = MappingProxyType(
    {
        Service.TOKEN: "/openapi/v1.0/access-token/b2b",
        Service.ACCOUNT_INQUIRY: "/openapi/v1.0/account-inquiry-external",
        Service.TRANSFER: "/openapi/v1.0/transfer-interbank",
        Service.STATUS: "/openapi/v1.0/transfer/status",
        Service.STATEMENT: "/openapi/v1.0/bank-statement",
    }
)


def sandbox_profile(
    url: str,
    *,
    client_id: str = "jkp",
    partner_id: str = "JKP",
    channel_id: str = "95231",
    source_account: str = "0987654321",
    http_total_seconds: float = 5.0,
    not_found_after_seconds: float = 10.0,
) -> BankProfile:
    """The sandbox's bank at `url`: R5's order of deadlines in seconds that a visitor can wait for."""
    return BankProfile(
        base_url=url.rstrip("/"),
        client_id=client_id,
        partner_id=partner_id,
        channel_id=channel_id,
        source_account=source_account,
        paths=STANDARD_PATHS,
        http_total_seconds=http_total_seconds,
        not_found_after_seconds=not_found_after_seconds,
        transfer_info=MappingProxyType({"transferType": "2", "purposeCode": "99"}),
    )
