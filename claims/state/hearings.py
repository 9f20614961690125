"""Beside the decision of a claim: what is asked, objected to, corrected and looked at again."""

from dataclasses import dataclass
from datetime import date

from claims import events as e
from claims.events.facts import ContributionRecord, Layoff
from law.grounds import Reason


@dataclass(frozen=True)
class Question:
    """Pertanyaan to the claimant: as asked, whether it was answered, and what an officer found.

    `record` is the contribution record as it stood when it was asked.
    """

    asked: e.QuestionAsked
    record: ContributionRecord | None = None
    answered: bool = False
    decided: e.QuestionDecided | None = None


@dataclass(frozen=True)
class Objection:
    """Keberatan: as it was received; closed once a person looked at it, or another filing was made."""

    received: e.ObjectionReceived
    closed: bool = False

    def is_against(self, what: e.Objected, month: int) -> bool:
        """An objection names one decision: a refusal, the end, or the loss of a month (0: no month)."""
        return (self.received.what, self.received.month) == (what, month)


@dataclass(frozen=True)
class Reconsidered:
    """Peninjauan kembali: what came of it, and the reasons of the decision that stood before it."""

    event: e.ClaimReconsidered
    before: tuple[Reason, ...]


@dataclass(frozen=True)
class Corrected:
    """Koreksi laporan PHK: a report that told something else of the layoff, or came after the claim's end."""

    event: e.LayoffCorrected
    before: Layoff
    reopened: bool


@dataclass(frozen=True)
class Facts:
    """What a decision over a claim is made on: the record, the reports, what was told of work and death."""

    record: ContributionRecord | None
    layoff: Layoff | None
    reports: frozenset[Layoff]
    report_disputed: bool
    worked_since: frozenset[date]
    died_on: date | None


@dataclass(frozen=True)
class Ended:
    """An end of the benefit, and how many questions had been asked before it."""

    event: e.BenefitCeased
    asked_before: int
