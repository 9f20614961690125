"""The lives, one short script each: a script acts, and states what must hold on the way."""

from datetime import date, timedelta

from law.periods import day_of
from sandbox.play.lives.steps import (
    begin,
    decision_reason,
    employer_pays,
    live_months,
    officer_decides,
    orders_of_month,
    record_corrected,
    report_taken_back,
)
from sandbox.play.player import Player

SOUND_ACCOUNT = "7731"


async def all_six_months(player: Player, files_on: date) -> None:
    """Every month is applied for in its window."""
    player.check("approved", "in_benefit", await begin(player, files_on))
    await live_months(player, 2, 3, 4, 5, 6)


async def a_month_missed(player: Player, files_on: date, *, missed: int) -> None:
    """One month is not applied for; its window passes, and the later months are lived as they should be."""
    await begin(player, files_on)
    await live_months(player, *range(2, missed))
    await player.apply_for_jobs(missed)
    await player.until_window_closed(missed)
    verdict = await player.tell(f"months/{missed}/certification", {"without_work": True})
    player.check("too late for the month", "window_closed", verdict["ground"])
    await live_months(player, *range(missed + 1, 7))


async def work_found(player: Player, files_on: date, *, month: int) -> None:
    """Work is found ten days into a month that is paid already; the next month is not owed."""
    await begin(player, files_on)
    await live_months(player, *range(2, month + 1))
    since = day_of(player.window(month)[0]) + timedelta(days=10)
    player.check("re-employment counts", True, (await player.start_work(since))["counts"])
    refused = await player.certify(month + 1)
    player.check(f"application for month {month + 1}", "reemployed", refused["ground"])


async def refused(player: Player, files_on: date, *, ground: str) -> None:
    """The claim is denied on a ground; nobody files again, and the filing window closes."""
    player.check("denied", "denied", await begin(player, files_on))
    decisions = (await player.read("decisions"))["decisions"]
    player.check("ground", ground, decisions[-1]["ground"])
    await player.until_filing_closed()


async def filed_too_late(player: Player, files_on: date) -> None:
    """Nobody files inside the window: the right lapses by itself, and a later filing is not accepted."""
    await player.report_layoffs()
    await player.look()
    await player.until_filing_closed()
    await player.until_seen(lambda claim: claim["status"] != "reported", timedelta(days=18))
    player.check("lapsed before anybody filed", "lapsed", player.seen["status"])
    verdict = await player.file(files_on)
    player.check("filing", [False, "filed_too_late"], [verdict["counts"], verdict["ground"]])


async def reported_twice(player: Player, files_on: date) -> None:
    """Employer and participant report the same layoff: one claim, and all six months paid."""
    told = await player.report_layoffs()
    player.check("the second report joins", [False, True], [report["joined"] for report in told])
    player.check("one claim", 1, len({report["claim_id"] for report in told}))
    await all_six_months(player, files_on)


async def too_few_applications(player: Player, files_on: date) -> None:
    """Four applications and no interview lose month 2; one interview call is enough for month 3."""
    await begin(player, files_on)
    progress = (await player.apply_for_jobs(2, count=4))["months"][0]
    player.check("four of five", [4, 5, False], [progress[n] for n in PROGRESS])
    player.check("application for month 2 counts", True, (await player.certify(2))["counts"])
    await player.until_window_closed(2)
    await player.until_seen(lambda claim: claim["months"][1]["state"] == "forfeited", timedelta(days=15))
    facts = (await decision_reason(player, "job_search"))["facts"]
    player.check("what was missing", [4, 5, 0], [facts[n] for n in SEARCH_FACTS])
    called = await player.be_called_to_an_interview(3)
    player.check("one call is enough", True, called["months"][0]["enough"])
    player.check("application for month 3 counts", True, (await player.certify(3))["counts"])
    await live_months(player, 4, 5, 6)


PROGRESS = ("applications", "applications_needed", "enough")
SEARCH_FACTS = ("applications", "applications_needed", "interview_calls")


