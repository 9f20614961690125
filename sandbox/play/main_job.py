"""The main job: everybody of the cast plays their life on the real parts; then the books are compared."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import asyncpg
import httpx2

from law.periods import JAKARTA
from law.regimes import LAW
from sandbox.parties.outside import Outside
from sandbox.play.lives.cast import CAST, Part
from sandbox.play.lives.outcomes import conclude
from sandbox.play.pacing import Pacing
from sandbox.play.player import (
    NotReady,
    Player,
    RunningTime,
    SteppedTime,
    TooSlow,
    ledger_total_idr,
    start_clock,
    until_ready,
)
from sandbox.play.portal import Portal, PortalError
from sandbox.play.report import Life, Report, check, installed_versions
from sandbox.servers.postgres import NO_PASSWORD, Elsewhere
from sandbox.servers.processes import ProcessFailedError
from sandbox.servers.stack import Stack
from sandbox.servers.workers import Workers
from sandbox.world import load_people
from store.claims.replaying import differing
from store.database import COMMAND_LINE, Pool
from store.scheduling.notify import notifying

WORLD_BEGINS = datetime(2024, 12, 2, tzinfo=JAKARTA)
BROKEN_OFF = (PortalError, ProcessFailedError, TooSlow, httpx2.HTTPError, LookupError)
SPEED = 108_000.0
"""Programme seconds in a real second: a day lasts 0.8 real seconds."""


@dataclass
class World:
    """A started stack with its people: what plays and what looks on share."""

    stack: Stack
    pool: Pool
    outside: Outside
    time: RunningTime | SteppedTime
    players: list[Player]
    speed: float
    pacing: Pacing = field(default_factory=Pacing)

    async def statement_idr(self) -> int:
        """What left the fund by the bank's statement."""
        totals = (await self.outside.statement())["totals"]
        return int(totals["debit"]) - int(totals["credit"])


@asynccontextmanager
async def open_world(
    folder: Path,
    *,
    speed: float,
    progress: Callable[[str], None],
    cast: Sequence[Part] = CAST,
    elsewhere: Elsewhere | None = None,
) -> AsyncIterator[World]:
    """Start the stack in a fresh folder and seed the outside parties; `speed` 0 is the stepped clock."""
    async with AsyncExitStack() as exits:
        stack = Stack(folder, progress, elsewhere=elsewhere)
        exits.push_async_callback(stack.stop)
        await stack.start(programme_at=WORLD_BEGINS, speed=0)
        outside = await exits.enter_async_context(
            Outside(bank_url=stack.bank_url, bpjs_url=stack.bpjs_url, mailbox_url=stack.mailbox_url)
        )
        portal = await exits.enter_async_context(Portal(stack.api_url))
        pool = await exits.enter_async_context(_pool(stack))
        notifier = await exits.enter_async_context(notifying(pool))
        clock = RunningTime(pool) if speed else SteppedTime(pool, notifier)
        people = load_people()
        progress("people, accounts, contribution records")
        for part in cast:
            await outside.seed(people[part.person])
        await start_clock(pool, WORLD_BEGINS, speed)
        workers = Workers(stack)
        exits.push_async_callback(workers.stop)
        players = [
            Player(
                part.name,
                people[part.person],
                portal=portal,
                outside=outside,
                time=clock,
                workers=workers,
            )
            for part in cast
        ]
        yield World(stack, pool, outside, clock, players, speed)


def _pool(stack: Stack) -> Pool:
    postgres = stack.postgres
    return asyncpg.create_pool(
        host=postgres.host,
        port=postgres.port,
        user=postgres.user,
        password=postgres.password or NO_PASSWORD,
        database=stack.database,
        min_size=1,
        max_size=4,
        server_settings=COMMAND_LINE.settings(),
        ssl=postgres.ssl,
    )


async def play(world: World, cast: Sequence[Part] = CAST) -> Report:
    """Play every life, wait until nothing is left to be done, and decide what was recorded."""
    began = time.monotonic()
    async with _paced(world):
        left = await _play_lives(world, cast)
    lives = [await _checked(part, player) for part, player in zip(cast, world.players, strict=True)]
    ledger_idr, statement_idr = await ledger_total_idr(world.pool), await world.statement_idr()
    replayed = await differing(world.pool, LAW)
    return Report(
        lives=tuple(lives),
        checks=(
            check("what was left to be done", "nothing", left),
            check("ledger equals bank statement", statement_idr, ledger_idr),
            check("events that come out otherwise when decided again", [], replayed),
        ),
        ledger_idr=ledger_idr,
        statement_idr=statement_idr,
        versions=installed_versions(),
        seconds=time.monotonic() - began,
    )


@asynccontextmanager
async def _paced(world: World) -> AsyncIterator[None]:
    """Hold a running clock back where the machine is too busy; afterwards it stands still."""
    if not world.speed:
        yield
        return
    pacing = asyncio.create_task(world.pacing.keep(world.pool, world.speed))
    try:
        yield
    finally:
        pacing.cancel()
        await asyncio.gather(pacing, return_exceptions=True)
    await start_clock(world.pool, None, 0)


async def _play_lives(world: World, cast: Sequence[Part]) -> str:
    """All lives at the same time; what the engine was still at when time was up, or `nothing`."""
    left = "nothing"
    try:
        async with asyncio.TaskGroup() as group:
            for part, player in zip(cast, world.players, strict=True):
                group.create_task(_live(world.time, part, player))
            if isinstance(world.time, SteppedTime):
                group.create_task(world.time.run())
        await until_ready(world.pool)
    except* NotReady as unready:
        left = str(unready.exceptions[0])
    return left


async def _live(clock: RunningTime | SteppedTime, part: Part, player: Player) -> None:
    """One life, counted by the stepped clock as long as it acts; a life that breaks off is not as stated."""
    if isinstance(clock, SteppedTime):
        clock.begin()
    try:
        await part.script(player, part.files_on)
    except BROKEN_OFF as error:
        player.check("played to its end", "yes", f"{type(error).__name__}: {error}")
    finally:
        if isinstance(clock, SteppedTime):
            clock.end()


async def _checked(part: Part, player: Player) -> Life:
    if not player.claim_id:
        player.check("claim opened", "yes", "no")
        return Life(player.name, "", tuple(player.checks), ())
    return await conclude(player, part.outcome)
