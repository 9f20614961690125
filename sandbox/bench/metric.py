"""A figure with its unit, its goal and whether the goal was met."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table


@dataclass(frozen=True)
class Metric:
    """One figure. `goal` is empty and `met` None where there is none; `note` says how it was measured."""

    name: str
    value: float
    unit: str
    note: str = ""
    goal: str = ""
    met: bool | None = None

    @property
    def is_ratio(self) -> bool:
        """Whether it compares two sides of one run, and so survives a change of machine."""
        return self.unit == "ratio"

    def as_json(self) -> dict[str, Any]:
        """Name, value, unit, goal (null where there is none), met."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "goal": self.goal or None,
            "met": self.met,
            "note": self.note,
        }


def at_most(limit: float, name: str, value: float, unit: str, note: str = "") -> Metric:
    """A figure that is to stay at or below a limit."""
    return Metric(name, value, unit, note, f"<= {limit:g}", value <= limit)


def at_least(limit: float, name: str, value: float, unit: str, note: str = "") -> Metric:
    """A figure that is to reach a limit."""
    return Metric(name, value, unit, note, f">= {limit:g}", value >= limit)


def ratios_first(metrics: Sequence[Metric]) -> list[Metric]:
    """Ratios, then what has a goal, then the rest; otherwise in the order of measuring."""
    return sorted(metrics, key=lambda metric: (not metric.is_ratio, not metric.goal))


def as_table(metrics: Sequence[Metric], title: str) -> Table:
    """The figures for a terminal."""
    table = Table(title=title, title_justify="left")
    for heading in ("metric", "value", "unit", "goal", "met", "how"):
        table.add_column(heading, justify="right" if heading == "value" else "left")
    for metric in ratios_first(metrics):
        met = {None: "", True: "[green]yes[/]", False: "[red]no[/]"}[metric.met]
        table.add_row(metric.name, _shown(metric.value), metric.unit, metric.goal, met, metric.note)
    return table


def _shown(value: float) -> str:
    """Whole numbers in full, others with three digits that count."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
