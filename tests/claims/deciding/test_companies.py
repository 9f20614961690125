"""Which names are of one company: legal forms, spellings, and the order in which they are told."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import an_application, approved

from claims.commands.command import RecordJobSearch, WithdrawEffort
from claims.deciding.companies import company_name, is_another_company
from claims.events import JobApplicationRecorded
from law.grounds import Ground


@pytest.mark.parametrize(
    "spelled",
    [
        "PT Satu",
        "pt satu",
        "PT. Satu",
        "P.T. Satu",
        "P. T.  SATU",
        " Satu Tbk",
        "PT Satu (Persero) Tbk.",
        "SATU, PT",
        "Perseroan Terbatas Satu",
        "PT S\u00e1tu",
        "PT Sa'tu",
    ],
)
def test_spelling_and_what_a_pt_says_of_its_shares_make_no_other_company(spelled: str) -> None:
    assert company_name(spelled) == ("pt", "satu")


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("CV. Sinar-Jaya", ("cv", "sinar jaya")),
        ("C.V. Sinar Jaya", ("cv", "sinar jaya")),
        ("U.D. Sinar Jaya", ("ud", "sinar jaya")),
        ("Sinar Jaya", ("", "sinar jaya")),
        ("Toko PT Sinar", ("", "toko pt sinar")),
        ("Koperasi Sinar Jaya", ("", "koperasi sinar jaya")),
        ("PT CV", ("", "pt cv")),
        ("...", ("", "...")),
        ("\u30c8\u30e8\u30bf", ("", "\u30c8\u30e8\u30bf")),
    ],
)
def test_a_name_is_its_legal_form_and_the_rest(name: str, read: tuple[str, str]) -> None:
    assert company_name(name) == read


def adding(names: tuple[str, ...]) -> int:
    """How many companies names are of, told one by one."""
    told: list[tuple[str, bool]] = []
    for name in names:
        told.append((name, is_another_company(name, told)))
    return sum(counted for _, counted in told)


@pytest.mark.parametrize(
    ("names", "companies"),
    [
        (("PT Sinar Jaya", "CV Sinar Jaya"), 2),
        (("PT Sinar Jaya", "PT. Sinar Jaya Tbk", "sinar jaya"), 1),
        (("PT Sinar Jaya", "CV Sinar Jaya", "Sinar Jaya"), 2),
        (("PT Sinar Jaya", "CV Sinar Jaya", "UD Sinar Jaya", "P.T. Sinar Jaya"), 3),
        (("PT Sinar Jaya", "PT Sinar Abadi"), 2),
    ],
)
def test_as_many_companies_count_in_whichever_order_they_are_told(
    names: tuple[str, ...], companies: int
) -> None:
    assert {adding(order) for order in permutations(names)} == {companies}


SPELLED = st.tuples(st.sampled_from(["", "PT ", "P.T. ", "CV ", "UD "]), st.sampled_from(["Satu", "Dua"]))


NAMES = st.lists(SPELLED.map("".join), max_size=8)


@given(NAMES.flatmap(lambda names: st.tuples(st.just(names), st.permutations(names))))
def test_no_order_of_names_makes_more_companies(orders: tuple[list[str], list[str]]) -> None:
    one, other = orders
    assert adding(tuple(one)) == adding(tuple(other))


def applied(day: str, *companies: str) -> RecordJobSearch:
    efforts = tuple(an_application(f"a{n}", day, company=name) for n, name in enumerate(companies))
    return RecordJobSearch(efforts=efforts)


def test_until_2025_a_pt_and_a_cv_of_one_name_are_two_companies_and_a_tbk_is_not() -> None:
    day = "2023-03-20"
    story = approved(2023).when(applied(day, "PT Sinar Jaya", "CV Sinar Jaya", "Sinar Jaya Tbk"), day)
    assert [event.verdict.ground for event in story.new(JobApplicationRecorded)] == [
        Ground.COUNTS,
        Ground.COUNTS,
        Ground.SAME_COMPANY_TWICE,
    ]


def test_who_takes_an_application_back_may_tell_its_company_again() -> None:
    day = "2023-03-20"
    story = approved(2023).when(applied(day, "PT Satu", "P.T. Satu"), day)
    story = story.when(WithdrawEffort(reference="a0"), day)
    again = story.when(RecordJobSearch(efforts=(an_application("a9", day, company="Satu"),)), day)
    assert again.new(JobApplicationRecorded)[0].verdict.ground is Ground.COUNTS
