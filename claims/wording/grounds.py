"""Every ground in one plain sentence: why something counts, is owed, is refused or ends.

The sentences have no full stop: a letter puts the article in brackets behind them.
"""

from claims.wording.language import Bilingual, Language
from law.grounds import Ground

GROUNDS: dict[Ground, Bilingual] = {
    Ground.NOT_A_CITIZEN: Bilingual(
        "Peserta JKP harus warga negara Indonesia", "A participant must be an Indonesian citizen"
    ),
    Ground.TOO_OLD_AT_REGISTRATION: Bilingual(
        "Usia saat didaftarkan melewati batas", "The age at registration is above the limit"
    ),
    Ground.PROGRAMMES_INCOMPLETE: Bilingual(
        "Program jaminan sosial belum lengkap", "Not all required social security programmes are held"
    ),
    Ground.NO_HEALTH_INSURANCE: Bilingual(
        "Kepesertaan JKN belum sesuai", "The health insurance (JKN) membership does not fit"
    ),
    Ground.TOO_FEW_CONTRIBUTION_MONTHS: Bilingual(
        "Masa iur belum cukup", "There are too few contribution months"
    ),
    Ground.MONTHS_OWED_BUT_UNPAID: Bilingual(
        "Masa iur belum cukup karena perusahaan masih menunggak",
        "There are too few contribution months because the employer is in arrears",
    ),
    Ground.MONTHS_NOT_TOLD: Bilingual(
        "Catatan iuran belum menerangkan semua bulan kerja sebelum PHK",
        "The contribution record does not tell of every month worked before the layoff",
    ),
    Ground.TOO_FEW_CONSECUTIVE_MONTHS: Bilingual(
        "Iuran berturut-turut belum cukup", "There are too few contribution months in a row"
    ),
    Ground.EXCLUDED_SEPARATION: Bilingual(
        "Cara berhenti kerja ini tidak dijamin JKP", "This reason for leaving work is not covered by JKP"
    ),
    Ground.CONTRACT_EXPIRED: Bilingual(
        "Kontrak yang habis pada waktunya tidak dijamin JKP", "A contract that ran to its end is not covered"
    ),
    Ground.WORKED_ON_AFTER_CONTRACT: Bilingual(
        "Kontrak tercatat habis sebelum PHK, tetapi hubungan kerja tampak berlanjut",
        "The contract on record had ended before the layoff, but the work seems to have gone on",
    ),
    Ground.PROOF_NOT_ACCEPTED: Bilingual(
        "Bukti PHK perlu diperiksa", "The proof of the layoff has to be examined"
    ),
    Ground.REPORT_CONTRADICTS_ITSELF: Bilingual(
        "Isi laporan PHK saling bertentangan", "The report of the layoff contradicts itself"
    ),
    Ground.NOT_IN_ARREARS: Bilingual(
        "Perusahaan tidak menunggak, sehingga tidak dapat ditunjuk sebagai pembayar",
        "The employer is not in arrears and cannot be named as the one who pays",
    ),
    Ground.NOT_REGISTERED: Bilingual(
        "Belum terdaftar sebagai peserta pada hari itu", "Not registered as a participant on that day"
    ),
    Ground.REPORTS_CONTRADICT: Bilingual(
        "Laporan perusahaan dan laporan Anda berbeda", "The employer's report and yours differ"
    ),
    Ground.TOO_MANY_CLAIMS: Bilingual(
        "Jumlah klaim seumur masa kerja dibatasi", "The number of claims is limited"
    ),
    Ground.TOO_SOON_AFTER_LAST_BENEFIT: Bilingual(
        "Masa iur sejak manfaat terakhir belum cukup", "Too little was contributed since the last benefit"
    ),
    Ground.WAGE_UNKNOWN: Bilingual("Upah yang dilaporkan belum ada", "No wage was reported"),
    Ground.EMPLOYER_PAYS_FIRST: Bilingual(
        "Perusahaan menunggak iuran, sehingga pembayar manfaat harus ditentukan dahulu",
        "The employer is in arrears, so it must first be settled who pays",
    ),
    Ground.RECORD_HAS_A_GAP: Bilingual(
        "Catatan iuran belum lengkap, sehingga pembayar manfaat belum jelas",
        "The contribution record has a gap, so it is not clear who pays",
    ),
    Ground.WAGE_DROPPED: Bilingual(
        "Upah yang dilaporkan turun sebelum PHK", "The reported wage fell before the layoff"
    ),
    Ground.ANOTHER_JOB_GOES_ON: Bilingual(
        "Tercatat pekerjaan lain yang masih berjalan", "Another job is recorded as going on"
    ),
    Ground.FILED_TOO_LATE: Bilingual(
        "Pengajuan diterima setelah batas waktu", "The filing was received after the deadline"
    ),
    Ground.FILED_BEFORE_LAYOFF: Bilingual(
        "PHK dilaporkan terjadi setelah klaim diajukan", "The layoff is reported to be after the filing"
    ),
    Ground.REEMPLOYED: Bilingual(
        "Anda tercatat sudah bekerja lagi", "You are recorded as being in work again"
    ),
    Ground.NOT_CERTIFIED_IN_TIME: Bilingual(
        "Bulan ini tidak diajukan pada waktunya", "The month was not applied for in time"
    ),
    Ground.STATUS_FORM_MISSING: Bilingual(
        "Formulir status kebekerjaan belum diterima", "The form on being without work was not received"
    ),
    Ground.SELF_ASSESSMENT_MISSING: Bilingual(
        "Asesmen diri belum selesai", "The self-assessment is not complete"
    ),
    Ground.COUNSELLING_MISSING: Bilingual("Konseling belum diikuti", "The counselling was not attended"),
    Ground.JOB_SEARCH_INSUFFICIENT: Bilingual(
        "Pencarian kerja belum cukup", "The job search is not sufficient"
    ),
    Ground.ATTENDANCE_INSUFFICIENT: Bilingual(
        "Kehadiran pelatihan belum cukup", "The training attendance is not sufficient"
    ),
    Ground.MET: Bilingual("Syarat terpenuhi", "The condition is met"),
    Ground.COUNTS: Bilingual("Data ini dihitung", "This counts"),
    Ground.NOT_FILED_IN_TIME: Bilingual(
        "Tidak ada pengajuan klaim sampai batas waktu", "No claim was filed before the deadline"
    ),
    Ground.COMMITMENT_MISSING: Bilingual(
        "Komitmen aktivitas pencarian kerja (KAPK) belum ditandatangani",
        "The job-search commitment (KAPK) was not signed",
    ),
    Ground.DECEASED: Bilingual(
        "Penerima manfaat tercatat meninggal dunia", "The recipient is recorded as deceased"
    ),
    Ground.LAYOFF_WITHDRAWN: Bilingual(
        "Laporan PHK ditarik oleh pelapornya", "The layoff report was taken back by who made it"
    ),
    Ground.WITHDRAWN_BY_CLAIMANT: Bilingual(
        "Klaim ditarik atas permintaan Anda", "The claim was withdrawn at your request"
    ),
    Ground.OFFICER_DECISION: Bilingual("Petugas telah memutuskan", "An officer has decided"),
    Ground.ALL_MONTHS_DECIDED: Bilingual("Semua bulan sudah diputuskan", "Every month has been decided"),
    Ground.SAME_COMPANY_TWICE: Bilingual(
        "Lamaran ke perusahaan ini sudah dihitung untuk bulan yang sama",
        "An application to this company already counts for the same month",
    ),
    Ground.SAME_APPLICATION_TWICE: Bilingual(
        "Lamaran ini sudah tercatat", "This application is already recorded"
    ),
    Ground.OUTSIDE_ANY_PERIOD: Bilingual(
        "Tanggalnya di luar masa pencarian kerja yang dihitung",
        "The date lies outside every search period that counts",
    ),
    Ground.IN_THE_FUTURE: Bilingual("Tanggalnya belum tiba", "The date has not come yet"),
    Ground.BEFORE_THE_JOB_BEGAN: Bilingual(
        "Tanggalnya sebelum hubungan kerja dimulai", "The date lies before the employment began"
    ),
    Ground.MONTH_ALREADY_DECIDED: Bilingual(
        "Bulan ini sudah diputuskan", "The month has already been decided"
    ),
    Ground.ALREADY_RECORDED: Bilingual("Data ini sudah tercatat", "This is already recorded"),
    Ground.WINDOW_NOT_OPEN: Bilingual("Jangka waktu pengajuan belum dibuka", "The window is not open yet"),
    Ground.WINDOW_CLOSED: Bilingual("Jangka waktu pengajuan sudah ditutup", "The window is closed"),
    Ground.CLAIM_NOT_APPROVED: Bilingual("Klaim belum disetujui", "The claim is not approved"),
    Ground.CLAIM_ENDED: Bilingual("Klaim ini sudah berakhir", "The claim has ended"),
    Ground.ALREADY_FILED: Bilingual(
        "Klaim untuk PHK ini sudah diajukan", "A claim for this layoff is already filed"
    ),
    Ground.NOT_REFERRED: Bilingual(
        "Klaim ini tidak sedang menunggu petugas", "The claim is not waiting for an officer"
    ),
    Ground.NOTHING_TO_DECIDE: Bilingual("Tidak ada yang perlu diputuskan", "There is nothing to decide"),
    Ground.ORDER_UNKNOWN: Bilingual("Perintah bayar tidak dikenal", "The payment order is not known"),
    Ground.ORDER_ALREADY_FINAL: Bilingual(
        "Hasil perintah bayar ini sudah tetap", "The outcome of the payment order is already final"
    ),
    Ground.MALFORMED: Bilingual("Pesan tidak dapat dibaca", "The message cannot be read"),
    Ground.UNKNOWN_SIGNAL: Bilingual("Jenis pesan tidak dikenal", "The kind of message is not known"),
    Ground.WRONG_NUMBER_OF_INPUTS: Bilingual(
        "Isi pesan tidak lengkap", "The message has the wrong number of parts"
    ),
    Ground.NO_MESSAGE_IDENTITY: Bilingual("Pesan tidak bernomor", "The message carries no number"),
    Ground.MESSAGE_ID_REUSED: Bilingual(
        "Nomor pesan sudah dipakai untuk isi lain", "The message number was used for other content"
    ),
    Ground.CANNOT_BE_RECORDED: Bilingual("Pesan tidak dapat dicatat", "The message cannot be recorded"),
    Ground.WORK_BEFORE_LAYOFF: Bilingual(
        "Pekerjaan itu dimulai sebelum PHK, jadi bukan pekerjaan baru setelah PHK",
        "That work began before the layoff, so it is no new work after it",
    ),
    Ground.ACCOUNT_REFUSED: Bilingual(
        "Rekening tujuan tidak dapat menerima transfer", "The account cannot receive the transfer"
    ),
    Ground.NOT_EXECUTED: Bilingual("Transfer belum dijalankan bank", "The bank did not execute the transfer"),
    Ground.RETURNED_BY_BANK: Bilingual(
        "Bank penerima mengembalikan dana", "The receiving bank returned the money"
    ),
    Ground.NOT_EMPLOYED: Bilingual(
        "Belum ada hubungan kerja pada hari pendaftaran", "There was no employment on the day of registration"
    ),
    Ground.CLAIMANT_NOT_HEARD: Bilingual(
        "Anda masih punya waktu untuk memberi keterangan", "The claimant still has time to answer"
    ),
    Ground.PAYER_NOT_NAMED: Bilingual(
        "Belum ditentukan siapa yang membayar lebih dulu", "Nobody was named who pays first"
    ),
    Ground.NO_OPEN_QUESTION: Bilingual("Tidak ada pertanyaan yang terbuka", "No such question is open"),
    Ground.OWN_BUSINESS: Bilingual("Anda memulai usaha sendiri", "A business of one's own was begun"),
    Ground.WAGE_CORRECTED: Bilingual(
        "Upah yang dilaporkan diperbaiki menjadi lebih rendah", "The reported wage was corrected downwards"
    ),
    Ground.DOCUMENTS_MISSING: Bilingual("Dokumen belum lengkap", "Documents are missing"),
    Ground.APPLICATION_NOT_SENT: Bilingual("Lamaran belum dikirim", "The application was not sent"),
    Ground.VACANCY_EXPIRED: Bilingual("Lowongan sudah ditutup", "The vacancy had expired"),
    Ground.APPLICATION_UNKNOWN: Bilingual("Lamaran ini tidak tercatat", "No such application is recorded"),
    Ground.NOT_OWED_BY_THE_EMPLOYER: Bilingual(
        "Jumlah ini tidak menjadi kewajiban pengusaha", "The employer does not owe this"
    ),
    Ground.ARREARS_NOT_SETTLED: Bilingual(
        "Tunggakan dan denda belum dilunasi", "Arrears and fines are not settled"
    ),
    Ground.RECORD_SHOWS_ARREARS: Bilingual(
        "Menurut catatan iuran masih ada tunggakan; minta catatan iuran yang baru",
        "The contribution record still shows arrears; have it asked for again",
    ),
    Ground.ASKED_TOO_LATE: Bilingual(
        "Permintaan melewati tiga bulan sejak pembayaran", "Asked more than three months after the payment"
    ),
    Ground.NOT_THEIR_REPORT: Bilingual(
        "Pihak ini tidak punya laporan PHK yang dapat ditarik",
        "This party has no report of the layoff to take back",
    ),
    Ground.NEEDS_MANUAL_REVIEW: Bilingual("Hal ini harus diperiksa petugas", "A person has to look at this"),
}


def why(ground: Ground, language: Language) -> str:
    """The ground as one plain sentence without its full stop."""
    return GROUNDS[ground].spoken(language)
