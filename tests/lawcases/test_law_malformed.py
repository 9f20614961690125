"""Whatever stands in a file of cases: it holds, it does not, or one line says what is wrong; nothing else."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy
from oracles.law_mutations import malformed, plausible
from support.seeds import seeded, shared

from lawcases.files.reading import Reading
from lawcases.lives.running import run

SHORT = settings(
    max_examples=150,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def check(case: str) -> None:
    """Read and run a file of one case, as `jkp law check` does."""
    reading = Reading()
    reading.take(f'{{"title": "t", "source": "s", "cases": [{case}]}}'.encode(), "one.json")

    assert len(reading.found) == 1 or reading.complaints
    for complaint in map(str, reading.complaints):
        assert complaint.startswith("one.json: ")
        assert complaint.isprintable(), "one line, in letters that every terminal has"
        assert len(complaint) < 4000
    for found in reading.found:
        assert [one for one in run(found.case) if one.field == "engine"] == []


@SHORT
@given(malformed())
def test_a_case_with_something_wrong_in_it_is_run_or_told_in_one_line(case: str) -> None:
    check(case)


@settings(SHORT, max_examples=60)
@given(plausible())
def test_a_case_of_other_amounts_and_days_is_run_or_told_in_one_line(case: str) -> None:
    check(case)


@pytest.mark.long
@pytest.mark.parametrize("cases", [malformed, plausible])
def test_ten_thousand_cases_are_run_or_told_in_one_line(cases: Callable[[], SearchStrategy[str]]) -> None:
    seed(seeded(0))(settings(SHORT, max_examples=shared(10_000), derandomize=False)(given(cases())(check)))()
