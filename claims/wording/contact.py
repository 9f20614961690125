"""How a claimant is reached, in words: why a letter did not arrive, what became of an address, which data."""

from collections.abc import Mapping

from claims.events import PersonField
from claims.events.undelivered import Undelivered
from claims.wording.language import Bilingual, Language

UNDELIVERED: Mapping[Undelivered, Bilingual] = {
    Undelivered.NO_ADDRESS: Bilingual("tidak ada alamat surel yang sah", "there is no valid e-mail address"),
    Undelivered.ADDRESS_REFUSED: Bilingual("alamat surel menolaknya", "the e-mail address refuses letters"),
    Undelivered.ADDRESS_NOT_SUPPORTED: Bilingual(
        "alamat surel tidak dapat dilayani", "the e-mail address cannot be served"
    ),
    Undelivered.LETTER_REFUSED: Bilingual("layanan surel menolaknya", "the mail service refused it"),
    Undelivered.RELAY_REFUSES: Bilingual(
        "layanan surel tidak menerima surat", "the mail service takes no mail"
    ),
    Undelivered.NOT_WRITTEN: Bilingual("kesalahan pada sistem kami", "an error of ours"),
    Undelivered.NOT_TAKEN_IN_TIME: Bilingual(
        "tidak diterima selama lima hari", "it was not taken for five days"
    ),
}
IN_FORCE = Bilingual("surat dikirim ke alamat baru", "letters go to the new address")
NOT_REACHED = Bilingual(
    "surat tetap dikirim ke alamat lama karena alamat baru tidak dapat dipakai",
    "letters still go to the old address, since the new one cannot be used",
)
FIELDS: Mapping[PersonField, Bilingual] = {
    "name": Bilingual("nama", "the name"),
    "born_on": Bilingual("tanggal lahir", "the date of birth"),
    "address": Bilingual("alamat tempat tinggal", "the home address"),
    "email": Bilingual("alamat surel", "the e-mail address"),
    "membership_number": Bilingual("nomor peserta", "the membership number"),
}


def undelivered_text(reason: Undelivered, language: Language) -> str:
    """Why a letter did not arrive, as a clause."""
    return UNDELIVERED[reason].spoken(language)


def address_outcome(in_force: bool, language: Language) -> str:
    """What became of a change of address, as a clause."""
    return (IN_FORCE if in_force else NOT_REACHED).spoken(language)


def field_text(field: PersonField, language: Language) -> str:
    """A field of a person's data, as part of a sentence."""
    return FIELDS[field].spoken(language)
