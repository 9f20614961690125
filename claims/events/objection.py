"""Objections: the claimant says that a decision is wrong, and a person puts it right or lets it stand."""

from typing import Literal

from pydantic import Field

from claims.events.decision import Payer
from claims.events.facts import Code, MonthNumber, MonthOrNone, RupiahAmount, ShortText
from law.grounds import Frozen, Verdict
from law.limits import DerivedDay, Phrase, Truth

Objected = Literal["refusal", "month", "cessation"]
ObjectedMonth = MonthOrNone


class ObjectionReceived(Frozen):
    """Keberatan: against the refusal, a month that was lost (its number, else 0) or the end of the benefit.

    `reference` names what was sent in; an officer's time to look at it runs from `received_on`.
    """

    type: Literal["objection_received"] = "objection_received"
    what: Objected
    month: ObjectedMonth
    reference: Code
    received_on: DerivedDay
    verdict: Verdict


class DecisionReviewed(Frozen):
    """Keputusan diperiksa lagi: a person found it wrong and puts it right, or dismisses the objection.

    The envelope names the officer; `payer` is who pays first where that had to be said, and `payer_verdict`
    why it did not count where it had not.
    """

    type: Literal["decision_reviewed"] = "decision_reviewed"
    what: Objected
    month: ObjectedMonth
    founded: Truth
    reason: ShortText
    verdict: Verdict
    payer: Payer | None = Field(default=None, exclude_if=lambda payer: payer is None)
    payer_verdict: Verdict | None = Field(default=None, exclude_if=lambda verdict: verdict is None)


class BenefitResumed(Frozen):
    """Manfaat dilanjutkan: what ended the benefit was wrong; nothing of it is known any more.

    `months` are owed again; those whose window closed meanwhile may be applied for, counted from
    `catch_up_from`.
    """

    type: Literal["benefit_resumed"] = "benefit_resumed"
    months: tuple[MonthNumber, ...]
    catch_up_from: DerivedDay
    article: Phrase


class ReceivableDropped(Frozen):
    """Kelebihan pembayaran dihapus: it was owed after all, or its payment came back."""

    type: Literal["receivable_dropped"] = "receivable_dropped"
    month: MonthNumber
    amount_idr: RupiahAmount
    article: Phrase


ObjectionEvent = ObjectionReceived | DecisionReviewed | BenefitResumed | ReceivableDropped
