"""Nama perusahaan: whether two names that people wrote are of one company (record 39)."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# A Tbk and a Persero are each a PT; what one says of its shares makes no other company.
LEGAL_FORMS = {
    ("pt",): "pt",
    ("p", "t"): "pt",
    ("perseroan", "terbatas"): "pt",
    ("tbk",): "pt",
    ("persero",): "pt",
    ("cv",): "cv",
    ("c", "v"): "cv",
    ("ud",): "ud",
    ("u", "d"): "ud",
}
LONGEST = max(len(words) for words in LEGAL_FORMS)
APOSTROPHES = re.compile(r"['`\u2018\u2019\u02bc]")
APART = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def company_name(name: str) -> tuple[str, str]:
    """The legal form that a name states, or nothing, and the rest of it as it is compared.

    Case, punctuation and accents make no other name. A name of legal forms alone has no form.
    """
    words = _words(name)
    kept, form = list(words), ""
    while (found := _form_at_the_start(kept) or _form_at_the_end(kept)) is not None:
        form, kept = form or found[0], found[1]
    return (form, " ".join(kept)) if kept else ("", " ".join(words))


def is_another_company(name: str, told: Iterable[tuple[str, bool]]) -> bool:
    """Whether a name adds a company to those told, each with whether it counted as one.

    Names that are alike are of as many companies as they state legal forms; one that states none may be any
    of them. In whichever order they are told, as many count.
    """
    form, rest = company_name(name)
    alike = [(company_name(other)[0], counted) for other, counted in told if company_name(other)[1] == rest]
    forms = {form, *(other for other, _ in alike)} - {""}
    return max(len(forms), 1) > sum(counted for _, counted in alike)


def _words(name: str) -> tuple[str, ...]:
    apart = unicodedata.normalize("NFKD", APOSTROPHES.sub("", name)).casefold()
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return tuple(APART.sub(" ", plain).split()) or (name.strip().casefold(),)


def _form_at_the_start(words: list[str]) -> tuple[str, list[str]] | None:
    for length in range(LONGEST, 0, -1):
        form = LEGAL_FORMS.get(tuple(words[:length]))
        if form is not None:
            return form, words[length:]
    return None


def _form_at_the_end(words: list[str]) -> tuple[str, list[str]] | None:
    for length in range(LONGEST, 0, -1):
        form = LEGAL_FORMS.get(tuple(words[-length:]))
        if form is not None:
            return form, words[:-length]
    return None
