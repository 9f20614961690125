"""Every letter is short, plain enough to read, and free of what a thief could use."""

import pytest
from letters.lives import LIVES, NAME, halves, holds_a_number_of_a_person, letters_of
from support.builders import EMPLOYER, PARTICIPANT

from claims.wording.language import LANGUAGES, Language
from claims.wording.reading import CHARACTERS_MAX, LIX_MAX, SENTENCE_WORDS_MAX, read

LAW: dict[Language, str] = {
    "id": "Jaminan Kehilangan Pekerjaan yang selanjutnya disingkat JKP adalah jaminan sosial yang diberikan "
    "kepada pekerja/buruh yang mengalami pemutusan hubungan kerja berupa manfaat uang tunai, akses "
    "informasi pasar kerja, dan pelatihan kerja.",
    "en": "Unemployment insurance, hereinafter abbreviated JKP, is the social security provided to workers "
    "experiencing termination of employment, consisting of cash benefits, access to labour market "
    "information, and vocational training.",
}


@pytest.mark.parametrize("life", LIVES)
def test_every_letter_can_be_read_by_who_gets_it(life: str) -> None:
    for notice, sent in letters_of(life):
        for language, half in zip(LANGUAGES, halves(sent), strict=True):
            reading = read(half)
            assert len(half) <= CHARACTERS_MAX, (notice, len(half))
            assert reading.lix <= LIX_MAX[language], (notice, reading)
            assert reading.longest_sentence <= SENTENCE_WORDS_MAX, (notice, reading)


@pytest.mark.parametrize("life", LIVES)
def test_no_letter_holds_a_number_that_names_a_person(life: str) -> None:
    secrets = (str(PARTICIPANT.participant_id), EMPLOYER, "PHK/1")
    for notice, sent in letters_of(life):
        for part in (sent.subject, sent.text, sent.html):
            assert not holds_a_number_of_a_person(part), notice
            assert not any(secret in part for secret in secrets), notice
        for name in (NAME, *NAME.split()):
            assert name not in sent.subject, notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wording_of_the_law_would_not_pass(language: Language) -> None:
    assert read(LAW[language]).lix > LIX_MAX[language] + 20


@pytest.mark.parametrize(
    ("text", "words", "sentences", "long_words", "lix"),
    [
        ("Klaim Anda disetujui.", 3, 1, 1, 36),
        ("Month 2 is paid. It is yours.", 7, 2, 0, 4),
        ("Bulan ke-2 dibayar (PP 37/2021 jo. PP 6/2025 Pasal 21(1)).", 3, 1, 1, 36),
        ("Still missing:\n- Training 79%", 4, 2, 2, 52),
        ("hundred", 1, 1, 1, 101),
        ("letter", 1, 1, 0, 1),
    ],
)
def test_the_index_counts_words_sentences_and_long_words(
    text: str, words: int, sentences: int, long_words: int, lix: int
) -> None:
    found = read(text)
    assert (found.words, found.sentences, found.long_words, found.lix) == (words, sentences, long_words, lix)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Rekening 0017 0100 0001", True),
        ("NIK 3204-1102-0390-0001", True),
        ("1234567890", True),
        ("Rp3.000.000 pada 15 Maret 2025 pukul 23.59 WIB", False),
        ("PP 37/2021 Pasal 21(1), telepon 175", False),
    ],
)
def test_a_number_of_a_person_is_recognised(text: str, named: bool) -> None:
    assert holds_a_number_of_a_person(text) is named
