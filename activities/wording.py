"""How a letter writes days, deadlines, amounts, articles and coded values, in Indonesian and in English."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from claims.periods import JAKARTA, day_of

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True)
class Bilingual:
    """One text in both languages, plain Indonesian first."""

    id: str
    en: str

    def spoken(self, language: Language) -> str:
        """The text in a language."""
        return self.id if language == "id" else self.en


MONTH_NAMES = (
    Bilingual("Januari", "January"),
    Bilingual("Februari", "February"),
    Bilingual("Maret", "March"),
    Bilingual("April", "April"),
    Bilingual("Mei", "May"),
    Bilingual("Juni", "June"),
    Bilingual("Juli", "July"),
    Bilingual("Agustus", "August"),
    Bilingual("September", "September"),
    Bilingual("Oktober", "October"),
    Bilingual("November", "November"),
    Bilingual("Desember", "December"),
)

VALUES: dict[str, Bilingual] = {
    "WNI": Bilingual("warga negara Indonesia", "Indonesian citizen"),
    "WNA": Bilingual("warga negara asing", "foreign citizen"),
    "PPU_BU": Bilingual("pekerja penerima upah badan usaha", "wage worker of a business"),
    "PBPU": Bilingual("peserta mandiri", "self-paying member"),
    "PBI": Bilingual("penerima bantuan iuran", "member with contribution aid"),
    "none": Bilingual("tidak ada", "none"),
    "large": Bilingual("besar", "large"),
    "medium": Bilingual("menengah", "medium"),
    "small": Bilingual("kecil", "small"),
    "micro": Bilingual("mikro", "micro"),
    "operating": Bilingual("masih berjalan", "operating"),
    "bankrupt": Bilingual("pailit", "bankrupt"),
    "closed": Bilingual("tutup", "closed"),
    "permanent": Bilingual("kontrak tetap (PKWTT)", "permanent contract (PKWTT)"),
    "fixed_term": Bilingual("kontrak waktu tertentu (PKWT)", "fixed-term contract (PKWT)"),
    "ministry": Bilingual("kementerian", "the ministry"),
    "province": Bilingual("dinas provinsi", "the provincial office"),
    "regency": Bilingual("dinas kabupaten/kota", "the regency or city office"),
    "acceptance_and_receipt": Bilingual(
        "surat tidak menolak PHK dan tanda terima laporan",
        "acceptance of the layoff and receipt of the report",
    ),
    "settlement_agreement_and_deed": Bilingual(
        "perjanjian bersama dan akta pendaftarannya", "settlement agreement and its registration deed"
    ),
    "settlement_agreement_and_receipt": Bilingual(
        "perjanjian bersama dan tanda terima laporan", "settlement agreement and receipt of the report"
    ),
    "court_ruling": Bilingual("putusan pengadilan", "court ruling"),
    "receipt": Bilingual("tanda terima laporan PHK", "receipt of the layoff report"),
    "other": Bilingual("dokumen lain", "another document"),
    "merger": Bilingual("penggabungan perusahaan", "merger of the company"),
    "efficiency": Bilingual("efisiensi", "efficiency"),
    "closure_after_losses": Bilingual("perusahaan tutup karena rugi", "closure after losses"),
    "force_majeure": Bilingual("keadaan memaksa", "force majeure"),
    "debt_moratorium": Bilingual("penundaan kewajiban utang", "debt moratorium"),
    "bankruptcy": Bilingual("kepailitan", "bankruptcy"),
    "worker_petition": Bilingual("permohonan pekerja", "petition of the worker"),
    "petition_unfounded": Bilingual(
        "permohonan pekerja tidak terbukti", "petition of the worker found unfounded"
    ),
    "resignation": Bilingual("mengundurkan diri", "resignation"),
    "absence": Bilingual("mangkir", "absence"),
    "violation_after_warnings": Bilingual("pelanggaran setelah peringatan", "violation after warnings"),
    "detention": Bilingual("ditahan", "detention"),
    "long_illness": Bilingual("sakit berkepanjangan", "long illness"),
    "total_permanent_disability": Bilingual("cacat total tetap", "total permanent disability"),
    "retirement": Bilingual("pensiun", "retirement"),
    "death": Bilingual("meninggal dunia", "death"),
    "contract_expired": Bilingual("kontrak berakhir", "contract expired"),
    "agreed_other": Bilingual("alasan lain yang disepakati", "another agreed reason"),
    "urgent_misconduct": Bilingual("pelanggaran mendesak", "gross misconduct"),
}

SOURCES: dict[str, Bilingual] = {
    "layoff report": Bilingual("laporan PHK", "the layoff report"),
    "portal": Bilingual("catatan portal", "the records of the portal"),
    "training provider": Bilingual("catatan lembaga pelatihan", "the records of the training provider"),
}
OTHER_SOURCE = Bilingual("data yang kami terima", "the data we received")
PROCEDURE_OF_2022 = "ministry's procedure of 8 September 2022"


def day_text(day: date, language: Language) -> str:
    """A day as people write it: `15 Maret 2025`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1].spoken(language)} {day.year}"


