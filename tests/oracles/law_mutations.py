"""Law cases with something wrong in them: any node replaced, dropped, doubled, renamed or of another type."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

PACK = Path(__file__).parents[1] / "claims" / "law"
CASES: list[dict[str, Any]] = [
    case for file in sorted(PACK.glob("*.json")) for case in json.loads(file.read_text("utf-8"))["cases"]
]
Place = tuple[str | int, ...]

DEEP: object = []
for _ in range(30):
    DEEP = [DEEP]
NASTY: tuple[object, ...] = (
    None, True, False, 0, 1, -1, 6, 7, 50, 100, 2**31, 2**63, 10**10, 10**10 + 1, 10**25, 10**5000,
    0.0, -0.0, 2.5, 1e308, float("nan"), float("inf"), -float("inf"),
    "", " ", "x", "n", "true", "0", "1741564800", "x" * 5000, "\x00", "\n", "\x1b[2J", "\ud800", "\u2028",
    "\ufeff",
    "2025-02-30", "2025-02-29", "0000-00-00", "0001-01-01", "1899-12-31", "1900-01-01", "2100-12-31",
    "2101-01-01", "2200-12-31", "9999-12-31", "2025-03-10T10:00:00", "2025-03-10T10:00:00Z", "２０２５-03-10",
    "2025-03-10 24:00:00", "2025-03-10 23:59:60", "1900-01-01 00:00:00", "2100-12-31 23:59:59", "2025-03-10 ",
    "2025-13", "2025-03..2024-03", "1900-01..2100-12", "9999-12", "2025-03..", "JKK", "death", "claim",
    [], [[]], [None], [0], [""], {}, {"": 0}, {"say": "death"}, {"at": "2025-03-10"}, {"what": "claim"}, DEEP,
)  # fmt: skip


@dataclass(frozen=True)
class Twice:
    """A value whose member is written twice."""

    first: object
    second: object


def written(tree: object) -> str:
    """The JSON text, with members twice and numbers that are none where the tree has them."""
    match tree:
        case dict():
            return (
                "{"
                + ", ".join(member for name, each in tree.items() for member in _members(name, each))
                + "}"
            )
        case list():
            return "[" + ", ".join(map(written, tree)) + "]"
        case Twice():
            return written(tree.first)
        case int() if not isinstance(tree, bool) and abs(tree) > 10**4000:
            return "1" + "0" * 5000
        case _:
            return json.dumps(tree)


def _members(name: str, each: object) -> Iterator[str]:
    for value in (each.first, each.second) if isinstance(each, Twice) else (each,):
        yield f"{json.dumps(name)}: {written(value)}"


def places(tree: object, at: Place = ()) -> Iterator[Place]:
    """Every node of a case."""
    yield at
    match tree:
        case dict():
            for name, inner in tree.items():
                yield from places(inner, (*at, name))
        case list():
            for n, inner in enumerate(tree):
                yield from places(inner, (*at, n))


def changed(tree: Any, at: Place, do: Any) -> Any:
    """The tree with what `do` makes of the container at the end of a place and its last part."""
    if not at:
        return do(None, tree)
    copied: Any = dict(tree) if isinstance(tree, dict) else list(tree)
    if len(at) == 1:
        return do(copied, at[0])
    copied[at[0]] = changed(copied[at[0]], at[1:], do)
    return copied


def replaced(tree: Any, at: Place, value: object) -> Any:
    def put(holder: Any, part: Any) -> Any:
        if holder is None:
            return value
        holder[part] = value
        return holder

    return changed(tree, at, put)


def dropped(tree: Any, at: Place) -> Any:
    def drop(holder: Any, part: Any) -> Any:
        if holder is not None:
            del holder[part]
        return holder

    return changed(tree, at, drop)


def doubled(tree: Any, at: Place, value: object) -> Any:
    def double(holder: Any, part: Any) -> Any:
        if isinstance(holder, list):
            holder.insert(part, holder[part])
        elif holder is not None:
            holder[part] = Twice(holder[part], value)
        return holder

    return changed(tree, at, double)


def renamed(tree: Any, at: Place, name: str) -> Any:
    def rename(holder: Any, part: Any) -> Any:
        if isinstance(holder, dict):
            holder[name] = holder.pop(part)
        return holder

    return changed(tree, at, rename)


def value_at(tree: Any, at: Place) -> Any:
    for part in at:
        tree = tree[part]
    return tree


NAMES = tuple(sorted({part for case in CASES for at in places(case) for part in at if isinstance(part, str)}))


@st.composite
def malformed(draw: st.DrawFn) -> str:
    """The text of a case of the pack with one to three things wrong in it."""
    tree: Any = draw(st.sampled_from(CASES))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.sampled_from([*places(tree)]))
        match draw(st.sampled_from(("replace", "drop", "double", "rename", "borrow", "retype"))):
            case "replace":
                tree = replaced(tree, at, draw(st.sampled_from(NASTY)))
            case "drop":
                tree = dropped(tree, at)
            case "double":
                tree = doubled(tree, at, draw(st.sampled_from(NASTY)))
            case "rename":
                tree = renamed(tree, at, draw(st.sampled_from((*NAMES, "", "\x00", "\ud800", "a/b~c"))))
            case "borrow":
                other: Any = draw(st.sampled_from(CASES))
                tree = replaced(tree, at, value_at(other, draw(st.sampled_from([*places(other)]))))
            case "retype":
                was = value_at(tree, at)
                tree = replaced(tree, at, draw(st.sampled_from((written(was), [was], {"value": was}))))
    return written(tree)


@st.composite
def plausible(draw: st.DrawFn) -> str:
    """The text of a case whose amounts, counts and days are others that somebody could mean."""
    tree: Any = draw(st.sampled_from(CASES))
    for at in [*places(tree)]:
        other = draw(_another(value_at(tree, at))) if draw(st.booleans()) else None
        if other is not None:
            tree = replaced(tree, at, other)
    return written(tree)


def _another(value: object) -> st.SearchStrategy[Any]:
    match value:
        case bool():
            return st.booleans()
        case int():
            return st.one_of(st.integers(0, 12), st.integers(0, 10**10), st.integers(value - 3, value + 3))
        case str() if _day(value) is not None:
            day, rest = _day(value), value[10:]
            assert day is not None
            near = st.integers(-500, 500).map(lambda days: day + timedelta(days=days))
            return st.one_of(near, st.dates(date(1899, 12, 1), date(2101, 1, 31))).map(
                lambda other: other.isoformat() + rest
            )
        case _:
            return st.none()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
