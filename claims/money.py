"""Rupiah: whole numbers, and the one rounding rule."""

from decimal import ROUND_HALF_UP, Decimal


def share_idr(amount_idr: int, rate: Decimal) -> int:
    """Share of an amount in whole rupiah, rounded half up once.

    The texts name no rounding rule (`Rules.rounding`, assumption): half up never costs the claimant more
    than half a rupiah and is what the official decks print.
    """
    return int((Decimal(amount_idr) * rate).to_integral_value(rounding=ROUND_HALF_UP))


def shares_idr(amount_idr: int, rates: tuple[Decimal, ...]) -> tuple[int, ...]:
    """Shares of an amount that add up to the share of all rates together, in whole rupiah.

    The sum and every share but the last are rounded half up; the last takes what is left, so that it may
    differ by a rupiah from its own rounding (docs/decisions/0026-contributions-in-2025.md).
    """
    first = [share_idr(amount_idr, rate) for rate in rates[:-1]]
    return (*first, share_idr(amount_idr, sum(rates, Decimal())) - sum(first))


def capped_idr(wage_idr: int, ceiling_idr: int) -> int:
    """Dasar perhitungan upah: the wage on which the benefit is computed (PP 37/2021 Pasal 21(2)-(4))."""
    return min(wage_idr, ceiling_idr)


def rupiah(amount_idr: int) -> str:
    """An amount as people write it: `Rp3.000.000`."""
    return f"Rp{amount_idr:,}".replace(",", ".")
