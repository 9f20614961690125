"""What happens without what is awaited, by its code in claims.agenda.obligations: the end of a sentence."""

from collections.abc import Mapping

from claims.wording.language import Bilingual, Language

CONSEQUENCES: Mapping[str, Bilingual] = {
    "right_lapses": Bilingual("hak atas manfaat hilang", "the right lapses"),
    "refusal_becomes_final": Bilingual("penolakan menjadi tetap", "the refusal becomes final"),
    "month_forfeited": Bilingual("manfaat bulan itu tidak dibayarkan", "the month is forfeited"),
    "nothing_lost": Bilingual("tidak ada hak yang hilang", "nothing is lost without it"),
    "decided_on_what_is_known": Bilingual(
        "petugas memutuskan menurut data yang ada", "an officer decides on what is known"
    ),
    "shown_as_overdue": Bilingual("ditandai terlambat", "it shows as overdue"),
    "data_stays": Bilingual(
        "ditandai terlambat, dan data yang lama tetap berlaku",
        "it shows as overdue, and what stood before stands",
    ),
    "letters_in_the_portal": Bilingual(
        "surat hanya dapat dibaca di portal", "letters stay in the portal alone"
    ),
    "bpjs_asked_again": Bilingual("BPJS Ketenagakerjaan ditanya lagi", "BPJS Ketenagakerjaan is asked again"),
    "bank_asked_again": Bilingual("bank ditanya lagi", "the bank is asked again"),
    "claimant_reminded": Bilingual("peserta diingatkan", "the claimant is reminded"),
    "inspector_told": Bilingual(
        "pengawas ketenagakerjaan diberi tahu (Pasal 46)", "the labour inspector is told (Pasal 46)"
    ),
}


def consequence_text(consequence: str, language: Language) -> str:
    """What happens then, by its code, without a full stop."""
    return CONSEQUENCES[consequence].spoken(language)
