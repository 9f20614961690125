"""What every law case has, whatever it asks: a head, an expectation, and the words both are written in."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from claims.events.facts import ShortText
from claims.wording.conditions import CONDITIONS
from law.grounds import Ground
from lawcases.format.facts import MONTH, Strict
from lawcases.strict_json import shown

GROUNDS = frozenset(ground.value for ground in Ground)


def _ground(code: str) -> str:
    if code not in GROUNDS:
        raise ValueError(f"{shown(code)} is no ground: see law/grounds.py for those that there are")
    return code


def _condition(code: str) -> str:
    if code not in CONDITIONS:
        raise ValueError(f"{shown(code)} is not one of {', '.join(sorted(CONDITIONS))}: write one of them")
    return code


GroundCode = Annotated[str, Field(pattern=r"^[a-z_]+$"), AfterValidator(_ground)]
ConditionCode = Annotated[str, AfterValidator(_condition)]
Rupiah = Annotated[int, Field(ge=0, le=10**13)]
DayTime = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$")]
CalendarMonth = Annotated[str, Field(pattern=rf"^{MONTH}$")]


class CaseHead(Strict):
    """What every case has: a name, a sentence, and the article it stands on."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=80)]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    article: ShortText


class Expect(Strict):
    """What must come out; what is left out is not compared. `article` is a part of the citation."""

    ground: GroundCode | None = None
    article: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Expect":
        if not self.model_dump(exclude_none=True):
            raise ValueError("nothing is expected")
        return self
