"""Lives in which something is told before its decision, after the last payment, or takes a payment back."""

from letters.hearings import answer, died, officer, paid_by_employer, record, works
from letters.steps import AFTER_PAID, Steps, bank, begun, month_paid, month_six_paid
from support.builders import (
    a_filing,
    a_fixed_term,
    a_layoff,
    a_record,
    a_report,
    applications,
    months_between,
)

from claims.commands import command as cmd
from claims.events import Payer

TAKEN_BACK = cmd.WithdrawLayoff(reported_by="employer")
TRUE_WAGE = cmd.FindTrueWage(true_wage_idr=7_000_000, reference="inspector-1")
SIX_PAID: Steps = [*AFTER_PAID, *(s for n in range(2, 6) for s in month_paid(n)), *month_six_paid()]
ARREARS = record(paid=months_between("2023-03", "2024-08"), owed=months_between("2024-09", "2025-01"))


def filed(*before: cmd.Command, answered: cmd.RecordContributions | None = None) -> Steps:
    """Filed on 10 March, something said on the 12th, decided on the 14th."""
    return [
        ("2025-03-03", a_report(a_layoff())),
        ("2025-03-10", a_filing()),
        *(("2025-03-12", message) for message in before),
        ("2025-03-14", answered or record()),
    ]


def paid_first(payer: Payer) -> Steps:
    """The employer pays month 1 before an officer says who pays."""
    paid = paid_by_employer(1, 3_000_000, "2025-03-12")
    return [*filed(paid, answered=ARREARS), ("2025-03-17", officer(True, payer=payer))]


MOVED = a_report(a_layoff("2025-04-30", issued_on="2025-03-03"))
LATER: dict[str, Steps] = {
    "a debt that went with its payment": [
        *AFTER_PAID,
        ("2025-03-12", TAKEN_BACK),
        ("2025-03-13", answer(1)),
        ("2025-03-17", officer(False, 1)),
        ("2025-03-19", bank(1, "returned")),
    ],
    "a debt that came with its payment": [
        *begun(),
        ("2025-03-11", bank(1, "open")),
        ("2025-03-12", TAKEN_BACK),
        ("2025-03-13", answer(1)),
        ("2025-03-17", officer(False, 1)),
        ("2025-03-19", bank(1, "settled")),
    ],
    "work told after the last payment": [
        *SIX_PAID,
        ("2025-09-09", works("2025-08-01")),
        ("2025-09-10", answer(1)),
        ("2025-09-15", officer(True, 1)),
    ],
    "a death told after the last payment": [
        *SIX_PAID,
        ("2025-09-09", died("2025-08-01")),
        ("2025-09-30", officer(False, 1)),
    ],
    "a business told after the last payment": [
        *SIX_PAID,
        ("2025-09-09", works("2025-08-01", work="own_business")),
        ("2025-09-10", answer(1)),
        ("2025-09-15", officer(False, 1)),
    ],
    "no layoff, told after the last payment": [
        *SIX_PAID,
        ("2025-09-09", TAKEN_BACK),
        ("2025-09-10", answer(1)),
        ("2025-09-15", officer(False, 1)),
    ],
    "another layoff, told after the last payment": [
        *SIX_PAID,
        ("2025-09-09", a_report(a_layoff(contract=a_fixed_term("2024-03-03", "2025-03-03")))),
        ("2025-09-10", answer(1)),
        ("2025-09-15", officer(True, 1)),
    ],
    "work that began earlier than was told": [
        *AFTER_PAID,
        *month_paid(2),
        *month_paid(3),
        ("2025-05-20", works("2025-05-20")),
        ("2025-06-02", works("2025-04-20")),
        ("2025-06-03", TAKEN_BACK),
        ("2025-06-30", officer(False, 2)),
        ("2025-07-01", cmd.PutRight(what="cessation", reason="there was a layoff")),
    ],
    "a business told before the decision": [
        *filed(works("2025-03-12", work="own_business")),
        ("2025-03-17", officer(True)),
    ],
    "a business told while a person looks at the proof": [
        *filed(),
        ("2025-03-17", works("2025-03-12", work="own_business")),
        ("2025-03-18", answer(1)),
    ],
    "a layoff moved behind its filing": [*filed(MOVED), ("2025-04-30", officer(True))],
    "a layoff moved behind its filing, refused": [*filed(MOVED), ("2025-04-28", officer(False))],
    "a layoff moved after the approval": [
        *AFTER_PAID,
        ("2025-03-20", MOVED),
        ("2025-04-30", officer(True, 1)),
    ],
    "a month held over its window": [
        *AFTER_PAID,
        *month_paid(2),
        ("2025-04-12", applications(5, "2025-04-12")),
        ("2025-04-24", TAKEN_BACK),
        ("2025-05-30", officer(True, 1)),
        ("2025-06-05", None),
    ],
    "refused, reported again, and nothing new": [
        *begun(cmd.RecordContributions(record=a_record(paid=months_between("2024-12", "2025-02")))),
        ("2025-03-12", a_report(a_layoff(), "participant")),
        ("2025-09-04", None),
        ("2025-10-01", cmd.RequestRecord(reason="asked again")),
        (
            "2025-10-02",
            cmd.RecordContributions(record=a_record(paid=months_between("2024-12", "2025-02"))),
        ),
    ],
    "the true wage told before the decision": filed(TRUE_WAGE, answered=record(wage_idr=4_000_000)),
    "an employer that paid before it was said to": paid_first("employer"),
    "an employer that paid what the fund pays": paid_first("bpjs"),
}
