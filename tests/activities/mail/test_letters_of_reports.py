"""What a letter says of reports of a layoff: who said so, what is recorded now, until when to file."""

import pytest
from letters.lives import first_letter, letter, moments_of

from claims.agenda.notices import NoticeKind


def newest(life: str, kind: NoticeKind, step: int) -> str:
    """The text of the first letter of a kind, as it would be sent after a step of its life."""
    moments = moments_of(life)
    notice = next(n for moment in moments for n in moment.notices if n.kind is kind)
    return letter(notice, moments[step].claim, moments[step].at).text


@pytest.mark.parametrize(
    ("life", "indonesian", "english"),
    [
        (
            "layoff withdrawn",
            "Perusahaan membatalkan laporannya tentang PHK pada 3 Maret 2025.",
            "The employer has withdrawn its report of the layoff on 3 March 2025.",
        ),
        (
            "own report withdrawn after the filing",
            "Anda membatalkan laporan Anda tentang PHK pada 3 Maret 2025.",
            "You have withdrawn your report of the layoff on 3 March 2025.",
        ),
        (
            "one of two reports withdrawn, then the other",
            "Laporan Anda sendiri tetap berlaku: PHK pada 3 Maret 2025.",
            "Your own report still stands: laid off on 3 March 2025.",
        ),
        (
            "a duplicate withdrawn after the filing",
            "Laporan perusahaan tetap berlaku: PHK pada 3 Maret 2025.",
            "The report of your employer still stands: laid off on 3 March 2025.",
        ),
    ],
)
def test_a_withdrawn_report_is_told_as_that_of_who_withdrew_it(
    life: str, indonesian: str, english: str
) -> None:
    text = first_letter(life, NoticeKind.LAYOFF_WITHDRAWN).text
    assert indonesian in text
    assert english in text


def test_who_is_told_to_report_the_layoff_themselves_can_and_then_files() -> None:
    life = "layoff withdrawn, reported again, filed"
    told = newest(life, NoticeKind.LAYOFF_WITHDRAWN, 1)
    assert "laporkan sendiri di SIAPkerja dengan bukti PHK. Klaim ini lalu dibuka lagi." in told
    assert "Batas waktu pengajuan untuk PHK ini 3 September 2025 pukul 23.59 WIB" in told
    reopened = first_letter(life, NoticeKind.LAYOFF_CORRECTED)
    assert reopened.subject == "PHK Anda dilaporkan lagi"
    assert "Anda melaporkan lagi PHK Anda, setelah laporan sebelumnya dibatalkan." in reopened.text
    assert moments_of(life)[-1].claim.approved is not None


def test_a_withdrawal_told_after_the_window_advises_nothing_that_does_not_work() -> None:
    told = newest("one of two reports withdrawn, then the other", NoticeKind.LAYOFF_WITHDRAWN, -1)
    assert "Batas waktu pengajuan untuk PHK ini sudah lewat: 3 September 2025 pukul 23.59 WIB" in told
    assert "laporkan" not in told


def test_a_corrected_report_says_what_changed_and_the_new_deadline() -> None:
    text = first_letter("the employer corrects its report", NoticeKind.LAYOFF_CORRECTED).text
    assert "menurut laporan perusahaan:\n- Hari PHK: 24 Februari 2025 (semula 3 Maret 2025)" in text
    assert "- Alasan: perusahaan tutup karena rugi (semula efisiensi)" in text
    assert "sampai 24 Agustus 2025 pukul 23.59 WIB" in text
    late = newest("the employer corrects its report", NoticeKind.LAYOFF_CORRECTED, -1)
    assert "Klaim untuk PHK ini tidak dapat diajukan lagi. Batas waktunya 24 Agustus 2025" in late


def test_two_reports_that_contradict_each_other_are_both_told_with_the_later_deadline() -> None:
    text = first_letter("two days are reported", NoticeKind.LAYOFF_CORRECTED).text
    assert "- Hari PHK: 10 Februari 2025 (semula 3 Maret 2025)" in text
    assert "Laporan Anda sendiri berbeda: 3 Maret 2025, efisiensi, kontrak tetap (PKWTT)." in text
    assert "sampai 3 September 2025 pukul 23.59 WIB" in text


def test_a_lapsed_claim_whose_day_is_corrected_is_told_that_it_may_be_filed_again() -> None:
    text = first_letter("a later day opens a lapsed claim again", NoticeKind.LAYOFF_CORRECTED).text
    assert "Anda dapat mengajukan klaim di SIAPkerja sampai 20 September 2025" in text


def test_a_report_of_the_other_party_that_agrees_calls_for_no_letter() -> None:
    kinds = [
        n.kind for moment in moments_of("a duplicate withdrawn after the filing") for n in moment.notices
    ]
    assert kinds == [NoticeKind.LAYOFF_REPORTED, NoticeKind.CLAIM_RECEIVED, NoticeKind.LAYOFF_WITHDRAWN]
