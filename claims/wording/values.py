"""Coded values of facts in words, and where facts come from, in Indonesian and in English."""

from datetime import date, datetime

from claims.wording.language import (
    Bilingual,
    Language,
    calendar_month_text,
    day_text,
    hundredths_text,
    instant_day_text,
)
from law.money import rupiah
from law.names import masked

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
    "unknown": Bilingual("belum diketahui", "not known"),
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
    "ends_before_it_starts": Bilingual(
        "kontrak berakhir sebelum dimulai", "the contract ends before it starts"
    ),
    "laid_off_before_the_start": Bilingual(
        "PHK terjadi sebelum pekerjaan dimulai", "the layoff lies before the start of the work"
    ),
    "no_term_to_expire": Bilingual(
        "perjanjian tetap tidak mempunyai waktu berakhir", "a permanent contract has no term to expire"
    ),
    "expired_before_its_end": Bilingual(
        "kontrak dikatakan berakhir, padahal waktunya belum habis",
        "the contract is said to have expired before its end",
    ),
    "expired_long_before": Bilingual(
        "kontrak dikatakan berakhir, padahal pekerjaan masih berlanjut",
        "the contract is said to have expired, but the work went on",
    ),
    "works_after_it": Bilingual(
        "ada pekerjaan baru setelah PHK dengan alasan itu", "there is new work after a layoff for that reason"
    ),
    "dies_after_it": Bilingual(
        "kematian tercatat setelah hari PHK", "the death is on record for a day after the layoff"
    ),
}

YES_OR_NO = (Bilingual("tidak", "no"), Bilingual("ya", "yes"))
ON_RECORD = (Bilingual("tidak ada", "none"), Bilingual("ada", "on record"))
ANSWERS: dict[str, tuple[Bilingual, Bilingual]] = {
    "completed": (Bilingual("belum selesai", "not completed"), Bilingual("sudah selesai", "completed")),
    "certified": (Bilingual("belum diterima", "not received"), Bilingual("sudah diterima", "received")),
    "reemployed": ON_RECORD,
    "death_reported": ON_RECORD,
    "works_elsewhere": ON_RECORD,
    "reported": ON_RECORD,
    "attended": (Bilingual("belum", "not yet"), Bilingual("sudah", "attended")),
    "without_work": (Bilingual("belum diterima", "not received"), Bilingual("sudah diterima", "received")),
}

SOURCES: dict[str, Bilingual] = {
    "layoff_report": Bilingual("laporan PHK", "the layoff report"),
    "portal": Bilingual("catatan portal", "the records of the portal"),
    "training_provider": Bilingual("catatan lembaga pelatihan", "the records of the training provider"),
    "civil_registry": Bilingual("catatan sipil", "the civil registry"),
    "precheck": Bilingual("keterangan yang diberikan", "what was stated"),
    "estimate": Bilingual("andaian perkiraan ini", "what this estimate assumes"),
}
CONTRIBUTION_RECORD = Bilingual("catatan kepesertaan", "the contribution record")


def source_text(source: str, language: Language) -> str:
    """Where a fact comes from; any other source is the register of BPJS, which names itself."""
    return SOURCES.get(source, CONTRIBUTION_RECORD).spoken(language)


def fact_text(name: str, value: str | int | bool, language: Language) -> str:
    """One value of `Reason.facts` in words; the end of its name says what kind of value it is.

    A code without words of its own loses its underscores, so that no letter shows a name of the program.
    """
    if isinstance(value, bool):
        return ANSWERS.get(name, YES_OR_NO)[value].spoken(language)
    text = str(value)
    if name.endswith("_idr"):
        return rupiah(int(value))
    if name.endswith("_percent"):
        return hundredths_text(text, language)
    if name == "missing":
        return ", ".join(text.split()) or VALUES["none"].spoken(language)
    return VALUES[text].spoken(language) if text in VALUES else _dated(name, text, language)


def _dated(name: str, text: str, language: Language) -> str:
    if name.endswith("_on"):
        return day_text(date.fromisoformat(text), language)
    if name.endswith("_at"):
        return instant_day_text(datetime.fromisoformat(text), language)
    return calendar_month_text(text, language) if name.endswith("_month") else masked(text.replace("_", " "))
