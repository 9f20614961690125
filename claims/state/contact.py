"""The state after what became of reaching the claimant: differences, a change of address, lost letters."""

from dataclasses import replace
from typing import assert_never

from claims import events as e
from claims.state.claim import Claim


def apply(event: e.ContactEvent, claim: Claim) -> Claim:
    """The claim after one more event of how its claimant is reached."""
    match event:
        case e.PersonDataDiffers():
            return person_data_differs(event, claim)
        case e.PersonDataDecided():
            return person_data_decided(event, claim)
        case e.EmailChangeAsked():
            return email_change_asked(event, claim)
        case e.EmailChangeEnded():
            return email_change_ended(event, claim)
        case e.LetterGivenUp():
            return letter_given_up(event, claim)
        case _:
            assert_never(event)


def person_data_differs(event: e.PersonDataDiffers, claim: Claim) -> Claim:
    """The newest difference takes the place of one that nobody decided."""
    count = claim.contact.differences + 1
    return replace(claim, contact=replace(claim.contact, differs=event, differences=count))


def person_data_decided(event: e.PersonDataDecided, claim: Claim) -> Claim:
    """The difference is settled, and not asked about again."""
    if not event.verdict.counts:
        return claim
    by_now = claim.contact.decided | {event.version}
    contact = replace(claim.contact, differs=None, differences=0, decided=by_now, last=event)
    return replace(claim, contact=contact)


def email_change_asked(event: e.EmailChangeAsked, claim: Claim) -> Claim:
    """A change under way."""
    if not event.verdict.counts:
        return claim
    return replace(claim, contact=replace(claim.contact, email_change=event))


def email_change_ended(event: e.EmailChangeEnded, claim: Claim) -> Claim:
    """Where a new address is in force, nothing is known against it yet."""
    contact = claim.contact
    under_way = contact.email_change
    if under_way is not None and under_way.version == event.version:
        contact = replace(contact, email_change=None)
    return replace(claim, contact=replace(contact, unreached=()) if event.in_force else contact)


def letter_given_up(event: e.LetterGivenUp, claim: Claim) -> Claim:
    """One letter more that did not arrive."""
    unreached = (*claim.contact.unreached, event)
    return replace(claim, contact=replace(claim.contact, unreached=unreached))
