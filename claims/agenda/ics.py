"""Kalender: the dates of a claim as an iCalendar feed (RFC 5545), in Indonesian with an English description.

It names no person, account or amount: a feed is read by whoever has its address.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from claims.agenda.deadlines import Deadline
from claims.wording.asked import calendar_entry
from law.periods import day_of

OCTETS_MAX = 75
PRODUCT = "-//JKP claims engine//batas waktu//ID"


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
    return calendar_entry(deadline.what, deadline.month, "id")


def description_of(deadline: Deadline) -> str:
    """What is due, by which rule and article, in English; the owner first."""
    words = calendar_entry(deadline.what, deadline.month, "en")
    lines = [f"{words}.", f"Owner: {deadline.owner}.", f"Rule: {deadline.rule}."]
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
