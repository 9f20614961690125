"""What is asked of somebody, in words: documents, what a deadline is for, and how a calendar names it.

Documents and deadlines are parts of a sentence, entries of a calendar stand alone.
"""

from collections.abc import Mapping

from claims.wording.language import Bilingual, Language

DOCUMENTS: Mapping[str, Bilingual] = {
    "proof_of_layoff": Bilingual("bukti PHK", "the proof of the layoff"),
    "identity_card": Bilingual("kartu tanda penduduk (KTP)", "your identity card (KTP)"),
    "bank_account": Bilingual(
        "bukti rekening bank aktif atas nama sendiri", "proof of an active bank account in your own name"
    ),
    "commitment": Bilingual(
        "komitmen aktivitas pencarian kerja (KAPK) yang ditandatangani",
        "the signed job-search commitment (KAPK)",
    ),
    "contract": Bilingual("perjanjian kerja", "the employment contract"),
    "wage_slip": Bilingual("slip upah", "the wage slip"),
    "settlement": Bilingual("perjanjian bersama", "the settlement agreement"),
    "court_ruling": Bilingual("putusan pengadilan", "the court ruling"),
    "training_attendance": Bilingual("catatan kehadiran pelatihan", "the record of training attendance"),
    "civil_record": Bilingual(
        "akta kematian dan surat ahli waris", "the death certificate and proof of the heirs"
    ),
}
OTHER_DOCUMENT = Bilingual("dokumen pendukung", "a supporting document")

DEADLINES: Mapping[str, Bilingual] = {
    "layoff_report": Bilingual("pelaporan PHK oleh perusahaan", "the employer's report of the layoff"),
    "filing": Bilingual("pengajuan klaim JKP", "filing the JKP claim"),
    "filing_again": Bilingual("pengajuan ulang klaim JKP", "filing the JKP claim again"),
    "contribution_record": Bilingual("pemeriksaan catatan iuran", "the check of the contribution record"),
    "officer_decision": Bilingual("keputusan petugas", "the decision of the officer"),
    "objection": Bilingual("jawaban petugas atas keberatan Anda", "the officer's word on your objection"),
    "person_data": Bilingual("pemeriksaan data diri", "the check of personal data"),
    "contact": Bilingual("alamat surel yang dapat dihubungi", "an address at which you can be reached"),
    "search_period": Bilingual("pencarian kerja untuk bulan ke-{month}", "the job search for month {month}"),
    "job_search": Bilingual("pencarian kerja untuk bulan ke-{month}", "the job search for month {month}"),
    "training_attendance": Bilingual(
        "kehadiran pelatihan untuk bulan ke-{month}", "the training attendance for month {month}"
    ),
    "certification": Bilingual("pengajuan bulan ke-{month}", "applying for month {month}"),
    "status_form": Bilingual(
        "formulir status kebekerjaan bulan ke-{month}", "the form on being without work for month {month}"
    ),
    "self_assessment": Bilingual("asesmen diri", "the self-assessment"),
    "transfer": Bilingual("pembayaran bulan ke-{month}", "the payment of month {month}"),
    "bank_account": Bilingual("rekening baru untuk bulan ke-{month}", "a new account for month {month}"),
    "payments_resumed": Bilingual("pembayaran bulan ke-{month}", "the payment of month {month}"),
    "employer_payment": Bilingual(
        "pembayaran bulan ke-{month} oleh perusahaan", "the payment of month {month} by the employer"
    ),
    "answer": Bilingual("jawaban Anda", "your answer to our question"),
    "documents": Bilingual("dokumen yang kami minta", "the documents that we asked for"),
    "counselling": Bilingual("konseling", "the counselling"),
    "placement_report": Bilingual("laporan sudah bekerja lagi", "the report of new work"),
}
CALENDAR_ENTRIES: Mapping[str, Bilingual] = {
    "layoff_report": Bilingual("Batas akhir pelaporan PHK oleh pengusaha", "The employer reports the layoff"),
    "filing": Bilingual("Batas akhir pengajuan klaim JKP", "File the claim"),
    "filing_again": Bilingual("Batas akhir pengajuan ulang klaim JKP", "File the claim again"),
    "contribution_record": Bilingual(
        "Batas waktu jawaban catatan iuran", "BPJS Ketenagakerjaan gives the contribution record"
    ),
    "officer_decision": Bilingual("Batas waktu keputusan petugas", "An officer decides"),
    "objection": Bilingual("Batas waktu jawaban atas keberatan", "An officer looks at the objection"),
    "person_data": Bilingual("Batas waktu pemeriksaan data diri", "An officer looks at personal data"),
    "contact": Bilingual("Beri tahu alamat surel lain", "Give another e-mail address"),
    "counselling": Bilingual(
        "Konseling karier untuk bulan ke-{month}", "Attend counselling; no payment hangs on it"
    ),
    "answer": Bilingual(
        "Batas akhir memberi keterangan",
        "Answer the question in the portal; an officer decides on what is known",
    ),
    "documents": Bilingual("Batas akhir mengirim dokumen", "Send the documents that the officer asked for"),
    "employer_payment": Bilingual(
        "Batas waktu pembayaran bulan ke-{month} oleh pengusaha", "The employer pays the month first"
    ),
    "search_period": Bilingual(
        "Hari terakhir mencari kerja untuk manfaat bulan ke-{month}",
        "Last day on which a job application counts for month {month}",
    ),
    "certification": Bilingual(
        "Batas akhir pengajuan manfaat JKP bulan ke-{month}", "Apply for month {month}"
    ),
    "status_form": Bilingual(
        "Batas akhir formulir status kebekerjaan bulan ke-{month}", "Send the form for month {month}"
    ),
    "self_assessment": Bilingual("Batas akhir asesmen diri", "Complete the self-assessment"),
    "transfer": Bilingual("Batas waktu pembayaran manfaat JKP bulan ke-{month}", "Month {month} is paid"),
    "bank_account": Bilingual(
        "Rekening pengganti untuk manfaat bulan ke-{month}", "Name another bank account for month {month}"
    ),
    "payments_resumed": Bilingual("Pembayaran manfaat bulan ke-{month} dilanjutkan", "Payments are resumed"),
    "placement_report": Bilingual("Batas akhir lapor sudah bekerja", "Report the new work"),
}
OTHER_CALENDAR_ENTRY = Bilingual("Batas waktu JKP", "A date of the JKP claim")
OTHER_DEADLINE = Bilingual("klaim JKP", "the JKP claim")


def document_text(document: str, language: Language) -> str:
    """A document by its code."""
    return DOCUMENTS.get(document, OTHER_DOCUMENT).spoken(language)


def deadline_text(what: str, month: int, language: Language) -> str:
    """What a deadline is for, by its code in claims.agenda.deadlines; `month` is 0 where it is about none."""
    return DEADLINES.get(what, OTHER_DEADLINE).spoken(language).format(month=month)


def calendar_entry(what: str, month: int, language: Language) -> str:
    """A deadline as its entry in a calendar names it, without a full stop."""
    return CALENDAR_ENTRIES.get(what, OTHER_CALENDAR_ENTRY).spoken(language).format(month=month)
