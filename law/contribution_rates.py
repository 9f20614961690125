"""Tarif iuran JKP: its rates, what feeds them, and what is left to the other two programmes, dated and cited.

No worker pays for the programme: the government adds one share, and two shares are moved ("rekomposisi") from
the work-accident (JKK) and death (JKM) contributions that the employer pays anyhow. Rates are shares of one:
0.0046 is 0.46 percent.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from law.regimes import PP6, PP37
from law.rules import Rounding, Sourced

OF_2025 = "assumption: docs/decisions/0026-contributions-in-2025.md"
OF_FINES = "assumption: docs/decisions/0027-late-fine.md"


class RiskClass(StrEnum):
    """Tingkat risiko lingkungan kerja: the five classes of the work-accident contribution."""

    VERY_LOW = "very_low"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


class Industry(StrEnum):
    """Industri padat karya: the industries that PP 7/2025 relieves, and every other."""

    FOOD_DRINK_TOBACCO = "food_drink_tobacco"
    TEXTILE_GARMENT = "textile_garment"
    LEATHER = "leather"
    FOOTWEAR = "footwear"
    TOYS = "toys"
    FURNITURE = "furniture"
    ELSE = "else"


RatesByRisk = MappingProxyType[RiskClass, Decimal]


def by_risk(*rates: str) -> RatesByRisk:
    """Five rates, those of the lowest risk first."""
    return MappingProxyType(dict(zip(RiskClass, map(Decimal, rates), strict=True)))


@dataclass(frozen=True)
class ContributionRates:
    """The rates of one regime: of JKP, of its three shares, and what is left of JKK and JKM."""

    name: str
    in_force_from: date
    jkp_rate: Sourced[Decimal]
    government_share: Sourced[Decimal]
    jkk_share: Sourced[Decimal]
    jkm_share: Sourced[Decimal]
    worker_share: Sourced[Decimal]
    jkk_left: Sourced[RatesByRisk]
    jkm_left: Sourced[Decimal]
    contribution_ceiling_idr: Sourced[int]


@dataclass(frozen=True)
class Relief:
    """Keringanan iuran JKK: for the months from the first to the last, both inside."""

    first_month: Sourced[str]
    last_month: Sourced[str]
    industries: Sourced[frozenset[Industry]]
    active_participants_min: Sourced[int]
    jkk_halved: Sourced[RatesByRisk]
    jkk_share: Sourced[RatesByRisk]
    jkk_left: Sourced[RatesByRisk]

    def holds(self, month: str, industry: Industry, active_participants: int) -> bool:
        """Whether an employer is relieved in a contribution month."""
        return (
            self.first_month.value <= month <= self.last_month.value
            and industry in self.industries.value
            and active_participants >= self.active_participants_min.value
        )


@dataclass(frozen=True)
class ContributionLaw:
    """Every regime of contributions, oldest first, the reliefs, and what holds in all of them.

    `deciding_day` is the day of a contribution month whose regime gives its rates.
    """

    rates: tuple[ContributionRates, ...]
    reliefs: tuple[Relief, ...]
    first_month: Sourced[str]
    deciding_day: Sourced[int]
    jkk_counts_whole_wage: Sourced[bool]
    late_fine_a_month: Sourced[Decimal]
    late_fine_is_simple: Sourced[bool]
    rounding: Sourced[Rounding]
    begun_month_is_late: Sourced[bool]
    government_waits_for_arrears: Sourced[bool]

    def rates_of(self, month: str) -> ContributionRates | None:
        """The rates of a contribution month; None before the programme's first."""
        if month < self.first_month.value:
            return None
        day = date(int(month[:4]), int(month[5:7]), self.deciding_day.value)
        begun = [rates for rates in self.rates if rates.in_force_from <= day]
        return begun[-1] if begun else self.rates[0]

    def relief_of(self, month: str, industry: Industry, active_participants: int) -> Relief | None:
        """The relief that an employer has in a contribution month, if any."""
        return next((one for one in self.reliefs if one.holds(month, industry, active_participants)), None)


