"""Stories about one claim: what was recorded, what is said at an instant, what follows.

Jakarta time (`2025-03-10 23:59:59`); a bare day means ten in the morning. The layoff is on the 3rd of March,
the filing on the 10th, so that reference dates are the 10ths.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar
from uuid import UUID

from parties.bank_words import an_outcome as an_outcome
from parties.bank_words import rows_of as rows_of

from claims.agenda.next_step import NextStep, next_step
from claims.commands import command as cmd
from claims.deciding.answers import CommandResult
from claims.deciding.dispatch import decide
from claims.events import Event
from claims.events.facts import (
    Attendance,
    CompanyScale,
    Contract,
    ContributionMonth,
    ContributionRecord,
    EffortKind,
    EmployerStanding,
    FixedTermContract,
    JobSearchEffort,
    Layoff,
    LayoffProof,
    Participant,
    PermanentContract,
    TrainingSession,
)
from claims.replaying import Known
from claims.state.claim import Claim, Order
from claims.state.evolving import evolve, fold
from claims.transitions.automatic import Effect, automatic_transitions
from law.grounds import Ground
from law.periods import JAKARTA, Calendar, months_after
from law.regimes import LAW
from law.rules import Law, Office, ProofKind, SeparationReason
from payments.context import DecisionContext
from payments.orders import OrderState

T = TypeVar("T")

WEEKENDS_ONLY = Calendar("weekends only")
PARTICIPANT = Participant(participant_id=UUID(int=1), version=1)
EMPLOYER = "employer-1"
COMMITMENT = "c0" * 32


def wib(text: str) -> datetime:
    """An instant as Jakarta reads it; a bare day is ten in the morning."""
    spelled = text if " " in text else f"{text} 10:00:00"
    return datetime.fromisoformat(spelled).replace(tzinfo=JAKARTA)


def months_between(first: str, last: str) -> tuple[str, ...]:
    """The calendar months from one to another, both inside."""
    months = [first]
    while months[-1] != last:
        year, month = divmod(int(months[-1][:4]) * 12 + int(months[-1][5:]), 12)
        months.append(f"{year:04d}-{month + 1:02d}")
    return tuple(months)


def a_layoff(
    on: str = "2025-03-03",
    *,
    reason: SeparationReason = SeparationReason.EFFICIENCY,
    contract: Contract | None = None,
    proof: ProofKind = ProofKind.ACCEPTANCE_AND_RECEIPT,
    office: Office = Office.REGENCY,
    issued_on: str = "",
) -> Layoff:
    """A layoff for efficiency, from a permanent job, with the regency's receipt."""
    day = date.fromisoformat(on)
    return Layoff(
        participant=PARTICIPANT,
        employer_registration=EMPLOYER,
        employer_name="PT Contoh",
        laid_off_on=day,
        reason=reason,
        contract=contract or PermanentContract(started_on=date(2019, 1, 7)),
        proof=LayoffProof(
            kind=proof, number="PHK/1", issued_on=date.fromisoformat(issued_on or on), office=office
        ),
        province="32",
        regency="3273",
        sex="male",
    )


def a_fixed_term(starts: str, ends: str) -> FixedTermContract:
    """PKWT."""
    return FixedTermContract(started_on=date.fromisoformat(starts), ends_on=date.fromisoformat(ends))


def a_record(
    *,
    paid: Iterable[str] = months_between("2024-03", "2025-02"),
    owed: Iterable[str] = (),
    wage_idr: int = 4_000_000,
    scale: CompanyScale = CompanyScale.LARGE,
    programmes: tuple[Literal["JKK", "JKM", "JHT", "JP"], ...] = ("JKK", "JKM", "JHT", "JP"),
    jkn: Literal["PPU_BU", "PBPU", "PBI"] | None = "PPU_BU",
    age_at_registration: int = 30,
    citizenship: Literal["WNI", "WNA"] = "WNI",
    employer: EmployerStanding = EmployerStanding.OPERATING,
    earlier_benefits: int = 0,
    earlier_benefits_first_paid_on: Iterable[str] = (),
    reemployed_on: str | None = None,
) -> ContributionRecord:
    """Twelve months paid up to February 2025 by one large employer."""
    payments = {month: date.fromisoformat(f"{month}-01") for month in paid} | dict.fromkeys(owed)
    return ContributionRecord(
        source="bpjs-tk",
        record_id="record-1",
        as_of=wib("2025-03-10"),
        age_at_registration=age_at_registration,
        citizenship=citizenship,
        jkn_segment=jkn,
        company_scale=scale,
        programmes=programmes,
        employer_standing=employer,
        reported_wage_idr=wage_idr,
        months=tuple(
            ContributionMonth(month=month, employer_registration=EMPLOYER, wage_idr=wage_idr, paid_on=on)
            for month, on in payments.items()
        ),
        reemployed_on=None if reemployed_on is None else date.fromisoformat(reemployed_on),
        earlier_benefits_first_paid_on=tuple(
            date.fromisoformat(day)
            for day in (
                *(f"2022-05-{n + 2:02d}" for n in range(earlier_benefits)),
                *earlier_benefits_first_paid_on,
            )
        ),
        age_band="25_34",
    )


