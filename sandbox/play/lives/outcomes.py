"""What a life must come to, as literals, and how it is compared with what the parties hold at the end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sandbox.play.lives.decided import decided_by, decision_reports
from sandbox.play.player import Json, Player
from sandbox.play.report import Life, MonthPaid

NOT_COMPARED = ("sudah dapat diajukan", "hampir ditutup", "hampir berakhir", "Tentang pengajuan")
SUBJECTS = {
    r"PHK Anda sudah dilaporkan": "layoff reported",
    r"Klaim JKP Anda sudah kami terima": "claim received",
    r"Pengajuan klaim Anda tidak dapat diterima": "filing not accepted",
    r"Klaim JKP Anda disetujui": "claim approved",
    r"Klaim JKP Anda ditolak": "claim denied",
    r"Klaim JKP Anda diperiksa oleh petugas": "claim referred",
    r"Klaim JKP diperiksa kembali": "claim reconsidered",
    r"Kami punya pertanyaan tentang klaim JKP": "question asked",
    r"Pertanyaan tentang klaim JKP sudah diputuskan": "question decided",
    r"Manfaat JKP bertambah": "benefit adjusted",
    r"Perusahaan harus membayar bulan ke-(\d)": r"month \1 of the employer",
    r"Perusahaan harus lebih dahulu membayar manfaat JKP": "employer pays first",
    r"Batas waktu klaim JKP Anda sudah berakhir": "claim lapsed",
    r"Manfaat bulan ke-(\d) sudah dibayar": r"month \1 paid",
    r"Manfaat bulan ke-(\d) tidak dibayarkan": r"month \1 not paid",
    r"Pembayaran bulan ke-(\d) belum berhasil": r"month \1 transfer failed",
    r"Rekening pembayaran Anda diganti": "account changed",
    r"Manfaat uang tunai JKP berhenti": "benefit ceased",
    r"Masa manfaat JKP Anda selesai": "benefit finished",
}


@dataclass(frozen=True)
class Outcome:
    """How a life ends.

    `paid` maps months to whole rupiah, `forfeited` months to grounds. `letters` leaves out reminders, whose
    number depends on who was quicker. `accounts` are the statement's lines for each account used, in order;
    None where all payments went to the first. `decided_by` is what the report says decided the life.
    """

    status: str
    letters: tuple[str, ...]
    paid: dict[int, int] = field(default_factory=dict)
    forfeited: dict[int, str] = field(default_factory=dict)
    accounts: tuple[tuple[int, ...], ...] | None = None
    decided_by: str = "approved: 17 conditions met"


async def conclude(player: Player, outcome: Outcome) -> Life:
    """Compare the outcome with the claim, its payments, the bank's statement and the mailbox."""
    claim, orders = await player.look(), (await player.read("payments"))["orders"]
    payments = tuple(MonthPaid(o["month"], o["amount_idr"]) for o in orders if o["state"] == "settled")
    player.check("status", outcome.status, claim["status"])
    player.check("payments", outcome.paid, _by_month(payments))
    player.check("months not paid", outcome.forfeited, _forfeited(claim))
    expected = outcome.accounts or (tuple(outcome.paid.values()),)
    player.check("each order paid once", sum(len(lines) for lines in expected), len(payments))
    for number, (account, lines) in enumerate(zip(player.accounts, expected, strict=True), start=1):
        player.check(f"statement lines of account {number}", lines, await player.statement_idr(account))
    player.check("letters", sorted(outcome.letters), sorted(_told(await player.letters())))
    decisions = decision_reports((await player.read("decisions?language=en"))["decisions"])
    player.check("decided by", outcome.decided_by, by := decided_by(decisions))
    return Life(player.name, player.claim_id, tuple(player.checks), payments, by, decisions)


def _by_month(payments: Sequence[MonthPaid]) -> dict[int, int]:
    months: dict[int, int] = {}
    for payment in payments:
        months[payment.month] = months.get(payment.month, 0) + payment.amount
    return months


def _forfeited(claim: Json) -> dict[int, str]:
    return {m["month"]: m["ground"] for m in claim["months"] if m["state"] == "forfeited"}


def _told(subjects: Sequence[str]) -> list[str]:
    compared = (s for s in subjects if not any(part in s for part in NOT_COMPARED))
    return [_word(subject) for subject in compared]


def _word(subject: str) -> str:
    for pattern, word in SUBJECTS.items():
        if re.fullmatch(pattern, subject):
            return re.sub(pattern, word, subject)
    return subject
