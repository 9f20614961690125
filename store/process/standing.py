"""What a process waits for before it can work, and lost since: told in the log once, not at each try."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

AGAIN_SECONDS = 1.0
POSTGRESQL, TEMPORAL = "PostgreSQL", "Temporal"
Part = TypeVar("Part")

log = structlog.get_logger("standing")


@dataclass
class Standing:
    """The parts that are away, each with why; a process with none of them away may be ready."""

    away: dict[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str | None:
        """Why the process is not ready; None where nothing is away."""
        return "; ".join(f"{part}: {why}" for part, why in self.away.items()) or None

    def lost(self, part: str, error: BaseException) -> None:
        """A part is away; told where it was not known to be."""
        why = described(error)
        if part not in self.away:
            log.warning("waiting", part=part, reason=why)
        self.away[part] = why

    def back(self, part: str) -> None:
        """A part is there; told where it was away."""
        if self.away.pop(part, None) is not None:
            log.info("there", part=part)


async def until_there(
    part: str,
    attempt: Callable[[], Awaitable[Part]],
    standing: Standing,
    is_away: Callable[[BaseException], bool],
) -> Part:
    """What an attempt gives as soon as the part is there; an error that is no outage is raised."""
    while True:
        try:
            found = await attempt()
        except Exception as error:
            if not is_away(error):
                raise
            standing.lost(part, error)
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            standing.back(part)
            return found


def described(error: BaseException) -> str:
    """The type of an error, and of a missing database or a wrong password what the server says of it."""
    name = type(error).__name__
    sqlstate = getattr(error, "sqlstate", None) or ""
    return f"{name}: {error}" if sqlstate[:2] in ("28", "3D", "57") else name
