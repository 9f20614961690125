"""A claimant at play: acts through the API and the simulated parties, and states what must hold.

The same life plays on two clocks. On the running clock `until` sleeps; on the stepped clock the clock is
moved to the next instant that anybody waits for, whenever every life waits and the engine has nothing left
to do.
"""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, Protocol

from law.periods import JAKARTA, day_of
from payments.ledger import LedgerAccount
from sandbox.parties.outside import Outside
from sandbox.play.portal import Portal
from sandbox.play.report import Check, check
from sandbox.servers.workers import Workers
from sandbox.world import BankAccount, Person, reported_at
from store.database import Pool
from store.payments.ledger import balance
from store.scheduling.clock import advance_to, is_ready, next_due, read_clock, set_clock
from store.scheduling.notify import Notifier

Json = dict[str, Any]

POLL_SECONDS = 0.02
GLANCE_SECONDS = 0.25
SLEEP_SECONDS_MAX = 0.5  # the clock may go faster again meanwhile
READY_WITHIN_SECONDS = 150.0
DECIDED_WITHIN = timedelta(days=30)
COMMITMENT_TEXT = "Saya bersedia mencari pekerjaan secara aktif dan mengikuti pelatihan kerja (KAPK 2025)."
COMMITMENT = {"version": "kapk-2025-1", "sha256": sha256(COMMITMENT_TEXT.encode()).hexdigest()}
COMPANIES = (
    "PT Astra Otoparts",
    "PT Indofood CBP",
    "PT Mayora Indah",
    "RS Mitra Keluarga",
    "PT Lion Super Indo",
    "PT Pos Indonesia",
    "PT Kimia Farma",
    "CV Berkah Abadi",
    "PT Summarecon Agung",
    "PT Trans Retail",
)


class NotReady(RuntimeError):
    """The engine was still at work after READY_WITHIN_SECONDS of real time."""


class TooSlow(RuntimeError):
    """The engine fell so far behind the running clock that the life cannot go on."""


class Time(Protocol):
    """Programme time as lives see it."""

    async def now(self) -> datetime:
        """Programme time, UTC."""
        ...

    async def until(self, instant: datetime) -> None:
        """Return at an instant, or at once where it has passed."""
        ...

    async def glance(self, times: int) -> None:
        """Let the world go on a little before looking for the `times`-th time."""
        ...


async def until_ready(pool: Pool) -> None:
    """Until nothing is left to be done; raises NotReady."""
    deadline = asyncio.get_running_loop().time() + READY_WITHIN_SECONDS
    while not await is_ready(pool):
        if asyncio.get_running_loop().time() > deadline:
            raise NotReady(f"the engine was still at work after {READY_WITHIN_SECONDS:.0f} s")
        await asyncio.sleep(POLL_SECONDS)


async def start_clock(pool: Pool, at: datetime | None, speed: float) -> None:
    """Let programme time go on from an instant (None: where it is) at a speed; 0 leaves it standing still."""
    async with pool.acquire() as connection:
        await set_clock(connection, at, speed)


async def ledger_total_idr(pool: Pool) -> int:
    """What left the fund by the engine's own ledger, in rupiah."""
    return -await balance(pool, LedgerAccount.BANK)


