"""BPJS Ketenagakerjaan: the contribution record of a participant."""

from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

import httpx2
from pydantic import ValidationError
from temporalio import activity

from activities.contracts import ClaimInput
from activities.mail.notices import Notices
from activities.step.recording import noted_where_it_fails
from claims.commands.command import RecordContributions
from claims.entitlement.contribution_answer import ContributionAnswer
from claims.events import ClaimFiled, RecordRequested
from claims.events.facts import ContributionRecord
from law.limits import Unreadable, read_json
from law.periods import JAKARTA
from store.claims.kind import ClaimStepRunner, IncomingMessage
from store.claims.queries import ClaimView, view_claim
from store.engine.set_apart import ApartKind, SetApart
from store.engine.step import Caller
from store.people import People, Person
from store.scheduling.clock import read_clock


class RecordUnreadable(RuntimeError):
    """An answer of BPJS Ketenagakerjaan that does not keep to the contract; names fields, no values."""


@dataclass(frozen=True)
class Bpjs:
    """Asks for the record and records it through the step; returns a word."""

    steps: ClaimStepRunner
    people: People
    notices: Notices
    url: str
    token: str = field(repr=False)
    timeout_seconds: float = 10.0

    @activity.defn(name="fetch_contribution_record")
    async def fetch_contribution_record(self, given: ClaimInput) -> str:
        """The record as of the day of the filing; an outage is left to Temporal's retries."""
        view = await view_claim(self.steps, UUID(given.claim_id))
        layoff, filing = view.claim.layoff, view.claim.filing
        if layoff is None or filing is None:
            return "not filed"
        person = await self.people.person(self.steps.pool, layoff.participant.participant_id)
        clock = await read_clock(self.steps.pool)
        body = {
            "nik": person.nik,
            "employer_registration": layoff.employer_registration,
            "as_of": clock.at.astimezone(JAKARTA).date().isoformat(),
        }
        async with httpx2.AsyncClient(timeout=self.timeout_seconds, trust_env=False) as client:
            reply = await client.post(
                f"{self.url}/v1/contribution-records",
                json=body,
                headers={"Authorization": f"Bearer {self.token}"},
            )
        reply.raise_for_status()
        digest = sha256(reply.content).hexdigest()
        apart = SetApart(UUID(given.claim_id), ApartKind.RECORD, "", digest, "bpjs")
        async with noted_where_it_fails(self.steps.pool, apart):
            record = record_from(reply.content, person)
            identity = f"{given.claim_id}/{_inquiry(view)}/{record.record_id}"
            incoming = IncomingMessage(RecordContributions(record=record), "bpjs", identity, "bpjs")
            result = await self.steps.run_step(UUID(given.claim_id), [incoming], Caller.ACTIVITY)
        await self.notices.send_at_once(result)
        return "recorded"


def _inquiry(view: ClaimView) -> str:
    """Which inquiry this is: the same answer to another filing, or asked for again, is another message."""
    filings = sum(1 for recorded in view.events if isinstance(recorded.event, ClaimFiled))
    again = sum(
        1
        for recorded in view.events
        if isinstance(recorded.event, RecordRequested) and recorded.event.verdict.counts
    )
    return f"{filings}.{again}" if again else str(filings)


def record_from(answer: bytes, person: Person) -> ContributionRecord:
    """The facts of an answer, without what identifies the person; ages instead of a birth date.

    Raises RecordUnreadable.
    """
    try:
        told = read_json(answer)
    except Unreadable as unreadable:
        raise RecordUnreadable(f"the record of BPJS cannot be read: {unreadable}") from None
    if not isinstance(told, dict):
        raise RecordUnreadable("the record of BPJS cannot be read: it is no object")
    known = {name: told[name] for name in ContributionAnswer.model_fields if name in told}
    try:
        return ContributionAnswer.model_validate(known).record(person.born_on)
    except ValidationError as invalid:
        # The values are wages: neither Temporal nor a log may see them.
        fields = sorted({".".join(map(str, error["loc"])) for error in invalid.errors()})
        raise RecordUnreadable(f"the record of BPJS cannot be read: {', '.join(fields)}") from None
