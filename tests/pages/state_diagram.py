"""The states of a claim as a page: the picture, the responsible party in each, and how far the walk went.

`python tests/pages/state_diagram.py` walks every state and writes docs/claim-states.md; a test holds them
equal.
"""

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from textwrap import fill

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from oracles.walk_places import Abstraction
from oracles.walking import Walk, walk

from claims.agenda.next_step import Status, Todo
from claims.wording.consequences import consequence_text

PAGE = Path(__file__).parents[2] / "docs" / "claim-states.md"
LINES_OF_A_PICTURE = re.compile(
    r"stateDiagram-v2|    direction (?:TB|LR)"
    r"|    [a-z_]+ : [\w ,()]+"
    r"|    (?:\[\*\]|[a-z_]+) --> (?:\[\*\]|[a-z_]+)(?: : [\w ,()]+)?"
)

HEAD = """# The states of a claim

A test walks every state of a claim, breadth first, over everything that may be said to it, everything that
may happen around it and the passing of time, until nothing new is reached. In each state it finds an owner, a
date to come, an article and a consequence, or a claim that is finished and owes nothing. This page is written
from that walk by `python tests/pages/state_diagram.py`, and the test holds it equal.

## How far the walk goes

| | |
|---|---|
"""

ABSTRACTION = """
Two states are one where the same is seen of them: the status and what the engine has to do; the month
awaited, the phase of its window, the application and the evidence; and the weightiest of its particulars,
such as an open question, an order that failed, or a record that is wanted. Identities, amounts and finished
months are not seen. A state of which only further particulars are new is checked, and not gone on from;
`make oracle` goes on from it while it has no more than two.

{inputs}

## Which events move it

Only the events that change the status are drawn. A date that passes is an event too, such as `ClaimLapsed`.

"""

SAID = "What is said or happens, in every state where it can: "
WIDTH = 110

BALLS = """
## The responsible party

"""


def page(found: Walk) -> str:
    """The whole page."""
    names = "; ".join(sorted({name.removesuffix(" in time") for name in found.inputs}))
    inputs = fill(f"{SAID}{names}.", width=WIDTH, break_on_hyphens=False)
    return (
        HEAD
        + "\n".join(numbers(found))
        + "\n"
        + ABSTRACTION.format(inputs=inputs)
        + "```mermaid\n"
        + "\n".join(picture(found))
        + "\n```\n"
        + BALLS
        + "\n".join(waits(found))
        + "\n"
    )


def numbers(found: Walk) -> list[str]:
    """The size of the walk, whole and by status."""
    by_status = Counter(here.step.status for here in found.places.values())
    return [
        f"| states | {len(found.places):,} |",
        f"| ways between them | {found.transitions:,} |",
        f"| things said, or that happen | {len(found.inputs)} |",
        *(f"| states that are `{status.value}` | {by_status[status]:,} |" for status in Status),
    ]


def picture(found: Walk) -> list[str]:
    """The statuses, who may be responsible in each, and the events between them, as a Mermaid diagram."""
    lines = ["stateDiagram-v2", "    direction TB"]
    for status in Status:
        lines.append(f"    {status.value} : {status.value}")
        for owner, whats in _whats_by_owner(found, status).items():
            lines.append(f"    {status.value} : {owner} ({', '.join(sorted(whats))})")
    lines.append("    [*] --> reported : LayoffReported")
    labels: dict[tuple[Status, Status], set[str]] = defaultdict(set)
    for before, after, event in found.edges:
        labels[before, after].add(event)
    for before, after in sorted(labels):
        lines.append(f"    {before.value} --> {after.value} : {', '.join(sorted(labels[before, after]))}")
    finished = sorted(status for status, todo in found.steps if todo is Todo.FINISH)
    return [*lines, *(f"    {status.value} --> [*]" for status in finished)]


def _whats_by_owner(found: Walk, status: Status) -> dict[str, set[str]]:
    whats: dict[str, set[str]] = defaultdict(set)
    for of, what, owner, _, _ in sorted(found.awaited):
        if of is status:
            whats[owner.value].add(what)
    return whats


def waits(found: Walk) -> list[str]:
    """A table of what is awaited in each status, of whom, by which articles, and what happens then."""
    articles: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for status, what, owner, article, consequence in found.awaited:
        articles[status.value, what, owner.value, consequence_text(consequence, "en")].add(article)
    rows = [
        f"| `{status}` | {what} | {owner} | {'; '.join(sorted(cited))} | {then} |"
        for (status, what, owner, then), cited in sorted(articles.items())
    ]
    todos: dict[Status, set[str]] = defaultdict(set)
    for of, todo in found.steps:
        todos[of].add(todo.value)
    return [
        "| Status | Awaited | Of whom | Article | And then |",
        "|---|---|---|---|---|",
        *rows,
        "",
        "| Status | What the engine then has to do |",
        "|---|---|",
        *(f"| `{status.value}` | {', '.join(sorted(todos[status]))} |" for status in Status),
    ]


if __name__ == "__main__":
    PAGE.write_text(page(walk(Abstraction(particulars=1))), encoding="utf-8")
