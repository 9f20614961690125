"""What `make mutate` changes, and that the survivors it knows are still there."""

from pathlib import Path

from mutation.mutants import mutants_of
from mutation.survivors import ENTRY, spelled

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mutation-survivors.md"
SOURCE = """
TERM = 7

@lru_cache(maxsize=9)
def late(day: int | None, known: set[int]) -> bool:
    assert day is not None, "somebody came"
    return day > TERM and day in known
"""


def test_each_change_is_small_and_is_told_by_its_line(tmp_path: Path) -> None:
    law = tmp_path / "law.py"
    law.write_text(SOURCE, "utf-8")

    assert [spelled(mutant) for mutant in mutants_of(law)] == [
        "law: `TERM = 7` -> `TERM = 8`",
        "law: `TERM = 7` -> `TERM = 6`",
        "law.late: `return day > TERM and day in known` -> `return day >= TERM and day in known`",
        "law.late: `return day > TERM and day in known` -> `return day <= TERM and day in known`",
        "law.late: `return day > TERM and day in known` -> `return day > TERM or day in known`",
        "law.late: `return day > TERM and day in known` -> `return day > TERM and day not in known`",
    ]


def test_every_survivor_that_is_explained_is_a_line_of_the_law() -> None:
    entries = [entry["mutant"] for entry in ENTRY.finditer(PAGE.read_text("utf-8"))]

    assert len(entries) == sum(line.startswith("- ") for line in PAGE.read_text("utf-8").splitlines())
    for entry in entries:
        where, _, change = entry.partition(": ")
        law = ROOT
        for part in where.split("."):
            law = law / part
            if law.with_suffix(".py").exists():
                break
        law = law.with_suffix(".py")
        lines = {" ".join(line.split()) for line in law.read_text("utf-8").splitlines()}
        assert change.split("` -> `")[0].removeprefix("`") in lines, entry
