"""A finding of `jkp stuck`, and where one is looked for."""

import shlex
from dataclasses import dataclass
from datetime import datetime

from store.database import Pool


@dataclass(frozen=True)
class Finding:
    """One thing that stands still: its kind, what it is (a workflow or order id), since when, what to do."""

    kind: str
    what: str
    since: datetime | None
    advice: str


@dataclass(frozen=True)
class Look:
    """One look at the database: after how many real seconds a wake-up is late and a send is long."""

    pool: Pool
    late: float
    sending: float


def how_to_wake(workflow_id: str) -> str:
    """The command that makes a run look again."""
    kind, _, identity = workflow_id.partition("/")
    return f"jkp claim wake {identity}" if kind == "claim" else "jkp rebuild"


def how_to_terminate(workflow_id: str, reason: str) -> str:
    """The command that ends a run, whatever its id holds."""
    return f"jkp temporal workflow terminate --workflow-id {shlex.quote(workflow_id)} --reason '{reason}'"
