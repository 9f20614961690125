"""A value that is not the expected one, so that a test sees it found."""

from datetime import date, timedelta
from typing import Any


def another(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case tuple():
            return (*value, 7)
        case dict():
            return {**value, "6": "another"}
        case _:
            return f"not {value}"
