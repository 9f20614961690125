"""One thing said to the claim of a law case, and what a message may put in the place of what is known."""

from types import NoneType
from typing import Self, get_args

from pydantic import model_validator

from claims.events import Objected
from lawcases.format.facts import Known, LaterMonth, Moment, Strict

BECAUSE = "as the case says"


class SaidAt(Strict):
    """One thing said to a claim, at a time."""

    at: Moment


class Replacing(SaidAt):
    """A message whose fields replace what is known; what it leaves out stays."""

    @model_validator(mode="after")
    def _replaces_by_something(self) -> Self:
        for name in sorted(self.model_fields_set & Known.model_fields.keys()):
            known = Known.model_fields[name].annotation
            if getattr(self, name) is None and NoneType not in get_args(known):
                raise ValueError(f"{name}: null replaces nothing; leave the field out")
        return self

    def replaced(self, known: Known) -> Known:
        """What is known, with what the message says of it in place."""
        given = {name: getattr(self, name) for name in self.model_fields_set & Known.model_fields.keys()}
        return known.model_copy(update=given)


class SaidOfDecision(SaidAt):
    """What a word about a decision names: `refusal`, `cessation`, or `month` with its number."""

    what: Objected
    month: LaterMonth | None = None

    @model_validator(mode="after")
    def _a_month_has_a_number(self) -> Self:
        if (self.what == "month") is (self.month is None):
            raise ValueError("month is given with `month`, and with nothing else")
        return self
