"""Nomor Induk Kependudukan, read without a register."""

from datetime import date

import pytest

from law.nik import InvalidNik, Nik


def test_a_mans_number_tells_area_birth_date_and_serial() -> None:
    nik = Nik("3273011708850001")
    assert (nik.province, nik.regency, nik.serial, nik.sex) == ("32", "3273", "0001", "male")
    assert nik.born_on(date(2025, 3, 3)) == date(1985, 8, 17)


def test_forty_is_added_to_the_day_of_women() -> None:
    nik = Nik("3273015708850001")
    assert nik.sex == "female"
    assert nik.born_on(date(2025, 3, 3)) == date(1985, 8, 17)


@pytest.mark.parametrize("area", ["657301", "930101", "967101", "999999"])
def test_no_area_is_refused(area: str) -> None:
    assert Nik(f"{area}1708850001").regency == area[:4]


@pytest.mark.parametrize(
    ("digits", "told"),
    [
        ("", "sixteen digits"),
        ("327301170885001", "sixteen digits"),
        ("32730117088500012", "sixteen digits"),
        ("3273011708850001\n", "sixteen digits"),
        ("３273011708850001", "sixteen digits"),
        ("32730117A8850001", "sixteen digits"),
        ("3273011708850000", "0000"),
        ("3273010008850001", "day of birth"),
        ("3273013208850001", "day of birth"),
        ("3273014008850001", "day of birth"),
        ("3273017208850001", "day of birth"),
        ("3273018108850001", "day of birth"),
        ("3273011713850001", "day of birth"),
        ("3273012902850001", "day of birth"),
        ("3273016902850001", "day of birth"),
    ],
)
def test_what_is_no_number_is_refused_without_repeating_it(digits: str, told: str) -> None:
    with pytest.raises(InvalidNik, match=told) as refusal:
        Nik(digits)
    assert not digits.strip() or digits.strip() not in str(refusal.value)


@pytest.mark.parametrize("digits", ["3273012902840001", "3273016902840001", "3273012902000001"])
def test_the_29th_of_february_exists_in_leap_years(digits: str) -> None:
    born_on = Nik(digits).born_on(date(2025, 3, 3))
    assert born_on is not None
    assert (born_on.month, born_on.day) == (2, 29)


@pytest.mark.parametrize(
    ("digits", "born_on"),
    [
        ("3273010303100001", date(2010, 3, 3)),
        ("3273010403100001", None),
        ("3273010303250001", date(1925, 3, 3)),
        ("3273010303240001", None),
        ("3273010303990001", date(1999, 3, 3)),
    ],
)
def test_the_century_is_the_one_in_which_a_person_is_15_to_100_years_old(
    digits: str, born_on: date | None
) -> None:
    assert Nik(digits).born_on(date(2025, 3, 3)) == born_on


def test_a_birth_date_agrees_in_day_month_and_year() -> None:
    nik = Nik("3273011708850001")
    assert nik.agrees_with(date(1985, 8, 17))
    assert not nik.agrees_with(date(1985, 8, 18))
    assert not nik.agrees_with(date(1986, 8, 17))
    assert not Nik("3273012902000001").agrees_with(date(1900, 3, 1))


def test_printed_it_shows_nothing() -> None:
    nik = Nik("3273011708850001")
    for shown in (repr(nik), str(nik), f"{nik}", repr([nik])):
        assert not any(digit in shown for digit in "0123456789")


def test_equal_digits_are_the_same_number() -> None:
    assert Nik("3273011708850001") == Nik("3273011708850001")
    assert len({Nik("3273011708850001"), Nik("3273011708850001")}) == 1
