"""Evidence as a claim keeps it: efforts, sessions; and how its claimant is reached."""

from dataclasses import dataclass

from claims import events as e
from claims.events.facts import JobSearchEffort, TrainingSession


@dataclass(frozen=True)
class RecordedEffort:
    """A job-search effort with its verdict; month 0 is no month. One that was taken back does not count.

    `same_company` is one that did not count because its company was applied to in that month.
    """

    effort: JobSearchEffort
    month: int
    counts: bool
    same_company: bool = False


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


@dataclass(frozen=True)
class Contact:
    """What is known of reaching the claimant: data that differ and wait for an officer, a change of address.

    `differences` counts those found since an officer decided last, `decided` are the versions spoken over,
    `last` is the newest word, `unreached` are the letters given up since the address in force.
    """

    differs: e.PersonDataDiffers | None = None
    differences: int = 0
    decided: frozenset[int] = frozenset()
    last: e.PersonDataDecided | None = None
    email_change: e.EmailChangeAsked | None = None
    unreached: tuple[e.LetterGivenUp, ...] = ()
