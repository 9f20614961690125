"""What is said to a claim in a law case, message by message, each with its time."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from claims import messages as m
from claims.events import Party
from claims.facts import EffortKind, RupiahAmount
from claims.rules import Office, ProofKind, SeparationReason
from cli.law_facts import Contribution, Effort, Known, LaterMonth, Moment, Strict, Training, filing, wib


class SaidAt(Strict):
    """One thing said to a claim, at a time."""

    at: Moment


class SaidReport(SaidAt):
    """A layoff report, or a correction: what is given replaces what is known."""

    say: Literal["layoff_report"]
    by: Party = "employer"
    laid_off_on: date | None = None
    reason: SeparationReason | None = None
    proof: ProofKind | None = None
    office: Office | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        given = self.model_dump(include={"laid_off_on", "reason", "proof", "office"}, exclude_none=True)
        return m.ReportLayoff(layoff=known.model_copy(update=given).layoff(), reported_by=self.by)


class SaidRecord(SaidAt):
    """The contribution record, or a later one: what is given replaces what is known."""

    say: Literal["contribution_record"]
    contributions: tuple[Contribution, ...] | None = None
    wage_idr: RupiahAmount | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        given: dict[str, object] = {}
        if self.contributions is not None:
            given |= {"contributions": self.contributions, "paid_months": None}
        if self.wage_idr is not None:
            given["wage_idr"] = self.wage_idr
        return m.RecordContributions(record=known.model_copy(update=given).record(wib(self.at)))


class SaidSearch(SaidAt):
    """So many applications to different companies, or calls to a test or interview."""

    say: Literal["job_applications"]
    count: Annotated[int, Field(ge=1, le=50)] = 5
    kind: EffortKind = EffortKind.APPLICATION
    done_on: date | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        day = self.done_on or wib(self.at).date()
        efforts = [
            Effort(company=f"PT {n}", done_on=day, kind=self.kind).effort(f"{self.at[:10]}/{self.kind}/{n}")
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


class SaidDay(SaidAt):
    """Work found or a death, with the day on which it happened; by default the day it is told."""

    say: Literal["reemployment", "death"]
    on: date | None = None

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        day = self.on or wib(self.at).date()
        return m.ReportReemployment(since=day) if self.say == "reemployment" else m.ReportDeath(died_on=day)


class SaidByOfficer(SaidAt):
    """The decision of an officer over a referred claim."""

    say: Literal["officer_decision"]
    approves: bool

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        return m.DecideByOfficer(approves=self.approves, reason="as the case says")


class SaidPlain(SaidAt):
    """What needs no more words: a filing, a withdrawal, the self-assessment, counselling."""

    say: Literal["filing", "withdrawal", "layoff_withdrawal", "self_assessment", "counselling"]

    def message(self, known: Known) -> m.Message:
        """The message to the engine."""
        day = wib(self.at).date()
        match self.say:
            case "filing":
                return filing()
            case "withdrawal":
                return m.WithdrawClaim(reason="as the case says")
            case "layoff_withdrawal":
                return m.WithdrawLayoff(reported_by=known.reported_by)
            case "self_assessment":
                return m.CompleteSelfAssessment(form_version="asesmen-1", completed_on=day)
            case "counselling":
                return m.AttendCounselling(attended_on=day, office="office-1")


OneSaid = (
    SaidReport | SaidRecord | SaidSearch | SaidTraining | SaidMonth | SaidDay | SaidByOfficer | SaidPlain
)


class ClaimKnown(Known):
    """What is known of a whole claim: months lived as the law asks, and everything else that is said."""

    files: bool = True
    lived_months: tuple[LaterMonth, ...] = ()
    messages: tuple[Annotated[OneSaid, Field(discriminator="say")], ...] = ()
