"""Objections, and what an officer puts right."""

from typing import Literal, Self

from pydantic import Field, model_validator

from claims.events import Objected, ObjectedMonth, Payer
from claims.events.facts import Code, ShortText
from law.grounds import Frozen
from law.limits import Truth


class AboutADecision(Frozen):
    """What a word about a decision names: the refusal, the end of the benefit, or a month by its number."""

    what: Objected
    month: ObjectedMonth = Field(default=0, exclude_if=lambda month: month == 0)

    @model_validator(mode="after")
    def _a_month_has_a_number(self) -> Self:
        if (self.what == "month") is (self.month == 0):
            raise ValueError("month is given with `month`, and with nothing else")
        return self


class ObjectToDecision(AboutADecision):
    """Keberatan of the claimant to a decision, with the reference of what they sent in."""

    kind: Literal["objection"] = "objection"
    reference: Code


class PutRight(AboutADecision):
    """Perbaikan keputusan by an officer; not `founded` dismisses the objection to it.

    Of a refusal the officer also says who pays first, where contributions were in arrears (Pasal 39).
    """

    kind: Literal["put_right"] = "put_right"
    reason: ShortText
    founded: Truth = Field(default=True, exclude_if=lambda founded: founded)
    payer: Payer | None = Field(default=None, exclude_if=lambda payer: payer is None)


ObjectionMessage = ObjectToDecision | PutRight
