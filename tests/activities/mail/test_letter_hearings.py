"""What a letter says of how a decision came about, of money that was not owed, and of who pays."""

from dataclasses import fields, replace
from typing import get_type_hints

import pytest
from jinja2 import meta
from letters.lives import LIVES, first_letter, letter, moments_of
from support.builders import a_record

from activities.mail.letters.facts import LetterFacts
from activities.mail.letters.news import KINDS
from activities.mail.letters.rendering import ENVIRONMENTS, TEMPLATES
from claims.agenda.notices import NoticeKind
from claims.wording.asked import DEADLINES, DOCUMENTS, deadline_text, document_text
from claims.wording.language import LANGUAGES, Language

FOLLOWS = "This follows from that article and from the facts on record."
ANSWERED = "We asked about it first and have the answer. Then an officer looked at it and decided."
SILENT = "No answer came. An officer decided on what is known."


def kinds_of(life: str) -> list[str]:
    seen = dict.fromkeys(notice for moment in moments_of(life) for notice in moment.notices)
    return [f"{notice.kind.value} {notice.month}" for notice in seen]


def names_used(kind: NoticeKind, language: Language) -> set[str]:
    """The variables of a template and of what it includes, but for those it sets itself."""
    environment, names, todo = ENVIRONMENTS[language], set[str](), {f"{kind.value}.{language}.txt.jinja"}
    while todo:
        tree = environment.parse((TEMPLATES / todo.pop()).read_text(encoding="utf-8"))
        names |= meta.find_undeclared_variables(tree)
        todo |= {name for name in meta.find_referenced_templates(tree) if name is not None}
    return names - {"basis", "next_plan", "documents", "not_shown"} - set(environment.globals)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_uses_the_facts_of_its_kind_and_those_of_every_letter(
    kind: NoticeKind, language: Language
) -> None:
    own, known = set(get_type_hints(KINDS[kind])), {field.name for field in fields(LetterFacts)}
    used = names_used(kind, language)
    assert used <= own | known
    assert own - used <= {"basis", "documents"}


@pytest.mark.parametrize(
    ("life", "kind", "month", "said"),
    [
        ("too few months, never again", NoticeKind.CLAIM_DENIED, 0, FOLLOWS),
        ("the referral answered and refused", NoticeKind.CLAIM_DENIED, 0, ANSWERED),
        ("documents never sent", NoticeKind.CLAIM_DENIED, 0, SILENT),
        ("every later month missed", NoticeKind.MONTH_FORFEITED, 2, FOLLOWS),
        ("month 2 begun at a death and refused", NoticeKind.MONTH_FORFEITED, 2, SILENT),
        ("work in month 3", NoticeKind.BENEFIT_CEASED, 0, FOLLOWS),
        ("a business of one's own", NoticeKind.BENEFIT_CEASED, 0, ANSWERED),
        ("the employer takes its report back and is believed", NoticeKind.BENEFIT_CEASED, 0, SILENT),
        ("work told late and marked", NoticeKind.RECEIVABLE_FOUND, 3, ANSWERED),
    ],
)
def test_a_letter_about_a_loss_says_whether_it_follows_from_an_article_or_from_a_hearing(
    life: str, kind: NoticeKind, month: int, said: str
) -> None:
    text = first_letter(life, kind, month).text
    assert [each for each in (FOLLOWS, ANSWERED, SILENT) if each in text] == [said]


def test_who_was_heard_and_lost_is_told_where_to_object() -> None:
    for life, kind, month in (
        ("month 2 begun at a death and refused", NoticeKind.MONTH_FORFEITED, 2),
        ("a business of one's own", NoticeKind.BENEFIT_CEASED, 0),
        ("work told late and marked", NoticeKind.RECEIVABLE_FOUND, 3),
        ("a lower wage told later", NoticeKind.QUESTION_DECIDED, 0),
    ):
        text = first_letter(life, kind, month).text
        assert "mediasi di dinas ketenagakerjaan (PP 37/2021 Pasal 45)" in text


