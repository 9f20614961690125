"""Names as banks write them, to compare the holder of an account with what is on record."""

import re


def plain_name(name: str) -> str:
    """A name as banks write it: upper case, letters only, single spaces."""
    return re.sub(r"[^A-Z]+", " ", name.upper()).strip()


def same_name(one: str, other: str) -> bool:
    """Whether two spellings name the same holder for a bank."""
    return plain_name(one) == plain_name(other)