def a_report(layoff: Layoff, by: Literal["employer", "participant"] = "employer") -> cmd.ReportLayoff:
    """A layoff report."""
    return cmd.ReportLayoff(layoff=layoff, reported_by=by)


def a_filing(account_version: int = 1) -> cmd.FileClaim:
    """A filing with the commitment signed."""
    return cmd.FileClaim(
        participant=PARTICIPANT,
        account_version=account_version,
        commitment_version="kapk-1",
        commitment_sha256=COMMITMENT,
    )


def an_application(
    reference: str, done_on: str, company: str = "", kind: EffortKind = EffortKind.APPLICATION
) -> JobSearchEffort:
    """One job-search effort; every reference names its own company unless one is given."""
    return JobSearchEffort(
        reference=reference,
        kind=kind,
        company=company or f"PT {reference}",
        position="operator",
        done_on=date.fromisoformat(done_on),
    )


def applications(count: int, done_on: str) -> cmd.RecordJobSearch:
    """So many applications to different companies on one day."""
    return cmd.RecordJobSearch(
        efforts=tuple(an_application(f"{done_on}/{n}", done_on) for n in range(1, count + 1))
    )


def an_interview_call(done_on: str) -> cmd.RecordJobSearch:
    """One call to an interview."""
    call = an_application(f"{done_on}/call", done_on, kind=EffortKind.INTERVIEW_CALL)
    return cmd.RecordJobSearch(efforts=(call,))


def sessions(
    first_day: str, *, attended: int, absent: int = 0, excused: int = 0, cancelled: int = 0
) -> cmd.AttendTraining:
    """So many sessions of one course, all on one day."""
    kinds = (
        [Attendance.ATTENDED] * attended
        + [Attendance.ABSENT] * absent
        + [Attendance.EXCUSED] * excused
        + [Attendance.CANCELLED] * cancelled
    )
    day = date.fromisoformat(first_day)
    return cmd.AttendTraining(
        provider="lpk-1",
        course="welding-1",
        sessions=tuple(
            TrainingSession(session=f"{first_day}/{n}", held_on=day, attendance=kind)
            for n, kind in enumerate(kinds)
        ),
    )


def self_assessment(on: str) -> cmd.CompleteSelfAssessment:
    """Asesmen diri."""
    return cmd.CompleteSelfAssessment(form_version="asesmen-1", completed_on=date.fromisoformat(on))


def certification(month: int) -> cmd.CertifyMonth:
    """Application for a month."""
    return cmd.CertifyMonth(month=month, without_work=True)


def spelled(instant: datetime) -> str:
    """An instant as stories read it, in Jakarta."""
    return instant.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True)
