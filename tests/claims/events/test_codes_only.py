"""Events hold codes and facts: no sentence of ours is stored, so that none can break a replay."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from letters.lives import LIVES, stories

RECORDED = sorted((Path(__file__).parents[2] / "events").glob("*.json"))
CODE = r"[\w.:/-]+"
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
REGULATION = r"(PP|Permenaker|Peraturan BPJS Ketenagakerjaan) \d+/\d{4}"
ARTICLE = r"Pasal \d+[A-Z]?(\(\d+\)|\([a-z]\)|[a-z])*(-\(\d+\))?"
CITATIONS = (
    rf"{REGULATION}( as amended by {REGULATION})?( {ARTICLE})?",
    r"assumption: docs/decisions/\d{4}-[a-z0-9-]+\.md",
    r"ministry's procedure of 8 September 2022",
)
# What a person or a portal wrote, in their own words.
STATED = {
    "claim_withdrawn": {"reason"},
    "decision_reviewed": {"reason"},
    "interview_call_recorded": {"effort.company", "effort.position"},
    "job_application_recorded": {"effort.company", "effort.position"},
    "layoff_corrected": {"layoff.employer_name", "layoff.proof.number"},
    "layoff_reported": {"layoff.employer_name", "layoff.proof.number"},
    "message_refused": {"name"},
    "officer_decided": {"reason"},
    "person_data_decided": {"reason"},
    "question_decided": {"reason"},
    "record_requested": {"reason"},
}


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside a payload, with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, path)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each, f"{path}.{name}" if path else name)


def is_code_or_fact(path: str, text: str) -> bool:
    """A code, an id, a number, a day or an instant; the citation of an article, the name of a calendar."""
    name = path.rpartition(".")[2]
    if name == "article":
        return any(re.fullmatch(citation, text) for citation in CITATIONS)
    if name == "missing":
        return all(re.fullmatch(CODE, code) for code in text.split())
    if name == "calendar_version":
        return re.fullmatch(rf"{CODE}( [\d.]+)?", text) is not None
    return re.fullmatch(f"{CODE}|{INSTANT}", text) is not None


def sentences(payload: bytes) -> list[tuple[str, str]]:
    """What stands in a payload and is neither a code nor what somebody stated."""
    event = json.loads(payload)
    stated = STATED.get(event["type"], set())
    return [found for found in texts(event) if found[0] not in stated and not is_code_or_fact(*found)]


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_recorded_event_holds_no_sentence_of_ours(path: Path) -> None:
    assert sentences(path.read_bytes()) == []


@pytest.mark.parametrize("life", LIVES)
def test_no_life_records_a_sentence_of_ours(life: str) -> None:
    *_, (story, _) = stories(LIVES[life])
    assert [found for known in story.stream for found in sentences(known.payload)] == []


@pytest.mark.parametrize("text", ["the right lapses", "hak atas manfaat hilang", "apply again; or wait", ""])
@pytest.mark.parametrize("path", ["reasons.source", "reasons.facts.reported", "reasons.article", "reason"])
def test_a_sentence_would_be_found(path: str, text: str) -> None:
    assert not is_code_or_fact(path, text)


def test_a_citation_stands_in_the_place_of_an_article_alone() -> None:
    cited = "ministry's procedure of 8 September 2022"
    assert is_code_or_fact("basis.article", cited)
    assert not is_code_or_fact("basis.ground", cited)
