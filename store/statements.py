"""SQL with named parameters: `:name` in the text, a value under that name in the call.

asyncpg knows numbers only. A statement of forty values is read and changed by its names; the numbers are made
once, when the module is loaded.
"""

import re
from collections.abc import Mapping

_NAME = re.compile(r"(?<![:\w]):([a-z_]\w*)")


class Statement:
    """An SQL text whose parameters are named; `sql` is the text with numbers in their place."""

    def __init__(self, text: str) -> None:
        self.names = tuple(dict.fromkeys(_NAME.findall(text)))
        numbers = {name: number for number, name in enumerate(self.names, start=1)}
        self.sql = _NAME.sub(lambda found: f"${numbers[found[1]]}", text)

    def values(self, values: Mapping[str, object]) -> list[object]:
        """The values in the order of the numbers; KeyError where one is missing or is no parameter."""
        if values.keys() != set(self.names):
            raise KeyError(f"not the parameters of this statement: {sorted(values.keys() ^ set(self.names))}")
        return [values[name] for name in self.names]
