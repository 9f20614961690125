"""How the right, or the claim, comes to its end."""

from typing import Literal

from pydantic import Field

from claims.events.bases import AdverseEvent, unless_unstated
from claims.events.basis import StoredBasis
from claims.events.facts import MonthOrNone, RupiahAmount, ShortText
from law.grounds import Frozen, Ground, Verdict
from law.limits import Count, Day, Phrase

Work = Literal["employment", "own_business"]


class Reemployed(Frozen):
    """Telah mendapatkan pekerjaan (PP 37/2021 Pasal 28, 40(b))."""

    type: Literal["reemployed"] = "reemployed"
    since: Day
    verdict: Verdict
    work: Work = Field(default="employment", exclude_if=lambda work: work == "employment")


class Deceased(Frozen):
    """Meninggal dunia (PP 37/2021 Pasal 40(c))."""

    type: Literal["deceased"] = "deceased"
    died_on: Day
    verdict: Verdict


class BenefitCeased(AdverseEvent):
    """Manfaat berhenti: months whose reference date lies after the ground are no longer owed."""

    type: Literal["benefit_ceased"] = "benefit_ceased"
    ground: Ground
    article: Phrase
    last_month_owed: MonthOrNone
    basis: StoredBasis = Field(exclude_if=unless_unstated)


class ClaimLapsed(AdverseEvent):
    """Hak atas manfaat hilang: nobody filed, or filed again, within the window (Pasal 40(a))."""

    type: Literal["claim_lapsed"] = "claim_lapsed"
    ground: Ground
    article: Phrase
    basis: StoredBasis = Field(exclude_if=unless_unstated)


class ClaimReinstated(Frozen):
    """Klaim dipulihkan: a filing received inside the window came to be handled after it closed."""

    type: Literal["claim_reinstated"] = "claim_reinstated"


class ClaimExhausted(Frozen):
    """Masa manfaat selesai: all six months are decided and every payment is final."""

    type: Literal["claim_exhausted"] = "claim_exhausted"
    months_paid: Count
    total_idr: RupiahAmount


class ClaimWithdrawn(Frozen):
    """Klaim ditarik by the claimant."""

    type: Literal["claim_withdrawn"] = "claim_withdrawn"
    reason: ShortText
    verdict: Verdict


EndingEvent = (
    Reemployed | Deceased | BenefitCeased | ClaimLapsed | ClaimReinstated | ClaimExhausted | ClaimWithdrawn
)
