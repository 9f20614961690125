"""The letters that no notice calls for yet, rendered from facts given: short, plain, and complete."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from builders import wib
from jinja2 import UndefinedError, meta
from letter_lives import NAME, NUMBER, as_read, halves, holds_a_number_of_a_person

from activities.coming_letters import (
    COMING,
    Changed,
    ClaimReconsidered,
    DeadlineMoved,
    DocumentsMissing,
    DutyOpen,
    EmployerPays,
    MonthAdjusted,
    QuestionAsked,
    QuestionDecided,
    ReceivableFound,
)
from activities.letters import ENVIRONMENTS, TEMPLATES, Letter, written
from claims.reasons import Ground, Reason, Result
from claims.words.asked import DEADLINES, DOCUMENTS, deadline_text, document_text
from claims.words.language import LANGUAGES, Language
from claims.words.reading import CHARACTERS_MAX, LIX_MAX, SENTENCE_WORDS_MAX, read

SNAPSHOTS = Path(__file__).parent / "letters" / "coming"
UNTIL = wib("2025-04-25 00:00:00")
ARREARS = Reason(
    condition="arrears",
    result=Result.FOR_A_PERSON,
    ground=Ground.EMPLOYER_PAYS_FIRST,
    article="PP 37/2021 Pasal 39(3)",
    facts={"months_in_arrears": 5, "covered": 3, "employer": "operating"},
    as_of="bpjs-tk 2025-03-10T10:00:00+07:00",
    would_change="the employer pays its arrears, or pays the benefit itself first",
)
WORK = Reason(
    condition="without_work",
    result=Result.FOR_A_PERSON,
    ground=Ground.REEMPLOYED,
    article="PP 37/2021 Pasal 40(b)",
    facts={"reemployed": True},
    as_of="bpjs-tk 2025-04-12T10:00:00+07:00",
    would_change="a correction of the new employment in the register",
)
ELEVEN = Reason(
    condition="contribution_months",
    result=Result.UNMET,
    ground=Ground.TOO_FEW_CONTRIBUTION_MONTHS,
    article="PP 37/2021 as amended by PP 6/2025 Pasal 19(3)",
    facts={"paid_months": 11, "needed": 12, "lookback_months": 24},
    as_of="bpjs-tk 2025-03-10T10:00:00+07:00",
    would_change="further months paid by the employer for the calendar months before the layoff",
)
TWELVE = ELEVEN.model_copy(
    update={"result": Result.MET, "ground": Ground.MET, "facts": {**ELEVEN.facts, "paid_months": 12}}
)
DOCUMENTS_MISSING = DocumentsMissing(
    deceased=False,
    documents=("proof_of_layoff", "bank_account"),
    article="PP 37/2021 Pasal 20(3)",
    answer_until=UNTIL,
    months_held=(),
)
QUESTION = QuestionAsked(
    deceased=False,
    ground=Ground.REEMPLOYED,
    article="PP 37/2021 Pasal 40(b)",
    reason=WORK,
    answer_until=UNTIL,
    months_held=(3,),
)
DECIDED = QuestionDecided(
    deceased=False,
    ground=Ground.REEMPLOYED,
    article="PP 37/2021 Pasal 40(b)",
    in_favour=False,
    months_released=(2,),
    months_lost=(3, 4),
)
RECONSIDERED = ClaimReconsidered(
    deceased=False,
    cause="record",
    heard_at=wib("2025-03-20"),
    changes=(Changed(was=ELEVEN, becomes=TWELVE),),
    outcome="approved",
)
ADJUSTED = MonthAdjusted(
    deceased=False,
    month=2,
    was_idr=2_400_000,
    becomes_idr=3_000_000,
    difference_idr=600_000,
    article="PP 37/2021 as amended by PP 6/2025 Pasal 21(1)",
    pay_until=UNTIL,
)
RECEIVABLE = ReceivableFound(
    deceased=False,
    month=3,
    amount_idr=3_000_000,
    ground=Ground.REEMPLOYED,
    article="PP 37/2021 Pasal 40(b)",
    answer_until=UNTIL,
)
EMPLOYER_PAYS = EmployerPays(
    deceased=False,
    employer="PT Contoh",
    reason=ARREARS,
    amount_idr=18_000_000,
    months=6,
    inspection_article="PP 37/2021 Pasal 44",
)
MOVED = DeadlineMoved(
    deceased=False,
    what="certification",
    month=6,
    was=wib("2025-09-10 00:00:00"),
    becomes=wib("2025-09-11 00:00:00"),
    article="Peraturan BPJS Ketenagakerjaan 1/2022",
    yours=True,
)
DUTY = DutyOpen(deceased=False, article="Permenaker 2/2025 Pasal 13(2)")

SHOWN: dict[str, Mapping[str, Any]] = {
    "documents_missing": DOCUMENTS_MISSING,
    "question_asked": QUESTION,
    "question_decided": DECIDED,
    "claim_reconsidered": RECONSIDERED,
    "month_adjusted": ADJUSTED,
    "receivable_found": RECEIVABLE,
    "employer_pays": EMPLOYER_PAYS,
    "deadline_moved": MOVED,
    "duty_open": DUTY,
}
OTHERWISE: list[tuple[str, dict[str, Any]]] = [
    ("documents_missing", {"documents": tuple(DOCUMENTS), "months_held": (1,)}),
    (
        "documents_missing",
        {"deceased": True, "documents": ("civil_record", "unheard_of"), "months_held": (2, 3)},
    ),
    ("question_asked", {"reason": None, "ground": Ground.NEEDS_A_PERSON, "months_held": ()}),
    ("question_asked", {"reason": ELEVEN, "ground": ELEVEN.ground, "months_held": (2, 3, 4, 5, 6)}),
    ("question_asked", {"deceased": True, "reason": WORK.model_copy(update={"would_change": ""})}),
    ("question_decided", {"in_favour": True, "months_released": (3,), "months_lost": ()}),
    ("question_decided", {"months_released": (), "months_lost": ()}),
    ("claim_reconsidered", {"cause": "report", "changes": (), "outcome": "unchanged"}),
    (
        "claim_reconsidered",
        {"changes": (Changed(TWELVE, ELEVEN), Changed(WORK, WORK)), "outcome": "referred"},
    ),
    ("employer_pays", {"reason": ARREARS.model_copy(update={"would_change": "", "as_of": "portal"})}),
    ("deadline_moved", {"becomes": wib("2025-09-09 00:00:00")}),
    ("deadline_moved", {"what": "transfer", "yours": False}),
    ("deadline_moved", {"what": "filing", "month": 0}),
]
ALL = [*SHOWN.items(), *((kind, {**SHOWN[kind], **changes}) for kind, changes in OTHERWISE)]


def rendered(kind: str, facts: Mapping[str, Any]) -> Letter:
    return written(kind, facts, NAME, NUMBER)


def names_used(kind: str, language: Language) -> set[str]:
    """The variables of a template and of what it includes."""
    environment, names, todo = ENVIRONMENTS[language], set[str](), {f"{kind}.{language}.txt.jinja"}
    while todo:
        tree = environment.parse((TEMPLATES / todo.pop()).read_text(encoding="utf-8"))
        names |= meta.find_undeclared_variables(tree)
        todo |= {name for name in meta.find_referenced_templates(tree) if name is not None}
    return names


def test_every_coming_letter_is_tried() -> None:
    assert set(SHOWN) == set(COMING)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", COMING)
def test_a_template_uses_the_names_that_are_documented_and_no_others(kind: str, language: Language) -> None:
    assert names_used(kind, language) | {"deceased"} == set(get_type_hints(COMING[kind]))
    assert set(SHOWN[kind]) == set(get_type_hints(COMING[kind]))


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in COMING for name in SHOWN[kind]])
def test_a_name_that_is_not_given_is_an_error(kind: str, name: str) -> None:
    facts = {known: value for known, value in SHOWN[kind].items() if known != name}
    with pytest.raises((UndefinedError, KeyError, TypeError)):
        rendered(kind, facts)


@pytest.mark.parametrize(("kind", "facts"), ALL)
def test_every_coming_letter_can_be_read_by_who_gets_it(kind: str, facts: Mapping[str, Any]) -> None:
    sent = rendered(kind, facts)
    for language, half in zip(LANGUAGES, halves(sent), strict=True):
        reading = read(half)
        assert len(half) <= CHARACTERS_MAX, len(half)
        assert reading.lix <= LIX_MAX[language], reading
        assert reading.longest_sentence <= SENTENCE_WORDS_MAX, reading
        assert not re.search(r"None|assumption|[{}]|\w_\w|\n\n\n| {2}|\.\.| \.|\(\)", half), half
    for part in (sent.subject, sent.text, sent.html):
        assert not holds_a_number_of_a_person(part)
    assert not re.search(r"\n|Rp|\d{3}", sent.subject)
    assert not any(name in sent.subject for name in NAME.split())


@pytest.mark.parametrize(("kind", "facts"), ALL)
def test_both_languages_tell_the_same_amounts_and_days(kind: str, facts: Mapping[str, Any]) -> None:
    indonesian, english = (
        re.findall(r"\d+", half.partition(NUMBER)[2]) for half in halves(rendered(kind, facts))
    )
    assert sorted(indonesian) == sorted(english)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", COMING)
def test_every_coming_letter_reads_as_written(kind: str, language: Language) -> None:
    file = SNAPSHOTS / f"{kind}.{language}.txt"
    assert as_read(rendered(kind, SHOWN[kind]), language) == file.read_text(encoding="utf-8")


def test_no_letter_about_too_much_money_asks_for_it_back() -> None:
    sent = rendered("receivable_found", RECEIVABLE).text
    assert "Surat ini bukan tagihan." in sent
    assert "This letter is not a bill." in sent


def test_a_deadline_that_came_nearer_says_so() -> None:
    sent = rendered("deadline_moved", MOVED | {"becomes": wib("2025-09-09 00:00:00")}).text
    assert "- semula: 9 September 2025 pukul 23.59 WIB\n- sekarang: 8 September 2025 pukul 23.59 WIB" in sent
    assert "Waktunya menjadi lebih pendek." in sent
    assert "Waktunya menjadi lebih panjang." not in sent


def test_the_family_is_addressed_in_a_coming_letter_too() -> None:
    assert rendered("question_asked", QUESTION | {"deceased": True}).text.startswith(
        "Yth. Keluarga Siti Aminah,"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_has_words_and_what_is_unknown_has_a_name(language: Language) -> None:
    said = [document_text(document, language) for document in (*DOCUMENTS, "unheard_of")]
    said += [deadline_text(what, 2, language) for what in (*DEADLINES, "unheard_of")]
    for text in said:
        assert not re.search(r"\w_\w|[{}]|\.$", text), text
