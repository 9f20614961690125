"""One sentence for each event of a timeline, in both languages; free text of a person is not repeated."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from claims import events as e
from claims.wording.contact import address_outcome, undelivered_text
from claims.wording.decided import decision_text
from claims.wording.grounds import why
from claims.wording.language import Bilingual, Language, article_text, day_text
from law.grounds import Ground, Verdict
from law.money import rupiah
from law.names import masked

PARTIES = {
    "employer": Bilingual("perusahaan", "employer"),
    "participant": Bilingual("peserta", "participant"),
}
SENTENCES: Mapping[type, Bilingual] = {
    e.LayoffReported: Bilingual(
        "PHK pada {laid_off_on} dilaporkan oleh {reported_by}.",
        "Layoff of {laid_off_on} reported by the {reported_by}.",
    ),
    e.LayoffCorrected: Bilingual(
        "PHK pada {laid_off_on} dilaporkan lagi oleh {reported_by}.",
        "Layoff of {laid_off_on} reported again by the {reported_by}.",
    ),
    e.LayoffWithdrawn: Bilingual(
        "Laporan PHK ditarik oleh {reported_by}.", "Layoff report taken back by the {reported_by}."
    ),
    e.ClaimFiled: Bilingual(
        "Klaim diajukan pada {filed_on} dengan komitmen yang ditandatangani.",
        "Claim filed on {filed_on} with the commitment signed.",
    ),
    e.FilingNotAccepted: Bilingual(
        "Pengajuan pada {filed_on} tidak diterima.", "Filing of {filed_on} not accepted."
    ),
    e.ContributionRecordReceived: Bilingual(
        "Catatan iuran diterima dari BPJS Ketenagakerjaan.",
        "Contribution record received from BPJS Ketenagakerjaan.",
    ),
    e.ClaimApproved: Bilingual(
        "Klaim disetujui; tanggal acuannya {reference_date}.",
        "Claim approved; the reference date is {reference_date}.",
    ),
    e.ClaimDenied: Bilingual("Klaim ditolak: {ground} ({article}).", "Claim denied: {ground} ({article})."),
    e.ClaimReferred: Bilingual(
        "Klaim diteruskan ke petugas: {ground} ({article}).",
        "Claim referred to an officer: {ground} ({article}).",
    ),
    e.OfficerDecided: Bilingual("Petugas memutuskan.", "An officer decided."),
    e.DocumentsNotAsked: Bilingual(
        "Petugas hendak meminta dokumen.", "An officer meant to ask for documents."
    ),
    e.SelfAssessmentCompleted: Bilingual(
        "Asesmen diri selesai pada {completed_on}.", "Self-assessment completed on {completed_on}."
    ),
    e.JobApplicationRecorded: Bilingual(
        "Lamaran kerja pada {done_on} dicatat.", "Job application of {done_on} recorded."
    ),
    e.InterviewCallRecorded: Bilingual(
        "Panggilan tes atau wawancara pada {done_on} dicatat.",
        "Call to a test or interview of {done_on} recorded.",
    ),
    e.CounsellingAttended: Bilingual(
        "Konseling diikuti pada {attended_on}.", "Counselling attended on {attended_on}."
    ),
    e.TrainingAttended: Bilingual(
        "Kehadiran pelatihan {course} dicatat.", "Training attendance recorded for course {course}."
    ),
    e.MonthCertified: Bilingual(
        "Bulan ke-{month} diajukan pada {certified_on}.", "Month {month} applied for on {certified_on}."
    ),
    e.BenefitAuthorized: Bilingual(
        "Manfaat bulan ke-{month} ditetapkan: {amount}.", "Month {month} authorized: {amount}."
    ),
    e.MonthForfeited: Bilingual(
        "Bulan ke-{month} tidak dibayarkan: {ground} ({article}).",
        "Month {month} forfeited: {ground} ({article}).",
    ),
    e.MonthReinstated: Bilingual(
        "Bulan ke-{month} dipulihkan: datanya diterima pada waktunya.",
        "Month {month} reinstated: the message had been received inside the window.",
    ),
    e.PaymentOrdered: Bilingual(
        "Pembayaran bulan ke-{month} diperintahkan, percobaan ke-{attempt}: {amount}.",
        "Payment of month {month} ordered, attempt {attempt}: {amount}.",
    ),
    e.PaymentSent: Bilingual(
        "Pembayaran bulan ke-{month} dikirim; hasilnya belum diketahui.",
        "Payment of month {month} sent; the outcome is open.",
    ),
    e.PaymentCancelled: Bilingual(
        "Pembayaran bulan ke-{month} dibatalkan: {ground}.", "Payment of month {month} cancelled: {ground}."
    ),
    e.PaymentSettled: Bilingual("Bulan ke-{month} dibayar: {amount}.", "Month {month} paid: {amount}."),
    e.PaymentFailed: Bilingual(
        "Pembayaran bulan ke-{month} gagal: {ground}.", "Payment of month {month} failed: {ground}."
    ),
    e.PaymentReturned: Bilingual(
        "Pembayaran bulan ke-{month} dikembalikan oleh bank: {amount}.",
        "Payment of month {month} returned by the bank: {amount}.",
    ),
    e.BankAccountChanged: Bilingual("Rekening diganti.", "Bank account changed."),
    e.Reemployed: Bilingual("Bekerja lagi sejak {since}.", "In work again since {since}."),
    e.Deceased: Bilingual("Peserta meninggal dunia pada {died_on}.", "Participant deceased on {died_on}."),
    e.BenefitCeased: Bilingual(
        "Manfaat berhenti: {ground} ({article}); bulan sampai ke-{last_month_owed} tetap menjadi hak.",
        "Benefit ceased: {ground} ({article}); months up to {last_month_owed} stay owed.",
    ),
    e.ClaimLapsed: Bilingual(
        "Hak atas manfaat hilang: {ground} ({article}).", "Claim lapsed: {ground} ({article})."
    ),
    e.ClaimReinstated: Bilingual(
        "Klaim dipulihkan: batas waktunya tidak berlaku lagi.",
        "Claim reinstated: that its time was over does not hold any more.",
    ),
    e.ClaimExhausted: Bilingual(
        "Semua bulan sudah diputuskan; {months_paid} dibayar, seluruhnya {total}.",
        "All months decided; {months_paid} paid, {total} in all.",
    ),
    e.ClaimWithdrawn: Bilingual("Klaim ditarik.", "Claim withdrawn."),
    e.RecordRequested: Bilingual(
        "BPJS Ketenagakerjaan diminta memberi catatan iuran lagi.",
        "BPJS Ketenagakerjaan is to be asked again.",
    ),
    e.ClaimReconsidered: Bilingual(
        "Putusan ditinjau kembali karena ada data baru.", "The decision was looked at again for new facts."
    ),
    e.QuestionAsked: Bilingual(
        "Keterangan diminta: {ground} ({article}).", "A question was asked: {ground} ({article})."
    ),
    e.QuestionAnswered: Bilingual("Keterangan diberikan.", "The question was answered."),
    e.QuestionDecided: Bilingual(
        "Petugas memutuskan keterangan itu.", "An officer decided over the question."
    ),
    e.ObjectionReceived: Bilingual("Keberatan atas {what} diajukan.", "An objection was made to {what}."),
    e.DecisionReviewed: Bilingual("Petugas memperbaiki keputusan: {what}.", "An officer put right {what}."),
    e.BenefitResumed: Bilingual("Manfaat dilanjutkan ({article}).", "The benefit goes on ({article})."),
    e.ReceivableDropped: Bilingual(
        "Catatan kelebihan pembayaran bulan ke-{month} dihapus: {amount} ({article}).",
        "The debt of month {month} is taken off: {amount} ({article}).",
    ),
    e.EffortWithdrawn: Bilingual("Satu lamaran ditarik.", "A job-search effort was taken back."),
    e.WageRedetermined: Bilingual(
        "Upah ditetapkan kembali menurut laporan terakhir.", "The wage was taken anew from the last report."
    ),
    e.MonthAdjusted: Bilingual(
        "Manfaat bulan ke-{month} bertambah {difference}.", "Month {month} adjusted: {difference} more."
    ),
    e.PayerRedetermined: Bilingual(
        "Tunggakan iuran tidak lagi melebihi batas; sejak sekarang BPJS Ketenagakerjaan yang membayar"
        " ({article}).",
        "The arrears no longer exceed what is covered; from now on BPJS Ketenagakerjaan pays ({article}).",
    ),
    e.ReceivableFound: Bilingual(
        "Pembayaran bulan ke-{month} ternyata tidak seharusnya: {amount} ({ground}).",
        "Month {month} was paid and not owed: {amount} ({ground}).",
    ),
    e.EmployerPaid: Bilingual(
        "Bulan ke-{month} dibayar oleh perusahaan: {amount}.", "Month {month} paid by the employer: {amount}."
    ),
    e.ReimbursementAsked: Bilingual(
        "Perusahaan meminta penggantian {amount}.", "The employer asks back what it paid: {amount}."
    ),
    e.EmployerOwes: Bilingual(
        "Perusahaan wajib membayar {amount} ({article}).", "The employer owes {amount} ({article})."
    ),
    e.PersonDataDiffers: Bilingual(
        "Satu laporan memuat data diri yang berbeda; petugas memeriksanya.",
        "A report gave other data of the person; an officer looks at it.",
    ),
    e.PersonDataDecided: Bilingual(
        "Petugas memutuskan data diri yang berbeda.", "An officer decided over the data that differed."
    ),
    e.EmailChangeAsked: Bilingual(
        "Penggantian alamat surel diminta.", "A change of the e-mail address was asked for."
    ),
    e.EmailChangeEnded: Bilingual(
        "Penggantian alamat surel selesai: {outcome}.", "The change of the e-mail address ended: {outcome}."
    ),
    e.LetterGivenUp: Bilingual(
        "Satu surat tidak tersampaikan: {reason}.", "A letter could not be delivered: {reason}."
    ),
    e.DeadlineMoved: Bilingual(
        "Satu batas waktu bergeser karena perubahan hari libur.", "A date moved with the calendar."
    ),
    e.MessageRefused: Bilingual(
        "Pesan langsung ditolak: {ground}.", "A direct message was refused: {ground}."
    ),
}


GRANTED = Bilingual("Bulan ke-{month} dipulihkan oleh petugas.", "Month {month} reinstated by an officer.")
DISMISSED = Bilingual(
    "Petugas menolak keberatan atas {what}.", "An officer dismissed the objection to {what}."
)


def _words_of(event: e.Event) -> Bilingual:
    match event:
        case e.MonthReinstated(granted=True):
            return GRANTED
        case e.DecisionReviewed(founded=False):
            return DISMISSED
        case _:
            return SENTENCES[type(event)]


def sentence(event: e.Event, language: Language = "id") -> str:
    """What happened, and for a message whether it counts."""
    values: dict[str, Any] = {name: getattr(event, name) for name in type(event).model_fields}
    if isinstance(event, e.LayoffReported | e.LayoffCorrected):
        values["laid_off_on"] = event.layoff.laid_off_on
    if isinstance(event, e.JobApplicationRecorded | e.InterviewCallRecorded):
        values["done_on"] = event.effort.done_on
    if isinstance(event, e.ObjectionReceived | e.DecisionReviewed):
        values["what"] = decision_text(event.what, event.month, language)
    if isinstance(event, e.LetterGivenUp):
        values["reason"] = undelivered_text(event.reason, language)
    if isinstance(event, e.EmailChangeEnded):
        values["outcome"] = address_outcome(event.in_force, language)
    words = {name.removesuffix("_idr"): _word(name, value, language) for name, value in values.items()}
    said = _words_of(event).spoken(language).format(**words)
    verdict: Verdict | None = values.get("verdict")
    return said if verdict is None else f"{said} {_verdict(verdict, language)}"


def _word(name: str, value: object, language: Language) -> object:
    """A field of an event as people read it."""
    if isinstance(value, Ground):
        return why(value, language)
    if isinstance(value, date):
        return day_text(value, language)
    if name.endswith("_idr") and isinstance(value, int):
        return rupiah(value)
    if name == "article":
        return article_text(str(value), language)
    if name == "course":
        return masked(str(value))
    return PARTIES[str(value)].spoken(language) if name == "reported_by" else value


def _verdict(verdict: Verdict, language: Language) -> str:
    article = article_text(verdict.article, language)
    if verdict.counts:
        return Bilingual(f"Ini dihitung ({article}).", f"It counts ({article}).").spoken(language)
    ground = why(verdict.ground, language)
    refused = Bilingual(
        f"Ini tidak dihitung: {ground} ({article}).", f"It does not count: {ground} ({article})."
    )
    return refused.spoken(language)
