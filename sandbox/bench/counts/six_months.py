"""A claimant who says thirty things in six months, through the API, on the stepped clock."""

import asyncio
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from law.periods import JAKARTA, day_of
from sandbox.bench.counts.stepping import SteppedEngine
from sandbox.play.player import COMMITMENT, COMPANIES
from sandbox.play.portal import Portal
from sandbox.world import Person, reported_at
from store.claims.kind import claim_workflow_id

CONDITIONAL_MONTHS = (2, 3, 4, 5, 6)
TRAINING_MONTHS = (3, 5)
APPLICATIONS = 5
PIECES = 30

Json = dict[str, Any]


class Claimant:
    """One person, the API, and the engine, which comes to rest after everything that is said."""

    def __init__(self, person: Person, portal: Portal, engine: SteppedEngine) -> None:
        self.claim_id = ""
        self.pieces = 0
        self._person, self._portal, self._engine = person, portal, engine
        self._opens: dict[int, datetime] = {}

    async def live_one_by_one(self) -> None:
        """Every piece of evidence on a day of its own."""
        for month in CONDITIONAL_MONTHS:
            opens = self._opens[month]
            for number in range(APPLICATIONS):
                await self._engine.until(opens - timedelta(days=13 - 2 * number))
                await self._apply(month, number)
                await self._engine.come_to_rest()
            if month in TRAINING_MONTHS:
                await self._engine.until(opens - timedelta(days=3))
                await self._train(month)
                await self._engine.come_to_rest()
            await self._engine.until(opens + timedelta(days=1))
            await self._certify(month)

    async def live_in_bursts(self) -> None:
        """The evidence of a month while its window is open, that of one kind all at once.

        Kinds that come together are signals of their own in one workflow task or in several, as it happens;
        each has one of its own here, so that this counts the most that a burst may cost.
        """
        for month in CONDITIONAL_MONTHS:
            await self._engine.until(self._opens[month] + timedelta(days=1))
            await asyncio.gather(*(self._apply(month, number) for number in range(APPLICATIONS)))
            await self._engine.come_to_rest()
            if month in TRAINING_MONTHS:
                await self._train(month)
                await self._engine.come_to_rest()
            await self._certify(month)

    async def begin(self, files_on: date) -> None:
        """Reported, filed, approved; the self-assessment, and counselling twice."""
        (report,) = self._person.reports
        await self._engine.until(reported_at(report))
        self.claim_id = (await self._portal.report_layoff(report))["claim_id"]
        self._engine.runs.append(claim_workflow_id(UUID(self.claim_id)))
        await self._engine.come_to_rest()
        await self._engine.until(datetime.combine(files_on, time(9), JAKARTA))
        account = self._person.account
        told = {"bank_code": account.bank_code, "account_number": account.number}
        body = {"nik": self._person.nik, "commitment": COMMITMENT}
        await self._say("filing", {**body, "bank_account": {**told, "holder_name": account.holder}})
        await self._engine.come_to_rest()
        await self._learn_the_windows()
        for days in (4, 8):
            await self._engine.until(datetime.combine(files_on + timedelta(days=days), time(9), JAKARTA))
            today = (await self._today()).isoformat()
            await self._tell("counselling", {"attended_on": today, "office": "disnaker-3171"})
            await self._engine.come_to_rest()
        await self._tell("self-assessment", {"form_version": "asesmen-2025-1", "completed_on": today})
        await self._engine.come_to_rest()

    async def _learn_the_windows(self) -> None:
        seen = await self._portal.read(self.claim_id)
        assert seen["status"] == "in_benefit", f"the claim is still {seen['status']}"
        searches = {month["month"]: month["search"] for month in seen["months"] if month["search"]}
        self._opens = {n: datetime.fromisoformat(s["window_opens_at"]) for n, s in searches.items()}

    async def _apply(self, month: int, number: int) -> None:
        """One application, dated the day before the window opens at the latest."""
        latest = day_of(self._opens[month]) - timedelta(days=1)
        effort = {
            "reference": f"LMR-{month}-{number}",
            "company": COMPANIES[(month * APPLICATIONS + number) % len(COMPANIES)],
            "position": "operator produksi",
            "done_on": min(await self._today(), latest).isoformat(),
        }
        await self._tell("job-applications", {"efforts": [effort]})

    async def _train(self, month: int) -> None:
        held_on = day_of(self._opens[month]) - timedelta(days=4)
        session = {"session": f"{month}/1", "held_on": held_on.isoformat(), "attendance": "attended"}
        course = {"provider": "blk-3171", "course": "las-smaw-3g", "sessions": [session]}
        await self._tell("training-attendance", course)

    async def _certify(self, month: int) -> None:
        await self._say(f"months/{month}/certification", {"without_work": True})
        await self._engine.come_to_rest()

    async def _tell(self, what: str, body: Json) -> None:
        """One piece of evidence."""
        await self._say(what, body)
        self.pieces += 1

    async def _say(self, what: str, body: Json) -> None:
        verdict = (await self._portal.post(self.claim_id, what, body))["verdict"]
        assert verdict["counts"], f"{what} does not count: {verdict['ground']}"

    async def _today(self) -> date:
        return day_of(await self._engine.now())
