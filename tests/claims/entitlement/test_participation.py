"""Who is insured: every condition at its edge, every scale with every set of programmes, under both rules."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.determined import ENROLLED, condition, denial, is_approved, ruled

from claims.entitlement.participation import (
    Enrolment,
    FormField,
    Programme,
    integration_ends_on,
    is_participant,
    missing_from_form,
    participation,
)
from claims.events.facts import CompanyScale
from law.grounds import Ground, Reason, Result
from law.regimes import LAW

DAYS = {2023: date(2023, 3, 10), 2025: date(2025, 3, 10)}
BOTH = pytest.mark.parametrize("year", [2023, 2025])


def named(reasons: tuple[Reason, ...], name: str) -> Reason:
    return next(reason for reason in reasons if reason.condition == name)


def of(enrolment: Enrolment, name: str, day: date = DAYS[2025]) -> Reason:
    return named(participation(enrolment, day), name)


@BOTH
def test_seven_conditions_each_with_its_article(year: int) -> None:
    reasons = participation(ENROLLED, DAYS[year])
    amended = "" if year == 2023 else " as amended by PP 6/2025"
    assert [(reason.condition, reason.article) for reason in reasons] == [
        ("registration", f"PP 37/2021{amended} Pasal 4(1)"),
        ("citizenship", f"PP 37/2021{amended} Pasal 4(2)a"),
        ("age_at_registration", f"PP 37/2021{amended} Pasal 4(2)"),
        ("employment", f"PP 37/2021{amended} Pasal 4(2)"),
        ("programmes", f"PP 37/2021{amended} Pasal 4(3)"),
        ("health_insurance", f"PP 37/2021{amended} Pasal {'4(4)' if year == 2023 else '4(3)'}"),
        ("chosen_job", "PP 37/2021 Pasal 8"),
    ]
    assert {reason.result for reason in reasons} == {Result.MET}
    assert is_participant(reasons) is Result.MET


ALL: tuple[Programme, ...] = ("JKK", "JKM", "JHT", "JP")
# The programmes that are missing, by scale and by what is held; the table is the same in both regimes.
MISSING = {
    ALL: {"large": "", "medium": "", "small": "", "micro": ""},
    ("JKK", "JKM", "JHT"): {"large": "JP", "medium": "JP", "small": "", "micro": ""},
    ("JKK", "JKM", "JP"): {"large": "JHT", "medium": "JHT", "small": "JHT", "micro": "JHT"},
    ("JKK", "JHT", "JP"): {"large": "JKM", "medium": "JKM", "small": "JKM", "micro": "JKM"},
    ("JKM", "JHT", "JP"): {"large": "JKK", "medium": "JKK", "small": "JKK", "micro": "JKK"},
    ("JKK", "JKM"): {"large": "JHT JP", "medium": "JHT JP", "small": "JHT", "micro": "JHT"},
}
CELLS = [
    (year, scale, held, missing)
    for held, row in MISSING.items()
    for scale, missing in row.items()
    for year in DAYS
]


@pytest.mark.parametrize(("year", "scale", "held", "missing"), CELLS)
def test_the_programmes_that_a_company_of_each_scale_must_hold(
    year: int, scale: str, held: tuple[Programme, ...], missing: str
) -> None:
    enrolment = replace(ENROLLED, company_scale=CompanyScale(scale), programmes=frozenset(held))
    reason = of(enrolment, "programmes", DAYS[year])
    assert reason.facts == {"company_scale": scale, "missing": missing}
    assert reason.result is (Result.UNMET if missing else Result.MET)
    assert reason.ground is (Ground.PROGRAMMES_INCOMPLETE if missing else Ground.MET)


@pytest.mark.parametrize(("year", "scale", "held", "missing"), CELLS)
def test_a_claim_is_judged_by_the_same_programmes(
    year: int, scale: str, held: tuple[Programme, ...], missing: str
) -> None:
    story = ruled(year, scale=CompanyScale(scale), programmes=held)
    assert is_approved(story) == (missing == "")
    assert condition(story, "programmes")[1]["missing"] == missing


@pytest.mark.parametrize(
    ("jkn", "by_2021", "by_2025"),
    [("PPU_BU", True, True), ("PBPU", False, True), ("PBI", False, True), (None, False, False)],
)
def test_health_insurance_through_the_employer_until_2025_and_of_any_kind_since(
    jkn: Any, by_2021: bool, by_2025: bool
) -> None:
    enrolment = replace(ENROLLED, jkn_segment=jkn)
    met = [of(enrolment, "health_insurance", day).result is Result.MET for day in DAYS.values()]
    assert met == [by_2021, by_2025]
    assert [is_approved(ruled(year, jkn=jkn)) for year in DAYS] == met


@pytest.mark.parametrize(
    ("day", "met", "article"),
    [
        (date(2021, 2, 2), True, "PP 37/2021 Pasal 48"),
        (date(2021, 8, 2), True, "PP 37/2021 Pasal 48"),
        (date(2021, 8, 3), False, "PP 37/2021 Pasal 4(4)"),
        (date(2025, 2, 7), False, "PP 37/2021 as amended by PP 6/2025 Pasal 4(3)"),
    ],
)
def test_in_its_first_six_months_the_programme_takes_who_has_no_health_insurance(
    day: date, met: bool, article: str
) -> None:
    reason = of(replace(ENROLLED, jkn_segment=None), "health_insurance", day)
    assert (reason.result is Result.MET, reason.article) == (met, article)


def test_the_integration_ended_on_the_second_of_august_2021() -> None:
    assert integration_ends_on(LAW.regimes[0]) == date(2021, 8, 2)


@pytest.mark.parametrize(
    ("born_on", "age", "met"),
    [(date(1970, 6, 16), 53, True), (date(1970, 6, 15), 54, False), (date(1970, 6, 14), 54, False)],
)
def test_at_53_years_and_364_days_one_registers_and_a_day_later_not(
    born_on: date, age: int, met: bool
) -> None:
    registered = date(2024, 6, 15)
    reason = of(replace(ENROLLED, born_on=born_on, registered_on=registered), "age_at_registration")
    assert reason.facts == {"age_at_registration": age, "below": 54}
    assert (reason.result is Result.MET) == met


@pytest.mark.parametrize(
    ("born_on", "age", "met"),
    [(date(1967, 2, 3), 53, True), (date(1967, 2, 2), 54, False), (date(1967, 2, 1), 54, False)],
)
def test_who_was_insured_before_the_programme_is_as_old_as_on_the_day_it_began(
    born_on: date, age: int, met: bool
) -> None:
    reason = of(replace(ENROLLED, born_on=born_on, registered_on=date(2015, 7, 1)), "age_at_registration")
    assert reason.facts["age_at_registration"] == age
    assert (reason.result is Result.MET) == met


def test_no_age_counts_but_that_of_the_registration() -> None:
    grown_old = replace(ENROLLED, born_on=date(1969, 1, 1), registered_on=date(2022, 6, 1))
    assert of(grown_old, "age_at_registration", date(2026, 6, 1)).result is Result.MET


def test_who_was_registered_late_is_insured_like_anyone() -> None:
    in_time, late = date(2022, 2, 2), date(2022, 2, 3)
    told = [participation(replace(ENROLLED, registered_on=day), DAYS[2025]) for day in (in_time, late)]
    assert [is_participant(reasons) for reasons in told] == [Result.MET, Result.MET]
    assert told[0][1:] == told[1][1:]


def test_only_citizens_are_insured() -> None:
    reason = of(replace(ENROLLED, citizenship="WNA"), "citizenship")
    assert (reason.result, reason.ground) == (Result.UNMET, Ground.NOT_A_CITIZEN)
    assert denial(ruled(2025, citizenship="WNA")) is Ground.NOT_A_CITIZEN


@pytest.mark.parametrize(
    ("since", "until", "met"),
    [
        (date(2025, 3, 9), None, True),
        (date(2025, 3, 10), None, True),
        (date(2025, 3, 11), None, False),
        (date(2022, 1, 3), date(2025, 3, 10), True),
        (date(2022, 1, 3), date(2025, 3, 9), False),
        (None, None, False),
    ],
)
def test_there_must_be_a_job_on_the_day_that_is_asked_about(
    since: date | None, until: date | None, met: bool
) -> None:
    reason = of(replace(ENROLLED, employed_since=since, employed_until=until), "employment")
    assert (reason.result is Result.MET) == met
    assert reason.ground is (Ground.MET if met else Ground.NOT_EMPLOYED)


@pytest.mark.parametrize(
    ("registered_on", "day", "met"),
    [
        (date(2025, 3, 10), date(2025, 3, 10), True),
        (date(2025, 3, 11), date(2025, 3, 10), False),
        (date(2015, 7, 1), date(2021, 2, 1), False),
        (date(2015, 7, 1), date(2021, 2, 2), True),
    ],
)
def test_nobody_is_insured_before_the_registration_or_before_the_programme(
    registered_on: date, day: date, met: bool
) -> None:
    reason = of(replace(ENROLLED, registered_on=registered_on), "registration", day)
    assert reason.ground is (Ground.MET if met else Ground.NOT_REGISTERED)


def test_with_two_employers_the_worker_chooses_and_until_then_a_person_asks() -> None:
    two = replace(ENROLLED, employers=2)
    assert of(two, "chosen_job").result is Result.MANUAL_REVIEW
    assert is_participant(participation(two, DAYS[2025])) is Result.MANUAL_REVIEW
    assert is_participant(participation(replace(two, job_chosen=True), DAYS[2025])) is Result.MET


def test_an_unmet_condition_outweighs_an_open_one() -> None:
    both = replace(ENROLLED, employers=2, citizenship="WNA")
    assert is_participant(participation(both, DAYS[2025])) is Result.UNMET


def test_no_reason_tells_a_birth_date() -> None:
    for reason in participation(ENROLLED, DAYS[2025]):
        assert "1990" not in reason.model_dump_json()


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"nik", "birth_date", "agreement_number", "agreement_dates"}, ()),
        ({"nik", "birth_date", "agreement_number"}, ()),
        ({"nik", "birth_date", "agreement_dates"}, ()),
        ({"nik", "birth_date"}, ("agreement",)),
        ({"agreement_number"}, ("nik", "birth_date")),
        (set(), ("nik", "birth_date", "agreement")),
    ],
)
def test_the_form_tells_who_was_born_when_and_by_which_agreement(
    given: set[str], missing: tuple[str, ...]
) -> None:
    assert missing_from_form(frozenset(map(FormField, given))) == missing
