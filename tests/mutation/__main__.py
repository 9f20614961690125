"""`make mutate`: which small changes to the law its tests notice; exit code 1 below nine in ten.

Arguments are modules (`law.periods`; all of `law/` and `claims/` where none is named), tried in that order,
`--functions`, which leaves out what stands outside functions, `--sample=300`, which draws as many of them by
the seed SEED, and `--all`, which lists explained survivors too. Interrupted, it tells the table of those that
were tried; exit code 2.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from support.seeds import SEED

from .mutants import PURE, ROOT, Mutant, mutants_of
from .running import TESTS, Trial, Tried
from .survivors import explained_in, spelled

NEEDED = 0.9
WIDTH_IN_A_FILE = 120
EXPLAINED = ROOT / "docs" / "mutation-survivors.md"
HEAVY = (
    "test_walk",
    "TestLives",
    "test_both_agree_on_eight_thousand_claims",
    "test_800_claims_lived_get_what_was_estimated",
    "test_any_order_of_handling_evidence_of_a_month_gives_the_same_ledger",
    "test_the_whole_pack_is_run_in_ten_seconds_of_one_processor",
)
# They look at files, which no mutant changes.
OF_FILES = ("test_law_index", "test_only_one_module_makes_an_adverse_event", "compile")
OPTIONS = [
    "--noconftest",
    *("-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:terminal"),
    *("-k", " and ".join(f"not {name}" for name in HEAVY + OF_FILES)),
    *("-m", "not long and not hypothesis"),
    "--capture=no",
]


def main(named: Sequence[str]) -> int:
    """Try every mutant of the named modules, tell the table and the survivors."""
    list_all = "--all" in named
    console = Console(width=None if sys.stdout.isatty() else WIDTH_IN_A_FILE)
    modules = [name for name in named if not name.startswith("-")]
    everything = [path for folder in PURE for path in sorted(folder.rglob("*.py"))]
    paths = [_path_of(name) for name in modules] or everything
    with console.status("finding the mutants"):
        found = [mutant for path in paths for mutant in mutants_of(path)]
    # Outside functions they take twenty times as long.
    mutants = sorted(found, key=lambda mutant: mutant.function is None)
    if "--functions" in named:
        mutants = [mutant for mutant in mutants if mutant.function is not None]
    mutants = _sample(mutants, named)
    explained = explained_in(EXPLAINED)
    began = time.monotonic()
    tried = _try(mutants, console, {} if list_all else explained)
    if not tried:
        return 2
    console.print(_table(tried, set(explained)))
    minutes = (time.monotonic() - began) / 60
    share = _share(tried)
    console.print(
        f"{share:.1%} killed, {len(tried)} of {len(mutants)} mutants in {minutes:.1f} min, "
        f"{len(tried) / minutes:.0f} a minute"
    )
    if len(tried) < len(mutants):
        return 2
    return 0 if share >= NEEDED else 1


def _sample(mutants: list[Mutant], named: Sequence[str]) -> list[Mutant]:
    """As many as --sample says, in their order; all where it is not given."""
    given = [name.partition("=")[2] for name in named if name.startswith("--sample=")]
    if not given:
        return mutants
    drawn = random.Random(SEED).sample(range(len(mutants)), min(int(given[-1]), len(mutants)))
    return [mutants[place] for place in sorted(drawn)]


def _path_of(module: str) -> Path:
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _try(mutants: Sequence[Mutant], console: Console, explained: Mapping[str, str]) -> list[Tried]:
    tried: list[Tried] = []
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("the tests as they are", total=len(mutants))

        def tell(one: Tried) -> None:
            tried.append(one)
            name, survived = spelled(one.mutant), sum(each.fate != "killed" for each in tried)
            if one.fate != "killed" and name not in explained:
                console.print(f"{one.fate}: {name}", markup=False, highlight=False, soft_wrap=True)
            progress.update(task, advance=1, description=f"{one.mutant.where}, {survived} survived")

        trial = Trial(mutants, OPTIONS, tell)
        pytest.main([*TESTS, *OPTIONS], plugins=[trial])
    for name in trial.baseline_failed:
        console.print(f"fails without any mutant: {name}")
    return tried


def _share(tried: Sequence[Tried]) -> float:
    return sum(each.fate == "killed" for each in tried) / max(len(tried), 1)


def _table(tried: Sequence[Tried], explained: set[str]) -> Table:
    table = Table("module", title="mutants of the law", title_justify="left")
    for heading in ("mutants", "killed", "survived", "no tests", "explained", "share", "seconds"):
        table.add_column(heading, justify="right")
    modules = sorted({each.mutant.module for each in tried})
    for module in [*modules, ""]:
        some = [each for each in tried if module in (each.mutant.module, "")]
        fates = Counter(each.fate for each in some)
        known = sum(each.fate != "killed" and spelled(each.mutant) in explained for each in some)
        table.add_row(
            module or "all",
            *(
                str(number)
                for number in (len(some), fates["killed"], fates["survived"], fates["no tests"], known)
            ),
            f"{_share(some):.1%}",
            f"{sum(each.seconds for each in some):.0f}",
            end_section=module == (modules or [""])[-1],
        )
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
