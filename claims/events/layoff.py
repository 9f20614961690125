"""The layoff and the filing of the claim."""

from typing import Literal

from pydantic import Field

from claims.events.facts import Code, Layoff, Participant
from law.grounds import Frozen, Verdict
from law.limits import Count, DerivedDay, Sha256

Party = Literal["employer", "participant"]


class LayoffReported(Frozen):
    """Laporan PHK, by the employer or by the participant (Permenaker 2/2025 Pasal 9)."""

    type: Literal["layoff_reported"] = "layoff_reported"
    layoff: Layoff
    reported_by: Party


class LayoffCorrected(Frozen):
    """Koreksi laporan PHK: another report of the same layoff, whose facts now hold."""

    type: Literal["layoff_corrected"] = "layoff_corrected"
    layoff: Layoff
    reported_by: Party


class LayoffWithdrawn(Frozen):
    """Laporan PHK dibatalkan: a party takes back its report, or speaks against another's.

    `still_reported_by` is the party whose report stands and is the layoff from then on; without one a
    withdrawal that counts ends the claim.
    """

    type: Literal["layoff_withdrawn"] = "layoff_withdrawn"
    reported_by: Party
    verdict: Verdict
    still_reported_by: Party | None = Field(default=None, exclude_if=lambda party: party is None)


class ClaimFiled(Frozen):
    """Pengajuan klaim: filed through the participant's own account, with the commitment signed (KAPK)."""

    type: Literal["claim_filed"] = "claim_filed"
    participant: Participant
    account_version: Count
    filed_on: DerivedDay
    commitment_version: Code
    commitment_sha256: Sha256


class FilingNotAccepted(Frozen):
    """Pengajuan tidak diterima: a filing that opens nothing, kept with its ground."""

    type: Literal["filing_not_accepted"] = "filing_not_accepted"
    filed_on: DerivedDay
    verdict: Verdict


LayoffEvent = LayoffReported | LayoffCorrected | LayoffWithdrawn | ClaimFiled | FilingNotAccepted
