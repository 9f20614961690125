"""The layoff and the filing of the claim."""

from typing import Literal

from pydantic import Field

from claims.commands.contact import PersonDifference
from claims.events import Party
from claims.events.facts import Code, Layoff, Participant
from law.grounds import Frozen
from law.limits import Count, Sha256


class ReportLayoff(Frozen):
    """Laporan PHK, new or of a layoff already known; `differs` is what it says otherwise of the person."""

    kind: Literal["layoff_report"] = "layoff_report"
    layoff: Layoff
    reported_by: Party
    differs: PersonDifference | None = Field(default=None, exclude_if=lambda differs: differs is None)


class WithdrawLayoff(Frozen):
    """The report of the layoff is taken back."""

    kind: Literal["layoff_withdrawal"] = "layoff_withdrawal"
    reported_by: Party


class FileClaim(Frozen):
    """Pengajuan klaim with the signed commitment (KAPK) and a bank account.

    The commitment states the willingness to work again; None where it was not signed.
    """

    kind: Literal["filing"] = "filing"
    participant: Participant
    account_version: Count
    commitment_version: Code | None
    commitment_sha256: Sha256 | None


LayoffMessage = ReportLayoff | WithdrawLayoff | FileClaim
