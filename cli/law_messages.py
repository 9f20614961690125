"""What is said to a claim in a law case, message by message, each with its time."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from claims import messages as m
from claims.events import Document, Objected, Party, Payer, Statement, Work
from claims.facts import (
    Code,
    CompanyScale,
    EffortKind,
    EffortState,
    EmployerStanding,
    MonthNumber,
    RupiahAmount,
)
from claims.periods import Calendar
from claims.rules import Office, ProofKind, SeparationReason
from cli.law_facts import (
    Contribution,
    Day,
    Effort,
    Known,
    LaterMonth,
    Moment,
    Programmes,
    Strict,
    Training,
    filing,
    wib,
)

BECAUSE = "as the case says"


class SaidAt(Strict):
    """One thing said to a claim, at a time."""

    at: Moment


def _with_what_is_given(known: Known, said: SaidAt) -> Known:
    """What is known, with what a message says of it in place."""
    given = {name: getattr(said, name) for name in said.model_fields_set & Known.model_fields.keys()}
    return known.model_copy(update=given)


class SaidReport(SaidAt):
    """A layoff report, or a correction: what is given replaces what is known."""

    say: Literal["layoff_report"]
    by: Party = "employer"
    laid_off_on: Day | None = None
    reason: SeparationReason | None = None
    contract_ends_on: Day | None = None
    proof: ProofKind | None = None
    office: Office | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.ReportLayoff(layoff=_with_what_is_given(known, self).layoff(), reported_by=self.by)


class SaidRecord(SaidAt):
    """The contribution record, or a later one: what is given replaces what is known."""

    say: Literal["contribution_record"]
    contributions: tuple[Contribution, ...] | None = None
    paid_months: Annotated[int, Field(ge=0, le=120)] | None = None
    wage_idr: RupiahAmount | None = None
    registered: bool | None = None
    reemployed_on: Day | None = None
    employer_standing: EmployerStanding | None = None
    company_scale: CompanyScale | None = None
    programmes: Programmes | None = None
    jkn_segment: Literal["PPU_BU", "PBPU", "PBI"] | None = None
    citizenship: Literal["WNI", "WNA"] | None = None
    age_at_registration: Annotated[int, Field(ge=0, le=120)] | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        counted_anew = self.contributions is not None or self.paid_months is not None
        before = known.model_copy(update={"contributions": None, "paid_months": None} if counted_anew else {})
        return m.RecordContributions(record=_with_what_is_given(before, self).record(wib(self.at)))

    @model_validator(mode="after")
    def _agrees(self) -> "SaidRecord":
        if self.paid_months is not None and self.contributions is not None:
            raise ValueError("paid_months and contributions say the same thing: give one")
        return self


class SaidSearch(SaidAt):
    """So many applications to different companies, or calls to a test or interview."""

    say: Literal["job_applications"]
    count: Annotated[int, Field(ge=1, le=50)] = 5
    kind: EffortKind = EffortKind.APPLICATION
    done_on: Day | None = None
    state: EffortState = "sent"
    told_portal_at: Moment | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        day = self.done_on or wib(self.at).date()
        one = Effort(
            company="PT", done_on=day, kind=self.kind, state=self.state, told_portal_at=self.told_portal_at
        )
        efforts = [
            one.model_copy(update={"company": f"PT {n}"}).effort(f"{self.at[:10]}/{self.kind}/{n}")
            for n in range(1, self.count + 1)
        ]
        return m.RecordJobSearch(efforts=tuple(efforts))


class SaidTraining(SaidAt, Training):
    """Sessions of training, on the day they are told unless another is given."""

    say: Literal["training_attendance"]

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        told = self.training(wib(self.at).date())
        assert told is not None, "a report of training has sessions"
        return told

    @model_validator(mode="after")
    def _has_sessions(self) -> "SaidTraining":
        if self.training(wib(self.at).date()) is None:
            raise ValueError("a report of training has sessions")
        return self


class SaidMonth(SaidAt):
    """The application for a benefit month, with the statement to be without work."""

    say: Literal["certification"]
    month: LaterMonth

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.CertifyMonth(month=self.month, without_work=True)


class SaidWork(SaidAt):
    """Work found, or a business of one's own, and since when; by default the day it is told."""

    say: Literal["reemployment"]
    on: Day | None = None
    work: Work = "employment"

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.ReportReemployment(since=self.on or wib(self.at).date(), work=self.work)


class SaidDeath(SaidAt):
    """A death, with its day; by default the day it is told."""

    say: Literal["death"]
    on: Day | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.ReportDeath(died_on=self.on or wib(self.at).date())


class SaidByOfficer(SaidAt):
    """The decision of an officer over a referred claim (question 0) or over a question."""

    say: Literal["officer_decision"]
    approves: bool
    question: Annotated[int, Field(ge=0)] = 0
    payer: Payer | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.DecideByOfficer(
            approves=self.approves, reason=BECAUSE, question=self.question, payer=self.payer
        )


