"""How a report is shown: every life with its checks, what did not hold, and what to look at."""

from urllib.parse import quote

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from law.money import rupiah
from sandbox.play.report import Check, Report
from sandbox.servers.stack import Stack

VIEWS = (
    ("open claims", "WorkflowType='ClaimWorkflow' AND ExecutionStatus='Running'"),
    ("refused or ceased", "ClaimStatus IN ('denied', 'lapsed', 'ceased')"),
)
"""Lists of the Temporal UI, by their filters; its columns are chosen in the browser (docs/operators.md)."""


def print_report(report: Report, console: Console) -> None:
    """A row for every life, then every check that did not hold, then the books."""
    console.print(_table(report))
    for life in report.lives:
        _print_failures(life.name, life.checks, console)
    _print_failures("all", report.checks, console)
    paid = sum(len(life.payments) for life in report.lives)
    console.print(
        f"{len(report.lives)} lives, {paid} payments: ledger {rupiah(report.ledger_idr)}, "
        f"bank statement {rupiah(report.statement_idr)}; played in {report.seconds:.0f} s.",
        highlight=False,
    )
    held = "[green]Every check held.[/]" if report.ok else "[red]Some checks did not hold.[/]"
    console.print(held)


def _table(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Life", max_width=40)
    table.add_column("Checks", justify="right", no_wrap=True)
    table.add_column("Paid", justify="right", no_wrap=True)
    table.add_column("Amount", justify="right", no_wrap=True)
    table.add_column("Decided by")
    for life in report.lives:
        held = sum(check.ok for check in life.checks)
        table.add_row(
            life.name,
            f"[{'green' if life.ok else 'red'}]{held} of {len(life.checks)}[/]",
            str(len(life.payments)),
            rupiah(sum(payment.amount for payment in life.payments)),
            escape(life.decided_by),
        )
    return table


def _print_failures(name: str, checks: tuple[Check, ...], console: Console) -> None:
    for check in checks:
        if not check.ok:
            console.print(
                escape(f"{name}: {check.name}: expected {check.expected!r}, got {check.got!r}"), style="red"
            )


def print_addresses(stack: Stack, console: Console) -> None:
    """What to look at while the world stays up."""
    assert stack.temporal is not None, "the stack is started"
    for name, address in (
        ("Temporal UI", stack.temporal.ui_url),
        *((f"  {view}", f"{stack.temporal.ui_url}?query={quote(query)}") for view, query in VIEWS),
        ("API documentation", f"{stack.api_url}/docs"),
        ("Mailbox", stack.mailbox_url),
        ("Bank statement", stack.bank_url),
        ("BPJS Ketenagakerjaan", stack.bpjs_url),
        ("Data and logs", str(stack.folder)),
    ):
        console.print(f"  {name:<22}{address}", highlight=False, soft_wrap=True)