async def in_training(player: Player, files_on: date, *, attended: int) -> None:
    """So many of a hundred lesson hours attended before month 2; the other months by job search."""
    await begin(player, files_on)
    player.check("attendance counts", True, (await player.attend_training(2, attended))["counts"])
    player.check("application for month 2 counts", True, (await player.certify(2))["counts"])
    await player.until_window_closed(2)
    settled = ("paid", "forfeited")
    await player.until_seen(lambda claim: claim["months"][1]["state"] in settled, timedelta(days=20))
    facts = (await decision_reason(player, "training_attendance"))["facts"]
    player.check("attendance found", f"{attended}.00", facts["attended_percent"])
    await live_months(player, 3, 4, 5, 6)


async def account_closed(player: Player, files_on: date) -> None:
    """The bank refuses the first transfer for a closed account; the money goes to the corrected one."""
    await begin(player, files_on)
    await player.until_seen(_another_account_awaited, timedelta(days=30))
    player.check("another account is awaited", True, _another_account_awaited(player.seen))
    player.check("first order", ["refused"], await orders_of_month(player, 1))
    player.check("new account counts", True, (await player.change_account(SOUND_ACCOUNT))["counts"])
    await live_months(player, 2, 3, 4, 5, 6)
    player.check("orders of month 1", ["refused", "settled"], await orders_of_month(player, 1))


def _another_account_awaited(claim: dict[str, object]) -> bool:
    return "'bank_account'" in str(claim["step"])


async def answer_lost(player: Player, files_on: date) -> None:
    """The bank pays months 1 and 2 and its answers are lost: both outcomes are found by asking.

    Before month 3 the claimant moves to an account at which nothing is lost.
    """
    await begin(player, files_on)
    await live_months(player, 2)
    await player.apply_for_jobs(3)
    player.check("new account counts", True, (await player.change_account(SOUND_ACCOUNT))["counts"])
    player.check("application for month 3 counts", True, (await player.certify(3))["counts"])
    await live_months(player, 4, 5, 6)
    types = [event["type"] for event in (await player.read("timeline"))["events"]]
    player.check("transfers of open outcome", 2, types.count("payment_sent"))
    for month in (1, 2):
        player.check(f"orders of month {month}", ["settled"], await orders_of_month(player, month))


async def never_arrived(player: Player, files_on: date) -> None:
    """A transfer never reaches the bank: its statement refuses it (R4), and a new order pays."""
    await begin(player, files_on)
    await player.until_order(1, "unknown", timedelta(days=30))
    player.check("outcome open", ["unknown"], await orders_of_month(player, 1))
    player.check("new account counts", True, (await player.change_account(SOUND_ACCOUNT))["counts"])
    await live_months(player, 2, 3, 4, 5, 6)
    await player.until_order(1, "settled", timedelta(days=200))
    player.check("orders of month 1", ["refused", "settled"], await orders_of_month(player, 1))


async def employer_bankrupt(player: Player, files_on: date) -> None:
    """Five months in arrears of a bankrupt employer stand in the way of nobody (Pasal 39A)."""
    player.check("approved", "in_benefit", await begin(player, files_on))
    facts = (await decision_reason(player, "arrears"))["facts"]
    found = [facts[name] for name in ("employer", "months_in_arrears", "covered")]
    player.check("arrears", ["bankrupt", 5, 6], found)
    await live_months(player, 2, 3, 4, 5, 6)


async def officer_approves(player: Player, files_on: date) -> None:
    """Four months in arrears, settled by the day of the decision: the officer says that BPJS pays."""
    player.check("referred", "referred", await begin(player, files_on))
    reason = "Tunggakan iuran sudah dilunasi pemberi kerja (bukti bayar 12/II/2025)."
    await officer_decides(player, files_on + timedelta(days=1), reason, payer="bpjs")
    await _approved_later(player)
    await live_months(player, 2, 3, 4, 5, 6)


async def _approved_later(player: Player) -> None:
    await player.until_seen(lambda claim: claim["status"] == "in_benefit", timedelta(days=10))
    player.check("approved", "in_benefit", player.seen["status"])
    await player.assess_and_be_counselled()


