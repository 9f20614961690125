"""What is said of a reason is what it holds: every number, date and outcome, in both languages."""

import re
from datetime import date
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters.lives import LIVES, every_reason_of, moments_of
from support.builders import wib
from support.determined import ENROLLED

from claims.entitlement.months import month_duties
from claims.entitlement.participation import participation
from claims.entitlement.sources import CIVIL_REGISTRY, LAYOFF_REPORT, PORTAL, TRAINING_PROVIDER
from claims.events.facts import CompanyScale, EmployerStanding
from claims.wording.conditions import CALLS, CONDITIONS, NO_CALL, change_text
from claims.wording.explaining import explain, explain_all
from claims.wording.findings import FINDINGS
from claims.wording.grounds import why
from claims.wording.language import LANGUAGES, MONTH_NAMES, Bilingual, Language
from claims.wording.values import SOURCES, fact_text, source_text
from law.grounds import Ground, Reason, Result
from law.periods import day_of
from law.regimes import LAW
from law.rules import MonthCondition, Office, ProofKind, SeparationReason

COUNT = st.integers(0, 720)
DAY = st.dates(date(2021, 2, 2), date(2035, 12, 31)).map(date.isoformat)
PERCENT = st.decimals(0, 100, places=2).map(lambda share: f"{share:.2f}")
PROGRAMMES = st.lists(st.sampled_from(["JKK", "JKM", "JHT", "JP"]), unique=True).map(" ".join)


