"""A regime that amends another: it shows what differs, and keeps the rest by the articles that say it now."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType

import pytest

from law import regimes
from law.regimes import AMENDED, BEGUN, PP6, RULES_2021, RULES_2025, SAID_AGAIN_2025
from law.rules import Cited, MonthCondition, Requirement, Rules, amended

SOURCE = ast.parse(Path(regimes.__file__).read_text("utf-8"))
DIFFERING = {
    "jkn_employer_paid_only",
    "integration_months",
    "consecutive_months_min",
    "arrears_programmes",
    "insolvent_arrears_months_covered",
    "proofs",
    "receipt_offices",
    "filing_window_months",
    "replacement_rates",
    "applications_to_different_companies",
}
SAID_BY_NOW = {"payment_working_days", "layoff_report_working_days"}
HEAD = {"name", "in_force_from", "procedure", "transition", "month_requirements"}


def written(name: str) -> set[str]:
    """The fields that are written out where a regime is defined in law/regimes.py."""
    [call] = [
        node.value
        for node in SOURCE.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name
    ]
    assert isinstance(call, ast.Call), f"{name} is made by a call"
    return {keyword.arg or "" for keyword in call.keywords}


def amending(
    said_again: Mapping[str, str] = MappingProxyType({}),
    month_requirements: tuple[MonthCondition | Requirement, ...] | None = None,
    **differing: Cited[int],
) -> Rules:
    """RULES_2021 under the head of the second regime, and nothing else amended but what is given."""
    transition = RULES_2025.transition
    assert transition is not None
    return amended(
        RULES_2021,
        said_again,
        name="2025",
        in_force_from=AMENDED,
        procedure="Permenaker 2/2025",
        transition=transition,
        month_requirements=month_requirements,
        **differing,
    )


def test_the_first_regime_is_written_out_and_the_second_shows_what_differs() -> None:
    assert written("RULES_2021") == {field.name for field in fields(Rules)}
    assert written("RULES_2025") == HEAD | DIFFERING | SAID_BY_NOW


def test_what_the_second_regime_shows_is_exactly_what_it_says_otherwise() -> None:
    kept = amending(SAID_AGAIN_2025)
    shown = {
        field.name for field in fields(Rules) if getattr(RULES_2025, field.name) != getattr(kept, field.name)
    }

    assert shown == DIFFERING | SAID_BY_NOW | {"month_requirements"}
    assert {name for name in shown - HEAD if value(RULES_2025, name) != value(RULES_2021, name)} == DIFFERING
    assert {getattr(RULES_2025, name).since for name in DIFFERING} == {AMENDED}
    assert {getattr(RULES_2025, name).since for name in SAID_BY_NOW} == {BEGUN}


def value(rules: Rules, name: str) -> object:
    return getattr(rules, name).value


def test_a_value_keeps_its_kind_from_one_regime_to_the_next() -> None:
    other = [
        field.name
        for field in fields(Rules)
        if isinstance(was := getattr(RULES_2021, field.name), Cited)
        and type(value(RULES_2025, field.name)) is not type(was.value)
    ]
    assert other == []


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("age_at_registration_below", f"{PP6} Pasal 4(2)"),
        ("work_ends_the_right", f"{PP6} Pasal 40(b)"),
        ("claims_max", "PP 37/2021 Pasal 35"),
        ("placement_report_working_days", "PP 37/2021 Pasal 28"),
        ("wage_drop_max", "assumption: docs/decisions/0023-the-wage.md; PP 37/2021 Pasal 23"),
        ("attendance_min", "Permenaker 2/2025 Pasal 13(3)b"),
    ],
)
def test_what_is_kept_is_cited_by_the_text_that_says_it_now(name: str, article: str) -> None:
    before, after = getattr(RULES_2021, name), getattr(RULES_2025, name)

    assert after.citation == article
    assert (after.value, after.since) == (before.value, before.since)


def test_the_conditions_of_the_months_stand_in_the_order_of_the_amendment() -> None:
    assert [(each.condition, each.binds) for each in RULES_2025.month_requirements] == [
        (MonthCondition.COMMITMENT, True),
        (MonthCondition.BANK_ACCOUNT, True),
        (MonthCondition.CERTIFICATION, True),
        (MonthCondition.JOB_SEARCH, True),
        (MonthCondition.TRAINING_ATTENDANCE, True),
        (MonthCondition.STATUS_FORM, True),
        (MonthCondition.SELF_ASSESSMENT, False),
        (MonthCondition.COUNSELLING, False),
    ]
    assert [each.citation for each in RULES_2025.month_requirements[-1:]] == ["PP 37/2021 Pasal 27"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: amending(claims_max=RULES_2021.claims_max), AssertionError),
        (lambda: amending(month_requirements=RULES_2021.month_requirements[-1:]), AssertionError),
        (lambda: amending(claims_at_most=Cited(3, "PP 99/2026", AMENDED)), AttributeError),
    ],
    ids=["a value as before", "a condition as before", "no such value"],
)
def test_an_amendment_that_says_nothing_new_or_names_no_value_is_refused(
    wrong: Callable[[], Rules], error: type[Exception]
) -> None:
    with pytest.raises(error):
        wrong()


def test_an_amendment_of_nothing_keeps_every_value() -> None:
    of_2021, kept = dict(RULES_2021.cited()), dict(amending().cited())

    assert {name: kept[name] for name in of_2021} == of_2021