RATES_2021 = ContributionRates(
    name="2021",
    in_force_from=date(2021, 2, 2),
    jkp_rate=Sourced(Decimal("0.0046"), f"{PP37} Pasal 11(2)"),
    government_share=Sourced(Decimal("0.0022"), f"{PP37} Pasal 11(3)-(4)"),
    jkk_share=Sourced(Decimal("0.0014"), f"{PP37} Pasal 11(5)"),
    jkm_share=Sourced(Decimal("0.0010"), f"{PP37} Pasal 11(5)"),
    worker_share=Sourced(Decimal(0), f"{PP37} Pasal 11(3)"),
    jkk_left=Sourced(by_risk("0.0010", "0.0040", "0.0075", "0.0113", "0.0160"), f"{PP37} Pasal 11(5)"),
    jkm_left=Sourced(Decimal("0.0020"), f"{PP37} Pasal 11(5)"),
    contribution_ceiling_idr=Sourced(5_000_000, f"{PP37} Pasal 11(7)-(8)"),
)

RATES_2025 = ContributionRates(
    name="2025",
    in_force_from=date(2025, 2, 7),
    jkp_rate=Sourced(Decimal("0.0036"), f"{PP6} Pasal 11(2)"),
    government_share=Sourced(Decimal("0.0022"), f"{PP6} Pasal 11(3)-(4)"),
    jkk_share=Sourced(Decimal("0.0014"), f"{PP6} Pasal 11(5)"),
    jkm_share=Sourced(Decimal(0), f"{PP6} Pasal 11(5)"),
    worker_share=Sourced(Decimal(0), f"{PP6} Pasal 11(3)"),
    jkk_left=Sourced(by_risk("0.0010", "0.0040", "0.0075", "0.0113", "0.0160"), f"{PP6} Pasal 11(5)"),
    jkm_left=Sourced(Decimal("0.0030"), "PP 44/2015 Pasal 18"),
    contribution_ceiling_idr=Sourced(5_000_000, f"{PP6} Pasal 11(7)-(8)"),
)

RELIEF_2025 = Relief(
    first_month=Sourced("2025-02", "PP 7/2025 Pasal 4"),
    last_month=Sourced("2025-07", "PP 7/2025 Pasal 4"),
    industries=Sourced(frozenset(Industry) - {Industry.ELSE}, "PP 7/2025 Pasal 3"),
    active_participants_min=Sourced(50, "PP 7/2025 Pasal 3"),
    jkk_halved=Sourced(by_risk("0.0012", "0.0027", "0.00445", "0.00635", "0.0087"), "PP 7/2025 Pasal 4"),
    jkk_share=Sourced(by_risk("0.0012", "0.0014", "0.0014", "0.0014", "0.0014"), "PP 7/2025 Pasal 9-10"),
    jkk_left=Sourced(by_risk("0", "0.0013", "0.00305", "0.00495", "0.0073"), OF_2025),
)

CONTRIBUTIONS = ContributionLaw(
    rates=(RATES_2021, RATES_2025),
    reliefs=(RELIEF_2025,),
    first_month=Sourced("2021-02", f"{PP37} Pasal 50"),
    deciding_day=Sourced(1, OF_2025),
    jkk_counts_whole_wage=Sourced(True, OF_2025),
    late_fine_a_month=Sourced(Decimal("0.02"), "PP 44/2015 Pasal 22"),
    late_fine_is_simple=Sourced(True, OF_FINES),
    rounding=Sourced(Rounding.HALF_UP, "assumption: docs/decisions/0003-rounding.md"),
    begun_month_is_late=Sourced(True, OF_FINES),
    government_waits_for_arrears=Sourced(True, f"{PP37} Pasal 16"),
)