class SaidAnswer(SaidAt):
    """What the claimant says to a referral (question 0) or to a question."""

    say: Literal["answer"]
    question: Annotated[int, Field(ge=0)] = 0
    statement: Statement = "disagrees"

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.AnswerQuestion(question=self.question, statement=self.statement, reference="portal-1")


class SaidOfDecision(SaidAt):
    """What a word about a decision names: `refusal`, `cessation`, or `month` with its number."""

    what: Objected
    month: LaterMonth | None = None

    @model_validator(mode="after")
    def _a_month_has_a_number(self) -> Self:
        if (self.what == "month") is (self.month is None):
            raise ValueError("month is given with `month`, and with nothing else")
        return self


class SaidObjection(SaidOfDecision):
    """What the claimant holds for wrong."""

    say: Literal["objection"]

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.ObjectToDecision(what=self.what, month=self.month or 0, reference="portal-1")


class SaidPutRight(SaidOfDecision):
    """What an officer puts right, or an objection that is not founded."""

    say: Literal["put_right"]
    founded: bool = True
    payer: Payer | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.PutRight(
            what=self.what,
            month=self.month or 0,
            reason=BECAUSE,
            founded=self.founded,
            payer=self.payer,
        )


class SaidDocuments(SaidAt):
    """Documents that an officer asks for."""

    say: Literal["document_request"]
    documents: Annotated[tuple[Document, ...], Field(min_length=1, max_length=6)]

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.AskForDocuments(documents=self.documents)


class SaidTakenBack(SaidAt):
    """A job application that its portal takes back, by its reference."""

    say: Literal["application_withdrawal"]
    reference: Code

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.WithdrawEffort(reference=self.reference)


class SaidEmployerPaid(SaidAt):
    """A payment of the employer for a month, on the day it is told unless another is given."""

    say: Literal["employer_payment"]
    month: MonthNumber
    amount_idr: RupiahAmount
    paid_on: Day | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        paid_on = self.paid_on or wib(self.at).date()
        return m.RecordEmployerPayment(
            month=self.month, amount_idr=self.amount_idr, paid_on=paid_on, reference="slip-1"
        )


class SaidReimbursement(SaidAt):
    """An employer asks back what it paid; null where its arrears are not settled."""

    say: Literal["reimbursement_request"]
    arrears_settled_on: Day | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.AskReimbursement(reference="letter-1", arrears_settled_on=self.arrears_settled_on)


class SaidTrueWage(SaidAt):
    """The true wage as an inspector found it."""

    say: Literal["true_wage"]
    true_wage_idr: RupiahAmount

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.FindTrueWage(true_wage_idr=self.true_wage_idr, reference="nota-1")


class SaidLayoffWithdrawn(SaidAt):
    """The report of the layoff is taken back, by who made it unless another is given."""

    say: Literal["layoff_withdrawal"]
    by: Party | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.WithdrawLayoff(reported_by=self.by or known.reported_by)


class SaidCalendar(SaidAt):
    """A decree: from now on these are the days that are no working days."""

    say: Literal["calendar_change"]
    holidays: tuple[Day, ...]

    def message(self, known: Known) -> Calendar:
        """The calendar that counts from now on."""
        return Calendar("as decreed", frozenset(self.holidays))


class SaidPlain(SaidAt):
    """What needs no more words: a filing, a withdrawal, the self-assessment, counselling, a new record."""

    say: Literal["filing", "withdrawal", "self_assessment", "counselling", "record_request"]

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        day = wib(self.at).date()
        match self.say:
            case "filing":
                return filing()
            case "withdrawal":
                return m.WithdrawClaim(reason=BECAUSE)
            case "self_assessment":
                return m.CompleteSelfAssessment(form_version="asesmen-1", completed_on=day)
            case "counselling":
                return m.AttendCounselling(attended_on=day, office="office-1")
            case "record_request":
                return m.RequestRecord(reason=BECAUSE)


OneSaid = (
    SaidReport
    | SaidRecord
    | SaidSearch
    | SaidTakenBack
    | SaidTraining
    | SaidMonth
    | SaidWork
    | SaidDeath
    | SaidByOfficer
    | SaidAnswer
    | SaidObjection
    | SaidPutRight
    | SaidDocuments
    | SaidEmployerPaid
    | SaidReimbursement
    | SaidTrueWage
    | SaidLayoffWithdrawn
    | SaidCalendar
    | SaidPlain
)


class ClaimKnown(Known):
    """What is known of a whole claim: months lived as the law asks, and everything else that is said.

    A bank that waits executes no order.
    """

    files: bool = True
    bank: Literal["pays", "waits"] = "pays"
    lived_months: tuple[LaterMonth, ...] = ()
    messages: tuple[Annotated[OneSaid, Field(discriminator="say")], ...] = ()
