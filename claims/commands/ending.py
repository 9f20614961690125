"""What ends the right, or the claim."""

from typing import Literal

from pydantic import Field

from claims.events import Work
from claims.events.facts import ShortText
from law.grounds import Frozen
from law.limits import Day


class ReportReemployment(Frozen):
    """Telah mendapatkan pekerjaan, or begun a business of one's own."""

    kind: Literal["reemployment"] = "reemployment"
    since: Day
    work: Work = Field(default="employment", exclude_if=lambda work: work == "employment")


class ReportDeath(Frozen):
    """Meninggal dunia, told by the civil registry or an officer."""

    kind: Literal["death"] = "death"
    died_on: Day


class WithdrawClaim(Frozen):
    """Penarikan klaim."""

    kind: Literal["withdrawal"] = "withdrawal"
    reason: ShortText


EndingMessage = ReportReemployment | ReportDeath | WithdrawClaim
