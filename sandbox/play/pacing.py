"""Holding the running clock back while the machine is too busy for it.

A five-day window is open for four real seconds at full speed. On a machine with too much to do the engine
falls behind, and a life would be lost to the machine and not to the law; so the clock goes slower until the
engine has caught up.
"""

import asyncio
from dataclasses import dataclass

from sandbox.play.player import start_clock
from store.claims.queries import overdue_wakeups
from store.database import Pool

LOOK_EVERY_SECONDS = 1.0
LATE_SECONDS = 3.0
LATE_CLAIMS = 3
SLOWEST = 1 / 16
CALM_LOOKS = 6
EFFECT_SECONDS = 5.0  # a change wakes every open claim, which is work of its own


@dataclass
class Pacing:
    """How much of its full speed the clock has: 1, or less while the engine catches up."""

    share: float = 1.0

    async def keep(self, pool: Pool, full_speed: float) -> None:
        """Halve the speed while claims are late, double it again after a calm while; until cancelled."""
        calm = 0
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            late = len(await overdue_wakeups(pool, seconds=LATE_SECONDS)) >= LATE_CLAIMS
            calm = 0 if late else calm + 1
            if late and self.share > SLOWEST:
                self.share /= 2
            elif calm >= CALM_LOOKS and self.share < 1:
                self.share, calm = self.share * 2, 0
            else:
                continue
            await start_clock(pool, None, full_speed * self.share)
            await asyncio.sleep(EFFECT_SECONDS)
