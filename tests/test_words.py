"""Words that the field has no use for do not come back: each has the field's own in its place.

The law's and Temporal's terms, and what letters say to people, are not among them. A file in which old words
are meant as they stand has its reason here.
"""

import re
from pathlib import Path

import pytest
from test_layout import ROOT, tracked

OLD_WORDS = {
    r"\bthe desk\b|_desk\b": "command line",
    r"\bat the door\b|\bby the door\b|\bthe door\b": "HTTP API",
    r"\bthe house\b": "architecture",
    r"\bthe ball\b": "responsible party",
    r"\berrands?\b": "activity, activity input",
    r"\bretell(ing|s)?\b": "reconstruction",
    r"\bredetermining\b": "redetermination",
    r"\bjudg(e|ed|es|ing|ement|ements)\b": "decide, determination",
    r"\bknown (then|now)\b": "as of, as known at",
    r"\bTold\b(?! \w)|\b\w+Told\b": "MessageResponse, LetterFacts, a report",
    r"\blooking\b(?=\.| = |:)": "step activity",
    r"\bFOR_A_PERSON\b|\bfor_a_person\b": "manual review",
    r"\bTaken\b|\btake_in\b|\bclaim_steps\b": "StepResult, run_step, ClaimStepRunner",
    r"\bSituation\b|\bsituation\(": "DecisionContext, context",
    r"\ba hint\b|\bgive_hint\b|\bHint\b": "notification, Notifier",
    r"\bwhat follows by itself\b": "automatic transitions",
    r"\bmonths\.lose\b|\badverse\.forfeit\b": "forfeit_month, month_forfeited",
    r"def _\(": "a named handler in an exhaustive match",
}
MEANT_AS_THEY_STAND = {
    "CHANGELOG.md": "says what was changed",
    "tests/test_words.py": "names them",
    "docs/mutation.md": "a table of a run, by the modules of its day",
    "docs/mutation-survivors.md": "lines of a run",
}
TEXT = {".py", ".md", ".sql", ".toml", ".jinja", ".yml", ".sh"}


def _searched() -> list[Path]:
    return [
        path
        for path in tracked()
        if path.suffix in TEXT and str(path.relative_to(ROOT)) not in MEANT_AS_THEY_STAND
    ]


@pytest.mark.parametrize(("old", "instead"), OLD_WORDS.items(), ids=OLD_WORDS.values())
def test_an_old_word_is_not_used(old: str, instead: str) -> None:
    word = re.compile(old)
    found = [
        f"{path.relative_to(ROOT)}:{number}: `{match.group()}`, say {instead}"
        for path in _searched()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        for match in word.finditer(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "old"), [("who has the ball", "the ball"), ("def _(event):", "def _("), ("Errand", "")]
)
def test_a_word_that_is_put_in_is_found(line: str, old: str) -> None:
    found = [match.group() for each in OLD_WORDS for match in re.finditer(each, line)]
    assert found == ([old] if old else [])