async def employer_pays_first(player: Player, files_on: date, *, months_idr: dict[int, int]) -> None:
    """Four months in arrears, not settled: each month is granted and paid by the employer (Pasal 39(3))."""
    player.check("referred", "referred", await begin(player, files_on))
    reason = "Tunggakan iuran empat bulan belum dilunasi pemberi kerja."
    await officer_decides(player, files_on + timedelta(days=1), reason, payer="employer")
    await _approved_later(player)
    for month, amount_idr in months_idr.items():
        await live_months(player, *range(month, month + 1 if month > 1 else month))
        await employer_pays(player, month, amount_idr)
    paid = {m["month"]: m["amount_idr"] for m in (await player.look())["months"] if m["state"] == "paid"}
    player.check("paid by the employer", months_idr, paid)


async def twelfth_month_paid_later(player: Player, files_on: date) -> None:
    """Refused with eleven months; the twelfth is paid after the refusal, and the first filing counts."""
    player.check("denied", "denied", await begin(player, files_on))
    facts = (await decision_reason(player, "contribution_months"))["facts"]
    player.check("months paid", [11, 12], [facts["paid_months"], facts["needed"]])
    late = {**player.person.record["months"][0], "month": "2024-01", "paid_on": "2025-03-04"}
    months = [late, *player.person.record["months"]]
    await record_corrected(
        player, date(2025, 3, 5), "Iuran Januari 2024 dibayar 4 Maret 2025.", months=months
    )
    await _approved_later(player)
    facts = (await decision_reason(player, "contribution_months"))["facts"]
    player.check("months paid now", [12, 12], [facts["paid_months"], facts["needed"]])
    player.check("filing of month 1", "2025-02-12", await _filed_on(player))
    await live_months(player, 2, 3, 4, 5, 6)


async def _filed_on(player: Player) -> str:
    return str((await decision_reason(player, "commitment"))["facts"]["filed_on"])


async def wage_corrected(player: Player, files_on: date) -> None:
    """After two months BPJS has a higher wage: the differences are paid, and the later months by it."""
    await begin(player, files_on)
    await live_months(player, 2)
    await player.until_order(2, "settled", timedelta(days=15))
    raised = "Upah Desember 2024 dikoreksi menjadi Rp4.500.000."
    await record_corrected(player, files_on + timedelta(days=45), raised, reported_wage_idr=4_500_000)
    await live_months(player, 3, 4, 5, 6)
    for month in (1, 2):
        player.check(f"orders of month {month}", ["settled", "settled"], await orders_of_month(player, month))


async def report_disputed(player: Player, files_on: date) -> None:
    """The employer takes its report back in month 3: the claimant answers, and nothing is lost."""
    await begin(player, files_on)
    await live_months(player, 2)
    await player.apply_for_jobs(3)
    await player.until_window(3)
    await report_taken_back(player)
    (asked,) = (await player.read("questions"))["questions"]
    player.check("asked", ["layoff_withdrawn", [3, 4, 5, 6]], [asked["ground"], asked["months"]])
    player.check("application for month 3 counts", True, (await player.certify(3))["counts"])
    player.check("month 3 is held", "awaited", (await player.look())["months"][2]["state"])
    answer = {"question": 1, "statement": "disagrees", "reference": "SK-PHK-2025-0131"}
    player.check("answer counts", True, (await player.tell("answers", answer))["counts"])
    day = day_of(await player.time.now()) + timedelta(days=8)
    await officer_decides(player, day, "Bukti PHK tetap berlaku; hubungan kerja sudah berakhir.", question=1)
    await live_months(player, 4, 5, 6)


async def worker_killed(player: Player, files_on: date) -> None:
    """The worker is killed with -9 just after month 4 was applied for; another one finishes the claim."""
    player.workers.begin_another()
    await begin(player, files_on)
    await live_months(player, 2, 3)
    await player.workers.another_ready()
    await live_months(player, 4)
    player.check("the first worker was killed", -9, await player.workers.kill_first())
    await live_months(player, 5, 6)
    player.check("the other one runs", True, player.workers.other_runs)
