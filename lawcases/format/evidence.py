"""What was done for a benefit month in a law case: job search, training, the application."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, model_validator

from claims.commands import command as cmd
from claims.events.facts import (
    Attendance,
    Code,
    EffortKind,
    EffortState,
    JobSearchEffort,
    ShortText,
    TrainingSession,
)
from lawcases.format.facts import Count, Day, DayOfAnEffort, Known, Moment, Strict, wib

MOST_EFFORTS, MOST_SESSIONS = 50, 200


class Training(Strict):
    """Sessions of one course, all on one day."""

    provider: Code = "lpk-1"
    course: Code = "course-1"
    attended: Count = 0
    absent: Count = 0
    excused: Count = 0
    cancelled: Count = 0
    trained_on: Day | None = None

    @model_validator(mode="after")
    def _fits_in_a_report(self) -> "Training":
        if self.attended + self.absent + self.excused + self.cancelled > MOST_SESSIONS:
            raise ValueError(f"attended, absent, excused and cancelled: at most {MOST_SESSIONS} together")
        return self

    def training(self, day: date) -> cmd.AttendTraining | None:
        """The sessions of the month before, held on a day; None where there was none."""
        held_on = self.trained_on or day
        kinds = (
            [Attendance.ATTENDED] * self.attended
            + [Attendance.ABSENT] * self.absent
            + [Attendance.EXCUSED] * self.excused
            + [Attendance.CANCELLED] * self.cancelled
        )
        told = tuple(
            TrainingSession(session=f"{held_on}/{n}", held_on=held_on, attendance=kind)
            for n, kind in enumerate(kinds)
        )
        if not told:
            return None
        return cmd.AttendTraining(provider=self.provider, course=self.course, sessions=told)


class Evidence(Training):
    """What was done for one benefit month; by default what the law asks."""

    applications: Count = 5
    companies: Annotated[int, Field(ge=1, le=50)] | None = None
    interview_calls: Count = 0
    searched_on: Day | None = None
    further_training: Annotated[tuple[Training, ...], Field(max_length=6)] = ()
    self_assessed: bool = True
    applies: bool = True
    applied_at: Moment | None = None
    status_form: bool = True

    @model_validator(mode="after")
    def _fits_in_messages(self) -> "Evidence":
        if self.applications + self.interview_calls > MOST_EFFORTS:
            raise ValueError(f"applications and interview_calls: at most {MOST_EFFORTS} together")
        return self

    def search(self, day: date) -> cmd.RecordJobSearch | None:
        """The month's job search, done on a day; None where there was none."""
        done_on = self.searched_on or day
        companies = self.companies or max(self.applications, 1)
        efforts = [
            Effort(company=f"PT {n % companies + 1}", done_on=done_on).effort(f"{done_on}/application/{n}")
            for n in range(self.applications)
        ]
        efforts += [
            Effort(company=f"PT {n + 1}", done_on=done_on, kind=EffortKind.INTERVIEW_CALL).effort(
                f"{done_on}/call/{n}"
            )
            for n in range(self.interview_calls)
        ]
        return cmd.RecordJobSearch(efforts=tuple(efforts)) if efforts else None

    def trainings(self, day: date) -> tuple[cmd.AttendTraining, ...]:
        """The sessions of every course of the month before."""
        told = (each.training(day) for each in (self, *self.further_training))
        return tuple(training for training in told if training is not None)


class Effort(Strict):
    """One application, or one call to a test or interview."""

    company: ShortText
    done_on: DayOfAnEffort
    kind: EffortKind = EffortKind.APPLICATION
    reference: Code | None = None
    state: EffortState = "sent"
    told_by: Code | None = None
    told_at: Moment | None = None
    told_portal_at: Moment | None = None

    @property
    def telling_at(self) -> datetime:
        """When the portal tells it: at noon of its day unless given."""
        return wib(self.told_at or f"{self.done_on} 12:00:00")

    def effort(self, reference: str) -> JobSearchEffort:
        """The effort as a portal tells it, under its own reference or the given one."""
        return JobSearchEffort(
            reference=self.reference or reference,
            kind=self.kind,
            company=self.company,
            position="operator",
            done_on=self.done_on,
            state=self.state,
            told_at=None if self.told_portal_at is None else wib(self.told_portal_at),
            told_by=self.told_by,
        )


class MonthKnown(Known):
    """What is known when a benefit month is asked about."""

    evidence: Evidence = Evidence()

    @model_validator(mode="after")
    def _happens_after_the_layoff(self) -> "MonthKnown":
        told = self.evidence
        days = {"searched_on": told.searched_on, "trained_on": told.trained_on, "applied_at": told.applied_at}
        days |= {
            f"further_training.{n}.trained_on": each.trained_on
            for n, each in enumerate(told.further_training)
        }
        for name, day in days.items():
            at = None if day is None else wib(day if isinstance(day, str) else f"{day} 12:00:00")
            if at is not None and self.is_before_the_report(at):
                raise ValueError(f"evidence.{name}: {self.too_early(at)}")
        return self


class SearchKnown(Known):
    """What is known when a job application is asked about: the efforts told before it, in order."""

    told: tuple[Effort, ...] = ()

    @model_validator(mode="after")
    def _is_told_after_the_layoff(self) -> "SearchKnown":
        for n, each in enumerate(self.told):
            if self.is_before_the_report(each.telling_at):
                raise ValueError(f"told.{n}: {self.too_early(each.telling_at)}")
        return self
