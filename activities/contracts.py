"""What passes between workflows and activities: ids and words, never a wage, account, name or NIK."""

from dataclasses import dataclass, field
from typing import Literal

ClaimTodo = Literal["fetch_record", "transfer", "wait", "finish"]


@dataclass(frozen=True)
class InboxEntry:
    """A signal as it came: its name, its bytes in base64, and what is wrong with it (empty: nothing).

    Of one that is too large only the hash of its bytes is kept, in `content_sha256`.
    """

    name: str
    content: str
    problem: str = ""
    content_sha256: str = ""


@dataclass(frozen=True)
class StepInput:
    """Ask a claim what is to be done, after recording the entries of the inbox."""

    claim_id: str
    inbox: list[InboxEntry] = field(default_factory=list)


@dataclass(frozen=True)
class ClaimStep:
    """What is to be done now, in words an operator reads.

    `sleep_seconds` is real time; while `wake_mark` stays the same, a timer already armed is the right one.
    `attributes` are the search attributes as text; `awaiting` is one line with article and date, `details`
    Markdown.
    """

    todo: ClaimTodo
    order_ids: list[str]
    notice_ids: list[str]
    sleep_seconds: float | None
    wake_mark: str
    awaiting: str
    details: str
    attributes: dict[str, str]
    transfer_seconds: float
    timer_summary: str = ""


@dataclass(frozen=True)
class ClaimInput:
    """The input of an activity for one claim."""

    claim_id: str


@dataclass(frozen=True)
class TransferInput:
    """The input of an activity for one payment order of a claim."""

    claim_id: str
    order_id: str


@dataclass(frozen=True)
class NoticeInput:
    """Letters of one claim to be sent."""

    claim_id: str
    notice_ids: list[str]


@dataclass(frozen=True)
class AskingPlan:
    """What the search for a transfer's outcome does next: ask, wait or finish."""

    todo: str
    sleep_seconds: float | None


@dataclass(frozen=True)
class TransferSearch:
    """Input of the search for one transfer's outcome."""

    order_id: str


@dataclass(frozen=True)
class ClaimStart:
    """Input of a claim's workflow: its id, and direct messages carried over that are not yet recorded."""

    claim_id: str
    inbox: list[InboxEntry] = field(default_factory=list)
