"""Asal data: where the facts of a condition come from, by its code, and as of when."""

from dataclasses import dataclass
from datetime import UTC, datetime

from claims.events.facts import ContributionRecord


@dataclass(frozen=True)
class Source:
    """A source by its code and, where it names one, the instant (UTC) of which it speaks."""

    code: str
    known_at: datetime | None = None


LAYOFF_REPORT = Source("layoff_report")
PORTAL = Source("portal")
TRAINING_PROVIDER = Source("training_provider")
CIVIL_REGISTRY = Source("civil_registry")


def source_at(code: str, as_of: datetime) -> Source:
    """A register that says as of when it speaks; `as_of` is aware."""
    return Source(code, as_of.astimezone(UTC))


def source_of(record: ContributionRecord) -> Source:
    """The contribution record that BPJS Ketenagakerjaan gave."""
    return source_at(record.source, record.as_of)
