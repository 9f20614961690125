"""Every condition of a claim and of a month in words: its name, what was found, what would change it.

Words in braces are names of `Reason.facts`; no other number stands in a sentence, so that text and facts
cannot disagree. Sentences have no full stop. `claims.wording.findings` has the words of a ground where they
differ from its condition's.
"""

from dataclasses import dataclass

from claims.wording.findings import FINDINGS, FURTHER_MONTHS
from claims.wording.language import Bilingual, Language
from claims.wording.values import ON_RECORD, fact_text
from law.grounds import Ground, Reason, Result


@dataclass(frozen=True)
class ConditionText:
    """A condition in words: what it asks about, what was found, and what would change the outcome."""

    name: Bilingual
    found: Bilingual
    change: Bilingual


CONDITIONS: dict[str, ConditionText] = {
    "citizenship": ConditionText(
        Bilingual("Kewarganegaraan", "Citizenship"),
        Bilingual("Kewarganegaraan yang tercatat: {citizenship}", "Citizenship on record: {citizenship}"),
        Bilingual(
            "perbaikan data kewarganegaraan di Dukcapil",
            "a correction of the citizenship in the population register",
        ),
    ),
    "age_at_registration": ConditionText(
        Bilingual("Usia saat didaftarkan", "Age at registration"),
        Bilingual(
            "Usia saat didaftarkan tercatat {age_at_registration} tahun; batasnya di bawah {below} tahun",
            "The age at registration on record is {age_at_registration}; it must be below {below}",
        ),
        Bilingual(
            "perbaikan tanggal lahir atau tanggal pendaftaran",
            "a correction of the birth date or of the day of registration",
        ),
    ),
    "programmes": ConditionText(
        Bilingual("Program jaminan sosial", "Social security programmes"),
        Bilingual(
            "Skala perusahaan: {company_scale}; program yang belum terdaftar: {missing}",
            "Size of the employer: {company_scale}; programmes without registration: {missing}",
        ),
        Bilingual(
            "pendaftaran pada program itu oleh perusahaan",
            "the employer's registration in the missing programmes",
        ),
    ),
    "health_insurance": ConditionText(
        Bilingual("Jaminan Kesehatan Nasional (JKN)", "Health insurance (JKN)"),
        Bilingual("Kepesertaan JKN yang tercatat: {jkn_segment}", "JKN membership on record: {jkn_segment}"),
        Bilingual(
            "pendaftaran JKN sesuai pasal itu",
            "a registration in the national health insurance (JKN) as the article asks",
        ),
    ),
    "employment": ConditionText(
        Bilingual("Hubungan kerja", "Employment"),
        Bilingual(
            "Hubungan kerja pada hari itu: {employed}",
            "Employed on the day asked about: {employed}",
        ),
        Bilingual("bukti hubungan kerja pada hari itu", "proof of an employment on that day"),
    ),
    "registration": ConditionText(
        Bilingual("Pendaftaran sebagai peserta", "Registration as a participant"),
        Bilingual(
            "Didaftarkan pada {registered_on}; peserta JKP sejak {participant_since_on}",
            "Registered on {registered_on}; a participant since {participant_since_on}",
        ),
        Bilingual("koreksi tanggal pendaftaran", "a correction of the day of registration"),
    ),
    "chosen_job": ConditionText(
        Bilingual("Pilihan satu perusahaan", "The choice of one employer"),
        Bilingual(
            "Jumlah perusahaan: {employers}; sudah dipilih satu: {chosen}",
            "Employers: {employers}; one is chosen: {chosen}",
        ),
        Bilingual("pilihan Anda atas satu perusahaan", "the worker's choice of one employer"),
    ),
    "contribution_months": ConditionText(
        Bilingual("Masa iur", "Contribution months"),
        Bilingual(
            "Tercatat {paid_months} bulan iuran lunas dari {needed} bulan yang disyaratkan, "
            "dalam {lookback_months} bulan kalender sebelum PHK",
            "{paid_months} paid contribution months of the {needed} needed were found "
            "in the {lookback_months} calendar months before the layoff",
        ),
        Bilingual(
            "pelunasan iuran bulan lain sebelum PHK oleh perusahaan",
            "further months paid by the employer for the calendar months before the layoff",
        ),
    ),
    "consecutive_months": ConditionText(
        Bilingual("Iuran berturut-turut", "Contribution months in a row"),
        Bilingual(
            "Iuran berturut-turut paling panjang tercatat {longest_run} bulan dari {needed} bulan",
            "The longest run on record is {longest_run} months of the {needed} needed",
        ),
        Bilingual("pelunasan iuran bulan yang terputus", "months paid that close the gap in the run"),
    ),
    "reports_of_layoff": ConditionText(
        Bilingual("Laporan PHK yang sejalan", "Reports of the layoff that agree"),
        Bilingual(
            "Jumlah laporan PHK dari perusahaan dan dari Anda: {reports}",
            "Number of reports of the layoff, by the employer and by you: {reports}",
        ),
        Bilingual(
            "perjanjian bersama, putusan pengadilan, atau laporan yang sama dari keduanya",
            "a settlement, a ruling, or the same report by both",
        ),
    ),
    "separation_reason": ConditionText(
        Bilingual("Alasan PHK", "Reason for the layoff"),
        Bilingual("Alasan pada laporan PHK: {reason}", "Reason on the layoff report: {reason}"),
        Bilingual(
            "koreksi alasan itu oleh perusahaan, perjanjian bersama, atau putusan pengadilan",
            "a correction of the reason by the employer, a settlement or a court ruling",
        ),
    ),
    "contract": ConditionText(
        Bilingual("Perjanjian kerja", "Employment contract"),
        Bilingual(
            "Yang tercatat: {contract}; habis pada waktunya: {expired}",
            "On record: {contract}; ran to its end: {expired}",
        ),
        Bilingual(
            "bukti bahwa perusahaan mengakhiri kontrak sebelum waktunya",
            "proof that the employer ended the contract before its term",
        ),
    ),
    "proof_of_layoff": ConditionText(
        Bilingual("Bukti PHK", "Proof of the layoff"),
        Bilingual(
            "Bukti yang dilaporkan: {proof} tertanggal {issued_on}; kantor penerima: {office}",
            "Proof reported: {proof} of {issued_on}; receiving office: {office}",
        ),
        Bilingual("salah satu bukti PHK yang disebut pasal itu", "one of the proofs named by the article"),
    ),
    "earlier_claims": ConditionText(
        Bilingual("Manfaat JKP sebelumnya", "Earlier JKP benefits"),
        Bilingual(
            "Manfaat JKP yang pernah diterima sebelumnya: {earlier_claims} kali",
            "Times that the benefit was received before: {earlier_claims}",
        ),
        FURTHER_MONTHS,
    ),
    "other_job": ConditionText(
        Bilingual("Pekerjaan lain yang masih berjalan", "Another job that goes on"),
        Bilingual(
            "Iuran perusahaan lain di sekitar waktu PHK: {works_elsewhere}",
            "Contributions of another employer around the layoff: {works_elsewhere}",
        ),
        Bilingual("bukti bahwa pekerjaan lain itu sudah berakhir", "proof that the other job has ended"),
    ),
    "reported_wage": ConditionText(
        Bilingual("Upah yang dilaporkan", "Reported wage"),
        Bilingual("Upah terakhir yang dilaporkan: {reported}", "Last wage reported: {reported}"),
        Bilingual("laporan upah terakhir dari perusahaan", "a wage reported by the employer"),
    ),
    "arrears": ConditionText(
        Bilingual("Tunggakan iuran perusahaan", "Arrears of the employer"),
        Bilingual(
            "Tunggakan tercatat {months_in_arrears} bulan; yang ditanggung paling banyak {covered} bulan; "
            "keadaan perusahaan: {employer}",
            "Arrears on record: {months_in_arrears} months; covered at most: {covered}; employer: {employer}",
        ),
        Bilingual(
            "pelunasan tunggakan oleh perusahaan, atau pembayaran manfaat lebih dahulu oleh perusahaan",
            "the employer pays its arrears, or pays the benefit itself first",
        ),
    ),
    "filing_window": ConditionText(
        Bilingual("Batas waktu pengajuan", "Time for filing"),
        Bilingual(
            "PHK pada {laid_off_on}, pengajuan pada {filed_on}",
            "Laid off on {laid_off_on}, filed on {filed_on}",
        ),
        Bilingual(
            "bukti bahwa pengajuan dikirim sebelum batas waktu",
            "proof that the filing was sent before the deadline",
        ),
    ),
    "without_work": ConditionText(
        Bilingual("Belum bekerja lagi", "Being without work"),
        Bilingual(
            "Catatan pekerjaan baru setelah PHK: {reemployed}",
            "New employment after the layoff: {reemployed}",
        ),
        Bilingual("koreksi catatan pekerjaan baru itu", "a correction of the new employment in the register"),
    ),
    "alive": ConditionText(
        Bilingual("Catatan sipil peserta", "Civil record of the participant"),
        Bilingual("Laporan kematian: {death_reported}", "Report of a death: {death_reported}"),
        Bilingual("koreksi catatan sipil", "a correction of the civil registry"),
    ),
    "commitment": ConditionText(
        Bilingual("Pengajuan dengan komitmen (KAPK)", "Filing with the commitment (KAPK)"),
        Bilingual("Pengajuan pada {filed_on}", "Filed on {filed_on}"),
        Bilingual(
            "pengajuan lewat akun sendiri dengan komitmen yang ditandatangani",
            "a filing through your own account, with the commitment signed",
        ),
    ),
    "bank_account": ConditionText(
        Bilingual("Rekening bank", "Bank account"),
        Bilingual("Rekening bank yang tercatat: {account}", "Bank account on record: {account}"),
        Bilingual("rekening bank aktif atas nama sendiri", "an active bank account in your own name"),
    ),
    "counselling": ConditionText(
        Bilingual("Konseling", "Counselling"),
        Bilingual("Konseling yang diikuti: {attended}", "Counselling attended: {attended}"),
        Bilingual("kehadiran pada konseling", "attending the counselling"),
    ),
    "status_form": ConditionText(
        Bilingual("Pernyataan belum bekerja", "Statement of being without work"),
        Bilingual(
            "Pernyataan belum bekerja untuk bulan ke-{month}: {without_work}",
            "Statement of being without work for month {month}: {without_work}",
        ),
        Bilingual(
            "pernyataan belum bekerja bersama pengajuan bulan itu",
            "the statement of being without work, given with the application for the month",
        ),
    ),
    "self_assessment": ConditionText(
        Bilingual("Asesmen diri", "Self-assessment"),
        Bilingual("Asesmen diri yang tercatat: {completed}", "Self-assessment on record: {completed}"),
        Bilingual(
            "asesmen diri yang selesai sebelum waktu pengajuan bulan itu berakhir",
            "the self-assessment, completed before the window of the month closes",
        ),
    ),
    "certification": ConditionText(
        Bilingual("Pengajuan bulan manfaat", "Application for the month"),
        Bilingual("Pengajuan bulan ke-{month} {certified}", "Application for month {month} {certified}"),
        Bilingual("pengajuan bulan itu pada waktunya", "the application for the month inside its window"),
    ),
    "job_search": ConditionText(
        Bilingual("Pencarian kerja", "Job search"),
        Bilingual(
            "{applications} lamaran dari {applications_needed} dan {calls}",
            "{applications} applications of {applications_needed} and {calls}",
        ),
        Bilingual(
            "jumlah lamaran atau panggilan wawancara yang tercapai",
            "the number of applications, or of calls to a test or interview, that is needed",
        ),
    ),
    "training_attendance": ConditionText(
        Bilingual("Kehadiran pelatihan", "Training attendance"),
        Bilingual(
            "Kehadiran pelatihan {attended_percent} dari paling sedikit {needed_percent}",
            "Training attendance {attended_percent} of at least {needed_percent}",
        ),
        Bilingual(
            "kehadiran pelatihan yang mencapai batas itu",
            "an attendance of at least the needed share of the sessions that count",
        ),
    ),
}

