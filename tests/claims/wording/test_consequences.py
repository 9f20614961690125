"""What happens without what is awaited has its words in both languages."""

import pytest

from claims.agenda.obligations import Consequence
from claims.wording.consequences import CONSEQUENCES, consequence_text
from claims.wording.language import LANGUAGES


def test_every_consequence_has_its_words_and_no_words_are_of_none() -> None:
    assert set(CONSEQUENCES) == set(Consequence)


@pytest.mark.parametrize("consequence", Consequence)
def test_a_consequence_ends_a_sentence_in_both_languages(consequence: Consequence) -> None:
    said = [consequence_text(consequence, language) for language in LANGUAGES]
    assert len(set(said)) == 2
    assert all(text and "_" not in text and not text.endswith(".") for text in said)
