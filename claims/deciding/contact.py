"""How a claimant is reached: what differs waits for an officer, a new address for letters to both.

Nothing here grants, refuses or holds a month.
"""

from typing import assert_never

from claims import events as e
from claims.commands import command as cmd
from claims.deciding.answers import Decision, ignored, recorded
from claims.events.contact import CONTACT
from claims.state.claim import Claim
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of
from payments.context import DecisionContext


def decide(message: cmd.ContactMessage, claim: Claim, context: DecisionContext) -> Decision:
    """What is told of a claimant's data and address comes to."""
    match message:
        case cmd.DecidePersonData():
            return decide_person_data(message, claim, context)
        case cmd.ChangeEmail():
            return change_email(message, claim, context)
        case cmd.EndEmailChange():
            return end_email_change(message, claim, context)
        case cmd.GiveUpLetter():
            return give_up_letter(message, claim, context)
        case _:
            assert_never(message)


def differing(
    message: cmd.ReportLayoff, claim: Claim, context: DecisionContext
) -> tuple[e.PersonDataDiffers, ...]:
    """What a report says otherwise of its person, unless that was decided or is asked already."""
    found, contact = message.differs, claim.contact
    if found is None or found.version in contact.decided:
        return ()
    if contact.differs is not None and contact.differs.version == found.version:
        return ()
    differs = e.PersonDataDiffers(
        version=found.version,
        fields=found.fields,
        reported_by=message.reported_by,
        found_on=day_of(context.received_or_now),
    )
    return (differs,)


def decide_person_data(message: cmd.DecidePersonData, claim: Claim, context: DecisionContext) -> Decision:
    """Keputusan petugas over the version that differs; an address adopted is told to both addresses first."""
    differs = claim.contact.differs
    if differs is None or differs.version != message.version:
        return _person_data(message, does_not_count(Ground.NO_OPEN_QUESTION, CONTACT))
    if not message.adopts or "email" not in differs.fields:
        return _person_data(message, counts(CONTACT))
    return _person_data(message, counts(CONTACT), _asked(message.version, counts(CONTACT), context))


def _person_data(message: cmd.DecidePersonData, verdict: Verdict, *more: e.Event) -> Decision:
    decided = e.PersonDataDecided(
        version=message.version, adopts=message.adopts, reason=message.reason, verdict=verdict
    )
    return recorded(decided, verdict, *more)


def change_email(message: cmd.ChangeEmail, claim: Claim, context: DecisionContext) -> Decision:
    """Penggantian alamat surel: another one while it is under way takes its place."""
    asked = claim.contact.email_change
    known = asked is not None and message.version <= asked.version
    verdict = does_not_count(Ground.ALREADY_RECORDED, CONTACT) if known else counts(CONTACT)
    return recorded(_asked(message.version, verdict, context), verdict)


def _asked(version: int, verdict: Verdict, context: DecisionContext) -> e.EmailChangeAsked:
    return e.EmailChangeAsked(version=version, asked_on=day_of(context.received_or_now), verdict=verdict)


def end_email_change(message: cmd.EndEmailChange, claim: Claim, context: DecisionContext) -> Decision:
    """The end of a change of this claim; of another claim's, where letters of this one had been given up."""
    asked = claim.contact.email_change
    own = asked is not None and asked.version == message.version
    if not own and not (message.in_force and claim.contact.unreached):
        return ignored(does_not_count(Ground.ALREADY_RECORDED, CONTACT))
    return recorded(e.EmailChangeEnded(version=message.version, in_force=message.in_force), counts(CONTACT))


def give_up_letter(message: cmd.GiveUpLetter, claim: Claim, context: DecisionContext) -> Decision:
    """A letter that never arrives stands in the claim, so that whoever decides knows what was not told."""
    given_up = e.LetterGivenUp(
        letter=message.letter, month=message.month, reason=message.reason, given_up_on=day_of(context.at)
    )
    return recorded(given_up, counts(CONTACT))
