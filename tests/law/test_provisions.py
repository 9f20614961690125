"""What the law says on a day: the tables by which things are decided, and what no function decides by."""

from collections import Counter
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from law.provisions import PROVISIONS, provision, provision_names
from law.regimes import LAW
from law.rules import Sourced


@pytest.mark.parametrize(
    ("name", "by_2024", "by_2025"),
    [
        ("legal_basis", "PP 37/2021", "PP 37/2021 as amended by PP 6/2025"),
        ("programme_in_force_from", date(2021, 2, 2), date(2021, 2, 2)),
        ("filing_window_months", 3, 6),
        ("jkp_rate", Decimal("0.0046"), Decimal("0.0036")),
        ("jkm_left", Decimal("0.0020"), Decimal("0.0030")),
        ("integration_months", 6, 0),
        ("layoff_notice_working_days", 14, 14),
        ("same_layoff_days", 60, 60),
        ("expiry_told_months", 1, 1),
        ("ministerial_regulation", "Permenaker 15/2021", "Permenaker 2/2025"),
    ],
)
def test_a_rule_says_what_it_said_until_the_sixth_of_february_2025(
    name: str, by_2024: object, by_2025: object
) -> None:
    before, since = provision(name, date(2025, 2, 6)), provision(name, date(2025, 2, 7))
    assert before is not None
    assert since is not None
    assert (before.value, since.value) == (by_2024, by_2025)
    assert before.citation
    assert since.citation


def test_before_the_programme_nothing_is_said() -> None:
    assert provision("legal_basis", date(2021, 2, 1)) is None
    assert provision("filing_window_months", date(2021, 2, 1)) is None
    first = provision("filing_window_months", date(2021, 2, 2))
    assert first is not None
    assert (first.value, first.citation) == (3, "PP 37/2021 Pasal 40(a)")


def test_the_regulation_of_bpjs_came_a_year_after_the_programme() -> None:
    assert provision("bpjs_regulation", date(2022, 1, 25)) is None
    assert provision("bpjs_regulation", date(2022, 1, 26)) is not None


def test_every_cited_number_of_the_rules_can_be_asked_for() -> None:
    cited = {
        field.name
        for field in fields(LAW.regimes[0])
        if isinstance(getattr(LAW.regimes[0], field.name), Sourced)
    }
    assert cited < provision_names()
    for name in provision_names():
        found = provision(name, date(2025, 3, 3))
        assert found is not None
        assert found.citation, name


def test_a_text_that_changed_is_told_once_for_each_day_it_changed_on() -> None:
    assert max(Counter((one.name, one.in_force_from) for one in PROVISIONS).values()) == 1
    assert list(PROVISIONS) == sorted(
        PROVISIONS, key=lambda one: ([p.name for p in PROVISIONS].index(one.name), one.in_force_from)
    )
