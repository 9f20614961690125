"""Letters by e-mail: at least once, with a stable Message-ID, rendered when sent.

Nothing that is wrong with a letter stops another one, or the step: a letter that can never arrive is given up
with a reason, one that may arrive later is tried again, for a term.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID

from temporalio import activity

from activities.contracts import NoticeInput
from activities.mail.address_changes import SOURCE, conclude_email_change
from activities.mail.letters.rendering import Letter, render
from activities.mail.relay import MailRelay, NotTaken, Refused
from claims.agenda.notices import NoticeKind
from claims.commands.command import GiveUpLetter
from claims.commands.email_addresses import EmailAddress
from claims.events.undelivered import Undelivered
from store.claims.history import claim_as_of
from store.claims.kind import ClaimStepResult, ClaimStepRunner, IncomingMessage
from store.claims.notices import QueuedNotice, give_up, mark_failing, mark_sent, unsent_of
from store.engine.step import Caller
from store.ids import new_id
from store.people import People
from store.scheduling.clock import read_clock

# RFC 5321 §4.5.4.1: a sender gives up after four to five days.
LETTER_TERM = timedelta(days=5)
# Letters that the relay is slow to take leave time for the step within the term of the activity.
SENDING_SECONDS = 40.0
SEVEN_BIT = policy.SMTP.clone(cte_type="7bit")

log = logging.getLogger(__name__)


class MailRefused(RuntimeError):
    """Letters were not taken for now; the message names nobody."""


@dataclass(frozen=True)
class Notices:
    """Renders the queued letters of a claim and hands them to the mail relay."""

    steps: ClaimStepRunner
    people: People
    relay: MailRelay
    term: timedelta = LETTER_TERM
    moment_seconds: float = 2.0

    @activity.defn(name="send_notices")
    async def send(self, given: NoticeInput) -> int:
        """Send what the claim has not yet sent; returns how many. What the relay does not take is retried.

        The step after it is taken whatever became of the letters.
        """
        claim_id = UUID(given.claim_id)
        sent, failures = await self._send_all(claim_id)
        result = await self.steps.run_step(claim_id)
        await conclude_email_change(self.steps, claim_id, result.state)
        defects = [each for each in failures if not isinstance(each, NotTaken)]
        if defects:
            raise defects[0]
        if failures:
            raise MailRefused(f"{len(failures)} letter(s) not taken: {failures[0]}")
        return sent

    async def send_at_once(self, result: ClaimStepResult) -> None:
        """Send the letters of a step that an activity has just recorded, so that its run need not.

        Not where another activity follows, whose news comes within seconds and goes with these. Whatever goes
        wrong, or takes longer than a moment, is left to the run's own send.
        """
        another_errand = result.next_step.todo.is_work
        # A change of address ends with the run's own send, which is taken up again whatever happens to it.
        if another_errand or not result.unsent_notices or result.state.contact.email_change is not None:
            return
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(self.moment_seconds):
                await self._send_all(result.stream_id)

    async def _send_all(self, claim_id: UUID) -> tuple[int, list[Exception]]:
        """How many were sent, and what failed for now, each by itself; a relay that is away is asked once."""
        sent, failures = 0, list[Exception]()
        ends_at = asyncio.get_running_loop().time() + SENDING_SECONDS
        for queued in await unsent_of(self.steps.pool, claim_id):
            try:
                sent += await self._send_one(queued)
            except NotTaken as failure:
                failures.append(failure)
                if failure.by_relay:
                    break
            except Exception as defect:
                failures.append(defect)
            if asyncio.get_running_loop().time() > ends_at:
                break
        return sent, failures

    async def _send_one(self, queued: QueuedNotice) -> int:
        """1 where it was sent, 0 where it is given up; raises NotTaken."""
        try:
            to, mail = await self._written(queued)
            await self.relay.deliver(mail, to)
        except NotTaken as failure:
            return await self._wait(queued, failure)
        except Refused as refusal:
            return await self._give_up(queued, refusal.reason, refusal.failure)
        await mark_sent(self.steps.pool, queued.notice_id)
        return 1

    async def _wait(self, queued: QueuedNotice, failure: NotTaken) -> int:
        """Leave it for another try while its term runs; the relay's trouble is every waiting letter's."""
        failing_for = await mark_failing(
            self.steps.pool, queued, failure.failure, all_of_claim=failure.by_relay
        )
        if failing_for < self.term:
            raise failure
        return await self._give_up(queued, Undelivered.NOT_TAKEN_IN_TIME, failure.failure)

    async def _give_up(self, queued: QueuedNotice, reason: Undelivered, failure: str) -> int:
        log.warning(
            "letter given up",
            extra={"notice_id": str(queued.notice_id), "reason": reason.value, "failure": failure},
        )
        given_up = GiveUpLetter(letter=queued.notice.kind.value, month=queued.notice.month, reason=reason)
        incoming = IncomingMessage(given_up, SOURCE, str(new_id()), SOURCE)
        async with self.steps.pool.acquire() as connection, connection.transaction():
            if await give_up(connection, queued.notice_id, reason, failure):
                await self.steps.run_step_in(connection, queued.stream_id, (incoming,), Caller.OTHER)
        return 0

    async def _written(self, queued: QueuedNotice) -> tuple[EmailAddress, bytes]:
        """Where a letter goes, and the letter from the facts as they stood when it was queued."""
        pool, claim_id, law = self.steps.pool, queued.stream_id, self.steps.law
        at, calendar = (await read_clock(pool)).at, await self.steps.newest_calendar(pool)
        claim = await claim_as_of(pool, self.steps.folded, claim_id, queued.stream_version)
        assert claim.layoff is not None, "a letter is about a layoff"
        participant_id = claim.layoff.participant.participant_id
        person = await self.people.person(pool, participant_id)
        if queued.notice.kind is NoticeKind.EMAIL_NEW:
            to = await self.people.proposed_email(pool, participant_id, queued.notice.about)
        else:
            to = person.email
        if to is None:
            raise Refused(Undelivered.NO_ADDRESS, "")
        try:
            letter = render(queued.notice, claim, person.name, str(claim_id), law, calendar, at)
            return to, _mail(queued.notice_id, letter, self.relay.sender, to, at)
        except Exception as defect:
            # A defect in one letter: what it names may be personal, so only its type is told.
            raise Refused(Undelivered.NOT_WRITTEN, type(defect).__name__) from None


def _mail(notice_id: UUID, letter: Letter, sender: EmailAddress, to: EmailAddress, at: datetime) -> bytes:
    """The letter as it is handed over: seven bits, but for a header that names a non-ASCII mailbox."""
    mail = EmailMessage(SEVEN_BIT.clone(utf8=True) if to.needs_smtputf8 else SEVEN_BIT)
    mail["From"] = Address(username=sender.local, domain=sender.domain)
    mail["To"] = Address(username=to.local, domain=to.domain)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{notice_id}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    return mail.as_bytes()