def instant_day_text(instant: datetime, language: Language) -> str:
    """The Jakarta day on which an instant falls."""
    return day_text(day_of(instant), language)


def until_text(deadline: datetime, language: Language) -> str:
    """A deadline as the last minute that is still in time: `15 Maret 2025 pukul 23.59 WIB`."""
    # The deadline is the first instant outside, so that midnight reads as the end of the day before it.
    last = (deadline.astimezone(UTC) - timedelta(microseconds=1)).astimezone(JAKARTA)
    if language == "id":
        return f"{day_text(last.date(), 'id')} pukul {last:%H.%M} WIB"
    return f"{day_text(last.date(), 'en')} at {last:%H:%M} WIB"


def percent_text(share: str | Decimal, language: Language) -> str:
    """A share of one as a percentage: `0.60` is `60%`."""
    return hundredths_text(Decimal(share) * 100, language)


def hundredths_text(percent: str | Decimal, language: Language) -> str:
    """A percentage without idle zeros: `79.50` is `79,5%` in Indonesian."""
    plain = f"{Decimal(percent):.2f}".rstrip("0").rstrip(".")
    return f"{plain.replace('.', ',') if language == 'id' else plain}%"


def article_text(citation: str, language: Language) -> str:
    """Dasar hukum as people read it; the mark of an assumption is for lawyers, not for letters."""
    cited = citation.removeprefix("assumption: ")
    if language == "id":
        cited = cited.replace(PROCEDURE_OF_2022, "tata cara kementerian tanggal 8 September 2022")
        return cited.replace(" as amended by ", " jo. ")
    return cited.replace(" Pasal ", " article ").replace(
        "Peraturan BPJS Ketenagakerjaan ", "BPJS Ketenagakerjaan Regulation "
    )


def source_text(as_of: str, language: Language) -> str:
    """Where a fact comes from, out of `Reason.as_of`."""
    if as_of in SOURCES:
        return SOURCES[as_of].spoken(language)
    _, _, instant = as_of.partition(" ")
    try:
        known = instant_day_text(datetime.fromisoformat(instant), language)
    except ValueError:
        return OTHER_SOURCE.spoken(language)
    return (
        Bilingual("catatan kepesertaan per", "the contribution record as of").spoken(language) + f" {known}"
    )


def fact_text(name: str, value: str | int | bool, language: Language) -> str:
    """One value of `Reason.facts` in words."""
    text = str(value)
    if name.endswith("_on"):
        return day_text(date.fromisoformat(text), language)
    if name.endswith("_percent"):
        return hundredths_text(text, language)
    if name == "missing":
        return ", ".join(text.split())
    return VALUES[text].spoken(language) if text in VALUES else text
