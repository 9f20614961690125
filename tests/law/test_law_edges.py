"""Every value of the law has cases at its edge: move the value, and one of them no longer holds."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from enum import Enum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from law.regimes import LAW
from law.rules import Cited, Law, Requirement, Rules, Transition
from lawcases.files.reading import read_paths
from lawcases.format.cases import Case
from lawcases.lives.running import run

CASES = [found.case for found in read_paths([Path(__file__).parents[1] / "claims" / "law"])]
NAMES = [case.id for case in CASES]

# Rule by rule the cases just below, at and just above its edge; `?` stands for a (2021) and b (2025).
AT_THE_EDGE: Mapping[str, tuple[str, ...]] = {
    "first_contribution_month": ("months-a-before-the-programme", "months-a-first-twelve"),
    "citizenships": ("citizen-?-wni", "citizen-?-wna"),
    "age_at_registration_below": ("age-?-53", "age-?-54"),
    "programmes_by_scale": ("programmes-?-*-no-j*",),
    "jkn_employer_paid_only": ("jkn-?-pbpu", "transition-jkn-?"),
    "employer_failures_go_to_a_person": ("jkn-?-none", "programmes-?-large-no-jp"),
    "contribution_due_day": ("arrears-b-due-day*", "payer-b-due", "contribution-due-202*"),
    "contribution_months_min": ("months-?-11", "months-?-12", "months-?-13"),
    "lookback_months": ("months-?-lookback-*",),
    "layoff_month_counts": ("months-?-layoff-month",),
    "unpaid_months_go_to_a_person": ("months-?-paid-the-day-after", "months-?-11"),
    "consecutive_months_min": ("run-a-5", "run-a-6", "run-a-7", "run-b-1"),
    "consecutive_months_position": ("run-a-6-early", "months-b-three-employers-gaps"),
    "arrears_programmes": ("programmes-apart-?-jk?-4", "programmes-apart-a-either"),
    "arrears_months_covered": ("payer-?-3-operating", "payer-?-4-operating"),
    "insolvent_arrears_months_covered": (
        "payer-a-3-bankrupt",
        "payer-a-4-bankrupt",
        "payer-b-6-bankrupt",
        "payer-b-7-bankrupt",
    ),
    "uncovered_arrears_employer_pays_first": ("payer-?-4-operating",),
    "integration_months": ("integration-*",),
    "reimbursement_months": ("reimburse*",),
    "reimbursement_working_days": ("reimburse*",),
    "reimbursement_counts_from": ("reimbursed-?-last-payment-counts",),
    "excluded_separations": ("reason-?-*",),
    "expired_contract_excluded": ("reason-?-contract-expired", "fixed-term-?-*"),
    "reports_must_agree": ("reports-?-contradict", "reports-b-agree"),
    "proofs": ("proof-?-*",),
    "receipt_offices": ("proof-?-acceptance-*",),
    "claims_max": ("claims-a-third-soon", "claims-a-fourth", "claims-third-60", "claims-fourth"),
    "paid_months_between_claims": ("claims-second-59", "claims-second-60", "claims-second-61"),
    "other_job_months": ("other-job-?-two-months-back", "other-job-?-month-before"),
    "work_ends_the_right": ("working-again-?", "working-before-?"),
    "death_ends_the_right": ("died-?-before-the-decision", "died-?-none"),
    "begun_month_stays_owed": ("work-?-month-begun",),
    "own_business_is_manual_review": ("work-?-own-business",),
    "filing_window_months": ("filed-?-last-second", "filed-?-too-late", "not-filed-?-*"),
    "wage_min_idr": ("wage-?-none", "wage-?-one-rupiah"),
    "wage_ceiling_idr": ("ceiling-?-4999999", "ceiling-?-5000000", "ceiling-?-5000001"),
    "wage_drop_max": ("wage-?-dropped-by-less", "wage-?-dropped-by-a-tenth", "wage-?-dropped-by-more"),
    "wage_drop_months": ("wage-?-sixth-month-before", "wage-?-seventh-month-before"),
    "replacement_rates": ("amount-?-3000000-?",),
    "rate_counts": ("claim-a-lost-2", "claim-a-lost-3"),
    "rounding": ("amount-?-3333333-?", "amount-a-2-late", "amount-b-4999999"),
    "asked_before_approval": ("late-approval-?-two-months-over", "late-approval-?-five-days-left"),
    "month_window_days": ("month-?-2",),
    "last_month_opens_working_days_before": ("month-?-6", "calendar-b-plain-*"),
    "search_period": ("search-?-on-04-09",),
    "applications_min": ("search-?-4", "search-?-5", "search-?-6"),
    "applications_to_different_companies": ("search-?-companies-*",),
    "interview_calls_min": ("search-?-0", "search-?-one-call"),
    "attendance_min": ("training-?-79", "training-?-80", "training-?-81"),
    "training_suffices": ("training-?-79", "training-?-80"),
    "told_late_days": ("passed-on-late-b-*", "told-late-a-*"),
    "payment_working_days": ("pay-?-*", "leave-?-counts"),
    "layoff_report_working_days": ("report-?", "report-a-*"),
    "placement_report_working_days": ("placement-?",),
    "officer_working_days": ("term-?-officer",),
    "answer_working_days": ("hearing-?-last-second", "hearing-?-first-second-after"),
    "record_working_days": ("term-?-record",),
    "reminder_days_before_month_closes": ("reminder-?-month-2", "reminder-?-month-6"),
    "reminder_days_before_filing_closes": ("reminder-?-filing",),
    "month_requirements.self_assessment": ("self-assessment-?-missing-2", "reminder-b-self-assessment"),
    "month_requirements.certification": ("training-?-next-month", "attendance-b-told-late-not-applied"),
    "month_requirements.job_search": ("search-?-4", "training-?-all-excused"),
    "month_requirements.training_attendance": ("training-?-79",),
    "month_requirements.counselling": ("training-?-80",),
    "month_requirements.status_form": ("status-form-b-6-missing", "status-form-b-5-missing"),
    "transition.deciding_date": ("transition-2024-09-06", "transition-2024-09-07"),
    "transition.running_claims": ("transition-2024-09-06", "transition-2024-09-07"),
    "transition.open_windows": ("window-ab-2024-11-07", "window-a-2024-11-06"),
}
TERM_OF_CONTRIBUTIONS = "the 24 months before a layoff since 2025 begin in 2023"
NO_GAP = "the first benefits were paid in 2022 and the regime ended in 2025: no sixty months lie between"
OTHER_TABLE = "the calendar itself says what collective leave is: tests/law/test_periods.py, leave-?-counts"
NO_MONEY = "a reminder of an account that the bank refused: tests/claims/deciding/test_payments.py"
NO_FILING = "a filing without it opens no claim (unsigned-?), so that no claim lacks it"
# (regime, or * for both; rule; neighbour, or * for all) that no case can show, and why.
NOT_TO_BE_SHOWN: Mapping[tuple[str, str, str], str] = {
    ("2025", "first_contribution_month", "*"): TERM_OF_CONTRIBUTIONS,
    ("2021", "paid_months_between_claims", "*"): NO_GAP,
    (
        "*",
        "other_job_months",
        "-1",
    ): "no month at all is no window; other-job-?-month-before stands at the edge",
    ("2025", "rate_counts", "*"): "six equal rates: nothing moves them on",
    ("2025", "rounding", "half_even"): "60 percent of whole rupiah has no half rupiah",
    ("*", "leave_is_working_day", "*"): OTHER_TABLE,
    ("*", "account_reminder_days", "*"): NO_MONEY,
    ("*", "month_requirements.commitment", "*"): NO_FILING,
    ("*", "month_requirements.bank_account", "*"): NO_FILING,
    ("*", "month_requirements.counselling", "gone"): "no payment hangs on it; it is shown and reminded only",
    ("2025", "transition.open_windows", "keep_the_longer"): "the window of 2025 is the longer one",
}


CODES = (frozenset({"WNI", "WNA"}), frozenset({"JKK", "JKM"}))


def neighbours(value: Any) -> Iterator[tuple[str, Any]]:
    """The values next to one, each with its name."""
    match value:
        case bool():
            yield str(not value), not value
        case Enum():
            yield from ((other.value, other) for other in type(value) if other is not value)
        case int() | Decimal():
            yield from _next_numbers(value)
        case str():
            year, month = map(int, value.split("-"))
            yield from ((name, f"{year}-{other:02}") for name, other in _next_numbers(month))
        case tuple():
            for n, each in enumerate(value):
                for name, other in neighbours(each):
                    yield f"{n + 1}:{name}", (*value[:n], other, *value[n + 1 :])
        case _:
            yield from _next_sets(value)


def _next_numbers(value: Any) -> Iterator[tuple[str, Any]]:
    step = 1 if isinstance(value, int) else Decimal("0.01")
    if value:
        yield "-1", value - step
    # One month is always in a row with itself: the first number that asks for something is 2.
    yield "+1", value + step if value else 2


def _next_sets(value: frozenset[Any] | Mapping[str, frozenset[Any]]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from ((f"{key} without {each}", {**value, key: inner - {each}}) for each in inner)
        return
    kind = type(next(iter(value)))
    others = set(kind) if issubclass(kind, Enum) else next(codes for codes in CODES if value <= codes)
    yield from ((f"without {each}", value - {each}) for each in value)
    yield from ((f"with {each}", value | {each}) for each in others - value)


def moved(rules: Rules) -> Iterator[tuple[str, str, Rules]]:
    """A regime with one value moved: the rule, the neighbour, and the regime."""
    for name, cited in rules.cited():
        if isinstance(cited, Requirement):
            others = tuple(each for each in rules.month_requirements if each is not cited)
            yield name, "gone", replace(rules, month_requirements=others)
            turned = replace(cited, binds=not cited.binds)
            yield name, "binds or not", replace(rules, month_requirements=(*others, turned))
            continue
        for neighbour, value in neighbours(cited.value):
            other: Cited[Any] = replace(cited, value=value)
            yield name, neighbour, _with(rules, name, other)


def _with(rules: Rules, name: str, cited: Cited[Any]) -> Rules:
    table, _, part = name.partition(".")
    change: dict[str, Any] = {name: cited}
    if part:
        transition: Transition | None = rules.transition
        assert transition is not None, "only a later regime has one"
        change = {table: replace(transition, **{part: cited})}
    return replace(rules, **change)


def cases_of(rule: str) -> list[Case]:
    patterns = AT_THE_EDGE.get(rule, ())
    return [case for case in CASES if any(fnmatchcase(case.id, pattern) for pattern in patterns)]


def shown(regime: str, rule: str, neighbour: str) -> bool:
    keys = ((r, rule, n) for r in (regime, "*") for n in (neighbour, "*"))
    return not any(key in NOT_TO_BE_SHOWN for key in keys)


MOVED = [
    (rules.name, rule, neighbour, Law(tuple(other if each is rules else each for each in LAW.regimes)))
    for rules in LAW.regimes
    for rule, neighbour, other in moved(rules)
]
RULES = sorted({(regime, rule) for regime, rule, _, _ in MOVED})


@pytest.mark.parametrize(("regime", "rule"), RULES)
def test_a_case_falls_when_a_value_of_the_law_moves_either_way(regime: str, rule: str) -> None:
    cases = cases_of(rule)
    assert [case.id for case in cases if run(case)] == []
    for where, what, neighbour, law in MOVED:
        if (where, what) == (regime, rule) and shown(regime, rule, neighbour):
            assert any(run(case, law) for case in cases), f"{rule} of {regime}: {neighbour} shows in no case"


def test_every_rule_has_its_cases_or_says_why_not() -> None:
    unshown = {rule for _, rule, neighbour in NOT_TO_BE_SHOWN if neighbour == "*"}
    rules = {rule for _, rule in RULES}

    assert rules - AT_THE_EDGE.keys() - unshown == set()
    assert (AT_THE_EDGE.keys() | unshown) - rules == set()


@pytest.mark.parametrize("pattern", sorted({p for patterns in AT_THE_EDGE.values() for p in patterns}))
def test_every_name_stands_for_cases_of_the_pack(pattern: str) -> None:
    assert any(fnmatchcase(name, pattern) for name in NAMES)


def test_what_no_case_can_show_is_shown_by_none() -> None:
    """A reason that no longer holds is found: then there is a case, and it belongs above."""
    for regime, rule, neighbour, law in MOVED:
        if not shown(regime, rule, neighbour) and rule != "other_job_months":
            assert [case.id for case in cases_of(rule) if run(case, law)] == [], (regime, rule, neighbour)


def test_the_rules_are_the_fields_of_the_tables() -> None:
    cited = {name.partition(".")[0] for _, name in RULES}

    assert cited == {each.name for each in fields(Rules)} - {"name", "in_force_from", "procedure"}
