"""Mutasi rekening: the lines of one day's account statement (14), page by page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from activities.bank.snap.answers import rupiah_from_money
from activities.bank.snap.profile import WIB

Direction = Literal["debit", "credit"]

_REFERENCE = re.compile(r"(?<![A-Za-z0-9])[A-Z0-9]{20}(?![A-Za-z0-9])")
_DIRECTIONS: Mapping[object, Direction] = {"DEBIT": "debit", "CREDIT": "credit"}


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One booking on our account: the bank's own id, whole rupiah, when, and whose order it answers to."""

    line_id: str
    amount_idr: int
    direction: Direction
    at: datetime
    reference: str | None
    account_number: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """The lines read for one WIB day, each once.

    `complete` only when the bank says that the day is over and every line of every page could be read;
    else `detail` says what was missing.
    """

    complete: bool
    lines: tuple[StatementLine, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. `readable` is false when a line, or the list itself, could not be read."""

    lines: tuple[StatementLine, ...]
    readable: bool
    day_over: bool
    more: bool


def read_page(fields: Mapping[str, object]) -> Page:
    """The page in a statement answer's JSON object."""
    rows = fields.get("detailData")
    listed = rows if isinstance(rows, list) else []
    read = [_line(row) for row in listed]
    info = fields.get("additionalInfo")
    return Page(
        lines=tuple(line for line in read if line is not None),
        readable=isinstance(rows, list) and None not in read,
        day_over=isinstance(info, dict) and info.get("complete") is True,
        more=fields.get("hasMore") == "Y",
    )


def join(pages: list[Page], trouble: str = "") -> Statement:
    """One statement of these pages: overlapping pages repeat lines, and a line counts once."""
    lines: dict[str, StatementLine] = {}
    contradicted = False
    for line in (line for page in pages for line in page.lines):
        contradicted |= lines.setdefault(line.line_id, line) != line
    detail = trouble or _gap(pages, contradicted)
    return Statement(not detail, tuple(lines.values()), detail)


def _gap(pages: list[Page], contradicted: bool) -> str:
    if contradicted:
        return "two lines with one id"
    if not all(page.readable for page in pages):
        return "a line could not be read"
    return "" if all(page.day_over for page in pages) else "the day is not over at the bank"


def _line(row: object) -> StatementLine | None:
    if not isinstance(row, dict):
        return None
    line_id, direction = row.get("transactionId"), _DIRECTIONS.get(row.get("type"))
    amount, at = rupiah_from_money(row.get("amount")), _instant(row.get("transactionDate"))
    if not isinstance(line_id, str) or not line_id or direction is None or amount is None or at is None:
        return None
    account = _named(row, "beneficiaryAccountNo")
    return StatementLine(line_id, amount, direction, at, _reference(row), account)


def _reference(row: Mapping[str, object]) -> str | None:
    """The order's reference: named by the line, else the only one that the remark can hold."""
    if named := _named(row, "originalPartnerReferenceNo") or _named(row, "partnerReferenceNo"):
        return named
    found = set(_REFERENCE.findall(_text(row.get("remark")) or ""))
    return found.pop() if len(found) == 1 else None


def _instant(value: object) -> datetime | None:
    """An instant; without an offset it is WIB, as ASPI's samples write it."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at.replace(tzinfo=WIB) if at and at.tzinfo is None else at


def _named(row: Mapping[str, object], name: str) -> str | None:
    """A field of the line, or of its `detailInfo`, where ASPI leaves room for it."""
    info = row.get("detailInfo")
    return _text(row.get(name)) or (_text(info.get(name)) if isinstance(info, dict) else None)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
