"""What lives have in common: how a claim begins, how a month is lived, what is read in between."""

from datetime import date
from uuid import uuid4

from law.periods import JAKARTA, day_of
from sandbox.play.player import Json, Player


async def begin(player: Player, files_on: date) -> str:
    """Reported, filed, decided; an approved claimant does the self-assessment and is counselled."""
    if not player.claim_id:
        await player.report_layoffs()
    player.check("filing counts", True, (await player.file(files_on))["counts"])
    status = await player.until_decided()
    if status == "in_benefit":
        await player.assess_and_be_counselled()
    return status


async def live_months(player: Player, *months: int) -> None:
    """Month by month: five applications, then the month is applied for as its window opens."""
    for month in months:
        await player.apply_for_jobs(month)
        verdict = await player.certify(month)
        player.check(f"application for month {month} counts", True, verdict["counts"])


async def officer_decides(player: Player, on: date, reason: str, **more: object) -> None:
    """An officer decides on a day for the claimant: the referral, or the `question` named."""
    await player.until_day(on)
    decision = {"actor": "petugas-9171-04", "approves": True, "reason": reason, **more}
    player.check("decision counts", True, (await player.tell("officer-decisions", decision))["counts"])


async def employer_pays(player: Player, month: int, amount_idr: int) -> None:
    """The employer pays a month that was granted, on the day on which it is now, and it is recorded."""
    payment = {
        "month": month,
        "amount_idr": amount_idr,
        "paid_on": day_of(await player.time.now()).isoformat(),
        "reference": f"BPU-{player.claim_id[-8:]}-{month}",
    }
    verdict = await player.tell("employer-payments", payment)
    player.check(f"the employer's payment of month {month} counts", True, verdict["counts"])


async def record_corrected(player: Player, on: date, reason: str, **changes: object) -> None:
    """BPJS knows something else from a day on, and is asked again."""
    await player.until_day(on)
    await player.outside.correct_record(player.person, changes)
    verdict = await player.tell("record-requests", {"reason": reason})
    player.check("BPJS is asked again", True, verdict["counts"])


async def report_taken_back(player: Player) -> None:
    """The employer takes its report back: the same event, of another type and identity."""
    report, now = player.person.reports[0], await player.time.now()
    withdrawal = report | {
        "id": str(uuid4()),
        "type": report["type"].replace("dilaporkan", "dibatalkan"),
        "time": now.astimezone(JAKARTA).isoformat(),
    }
    told = await player.portal.report_layoff(withdrawal)
    player.check("a person looks first", "needs_manual_review", told["verdict"]["ground"])


async def decision_reason(player: Player, condition: str) -> Json:
    """The newest decision's reason about a condition."""
    decisions = (await player.read("decisions"))["decisions"]
    found = [reason for d in decisions for reason in d["reasons"] if reason["condition"] == condition]
    reason: Json = found[-1]
    return reason


async def orders_of_month(player: Player, month: int) -> list[str]:
    """States of a month's payment orders, oldest first."""
    orders = (await player.read("payments"))["orders"]
    return [order["state"] for order in orders if order["month"] == month]
