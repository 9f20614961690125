"""How adverse events keep the basis they rest on, and how those recorded before it was kept are read."""

from typing import Any

from pydantic import model_validator

from claims.events.basis import Heard, Statutory, Unstated
from law.grounds import Frozen


def unless_unstated(basis: Statutory | Heard | Unstated) -> bool:
    """Whether a basis is written: what was recorded without one is written as it was."""
    return basis.kind == "unstated"


class AdverseEvent(Frozen):
    """An event that refuses, stops, forfeits or marks a debt; each of its kinds has a field `basis`."""

    @model_validator(mode="before")
    @classmethod
    def _read_without_basis(cls, data: Any) -> Any:
        if isinstance(data, dict) and "basis" not in data:
            return {**data, "basis": {"kind": "unstated"}}
        return data
