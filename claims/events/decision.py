"""The contribution record and what was decided on it."""

from typing import Literal

from pydantic import Field

from claims.events.bases import AdverseEvent, unless_unstated
from claims.events.basis import StoredBasis
from claims.events.facts import ContributionRecord, RupiahAmount, ShortText
from law.grounds import Frozen, Ground, Reason, Verdict
from law.limits import Count, DerivedDay, DerivedInstant, Phrase, Truth

Payer = Literal["bpjs", "employer"]
Because = Literal["contribution_record", "layoff_report"]
Outcome = Literal["unchanged", "decided_anew", "wage_raised", "payer_changed", "asked"]


class ContributionRecordReceived(Frozen):
    """Catatan iuran diterima: the facts as received, with their as-of time."""

    type: Literal["contribution_record_received"] = "contribution_record_received"
    record: ContributionRecord


class ClaimApproved(Frozen):
    """Klaim disetujui: every condition of Pasal 19 and 20 is met.

    `payer` is who pays the months first (Pasal 39). `catch_up_from` is the day of an approval that came late
    or after a refusal: months whose window closed before it may still be applied for from then on.
    """

    type: Literal["claim_approved"] = "claim_approved"
    regime: Phrase
    reference_date: DerivedDay
    reported_wage_idr: RupiahAmount
    reasons: tuple[Reason, ...]
    payer: Payer = Field(default="bpjs", exclude_if=lambda payer: payer == "bpjs")
    catch_up_from: DerivedDay | None = Field(default=None, exclude_if=lambda day: day is None)


class ClaimDenied(AdverseEvent):
    """Klaim ditolak: a condition is not met; until `may_file_again_until` the participant may file again."""

    type: Literal["claim_denied"] = "claim_denied"
    regime: Phrase
    ground: Ground
    article: Phrase
    may_file_again_until: DerivedInstant
    reasons: tuple[Reason, ...]
    basis: StoredBasis = Field(exclude_if=unless_unstated)


class ClaimReferred(Frozen):
    """Klaim diteruskan ke petugas: the law gives no answer that a machine may give.

    Until `heard_until` the claimant may answer; an officer refuses only after the answer, or after that.
    """

    type: Literal["claim_referred"] = "claim_referred"
    regime: Phrase
    ground: Ground
    article: Phrase
    answer_due_at: DerivedInstant
    reasons: tuple[Reason, ...]
    heard_until: DerivedInstant | None = Field(default=None, exclude_if=lambda until: until is None)


class OfficerDecided(Frozen):
    """Keputusan petugas: a person decides what was referred or asked; the envelope names the officer.

    `question` 0 is the referral of the claim; `payer` is named where the contributions were in arrears, and
    `payer_verdict` is why it did not count where they were not.
    """

    type: Literal["officer_decided"] = "officer_decided"
    approves: Truth
    reason: ShortText
    verdict: Verdict
    question: Count = Field(default=0, exclude_if=lambda question: question == 0)
    payer: Payer | None = Field(default=None, exclude_if=lambda payer: payer is None)
    payer_verdict: Verdict | None = Field(default=None, exclude_if=lambda verdict: verdict is None)


class RecordRequested(Frozen):
    """Permintaan catatan iuran: somebody asks that BPJS Ketenagakerjaan be asked again."""

    type: Literal["record_requested"] = "record_requested"
    reason: ShortText
    verdict: Verdict


class ClaimReconsidered(Frozen):
    """Peninjauan kembali: facts that came after a decision were looked at, and what came of it."""

    type: Literal["claim_reconsidered"] = "claim_reconsidered"
    because: Because
    outcome: Outcome
    article: Phrase
    reasons: tuple[Reason, ...]


DecisionEvent = (
    ContributionRecordReceived
    | ClaimApproved
    | ClaimDenied
    | ClaimReferred
    | OfficerDecided
    | RecordRequested
    | ClaimReconsidered
)