class Story:
    """The events of a claim, also as they are stored; what the last step added, and its sender was told."""

    events: tuple[Event, ...] = ()
    stream: tuple[Known, ...] = ()
    claim: Claim = field(default_factory=Claim)
    added: tuple[Effect, ...] = ()
    answer: CommandResult | None = None
    law: Law = LAW
    calendar: Calendar = WEEKENDS_ONLY
    grace: timedelta = timedelta()
    being_sent: tuple[UUID, ...] = ()
    payments_stopped: bool = False

    @property
    def told(self) -> CommandResult:
        """The answer of the last message."""
        assert self.answer is not None, "somebody said something"
        return self.answer

    def context(self, at: datetime, received_at: datetime | None = None) -> DecisionContext:
        """The decision context of a step at an instant."""
        return DecisionContext(
            law=self.law,
            calendar=self.calendar,
            at=at,
            received_at=received_at,
            grace=self.grace,
            order_rows=rows_of(self.claim, self.being_sent),
            payments_stopped=self.payments_stopped,
            fresh_order_ids=tuple(UUID(int=1000 * (len(self.events) + 1) + n) for n in range(6)),
        )

    def wake(self, at: str) -> "Story":
        """A step without a message."""
        return self._follow(self.context(wib(at)), replace(self, added=(), answer=None))

    def when(self, message: cmd.Command, at: str, *, received: str | None = None) -> "Story":
        """A step with a message: handled at an instant, received then or before."""
        now, heard = wib(at), wib(received or at)
        before = self._follow(self.context(now, heard), replace(self, added=(), answer=None))
        context = before.context(now, heard)
        decision = decide(before.claim, message, context)
        effects = tuple(Effect(event, heard) for event in decision.events)
        said = f"m{len(before.stream)}"
        after = replace(before._plus(effects, context, said), answer=decision.result)
        return self._follow(after.context(now, heard), after, said)

    def _plus(self, effects: tuple[Effect, ...], context: DecisionContext, said: str) -> "Story":
        claim = self.claim
        for effect in effects:
            claim = evolve(claim, effect.event)
        events = self.events + tuple(effect.event for effect in effects)
        stream = self.stream + tuple(
            Known(
                version=len(self.stream) + nth,
                payload=effect.event.model_dump_json().encode(),
                recorded_at=context.at,
                effective_at=effect.effective_at,
                said=said,
                rules_version=context.law.version,
                calendar_version=context.calendar.version,
            )
            for nth, effect in enumerate(effects, 1)
        )
        return replace(self, events=events, stream=stream, claim=claim, added=self.added + effects)

    @staticmethod
    def _follow(context: DecisionContext, story: "Story", said: str = "") -> "Story":
        return story._plus(automatic_transitions(story.claim, context), context, said)

    def step(self, at: str) -> NextStep:
        """The responsible party at an instant."""
        return next_step(self.claim, self.context(wib(at)))

    def all(self, kind: type[T]) -> tuple[T, ...]:
        """Every event of a kind."""
        return tuple(event for event in self.events if isinstance(event, kind))

    def new(self, kind: type[T]) -> tuple[T, ...]:
        """Events of a kind that the last step added."""
        return tuple(effect.event for effect in self.added if isinstance(effect.event, kind))

    def order(self, month: int) -> Order:
        """The newest order of a month."""
        last = self.claim.month(month).last_order
        assert last is not None, f"month {month} has an order"
        return last

    def bank(
        self,
        month: int,
        outcome: Literal["open", "settled", "refused", "returned"],
        at: str,
        ground: Ground = Ground.COUNTS,
    ) -> "Story":
        """The bank says something about the newest order of a month."""
        return self.when(an_outcome(self.order(month), outcome, ground), at)


def play(
    events: tuple[Event, ...], message: cmd.Command | None, at: str, received: str | None = None
) -> Story:
    """One step over a stream: what follows without a command, the message, what follows from it."""
    story = Story(events=events, claim=fold(events))
    return story.wake(at) if message is None else story.when(message, at, received=received)


def reported(layoff: Layoff | None = None, at: str = "") -> Story:
    """A claim whose layoff the employer reported on the day."""
    known = layoff or a_layoff()
    return Story().when(a_report(known), at or known.laid_off_on.isoformat())


def decided(layoff: Layoff, record: ContributionRecord, filed: str, recorded: str = "") -> Story:
    """A claim reported, filed and answered by BPJS."""
    story = reported(layoff).when(a_filing(), filed)
    return story.when(cmd.RecordContributions(record=record), recorded or filed)


def approved(year: int = 2025, *, wage_idr: int = 4_000_000, filed: str = "") -> Story:
    """An approved claim, month 1 ordered: laid off on 3 March of a year, filed on the 10th."""
    paid = months_between(f"{year - 1}-03", f"{year}-02")
    return decided(
        a_layoff(f"{year}-03-03"), a_record(paid=paid, wage_idr=wage_idr), filed or f"{year}-03-10"
    )


def reference_day(story: Story, month: int) -> str:
    """The reference date of a month."""
    filing = story.claim.filing
    assert filing is not None, "the claim was filed"
    return months_after(filing.filed_on, month - 1).isoformat()


def days_later(day: str, days: int) -> str:
    """A day some days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def window_day(story: Story, month: int) -> str:
    """A day inside the window of a month: its reference date, or two days before the end of month 6."""
    return reference_day(story, month) if month < 6 else days_later(reference_day(story, 7), -2)


def searched(story: Story, month: int) -> Story:
    """Five applications on the day after the reference date before a month's."""
    day = days_later(reference_day(story, month - 1), 1)
    return story.when(applications(5, day), day)


def lived(story: Story, month: int) -> Story:
    """A month lived as the law asks: five applications, applied for in its window."""
    return searched(story, month).when(certification(month), window_day(story, month))


def paid(story: Story, month: int, at: str = "") -> Story:
    """The bank executes the order of a month."""
    return story.bank(month, "settled", at or window_day(story, month))


def lived_through(story: Story, last: int = 6) -> Story:
    """Months 1 to `last` lived and paid; the self-assessment done on the day of the filing."""
    story = paid(story.when(self_assessment(reference_day(story, 1)), reference_day(story, 1)), 1)
    for month in range(2, last + 1):
        story = paid(lived(story, month), month)
    return story


def amounts(story: Story) -> list[int]:
    """What was settled, month by month, in rupiah."""
    return [o.amount_idr for n in story.claim.months for o in n.orders if o.state is OrderState.SETTLED]
