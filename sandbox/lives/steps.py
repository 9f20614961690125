"""What lives have in common: how a claim begins, how a month is lived, what is read in between."""

from datetime import date

from sandbox.player import Json, Player


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
