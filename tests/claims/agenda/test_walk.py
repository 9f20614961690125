"""Every state of a claim is walked: in each somebody is responsible, or the claim is finished."""

import ast
import re
import time
from pathlib import Path
from typing import get_args

import pytest
from oracles.walk_places import Abstraction
from oracles.walking import walk
from pages.state_diagram import LINES_OF_A_PICTURE, PAGE, SAID, page

from claims.agenda.next_step import Status, Todo
from claims.agenda.obligations import Owner
from claims.commands.command import Command
from law.regimes import LAW
from law.rules import MonthCondition

CLAIMS = Path(__file__).parents[3] / "claims"


def walked(particulars: int, capsys: pytest.CaptureFixture[str]) -> str:
    """The page of a walk; its size is told on the terminal."""
    began = time.process_time()
    found = walk(Abstraction(particulars))
    with capsys.disabled():
        took = time.process_time() - began
        print(f"\nwalked {len(found.places):,} states, {found.transitions:,} ways between them, {took:.0f} s")
    return page(found)


def rows(heading: str) -> list[list[str]]:
    """The cells of the table of the page that begins with a heading."""
    table = PAGE.read_text("utf-8").split(heading)[1].split("\n\n")[0]
    return [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]


def test_every_state_that_is_reached_has_an_owner_a_date_an_article_and_a_consequence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert walked(1, capsys) == PAGE.read_text("utf-8"), "write it anew: python tests/pages/state_diagram.py"


@pytest.mark.long
def test_so_has_every_state_with_two_particulars(capsys: pytest.CaptureFixture[str]) -> None:
    assert "| `in_benefit` |" in walked(2, capsys)


def test_every_status_is_reached_and_every_thing_that_the_engine_can_have_to_do() -> None:
    todos = rows("| Status | What the engine then has to do |")
    assert [status.strip("`") for status, todo in todos if todo] == [status.value for status in Status]
    assert {word for _, todo in todos for word in todo.split(", ")} == {todo.value for todo in Todo}


def test_everybody_who_can_have_the_ball_has_it_somewhere() -> None:
    owners = {owner for _, _, owner, _, _ in rows("| Status | Awaited |")}
    assert owners == {owner.value for owner in Owner} - {"nobody"}


def test_everything_that_the_code_can_await_is_awaited_somewhere() -> None:
    assert {what for _, what, _, _, _ in rows("| Status | Awaited |")} == set(waits_of_the_code())


def waits_of_the_code() -> list[str]:
    """The names of waits in claims/agenda/obligations.py, and what the regimes ask in the later months.

    The statement of being without work comes with the application and is not awaited by itself.
    """
    obligations = ast.parse((CLAIMS / "agenda" / "obligations.py").read_text("utf-8"))
    calls = [node for node in ast.walk(obligations) if isinstance(node, ast.Call)]
    named: list[ast.AST] = [call.args[0] for call in calls if getattr(call.func, "id", "") == "Awaited"]
    for node in ast.walk(obligations):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "what":
            named += ast.walk(node.value)
        if isinstance(node, ast.FunctionDef):
            named += node.args.defaults
    asked = {
        each.condition.value for rules in LAW.regimes for each in rules.month_requirements if 2 in each.months
    }
    words = [n.value for n in named if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [*words, *(asked - {MonthCondition.STATUS_FORM.value})]


def test_every_kind_of_message_is_said() -> None:
    said = " ".join(PAGE.read_text("utf-8").split()).split(SAID)[1].split(". ")[0].split("; ")
    kinds = [kind.model_fields["kind"].default for kind in get_args(get_args(Command)[0])]
    assert [kind for kind in kinds if not any(name.split(" ")[0] == kind for name in said)] == []


def test_the_picture_is_mermaid_and_has_every_status() -> None:
    picture = PAGE.read_text("utf-8").split("```mermaid\n")[1].split("\n```")[0].splitlines()
    assert [line for line in picture if LINES_OF_A_PICTURE.fullmatch(line) is None] == []
    drawn = {name for line in picture for name in re.findall(r"([a-z_]+)(?= -->| : |$)", line.strip())}
    assert {status.value for status in Status} <= drawn
    ways = [line.split(" : ")[0] for line in picture if "-->" in line]
    assert len(ways) == len(set(ways)), "one arrow for each pair"
