"""Letters by e-mail: at least once, with a stable Message-ID, rendered when sent."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID

import aiosmtplib
from temporalio import activity

from activities.contracts import NoticeErrand
from activities.letters import Letter, render
from claims.next_step import Todo
from store.clock import read_clock
from store.folded import claim_as_of
from store.notices import QueuedNotice, give_up, load_notice, mark_sent
from store.people import People
from store.step import Steps, Taken

PERMANENT_FAILURE = 500


@dataclass(frozen=True)
class Notices:
    """Renders the queued letters of a claim and hands them to the mail relay."""

    steps: Steps
    people: People
    smtp_host: str
    smtp_port: int
    sender: str = "jkp@jkp.invalid"
    timeout_seconds: float = 10.0
    moment_seconds: float = 2.0

    @activity.defn(name="send_notices")
    async def send(self, errand: NoticeErrand) -> int:
        """Send what is not yet sent; returns how many. A relay that is down is left to Temporal's retries.

        A letter that fails holds up no other: the first failure is raised after all were tried.
        """
        sent, failures = 0, []
        for notice_id in errand.notice_ids:
            queued = await load_notice(self.steps.pool, UUID(notice_id))
            if queued is None or queued.sent_at is not None:
                continue
            try:
                sent += await self._send_one(queued)
            except (aiosmtplib.SMTPException, OSError, TimeoutError, MailRefused) as failure:
                failures.append(failure)
        await self.steps.take(UUID(errand.claim_id))
        if failures:
            raise MailRefused(f"{len(failures)} letter(s) not taken: {type(failures[0]).__name__}")
        return sent

    async def send_at_once(self, taken: Taken) -> None:
        """Send the letters of a step that an activity has just recorded, so that its run need not.

        Not where another errand follows, whose news comes within seconds and goes with these. Whatever goes
        wrong, or takes longer than a moment, is left to the run's own send.
        """
        if taken.step.todo in (Todo.FETCH_RECORD, Todo.TRANSFER):
            return
        with suppress(aiosmtplib.SMTPException, OSError, TimeoutError, MailRefused):
            async with asyncio.timeout(self.moment_seconds):
                for notice_id in taken.unsent_notices:
                    queued = await load_notice(self.steps.pool, notice_id)
                    if queued is not None and queued.sent_at is None:
                        await self._send_one(queued)

    async def _send_one(self, queued: QueuedNotice) -> int:
        at = (await read_clock(self.steps.pool)).at
        letter, address = await self._letter(queued, at)
        try:
            await aiosmtplib.send(
                self._mail(queued.notice_id, letter, address, at),
                hostname=self.smtp_host,
                port=self.smtp_port,
                timeout=self.timeout_seconds,
                start_tls=None,
            )
        except aiosmtplib.SMTPRecipientsRefused as refusal:
            if all(r.code >= PERMANENT_FAILURE for r in refusal.recipients):
                await give_up(self.steps.pool, queued.notice_id)
                return 0
            raise MailRefused("the mail relay refuses the recipient for now") from None
        await mark_sent(self.steps.pool, queued.notice_id)
        return 1

    async def _letter(self, queued: QueuedNotice, at: datetime) -> tuple[Letter, str]:
        """The letter from the facts as they stood when it was queued, and where it goes."""
        pool, folded = self.steps.pool, self.steps.folded
        claim = await claim_as_of(pool, folded, queued.stream_id, queued.stream_version)
        assert claim.layoff is not None, "a letter is about a layoff"
        person = await self.people.person(self.steps.pool, claim.layoff.participant.participant_id)
        letter = render(
            queued.notice,
            claim,
            person.name,
            str(queued.stream_id),
            self.steps.law,
            await self.steps.newest_calendar(pool),
            at,
        )
        if person.email is None:
            raise MailRefused("no address is known")
        return letter, person.email.text

    def _mail(self, notice_id: UUID, letter: Letter, address: str, at: datetime) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self.sender
        mail["To"] = address
        mail["Subject"] = letter.subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{notice_id}@{self.sender.partition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(letter.text)
        mail.add_alternative(letter.html, subtype="html")
        return mail


class MailRefused(RuntimeError):
    """The relay refused for now; the message names nobody."""
