"""Whole lives, and every letter they call for, read as the claimant reads it."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from letters.lives import (
    LIVES,
    NUMBER,
    as_read,
    first_letter,
    halves,
    letter,
    letters_of,
    moments_of,
)
from support.builders import (
    wib,
)

from activities.mail.letters.rendering import RULE, TEMPLATES
from claims.agenda.notices import Notice, NoticeKind
from claims.events.facts import CompanyScale, EmployerStanding
from claims.wording.grounds import GROUNDS, why
from claims.wording.language import LANGUAGES, Language, article_text, until_text
from claims.wording.values import VALUES
from law.grounds import Ground
from law.periods import day_of
from law.rules import Office, ProofKind, SeparationReason

SNAPSHOTS = Path(__file__).parent / "letters"


def test_every_kind_is_called_for_by_some_life() -> None:
    called_for = {n.kind for life in LIVES for moment in moments_of(life) for n in moment.notices}
    assert called_for == set(NoticeKind)


def test_every_kind_has_one_template_in_each_language() -> None:
    kinds = {f"{kind.value}.{language}.txt.jinja" for kind in NoticeKind for language in LANGUAGES}
    shared = {path.name for path in TEMPLATES.iterdir() if path.name.startswith(("_", "letter."))}
    assert {path.name for path in TEMPLATES.iterdir()} == kinds | shared


@pytest.mark.parametrize("life", LIVES)
def test_every_letter_renders_at_once_and_after_every_later_step(life: str) -> None:
    told = list(letters_of(life))
    assert told
    for _, sent in told:
        for half in halves(sent):
            assert not re.search(r"None|assumption|[{}]|\w_\w|\n\n\n| {2}|\.\.| \.|\(\)", half), half
        assert "as amended by" not in sent.text.partition(RULE)[0]
        assert "Pasal" not in sent.text.partition(RULE)[2]
        assert not re.search(r"\n|Rp|\d{3}", sent.subject)


@pytest.mark.parametrize("life", LIVES)
def test_every_letter_says_what_to_do_and_whom_to_ask(life: str) -> None:
    for _, sent in letters_of(life):
        indonesian, english = halves(sent)
        assert "telepon 175" in indonesian
        assert "telephone 175" in english
        assert NUMBER in indonesian
        assert NUMBER in english


SHOWN: dict[NoticeKind, tuple[str, int]] = {
    NoticeKind.LAYOFF_REPORTED: ("six months paid", 0),
    NoticeKind.LAYOFF_CORRECTED: ("the employer corrects its report", 0),
    NoticeKind.LAYOFF_WITHDRAWN: ("layoff withdrawn", 0),
    NoticeKind.CLAIM_RECEIVED: ("filed in time, handled late", 0),
    NoticeKind.FILING_NOT_ACCEPTED: ("filed before the day of the layoff", 0),
    NoticeKind.CLAIM_APPROVED: ("six months paid", 0),
    NoticeKind.CLAIM_DENIED: ("too few months, never again", 0),
    NoticeKind.CLAIM_REFERRED: ("long arrears", 0),
    NoticeKind.FILING_WINDOW_CLOSING: ("filed in time, handled late", 0),
    NoticeKind.MONTH_OPEN: ("six months paid", 2),
    NoticeKind.MONTH_AT_RISK: ("training at 79 percent", 2),
    NoticeKind.MONTH_FORFEITED: ("four applications of five, then an interview call", 2),
    NoticeKind.MONTH_REINSTATED: ("applications received in time and handled late", 2),
    NoticeKind.MONTH_PAID: ("six months paid", 2),
    NoticeKind.TRANSFER_FAILED: ("account refused, changed, paid", 1),
    NoticeKind.PAYMENT_RETURNED: ("returned days later", 1),
    NoticeKind.ACCOUNT_CHANGED: ("account refused, changed, paid", 0),
    NoticeKind.BENEFIT_CEASED: ("work in month 3", 0),
    NoticeKind.CLAIM_LAPSED: ("nobody filed", 0),
    NoticeKind.BENEFIT_FINISHED: ("six months paid", 0),
    NoticeKind.CLAIM_WITHDRAWN: ("withdrawn while referred", 0),
    NoticeKind.DUTY_OPEN: ("nothing done after the first payment", 2),
    NoticeKind.QUESTION_ASKED: ("a record that got worse", 3),
    NoticeKind.DOCUMENTS_MISSING: ("documents sent", 0),
    NoticeKind.QUESTION_DECIDED: ("the employer takes its report back and is not believed", 3),
    NoticeKind.OBJECTION_RECEIVED: ("a refusal put right", 0),
    NoticeKind.OBJECTION_DISMISSED: ("a refusal objected to for nothing", 0),
    NoticeKind.DECISION_PUT_RIGHT: ("work told by mistake", 0),
    NoticeKind.CLAIM_RECONSIDERED: ("a twelfth month paid later", 0),
    NoticeKind.MONTH_ADJUSTED: ("a higher wage told later", 1),
    NoticeKind.PAYER_REDETERMINED: ("the employer pays first and its arrears are paid", 0),
    NoticeKind.RECEIVABLE_FOUND: ("work told late and marked", 3),
    NoticeKind.EMPLOYER_PAYS: ("the employer pays first", 0),
    NoticeKind.EMPLOYER_OWES: ("never registered", 0),
    NoticeKind.DEADLINE_MOVED: ("dates move", 1),
    NoticeKind.PERSON_DATA_DIFFERS: ("another report with other data, adopted", 0),
    NoticeKind.PERSON_DATA_DECIDED: ("another report with other data, adopted", 0),
    NoticeKind.EMAIL_CHANGING: ("another report with other data, adopted", 0),
    NoticeKind.EMAIL_NEW: ("another report with other data, adopted", 0),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_of_letter_reads_as_written(kind: NoticeKind, language: Language) -> None:
    life, month = SHOWN[kind]
    written = (SNAPSHOTS / f"{kind.value}.{language}.txt").read_text(encoding="utf-8")
    assert as_read(first_letter(life, kind, month), language) == written


def test_every_snapshot_is_one_of_a_letter() -> None:
    kinds = {f"{kind.value}.{language}.txt" for kind in NoticeKind for language in LANGUAGES}
    assert {path.name for path in SNAPSHOTS.glob("*.txt")} == kinds


def test_a_forfeited_month_says_what_was_missing_and_that_later_months_stay() -> None:
    sent = first_letter("four applications of five, then an interview call", NoticeKind.MONTH_FORFEITED, 2)
    assert sent.subject == "Manfaat bulan ke-2 tidak dibayarkan"
    assert "4 lamaran dari 5 dan belum ada panggilan wawancara (Permenaker 2/2025 Pasal 13(4))." in sent.text
    assert "Bulan berikutnya tetap menjadi hak Anda." in sent.text


def test_a_letter_sent_too_late_asks_for_nothing() -> None:
    moments = moments_of("every later month missed")
    opened = Notice(NoticeKind.MONTH_OPEN, 2, wib("2025-04-10 00:00:00"))
    sent = letter(opened, moments[-1].claim, wib("2025-06-09"))
    assert "Surat ini terlambat dikirim" in sent.text
    assert "Ajukan" not in sent.text


def test_a_filing_that_opens_nothing_is_answered_with_the_ground_of_its_verdict() -> None:
    told = {
        life: [
            (refused.verdict.ground, sent.text)
            for moment in moments_of(life)
            for notice in moment.notices
            if notice.kind is NoticeKind.FILING_NOT_ACCEPTED
            for refused in moment.claim.refused_filings[-1:]
            for sent in [letter(notice, moment.claim, moment.at)]
        ]
        for life in LIVES
    }
    assert {life: [ground for ground, _ in sent] for life, sent in told.items() if sent} == {
        "nobody filed": [Ground.FILED_TOO_LATE],
        "filed twice": [Ground.ALREADY_FILED, Ground.FILED_TOO_LATE],
        "filed before the day of the layoff": [Ground.WINDOW_NOT_OPEN],
        "layoff withdrawn": [Ground.CLAIM_ENDED],
        "account refused after the withdrawal": [Ground.CLAIM_ENDED],
    }
    for letters in told.values():
        for ground, text in letters:
            assert f"Alasan: {why(ground, 'id')} (" in text
            assert f"Reason: {why(ground, 'en')} (" in text


def test_a_filing_refused_keeps_its_ground_after_another_one_was_refused() -> None:
    moments = moments_of("filed twice")
    notice = next(n for m in moments for n in m.notices if n.kind is NoticeKind.FILING_NOT_ACCEPTED)
    sent = letter(notice, moments[-1].claim, moments[-1].at)
    assert f"Alasan: {why(Ground.ALREADY_FILED, 'id')} (" in sent.text


@pytest.mark.parametrize(
    ("sent_at", "indonesian", "english"),
    [
        (
            "2025-04-11 00:00:00",
            "Tinggal 5 hari: pengajuan bulan ke-2 hampir ditutup",
            "5 days left: the window of month 2 is about to close",
        ),
        (
            "2025-04-14 00:00:00",
            "Tinggal 2 hari: pengajuan bulan ke-2 hampir ditutup",
            "2 days left: the window of month 2 is about to close",
        ),
        (
            "2025-04-15 23:59:00",
            "Tinggal 1 hari: pengajuan bulan ke-2 hampir ditutup",
            "1 day left: the window of month 2 is about to close",
        ),
        ("2025-04-16 00:00:00", "Tentang pengajuan bulan ke-2", "About your application for month 2"),
    ],
)
def test_a_month_at_risk_says_how_many_days_are_left(sent_at: str, indonesian: str, english: str) -> None:
    claim = moments_of("training at 79 percent")[-3].claim
    sent = letter(Notice(NoticeKind.MONTH_AT_RISK, 2, wib(sent_at)), claim, wib(sent_at))
    assert sent.subject == indonesian
    assert halves(sent)[1].startswith(f"{english}\n")


def test_the_family_of_the_deceased_is_addressed() -> None:
    sent = first_letter("death in month 2", NoticeKind.BENEFIT_CEASED)
    assert sent.text.startswith("Yth. Keluarga Siti Aminah,")
    assert "berduka cita" in sent.text


def test_nobody_in_work_again_is_asked_to_state_the_contrary() -> None:
    sent = first_letter("work in month 3", NoticeKind.MONTH_AT_RISK, 3)
    assert "Jangan nyatakan bahwa Anda belum bekerja." in sent.text
    assert "dan nyatakan bahwa Anda belum bekerja" not in sent.text


def test_a_deadline_is_written_as_its_last_minute() -> None:
    assert until_text(wib("2025-03-16 00:00:00"), "id") == "15 Maret 2025 pukul 23.59 WIB"
    assert until_text(wib("2025-03-16 00:00:00"), "en") == "15 March 2025 at 23:59 WIB"


@pytest.mark.parametrize(
    ("citation", "language", "written"),
    [
        ("PP 37/2021 as amended by PP 6/2025 Pasal 19(3)", "id", "PP 37/2021 jo. PP 6/2025 Pasal 19(3)"),
        (
            "PP 37/2021 as amended by PP 6/2025 Pasal 19(3)",
            "en",
            "PP 37/2021 as amended by PP 6/2025 article 19(3)",
        ),
        (
            "assumption: ministry's procedure of 8 September 2022",
            "id",
            "tata cara kementerian tanggal 8 September 2022",
        ),
        ("assumption: the texts are silent", "id", "peraturan tidak mengaturnya"),
        ("assumption: the texts are silent", "en", "the texts are silent"),
        ("assumption: docs/decisions/0020-who-may-claim-again.md", "id", "penafsiran kami nomor 0020"),
        ("assumption: docs/decisions/0020-who-may-claim-again.md", "en", "our reading no. 0020"),
    ],
)
def test_articles_are_written_in_the_language_of_the_letter(
    citation: str, language: Language, written: str
) -> None:
    assert article_text(citation, language) == written


def test_a_name_cannot_break_the_page_or_the_subject() -> None:
    moment = moments_of("six months paid")[0]
    sent = letter(moment.notices[0], moment.claim, moment.at, name="A <b>\r\nBcc: x@y.id")
    assert "<b>" not in sent.html
    assert "A &lt;b&gt; Bcc: x@y.id" in sent.html
    assert "\nBcc" not in sent.text
    assert "Bcc" not in sent.subject


def test_the_html_tells_the_same_as_the_text() -> None:
    for notice, sent in letters_of("four applications of five, then an interview call"):
        shown = re.sub(r"<(title|style).*?</\1>", " ", sent.html)
        words = re.sub(r"<[^>]+>", " ", shown).replace("&#39;", "'").split()
        plain = [word for word in re.sub(r"^- ", "", sent.text, flags=re.M).replace(RULE, "").split()]
        indonesian_subject = sent.subject.split()
        assert sorted(words) == sorted(plain + indonesian_subject), notice


def test_a_letter_shows_only_its_subject_in_logs() -> None:
    sent = first_letter("six months paid", NoticeKind.MONTH_PAID, 1)
    assert repr(sent) == "Letter(subject='Manfaat bulan ke-1 sudah dibayar')"


def test_every_ground_has_words_in_both_languages() -> None:
    assert set(GROUNDS) == set(Ground)
    said = [why(ground, language) for ground in Ground for language in LANGUAGES]
    assert all(text[0].isupper() and not text.endswith(".") for text in said)
    indonesian = sorted(why(ground, "id") for ground in Ground)
    assert all(one != other for one, other in pairwise(indonesian)), "no two grounds read alike"


@pytest.mark.parametrize("codes", [SeparationReason, ProofKind, Office, CompanyScale, EmployerStanding])
def test_every_code_that_facts_carry_has_words(codes: type) -> None:
    assert {code.value for code in codes} - set(VALUES) == set()  # type: ignore[attr-defined]


@pytest.mark.parametrize("life", LIVES)
def test_no_two_letters_of_a_step_say_the_same_and_none_comes_twice_on_a_day(life: str) -> None:
    for moment in moments_of(life):
        texts = [letter(notice, moment.claim, moment.at).text for notice in moment.notices]
        assert len(set(texts)) == len(texts)
        days = [(notice.kind, notice.month, day_of(notice.due_at)) for notice in moment.notices]
        assert len(set(days)) == len(days)
