"""Which protocol is walked: the design, within chosen bounds, or one of its mutants."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Variant:
    """The design by default. The first three fields choose a walk; each other one, changed, is a mutant.

    ``unrecordable``: what is signalled directly cannot be recorded; ``set apart`` is the design's answer.
    """

    stepped: bool = False
    relays: int = 1
    patient_sweep: bool = True
    api_step_sets_seen: bool = False
    keeps_todo_since: bool = True
    flag_cleared: Literal["before step", "after step"] = "before step"
    delivered: Literal["on commit", "on send"] = "on commit"
    lease: Literal["before call", "after call", "endless"] = "before call"
    sweeps: bool = True
    sends_from_sending: bool = False
    sends_after_last_instant: bool = False
    not_found_is_final: Literal["asked after the end", "recorded after the end", "at once"] = (
        "asked after the end"
    )
    closes_with_flag: bool = False
    signals_when_starting: bool = True
    unrecordable: Literal["no", "set apart", "dropped", "tried for ever"] = "no"
