"""What was found in words, of the grounds whose words differ from those of their condition."""

from dataclasses import dataclass

from claims.wording.language import Bilingual
from law.grounds import Ground


@dataclass(frozen=True)
class Finding:
    """What was found on one ground, and what would change it."""

    found: Bilingual
    change: Bilingual


FURTHER_MONTHS = Bilingual(
    "tambahan bulan iuran lunas sejak manfaat terakhir",
    "further paid contribution months since the last benefit",
)

FINDINGS: dict[Ground, Finding] = {
    Ground.RECORD_HAS_A_GAP: Finding(
        Bilingual(
            "Belum jelas apakah iuran {months_unknown} bulan dibayar atau menunggak; "
            "yang ditanggung paling banyak {covered} bulan",
            "Whether {months_unknown} months are paid or owed is not on record; covered at most: {covered}",
        ),
        Bilingual(
            "catatan iuran bulan itu dilengkapi oleh perusahaan atau BPJS",
            "a record that says of every month before the layoff whether it is paid",
        ),
    ),
    Ground.MONTHS_NOT_TOLD: Finding(
        Bilingual(
            "Catatan iuran tidak menerangkan {months_unknown} bulan kerja sebelum PHK; "
            "bila terhitung, syarat {needed} bulan dapat terpenuhi",
            "The record leaves {months_unknown} months of work before the layoff untold; "
            "if they count, the {needed} months needed may be there",
        ),
        Bilingual(
            "catatan iuran bulan itu dilengkapi oleh perusahaan atau BPJS",
            "a record that says of every month before the layoff whether it is paid",
        ),
    ),
    Ground.REPORT_CONTRADICTS_ITSELF: Finding(
        Bilingual(
            "Laporan PHK tidak mungkin benar seluruhnya: {contradiction}",
            "The report of the layoff cannot all be true: {contradiction}",
        ),
        Bilingual(
            "koreksi laporan itu oleh perusahaan, perjanjian bersama, atau putusan pengadilan",
            "a correction of the report by the employer, a settlement or a court ruling",
        ),
    ),
    Ground.WORKED_ON_AFTER_CONTRACT: Finding(
        Bilingual(
            "Kontrak tercatat habis pada {ended_on}; PHK terjadi pada {laid_off_on} dengan alasan lain",
            "The contract on record ended on {ended_on}; the layoff was on {laid_off_on}, for another reason",
        ),
        Bilingual(
            "perpanjangan kontrak, atau bukti hubungan kerja setelah kontrak itu habis",
            "an extension of the contract, or proof of the employment after it ended",
        ),
    ),
    Ground.FILED_BEFORE_LAYOFF: Finding(
        Bilingual(
            "Klaim diajukan pada {filed_on}; PHK dilaporkan pada {laid_off_on}",
            "Filed on {filed_on}; the layoff is reported to be on {laid_off_on}",
        ),
        Bilingual(
            "koreksi tanggal PHK, atau pengajuan baru setelah PHK",
            "a correction of the day of the layoff, or another filing once it has come",
        ),
    ),
    Ground.OWN_BUSINESS: Finding(
        Bilingual(
            "Usaha sendiri setelah PHK: {reemployed}",
            "A business of one's own after the layoff: {reemployed}",
        ),
        Bilingual(
            "keterangan tentang usaha itu: sejak kapan, dan apakah sudah memberi penghasilan",
            "what is said of the business: since when, and whether it gives an income yet",
        ),
    ),
    Ground.WAGE_DROPPED: Finding(
        Bilingual(
            "Upah terakhir turun lebih dari {drop_max_percent} dalam {within_months} bulan sebelum PHK",
            "The last wage fell by more than {drop_max_percent} within {within_months} months of the layoff",
        ),
        Bilingual(
            "bukti upah yang sebenarnya, misalnya slip gaji",
            "proof of the true wage, for example pay slips",
        ),
    ),
    Ground.TOO_MANY_CLAIMS: Finding(
        Bilingual(
            "Manfaat JKP sudah pernah diterima {earlier_claims} kali; batasnya {most} kali",
            "The benefit was received {earlier_claims} times before; the limit is {most}",
        ),
        Bilingual("koreksi catatan manfaat", "a correction of the record of benefits"),
    ),
    Ground.TOO_SOON_AFTER_LAST_BENEFIT: Finding(
        Bilingual(
            "Tercatat {paid_months_since} bulan iuran lunas sejak manfaat terakhir; syaratnya {needed} bulan",
            "{paid_months_since} paid months since the last benefit are on record; {needed} are needed",
        ),
        FURTHER_MONTHS,
    ),
}
