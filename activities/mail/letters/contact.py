"""What the letters about a person's data and address tell beside where the claim stands."""

from datetime import datetime
from typing import TypedDict

from claims.agenda.notices import Notice
from claims.events import PersonField
from claims.state.claim import Claim
from law.rules import Law


class PersonDataDiffers(TypedDict):
    """Data diri berbeda: the fields that differ; none once an officer has decided."""

    fields: tuple[PersonField, ...]


class PersonDataDecided(TypedDict):
    """Data diri diputuskan: whether the data of the report are used from now on."""

    adopts: bool


def data_differ(notice: Notice, claim: Claim, law: Law, at: datetime) -> PersonDataDiffers:
    """What the newest open difference is about."""
    differs = claim.contact.differs
    return PersonDataDiffers(fields=() if differs is None else differs.fields)


def data_decided(notice: Notice, claim: Claim, law: Law, at: datetime) -> PersonDataDecided:
    """What an officer found last."""
    last = claim.contact.last
    return PersonDataDecided(adopts=last is not None and last.adopts)
