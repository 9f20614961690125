"""Every ground in plain words: why, what was found, and what would change it.

The texts have no full stop: a letter puts the article in brackets behind them. Words in braces are names of
`Reason.facts`.
"""

from dataclasses import dataclass

from activities.wording import Bilingual, Language, fact_text
from claims.reasons import Ground, Reason


@dataclass(frozen=True)
class GroundText:
    """A ground in words; conditions also say what was found and what would change the outcome."""

    why: Bilingual
    found: Bilingual | None = None
    change: Bilingual | None = None


def _plain(indonesian: str, english: str) -> GroundText:
    return GroundText(Bilingual(indonesian, english))


_MONTHS_FOUND = Bilingual(
    "Tercatat {paid_months} bulan iuran lunas dari {needed} bulan yang disyaratkan, "
    "dalam {lookback_months} bulan kalender sebelum PHK",
    "{paid_months} paid contribution months of the {needed} needed were found "
    "in the {lookback_months} calendar months before the layoff",
)
_MONTHS_CHANGE = Bilingual(
    "perusahaan melunasi iuran bulan lain sebelum PHK",
    "the employer pays the contributions of further months before the layoff",
)

CONDITIONS: dict[Ground, GroundText] = {
    Ground.NOT_A_CITIZEN: GroundText(
        Bilingual("Peserta JKP harus warga negara Indonesia", "A participant must be an Indonesian citizen"),
        Bilingual("Kewarganegaraan yang tercatat: {citizenship}", "Citizenship on record: {citizenship}"),
        Bilingual(
            "data kewarganegaraan di Dukcapil diperbaiki",
            "the citizenship in the population register is corrected",
        ),
    ),
    Ground.TOO_OLD_AT_REGISTRATION: GroundText(
        Bilingual("Usia saat didaftarkan melewati batas", "The age at registration is above the limit"),
        Bilingual(
            "Usia saat didaftarkan tercatat {age_at_registration} tahun; batasnya di bawah {below} tahun",
            "The age at registration on record is {age_at_registration}; it must be below {below}",
        ),
        Bilingual(
            "tanggal lahir atau tanggal pendaftaran diperbaiki",
            "the birth date or the day of registration is corrected",
        ),
    ),
    Ground.PROGRAMMES_INCOMPLETE: GroundText(
        Bilingual(
            "Program jaminan sosial belum lengkap", "Not all required social security programmes are held"
        ),
        Bilingual(
            "Perusahaan berskala {company_scale} belum mendaftarkan Anda pada {missing}",
            "The employer ({company_scale}) has not registered you in {missing}",
        ),
        Bilingual(
            "perusahaan mendaftarkan Anda pada program itu", "the employer registers you in these programmes"
        ),
    ),
    Ground.NO_HEALTH_INSURANCE: GroundText(
        Bilingual("Kepesertaan JKN belum sesuai", "The health insurance (JKN) membership does not fit"),
        Bilingual("Kepesertaan JKN yang tercatat: {jkn_segment}", "JKN membership on record: {jkn_segment}"),
        Bilingual(
            "kepesertaan JKN tercatat sesuai pasal itu", "a JKN membership as the article asks is on record"
        ),
    ),
    Ground.TOO_FEW_CONTRIBUTION_MONTHS: GroundText(
        Bilingual("Masa iur belum cukup", "There are too few contribution months"),
        _MONTHS_FOUND,
        _MONTHS_CHANGE,
    ),
    Ground.MONTHS_OWED_BUT_UNPAID: GroundText(
        Bilingual(
            "Masa iur belum cukup karena perusahaan masih menunggak",
            "There are too few contribution months because the employer is in arrears",
        ),
        _MONTHS_FOUND,
        _MONTHS_CHANGE,
    ),
    Ground.TOO_FEW_CONSECUTIVE_MONTHS: GroundText(
        Bilingual("Iuran berturut-turut belum cukup", "There are too few contribution months in a row"),
        Bilingual(
            "Iuran berturut-turut paling panjang tercatat {longest_run} bulan dari {needed} bulan",
            "The longest run on record is {longest_run} months of the {needed} needed",
        ),
        Bilingual(
            "perusahaan melunasi iuran bulan yang terputus", "the employer pays the months that break the run"
        ),
    ),
    Ground.EXCLUDED_SEPARATION: GroundText(
        Bilingual(
            "Cara berhenti kerja ini tidak dijamin JKP",
            "This reason for leaving work is not covered by JKP",
        ),
        Bilingual("Alasan pada laporan PHK: {reason}", "Reason on the layoff report: {reason}"),
        Bilingual(
            "alasan itu dikoreksi oleh perusahaan, perjanjian bersama, atau putusan pengadilan",
            "the employer, a settlement or a court ruling corrects the reason",
        ),
    ),
    Ground.CONTRACT_EXPIRED: GroundText(
        Bilingual(
            "Kontrak yang habis pada waktunya tidak dijamin JKP",
            "A contract that ran to its end is not covered",
        ),
        Bilingual(
            "Yang tercatat: {contract}, habis pada waktunya", "On record: {contract}, which ran to its end"
        ),
        Bilingual(
            "ada bukti bahwa perusahaan mengakhiri kontrak sebelum waktunya",
            "there is proof that the employer ended the contract before its term",
        ),
    ),
    Ground.PROOF_NOT_ACCEPTED: GroundText(
        Bilingual("Bukti PHK perlu diperiksa", "The proof of the layoff has to be examined"),
        Bilingual(
            "Bukti yang dilaporkan: {proof} tertanggal {issued_on}; kantor penerima: {office}",
            "Proof reported: {proof} of {issued_on}; receiving office: {office}",
        ),
        Bilingual(
            "ada salah satu bukti PHK yang disebut pasal itu",
            "one of the proofs named by the article is given",
        ),
    ),
    Ground.REPORTS_CONTRADICT: GroundText(
        Bilingual(
            "Laporan perusahaan dan laporan Anda berbeda",
            "The employer's report and yours differ",
        ),
        Bilingual(
            "Ada {reports} laporan PHK dengan tanggal, alasan, atau kontrak yang berbeda",
            "{reports} reports of the layoff give different days, reasons or contracts",
        ),
        Bilingual(
            "ada perjanjian bersama, putusan pengadilan, atau laporan yang sama dari keduanya",
            "there is a settlement, a court ruling, or the same report from both",
        ),
    ),
    Ground.TOO_MANY_CLAIMS: GroundText(
        Bilingual(
            "Jumlah klaim seumur masa kerja dibatasi",
            "The number of claims is limited",
        ),
        Bilingual(
            "Manfaat JKP sudah pernah diterima {earlier_claims} kali; batasnya {most} kali",
            "The benefit was received {earlier_claims} times before; the limit is {most}",
        ),
        Bilingual(
            "catatan manfaat dikoreksi",
            "the record of benefits is corrected",
        ),
    ),
    Ground.TOO_SOON_AFTER_LAST_BENEFIT: GroundText(
        Bilingual(
            "Masa iur sejak manfaat terakhir belum cukup",
            "Too little was contributed since the last benefit",
        ),
        Bilingual(
            "Tercatat {paid_months_since} bulan iuran lunas sejak manfaat terakhir; syaratnya {needed} bulan",
            "{paid_months_since} paid months since the last benefit are on record; {needed} are needed",
        ),
        Bilingual(
            "masa iur 5 tahun terpenuhi sejak manfaat terakhir",
            "five years are contributed since the last benefit",
        ),
    ),
    Ground.WAGE_UNKNOWN: GroundText(
        Bilingual("Upah yang dilaporkan belum ada", "No wage was reported"),
        Bilingual("Upah terakhir yang dilaporkan: {reported}", "Last wage reported: {reported}"),
        Bilingual("perusahaan melaporkan upah terakhir", "the employer reports the last wage"),
    ),
    Ground.EMPLOYER_PAYS_FIRST: GroundText(
        Bilingual(
            "Perusahaan menunggak iuran, sehingga pembayar manfaat harus ditentukan dahulu",
            "The employer is in arrears, so it must first be settled who pays",
        ),
        Bilingual(
            "Tunggakan tercatat {months_in_arrears} bulan; yang ditanggung paling banyak {covered} bulan; "
            "keadaan perusahaan: {employer}",
            "Arrears on record: {months_in_arrears} months; covered at most: {covered}; employer: {employer}",
        ),
        Bilingual(
            "perusahaan melunasi tunggakan atau lebih dahulu membayar manfaat",
            "the employer pays its arrears, or pays the benefit itself first",
        ),
    ),
    Ground.FILED_TOO_LATE: GroundText(
        Bilingual("Pengajuan diterima setelah batas waktu", "The filing was received after the deadline"),
        Bilingual(
            "PHK pada {laid_off_on}, pengajuan pada {filed_on}",
            "Laid off on {laid_off_on}, filed on {filed_on}",
        ),
        Bilingual(
            "ada bukti bahwa pengajuan dikirim sebelum batas waktu",
            "there is proof that the filing was sent before the deadline",
        ),
    ),
    Ground.REEMPLOYED: GroundText(
        Bilingual("Anda tercatat sudah bekerja lagi", "You are recorded as being in work again"),
        Bilingual("Ada catatan pekerjaan baru setelah PHK", "A new employment after the layoff is on record"),
        Bilingual("catatan pekerjaan baru itu dikoreksi", "the record of the new employment is corrected"),
    ),
    Ground.NOT_CERTIFIED_IN_TIME: GroundText(
        Bilingual("Bulan ini tidak diajukan pada waktunya", "The month was not applied for in time"),
        Bilingual(
            "Pengajuan bulan ke-{month} belum kami terima", "No application for month {month} was received"
        ),
        Bilingual("bulan ini diajukan pada waktunya", "the month is applied for inside its window"),
    ),
    Ground.SELF_ASSESSMENT_MISSING: GroundText(
        Bilingual("Asesmen diri belum selesai", "The self-assessment is not complete"),
        Bilingual("Asesmen diri belum selesai", "The self-assessment is not complete"),
        Bilingual("asesmen diri diselesaikan", "the self-assessment is completed"),
    ),
    Ground.JOB_SEARCH_INSUFFICIENT: GroundText(
        Bilingual("Pencarian kerja belum cukup", "The job search is not sufficient"),
        Bilingual(
            "{applications} lamaran dari {applications_needed} dan {calls}",
            "{applications} applications of {applications_needed} and {calls}",
        ),
        Bilingual(
            "jumlah lamaran atau panggilan wawancara tercapai",
            "the number of applications, or of calls to an interview, is reached",
        ),
    ),
    Ground.ATTENDANCE_INSUFFICIENT: GroundText(
        Bilingual("Kehadiran pelatihan belum cukup", "The training attendance is not sufficient"),
        Bilingual(
            "Kehadiran pelatihan {attended_percent} dari paling sedikit {needed_percent}",
            "Training attendance {attended_percent} of at least {needed_percent}",
        ),
        Bilingual("kehadiran mencapai batas itu", "the attendance reaches this share"),
    ),
}

