"""Claims whose employer is in arrears, and what it pays."""

from datetime import date

from support.builders import (
    Story,
    a_layoff,
    a_record,
    approved,
    decided,
    months_between,
    paid,
)

from claims.commands import command as cmd


def employer_first() -> Story:
    """Five months owed by an operating employer, twelve paid before them."""
    owed = months_between("2024-09", "2025-01")
    record = a_record(paid=months_between("2023-03", "2024-08"), owed=owed)
    return decided(a_layoff(), record, "2025-03-10")


def employer_pays() -> Story:
    officer = cmd.DecideByOfficer(approves=True, reason="arrears stand", payer="employer")
    return employer_first().when(officer, "2025-03-11")


def paid_by_employer(month: int, amount_idr: int, on: str) -> cmd.RecordEmployerPayment:
    return cmd.RecordEmployerPayment(
        month=month, amount_idr=amount_idr, paid_on=date.fromisoformat(on), reference="slip-1"
    )


def arrears_paid() -> cmd.RecordContributions:
    """Everything that was owed is paid by now."""
    return cmd.RecordContributions(record=a_record(paid=months_between("2023-03", "2025-02")))


def asked_back(settled_on: str, reference: str = "letter-1") -> cmd.AskReimbursement:
    return cmd.AskReimbursement(reference=reference, arrears_settled_on=date.fromisoformat(settled_on))


def underreported() -> Story:
    """Rp3,000,000 reported, Rp4,500,000 found: Rp900,000 are missing of each month."""
    story = paid(approved(2025, wage_idr=3_000_000), 1)
    return story.when(cmd.FindTrueWage(true_wage_idr=4_500_000, reference="nota-2"), "2025-03-20")
