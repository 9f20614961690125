"""Which workflow a wake-up row starts and signals, by the kind that its id begins with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from activities.contracts import ClaimStart, TransferSearch
from workflows.claim import ClaimWorkflow

WAKE = "wake"


@dataclass(frozen=True)
class Wake:
    """A workflow by its name, what starts it, the signals it knows, and how messages are called there.

    News of a message goes by the signal of its name, or of `signal_of`; by a bare `wake` where it has none.
    """

    workflow: str
    start: Callable[[str], object]
    summary: str
    signals: frozenset[str] = frozenset({WAKE})
    signal_of: Mapping[str, str] = field(default_factory=dict)

    def by_signal(self, news: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
        """Ids of recorded messages by the signal that carries them; a bare wake-up where there are none."""
        grouped: dict[str, list[str]] = {}
        for kind, message_id in news:
            name = self.signal_of.get(kind, kind)
            grouped.setdefault(name if name in self.signals else WAKE, []).append(message_id)
        return grouped or {WAKE: []}


WAKES: Mapping[str, Wake] = {
    "claim": Wake("ClaimWorkflow", ClaimStart, "JKP claim", ClaimWorkflow.SIGNALS, {"filing": "filed"}),
    "transfer": Wake("TransferWorkflow", TransferSearch, "outcome of a transfer"),
}


def wake_of(workflow_id: str) -> tuple[Wake, str]:
    """How to wake a workflow, and the id of its stream or order; KeyError or ValueError for no such id."""
    kind, _, identity = workflow_id.partition("/")
    return WAKES[kind], str(UUID(identity))
