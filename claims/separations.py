"""Alasan PHK, one by one: where each stands in the labour law, and whether the programme covers it.

UU 13/2003 Pasal 154A as in UU 6/2023 lists the reasons for which an employment may end. PP 37/2021 Pasal 20
excludes four of them by name, and the end of a fixed term; whatever else ends an employment is covered, gross
misconduct too. The list is the same in both regimes.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from claims.rules import SeparationReason


class Coverage(StrEnum):
    """Whether a layoff for a reason opens the right to a benefit."""

    COVERED = "covered"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Separation:
    """One reason: `article` is where the labour law names it, `letter` its letter there, or "".

    `excluded_by` is the article that takes it out of the programme; "" where none does.
    """

    article: str
    letter: str
    excluded_by: str = ""

    @property
    def coverage(self) -> Coverage:
        """Covered unless an article excludes it: the list of exclusions is closed."""
        return Coverage.EXCLUDED if self.excluded_by else Coverage.COVERED


# A long illness is covered as such: a total permanent disability is reported by its own name.
SEPARATIONS = MappingProxyType(
    {
        SeparationReason.MERGER: Separation("UU 13/2003 Pasal 154A(1)a", "a"),
        SeparationReason.EFFICIENCY: Separation("UU 13/2003 Pasal 154A(1)b", "b"),
        SeparationReason.CLOSURE_AFTER_LOSSES: Separation("UU 13/2003 Pasal 154A(1)c", "c"),
        SeparationReason.FORCE_MAJEURE: Separation("UU 13/2003 Pasal 154A(1)d", "d"),
        SeparationReason.DEBT_MORATORIUM: Separation("UU 13/2003 Pasal 154A(1)e", "e"),
        SeparationReason.BANKRUPTCY: Separation("UU 13/2003 Pasal 154A(1)f", "f"),
        SeparationReason.WORKER_PETITION: Separation("UU 13/2003 Pasal 154A(1)g", "g"),
        SeparationReason.PETITION_UNFOUNDED: Separation("UU 13/2003 Pasal 154A(1)h", "h"),
        SeparationReason.RESIGNATION: Separation(
            "UU 13/2003 Pasal 154A(1)i", "i", excluded_by="PP 37/2021 Pasal 20(1)a"
        ),
        SeparationReason.ABSENCE: Separation("UU 13/2003 Pasal 154A(1)j", "j"),
        SeparationReason.VIOLATION_AFTER_WARNINGS: Separation("UU 13/2003 Pasal 154A(1)k", "k"),
        SeparationReason.DETENTION: Separation("UU 13/2003 Pasal 154A(1)l", "l"),
        SeparationReason.LONG_ILLNESS: Separation("UU 13/2003 Pasal 154A(1)m", "m"),
        SeparationReason.TOTAL_PERMANENT_DISABILITY: Separation(
            "UU 13/2003 Pasal 154A(1)m", "m", excluded_by="PP 37/2021 Pasal 20(1)b"
        ),
        SeparationReason.RETIREMENT: Separation(
            "UU 13/2003 Pasal 154A(1)n", "n", excluded_by="PP 37/2021 Pasal 20(1)c"
        ),
        SeparationReason.DEATH: Separation(
            "UU 13/2003 Pasal 154A(1)o", "o", excluded_by="PP 37/2021 Pasal 20(1)d"
        ),
        SeparationReason.AGREED_OTHER: Separation("UU 13/2003 Pasal 154A(2)", ""),
        SeparationReason.CONTRACT_EXPIRED: Separation(
            "PP 37/2021 Pasal 20(2)", "", excluded_by="PP 37/2021 Pasal 20(2)"
        ),
        SeparationReason.URGENT_MISCONDUCT: Separation("PP 35/2021 Pasal 52(2)", ""),
    }
)


def article_of(reason: SeparationReason) -> str:
    """Where the labour law names a reason, such as `UU 13/2003 Pasal 154A(1)b`."""
    return SEPARATIONS[reason].article
