"""How hard a letter may be to read: the length, the longest sentence, and a reading index.

The index is LIX (läsbarhetsindex; C. H. Björnsson, Läsbarhet, Stockholm 1968): words per sentence plus the
share of long words in per cent. It counts letters and needs no syllables, so that it serves several languages
(J. Anderson, Analysing the readability of English and non-English texts in the classroom with Lix, Darwin
1981). Björnsson's scale: below 25 children's books, to 40 ordinary prose, to 50 factual prose, above 60 law.

English letters are ordinary prose (40). Indonesian says with affixes what English says with small words
(`dibayarkan`, `is paid`), so that the same text has more long words: there the limit is factual prose (50).
The wording of the law stands above both.
"""

import re
from dataclasses import dataclass

from claims.wording.language import Language

CHARACTERS_MAX = 1_800
SENTENCE_WORDS_MAX = 30
LIX_MAX: dict[Language, int] = {"id": 50, "en": 40}
LONG_ABOVE_LETTERS = 6

_BRACKETS = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+|\n")


@dataclass(frozen=True)
class Reading:
    """What was counted in a text."""

    words: int
    sentences: int
    long_words: int
    longest_sentence: int

    @property
    def lix(self) -> int:
        """Words per sentence plus long words in per cent, rounded half up."""
        twice = 2 * self.words * self.words + 200 * self.long_words * self.sentences
        return (twice + self.words * self.sentences) // (2 * self.words * self.sentences)


def read(text: str) -> Reading:
    """Count a text of one word or more. Brackets hold articles, no prose; a line ends a sentence."""
    parts = _SENTENCE_END.split(_BRACKETS.sub("", text))
    sentences = [words for part in parts if (words := re.findall(r"[^\W_][\w.,-]*", part))]
    letters = [sum(map(str.isalpha, word)) for words in sentences for word in words]
    return Reading(
        words=len(letters),
        sentences=len(sentences),
        long_words=sum(count > LONG_ABOVE_LETTERS for count in letters),
        longest_sentence=max(map(len, sentences)),
    )
