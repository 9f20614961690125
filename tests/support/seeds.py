"""The seed of the long programmes: `SEED=7 make oracle` draws the same claims each time, `SEED=8` others.

SHARE=10 makes a tenth as many of them. Hypothesis is given the same number by the Makefile.
"""

import os

SEED = int(os.environ.get("SEED", "0"))
SHARE = int(os.environ.get("SHARE", "1"))
PARTS_MAX = 1_000


def seeded(number: int) -> int:
    """The seed of one part of a programme, 0 to 999; no part of a run with another SEED has it."""
    assert 0 <= number < PARTS_MAX
    return SEED * PARTS_MAX + number


def shared(number: int) -> int:
    """So many of the cases of a long programme."""
    return number // SHARE
