"""What is said of a claimant's data and address; the values themselves stand in `people`."""

from typing import Annotated, Literal

from pydantic import Field

from claims.events.contact import PersonField, PersonVersion
from claims.events.facts import Code, MonthOrNone, ShortText
from claims.events.undelivered import Undelivered
from law.grounds import Frozen
from law.limits import Truth


class PersonDifference(Frozen):
    """What a report says otherwise of its person: the version that proposes it, and which fields."""

    version: PersonVersion
    fields: Annotated[tuple[PersonField, ...], Field(min_length=1)]


class DecidePersonData(Frozen):
    """Keputusan petugas over data that differ: adopt that version, or keep what stands."""

    kind: Literal["person_data_decision"] = "person_data_decision"
    version: PersonVersion
    adopts: Truth
    reason: ShortText


class ChangeEmail(Frozen):
    """Penggantian alamat surel by the claimant; the address itself stands in `people`."""

    kind: Literal["email_change"] = "email_change"
    version: PersonVersion


class EndEmailChange(Frozen):
    """Both addresses were told, and letters go to the new one; or the new one cannot be reached."""

    kind: Literal["email_change_end"] = "email_change_end"
    version: PersonVersion
    in_force: Truth


class GiveUpLetter(Frozen):
    """A letter can never arrive."""

    kind: Literal["letter_given_up"] = "letter_given_up"
    letter: Code
    month: MonthOrNone
    reason: Undelivered


ContactMessage = DecidePersonData | ChangeEmail | EndEmailChange | GiveUpLetter
