"""What the claimant, the portals, the providers and BPJS say to a claim in a law case."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from claims.commands import command as cmd
from claims.events import Party, Statement, Work
from claims.events.facts import (
    Code,
    CompanyScale,
    EffortKind,
    EffortState,
    EmployerStanding,
    RupiahAmount,
    ShortText,
)
from law.rules import Office, ProofKind, SeparationReason
from lawcases.format.evidence import Effort, Training
from lawcases.format.facts import Contribution, Day, Known, LaterMonth, Moment, Programmes, filing, wib
from lawcases.format.officers import SaidByOthers, SaidCalendar
from lawcases.format.said import BECAUSE, Replacing, SaidAt, SaidOfDecision


class SaidReport(Replacing):
    """A layoff report, or a correction: what is given replaces what is known."""

    say: Literal["layoff_report"]
    by: Party = "employer"
    laid_off_on: Day | None = None
    reason: SeparationReason | None = None
    employer: Code | None = None
    contract_started_on: Day | None = None
    contract_ends_on: Day | None = None
    proof: ProofKind | None = None
    office: Office | None = None
    proof_number: ShortText | None = None
    proof_issued_on: Day | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.ReportLayoff(layoff=self.replaced(known).layoff(), reported_by=self.by)


class SaidRecord(Replacing):
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
    earlier_benefits_on: tuple[Day, ...] | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        counted_anew = self.contributions is not None or self.paid_months is not None
        before = known.model_copy(update={"contributions": None, "paid_months": None} if counted_anew else {})
        return cmd.RecordContributions(record=self.replaced(before).record(wib(self.at)))

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
    company: ShortText | None = None
    reference: Code | None = None
    done_on: Day | None = None
    state: EffortState = "sent"
    told_by: Code | None = None
    told_portal_at: Moment | None = None

    @model_validator(mode="after")
    def _a_number_is_of_one(self) -> "SaidSearch":
        if self.reference is not None and self.count != 1:
            raise ValueError("reference: it is the number of one effort; give count 1 with it")
        return self

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        one = Effort(
            company="PT",
            done_on=self.done_on or wib(self.at).date(),
            kind=self.kind,
            reference=self.reference,
            state=self.state,
            told_by=self.told_by,
            told_portal_at=self.told_portal_at,
        )
        efforts = [
            one.model_copy(update={"company": self.company or f"PT {n}"}).effort(
                f"{self.at[:10]}/{self.kind}/{n}"
            )
            for n in range(1, self.count + 1)
        ]
        return cmd.RecordJobSearch(efforts=tuple(efforts))


class SaidTakenBack(SaidAt):
    """A job application that its portal takes back, by its reference."""

    say: Literal["application_withdrawal"]
    reference: Code
    told_by: Code | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.WithdrawEffort(reference=self.reference, told_by=self.told_by)


class SaidTraining(SaidAt, Training):
    """Sessions of training, on the day they are told unless another is given."""

    say: Literal["training_attendance"]

    def message(self, known: Known) -> cmd.Command:
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
    status_form: bool = True

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.CertifyMonth(month=self.month, without_work=True, status_form=self.status_form)


class SaidWork(SaidAt):
    """Work found, or a business of one's own, and since when; by default the day it is told."""

    say: Literal["reemployment"]
    on: Day | None = None
    work: Work = "employment"

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.ReportReemployment(since=self.on or wib(self.at).date(), work=self.work)


class SaidDeath(SaidAt):
    """A death, with its day; by default the day it is told."""

    say: Literal["death"]
    on: Day | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.ReportDeath(died_on=self.on or wib(self.at).date())


class SaidAnswer(SaidAt):
    """What the claimant says to a referral (question 0) or to a question."""

    say: Literal["answer"]
    question: Annotated[int, Field(ge=0)] = 0
    statement: Statement = "disagrees"

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.AnswerQuestion(question=self.question, statement=self.statement, reference="portal-1")


class SaidObjection(SaidOfDecision):
    """What the claimant holds for wrong."""

    say: Literal["objection"]

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.ObjectToDecision(what=self.what, month=self.month or 0, reference="portal-1")


class SaidFiling(SaidAt):
    """A filing; by default with the commitment signed."""

    say: Literal["filing"]
    commitment: bool = True
    account: Annotated[int, Field(ge=1, le=99)] = 1

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return filing(self.commitment, self.account)


class SaidAccount(SaidAt):
    """Another bank account; the filing gave account 1."""

    say: Literal["bank_account"]
    account: Annotated[int, Field(ge=1, le=99)] = 2

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.ChangeAccount(account_version=self.account)


class SaidAssessment(SaidAt):
    """The self-assessment, completed on the day it is told unless another is given."""

    say: Literal["self_assessment"]
    on: Day | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.CompleteSelfAssessment(
            form_version="asesmen-1", completed_on=self.on or wib(self.at).date()
        )


class SaidCounselling(SaidAt):
    """Counselling, attended on the day it is told unless another is given."""

    say: Literal["counselling"]
    on: Day | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.AttendCounselling(attended_on=self.on or wib(self.at).date(), office="office-1")


class SaidWithdrawal(SaidAt):
    """The claimant takes the claim back."""

    say: Literal["withdrawal"]

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.WithdrawClaim(reason=BECAUSE)


OneSaid = (
    SaidReport
    | SaidRecord
    | SaidFiling
    | SaidAccount
    | SaidAssessment
    | SaidCounselling
    | SaidSearch
    | SaidTakenBack
    | SaidTraining
    | SaidMonth
    | SaidWork
    | SaidDeath
    | SaidAnswer
    | SaidObjection
    | SaidWithdrawal
    | SaidByOthers
)


class ClaimKnown(Known):
    """What is known of a whole claim: months lived as the law asks, and everything else that is said.

    A bank that waits executes no order; one that refuses does so until the claimant names another account.
    """

    files: bool = True
    bank: Literal["pays", "waits", "refuses"] = "pays"
    lived_months: tuple[LaterMonth, ...] = ()
    messages: tuple[Annotated[OneSaid, Field(discriminator="say")], ...] = ()

    @property
    def reported_first_at(self) -> datetime:
        """When the claim begins: with its first report, whoever made it."""
        told = (wib(one.at) for one in self.messages if isinstance(one, SaidReport))
        return min((self.reporting_at, *told))

    @model_validator(mode="after")
    def _every_message_can_be_said(self) -> "ClaimKnown":
        for n, one in enumerate(self.messages):
            at = wib(one.at)
            if self.is_before_the_report(at) and not isinstance(one, SaidCalendar):
                raise ValueError(f"messages.{n}.at: {self.too_early(at)}")
            if isinstance(one, Replacing):
                _check(one.replaced(self), f"messages.{n}")
        return self


def _check(known: Known, at: str) -> None:
    try:
        known.check_contract()
    except ValueError as fault:
        raise ValueError(f"{at}.{fault}") from None
