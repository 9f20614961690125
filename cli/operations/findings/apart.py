"""What could not be recorded and was set apart: whose move it is, and how it is over."""

from datetime import datetime

from cli.operations.findings.finding import Finding, Look
from store.engine.set_apart import ApartKind, SetApart, not_over

HASH_SHOWN = 12


async def set_apart(at: Look) -> list[Finding]:
    """Direct messages, records of BPJS Ketenagakerjaan and answers of the bank that are not recorded."""
    return [_finding(apart, since) for apart, since in await not_over(at.pool)]


def _finding(apart: SetApart, since: datetime) -> Finding:
    claim = f"claim/{apart.stream_id}"
    match apart.kind:
        case ApartKind.MESSAGE:
            what = f"{claim} {apart.name} {apart.content_sha256[:HASH_SHOWN]}"
            advice = f"{apart.failure}: mend what fails, then `jkp claim acknowledge {apart.stream_id}`"
            return Finding("entry set apart", what, since, advice)
        case ApartKind.RECORD if apart.failure == "RecordUnreadable":
            advice = "BPJS Ketenagakerjaan: its answer breaks the contract; asked again every minute"
            return Finding("record unreadable", claim, since, advice)
        case ApartKind.RECORD:
            return Finding(
                "record not recorded", claim, since, f"{apart.failure}: mend the code; asked again"
            )
        case ApartKind.TRANSFER:
            advice = f"{apart.failure}: mend the code; the bank is asked again, nothing is sent again"
            return Finding("bank answer not recorded", f"transfer/{apart.subject}", since, advice)
