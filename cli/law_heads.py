"""What every law case has, whatever it asks: a head, an expectation, and the words both are written in."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from claims.facts import ShortText
from claims.reasons import Ground
from cli.law_facts import Strict


def _ground(code: str) -> str:
    Ground(code)
    return code


GroundCode = Annotated[str, Field(pattern=r"^[a-z_]+$"), AfterValidator(_ground)]
Rupiah = Annotated[int, Field(ge=0)]
DayTime = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$")]
CalendarMonth = Annotated[str, Field(pattern=r"^(?:1[89]|2[01])\d{2}-(0[1-9]|1[0-2])$")]


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
