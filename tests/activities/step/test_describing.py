"""A step in the words of the Temporal UI: every wait has words of its own and fits its line."""

import pytest
from letters.lives import LIVES, moments_of
from support.builders import WEEKENDS_ONLY, rows_of

from activities.step.workflow_details import WORDS, one_line
from claims.agenda.next_step import NextStep, next_step
from law.regimes import LAW
from payments.context import DecisionContext


def steps_of(life: str) -> list[NextStep]:
    return [
        next_step(
            moment.claim, DecisionContext(LAW, WEEKENDS_ONLY, moment.at, order_rows=rows_of(moment.claim))
        )
        for moment in moments_of(life)
    ]


@pytest.mark.parametrize("life", LIVES)
def test_whatever_is_awaited_has_words_and_its_line_is_not_cut(life: str) -> None:
    for step in steps_of(life):
        assert {awaited.what for awaited in step.awaited} <= set(WORDS)
        assert len(one_line(step)) < 200, one_line(step)


def test_the_lives_await_everything_that_has_words_but_the_treasurer() -> None:
    awaited = {each.what for life in LIVES for step in steps_of(life) for each in step.awaited}
    assert set(WORDS) - awaited == {"payments_resumed"}


def test_no_number_of_the_law_stands_in_the_words() -> None:
    assert not [words for words in WORDS.values() if any(map(str.isdigit, words))]