GROUNDS: dict[Ground, GroundText] = CONDITIONS | {
    Ground.MET: _plain("Syarat terpenuhi", "The condition is met"),
    Ground.COUNTS: _plain("Data ini dihitung", "This counts"),
    Ground.NOT_FILED_IN_TIME: _plain(
        "Tidak ada pengajuan klaim sampai batas waktu", "No claim was filed before the deadline"
    ),
    Ground.DECEASED: _plain(
        "Penerima manfaat tercatat meninggal dunia", "The recipient is recorded as deceased"
    ),
    Ground.LAYOFF_WITHDRAWN: _plain(
        "Laporan PHK ditarik oleh pelapornya", "The layoff report was taken back by who made it"
    ),
    Ground.WITHDRAWN_BY_CLAIMANT: _plain(
        "Klaim ditarik atas permintaan Anda", "The claim was withdrawn at your request"
    ),
    Ground.OFFICER_DECISION: _plain("Petugas telah memutuskan", "An officer has decided"),
    Ground.ALL_MONTHS_DECIDED: _plain("Semua bulan sudah diputuskan", "Every month has been decided"),
    Ground.SAME_COMPANY_TWICE: _plain(
        "Lamaran ke perusahaan ini sudah dihitung untuk bulan yang sama",
        "An application to this company already counts for the same month",
    ),
    Ground.SAME_APPLICATION_TWICE: _plain(
        "Lamaran ini sudah tercatat", "This application is already recorded"
    ),
    Ground.OUTSIDE_ANY_PERIOD: _plain(
        "Tanggalnya di luar masa pencarian kerja yang dihitung",
        "The date lies outside every search period that counts",
    ),
    Ground.IN_THE_FUTURE: _plain("Tanggalnya belum tiba", "The date has not come yet"),
    Ground.MONTH_ALREADY_DECIDED: _plain("Bulan ini sudah diputuskan", "The month has already been decided"),
    Ground.ALREADY_RECORDED: _plain("Data ini sudah tercatat", "This is already recorded"),
    Ground.WINDOW_NOT_OPEN: _plain("Jangka waktu pengajuan belum dibuka", "The window is not open yet"),
    Ground.WINDOW_CLOSED: _plain("Jangka waktu pengajuan sudah ditutup", "The window is closed"),
    Ground.CLAIM_NOT_APPROVED: _plain("Klaim belum disetujui", "The claim is not approved"),
    Ground.CLAIM_ENDED: _plain("Klaim ini sudah berakhir", "The claim has ended"),
    Ground.ALREADY_FILED: _plain(
        "Klaim untuk PHK ini sudah diajukan", "A claim for this layoff is already filed"
    ),
    Ground.NOT_REFERRED: _plain(
        "Klaim ini tidak sedang menunggu petugas", "The claim is not waiting for an officer"
    ),
    Ground.NOTHING_TO_DECIDE: _plain("Tidak ada yang perlu diputuskan", "There is nothing to decide"),
    Ground.ORDER_UNKNOWN: _plain("Perintah bayar tidak dikenal", "The payment order is not known"),
    Ground.ORDER_ALREADY_FINAL: _plain(
        "Hasil perintah bayar ini sudah tetap", "The outcome of the payment order is already final"
    ),
    Ground.MALFORMED: _plain("Pesan tidak dapat dibaca", "The message cannot be read"),
    Ground.UNKNOWN_SIGNAL: _plain("Jenis pesan tidak dikenal", "The kind of message is not known"),
    Ground.WRONG_NUMBER_OF_INPUTS: _plain(
        "Isi pesan tidak lengkap", "The message has the wrong number of parts"
    ),
    Ground.NO_MESSAGE_IDENTITY: _plain("Pesan tidak bernomor", "The message carries no number"),
    Ground.MESSAGE_ID_REUSED: _plain(
        "Nomor pesan sudah dipakai untuk isi lain", "The message number was used for other content"
    ),
    Ground.WORK_BEFORE_LAYOFF: _plain(
        "Pekerjaan itu dimulai sebelum PHK, jadi bukan pekerjaan baru setelah PHK",
        "That work began before the layoff, so it is no new work after it",
    ),
    Ground.ACCOUNT_REFUSED: _plain(
        "Rekening tujuan tidak dapat menerima transfer", "The account cannot receive the transfer"
    ),
    Ground.NOT_EXECUTED: _plain("Transfer belum dijalankan bank", "The bank did not execute the transfer"),
    Ground.RETURNED_BY_BANK: _plain(
        "Bank penerima mengembalikan dana", "The receiving bank returned the money"
    ),
    Ground.NOT_EMPLOYED: _plain(
        "Belum ada hubungan kerja pada hari pendaftaran", "There was no employment on the day of registration"
    ),
    Ground.NEEDS_A_PERSON: _plain("Hal ini harus diperiksa petugas", "A person has to look at this"),
}

