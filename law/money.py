"""Rupiah: whole numbers, and the one rounding rule."""

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from law.rules import Rounding

_MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.DOWN: ROUND_FLOOR,
    Rounding.UP: ROUND_CEILING,
}
_WRITTEN = re.compile(r"(?:[Rr][Pp] ?)?(0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4})")


def share_idr(amount_idr: int, rate: Decimal, rounding: Rounding) -> int:
    """Share of an amount in whole rupiah, rounded once by the rule of the regime (`Rules.rounding`)."""
    return int((Decimal(amount_idr) * rate).to_integral_value(rounding=_MODES[rounding]))


def shares_idr(amount_idr: int, rates: tuple[Decimal, ...], rounding: Rounding) -> tuple[int, ...]:
    """Shares of an amount that add up to the share of all rates together, in whole rupiah.

    The sum and every share but the last are rounded by the rule; the last takes what is left, so that it may
    differ by a rupiah from its own rounding (docs/decisions/0026-contributions-in-2025.md).
    """
    first = [share_idr(amount_idr, rate, rounding) for rate in rates[:-1]]
    return (*first, share_idr(amount_idr, sum(rates, Decimal()), rounding) - sum(first))


def capped_idr(wage_idr: int, ceiling_idr: int) -> int:
    """Dasar perhitungan upah: the wage on which the benefit is computed (PP 37/2021 Pasal 21(2)-(4))."""
    return min(wage_idr, ceiling_idr)


def dropped(wage_idr: int, before_idr: int, drop_max: Decimal) -> bool:
    """Whether a wage lies below an earlier one by more than a share of it."""
    return wage_idr < before_idr * (1 - drop_max)


def rupiah(amount_idr: int) -> str:
    """An amount as people write it: `Rp3.000.000`."""
    return f"Rp{amount_idr:,}".replace(",", ".")


def read_rupiah(text: str) -> int:
    """A whole amount as people write it: `5000000`, `5.000.000`, `Rp5.000.000`, `Rp 5.000.000`.

    ValueError for anything else: points stand between thousands only, so `6.500` is six thousand five hundred
    and `6.50`, `6,5` and `1e6` are no amounts.
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError("not whole rupiah; write 5000000, 5.000.000 or Rp5.000.000")
    return int(found[1].replace(".", ""))
