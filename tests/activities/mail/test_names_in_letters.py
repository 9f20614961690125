"""No letter carries a number of a person, whichever text of whichever message held one."""

from collections.abc import Callable

import pytest
from letters.lives import LIVES, NUMBER, holds_a_number_of_a_person, letter, played
from letters.steps import Steps
from pydantic import BaseModel, ValidationError
from support.builders import Story

from claims.commands import command as cmd

NIK = "3273011708850001"
SPELLINGS = (
    NIK,
    "327301-170885-0001",
    "3273.0117.0885.0001",
    "3273 0117 0885 0001",
    "327301\u2013170885 0001",
)


def with_a_number(model: BaseModel, spelling: str, marked: list[str]) -> BaseModel:
    """The model with a number behind every text that takes one; `marked` gathers the names of the fields."""
    changed: dict[str, object] = {}
    for name, value in model:
        if isinstance(value, BaseModel):
            changed[name] = with_a_number(value, spelling, marked)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            changed[name] = tuple(with_a_number(each, spelling, marked) for each in value)
        elif type(value) is str and _takes(model, name, f"{value}{spelling}"):
            changed[name] = f"{value}{spelling}"
            marked.append(name)
    return model.model_copy(update=changed)


def _takes(model: BaseModel, name: str, text: str) -> bool:
    try:
        type(model).model_validate(model.model_dump() | {name: text})
    except ValidationError:
        return False
    return True


def stained(steps: Steps, spelling: str, marked: list[str]) -> Steps:
    """A life in which every message holds the number; what the calendar says is the engine's own word."""

    def stain(said: cmd.Command) -> cmd.Command:
        if isinstance(said, cmd.MoveDeadlines):
            return said
        changed = with_a_number(said, spelling, marked)
        assert isinstance(changed, type(said))
        return changed

    def later(said: Callable[[Story], cmd.Command]) -> Callable[[Story], cmd.Command]:
        return lambda story: stain(said(story))

    return [
        (at, None if said is None else later(said) if callable(said) else stain(said)) for at, said in steps
    ]


def test_the_texts_that_held_the_number_are_those_of_people_and_offices() -> None:
    marked: list[str] = []
    for steps in LIVES.values():
        played(stained(steps, NIK, marked))
    assert {"employer_name", "number", "company", "position", "provider", "course", "reason"} <= set(marked)
    assert {"source", "record_id", "employer_registration", "reference"} <= set(marked)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("life", LIVES)
def test_no_letter_shows_a_number_of_a_person_that_a_text_held(life: str, spelling: str) -> None:
    for moment in played(stained(LIVES[life], spelling, [])):
        for notice in moment.notices:
            sent = letter(notice, moment.claim, moment.at, name=f"Siti {spelling}")
            for part in (sent.subject, sent.text, sent.html):
                assert not holds_a_number_of_a_person(part.replace(NUMBER, "")), part
                assert "0885" not in part


def test_an_employer_stored_with_a_number_stands_masked_in_the_letter() -> None:
    steps = stained(LIVES["six months paid"][:1], " 3273011708850001", [])
    [moment] = played(steps)
    [notice] = moment.notices
    sent = letter(notice, moment.claim, moment.at)
    assert "PT Contoh ***" in sent.text
    assert "PT Contoh ***" in sent.html
