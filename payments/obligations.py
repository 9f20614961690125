"""Kewajiban bayar: what is owed, to whom, under a key of its own; at most one order of it is not ended.

`benefit/<month>` and `difference/<month>/<number>` name an obligation inside its stream; with the stream they
make a key that the whole database holds once: `benefit/<stream>/<month>`.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class CreditorKind(StrEnum):
    """Who can be owed: a participant, a training provider, an employer."""

    PERSON = "person"
    PROVIDER = "provider"
    EMPLOYER = "employer"


@dataclass(frozen=True)
class Creditor:
    """Penerima pembayaran: to whom an obligation is owed."""

    kind: CreditorKind
    creditor_id: UUID


def person(participant_id: UUID) -> Creditor:
    """Peserta as a creditor."""
    return Creditor(CreditorKind.PERSON, participant_id)


def obligation_key(stream_id: UUID, obligation: str) -> str:
    """The key of an obligation among all streams: `benefit/2` becomes `benefit/<stream>/2`."""
    kind, _, of = obligation.partition("/")
    return f"{kind}/{stream_id}/{of}"


@dataclass(frozen=True)
class NewOrder:
    """Perintah bayar yang dibuat: one attempt to pay one obligation, before the bank is called."""

    order_id: UUID
    obligation: str
    month: int
    attempt: int
    amount_idr: int
    account_version: int
