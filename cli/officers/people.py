"""`jkp claim person-data`: an officer's word on what a report says otherwise of a person."""

from typing import Annotated

from cyclopts import Parameter

from cli.arguments import ClaimId, whole
from cli.officers.decisions import By, Why, say
from cli.output import conclude, operator


def person_data(
    claim_id: ClaimId,
    /,
    *,
    version: Annotated[
        int, whole(1, 9999), Parameter(help="Which version differs, as `jkp claim questions` says it.")
    ],
    adopts: Annotated[
        bool, Parameter(name="--adopt", negative="--keep", help="Adopt that version, or keep what stands.")
    ],
    reason: Why,
    by: By = "",
) -> int:
    """Adopt the data that a report gave otherwise, or keep what stands; no payment waits for it."""
    said: dict[str, object] = {"version": version, "adopts": adopts, "reason": reason}
    return conclude(say(claim_id, "person_data_decision", said, f"officer:{by or operator()}"))
