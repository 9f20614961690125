"""What lies ahead of the claim of a law case, which letters it called for, and why it was decided so."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from claims.agenda.deadlines import Deadline, deadlines
from claims.agenda.next_step import next_step
from claims.agenda.obligations import Awaited
from law.grounds import Reason
from law.periods import day_of
from lawcases.lives.beside import Outcome
from lawcases.lives.lived import Life

LOOKING_AHEAD = frozenset({"next_awaited", "deadlines", "letters"})


def ahead(life: Life, at: datetime) -> Outcome:
    """What is awaited first, every date, and the letters by their kind."""
    s = life.context(at, None)
    awaited = next_step(life.claim, s).awaited
    letters: dict[str, list[int]] = defaultdict(list)
    for letter in life.letters:
        letters[letter.kind.value].append(letter.month)
    return {
        "next_awaited": _awaited(awaited[0]) if awaited else None,
        "deadlines": tuple(map(_date, deadlines(life.claim, s))),
        "letters": {kind: tuple(months) for kind, months in letters.items()},
    }


def reasons_told(reasons: Sequence[Reason]) -> Outcome:
    """Every condition with its result, its ground and its article."""
    return {
        reason.condition: {
            "result": reason.result.value,
            "ground": reason.ground.value,
            "article": reason.article,
        }
        for reason in reasons
    }


def _awaited(awaited: Awaited) -> Outcome:
    return {
        "what": awaited.what,
        "owner": awaited.owner.value,
        "month": awaited.month,
        "last_day": day_of(awaited.until - datetime.resolution),
        "binds": awaited.binds,
        "article": awaited.article,
    }


def _date(due: Deadline) -> Outcome:
    opens_on = None if due.opens_at is None else day_of(due.opens_at)
    names = ("what", "month", "owner", "last_day", "done", "passed", "article")
    return {name: getattr(due, name) for name in names} | {"opens_on": opens_on}
