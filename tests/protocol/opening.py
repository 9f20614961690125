"""Two reports of one layoff at once: each looks for a stream to join, locks the person, and looks again."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from protocol.search import Went

START, LOOKED, LOCKED, DONE = range(4)
ONE_STREAM: Final = "one layoff opens one stream"


class Report(NamedTuple):
    """How far a report is, and whether it has found a stream."""

    at: int = START
    found: int = 0


class Reports(NamedTuple):
    """Two reports, who holds the participant (0: nobody), and the streams that were opened."""

    first: Report = Report()
    second: Report = Report()
    holder: int = 0
    streams: int = 0


def put(s: Reports, name: str, report: Report) -> Reports:
    changed: dict[str, Any] = {name: report}
    return s._replace(**changed)


def moves(s: Reports, *, looks_again: bool = True) -> Iterator[Went[Reports]]:
    """What each report may do next."""
    for number, name in ((1, "first"), (2, "second")):
        report: Report = getattr(s, name)
        if report.at == START:
            looked = put(s, name, Report(LOOKED, s.streams))
            yield Went(f"{name} looks", looked)
        elif report.at == LOOKED and not s.holder:
            found = s.streams if looks_again else report.found
            locked = put(s, name, Report(LOCKED, found))._replace(holder=number)
            yield Went(f"{name} locks", locked)
        elif report.at == LOCKED:
            streams = s.streams if report.found else s.streams + 1
            done = put(s, name, Report(DONE, 1))._replace(holder=0, streams=streams)
            yield Went(f"{name} writes", done, broken=ONE_STREAM if streams > 1 else "")


def left_at_rest(s: Reports) -> str:
    """What is left when both are done."""
    return "" if s.streams == 1 and not s.holder else "no stream was opened"
