"""Steps of which the lives of the letters are made: an instant, and what is said at it."""

from collections.abc import Callable

from support.builders import (
    Story,
    a_filing,
    a_layoff,
    a_record,
    a_report,
    an_outcome,
    applications,
    certification,
    months_between,
    self_assessment,
)

from claims.commands import command as cmd
from law.grounds import Ground

Said = cmd.Command | Callable[[Story], cmd.Command] | None
Steps = list[tuple[str, Said]]


def bank(month: int, outcome: str, ground: Ground = Ground.COUNTS) -> Callable[[Story], cmd.Command]:
    return lambda story: an_outcome(story.order(month), outcome, ground)  # type: ignore[arg-type]


def begun(record: cmd.RecordContributions | None = None, year: int = 2025) -> Steps:
    paid = months_between(f"{year - 1}-03", f"{year}-02")
    answer = record or cmd.RecordContributions(record=a_record(paid=paid, wage_idr=6_000_000))
    return [
        (f"{year}-03-03", a_report(a_layoff(f"{year}-03-03"))),
        (f"{year}-03-10", a_filing()),
        (f"{year}-03-10", answer),
    ]


def month_paid(month: int, year: int = 2025) -> Steps:
    """Month 2 to 5: searched, applied for on its reference date, paid."""
    applied = f"{year}-{month + 2:02d}-10"
    return [
        (f"{year}-{month + 1:02d}-12", applications(5, f"{year}-{month + 1:02d}-12")),
        (applied, None),
        (applied, certification(month)),
        (applied, bank(month, "settled")),
    ]


def month_six_paid(year: int = 2025) -> Steps:
    return [
        (f"{year}-08-12", applications(5, f"{year}-08-12")),
        (f"{year}-09-08", certification(6)),
        (f"{year}-09-08", bank(6, "settled")),
    ]


def first_paid(year: int = 2025) -> Steps:
    return [(f"{year}-03-11", self_assessment(f"{year}-03-11")), (f"{year}-03-11", bank(1, "settled"))]


def refused(**facts: object) -> Steps:
    return [*begun(cmd.RecordContributions(record=a_record(**facts))), ("2025-09-04", None)]  # type: ignore[arg-type]


def laid_off(**facts: object) -> Steps:
    layoff = a_layoff(**facts)  # type: ignore[arg-type]
    return [
        ("2025-03-03", a_report(layoff)),
        ("2025-03-10", a_filing()),
        ("2025-03-10", cmd.RecordContributions(record=a_record())),
    ]


def told_by_officer(approves: bool) -> Steps:
    referred = cmd.RecordContributions(record=a_record(earlier_benefits=1))
    decision = cmd.DecideByOfficer(approves=approves, reason="looked at")
    return [*begun(referred), ("2025-03-12", decision), ("2025-03-20", None)]


AFTER_PAID = begun() + first_paid()
FOUR_OF_FIVE: Steps = [
    ("2025-03-12", applications(4, "2025-03-12")),
    ("2025-04-10", certification(2)),
    ("2025-04-13 09:00:00", None),
    ("2025-04-16", None),
]