def test_a_founded_question_is_told_by_the_letters_about_what_follows_from_it() -> None:
    assert kinds_of("the employer takes its report back and is believed")[-3:] == [
        "question_asked 3",
        "benefit_ceased 0",
        "receivable_found 1",
    ]
    assert kinds_of("a business of one's own")[-2:] == ["question_asked 3", "benefit_ceased 0"]
    assert kinds_of("month 2 begun at a death and refused")[-1] == "month_forfeited 2"
    assert kinds_of("a lower wage told later")[-2:] == ["question_asked 0", "question_decided 0"]
    assert kinds_of("work told late and forgiven")[-1] == "question_decided 3"


def test_documents_are_asked_for_by_a_letter_and_closed_by_that_of_the_claim() -> None:
    assert kinds_of("documents sent")[-2:] == ["documents_missing 0", "claim_approved 0"]


def test_who_is_approved_when_months_were_over_is_told_of_each_that_can_still_be_applied_for() -> None:
    text = first_letter("approved when two months were over", NoticeKind.CLAIM_APPROVED).text
    assert "- Bulan ke-2: 10 April 2025 sampai 25 Mei 2025 pukul 23.59 WIB, tanpa lamaran kerja\n" in text
    assert "- Bulan ke-3: 10 Mei 2025 sampai 25 Mei 2025 pukul 23.59 WIB, tanpa lamaran kerja\n" in text
    assert "- Bulan ke-4: 10 Juni 2025 sampai 15 Juni 2025 pukul 23.59 WIB\n" in text
    assert "Untuk bulan ke-2 tidak diminta lamaran kerja atau pelatihan" in text
    at_risk = {kind for kind in kinds_of("approved when two months were over") if "at_risk" in kind}
    assert at_risk == {"month_at_risk 2", "month_at_risk 3"}


def test_a_question_says_until_when_to_answer_and_what_silence_means() -> None:
    text = first_letter("a record that got worse", NoticeKind.QUESTION_ASKED, 3).text
    assert "Jawab lewat portal paling lambat 5 Mei 2025 pukul 23.59 WIB." in text
    assert "Diam bukan jawaban." in text
    assert "Tidak ada bulan yang hilang karena menunggu." in text


def test_no_letter_about_too_much_money_asks_for_it_back() -> None:
    asked = first_letter("work told late and marked", NoticeKind.QUESTION_ASKED, 3).text
    found = first_letter("the employer takes its report back and is believed", NoticeKind.RECEIVABLE_FOUND, 1)
    assert "Surat ini bukan tagihan." in asked
    assert "- Bulan ke-1: Rp3.000.000\n- Bulan ke-2: Rp3.000.000" in found.text
    assert "Surat ini bukan tagihan" in found.text


def test_one_letter_tells_every_month_that_a_higher_wage_adds_to_and_each_payment_its_sum() -> None:
    assert [kind for kind in kinds_of("a higher wage told later") if "adjusted" in kind] == [
        "month_adjusted 1"
    ]
    moment = moments_of("a higher wage told later")[-2]
    (notice,) = moment.notices
    assert (notice.kind, notice.month) == (NoticeKind.MONTH_PAID, 1)
    text = letter(notice, moment.claim, moment.at).text
    assert "Untuk bulan ke-1, Rp2.700.000 dari Rp2.700.000 sudah ditransfer" in text


def test_a_reconsideration_is_told_where_it_decides_anew_or_leaves_a_refusal() -> None:
    told = {life for life in LIVES if "claim_reconsidered 0" in kinds_of(life)}
    assert told == {
        "a twelfth month paid later",
        "a twelfth month paid after the refusal was final",
        "another record that helps nothing",
        "a record that turns everything",
        "a resignation that was a layoff",
        "refused, reported again, and nothing new",
    }
    unchanged = first_letter("another record that helps nothing", NoticeKind.CLAIM_RECONSIDERED).text
    assert "Penolakan tetap berlaku. Masa iur belum cukup" in unchanged
    assert "Anda masih dapat mengajukan lagi sampai 3 September 2025 pukul 23.59 WIB" in unchanged


def test_a_claim_that_the_employer_pays_first_promises_no_transfer_by_the_fund() -> None:
    assert kinds_of("the employer pays first")[3:5] == ["claim_approved 0", "employer_pays 0"]
    approved = first_letter("the employer pays first", NoticeKind.CLAIM_APPROVED).text
    assert "harus dibayar lebih dahulu oleh perusahaan" in approved
    assert "dibayar ke rekening" not in approved
    granted = first_letter("the employer pays first", NoticeKind.EMPLOYER_PAYS, 2).text
    assert "PT Contoh harus membayarnya lebih dahulu: Rp3.000.000" in granted