ANY_CONDITION = Bilingual("Syarat klaim", "A condition of the claim")
RESULTS: dict[Result, Bilingual] = {
    Result.MET: Bilingual("terpenuhi", "met"),
    Result.UNMET: Bilingual("tidak terpenuhi", "not met"),
    Result.MANUAL_REVIEW: Bilingual("diperiksa petugas", "for an officer to examine"),
}
NO_CALL = Bilingual("belum ada panggilan wawancara", "no call to an interview yet")
CALLS = Bilingual(
    "{interview_calls} panggilan wawancara dari {interview_calls_needed}",
    "{interview_calls} of {interview_calls_needed} calls to an interview",
)


def condition_name(condition: str, language: Language) -> str:
    """What a condition asks about."""
    text = CONDITIONS.get(condition)
    return (ANY_CONDITION if text is None else text.name).spoken(language)


def found_text(reason: Reason) -> Bilingual | None:
    """What was found, with the names of facts in braces; None for a condition without words of its own."""
    text = FINDINGS.get(reason.ground) or CONDITIONS.get(reason.condition)
    return None if text is None else text.found


def change_text(condition: str, ground: Ground) -> Bilingual | None:
    """What would change a condition decided on a ground; None for a condition without words of its own."""
    text = FINDINGS.get(ground) or CONDITIONS.get(condition)
    return None if text is None else text.change


def with_facts(text: Bilingual, facts: dict[str, str | int | bool], language: Language) -> str:
    """A text with its facts; raises KeyError where older facts lack a word."""
    words = {name: fact_text(name, value, language) for name, value in facts.items()}
    if "account_version" in facts:
        words["account"] = ON_RECORD[facts["account_version"] != 0].spoken(language)
    if "interview_calls" in facts:
        calls = CALLS if facts["interview_calls"] else NO_CALL
        words["calls"] = calls.spoken(language).format_map({"interview_calls_needed": "1", **words})
    return text.spoken(language).format_map(words)
