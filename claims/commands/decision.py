"""The contribution record, and what an officer decides on it."""

from typing import Literal

from pydantic import Field

from claims.events import Payer
from claims.events.facts import ContributionRecord, ShortText
from law.grounds import Frozen
from law.limits import Count, Truth


class RecordContributions(Frozen):
    """The answer of BPJS Ketenagakerjaan."""

    kind: Literal["contribution_record"] = "contribution_record"
    record: ContributionRecord


class RequestRecord(Frozen):
    """BPJS Ketenagakerjaan shall be asked again: something was paid or put right there."""

    kind: Literal["record_request"] = "record_request"
    reason: ShortText


class DecideByOfficer(Frozen):
    """Keputusan petugas over a referred claim (question 0) or a question: for the claimant, or not.

    Where contributions were in arrears the officer also says who pays the months first (Pasal 39).
    """

    kind: Literal["officer_decision"] = "officer_decision"
    approves: Truth
    reason: ShortText
    question: Count = Field(default=0, exclude_if=lambda question: question == 0)
    payer: Payer | None = Field(default=None, exclude_if=lambda payer: payer is None)


DecisionMessage = RecordContributions | RequestRecord | DecideByOfficer
