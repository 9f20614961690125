"""Evidence as a claim keeps it: efforts with their verdict, sessions with their course."""

from dataclasses import dataclass

from claims.facts import JobSearchEffort, TrainingSession


@dataclass(frozen=True)
class RecordedEffort:
    """A job-search effort with its verdict; month 0 is no month. One that was taken back does not count."""

    effort: JobSearchEffort
    month: int
    counts: bool


@dataclass(frozen=True)
class RecordedSession:
    """A training session with its course; known by provider, course and session together."""

    provider: str
    course: str
    session: TrainingSession

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two reports speak of the same session."""
        return (self.provider, self.course, self.session.session)
