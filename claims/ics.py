"""Kalender: the dates of a claim as an iCalendar feed (RFC 5545), in Indonesian with an English description.

It names no person, account or amount: a feed is read by whoever has its address.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from claims.deadlines import Deadline
from claims.periods import day_of

OCTETS_MAX = 75
PRODUCT = "-//JKP claims engine//batas waktu//ID"

SUMMARIES: Mapping[str, str] = {
    "layoff_report": "Batas akhir pelaporan PHK oleh pengusaha",
    "filing": "Batas akhir pengajuan klaim JKP",
    "filing_again": "Batas akhir pengajuan ulang klaim JKP",
    "contribution_record": "Batas waktu jawaban catatan iuran",
    "officer_decision": "Batas waktu keputusan petugas",
    "counselling": "Konseling karier untuk bulan ke-{month}",
    "answer": "Batas akhir memberi keterangan",
    "documents": "Batas akhir mengirim dokumen",
    "employer_payment": "Batas waktu pembayaran bulan ke-{month} oleh pengusaha",
    "search_period": "Hari terakhir mencari kerja untuk manfaat bulan ke-{month}",
    "certification": "Batas akhir pengajuan manfaat JKP bulan ke-{month}",
    "self_assessment": "Batas akhir asesmen diri",
    "transfer": "Batas waktu pembayaran manfaat JKP bulan ke-{month}",
    "bank_account": "Rekening pengganti untuk manfaat bulan ke-{month}",
    "payments_resumed": "Pembayaran manfaat bulan ke-{month} dilanjutkan",
    "placement_report": "Batas akhir lapor sudah bekerja",
}
OTHER = "Batas waktu JKP"
DESCRIPTIONS: Mapping[str, str] = {
    "layoff_report": "The employer reports the layoff.",
    "filing": "File the claim.",
    "filing_again": "File the claim again.",
    "contribution_record": "BPJS Ketenagakerjaan gives the contribution record.",
    "officer_decision": "An officer decides.",
    "counselling": "Attend counselling; no payment hangs on it.",
    "answer": "Answer the question in the portal; an officer decides on what is known.",
    "documents": "Send the documents that the officer asked for.",
    "employer_payment": "The employer pays the month first.",
    "search_period": "Last day on which a job application counts for month {month}.",
    "certification": "Apply for month {month}.",
    "self_assessment": "Complete the self-assessment.",
    "transfer": "Month {month} is paid.",
    "bank_account": "Name another bank account for month {month}.",
    "payments_resumed": "Payments are resumed.",
    "placement_report": "Report the new work.",
}


def calendar_feed(claim_id: UUID, deadlines: Iterable[Deadline], stamped_at: datetime) -> str:
    """Kalender batas waktu: one all-day event for each date whose matter is not done yet.

    `stamped_at` is when the claim last changed, so that the same claim gives the same feed.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "NAME:JKP"]
    for deadline in deadlines:
        if not deadline.done:
            lines += _event(claim_id, deadline, stamped_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(claim_id: UUID, deadline: Deadline, stamped_at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{deadline.what}-{deadline.month}@{claim_id}",
        f"DTSTAMP:{_utc(stamped_at)}",
        f"DTSTART;VALUE=DATE:{_day(deadline.last_day)}",
        f"DTEND;VALUE=DATE:{_day(deadline.last_day + timedelta(days=1))}",
        f"SUMMARY:{escaped(summary_of(deadline))}",
        f"DESCRIPTION:{escaped(description_of(deadline))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def summary_of(deadline: Deadline) -> str:
    """What is due, in Indonesian."""
    return SUMMARIES.get(deadline.what, OTHER).format(month=deadline.month)


def description_of(deadline: Deadline) -> str:
    """What is due, by which rule and article, in English; the owner first."""
    words = DESCRIPTIONS.get(deadline.what, deadline.what.replace("_", " ").capitalize() + ".")
    lines = [words.format(month=deadline.month), f"Owner: {deadline.owner}.", f"Rule: {deadline.rule}."]
    if deadline.opens_at is not None:
        lines.append(f"From: {day_of(deadline.opens_at).isoformat()}.")
    lines.append(f"Until: {deadline.last_day.isoformat()} 23:59:59 WIB.")
    lines.append(f"{deadline.article}. Calendar: {deadline.calendar_version}.")
    return "\n".join(lines)


def escaped(text: str) -> str:
    """TEXT of RFC 5545 3.3.11: backslash, semicolon, comma and line break are escaped."""
    for plain, spelled in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, spelled)
    return text


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets (RFC 5545 3.1); no character is cut in two."""
    pieces, piece, room = [], "", OCTETS_MAX
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", OCTETS_MAX - 1
        piece, room = piece + character, room - size
    return "\r\n ".join([*pieces, piece])


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")
