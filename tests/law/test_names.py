"""Which names may hold a NIK or an account."""

from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError
from support.builders import a_layoff, a_report, an_application

from claims.commands import command as cmd
from claims.commands.names import numbers_in_names
from law.names import WithoutNumber, holds_a_number, masked


@pytest.mark.parametrize(
    "name",
    [
        "PT 3273011708850001",
        "PT 327301 170885 0001",
        "PT 3273.0117.0885.0001 Jaya",
        "PT 327301-170885-0001",
        "PT 327301\u2013170885\u20130001",
        "PT 3273\u200b0117\u200b0885\u200b0001",
        "0812345678",
    ],
)
def test_ten_digits_in_a_row_may_be_a_number_of_a_person(name: str) -> None:
    assert holds_a_number(name)
    assert not holds_a_number(masked(name))


@pytest.mark.parametrize("name", ["PT 123456789", "PT 21 Maju 1234 Jaya 56789", "SMK 3 / 2025-03-14", ""])
def test_nine_digits_and_digits_among_letters_are_a_name(name: str) -> None:
    assert not holds_a_number(name)
    assert masked(name) == name


def test_a_masked_name_keeps_what_stands_around_the_number() -> None:
    assert masked("PT Maju 3273011708850001 Jaya") == "PT Maju *** Jaya"


def test_each_name_of_a_message_is_told_by_its_place() -> None:
    bad = "x-3273011708850001"
    effort = an_application("1", "2025-03-12", company=bad)
    search = cmd.RecordJobSearch(efforts=(an_application("2", "2025-03-12"), effort))
    assert numbers_in_names(search) == ("/efforts/1/company",)
    report = a_report(a_layoff().model_copy(update={"employer_name": bad}))
    assert numbers_in_names(report) == ("/layoff/employer_name",)
    counselled = cmd.AttendCounselling.model_validate({"attended_on": "2025-03-12", "office": bad})
    assert numbers_in_names(counselled) == ("/office",)
    assert numbers_in_names(cmd.WithdrawClaim(reason="moved")) == ()


def test_a_report_stored_with_such_a_name_is_still_read() -> None:
    stored = a_report(a_layoff().model_copy(update={"employer_name": "PT 3273011708850001"}))
    assert cmd.COMMAND.validate_json(stored.model_dump_json()) == stored


def test_a_field_without_a_number_takes_a_name_and_refuses_one_with_a_nik() -> None:
    name: TypeAdapter[str] = TypeAdapter(Annotated[str, WithoutNumber])
    assert name.validate_python("PT Contoh 21") == "PT Contoh 21"
    with pytest.raises(ValidationError):
        name.validate_python("PT 3273011708850001")
