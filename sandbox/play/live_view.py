"""What is to be seen while the lives are played: the claims, the responsible party, and the books.

On a terminal a table that is drawn anew; without one a line every few seconds.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle

import httpx2
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from law.money import rupiah
from law.periods import JAKARTA
from sandbox.play.main_job import World
from sandbox.play.player import Json, Player, ledger_total_idr
from sandbox.play.portal import PortalError

LOOK_EVERY_SECONDS = 0.1
TOTALS_EVERY_SECONDS = 1.0
LINE_EVERY_SECONDS = 10.0
OVER = frozenset({"exhausted", "ceased", "lapsed", "withdrawn"})
MARKS = {"paid": "●", "authorized": "◐", "forfeited": "✗"}
STYLES = {
    "in_benefit": "green",
    "exhausted": "bold green",
    "ceased": "cyan",
    "denied": "red",
    "lapsed": "red",
    "referred": "yellow",
    "validating": "yellow",
}


@dataclass
class LiveView:
    """The last that was seen of each claim, and of the books."""

    world: World
    console: Console
    claims: dict[str, Json] = field(default_factory=dict)
    at: datetime | None = None
    ledger_idr: int = 0
    statement_idr: int = 0
    letters: int = 0

    def __rich__(self) -> Group:
        return Group(self._totals(), self._table())

    async def watch(self) -> None:
        """Look at one claim after the other until cancelled."""
        for player in cycle(self.world.players):
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            with suppress(PortalError, httpx2.HTTPError):
                await self._look_at(player)

    async def _look_at(self, player: Player) -> None:
        known = self.claims.get(player.name, {})
        if player.claim_id and not (known.get("status") in OVER and not known["step"]["awaited"]):
            self.claims[player.name] = await player.read("")

    async def count(self) -> None:
        """Read clock, ledger, statement and mailbox until cancelled."""
        while True:
            with suppress(httpx2.HTTPError, OSError):
                self.at = await self.world.time.now()
                self.ledger_idr = await ledger_total_idr(self.world.pool)
                self.statement_idr = await self.world.statement_idr()
                self.letters = await self.world.outside.letter_count()
            await asyncio.sleep(TOTALS_EVERY_SECONDS)

    async def print_lines(self) -> None:
        """A line every few seconds until cancelled."""
        while True:
            await asyncio.sleep(LINE_EVERY_SECONDS)
            self.console.print(self._line(), highlight=False)

    def _line(self) -> str:
        over = sum(claim["status"] in OVER for claim in self.claims.values())
        return (
            f"{_day(self.at)}: {len(self.claims)} claims, {over} over; ledger {rupiah(self.ledger_idr)}, "
            f"statement {rupiah(self.statement_idr)}, {self.letters} letters"
            f"{self._held_back()}"
        )

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
        table.add_column("Life", max_width=48, no_wrap=True, overflow="ellipsis")
        for name, width in (("Claim", 13), ("Status", 10), ("Months", 6)):
            table.add_column(name, min_width=width, no_wrap=True)
        table.add_column("The responsible party, until when", no_wrap=True, overflow="ellipsis")
        table.add_column("Last payment", justify="right", min_width=15, no_wrap=True)
        for player in self.world.players:
            table.add_row(*_row(player, self.claims.get(player.name)))
        return table

    def _held_back(self) -> str:
        share = self.world.pacing.share
        return "" if share == 1 else f"   (busy machine: clock at {share:.0%} of its speed)"

    def _totals(self) -> Text:
        apart = self.ledger_idr - self.statement_idr
        books = "equal" if apart == 0 else f"{rupiah(apart)} under way"
        return Text.assemble(
            (_day(self.at), "bold"),
            f"   ledger {rupiah(self.ledger_idr)}   bank statement {rupiah(self.statement_idr)}   ",
            (books, "green" if apart == 0 else "yellow"),
            f"   {self.letters} letters{self._held_back()}\n",
        )


@asynccontextmanager
async def watching(world: World, console: Console) -> AsyncIterator[LiveView]:
    """A running view, ended with the block."""
    view = LiveView(world, console)
    tasks = [asyncio.create_task(view.watch()), asyncio.create_task(view.count())]
    if not console.is_terminal:
        tasks.append(asyncio.create_task(view.print_lines()))
    try:
        if console.is_terminal:
            with Live(view, console=console, refresh_per_second=5, vertical_overflow="crop"):
                yield view
        else:
            yield view
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _row(player: Player, claim: Json | None) -> tuple[str | Text, ...]:
    if claim is None:
        return player.name, "", Text("not reported", "dim"), "", "", ""
    status = str(claim["status"])
    return (
        player.name,
        Text(player.claim_id[:13], "dim"),
        Text(status.replace("_", " "), STYLES.get(status, "")),
        "".join(MARKS.get(month["state"], "·") for month in claim["months"]),
        _ball(claim),
        _last_payment(claim),
    )


def _ball(claim: Json) -> str:
    if not claim["step"]["awaited"]:
        return "nothing is awaited"
    wait = claim["step"]["awaited"][0]
    what, deadline = wait["what"].replace("_", " "), datetime.fromisoformat(wait["until"])
    return f"{wait['owner']}: {what} until {_day(deadline - timedelta(seconds=1))}"


def _last_payment(claim: Json) -> str:
    paid = [month for month in claim["months"] if month["state"] == "paid"]
    return f"{paid[-1]['month']}: {rupiah(paid[-1]['amount_idr'])}" if paid else ""


def _day(instant: datetime | None) -> str:
    return "" if instant is None else instant.astimezone(JAKARTA).strftime("%d %b %Y")