class RunningTime:
    """The running clock: time passes by itself."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def now(self) -> datetime:
        """Programme time."""
        return (await read_clock(self._pool)).at

    async def until(self, instant: datetime) -> None:
        """Sleep until an instant."""
        clock = await read_clock(self._pool)
        while clock.at < instant:
            seconds = (clock.seconds_until(instant) or 0) + POLL_SECONDS / 10
            await asyncio.sleep(min(seconds, SLEEP_SECONDS_MAX))
            clock = await read_clock(self._pool)

    async def glance(self, times: int) -> None:
        """A quarter of a real second."""
        await asyncio.sleep(GLANCE_SECONDS)


class SteppedTime:
    """The stepped clock: moved when all lives that were `begun` wait for it.

    `before_move` is called before every move, when nothing is left to be done: faults are put there.
    """

    def __init__(self, pool: Pool, notifier: Notifier) -> None:
        self._pool, self._notifier = pool, notifier
        self._waiting: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._acting = 0
        self._all_wait = asyncio.Event()
        self.before_move: Callable[[], Awaitable[None]] | None = None

    def begin(self) -> None:
        """One more life acts."""
        self._acting += 1

    def end(self) -> None:
        """A life is over, or waits."""
        self._acting -= 1
        if self._acting == 0:
            self._all_wait.set()

    async def now(self) -> datetime:
        """Programme time."""
        return (await read_clock(self._pool)).at

    async def until(self, instant: datetime) -> None:
        """Wait until the clock has been moved to an instant."""
        if await self.now() >= instant:
            return
        gate: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (instant, next(self._order), gate))
        self.end()
        await gate

    async def glance(self, times: int) -> None:
        """The engine finishes what it has to do; from the second time on six hours pass."""
        await self.until(await self.now() + timedelta(minutes=1 if times == 0 else 360))

    async def run(self) -> None:
        """Move the clock until nobody waits any more."""
        while True:
            await self._all_wait.wait()
            self._all_wait.clear()
            if not self._waiting:
                return
            await until_ready(self._pool)
            if self.before_move is not None:
                await self.before_move()
                await until_ready(self._pool)
            self._release(await self._move())
            if self._acting == 0:
                self._all_wait.set()

    async def _move(self) -> datetime:
        """To the next instant somebody waits for: a life, or the engine itself."""
        due = await next_due(self._pool)
        wanted = self._waiting[0][0]
        async with self._pool.acquire() as connection:
            moved = await advance_to(connection, wanted if due is None else min(wanted, due))
        self._notifier.give()
        return moved.at

    def _release(self, at: datetime) -> None:
        while self._waiting and self._waiting[0][0] <= at:
            gate = heapq.heappop(self._waiting)[2]
            if not gate.done():
                self.begin()
                gate.set_result(None)


class Player:
    """One person who plays one life."""

    def __init__(
        self,
        name: str,
        person: Person,
        *,
        portal: Portal,
        outside: Outside,
        time: Time,
        workers: Workers,
    ) -> None:
        self.name = name
        self.person = person
        self.time = time
        self.workers = workers
        self.claim_id = ""
        self.accounts: list[BankAccount] = [person.account]
        self.checks: list[Check] = []
        self.seen: Json = {}
        self.portal, self.outside = portal, outside

    def check(self, name: str, expected: object, got: object) -> None:
        """State a fact: it holds where both are equal."""
        self.checks.append(check(name, expected, got))

    async def until(self, instant: datetime) -> None:
        """Wait for an instant."""
        await self.time.until(instant)

    async def until_day(self, day: date, hour: int = 9) -> None:
        """Wait for an hour of a Jakarta day."""
        await self.until(datetime.combine(day, time(hour), JAKARTA))

    async def until_seen(self, true: Callable[[Json], bool], within: timedelta) -> bool:
        """Look at the claim until something is true of it, at most for a programme span."""
        deadline = await self.time.now() + within
        for times in itertools.count():
            if true(await self.look()):
                return True
            if await self.time.now() > deadline:
                return False
            await self.time.glance(times)
        return False

    async def until_order(self, month: int, state: str, within: timedelta) -> None:
        """Wait until the newest order of a month is in a state, at most for a programme span."""
        deadline = await self.time.now() + within
        for times in itertools.count():
            orders = (await self.read("payments"))["orders"]
            states = [order["state"] for order in orders if order["month"] == month]
            if states[-1:] == [state] or await self.time.now() > deadline:
                return
            await self.time.glance(times)

    async def until_filing_closed(self) -> None:
        """Wait until the time for filing, as last seen, is over."""
        closes = datetime.fromisoformat(self.seen["step"]["awaited"][0]["until"])
        await self.until(closes + timedelta(hours=1))

    async def look(self) -> Json:
        """The claim as the portal shows it."""
        self.seen = await self.portal.read(self.claim_id)
        return self.seen

    async def read(self, what: str) -> Json:
        """The claim's `timeline`, `decisions` or `payments`."""
        return await self.portal.read(self.claim_id, what)

    async def report_layoffs(self) -> list[Json]:
        """Every report of the layoff is sent at its time: the employer's, or the participant's own."""
        told = []
        for report in self.person.reports:
            await self.until(reported_at(report))
            own = report["data"]["reported_by"] == "participant"
            told.append(await self.portal.report_layoff(report, binary=own))
        self.claim_id = told[0]["claim_id"]
        return told

    async def tell(self, what: str, body: Mapping[str, object]) -> Json:
        """Say something to the claim; the answer's verdict."""
        told = await self.portal.post(self.claim_id, what, dict(body))
        verdict: Json = told["verdict"]
        return verdict

    async def file(self, day: date, hour: int = 9) -> Json:
        """File the claim on a day, with the first account."""
        await self.until_day(day, hour)
        body = {
            "nik": self.person.nik,
            "bank_account": _account(self.person.account),
            "commitment": COMMITMENT,
        }
        return await self.tell("filing", body)

    async def until_decided(self) -> str:
        """Wait for the decision over the claim; the status it leads to. Raises TooSlow."""
        if not await self.until_seen(lambda claim: claim["status"] != "validating", DECIDED_WITHIN):
            raise TooSlow(f"nothing decided within {DECIDED_WITHIN.days} days of programme time")
        return str(self.seen["status"])

    async def assess_and_be_counselled(self) -> None:
        """Asesmen diri and konseling on the day on which it is now."""
        today = day_of(await self.time.now()).isoformat()
        await self.tell("self-assessment", {"form_version": "asesmen-2025-1", "completed_on": today})
        counselling = {
            "attended_on": today,
            "office": f"disnaker-{self.person.nik[:4]}",
            "recommendation": "job_search",
        }
        await self.tell("counselling", counselling)

    def window(self, month: int) -> tuple[datetime, datetime]:
        """Opening and closing of a month's window, as last seen."""
        search = self.seen["months"][month - 1]["search"]
        opens, closes = (
            datetime.fromisoformat(search[name]) for name in ("window_opens_at", "window_closes_at")
        )
        return opens, closes

    async def until_window(self, month: int) -> None:
        """Wait for the opening of a month's window."""
        await self.until(self.window(month)[0])

    async def until_window_closed(self, month: int) -> None:
        """Wait until a month's window is over."""
        await self.until(self.window(month)[1] + timedelta(hours=1))

    async def apply_for_jobs(self, month: int, count: int = 5) -> Json:
        """So many applications for a month, one a day, sent ten days before its window opens."""
        upto = self.window(month)[0] - timedelta(days=10)
        await self.until(upto + timedelta(hours=9))
        return await self._search(month, range(count), day_of(upto), "application")

    async def be_called_to_an_interview(self, month: int) -> Json:
        """One call to an interview for a month."""
        on = self.window(month)[0] - timedelta(days=8)
        await self.until(on + timedelta(hours=9))
        return await self._search(month, range(90, 91), day_of(on), "interview_call")

    async def _search(self, month: int, numbers: Iterable[int], last_day: date, kind: str) -> Json:
        efforts = [
            {
                "reference": f"LMR-{self.claim_id[-8:]}-{month}-{n}",
                "kind": kind,
                "company": COMPANIES[(month * 5 + n) % len(COMPANIES)],
                "position": "operator produksi",
                "done_on": (last_day - timedelta(days=n % 5)).isoformat(),
            }
            for n in numbers
        ]
        return await self.portal.post(self.claim_id, "job-applications", {"efforts": efforts})

    async def attend_training(self, month: int, attended: int, of: int = 100) -> Json:
        """A course of so many lesson hours, five a day, in the month before a month's window."""
        opens = self.window(month)[0]
        first = day_of(opens) - timedelta(days=25)
        await self.until(opens - timedelta(days=3))
        sessions = [
            {
                "session": f"{month}/{n + 1}",
                "held_on": (first + timedelta(days=n // 5)).isoformat(),
                "attendance": "attended" if n < attended else "absent",
            }
            for n in range(of)
        ]
        body = {"provider": f"blk-{self.person.nik[:4]}", "course": "las-smaw-3g", "sessions": sessions}
        return await self.tell("training-attendance", body)

    async def certify(self, month: int) -> Json:
        """Apply for a month as soon as its window opens."""
        await self.until_window(month)
        return await self.tell(f"months/{month}/certification", {"without_work": True})

    async def change_account(self, suffix: str) -> Json:
        """Open another account of one's own and name it."""
        account = self.person.account.ending_in(suffix)
        await self.outside.open_account(account)
        self.accounts.append(account)
        return await self.tell("bank-account", _account(account))

    async def start_work(self, since: date) -> Json:
        """Tell that one works again."""
        await self.until_day(since)
        return await self.tell("reemployment", {"since": since.isoformat()})

    async def statement_idr(self, account: BankAccount) -> list[int]:
        """What the bank paid into an account, line by line; money that came back is negative."""
        lines = (await self.outside.statement())["lines"]
        signs = {"DEBIT": 1, "CREDIT": -1}
        return [signs[line["type"]] * line["amount"] for line in lines if line["account"] == account.number]

    async def letters(self) -> list[str]:
        """Subjects of the letters received, oldest first."""
        return await self.outside.letters(self.person.email)


def _account(account: BankAccount) -> Json:
    return {
        "bank_code": account.bank_code,
        "account_number": account.number,
        "holder_name": account.holder,
    }