def test_only_dates_that_concern_the_claimant_are_told() -> None:
    assert kinds_of("dates of an employer move") == kinds_of("a payment date moves")[:-1]
    sent = first_letter("dates move", NoticeKind.DEADLINE_MOVED, 1).text
    assert "pengajuan bulan ke-6: dibuka 1 September 2025, bukan 2 September 2025" in sent
    assert "pelaporan PHK" not in sent
    assert "pembayaran bulan ke-1: sampai 14 Maret 2025" in sent
    assert "(Permenaker 2/2025 Pasal 13(6))" in sent


def test_a_later_opening_that_the_claimant_need_not_bear_is_in_no_letter() -> None:
    assert kinds_of("a date that a decree takes away stays") == kinds_of("a payment date moves")[:-1]


def test_an_under_reported_wage_is_told_with_the_difference_in_one_sum() -> None:
    sent = first_letter("a wage reported too low", NoticeKind.EMPLOYER_OWES)
    assert sent.subject == "Perusahaan wajib membayar selisih manfaat"
    assert "Perusahaan wajib membayar selisihnya sekaligus: Rp5.400.000 (PP 37/2021 Pasal 23)." in sent.text


def test_the_family_is_asked_about_the_month_that_had_begun_and_of_nothing_else() -> None:
    asked = first_letter("month 2 begun at a death and granted", NoticeKind.QUESTION_ASKED, 2).text
    assert asked.startswith("Yth. Keluarga Siti Aminah,")
    assert "Tetap ajukan" not in asked
    ceased = first_letter("month 2 begun at a death and granted", NoticeKind.BENEFIT_CEASED).text
    assert "Surat tersendiri menanyakan hal itu." in ceased


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_has_words_and_what_is_unknown_has_a_name(language: Language) -> None:
    said = [document_text(document, language) for document in (*DOCUMENTS, "unheard_of")]
    said += [deadline_text(what, 2, language) for what in (*DEADLINES, "unheard_of")]
    for text in said:
        assert "_" not in text
        assert not text.endswith((".", "}"))


DISPUTE = "You can also take the dispute to mediation at the employment office (PP 37/2021 article 45)."


@pytest.mark.parametrize(
    ("life", "kind", "month"),
    [
        ("too few months, never again", NoticeKind.CLAIM_DENIED, 0),
        ("the referral answered and refused", NoticeKind.CLAIM_DENIED, 0),
        ("every later month missed", NoticeKind.MONTH_FORFEITED, 2),
        ("work in month 3", NoticeKind.BENEFIT_CEASED, 0),
    ],
)
def test_a_letter_that_takes_something_away_tells_of_mediation(
    life: str, kind: NoticeKind, month: int
) -> None:
    sent = first_letter(life, kind, month)
    assert sent.text.count(DISPUTE) == 1
    assert sent.text.count("dibawa ke mediasi di dinas ketenagakerjaan (PP 37/2021 Pasal 45)") == 1
    assert sent.html.count(DISPUTE) == 1


@pytest.mark.parametrize(
    ("before", "said", "unsaid"),
    [
        (0, "Another benefit is possible", "This was the last"),
        (1, "Another benefit is possible", "This was the last"),
        (2, "This was the last of the 3 benefits that a working life can have", "Another benefit"),
        (3, "This was the last of the 3 benefits that a working life can have", "Another benefit"),
    ],
)
def test_the_letter_of_the_third_benefit_promises_no_other(before: int, said: str, unsaid: str) -> None:
    moment, notice = next(
        (moment, notice)
        for moment in moments_of("six months paid")
        for notice in moment.notices
        if notice.kind is NoticeKind.BENEFIT_FINISHED
    )
    claim = replace(moment.claim, record=a_record(earlier_benefits=before))
    sent = letter(notice, claim, moment.at)
    assert said in sent.text
    assert unsaid not in sent.text
    assert ("Ini manfaat terakhir dari 3 kali" in sent.text) is (before >= 2)
