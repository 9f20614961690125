"""How a claimant is reached, and what is known of them: what differs, who decides, which letters arrive.

An event names the version of a row of `people`, never what stands in it.
"""

from typing import Annotated, Literal

from pydantic import Field

from claims.events.facts import Code, MonthOrNone, ShortText
from claims.events.layoff import Party
from claims.events.undelivered import Undelivered
from law.grounds import Frozen, Verdict
from law.limits import INTEGER_MAX, Day, Truth, Whole

CONTACT = "assumption: docs/decisions/0041-letters-and-person-data.md"

PersonField = Literal["name", "born_on", "address", "email", "membership_number"]
PersonVersion = Annotated[Whole, Field(ge=1, le=INTEGER_MAX)]


class PersonDataDiffers(Frozen):
    """Data diri berbeda: a report says something else of the person than what stands; nothing changes by it.

    `version` is the row that proposes it, `fields` are the names of what differs.
    """

    type: Literal["person_data_differs"] = "person_data_differs"
    version: PersonVersion
    fields: Annotated[tuple[PersonField, ...], Field(min_length=1)]
    reported_by: Party
    found_on: Day


class PersonDataDecided(Frozen):
    """Data diri diputuskan: an officer adopts the version that differs, or keeps what stands."""

    type: Literal["person_data_decided"] = "person_data_decided"
    version: PersonVersion
    adopts: Truth
    reason: ShortText
    verdict: Verdict


class EmailChangeAsked(Frozen):
    """Penggantian alamat surel: the address of a version takes effect once both addresses were told."""

    type: Literal["email_change_asked"] = "email_change_asked"
    version: PersonVersion
    asked_on: Day
    verdict: Verdict


class EmailChangeEnded(Frozen):
    """Alamat surel diganti: letters go to the new address from now on, or it could not be reached."""

    type: Literal["email_change_ended"] = "email_change_ended"
    version: PersonVersion
    in_force: Truth


class LetterGivenUp(Frozen):
    """Surat tidak tersampaikan: which letter, and why no other attempt is made; it names no address."""

    type: Literal["letter_given_up"] = "letter_given_up"
    letter: Code
    month: MonthOrNone
    reason: Undelivered
    given_up_on: Day


ContactEvent = PersonDataDiffers | PersonDataDecided | EmailChangeAsked | EmailChangeEnded | LetterGivenUp
