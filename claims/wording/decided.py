"""A decision to which a claimant objects, in words: a part of a sentence in both languages."""

from collections.abc import Mapping

from claims.wording.language import Bilingual, Language

DECISIONS: Mapping[str, Bilingual] = {
    "refusal": Bilingual("penolakan klaim", "the refusal of the claim"),
    "month": Bilingual("tidak dibayarkannya bulan ke-{month}", "the loss of month {month}"),
    "cessation": Bilingual("berhentinya manfaat", "the end of the benefit"),
}


def decision_text(what: str, month: int, language: Language) -> str:
    """A decision by its code in claims.events; `month` is 0 where it is about none."""
    return DECISIONS[what].spoken(language).format(month=month)
