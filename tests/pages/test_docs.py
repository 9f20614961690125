"""What the documents promise is there: commands, files, words."""

import re
import typing
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest

from claims import events
from claims.events.facts import CompanyScale, EmployerStanding
from cli.__main__ import app
from law.regimes import LAW

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "deploy" / "temporal" / "README.md"]
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
EVENT_TYPES = typing.get_args(typing.get_args(events.Event)[0])


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_make_command_of_a_page_is_a_target(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = re.findall(r"(?:^    |`)make ([a-z]+)", page.read_text(), re.MULTILINE)

    assert set(named) <= targets


def test_the_readme_names_the_two_commands() -> None:
    named = re.findall(r"^    make (\w+)$", (ROOT / "README.md").read_text(), re.MULTILINE)

    assert named == ["run", "test"]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_jkp_command_of_a_page_exists(page: Path) -> None:
    named = re.findall(r"`(?:\.venv/bin/)?jkp ([a-z][a-z ]*)", page.read_text())

    for words in named:
        command = app
        for word in words.split():
            command = command[word]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text())

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_assumption_that_names_a_record_has_one() -> None:
    cited = [value.citation for rules in LAW.regimes for _, value in rules.cited()]
    assumed = [citation for citation in cited if citation.startswith("assumption:")]
    records = [re.findall(r"^assumption: (docs/decisions/\S+\.md)(?:; .+)?$", each) for each in assumed]

    assert ["docs/decisions/0003-rounding.md"] in records
    assert [found for found in records if len(found) != 1 or not (ROOT / found[0]).is_file()] == []


def test_every_number_of_the_law_is_cited() -> None:
    uncited = {"name", "in_force_from", "procedure", "transition", "month_requirements"}
    for rules in LAW.regimes:
        names = {name for name, value in rules.cited() if value.citation}
        assert {field.name for field in fields(rules)} - names == uncited


@pytest.mark.parametrize("event", EVENT_TYPES, ids=lambda event: event.__name__)
def test_every_event_is_in_the_glossary_with_its_indonesian_word(event: type) -> None:
    rows = re.findall(
        rf"^\| `{event.__name__}` \| ([^|]+) \| ([^|]+) \|$",
        (ROOT / "docs" / "glossary.md").read_text(),
        re.MULTILINE,
    )

    assert len(rows) == 1
    assert all(cell.strip() for cell in rows[0])
    term = re.split(r"[:,;(.]| by | before ", event.__doc__ or "")[0].strip()
    assert term.lower() in rows[0][0].lower()


def test_the_glossary_names_no_event_that_there_is_not() -> None:
    named = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)

    assert sorted(named) == sorted(event.__name__ for event in EVENT_TYPES)


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("page", DECISIONS, ids=name)
def test_a_decision_fits_on_a_page_and_says_what_would_change_it(page: Path) -> None:
    text = page.read_text()

    assert text.startswith(f"# {int(page.name[:4])}. ")
    assert len(text.splitlines()) <= 60
    assert "**Decision.**" in text
    assert "**Consequences.**" in text
    assert "**What would change our mind.**" in text


@pytest.mark.parametrize(("page", "lines"), [("README.md", 120), ("CONTRIBUTING.md", 100)])
def test_the_first_pages_stay_short(page: str, lines: int) -> None:
    assert len((ROOT / page).read_text().splitlines()) <= lines


def test_every_change_of_the_law_names_its_article_or_record_its_day_and_who_is_affected() -> None:
    law = (ROOT / "CHANGELOG.md").read_text().partition("### Law\n")[2].partition("\n### ")[0]
    entries = [" ".join(entry.split()) for entry in law.split("\n- ")[1:]]
    assert len(entries) > 10
    for entry in entries:
        assert re.search(r"Pasal \d|Pasal II|docs/decisions", entry), entry
        assert re.search(r"\d (?:February|July) 20\d\d|from the first claim on", entry), entry
    told = r"All (?:participants|claimants)|Who |Whose |Workers |Employers|docs/decisions\), each"
    assert [entry for entry in entries if not re.search(told, entry)] == []


@pytest.mark.parametrize(
    ("field", "codes"), [("employer_standing", EmployerStanding), ("company_scale", CompanyScale)]
)
def test_the_format_of_law_cases_names_every_code_of_a_field(field: str, codes: type[StrEnum]) -> None:
    page = (ROOT / "docs" / "law" / "cases.md").read_text()
    [row] = [line for line in page.splitlines() if line.startswith(f"| `{field}` |")]
    assert [code.value for code in codes if f"`{code.value}`" not in row] == []