def one_of(codes: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([code.value for code in codes])


def facts(**values: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return values


CONTRADICTIONS = (
    "ends_before_it_starts",
    "laid_off_before_the_start",
    "no_term_to_expire",
    "expired_before_its_end",
    "expired_long_before",
    "works_after_it",
    "dies_after_it",
)
FACTS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "citizenship": facts(citizenship=st.sampled_from(["WNI", "WNA"])),
    "age_at_registration": facts(age_at_registration=COUNT, below=COUNT),
    "programmes": facts(company_scale=one_of(CompanyScale), missing=PROGRAMMES),
    "health_insurance": facts(jkn_segment=st.sampled_from(["PPU_BU", "PBPU", "PBI", "none"])),
    "registration": facts(registered_on=DAY, participant_since_on=DAY),
    "employment": facts(employed=st.booleans()),
    "chosen_job": facts(employers=COUNT, chosen=st.booleans()),
    "contribution_months": facts(paid_months=COUNT, needed=COUNT, lookback_months=COUNT),
    "consecutive_months": facts(longest_run=COUNT, needed=COUNT),
    "reports_of_layoff": facts(reports=COUNT),
    "separation_reason": facts(reason=one_of(SeparationReason)),
    "contract": facts(contract=st.sampled_from(["permanent", "fixed_term"]), expired=st.booleans()),
    "proof_of_layoff": facts(proof=one_of(ProofKind), office=one_of(Office), issued_on=DAY),
    "earlier_claims": facts(earlier_claims=COUNT, paid_months_since=COUNT, needed=COUNT, most=COUNT),
    "other_job": facts(works_elsewhere=st.booleans()),
    "reported_wage": facts(reported=st.booleans()),
    "arrears": facts(months_in_arrears=COUNT, covered=COUNT, employer=one_of(EmployerStanding)),
    "filing_window": facts(laid_off_on=DAY, filed_on=DAY),
    "without_work": facts(reemployed=st.booleans()),
    "alive": facts(death_reported=st.booleans()),
    "commitment": facts(filed_on=DAY, commitment_version=st.sampled_from(["kapk-1", "kapk_2"])),
    "bank_account": facts(account_version=COUNT),
    "counselling": facts(attended=st.booleans()),
    "status_form": facts(without_work=st.booleans(), month=st.integers(1, 6)),
    "self_assessment": facts(completed=st.booleans()),
    "certification": facts(certified=st.booleans(), month=st.integers(1, 6)),
    "job_search": facts(
        applications=COUNT, applications_needed=COUNT, interview_calls=COUNT, interview_calls_needed=COUNT
    ),
    "training_attendance": facts(attended_percent=PERCENT, needed_percent=PERCENT),
}
FACTS_OF_A_FINDING: dict[Ground, dict[str, st.SearchStrategy[Any]]] = {
    Ground.WORKED_ON_AFTER_CONTRACT: FACTS["contract"] | facts(ended_on=DAY, laid_off_on=DAY),
    Ground.MONTHS_NOT_TOLD: FACTS["contribution_months"]
    | FACTS["consecutive_months"]
    | FACTS["earlier_claims"]
    | facts(months_unknown=COUNT),
    Ground.REPORT_CONTRADICTS_ITSELF: FACTS["contract"]
    | FACTS["separation_reason"]
    | facts(contradiction=st.sampled_from(CONTRADICTIONS)),
    Ground.WAGE_DROPPED: facts(drop_max_percent=PERCENT, within_months=COUNT),
    Ground.RECORD_HAS_A_GAP: FACTS["arrears"] | facts(months_unknown=COUNT),
    Ground.FILED_BEFORE_LAYOFF: FACTS["filing_window"],
    Ground.OWN_BUSINESS: FACTS["without_work"],
    Ground.TOO_MANY_CLAIMS: FACTS["earlier_claims"],
    Ground.TOO_SOON_AFTER_LAST_BENEFIT: FACTS["earlier_claims"],
}
RESULT_WORDS: dict[tuple[Result, Language], str] = {
    (Result.MET, "id"): "terpenuhi",
    (Result.MET, "en"): "met",
    (Result.UNMET, "id"): "tidak terpenuhi",
    (Result.UNMET, "en"): "not met",
    (Result.MANUAL_REVIEW, "id"): "diperiksa petugas",
    (Result.MANUAL_REVIEW, "en"): "for an officer to examine",
}
ARTICLES = [
    "PP 37/2021 Pasal 4(2)",
    "PP 37/2021 as amended by PP 6/2025 Pasal 19(3)",
    "Permenaker 2/2025 Pasal 13(4)",
]


@st.composite
def reasons(draw: st.DrawFn) -> Reason:
    condition = draw(st.sampled_from(sorted(CONDITIONS)))
    result = draw(st.sampled_from(list(Result)))
    grounds = [ground for ground in Ground if ground is not Ground.MET]
    ground = Ground.MET if result is Result.MET else draw(st.sampled_from(grounds))
    return Reason(
        condition=condition,
        result=result,
        ground=ground,
        article=draw(st.sampled_from(ARTICLES)),
        facts=draw(st.fixed_dictionaries(FACTS_OF_A_FINDING.get(ground, FACTS[condition]))),
        source=draw(st.sampled_from(["layoff_report", "portal", "bpjs-tk", "registry_of_tests"])),
        known_at=draw(st.none() | DAY.map(wib)),
    )


def numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d+", text))


def numbers_of(values: dict[str, str | int | bool]) -> set[str]:
    """The digits that facts allow: a count, the day and year of a date, a percentage without idle zeros."""
    allowed: set[str] = set()
    for name, value in values.items():
        if isinstance(value, bool):
            continue
        if name.endswith("_on"):
            day = date.fromisoformat(str(value))
            allowed |= {str(day.day), str(day.year)}
        elif name.endswith("_percent"):
            whole, _, part = str(value).partition(".")
            allowed |= {whole, part.rstrip("0")}
        else:
            allowed |= set(numbers(str(value)))
    return allowed


def months_named(text: str, language: Language) -> list[int]:
    words = re.findall(r"\w+", text)
    return [n for n, name in enumerate(MONTH_NAMES, 1) if name.spoken(language) in words]


def months_of(values: dict[str, str | int | bool]) -> set[int]:
    return {date.fromisoformat(str(v)).month for name, v in values.items() if name.endswith("_on")}


@given(reasons(), st.sampled_from(LANGUAGES))
def test_every_number_and_date_in_the_text_is_a_fact_of_the_json(reason: Reason, language: Language) -> None:
    said = explain(reason, language)
    read = Reason.model_validate_json(reason.model_dump_json())
    assert set(numbers(said.found)) <= numbers_of(read.facts)
    assert set(months_named(said.found, language)) <= months_of(read.facts)
    assert numbers(said.article) == numbers(read.article)
    for text in (said.condition, said.result, said.why, said.source, said.change):
        assert numbers(text) == []
    assert explain(read, language) == said


@given(reasons(), st.sampled_from(LANGUAGES))
def test_the_day_of_the_source_is_the_one_of_the_json(reason: Reason, language: Language) -> None:
    said = explain(reason, language).as_of
    if reason.known_at is None:
        assert said == ""
    else:
        day = day_of(reason.known_at)
        assert numbers(said) == sorted([str(day.day), str(day.year)])
        assert months_named(said, language) == [day.month]


@given(reasons(), st.sampled_from(LANGUAGES))
def test_the_result_in_words_is_the_result_of_the_json(reason: Reason, language: Language) -> None:
    said = explain(reason, language)
    assert said.result == RESULT_WORDS[reason.result, language]
    assert said.why == why(reason.ground, language)


@given(reasons())
def test_both_languages_carry_the_same_facts(reason: Reason) -> None:
    indonesian, english = explain(reason, "id"), explain(reason, "en")
    assert numbers(indonesian.found) == numbers(english.found)
    assert months_named(indonesian.found, "id") == months_named(english.found, "en")
    assert numbers(indonesian.article) == numbers(english.article)
    assert numbers(indonesian.as_of) == numbers(english.as_of)
    assert bool(indonesian.change) is bool(english.change)


@given(reasons(), st.sampled_from(LANGUAGES))
def test_what_would_change_it_is_empty_where_nothing_has_to_change(
    reason: Reason, language: Language
) -> None:
    sentence = change_text(reason.condition, reason.ground)
    assert sentence is not None
    expected = "" if reason.result is Result.MET else sentence.spoken(language)
    assert explain(reason, language).change == expected


@pytest.mark.parametrize("condition", [each.value for each in MonthCondition])
def test_every_condition_of_a_month_has_its_words(condition: str) -> None:
    assert condition in CONDITIONS


def test_every_source_that_the_engine_names_has_its_words() -> None:
    named = {LAYOFF_REPORT, PORTAL, TRAINING_PROVIDER, CIVIL_REGISTRY}
    assert {source.code for source in named} == set(SOURCES) - {"precheck", "estimate"}
    assert source_text("registry_of_tests", "en") == "the contribution record"


@given(reasons(), st.sampled_from(LANGUAGES))
def test_no_name_of_the_program_and_no_gap_is_shown(reason: Reason, language: Language) -> None:
    for text in explain(reason, language).model_dump().values():
        assert not re.search(r"\w_\w|[{}]|None|True|False|assumption|  |\.$", text), text


def test_the_same_facts_have_a_place_in_both_languages() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    texts: list[Bilingual] = [NO_CALL, CALLS]
    texts += [
        text for table in (CONDITIONS, FINDINGS) for c in table.values() for text in (c.found, c.change)
    ]
    for text in texts:
        assert places(text.id) == places(text.en), text
        assert text.id != text.en


def test_the_facts_of_every_condition_are_tried() -> None:
    assert set(FACTS) == set(CONDITIONS)
    assert set(FACTS_OF_A_FINDING) == set(FINDINGS)


@pytest.mark.parametrize("life", LIVES)
def test_the_reasons_of_real_decisions_say_what_the_table_says(life: str) -> None:
    for reason in every_reason_of(life):
        sentence = change_text(reason.condition, reason.ground)
        assert sentence is not None, reason.condition
        assert set(reason.facts) <= set(FACTS_OF_A_FINDING.get(reason.ground, FACTS[reason.condition])), (
            reason
        )


def test_every_condition_is_met_by_some_life_or_asked_of_who_works() -> None:
    decided = {reason.condition for life in LIVES for reason in every_reason_of(life)}
    granted = moments_of("six months paid")[-1].claim
    duties = {duty.condition for duty in month_duties(granted, 2, LAW)}
    assert duties == {"self_assessment", "counselling"}
    insured = {reason.condition for reason in participation(ENROLLED, date(2025, 3, 10))}
    assert decided | duties | insured == set(CONDITIONS)


@pytest.mark.parametrize("life", LIVES)
def test_what_is_not_met_tells_what_was_found(life: str) -> None:
    for reason in every_reason_of(life):
        if reason.result is not Result.MET:
            for said in (explain(reason, "id"), explain(reason, "en")):
                assert said.found != said.why, reason


def test_a_refusal_for_too_few_months_reads_as_written() -> None:
    reason = next(
        r for r in every_reason_of("too few months, never again") if r.condition == "contribution_months"
    )
    assert explain(reason, "id").model_dump() == {
        "condition": "Masa iur",
        "result": "tidak terpenuhi",
        "why": "Masa iur belum cukup",
        "found": "Tercatat 9 bulan iuran lunas dari 12 bulan yang disyaratkan, "
        "dalam 24 bulan kalender sebelum PHK",
        "article": "PP 37/2021 jo. PP 6/2025 Pasal 19(3)",
        "source": "catatan kepesertaan",
        "as_of": "10 Maret 2025",
        "change": "pelunasan iuran bulan lain sebelum PHK oleh perusahaan",
    }
    assert explain(reason, "en").found == (
        "9 paid contribution months of the 12 needed were found in the 24 calendar months before the layoff"
    )
    assert explain_all((reason,), "en") == (explain(reason, "en"),)


def test_a_reason_that_lacks_a_fact_falls_back_to_its_ground() -> None:
    reason = Reason(
        condition="contribution_months",
        result=Result.UNMET,
        ground=Ground.TOO_FEW_CONTRIBUTION_MONTHS,
        article="PP 37/2021 Pasal 19(3)",
        facts={"paid_months": 9},
        source="portal",
    )
    assert explain(reason, "en").found == "There are too few contribution months"
    unknown = reason.model_copy(update={"condition": "of_another_time"})
    assert explain(unknown, "en").condition == "A condition of the claim"
    assert explain(unknown, "en").change == ""


@pytest.mark.parametrize(
    ("name", "value", "language", "written"),
    [
        ("difference_idr", 3_000_000, "id", "Rp3.000.000"),
        ("attended_percent", "79.50", "id", "79,5%"),
        ("attended_percent", "79.50", "en", "79.5%"),
        ("first_month", "2025-03", "id", "Maret 2025"),
        ("heard_at", "2025-03-09T18:00:00+00:00", "en", "10 March 2025"),
        ("missing", "JHT JP", "en", "JHT, JP"),
        ("missing", "", "en", "none"),
        ("employer", "of_another_time", "en", "of another time"),
        ("anything", True, "id", "ya"),
    ],
)
def test_a_fact_is_written_by_the_end_of_its_name(
    name: str, value: str | int | bool, language: Language, written: str
) -> None:
    assert fact_text(name, value, language) == written


def test_the_instant_of_a_source_is_stored_where_it_names_one() -> None:
    reason = Reason(
        condition="alive",
        result=Result.MET,
        ground=Ground.MET,
        article="PP 37/2021 Pasal 40(c)",
        facts={"death_reported": False},
        source="civil_registry",
    )
    assert set(reason.model_dump()) == {"condition", "result", "ground", "article", "facts", "source"}
    named = reason.model_copy(update={"source": "bpjs-tk", "known_at": wib("2025-03-10")})
    assert Reason.model_validate_json(named.model_dump_json()) == named