NO_CALL = Bilingual("belum ada panggilan wawancara", "no call to an interview yet")


def why(ground: Ground, language: Language) -> str:
    """The ground as one plain sentence without its full stop."""
    return GROUNDS[ground].why.spoken(language)


def found(reason: Reason, language: Language) -> str:
    """What was found, from the facts of the reason; the ground itself where older facts lack a word."""
    text = GROUNDS[reason.ground].found
    words = {name: fact_text(name, value, language) for name, value in reason.facts.items()}
    if "interview_calls" in words:
        words["calls"] = _calls(words, language)
    try:
        return why(reason.ground, language) if text is None else text.spoken(language).format_map(words)
    except KeyError:
        return why(reason.ground, language)


def change(reason: Reason, language: Language) -> str:
    """What would change the outcome, as the end of a sentence; empty where nothing would."""
    text = GROUNDS[reason.ground].change
    return "" if text is None else text.spoken(language)


def _calls(words: dict[str, str], language: Language) -> str:
    if words["interview_calls"] == "0":
        return NO_CALL.spoken(language)
    needed = words.get("interview_calls_needed", "1")
    return Bilingual(
        f"{words['interview_calls']} panggilan wawancara dari {needed}",
        f"{words['interview_calls']} of {needed} calls to an interview",
    ).spoken(language)
